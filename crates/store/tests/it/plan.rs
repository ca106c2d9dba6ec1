//! Nothing on a request path reads a whole table or sorts one.

use crate::fixture::{after, answer, at, dispose, put, row};
use crate::world;
use domain::{AgencyId, Event};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};
use store::report::{Row as Stored, Timing};
use store::{Engine, Sql};

/// Small tables read whole, what jobs count over all reports, and the probe.
const WHOLE: [&str; 32] = [
    "counter::LIST",
    "counter::RECOUNT",
    "counter::WRONG",
    "counter::CLEAR",
    "counter::ALONE",
    "counter::GATHER",
    "counter::GATHERED",
    "lateness::MEASURE",
    "lateness::CLEAR",
    "lateness::LIST",
    "queue::WRONG",
    "queue::ALONE",
    "queue::CLEAR",
    "queue::REFILL",
    "queue::FOLD",
    "queue::FOLDED",
    "queue::SWEEP",
    "measure::ALONE",
    "measure::EVERY_CELL",
    "face::LIST",
    "peer::LIST",
    "reference::REGIONS",
    "reference::ALIASES",
    "reference::CATEGORIES",
    "reference::AGENCIES",
    "reference::HOLIDAYS",
    "reference::POLICIES",
    "routing::ACTIVE",
    "short_code::LIST",
    "webhook::LIST",
    "webhook::CLAIM",
    "x::DUE",
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

/// Lists of many reports, and the index whose order each one follows.
const LISTS: [(&str, &str); 12] = [
    ("report::INBOX_NATION", "report_inbox_nation"),
    ("report::INBOX_STAGE", "report_inbox_stage"),
    ("report::INBOX_HOLDER", "report_inbox_holder"),
    ("report::INBOX_HOLDER_STAGE", "report_inbox_holder"),
    ("report::INBOX_ROOT", "report_inbox_root"),
    ("report::INBOX_ROOT_STAGE", "report_inbox_root"),
    ("report::INBOX_OFFICER", "report_inbox_officer"),
    ("report::INBOX_UNASSIGNED", "report_inbox_unassigned"),
    ("report::LIST_WAKING", "report_wake"),
    ("report::LIST_PUBLIC", "report_public"),
    ("report::LIST_OPEN", "report_pkey"),
    ("report::LIST_IDS", "report_pkey"),
];

/// Scanning and sorting a small table would be quicker; what is asked is whether it can be done without.
const AS_IF_LARGE: &str = "SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off; \
    SET enable_hashjoin = off; SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan; ANALYZE";

async fn plan_on_postgres(link: &mut PgConnection, sql: Sql) -> String {
    let text = sql.on(Engine::Postgres);
    let parameters = (1..10).take_while(|number| text.contains(&format!("${number}"))).count();
    let nulls = vec!["NULL"; parameters].join(", ");
    sqlx::raw_sql(AssertSqlSafe(format!("PREPARE asked AS {text}"))).execute(&mut *link).await.unwrap();
    let explain = AssertSqlSafe(format!("EXPLAIN EXECUTE asked ({nulls})"));
    let steps = sqlx::raw_sql(explain).fetch_all(&mut *link).await.unwrap();
    sqlx::raw_sql("DEALLOCATE asked").execute(&mut *link).await.unwrap();
    steps.iter().map(|step| step.get::<String, _>(0)).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_follow_their_own_index_on_postgres() {
    world::on(Engine::Postgres, |place| async move {
        let db = place.ready().await;
        let events = [dispose(1), answer(), Event::Replied, answer(), Event::Objected];
        for id in 1..=400 {
            let history = &events[..id as usize % 6];
            let timing = Timing { due_at: Some(at(id)), wake_at: (id % 4 == 0).then(|| at(id)) };
            let stored = after(row(id), &[history, &[dispose(id % 40)]].concat());
            put(&db, Stored { root: AgencyId(id % 20), ..stored }, timing).await;
        }
        let mut link = PgConnection::connect(&place.url).await.unwrap();
        sqlx::raw_sql(AS_IF_LARGE).execute(&mut link).await.unwrap();
        let mut wrong = Vec::new();
        for (list, index) in LISTS {
            let (_, sql) = store::statements().find(|(name, _)| name.ends_with(list)).unwrap();
            let plan = plan_on_postgres(&mut link, sql).await;
            let ordered = !plan.contains("Sort") && !plan.contains("Seq Scan");
            if !ordered || !plan.contains(&format!("using {index} on report")) {
                wrong.push(format!("{list}:\n{plan}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}
