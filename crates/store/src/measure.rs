//! What each report contributes to the statistics, and that added up by scope and month.

use crate::db::{engine_of, on};
use crate::dialect::{locking, over_rows, skip_locked, statements};
use crate::report::{self, Listed, ListedColumns};
use crate::{Error, Result, Sql, Tx, day_number, from_json, instant, json, report_ids};
use domain::measure::{Fact, Sums, Veil};
use domain::{AgencyId, Event, ReportId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Some reports as lines of a list.
macro_rules! lines_of {
    ($which:literal) => {
        over_rows!(
            "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, r.due_at, w.title, w.body FROM ",
            concat!(
                " JOIN report r ON r.id = CAST(value ->> 'report_id' AS BIGINT) \
                JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq ",
                $which
            )
        )
    };
}

statements! {
    LIST_UNMEASURED = "SELECT id, seq FROM report WHERE unmeasured AND id > $1 ORDER BY id LIMIT $2";
    CLAIM = skip_locked!("SELECT id, seq FROM report WHERE unmeasured AND id >= $1 AND id <= $2 ORDER BY id LIMIT 1000", "");
    LOGS = over_rows!(
        "SELECT e.report_id, e.seq, e.at, e.data FROM ",
        " JOIN event e ON e.report_id = CAST(value ->> 'report_id' AS BIGINT) WHERE e.kind <> 'supported'"
    );
    MEASURED = over_rows!(
        "UPDATE report SET unmeasured = FALSE FROM (SELECT CAST(value ->> 'id' AS BIGINT) AS id, \
        CAST(value ->> 'seq' AS BIGINT) AS seq FROM ",
        ") AS done WHERE report.id = done.id AND report.seq = done.seq"
    );
    ALONE = locking!("measure_cell");
    FACTS = over_rows!(
        "SELECT f.data FROM ",
        " JOIN fact f ON f.report_id = CAST(value ->> 'report_id' AS BIGINT)"
    );
    PUT_FACTS = over_rows!(
        "INSERT INTO fact (report_id, day, root, holder, late_root, late_holder, data) \
        SELECT CAST(value ->> 'report_id' AS BIGINT), CAST(value ->> 'day' AS BIGINT), CAST(value ->> 'root' AS BIGINT), \
        CAST(value ->> 'holder' AS BIGINT), CAST(value ->> 'late_root' AS BIGINT), CAST(value ->> 'late_holder' AS BIGINT), \
        value ->> 'data' FROM ",
        " WHERE true ON CONFLICT (report_id) DO UPDATE SET day = excluded.day, root = excluded.root, \
        holder = excluded.holder, late_root = excluded.late_root, late_holder = excluded.late_holder, data = excluded.data"
    );
    FORGET_PAST = over_rows!(
        "DELETE FROM fact_past WHERE report_id IN (SELECT CAST(value ->> 'report_id' AS BIGINT) FROM ",
        ")"
    );
    PUT_PAST = over_rows!(
        "INSERT INTO fact_past (office, day, report_id) SELECT CAST(value ->> 'office' AS BIGINT), \
        CAST(value ->> 'day' AS BIGINT), CAST(value ->> 'report_id' AS BIGINT) FROM ",
        " WHERE true ON CONFLICT DO NOTHING"
    );
    CELLS = over_rows!(
        "SELECT c.scope, c.month, c.veil, c.data FROM (SELECT value ->> 'scope' AS scope, \
        CAST(value ->> 'month' AS BIGINT) AS month, value ->> 'veil' AS veil FROM ",
        ") asked JOIN measure_cell c ON c.scope = asked.scope AND c.month = asked.month AND c.veil = asked.veil"
    );
    PUT_CELLS = over_rows!(
        "INSERT INTO measure_cell (scope, month, veil, data) SELECT value ->> 'scope', CAST(value ->> 'month' AS BIGINT), \
        value ->> 'veil', value ->> 'data' FROM ",
        " WHERE true ON CONFLICT (scope, month, veil) DO UPDATE SET data = excluded.data"
    );
    OF_SCOPE = "SELECT scope, month, veil, data FROM measure_cell WHERE scope = $1 AND month >= $2 AND month <= $3";
    OF_SCOPES = over_rows!(
        "SELECT c.scope, c.month, c.veil, c.data FROM (SELECT value ->> 'scope' AS scope FROM ",
        ") asked JOIN measure_cell c ON c.scope = asked.scope AND c.month >= $2 AND c.month <= $3"
    );
    EVERY_CELL = "SELECT scope, month, veil, data FROM measure_cell";
    ANYWHERE = "SELECT data FROM fact WHERE (day, report_id) > ($1, $2) AND day <= $3 ORDER BY day, report_id LIMIT $4";
    OF_ROOT = "SELECT data FROM fact WHERE root = $5 AND (day, report_id) > ($1, $2) AND day <= $3 \
        ORDER BY day, report_id LIMIT $4";
    OF_HOLDER = "SELECT data FROM fact WHERE holder = $5 AND (day, report_id) > ($1, $2) AND day <= $3 \
        ORDER BY day, report_id LIMIT $4";
    LATE_AT_ROOT = "SELECT data FROM fact WHERE late_root = $5 AND late_root <> root AND (day, report_id) > ($1, $2) \
        AND day <= $3 ORDER BY day, report_id LIMIT $4";
    LATE_AT_HOLDER = "SELECT data FROM fact WHERE late_holder = $5 AND late_holder <> holder AND (day, report_id) > ($1, $2) \
        AND day <= $3 ORDER BY day, report_id LIMIT $4";
    SHOWN = lines_of!("WHERE r.public");
    LISTED = lines_of!("");
    PAST_OF = "SELECT f.data FROM fact_past p JOIN fact f ON f.report_id = p.report_id WHERE p.office = $5 \
        AND (p.day, p.report_id) > ($1, $2) AND p.day <= $3 ORDER BY p.day, p.report_id LIMIT $4";
}

/// Which facts a cell adds up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellKey {
    /// The whole country, a parent agency or a province, in a short spelling.
    pub scope: String,
    /// Of the arrival.
    pub month: i64,
    pub veil: Veil,
}

