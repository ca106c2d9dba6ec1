//! What went wrong, as a page in the reader's language.

use super::visit::Visit;
use crate::citizen::ProblemPage;
use crate::components::{Place, Slip, in_query};
use crate::desk::LoginPage;
use crate::words::Message;
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

/// An error page, or the way to the login.
pub(super) enum Failure {
    Page(Box<Response>),
    LoggedOut(Box<Response>),
}

impl Failure {
    /// The page for an error of the application.
    pub(super) fn of(visit: &Visit, error: app::Error) -> Failure {
        Failure::keeping(visit, error, "")
    }

    /// The same, with the words that were sent, so that they can be copied.
    pub(super) fn keeping(visit: &Visit, error: app::Error, words: &str) -> Failure {
        use app::Error;
        let (status, detail, retry) = match error {
            Error::Refused(refusal) => (422, Some(Message::refusal(refusal)), None),
            Error::Denied => (403, None, None),
            Error::NotFound => (404, None, None),
            Error::Conflict(_) => (409, None, None),
            Error::File(code) => (422, Some(Message::new(code)), None),
            Error::Limited { seconds } => (429, None, Some(seconds)),
            Error::Busy | Error::Overtaken => (503, None, Some(2)),
            Error::Broken(text) => return Failure::broken(visit, text),
        };
        let frame = visit.bare_frame(&visit.path, Place::Elsewhere);
        let kept = Some(words.to_owned()).filter(|words| !words.is_empty());
        let page = ProblemPage { detail, kept, ..ProblemPage::new(visit.words, frame, status) };
        Failure::render(page, status, retry)
    }

    /// The page for a status, with a word of detail.
    pub(super) fn page(visit: &Visit, status: u16, detail: Option<Message>, retry: Option<u64>) -> Failure {
        let frame = visit.bare_frame(&visit.path, Place::Elsewhere);
        let page = ProblemPage { detail, ..ProblemPage::new(visit.words, frame, status) };
        Failure::render(page, status, retry)
    }

    /// Something that should not happen: logged, and told without its text.
    pub(super) fn broken(visit: &Visit, error: impl std::fmt::Display) -> Failure {
        let trace: String = app::keys::secret().chars().take(8).collect();
        tracing::error!(%error, trace, path = visit.path, "a page broke");
        let frame = visit.bare_frame(&visit.path, Place::Elsewhere);
        let page = ProblemPage { trace: Some(trace), ..ProblemPage::new(visit.words, frame, 500) };
        Failure::render(page, 500, None)
    }

    /// To the login, and back after it.
    pub(super) fn logged_out(visit: &Visit) -> Failure {
        Failure::LoggedOut(Box::new(
            Redirect::to(&format!("/desk/masuk?back={}", in_query(&visit.path))).into_response(),
        ))
    }

    /// The login, with the words that were sent after the session had ended.
    pub(super) fn logged_out_keeping(visit: &Visit, words: &str) -> Failure {
        let kept = Some(words.to_owned()).filter(|words| !words.is_empty());
        let page = LoginPage {
            kept,
            slips: vec![Slip { field: "login", message: Message::new("slip-session-ended") }],
            ..LoginPage::new(visit.words, visit.bare_frame(&visit.path, Place::Elsewhere), &visit.path)
        };
        let body = page.render().unwrap_or_default();
        Failure::Page(Box::new((StatusCode::UNAUTHORIZED, Html(body)).into_response()))
    }

    fn render(page: ProblemPage, status: u16, retry: Option<u64>) -> Failure {
        let body = page.render().unwrap_or_else(|_| "500".to_owned());
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Html(body)).into_response();
        if let Some(seconds) = retry {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        Failure::Page(Box::new(response))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Failure::Page(response) | Failure::LoggedOut(response) => *response,
        }
    }
}
