//! `/wajah/{slug}`: the system under the face of an agency; with the parts that face is made of.

use super::cookies::{self, FACE, Jar};
use super::failure::Failure;
use super::lists::is_inside;
use super::visit::Visit;
use crate::assets::{BRIEF, KEPT};
use crate::sent::{self, Way};
use axum::extract::{Path, Query};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::face::{Face, PLAIN};
use std::collections::HashMap;

/// How long a browser keeps the face by which it came, in seconds.
const KEEP: i64 = 365 * 24 * 3600;

type Asked = Query<HashMap<String, String>>;

/// Goes on under a face, to the page that `ke` names; the word of the plain one takes the face away.
pub(super) async fn choose(visit: Visit, Path(slug): Path<String>, query: Asked) -> Result<Response, Failure> {
    let age = match slug.as_str() {
        PLAIN => 0,
        _ => {
            find(&visit, &slug)?;
            KEEP
        }
    };
    let to = query.get("ke").map(String::as_str).filter(|to| is_inside(to)).unwrap_or("/");
    let cookie = cookies::set(&visit.web, &Jar { name: FACE, path: "/", age }, &slug);
    Ok((AppendHeaders([cookie]), Redirect::to(to)).into_response())
}

/// The colours of a face.
pub(super) async fn style(visit: Visit, Path(slug): Path<String>, query: Asked) -> Result<Response, Failure> {
    let face = find(&visit, &slug)?;
    let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, cache(&face, &query))];
    Ok((headers, crate::face::style(&face)).into_response())
}

/// The logo of a face.
pub(super) async fn logo(
    visit: Visit,
    Path(slug): Path<String>,
    query: Asked,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let face = find(&visit, &slug)?;
    let missing = || Failure::page(&visit, 404, None, None);
    let (logo, path) = face.logo.as_ref().zip(visit.web.app.logo_path(&face)).ok_or_else(missing)?;
    let sent = sent::response("logo", &logo.kind, &path, &headers, Way::Shown).await;
    let mut response = sent.map_err(|error| Failure::broken(&visit, error))?;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(cache(&face, &query)));
    Ok(response)
}

fn find(visit: &Visit, slug: &str) -> Result<Face, Failure> {
    let found = visit.web.app.reference().faces.by_slug(slug).cloned();
    found.ok_or_else(|| Failure::page(visit, 404, None, None))
}

fn cache(face: &Face, query: &Asked) -> &'static str {
    if query.get("v") == Some(&face.edition.to_string()) { KEPT } else { BRIEF }
}
