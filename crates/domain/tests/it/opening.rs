//! Open data stands for at least k people in every row, and no subtraction comes to fewer.

use crate::attacker::{Set, Span, Told, all_rows, isolated, people, sums};
use domain::agency::AgencyKind;
use domain::category::{Category, CategoryTree};
use domain::open_data::{
    Aspect, Column, Entry, Fault, Guarantee, Month, Names, Person, Protection, Release, Row, Rules, RulesFault, Scale,
    Table, Value, faults_of_entries, faults_of_rows, release,
};
use domain::region::Regions;
use domain::report::{Channel, Class, StageKind};
use domain::similar::Point;
use domain::{CategoryId, RegionCode};
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const REGIONS: [&str; 8] = ["63.03", "63.03.07", "63.71", "63", "62.01", "62.71", "61.02.03.2001", "00"];
const CATEGORIES: [Option<i64>; 6] = [None, Some(1), Some(8), Some(81), Some(82), Some(10)];
const PLACES: [Option<(f64, f64)>; 4] = [None, Some((-3.44, 114.83)), Some((-3.46, 114.86)), Some((-3.9, 115.2))];

/// 1 is sensitive; 81 and 82 lie below 8.
fn categories() -> CategoryTree {
    let node = |(id, parent): (i64, Option<i64>)| Category {
        id: CategoryId(id),
        parent: parent.map(CategoryId),
        name: format!("Kategori {id}"),
        owner: String::new(),
        physical: false,
        valid_from: None,
        valid_to: None,
        merged_into: None,
        synonyms: Vec::new(),
        aliases: Vec::new(),
    };
    CategoryTree::new([(1, None), (8, None), (81, Some(8)), (82, Some(8)), (10, None)].map(node))
}

fn rules(people: u32) -> Rules {
    Rules {
        version: 1,
        people,
        sensitive_people: people * 2,
        day: 5,
        order: Aspect::MONTHLY.to_vec(),
        squares: vec![800, 400, 200, 100, 50],
        sensitive: vec![CategoryId(1)],
    }
}

fn october() -> Month {
    Month::parse("2026-10").unwrap()
}

fn entry(day: i8, region: &str, category: Option<i64>, person: u32) -> Entry {
    Entry {
        day: date(2026, 10, day),
        region: RegionCode::parse(region).unwrap(),
        category: category.map(CategoryId),
        class: Class::Complaint,
        channel: Channel::Web,
        stage: StageKind::Disposed,
        office: AgencyKind::Province,
        point: None,
        person: Some(Person(person)),
    }
}

/// Any report of a month; some have senders of whom nothing is known.
fn any_entry(month: Month) -> impl Strategy<Value = Entry> {
    let what = (1..=month.last().day(), 0..REGIONS.len(), 0..CATEGORIES.len(), 0..PLACES.len());
    let how = (0..Class::ALL.len(), 0..3_usize, 0..StageKind::ALL.len(), any::<bool>());
    (what, how, proptest::option::weighted(0.9, 0..40_u32)).prop_map(move |(what, how, person)| Entry {
        day: month.first().with().day(what.0).build().unwrap(),
        class: Class::ALL[how.0],
        channel: Channel::ALL[how.1],
        stage: StageKind::ALL[how.2],
        office: if how.3 { AgencyKind::City } else { AgencyKind::Ministry },
        point: PLACES[what.3].map(|(north, east)| Point { north, east }),
        person: person.map(Person),
        ..entry(1, REGIONS[what.1], CATEGORIES[what.2], 0)
    })
}

/// Few days and places, so that groups are near the limit.
fn entries(month: Month) -> impl Strategy<Value = Vec<Entry>> {
    proptest::collection::vec(any_entry(month), 0..120)
}

fn is_sensitive(entry: &Entry) -> bool {
    entry.category == Some(CategoryId(1))
}

