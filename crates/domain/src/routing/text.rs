//! A text, prepared so that phrases are found in it quickly.

use std::collections::HashMap;

/// The stems of a text in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    terms: Vec<String>,
    places: HashMap<String, Vec<usize>>,
}

impl Text {
    /// A text of stems, as the search analyser gives them.
    pub fn new(terms: Vec<String>) -> Text {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, term) in terms.iter().enumerate() {
            places.entry(term.clone()).or_default().push(at);
        }
        Text { terms, places }
    }

    /// Whether the stems stand in it, one directly behind the other. Nothing stands nowhere.
    pub fn holds(&self, phrase: &[String]) -> bool {
        let Some(first) = phrase.first() else { return false };
        let starts = self.places.get(first).map_or(&[][..], Vec::as_slice);
        starts.iter().any(|at| self.terms[*at..].starts_with(phrase))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<String> {
        text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }

    #[test]
    fn a_phrase_is_found_in_its_order_only() {
        let text = Text::new(stems("lampu jalan padam jalan lampu merah"));
        assert!(text.holds(&stems("lampu jalan")) && text.holds(&stems("lampu merah")) && text.holds(&stems("padam")));
        assert!(!text.holds(&stems("merah lampu")) && !text.holds(&stems("lampu padam")) && !text.holds(&[]));
    }
}
