//! `/open311/v2/tokens/{token}`. A report has its number at once, so that a token is that number.

use super::fault::Fault;
use super::format::{Format, Named};
use super::input::Input;
use super::node::Node;
use super::{jurisdiction, request};
use crate::state::Web;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

/// Gives the number for a token, once everybody may know that there is such a report.
pub(super) async fn show(
    State(web): State<Web>,
    format: Format,
    Named(token): Named,
    headers: HeaderMap,
    input: Input,
) -> Result<Response, Fault> {
    let place = jurisdiction::named(&web.app.reference(), &headers, &input)?;
    let given = request::by_ids(&web, place.as_ref(), std::iter::once(token.as_str())).await?;
    let given = given.first().ok_or_else(|| Fault::missing("open311-token-unknown"))?;
    let row = Node::Fields(vec![
        ("service_request_id", Node::text(given.listed.row.code.to_string())),
        ("token", Node::text(token)),
    ]);
    Ok(format.found("service_requests", &Node::List("request", vec![row])))
}
