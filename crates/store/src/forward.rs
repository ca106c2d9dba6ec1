//! Reports on their way to the own system of an agency, each once, and what that system said of them.

use crate::db::{engine_of, on};
use crate::dialect::{skip_locked, statements};
use crate::{Error, Result, Tx, instant, millis, small};
use domain::{AgencyId, Code, ReportId, UserId};
use jiff::Timestamp;

statements! {
    OFFER = "INSERT INTO forward (id, report_id, agency_id, state, doubt, attempts, next_at, claimed_until, at) \
        VALUES ($1, $2, $3, 'waiting', FALSE, 0, $4, 0, $4) ON CONFLICT (report_id, agency_id) \
        DO UPDATE SET state = 'waiting', attempts = 0, next_at = excluded.next_at, failure = NULL WHERE forward.state = 'withheld'";
    IS_DUE = "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT id FROM forward WHERE state IN ('waiting', 'token') AND next_at <= $1 \
        AND claimed_until <= $1 LIMIT 1) AS due";
    CLAIM = skip_locked!(
        "WITH due AS MATERIALIZED (SELECT id FROM forward WHERE state IN ('waiting', 'token') AND next_at <= $3 \
        AND claimed_until <= $3 ORDER BY next_at LIMIT $4",
        ") UPDATE forward SET claimed_by = $1, claimed_until = $2, attempts = attempts + 1 WHERE id IN (SELECT id FROM due) \
        RETURNING id, report_id, agency_id, doubt, service, token, attempts, first_at, attempted_at"
    );
    ATTEMPT = "UPDATE forward SET doubt = TRUE, service = $1, attempted_at = $2, \
        first_at = COALESCE(first_at, $2) WHERE id = $3 AND claimed_by = $4 AND state = 'waiting'";
    SETTLE = "UPDATE forward SET state = $1, doubt = $2, remote = $3, token = $4, failure = $5, next_at = $6, claimed_by = NULL, \
        claimed_until = 0 WHERE id = $7 AND claimed_by = $8";
    WAKE = "UPDATE forward SET next_at = $1, attempts = 0 WHERE agency_id = $2 AND state IN ('waiting', 'token') AND next_at > $1";
    PAST = "UPDATE forward SET state = 'past', remote = NULL, token = NULL WHERE agency_id = $1 AND state IN ('linked', 'token')";
    RETRY = "UPDATE forward SET state = 'waiting', attempts = 0, next_at = $1 WHERE id = $2 AND agency_id = $3 AND state = 'dead'";
    LIST_DEAD = "SELECT f.id, f.report_id, r.code, f.state, f.remote, f.failure, f.attempts, f.at FROM forward f JOIN report r ON r.id = f.report_id \
        WHERE f.agency_id = $1 AND f.state = 'dead' ORDER BY f.id LIMIT $2";
    LIST = "SELECT f.id, f.report_id, r.code, f.state, f.remote, f.failure, f.attempts, f.at FROM forward f JOIN report r ON r.id = f.report_id \
        WHERE f.agency_id = $1 ORDER BY f.id DESC LIMIT $2";
    OF_REPORT = "SELECT f.id, f.report_id, r.code, f.state, f.remote, f.failure, f.attempts, f.at FROM forward f JOIN report r ON r.id = f.report_id \
        WHERE f.report_id = $1";
    FIND = "SELECT report_id FROM forward WHERE agency_id = $1 AND remote = $2 LIMIT 20";
    HEAR = "INSERT INTO heard (report_id, agency_id, update_id, said, seq, by_user, at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
        ON CONFLICT DO NOTHING";
    IS_HEARD = "SELECT seq FROM heard WHERE report_id = $1 AND agency_id = $2 AND update_id = $3";
    LIST_HEARD = "SELECT said, seq, at FROM heard WHERE report_id = $1 ORDER BY at DESC LIMIT $2";
}

/// Where a report stands on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForwardState {
    Waiting,
    /// It was taken; its number comes later.
    Token,
    /// It is there, under a number of its own.
    Linked,
    /// It does not go there, as it stands.
    Withheld,
    /// It was refused or could not be brought; a person looks at it.
    Dead,
    /// It is with a system that is connected no more.
    Past,
}

impl ForwardState {
    /// All of them.
    pub const ALL: [ForwardState; 6] = [
        ForwardState::Waiting,
        ForwardState::Token,
        ForwardState::Linked,
        ForwardState::Withheld,
        ForwardState::Dead,
        ForwardState::Past,
    ];

