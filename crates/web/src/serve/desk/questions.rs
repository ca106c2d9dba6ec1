//! Questions by link on the desk: what was asked, one more, and the end of one.

use super::case;
use crate::components::{Field, Slip};
use crate::desk::{QuestionForm, QuestionRow, Questions};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::report::code;
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment};
use app::{Act, Ask, Asked, Error, QuestionState, View};
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::Code;
use domain::question::MOST_DAYS;
use domain::report::{Command, CommandKind};
use domain::text::{Body, Email};
use domain::time::Zone;

/// Most characters of who is asked.
const MOST_RECIPIENT: usize = 150;

/// The questions of a report for its page.
pub(super) async fn questions(visit: &Visit, view: &View) -> Result<Questions, Failure> {
    let asked = visit.web.app.questions(view).await.map_err(|error| Failure::of(visit, error))?;
    let zone = view.report().zone;
    let may_ask = view.offers.contains(&CommandKind::AskOutsider);
    Ok(Questions {
        code: view.row.code,
        key: visit.fresh_key(),
        letters: visit.web.app.sends_mail(),
        rows: asked.into_iter().map(|asked| row(visit, asked, zone)).collect(),
        form: may_ask.then(|| QuestionForm { days: Field::of("5"), ..QuestionForm::default() }),
    })
}

fn row(visit: &Visit, asked: Asked, zone: Zone) -> QuestionRow {
    let question = asked.question;
    QuestionRow {
        seq: question.seq,
        recipient: question.recipient,
        outsider: question.outsider,
        text: asked.text,
        asked: Moment::of(asked.at, zone),
        until: Moment::of(question.until, zone),
        opened: question.opened_at.map(|at| Moment::of(at, zone)),
        state: match asked.state {
            QuestionState::Open => "open",
            QuestionState::Answered => "answered",
            QuestionState::Ended => "ended",
            QuestionState::Expired => "expired",
        },
        link: asked.link.map(|path| format!("{}{path}", visit.web.base_url)),
    }
}

/// Asks somebody outside.
pub(in crate::serve) async fn ask(
    visit: Visit,
    Path(typed): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let ask = match parse(&form) {
        Ok(ask) => ask,
        Err(slips) => return again(&visit, code, &form, slips).await,
    };
    let command = Command::AskOutsider { text: ask.text.clone() };
    let act = Act { key: form.some("key").map(str::to_owned), ..Act::new(actor(&officer), command) };
    match visit.web.app.ask_outsider(code, act, ask).await {
        Ok(_) => Ok(back(&visit, code, "done-outsider-asked")),
        Err(Error::Refused(refusal)) => {
            let message = Message::refusal(refusal);
            again(&visit, code, &form, vec![Slip { field: "ask-question", message }]).await
        }
        Err(error) => Err(Failure::keeping(&visit, error, form.words())),
    }
}

fn parse(form: &Form) -> Result<Ask, Vec<Slip>> {
    let recipient = form.get("recipient");
    let named = (1..=MOST_RECIPIENT).contains(&recipient.chars().count());
    let text = Body::parse(form.get("text")).map_err(told);
    let days = form.get("days").parse().ok().filter(|days| (1..=MOST_DAYS).contains(days));
    let email = form.some("email").map(Email::parse).transpose();
    match (named, text, days, email) {
        (true, Ok(text), Some(days), Ok(email)) => {
            Ok(Ask { text, recipient: recipient.to_owned(), days, shares: form.is_ticked("shares"), email })
        }
        (_, text, _, email) => {
            let slip = |field, message| Slip { field, message };
            let recipient = (!named).then(|| slip("ask-recipient", Message::new("slip-recipient")));
            let text = text.err().map(|message| slip("ask-question", message));
            let days = days.is_none().then(|| slip("ask-days", Message::new("slip-days")));
            let email = email.is_err().then(|| slip("ask-email", Message::new("slip-email")));
            Err([recipient, email, text, days].into_iter().flatten().collect())
        }
    }
}

/// Ends a question before it is answered.
pub(in crate::serve) async fn end(
    visit: Visit,
    Path(typed): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let question = form.get("question").parse().map_err(|_| Failure::page(&visit, 404, None, None))?;
    let command = Command::EndQuestion { question };
    let act = Act { key: form.some("key").map(str::to_owned), ..Act::new(actor(&officer), command) };
    visit.web.app.act(code, act).await.map_err(|error| Failure::of(&visit, error))?;
    Ok(back(&visit, code, "done-question-ended"))
}

fn back(visit: &Visit, code: Code, done: &str) -> Response {
    (AppendHeaders([visit.told(done)]), Redirect::to(&format!("/desk/laporan/{code}#questions"))).into_response()
}

/// The page again, with what was typed.
async fn again(visit: &Visit, code: Code, form: &Form, slips: Vec<Slip>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let mut page = case::page(visit, &officer, code, None).await?;
    let field = |id: &str, name: &str| {
        let slip = slips.iter().find(|slip| slip.field == id).map(|slip| slip.message.clone());
        Field { value: form.get(name).to_owned(), slip }
    };
    page.questions.form = Some(QuestionForm {
        recipient: field("ask-recipient", "recipient"),
        email: field("ask-email", "email"),
        question: field("ask-question", "text"),
        days: field("ask-days", "days"),
        shares: form.is_ticked("shares"),
        slips,
    });
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}
