//! A draft of routing rules, tried on past cases.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Error, Result, Tx, from_json, instant, json, millis};
use domain::routing::{Past, Replay};
use domain::{Actor, AgencyId, Code, Event, Report, ReportId, Role, UserId};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

statements! {
    INSERT = "INSERT INTO replay (id, set_id, officer_id, role, seat, first_day, last_day, after_id, until_id, state, started_at, sum) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'running', $10, $11)";
    LOAD = "SELECT id, set_id, officer_id, role, seat, first_day, last_day, after_id, until_id, started_at, ended_at, sum \
        FROM replay WHERE id = $1";
    LATEST = "SELECT id, set_id, officer_id, role, seat, first_day, last_day, after_id, until_id, started_at, ended_at, sum \
        FROM replay WHERE set_id = $1 ORDER BY id DESC LIMIT 10";
    ADVANCE = "UPDATE replay SET after_id = $1, sum = $2, ended_at = $3, state = $4 WHERE id = $5 AND after_id = $6";
    PUT_CASE = "INSERT INTO replay_case (replay_id, report_id, present, draft, first_holder, last_holder) \
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    CASES = "SELECT c.report_id, c.present, c.draft, c.first_holder, c.last_holder, r.code, r.state FROM replay_case c \
        JOIN report r ON r.id = c.report_id WHERE c.replay_id = $1 AND c.report_id > $2 ORDER BY c.report_id LIMIT $3";
    REPORTS = "SELECT id, state FROM report WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3";
    WORDS = "SELECT report_id, title, body FROM words WHERE report_id > $1 AND report_id <= $2 AND seq = 1";
    EVENTS = "SELECT report_id, data FROM event WHERE report_id > $1 AND report_id <= $2 AND kind IN ('submitted', 'disposed') \
        ORDER BY report_id, seq";
}

/// A replay, running or ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayRow {
    pub id: i64,
    /// The draft that is tried.
    pub set: i64,
    /// Who asked; only what this seat may read is looked at.
    pub by: Actor,
    pub first_day: Date,
    pub last_day: Date,
    /// The report that was looked at last, and the one after which it ends.
    pub after: ReportId,
    pub until: ReportId,
    pub started_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub sum: Replay,
}

type Columns = (i64, i64, i64, String, i64, String, String, i64, i64, i64, Option<i64>, String);

fn replay(row: Columns) -> Result<ReplayRow> {
    let (id, set, officer, role, seat, first_day, last_day, after, until, started_at, ended_at, sum) = row;
    let role = Role::parse(&role).ok_or(Error::Corrupt(role))?;
    let day = |text: String| text.parse::<Date>().map_err(|error| Error::Corrupt(error.to_string()));
    Ok(ReplayRow {
        id,
        set,
        by: Actor::Officer { user: UserId(officer), role, agency: AgencyId(seat) },
        first_day: day(first_day)?,
        last_day: day(last_day)?,
        after: ReportId(after),
        until: ReportId(until),
        started_at: instant(started_at)?,
        ended_at: ended_at.map(instant).transpose()?,
        sum: from_json(&sum)?,
    })
}

