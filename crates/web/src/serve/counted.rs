//! The reports behind a figure.

use super::failure::Failure;
use super::lists::{Asked, next_page};
use super::shape;
use super::visit::Visit;
use crate::citizen::CountedPage;
use crate::components::Place;
use crate::counted::{self, PATH};
use crate::words::{Moment, Words};
use app::reference::Reference;
use app::{Counted, FigureList, ListPlace};
use axum::response::Response;
use domain::measure::Cut;
use domain::time::Zone;
use domain::{Actor, ReportId};

/// The reports that a figure counts, page by page.
pub(super) async fn list(visit: Visit, query: Asked) -> Result<Response, Failure> {
    let asked = counted::read(&query).ok_or_else(|| Failure::page(&visit, 404, None, None))?;
    let after = query.get("after").and_then(|text| place(text));
    let found = visit.web.app.counted(&Actor::Public, &asked, after).await;
    let found = found.map_err(|error| Failure::of(&visit, error))?;
    let FigureList { cut, measure, part, as_of } = asked;
    let reference = visit.web.app.reference();
    let too_wide = found.is_none();
    let page = found.unwrap_or(app::CountedPage { rows: Vec::new(), next: None });
    let app::CountedPage { rows, next } = page;
    let shown = |row: &Counted| match row {
        Counted::Shown(summary) => Some(shape::card(&reference, summary)),
        Counted::Unshown => None,
    };
    let reports: Vec<_> = rows.iter().filter_map(shown).collect();
    visit.show(&CountedPage {
        w: visit.words,
        frame: visit.frame(Place::Reports),
        measure,
        part,
        from: cut.from,
        to: cut.to,
        narrow: narrow(&reference, visit.words, &cut),
        as_of: as_of.map(|at| Moment::of(at, Zone::Wib)),
        unshown: rows.len() - reports.len(),
        reports,
        too_wide,
        next: next.map(|(day, report)| next_page(PATH, &query, format!("{day}.{report}"))),
    })
}

pub(super) fn place(text: &str) -> Option<ListPlace> {
    let (day, report) = text.split_once('.')?;
    Some((day.parse().ok()?, ReportId(report.parse().ok()?)))
}

/// What the reports of a selection have in common beside their period.
pub(super) fn narrow(reference: &Reference, words: Words, cut: &Cut) -> Vec<String> {
    [
        cut.office.map(|office| shape::agency_name(reference, office)),
        cut.region.as_ref().map(|region| reference.regions.full_name(region)),
        cut.category.and_then(|id| reference.categories.get(id)).map(|category| category.name.clone()),
        cut.class.map(|class| words.of("class", class.name())),
        cut.channel.map(|channel| words.of("channel", channel.name())),
        cut.stage.map(|stage| words.of("stage", stage.name())),
    ]
    .into_iter()
    .flatten()
    .collect()
}
