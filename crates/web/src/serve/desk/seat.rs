//! One seat: switch to it, name a deputy, end it, close the account in it.

use super::seats::{office_name, row};
use crate::components::{Field, Place, Slip};
use crate::desk::{DeputyForm, SeatPage};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::visit::Visit;
use crate::words::Message;
use app::{Officer, SeatSlip};
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::time::Zone;
use domain::{SeatId, UserId};

/// The seat with its forms.
pub(in crate::serve) async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let page = page(&visit, &officer, SeatId(id), DeputyForm::default(), None).await?;
    visit.show(&page)
}

/// Goes on working in another of one's own seats.
pub(in crate::serve) async fn switch(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let token = visit.session().unwrap_or_default();
    let done = visit.web.app.switch_seat(&officer, token, SeatId(id)).await;
    done.map_err(|error| Failure::of(&visit, error))?;
    Ok((AppendHeaders([visit.told("done-switched")]), Redirect::to("/desk")).into_response())
}

/// Names a deputy.
pub(in crate::serve) async fn deputise(
    visit: Visit,
    Path(id): Path<i64>,
    request: Request,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let day = |name: &str| form.get(name).parse().ok();
    let done = match (day("from"), day("to")) {
        (Some(from), Some(to)) => {
            let done = visit.web.app.deputise(&officer, SeatId(id), form.get("login"), from, to).await;
            done.map_err(|error| Failure::of(&visit, error))?
        }
        _ => Err(SeatSlip::Days),
    };
    let slip = match done {
        Ok(()) => return Ok(to(&visit, &format!("/desk/kursi/{id}"), "done-deputised")),
        Err(slip) => slip,
    };
    let wrong = if slip == SeatSlip::Days { "to" } else { "login" };
    let message = Message::new(format!("slip-seat-{}", slip.code()));
    let field = |name: &str| match name == wrong {
        true => Field::wrong(form.get(name), message.clone()),
        false => Field::of(form.get(name)),
    };
    let typed = DeputyForm { login: field("login"), from: field("from"), to: field("to"), colleagues: Vec::new() };
    let slip = Slip { field: wrong, message: message.clone() };
    let page = page(&visit, &officer, SeatId(id), typed, Some(slip)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

/// Ends the seat, or a deputy's.
pub(in crate::serve) async fn end(visit: Visit, Path(id): Path<i64>, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let broken = |error| Failure::of(&visit, error);
    let back = match form.get("back").parse::<i64>() {
        Ok(of) => format!("/desk/kursi/{of}"),
        Err(_) => {
            let view = visit.web.app.seat(&officer, SeatId(id)).await.map_err(broken)?;
            format!("/desk/instansi/{}/akun", view.sitter.seat.agency)
        }
    };
    match visit.web.app.end_seat(&officer, SeatId(id)).await.map_err(broken)? {
        Ok(()) => Ok(to(&visit, &back, "done-seat-ended")),
        Err(slip) => refused(&visit, &officer, SeatId(id), slip).await,
    }
}

/// Closes the account in the seat, or opens it again.
pub(in crate::serve) async fn account(
    visit: Visit,
    Path(id): Path<i64>,
    request: Request,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let (user, open) = (UserId(form.get("officer").parse().unwrap_or_default()), form.is_ticked("open"));
    let done = visit.web.app.set_account_active(&officer, user, open).await;
    match done.map_err(|error| Failure::of(&visit, error))? {
        Ok(()) if open => Ok(to(&visit, &format!("/desk/kursi/{id}"), "done-account-open")),
        Ok(()) => Ok(to(&visit, &format!("/desk/kursi/{id}"), "done-account-closed")),
        Err(slip) => refused(&visit, &officer, SeatId(id), slip).await,
    }
}

fn to(visit: &Visit, path: &str, done: &str) -> Response {
    (AppendHeaders([visit.told(done)]), Redirect::to(path)).into_response()
}

async fn refused(visit: &Visit, officer: &Officer, id: SeatId, slip: SeatSlip) -> Result<Response, Failure> {
    let slip = Slip { field: "end", message: Message::new(format!("slip-seat-{}", slip.code())) };
    let page = page(visit, officer, id, DeputyForm::default(), Some(slip)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

async fn page(
    visit: &Visit,
    officer: &Officer,
    id: SeatId,
    typed: DeputyForm,
    slip: Option<Slip>,
) -> Result<SeatPage, Failure> {
    let broken = |error| Failure::of(visit, error);
    let view = visit.web.app.seat(officer, id).await.map_err(broken)?;
    let seat = &view.sitter.seat;
    let colleagues = visit.web.app.colleagues(seat.agency).await.map_err(broken)?;
    let others = colleagues.into_iter().filter(|one| one.id != seat.officer).map(|one| (one.login, one.name));
    let deputised = seat.deputy_of.is_none() && seat.to.is_none_or(|to| view.at < to);
    Ok(SeatPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Elsewhere).await?,
        row: row(&view.sitter, view.at),
        office: (seat.agency, office_name(visit, seat.agency)),
        officer: seat.officer,
        deputies: view.deputies.iter().map(|one| row(one, view.at)).collect(),
        today: Zone::Wib.day(view.at),
        deputy: deputised.then(|| DeputyForm { colleagues: others.collect(), ..typed }),
        manages: view.manages && seat.officer != officer.id,
        slips: slip.into_iter().collect(),
    })
}
