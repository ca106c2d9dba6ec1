//! `GET /api/v1/deadline`: the working-day clock for everybody, explained day by day.

use super::fields::{Fields, Query};
use super::problem::Problem;
use super::{cache, errors, submit};
use crate::state::Web;
use crate::words::{Lang, Message, Words};
use app::reference::Reference;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::RegionCode;
use domain::deadline::{Calendar, Day, DayKind, Deadline, HolidayKind, Limit, Start, deadline};
use domain::time::Zone;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, date};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// What is to be counted, from when and where.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeadlineQuestion {
    /// A local day (`2026-03-17`) or an instant (`2026-03-17T10:00:00+08:00`).
    #[param(example = "2026-03-17")]
    pub from: String,
    /// `verification`, `first_answer`, `completion_information`, `completion_aspiration`,
    /// `completion_nonsupervisory`, `completion_supervisory`, `silence`, `hold`, `objection` or `ombudsman`.
    #[param(example = "first_answer")]
    pub policy: String,
    /// Kemendagri code; it gives the time zone.
    #[param(example = "63.72")]
    pub region: String,
}

/// A limit counted out.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadlineAnswer {
    #[schema(example = "first_answer")]
    pub policy: &'static str,
    #[schema(example = "63.72")]
    pub region: String,
    /// `WIB`, `WITA` or `WIT`.
    #[schema(example = "WITA")]
    pub zone: &'static str,
    /// The start as it was asked for.
    #[schema(example = "2026-03-17")]
    pub from: String,
    /// The local day of the start, which is not counted.
    #[schema(example = "2026-03-17")]
    pub start_date: String,
    #[schema(example = 5)]
    pub limit_days: u16,
    /// `working_day` or `day`.
    #[schema(example = "working_day")]
    pub unit: &'static str,
    /// The regulation that sets the limit.
    pub legal_basis: String,
    /// The last second of the last day, with the region's offset.
    #[schema(example = "2026-03-31T23:59:59+08:00")]
    pub due: String,
    #[schema(example = "2026-03-31")]
    pub due_date: String,
    /// False where a day lies in a year whose holidays are not known yet.
    pub calendar_known: bool,
    /// Every calendar day from the start to the last.
    pub days: Vec<ExplainedDay>,
}

/// One day and why it counts or does not.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExplainedDay {
    #[schema(example = "2026-03-24")]
    pub date: String,
    /// 1 for the first day that counts; absent where it does not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u16>,
    pub counts: bool,
    /// `start`, `counted`, `weekend`, `holiday` or `paused`.
    #[schema(example = "holiday")]
    pub reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holiday: Option<DayOff>,
    #[schema(example = "Sel 24 Mar: cuti bersama (Cuti Bersama Hari Raya Idulfitri 1447 Hijriah), tidak dihitung")]
    pub text_id: String,
    #[schema(example = "Tue 24 Mar: collective leave (Collective leave for Eid al-Fitr), not counted")]
    pub text_en: String,
}

/// Which holiday it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayOff {
    /// `national` or `collective_leave`.
    #[schema(example = "collective_leave")]
    pub kind: &'static str,
    pub name_id: String,
    pub name_en: String,
}

/// Counts a time limit: the first working day after `from` is day 1.
#[utoipa::path(
    get, path = "/api/v1/deadline", tag = "reference", operation_id = "countDeadline", params(DeadlineQuestion),
    responses((status = 200, description = "The deadline and its days.", body = DeadlineAnswer), errors::Reading)
)]
pub(super) async fn count(
    State(web): State<Web>,
    headers: HeaderMap,
    Query(fields): Query,
) -> Result<Response, Problem> {
    let answer = answer(fields, &web.app.reference(), web.app.now())?;
    Ok(cache::reference(&headers, &answer))
}

fn answer(mut fields: Fields, reference: &Reference, now: Timestamp) -> Result<DeadlineAnswer, Problem> {
    let region = submit::region(&mut fields, reference);
    let region = fields.need("region", region);
    let limit = fields.choice("policy", &Limit::ALL, Limit::name);
    let limit = fields.need("policy", limit);
    let zone = region.as_ref().map_or(Zone::Wib, |code| reference.regions.zone(code));
    let from = fields.read("from", "from", |text| Some((text.to_owned(), instant(text, zone)?)));
    let from = fields.need("from", from);
    let (Some(region), Some(limit), Some((from, at))) = (region, limit, from) else { return Err(fields.refused()) };
    let start = Start { at, zone, holds: &[], known: zone.day(now) };
    let Some(counted) = deadline(&reference.rules.calendar, &reference.rules.limits, limit, start) else {
        return Err(no_policy(fields, reference, limit));
    };
    fields.end()?;
    Ok(document(region, from, &counted, &reference.rules.calendar))
}