/// Among whose reports facts are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    All,
    /// Those that a parent agency or one of its offices holds.
    Root(AgencyId),
    /// Those that one office holds.
    Holder(AgencyId),
    /// Those for whose lateness a parent agency or an office answers, while another one holds them.
    LateAtRoot(AgencyId),
    LateAtHolder(AgencyId),
    /// Those that an office, or one of a parent agency, held and holds no more.
    Past(AgencyId),
}

/// Reports of some days behind a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Behind this report of this day.
    pub after: (Date, ReportId),
    pub to: Date,
}

impl Stretch {
    /// All reports from one day to another.
    pub fn of(from: Date, to: Date) -> Stretch {
        Stretch { after: (from, ReportId(i64::MIN)), to }
    }
}

/// Reports whose facts are older than they are, each with its version.
pub async fn list_unmeasured(tx: &mut Tx, after: ReportId, limit: u32) -> Result<Vec<(ReportId, u32)>> {
    let rows: Vec<(i64, i64)> = on!(tx, |link| {
        sqlx::query_as(LIST_UNMEASURED.on(engine_of(link))).bind(after.0).bind(i64::from(limit)).fetch_all(link).await
    })?;
    rows.into_iter().map(|(id, seq)| Ok((ReportId(id), crate::small(seq)?))).collect()
}

/// Those of such reports between two that nobody else changes until the transaction ends. Those that somebody changes at
/// this moment are passed over.
pub async fn claim(tx: &mut Tx, (first, last): (ReportId, ReportId)) -> Result<Vec<(ReportId, u32)>> {
    let rows: Vec<(i64, i64)> =
        on!(tx, |link| sqlx::query_as(CLAIM.on(engine_of(link))).bind(first.0).bind(last.0).fetch_all(link).await)?;
    rows.into_iter().map(|(id, seq)| Ok((ReportId(id), crate::small(seq)?))).collect()
}

/// Whether there are such reports.
pub async fn is_behind(tx: &mut Tx) -> Result<bool> {
    Ok(!list_unmeasured(tx, ReportId(i64::MIN), 1).await?.is_empty())
}

