//! What a partner system does: it brings reports in, adds pictures to them, and follows them.

use super::caller::{ClientKey, ReportCode, bearer};
use super::fields::{Body, Fields, Query};
use super::full::{self, File};
use super::problem::{self, Problem};
use super::rate::Rate;
use super::shape::{self, Agency};
use super::submit::{self, ReportReceipt};
use super::{cache, errors, file};
use crate::state::Web;
use crate::words::Lang;
use app::{Brought, Conflict, Error, Letter, PartnerLetter, PartnerVisit, Since};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::LOCATION;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::partner::{ExternalRef, addressee, is_followed};
use domain::{Actor, ReportId, due};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Rows on a page where no limit is given, and at most.
const USUAL: u32 = 50;
const MOST: u32 = 200;

/// A partner system that was let in, and what it has left.
#[derive(Debug, Clone)]
pub struct Guest(PartnerVisit);

impl FromRequestParts<Web> for Guest {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Guest, Problem> {
        let token = bearer(&parts.headers).ok_or_else(Problem::token)?;
        let brings = parts.method == Method::POST && parts.uri.path().ends_with("/reports");
        let visit = match web.app.admit_partner(token, brings).await {
            Ok(Some(visit)) => visit,
            Ok(None) => return Err(Problem::new(StatusCode::FORBIDDEN, "partner")),
            Err(Error::Denied) => return Err(Problem::token()),
            Err(error) => return Err(error.into()),
        };
        match visit.over() {
            Some(spent) => Err(Problem::quota(spent.limit, spent.ends_in).rated(Rate::of(&visit))),
            None => Ok(Guest(visit)),
        }
    }
}

impl Guest {
    /// The answer with what is left of the quota.
    fn answer(&self, told: Result<Response, Problem>) -> Response {
        let rate = Rate::of(&self.0);
        match told {
            Ok(mut response) => {
                rate.write(response.headers_mut());
                response
            }
            Err(problem) => problem.rated(rate).into_response(),
        }
    }
}

/// A report that somebody told a partner system. Class, text, region and the partner's own number are needed.
#[derive(Debug, ToSchema)]
#[schema(example = json!({
    "external_ref": "JAKI-2026-000123", "class": "complaint", "title": "Jalan berlubang di depan pasar",
    "body": "Jalan di depan pasar berlubang dan tergenang sejak bulan lalu.", "region": "63.72",
    "name": "Warga Contoh", "phone": "081234567890", "consent": true,
}))]
pub struct NewPartnerReport {
    /// Its number in the partner's books; the same number is the same report.
    #[schema(min_length = 1, max_length = 100)]
    pub external_ref: String,
    /// `complaint`, `aspiration` or `information_request`.
    pub class: String,
    /// The gist; made of the first sentence where it is absent.
    #[schema(min_length = 5, max_length = 150)]
    pub title: Option<String>,
    /// What happened, in the reporter's words.
    #[schema(min_length = 10, max_length = 8000)]
    pub body: String,
    /// Kemendagri code of province, regency, city or district.
    pub region: String,
    /// Landmark or address; never shown to the public.
    #[schema(max_length = 300)]
    pub place: Option<String>,
    /// The day it happened, not after today.
    #[schema(format = Date)]
    pub happened_on: Option<String>,
    /// Degrees north; together with `longitude`.
    #[schema(minimum = -90, maximum = 90)]
    pub latitude: Option<f64>,
    /// Degrees east.
    #[schema(minimum = -180, maximum = 180)]
    pub longitude: Option<f64>,
    /// Id out of `/api/v1/categories`.
    pub category: Option<i64>,
    /// Id out of `/api/v1/agencies`: the partner's office or one below it; the partner's office where it is absent.
    pub agency: Option<i64>,
    /// The name is shown to nobody.
    pub anonymous: Option<bool>,
    /// The content is shown only to the officers in charge; the partner cannot follow such a report.
    pub secret: Option<bool>,
    #[schema(min_length = 2, max_length = 100)]
    pub name: Option<String>,
    #[schema(example = "081234567890")]
    pub phone: Option<String>,
    #[schema(format = Email)]
    pub email: Option<String>,
    /// The person agreed that name, telephone number and e-mail are handed on; needed with any of them.
    pub consent: Option<bool>,
    /// `id` or `en`: the language in which the reporter is written to.
    pub language: Option<String>,
}

