//! How many reports a second the store alone takes in, with 64 writers at once, on each engine.
//!
//! `cargo run --release -p lapor-store --example intake_rate -- [seconds]`; PostgreSQL is measured where
//! `LAPOR_TEST_POSTGRES_URL` names an empty database or one that may be written to.

use domain::report::{Channel, Class};
use domain::time::Zone;
use domain::{Actor, AgencyId, Code, Event, RegionCode, Report, ReportId};
use jiff::Timestamp;
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use store::event::{self, Logged};
use store::job::{self, NewJob};
use store::report::{self, ClientKey, Row, Timing};
use store::reporter::{self, Reporter};
use store::words::{self, Words};
use store::{Db, Limits, Tx, counter, migrate};

const WRITERS: usize = 64;

type Failure = Box<dyn Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let seconds = std::env::args().nth(1).map_or(Ok(5), |word| word.parse())?;
    let span = Duration::from_secs(seconds);
    let folder = std::env::temp_dir().join(format!("lapor-intake-rate-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let file = format!("sqlite://{}", folder.join("lapor.db").display());
    let told = measure("SQLite", &file, Limits::default(), span).await;
    std::fs::remove_dir_all(&folder)?;
    told?;
    if let Ok(url) = std::env::var("LAPOR_TEST_POSTGRES_URL") {
        for connections in [8, 16, 32] {
            let limits = Limits { connections, patience: Duration::from_secs(20), ..Limits::default() };
            measure(&format!("PostgreSQL, {connections} connections"), &url, limits, span).await?;
        }
    }
    Ok(())
}

async fn measure(name: &str, url: &str, limits: Limits, span: Duration) -> Result<(), Failure> {
    let db = Db::open(url, limits).await?;
    migrate::migrate(&db, Timestamp::now()).await?;
    let next = Arc::new(AtomicI64::new(Timestamp::now().as_microsecond()));
    let begun = Instant::now();
    let writers: Vec<_> =
        (0..WRITERS).map(|_| tokio::spawn(write_on(db.clone(), next.clone(), begun + span))).collect();
    let mut waits = Vec::new();
    for writer in writers {
        waits.extend(writer.await??);
    }
    let took = begun.elapsed();
    waits.sort_unstable();
    let rate = waits.len() as f64 / took.as_secs_f64();
    let at = |share: f64| waits.get((waits.len() as f64 * share) as usize).copied().unwrap_or_default();
    println!("{name}: {rate:.0} intakes/s; median {:?}, 99% {:?}", at(0.5), at(0.99));
    db.close().await;
    Ok(())
}

async fn write_on(db: Db, next: Arc<AtomicI64>, end: Instant) -> Result<Vec<Duration>, Failure> {
    let mut waits = Vec::new();
    while Instant::now() < end {
        let id = next.fetch_add(1, Ordering::Relaxed);
        let begun = Instant::now();
        let taken: Result<bool, Failure> = db.write(move |tx| Box::pin(take_in(tx, id))).await;
        if taken? {
            waits.push(begun.elapsed());
        }
    }
    Ok(waits)
}

fn submitted(id: i64) -> Result<Event, Failure> {
    Ok(Event::Submitted {
        class: Class::Complaint,
        category: None,
        region: RegionCode::parse("63.72").ok_or("no such region")?,
        zone: Zone::Wita,
        channel: Channel::Web,
        anonymous: false,
        secret: false,
        holder: AgencyId(id % 40),
        chosen: None,
    })
}

async fn take_in(tx: &mut Tx, id: i64) -> Result<bool, Failure> {
    let now = Timestamp::now();
    let event = submitted(id)?;
    let report = Report::begin(ReportId(id), now, &event).ok_or("not a submission")?;
    let code = Code::from_random((id as u64).wrapping_mul(7_919));
    let root = report.holder;
    let row = Row { report, code, words_seq: 1, root, external_ref: None };
    let key = ClientKey { key: format!("{id:x}"), fingerprint: format!("{id:064x}") };
    let timing =
        Timing { due_at: Some(now + Duration::from_secs(259_200)), wake_at: Some(now + Duration::from_secs(86_400)) };
    if !report::insert(tx, &row, &key, timing).await? {
        return Ok(false);
    }
    let body = "Lampu jalan di depan pasar padam sejak tiga malam yang lalu. ".repeat(8);
    words::insert(tx, row.report.id, 1, &Words { title: Some("Lampu padam".into()), body, ..Words::default() }).await?;
    let from = Reporter { name: Some("Contoh".into()), phone: Some("0800".into()), email: None, language: "id".into() };
    reporter::insert(tx, row.report.id, &from).await?;
    let logged = Logged { seq: 1, at: now, by: Actor::Reporter, event };
    event::append(tx, row.report.id, row.report.zone, &logged, None).await?;
    counter::add(tx, counter::Key::of(&row.report), id, 1).await?;
    let report = Some(row.report.id);
    let job = NewJob { id, kind: "send_receipt", report, payload: "{}".into(), run_at: now };
    job::insert(tx, &job).await?;
    Ok(true)
}
