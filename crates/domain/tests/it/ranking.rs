//! Offices ranked by what they did with what they had.

use crate::fixture::*;
use crate::wish::*;
use domain::check::Finding;
use domain::measure::{Fact, Figure, Measure, Side, Sums, Timely, fact};
use domain::ranking::{Band, Contender, Standing, Suspicion, rank};
use domain::report::{AnswerKind, Closure, StageKind};
use domain::{AgencyId, CategoryId, Event};
use jiff::Timestamp;

const ROADS: CategoryId = CategoryId(1);
const PAPERS: CategoryId = CategoryId(2);

fn facts_of(events: &[(&str, Event)]) -> Fact {
    let log: Vec<(Timestamp, Event)> = events.iter().map(|(at, event)| (instant(at), event.clone())).collect();
    fact(rules(), REPORT, &log).unwrap()
}

/// Reports of a category, of which so many are done and the others wait.
fn reports(category: CategoryId, done: usize, all: usize) -> Vec<Fact> {
    let one = facts_of(&[
        ("2026-05-04T09:00", submitted_to(KALSEL, Some(KALSEL))),
        ("2026-05-04T10:00", disposed(KALSEL, PUPR)),
    ]);
    let stage = |n| if n < done { StageKind::ClosedByOfficer } else { StageKind::Disposed };
    (0..all).map(|n| Fact { category: Some(category), stage: stage(n), ..one.clone() }).collect()
}

fn sums(facts: &[Fact]) -> Sums {
    let mut sums = Sums::default();
    for fact in facts {
        sums.add(fact, Side::Held, 1);
        fact.passed_on.iter().for_each(|_| sums.add(fact, Side::PassedOn, 1));
    }
    sums
}

fn ranked(offices: &[(i64, Sums)]) -> Vec<Standing> {
    let contenders = offices.iter().map(|(id, sums)| Contender { office: AgencyId(*id), sums, before: None });
    rank(Measure::Completion, &contenders.collect::<Vec<_>>())
}

fn place(standings: &[Standing], office: i64) -> &Standing {
    standings.iter().find(|one| one.office == AgencyId(office)).unwrap()
}

#[test]
fn offices_are_compared_within_their_band_and_the_smallest_have_no_place() {
    let standings = ranked(&[
        (1, sums(&reports(ROADS, 1_900, 2_000))),
        (2, sums(&reports(ROADS, 522, 545))),
        (3, sums(&reports(ROADS, 60, 60))),
        (4, sums(&reports(ROADS, 12, 12))),
        (5, sums(&reports(ROADS, 9, 9))),
        (6, Sums::default()),
    ]);
    let bands: Vec<Band> = standings.iter().map(|one| one.band).collect();
    assert_eq!(bands, Band::ALL, "an office without reports is not there");
    let ranks: Vec<Option<u32>> = standings.iter().map(|one| one.rank).collect();
    assert_eq!(ranks, [Some(1), Some(1), Some(1), Some(1), None]);
}

/// Below ten reports there is no percentage, and what to look at next.
#[test]
fn an_office_with_few_reports_is_told_what_to_look_at() {
    let begun =
        [("2026-05-04T09:00", submitted_to(KALSEL, Some(KALSEL))), ("2026-05-04T10:00", disposed(KALSEL, PUPR))];
    let answer = |at| facts_of(&[&begun[..], &[(at, answered())]].concat());
    let waiting = facts_of(&begun);
    let of = [answer("2026-05-05T10:00"), answer("2026-05-07T11:00"), waiting];
    let told = ranked(&[(1, sums(&of))]).remove(0).coaching.unwrap();
    assert_eq!((told.untouched, told.open, told.slowest), (1, 3, Some(73)));
    assert_eq!(told.oldest, Some(jiff::civil::date(2026, 5, 4)));
    let many = ranked(&[(1, sums(&reports(ROADS, 9, 10)))]).remove(0);
    assert_eq!(many.coaching, None, "from ten on there is a place");
}

