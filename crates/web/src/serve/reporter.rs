//! What the reporter, or somebody with the same trouble, does to a report: each a form posted below its page.

use super::failure::Failure;
use super::form::Form;
use super::letter::told;
use super::mailbox;
use super::report::{self, code};
use super::shape;
use super::visit::Visit;
use crate::citizen::OwnView;
use crate::components::{Field, Slip};
use crate::words::Message;
use app::{Act, Error};
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::report::Command;
use domain::text::{Body, Remark};
use domain::{Actor, Code};

/// A form that cannot be sent yet: the field and what is wrong with it.
struct Slipped(&'static str, Message);

/// `tanggapan`, `konfirmasi`, `keberatan`, `kelengkapan`, `sanggahan`, `ombudsman`.
pub(super) async fn send(
    visit: Visit,
    Path((typed, what)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    if !visit.owns(code) {
        return report::sealed(&visit, code, Field::default());
    }
    let form = Form::read(&visit, request).await?;
    match parse(&what, &form) {
        Ok(Some((command, done))) => act(&visit, code, form, command, done).await,
        Ok(None) => Err(Failure::page(&visit, 404, None, None)),
        Err(slipped) => again(&visit, code, &what, &form, slipped).await,
    }
}

fn parse(what: &str, form: &Form) -> Result<Option<(Command, &'static str)>, Slipped> {
    if let Some(slip) = &form.file_slip {
        return Err(Slipped("files", slip.clone()));
    }
    let body = || Body::parse(form.get("text")).map_err(|error| Slipped("text", told(error)));
    Ok(Some(match what {
        "tanggapan" => (Command::Reply { text: body()? }, "done-replied"),
        "keberatan" => (Command::Object { text: body()? }, "done-objected"),
        "kelengkapan" => (Command::Complete { text: body()? }, "done-completed"),
        "sanggahan" => (Command::Contest { text: body()? }, "done-contested"),
        "ombudsman" if form.is_ticked("consent") => (Command::AcceptOmbudsman, "done-ombudsman_accepted"),
        "ombudsman" => return Err(Slipped("consent", Message::new("slip-required"))),
        "konfirmasi" => {
            let rating = form.get("rating").parse().ok().filter(|rating| (1..=5).contains(rating));
            let rating = rating.ok_or_else(|| Slipped("rating-1", Message::new("slip-rating")))?;
            let text = form.some("text").map(Remark::parse).transpose();
            let text = text.map_err(|error| Slipped("confirm-text", told(error)))?;
            (Command::Confirm { rating: Some(rating), text }, "done-confirmed")
        }
        _ => return Ok(None),
    }))
}

async fn act(visit: &Visit, code: Code, form: Form, command: Command, done: &'static str) -> Result<Response, Failure> {
    let key = form.some("key").map(str::to_owned);
    let act = Act { key, ..Act::new(Actor::Reporter, command) }.with(form.files.clone());
    visit.web.app.act(code, act).await.map_err(|error| Failure::keeping(visit, error, form.words()))?;
    Ok((AppendHeaders([visit.told(done)]), Redirect::to(&shape::path_of(code))).into_response())
}

/// The page again, with what was typed.
async fn again(visit: &Visit, code: Code, what: &str, form: &Form, slipped: Slipped) -> Result<Response, Failure> {
    let view = visit.web.app.view(code, &Actor::Reporter).await.map_err(|error| Failure::of(visit, error))?;
    let Slipped(place, message) = slipped;
    let mut typed = OwnView { mailbox: mailbox::shown(visit, &view).await?, ..OwnView::default() };
    let (words, text_field, files_field) = match what {
        "tanggapan" => (&mut typed.reply, "reply-text", "reply-files"),
        "keberatan" => (&mut typed.objection, "objection-text", "objection-text"),
        "sanggahan" => (&mut typed.objection, "contest-text", "contest-text"),
        "konfirmasi" => (&mut typed.remark, "confirm-text", "confirm-text"),
        _ => (&mut typed.completion, "completion-text", "completion-files"),
    };
    *words = Field::of(form.get("text"));
    let field = match place {
        "files" => {
            typed.files = Field::wrong("", message.clone());
            files_field
        }
        "rating-1" => {
            typed.rating = Field::wrong("", message.clone());
            "rating-1"
        }
        "consent" => "consent",
        _ => {
            words.slip = Some(message.clone());
            text_field
        }
    };
    let page = report::page(visit, &view, typed, vec![Slip { field, message }]).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

/// Somebody else has the same trouble.
pub(super) async fn support(visit: Visit, Path(typed): Path<String>) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    let act = Act { supporter: Some(visit.supporter()), ..Act::new(Actor::Public, Command::Support) };
    match visit.web.app.act(code, act).await {
        Ok(_) => {
            Ok((AppendHeaders([visit.told("done-supported")]), Redirect::to(&shape::path_of(code))).into_response())
        }
        Err(Error::NotFound) => report::sealed(&visit, code, Field::default()),
        Err(error) => Err(Failure::of(&visit, error)),
    }
}
