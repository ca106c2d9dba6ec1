//! What the routing rules suggest, as a table that a person can read, and what may not be a rule.

use crate::fixture::*;
use domain::report::Class;
use domain::routing::{
    Because, Facts, Fault, Keyword, LostBy, Outcome, Past, Replay, Rule, RuleSet, Scope, Suggestion, Target, Text,
    World, check, suggest,
};
use domain::{AgencyId, CategoryId, RegionCode};
use expect_test::expect_file;
use proptest::prelude::*;

/// Pekerjaan Umum, Jalan berlubang, Perhubungan, Lampu penerangan jalan umum, Topik Lainnya.
const WORKS: CategoryId = CategoryId(8);
const HOLES: CategoryId = CategoryId(629);
const TRAFFIC: CategoryId = CategoryId(31);
const LAMPS: CategoryId = CategoryId(946);
const OTHER: CategoryId = CategoryId(38);
const BANJARMASIN_DISHUB: AgencyId = AgencyId(637_104);
const KEMENHUB: AgencyId = AgencyId(131);
/// KemenBUMN, closed in 2025.
const CLOSED: AgencyId = AgencyId(139);

fn world() -> World<'static> {
    World { agencies: &rules().agencies, categories: categories() }
}

fn words(list: &[&str]) -> Vec<Keyword> {
    let terms = |said: &str| said.split(' ').map(str::to_owned).collect();
    list.iter().map(|said| Keyword { said: (*said).to_owned(), terms: terms(said) }).collect()
}

fn region(code: &str) -> Option<RegionCode> {
    Some(RegionCode::parse(code).unwrap())
}

fn national_set() -> RuleSet {
    let rules = vec![
        Rule { any: words(&["pungli", "suap"]), supervisory: true, to: unit("Inspektorat"), ..Rule::default() },
        Rule { any: words(&["jalan lubang"]), suggested: Some(HOLES), ..Rule::default() },
        Rule { any: words(&["lampu jalan"]), suggested: Some(LAMPS), ..Rule::default() },
        Rule { any: words(&["usul"]), none: words(&["pungli"]), class: Some(Class::Aspiration), ..Rule::default() },
        Rule { category: Some(WORKS), to: unit("Dinas PUPR"), ..Rule::default() },
        Rule { category: Some(TRAFFIC), to: office(KEMENHUB), ..Rule::default() },
        Rule { category: Some(TRAFFIC), region: region("63"), to: unit("Dishub"), ..Rule::default() },
        Rule { category: Some(OTHER), to: office(CLOSED), ..Rule::default() },
        Rule { category: Some(LAMPS), to: unit("Dinas Lampu"), ..Rule::default() },
        Rule { category: Some(HOLES), region: region("63.71"), to: office(BANJARMASIN), ..Rule::default() },
        Rule {
            category: Some(HOLES),
            region: region("63.71"),
            note: "twin".into(),
            to: office(KALSEL),
            ..Rule::default()
        },
    ];
    numbered(NATIONAL, rules)
}

fn kalsel_set() -> RuleSet {
    numbered(KALSEL, vec![Rule { category: Some(WORKS), to: office(DISHUB), ..Rule::default() }])
}

fn numbered(owner: AgencyId, rules: Vec<Rule>) -> RuleSet {
    let rules = (1..).zip(rules).map(|(number, rule)| Rule { number, ..rule }).collect();
    RuleSet { owner, version: 1, rules }
}

fn unit(called: &str) -> Option<Target> {
    Some(Target::Unit(called.to_owned()))
}

fn office(id: AgencyId) -> Option<Target> {
    Some(Target::Office(id))
}

struct Case {
    seat: AgencyId,
    region: &'static str,
    category: Option<CategoryId>,
    chosen: Option<AgencyId>,
    text: &'static str,
    not: Option<AgencyId>,
}

const PLAIN: Case = Case { seat: NATIONAL, region: "63.71", category: None, chosen: None, text: "", not: None };

fn suggested(case: &Case) -> Suggestion {
    let (national, kalsel) = (national_set(), kalsel_set());
    let sets: Vec<&RuleSet> = rules()
        .agencies
        .line(case.seat)
        .filter_map(|id| [&kalsel, &national].into_iter().find(|set| set.owner == id))
        .collect();
    let text = Text::new(case.text.split(' ').map(str::to_owned).collect());
    let region = RegionCode::parse(case.region).unwrap();
    let facts = Facts {
        region: &region,
        category: case.category,
        class: Class::Complaint,
        supervisory: false,
        chosen: case.chosen,
        text: &text,
        on: date("2026-11-09"),
    };
    suggest(world(), &sets, &facts, Scope { seat: case.seat, not: case.not })
}

