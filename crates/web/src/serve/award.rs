//! Awards with their working, for everybody; other weights can be tried out.

use super::failure::Failure;
use super::lists::{Asked, given, query_of};
use super::ranking::{Board, board, place};
use super::visit::Visit;
use super::{period, shape};
use crate::citizen::{AwardPage, AwardRow};
use crate::components::Place;
use crate::words::Moment;
use app::reference::Reference;
use app::{Contest, Judged};
use axum::extract::Path;
use axum::response::Response;
use domain::award::{Formula, Working};
use domain::ranking::League;
use domain::time::Zone;
use std::collections::HashMap;

/// Lines that are shown.
const LINES: usize = 500;

/// One award.
pub(super) async fn show(visit: Visit, Path(code): Path<String>, query: Asked) -> Result<Response, Failure> {
    let page = page(&visit, &code, &query).await?;
    visit.show(&page)
}

pub(super) async fn page(visit: &Visit, code: &str, query: &Asked) -> Result<AwardPage, Failure> {
    let reference = visit.web.app.reference();
    let unknown = || Failure::page(visit, 404, None, None);
    let usual = latest(&reference, code).ok_or_else(unknown)?;
    let formula = tried(&usual, query).ok_or_else(unknown)?;
    let today = Zone::Wib.day(visit.web.app.now());
    let league = HashMap::from([("league".to_owned(), formula.league.name().to_owned())]);
    let fitting = query.iter().map(|(name, value)| (name.clone(), value.clone())).chain(league).collect();
    let Board { contest, period, of } = board(&reference, &fitting, today).ok_or_else(unknown)?;
    let judged = visit.web.app.judge(&formula, &contest).await.map_err(|error| Failure::of(visit, error))?;
    let (too_wide, as_of, workings) = match judged {
        Judged::Told { as_of, workings } => (false, as_of, workings),
        Judged::TooWide { .. } => (true, visit.web.app.now(), Vec::new()),
    };
    let base = format!("/statistik/penghargaan/{code}?{}", place(&contest));
    Ok(AwardPage {
        w: visit.words,
        frame: visit.frame(Place::Statistics),
        is_draft: formula != usual,
        of,
        from: contest.cut.from,
        to: contest.cut.to,
        as_of: Moment::of(as_of, Zone::Wib),
        asked: query_of(query),
        periods: period::links(visit.words, &base, &period, today),
        kept: kept(&contest, period),
        rows: workings.iter().take(LINES).map(|one| row(&reference, one)).collect(),
        formula,
        too_wide,
    })
}

/// The version of a formula that counts.
fn latest(reference: &Reference, code: &str) -> Option<Formula> {
    reference.formulas.iter().filter(|formula| formula.code == code).max_by_key(|formula| formula.version).cloned()
}

/// A formula with the weights and the target of an address; nothing for what cannot be reckoned with.
fn tried(usual: &Formula, query: &HashMap<String, String>) -> Option<Formula> {
    let number = |name: &str| match given(query, name) {
        Some(value) => value.parse::<u32>().ok().map(Some),
        None => Some(None),
    };
    let mut formula = usual.clone();
    for term in &mut formula.terms {
        term.weight = number(&format!("w-{}", term.input.name()))?.unwrap_or(term.weight);
        if let (Some(_), Some(target)) = (term.target, number("target")?) {
            term.target = Some(u64::from(target));
        }
    }
    formula.check().is_ok().then_some(formula)
}

fn kept(contest: &Contest, period: String) -> Vec<(&'static str, String)> {
    let office = contest.cut.office.map(|office| ("agency", office.to_string()));
    let province = contest.province.as_ref().map(|code| ("province", code.to_string()));
    [Some(("period", period)), office, province].into_iter().flatten().collect()
}

fn row(reference: &Reference, one: &Working) -> AwardRow {
    AwardRow {
        office: shape::agency_name(reference, one.office),
        page: format!("/statistik?agency={}", one.office),
        rank: one.rank,
        score: one.score,
        reports: one.reports,
        values: one.values.clone(),
    }
}

/// Awards among offices of a kind.
pub(super) fn among(reference: &Reference, contest: &Contest) -> Vec<(String, String)> {
    let is_among = |formula: &&Formula| match contest.league {
        League::Regencies | League::Cities => formula.league == League::Local,
        league => formula.league == league,
    };
    let mut codes: Vec<&str> =
        reference.formulas.iter().filter(is_among).map(|formula| formula.code.as_str()).collect();
    codes.dedup();
    let link = |code: &str| (code.to_owned(), format!("/statistik/penghargaan/{code}?{}", place(contest)));
    codes.into_iter().map(link).collect()
}