/// The receipt. Number and PIN are for the person, who follows the report with them.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerReceipt {
    #[serde(flatten)]
    pub receipt: ReportReceipt,
    #[schema(example = "JAKI-2026-000123")]
    pub external_ref: String,
}

/// A report that a partner brought in.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerReport {
    #[schema(example = "1234567894")]
    pub code: String,
    #[schema(example = "123 456 7894")]
    pub code_spaced: String,
    #[schema(example = "JAKI-2026-000123")]
    pub external_ref: String,
    /// The page of the report.
    pub url: String,
    /// When it came in, with the region's offset.
    pub received_at: String,
    /// When something below last changed.
    pub changed_at: String,
    /// Where it stands; absent where its content is closed. Its reporter follows it with number and PIN then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<PartnerStanding>,
}

/// Where a report stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerStanding {
    pub stage: &'static str,
    /// `waiting`, `process`, `done` or `archived`.
    pub progress: &'static str,
    /// The office whose turn it is.
    pub agency: Agency,
    /// By when it has been verified.
    pub verification_due: Option<String>,
    /// When it was first verified and disposed.
    pub verified_at: Option<String>,
    /// By when the office has answered.
    pub answer_due: Option<String>,
    /// The first answer.
    pub answered_at: Option<String>,
    /// The latest one.
    pub last_answer_at: Option<String>,
    pub ended_at: Option<String>,
}

/// A page of a partner's reports in the order in which they changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerPage {
    pub items: Vec<PartnerReport>,
    /// The value of `since` for the next call, now or later.
    pub next: Option<String>,
    /// Whether there is another page already.
    pub more: bool,
}

/// Which of the own reports are listed.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PartnerFilter {
    /// What changed after the value of `next` of an earlier call; everything where it is absent.
    pub since: Option<String>,
    /// The one with this number in the partner's books.
    pub external_ref: Option<String>,
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
}

/// Brings a report in for a person.
///
/// When the answer comes, the report is on disk. The same `external_ref` with the same content gives the same receipt
/// again, with status 200; so does the same `Idempotency-Key`, which may be left out. Other content is refused with 409.
/// `RateLimit` says what is left of the quota.
#[utoipa::path(
    post, path = "/api/v1/partner/reports", tag = "partner", operation_id = "bringReport",
    params(("Idempotency-Key" = Option<String>, Header, description = "A key of 1 to 200 characters; the `external_ref` where it is absent.")),
    security(("officer_token" = [])), request_body = NewPartnerReport,
    responses(
        (status = 201, description = "Taken in.", body = PartnerReceipt),
        (status = 200, description = "Had been taken in before; the same receipt.", body = PartnerReceipt),
        errors::ByPartner,
    )
)]
pub(super) async fn bring(
    State(web): State<Web>,
    guest: Guest,
    key: Result<ClientKey, Problem>,
    headers: HeaderMap,
    body: Result<Body, Problem>,
) -> Response {
    let told = async {
        let (ClientKey(key), Body(fields)) = (key?, body?);
        take(&web, &guest.0, key, problem::language(&headers), fields).await
    };
    let told = told.await;
    guest.answer(told)
}