fn line(case: &Case) -> String {
    let told = suggested(case);
    let name = |id: Option<AgencyId>| {
        id.and_then(|id| rules().agencies.get(id)).map_or_else(|| "–".to_owned(), |agency| agency.short.clone())
    };
    let because = |because: &Because| match because {
        Because::Rule { owner, number, unit_missing, .. } => {
            let missing = unit_missing.as_ref().map_or_else(String::new, |unit| format!(", no {unit} there"));
            format!("rule {number} of {}{missing}", name(Some(*owner)))
        }
        other => format!("{other:?}"),
    };
    let why = told.why.iter().map(|why| because(&why.because)).collect::<Vec<_>>();
    let lost = told.reason(Outcome::Office).unwrap().lost.iter();
    let lost: Vec<String> = lost.map(|lost| format!("{} {}", lost.number, lost.by.name())).collect();
    let category = |id: Option<CategoryId>| {
        id.and_then(|id| categories().get(id)).map_or_else(|| "–".to_owned(), |node| node.name.clone())
    };
    format!(
        "| {} | {} | {} | {} | {} | {}{} ({}) | {} ({}) | {} ({}) | {} |\n",
        name(Some(case.seat)),
        case.region,
        category(case.category),
        name(case.chosen),
        case.text,
        told.class.name(),
        if told.supervisory { ", supervisory" } else { "" },
        why[0],
        category(told.category),
        why[1],
        name(told.office),
        why[2],
        lost.join(", ")
    )
}

