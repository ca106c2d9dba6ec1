//! Public lists: reports, offices, one office; help and privacy; the language switch.

use super::cookies::{self, Jar, LANGUAGE};
use super::failure::Failure;
use super::shape;
use super::visit::Visit;
use crate::citizen::{AgenciesPage, AgencyFigures, AgencyPage, AgencyRow, HelpPage, PrivacyPage, ReportsPage};
use crate::components::{Choice, Field, Place};
use crate::words::Lang;
use app::Filter;
use app::reference::Reference;
use axum::extract::{Path, Query};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::agency::{Agency, AgencyKind};
use domain::measure::{Measure, Tally};
use domain::report::Class;
use domain::time::Zone;
use domain::{Actor, AgencyId, CategoryId, RegionCode};
use std::collections::HashMap;

pub(super) type Asked = Query<HashMap<String, String>>;

/// Rows on a page.
const ROWS: u32 = 20;
const OFFICES: usize = 60;

fn asked<'q>(query: &'q Asked, name: &str) -> &'q str {
    query.get(name).map_or("", |value| value.trim())
}

/// The public list with search and filters.
pub(super) async fn reports(visit: Visit, query: Asked) -> Result<Response, Failure> {
    visit.web.again.page(&visit, async || listed(&visit, &query).await).await
}

async fn listed(visit: &Visit, query: &Asked) -> Result<Response, Failure> {
    let app = &visit.web.app;
    let reference = app.reference();
    let filter = filter(query);
    let before = asked(query, "after").parse().ok();
    let found = app.browse(&filter, before, ROWS).await.map_err(|error| Failure::of(visit, error))?;
    let field = |name: &str| Field::of(asked(query, name));
    let tops = reference.categories.iter().filter(|category| category.parent.is_none());
    let page = ReportsPage {
        w: visit.words,
        frame: visit.frame(Place::Reports),
        filter: crate::citizen::Filter {
            q: field("q"),
            region: field("region"),
            agency: field("agency"),
            category: field("category"),
            class: field("class"),
            stage: field("stage"),
        },
        regions: with_chosen(regions(&reference, &filter), asked(query, "region"), || region_name(&reference, &filter)),
        agencies: with_chosen(agencies(&reference, &filter), asked(query, "agency"), || {
            filter.agency.map(|id| shape::agency_name(&reference, id))
        }),
        categories: with_chosen(
            tops.map(|top| Choice::new(top.id, &top.name)).collect(),
            asked(query, "category"),
            || filter.category.and_then(|id| reference.categories.get(id)).map(|category| category.name.clone()),
        ),
        reports: found.rows.iter().map(|summary| shape::card(&reference, summary)).collect(),
        next: found.next.map(|next| next_page("/laporan", query, next)),
        feed: visit.path.replacen("/laporan", "/laporan/feed", 1),
    };
    visit.show(&page)
}

pub(super) fn filter(query: &Asked) -> Filter {
    let number = |name: &str| asked(query, name).parse::<i64>().ok();
    Filter {
        q: asked(query, "q").chars().take(200).collect(),
        region: RegionCode::parse(asked(query, "region")),
        agency: number("agency").map(AgencyId),
        category: number("category").map(CategoryId),
        class: Class::parse(asked(query, "class")),
        stage: Some(asked(query, "stage").to_owned()).filter(|stage| !stage.is_empty()),
    }
}

/// Provinces, and below the chosen one its regencies and cities.
fn regions(reference: &Reference, filter: &Filter) -> Vec<Choice> {
    let chosen = filter.region.as_ref().map(RegionCode::province);
    let mut choices = Vec::new();
    for (code, name) in reference.regions.below(None) {
        choices.push(Choice::new(code, name));
        if chosen.as_ref() == Some(code) {
            choices
                .extend(reference.regions.below(Some(code)).map(|(code, name)| Choice::new(code, format!("– {name}"))));
        }
    }
    choices
}

/// Ministries, bodies and provinces, and the governments of the chosen region.
fn agencies(reference: &Reference, filter: &Filter) -> Vec<Choice> {
    let chosen = filter.region.as_ref().map(RegionCode::province);
    let near = |agency: &&Agency| {
        let local = matches!(agency.kind, AgencyKind::Regency | AgencyKind::City);
        local && agency.region.as_ref().map(RegionCode::province) == chosen
    };
    let local = reference.rules.agencies.iter().filter(near);
    shape::main_agencies(reference).chain(local).map(|agency| Choice::new(agency.id, &agency.name)).collect()
}

fn region_name(reference: &Reference, filter: &Filter) -> Option<String> {
    filter.region.as_ref().map(|code| reference.regions.full_name(code)).filter(|name| !name.is_empty())
}

/// The choices, and the chosen one among them also where it is not of the main ones.
fn with_chosen(mut choices: Vec<Choice>, value: &str, name: impl Fn() -> Option<String>) -> Vec<Choice> {
    if !value.is_empty() && choices.iter().all(|choice| choice.value != value) {
        choices.extend(name().map(|name| Choice::new(value, name)));
    }
    choices
}

/// What an address says under a name, where it says anything.
pub(super) fn given<'q>(query: &'q HashMap<String, String>, name: &str) -> Option<&'q str> {
    query.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
}

