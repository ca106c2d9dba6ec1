//! Who calls, about which report, and under which key: read from the address and the headers.

use super::problem::Problem;
use crate::address::{Address, supporter};
use crate::state::Web;
use app::View;
use app::gate::Gate;
use axum::extract::{FromRequestParts, Path};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use domain::agency::AgencyTree;
use domain::code::CodeError;
use domain::policy::token_may;
use domain::scope::{Scope, Verb};
use domain::{Actor, AgencyId, Code};

/// The header with the reporter's PIN.
pub const PIN: &str = "x-report-pin";
/// The header with the client's own key.
pub const KEY: &str = "idempotency-key";

/// The tracking number in an address; a slip of the finger is told as one.
#[derive(Debug, Clone, Copy)]
pub struct ReportCode(pub Code);

impl<S: Send + Sync> FromRequestParts<S> for ReportCode {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<ReportCode, Problem> {
        let path = Path::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let pairs = path.map_err(|_| Problem::not_found())?.0;
        let typed = pairs.iter().find(|(name, _)| name == "code").map_or("", |(_, typed)| typed.as_str());
        Code::parse(typed).map(ReportCode).map_err(|error| match error {
            CodeError::Slip => Problem::new(StatusCode::NOT_FOUND, "code-slip"),
            CodeError::Shape => Problem::new(StatusCode::NOT_FOUND, "code-shape"),
        })
    }
}

/// The client's own key, where it sent one.
#[derive(Debug, Clone)]
pub struct ClientKey(pub Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for ClientKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<ClientKey, Problem> {
        let Some(value) = parts.headers.get(KEY) else { return Ok(ClientKey(None)) };
        let key = value.to_str().unwrap_or("");
        let plain = (1..=200).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
        if plain {
            Ok(ClientKey(Some(key.to_owned())))
        } else {
            Err(Problem::new(StatusCode::BAD_REQUEST, "key-shape"))
        }
    }
}

/// Somebody without an account: perhaps with the PIN of a report.
#[derive(Debug, Clone)]
pub struct Citizen {
    pin: Option<String>,
    address: String,
    supporter: app::Supporter,
}

impl FromRequestParts<Web> for Citizen {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Citizen, Problem> {
        let Ok(Address(address)) = Address::from_request_parts(parts, web).await;
        let pin = header(&parts.headers, PIN).map(str::to_owned);
        let supporter = supporter(&address, &parts.headers);
        Ok(Citizen { pin, address, supporter })
    }
}

impl Citizen {
    /// The report as this caller may see it, and as whom: the reporter where the PIN came along.
    pub async fn look(&self, web: &Web, code: Code) -> Result<(View, Actor), Problem> {
        match &self.pin {
            Some(pin) => Ok((web.app.open(code, pin, &self.address).await?, Actor::Reporter)),
            None => Ok((web.app.view(code, &Actor::Public).await?, Actor::Public)),
        }
    }

    /// Insists on the PIN.
    pub fn prove(&self, web: &Web, code: Code) -> Result<(), Problem> {
        let missing = || Problem::new(StatusCode::UNAUTHORIZED, "pin-missing");
        let pin = self.pin.as_deref().ok_or_else(missing)?;
        Ok(web.app.prove(code, pin, &self.address)?)
    }

    /// What tells one supporter from another.
    pub fn supporter(&self) -> app::Supporter {
        self.supporter.clone()
    }
}

/// An officer who showed a token.
#[derive(Debug, Clone)]
pub struct Officer {
    /// Acts in the policy's eyes.
    pub actor: Actor,
    /// The office of the seat, or the one to which the token is limited.
    pub agency: AgencyId,
    scope: Scope,
}

impl Officer {
    /// Whether the token reaches reports of an office; for lists.
    pub fn reaches(&self, agencies: &AgencyTree, holder: AgencyId) -> bool {
        token_may(agencies, &self.scope, Verb::Read, Some(holder))
    }

    /// Whether the token is limited to an office.
    pub fn is_narrow(&self) -> bool {
        self.scope.office.is_some()
    }
}

/// What a request does with what it is about.
fn verb_of(method: &Method, path: &str) -> Verb {
    match *method {
        Method::GET | Method::HEAD if path.contains("/attachments/") => Verb::Export,
        Method::GET | Method::HEAD => Verb::Read,
        _ => Verb::Act,
    }
}

/// The one place where the limits of tokens are held against a request.
async fn limit(parts: &mut Parts, web: &Web, scope: &Scope) -> Result<(), Problem> {
    let verb = verb_of(&parts.method, parts.uri.path());
    let agencies = &web.app.reference().rules.agencies;
    if !token_may(agencies, scope, verb, None) {
        return Err(Problem::new(StatusCode::FORBIDDEN, "scope"));
    }
    let Ok(ReportCode(code)) = ReportCode::from_request_parts(parts, web).await else { return Ok(()) };
    let holder = web.app.holder(code).await?;
    if token_may(agencies, scope, verb, holder) { Ok(()) } else { Err(Problem::not_found()) }
}

impl FromRequestParts<Web> for Officer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Officer, Problem> {
        let token = bearer(&parts.headers).ok_or_else(Problem::token)?.to_owned();
        match web.app.token(&token).await {
            Ok((officer, scope)) => {
                limit(parts, web, &scope).await?;
                if !parts.method.is_safe() {
                    web.app.admit_at(Gate::Token, &officer.id.to_string())?;
                }
                let agency = scope.office.unwrap_or(officer.agency);
                Ok(Officer { actor: app::seat(&officer), agency, scope })
            }
            Err(app::Error::Denied) => Err(Problem::token()),
            Err(error) => Err(error.into()),
        }
    }
}

/// The token that came with a request.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = header(headers, AUTHORIZATION.as_str())?.split_once(' ')?;
    Some(token.trim()).filter(|token| scheme.eq_ignore_ascii_case("bearer") && !token.is_empty())
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim).filter(|value| !value.is_empty())
}
