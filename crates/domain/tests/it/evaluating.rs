//! An evaluation from its first answer to its predicate: who is waited for, what is refused, and how the score comes about.

use crate::fixture::*;
use domain::evaluation::*;
use domain::measure::{Measure, Reading, Sums};
use domain::snapshot::Frozen;
use domain::time::Zone;
use domain::{Role, UserId};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const OFFICE: UserId = UserId(7);
const SUPERVISOR: UserId = UserId(8);

fn form() -> &'static Form {
    static FORM: LazyLock<Form> = LazyLock::new(|| {
        let text = include_str!("../../../../data/evaluation/forms.json");
        let mut forms: Vec<Form> = serde_json::from_str(text).unwrap();
        forms.iter().for_each(|form| form.check().unwrap());
        forms.swap_remove(0)
    });
    &FORM
}

/// All questions for which the agency shows a file.
fn all_shown() -> BTreeSet<String> {
    form().asked().map(|question| question.code.clone()).collect()
}

fn at(by: Option<UserId>, when: &str, shown: &'static BTreeSet<String>) -> Setting<'static> {
    Setting { form: form(), calendar: &rules().calendar, zone: Zone::Wita, now: instant(when), by, shown }
}

fn shown() -> &'static BTreeSet<String> {
    static SHOWN: LazyLock<BTreeSet<String>> = LazyLock::new(all_shown);
    &SHOWN
}

fn office(when: &str) -> Setting<'static> {
    at(Some(OFFICE), when, shown())
}

fn supervisor(when: &str) -> Setting<'static> {
    at(Some(SUPERVISOR), when, shown())
}

/// The best answer to every question.
fn best() -> Act {
    let draft = |question: &Question| {
        let choice = question.choices().iter().max_by_key(|choice| choice.points).unwrap();
        (question.code.clone(), Draft { choice: Some(choice.code.clone()), note: String::new() })
    };
    Act::Save(form().asked().map(draft).collect())
}

/// Verdicts that accept everything but for some corrections.
fn verdicts(of: &Evaluation, corrected: &[(&str, &str, &str)]) -> BTreeMap<String, Verdict> {
    let verdict = |(code, answer): (&String, &Answer)| {
        let other = corrected.iter().find(|(question, ..)| question == code);
        let choice = other.map_or_else(|| answer.choice.clone().unwrap(), |(_, choice, _)| (*choice).to_owned());
        let reason = other.map_or("", |(.., reason)| reason).to_owned();
        (code.clone(), Verdict { choice, reason })
    };
    of.answers.iter().map(verdict).collect()
}

fn submitted() -> Evaluation {
    let draft = Evaluation::new(form()).after(&office("2026-01-12T09:00"), &best()).unwrap();
    draft.after(&office("2026-01-12T10:00"), &Act::Submit).unwrap()
}

/// Verified on a Friday, with the decree corrected.
fn verified() -> Evaluation {
    let submitted = submitted();
    let act = Act::Verify(verdicts(&submitted, &[("decree", "outdated", "Ketua tim sudah pindah.")]));
    submitted.after(&supervisor("2026-01-16T15:00"), &act).unwrap()
}

fn objected() -> Evaluation {
    let reasons = BTreeMap::from([("decree".to_owned(), "SK baru terbit pada Desember.".to_owned())]);
    verified().after(&office("2026-01-20T09:00"), &Act::Object(reasons)).unwrap()
}

fn kinds(refused: Result<Evaluation, Vec<Fault>>) -> Vec<(Option<String>, FaultKind)> {
    refused.unwrap_err().into_iter().map(|fault| (fault.question, fault.kind)).collect()
}

fn frozen(readings: &[(Measure, i64, u64)]) -> Frozen {
    let figure = |(measure, hundredths, denominator): &(Measure, i64, u64)| Reading {
        measure: *measure,
        numerator: 1,
        denominator: *denominator,
        hundredths: Some(*hundredths),
    };
    Frozen { figures: readings.iter().map(figure).collect(), sums: Sums::default(), before: 0 }
}