async fn take(
    web: &Web,
    visit: &PartnerVisit,
    key: Option<String>,
    usual: Lang,
    mut fields: Fields,
) -> Result<Response, Problem> {
    let now = web.app.now();
    let sent = read(web, visit, &mut fields, key.as_deref(), usual);
    let Some(sent) = sent else { return Err(fields.refused()) };
    fields.end()?;
    let (region, number) = (sent.letter.region.clone(), sent.external_ref.clone());
    let receipt = match web.app.take_from_partner(&visit.partner, sent).await {
        Err(Error::Conflict(Conflict::KeyReused)) => {
            let known = web.app.partner_report_by_ref(&visit.partner, &number).await?.is_some();
            let code = if known || key.is_none() { "ref-reused" } else { "key-reused" };
            return Err(Problem::new(StatusCode::CONFLICT, code));
        }
        taken => taken?,
    };
    let received = if receipt.repeated { submit::received_before(web, &receipt).await? } else { now };
    let status = if receipt.repeated { StatusCode::OK } else { StatusCode::CREATED };
    let document = PartnerReceipt {
        receipt: submit::document(web, &receipt, &region, received),
        external_ref: number.as_str().to_owned(),
    };
    let mut response = cache::private(status, &document);
    let place = HeaderValue::from_str(&format!("/api/v1/partner/reports/{}", receipt.code));
    if let (StatusCode::CREATED, Ok(place)) = (status, place) {
        response.headers_mut().insert(LOCATION, place);
    }
    Ok(response)
}

fn read(web: &Web, visit: &PartnerVisit, fields: &mut Fields, key: Option<&str>, usual: Lang) -> Option<PartnerLetter> {
    let reference = web.app.reference();
    let number = fields.read("external_ref", "external-ref", ExternalRef::parse);
    let number = fields.need("external_ref", number);
    let letter = submit::letter(fields, &reference, web.app.now(), String::new(), usual);
    let consent = fields.flag("consent").unwrap_or(false);
    let (number, letter) = (number?, letter?);
    let named = letter.name.is_some() || letter.phone.is_some() || letter.email.is_some();
    if named && !consent {
        fields.fault("consent", "consent");
    }
    let agency = addressee(&reference.rules.agencies, visit.partner.office, letter.agency);
    if agency.is_none() {
        fields.fault("agency", "agency-reach");
    }
    let key = key.map_or_else(|| format!("ref:{}", number.as_str()), |key| format!("key:{key}"));
    Some(PartnerLetter { letter: Letter { key, agency: agency?, ..letter }, external_ref: number, consent })
}

/// Lists the own reports in the order in which they changed.
///
/// Begin without `since`, keep `next`, and ask with it from time to time: what changed comes once more. The last two
/// seconds come with a later call.
#[utoipa::path(
    get, path = "/api/v1/partner/reports", tag = "partner", operation_id = "listBroughtReports", params(PartnerFilter),
    security(("officer_token" = [])),
    responses((status = 200, description = "A page.", body = PartnerPage), errors::PartnerListing)
)]
pub(super) async fn list(State(web): State<Web>, guest: Guest, Query(fields): Query) -> Response {
    guest.answer(page(&web, &guest.0, fields).await)
}

async fn page(web: &Web, visit: &PartnerVisit, mut fields: Fields) -> Result<Response, Problem> {
    let since = fields.read("since", "cursor", cursor);
    let number = fields.read("external_ref", "external-ref", ExternalRef::parse);
    let limit = fields.limit(USUAL, MOST);
    fields.end()?;
    if let Some(number) = number {
        let found = web.app.partner_report_by_ref(&visit.partner, &number).await?;
        let items = found.iter().map(|brought| document(web, brought)).collect();
        return Ok(cache::private(StatusCode::OK, &PartnerPage { items, next: None, more: false }));
    }
    let mut found = web.app.partner_reports(&visit.partner, since.unwrap_or(Since::START), limit + 1).await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let last =
        found.last().map(|last| Since { changed_at: last.changed_at.as_millisecond(), report: last.row.report.id });
    let next = last.or(since).map(|next| format!("{}-{}", next.changed_at, next.report));
    let items = found.iter().map(|brought| document(web, brought)).collect();
    Ok(cache::private(StatusCode::OK, &PartnerPage { items, next, more }))
}

