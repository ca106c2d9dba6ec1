//! A program that runs beside the tests and dies with them.

use std::ffi::OsStr;
use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::Failure;

/// A running program; dropped, it is ended and its folder deleted.
pub struct Beside {
    child: Child,
    /// A folder of its own, empty at the start.
    pub folder: PathBuf,
}

impl Beside {
    /// Starts `program` after `prepare` has completed its command; output goes to `log` in `folder`.
    pub fn start(program: &OsStr, folder: PathBuf, prepare: impl FnOnce(&mut Command)) -> Result<Self, Failure> {
        let log = File::create(folder.join("log"))?;
        let mut command = Command::new(program);
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        prepare(&mut command);
        let child = command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
        Ok(Self { child, folder })
    }

    /// True when the program has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// The last lines that the program wrote.
    pub fn last_words(&self) -> String {
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(8)..].join("\n    ")
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        let ended = self.child.kill().and_then(|()| self.child.wait());
        if let Err(error) = ended.and_then(|_| std::fs::remove_dir_all(&self.folder)) {
            eprintln!("{}: {error}", self.folder.display());
        }
    }
}

/// A new empty folder among the temporary files.
pub fn fresh_folder(name: &str) -> Result<PathBuf, Failure> {
    for number in 0..1000 {
        let folder = std::env::temp_dir().join(format!("lapor-{name}-{}-{number}", std::process::id()));
        match std::fs::create_dir(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(format!("no folder free for {name} in {}", std::env::temp_dir().display()).into())
}

/// A TCP port of 127.0.0.1 that was free a moment ago.
pub fn free_port() -> Result<u16, Failure> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// The first of `names` that is a program on the search path.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let candidates = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.into_iter().find(|candidate: &PathBuf| Path::is_file(candidate))
}
