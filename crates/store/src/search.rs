//! Posting lists of terms. The engines only keep and intersect them; one Rust analyser makes the terms,
//! so that both find the same.

use crate::db::{engine_of, on};
use crate::dialect::{all_of, indexing, matching, searches_in_order, statements};
use crate::report::{Listed, listed};
use crate::{Result, Tx};
use domain::ReportId;

statements! {
    FORGET = "DELETE FROM search WHERE rowid = $1";
    INDEX = indexing!("INSERT INTO search (rowid, terms) VALUES ($1, ", "$2", ")");
    FIND = matching!(
        "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, r.due_at, w.title, w.body FROM ",
        "JOIN report r ON r.id = search.rowid JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq ",
        "r.public ORDER BY search.rowid DESC LIMIT $3"
    );
}

/// Replaces the terms under which a report is found. Terms consist of `a-z`, `0-9` and `_` only.
pub async fn index(tx: &mut Tx, report: ReportId, terms: &[String]) -> Result<()> {
    on!(tx, |link| sqlx::query(FORGET.on(engine_of(link))).bind(report.0).execute(link).await.map(drop))?;
    let terms = terms.join(" ");
    on!(tx, |link| {
        sqlx::query(INDEX.on(engine_of(link))).bind(report.0).bind(&terms).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Public reports that hold all terms, the newest first, before a report. No terms find nothing.
///
/// Each of the `windows` is a list of terms of which every report of some time up to `before` holds one, the
/// shortest time first. An engine whose index knows no order looks there before it looks everywhere.
pub async fn find(
    tx: &mut Tx,
    terms: &[String],
    before: ReportId,
    limit: u32,
    windows: &[Vec<String>],
) -> Result<Vec<Listed>> {
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let engine = tx.engine();
    for window in windows.iter().filter(|_| !searches_in_order(engine)) {
        let newest = run(tx, &all_of(engine, terms, &[window]), before, limit).await?;
        if newest.len() == limit as usize {
            return Ok(newest);
        }
    }
    run(tx, &all_of(engine, terms, &[]), before, limit).await
}

/// Public reports that hold all terms and one of each group, the newest first, before a report. Where nothing is asked
/// for, nothing is found. One of the groups should narrow the time, for an engine whose index knows no order.
pub async fn find_within(
    tx: &mut Tx,
    terms: &[String],
    groups: &[Vec<String>],
    before: ReportId,
    limit: u32,
) -> Result<Vec<Listed>> {
    let groups: Vec<&[String]> = groups.iter().map(Vec::as_slice).collect();
    let query = all_of(tx.engine(), terms, &groups);
    if query.is_empty() { Ok(Vec::new()) } else { run(tx, &query, before, limit).await }
}

async fn run(tx: &mut Tx, query: &str, before: ReportId, limit: u32) -> Result<Vec<Listed>> {
    let rows: Vec<_> = on!(tx, |link| {
        sqlx::query_as(FIND.on(engine_of(link))).bind(query).bind(before.0).bind(i64::from(limit)).fetch_all(link).await
    })?;
    rows.into_iter().map(listed).collect()
}
