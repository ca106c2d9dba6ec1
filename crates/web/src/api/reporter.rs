//! What a reporter does to the own report, and others with the same trouble to a public one.

use super::caller::{Citizen, ClientKey, ReportCode};
use super::fields::{Body, Fields};
use super::problem::Problem;
use super::shape::{self, Outcome};
use super::{cache, errors};
use crate::state::Web;
use app::Act;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::report::Command;
use domain::text::{Body as Text, Remark};
use domain::{Actor, Code};
use utoipa::ToSchema;

/// A text.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"text": "Lubangnya sudah ditambal, tetapi genangannya masih ada."}))]
pub struct Said {
    #[schema(min_length = 10, max_length = 8000)]
    pub text: String,
    /// The version that the reporter saw.
    pub seq: Option<u32>,
}

/// The reporter's word that the matter is settled.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"rating": 5, "text": "Terima kasih, cepat sekali."}))]
pub struct Confirmation {
    /// 1 (bad) to 5 (good).
    #[schema(minimum = 1, maximum = 5)]
    pub rating: u8,
    #[schema(min_length = 3, max_length = 2000)]
    pub text: Option<String>,
    /// The version that the reporter saw.
    pub seq: Option<u32>,
}

/// Nothing needs to be said.
#[derive(Debug, ToSchema)]
#[schema(example = json!({}))]
pub struct Agreed {
    /// The version that was seen.
    pub seq: Option<u32>,
}

/// Everything a reporter's request consists of.
#[derive(axum::extract::FromRequest)]
#[from_request(state(Web), rejection(Problem))]
pub(super) struct Wish {
    #[from_request(via(State))]
    web: Web,
    code: ReportCode,
    citizen: Citizen,
    key: ClientKey,
    body: Body,
}

impl Wish {
    async fn done(self, read: fn(&mut Fields) -> Option<Command>) -> Result<Response, Problem> {
        let Wish { web, code: ReportCode(code), citizen, key: ClientKey(key), body: Body(mut fields) } = self;
        citizen.prove(&web, code)?;
        let command = read(&mut fields);
        let seen = seen(&mut fields);
        let Some(command) = command else { return Err(fields.refused()) };
        fields.end()?;
        let act = Act { seen, key, ..Act::new(Actor::Reporter, command) };
        finished(&web, code, act).await
    }
}

/// The version that a client saw.
pub(super) fn seen(fields: &mut Fields) -> Option<u32> {
    fields.within("seq", 1, i64::from(u32::MAX)).and_then(|seq| u32::try_from(seq).ok())
}

/// Does it, and tells where the report stands now.
pub(super) async fn finished(web: &Web, code: Code, act: Act) -> Result<Response, Problem> {
    let by = act.by;
    let done = web.app.act(code, act).await?;
    Ok(cache::private(StatusCode::OK, &shape::outcome(web, code, &done.row.report, &by, done.repeated)))
}

fn text(fields: &mut Fields) -> Option<Text> {
    let text = fields.words("text", Text::parse);
    fields.need("text", text)
}

macro_rules! reporters {
    ($($name:ident, $path:literal, $id:literal, $body:ident, $about:literal, $read:expr;)+) => {$(
        #[doc = $about]
        #[utoipa::path(
            post, path = $path, tag = "reports", operation_id = $id, request_body = $body,
            params(
                ("code" = String, Path, description = "Tracking number.", example = "1234567894"),
                ("Idempotency-Key" = Option<String>, Header, description = "The same key does nothing twice."),
            ),
            security(("report_pin" = [])),
            responses((status = 200, description = "Done, or done before.", body = Outcome), errors::ByReporter)
        )]
        pub(super) async fn $name(wish: Wish) -> Result<Response, Problem> {
            wish.done($read).await
        }
    )+};
}

reporters! {
    reply, "/api/v1/reports/{code}/replies", "reply", Said, "Replies to an answer.",
        |fields| Some(Command::Reply { text: text(fields)? });
    object, "/api/v1/reports/{code}/objection", "object", Said,
        "Objects to an answer or to the closing (keberatan); it goes on.",
        |fields| Some(Command::Object { text: text(fields)? });
    complete, "/api/v1/reports/{code}/completion", "complete", Said, "Sends what was missing; the clocks go on.",
        |fields| Some(Command::Complete { text: text(fields)? });
    contest, "/api/v1/reports/{code}/contest", "contest", Said, "Contests the archiving.",
        |fields| Some(Command::Contest { text: text(fields)? });
    accept_ombudsman, "/api/v1/reports/{code}/ombudsman", "acceptOmbudsman", Agreed,
        "Agrees that the Ombudsman takes over, once that was offered.",
        |_| Some(Command::AcceptOmbudsman);
    confirm, "/api/v1/reports/{code}/confirmation", "confirm", Confirmation,
        "Confirms that the matter is settled, and rates it; rates it only where it was closed already.",
        confirmation;
}

fn confirmation(fields: &mut Fields) -> Option<Command> {
    let rating = fields.within("rating", 1, 5);
    let rating = fields.need("rating", rating);
    let text = fields.words("text", Remark::parse);
    Some(Command::Confirm { rating: Some(u8::try_from(rating?).ok()?), text })
}

/// Supports a public report: "I have the same trouble". Nobody counts twice, nobody is named.
#[utoipa::path(
    post, path = "/api/v1/reports/{code}/support", tag = "reports", operation_id = "support", request_body = Agreed,
    params(("code" = String, Path, description = "Tracking number.", example = "1234567894")),
    responses((status = 200, description = "Counted, or counted before.", body = Outcome), errors::ByAnybody)
)]
pub(super) async fn support(
    State(web): State<Web>,
    ReportCode(code): ReportCode,
    citizen: Citizen,
    Body(mut fields): Body,
) -> Result<Response, Problem> {
    let seen = seen(&mut fields);
    fields.end()?;
    let supporter = Some(citizen.supporter());
    finished(&web, code, Act { seen, supporter, ..Act::new(Actor::Public, Command::Support) }).await
}
