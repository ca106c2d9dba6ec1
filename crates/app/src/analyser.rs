//! The one text analyser for search, so that both engines find the same reports.
//!
//! Lower case, diacritics folded, stop words dropped, Indonesian affixes taken off: *jalannya
//! berlubang* finds *jalan lubang*.

mod stem;
mod word;

use std::collections::BTreeSet;

/// Most distinct terms that are kept of one text.
pub const MOST_TERMS: usize = 400;
/// Most distinct terms of a query; what is typed behind them is ignored.
pub const MOST_QUERY_TERMS: usize = 12;

/// The distinct search terms of a text, sorted; each of `[a-z0-9]`, 2 to 32 bytes.
pub fn terms(text: &str) -> Vec<String> {
    distinct(text, MOST_TERMS)
}

/// The terms that a report must have to be found by a query; empty when the query says nothing.
pub fn query_terms(query: &str) -> Vec<String> {
    distinct(query, MOST_QUERY_TERMS)
}

/// Most terms that are kept of a text in their order.
const MOST_IN_ORDER: usize = 4_000;

/// The terms of a text in their order, repetitions included, so that phrases can be found in it.
pub fn in_order(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    word::each(text, |word| {
        found.push(stem::stem(word).into_owned());
        found.len() < MOST_IN_ORDER
    });
    found
}

fn distinct(text: &str, most: usize) -> Vec<String> {
    let mut found = BTreeSet::new();
    word::each(text, |word| {
        let term = stem::stem(word);
        if !found.contains(term.as_ref()) {
            found.insert(term.into_owned());
        }
        found.len() < most
    });
    found.into_iter().collect()
}

#[cfg(test)]
mod tests;
