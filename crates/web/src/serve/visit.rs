//! Who asks for a page, in which language, and what was just done.

use super::cookies::{self, ACCOUNT, ADDRESS, DEVICE, DONE, FACE, Jar, LANGUAGE, OWN, SESSION, STEP};
use super::failure::Failure;
use super::form::url_pairs;
use crate::address::{Address, supporter};
use crate::components::{Frame, Notice, Place, Seat, Tone};
use crate::face::Shown;
use crate::state::Web;
use crate::words::{Lang, Message, Words};
use app::{Door, Officer, seat};
use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_ENCODING, HOST};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{Html, IntoResponse, Response};
use domain::face::{Face, Faces, PLAIN};
use domain::{Actor, Code};

/// How long a reporter's own view stays open on a device, in seconds.
const OWN_AGE: i64 = 7 * 24 * 3600;

/// A visitor of a page.
#[derive(Clone)]
pub(super) struct Visit {
    pub web: Web,
    pub words: Words,
    pub address: String,
    /// Path and query of the request.
    pub path: String,
    /// The face by which they came.
    pub face: Option<Face>,
    headers: HeaderMap,
}

impl FromRequestParts<Web> for Visit {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Visit, Self::Rejection> {
        let Address(address) = Address::from_request_parts(parts, web).await?;
        let language = cookies::read(&parts.headers, LANGUAGE).and_then(Lang::parse);
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let face = face(&web.app.reference().faces, &parts.headers).cloned();
        Ok(Visit {
            web: web.clone(),
            words: Words::new(language.unwrap_or_default()),
            address,
            path,
            face,
            headers: parts.headers.clone(),
        })
    }
}

impl Visit {
    /// The frame of the page that was asked for, with the word about what was just done.
    pub(super) fn frame(&self, place: Place) -> Frame {
        Frame { notice: self.done().map(notice), ..self.bare_frame(&self.path, place) }
    }

    /// The frame of a page at a path, without a word about what was done.
    pub(super) fn bare_frame(&self, path: &str, place: Place) -> Frame {
        let face = self.face.as_ref().map(|face| Shown::of(face, self.plain(face)));
        Frame { accounts: self.web.app.sends_letters(), face, ..Frame::at(path, place) }
    }

    /// Whether nothing that they bring makes their page another than everybody's.
    pub(super) fn is_stranger(&self) -> bool {
        cookies::all(&self.headers).all(|(name, _)| matches!(name, LANGUAGE | FACE))
    }

    /// The face by which they came, and whether by its host name.
    pub(super) fn arrival(&self) -> Option<(String, bool)> {
        self.face.as_ref().map(|face| (face.slug.clone(), self.is_by_host(face)))
    }