#[test]
fn suggestions_and_their_reasons_are_a_table() {
    let cases = [
        PLAIN,
        Case { text: "jalan lubang depan pasar", ..PLAIN },
        Case { text: "jalan lubang depan pasar", region: "63.72", ..PLAIN },
        Case { text: "jalan lubang depan pasar", region: "63", ..PLAIN },
        Case { text: "jalan lubang depan pasar", region: "31.71", ..PLAIN },
        Case { text: "lampu jalan padam", region: "63.71", ..PLAIN },
        Case { text: "lampu jalan padam", region: "11.01", ..PLAIN },
        Case { category: Some(TRAFFIC), region: "63.71", ..PLAIN },
        Case { category: Some(TRAFFIC), region: "11.01", ..PLAIN },
        Case { category: Some(TRAFFIC), text: "jalan lubang", ..PLAIN },
        Case { category: Some(OTHER), ..PLAIN },
        Case { text: "usul lampu jalan", ..PLAIN },
        Case { text: "usul bersih pungli jalan lubang", ..PLAIN },
        Case { chosen: Some(KEMENHUB), ..PLAIN },
        Case { seat: KALSEL, chosen: Some(KALSEL), ..PLAIN },
        Case { seat: KALSEL, text: "jalan lubang", ..PLAIN },
        Case { seat: KALSEL, text: "lampu jalan", ..PLAIN },
        Case { seat: KALSEL, text: "suap", ..PLAIN },
        Case { seat: KALSEL, text: "jalan lubang", not: Some(DISHUB), ..PLAIN },
        Case { seat: KEMENHUB, text: "jalan lubang", ..PLAIN },
        Case { seat: BANJARMASIN, category: Some(TRAFFIC), ..PLAIN },
    ];
    let mut table = String::from(
        "| seat | place | category | chosen | text | class | category | office | lost |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    table.extend(cases.iter().map(line));
    expect_file!["../expect/routing.md"].assert_eq(&table);
}

#[test]
fn what_cannot_be_a_rule_is_told_by_its_number() {
    let good = Rule { category: Some(WORKS), to: unit("Dinas PUPR"), ..Rule::default() };
    let table = [
        (good.clone(), None),
        (Rule { category: None, ..good.clone() }, Some(Fault::NoCondition)),
        (Rule { category: None, none: words(&["a"]), ..good.clone() }, Some(Fault::NoCondition)),
        (Rule { to: None, ..good.clone() }, Some(Fault::NoOutcome)),
        (Rule { category: Some(CategoryId(99_999)), ..good.clone() }, Some(Fault::UnknownCategory)),
        (Rule { suggested: Some(CategoryId(99_999)), ..good.clone() }, Some(Fault::UnknownCategory)),
        (Rule { to: office(AgencyId(99_999)), ..good.clone() }, Some(Fault::UnknownOffice)),
        (Rule { to: office(CLOSED), ..good.clone() }, Some(Fault::OfficeClosed)),
        (Rule { to: office(NATIONAL), ..good.clone() }, Some(Fault::OfficeOutside)),
        (Rule { any: vec![Keyword { said: "di".into(), terms: vec![] }], ..good.clone() }, Some(Fault::EmptyWord)),
        (Rule { any: words(&["a"; 41]), ..good.clone() }, Some(Fault::TooManyWords)),
        (Rule { note: "x".repeat(201), ..good.clone() }, Some(Fault::TooLong)),
    ];
    for (rule, wanted) in table {
        let faults = check(world(), &numbered(NATIONAL, vec![rule.clone()]), date("2026-11-09"));
        assert_eq!(faults, wanted.map(|fault| (1, fault)).into_iter().collect::<Vec<_>>(), "{rule:?}");
    }
    let twice = check(world(), &numbered(NATIONAL, vec![good.clone(), good.clone()]), date("2026-11-09"));
    assert_eq!(twice, [(2, Fault::Twice)]);
    let foreign = Rule { to: office(BANJARMASIN), ..good.clone() };
    assert_eq!(check(world(), &numbered(KALSEL, vec![foreign]), date("2026-11-09")), [(1, Fault::OfficeOutside)]);
    assert_eq!(check(world(), &numbered(KEMENHUB, vec![good]), date("2026-11-09")), [(1, Fault::NoGovernment)]);
}

#[test]
fn a_replay_counts_what_moves_and_who_was_right() {
    let mut sum = Replay::default();
    let agencies = &rules().agencies;
    let past = Past { present: Some(KALSEL), draft: Some(PUPR), first: KALSEL, last: PUPR };
    sum.add(agencies, &past);
    sum.add(agencies, &Past { draft: Some(KALSEL), ..past });
    sum.add(agencies, &Past { present: None, draft: Some(BANJARMASIN_DISHUB), ..past });
    assert_eq!((sum.cases, sum.moved), (3, 2));
    assert_eq!((sum.present.first, sum.present.last, sum.present.last_root), (2, 0, 2));
    assert_eq!((sum.draft.first, sum.draft.last, sum.draft.last_root), (1, 1, 2));
    let again: Replay = serde_json::from_str(&serde_json::to_string(&sum).unwrap()).unwrap();
    assert_eq!(again, sum);
    assert_eq!(sum.moves()[0].2, 1);
}

#[test]
fn a_rule_out_of_reach_is_told_and_not_followed() {
    let told = suggested(&Case { seat: KALSEL, category: Some(TRAFFIC), region: "11.01", ..PLAIN });
    let why = told.reason(Outcome::Office).unwrap();
    assert_eq!((told.office, &why.because), (Some(KALSEL), &Because::OwnOffice));
    assert!(why.lost.iter().any(|lost| lost.by == LostBy::OutOfReach && lost.office == Some(KEMENHUB)), "{why:?}");
}

proptest! {
    /// Whatever the rules say, a seat is only shown offices that it can dispose to, and never a closed one.
    #[test]
    fn a_suggestion_is_always_within_reach(
        seat in prop::sample::select(vec![NATIONAL, KALSEL, PUPR, BANJARMASIN, KEMENHUB]),
        place in prop::sample::select(vec!["63", "63.71", "63.72", "11.01", "31.71", "64.74"]),
        category in prop::sample::select(vec![None, Some(WORKS), Some(HOLES), Some(TRAFFIC), Some(OTHER)]),
        chosen in prop::sample::select(vec![None, Some(KALSEL), Some(CLOSED), Some(KEMENHUB)]),
        text in prop::sample::select(vec!["", "suap", "jalan lubang", "lampu jalan usul"]),
    ) {
        let case = Case { seat, region: place, category, chosen, text, not: None };
        let told = suggested(&case);
        if let Some(office) = told.office {
            prop_assert!(rules().agencies.within(office, seat) && office != NATIONAL && office != CLOSED);
        }
        prop_assert_eq!(told.why.len(), 3);
        prop_assert!(!told.supervisory || told.class == Class::Complaint);
    }
}
