//! Statistics for everybody.

use super::failure::Failure;
use super::lists::{Asked, given, query_of};
use super::period;
use super::visit::Visit;
use crate::citizen::{FigureRow, PlaceRow, StatisticsPage};
use crate::components::Place;
use crate::components::chart::{Bar, Bars, Columns, Tile};
use crate::counted;
use crate::words::Moment;
use app::reference::Reference;
use app::{GroupRow, Measures, Question};
use axum::response::Response;
use domain::measure::{Cut, Group, Measure, Part, Period, Reading};
use domain::region::RegionLevel;
use domain::time::Zone;
use domain::{Actor, AgencyId, CategoryId, RegionCode};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::HashMap;

/// Topics that a page of statistics shows.
const TOPICS: u32 = 10;
/// More channels and stages than there are.
const KINDS: u32 = 40;
/// Regions inside one that are shown.
const PLACES: u32 = 60;
/// What is told of each region inside; the tiles show the first.
const INSIDE: [Measure; 3] = [Measure::Completion, Measure::FollowUp, Measure::Received];

/// What a page of statistics is about.
struct Board {
    cut: Cut,
    of: Option<String>,
    /// The query that says the place, to be followed by a period.
    base: String,
    period: String,
}

/// The figures of the country, of a region or of an agency.
pub(super) async fn show(visit: Visit, query: Asked) -> Result<Response, Failure> {
    let page = page(&visit, &query).await?;
    visit.show(&page)
}

pub(super) async fn page(visit: &Visit, query: &Asked) -> Result<StatisticsPage, Failure> {
    let reference = visit.web.app.reference();
    let today = today(visit);
    let board = board(&reference, query, today).ok_or_else(|| Failure::page(visit, 404, None, None))?;
    let found = gather(visit, &reference, &board).await.map_err(|error| Failure::of(visit, error))?;
    let empty = StatisticsPage {
        w: visit.words,
        frame: visit.frame(Place::Statistics),
        of: board.of.clone(),
        from: board.cut.from,
        to: board.cut.to,
        as_of: Moment::of(visit.web.app.now(), Zone::Wib),
        asked: query_of(query),
        periods: period::links(visit.words, &format!("/statistik?{}", board.base), &board.period, today),
        ranking: ranking(&board),
        figures: Vec::new(),
        months: Columns::default(),
        topics: Bars::default(),
        channels: Bars::default(),
        stages: Bars::default(),
        tiles: Vec::new(),
        places: Vec::new(),
        too_wide: found.is_none(),
    };
    Ok(match found {
        Some(Found { as_of, figures, months, topics, channels, stages, tiles, places }) => {
            StatisticsPage { as_of, figures, months, topics, channels, stages, tiles, places, ..empty }
        }
        None => empty,
    })
}

fn board(reference: &Reference, query: &HashMap<String, String>, today: Date) -> Option<Board> {
    let text = |name: &str| given(query, name);
    let period = period::read(query, today)?;
    let office = match text("agency") {
        Some(id) => Some(reference.rules.agencies.get(AgencyId(id.parse().ok()?))?),
        None => None,
    };
    let region = match text("region") {
        Some(code) => Some(RegionCode::parse(code).filter(|code| reference.regions.name(code).is_some())?),
        None => None,
    };
    let named = office.map(|office| office.name.clone());
    let base = match (office, &region) {
        (Some(office), _) => format!("agency={}&", office.id),
        (None, Some(region)) => format!("region={region}&"),
        (None, None) => String::new(),
    };
    let region = region.filter(|_| office.is_none());
    Some(Board {
        of: named.or_else(|| region.as_ref().map(|region| reference.regions.full_name(region))),
        cut: Cut { office: office.map(|office| office.id), region, ..Cut::of(period.from, period.to) },
        base,
        period: period.name,
    })
}

/// Where the offices that belong to the page are ranked.
fn ranking(board: &Board) -> String {
    let of = match (board.cut.office, &board.cut.region) {
        (Some(office), _) => format!("agency={office}&"),
        (None, Some(region)) => format!("province={}&league=local&", region.province()),
        (None, None) => String::new(),
    };
    format!("/statistik/peringkat?{of}period={}", board.period)
}

/// What a page of statistics tells.
struct Found {
    as_of: Moment,
    figures: Vec<FigureRow>,
    months: Columns,
    topics: Bars,
    channels: Bars,
    stages: Bars,
    tiles: Vec<Tile>,
    places: Vec<PlaceRow>,
}