/// An instant, a local time, or the beginning of a local day. A plus sign that was not encoded comes as a space.
fn instant(text: &str, zone: Zone) -> Option<Timestamp> {
    let mended = if text.contains('T') { text.replace(' ', "+") } else { text.to_owned() };
    let sane = |at: &Timestamp| (1900..=2200).contains(&zone.day(*at).year());
    if let Ok(at) = mended.parse::<Timestamp>() {
        return Some(at).filter(sane);
    }
    let local: DateTime = match mended.parse::<Date>() {
        Ok(day) if mended.len() == 10 => day.to_datetime(jiff::civil::Time::midnight()),
        _ => mended.parse().ok()?,
    };
    zone.offset().to_timestamp(local).ok().filter(sane)
}

fn no_policy(mut fields: Fields, reference: &Reference, limit: Limit) -> Problem {
    let rows = reference.rules.limits.iter().filter(|row| row.limit == limit);
    let first = rows.map(|row| row.valid_from).min().unwrap_or(Date::MAX);
    fields.slip("from", "no-policy", Message::new("api-slip-no-policy").with("day", first));
    fields.refused()
}

fn document(region: RegionCode, from: String, counted: &Deadline, calendar: &Calendar) -> DeadlineAnswer {
    let first = counted.zone.day(counted.start);
    let last = counted.due_day();
    DeadlineAnswer {
        policy: counted.limit.name(),
        region: region.to_string(),
        zone: counted.zone.label(),
        from,
        start_date: first.to_string(),
        limit_days: counted.limit_days,
        unit: counted.unit.name(),
        legal_basis: counted.legal_basis.clone(),
        due: counted.zone.iso(counted.due),
        due_date: last.to_string(),
        calendar_known: (first.year()..=last.year()).all(|year| knows(calendar, year)),
        days: counted.days.iter().map(explained).collect(),
    }
}

fn knows(calendar: &Calendar, year: i16) -> bool {
    calendar.between(date(year, 1, 1), date(year, 12, 31)).next().is_some()
}

fn explained(day: &Day) -> ExplainedDay {
    let (reason, holiday) = match &day.why {
        DayKind::Start => ("start", None),
        DayKind::Counted => ("counted", None),
        DayKind::Weekend => ("weekend", None),
        DayKind::Paused => ("paused", None),
        DayKind::Holiday { kind, name_id, name_en } => {
            ("holiday", Some(DayOff { kind: kind.name(), name_id: name_id.clone(), name_en: name_en.clone() }))
        }
    };
    ExplainedDay {
        date: day.date.to_string(),
        number: day.number,
        counts: day.number.is_some(),
        reason,
        holiday,
        text_id: told(day, Words::new(Lang::Id)),
        text_en: told(day, Words::new(Lang::En)),
    }
}

/// `Sel 24 Mar: cuti bersama (…), tidak dihitung`.
fn told(day: &Day, words: Words) -> String {
    let why = match &day.why {
        DayKind::Start => words.t("api-day-start"),
        DayKind::Counted => words.n("clock-day-number", i64::from(day.number.unwrap_or(0))),
        DayKind::Weekend => words.t("day-weekend"),
        DayKind::Paused => words.t("day-paused"),
        DayKind::Holiday { kind, name_id, name_en } => {
            let name = if words.lang() == Lang::Id { name_id } else { name_en };
            let key = if *kind == HolidayKind::National { "day-holiday" } else { "day-leave" };
            words.with(key, &[("name", name.into())])
        }
    };
    format!("{}: {why}", words.short_day(day.date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_is_a_local_day_a_local_time_or_an_instant() {
        let at = |text: &str| instant(text, Zone::Wita).map(|at| Zone::Wita.iso(at));
        assert_eq!(at("2026-03-17").as_deref(), Some("2026-03-17T00:00:00+08:00"));
        assert_eq!(at("2026-03-17T10:30:00").as_deref(), Some("2026-03-17T10:30:00+08:00"));
        assert_eq!(at("2026-03-17T23:30:00+07:00").as_deref(), Some("2026-03-18T00:30:00+08:00"));
        assert_eq!(at("2026-03-17T23:30:00 07:00").as_deref(), Some("2026-03-18T00:30:00+08:00"));
        assert_eq!(at("2026-03-17T16:30:00Z").as_deref(), Some("2026-03-18T00:30:00+08:00"));
        for wrong in ["17-03-2026", "2026-02-30", "kemarin", "0001-01-01"] {
            assert_eq!(at(wrong), None, "{wrong}");
        }
    }
}