    /// The name in storage and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            ForwardState::Waiting => "waiting",
            ForwardState::Token => "token",
            ForwardState::Linked => "linked",
            ForwardState::Withheld => "withheld",
            ForwardState::Dead => "dead",
            ForwardState::Past => "past",
        }
    }

    fn read(name: &str) -> Result<ForwardState> {
        let found = ForwardState::ALL.into_iter().find(|state| state.name() == name);
        found.ok_or_else(|| Error::Corrupt(format!("forward state {name:?}")))
    }
}

/// A report on its way, claimed by this process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    pub id: i64,
    pub report: ReportId,
    pub agency: AgencyId,
    /// It was sent, and whether it arrived is not known.
    pub doubt: bool,
    /// The service code under which it was sent last.
    pub service: Option<String>,
    pub token: Option<String>,
    /// How often it was claimed, this time included.
    pub attempts: i64,
    pub first_at: Option<Timestamp>,
    pub attempted_at: Option<Timestamp>,
}

/// What came of carrying it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    pub state: ForwardState,
    pub doubt: bool,
    pub remote: Option<String>,
    pub token: Option<String>,
    pub failure: Option<String>,
    pub next_at: Timestamp,
}

/// A report and where it stands on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forward {
    pub id: i64,
    pub report: ReportId,
    pub code: Code,
    pub state: ForwardState,
    /// Its number at the other side.
    pub remote: Option<String>,
    pub failure: Option<String>,
    pub attempts: i64,
    pub at: Timestamp,
}

/// Something that another system said of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHeard<'a> {
    pub report: ReportId,
    /// Whose system it is.
    pub agency: AgencyId,
    /// The other side's name for it.
    pub id: &'a str,
    pub said: Option<&'a str>,
    /// The note that came of it; none where it was not listened to.
    pub seq: Option<u32>,
    /// Whose key brought it.
    pub by: Option<UserId>,
    pub at: Timestamp,
}

/// The same as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    pub said: Option<String>,
    pub seq: Option<u32>,
    pub at: Timestamp,
}

