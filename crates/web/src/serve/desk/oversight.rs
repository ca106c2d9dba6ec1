//! `/desk/pengawasan`: the overview of offices, also as a table for other programs, and the reports behind its figures.

use super::inbox::row as queue_row;
use crate::citizen::table::{column as column_of, count};
use crate::components::Place;
use crate::desk::{Column, Count, OfficeQueuePage, OversightPage, OversightRow, Part, Share};
use crate::serve::failure::Failure;
use crate::serve::lists::next_page;
use crate::serve::shape;
use crate::serve::table::sheets;
use crate::serve::visit::{Visit, actor};
use crate::words::Moment;
use app::book::{Cell, Sheet};
use app::reference::Reference;
use app::{Error, OfficeRow, Order, Overview, QueueKind};
use axum::extract::{Path, Query};
use axum::response::Response;
use domain::AgencyId;
use domain::oversight::LEAST_REPORTS;
use domain::time::Zone;
use std::collections::HashMap;

const HOME: &str = "/desk/pengawasan";
/// Lines on a page of the overview, and of a list.
const LINES: usize = 60;
const ROWS: u32 = 25;
/// Columns of the table for other programs.
const COLUMNS: [&str; 10] =
    ["name", "open", "late", "unverified", "silent", "returned", "oldest", "finished", "received", "sealed"];

type Asked = Query<HashMap<String, String>>;

/// The overview, or a look inside one office.
pub(in crate::serve) async fn show(visit: Visit, query: Asked) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let order = query.get("urut").and_then(|name| Order::parse(name)).unwrap_or_default();
    let found = visit.web.app.overview(&actor(&officer), inside(&visit, &query)?, order).await;
    let found = found.map_err(|error| Failure::of(&visit, error))?;
    let reference = visit.web.app.reference();
    let page: usize = query.get("after").and_then(|after| after.parse().ok()).unwrap_or(0);
    let from = page * LINES;
    let rows = found.rows.iter().skip(from).take(LINES).map(|row| line(&reference, &found, row));
    let page = OversightPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Oversight).await?,
        inside: query.get("instansi").and(found.inside).map(|id| shape::agency_name(&reference, id)),
        above: query.get("instansi").map(|_| HOME.to_owned()),
        columns: Order::ALL.map(|one| column(&found, one, order)).to_vec(),
        rows: rows.collect(),
        sum: OversightRow { own_desk: false, ..line(&reference, &found, &found.sum).without_links() },
        measured: found.measured.map(|at| Moment::of(at, Zone::Wib)),
        period: (found.semester.year(), found.semester.half()),
        threshold: found.threshold,
        below: u32::try_from(found.rows.iter().filter(|row| row.below).count()).unwrap_or(u32::MAX),
        shows_sealed: found.rows.iter().any(|row| row.sealed.is_some()),
        tables: ["tabel.xlsx", "tabel.csv"].map(|kind| address(&format!("{HOME}/unduhan/{kind}"), found.inside, order)),
        next: (from + LINES < found.rows.len()).then(|| next_page(HOME, &query, page + 1)),
    };
    visit.show(&page)
}

/// The reports that a figure counts.
pub(in crate::serve) async fn queue(visit: Visit, Path(office): Path<i64>, query: Asked) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let kind = query.get("hal").and_then(|name| QueueKind::parse(name)).unwrap_or_default();
    let after = query.get("after").and_then(|after| after.split_once('.'));
    let after = after.and_then(|(due, id)| Some((due.parse().ok()?, id.parse().ok()?)));
    let found = visit.web.app.office_queue(&actor(&officer), AgencyId(office), kind, after, ROWS).await;
    let found = found.map_err(|error| Failure::of(&visit, error))?;
    let here = format!("{HOME}/{office}/laporan");
    let part =
        |one: QueueKind| Part { name: one.name(), link: format!("{here}?hal={}", one.name()), chosen: one == kind };
    let page = OfficeQueuePage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Oversight).await?,
        office: shape::agency_name(&visit.web.app.reference(), AgencyId(office)),
        above: HOME.to_owned(),
        parts: QueueKind::ALL.map(part).to_vec(),
        rows: found.rows.iter().map(|summary| queue_row(&visit, summary, &HashMap::new(), &HashMap::new())).collect(),
        next: found.next.map(|(due, id)| next_page(&here, &query, format!("{due}.{id}"))),
    };
    visit.show(&page)
}

