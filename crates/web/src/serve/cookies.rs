//! The few cookies there are: language, a word about what was done, one's own report, an officer's session, the
//! steps of a login, and a device that was used before.

use crate::state::Web;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// `id` or `en`.
pub(super) const LANGUAGE: &str = "bahasa";
/// The key of a sentence about what was just done; shown once.
pub(super) const DONE: &str = "kabar";
/// Opens one report; sent only below its own path.
pub(super) const OWN: &str = "buka";
/// The face by which somebody came.
pub(super) const FACE: &str = "wajah";
/// An officer's session.
pub(super) const SESSION: &str = "meja";

/// A reporter's account.
pub(super) const ACCOUNT: &str = "akun";
/// The address to which a code has just gone.
pub(super) const ADDRESS: &str = "surel";
/// Who waits for the second step of a login.
pub(super) const STEP: &str = "langkah";
/// What the challenge for a passkey is bound to, where nobody is logged in yet.
pub(super) const ASKED: &str = "tantangan";
/// Somebody on the way to the identity provider and back.
pub(super) const AWAY: &str = "pergi";
/// A person of the identity provider whom no account knows yet.
pub(super) const LINK: &str = "tautan";
/// A device on which an officer got in before.
pub(super) const DEVICE: &str = "perangkat";

/// How long a cookie is kept, and where it is sent.
pub(super) struct Jar<'a> {
    pub name: &'a str,
    pub path: &'a str,
    /// Seconds; 0 takes it away.
    pub age: i64,
}

/// The cookies of a request, each with its value.
pub(super) fn all(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='))
}

/// The value of a cookie.
pub(super) fn read<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    all(headers).find_map(|(known, value)| (known == name).then_some(value))
}

/// A header that sets a cookie, out of reach of scripts and of other sites.
pub(super) fn set(web: &Web, jar: &Jar<'_>, value: &str) -> (HeaderName, HeaderValue) {
    let secure = if web.is_secure() { "; Secure" } else { "" };
    let Jar { name, path, age } = jar;
    let text = format!("{name}={value}; Path={path}; Max-Age={age}; HttpOnly; SameSite=Lax{secure}");
    (SET_COOKIE, HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static("bahasa=id; Path=/")))
}