#[test]
fn a_hundred_percent_of_few_reports_is_less_certain_than_of_many() {
    let standings = ranked(&[(1, sums(&reports(ROADS, 10, 10))), (2, sums(&reports(ROADS, 48, 49)))]);
    assert!(place(&standings, 1).raw.basis_points() > place(&standings, 2).raw.basis_points());
    assert_eq!((place(&standings, 1).rank, place(&standings, 2).rank), (Some(2), Some(1)));
}

#[test]
fn who_has_the_same_score_shares_the_place_and_the_next_place_is_left_free() {
    let same = sums(&reports(ROADS, 90, 100));
    let standings = ranked(&[(1, same.clone()), (2, same), (3, sums(&reports(ROADS, 80, 100)))]);
    let places: Vec<_> = standings.iter().map(|one| (one.rank, one.is_tied)).collect();
    assert_eq!(places, [(Some(1), true), (Some(1), true), (Some(3), false)]);
}

/// Papers are done at once and roads are not: who has many roads is not worse for it.
#[test]
fn hard_categories_are_no_fault_of_an_office() {
    let of = |roads: usize, papers: usize| {
        let facts = [reports(ROADS, roads / 2, roads), reports(PAPERS, papers, papers)].concat();
        sums(&facts)
    };
    let standings = ranked(&[(1, of(160, 40)), (2, of(40, 160))]);
    let (roads, papers) = (place(&standings, 1), place(&standings, 2));
    assert_eq!((roads.raw, papers.raw), (share(120, 200), share(180, 200)));
    assert_eq!((roads.expected, papers.expected), (6_000, 9_000));
    assert_eq!((roads.adjusted, papers.adjusted), (7_500, 7_500));
    assert!(roads.is_tied && papers.is_tied);
}

fn share(numerator: u64, denominator: u64) -> Figure {
    Figure { numerator, denominator }
}

#[test]
fn what_was_late_before_it_came_is_left_out_until_it_is_done() {
    let late = |stage| Fact {
        timely: Timely::Late,
        answerable: (BANJARMASIN, BANJARMASIN),
        stage,
        ..reports(ROADS, 0, 1).remove(0)
    };
    let own = reports(ROADS, 90, 100);
    let inherited: Vec<Fact> = (0..20).map(|_| late(StageKind::Disposed)).collect();
    let mended: Vec<Fact> = (0..20).map(|_| late(StageKind::ClosedByOfficer)).collect();
    let standings =
        ranked(&[(1, sums(&own)), (2, sums(&[own.clone(), inherited].concat())), (3, sums(&[own, mended].concat()))]);
    let successor = place(&standings, 2);
    assert_eq!((successor.raw, successor.own, successor.inherited), (share(90, 120), share(90, 100), 20));
    assert_eq!(successor.own, place(&standings, 1).own);
    assert_eq!((place(&standings, 3).own, place(&standings, 3).inherited), (share(110, 120), 0));
}

fn suspected(facts: &[Fact], before: Option<u64>) -> Vec<Suspicion> {
    let sums = sums(facts);
    rank(Measure::Completion, &[Contender { office: KALSEL, sums: &sums, before }]).remove(0).suspicions
}

#[test]
fn figures_that_look_made_are_told_and_move_nobody() {
    let begun =
        [("2026-05-04T09:00", submitted_to(KALSEL, Some(KALSEL))), ("2026-05-04T10:00", disposed(KALSEL, PUPR))];
    let closed_at = |at| {
        let end = [("2026-05-04T10:05", answered()), (at, Event::Closed { how: Closure::ByOfficer })];
        facts_of(&[&begun[..], &end[..]].concat())
    };
    let (hasty, slow) = (closed_at("2026-05-04T10:29"), closed_at("2026-05-04T10:31"));
    assert!(hasty.hasty && !slow.hasty);
    let of = |fact: &Fact, n: usize| vec![fact.clone(); n];
    assert_eq!(suspected(&[of(&hasty, 5), of(&slow, 45)].concat(), None), [Suspicion::Hasty]);
    assert_eq!(suspected(&[of(&hasty, 5), of(&slow, 46)].concat(), None), []);
    let reopened = Fact { closed_once: true, reopened: true, ..slow.clone() };
    assert_eq!(suspected(&[of(&reopened, 5), of(&slow, 45)].concat(), None), [Suspicion::Reopened]);
    assert_eq!(suspected(&of(&slow, 49), Some(100)), [Suspicion::Dropped]);
    assert_eq!(suspected(&of(&slow, 50), Some(100)), []);
}

