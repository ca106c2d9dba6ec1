//! What was acknowledged survives a process that is killed.

use crate::fixture::{is_whole, row, write_whole};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use store::report::{self, Timing};
use store::{Db, Limits, Result};

const PLACE: &str = "LAPOR_TEST_WRITE_TO";
const WRITERS: i64 = 16;

/// The process that is killed: it writes without end and names each acknowledged report.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started by the tests below"]
async fn child() {
    let Ok(url) = std::env::var(PLACE) else { return };
    let db = Db::open(&url, Limits::default()).await.unwrap();
    let writers: Vec<_> = (0..WRITERS).map(|lane| tokio::spawn(write_for_ever(db.clone(), lane))).collect();
    for writer in writers {
        writer.await.unwrap();
    }
}

async fn write_for_ever(db: Db, lane: i64) {
    for n in 0..1_000_000 {
        let id = 1 + n * WRITERS + lane;
        let done: Result<bool> =
            db.write(move |tx| Box::pin(async move { write_whole(tx, &row(id), Timing::default()).await })).await;
        if let Ok(true) = done {
            std::io::stdout().write_all(format!("\nacknowledged {id} .\n").as_bytes()).unwrap();
        }
    }
}

/// Reads ids until `enough`, kills the process, and reads what it had still said.
fn acknowledged_until_killed(url: &str, enough: usize) -> Vec<i64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["durable::child", "--exact", "--ignored", "--nocapture"])
        .env(PLACE, url)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut ids = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        let said = line.strip_prefix("acknowledged ").and_then(|rest| rest.strip_suffix(" ."));
        ids.extend(said.map(|id| id.parse::<i64>().unwrap()));
        if ids.len() == enough {
            child.kill().unwrap();
        }
    }
    assert!(!child.wait().unwrap().success());
    ids
}

both!(acknowledged_reports_survive_a_kill_and_none_is_there_in_part, |place| {
    place.ready().await.close().await;
    let url = place.url.clone();
    let acknowledged = tokio::task::spawn_blocking(move || acknowledged_until_killed(&url, 300)).await.unwrap();
    assert!(acknowledged.len() >= 300);
    let db = place.open().await;
    for id in &acknowledged {
        assert_eq!(is_whole(&db, *id).await, Some(true), "report {id} was acknowledged and is lost");
    }
    let mut tx = db.read().await.unwrap();
    let stored = report::list_ids(&mut tx, domain::ReportId(0), 10_000).await.unwrap();
    drop(tx);
    for id in stored {
        assert_eq!(is_whole(&db, id.0).await, Some(true), "report {id} is there in part");
    }
});