/// The overview for other programs, `tabel.xlsx` or `tabel.csv`: the same lines, cut by the same policy.
pub(in crate::serve) async fn table(visit: Visit, Path(kind): Path<String>, query: Asked) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let order = query.get("urut").and_then(|name| Order::parse(name)).unwrap_or_default();
    let found = visit.web.app.overview(&actor(&officer), inside(&visit, &query)?, order).await;
    let found = found.map_err(|error| Failure::of(&visit, error))?;
    let (reference, w) = (visit.web.app.reference(), visit.words);
    let about = |name: &str| match name {
        "name" | "oldest" => String::new(),
        "finished" | "received" => w.of("oversight-how", "done"),
        other => w.of("oversight-how", other),
    };
    let sheet = Sheet {
        name: w.t("oversight-title"),
        columns: COLUMNS.map(|name| column_of(w.of("oversight-col", name), about(name))).to_vec(),
        rows: found.rows.iter().map(|row| cells(&reference, row)).collect(),
    };
    let lines = vec![w.t("oversight-lead")];
    sheets(&visit, (&format!("pengawasan-{}", found.semester.name()), &kind), lines, vec![sheet]).await
}

fn inside(visit: &Visit, query: &Asked) -> Result<Option<AgencyId>, Failure> {
    let Some(typed) = query.get("instansi").filter(|typed| !typed.is_empty()) else { return Ok(None) };
    let id = typed.parse().map_err(|_| Failure::of(visit, Error::NotFound))?;
    Ok(Some(AgencyId(id)))
}

fn address(path: &str, inside: Option<AgencyId>, order: Order) -> String {
    let inside = inside.map_or_else(String::new, |id| format!("&instansi={id}"));
    format!("{path}?urut={}{inside}", order.name())
}

fn column(found: &Overview, one: Order, order: Order) -> Column {
    Column { name: one.name(), link: address(HOME, found.inside, one), chosen: one == order }
}

fn line(reference: &Reference, found: &Overview, row: &OfficeRow) -> OversightRow {
    let office = row.office;
    let count = |n: u64, kind: QueueKind| Count {
        n,
        link: (n > 0).then(|| format!("{HOME}/{office}/laporan?hal={}", kind.name())),
    };
    OversightRow {
        name: shape::agency_name(reference, office),
        own_desk: row.own_desk,
        inside: row.has_inside.then(|| format!("{HOME}?instansi={office}")),
        open: count(row.open(), QueueKind::Open),
        late: count(row.late, QueueKind::Late),
        unverified: count(row.unverified, QueueKind::Unverified),
        silent: count(row.silent, QueueKind::Silent),
        returned: count(row.returned(), QueueKind::Returned),
        oldest: row.oldest.map(|at| Moment::of(at, Zone::Wib)),
        sealed: row.sealed,
        share: (found.inside.is_none() && row.done.denominator > 0).then(|| Share {
            done: row.done.numerator,
            all: row.done.denominator,
            points: row.done.basis_points().filter(|_| row.done.denominator >= LEAST_REPORTS),
        }),
        below: row.below,
    }
}

fn cells(reference: &Reference, row: &OfficeRow) -> Vec<Cell> {
    let oldest = row.oldest.map_or(Cell::Empty, |at| Zone::Wib.day(at).to_string().into());
    vec![
        shape::agency_name(reference, row.office).into(),
        count(row.open()),
        count(row.late),
        count(row.unverified),
        count(row.silent),
        count(row.returned()),
        oldest,
        count(row.done.numerator),
        count(row.done.denominator),
        row.sealed.map_or(Cell::Empty, |(open, _)| count(open)),
    ]
}
