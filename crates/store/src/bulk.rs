//! Many reports at once, for imports and made-up populations: one statement per table and batch.
//!
//! A [`Batch`] is spelt out before the transaction begins, so that the one writer only has to write.

mod columns;

use crate::db::{engine_of, on};
use crate::dialect::{indexing_rows, over_rows, statements};
use crate::event::Logged;
use crate::queue::Shift;
use crate::report::{ClientKey, Row, Timing};
use crate::reporter::Reporter;
use crate::tally::Tally;
use crate::words::Words;
use crate::{Result, Tx, counter, json, outreach};
use columns::{
    CodeColumn, EventColumns, NearColumns, NoticeColumns, ReportColumns, ReporterColumns, SearchColumns, TextColumn,
    WordsColumns,
};
use domain::{AgencyId, Code};
use serde::Serialize;
use std::collections::HashSet;

statements! {
    REPORTS = over_rows!(
        "INSERT INTO report (id, code, client_key, fingerprint, external_ref, seq, words_seq, received_at, received_day, \
        stage, holder, root, public, open, sealed, due_at, wake_at, state, officer) \
        SELECT CAST(value ->> 'id' AS BIGINT), CAST(value ->> 'code' AS BIGINT), value ->> 'client_key', \
        value ->> 'fingerprint', value ->> 'external_ref', CAST(value ->> 'seq' AS BIGINT), \
        CAST(value ->> 'words_seq' AS BIGINT), CAST(value ->> 'received_at' AS BIGINT), \
        CAST(value ->> 'received_day' AS BIGINT), value ->> 'stage', CAST(value ->> 'holder' AS BIGINT), \
        CAST(value ->> 'root' AS BIGINT), CAST(value ->> 'public' AS BOOLEAN), CAST(value ->> 'open' AS BOOLEAN), \
        CAST(value ->> 'sealed' AS BOOLEAN), CAST(value ->> 'due_at' AS BIGINT), CAST(value ->> 'wake_at' AS BIGINT), \
        value ->> 'state', CAST(value ->> 'officer' AS BIGINT) FROM ",
        " WHERE true ON CONFLICT DO NOTHING"
    );
    EVENTS = over_rows!(
        "INSERT INTO event (report_id, seq, at, day, kind, by_kind, by_user, by_agency, data) \
        SELECT CAST(value ->> 'report_id' AS BIGINT), CAST(value ->> 'seq' AS BIGINT), CAST(value ->> 'at' AS BIGINT), \
        CAST(value ->> 'day' AS BIGINT), value ->> 'kind', value ->> 'by_kind', CAST(value ->> 'by_user' AS BIGINT), \
        CAST(value ->> 'by_agency' AS BIGINT), value ->> 'data' FROM ",
        ""
    );
    WORDS = over_rows!(
        "INSERT INTO words (report_id, seq, title, body, legal_ground, place, happened_on, latitude, longitude) \
        SELECT CAST(value ->> 'report_id' AS BIGINT), CAST(value ->> 'seq' AS BIGINT), value ->> 'title', \
        value ->> 'body', value ->> 'legal_ground', value ->> 'place', value ->> 'happened_on', value ->> 'latitude', \
        value ->> 'longitude' FROM ",
        ""
    );
    NEAR = over_rows!(
        "INSERT INTO near (report_id, area, topic, cell) \
        SELECT CAST(value ->> 'report_id' AS BIGINT), value ->> 'area', CAST(value ->> 'topic' AS BIGINT), \
        CAST(value ->> 'cell' AS BIGINT) FROM ",
        ""
    );
    REPORTERS = over_rows!(
        "INSERT INTO reporter (report_id, name, phone, email, language) \
        SELECT CAST(value ->> 'report_id' AS BIGINT), value ->> 'name', value ->> 'phone', value ->> 'email', \
        value ->> 'language' FROM ",
        ""
    );
    NOTICES = over_rows!(
        "INSERT INTO notice (id, agency, report_id, kind, data, at) \
        SELECT CAST(value ->> 'id' AS BIGINT), CAST(value ->> 'agency' AS BIGINT), CAST(value ->> 'report_id' AS BIGINT), \
        value ->> 'kind', value ->> 'data', CAST(value ->> 'at' AS BIGINT) FROM ",
        " WHERE true ON CONFLICT DO NOTHING"
    );
    SEARCH = indexing_rows!(
        "INSERT INTO search (rowid, terms) SELECT ",
        "CAST(value ->> 'id' AS BIGINT)",
        "value ->> 'terms'",
        ""
    );
    KNOWN_KEYS = over_rows!("SELECT client_key FROM report WHERE client_key IN (SELECT value ->> 'text' FROM ", ")");
    KNOWN_CODES = over_rows!("SELECT code FROM report WHERE code IN (SELECT CAST(value ->> 'code' AS BIGINT) FROM ", ")");
    KNOWN_REFS = over_rows!("SELECT external_ref FROM report WHERE external_ref IN (SELECT value ->> 'text' FROM ", ")");
    KNOWN_FILES = over_rows!(
        "SELECT DISTINCT hash FROM attachment WHERE hash IN (SELECT value ->> 'text' FROM ",
        ")"
    );
    KNOWN_PAPERS = over_rows!("SELECT DISTINCT hash FROM paper WHERE hash IN (SELECT value ->> 'text' FROM ", ")");
    KNOWN_EVIDENCE = over_rows!("SELECT DISTINCT hash FROM evaluation_file WHERE hash IN (SELECT value ->> 'text' FROM ", ")");
    KNOWN_LOGOS = over_rows!("SELECT DISTINCT logo FROM face WHERE logo IN (SELECT value ->> 'text' FROM ", ")");
}