/// What the page tells, in the order in which it is read again: all figures, four ways to tell reports apart, and the
/// regions inside where there are any.
fn questions(cut: &Cut) -> Vec<Question> {
    let ask = |measures: &[Measure], group: Option<Group>, limit: u32| Question {
        measures: measures.to_vec(),
        cut: cut.clone(),
        as_of: None,
        group,
        skip: 0,
        limit,
    };
    let received = |group: Group, limit: u32| ask(&[Measure::Received], Some(group), limit);
    let mut questions = vec![
        ask(Measure::ALL, None, 1),
        received(Group::Time(Period::Month), 12),
        received(Group::Category, TOPICS),
        received(Group::Channel, KINDS),
        received(Group::Stage, KINDS),
    ];
    let has_inside = cut.region.as_ref().is_none_or(|region| region.level() <= RegionLevel::Regency);
    if cut.office.is_none() && has_inside {
        questions.push(ask(&INSIDE, Some(Group::Region), PLACES));
    }
    questions
}

/// The same questions as the API's, answered at once; nothing where the selection is too wide.
async fn gather(visit: &Visit, reference: &Reference, board: &Board) -> app::Result<Option<Found>> {
    let (cut, words) = (&board.cut, visit.words);
    let questions = questions(cut);
    let Some(told) = visit.web.app.measures_of(&Actor::Public, &questions).await? else { return Ok(None) };
    let [whole, months, topics, channels, stages, places @ ..] = &told[..] else { return Ok(None) };
    let topic = |key: &str| {
        let id = key.parse().ok().map(CategoryId);
        let known = id.and_then(|id| reference.categories.get(id)).map(|category| category.name.clone());
        known.unwrap_or_else(|| words.t("statistics-no-category"))
    };
    let rows = whole.rows.iter().filter(|row| row.readings.iter().any(|reading| reading.denominator > 0));
    let is_nation = cut.region.is_none();
    Ok(Some(Found {
        as_of: Moment::of(whole.as_of, Zone::Wib),
        figures: rows.flat_map(figures).collect(),
        months: Columns(every_month(cut, today(visit), bars(months, str::to_owned))),
        topics: Bars(bars(topics, topic)),
        channels: Bars(bars(channels, |key| words.of("channel", key))),
        stages: Bars(bars(stages, |key| words.of("stage", key))),
        tiles: places.iter().filter(|_| is_nation).flat_map(|told| tiles(reference, board, told)).collect(),
        places: places.iter().filter(|_| !is_nation).flat_map(|told| regions(reference, board, told)).collect(),
    }))
}

/// The regions inside one, those with most reports first.
fn regions(reference: &Reference, board: &Board, told: &Measures) -> Vec<PlaceRow> {
    let region = |row: &GroupRow| {
        let code = RegionCode::parse(&row.key)?;
        let name = reference.regions.name(&code)?.to_owned();
        let page = format!("/statistik?region={code}&period={}", board.period);
        Some(PlaceRow { name, page, figures: figures(row) })
    };
    told.rows.iter().filter_map(region).collect()
}

fn figures(row: &GroupRow) -> Vec<FigureRow> {
    let list = |reading: &Reading| counted::address(&row.cut, (reading.measure, Part::Numerator), None);
    row.readings.iter().map(|reading| FigureRow::of(reading, list(reading))).collect()
}

fn today(visit: &Visit) -> Date {
    Zone::Wib.day(visit.web.app.now())
}

/// A bar for each month that has begun, also where nothing came in.
fn every_month(cut: &Cut, today: Date, told: Vec<Bar>) -> Vec<Bar> {
    let next = |month: &Date| month.checked_add(1.month()).ok();
    let months = std::iter::successors(Some(cut.from.first_of_month()), next);
    let label = |month: Date| format!("{:04}-{:02}", month.year(), month.month());
    let bar = |label: String| {
        let known = told.iter().find(|bar| bar.label == label).cloned();
        known.unwrap_or(Bar { label, value: 0, list: None })
    };
    months.take_while(|month| *month <= cut.to.min(today)).map(label).map(bar).collect()
}

fn bars(told: &Measures, label: impl Fn(&str) -> String) -> Vec<Bar> {
    let bar = |row: &GroupRow| Bar {
        label: label(&row.key),
        value: row.readings.first().map_or(0, |reading| reading.denominator),
        list: Some(counted::address(&row.cut, (Measure::Received, Part::Denominator), None))
            .filter(|_| !row.key.is_empty()),
    };
    told.rows.iter().map(bar).collect()
}

fn tiles(reference: &Reference, board: &Board, told: &Measures) -> Vec<Tile> {
    let tile = |(code, name): (&RegionCode, &str)| {
        let row = told.rows.iter().find(|row| row.key == code.as_str());
        let reading = row.and_then(|row| row.readings.first());
        let percent = reading.filter(|reading| !reading.is_of_few()).and_then(|reading| reading.hundredths);
        Tile {
            code: code.clone(),
            name: name.to_owned(),
            percent: percent.and_then(|hundredths| u64::try_from(hundredths / 100).ok()),
            numerator: reading.map_or(0, |reading| reading.numerator),
            denominator: reading.map_or(0, |reading| reading.denominator),
            page: format!("/statistik?region={code}&period={}", board.period),
        }
    };
    reference.regions.below(None).map(tile).collect()
}
