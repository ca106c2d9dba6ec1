//! `/desk/instansi/{id}/sistem`: an office is connected with its own system.

use super::office::head;
use crate::components::{Field, Frame, Notice, Place, Slip, Tone};
use crate::desk::{PeerForm, PeerPage, WayRow};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment};
use app::peer::{Forward, PeerView};
use app::{Conflict, Error, Officer};
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::category::CategoryTree;
use domain::peer::{Peer, PeerFault, Speech};
use domain::time::Zone;
use domain::{AgencyId, CategoryId};
use std::collections::BTreeMap;

/// The connection of an office, with its form.
pub(in crate::serve) async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let page = page(&visit, &officer, AgencyId(id), None, Vec::new()).await?;
    visit.show(&page)
}

/// Connects the office, or changes the connection.
pub(in crate::serve) async fn change(visit: Visit, Path(id): Path<i64>, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let id = AgencyId(id);
    let wanted = read(&visit, id, &form);
    let slips: Vec<Slip> = match visit.web.app.put_peer(&actor(&officer), wanted, form.some("key")).await {
        Ok(Ok(_)) => return Ok(done(&visit, id, "done-peer")),
        Ok(Err(faults)) => faults.into_iter().map(slip).collect(),
        Err(Error::Conflict(Conflict::Stale { .. })) => return stale(&visit, &officer, id, &form).await,
        Err(error) => return Err(Failure::of(&visit, error)),
    };
    let edition = form.get("edition").parse().unwrap_or(0);
    let page = page(&visit, &officer, id, Some(come_back(&form, edition, &slips)), slips).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

/// Takes the connection away.
pub(in crate::serve) async fn drop(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let dropped = visit.web.app.drop_peer(&actor(&officer), AgencyId(id)).await;
    dropped.map_err(|error| Failure::of(&visit, error))?;
    Ok(done(&visit, AgencyId(id), "done-peer-dropped"))
}

/// Has a report that could not be brought tried again.
pub(in crate::serve) async fn retry(visit: Visit, Path(id): Path<i64>, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let forward = form.get("forward").parse().map_err(|_| Failure::page(&visit, 404, None, None))?;
    let retried = visit.web.app.retry_forward(&actor(&officer), AgencyId(id), forward).await;
    retried.map_err(|error| Failure::of(&visit, error))?;
    Ok(done(&visit, AgencyId(id), "done-peer-retry"))
}

fn done(visit: &Visit, id: AgencyId, key: &str) -> Response {
    (AppendHeaders([visit.told(key)]), Redirect::to(&format!("/desk/instansi/{id}/sistem"))).into_response()
}

/// Somebody else was faster: what was typed stands in the form, and is saved over theirs the next time.
async fn stale(visit: &Visit, officer: &Officer, id: AgencyId, form: &Form) -> Result<Response, Failure> {
    let edition = visit.web.app.reference().peers.of(id).map_or(0, |peer| peer.edition);
    let mut page = page(visit, officer, id, Some(come_back(form, edition, &[])), Vec::new()).await?;
    let notice = Notice { tone: Tone::Wait, message: Message::new("office-stale") };
    page.frame = Frame { notice: Some(notice), ..page.frame };
    Ok((StatusCode::CONFLICT, visit.show(&page)?).into_response())
}

fn read(visit: &Visit, agency: AgencyId, form: &Form) -> Peer {
    let reference = visit.web.app.reference();
    // A line that says nothing is told together with all other slips.
    let unread = || BTreeMap::from([(CategoryId(0), String::new())]);
    Peer {
        agency,
        address: form.get("address").trim_end_matches('/').to_owned(),
        jurisdiction: form.some("jurisdiction").map(str::to_owned),
        speech: Speech::parse(form.get("speech")).unwrap_or_default(),
        services: services(&reference.categories, form.get("services")).unwrap_or_else(unread),
        fallback: form.get("fallback").to_owned(),
        on: form.is_ticked("on"),
        anonymous: form.is_ticked("anonymous"),
        proposes: form.is_ticked("proposes"),
        edition: form.get("edition").parse().unwrap_or(0),
    }
}

/// A line for each category, which is named or numbered; none where a line says of no category or no code.
fn services(categories: &CategoryTree, text: &str) -> Option<BTreeMap<CategoryId, String>> {
    let line = |line: &str| {
        let (name, code) = line.rsplit_once('=')?;
        let numbered = name.trim().parse().ok().map(CategoryId);
        let category = numbered.or_else(|| categories.find(name).map(|category| category.id))?;
        Some((category, code.trim().to_owned()))
    };
    text.lines().filter(|text| !text.trim().is_empty()).map(line).collect()
}

fn slip(fault: PeerFault) -> Slip {
    let message = Message::new(format!("peer-fault-{}", fault.name()));
    let field = match fault {
        PeerFault::Address | PeerFault::Inside => "address",
        PeerFault::Jurisdiction => "jurisdiction",
        PeerFault::Key => "key",
        PeerFault::Service => "fallback",
        PeerFault::Services => "services",
    };
    Slip { field, message }
}

fn come_back(form: &Form, edition: u32, slips: &[Slip]) -> PeerForm {
    let field = |name: &str| form.back(name, slips);
    PeerForm {
        edition,
        address: field("address"),
        jurisdiction: field("jurisdiction"),
        key: Field { value: String::new(), ..field("key") },
        speech: field("speech"),
        fallback: field("fallback"),
        services: field("services"),
        on: form.is_ticked("on"),
        anonymous: form.is_ticked("anonymous"),
        proposes: form.is_ticked("proposes"),
    }
}

fn filled(categories: &CategoryTree, peer: Option<&Peer>) -> PeerForm {
    let Some(peer) = peer else {
        let speech = Field::of(Speech::default().name());
        return PeerForm { speech, on: true, proposes: true, ..PeerForm::default() };
    };
    let name = |id: &CategoryId| categories.get(*id).map_or_else(|| id.to_string(), |category| category.name.clone());
    // Two categories of one name are told apart by their numbers.
    let named = |id: &CategoryId| match categories.find(&name(id)) {
        Some(found) if found.id == *id => name(id),
        _ => id.to_string(),
    };
    let services: Vec<String> = peer.services.iter().map(|(id, code)| format!("{} = {code}", named(id))).collect();
    PeerForm {
        edition: peer.edition,
        address: Field::of(&peer.address),
        jurisdiction: Field::of(peer.jurisdiction.as_deref().unwrap_or_default()),
        key: Field::default(),
        speech: Field::of(peer.speech.name()),
        fallback: Field::of(&peer.fallback),
        services: Field::of(&services.join("\n")),
        on: peer.on,
        anonymous: peer.anonymous,
        proposes: peer.proposes,
    }
}

async fn page(
    visit: &Visit,
    officer: &Officer,
    id: AgencyId,
    form: Option<PeerForm>,
    slips: Vec<Slip>,
) -> Result<PeerPage, Failure> {
    let head = head(visit, officer, id, "sistem")?;
    let found = visit.web.app.peer(&actor(officer), id).await.map_err(|error| Failure::of(visit, error))?;
    let PeerView { peer, dead, latest, followed_at, failure } = found;
    let categories = &visit.web.app.reference().categories;
    Ok(PeerPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Elsewhere).await?,
        head,
        form: form.unwrap_or_else(|| filled(categories, peer.as_ref())),
        slips,
        there: peer.is_some(),
        dead: dead.into_iter().map(row).collect(),
        latest: latest.into_iter().map(row).collect(),
        followed: followed_at.map(|at| Moment::of(at, Zone::Wib)),
        failure,
    })
}

fn row(one: Forward) -> WayRow {
    let Forward { id, code, state, remote, failure, at, .. } = one;
    WayRow { id, code, state, remote, failure, at: Moment::of(at, Zone::Wib) }
}