/// A report with all that belongs to it.
#[derive(Debug, Clone)]
pub struct Whole<'a> {
    pub row: &'a Row,
    pub key: &'a ClientKey,
    pub timing: Timing,
    pub log: &'a [Logged],
    pub words: &'a [(u32, Words)],
    pub reporter: Option<&'a Reporter>,
    /// Search terms; none for a report that is not public.
    pub terms: &'a [String],
    pub notices: &'a [NewNotice],
}

/// A notice on its way to an office.
#[derive(Debug, Clone)]
pub struct NewNotice {
    pub id: i64,
    pub agency: AgencyId,
    /// The place of its event in the log.
    pub seq: u32,
}

/// Reports that are written together or not at all.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    reports: Rows,
    events: Rows,
    words: Rows,
    near: Rows,
    reporters: Rows,
    notices: Rows,
    search: Rows,
    tally: Tally,
    spread: i64,
}

/// A JSON array in the making.
#[derive(Debug, Clone, Default)]
struct Rows {
    text: String,
    count: u64,
}

impl Rows {
    fn push<T: Serialize>(&mut self, row: &T) -> Result<()> {
        self.text.push(if self.count == 0 { '[' } else { ',' });
        self.text.push_str(&json(row)?);
        self.count += 1;
        Ok(())
    }

    async fn write(&self, tx: &mut Tx, sql: crate::Sql) -> Result<u64> {
        if self.count == 0 {
            return Ok(0);
        }
        let array = format!("{}]", self.text);
        let done = on!(tx, |link| sqlx::query(sql.on(engine_of(link)))
            .bind(&array)
            .execute(link)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(done)
    }
}

impl Batch {
    /// An empty batch. `spread` is any number that differs between batches that are written at once.
    pub fn new(spread: i64) -> Batch {
        Batch { spread, ..Batch::default() }
    }

    /// How many reports it holds.
    pub fn count(&self) -> u64 {
        self.reports.count
    }