fn cursor(text: &str) -> Option<Since> {
    let (changed_at, report) = text.split_once('-')?;
    Some(Since { changed_at: changed_at.parse().ok()?, report: ReportId(report.parse().ok()?) })
}

/// Shows an own report. One that somebody else brought in is not there.
#[utoipa::path(
    get, path = "/api/v1/partner/reports/{code}", tag = "partner", operation_id = "showBroughtReport",
    params(("code" = String, Path, description = "Tracking number.", example = "1234567894")),
    security(("officer_token" = [])),
    responses((status = 200, description = "The report.", body = PartnerReport), errors::PartnerReading)
)]
pub(super) async fn show(
    State(web): State<Web>,
    guest: Guest,
    code: Result<ReportCode, Problem>,
    Query(fields): Query,
) -> Response {
    let told = async {
        let ReportCode(code) = code?;
        fields.end()?;
        let brought = web.app.partner_report(&guest.0.partner, code).await?;
        Ok(cache::private(StatusCode::OK, &document(&web, &brought)))
    };
    let told = told.await;
    guest.answer(told)
}

/// Adds a picture or another file to an own report: as a form with a part `file`, or raw with `X-File-Name`.
#[utoipa::path(
    post, path = "/api/v1/partner/reports/{code}/attachments", tag = "partner", operation_id = "attachBroughtFile",
    params(
        ("code" = String, Path, description = "Tracking number.", example = "1234567894"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key adds the file once."),
        ("X-File-Name" = Option<String>, Header, description = "Name of a raw file, percent-encoded."),
    ),
    security(("officer_token" = [])),
    request_body(content((file::FileForm = "multipart/form-data"), (Vec<u8> = "application/octet-stream"))),
    responses((status = 201, description = "Kept.", body = File), errors::FileByPartner)
)]
pub(super) async fn attach(
    State(web): State<Web>,
    guest: Guest,
    code: Result<ReportCode, Problem>,
    key: Result<ClientKey, Problem>,
    request: Request,
) -> Response {
    let told = async {
        let (ReportCode(code), ClientKey(key)) = (code?, key?);
        web.app.partner_report(&guest.0.partner, code).await?;
        let upload = file::take(&web, request).await?;
        let key = format!("partner:{}", key.unwrap_or_else(app::keys::secret));
        let kept = web.app.attach(code, Actor::Reporter, upload, &key).await?;
        let url = format!("{}/attachments/{}", full::address(&web, code, &Actor::Reporter), kept.id);
        let document = File { id: kept.id.to_string(), name: kept.name, kind: kept.kind, size: kept.size, url };
        Ok(cache::private(StatusCode::CREATED, &document))
    };
    let told = told.await;
    guest.answer(told)
}

fn document(web: &Web, brought: &Brought) -> PartnerReport {
    let (reference, now) = (web.app.reference(), web.app.now());
    let (rules, report, code) = (&reference.rules, &brought.row.report, brought.row.code);
    let (clocks, kind) = (&report.clocks, report.stage.kind());
    let iso = |at: jiff::Timestamp| report.zone.iso(at);
    let standing = is_followed(report).then(|| PartnerStanding {
        stage: kind.name(),
        progress: kind.simple(),
        agency: shape::agency(&reference, report.holder),
        verification_due: due::verification(rules, report, now).map(|clock| iso(clock.due)),
        verified_at: clocks.disposed.map(iso),
        answer_due: due::answer(rules, report, now).filter(|_| report.is_open()).map(|clock| iso(clock.due)),
        answered_at: clocks.answered.map(iso),
        last_answer_at: clocks.last_answer.map(iso),
        ended_at: clocks.ended.map(iso),
    });
    PartnerReport {
        code: code.to_string(),
        code_spaced: code.spaced(),
        external_ref: brought.external_ref.clone(),
        url: format!("{}/laporan/{code}", web.base_url),
        received_at: iso(clocks.received),
        changed_at: iso(brought.changed_at),
        standing,
    }
}
