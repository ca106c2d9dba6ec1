//! `/desk/uji-aturan/{id}`: what a set of rules would have moved.

use crate::components::Place;
use crate::desk::{AgreementLine, MoveLine, MovedLine, ReplayPage};
use crate::serve::failure::Failure;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use app::reference::Reference;
use app::{MOST_REPLAYED, Moved};
use axum::extract::{Path, Query};
use axum::response::Response;
use domain::AgencyId;
use domain::routing::Agreement;
use std::collections::HashMap;

/// Moved cases on a page, and moves from office to office.
const ROWS: u32 = 50;

/// The sum, and a page of the cases.
pub(in crate::serve) async fn show(
    visit: Visit,
    Path(id): Path<i64>,
    query: Query<HashMap<String, String>>,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let after = query.get("after").and_then(|after| after.parse().ok()).unwrap_or(0);
    let app = &visit.web.app;
    let tried = app.replay(&actor(&officer), id, after, ROWS).await.map_err(|error| Failure::of(&visit, error))?;
    let reference = app.reference();
    let name = |id: Option<AgencyId>| id.map(|id| shape::agency_name(&reference, id));
    let sum = &tried.row.sum;
    let page = ReplayPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Rules).await?,
        set: tried.row.set,
        first_day: tried.row.first_day,
        last_day: tried.row.last_day,
        running: tried.row.ended_at.is_none(),
        cut: sum.cases >= MOST_REPLAYED,
        most: MOST_REPLAYED,
        cases: sum.cases,
        moved: sum.moved,
        present: agreement(&sum.present),
        draft: agreement(&sum.draft),
        moves: sum
            .moves()
            .into_iter()
            .take(ROWS as usize)
            .map(|(from, to, cases)| MoveLine { from: name(from), to: name(to), cases })
            .collect(),
        list: tried.moved.iter().map(|moved| line(&reference, moved)).collect(),
        next: tried.next.map(|after| format!("/desk/uji-aturan/{id}?after={after}")),
    };
    visit.show(&page)
}

fn agreement(of: &Agreement) -> AgreementLine {
    AgreementLine { first: of.first, last: of.last, last_root: of.last_root }
}

fn line(reference: &Reference, moved: &Moved) -> MovedLine {
    let name = |id: AgencyId| shape::agency_name(reference, id);
    MovedLine {
        code: moved.code,
        place: reference.regions.full_name(&moved.report.region),
        present: moved.past.present.map(name),
        draft: moved.past.draft.map(name),
        first: name(moved.past.first),
        last: name(moved.past.last),
    }
}
