//! The JSON API below `/api`.

#![allow(unused_qualifications, clippy::useless_conversion, reason = "macros of utoipa and axum write them")]

mod cache;
mod caller;
pub mod command;
pub mod deadline;
pub mod desk;
pub mod errors;
mod fields;
pub mod file;
pub mod full;
pub mod measure;
pub mod openapi;
pub mod partner;
pub mod problem;
pub mod ranking;
mod rate;
pub mod reference;
pub mod region;
pub mod report;
pub mod reporter;
pub mod rule;
pub mod shape;
pub mod submit;

use crate::state::Web;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::{any, get, post};
use axum::{Router, middleware};
use problem::Problem;

/// Most bytes of a form with a file: the largest film and what stands around it.
const MOST_FORM: usize = 51 * 1024 * 1024;

/// Every address of the API; errors in the language of the request.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/api/openapi.json", get(openapi::serve))
        .merge(reports())
        .merge(references())
        .merge(desks())
        .merge(partners())
        .method_not_allowed_fallback(method)
        .route("/api", any(nothing))
        .route("/api/{*rest}", any(nothing))
        .layer(DefaultBodyLimit::max(MOST_FORM))
        .layer(middleware::from_fn(problem::speak))
}

fn reports() -> Router<Web> {
    Router::new()
        .route("/api/v1/reports", get(report::list).post(submit::submit))
        .route("/api/v1/reports/{code}", get(report::show))
        .route("/api/v1/reports/{code}/attachments", post(file::attach))
        .route("/api/v1/reports/{code}/attachments/{id}", get(file::fetch))
        .route("/api/v1/reports/{code}/replies", post(reporter::reply))
        .route("/api/v1/reports/{code}/confirmation", post(reporter::confirm))
        .route("/api/v1/reports/{code}/objection", post(reporter::object))
        .route("/api/v1/reports/{code}/completion", post(reporter::complete))
        .route("/api/v1/reports/{code}/contest", post(reporter::contest))
        .route("/api/v1/reports/{code}/ombudsman", post(reporter::accept_ombudsman))
        .route("/api/v1/reports/{code}/support", post(reporter::support))
}

fn references() -> Router<Web> {
    Router::new()
        .route("/api/v1/regions", get(region::list))
        .route("/api/v1/categories", get(reference::categories))
        .route("/api/v1/agencies", get(reference::agencies))
        .route("/api/v1/policies", get(rule::policies))
        .route("/api/v1/holidays", get(rule::holidays))
        .route("/api/v1/deadline", get(deadline::count))
        .route("/api/v1/measures", get(measure::read))
        .route("/api/v1/rankings", get(ranking::read))
}

fn desks() -> Router<Web> {
    let command = Router::new()
        .route("/disposition", post(command::dispose))
        .route("/return", post(command::return_up))
        .route("/hold", post(command::hold))
        .route("/resume", post(command::resume))
        .route("/archive", post(command::archive))
        .route("/answer", post(command::answer))
        .route("/answer-draft", post(command::propose_answer))
        .route("/answer-approval", post(command::approve_answer))
        .route("/answer-return", post(command::send_back_answer))
        .route("/answer-withdrawal", post(command::withdraw_answer))
        .route("/part", post(command::ask_part))
        .route("/part-answer", post(command::answer_part))
        .route("/part-return", post(command::return_part))
        .route("/part-withdrawal", post(command::withdraw_part))
        .route("/closure", post(command::close))
        .route("/reopening", post(command::reopen))
        .route("/note", post(command::note))
        .route("/assignment", post(command::assign))
        .route("/rewrite", post(command::rewrite))
        .route("/classification", post(command::classify))
        .route("/visibility", post(command::show_or_hide))
        .route("/ombudsman", post(command::offer_ombudsman));
    Router::new()
        .route("/api/v1/desk/reports", get(desk::inbox))
        .route("/api/v1/desk/reports/{code}", get(desk::show))
        .route("/api/v1/desk/reports/{code}/attachments/{id}", get(file::fetch_at_desk))
        .nest("/api/v1/desk/reports/{code}", command)
        .route("/api/v1/desk/officers", get(desk::colleagues))
        .route("/api/v1/desk/uploads", post(file::upload))
}

fn partners() -> Router<Web> {
    Router::new()
        .route("/api/v1/partner/reports", get(partner::list).post(partner::bring))
        .route("/api/v1/partner/reports/{code}", get(partner::show))
        .route("/api/v1/partner/reports/{code}/attachments", post(partner::attach))
}

async fn nothing() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "no-such-address")
}

async fn method() -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method")
}