fn good_figures() -> Frozen {
    frozen(&[
        (Measure::FollowUp, 9_900, 545),
        (Measure::Completion, 9_578, 545),
        (Measure::Punctuality, 9_700, 500),
        (Measure::Rating, 460, 40),
    ])
}

#[test]
fn the_shipped_form_asks_about_what_the_ministry_evaluates() {
    let sections: Vec<&str> = form().sections.iter().map(|section| section.code.as_str()).collect();
    assert_eq!(sections, ["planning", "policy", "people", "socialisation", "channels"]);
    let read = form().questions().filter(|(_, question)| matches!(question.by, By::Figure { .. })).count();
    assert_eq!((form().asked().count(), read), (11, 4));
}

#[test]
fn a_form_that_cannot_be_reckoned_with_is_refused() {
    let with = |change: fn(&mut Form)| {
        let mut form = form().clone();
        change(&mut form);
        form.check().unwrap_err()
    };
    assert_eq!(with(|form| form.sections[0].questions[0].weight = 6), FormFault::Weights(101));
    assert_eq!(with(|form| form.predicates[3].from = 1), FormFault::Predicates);
    assert_eq!(with(|form| form.predicates.swap(0, 1)), FormFault::Predicates);
    let twice = |form: &mut Form| {
        let first = form.sections[0].questions[0].code.clone();
        form.sections[1].questions[0].code = first;
    };
    assert_eq!(with(twice), FormFault::Twice("work_plan".into()));
    let rising = |form: &mut Form| {
        if let By::Figure { bands, .. } = &mut form.sections[4].questions[2].by {
            bands.reverse();
        }
    };
    assert_eq!(with(rising), FormFault::Question("follow_up".into()));
}

#[test]
fn a_draft_waits_for_every_answer_and_for_evidence_of_what_is_claimed() {
    let draft = Evaluation::new(form());
    let all = kinds(draft.after(&office("2026-01-12T09:00"), &Act::Submit));
    assert_eq!((all.len(), all[0].clone()), (11, (Some("work_plan".into()), FaultKind::Unanswered)));
    let draft = draft.after(&office("2026-01-12T09:00"), &best()).unwrap();
    static SOME: LazyLock<BTreeSet<String>> =
        LazyLock::new(|| all_shown().into_iter().filter(|code| code != "decree" && code != "budget").collect());
    let without = at(Some(OFFICE), "2026-01-12T09:30", &SOME);
    let missing = kinds(draft.after(&without, &Act::Submit));
    assert_eq!(
        missing,
        [(Some("budget".into()), FaultKind::NoEvidence), (Some("decree".into()), FaultKind::NoEvidence)]
    );
    // Whoever says that there is nothing need not show it.
    let nothing = |code: &str| (code.to_owned(), Draft { choice: Some("none".into()), note: String::new() });
    let honest = Act::Save(BTreeMap::from([nothing("budget"), nothing("decree")]));
    let draft = draft.after(&without, &honest).unwrap();
    assert_eq!(draft.after(&without, &Act::Submit).unwrap().stage, Stage::Submitted);
}

#[test]
fn a_draft_takes_no_answer_that_the_form_does_not_know() {
    let wrong = |code: &str, choice: &str, note: String| {
        let draft = Draft { choice: Some(choice.to_owned()), note };
        kinds(
            Evaluation::new(form())
                .after(&office("2026-01-12T09:00"), &Act::Save(BTreeMap::from([(code.to_owned(), draft)]))),
        )
    };
    assert_eq!(wrong("decree", "best", String::new()), [(Some("decree".into()), FaultKind::UnknownChoice)]);
    // A figure is read, and nobody answers it.
    assert_eq!(wrong("completion", "none", String::new()), [(Some("completion".into()), FaultKind::UnknownChoice)]);
    assert_eq!(wrong("decree", "all", "a".repeat(2_001)), [(Some("decree".into()), FaultKind::TooLong)]);
}

