//! Who sits in an office: the list, the invitations, the changes.

use super::office::head;
use crate::components::{Field, Place, Slip};
use crate::desk::{ChangeRow, ChangesPage, DemandRow, InvitationRow, InviteForm, SeatRow, SeatsPage};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::lists::next_page;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment, Value};
use app::{Change, Changed, Invited, NewInvitation, Officer, Sitter};
use axum::extract::{Path, Query, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::policy::seats::gives;
use domain::text::{Email, PersonName};
use domain::time::Zone;
use domain::{AgencyId, Role, SeatId, UserId};
use jiff::Timestamp;
use std::collections::HashMap;

const ROWS: u32 = 50;

type Asked = Query<HashMap<String, String>>;

/// The seats of an office and its open invitations.
pub(in crate::serve) async fn show(visit: Visit, Path(id): Path<i64>, query: Asked) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = InviteForm { key: visit.fresh_key(), ..InviteForm::default() };
    let page = page(&visit, &officer, AgencyId(id), &query, form).await?;
    visit.show(&page)
}

/// Invites somebody.
pub(in crate::serve) async fn invite(visit: Visit, Path(id): Path<i64>, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let slip = match parse(&form, AgencyId(id)) {
        Ok(new) => match visit.web.app.invite(&officer, new).await.map_err(|error| Failure::of(&visit, error))? {
            Ok(()) => return Ok(back(&visit, id, "done-invited")),
            Err(slip) => ("role", Message::new(format!("slip-seat-{}", slip.code()))),
        },
        Err(slip) => slip,
    };
    let field = |name: &str| match &slip {
        (wrong, message) if *wrong == name => Field::wrong(form.get(name), message.clone()),
        _ => Field::of(form.get(name)),
    };
    let typed = InviteForm {
        key: form.get("key").to_owned(),
        name: field("name"),
        email: field("email"),
        role: field("role"),
        roles: Vec::new(),
        slips: vec![Slip { field: slip.0, message: slip.1.clone() }],
    };
    let page = page(&visit, &officer, AgencyId(id), &Query::default(), typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

fn parse(form: &Form, office: AgencyId) -> Result<NewInvitation, (&'static str, Message)> {
    Ok(NewInvitation {
        office,
        name: PersonName::parse(form.get("name")).map_err(|error| ("name", told(error)))?,
        email: Email::parse(form.get("email")).map_err(|_| ("email", Message::new("slip-email")))?,
        role: Role::parse(form.get("role")).ok_or_else(|| ("role", Message::new("slip-choice")))?,
        key: form.get("key").to_owned(),
    })
}

/// Says of which roles a second step is asked at login; what this officer does not give stays as it is.
pub(in crate::serve) async fn demand(visit: Visit, Path(id): Path<i64>, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let wanted: Vec<Role> = form.all("role").filter_map(Role::parse).collect();
    let (app, by) = (&visit.web.app, actor(&officer));
    let roles = gives(&app.reference().rules.agencies, &by, AgencyId(id));
    if roles.is_empty() {
        return Err(Failure::page(&visit, 403, None, None));
    }
    for role in roles {
        let done = app.demand_second_factor(&by, role, AgencyId(id), wanted.contains(&role)).await;
        done.map_err(|error| Failure::of(&visit, error))?;
    }
    Ok(back(&visit, id, "done-demand"))
}

/// Takes an invitation back.
pub(in crate::serve) async fn withdraw(visit: Visit, Path((id, which)): Path<(i64, i64)>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let done = visit.web.app.withdraw_invitation(&officer, AgencyId(id), which).await;
    match done.map_err(|error| Failure::of(&visit, error))? {
        Ok(()) => Ok(back(&visit, id, "done-withdrawn")),
        Err(slip) => Err(Failure::page(&visit, 422, Some(Message::new(format!("slip-seat-{}", slip.code()))), None)),
    }
}

/// What was changed about an office.
pub(in crate::serve) async fn changes(visit: Visit, Path(id): Path<i64>, query: Asked) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let before = query.get("after").and_then(|after| after.parse().ok());
    let found = visit.web.app.office_changes(&officer, AgencyId(id), before, ROWS).await;
    let found = found.map_err(|error| Failure::of(&visit, error))?;
    let last = found.rows.last().filter(|_| found.rows.len() == ROWS as usize).map(|row| row.id);
    let page = ChangesPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Elsewhere).await?,
        head: head(&visit, &officer, AgencyId(id), "perubahan")?,
        rows: found.rows.iter().map(|row| change(&visit, row, &found.names)).collect(),
        next: last.map(|last| next_page(&format!("/desk/instansi/{id}/perubahan"), &query, last)),
    };
    visit.show(&page)
}

