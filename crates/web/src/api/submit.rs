//! `POST /api/v1/reports`: a report comes in.

use super::caller::ClientKey;
use super::errors;
use super::fields::{Body, Fields};
use super::problem::{self, Problem};
use super::{cache, full};
use crate::address::Address;
use crate::state::Web;
use crate::words::{Lang, Message};
use app::reference::Reference;
use app::{Entered, Letter, MOST_PLACE, Receipt, Stranger};
use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use domain::deadline::{Limit, Start, deadline};
use domain::report::{Channel, Class};
use domain::text::{Body as Text, Email, PersonName, Phone, TextError, Title};
use domain::time::Zone;
use domain::{Actor, AgencyId, CategoryId, RegionCode};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// The header with a proof of work.
const PROOF: &str = "x-proof-of-work";
/// The channels that a program may name.
const CHANNELS: [Channel; 4] = [Channel::Api, Channel::Web, Channel::Android, Channel::Ios];
/// The languages that a reporter may be written to in.
const LANGUAGES: [Lang; 2] = Lang::ALL;

/// A new report. Only class, text and region are needed.
#[derive(Debug, ToSchema)]
#[schema(example = json!({
    "class": "complaint", "title": "Jalan berlubang di depan pasar",
    "body": "Jalan di depan pasar berlubang dan tergenang sejak bulan lalu.", "region": "63.72",
    "place": "Depan Pasar Bauntung", "happened_on": "2026-03-16", "anonymous": true,
}))]
pub struct NewReport {
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
    /// Id out of `/api/v1/agencies`, where the reporter knows whom it concerns.
    pub agency: Option<i64>,
    /// The name is shown to nobody.
    pub anonymous: Option<bool>,
    /// The content is shown only to the officers in charge.
    pub secret: Option<bool>,
    #[schema(min_length = 2, max_length = 100)]
    pub name: Option<String>,
    #[schema(example = "081234567890")]
    pub phone: Option<String>,
    #[schema(format = Email)]
    pub email: Option<String>,
    /// `id` or `en`: the language in which the reporter is written to.
    pub language: Option<String>,
    /// `api` (the usual one), `web`, `android` or `ios`.
    pub channel: Option<String>,
}

/// The receipt. It is shown once; the PIN opens the reporter's own view.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportReceipt {
    /// The tracking number: ten digits, the last a check digit.
    #[schema(example = "1234567894")]
    pub code: String,
    #[schema(example = "123 456 7894")]
    pub code_spaced: String,
    /// Six digits.
    #[schema(example = "048213")]
    pub pin: String,
    /// The page of the report.
    #[schema(example = "https://lapor.example/laporan/1234567894")]
    pub url: String,
    /// By when it has been verified, with the region's offset.
    #[schema(example = "2026-03-26T23:59:59+08:00")]
    pub verification_due: Option<String>,
}

/// Sends a report.
///
/// When the answer comes, the report is on disk. The same `Idempotency-Key` with the same content
/// gives the same receipt again, with status 200; with other content it is refused with 409.
///
/// While very many reports come in, or very many from one address, work is to be proved: the answer is 403 with the code
/// `proof` and a riddle. For each part `n` from 0, find a number `x` so that the SHA-256 digest of `text:n:x` begins with
/// `bits` zero bits; send the report again under the key of the riddle with the numbers in `X-Proof-Of-Work`. A riddle is
/// good for three hours and for one report.
#[utoipa::path(
    post, path = "/api/v1/reports", tag = "reports", operation_id = "submitReport",
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "A random key of 1 to 200 characters, e.g. a UUID."),
        ("X-Proof-Of-Work" = Option<String>, Header, description = "Where `proof` was asked for: `text;x0,x1,…`, with one \
            number for each part."),
    ),
    request_body = NewReport,
    responses(
        (status = 201, description = "Taken in.", body = ReportReceipt),
        (status = 200, description = "Had been taken in before; the same receipt.", body = ReportReceipt),
        errors::Intake,
    )
)]
pub(super) async fn submit(
    State(web): State<Web>,
    ClientKey(key): ClientKey,
    Address(address): Address,
    headers: HeaderMap,
    Body(fields): Body,
) -> Result<Response, Problem> {
    let key = key.unwrap_or_else(app::keys::secret);
    let usual = problem::language(&headers);
    let now = web.app.now();
    let letter = read(fields, &web.app.reference(), now, key, usual)?;
    let region = letter.region.clone();
    let proof = headers.get(PROOF).and_then(|proof| proof.to_str().ok());
    let from = Stranger { address: &address, proof, waits: false };
    let receipt = match web.app.intake_of(letter, from).await? {
        Entered::Taken(receipt) => receipt,
        Entered::Asked(challenge) => return Err(Problem::proof(&challenge)),
    };
    let received = if receipt.repeated { received_before(&web, &receipt).await? } else { now };
    let status = if receipt.repeated { StatusCode::OK } else { StatusCode::CREATED };
    let document = document(&web, &receipt, &region, received);
    let mut response = cache::private(status, &document);
    let place = HeaderValue::from_str(&full::address(&web, receipt.code, &Actor::Reporter));
    if let (StatusCode::CREATED, Ok(place)) = (status, place) {
        response.headers_mut().insert(LOCATION, place);
    }
    Ok(response)
}

