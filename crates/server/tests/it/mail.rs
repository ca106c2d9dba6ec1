//! Letters through a real mail server, the process of `scripts/smtp.py`.

use super::authority::Authority;
use super::house::{Engine, House};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);

/// A mail server and the folder of what it has taken.
pub struct Smtp {
    child: Child,
    pub port: u16,
    folder: PathBuf,
}

impl Smtp {
    pub fn start(house: &House) -> Smtp {
        Smtp::launch(house, None)
    }

    /// One that takes letters only after STARTTLS.
    pub fn start_protected(house: &House, authority: &Authority) -> Smtp {
        Smtp::launch(house, Some(authority))
    }

    fn launch(house: &House, authority: Option<&Authority>) -> Smtp {
        let folder = house.folder.join("taken");
        let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../scripts/smtp.py");
        let mut child = Command::new("/usr/bin/python3")
            .arg(script)
            .arg(&folder)
            .args(authority.iter().flat_map(|one| [&one.certificate, &one.key]))
            .stdout(Stdio::piped())
            .spawn()
            .expect("the mail server needs Python and the Debian package python3-aiosmtpd");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().parse().expect("the mail server needs the Debian package python3-aiosmtpd");
        Smtp { child, port, folder }
    }

    /// What was taken so far, in order.
    pub fn taken(&self) -> Vec<String> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(&self.folder).unwrap().map(|e| e.unwrap().path()).collect();
        files.retain(|path| path.extension().is_some_and(|end| end == "eml"));
        files.sort();
        files.iter().map(|path| String::from_utf8(std::fs::read(path).unwrap()).unwrap()).collect()
    }

    async fn wait(&self, count: usize) -> Vec<String> {
        let taken = || Some(self.taken()).filter(|taken| taken.len() >= count);
        until("a letter arrives", async || taken()).await
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        let _already_ended = self.child.kill();
        let _already_waited = self.child.wait();
    }
}

async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    while begin.elapsed() < PATIENCE {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    panic!("waited in vain until {what}");
}

async fn with_mail(engine: Engine) -> (House, Smtp) {
    let mut house = House::build(engine).await;
    let smtp = Smtp::start(&house);
    house.settings = settings(&smtp, "none");
    (house, smtp)
}

fn settings(smtp: &Smtp, security: &str) -> Vec<(&'static str, String)> {
    vec![
        ("LAPOR_MAIL_SERVER", "127.0.0.1".to_owned()),
        ("LAPOR_MAIL_PORT", smtp.port.to_string()),
        ("LAPOR_MAIL_SECURITY", security.to_owned()),
        ("LAPOR_MAIL_FROM", "lapor@contoh.go.id".to_owned()),
        ("LAPOR_BASE_URL", "https://lapor.contoh.go.id".to_owned()),
    ]
}

/// Waits until so many letters have this fate, and so many were tried so often.
async fn fate(house: &House, fate: &str) {
    let sql = format!("SELECT count(*) FROM letter WHERE state = '{fate}'");
    until(fate, async || (house.count(&sql).await > 0).then_some(())).await;
}

async fn tried(house: &House, attempts: u32) {
    let sql = format!("SELECT count(*) FROM letter WHERE attempts = {attempts} AND claimed_by IS NULL");
    until("it was tried", async || (house.count(&sql).await > 0).then_some(())).await;
}

fn header<'a>(letter: &'a str, name: &str) -> &'a str {
    let line = letter.lines().find(|line| line.starts_with(name));
    line.unwrap_or_else(|| panic!("no {name} in {letter}")).split_once(": ").unwrap().1
}

