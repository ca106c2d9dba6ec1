//! A client of the API without a network.

use crate::world::House;
use app::NewOfficer;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use domain::scope::Scope;
use domain::{AgencyId, Role};
use serde_json::{Value, json};
use tower::ServiceExt;
use web::state::Web;

pub const KALSEL: i64 = 630_000;
pub const PUPR: i64 = 630_003;
pub const DISHUB: i64 = 630_004;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    pub json: Value,
}

impl Answer {
    /// The stable name of a problem.
    pub fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or("")
    }

    /// Insists on a status.
    #[track_caller]
    pub fn is(self, status: u16) -> Answer {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }

    /// The fields that need to be mended, with the codes of their faults.
    pub fn slips(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let errors = self.json["errors"].as_array().unwrap();
        errors.iter().map(|error| (text(&error["field"]), text(&error["code"]))).collect()
    }
}

/// Asks without a network; status, headers and body of the answer.
pub async fn exchange(
    router: &Router,
    headers: &[(String, String)],
    method: Method,
    path: &str,
    kind: Option<&str>,
    body: Body,
) -> (StatusCode, HeaderMap, Vec<u8>) {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    if let Some(kind) = kind {
        request = request.header("content-type", kind);
    }
    let response = router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    (status, headers, to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec())
}

/// Somebody who calls the API.
#[derive(Clone)]
pub struct Client {
    router: Router,
    headers: Vec<(String, String)>,
}

impl Client {
    pub fn new(house: &House) -> Client {
        let web = Web::new(house.app.clone(), "https://lapor.example");
        Client { router: web::api::routes().with_state(web), headers: Vec::new() }
    }

    /// The same with another header.
    pub fn with(&self, name: &str, value: &str) -> Client {
        let mut client = self.clone();
        client.headers.push((name.to_owned(), value.to_owned()));
        client
    }

    pub fn pin(&self, pin: &str) -> Client {
        self.with("x-report-pin", pin)
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Body::empty()).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some("application/json"), Body::from(body.to_string())).await
    }

    pub async fn send(&self, method: Method, path: &str, kind: Option<&str>, body: Body) -> Answer {
        let path = if path.starts_with("/api") { path.to_owned() } else { format!("/api/v1{path}") };
        let (status, headers, bytes) = exchange(&self.router, &self.headers, method, &path, kind, body).await;
        let json = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status, headers, bytes, json }
    }

    /// Sends a report; its code and PIN.
    pub async fn submit(&self, extra: Value) -> (String, String) {
        let mut report = json!({
            "class": "complaint", "title": "Jalan berlubang di depan pasar",
            "body": "Jalan di depan pasar berlubang dan tergenang sejak bulan lalu.", "region": "63.72",
        });
        report.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        let receipt = self.post("/reports", report).await.is(201).json;
        (receipt["code"].as_str().unwrap().to_owned(), receipt["pin"].as_str().unwrap().to_owned())
    }

    /// Sends a report and has the national admin dispose it.
    pub async fn disposed(&self, admin: &Client, extra: Value, to: i64) -> (String, String) {
        let (code, pin) = self.submit(extra).await;
        admin.post(&format!("/desk/reports/{code}/disposition"), json!({"to": to})).await.is(200);
        (code, pin)
    }
}

/// An officer with a token.
pub async fn officer(house: &House, login: &str, role: Role, agency: i64) -> Client {
    let new = NewOfficer {
        login: login.to_owned(),
        name: format!("Petugas {login}"),
        role,
        agency: AgencyId(agency),
        password: "kata sandi contoh".to_owned(),
    };
    house.app.add_officer(new).await.unwrap();
    limited(house, login, Scope::whole()).await
}

/// A further token of an officer, with limits.
pub async fn limited(house: &House, login: &str, scope: Scope) -> Client {
    let token = house.app.make_token(login, None, "uji", scope).await.unwrap();
    Client::new(house).with("authorization", &format!("Bearer {token}"))
}

pub async fn national(house: &House) -> Client {
    officer(house, "nasional", Role::NationalAdmin, 1).await
}

pub async fn liaison(house: &House) -> Client {
    officer(house, "pupr", Role::LiaisonOfficer, PUPR).await
}