/// The logs of reports in their order, without their supporters, of which facts know nothing.
pub async fn logs(tx: &mut Tx, reports: &[ReportId]) -> Result<BTreeMap<ReportId, Vec<(Timestamp, Event)>>> {
    let asked = report_ids(reports)?;
    let mut rows: Vec<(i64, i64, i64, String)> =
        on!(tx, |link| sqlx::query_as(LOGS.on(engine_of(link))).bind(&asked).fetch_all(link).await)?;
    rows.sort_unstable_by_key(|row| (row.0, row.1));
    let mut logs: BTreeMap<ReportId, Vec<(Timestamp, Event)>> = BTreeMap::new();
    for (id, _, at, data) in rows {
        logs.entry(ReportId(id)).or_default().push((instant(at)?, from_json(&data)?));
    }
    Ok(logs)
}

/// Notes that the facts of these versions of reports are kept. What moved on meanwhile stays to be done.
pub async fn measured(tx: &mut Tx, reports: &[(ReportId, u32)]) -> Result<()> {
    #[derive(Serialize)]
    struct Columns {
        id: i64,
        seq: u32,
    }
    let done = json(&reports.iter().map(|(id, seq)| Columns { id: id.0, seq: *seq }).collect::<Vec<_>>())?;
    on!(tx, |link| sqlx::query(MEASURED.on(engine_of(link))).bind(&done).execute(link).await.map(drop))?;
    Ok(())
}

/// Others that change facts and cells wait until the transaction ends.
pub async fn alone(tx: &mut Tx) -> Result<()> {
    on!(tx, |link| sqlx::query(ALONE.on(engine_of(link))).execute(link).await.map(drop))?;
    Ok(())
}

/// The kept facts of reports, in no order.
pub async fn facts(tx: &mut Tx, reports: &[ReportId]) -> Result<Vec<Fact>> {
    let asked = report_ids(reports)?;
    let rows: Vec<String> =
        on!(tx, |link| sqlx::query_scalar(FACTS.on(engine_of(link))).bind(&asked).fetch_all(link).await)?;
    rows.iter().map(|data| from_json(data)).collect()
}

/// Keeps facts in place of earlier ones of the same reports.
pub async fn put_facts(tx: &mut Tx, facts: &[Fact]) -> Result<()> {
    #[derive(Serialize)]
    struct Columns {
        report_id: i64,
        day: i64,
        root: i64,
        holder: i64,
        late_root: i64,
        late_holder: i64,
        data: String,
    }
    #[derive(Serialize)]
    struct Past {
        office: i64,
        day: i64,
        report_id: i64,
    }
    let columns = |fact: &Fact| {
        Ok(Columns {
            report_id: fact.report.0,
            day: day_number(fact.day),
            root: fact.root.0,
            holder: fact.holder.0,
            late_root: fact.answerable.1.0,
            late_holder: fact.answerable.0.0,
            data: json(fact)?,
        })
    };
    let rows = json(&facts.iter().map(columns).collect::<Result<Vec<_>>>()?)?;
    let ids = report_ids(&facts.iter().map(|fact| fact.report).collect::<Vec<_>>())?;
    let past = facts.iter().flat_map(|fact| {
        let of = |office: &AgencyId| Past { office: office.0, day: day_number(fact.day), report_id: fact.report.0 };
        fact.past.iter().map(of)
    });
    let past = json(&past.collect::<Vec<_>>())?;
    for (sql, rows) in [(PUT_FACTS, &rows), (FORGET_PAST, &ids), (PUT_PAST, &past)] {
        on!(tx, |link| sqlx::query(sql.on(engine_of(link))).bind(rows).execute(link).await.map(drop))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct CellColumns<'a> {
    scope: &'a str,
    month: i64,
    veil: &'a str,
    data: String,
}

fn columns<'a>(key: &'a CellKey, data: String) -> CellColumns<'a> {
    CellColumns { scope: &key.scope, month: key.month, veil: key.veil.name(), data }
}

type Cell = (String, i64, String, String);

fn cell((scope, month, veil, data): Cell) -> Result<(CellKey, Sums)> {
    let veil = Veil::ALL.into_iter().find(|known| known.name() == veil).ok_or(Error::Corrupt(veil))?;
    Ok((CellKey { scope, month, veil }, from_json(&data)?))
}

