//! The same statements straight against the engine, by a program of the store.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::service::target;
use crate::Failure;

/// One run of the bare engine.
pub struct Bare<'a> {
    pub database_url: &'a str,
    pub load: &'a str,
    pub seconds: u64,
    pub connections: u32,
    /// Intakes or lives in one transaction.
    pub group: u32,
    /// What is read, a line each.
    pub subjects: Option<&'a Path>,
}

/// What the bare engine did. Times of one transaction are in milliseconds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Speed {
    pub rate: f64,
    pub p99: f64,
}

impl Bare<'_> {
    /// Runs it to its end.
    pub fn run(&self) -> Result<Speed, Failure> {
        let mut command = Command::new(target().join("release/examples/bare_engine"));
        command.args([self.database_url, self.load]);
        command.args([self.seconds.to_string(), self.connections.to_string(), self.group.to_string()]);
        command.args(self.subjects);
        let output = command.output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let told: Value = serde_json::from_str(text.trim())
            .map_err(|_| format!("bare_engine {}: {}", self.load, String::from_utf8_lossy(&output.stderr)))?;
        Ok(Speed { rate: told["rate"].as_f64().unwrap_or(0.0), p99: told["p99"].as_f64().unwrap_or(0.0) })
    }
}
