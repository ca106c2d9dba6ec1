//! The service under load: a release build with a data folder and a port of its own.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::{Failure, tree};

/// How long a start may take at all.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often the first answer is asked for.
const STEP: Duration = Duration::from_millis(2);

/// Where the service lives and what it keeps its reports in.
pub struct Place {
    pub folder: PathBuf,
    pub database_url: String,
    pub port: u16,
    /// Where a centre for short messages listens, while one is there.
    pub centre: Option<u16>,
    pub program: PathBuf,
}

impl Place {
    /// Address without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).current_dir(&self.folder).stdin(Stdio::null());
        command.env("LAPOR_DATA_DIR", self.folder.join("data")).env("LAPOR_DATABASE_URL", &self.database_url);
        command.env("LAPOR_LISTEN", format!("127.0.0.1:{}", self.port)).env("LAPOR_METRICS_LISTEN", "127.0.0.1:0");
        command.env("LAPOR_BEHIND_PROXY", "true").env("LAPOR_LOG", "warn");
        // Thousands of reports and changes in a second are what these limits are against.
        command.env("LAPOR_LIMITS_HOT", "0").env("LAPOR_LIMITS_TOKEN", "0");
        if let Some(port) = self.centre {
            command.env("LAPOR_SMS_LINE", self.line(port));
        }
        command
    }

    fn line(&self, port: u16) -> String {
        format!(
            "[{{name=\"satu\",host=\"127.0.0.1\",port={port},system_id=\"lapor\",password_file={:?},window=100,rate=1000}}]",
            self.folder.join("sms-password").display().to_string()
        )
    }

    /// A number out of the database, read beside the service.
    pub fn count(&self, sql: &str) -> Result<u64, Failure> {
        let output = match self.database_url.strip_prefix("sqlite://") {
            Some(file) => {
                let read =
                    "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])";
                Command::new("/usr/bin/python3").args(["-c", read, file, sql]).output()?
            }
            None => Command::new("psql").args(["-At", "-c", sql, &self.database_url]).output()?,
        };
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        text.parse().map_err(|_| format!("{sql}: {text}{}", String::from_utf8_lossy(&output.stderr)).into())
    }

    /// Runs a subcommand to its end and returns what it printed.
    pub fn run(&self, arguments: &[&str], typed: &str) -> Result<String, Failure> {
        let mut child =
            self.command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        child.stdin.take().ok_or("no standard input")?.write_all(typed.as_bytes())?;
        let output = child.wait_with_output()?;
        if !output.status.success() {
            return Err(format!("lapor {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr)).into());
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Starts the service; how long the first page took to come.
    pub fn start(&self) -> Result<(Service, Duration), Failure> {
        let log = File::options().create(true).append(true).open(self.folder.join("log"))?;
        let begun = Instant::now();
        let child = self.command(&["serve"]).stdout(log.try_clone()?).stderr(log).spawn()?;
        let mut service = Service { child };
        while begun.elapsed() < PATIENCE {
            if matches!(self.get("/", ""), Ok(page) if page.starts_with("HTTP/1.1 200")) {
                return Ok((service, begun.elapsed()));
            }
            if service.child.try_wait()?.is_some() {
                break;
            }
            sleep(STEP);
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        Err(format!("the service did not answer: {}", log.lines().last().unwrap_or_default()).into())
    }

    /// One answer, head and body. `headers` end with a line break each.
    pub fn get(&self, path: &str, headers: &str) -> Result<String, Failure> {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n{headers}\r\n", self.port))
    }

    /// The answer to a form.
    pub fn post(&self, path: &str, form: &str) -> Result<String, Failure> {
        self.ask(&format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            self.port,
            form.len()
        ))
    }

    fn ask(&self, request: &str) -> Result<String, Failure> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }
}

/// The running service; dropped, it is killed.
pub struct Service {
    child: Child,
}

impl Service {
    /// Megabytes in memory now, and at most since the start.
    pub fn memory(&self) -> Result<(f64, f64), Failure> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let megabytes = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
            line.split_whitespace().nth(1).and_then(|word| word.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
        };
        Ok((megabytes("VmRSS:"), megabytes("VmHWM:")))
    }

    /// Ends it with SIGKILL, whatever it is doing.
    pub fn kill(mut self) -> Result<(), Failure> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _already_over = self.child.kill().and_then(|()| self.child.wait());
    }
}

/// A port that nobody listens at.
pub fn free_port() -> Result<u16, Failure> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// The program that is delivered.
pub fn release() -> PathBuf {
    target().join("release/lapor")
}

/// The folder of built programs.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| tree::root().join("target"), PathBuf::from)
}

/// Bytes of a folder and all below it.
pub fn size_of(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let sizes = entries.flatten().map(|entry| match entry.metadata() {
        Ok(known) if known.is_dir() => size_of(&entry.path()),
        Ok(known) => known.len(),
        Err(_) => 0,
    });
    sizes.sum()
}