fn change(visit: &Visit, row: &Changed, names: &HashMap<UserId, String>) -> ChangeRow {
    let name = |id: &UserId| names.get(id).cloned().unwrap_or_else(|| visit.words.t("an-officer"));
    let role = |role: &Role| Value::Key(format!("role-{}", role.name()));
    let message = match &row.change {
        Some(Change::Invited { role: of }) => Message::new("change-invited").with("role", role(of)),
        Some(Change::Withdrawn { role: of }) => Message::new("change-withdrawn").with("role", role(of)),
        Some(Change::Joined { officer, role: of }) => {
            Message::new("change-joined").with("name", name(officer)).with("role", role(of))
        }
        Some(Change::Demanded { role: of, on: true }) => Message::new("change-demanded").with("role", role(of)),
        Some(Change::Demanded { role: of, on: false }) => Message::new("change-undemanded").with("role", role(of)),
        Some(Change::FaceChanged { .. }) => Message::new("change-face"),
        Some(Change::WordGiven { word }) => Message::new("change-word-given").with("word", word),
        Some(Change::PeerChanged { address, on }) => {
            let key = if *on { "change-peer-on" } else { "change-peer-off" };
            Message::new(key).with("address", address)
        }
        Some(Change::PeerDropped { address }) => Message::new("change-peer-dropped").with("address", address),
        Some(Change::WordTaken { word }) => Message::new("change-word-taken").with("word", word),
        Some(Change::FaceDropped { .. }) => Message::new("change-face-dropped"),
        Some(Change::Webhook { step, .. }) => Message::new(format!("change-webhook-{step}")),
        Some(Change::PartnerLetIn { .. }) => Message::new("change-partner"),
        Some(Change::PaperAdded { .. }) => Message::new("change-paper"),
        Some(Change::PaperRemoved { .. }) => Message::new("change-paper-removed"),
        Some(Change::Ended { officer, role: of }) => {
            Message::new("change-ended").with("name", name(officer)).with("role", role(of))
        }
        Some(Change::Deputised { officer, of, from, to }) => Message::new("change-deputised")
            .with("name", name(officer))
            .with("whom", name(of))
            .with("from", *from)
            .with("to", *to),
        Some(Change::Closed { officer }) => Message::new("change-closed").with("name", name(officer)),
        Some(Change::Reopened { officer }) => Message::new("change-reopened").with("name", name(officer)),
        Some(Change::HandOver { step, from, to, .. }) => {
            let office = |id: &AgencyId| office_name(visit, *id);
            Message::new(format!("change-handover-{step}")).with("giving", office(from)).with("receiving", office(to))
        }
        None => Message::new("change-other"),
    };
    ChangeRow { message, at: Moment::of(row.at, Zone::Wib), by: row.by.clone() }
}

fn back(visit: &Visit, id: i64, done: &str) -> Response {
    (AppendHeaders([visit.told(done)]), Redirect::to(&format!("/desk/instansi/{id}/akun"))).into_response()
}

async fn page(
    visit: &Visit,
    officer: &Officer,
    id: AgencyId,
    query: &Asked,
    form: InviteForm,
) -> Result<SeatsPage, Failure> {
    let after = query.get("after").and_then(|after| after.parse().ok()).map_or(SeatId(0), SeatId);
    let found =
        visit.web.app.office_seats(officer, id, after, ROWS).await.map_err(|error| Failure::of(visit, error))?;
    let (reference, now) = (visit.web.app.reference(), visit.web.app.now());
    let roles = gives(&reference.rules.agencies, &actor(officer), id);
    let demanded = visit.web.app.demanded_roles(id).await.map_err(|error| Failure::of(visit, error))?;
    Ok(SeatsPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Elsewhere).await?,
        head: head(visit, officer, id, "akun")?,
        rows: found.sitters.iter().map(|sitter| row(sitter, now)).collect(),
        invited: found.invited.into_iter().map(|one| invited(visit, one)).collect(),
        demands: roles.iter().map(|role| demanded_row(*role, &demanded)).collect(),
        form: InviteForm { roles, ..form },
        next: found.next.map(|next| next_page(&format!("/desk/instansi/{id}/akun"), query, next)),
    })
}

fn demanded_row(role: Role, (own, above): &(Vec<Role>, Vec<Role>)) -> DemandRow {
    DemandRow { role, asked: own.contains(&role), above: above.contains(&role) }
}

/// A seat as a line of a list.
pub(super) fn row(sitter: &Sitter, now: Timestamp) -> SeatRow {
    let zone = Zone::Wib;
    SeatRow {
        id: sitter.seat.id,
        name: sitter.name.clone(),
        login: sitter.login.clone(),
        email: sitter.email.clone(),
        role: sitter.seat.role,
        since: zone.day(sitter.seat.from),
        until: sitter.seat.to.map(|to| zone.day(to - jiff::SignedDuration::from_secs(1))),
        on_behalf_of: sitter.on_behalf_of.clone(),
        coming: sitter.seat.from > now,
        closed: !sitter.active,
    }
}

fn invited(visit: &Visit, one: Invited) -> InvitationRow {
    InvitationRow {
        id: one.invitation.id,
        name: one.invitation.name,
        email: one.invitation.email,
        role: one.invitation.role,
        until: Moment::of(one.invitation.expires_at, Zone::Wib),
        link: format!("{}/desk/undangan/{}", visit.web.base_url, one.secret),
    }
}

/// An office's name.
pub(super) fn office_name(visit: &Visit, id: AgencyId) -> String {
    shape::agency_name(&visit.web.app.reference(), id)
}
