//! Offices ranked, for everybody.

use super::failure::Failure;
use super::lists::{Asked, given, query_of};
use super::visit::Visit;
use super::{award, period, shape};
use crate::citizen::{BandTable, Choosable, Coached, RankRow, RankingPage};
use crate::components::Place;
use crate::counted;
use crate::words::Moment;
use app::reference::Reference;
use app::{Compared, Contest, Ranking};
use axum::response::Response;
use domain::measure::{Cut, Measure, Part};
use domain::ranking::{Band, League, SHARES, Standing};
use domain::time::Zone;
use domain::{AgencyId, RegionCode};
use jiff::civil::Date;
use std::collections::HashMap;

/// Lines of a band that are shown; who comes behind is told by the API.
const LINES: usize = 200;

/// What is compared, and how its page is called.
pub(super) struct Board {
    pub contest: Contest,
    pub period: String,
    pub of: Option<String>,
}

/// The ranking of offices of a kind.
pub(super) async fn show(visit: Visit, query: Asked) -> Result<Response, Failure> {
    let page = page(&visit, &query).await?;
    visit.show(&page)
}

pub(super) async fn page(visit: &Visit, query: &Asked) -> Result<RankingPage, Failure> {
    let reference = visit.web.app.reference();
    let today = Zone::Wib.day(visit.web.app.now());
    let board = board(&reference, query, today).ok_or_else(|| Failure::page(visit, 404, None, None))?;
    let found = visit.web.app.ranking(&board.contest).await.map_err(|error| Failure::of(visit, error))?;
    let (too_wide, ranking) = match found {
        Compared::Told(ranking) => (false, ranking),
        Compared::TooWide { .. } => (true, Ranking { as_of: visit.web.app.now(), standings: Vec::new() }),
    };
    let (contest, period) = (&board.contest, board.period.as_str());
    let Choices { leagues, shares, awards } = choices(visit, &reference, &board);
    Ok(RankingPage {
        w: visit.words,
        frame: visit.frame(Place::Statistics),
        league: contest.league.name(),
        share: contest.share,
        of: board.of.clone(),
        from: contest.cut.from,
        to: contest.cut.to,
        as_of: Moment::of(ranking.as_of, Zone::Wib),
        leagues,
        shares,
        awards,
        asked: query_of(query),
        periods: period::links(visit.words, &address(contest, contest.league, contest.share), period, today),
        bands: tables(&reference, contest, (period, None), &ranking.standings),
        too_wide,
    })
}

/// Where else one may go from a ranking.
struct Choices {
    leagues: Vec<Choosable>,
    shares: Vec<Choosable>,
    awards: Vec<Choosable>,
}

fn choices(visit: &Visit, reference: &Reference, board: &Board) -> Choices {
    let Board { contest, period, .. } = board;
    let choose = |family: &str, name: &str, path: String, is_chosen: bool| Choosable {
        label: visit.words.of(family, name),
        path: format!("{path}period={period}"),
        is_chosen,
    };
    let league =
        |one: League| choose("league", one.name(), address(contest, one, contest.share), one == contest.league);
    let share =
        |one: Measure| choose("measure", one.code(), address(contest, contest.league, one), one == contest.share);
    let leagues = League::ALL.into_iter().filter(|league| (*league == League::Units) == contest.cut.office.is_some());
    let awards = award::among(reference, contest).into_iter();
    Choices {
        leagues: leagues.map(league).collect(),
        shares: SHARES.map(share).to_vec(),
        awards: awards.map(|(code, path)| choose("award", &code, path, false)).collect(),
    }
}

/// Whose offices are compared, as the beginning of a query.
pub(super) fn place(contest: &Contest) -> String {
    let office = contest.cut.office.map_or_else(String::new, |office| format!("agency={office}&"));
    let province = contest.province.as_ref().map_or_else(String::new, |code| format!("province={code}&"));
    format!("{office}{province}")
}

/// The address of a ranking of the same offices, to be followed by a period.
fn address(contest: &Contest, league: League, share: Measure) -> String {
    format!("/statistik/peringkat?{}league={}&share={}&", place(contest), league.name(), share.code())
}

pub(super) fn board(reference: &Reference, query: &HashMap<String, String>, today: Date) -> Option<Board> {
    let text = |name: &str| given(query, name);
    let period = period::read(query, today)?;
    let office = match text("agency") {
        Some(id) => Some(reference.rules.agencies.get(AgencyId(id.parse().ok()?))?),
        None => None,
    };
    let province = match text("province") {
        Some(code) => Some(RegionCode::parse(code).filter(|code| reference.regions.name(code).is_some())?.province()),
        None => None,
    };
    let usual = if office.is_some() { League::Units } else { League::Provinces };
    let league = league(query, usual).filter(|league| (*league == League::Units) == office.is_some())?;
    let share = share(query)?;
    let named = office.map(|office| office.name.clone());
    Some(Board {
        of: named.or_else(|| province.as_ref().map(|code| reference.regions.full_name(code))),
        contest: Contest {
            share,
            league,
            cut: Cut { office: office.map(|office| office.id), ..Cut::of(period.from, period.to) },
            province: province.filter(|_| office.is_none()),
            as_of: None,
        },
        period: period.name,
    })
}

/// The league that an address asks for, or the usual one; nothing for one that is not there.
pub(super) fn league(query: &HashMap<String, String>, usual: League) -> Option<League> {
    given(query, "league").map_or(Some(usual), League::parse)
}

/// The share that an address asks for, or the follow-up; nothing for one by which nobody is ranked.
pub(super) fn share(query: &HashMap<String, String>) -> Option<Measure> {
    given(query, "share").map_or(Some(Measure::FollowUp), Measure::parse).filter(|share| SHARES.contains(share))
}

/// Offices by band, with links to their figures of the period and, where there are certificates, to these.
pub(super) fn tables(
    reference: &Reference,
    contest: &Contest,
    (period, certificates): (&str, Option<&str>),
    standings: &[Standing],
) -> Vec<BandTable> {
    let row = |one: &Standing| {
        let certificate = certificates.filter(|_| one.rank.is_some()).map(|folder| {
            let (league, share) = (contest.league.name(), contest.share.code());
            format!("{folder}/{}.pdf?league={league}&share={share}", one.office)
        });
        RankRow {
            certificate,
            page: format!("/statistik?agency={}&period={period}", one.office),
            ..row(reference, contest, one)
        }
    };
    let of = |band: Band| standings.iter().filter(move |one| one.band == band).take(LINES);
    let table = |band: Band| BandTable { band, rows: of(band).map(row).collect() };
    Band::ALL.into_iter().map(table).filter(|table| !table.rows.is_empty()).collect()
}

fn row(reference: &Reference, contest: &Contest, one: &Standing) -> RankRow {
    let cut = Cut { office: Some(one.office), ..contest.cut.clone() };
    let list = |measure, part| counted::address(&cut, (measure, part), contest.as_of);
    RankRow {
        rank: one.rank,
        is_tied: one.is_tied,
        office: shape::agency_name(reference, one.office),
        page: String::new(),
        list: list(contest.share, Part::Denominator),
        raw: one.raw,
        inherited: one.inherited,
        expected: one.expected,
        adjusted: one.adjusted,
        score: one.score,
        suspicions: one.suspicions.iter().map(|suspicion| suspicion.name()).collect(),
        coaching: one.coaching.clone().map(|coaching| Coached {
            coaching,
            untouched: list(Measure::Untouched, Part::Numerator),
            open: list(Measure::BacklogLate, Part::Denominator),
            answered: list(Measure::ResponseMedian, Part::Denominator),
        }),
        certificate: None,
    }
}
