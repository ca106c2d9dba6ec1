//! What is late at each office. Time makes reports late and no event tells of it, so these figures are measured
//! every few minutes and kept with the instant at which they were true. Measured by a job, never by a request.

use crate::db::{engine_of, on};
use crate::dialect::{over_rows, statements};
use crate::reference::{put_setting, setting};
use crate::{Error, Result, Tx, instant, json, millis};
use domain::AgencyId;
use domain::report::StageKind;
use jiff::Timestamp;
use serde::Serialize;

statements! {
    MEASURE = "SELECT holder, stage, sealed, CAST(SUM(CASE WHEN due_at < $1 THEN 1 ELSE 0 END) AS BIGINT), MIN(received_at) \
        FROM report WHERE open GROUP BY holder, stage, sealed";
    CLEAR = "DELETE FROM lateness";
    PUT = over_rows!(
        "INSERT INTO lateness (agency, stage, sealed, late, oldest) \
        SELECT CAST(value ->> 'agency' AS BIGINT), value ->> 'stage', CAST(value ->> 'sealed' AS BOOLEAN), \
        CAST(value ->> 'late' AS BIGINT), CAST(value ->> 'oldest' AS BIGINT) FROM ",
        " WHERE true ON CONFLICT (agency, stage, sealed) DO UPDATE SET late = excluded.late, oldest = excluded.oldest"
    );
    LIST = "SELECT agency, stage, sealed, late, oldest FROM lateness";
}

const SETTING: &str = "lateness";
/// Rows that are written with one statement.
const BATCH: usize = 1_000;

/// The open reports of one office in one stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lateness {
    pub agency: AgencyId,
    pub stage: StageKind,
    pub sealed: bool,
    /// How many are past what is due for them.
    pub late: u64,
    /// When the oldest of them came in.
    pub oldest: Timestamp,
}

type Columns = (i64, String, bool, i64, i64);

#[derive(Serialize)]
struct Line<'a> {
    agency: i64,
    stage: &'a str,
    sealed: bool,
    late: u64,
    oldest: i64,
}

/// Measures anew, over all open reports.
pub async fn measure(tx: &mut Tx, now: Timestamp) -> Result<Vec<Lateness>> {
    let rows: Vec<Columns> =
        on!(tx, |link| sqlx::query_as(MEASURE.on(engine_of(link))).bind(millis(now)).fetch_all(link).await)?;
    rows.into_iter().map(lateness).collect()
}

/// Keeps what was measured at an instant in place of what was kept before.
pub async fn keep(tx: &mut Tx, measured: &[Lateness], at: Timestamp) -> Result<()> {
    on!(tx, |link| sqlx::query(CLEAR.on(engine_of(link))).execute(link).await.map(drop))?;
    for batch in measured.chunks(BATCH) {
        let lines: Vec<Line<'_>> = batch.iter().map(line).collect();
        let text = json(&lines)?;
        on!(tx, |link| sqlx::query(PUT.on(engine_of(link))).bind(&text).execute(link).await.map(drop))?;
    }
    put_setting(tx, SETTING, &millis(at).to_string()).await
}

/// When it was last measured.
pub async fn measured_at(tx: &mut Tx) -> Result<Option<Timestamp>> {
    let kept = setting(tx, SETTING).await?;
    kept.and_then(|text| text.parse().ok()).map(instant).transpose()
}

/// What was last measured.
pub async fn list(tx: &mut Tx) -> Result<Vec<Lateness>> {
    let rows: Vec<Columns> = on!(tx, |link| sqlx::query_as(LIST.on(engine_of(link))).fetch_all(link).await)?;
    rows.into_iter().map(lateness).collect()
}

fn lateness((agency, stage, sealed, late, oldest): Columns) -> Result<Lateness> {
    Ok(Lateness {
        agency: AgencyId(agency),
        stage: StageKind::parse(&stage).ok_or(Error::Corrupt(stage))?,
        sealed,
        late: u64::try_from(late).unwrap_or(0),
        oldest: instant(oldest)?,
    })
}

fn line(one: &Lateness) -> Line<'_> {
    Line {
        agency: one.agency.0,
        stage: one.stage.name(),
        sealed: one.sealed,
        late: one.late,
        oldest: millis(one.oldest),
    }
}
