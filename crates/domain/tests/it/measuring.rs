//! What one report contributes to the statistics, and what is read from many.

use crate::fixture::*;
use crate::random::{Life, lives};
use crate::wish::*;
use domain::measure::{Cut, Fact, Measure, Part, Side, Sums, Timely, fact};
use domain::report::{Closure, Missing, StageKind};
use domain::{AgencyId, Event};
use jiff::Timestamp;
use jiff::civil::Date;
use proptest::prelude::*;

const KUKAR: AgencyId = AgencyId(640_200);
const DISKOMINFO: AgencyId = AgencyId(640_201);
const INSPEKTORAT: AgencyId = AgencyId(640_202);

fn facts_of(events: &[(&str, Event)]) -> Fact {
    let log: Vec<(Timestamp, Event)> = events.iter().map(|(at, event)| (instant(at), event.clone())).collect();
    fact(rules(), REPORT, &log).unwrap()
}

fn closed(how: Closure) -> Event {
    Event::Closed { how }
}

fn sums(facts: &[Fact]) -> Sums {
    let mut sums = Sums::default();
    for fact in facts {
        sums.add(fact, Side::Held, 1);
        sums.add(fact, Side::Answerable, 1);
    }
    sums
}

/// Monday 4 May 2026 is the first day; 14 May is Ascension Day and 15 May collective leave.
#[test]
fn time_is_counted_in_full_hours_of_working_days() {
    let life = [
        ("2026-05-04T09:00", submitted_to(KALSEL, Some(KALSEL))),
        ("2026-05-05T10:30", disposed(KALSEL, PUPR)),
        ("2026-05-08T22:00", answered()),
    ];
    let answered = facts_of(&life);
    // Monday 9 to Tuesday half past ten; Tuesday half past ten to Friday 22.
    assert_eq!((answered.verification, answered.response), (Some(25), Some(83)));
    assert_eq!(answered.completion, None);
    // The ten days that wait for the reporter are not the office's.
    let end = [&life[..], &[("2026-05-26T00:30", closed(Closure::BySystem))]].concat();
    assert_eq!(facts_of(&end).completion, Some(83));
}

#[test]
fn feasts_and_weekends_do_not_count_and_neither_does_a_hold() {
    let begun =
        [("2026-05-04T09:00", submitted_to(KALSEL, Some(KALSEL))), ("2026-05-08T12:00", disposed(KALSEL, PUPR))];
    let monday = [&begun[..], &[("2026-05-11T01:00", answered())]].concat();
    assert_eq!(facts_of(&monday).response, Some(13));
    let held = [
        &begun[..],
        &[
            ("2026-05-08T13:00", Event::Held { missing: vec![Missing::Evidence] }),
            ("2026-05-12T12:00", Event::Completed),
            ("2026-05-12T14:00", answered()),
        ],
    ]
    .concat();
    assert_eq!(facts_of(&held).response, Some(3));
    // Thursday is Ascension Day and Friday collective leave.
    let feast = [&begun[..], &[("2026-05-18T01:00", answered())]].concat();
    assert_eq!(facts_of(&feast).response, Some(12 + 3 * 24 + 1));
}

#[test]
fn an_answer_is_counted_from_the_disposition_to_the_agency_and_not_from_one_inside_it() {
    let passed_on = facts_of(&[
        ("2026-06-01T08:00", submitted_to(NATIONAL, None)),
        ("2026-06-01T09:00", disposed(NATIONAL, BANJARMASIN)),
        ("2026-06-02T09:00", disposed(BANJARMASIN, KALSEL)),
        ("2026-06-03T09:00", disposed(KALSEL, PUPR)),
        ("2026-06-03T15:00", answered()),
    ]);
    assert_eq!((passed_on.response, passed_on.dispositions), (Some(30), 3));
    assert_eq!((passed_on.holder, passed_on.root), (PUPR, KALSEL));
    assert_eq!(passed_on.past, [NATIONAL, BANJARMASIN]);
}

/// AV5 of the domain notes: what was late before the hand-over stays with the office that was late.
#[test]
fn a_limit_that_passed_before_a_hand_over_is_the_predecessors() {
    let old =
        [("2017-03-06T09:00", submitted_to(KUKAR, Some(KUKAR))), ("2017-03-07T09:00", disposed(KUKAR, INSPEKTORAT))];
    let handed = ("2021-02-24T10:00", Event::HandedOver { from: INSPEKTORAT, to: DISKOMINFO });
    let late = facts_of(&[&old[..], std::slice::from_ref(&handed)].concat());
    assert_eq!((late.holder, late.answerable, late.timely), (DISKOMINFO, (INSPEKTORAT, KUKAR), Timely::Late));
    let of = |office| Cut { office: Some(office), ..Cut::of(date("2017-01-01"), date("2017-12-31")) };
    let agencies = &rules().agencies;
    assert!(of(DISKOMINFO).holds(agencies, &late) && !of(DISKOMINFO).blames(agencies, &late));
    assert!(!of(INSPEKTORAT).holds(agencies, &late) && of(INSPEKTORAT).blames(agencies, &late));
    // What is handed over in time is the successor's to do.
    let fresh = facts_of(&[&old[..], &[("2017-03-09T10:00", handed.1)]].concat());
    assert_eq!(fresh.timely, Timely::Waiting { until: Some(date("2017-03-14")) });
    assert_eq!(fresh.answerable.0, DISKOMINFO);
}

