//! Nothing on a request path reads a whole table or sorts one.

use crate::world;
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};
use store::Engine;

/// Small tables read whole at the start, the nightly count, and the probe.
const WHOLE: [&str; 10] = [
    "counter::LIST",
    "counter::RECOUNT",
    "counter::CLEAR",
    "counter::ALONE",
    "reference::REGIONS",
    "reference::ALIASES",
    "reference::CATEGORIES",
    "reference::AGENCIES",
    "reference::HOLIDAYS",
    "reference::POLICIES",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn request_paths_read_by_an_index_in_its_order() {
    world::on(Engine::Sqlite, |place| async move {
        let _db = place.ready().await;
        let mut link = SqliteConnection::connect(&place.url).await.unwrap();
        let mut slow = Vec::new();
        for (name, sql) in store::statements() {
            if WHOLE.iter().any(|whole| name.ends_with(whole)) {
                continue;
            }
            let explain = format!("EXPLAIN QUERY PLAN {}", sql.on(Engine::Sqlite));
            let steps = sqlx::query(AssertSqlSafe(explain)).fetch_all(&mut link).await.unwrap();
            let steps: Vec<String> = steps.iter().map(|step| step.get("detail")).collect();
            slow.extend(steps.iter().filter(|step| is_slow(step)).map(|step| format!("{name}: {step}")));
        }
        assert!(slow.is_empty(), "{}", slow.join("\n"));
    })
    .await;
}

fn is_slow(step: &str) -> bool {
    let small = ["SCAN due", "SCAN newest", "SCAN CONSTANT ROW", "SCAN search VIRTUAL TABLE", "SCAN json_each"];
    let scan = step.starts_with("SCAN") && !small.iter().any(|known| step.starts_with(known));
    scan || step.contains("USE TEMP B-TREE FOR ORDER BY")
}
