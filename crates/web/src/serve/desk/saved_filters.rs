//! Filters of the inbox that an officer keeps.

use super::inbox::{kept_query, page};
use crate::components::Field;
use crate::serve::failure::Failure;
use crate::serve::form::{Form, url_pairs};
use crate::serve::visit::Visit;
use crate::words::Message;
use app::{FilterSlip, LONGEST_NAME, MOST_FILTERS};
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use std::collections::HashMap;

/// Keeps what the inbox is narrowed to under a name.
pub(in crate::serve) async fn keep(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let query: HashMap<String, String> = url_pairs(form.get("query").as_bytes()).into_iter().collect();
    let (own, name) = (kept_query(&query), form.get("name"));
    let done = visit.web.app.save_filter(officer.id, name, &own).await;
    let slip = match done.map_err(|error| Failure::of(&visit, error))? {
        Ok(()) => {
            let back = Redirect::to(&format!("/desk?{own}"));
            return Ok((AppendHeaders([visit.told("done-filter-kept")]), back).into_response());
        }
        Err(FilterSlip::Name) => Message::new("slip-filter-name").with("most", LONGEST_NAME),
        Err(FilterSlip::Many) => Message::new("slip-filter-many").with("most", MOST_FILTERS),
    };
    let page = page(&visit, &officer, &query, Field::wrong(name, slip)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

/// Forgets a filter.
pub(in crate::serve) async fn forget(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    visit.web.app.forget_filter(officer.id, id).await.map_err(|error| Failure::of(&visit, error))?;
    Ok((AppendHeaders([visit.told("done-filter-forgotten")]), Redirect::to("/desk")).into_response())
}
