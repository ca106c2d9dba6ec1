//! `/desk/instansi`: the way to an office's pages, and what they share.

use crate::desk::{OfficeHead, TABS};
use crate::serve::failure::Failure;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use app::Officer;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use domain::AgencyId;
use domain::policy::seats::{may_see_changes, may_see_seats};
use domain::policy::{connects_office, dresses_office, edits_office, reads_papers};
use domain::time::Zone;
use std::collections::HashMap;

/// Offices below that are told one by one.
const MOST_BELOW: usize = 80;

/// Goes to the office whose name was typed, or to the officer's own.
pub(in crate::serve) async fn find(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let (reference, today) = (visit.web.app.reference(), Zone::Wib.day(visit.web.app.now()));
    let id = match query.get("q").map(|q| q.trim()).filter(|q| !q.is_empty()) {
        Some(q) => shape::find_agency(&reference, q, today).map(|office| office.id),
        None => Some(officer.agency),
    };
    let id = id.ok_or_else(|| Failure::page(&visit, 404, None, None))?;
    Ok(Redirect::to(&format!("/desk/instansi/{id}")).into_response())
}

/// Goes to the first page of an office that this officer may open.
pub(in crate::serve) async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let first = tabs(&visit, &officer, AgencyId(id)).into_iter().next();
    let tab = first.ok_or_else(|| Failure::page(&visit, 404, None, None))?;
    Ok(Redirect::to(&format!("/desk/instansi/{id}/{tab}")).into_response())
}

/// The head of an office's page; there is none for those who may not open the tab.
pub(in crate::serve) fn head(
    visit: &Visit,
    officer: &Officer,
    id: AgencyId,
    tab: &'static str,
) -> Result<OfficeHead, Failure> {
    let reference = visit.web.app.reference();
    let tree = &reference.rules.agencies;
    let tabs_here = tabs(visit, officer, id);
    let office = tree.get(id).filter(|_| tabs_here.contains(&tab));
    let office = office.ok_or_else(|| Failure::page(visit, 404, None, None))?;
    let named = |id: AgencyId| (id, shape::agency_name(&reference, id));
    let open = |id: &AgencyId| !tabs(visit, officer, *id).is_empty();
    let mut above: Vec<_> = tree.line(id).skip(1).filter(open).map(named).collect();
    above.reverse();
    let children: Vec<AgencyId> = tree.children(id).map(|child| child.id).take(MOST_BELOW + 1).collect();
    let few = children.len() <= MOST_BELOW;
    let below = children.into_iter().filter(|child| few && open(child)).map(named).collect();
    Ok(OfficeHead { id, name: office.name.clone(), above, below, tabs: tabs_here, tab })
}

fn tabs(visit: &Visit, officer: &Officer, id: AgencyId) -> Vec<&'static str> {
    let reference = visit.web.app.reference();
    let (tree, by) = (&reference.rules.agencies, actor(officer));
    let open = |tab: &&str| match *tab {
        "data" => edits_office(tree, &by, id, false) || may_see_changes(tree, &by, id),
        "wajah" => dresses_office(tree, &by, id),
        "berkas" => reads_papers(tree, &by, id),
        "sistem" => connects_office(tree, &by, id),
        "akun" => may_see_seats(tree, &by, id),
        _ => may_see_changes(tree, &by, id),
    };
    TABS.into_iter().filter(open).collect()
}