async fn arrives_and_is_forgotten(engine: Engine) {
    let (house, smtp) = with_mail(engine).await;
    for (to, language) in [("siti@contoh.id", "id"), ("joe@example.org", "en")] {
        assert!(house.run(&["mail", "test", to, "--language", language], "").status.success());
    }
    let server = house.serve().await;
    let taken = smtp.wait(2).await;
    let to = |address: &str| taken.iter().find(|letter| header(letter, "To") == address).unwrap();
    assert_eq!(header(to("siti@contoh.id"), "Subject"), "Surat percobaan dari LAPOR");
    assert_eq!(header(to("joe@example.org"), "Subject"), "A trial letter from LAPOR");
    assert_eq!(header(to("joe@example.org"), "From"), "Lapor <lapor@contoh.go.id>");
    let left = "SELECT count(*) FROM letter WHERE state <> 'sent' OR recipient <> '' OR args <> '{}'";
    until("both are settled", async || (house.count(left).await == 0).then_some(())).await;
    server.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_arrives_and_its_reader_is_forgotten_on_the_embedded_engine() {
    arrives_and_is_forgotten(Engine::Embedded).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_arrives_and_its_reader_is_forgotten_on_postgres() {
    arrives_and_is_forgotten(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_leaves_protected_only_for_a_server_whose_authority_is_believed() {
    let mut house = House::build(Engine::Embedded).await;
    let authority = Authority::of(&house);
    let smtp = Smtp::start_protected(&house, &authority);
    house.settings = settings(&smtp, "starttls");
    assert!(house.run(&["mail", "test", "siti@contoh.id"], "").status.success());
    let doubting = house.serve().await;
    tried(&house, 1).await;
    doubting.kill();
    assert!(smtp.taken().is_empty());
    house.settings.push(authority.setting());
    house.meddle("UPDATE letter SET not_before = 0").await;
    let server = house.serve().await;
    assert_eq!(header(&smtp.wait(1).await[0], "To"), "siti@contoh.id");
    server.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_blow_between_sending_and_settling_sends_the_same_letter_again() {
    let (house, smtp) = with_mail(Engine::Embedded).await;
    assert!(house.run(&["mail", "test", "lambat@contoh.id"], "").status.success());
    let server = house.serve().await;
    smtp.wait(1).await;
    server.kill();
    assert_eq!(house.count("SELECT count(*) FROM letter WHERE state = 'queued'").await, 1);
    // As if the claim of the dead process had run out.
    house.meddle("UPDATE letter SET claimed_until = 0").await;
    let server = house.serve().await;
    let taken = smtp.wait(2).await;
    assert_eq!(header(&taken[0], "Message-ID"), header(&taken[1], "Message-ID"));
    fate(&house, "sent").await;
    server.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_busy_server_is_asked_again_and_an_unknown_address_is_not() {
    let (house, smtp) = with_mail(Engine::Embedded).await;
    for to in ["sibuk@contoh.id", "hilang@contoh.id"] {
        assert!(house.run(&["mail", "test", to], "").status.success());
    }
    let server = house.serve().await;
    fate(&house, "bounced").await;
    for attempts in [1, 2] {
        tried(&house, attempts).await;
        // As if the minutes had passed.
        house.meddle("UPDATE letter SET not_before = 0 WHERE state = 'queued'").await;
    }
    fate(&house, "sent").await;
    assert_eq!(smtp.taken().len(), 1);
    assert_eq!(house.count("SELECT count(*) FROM letter WHERE failure = '550 5.1.1'").await, 1);
    server.kill();
    let said = std::fs::read_to_string(house.folder.join("log")).unwrap();
    assert!(!said.contains("contoh.id"), "an address is in the log: {said}");
    let again = house.run(&["mail", "test", "Hilang@contoh.id"], "");
    assert_eq!(again.status.code(), Some(1), "a letter went to where nobody lives");
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_mail_server_no_letter_is_promised() {
    let house = House::build(Engine::Embedded).await;
    let refused = house.run(&["mail", "test", "siti@contoh.id"], "");
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1));
    assert!(said.contains("LAPOR_MAIL_SERVER"), "{said}");
    house.pull_down().await;
}
