//! A mailbox on a real server, the process of `scripts/imap.py`, and a mail server that brings letters by LMTP.

use super::authority::Authority;
use super::house::House;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

static PUT: AtomicU32 = AtomicU32::new(0);

fn script(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../scripts").join(name)
}

/// A running mailbox.
pub struct Mailbox {
    child: Child,
    port: u16,
    /// By TLS from the first byte; 0 without.
    secure: u16,
    folder: PathBuf,
}

impl Mailbox {
    pub fn start(house: &House) -> Mailbox {
        Mailbox::launch(house, None)
    }

    /// One that can be reached by TLS too.
    pub fn start_protected(house: &House, authority: &Authority) -> Mailbox {
        Mailbox::launch(house, Some(authority))
    }

    fn launch(house: &House, authority: Option<&Authority>) -> Mailbox {
        let folder = std::env::temp_dir().join(format!("lapor-imap-{}", house.name()));
        let needs = "the mailbox needs Python and the Debian package dovecot-imapd";
        let mut child = Command::new("/usr/bin/python3")
            .arg(script("imap.py"))
            .arg(&folder)
            .args(authority.iter().flat_map(|one| [&one.certificate, &one.key]))
            .stdout(Stdio::piped())
            .spawn()
            .expect(needs);
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (port, secure) = line.trim().split_once(' ').expect(needs);
        Mailbox { child, port: port.parse().expect(needs), secure: secure.parse().expect(needs), folder }
    }

    /// Puts a letter in, as a mail server does.
    pub fn put(&self, letter: &str) {
        let name = format!("{}.{}.contoh", PUT.fetch_add(1, Ordering::Relaxed), std::process::id());
        let written = self.folder.join("mail/tmp").join(&name);
        std::fs::write(&written, letter.replace('\n', "\r\n")).unwrap();
        open_to_all(&written);
        std::fs::rename(written, self.folder.join("mail/new").join(name)).unwrap();
    }

    /// How many letters lie in the mailbox, and how many of them were read.
    pub fn lying(&self) -> (usize, usize) {
        let names = |room: &str| {
            let entries = std::fs::read_dir(self.folder.join("mail").join(room)).unwrap();
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect::<Vec<_>>()
        };
        let flagged = |name: &String, flag: char| name.rsplit(',').next().is_some_and(|flags| flags.contains(flag));
        let (new, mut cur) = (names("new"), names("cur"));
        // What is marked as deleted lies there until the mailbox is tidied up the next time.
        cur.retain(|name| !flagged(name, 'T'));
        let seen = cur.iter().filter(|name| flagged(name, 'S')).count();
        (new.len() + cur.len(), seen)
    }

    /// Settings with which a house empties it, as the value of `imap`.
    pub fn settings(&self, password: &Path, after: &str) -> String {
        self.settings_by("none", password, after)
    }

    /// The same by `none`, `starttls` or `tls`.
    pub fn settings_by(&self, security: &str, password: &Path, after: &str) -> String {
        let port = if security == "tls" { self.secure } else { self.port };
        format!(
            "{{host=\"127.0.0.1\",port={port},security={security:?},user=\"lapor\",password_file={:?},{after}}}",
            password.display().to_string()
        )
    }
}

/// The server may run as another user than the test.
fn open_to_all(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o666)).unwrap();
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        let _already_ended = self.child.kill();
        let _already_waited = self.child.wait();
        let _already_gone = std::fs::remove_dir_all(&self.folder);
    }
}

/// Brings a letter by LMTP to a port or a socket; what is answered, e.g. `250`.
pub fn bring(place: &str, from: &str, letter: &str) -> String {
    let mut child = Command::new("/usr/bin/python3")
        .arg(script("lmtp.py"))
        .args([place, from, "lapor@contoh.go.id"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(letter.as_bytes()).unwrap();
    let told = child.wait_with_output().unwrap();
    String::from_utf8(told.stdout).unwrap().trim().to_owned()
}