    /// Adds a report.
    pub fn push(&mut self, whole: &Whole<'_>) -> Result<()> {
        let report = &whole.row.report;
        let id = report.id.0;
        self.reports.push(&ReportColumns::of(whole)?)?;
        for logged in whole.log {
            self.events.push(&EventColumns::of(id, whole, logged)?)?;
        }
        for (seq, words) in whole.words {
            self.words.push(&WordsColumns::of(id, *seq, words))?;
        }
        self.near.push(&NearColumns::of(whole))?;
        if let Some(Reporter { name, phone, email, language, .. }) = whole.reporter {
            self.reporters.push(&ReporterColumns { report_id: id, name, phone, email, language })?;
        }
        for notice in whole.notices {
            if let Some(logged) = whole.log.iter().find(|logged| logged.seq == notice.seq) {
                self.notices.push(&NoticeColumns::of(id, notice, logged)?)?;
            }
        }
        if !whole.terms.is_empty() {
            self.search.push(&SearchColumns { id, terms: whole.terms.join(" ") })?;
        }
        let mut shift = Shift::default();
        shift.note(crate::report::standing(whole.row, whole.timing), 1);
        self.tally.count(counter::Key::of(report), self.spread, 1);
        self.tally.queue(shift, self.spread);
        Ok(())
    }

    /// Writes everything. `false`, and the transaction must be undone, when the id, code, client key or
    /// external reference of one of the reports is already taken.
    pub async fn write(&self, tx: &mut Tx) -> Result<bool> {
        if self.reports.write(tx, REPORTS).await? != self.reports.count {
            return Ok(false);
        }
        self.events.write(tx, EVENTS).await?;
        self.words.write(tx, WORDS).await?;
        self.near.write(tx, NEAR).await?;
        self.reporters.write(tx, REPORTERS).await?;
        self.notices.write(tx, NOTICES).await?;
        self.search.write(tx, SEARCH).await?;
        tx.tally().join(self.tally.clone());
        Ok(true)
    }
}

/// Those of the client keys that belong to a report already.
pub async fn known_keys<'a>(tx: &mut Tx, keys: impl Iterator<Item = &'a str>) -> Result<HashSet<String>> {
    known(tx, KNOWN_KEYS, keys).await
}

/// Those of the external references that belong to a report already.
pub async fn known_refs<'a>(tx: &mut Tx, refs: impl Iterator<Item = &'a str>) -> Result<HashSet<String>> {
    known(tx, KNOWN_REFS, refs).await
}

/// Those of the files' hashes that belong to a report, a paper of an office, an evaluation, a face or an outreach activity.
pub async fn known_files<'a>(tx: &mut Tx, hashes: impl Iterator<Item = &'a str> + Clone) -> Result<HashSet<String>> {
    let mut found = known(tx, KNOWN_FILES, hashes.clone()).await?;
    found.extend(known(tx, KNOWN_PAPERS, hashes.clone()).await?);
    found.extend(known(tx, KNOWN_EVIDENCE, hashes.clone()).await?);
    found.extend(known(tx, KNOWN_LOGOS, hashes.clone()).await?);
    found.extend(outreach::known_hashes(tx, hashes).await?);
    Ok(found)
}

/// Those of the tracking numbers that belong to a report already.
pub async fn known_codes(tx: &mut Tx, codes: impl Iterator<Item = Code>) -> Result<HashSet<Code>> {
    let mut rows = Rows::default();
    for code in codes {
        rows.push(&CodeColumn { code: code.number() })?;
    }
    if rows.count == 0 {
        return Ok(HashSet::new());
    }
    let array = format!("{}]", rows.text);
    let found: Vec<i64> =
        on!(tx, |link| sqlx::query_scalar(KNOWN_CODES.on(engine_of(link))).bind(&array).fetch_all(link).await)?;
    Ok(found.into_iter().filter_map(Code::from_number).collect())
}

async fn known<'a>(tx: &mut Tx, sql: crate::Sql, texts: impl Iterator<Item = &'a str>) -> Result<HashSet<String>> {
    let mut rows = Rows::default();
    for text in texts {
        rows.push(&TextColumn { text })?;
    }
    if rows.count == 0 {
        return Ok(HashSet::new());
    }
    let array = format!("{}]", rows.text);
    let found: Vec<String> =
        on!(tx, |link| sqlx::query_scalar(sql.on(engine_of(link))).bind(&array).fetch_all(link).await)?;
    Ok(found.into_iter().collect())
}