#[test]
fn an_agency_that_gives_reports_away_is_remembered_and_one_that_hands_over_is_not() {
    let begun = [("2026-05-04T09:00", submitted_to(NATIONAL, None)), ("2026-05-04T10:00", disposed(NATIONAL, KALSEL))];
    let inside = facts_of(&[&begun[..], &[("2026-05-05T10:00", disposed(KALSEL, PUPR))]].concat());
    assert_eq!(inside.passed_on, []);
    let sent_on = facts_of(&[&begun[..], &[("2026-05-05T10:00", disposed(KALSEL, BANJARMASIN))]].concat());
    assert_eq!(sent_on.passed_on, [KALSEL]);
    let back =
        [("2026-05-05T10:00", returned(KALSEL, NATIONAL)), ("2026-05-06T10:00", disposed(NATIONAL, BANJARMASIN))];
    assert_eq!(facts_of(&[&begun[..], &back[..]].concat()).passed_on, [KALSEL]);
    // A unit that says "not ours" gave it away, and the desk that disposes it again did not.
    let unit = [("2026-05-05T10:00", disposed(KALSEL, PUPR)), ("2026-05-06T10:00", returned(PUPR, KALSEL))];
    let again = [("2026-05-06T11:00", disposed(KALSEL, DISHUB))];
    assert_eq!(facts_of(&[&begun[..], &unit[..], &again[..]].concat()).passed_on, [PUPR]);
    let out = [("2026-05-05T10:00", disposed(KALSEL, PUPR)), ("2026-05-06T10:00", disposed(PUPR, BANJARMASIN))];
    assert_eq!(facts_of(&[&begun[..], &out[..]].concat()).passed_on, [PUPR, KALSEL]);
    let kept = vec![inside; 20];
    let away = vec![sent_on; 10];
    assert_eq!(suspected(&[kept.clone(), away].concat(), None), [], "a third of what was held and given away");
    let more = Fact { passed_on: vec![KALSEL, KALSEL], ..kept[0].clone() };
    assert_eq!(suspected(&vec![more; 10], None), [Suspicion::PassedOn]);
}

/// Three earlier answers of the agency read the same, or a template was sent word for word and against advice.
#[test]
fn answers_that_were_not_written_for_their_report_are_told_where_there_are_many() {
    let begun =
        [("2026-05-04T09:00", submitted_to(KALSEL, Some(KALSEL))), ("2026-05-04T10:00", disposed(KALSEL, PUPR))];
    let alike = |alike| {
        let event = Event::Answered { answer: AnswerKind::Explained, planned_for: None, evidence: 0, alike };
        facts_of(&[&begun[..], &[("2026-05-05T10:00", event)]].concat())
    };
    let (own, copied) = (alike(2), alike(3));
    assert!(!own.alike && copied.alike);
    let of = |fact: &Fact, n: usize| vec![fact.clone(); n];
    assert_eq!(suspected(&[of(&copied, 10), of(&own, 40)].concat(), None), [Suspicion::Alike]);
    assert_eq!(suspected(&[of(&copied, 10), of(&own, 41)].concat(), None), []);
    assert_eq!(suspected(&of(&copied, 9), None), []);
    let despite = |finding| Event::AdviceOverridden { findings: vec![finding] };
    let sent = |finding| {
        facts_of(&[&begun[..], &[("2026-05-05T10:00", answered()), ("2026-05-05T10:00", despite(finding))]].concat())
    };
    assert!(sent(Finding::TemplateCopy).alike && !sent(Finding::DateMissing).alike);
    // What the agency before it had answered is not its own.
    let moved = [("2026-05-05T10:00", answered()), ("2026-05-05T10:00", despite(Finding::TemplateCopy))];
    let on = [("2026-05-06T10:00", disposed(KALSEL, BANJARMASIN))];
    assert!(!facts_of(&[&begun[..], &moved[..], &on[..]].concat()).alike);
}
