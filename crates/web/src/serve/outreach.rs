//! Outreach activities for everybody.

use super::failure::Failure;
use super::lists::Asked;
use super::shape;
use super::visit::{Visit, actor};
use crate::citizen::{OutreachPage, OutreachesPage};
use crate::components::Place;
use crate::components::outreach::{EffectView, OutreachCard, OutreachPhotoView};
use crate::sent::{self, Way};
use app::reference::Reference;
use app::{Outreach, OutreachView};
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::{Actor, RegionCode};
use jiff::civil::Date;

const HOME: &str = "/sosialisasi";

/// Those that were carried out.
pub(super) async fn list(visit: Visit, query: Asked) -> Result<Response, Failure> {
    let before = query.get("after").and_then(|text| place(text));
    let found = visit.web.app.outreaches_shown(before).await;
    let (found, next) = found.map_err(|error| Failure::of(&visit, error))?;
    let reference = visit.web.app.reference();
    visit.show(&OutreachesPage {
        w: visit.words,
        frame: visit.frame(Place::Statistics),
        rows: found.iter().map(|one| card(&reference, one)).collect(),
        next: next.map(|(day, id)| format!("{HOME}?after={day}.{id}")),
    })
}

fn place(text: &str) -> Option<(Date, i64)> {
    let (day, id) = text.split_once('.')?;
    Some((day.parse().ok()?, id.parse().ok()?))
}

/// One of them.
pub(super) async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let found = visit.web.app.outreach(&Actor::Public, id).await.map_err(|error| Failure::of(&visit, error))?;
    let reference = visit.web.app.reference();
    visit.show(&OutreachPage {
        w: visit.words,
        frame: visit.frame(Place::Statistics),
        card: card(&reference, &found.outreach),
        photos: photos(&found, HOME),
        effect: effect(&reference, &found),
    })
}

/// A photo of one that was carried out.
pub(super) async fn photo(
    visit: Visit,
    Path(which): Path<(i64, i64)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    send(&visit, which, &Actor::Public, &headers).await
}

/// A photo, for officers.
pub(super) async fn desk_photo(
    visit: Visit,
    Path(which): Path<(i64, i64)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    send(&visit, which, &actor(&officer), &headers).await
}

async fn send(visit: &Visit, (id, photo): (i64, i64), by: &Actor, headers: &HeaderMap) -> Result<Response, Failure> {
    let found = visit.web.app.outreach_photo(by, id, photo).await;
    let (photo, path) = found.map_err(|error| Failure::of(visit, error))?;
    let sent = sent::response(&photo.name, &photo.media, &path, headers, Way::Shown).await;
    sent.map_err(|error| Failure::broken(visit, error))
}

/// An activity as pages show it.
pub(super) fn card(reference: &Reference, outreach: &Outreach) -> OutreachCard {
    let plan = &outreach.plan;
    OutreachCard {
        id: outreach.id,
        office: shape::agency_name(reference, outreach.agency),
        kind: plan.kind,
        state: outreach.state,
        title: plan.title.as_str().to_owned(),
        day: plan.day,
        region: region(reference, &plan.region),
        place: plan.place.as_str().to_owned(),
        goal: plan.goal.as_str().to_owned(),
        beneficiaries: plan.beneficiaries.as_str().to_owned(),
        planned: plan.people,
        came: outreach.result.as_ref().map(|result| (result.people, result.notes.as_str().to_owned())),
    }
}

fn region(reference: &Reference, region: &RegionCode) -> Option<String> {
    (*region != RegionCode::nation()).then(|| reference.regions.full_name(region))
}

/// Its photos, below an address.
pub(super) fn photos(found: &OutreachView, base: &str) -> Vec<OutreachPhotoView> {
    let id = found.outreach.id;
    let view = |photo: &app::OutreachPhoto| OutreachPhotoView {
        url: format!("{base}/{id}/foto/{}", photo.id),
        alt: photo.alt.clone(),
    };
    found.photos.iter().map(view).collect()
}

/// What came of it.
pub(super) fn effect(reference: &Reference, found: &OutreachView) -> Option<EffectView> {
    let agencies = &reference.rules.agencies;
    let agency = || shape::agency_name(reference, agencies.root_of(found.outreach.agency));
    let of = region(reference, &found.outreach.plan.region);
    found.effect.map(|effect| EffectView { effect, of: of.unwrap_or_else(agency) })
}
