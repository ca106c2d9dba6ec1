//! A client of Open311 without a network, and somebody who moves reports on.

use crate::api::exchange;
use crate::world::House;
use app::{Act, NewOfficer};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, StatusCode};
use domain::report::AnswerKind;
use domain::scope::Scope;
use domain::text::Body as Text;
use domain::{Actor, AgencyId, Code, Command, Role};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;
use web::state::Web;

pub const KALSEL: i64 = 630_000;
pub const PUPR: i64 = 630_003;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    pub json: Value,
}

impl Answer {
    /// Insists on a status.
    #[track_caller]
    pub fn is(self, status: u16) -> Answer {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

    /// The texts of all errors.
    pub fn errors(&self) -> Vec<&str> {
        self.json.as_array().unwrap().iter().map(|error| error["description"].as_str().unwrap()).collect()
    }

    /// The numbers of all requests, in their order.
    pub fn ids(&self) -> Vec<String> {
        let rows = self.json.as_array().unwrap_or_else(|| panic!("{}", self.text));
        rows.iter().map(|row| row["service_request_id"].as_str().unwrap().to_owned()).collect()
    }
}

/// Another system.
#[derive(Clone)]
pub struct Client {
    router: Router,
    headers: Vec<(String, String)>,
}

impl Client {
    pub fn new(house: &House) -> Client {
        Client { router: web::router(Web::new(house.app.clone(), "https://lapor.example")), headers: Vec::new() }
    }

    /// The same with another header.
    pub fn with(&self, name: &str, value: &str) -> Client {
        let mut client = self.clone();
        client.headers.push((name.to_owned(), value.to_owned()));
        client
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Body::empty()).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let kind = "application/x-www-form-urlencoded; charset=utf-8";
        self.send(Method::POST, path, Some(kind), Body::from(form)).await
    }

    pub async fn send(&self, method: Method, path: &str, kind: Option<&str>, body: Body) -> Answer {
        let path = if path.starts_with("/open311") { path.to_owned() } else { format!("/open311/v2{path}") };
        let (status, headers, bytes) = exchange(&self.router, &self.headers, method, &path, kind, body).await;
        let text = String::from_utf8(bytes).unwrap();
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        Answer { status, headers, text, json }
    }
}

/// The names of all elements in their order; fails where it is no XML.
pub fn elements(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut names = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {xml}")) {
            Event::Start(start) | Event::Empty(start) => {
                names.push(start.name().as_ref().to_owned());
            }
            Event::Eof => return names,
            _ => {}
        }
    }
}

/// An office with officers, and a key for another system.
pub struct Office {
    pub house: House,
    pub key: String,
    pub national: Actor,
    pub liaison: Actor,
}

impl Office {
    pub async fn open(house: &House) -> Office {
        let national = add(house, "nasional", Role::NationalAdmin, 1).await;
        let liaison = add(house, "pupr", Role::LiaisonOfficer, PUPR).await;
        add(house, "kalsel", Role::AgencyAdmin, KALSEL).await;
        let key = token(house, "kalsel", Scope::whole()).await;
        Office { house: house.clone(), key, national, liaison }
    }

    /// Sends a request about roads; its number.
    pub async fn send(&self, extra: &[(&str, &str)]) -> String {
        let mut form = vec![
            ("api_key", self.key.as_str()),
            ("jurisdiction_id", "630000"),
            ("service_code", "8"),
            ("address_string", "Jalan Melati 5"),
            ("description", "Jalan di depan pasar berlubang dan tergenang."),
        ];
        form.retain(|(name, _)| extra.iter().all(|(other, _)| name != other));
        form.extend_from_slice(extra);
        Client::new(&self.house).post("/requests.json", &form).await.is(200).ids().remove(0)
    }

    /// Sends a request and has it verified.
    pub async fn verified(&self, extra: &[(&str, &str)]) -> String {
        let code = self.send(extra).await;
        self.dispose(&code).await;
        code
    }

    pub async fn dispose(&self, code: &str) {
        let to = AgencyId(PUPR);
        self.act(code, &self.national, Command::Dispose { to, note: None }).await;
    }

    pub async fn answer(&self, code: &str, text: &str) {
        let text = Text::parse(text).unwrap();
        let command = Command::Answer {
            kind: AnswerKind::Explained,
            text,
            planned_for: None,
            legal_ground: None,
            evidence: 0,
            physical: false,
        };
        self.act(code, &self.liaison, command).await;
    }

    pub async fn act(&self, code: &str, by: &Actor, command: Command) {
        self.house.app.act(Code::parse(code).unwrap(), Act::new(*by, command)).await.unwrap();
        self.house.work().await;
    }
}

/// A key of an officer, with limits.
pub async fn token(house: &House, login: &str, scope: Scope) -> String {
    house.app.make_token(login, None, "open311", scope).await.unwrap()
}

/// An officer with a seat, as they act from it.
pub async fn add(house: &House, login: &str, role: Role, agency: i64) -> Actor {
    let new = NewOfficer {
        login: login.to_owned(),
        name: format!("Petugas {login}"),
        role,
        agency: AgencyId(agency),
        password: "kata sandi contoh".to_owned(),
    };
    house.app.add_officer(new).await.unwrap();
    let key = token(house, login, Scope::whole()).await;
    app::seat(&house.app.token(&key).await.unwrap().0)
}
