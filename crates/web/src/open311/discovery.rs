//! `/open311/discovery`: where the endpoints are and what they speak.

use super::fault::Fault;
use super::format::Format;
use super::node::Node;
use super::{CHANGESET, SPECIFICATION};
use crate::api::problem::language;
use crate::state::Web;
use crate::words::Words;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

/// Tells what is served here.
pub(super) async fn show(State(web): State<Web>, format: Format, headers: HeaderMap) -> Result<Response, Fault> {
    let words = Words::new(language(&headers));
    let formats = Format::ALL.iter().map(|format| Node::text(format.mime())).collect();
    let endpoint = Node::Fields(vec![
        ("specification", Node::text(SPECIFICATION)),
        ("url", Node::text(format!("{}/open311/v2", web.base_url))),
        ("changeset", Node::text(CHANGESET)),
        ("type", Node::text("production")),
        ("formats", Node::List("format", formats)),
    ]);
    let document = Node::Fields(vec![
        ("changeset", Node::text(CHANGESET)),
        ("contact", Node::text(words.t("open311-contact"))),
        ("key_service", Node::text(words.t("open311-key-service"))),
        ("endpoints", Node::List("endpoint", vec![endpoint])),
    ]);
    Ok(format.found("discovery", &document))
}
