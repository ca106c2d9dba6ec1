//! `/desk/ringkasan`: what a leader wants to know, on one page.

use super::{counted, plans, surges};
use crate::citizen::FigureRow;
use crate::components::Place;
use crate::components::chart::{Bar, Bars, Columns};
use crate::counted::query;
use crate::desk::{BesideRow, PressedRow, SummaryPage};
use crate::serve::failure::Failure;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::{Moment, Words};
use app::reference::Reference;
use app::{GroupRow, Measures, OfficeRow, OnePage};
use axum::response::Response;
use domain::CategoryId;
use domain::measure::Part;
use domain::oversight::Semester;
use domain::time::Zone;

/// The page of the seat.
pub(in crate::serve) async fn show(visit: Visit) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let found = visit.web.app.one_page(&actor(&officer)).await.map_err(|error| Failure::of(&visit, error))?;
    let reference = visit.web.app.reference();
    let w = visit.words;
    let moment = |at| Moment::of(at, Zone::Wib);
    let category = |key: &str| {
        let known = key.parse().ok().and_then(|id| reference.categories.get(CategoryId(id)));
        known.map_or_else(|| w.t("statistics-no-category"), |node| node.name.clone())
    };
    let OnePage { office, now, before, as_of, months, topics, sum, pressed, measured, surges, plans } = found;
    visit.show(&SummaryPage {
        w,
        frame: visit.desk(&officer, Place::Oversight).await?,
        office: office.map(|id| shape::agency_name(&reference, id)),
        halves: (half(w, &now), half(w, &before)),
        as_of: moment(as_of),
        figures: beside(&now, &before),
        open: sum.open(),
        late: sum.late,
        oldest: sum.oldest.map(moment),
        sealed: sum.sealed,
        measured: measured.map(moment),
        months: Columns(bars(&months, str::to_owned)),
        topics: Bars(bars(&topics, category)),
        pressed: pressed.iter().map(|row| press(&reference, row)).collect(),
        surges: surges.iter().map(|one| surges::row(&reference, one)).collect(),
        plans: plans.iter().map(|one| plans::row(&reference, one)).collect(),
    })
}

fn half(w: Words, row: &GroupRow) -> String {
    let half = Semester::of(row.cut.from);
    let args = [("half", i64::from(half.half()).into()), ("year", half.year().to_string().into())];
    w.with("statistics-semester", &args)
}

fn address(row: &GroupRow, measure: domain::measure::Measure, part: Part) -> String {
    format!("{}?{}", counted::PATH, query(&row.cut, (measure, part), None))
}

fn beside(now: &GroupRow, before: &GroupRow) -> Vec<BesideRow> {
    let figure = |row: &GroupRow, reading: &domain::measure::Reading| {
        FigureRow::of(reading, address(row, reading.measure, Part::Numerator))
    };
    let pairs = now.readings.iter().zip(&before.readings);
    pairs.map(|(one, other)| BesideRow { now: figure(now, one), before: figure(before, other) }).collect()
}

fn bars(told: &Measures, label: impl Fn(&str) -> String) -> Vec<Bar> {
    let bar = |row: &GroupRow| Bar {
        label: label(&row.key),
        value: row.readings.first().map_or(0, |reading| reading.denominator),
        list: row.readings.first().map(|reading| address(row, reading.measure, Part::Denominator)),
    };
    told.rows.iter().map(bar).collect()
}

fn press(reference: &Reference, row: &OfficeRow) -> PressedRow {
    PressedRow {
        office: shape::agency_name(reference, row.office),
        list: format!("/desk/pengawasan/{}/laporan?hal=late", row.office),
        late: row.late,
        open: row.open(),
    }
}
