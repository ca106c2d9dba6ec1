//! Texts of the service: how long one may be, and whether two say the same.

/// The weight that a post may have.
const MOST_WEIGHT: usize = 280;
/// An address weighs so much, however long it is.
const LINK: usize = 23;

/// Whether a text has room in one post.
pub fn fits(text: &str) -> bool {
    weight(text) <= MOST_WEIGHT
}

/// Letters of most alphabets weigh one, all others two (<https://docs.x.com/fundamentals/counting-characters>). A sign that
/// is made of several counts for each of them: never less than the service counts.
pub(super) fn weight(text: &str) -> usize {
    let of = |letter: char| match u32::from(letter) {
        0..=4351 | 8192..=8205 | 8208..=8223 | 8242..=8247 => 1,
        _ => 2,
    };
    let of_word = |word: &str| match is_link(word) {
        true => LINK,
        false => word.chars().map(of).sum(),
    };
    text.split_inclusive(char::is_whitespace)
        .map(|word| of_word(word.trim_end()) + word.chars().rev().take_while(|sign| sign.is_whitespace()).count())
        .sum()
}

/// Whether two texts say the same, but for names before them and for addresses, which the service writes in its own way.
pub(super) fn same(one: &str, other: &str) -> bool {
    bare(one) == bare(other)
}

fn bare(text: &str) -> Vec<&str> {
    let words = text.split_whitespace().filter(|word| !is_link(word));
    words.skip_while(|word| word.starts_with('@')).collect()
}

fn is_link(word: &str) -> bool {
    word.starts_with("https://") || word.starts_with("http://")
}