fn senders<'e>(entries: impl Iterator<Item = &'e Entry>) -> usize {
    entries.filter_map(|entry| entry.person).collect::<BTreeSet<_>>().len()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_row_stands_for_enough_people_and_every_report_is_in_one_row(found in entries(october()), k in 2..7_u32) {
        let (rules, tree) = (rules(k), categories());
        let scale = Scale { rules: &rules, categories: &tree, month: october() };
        let made = release(&rules, &tree, october(), &found);
        for table in all_rows(&rules, &tree, october(), &made, &found) {
            for row in &table {
                let least = row.protection.unwrap().least(&rules) as usize;
                prop_assert!(people(row.behind, &found) >= least, "{row:?}");
            }
            let behind: u32 = table.iter().map(|row| row.behind.count_ones()).sum();
            let withheld = Protection::ALL.iter().map(|protection| {
                let theirs = || found.iter().filter(|one| is_sensitive(one) == (*protection == Protection::Sensitive));
                if senders(theirs()) < protection.least(&rules) as usize { theirs().count() } else { 0 }
            });
            prop_assert_eq!(behind as usize + withheld.sum::<usize>(), found.len());
        }
        prop_assert_eq!(faults_of_rows(&scale, &made), BTreeSet::new());
        prop_assert_eq!(faults_of_entries(&scale, &made, &found), BTreeSet::new());
    }

    #[test]
    fn a_release_is_the_same_in_whatever_order_reports_are_found(found in entries(october()), k in 2..7_u32) {
        let mut turned = found.clone();
        turned.reverse();
        let (rules, tree) = (rules(k), categories());
        prop_assert_eq!(release(&rules, &tree, october(), &found), release(&rules, &tree, october(), &turned));
    }

    #[test]
    fn what_is_written_into_files_is_read_again(found in entries(october()), k in 2..7_u32) {
        let (rules, tree, regions) = (rules(k), categories(), Regions::default());
        let names = Names { regions: &regions, categories: &tree };
        let made = release(&rules, &tree, october(), &found);
        for table in Table::ALL {
            for row in made.rows(table) {
                let cells: BTreeMap<Column, String> = table.columns().into_iter().map(|column| {
                    let text = match column.value(october(), row, names) {
                        Value::Empty => String::new(),
                        Value::Text(text) => text,
                        Value::Whole(n) => n.to_string(),
                        Value::Degrees(n) => (n as f64 / 1_000.0).to_string(),
                    };
                    (column, text)
                }).collect();
                let read = Row::read(table, |column| cells.get(&column).map(String::as_str));
                prop_assert_eq!(read.as_ref(), Some(row));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_subtraction_of_a_count_from_a_wider_one_comes_to_fewer_people(
        found in proptest::collection::vec(any_entry(october()), 0..80),
        k in 3..7_u32,
    ) {
        let (rules, tree) = (rules(k), categories());
        let made = release(&rules, &tree, october(), &found);
        let tables = all_rows(&rules, &tree, october(), &made, &found);
        let counts: BTreeSet<Set> = tables.iter().flat_map(|table| sums(&tree, table)).collect();
        prop_assert_eq!(isolated(&counts, &found, k as usize), None);
    }

    #[test]
    fn nor_does_one_between_months_in_which_the_same_people_wrote(
        first in proptest::collection::vec(any_entry(october()), 0..50),
        second in proptest::collection::vec(any_entry(Month::parse("2026-11").unwrap()), 0..50),
        k in 3..7_u32,
    ) {
        let (rules, tree, both) = (rules(k), categories(), [first, second].concat());
        let mut tables: Vec<Vec<Told>> = vec![Vec::new(); 2];
        for month in ["2026-10", "2026-11"].map(|name| Month::parse(name).unwrap()) {
            let made = release(&rules, &tree, month, &both);
            let more = all_rows(&rules, &tree, month, &made, &both);
            tables.iter_mut().zip(more).for_each(|(table, more)| table.extend(more));
        }
        let counts: BTreeSet<Set> = tables.iter().flat_map(|table| sums(&tree, table)).collect();
        prop_assert_eq!(isolated(&counts, &both, k as usize), None);
    }

    #[test]
    fn nor_does_any_reckoning_with_all_tables_at_once(found in entries(october()), k in 2..7_u32) {
        let (rules, tree) = (rules(k), categories());
        let made = release(&rules, &tree, october(), &found);
        let tables = all_rows(&rules, &tree, october(), &made, &found);
        let cells = Cells::of(&tables);
        let span = Span::of(&cells.counts(&tables));
        for (row, days) in &cells.0 {
            let both = tables[0][*row].behind & tables[1][*days].behind;
            if both != 0 && people(both, &found) < k as usize {
                let only = |(n, d): &(usize, usize)| u64::from((n, d) == (row, days));
                let asked: Vec<u64> = cells.0.iter().map(only).collect();
                prop_assert!(!span.tells(&asked), "{row} and {days}");
            }
        }
    }
}

/// What somebody who knows how the tables are made has to think possible: in a block, any monthly row with any days.
struct Cells(Vec<(usize, usize)>);

impl Cells {
    fn of(tables: &[Vec<Told>]) -> Cells {
        let block = |row: &Told| (row.protection, row.aspects.get(&Aspect::Region).cloned());
        let of_block = |row: &Told, days: &Told| {
            let province = row.aspects.get(&Aspect::Region).map(|code| code[..2].to_owned());
            let is_told = tables[1].iter().any(|days| block(days) == (row.protection, province.clone()));
            block(days) == (row.protection, province.filter(|_| is_told))
        };
        let days = |row| (0..tables[1].len()).filter(move |n| of_block(row, &tables[1][*n]));
        Cells(tables[0].iter().enumerate().flat_map(|(n, row)| days(row).map(move |days| (n, days))).collect())
    }

    fn counts(&self, tables: &[Vec<Told>]) -> Vec<Vec<u64>> {
        let row = |n: usize| self.0.iter().map(|cell| u64::from(cell.0 == n)).collect();
        let days = |n: usize| self.0.iter().map(|cell| u64::from(cell.1 == n)).collect();
        (0..tables[0].len()).map(row).chain((0..tables[1].len()).map(days)).collect()
    }
}

fn behind(counts: impl Fn(&Entry) -> bool, entries: &[Entry]) -> Set {
    entries.iter().enumerate().filter(|(_, entry)| counts(entry)).fold(0, |set, (n, _)| set | 1 << n)
}

#[test]
fn the_attacker_takes_simple_suppression_apart() {
    let entries: Vec<Entry> = (0..6).map(|n| entry(3, if n < 5 { "63.03" } else { "63.71" }, Some(8), n)).collect();
    let city = |entry: &Entry| entry.region.as_str() == "63.03";
    // The city of one person is left out, and the province is told in full beside it.
    let counts = [behind(city, &entries), behind(|_| true, &entries)].into();
    let (outer, inner) = isolated(&counts, &entries, 5).unwrap();
    assert_eq!(people(outer & !inner, &entries), 1);
    // What is published instead tells the province alone.
    let made = release(&rules(5), &categories(), october(), &entries);
    let regions: Vec<_> =
        made.rows(Table::Monthly).iter().map(|row| (row.told[&Aspect::Region].as_str(), row.reports)).collect();
    assert_eq!(regions, [("63", 6)]);
}

#[test]
fn the_attacker_takes_a_month_apart_that_is_released_twice() {
    let before: Vec<Entry> = (0..5).map(|n| entry(3, "63.03", Some(8), n)).collect();
    let after = [before.clone(), vec![entry(9, "63.03", Some(8), 7)]].concat();
    let (rules, tree) = (rules(5), categories());
    let counts: BTreeSet<Set> = [&before, &after]
        .into_iter()
        .flat_map(|entries| all_rows(&rules, &tree, october(), &release(&rules, &tree, october(), entries), entries))
        .flat_map(|table| sums(&tree, &table))
        .collect();
    assert!(isolated(&counts, &after, 5).is_some(), "this is why a month is released once");
}

#[test]
fn the_attacker_reckons_with_whatever_adds_up() {
    let (one, other) = (vec![1, 1, 0, 0], vec![1, 0, 1, 0]);
    let both = [1, 0, 0, 0];
    assert!(!Span::of(&[one.clone(), other.clone(), vec![1; 4]]).tells(&both));
    assert!(Span::of(&[one, other, vec![1, 1, 1, 0]]).tells(&both));
}

#[test]
fn a_small_group_joins_others_and_days_that_are_too_thin_are_told_as_a_week() {
    let mut found: Vec<Entry> = (0..7).map(|n| entry(2, "63.03", Some(81), n)).collect();
    found.extend((7..13).map(|n| entry(3, "63.71", Some(82), n)));
    found.extend((13..19).map(|n| entry(4 + (n % 3) as i8, "62.01", Some(10), n)));
    found.push(entry(6, "61.02", None, 20));
    let (rules, tree) = (rules(5), categories());
    let made = release(&rules, &tree, october(), &found);
    let told = |table: Table, aspect: Aspect| -> Vec<(String, u64)> {
        let rows = made.rows(table).iter();
        rows.map(|row| (row.told.get(&aspect).cloned().unwrap_or_default(), row.reports)).collect()
    };
    // One person in province 61 is told of together with the smallest province.
    assert_eq!(told(Table::Monthly, Aspect::Region), [("63.03".into(), 7), ("63.71".into(), 6), ("".into(), 7)]);
    assert_eq!(told(Table::Monthly, Aspect::Category), [("81".into(), 7), ("82".into(), 6), ("".into(), 7)]);
    let days = |first: i8, last: i8| format!("{}/{}", date(2026, 10, first), date(2026, 10, last));
    assert_eq!(told(Table::Daily, Aspect::Day), [(days(2, 2), 7), (days(3, 3), 6), (days(1, 7), 7)]);
    let proof = Guarantee::of(&rules, october(), "2026-11-05T00:00:00Z".parse().unwrap(), &made, Vec::new());
    assert_eq!(proof.reports(), 20);
    assert_eq!((proof.untold_percent[&Aspect::Region], proof.untold_percent[&Aspect::Class]), (35, 0));
}

#[test]
fn days_are_not_told_where_they_would_tell_one_of_a_category_from_the_others() {
    // Five of the six wrote about roads on the third, on which nobody else wrote; the sixth did on another day.
    let mut found: Vec<Entry> = (0..5).map(|n| entry(3, "63.03", Some(8), n)).collect();
    found.push(entry(9, "63.03", Some(8), 5));
    found.extend((6..12).map(|n| entry(9, "63.03", Some(10), n)));
    let roads = behind(|entry| entry.category == Some(CategoryId(8)), &found);
    let third = behind(|entry| entry.day.day() == 3, &found);
    assert_eq!(isolated(&[roads, third].into(), &found, 5), Some((roads, third)), "the sixth stands alone");
    let (rules, tree) = (rules(5), categories());
    let made = release(&rules, &tree, october(), &found);
    let categories: Vec<_> = made.rows(Table::Monthly).iter().map(|row| row.told[&Aspect::Category].as_str()).collect();
    assert_eq!(categories, ["10", "8"]);
    assert_eq!(made.rows(Table::Daily).len(), 1);
    assert_eq!(made.rows(Table::Daily)[0].told[&Aspect::Day], "2026-10-01/2026-10-31");
    // Where another wrote about something else on the third, the days tell nothing of roads.
    found.push(entry(3, "63.03", Some(10), 12));
    assert_eq!(release(&rules, &tree, october(), &found).rows(Table::Daily).len(), 2);
}

#[test]
fn sensitive_matters_are_told_by_province_at_the_finest_and_without_days_and_squares() {
    let place = Some(Point { north: -3.44, east: 114.83 });
    let mut found: Vec<Entry> = (0..10).map(|n| Entry { point: place, ..entry(2, "63.03", Some(1), n) }).collect();
    let (rules, tree) = (rules(5), categories());
    let made = release(&rules, &tree, october(), &found);
    for table in Table::ALL {
        let row = &made.rows(table)[0];
        assert_eq!((made.rows(table).len(), row.protection, row.reports), (1, Protection::Sensitive, 10));
        assert_eq!(row.told[&Aspect::Region], "63");
        assert!(!row.told.contains_key(&Aspect::Square));
    }
    assert_eq!(made.rows(Table::Daily)[0].told[&Aspect::Day], "2026-10-01/2026-10-31");
    // Nine people are told of nowhere, and nobody sees whether they are there.
    found.pop();
    assert_eq!(release(&rules, &tree, october(), &found), release(&rules, &tree, october(), &[]));
}

#[test]
fn one_person_who_writes_often_is_one_person() {
    let found: Vec<Entry> = (0..40).map(|n| entry(2, "63.03", Some(8), n % 4)).collect();
    assert!(release(&rules(5), &categories(), october(), &found).is_empty());
    let unknown: Vec<Entry> = found.iter().map(|one| Entry { person: None, ..one.clone() }).collect();
    let all = [found, unknown].concat();
    assert!(release(&rules(5), &categories(), october(), &all).is_empty(), "an unknown sender may be one of the four");
}

#[test]
fn what_a_hand_changes_in_a_release_is_seen() {
    let (rules, tree) = (rules(5), categories());
    let found: Vec<Entry> = (0..12).map(|n| entry(2, if n < 6 { "63.03" } else { "63.71" }, Some(8), n)).collect();
    let scale = Scale { rules: &rules, categories: &tree, month: october() };
    let made = release(&rules, &tree, october(), &found);
    let changed = |change: &dyn Fn(&mut Vec<Row>)| {
        let mut other: Release = made.clone();
        change(other.tables.get_mut(&Table::Monthly).unwrap());
        other
    };
    let fewer = changed(&|rows| rows[0].reports = 4);
    assert_eq!(
        faults_of_rows(&scale, &fewer),
        [Fault::TooFewReports(Table::Monthly), Fault::Sums(Table::Monthly)].into()
    );
    let twice = changed(&|rows| rows.push(rows[0].clone()));
    assert!(faults_of_rows(&scale, &twice).contains(&Fault::Twice(Table::Monthly)));
    assert_eq!(faults_of_entries(&scale, &made, &found[1..]), Table::ALL.map(Fault::Count).into());
    let alone: Vec<Entry> = found.iter().map(|one| Entry { person: Some(Person(1)), ..one.clone() }).collect();
    assert!(faults_of_entries(&scale, &made, &alone).contains(&Fault::TooFewPeople(Table::Daily)));
}

#[test]
fn the_rules_in_force_can_be_kept() {
    let known: Vec<Rules> = serde_json::from_str(include_str!("../../../../data/open_data/rules.json")).unwrap();
    let versions: Vec<u16> = known.iter().map(|rules| rules.version).collect();
    assert_eq!(versions, (1..=known.len() as u16).collect::<Vec<_>>());
    assert!(known.iter().all(|rules| rules.check().is_ok()));
    let in_force = known.last().unwrap();
    assert!(in_force.people >= 5 && in_force.sensitive_people >= 10);
    let wrong = |change: fn(&mut Rules)| {
        let mut rules = rules(5);
        change(&mut rules);
        rules.check()
    };
    assert_eq!(wrong(|rules| rules.people = 1), Err(RulesFault::People));
    assert_eq!(wrong(|rules| rules.sensitive_people = 4), Err(RulesFault::People));
    assert_eq!(wrong(|rules| rules.day = 29), Err(RulesFault::Day));
    assert_eq!(wrong(|rules| rules.order.push(Aspect::Day)), Err(RulesFault::Order));
    assert_eq!(wrong(|rules| rules.squares = vec![100, 40]), Err(RulesFault::Squares));
}
