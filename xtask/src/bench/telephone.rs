//! Telephones: many short messages on one bind while pages are asked for, and again with a SIGKILL in the middle.

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use super::load::Figures;
use super::service::Place;
use crate::{Failure, tree};

/// Messages in a second.
pub const RATE: u64 = 200;

/// What one flood came to. Times are in milliseconds since a message was due.
#[derive(Debug, Clone, Default)]
pub struct Flood {
    pub count: u64,
    pub seconds: f64,
    pub acknowledged: f64,
    /// Brought again after the line fell, and after we had put them off.
    pub repeated: f64,
    pub put_off: f64,
    pub p50: f64,
    pub p99: f64,
    pub longest: f64,
    /// Messages on the disk, their different senders, and the reports made of them.
    pub kept: u64,
    pub senders: u64,
    pub reports: u64,
    /// Senders who got their receipt, and who got it twice.
    pub answered: f64,
    pub doubled: f64,
}

/// Both floods, and how quick the pages were beside the first.
#[derive(Debug, Clone, Default)]
pub struct Telephones {
    pub beside: Vec<(&'static str, Figures)>,
    pub whole: Flood,
    pub torn: Flood,
}

/// A flood that is under way.
pub struct Centre {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    count: u64,
    base: u64,
}

impl Centre {
    /// Starts a centre; it begins when the line is up.
    pub fn start(port: u16, seconds: u64, nth: u64) -> Result<Centre, Failure> {
        let folder = tree::root().join("scripts/sms-centre");
        if !folder.join("node_modules").exists() {
            let quiet = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
            let done = Command::new("npm").args(quiet).current_dir(&folder).status();
            if !done.map_err(|error| format!("npm: {error}"))?.success() {
                return Err("the packages of scripts/sms-centre cannot be had".into());
            }
        }
        // Numbers that no earlier flood into a kept database had.
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs();
        let count = RATE * seconds;
        let base = 10_000_000 + (now % 1_000) * 80_000 + nth * count;
        let numbers = [u64::from(port), count, RATE, base].map(|number| number.to_string());
        let mut child = Command::new("node")
            .arg(folder.join("load.mjs"))
            .args(numbers)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("node: {error}"))?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("no standard output")?).lines();
        lines.next().ok_or("the centre does not listen")??;
        Ok(Centre { child, lines, count, base })
    }

    /// Waits until everything is acknowledged and answered, and looks at the disk.
    pub fn end(mut self, place: &Place) -> Result<Flood, Failure> {
        let mut told = || -> Result<Value, Failure> {
            Ok(serde_json::from_str(&self.lines.next().ok_or("the centre ended early")??)?)
        };
        let (taken, answered) = (told()?, told()?);
        self.child.wait()?;
        let number = |told: &Value, name: &str| told[name].as_f64().unwrap_or(0.0);
        let disk = |what: &str| place.count(&what.replace("$", &self.senders()));
        Ok(Flood {
            count: self.count,
            seconds: number(&taken, "seconds"),
            acknowledged: number(&taken, "acknowledged"),
            repeated: number(&taken, "repeated"),
            put_off: number(&taken, "putOff"),
            p50: number(&taken, "p50"),
            p99: number(&taken, "p99"),
            longest: number(&taken, "longest"),
            kept: disk("SELECT count(*) FROM message WHERE sender $")?,
            senders: disk("SELECT count(DISTINCT sender) FROM message WHERE sender $")?,
            reports: disk("SELECT count(*) FROM reporter WHERE phone $")?,
            answered: number(&answered, "answered"),
            doubled: number(&answered, "doubled"),
        })
    }

    fn senders(&self) -> String {
        format!("BETWEEN '62811{}' AND '62811{}'", self.base, self.base + self.count - 1)
    }
}

impl Drop for Centre {
    fn drop(&mut self) {
        let _already_ended = self.child.kill();
        let _already_waited = self.child.wait();
    }
}

impl Flood {
    /// Whether each was kept once and became one report.
    pub fn is_whole(&self) -> bool {
        [self.kept, self.senders, self.reports].iter().all(|number| *number == self.count)
    }
}

/// Until the middle of a flood.
pub fn half(seconds: u64) -> Duration {
    Duration::from_millis(seconds * 500)
}