pub(super) async fn received_before(web: &Web, receipt: &Receipt) -> Result<Timestamp, Problem> {
    Ok(web.app.view(receipt.code, &Actor::Reporter).await?.report().clocks.received)
}

pub(super) fn document(web: &Web, receipt: &Receipt, region: &RegionCode, received: Timestamp) -> ReportReceipt {
    let reference = web.app.reference();
    let zone = reference.regions.zone(region);
    let start = Start { at: received, zone, holds: &[], known: zone.day(received) };
    let due = deadline(&reference.rules.calendar, &reference.rules.limits, Limit::Verification, start);
    ReportReceipt {
        code: receipt.code.to_string(),
        code_spaced: receipt.code.spaced(),
        pin: receipt.pin.clone(),
        url: format!("{}/laporan/{}", web.base_url, receipt.code),
        verification_due: due.map(|clock| zone.iso(clock.due)),
    }
}

fn read(
    mut fields: Fields,
    reference: &Reference,
    now: Timestamp,
    key: String,
    usual: Lang,
) -> Result<Letter, Problem> {
    let letter = letter(&mut fields, reference, now, key, usual);
    let channel = fields.choice("channel", &CHANNELS, Channel::name).unwrap_or(Channel::Api);
    let Some(letter) = letter else { return Err(fields.refused()) };
    fields.end()?;
    Ok(Letter { channel, ..letter })
}

/// What a program says of a report; what is wrong with it is noted. The channel is the usual one.
pub(super) fn letter(
    fields: &mut Fields,
    reference: &Reference,
    now: Timestamp,
    key: String,
    usual: Lang,
) -> Option<Letter> {
    let class = fields.choice("class", Class::ALL, Class::name);
    let class = fields.need("class", class);
    let title = fields.words("title", Title::parse);
    let body = fields.words("body", Text::parse);
    let body = fields.need("body", body);
    let region = region(fields, reference);
    let region = fields.need("region", region);
    let today = region.as_ref().map_or(Zone::Wit, |code| reference.regions.zone(code)).day(now);
    let place = fields.words("place", landmark);
    let happened_on = past_day(fields, today);
    let point = point(fields);
    let category = category(fields, reference, today);
    let agency = agency(fields, reference, "agency");
    let anonymous = fields.flag("anonymous").unwrap_or(false);
    let secret = fields.flag("secret").unwrap_or(false);
    let name = fields.words("name", PersonName::parse);
    let phone = fields.read("phone", "phone", |text| Phone::parse(text).ok());
    let email = fields.read("email", "email", |text| Email::parse(text).ok());
    let language = fields.choice("language", &LANGUAGES, Lang::tag).unwrap_or(usual).tag().to_owned();
    Some(Letter {
        key,
        class: class?,
        title,
        body: body?,
        region: region?,
        place,
        happened_on,
        point,
        category,
        agency,
        anonymous,
        secret,
        name,
        phone,
        email,
        chat: None,
        thread: None,
        language,
        channel: Channel::Api,
        uploads: Vec::new(),
        external_ref: None,
        received_at: None,
    })
}

fn landmark(text: &str) -> Result<String, TextError> {
    let plain: String = text.chars().filter(|c| !c.is_control()).collect();
    if plain.chars().count() > MOST_PLACE { Err(TextError::TooLong { most: MOST_PLACE }) } else { Ok(plain) }
}

/// A region that exists.
pub(super) fn region(fields: &mut Fields, reference: &Reference) -> Option<RegionCode> {
    let known = |code: &RegionCode| reference.regions.name(code).is_some();
    fields.read("region", "region", |text| RegionCode::parse(text).filter(known))
}

/// An office that exists.
pub(super) fn agency(fields: &mut Fields, reference: &Reference, name: &'static str) -> Option<AgencyId> {
    let id = AgencyId(fields.whole(name)?);
    let known = reference.rules.agencies.get(id).is_some();
    if !known {
        fields.fault(name, "agency");
    }
    known.then_some(id)
}

/// A category that may be chosen on a day.
pub(super) fn category(fields: &mut Fields, reference: &Reference, day: Date) -> Option<CategoryId> {
    let id = CategoryId(fields.whole("category")?);
    let known = reference.categories.valid_on(day).any(|node| node.id == id);
    if !known {
        fields.fault("category", "category");
    }
    known.then_some(id)
}

fn past_day(fields: &mut Fields, today: Date) -> Option<Date> {
    let day = fields.date("happened_on")?;
    if day > today {
        fields.fault("happened_on", "future");
    }
    Some(day).filter(|day| *day <= today)
}

fn point(fields: &mut Fields) -> Option<(f64, f64)> {
    let (north, east) = (fields.degrees("latitude", 90), fields.degrees("longitude", 180));
    if north.is_some() != east.is_some() {
        let missing = if north.is_none() { "latitude" } else { "longitude" };
        if !fields.is_wrong(missing) {
            fields.slip(missing, "pair", Message::new("api-slip-pair"));
        }
    }
    north.zip(east)
}
