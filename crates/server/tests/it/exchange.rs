//! Files of SP4N-LAPOR! that come and go by themselves: in a folder, and in a store that speaks S3.

use super::centre::until;
use super::house::{Engine, House};
use channel::sp4n::{Row, read_csv, write_csv};
use jiff::civil::{date, time};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Once;

const ENDED: &str = "SELECT count(*) FROM exchange_run WHERE state IN ('done', 'failed')";
const AGAIN: &str = "DELETE FROM exchange_run";

fn row(tracking_id: &str) -> Row {
    Row {
        tracking_id: tracking_id.into(),
        received_on: Some(date(2026, 1, 3)),
        received_at: Some(time(23, 30, 15, 0)),
        reporter_name: "Nama Karangan".into(),
        class: "Pengaduan Tidak Berkadar Pengawasan".into(),
        category: "Jalan berlubang".into(),
        title: "Jalan berlubang di simpang tiga".into(),
        original_body: "Jalannya berlubang sudah tiga bulan. Mohon diperbaiki.".into(),
        source: "Android - kalselprov".into(),
        parent_agency: "Pemerintah Provinsi Kalimantan Selatan".into(),
        agency: "Dinas PUPR Kalsel".into(),
        status: "Ditutup oleh Admin".into(),
        province: "Kalsel".into(),
        regency: "Kota Banjarbaru".into(),
        ..Row::default()
    }
}

