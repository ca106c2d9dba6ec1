//! Two servers on one database; one is killed in the middle of its jobs, and the other one does them.

use super::house::{Engine, House, Server};
use super::http::{Request, Wire};
use super::story::token;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// Reports in each of three waves: for the one that will be killed, for the other one, and for nobody yet.
const WAVE: usize = 12;
const PATIENCE: Duration = Duration::from_secs(60);
/// The job that puts a report into the search.
const INDEXING: &str = "kind = 'index_report'";

/// Sends reports to a server and has it dispose them, which makes them public. Returns their numbers.
async fn publish(server: &Server, token: &str, wave: &str) -> BTreeSet<String> {
    let bearer = format!("Bearer {token}");
    let mut wire = Wire::open(&server.listen).await.unwrap();
    let mut codes = BTreeSet::new();
    for number in 0..WAVE {
        let key = format!("{wave}-{number}");
        let body = serde_json::json!({
            "class": "complaint", "region": "63.72",
            "body": format!("Jembatan bambu nomor {number} di gelombang {wave} sudah lapuk."),
        });
        let headers = [("Content-Type", "application/json"), ("Idempotency-Key", key.as_str())];
        let sent = wire.ask(&Request::post("/api/v1/reports", &headers, &body.to_string())).await.unwrap().is(201);
        let code = sent.field("code");
        let path = format!("/api/v1/desk/reports/{code}/disposition");
        let headers = [("Content-Type", "application/json"), ("Authorization", bearer.as_str())];
        wire.ask(&Request::post(&path, &headers, r#"{"to":630000}"#)).await.unwrap().is(200);
        codes.insert(code);
    }
    codes
}

/// The numbers of all public reports about a bamboo bridge, a page after the other, each as often as it is found.
async fn found(server: &Server) -> Vec<String> {
    let mut codes = Vec::new();
    let mut after = String::new();
    loop {
        let path = format!("/api/v1/reports?q=jembatan+bambu&limit=10{after}");
        let answer = server.ask(&Request::get(&path)).await.is(200);
        let page: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        codes.extend(page["items"].as_array().unwrap().iter().map(|item| item["code"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return codes,
        }
    }
}

/// Waits until a count of the database is as wanted.
async fn until(house: &House, count: &str, wanted: impl Fn(i64) -> bool) {
    let begin = Instant::now();
    let mut last = house.count(count).await;
    while !wanted(last) {
        assert!(begin.elapsed() < PATIENCE, "{count} stays at {last}");
        tokio::time::sleep(Duration::from_millis(20)).await;
        last = house.count(count).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_jobs_of_a_killed_server_are_done_by_the_other_one() {
    let house = House::build(Engine::Postgres).await;
    let token = token(&house);
    let (doomed, other) = (house.serve().await, house.serve().await);
    let claimers = "SELECT count(DISTINCT claimed_by) FROM job";

    // Nobody can write to the search: whoever claims a job is in the middle of it and stays there.
    let blocked = house.block("search").await;
    let mut codes = publish(&doomed, &token, "satu").await;
    until(&house, claimers, |n| n >= 1).await;
    codes.extend(publish(&doomed, &token, "dua").await);
    until(&house, claimers, |n| n == 2).await;
    codes.extend(publish(&doomed, &token, "tiga").await);
    doomed.kill();
    blocked.end().await;

    let unclaimed = format!("SELECT count(*) FROM job WHERE {INDEXING} AND claimed_by IS NULL");
    until(&house, &unclaimed, |n| n == 0).await;
    until(&house, claimers, |n| n == 1).await;
    assert!(found(&other).await.len() < codes.len(), "the blow did not fall in the middle of a job");
    house.meddle("UPDATE job SET claimed_until = 0 WHERE claimed_by IS NOT NULL").await;
    until(&house, &format!("SELECT count(*) FROM job WHERE {INDEXING}"), |n| n == 0).await;

    let found = found(&other).await;
    assert_eq!(found.len(), codes.len(), "a report is found twice or not at all");
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), codes);
    let reports = i64::try_from(codes.len()).unwrap();
    assert_eq!(house.count("SELECT count(*) FROM event WHERE kind = 'submitted'").await, reports);
    assert_eq!(house.count("SELECT count(*) FROM event WHERE kind = 'disposed'").await, reports);
    assert_eq!(house.count("SELECT count(*) FROM event").await, 2 * reports);
    other.kill();
    house.pull_down().await;
}
