//! What became of the reports that came in during a period, for each parent agency. Counted by a job at night,
//! never by a request.

use crate::db::{engine_of, on};
use crate::dialect::{over_rows, statements};
use crate::{Error, Result, Tx, json};
use domain::report::StageKind;
use domain::{AgencyId, ReportId};
use serde::Serialize;

statements! {
    COUNT = "SELECT root, stage, sealed, CAST(COUNT(*) AS BIGINT) FROM report WHERE id >= $1 AND id < $2 \
        AND received_day >= $3 AND received_day <= $4 GROUP BY root, stage, sealed";
    CLEAR = "DELETE FROM standing WHERE period = $1";
    PUT = over_rows!(
        "INSERT INTO standing (period, agency, stage, sealed, n) \
        SELECT $2, CAST(value ->> 'agency' AS BIGINT), value ->> 'stage', CAST(value ->> 'sealed' AS BOOLEAN), \
        CAST(value ->> 'n' AS BIGINT) FROM ",
        " WHERE true ON CONFLICT (period, agency, stage, sealed) DO UPDATE SET n = excluded.n"
    );
    LIST = "SELECT agency, stage, sealed, n FROM standing WHERE period = $1";
}

/// How many reports of a parent agency stand in a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub root: AgencyId,
    pub stage: StageKind,
    pub sealed: bool,
    pub n: u64,
}

/// Reports by their ids, which are in the order of time, and by the local day on which they came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first id, and the first one behind.
    pub ids: (ReportId, ReportId),
    /// The first and the last day.
    pub days: (i64, i64),
}

type Columns = (i64, String, bool, i64);

#[derive(Serialize)]
struct Line<'a> {
    agency: i64,
    stage: &'a str,
    sealed: bool,
    n: u64,
}

/// Counts the reports of a span.
pub async fn count(tx: &mut Tx, span: Span) -> Result<Vec<Standing>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(COUNT.on(engine_of(link)))
            .bind(span.ids.0.0)
            .bind(span.ids.1.0)
            .bind(span.days.0)
            .bind(span.days.1)
            .fetch_all(link)
            .await
    })?;
    rows.into_iter().map(standing).collect()
}

/// Keeps what was counted for a period in place of what was kept before.
pub async fn keep(tx: &mut Tx, period: &str, counted: &[Standing]) -> Result<()> {
    on!(tx, |link| sqlx::query(CLEAR.on(engine_of(link))).bind(period).execute(link).await.map(drop))?;
    let lines: Vec<Line<'_>> = counted
        .iter()
        .map(|one| Line { agency: one.root.0, stage: one.stage.name(), sealed: one.sealed, n: one.n })
        .collect();
    let text = json(&lines)?;
    on!(tx, |link| sqlx::query(PUT.on(engine_of(link))).bind(&text).bind(period).execute(link).await.map(drop))?;
    Ok(())
}

/// What was last counted for a period.
pub async fn list(tx: &mut Tx, period: &str) -> Result<Vec<Standing>> {
    let rows: Vec<Columns> =
        on!(tx, |link| sqlx::query_as(LIST.on(engine_of(link))).bind(period).fetch_all(link).await)?;
    rows.into_iter().map(standing).collect()
}

fn standing((root, stage, sealed, n): Columns) -> Result<Standing> {
    Ok(Standing {
        root: AgencyId(root),
        stage: StageKind::parse(&stage).ok_or(Error::Corrupt(stage))?,
        sealed,
        n: u64::try_from(n).unwrap_or(0),
    })
}
