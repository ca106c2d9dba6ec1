use super::*;
use domain::report::{AnswerKind, ArchiveReason, ReturnReason};
use std::collections::{HashMap, HashSet};

const SAMPLE: u64 = 20_000;

fn drafts() -> impl Iterator<Item = Draft> {
    (0..SAMPLE).map(|number| draft(7, number))
}

fn share(holds: impl Fn(&Draft) -> bool) -> f64 {
    100.0 * drafts().filter(|draft| holds(draft)).count() as f64 / SAMPLE as f64
}

fn sentences(text: &str) -> usize {
    let ends = |pair: &[u8]| matches!(pair[0], b'.' | b'?' | b'!') && pair[1] == b' ';
    text.as_bytes().windows(2).filter(|pair| ends(pair)).count() + 1
}

#[test]
fn a_seed_always_tells_the_same_story() {
    let one = draft(1, 42);
    assert_eq!(one.title, "Sarang tawon besar di samping balai warga");
    assert_eq!((draft(1, 42).body, draft(1, 42).address), (one.body.clone(), one.address));
    assert_ne!(draft(2, 42).body, one.body);
    assert_ne!(draft(1, 43).body, one.body);
}

#[test]
fn texts_are_filled_of_fair_length_and_fit_their_limits() {
    for Draft { title, body, channel, .. } in drafts() {
        assert!(!format!("{title}{body}").contains(['{', '}']), "{title} / {body}");
        assert!((5..=150).contains(&title.chars().count()), "{title}");
        assert!((20..=1000).contains(&body.chars().count()), "{body}");
        assert!(channel != Channel::Sms || body.chars().count() <= SMS_CHARACTERS, "{body}");
        assert!(!body.contains("  ") && !body.contains(" di di "), "{body}");
    }
}

#[test]
fn people_write_two_to_five_sentences_but_in_text_messages() {
    for Draft { body, channel, .. } in drafts().filter(|draft| draft.channel != Channel::Sms) {
        assert!((2..=5).contains(&sentences(&body)), "{channel:?}: {body}");
    }
}

#[test]
fn hardly_two_reports_are_the_same() {
    let bodies: HashSet<String> = drafts().map(|draft| draft.body).collect();
    assert!(bodies.len() as f64 > 0.9 * SAMPLE as f64, "{}", bodies.len());
}

#[test]
fn regions_classes_and_categories_have_their_known_shares() {
    let near = |found: f64, known: f64| assert!((found - known).abs() < 1.2, "{found} ≠ {known}");
    let island = |first: &'static str| share(move |draft| draft.province.starts_with(first));
    near(island("3"), 69.6);
    near(island("1") + island("2"), 14.6);
    near(island("6"), 6.8);
    near(share(|draft| draft.category.is_none()), 36.9);
    near(share(|draft| draft.topic.category == "Topik Lainnya"), 22.8);
    near(share(|draft| draft.topic.category == "Infrastruktur jalan"), 5.0);
    assert!(share(|draft| draft.class == Class::Complaint) > 80.0);
    assert!((0.5..5.0).contains(&share(|draft| draft.supervisory)));
}

#[test]
fn every_topic_is_met_whole_and_the_weights_add_up() {
    assert!(topic::all().all(|topic| topic.titles.len() == topic.facts.len()));
    assert_eq!(topic::all().map(|topic| topic.weight).sum::<u32>(), 1000);
    let mut met: HashMap<&str, u32> = HashMap::new();
    drafts().for_each(|draft| *met.entry(draft.topic.titles[0]).or_default() += 1);
    assert_eq!(met.len(), topic::all().count());
}

#[test]
fn every_category_is_in_the_tree() {
    let tree = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/category/categories.csv"));
    for topic in topic::all() {
        assert!(tree.contains(topic.category), "{}", topic.category);
    }
}

#[test]
fn a_draft_can_be_asked_for_by_category() {
    for category in
        ["Infrastruktur jalan", "Penerangan jalan", "Ketertiban umum", "Infrastruktur pendukung", "Jalan berlubang"]
    {
        assert_eq!(draft_about(category, 3, 1).unwrap().category, Some(category));
    }
    assert!(draft_about("Perjalanan ke bulan", 3, 1).is_none());
}

#[test]
fn answers_speak_of_the_matter_and_name_no_invented_place() {
    for draft in drafts().take(2_000) {
        for kind in [AnswerKind::Done, AnswerKind::Explained, AnswerKind::Planned, AnswerKind::Refused] {
            let text = answer(&draft, kind, 1);
            assert!(!text.contains(['{', '}']) && !text.contains("Jalan "), "{text}");
            assert_eq!(text, answer(&draft, kind, 1));
        }
        let done = draft.topic.done[0].split(['{', ';']).next().unwrap();
        let told = (0..30).any(|turn| answer(&draft, AnswerKind::Done, turn).contains(done));
        assert_eq!(told, draft.class == Class::Complaint, "{done}");
    }
}

#[test]
fn remarks_are_long_enough_to_be_taken() {
    let mut dice = Dice::new(5, 5);
    for _ in 0..200 {
        for text in [reply(&mut dice), objection(&mut dice)] {
            assert!(text.len() >= 10 && !text.contains('{'), "{text}");
        }
        assert!(disposition_note(&mut dice).len() > 3 && hold_remark(&mut dice).len() > 3);
        assert!(return_remark(ReturnReason::OtherLevel, &mut dice).len() > 3);
        assert!(archive_remark(ArchiveReason::Duplicate, &mut dice).len() > 3);
    }
}

#[test]
fn nobody_is_named_in_full() {
    for name in drafts().filter_map(|draft| draft.reporter) {
        assert!(name.ends_with('.') && name.split(' ').count() == 2, "{name}");
    }
}

#[test]
fn dice_fall_evenly_and_within_bounds() {
    let mut dice = Dice::new(0, 0);
    let mut seen = [0u32; 6];
    (0..6_000).for_each(|_| seen[dice.below(6)] += 1);
    assert!(seen.iter().all(|count| (850..1150).contains(count)), "{seen:?}");
    assert_eq!(dice.below(0), 0);
    assert!((0..100).all(|_| (3..=5).contains(&dice.between(3, 5))));
}
