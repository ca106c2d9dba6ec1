//! The load: `wrk` with a script of `bench/`, in a process of its own, and what it measured.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use crate::{Failure, tree};

/// One run of the load generator.
pub struct Load<'a> {
    /// Script below `bench/`, without its ending.
    pub script: &'a str,
    pub url: &'a str,
    pub connections: u32,
    pub seconds: u64,
    /// Settings of the script.
    pub settings: &'a [(&'a str, String)],
}

/// What the load generator saw. Times are in milliseconds.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    pub seconds: f64,
    pub requests: f64,
    pub p50: f64,
    pub p95: f64,
    pub p99: f64,
    pub max: f64,
    /// Answers with a status above 399.
    pub refused: f64,
    /// Connections that broke and answers that did not come.
    pub broken: f64,
    /// Whatever the script counted.
    pub counts: BTreeMap<String, f64>,
}

impl Load<'_> {
    /// Loads the server and waits for the end.
    pub fn run(&self) -> Result<Figures, Failure> {
        let output = Command::new("wrk")
            .args(["-t1", &format!("-c{}", self.connections), &format!("-d{}s", self.seconds), "--timeout", "30s"])
            .args(["-s", &format!("bench/{}.lua", self.script), self.url])
            .envs(self.settings.iter().map(|(name, value)| (*name, value.as_str())))
            .current_dir(tree::root())
            .output()
            .map_err(|error| format!("wrk: {error}; scripts/bench.sh installs it"))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let line = text.lines().find_map(|line| line.strip_prefix("FIGURES "));
        let line =
            line.ok_or_else(|| format!("wrk told no figures: {text}{}", String::from_utf8_lossy(&output.stderr)))?;
        Ok(Figures::of(&serde_json::from_str(line)?))
    }
}

impl Figures {
    fn of(told: &Value) -> Figures {
        let number = |name: &str| told[name].as_f64().unwrap_or(0.0);
        let counts = told["counts"].as_object().into_iter().flatten();
        Figures {
            seconds: number("seconds"),
            requests: number("requests"),
            p50: number("p50"),
            p95: number("p95"),
            p99: number("p99"),
            max: number("max"),
            refused: number("refused"),
            broken: number("broken"),
            counts: counts.map(|(name, n)| (name.clone(), n.as_f64().unwrap_or(0.0))).collect(),
        }
    }

    /// All answers in one second.
    pub fn rate(&self) -> f64 {
        self.requests / self.seconds.max(0.001)
    }

    /// What the script counted under a name.
    pub fn count(&self, name: &str) -> f64 {
        self.counts.get(name).copied().unwrap_or(0.0)
    }

    /// What the script counted under a name, in one second.
    pub fn rate_of(&self, name: &str) -> f64 {
        self.count(name) / self.seconds.max(0.001)
    }
}