#[test]
fn a_supervisor_judges_every_answer_and_says_why_it_is_corrected() {
    let submitted = submitted();
    let when = supervisor("2026-01-16T15:00");
    let silent = Act::Verify(verdicts(&submitted, &[("decree", "outdated", " ")]));
    assert_eq!(kinds(submitted.after(&when, &silent)), [(Some("decree".into()), FaultKind::NoReason)]);
    let mut some = verdicts(&submitted, &[]);
    some.remove("budget");
    assert_eq!(kinds(submitted.after(&when, &Act::Verify(some))), [(Some("budget".into()), FaultKind::Unanswered)]);
    // Nobody judges what they handed in, from whatever seat.
    let own = submitted.after(&office("2026-01-16T15:00"), &Act::Verify(verdicts(&submitted, &[])));
    assert_eq!(kinds(own), [(None, FaultKind::OwnWork)]);
}

#[test]
fn each_stage_waits_for_its_own_acts_only() {
    let stages = [
        ("draft", Evaluation::new(form()).after(&office("2026-01-12T09:00"), &best()).unwrap()),
        ("submitted", submitted()),
        ("verified", verified()),
        ("objected", objected()),
        ("final", verified().after(&office("2026-01-20T09:00"), &Act::Accept).unwrap()),
    ];
    assert_eq!(stages.each_ref().map(|(name, _)| *name), Stage::NAMES);
    let mut table = Vec::new();
    for (name, evaluation) in &stages {
        assert_eq!(evaluation.stage.name(), *name);
        let reason = "Sudah kami periksa kembali.";
        let acts = [
            best(),
            Act::Submit,
            Act::Verify(verdicts(&submitted(), &[])),
            Act::Accept,
            Act::Object(BTreeMap::from([("decree".to_owned(), reason.to_owned())])),
            Act::Decide(verdicts(&submitted(), &[("decree", "all", reason)])),
            Act::Lapse,
        ];
        let taken = acts.iter().filter(|act| {
            let when = match act {
                Act::Lapse => at(None, "2026-03-01T09:00", shown()),
                Act::Verify(_) | Act::Decide(_) => supervisor("2026-01-21T09:00"),
                _ => office("2026-01-21T09:00"),
            };
            evaluation.after(&when, act).is_ok()
        });
        table.push((*name, taken.map(Act::name).collect::<Vec<_>>()));
    }
    let wanted = [
        ("draft", vec!["save", "submit"]),
        ("submitted", vec!["verify"]),
        ("verified", vec!["accept", "object", "lapse"]),
        ("objected", vec!["decide"]),
        ("final", vec![]),
    ];
    assert_eq!(table, wanted);
}

/// Verified on Monday 16 March 2026: of the days after it only the 17th, 25th, 26th, 27th and 30th are worked on, because of
/// Nyepi, Idulfitri and the collective leave around both.
#[test]
fn the_time_to_object_runs_over_the_long_holidays() {
    let submitted = submitted();
    let act = Act::Verify(verdicts(&submitted, &[("decree", "outdated", "Ketua tim sudah pindah.")]));
    let verified = submitted.after(&supervisor("2026-03-16T10:00"), &act).unwrap();
    let Stage::Verified { until } = verified.stage else { panic!("{:?}", verified.stage) };
    assert_eq!(Zone::Wita.iso(until), "2026-03-30T23:59:59+08:00");
    let reasons = || Act::Object(BTreeMap::from([("decree".to_owned(), "SK sudah diperbarui.".to_owned())]));
    let just_in_time = verified.after(&office("2026-03-30T23:59"), &reasons()).unwrap();
    assert_eq!(just_in_time.stage, Stage::Objected);
    let lapse = |when: &str| verified.after(&at(None, when, shown()), &Act::Lapse);
    assert_eq!(kinds(lapse("2026-03-30T23:59")), [(None, FaultKind::Time)]);
    assert_eq!(kinds(verified.after(&office("2026-03-31T00:00"), &reasons())), [(None, FaultKind::Time)]);
    let Stage::Final { how, .. } = lapse("2026-03-31T00:00").unwrap().stage else { panic!("it did not end") };
    assert_eq!(how, Closing::Lapsed);
}

