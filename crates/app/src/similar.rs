//! Similar reports nearby: what a verifier should see before the same hole is disposed twice.

use crate::ids::Ids;
use crate::{App, Result, View, analyser};
use domain::policy::{Action, may};
use domain::similar::{Likeness, MOST_DAYS, Point, Sight, likeness};
use domain::{Actor, Report, ReportId};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use store::near::{self, Candidate, Span};
use store::report::Listed;

/// Most reports that are told as similar.
pub const MOST_SIMILAR: usize = 10;
/// Candidates read of a regency, of a category in it, and of each square of the map.
const PER_AREA: u32 = 80;
const PER_TOPIC: u32 = 80;
const PER_CELL: u32 = 12;

/// A report that is like another one, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Similar {
    pub listed: Listed,
    pub likeness: Likeness,
}

impl App {
    /// Reports of the same neighbourhood and of the same month that are like this one, the most alike first, as
    /// far as its viewer may read them. A marked place counts only for those who may read it.
    pub async fn similar(&self, view: &View) -> Result<Vec<Similar>> {
        let reference = self.reference();
        let by = onlooker(&view.by);
        let allowed = |action: Action, report: &Report| may(&reference.rules.agencies, &by, action, report);
        let own = view.report();
        let point = view.point.as_ref().and_then(|(north, east)| Point::parse(north, east));
        let here = sight(own, point, &view.title, &view.body);
        let mut found: Vec<Similar> = Vec::new();
        for Candidate { listed, point } in self.candidates(own, point).await? {
            let report = &listed.row.report;
            if report.id == own.id || !allowed(Action::Read, report) {
                continue;
            }
            let point = point.filter(|_| allowed(Action::ReadOriginal, report));
            let there = sight(report, point, listed.title.as_deref().unwrap_or_default(), &listed.body);
            if let Some(likeness) = likeness(&here, &there) {
                found.push(Similar { listed, likeness });
            }
        }
        found.sort_by_key(|one| (std::cmp::Reverse(one.likeness.score), one.listed.row.report.id));
        found.truncate(MOST_SIMILAR);
        Ok(found)
    }

    /// Some hundred reports at most, each once.
    async fn candidates(&self, report: &Report, point: Option<Point>) -> Result<Vec<Candidate>> {
        let span = month_around(report.clocks.received);
        let mut tx = self.db.read().await?;
        let mut all: BTreeMap<ReportId, Candidate> = BTreeMap::new();
        let mut keep = |found: Vec<Candidate>| all.extend(found.into_iter().map(|one| (one.listed.row.report.id, one)));
        for cell in point.map(Point::cells_around).into_iter().flatten() {
            keep(near::in_cell(&mut tx, cell, span, PER_CELL).await?);
        }
        if let Some(category) = report.category {
            keep(near::in_topic(&mut tx, &report.region, category, span, PER_TOPIC).await?);
        }
        keep(near::in_area(&mut tx, &report.region, span, PER_AREA).await?);
        Ok(all.into_values().collect())
    }
}

/// Who looks at the other reports: of those a reporter is one of the public.
pub(crate) fn onlooker(by: &Actor) -> Actor {
    if *by == Actor::Reporter { Actor::Public } else { *by }
}

fn sight(report: &Report, point: Option<Point>, title: &str, body: &str) -> Sight {
    Sight {
        region: report.region.clone(),
        category: report.category,
        received: report.clocks.received,
        point,
        terms: analyser::terms(&format!("{title} {body}")),
    }
}

/// The ids of reports that came in at most so many days before or after.
fn month_around(at: Timestamp) -> Span {
    let days = SignedDuration::from_hours(24 * MOST_DAYS);
    let from = at.checked_sub(days).unwrap_or(at);
    let to = at.checked_add(days).unwrap_or(at);
    Span { from: ReportId(Ids::first(from)), to: ReportId(Ids::first(to)) }
}