/// Begins a replay; only an officer does.
pub async fn insert(tx: &mut Tx, new: &ReplayRow) -> Result<()> {
    let Actor::Officer { user, role, agency } = new.by else { return Err(Error::Corrupt("a replay by nobody".into())) };
    let sum = json(&new.sum)?;
    on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(new.id)
            .bind(new.set)
            .bind(user.0)
            .bind(role.name())
            .bind(agency.0)
            .bind(new.first_day.to_string())
            .bind(new.last_day.to_string())
            .bind(new.after.0)
            .bind(new.until.0)
            .bind(millis(new.started_at))
            .bind(&sum)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// One replay.
pub async fn load(tx: &mut Tx, id: i64) -> Result<Option<ReplayRow>> {
    let row: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    row.map(replay).transpose()
}

/// The latest replays of a set, the newest first.
pub async fn latest(tx: &mut Tx, set: i64) -> Result<Vec<ReplayRow>> {
    let rows: Vec<Columns> =
        on!(tx, |link| sqlx::query_as(LATEST.on(engine_of(link))).bind(set).fetch_all(link).await)?;
    rows.into_iter().map(replay).collect()
}

/// Notes how far a replay has come. `false` when another process was there before.
pub async fn advance(tx: &mut Tx, row: &ReplayRow, was_after: ReportId) -> Result<bool> {
    let sum = json(&row.sum)?;
    let state = if row.ended_at.is_some() { "done" } else { "running" };
    let done = on!(tx, |link| {
        sqlx::query(ADVANCE.on(engine_of(link)))
            .bind(row.after.0)
            .bind(&sum)
            .bind(row.ended_at.map(millis))
            .bind(state)
            .bind(row.id)
            .bind(was_after.0)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Keeps a case that would have gone elsewhere.
pub async fn put_case(tx: &mut Tx, replay: i64, report: ReportId, past: &Past) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PUT_CASE.on(engine_of(link)))
            .bind(replay)
            .bind(report.0)
            .bind(past.present.map(|office| office.0))
            .bind(past.draft.map(|office| office.0))
            .bind(past.first.0)
            .bind(past.last.0)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// A case that would have gone elsewhere, with the report as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    pub report: Report,
    pub code: Code,
    pub past: Past,
}

/// Cases that would have gone elsewhere, behind one.
pub async fn cases(tx: &mut Tx, replay: i64, after: ReportId, limit: u32) -> Result<Vec<Moved>> {
    type Columns = (i64, Option<i64>, Option<i64>, i64, i64, i64, String);
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(CASES.on(engine_of(link)))
            .bind(replay)
            .bind(after.0)
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    let moved = |(_, present, draft, first, last, code, state): Columns| {
        Ok(Moved {
            report: from_json(&state)?,
            code: Code::from_number(code).ok_or_else(|| Error::Corrupt(format!("tracking number {code}")))?,
            past: Past {
                present: present.map(AgencyId),
                draft: draft.map(AgencyId),
                first: AgencyId(first),
                last: AgencyId(last),
            },
        })
    };
    rows.into_iter().map(moved).collect()
}

/// A report as it came in, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    pub report: Report,
    /// Title and text as they were sent.
    pub text: String,
    pub submitted: Option<Event>,
    /// The offices that it was disposed to, the first first.
    pub disposed: Vec<AgencyId>,
}

/// Reports behind one and up to another, with their beginnings.
pub async fn past(tx: &mut Tx, after: ReportId, until: ReportId, limit: u32) -> Result<Vec<Case>> {
    let rows: Vec<(i64, String)> = on!(tx, |link| {
        sqlx::query_as(REPORTS.on(engine_of(link)))
            .bind(after.0)
            .bind(until.0)
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    let Some(last) = rows.last().map(|row| row.0) else { return Ok(Vec::new()) };
    let words: Vec<(i64, Option<String>, String)> =
        on!(tx, |link| sqlx::query_as(WORDS.on(engine_of(link))).bind(after.0).bind(last).fetch_all(link).await)?;
    let events: Vec<(i64, String)> =
        on!(tx, |link| sqlx::query_as(EVENTS.on(engine_of(link))).bind(after.0).bind(last).fetch_all(link).await)?;
    let mut cases = BTreeMap::new();
    for (id, state) in rows {
        let case = Case { report: from_json(&state)?, text: String::new(), submitted: None, disposed: Vec::new() };
        cases.insert(id, case);
    }
    for (id, title, body) in words {
        if let Some(case) = cases.get_mut(&id) {
            case.text = format!("{}\n{body}", title.unwrap_or_default());
        }
    }
    for (id, data) in events {
        let Some(case) = cases.get_mut(&id) else { continue };
        match from_json(&data)? {
            Event::Disposed { to, .. } => case.disposed.push(to),
            other => case.submitted = Some(other),
        }
    }
    Ok(cases.into_values().collect())
}