#[test]
fn an_objection_needs_a_reason_is_decided_in_words_and_comes_once() {
    let object = |reason: &str| {
        verified().after(
            &office("2026-01-20T09:00"),
            &Act::Object(BTreeMap::from([("decree".to_owned(), reason.to_owned())])),
        )
    };
    assert_eq!(kinds(object("")), [(Some("decree".into()), FaultKind::NoReason)]);
    let nothing = verified().after(&office("2026-01-20T09:00"), &Act::Object(BTreeMap::new()));
    assert_eq!(kinds(nothing), [(None, FaultKind::Nothing)]);

    let decide = |choice: &str, reason: &str| {
        let verdict = Verdict { choice: choice.to_owned(), reason: reason.to_owned() };
        objected()
            .after(&supervisor("2026-01-26T09:00"), &Act::Decide(BTreeMap::from([("decree".to_owned(), verdict)])))
    };
    assert_eq!(kinds(decide("outdated", "")), [(Some("decree".into()), FaultKind::NoReason)]);
    let revised = decide("all", "SK Nomor 5 berlaku sejak Desember.").unwrap();
    assert!(revised.stage.is_final());
    let line = |of: &Evaluation| {
        let working = work_out(form(), of, None);
        working.lines.into_iter().find(|line| line.question == "decree").unwrap()
    };
    assert_eq!((line(&revised).points, line(&revised).reason), (Some(100), Reason::Revised));
    let upheld = decide("outdated", "SK itu belum ditandatangani.").unwrap();
    assert_eq!((line(&upheld).points, line(&upheld).reason), (Some(40), Reason::Upheld));
    let told = line(&upheld).answer.unwrap();
    assert_eq!(told.choice.as_deref(), Some("all"));
    assert_eq!(told.verdict.unwrap().reason, "Ketua tim sudah pindah.");
    assert_eq!(told.objection.as_deref(), Some("SK baru terbit pada Desember."));
    assert_eq!(told.decision.unwrap().reason, "SK itu belum ditandatangani.");
}

#[test]
fn a_score_is_the_weighted_mean_and_says_where_each_point_is_from() {
    let working = work_out(form(), &verified(), Some(&good_figures()));
    // 100 everywhere but for the decree: 40 of 100 with a weight of 8.
    assert_eq!((working.counted, working.score, working.predicate), (100, 9_520, Predicate::VeryGood));
    let reason = |code: &str| working.lines.iter().find(|line| line.question == code).unwrap().reason;
    assert_eq!((reason("decree"), reason("budget")), (Reason::Corrected, Reason::Accepted));
    assert_eq!(reason("completion"), Reason::Figure);
    let again: u32 = working.lines.iter().map(|line| line.weight * line.points.unwrap()).sum();
    assert_eq!(again, working.score);
    let slow = frozen(&[(Measure::Completion, 8_999, 545), (Measure::FollowUp, 4_999, 545)]);
    let points = |code: &str| {
        let working = work_out(form(), &verified(), Some(&slow));
        working.lines.into_iter().find(|line| line.question == code).unwrap().points
    };
    assert_eq!((points("completion"), points("follow_up"), points("rating")), (Some(60), Some(0), None));
}

#[test]
fn figures_of_few_reports_neither_help_nor_harm_an_office() {
    let nine = |hundredths| {
        frozen(&[
            (Measure::FollowUp, hundredths, 9),
            (Measure::Completion, hundredths, 9),
            (Measure::Punctuality, hundredths, 9),
            (Measure::Rating, hundredths.min(500), 3),
        ])
    };
    let (bad, good) = (nine(0), nine(10_000));
    let of = |frozen: Option<&Frozen>| work_out(form(), &verified(), frozen);
    let scores = [of(Some(&bad)), of(Some(&good)), of(None)].map(|working| (working.counted, working.score));
    // 65 parts count: 65 × 100 − 8 × 60 = 6020, ÷ 65 = 92.615…
    assert_eq!(scores, [(65, 9_262); 3]);
    assert!(of(Some(&bad)).lines.iter().filter(|line| line.points.is_none()).all(|line| line.reason == Reason::TooFew));
    let ten = frozen(&[(Measure::Completion, 0, 10)]);
    assert_eq!(of(Some(&ten)).counted, 75);
}

