//! How many reports came in on which day, told apart by place and by agency: counters for stretches of days that are no
//! months. Sealed reports are in none of them.

use crate::db::{engine_of, on};
use crate::dialect::{over_rows, statements};
use crate::{Result, Tx, day_number, day_of, json};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

statements! {
    SHIFT = over_rows!(
        "INSERT INTO arrival (scope, day, n) SELECT value ->> 'scope', CAST(value ->> 'day' AS BIGINT), \
        CAST(value ->> 'n' AS BIGINT) FROM ",
        " WHERE true ON CONFLICT (scope, day) DO UPDATE SET n = arrival.n + excluded.n"
    );
    SUMS = over_rows!(
        "SELECT asked.scope, (SELECT CAST(COALESCE(SUM(a.n), 0) AS BIGINT) FROM arrival a WHERE a.scope = asked.scope \
        AND a.day >= $2 AND a.day <= $3) FROM (SELECT value ->> 'scope' AS scope FROM ",
        ") asked"
    );
    FIRST = over_rows!(
        "SELECT asked.scope, (SELECT a.day FROM arrival a WHERE a.scope = asked.scope AND a.n > 0 ORDER BY a.day LIMIT 1) \
        FROM (SELECT value ->> 'scope' AS scope FROM ",
        ") asked"
    );
    LIST = "SELECT scope, day, n FROM arrival WHERE (scope, day) > ($1, $2) ORDER BY scope, day LIMIT $3";
}

/// Reports by scope and day.
pub type Arrivals = BTreeMap<(String, Date), i64>;

/// Adds to the counters, or takes away from them.
pub async fn shift(tx: &mut Tx, by: &Arrivals) -> Result<()> {
    #[derive(Serialize)]
    struct Columns<'a> {
        scope: &'a str,
        day: i64,
        n: i64,
    }
    let moved = by.iter().filter(|(_, n)| **n != 0);
    let rows: Vec<Columns<'_>> =
        moved.map(|((scope, day), n)| Columns { scope, day: day_number(*day), n: *n }).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let rows = json(&rows)?;
    on!(tx, |link| sqlx::query(SHIFT.on(engine_of(link))).bind(&rows).execute(link).await.map(drop))?;
    Ok(())
}

fn asked(scopes: &[String]) -> Result<String> {
    json(&scopes.iter().map(|scope| BTreeMap::from([("scope", scope)])).collect::<Vec<_>>())
}

/// How many reports came in from one day to another, by scope.
pub async fn sums(tx: &mut Tx, scopes: &[String], (from, to): (Date, Date)) -> Result<BTreeMap<String, u64>> {
    let asked = asked(scopes)?;
    let rows: Vec<(String, i64)> = on!(tx, |link| {
        sqlx::query_as(SUMS.on(engine_of(link)))
            .bind(&asked)
            .bind(day_number(from))
            .bind(day_number(to))
            .fetch_all(link)
            .await
    })?;
    Ok(rows.into_iter().map(|(scope, n)| (scope, u64::try_from(n).unwrap_or(0))).collect())
}

/// The day of the first report of each scope, where there is one.
pub async fn first(tx: &mut Tx, scopes: &[String]) -> Result<BTreeMap<String, Date>> {
    let asked = asked(scopes)?;
    let rows: Vec<(String, Option<i64>)> =
        on!(tx, |link| sqlx::query_as(FIRST.on(engine_of(link))).bind(&asked).fetch_all(link).await)?;
    let known = rows.into_iter().filter_map(|(scope, day)| Some((scope, day?)));
    known.map(|(scope, day)| Ok((scope, day_of(day)?))).collect()
}

/// Counters in their order behind one. For the nightly reconciliation, never for a request.
pub async fn list(tx: &mut Tx, after: &(String, Date), limit: u32) -> Result<Vec<((String, Date), i64)>> {
    let rows: Vec<(String, i64, i64)> = on!(tx, |link| {
        sqlx::query_as(LIST.on(engine_of(link)))
            .bind(&after.0)
            .bind(day_number(after.1))
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    rows.into_iter().map(|(scope, day, n)| Ok(((scope, day_of(day)?), n))).collect()
}