/// Two rows that fit, one that does not, and one of another agency.
fn table(path: &Path) {
    let elsewhere = Row {
        parent_agency: "Pemerintah Provinsi Jawa Tengah".into(),
        agency: String::new(),
        province: "Jawa Tengah".into(),
        regency: String::new(),
        ..row("9100004")
    };
    let rows = [row("9100001"), row("9100002"), Row { received_on: None, ..row("9100003") }, elsewhere];
    write_csv(File::create(path).unwrap(), &rows).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

async fn ended(house: &House, runs: i64) {
    until("the exchange ended", async || (house.count(ENDED).await == runs).then_some(())).await;
}

async fn files_come_and_go(engine: Engine) {
    let mut house = House::build(engine).await;
    let (inbox, outbox) = (house.folder.join("in"), house.folder.join("out"));
    std::fs::create_dir_all(&inbox).unwrap();
    for (name, value) in [("INBOX", inbox.display().to_string()), ("OUTBOX", outbox.display().to_string())] {
        house.settings.push((if name == "INBOX" { "LAPOR_EXCHANGE_INBOX" } else { "LAPOR_EXCHANGE_OUTBOX" }, value));
    }
    for (name, value) in
        [("LAPOR_EXCHANGE_EVERY", "1440"), ("LAPOR_EXCHANGE_SETTLE", "0"), ("LAPOR_EXCHANGE_AGENCY", "630000")]
    {
        house.settings.push((name, value.to_owned()));
    }
    table(&inbox.join("laporan.csv"));
    std::fs::write(inbox.join("rusak.csv"), "ini bukan tabel\nsama sekali\n").unwrap();
    std::fs::write(inbox.join("setengah.csv.tmp"), "Tracking ID,").unwrap();
    // Two processes on one database: one of them does the run.
    let (one, other) = (house.serve().await, house.serve().await);
    ended(&house, 1).await;
    assert_eq!(house.reports().await, 3);
    assert_eq!(names(&inbox), ["done", "failed", "setengah.csv.tmp"]);
    let done = names(&inbox.join("done"));
    assert!(
        done.len() == 2 && done[0].ends_with("-laporan.csv") && done[1].ends_with("-laporan.csv.result.csv"),
        "{done:?}"
    );
    let told = std::fs::read_to_string(inbox.join("done").join(&done[1])).unwrap();
    let lines: Vec<&str> = told.lines().map(|line| line.split(',').take(2).last().unwrap()).collect();
    assert_eq!(lines, ["outcome", "taken", "taken", "refused", "taken"], "{told}");
    assert!(names(&inbox.join("failed")).iter().any(|name| name.ends_with("-rusak.csv")));

    let gone = names(&outbox);
    assert!(gone.len() == 1 && gone[0].starts_with("sp4n-630000-") && gone[0].ends_with(".csv"), "{gone:?}");
    let sent: Vec<Row> = read_csv(File::open(outbox.join(&gone[0])).unwrap()).map(|row| row.unwrap().1).collect();
    let mut ids: Vec<&str> = sent.iter().map(|row| row.tracking_id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["9100001", "9100002"], "only what is with the agency goes");
    assert!(sent.iter().all(|row| row.reporter_name.is_empty()), "a name goes out that nobody asked for");

    // The same rows come again, and the process that took them is gone in the middle.
    table(&inbox.join("lagi.csv"));
    other.kill();
    house.meddle("UPDATE exchange_run SET state = 'running', claimed_by = 'gone', claimed_until = 0").await;
    ended(&house, 1).await;
    assert_eq!(house.reports().await, 3, "a row was taken twice");
    assert_eq!(house.count("SELECT known FROM exchange_file WHERE name = 'lagi.csv'").await, 3);
    assert_eq!(names(&outbox), gone, "a run that is done again writes the same file");
    assert_eq!(names(&inbox), ["done", "failed", "setengah.csv.tmp"]);
    let left: Vec<String> = names(&house.folder.join("attachments"));
    assert!(left.iter().all(|name| !name.starts_with("exchange-")), "{left:?}");
    one.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_come_and_go_once_on_the_embedded_engine() {
    files_come_and_go(Engine::Embedded).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_come_and_go_once_on_postgres() {
    files_come_and_go(Engine::Postgres).await;
}

/// A store that is not ours (`scripts/s3`), with a bucket `sp4n`.
struct Store {
    child: Child,
    endpoint: String,
    folder: PathBuf,
}

static INSTALLED: Once = Once::new();

impl Store {
    fn start() -> Store {
        let scripts = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../scripts/s3");
        INSTALLED.call_once(|| {
            if !scripts.join("node_modules").exists() {
                let quiet = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
                let done = Command::new("npm").args(quiet).current_dir(&scripts).status().expect("the store needs npm");
                assert!(done.success(), "the packages of scripts/s3 cannot be had");
            }
        });
        let script = scripts.join("serve.mjs");
        let mut child =
            Command::new("node").arg(script).stdout(Stdio::piped()).spawn().expect("the store needs Node.js");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (port, folder) = line.trim().split_once(' ').expect("the store tells its port and its folder");
        Store { child, endpoint: format!("http://127.0.0.1:{port}"), folder: folder.into() }
    }

    /// The names of all objects below a name, as the store keeps them.
    fn objects(&self, below: &str) -> Vec<String> {
        let objects = names(&self.folder.join("sp4n").join(below)).into_iter();
        objects.filter_map(|name| name.strip_suffix("._S3rver_object").map(str::to_owned)).collect()
    }

    fn secret(house: &House) -> String {
        let file = house.folder.join("s3-secret");
        std::fs::write(&file, "S3RVER\n").unwrap();
        file.display().to_string()
    }

    fn settings(&self, house: &House, key_id: &str) -> Vec<(&'static str, String)> {
        let s3 = format!(
            "{{endpoint=\"{}\",bucket=\"sp4n\",key_id=\"{key_id}\",secret_file={:?}}}",
            self.endpoint,
            Store::secret(house)
        );
        let plain =
            [("LAPOR_EXCHANGE_INBOX", "masuk"), ("LAPOR_EXCHANGE_OUTBOX", "keluar"), ("LAPOR_EXCHANGE_EVERY", "1440")];
        let plain = plain.into_iter().map(|(name, value)| (name, value.to_owned()));
        plain.chain([("LAPOR_EXCHANGE_S3", s3)]).collect()
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let _already_ended = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _already_waited = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_come_and_go_by_a_store_that_speaks_s3() {
    let store = Store::start();
    let mut house = House::build(Engine::Embedded).await;
    house.settings = store.settings(&house, "S3RVER");
    // What goes out of an empty house is a table with its header, and tells us that the way is good.
    let server = house.serve().await;
    ended(&house, 1).await;
    assert_eq!(house.count("SELECT count(*) FROM exchange_run WHERE state = 'done'").await, 1);
    let gone = store.objects("keluar");
    assert!(gone.len() == 1 && gone[0].ends_with(".csv"), "{gone:?}");

    // Another system puts a table there, by the same way.
    let path = house.folder.join("laporan.csv");
    table(&path);
    let put = channel::exchange::Bucket::new(channel::exchange::BucketSettings {
        endpoint: store.endpoint.clone(),
        region: "us-east-1".to_owned(),
        bucket: "sp4n".to_owned(),
        key_id: "S3RVER".to_owned(),
        secret: "S3RVER".to_owned(),
        inbox: None,
        outbox: Some("masuk".to_owned()),
    });
    channel::exchange::Place::Bucket(put.unwrap()).put_out("laporan.csv", &path).await.unwrap();
    house.meddle(AGAIN).await;
    ended(&house, 1).await;
    assert_eq!(house.reports().await, 3);
    assert_eq!(store.objects("masuk"), [] as [String; 0]);
    let done = store.objects("masuk/done");
    assert!(done.len() == 2 && done[0].ends_with("-laporan.csv") && done[1].ends_with(".result.csv"), "{done:?}");
    server.kill();

    // A key that is not good is told. This store looks at the key, not at the signature.
    house.settings = store.settings(&house, "LAIN");
    house.meddle(AGAIN).await;
    let server = house.serve().await;
    ended(&house, 1).await;
    assert_eq!(house.count("SELECT count(*) FROM exchange_run WHERE failure LIKE '%403%'").await, 1);
    server.kill();
    house.pull_down().await;
}