#[test]
fn a_predicate_begins_at_its_threshold_and_not_a_hundredth_before() {
    use Predicate::*;
    let thresholds = [(8_500, VeryGood, Good), (7_000, Good, Fair), (5_000, Fair, Poor)];
    for (from, reached, below) in thresholds {
        assert_eq!((form().predicate(from), form().predicate(from - 1)), (reached, below));
    }
    assert_eq!((form().predicate(10_000), form().predicate(0)), (VeryGood, Poor));
}

#[test]
fn nobody_verifies_the_own_agency_and_nobody_answers_for_another() {
    use domain::policy::{OfficeAction, may_at};
    let agencies = &rules().agencies;
    let roots = [KALSEL, BANJARMASIN];
    for role in Role::ALL {
        for seat in agencies.iter().map(|office| office.id) {
            let by = officer(role, seat);
            for office in roots {
                let own = agencies.root_of(seat) == office;
                let fills = may_at(agencies, &by, OfficeAction::FillEvaluation, office);
                let judges = may_at(agencies, &by, OfficeAction::VerifyEvaluation, office);
                assert!(!(own && judges), "{role:?} at {seat} judges the own agency");
                assert!(own || !fills, "{role:?} at {seat} answers for {office}");
            }
        }
    }
    let diskominfo = officer(Role::AgencyAdmin, agencies.main_admin_of(KALSEL));
    assert!(may_at(agencies, &diskominfo, OfficeAction::FillEvaluation, KALSEL));
    assert!(!may_at(agencies, &officer(Role::AgencyAdmin, PUPR), OfficeAction::FillEvaluation, KALSEL));
}

/// What an older version of this program has stored is read by this one.
#[test]
fn an_evaluation_is_stored_as_a_line_that_stays_readable() {
    let at: Timestamp = "2026-01-12T02:00:00Z".parse().unwrap();
    let stored = r#"{"form":1,"stage":{"verified":{"until":"2026-01-23T15:59:59Z"}},"answers":{"decree":{"choice":"all",
        "note":"","verdict":{"choice":"outdated","reason":"Ketua tim sudah pindah."},"objection":null,"decision":null}},
        "submitted":{"at":"2026-01-12T02:00:00Z","by":7},"verified":null,"objected":null}"#;
    let read: Evaluation = serde_json::from_str(stored).unwrap();
    assert_eq!(read.submitted, Some(Done { at, by: Some(OFFICE) }));
    assert_eq!(read.answers["decree"].standing(), Some("outdated"));
    let again: Evaluation = serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
    assert_eq!(again, read);
}

#[test]
fn what_is_incomplete_goes_back_with_a_reason_and_is_handed_in_again() {
    let draft = Evaluation::new(form()).after(&office("2026-07-08T09:00"), &best()).unwrap();
    let back = |reason: &str| Act::SendBack(reason.to_owned());
    let kinds = |result: Result<Evaluation, Vec<Fault>>| -> Vec<FaultKind> {
        result.unwrap_err().into_iter().map(|fault| fault.kind).collect()
    };
    assert_eq!(kinds(draft.after(&supervisor("2026-07-09T09:00"), &back("SK tidak terbaca."))), [FaultKind::Stage]);
    let handed_in = draft.after(&office("2026-07-08T10:00"), &Act::Submit).unwrap();
    assert_eq!(kinds(handed_in.after(&supervisor("2026-07-09T09:00"), &back("  "))), [FaultKind::NoReason]);
    let long = "a".repeat(MOST_TEXT + 1);
    assert_eq!(kinds(handed_in.after(&supervisor("2026-07-09T09:00"), &back(&long))), [FaultKind::TooLong]);
    assert_eq!(kinds(handed_in.after(&office("2026-07-09T09:00"), &back("Sendiri."))), [FaultKind::OwnWork]);
    let again = handed_in.after(&supervisor("2026-07-09T09:00"), &back("SK tidak terbaca.")).unwrap();
    assert_eq!((again.stage, again.submitted, &again.answers), (Stage::Draft, None, &draft.answers));
    let twice = again.after(&office("2026-07-10T09:00"), &Act::Submit).unwrap();
    assert_eq!(twice.stage, Stage::Submitted);
}
