//! A browser without a network, a screen and a script: cookies, forms, redirects.

use crate::world::House;
use app::NewOfficer;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, Method, Request};
use domain::{AgencyId, Role};
use std::collections::BTreeMap;
use tower::ServiceExt;
use web::state::Web;

pub const NATIONAL: i64 = 1;
pub const KALSEL: i64 = 630_000;
pub const PUPR: i64 = 630_003;
pub const PASSWORD: &str = "kata sandi contoh";

/// A picture of one grey pixel.
pub const PNG: [u8; 67] = crate::api::PNG;

/// What came back.
pub struct Page {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Page {
    #[track_caller]
    pub fn is(self, status: u16) -> Page {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Where it leads.
    #[track_caller]
    pub fn leads(self) -> String {
        assert_eq!(self.status, 303, "{}", self.text());
        self.headers[LOCATION].to_str().unwrap().to_owned()
    }

    /// The values between two marks.
    pub fn between(&self, from: &str, to: &str) -> Vec<String> {
        self.text().split(from).skip(1).filter_map(|rest| rest.split(to).next()).map(str::to_owned).collect()
    }
}

/// One person's browser.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    /// By name and path, as several reports can be open.
    cookies: BTreeMap<(String, String), String>,
    pub agent: String,
    /// The host name that was typed; none unless a story needs one.
    pub host: Option<&'static str>,
}

impl Browser {
    pub fn new(house: &House) -> Browser {
        let web = Web::new(house.app.clone(), "http://lapor.example");
        Browser { router: web::router(web), cookies: BTreeMap::new(), agent: "Peramban contoh".to_owned(), host: None }
    }

    /// The browser of an officer who has logged in.
    pub async fn officer(house: &House, login: &str, role: Role, agency: i64) -> Browser {
        let name = format!("Petugas {login}");
        let new =
            NewOfficer { login: login.to_owned(), name, role, agency: AgencyId(agency), password: PASSWORD.to_owned() };
        house.app.add_officer(new).await.unwrap();
        let mut browser = Browser::new(house);
        browser.post("/desk/masuk", &[("login", login), ("password", PASSWORD)]).await.is(303);
        browser
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.ask(Method::GET, path, None, Body::empty()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.ask(Method::POST, path, Some("application/x-www-form-urlencoded"), Body::from(body)).await
    }

    /// Sends a form with a file.
    pub async fn post_file(&mut self, path: &str, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Page {
        let mut body = Vec::new();
        for (field, value) in fields {
            body.extend(format!("--x\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes());
        }
        let head = format!("--x\r\ncontent-disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n");
        body.extend(head.bytes());
        body.extend_from_slice(bytes);
        body.extend(b"\r\n--x--\r\n");
        self.ask(Method::POST, path, Some("multipart/form-data; boundary=x"), Body::from(body)).await
    }

    /// Forgets the officer's session, as time does.
    pub fn forget_session(&mut self) {
        self.cookies.retain(|(name, _), _| name != "meja");
    }

    pub async fn ask(&mut self, method: Method, path: &str, kind: Option<&str>, body: Body) -> Page {
        self.ask_with(method, path, kind, body, None).await
    }

    /// A part of a file.
    pub async fn get_range(&mut self, path: &str, range: &str) -> Page {
        self.get_with(path, "range", range).await
    }

    /// A page or a file, asked for with one more header.
    pub async fn get_with(&mut self, path: &str, name: &str, value: &str) -> Page {
        self.ask_with(Method::GET, path, None, Body::empty(), Some((name, value))).await
    }

    async fn ask_with(
        &mut self,
        method: Method,
        path: &str,
        kind: Option<&str>,
        body: Body,
        header: Option<(&str, &str)>,
    ) -> Page {
        let fits = |(_, below): &(String, String)| path.starts_with(below.as_str());
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .filter(|(key, _)| fits(key))
            .map(|((name, _), value)| format!("{name}={value}"))
            .collect();
        let mut request = Request::builder().method(method).uri(path).header(USER_AGENT, &self.agent);
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        if let Some(host) = self.host {
            request = request.header(HOST, host);
        }
        if let Some(kind) = kind {
            request = request.header(CONTENT_TYPE, kind);
        }
        if let Some((name, value)) = header {
            request = request.header(name, value);
        }
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        for cookie in headers.get_all(SET_COOKIE) {
            self.take(cookie.to_str().unwrap());
        }
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        Page { status, headers, bytes }
    }

    fn take(&mut self, cookie: &str) {
        let mut parts = cookie.split("; ");
        let (name, value) = parts.next().unwrap().split_once('=').unwrap();
        let below = parts.clone().find_map(|part| part.strip_prefix("Path=")).unwrap_or("/");
        let key = (name.to_owned(), below.to_owned());
        match parts.any(|part| part == "Max-Age=0") {
            true => drop(self.cookies.remove(&key)),
            false => drop(self.cookies.insert(key, value.to_owned())),
        }
    }

    /// Sends a report from the home page, where `extra` goes before the usual; the path of its page.
    pub async fn report(&mut self, extra: &[(&str, &str)]) -> String {
        let key = app::keys::secret();
        let mut fields = extra.to_vec();
        fields.extend([
            ("key", key.as_str()),
            ("class", "complaint"),
            ("text", "Jalan di depan pasar berlubang dan tergenang sejak bulan lalu."),
            ("province", "63"),
            ("regency", "63.72"),
        ]);
        let receipt = self.post_file("/laporan", &fields, "lubang.png", &PNG).await.leads();
        receipt.trim_end_matches("/tanda-terima").to_owned()
    }

    /// Does something to a report on the desk, with the version that its page shows.
    pub async fn act(&mut self, report: &str, what: &str, fields: &[(&str, &str)]) -> Page {
        let desk = format!("/desk{report}");
        let seq = self.get(&desk).await.is(200).between("name=\"seq\" value=\"", "\"")[0].clone();
        let mut all = vec![("seq", seq.as_str())];
        all.extend(fields);
        self.post(&format!("{desk}/{what}"), &all).await
    }
}