/// AV10: the ten days of silence over Idulfitri 2026 leave out feast, collective leave and weekends; the system closes
/// in time, and no working time of the office is made of them.
#[test]
fn the_ten_days_over_idulfitri_are_nobodys_lateness() {
    let closed = facts_of(&[
        ("2026-03-13T08:00", submitted_to(KALSEL, Some(KALSEL))),
        ("2026-03-13T09:00", disposed(KALSEL, PUPR)),
        ("2026-03-16T11:00", answered()),
        ("2026-04-03T00:00:01", closed(Closure::BySystem)),
    ]);
    assert_eq!(closed.completion, Some(26));
    assert_eq!(closed.timely, Timely::Done { until: None });
}

#[test]
fn closed_and_open_again_is_reopened_and_its_rating_is_void() {
    let begun = [
        ("2026-06-01T08:00", submitted_to(KALSEL, Some(KALSEL))),
        ("2026-06-01T09:00", disposed(KALSEL, PUPR)),
        ("2026-06-02T09:00", answered()),
        ("2026-06-03T09:00", Event::Confirmed { rating: 2 }),
        ("2026-06-03T09:00", closed(Closure::Confirmed)),
    ];
    assert_eq!((facts_of(&begun).rating, facts_of(&begun).reopened), (Some(2), false));
    let again = facts_of(&[&begun[..], &[("2026-06-05T09:00", Event::Objected)]].concat());
    assert_eq!((again.rating, again.reopened, again.closed_once), (None, true, true));
    assert_eq!((again.completion, again.stage), (None, StageKind::Objected));
}

fn all_reports() -> Cut {
    Cut::of(date("2000-01-01"), date("2100-01-01"))
}

#[test]
fn a_median_and_a_ninth_decile_are_reports_that_are_there() {
    let one = facts_of(&[("2026-06-01T08:00", submitted_to(KALSEL, Some(KALSEL)))]);
    let facts: Vec<Fact> = [1, 2, 3, 10].map(|hours| Fact { response: Some(hours), ..one.clone() }).to_vec();
    let sums = sums(&facts);
    let read = |measure: Measure| measure.read(&sums, None, date("2026-06-02"));
    assert_eq!(read(Measure::ResponseMean).hundredths, Some(400));
    assert_eq!((read(Measure::ResponseMedian).hundredths, read(Measure::ResponseMedian).numerator), (Some(200), 2));
    assert_eq!((read(Measure::ResponseP90).hundredths, read(Measure::ResponseP90).numerator), (Some(1_000), 4));
    assert_eq!(read(Measure::CompletionMedian).hundredths, None);
}

#[test]
fn what_is_due_is_late_from_the_day_after_on() {
    let waiting = facts_of(&[
        ("2026-06-01T08:00", submitted_to(KALSEL, Some(KALSEL))),
        ("2026-06-01T09:00", disposed(KALSEL, PUPR)),
    ]);
    let Timely::Waiting { until: Some(day) } = waiting.timely else { panic!("{waiting:?}") };
    let on = |day: Date| Measure::Punctuality.read(&sums(std::slice::from_ref(&waiting)), None, day);
    assert_eq!((on(day).numerator, on(day).denominator), (0, 0));
    assert_eq!((on(day.tomorrow().unwrap()).numerator, on(day.tomorrow().unwrap()).denominator), (0, 1));
}

#[test]
fn the_period_before_has_as_many_months_or_as_many_days() {
    let half = Cut::of(date("2021-01-01"), date("2021-06-30")).before().unwrap();
    assert_eq!((half.from, half.to), (date("2020-07-01"), date("2020-12-31")));
    let week = Cut::of(date("2021-03-08"), date("2021-03-14")).before().unwrap();
    assert_eq!((week.from, week.to), (date("2021-03-01"), date("2021-03-07")));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// A figure counts exactly the reports that its list shows, and adding up loses nothing.
    #[test]
    fn a_figure_counts_what_its_list_shows(lives in prop::collection::vec(lives(), 1..6)) {
        let logs = lives.iter().map(Life::log);
        let facts: Vec<Fact> = logs.map(|log| fact(rules(), REPORT, &log).unwrap()).collect();
        let today = lives.iter().map(|life| domain::time::Zone::Wib.day(life.now)).max().unwrap();
        let whole = sums(&facts);
        for measure in Measure::ALL.iter().filter(|measure| **measure != Measure::Growth) {
            let count = |part| facts.iter().filter(|fact| measure.counts(fact, part, today)).count() as u64;
            let reading = measure.read(&whole, None, today);
            prop_assert_eq!(count(Part::Denominator), reading.denominator, "{:?}", measure);
            if measure.definition().unit == domain::measure::Unit::Percent {
                prop_assert_eq!(count(Part::Numerator), reading.numerator as u64, "{:?}", measure);
            }
        }
        prop_assert!(facts.iter().all(|fact| all_reports().takes(categories(), fact)));
        let mut rest = whole.clone();
        for fact in &facts {
            rest.add(fact, Side::Held, -1);
            rest.add(fact, Side::Answerable, -1);
        }
        rest.prune();
        prop_assert!(rest.is_empty(), "{:?}", rest);
        let kept: Vec<Fact> = facts.iter().map(|fact| {
            serde_json::from_str(&serde_json::to_string(fact).unwrap()).unwrap()
        }).collect();
        prop_assert_eq!(&kept, &facts);
        let sums_kept: Sums = serde_json::from_str(&serde_json::to_string(&whole).unwrap()).unwrap();
        prop_assert_eq!(sums_kept, whole);
    }
}
