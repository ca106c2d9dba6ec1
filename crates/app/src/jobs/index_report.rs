//! `IndexReport`: keeps the public search in step with a report.

use crate::{App, Error, Result, analyser};
use domain::category::CategoryTree;
use domain::region::RegionCode;
use domain::time::Zone;
use domain::{AgencyId, ReportId};
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use std::collections::BTreeSet;
use store::event::Logged;
use store::job::{Claimed, NewJob};
use store::report::Row;
use store::{Tx, event, report, search, words};

/// The job's name in the outbox.
pub const KIND: &str = "index_report";

/// Puts the job into the outbox.
pub(crate) async fn enqueue(tx: &mut Tx, id: i64, report: ReportId, at: Timestamp) -> Result<()> {
    let new = NewJob { id, kind: KIND, report: Some(report), payload: "{}".into(), run_at: at };
    super::put(tx, &new).await
}

pub(super) async fn run(app: &App, claimed: Vec<Claimed>) -> Result<()> {
    let id =
        claimed.first().and_then(|job| job.report).ok_or_else(|| Error::Broken("a job without its report".into()))?;
    let app = app.clone();
    let process = app.process.clone();
    app.clone()
        .db
        .write(move |tx| {
            Box::pin(async move {
                match super::settle(tx, &claimed, &process).await? {
                    true => index(&app, tx, id).await,
                    false => Ok(()),
                }
            })
        })
        .await
}

/// Writes the terms of a report as it is now; a report that is not public has none. The row is locked, so that
/// of two writers the later one has read the later version.
async fn index(app: &App, tx: &mut Tx, id: ReportId) -> Result<()> {
    let Some(row) = report::lock(tx, id).await? else { return Ok(()) };
    let terms = if row.report.is_public() {
        let present = words::load(tx, id, row.words_seq).await?;
        let text = present.map(|words| format!("{} {}", words.title.unwrap_or_default(), words.body));
        let story = event::stories(tx, &[id]).await?;
        let changes = changes(story.iter().map(|(_, told)| &told.logged));
        terms(&row, &text.unwrap_or_default(), &app.reference().categories, &changes)
    } else {
        Vec::new()
    };
    Ok(search::index(tx, id, &terms).await?)
}

/// The words of a report as terms, and its facets as terms that no word can be.
/// `changes` are the days on which it changed for its readers.
pub fn terms(row: &Row, text: &str, categories: &CategoryTree, changes: &BTreeSet<Date>) -> Vec<String> {
    let mut terms = analyser::terms(text);
    let report = &row.report;
    terms.push(region_term(&report.region.province()));
    terms.extend(report.region.regency().as_ref().map(region_term));
    terms.push(agency_term(report.holder));
    if row.root != report.holder {
        terms.push(agency_term(row.root));
    }
    if let Some(category) = report.category {
        terms.push(category_term(category.0));
        let top = categories.top_of(category);
        if top != category {
            terms.push(category_term(top.0));
        }
    }
    terms.push(format!("k_{}", report.class.name()));
    terms.push(stage_term(report.stage.kind().name()));
    terms.push(stage_term(report.stage.kind().simple()));
    terms.push(month_term(Zone::Wib.day(report.clocks.received)));
    terms.extend(changes.iter().map(|day| day_term(*day)));
    terms
}

/// The days on which a log changed what its readers see.
pub fn changes<'l>(log: impl Iterator<Item = &'l Logged>) -> BTreeSet<Date> {
    let told = log.filter(|logged| logged.event.kind().is_change());
    told.map(|logged| Zone::Wib.day(logged.at)).collect()
}

/// The months up to an instant, the last two first, then the last six, then the last eighteen: where a search
/// looks before it looks everywhere.
pub fn windows(until: Timestamp) -> Vec<Vec<String>> {
    let month = Zone::Wib.day(until).first_of_month();
    let back = |n: i32| month.checked_sub(Span::new().months(n)).unwrap_or(month);
    [2, 6, 18].into_iter().map(|most| (0..most).map(|n| month_term(back(n))).collect()).collect()
}

/// The facet of the month in which a report came in.
fn month_term(day: Date) -> String {
    format!("m_{:04}{:02}", day.year(), day.month())
}

/// The facet of a day on which a report changed for its readers.
fn day_term(day: Date) -> String {
    format!("u_{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// The facets of all months of a stretch of time, at most ten years.
pub fn month_terms(from: Timestamp, to: Timestamp) -> Vec<String> {
    let (first, last) = (Zone::Wib.day(from).first_of_month(), Zone::Wib.day(to));
    first.series(Span::new().months(1)).take_while(|day| *day <= last).take(120).map(month_term).collect()
}

/// The facets of all days of a stretch of time, at most a year.
pub fn day_terms(from: Timestamp, to: Timestamp) -> Vec<String> {
    let (first, last) = (Zone::Wib.day(from), Zone::Wib.day(to));
    first.series(Span::new().days(1)).take_while(|day| *day <= last).take(366).map(day_term).collect()
}

/// The facet of a region.
pub fn region_term(code: &RegionCode) -> String {
    format!("r_{}", code.as_str().replace('.', ""))
}

/// The facet of an office.
pub fn agency_term(id: AgencyId) -> String {
    format!("a_{id}")
}

/// The facet of a category.
pub fn category_term(id: i64) -> String {
    format!("c_{id}")
}

/// The facet of a stage, by its name or by its simple word.
pub fn stage_term(name: &str) -> String {
    format!("s_{name}")
}
