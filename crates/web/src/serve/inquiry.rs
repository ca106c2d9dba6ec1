//! `/tanya/{token}`: answering a question with nothing but its link.

use super::failure::Failure;
use super::form::Form;
use super::letter::told;
use super::shape;
use super::visit::Visit;
use crate::citizen::{InquiryPage, InquiryState};
use crate::components::{Field, Place, Slip};
use crate::words::Moment;
use app::{Error, Inquiry, QuestionState};
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Refusal;
use domain::text::Body;

/// The question, or why it cannot be answered any more.
pub(super) async fn show(visit: Visit, Path(token): Path<String>) -> Result<Response, Failure> {
    visit.show(&page(&visit, &token).await?)
}

/// Takes an answer in.
pub(super) async fn answer(visit: Visit, Path(token): Path<String>, request: Request) -> Result<Response, Failure> {
    let mut page = page(&visit, &token).await?;
    if page.state != InquiryState::Open {
        let form = Form::read_plain(&visit, request).await?;
        return Err(Failure::keeping(&visit, Error::Refused(Refusal::QuestionEnded), form.words()));
    }
    let form = Form::read(&visit, request).await?;
    let text = match (Body::parse(form.get("text")), &form.file_slip) {
        (Ok(text), None) => text,
        (text, slip) => {
            let text = text.err().map(told);
            let slips = [("inquiry-text", text.clone()), ("inquiry-files", slip.clone())];
            page.answer = Field { value: form.get("text").to_owned(), slip: text };
            page.files.slip = slip.clone();
            page.slips = slips.into_iter().filter_map(|(field, slip)| Some(Slip { field, message: slip? })).collect();
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response());
        }
    };
    let key = form.some("key").map(str::to_owned);
    let done = visit.web.app.answer_inquiry(&token, &visit.address, text, form.files.clone(), key).await;
    match done {
        Ok(()) | Err(Error::Refused(Refusal::QuestionEnded)) => Ok(Redirect::to(&page.path).into_response()),
        Err(error) => Err(Failure::keeping(&visit, error, form.words())),
    }
}

async fn page(visit: &Visit, token: &str) -> Result<InquiryPage, Failure> {
    let found = visit.web.app.inquiry(token, &visit.address).await;
    let Inquiry { outsider, code, office, text, missing, state, until, zone, shared } =
        found.map_err(|error| Failure::of(visit, error))?;
    Ok(InquiryPage {
        w: visit.words,
        frame: visit.frame(Place::Elsewhere),
        outsider,
        code,
        office: shape::agency_name(&visit.web.app.reference(), office),
        question: text,
        missing,
        state: match state {
            QuestionState::Open => InquiryState::Open,
            QuestionState::Answered => InquiryState::Over("answered"),
            QuestionState::Ended => InquiryState::Over("ended"),
            QuestionState::Expired => InquiryState::Over("expired"),
        },
        until: Moment::of(until, zone),
        shared,
        path: format!("/tanya/{token}"),
        key: visit.fresh_key(),
        answer: Field::default(),
        files: Field::default(),
        slips: Vec::new(),
    })
}
