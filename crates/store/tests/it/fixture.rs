//! Reports to store, made by the rules that make real ones.

use domain::report::{AnswerKind, ArchiveReason, Channel, Class, Closure, HideReason, evolve};
use domain::time::Zone;
use domain::{Actor, AgencyId, Code, Event, RegionCode, Report, ReportId};
use jiff::{SignedDuration, Timestamp};
use store::event::{self, Logged};
use store::report::{self, ClientKey, Row, Timing};
use store::words::{self, Words};
use store::{Db, Result, Tx};

/// An instant, in seconds after a morning in March.
pub fn at(seconds: i64) -> Timestamp {
    let morning: Timestamp = "2026-03-02T01:30:00Z".parse().unwrap();
    morning + SignedDuration::from_secs(seconds)
}

/// What a person sends to an office.
pub fn submitted(holder: i64) -> Event {
    Event::Submitted {
        class: Class::Complaint,
        category: None,
        region: RegionCode::parse("63.72").unwrap(),
        zone: Zone::Wita,
        channel: Channel::Web,
        anonymous: false,
        secret: false,
        holder: AgencyId(holder),
        chosen: None,
    }
}

/// A new report at office 1.
pub fn row(id: i64) -> Row {
    Row {
        report: Report::begin(ReportId(id), at(id), &submitted(1)).unwrap(),
        code: Code::from_random(id as u64),
        words_seq: 1,
        root: AgencyId(1),
        external_ref: None,
    }
}

/// The row after more events.
pub fn after(row: Row, events: &[Event]) -> Row {
    let report = events.iter().fold(row.report, |report, event| evolve(report, at(1_000), event));
    Row { report, ..row }
}

pub fn dispose(to: i64) -> Event {
    Event::Disposed { from: AgencyId(1), to: AgencyId(to), settled: false }
}

pub fn answer() -> Event {
    Event::Answered { answer: AnswerKind::Done, planned_for: None, evidence: 1, alike: 0 }
}

pub fn close() -> Event {
    Event::Closed { how: Closure::ByOfficer }
}

pub fn archive() -> Event {
    Event::Archived { by_system: false, reason: ArchiveReason::Unclear }
}

pub fn hide() -> Event {
    Event::Hidden { reason: HideReason::PersonalData }
}

pub fn supervisory(supervisory: bool) -> Event {
    Event::Reclassified { class: Class::Complaint, supervisory, category: None }
}

pub fn key(row: &Row) -> ClientKey {
    ClientKey { key: format!("key-{}", row.report.id), fingerprint: format!("print-{}", row.report.id) }
}

pub fn text(id: ReportId) -> Words {
    Words { title: Some(format!("Laporan {id}")), body: format!("Isi laporan {id}"), ..Words::default() }
}

pub fn first_event(report: &Report) -> Logged {
    Logged { seq: 1, at: report.clocks.received, by: Actor::Reporter, event: submitted(report.holder.0) }
}

/// Writes a report with its words and its first event.
pub async fn write_whole(tx: &mut Tx, row: &Row, timing: Timing) -> Result<bool> {
    if !report::insert(tx, row, &key(row), timing).await? {
        return Ok(false);
    }
    words::insert(tx, row.report.id, row.words_seq, &text(row.report.id)).await?;
    event::append(tx, row.report.id, row.report.zone, &first_event(&row.report), None).await?;
    Ok(true)
}

/// Stores a report as it is now.
pub async fn put(db: &Db, row: Row, timing: Timing) {
    let fresh = db.write(move |tx| Box::pin(async move { write_whole(tx, &row, timing).await })).await;
    assert!(fresh.unwrap(), "the fixture stored a report twice");
}

/// Whether a report is there: `Some(true)` with all that belongs to it, `Some(false)` in part.
pub async fn is_whole(db: &Db, id: i64) -> Option<bool> {
    let mut tx = db.read().await.unwrap();
    let report = report::load(&mut tx, ReportId(id)).await.unwrap().is_some();
    let words = !words::list(&mut tx, ReportId(id)).await.unwrap().is_empty();
    let events = !event::list(&mut tx, ReportId(id)).await.unwrap().is_empty();
    (report || words || events).then_some(report && words && events)
}

/// Numbers that look random and are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}
