//! How much people use the system where they live, and which agencies are in it.

use super::failure::Failure;
use super::lists::{Asked, given, query_of};
use super::period;
use super::visit::Visit;
use crate::citizen::{KindRow, ParticipantRow, ParticipationPage, PeopleTold, SilentRow, UseRow};
use crate::components::Place;
use crate::counted;
use crate::words::Moment;
use app::reference::Reference;
use app::{Participant, Participation, PlaceUse};
use axum::response::Response;
use domain::RegionCode;
use domain::agency::AgencyKind;
use domain::measure::{Cut, Measure, Part};
use domain::participation::{Known, Rate, has_duty};
use domain::region::RegionLevel;
use domain::time::Zone;
use period::Period;

const HOME: &str = "/statistik/partisipasi";

/// The use of the system in the country or in a province.
pub(super) async fn show(visit: Visit, query: Asked) -> Result<Response, Failure> {
    let page = page(&visit, &query).await?;
    visit.show(&page)
}

pub(super) async fn page(visit: &Visit, query: &Asked) -> Result<ParticipationPage, Failure> {
    let reference = visit.web.app.reference();
    let today = Zone::Wib.day(visit.web.app.now());
    let missing = || Failure::page(visit, 404, None, None);
    let period = period::read(query, today).ok_or_else(missing)?;
    let province = match given(query, "province") {
        Some(code) => Some(province(&reference, code).ok_or_else(missing)?),
        None => None,
    };
    let found = visit.web.app.participation((period.from, period.to), province.as_ref()).await;
    let found = found.map_err(|error| Failure::of(visit, error))?;
    let place = province.as_ref().map_or_else(String::new, |code| format!("province={code}&"));
    let whole = province.clone().unwrap_or_else(RegionCode::nation);
    Ok(ParticipationPage {
        w: visit.words,
        frame: visit.frame(Place::Statistics),
        of: province.as_ref().map(|code| reference.regions.full_name(code)),
        from: period.from,
        to: period.to,
        as_of: Moment::of(found.as_of, Zone::Wib),
        periods: period::links(visit.words, &format!("{HOME}?{place}"), &period.name, today),
        asked: query_of(query),
        whole: used(reference.regions.full_name(&whole), &found.whole),
        nowhere: found.nowhere,
        islands: found.islands.iter().map(|(one, n)| used(visit.words.of("island", one.name()), n)).collect(),
        places: found.places.iter().map(|(code, n)| placed(&reference, &period, code, n)).collect(),
        sources: sources(&found),
        connected: found.connected(|_| true),
        kinds: kinds(&found),
        silent: silent(&found, &period),
        participants: found.participants.iter().map(participant).collect(),
    })
}

fn province(reference: &Reference, code: &str) -> Option<RegionCode> {
    let code = RegionCode::parse(code).filter(|code| code.level() == RegionLevel::Province)?;
    reference.regions.below(None).any(|(known, _)| *known == code).then_some(code)
}

fn used(name: String, place: &PlaceUse) -> UseRow {
    let people = |known: &Known| {
        let rate = Rate { reports: place.reports, people: known.people }.hundredths()?;
        Some(PeopleTold { people: known.people, rate, years: known.years })
    };
    UseRow {
        name,
        page: None,
        list: None,
        reports: place.reports,
        share: place.share,
        people: place.people.as_ref().and_then(people),
    }
}

/// A province or a regency, with the list of its reports.
fn placed(reference: &Reference, period: &Period, code: &RegionCode, place: &PlaceUse) -> UseRow {
    let cut = Cut { region: Some(code.clone()), ..Cut::of(period.from, period.to) };
    let inside = code.level() == RegionLevel::Province;
    UseRow {
        page: Some(match inside {
            true => format!("{HOME}?province={code}&period={}", period.name),
            false => format!("/statistik?region={code}&period={}", period.name),
        }),
        list: Some(counted::address(&cut, (Measure::Received, Part::Denominator), None)),
        ..used(reference.regions.name(code).unwrap_or_default().to_owned(), place)
    }
}

fn sources(found: &Participation) -> Vec<String> {
    let places = found.places.iter().map(|(_, place)| place).chain([&found.whole]);
    let mut sources: Vec<String> =
        places.filter_map(|place| place.people.as_ref()).flat_map(|known| known.sources.clone()).collect();
    sources.sort();
    sources.dedup();
    sources
}

fn kinds(found: &Participation) -> Vec<KindRow> {
    let of = |kind: AgencyKind| {
        let outside = found.participants.iter().filter(|one| one.kind == kind && !one.seen.is_connected());
        KindRow {
            kind,
            connected: found.connected(|known| known == kind),
            outside: outside.map(|one| one.name.clone()).collect(),
        }
    };
    let rows = AgencyKind::ALL.into_iter().filter(|kind| has_duty(*kind)).map(of);
    rows.filter(|row| row.connected.denominator > 0).collect()
}

/// Those that were asked and said nothing come first, with most reports.
fn silent(found: &Participation, period: &Period) -> Vec<SilentRow> {
    let row = |one: &Participant| {
        Some(SilentRow {
            name: one.name.clone(),
            page: format!("/statistik?agency={}&period={}", one.agency, period.name),
            silence: one.silence?,
            reports: one.reports,
        })
    };
    let mut rows: Vec<SilentRow> = found.participants.iter().filter_map(row).collect();
    rows.sort_by(|one, other| other.reports.cmp(&one.reports).then_with(|| one.name.cmp(&other.name)));
    rows
}

fn participant(one: &Participant) -> ParticipantRow {
    ParticipantRow {
        name: one.name.clone(),
        kind: one.kind,
        is_connected: one.seen.is_connected(),
        first_report: one.seen.first_report,
        reports: one.reports,
        silence: one.silence,
    }
}
