//! What reports are about, as often as the public reports of July 2025 were.

mod order;
mod other;
mod people;
mod works;

use super::Dice;
use domain::report::Class;

/// Texts about one category. Slots such as `{jalan}` are filled by the scene.
#[derive(Debug)]
pub struct Topic {
    /// Reports per thousand.
    pub weight: u32,
    /// A name in the category tree.
    pub category: &'static str,
    /// One for each of the facts.
    pub(super) titles: &'static [&'static str],
    pub(super) facts: &'static [&'static str],
    pub(super) effects: &'static [&'static str],
    pub(super) wishes: &'static [&'static str],
    pub(super) questions: &'static [&'static str],
    /// What an agency writes when the matter is mended.
    pub(super) done: &'static [&'static str],
    /// Complaints about abuse of office, in percent.
    pub supervisory: u32,
}

impl Topic {
    /// A title and the sentence that opens a report of this class.
    pub(super) fn opening(&self, class: Class, dice: &mut Dice) -> (&'static str, &'static str) {
        match class {
            Class::Complaint => {
                let matter = dice.below(self.facts.len());
                (self.titles[matter], self.facts[matter])
            }
            Class::Aspiration => (dice.pick(PROPOSALS), dice.pick(self.wishes)),
            Class::InformationRequest => (dice.pick(INQUIRIES), dice.pick(self.questions)),
        }
    }
}

const PROPOSALS: &[&str] =
    &["Usulan warga {rt}", "Saran untuk pelayanan di wilayah kami", "Usulan untuk lingkungan {jalan} dan sekitarnya"];
const INQUIRIES: &[&str] = &["Permohonan informasi", "Mohon penjelasan prosedur", "Pertanyaan warga {rt}"];
const SHELVES: [&[Topic]; 4] = [works::TOPICS, people::TOPICS, order::TOPICS, other::TOPICS];
const TOTAL: usize = 1000;

/// All topics; their weights add up to a thousand.
pub(super) fn all() -> impl Iterator<Item = &'static Topic> {
    SHELVES.into_iter().flatten()
}

pub(super) fn draw(dice: &mut Dice) -> &'static Topic {
    let mut left = dice.below(TOTAL) as u32;
    let drawn = all().find(|topic| match left.checked_sub(topic.weight) {
        Some(rest) => {
            left = rest;
            false
        }
        None => true,
    });
    drawn.unwrap_or(&other::TOPICS[0])
}

pub(super) fn about(category: &str) -> Option<&'static Topic> {
    all().find(|topic| topic.category == category)
}