/// The cells of these keys, as far as there are any.
pub async fn cells<'a>(tx: &mut Tx, keys: impl Iterator<Item = &'a CellKey>) -> Result<BTreeMap<CellKey, Sums>> {
    let asked = json(&keys.map(|key| columns(key, String::new())).collect::<Vec<_>>())?;
    let rows: Vec<Cell> = on!(tx, |link| sqlx::query_as(CELLS.on(engine_of(link))).bind(&asked).fetch_all(link).await)?;
    rows.into_iter().map(cell).collect()
}

/// Keeps cells.
pub async fn put_cells(tx: &mut Tx, cells: &BTreeMap<CellKey, Sums>) -> Result<()> {
    let rows = cells.iter().map(|(key, sums)| Ok(columns(key, json(sums)?))).collect::<Result<Vec<_>>>()?;
    let rows = json(&rows)?;
    on!(tx, |link| sqlx::query(PUT_CELLS.on(engine_of(link))).bind(&rows).execute(link).await.map(drop))?;
    Ok(())
}

/// The cells of a scope from one month to another.
pub async fn of_scope(tx: &mut Tx, scope: &str, (from, to): (i64, i64)) -> Result<Vec<(CellKey, Sums)>> {
    let rows: Vec<Cell> = on!(tx, |link| {
        sqlx::query_as(OF_SCOPE.on(engine_of(link))).bind(scope).bind(from).bind(to).fetch_all(link).await
    })?;
    rows.into_iter().map(cell).collect()
}

/// The cells of several scopes from one month to another.
pub async fn of_scopes(tx: &mut Tx, scopes: &[String], (from, to): (i64, i64)) -> Result<Vec<(CellKey, Sums)>> {
    let asked = scopes.iter().map(|scope| BTreeMap::from([("scope", scope)])).collect::<Vec<_>>();
    let asked = json(&asked)?;
    let rows: Vec<Cell> = on!(tx, |link| {
        sqlx::query_as(OF_SCOPES.on(engine_of(link))).bind(&asked).bind(from).bind(to).fetch_all(link).await
    })?;
    rows.into_iter().map(cell).collect()
}

/// All cells. For the nightly reconciliation, never for a request.
pub async fn every_cell(tx: &mut Tx) -> Result<BTreeMap<CellKey, Sums>> {
    let rows: Vec<Cell> = on!(tx, |link| sqlx::query_as(EVERY_CELL.on(engine_of(link))).fetch_all(link).await)?;
    rows.into_iter().map(cell).collect()
}

/// Facts of a stretch of days in their order, as far as the limit.
pub async fn list(tx: &mut Tx, among: Among, stretch: Stretch, limit: u32) -> Result<Vec<Fact>> {
    let (sql, office) = match among {
        Among::All => (ANYWHERE, None),
        Among::Root(office) => (OF_ROOT, Some(office)),
        Among::Holder(office) => (OF_HOLDER, Some(office)),
        Among::LateAtRoot(office) => (LATE_AT_ROOT, Some(office)),
        Among::LateAtHolder(office) => (LATE_AT_HOLDER, Some(office)),
        Among::Past(office) => (PAST_OF, Some(office)),
    };
    let (day, report) = stretch.after;
    let rows: Vec<String> = on!(tx, |link| {
        let asked = sqlx::query_scalar(sql.on(engine_of(link)))
            .bind(day_number(day))
            .bind(report.0)
            .bind(day_number(stretch.to))
            .bind(i64::from(limit));
        match office {
            Some(office) => asked.bind(office.0).fetch_all(link).await,
            None => asked.fetch_all(link).await,
        }
    })?;
    rows.iter().map(|data| from_json(data)).collect()
}

/// Those of some reports that everybody may read, in no order.
pub async fn shown(tx: &mut Tx, reports: &[ReportId]) -> Result<Vec<Listed>> {
    lines(tx, SHOWN, reports).await
}

/// Some reports as lines of a list, in no order; who may read them is to be seen to.
pub async fn listed(tx: &mut Tx, reports: &[ReportId]) -> Result<Vec<Listed>> {
    lines(tx, LISTED, reports).await
}

async fn lines(tx: &mut Tx, sql: Sql, reports: &[ReportId]) -> Result<Vec<Listed>> {
    let asked = report_ids(reports)?;
    let rows: Vec<ListedColumns> =
        on!(tx, |link| sqlx::query_as(sql.on(engine_of(link))).bind(&asked).fetch_all(link).await)?;
    rows.into_iter().map(report::listed).collect()
}
