//! `/desk/aturan`: the sets of routing rules of the seat's office.

use crate::components::Place;
use crate::desk::{Followed, RulesPage, SetLine};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::Moment;
use app::{Fits, SetRow};
use axum::extract::Request;
use axum::response::{IntoResponse, Redirect, Response};
use domain::time::Zone;

/// All sets, and how often decisions followed them.
pub(in crate::serve) async fn show(visit: Visit) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let found = visit.web.app.rule_sets(&actor(&officer)).await.map_err(|error| Failure::of(&visit, error))?;
    let page = RulesPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Rules).await?,
        owner: shape::agency_name(&visit.web.app.reference(), found.owner),
        sets: found.sets.iter().map(line).collect(),
        followed: followed(&found.fits),
    };
    visit.show(&page)
}

/// Opens the draft: the one there is, a copy of the set in force, or of the one that is named.
pub(in crate::serve) async fn draft(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let from = form.some("from").and_then(|id| id.parse().ok());
    let draft = visit.web.app.draft_rules(&actor(&officer), from).await.map_err(|error| Failure::of(&visit, error))?;
    Ok(Redirect::to(&format!("/desk/aturan/{}", draft.id)).into_response())
}

fn line(set: &SetRow) -> SetLine {
    SetLine {
        id: set.id,
        version: set.version,
        state: set.state,
        seq: set.seq,
        made: Moment::of(set.made_at, Zone::Wib),
        active: set.active_at.map(|at| Moment::of(at, Zone::Wib)),
    }
}

fn followed(fits: &[Fits]) -> Followed {
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let count = |fit: fn(&Fits) -> bool| small(fits.iter().filter(|one| fit(one)).count());
    Followed {
        decisions: small(fits.len()),
        class: count(|one| one.class),
        category: count(|one| one.category),
        office: count(|one| one.office),
    }
}
