//! How many reports stand in each stage at each office: kept, never counted on a request path.

use crate::db::{engine_of, on};
use crate::dialect::{counter_slots, locking, over_rows, statements};
use crate::{Error, Result, Tx, json};
use domain::report::StageKind;
use domain::{AgencyId, Report};
use serde::Serialize;
use std::collections::BTreeMap;

statements! {
    ADD = over_rows!(
        "INSERT INTO counter (agency, stage, sealed, slot, n) \
        SELECT CAST(value ->> 'agency' AS BIGINT), value ->> 'stage', CAST(value ->> 'sealed' AS BOOLEAN), \
        CAST($2 AS BIGINT), CAST(value ->> 'n' AS BIGINT) FROM ",
        " WHERE true ON CONFLICT (agency, stage, sealed, slot) DO UPDATE SET n = counter.n + excluded.n"
    );
    LIST = "SELECT agency, stage, sealed, CAST(SUM(n) AS BIGINT) FROM counter GROUP BY agency, stage, sealed";
    RECOUNT = "SELECT holder, stage, sealed, CAST(COUNT(*) AS BIGINT) FROM report GROUP BY holder, stage, sealed";
    WRONG = "SELECT agency, stage, sealed, CAST(SUM(kept) AS BIGINT), CAST(SUM(truth) AS BIGINT) FROM \
        (SELECT agency, stage, sealed, n AS kept, 0 AS truth FROM counter \
        UNION ALL SELECT holder, stage, sealed, 0, COUNT(*) FROM report GROUP BY holder, stage, sealed) AS sides \
        GROUP BY agency, stage, sealed HAVING SUM(kept) <> SUM(truth) ORDER BY 1, 2, 3";
    ALONE = locking!("counter");
    CLEAR = "DELETE FROM counter";
    GATHER = "UPDATE counter SET n = total.n FROM (SELECT agency, stage, sealed, MIN(slot) AS slot, CAST(SUM(n) AS BIGINT) AS n \
        FROM counter GROUP BY agency, stage, sealed) AS total WHERE counter.agency = total.agency AND counter.stage = total.stage \
        AND counter.sealed = total.sealed AND counter.slot = total.slot";
    GATHERED = "DELETE FROM counter WHERE EXISTS (SELECT 1 FROM counter c WHERE c.agency = counter.agency \
        AND c.stage = counter.stage AND c.sealed = counter.sealed AND c.slot < counter.slot)";
}

/// Which reports one counter counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    pub agency: AgencyId,
    pub stage: StageKind,
    /// Sealed reports are counted apart, so that public figures do not tell of them.
    pub sealed: bool,
}

impl Key {
    /// The counter that a report belongs to now.
    pub fn of(report: &Report) -> Key {
        Key { agency: report.holder, stage: report.stage.kind(), sealed: report.is_sealed() }
    }
}

/// Adds to a counter when the write ends. `spread` is any number that differs between reports.
pub fn add(tx: &mut Tx, key: Key, spread: i64, n: i64) {
    tx.tally().count(key, spread, n);
}

/// Moves a report from one counter to another when the write ends; nothing happens where they are the same.
pub fn shift(tx: &mut Tx, from: Key, to: Key, spread: i64) {
    add(tx, from, spread, -1);
    add(tx, to, spread, 1);
}

/// Writes changes of counters in the order of their keys, so that two that are written at once do not wait for each
/// other in a ring.
pub(crate) async fn write(tx: &mut Tx, changed: &BTreeMap<Key, i64>, slot: i64) -> Result<()> {
    #[derive(Serialize)]
    struct Columns {
        agency: i64,
        stage: &'static str,
        sealed: bool,
        n: i64,
    }
    let columns =
        |(key, n): (&Key, &i64)| Columns { agency: key.agency.0, stage: key.stage.name(), sealed: key.sealed, n: *n };
    let rows: Vec<Columns> = changed.iter().filter(|(_, n)| **n != 0).map(columns).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let array = json(&rows)?;
    on!(tx, |link| sqlx::query(ADD.on(engine_of(link))).bind(&array).bind(slot).execute(link).await.map(drop))?;
    Ok(())
}

/// All counters.
pub async fn list(tx: &mut Tx) -> Result<Vec<(Key, i64)>> {
    read(tx, LIST).await
}

/// Counters that differ from the truth, with what each says and what is true: both are seen at one instant.
/// For the nightly reconciliation, never for a request.
pub async fn wrong(tx: &mut Tx) -> Result<Vec<(Key, i64, i64)>> {
    let rows: Vec<(i64, String, bool, i64, i64)> =
        on!(tx, |link| sqlx::query_as(WRONG.on(engine_of(link))).fetch_all(link).await)?;
    rows.into_iter().map(|(agency, stage, sealed, n, truth)| Ok((key(agency, stage, sealed)?, n, truth))).collect()
}

/// The truth, counted from the reports: for mending the counters, never for a request.
pub async fn recount(tx: &mut Tx) -> Result<Vec<(Key, i64)>> {
    read(tx, RECOUNT).await
}

/// Replaces all counters by the truth. Writes that count wait meanwhile.
pub async fn rebuild(tx: &mut Tx) -> Result<()> {
    on!(tx, |link| sqlx::query(ALONE.on(engine_of(link))).execute(link).await.map(drop))?;
    on!(tx, |link| sqlx::query(CLEAR.on(engine_of(link))).execute(link).await.map(drop))?;
    let truth = recount(tx).await?.into_iter().collect();
    write(tx, &truth, 0).await
}

/// Adds up the slots of each counter, so that reading all of them stays cheap. Writes that count wait meanwhile.
pub async fn gather(tx: &mut Tx) -> Result<()> {
    if counter_slots(tx.engine()) > 1 {
        for sql in [ALONE, GATHER, GATHERED] {
            on!(tx, |link| sqlx::query(sql.on(engine_of(link))).execute(link).await.map(drop))?;
        }
    }
    Ok(())
}

async fn read(tx: &mut Tx, sql: crate::Sql) -> Result<Vec<(Key, i64)>> {
    let rows: Vec<(i64, String, bool, i64)> =
        on!(tx, |link| sqlx::query_as(sql.on(engine_of(link))).fetch_all(link).await)?;
    let counted = |(agency, stage, sealed, n)| Ok((key(agency, stage, sealed)?, n));
    rows.into_iter().filter(|(.., n)| *n != 0).map(counted).collect()
}

fn key(agency: i64, stage: String, sealed: bool) -> Result<Key> {
    let stage = StageKind::parse(&stage).ok_or(Error::Corrupt(stage))?;
    Ok(Key { agency: AgencyId(agency), stage, sealed })
}
