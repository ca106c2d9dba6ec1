//! The machine that measures: without it no figure means anything.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::Failure;

/// How long the disk is measured.
const SPAN: Duration = Duration::from_secs(3);
/// What a small commit writes, in bytes.
const PAGE: usize = 4096;

/// What the figures depend on besides the program.
pub struct Machine {
    /// Model and number of processors.
    pub processor: String,
    /// Memory in GB.
    pub memory: String,
    /// Name and version of the system.
    pub system: String,
    /// Appended pages that reached the disk, each waited for, in one second.
    pub syncs: f64,
    /// Day and time in UTC.
    pub date: String,
    /// Processes that wanted a processor in the minute before.
    pub busy: String,
    /// The priority of the server, the load and the bare engine: 0 is the usual one, below is more.
    pub niceness: String,
}

impl Machine {
    /// Looks at the machine and measures the disk below `folder`.
    pub fn look(folder: &Path) -> Result<Machine, Failure> {
        let cores = std::thread::available_parallelism()?.get();
        let model = field("/proc/cpuinfo", "model name");
        let kilobytes: f64 = field("/proc/meminfo", "MemTotal").trim_end_matches(" kB").parse().unwrap_or(0.0);
        Ok(Machine {
            processor: format!("{cores} cores, {model}, {}", told("uname", &["-m"])),
            memory: format!("{:.0} GB", kilobytes / 1_048_576.0),
            system: format!("Linux {}", told("uname", &["-r"])),
            syncs: syncs(folder)?,
            date: told("date", &["-u", "+%Y-%m-%d %H:%M UTC"]),
            busy: busy()?,
            niceness: fs::read_to_string("/proc/self/stat")?.split(' ').nth(18).unwrap_or("?").to_owned(),
        })
    }
}

/// Processes that wanted a processor in the last minute.
pub fn busy() -> Result<String, Failure> {
    Ok(fs::read_to_string("/proc/loadavg")?.split(' ').next().unwrap_or("?").to_owned())
}

fn field(path: &str, name: &str) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_once(':').map_or("unknown", |(_, value)| value).trim().to_owned()
}

fn told(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map_or_else(|_| "unknown".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn syncs(folder: &Path) -> Result<f64, Failure> {
    let path = folder.join("syncs");
    let mut file = File::create(&path)?;
    let (begun, mut done) = (Instant::now(), 0_u32);
    while begun.elapsed() < SPAN {
        file.write_all(&[7; PAGE])?;
        file.sync_data()?;
        done += 1;
    }
    let rate = f64::from(done) / begun.elapsed().as_secs_f64();
    fs::remove_file(path)?;
    Ok(rate)
}
