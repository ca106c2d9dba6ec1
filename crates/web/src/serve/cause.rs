//! `/masalah/{id}`: a problem as everybody reads it.

use super::failure::Failure;
use super::shape;
use super::visit::Visit;
use crate::citizen::{CauseLink, CauseNews, CausePage, CauseStep, CauseView};
use crate::components::Place;
use crate::words::Moment;
use app::reference::Reference;
use app::{News, Problem, ProblemView};
use axum::extract::{Path, Query};
use axum::response::Response;
use domain::time::Zone;
use domain::{Actor, ProblemId};
use std::collections::HashMap;

/// The problem with its public reports.
pub(super) async fn show(
    visit: Visit,
    Path(id): Path<i64>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Failure> {
    let before = query.get("before").and_then(|before| before.parse().ok());
    visit.web.again.page(&visit, async || seen(&visit, id, before).await).await
}

async fn seen(visit: &Visit, id: i64, before: Option<i64>) -> Result<Response, Failure> {
    let found = visit.web.app.problem_view(ProblemId(id), &Actor::Public, before).await;
    let found = found.map_err(|error| Failure::of(visit, error))?;
    let reference = visit.web.app.reference();
    let page = CausePage {
        w: visit.words,
        frame: visit.frame(Place::Reports),
        cause: view(&reference, &found),
        reports: found.reports.iter().map(|one| shape::card_of(&reference, &one.listed)).collect(),
        next: found.next.map(|before| format!("/masalah/{id}?before={before}")),
    };
    visit.show(&page)
}

/// What everybody may read of a problem.
pub(super) fn view(reference: &Reference, found: &ProblemView) -> CauseView {
    let problem = &found.problem;
    let step = |step: &domain::problem::PlanStep| CauseStep {
        what: step.what.as_str().to_owned(),
        until: step.until,
        done: step.done,
    };
    let news = |news: &News| CauseNews {
        status: news.status,
        text: news.text.clone(),
        by: shape::agency_name(reference, news.agency),
        at: Moment::of(news.at, Zone::Wib),
    };
    CauseView {
        id: problem.id,
        title: problem.title.clone(),
        cause: problem.cause.clone(),
        owner: shape::agency_name(reference, problem.owner),
        status: problem.status,
        plan: problem.plan.iter().map(step).collect(),
        news: found.news.iter().map(news).collect(),
        reports: problem.reports,
        since: Zone::Wib.day(problem.created_at),
    }
}

/// A problem where it is linked to.
pub(super) fn link(problem: Problem) -> CauseLink {
    CauseLink { id: problem.id, title: problem.title, status: problem.status }
}