/// The same question, from another place on.
pub(super) fn next_page(path: &str, query: &HashMap<String, String>, after: impl ToString) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    let mut names: Vec<&String> = query.keys().filter(|name| *name != "after").collect();
    names.sort();
    for name in names.into_iter().filter(|name| !query[*name].is_empty()) {
        pairs.append_pair(name, &query[name]);
    }
    format!("{path}?{}", pairs.append_pair("after", &after.to_string()).finish())
}

/// Offices by name.
pub(super) async fn offices(visit: Visit, query: Asked) -> Result<Response, Failure> {
    let reference = visit.web.app.reference();
    let figures = visit.web.app.figures().await.map_err(|error| Failure::of(&visit, error))?;
    let wanted = asked(&query, "q").to_lowercase();
    let after: i64 = asked(&query, "after").parse().unwrap_or(0);
    let fits = |agency: &&Agency| {
        let shown = !wanted.is_empty()
            || !matches!(
                agency.kind,
                AgencyKind::Unit | AgencyKind::Inspectorate | AgencyKind::Communication | AgencyKind::Vertical
            );
        let named = [&agency.name, &agency.short]
            .into_iter()
            .chain(&agency.aliases)
            .any(|name| name.to_lowercase().contains(&wanted));
        agency.id.0 > after && agency.kind != AgencyKind::National && shown && named
    };
    let mut found: Vec<&Agency> = reference.rules.agencies.iter().filter(fits).take(OFFICES + 1).collect();
    let more = found.len() > OFFICES;
    found.truncate(OFFICES);
    let page = AgenciesPage {
        w: visit.words,
        frame: visit.frame(Place::Agencies),
        q: Field::of(asked(&query, "q")),
        next: found.last().filter(|_| more).map(|last| next_page("/instansi", &query, last.id)),
        agencies: found
            .iter()
            .map(|agency| AgencyRow {
                id: agency.id,
                name: agency.name.clone(),
                kind: agency.kind,
                received: number(figures.public(&reference.rules.agencies, Some(agency.id)).all()),
            })
            .collect(),
    };
    visit.show(&page)
}

/// One office, its figures and its public reports.
pub(super) async fn agency(visit: Visit, Path(id): Path<i64>, query: Asked) -> Result<Response, Failure> {
    let app = &visit.web.app;
    let reference = app.reference();
    let broken = |error| Failure::of(&visit, error);
    let tree = &reference.rules.agencies;
    let agency = tree.get(AgencyId(id)).ok_or_else(|| Failure::page(&visit, 404, None, None))?;
    let filter = Filter { agency: Some(agency.id), ..Filter::default() };
    let found = app.browse(&filter, asked(&query, "after").parse().ok(), ROWS).await.map_err(broken)?;
    let tally = app.figures().await.map_err(broken)?.public(tree, Some(agency.id));
    let parent = agency.parent.filter(|parent| *parent != tree.national());
    let papers = app.papers(&Actor::Public, agency.id).await.map_err(broken)?;
    let base = format!("/instansi/{id}/berkas");
    let page = AgencyPage {
        w: visit.words,
        frame: visit.frame(Place::Agencies),
        id: agency.id,
        name: agency.name.clone(),
        parent: parent.map(|parent| (parent, shape::agency_name(&reference, parent))),
        figures: figures(&tally),
        units: tree.children(agency.id).take(OFFICES).map(|unit| (unit.id, unit.name.clone())).collect(),
        reports: found.rows.iter().map(|summary| shape::card(&reference, summary)).collect(),
        papers: papers.iter().map(|paper| shape::paper_row(paper, &base)).collect(),
        next: found.next.map(|next| next_page(&format!("/instansi/{id}"), &query, next)),
    };
    visit.show(&page)
}

fn figures(tally: &Tally) -> AgencyFigures {
    AgencyFigures {
        received: number(tally.all()),
        answered: number(tally.measure(Measure::FollowUp).numerator),
        closed: number(tally.measure(Measure::Completion).numerator),
        confirmed: number(tally.measure(Measure::Confirmed).numerator),
    }
}

fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// How it works.
pub(super) async fn help(visit: Visit) -> Result<Response, Failure> {
    let (reference, today) = (visit.web.app.reference(), Zone::Wib.day(visit.web.app.now()));
    let limits = shape::limits(&reference, today);
    visit.show(&HelpPage { w: visit.words, frame: visit.frame(Place::Help), limits })
}

/// What is kept about people.
pub(super) async fn privacy(visit: Visit) -> Result<Response, Failure> {
    visit.show(&PrivacyPage { w: visit.words, frame: visit.frame(Place::Elsewhere) })
}

/// Whether a way back stays on this site, whatever a browser drops or turns of it.
pub(super) fn is_inside(back: &str) -> bool {
    back.starts_with('/') && !back.starts_with("//") && back.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
}

/// Switches the language and goes back.
pub(super) async fn language(visit: Visit, Path(tag): Path<String>, query: Asked) -> Response {
    let lang = Lang::parse(&tag).unwrap_or_default();
    let back = asked(&query, "back");
    let cookie = cookies::set(&visit.web, &Jar { name: LANGUAGE, path: "/", age: 365 * 24 * 3600 }, lang.tag());
    (AppendHeaders([cookie]), Redirect::to(if is_inside(back) { back } else { "/" })).into_response()
}

/// What was asked as a query again, in the order of the names.
pub(super) fn query_of(query: &Asked) -> String {
    let mut pairs: Vec<(&String, &String)> = query.iter().collect();
    pairs.sort();
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}