    /// Whether they take a packed page.
    pub(super) fn takes_packed(&self) -> bool {
        let lines = self.headers.get_all(ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
        lines.flat_map(|line| line.split(',')).any(|way| {
            let (name, weight) = way.split_once(';').unwrap_or((way, ""));
            name.trim().eq_ignore_ascii_case("gzip") && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
        })
    }

    /// Where the system is found without a face: at its own address, or here without the cookie.
    fn plain(&self, face: &Face) -> String {
        let here = format!("/wajah/{PLAIN}");
        if self.is_by_host(face) { format!("{}{here}", self.web.base_url) } else { here }
    }

    fn is_by_host(&self, face: &Face) -> bool {
        face.host.is_some() && host_face(&self.web.app.reference().faces, &self.headers) == Some(face)
    }

    fn done(&self) -> Option<&str> {
        let key = cookies::read(&self.headers, DONE)?;
        let plain = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        (plain && (key.starts_with("done-") || key.starts_with("sorry-")) && self.words.hint(key).is_none())
            .then_some(key)
    }

    /// A page, after which the word about what was done is forgotten.
    pub(super) fn show(&self, page: &impl askama::Template) -> Result<Response, Failure> {
        let html = page.render().map_err(|error| Failure::broken(self, error))?;
        let mut response = Html(html).into_response();
        if self.done().is_some() {
            let (name, value) = cookies::set(&self.web, &Jar { name: DONE, path: "/", age: 0 }, "");
            response.headers_mut().append(name, value);
        }
        Ok(response)
    }

    /// The cookie with a word for the next page.
    pub(super) fn told(&self, key: &str) -> (HeaderName, HeaderValue) {
        cookies::set(&self.web, &Jar { name: DONE, path: "/", age: 60 }, key)
    }

    /// Whether this device has shown the report's PIN.
    pub(super) fn owns(&self, code: Code) -> bool {
        let Some((until, signature)) = cookies::read(&self.headers, OWN).and_then(|value| value.split_once('.')) else {
            return false;
        };
        let fresh = until.parse::<i64>().is_ok_and(|until| until > self.web.app.now().as_second());
        fresh && self.web.app.keys().is_signed("own", &format!("{code}.{until}"), signature)
    }

    /// The cookie that opens a report on this device.
    pub(super) fn opened(&self, code: Code) -> (HeaderName, HeaderValue) {
        let until = self.web.app.now().as_second() + OWN_AGE;
        let signature = self.web.app.keys().sign("own", &format!("{code}.{until}"));
        let path = format!("/laporan/{code}");
        cookies::set(&self.web, &Jar { name: OWN, path: &path, age: OWN_AGE }, &format!("{until}.{signature}"))
    }

    /// Takes the cookie away that opens a report on this device.
    pub(super) fn locked(&self, code: Code) -> (HeaderName, HeaderValue) {
        cookies::set(&self.web, &Jar { name: OWN, path: &format!("/laporan/{code}"), age: 0 }, "")
    }

    /// The reporter of this report, or anybody.
    pub(super) fn citizen(&self, code: Code) -> Actor {
        if self.owns(code) { Actor::Reporter } else { Actor::Public }
    }

    /// The secret of a reporter's account.
    pub(super) fn account_token(&self) -> Option<&str> {
        cookies::read(&self.headers, ACCOUNT)
    }

    /// The reporter's account, where somebody is logged in to one.
    pub(super) async fn account(&self) -> Result<Option<app::Account>, Failure> {
        let Some(token) = self.account_token() else { return Ok(None) };
        self.web.app.account(token).await.map_err(|error| Failure::of(self, error))
    }

    /// The address to which a code has just gone from this device.
    pub(super) fn code_address(&self) -> Option<domain::way::Address> {
        let kept = cookies::read(&self.headers, ADDRESS)?;
        let pair = format!("address={kept}");
        let (_, address) = url_pairs(pair.as_bytes()).into_iter().next()?;
        domain::way::Address::parse(&address).ok()
    }

    /// The session's secret.
    pub(super) fn session(&self) -> Option<&str> {
        cookies::read(&self.headers, SESSION)
    }

    /// The officer who is logged in.
    pub(super) async fn officer(&self) -> Result<Officer, Failure> {
        let token = self.session().ok_or_else(|| Failure::logged_out(self))?;
        self.known(self.web.app.session(token).await)
    }

    /// The officer who is logged in, on a page that only shows.
    pub(super) async fn onlooker(&self) -> Result<Officer, Failure> {
        let token = self.session().ok_or_else(|| Failure::logged_out(self))?;
        self.known(self.web.app.looking_session(token).await)
    }

    fn known(&self, found: app::Result<Officer>) -> Result<Officer, Failure> {
        found.map_err(|error| match error {
            app::Error::Denied => Failure::logged_out(self),
            other => Failure::of(self, other),
        })
    }

    /// The frame of a desk page.
    pub(super) async fn desk(&self, officer: &Officer, place: Place) -> Result<Frame, Failure> {
        let reference = self.web.app.reference();
        let office =
            reference.rules.agencies.get(officer.agency).map_or_else(String::new, |office| office.short.clone());
        let unread = self.web.app.unread(&actor(officer)).await.map_err(|error| Failure::of(self, error))?;
        let office = match &officer.on_behalf_of {
            Some(name) => format!("{office} ({})", self.words.with("on-behalf-of", &[("name", name.into())])),
            None => office,
        };
        let supervises = self.web.app.supervises(&actor(officer));
        let tends = self.web.app.tends_messages(&actor(officer));
        let shown = Seat { name: officer.name.clone(), role: officer.role, agency: office, unread, supervises, tends };
        Ok(self.frame(place).seated(shown))
    }

    /// The browser and system as people call them, for the list of sessions.
    pub(super) fn device(&self) -> String {
        let agent = self.headers.get("user-agent").and_then(|value| value.to_str().ok()).unwrap_or_default();
        device_of(agent)
    }

    /// Where somebody stands who wants to get in, with what the session is to be called.
    pub(super) fn door<'a>(&'a self, name: &'a str) -> Door<'a> {
        let device = cookies::read(&self.headers, DEVICE).unwrap_or_default();
        Door { address: &self.address, device, name }
    }

    /// The ticket of somebody who waits for the second step.
    pub(super) fn step(&self) -> &str {
        self.cookie(STEP)
    }

    /// A cookie; empty where there is none.
    pub(super) fn cookie(&self, name: &str) -> &str {
        cookies::read(&self.headers, name).unwrap_or_default()
    }

    /// The idempotency key for a form that is shown now.
    pub(super) fn fresh_key(&self) -> String {
        app::keys::secret().chars().take(32).collect()
    }

    /// What tells this visitor from another supporter.
    pub(super) fn supporter(&self) -> app::Supporter {
        supporter(&self.address, &self.headers)
    }
}

/// `Firefox, Android` out of what a browser says of itself; the order is that of who pretends to be whom.
fn device_of(agent: &str) -> String {
    let first =
        |known: &[(&str, &'static str)]| known.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    let browser = first(&[
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The face that a request chooses: by the host name it came to, else by the address it first came to.
fn face<'f>(faces: &'f Faces, headers: &HeaderMap) -> Option<&'f Face> {
    host_face(faces, headers).or_else(|| faces.by_slug(cookies::read(headers, FACE)?))
}

fn host_face<'f>(faces: &'f Faces, headers: &HeaderMap) -> Option<&'f Face> {
    faces.by_host(headers.get(HOST)?.to_str().ok()?)
}

/// The actor of an officer.
pub(super) fn actor(officer: &Officer) -> Actor {
    seat(officer)
}

fn notice(key: &str) -> Notice {
    let tone = if key.starts_with("done-") { Tone::Good } else { Tone::Wait };
    Notice { tone, message: Message::new(key) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_device_is_called_as_people_call_it() {
        let chrome = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36";
        assert_eq!(super::device_of(chrome), "Chrome, Android");
        let firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0";
        assert_eq!(super::device_of(firefox), "Firefox, Windows");
        assert_eq!(super::device_of("curl/8"), "");
    }
}
