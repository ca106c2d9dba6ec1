//! `kill -9` under load: what was acknowledged is on disk, and nothing is there twice.

use super::house::{Engine, House, Server};
use super::http::{Request, Wire};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::task::JoinSet;

const CLIENTS: usize = 16;
/// Acknowledgements before the blow.
const ENOUGH: u32 = 300;

/// Number and PIN by idempotency key; none where the answer never came.
type Told = BTreeMap<String, Option<(String, String)>>;

async fn submit(wire: &mut Wire, key: &str) -> io::Result<(u16, (String, String))> {
    let body = serde_json::json!({
        "class": "complaint", "region": "63.72",
        "body": format!("Lampu jalan nomor {key} padam sejak dua minggu yang lalu."),
    });
    let headers = [("Content-Type", "application/json"), ("Idempotency-Key", key)];
    let answer = wire.ask(&Request::post("/api/v1/reports", &headers, &body.to_string())).await?;
    assert!(matches!(answer.status, 200 | 201), "{}", answer.text());
    Ok((answer.status, (answer.field("code"), answer.field("pin"))))
}

/// Sends report after report until the server is gone.
async fn press(authority: String, client: usize, acknowledged: Arc<AtomicU32>) -> Told {
    let mut told = Told::new();
    let Ok(mut wire) = Wire::open(&authority).await else { return told };
    for number in 0.. {
        let key = format!("{client}-{number}");
        let answer = submit(&mut wire, &key).await.ok();
        let gone = answer.is_none();
        told.insert(key, answer.map(|(_, receipt)| receipt));
        if gone {
            break;
        }
        acknowledged.fetch_add(1, Ordering::Relaxed);
    }
    told
}

/// Loads the server, kills it, and returns what its clients were told.
async fn load_and_kill(server: Server) -> Told {
    let acknowledged = Arc::new(AtomicU32::new(0));
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        clients.spawn(press(server.listen.clone(), client, acknowledged.clone()));
    }
    while acknowledged.load(Ordering::Relaxed) < ENOUGH {
        assert!(!clients.is_empty());
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    server.kill();
    clients.join_all().await.into_iter().flatten().collect()
}

async fn a_blow_loses_nothing(engine: Engine) {
    let mut house = House::build(engine).await;
    // As many in a minute from one address would have to prove work.
    house.settings =
        vec![("LAPOR_LIMITS_HOT", "0".into()), ("LAPOR_LIMITS_FREE", "0".into()), ("LAPOR_LIMITS_ADDRESS", "0".into())];
    let told = load_and_kill(house.serve().await).await;
    let known: BTreeMap<_, _> = told.iter().filter_map(|(key, told)| Some((key, told.as_ref()?))).collect();
    assert!(known.len() >= ENOUGH as usize && known.len() < told.len(), "the blow did not fall under load");

    let server = house.serve().await;
    let mut wire = Wire::open(&server.listen).await.unwrap();
    for (code, pin) in known.values() {
        let path = format!("/api/v1/reports/{code}");
        let headers = [("X-Report-Pin", pin.as_str())];
        let found = wire.ask(&Request { headers: &headers, ..Request::get(&path) }).await.unwrap().is(200);
        assert_eq!(&found.field("code"), code);
    }
    let mut codes = BTreeSet::new();
    for (key, before) in &told {
        let (status, again) = submit(&mut wire, key).await.unwrap();
        if let Some(before) = before {
            assert_eq!((status, &again), (200, before), "{key} was sent again");
        }
        codes.insert(again.0);
    }
    assert_eq!(codes.len(), told.len(), "two reports have one number");
    assert_eq!(house.reports().await, i64::try_from(told.len()).unwrap(), "a report is there twice");
    server.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_blow_loses_nothing_on_the_embedded_engine() {
    a_blow_loses_nothing(Engine::Embedded).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_blow_loses_nothing_on_postgres() {
    a_blow_loses_nothing(Engine::Postgres).await;
}