/// Puts a report on its way to a system; one that went there goes no second time.
pub async fn offer(tx: &mut Tx, id: i64, report: ReportId, agency: AgencyId, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(OFFER.on(engine_of(link)))
            .bind(id)
            .bind(report.0)
            .bind(agency.0)
            .bind(millis(at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Whether there is something to carry.
pub async fn is_due(tx: &mut Tx, now: Timestamp) -> Result<bool> {
    let n: i64 =
        on!(tx, |link| sqlx::query_scalar(IS_DUE.on(engine_of(link))).bind(millis(now)).fetch_one(link).await)?;
    Ok(n > 0)
}

/// Claims reports that are due, for a process until an instant.
pub async fn claim(tx: &mut Tx, process: &str, now: Timestamp, until: Timestamp, most: u32) -> Result<Vec<Claimed>> {
    type Columns = (i64, i64, i64, bool, Option<String>, Option<String>, i64, Option<i64>, Option<i64>);
    let mut rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(CLAIM.on(engine_of(link)))
            .bind(process)
            .bind(millis(until))
            .bind(millis(now))
            .bind(i64::from(most))
            .fetch_all(link)
            .await
    })?;
    rows.sort_by_key(|row| row.0);
    let claimed = |(id, report, agency, doubt, service, token, attempts, first, last): Columns| {
        Ok(Claimed {
            id,
            report: ReportId(report),
            agency: AgencyId(agency),
            doubt,
            service,
            token,
            attempts,
            first_at: first.map(instant).transpose()?,
            attempted_at: last.map(instant).transpose()?,
        })
    };
    rows.into_iter().map(claimed).collect()
}

/// Writes down that it is sent now, before it is. `false`, and it must not be, where somebody else has it by now.
pub async fn attempt(tx: &mut Tx, id: i64, process: &str, service: &str, at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(ATTEMPT.on(engine_of(link)))
            .bind(service)
            .bind(millis(at))
            .bind(id)
            .bind(process)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Writes what came of carrying it. `false` where somebody else has it by now.
pub async fn settle(tx: &mut Tx, id: i64, process: &str, settled: &Settled) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(SETTLE.on(engine_of(link)))
            .bind(settled.state.name())
            .bind(settled.doubt)
            .bind(&settled.remote)
            .bind(&settled.token)
            .bind(&settled.failure)
            .bind(millis(settled.next_at))
            .bind(id)
            .bind(process)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Has everything that waits for a system tried at once.
pub async fn wake(tx: &mut Tx, agency: AgencyId, now: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(WAKE.on(engine_of(link))).bind(millis(now)).bind(agency.0).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Forgets the numbers at a system that is connected no more: another one may give them to other reports.
pub async fn part(tx: &mut Tx, agency: AgencyId) -> Result<()> {
    on!(tx, |link| sqlx::query(PAST.on(engine_of(link))).bind(agency.0).execute(link).await.map(drop))?;
    Ok(())
}

/// Has a dead one tried again. `false` where there is none.
pub async fn retry(tx: &mut Tx, id: i64, agency: AgencyId, now: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(RETRY.on(engine_of(link)))
            .bind(millis(now))
            .bind(id)
            .bind(agency.0)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

type Columns = (i64, i64, i64, String, Option<String>, Option<String>, i64, i64);

fn forward((id, report, number, state, remote, failure, attempts, at): Columns) -> Result<Forward> {
    let code = Code::from_number(number).ok_or_else(|| Error::Corrupt(format!("tracking number {number}")))?;
    let (report, state, at) = (ReportId(report), ForwardState::read(&state)?, instant(at)?);
    Ok(Forward { id, report, code, state, remote, failure, attempts, at })
}

/// Those that wait for a person, the oldest first.
pub async fn list_dead(tx: &mut Tx, agency: AgencyId, most: u32) -> Result<Vec<Forward>> {
    list_by(tx, LIST_DEAD, agency, most).await
}

/// Those of a system, the latest first.
pub async fn list(tx: &mut Tx, agency: AgencyId, most: u32) -> Result<Vec<Forward>> {
    list_by(tx, LIST, agency, most).await
}

async fn list_by(tx: &mut Tx, sql: crate::Sql, agency: AgencyId, most: u32) -> Result<Vec<Forward>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(sql.on(engine_of(link))).bind(agency.0).bind(i64::from(most)).fetch_all(link).await
    })?;
    rows.into_iter().map(forward).collect()
}

/// The ways of one report.
pub async fn of_report(tx: &mut Tx, report: ReportId) -> Result<Vec<Forward>> {
    let rows: Vec<Columns> =
        on!(tx, |link| sqlx::query_as(OF_REPORT.on(engine_of(link))).bind(report.0).fetch_all(link).await)?;
    rows.into_iter().map(forward).collect()
}

/// The reports that have a number at a system; several where that system holds them for the same.
pub async fn find(tx: &mut Tx, agency: AgencyId, remote: &str) -> Result<Vec<ReportId>> {
    let rows: Vec<i64> = on!(tx, |link| {
        sqlx::query_scalar(FIND.on(engine_of(link))).bind(agency.0).bind(remote).fetch_all(link).await
    })?;
    Ok(rows.into_iter().map(ReportId).collect())
}

/// Keeps what a system said. `false` where that is known already.
pub async fn hear(tx: &mut Tx, new: &NewHeard<'_>) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(HEAR.on(engine_of(link)))
            .bind(new.report.0)
            .bind(new.agency.0)
            .bind(new.id)
            .bind(new.said)
            .bind(new.seq.map(i64::from))
            .bind(new.by.map(|by| by.0))
            .bind(millis(new.at))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Whether something that a system says is known, and the note that came of it.
pub async fn is_heard(tx: &mut Tx, report: ReportId, agency: AgencyId, id: &str) -> Result<Option<Option<u32>>> {
    let found: Option<Option<i64>> = on!(tx, |link| {
        sqlx::query_scalar(IS_HEARD.on(engine_of(link)))
            .bind(report.0)
            .bind(agency.0)
            .bind(id)
            .fetch_optional(link)
            .await
    })?;
    found.map(|seq| seq.map(small).transpose()).transpose()
}

/// What was said of a report, the latest first.
pub async fn list_heard(tx: &mut Tx, report: ReportId, most: u32) -> Result<Vec<Heard>> {
    let rows: Vec<(Option<String>, Option<i64>, i64)> = on!(tx, |link| {
        sqlx::query_as(LIST_HEARD.on(engine_of(link))).bind(report.0).bind(i64::from(most)).fetch_all(link).await
    })?;
    let heard = |(said, seq, at): (Option<String>, Option<i64>, i64)| {
        Ok(Heard { said, seq: seq.map(small).transpose()?, at: instant(at)? })
    };
    rows.into_iter().map(heard).collect()
}
