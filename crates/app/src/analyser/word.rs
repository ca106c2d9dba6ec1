//! Cuts a text into plain words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const LONGEST: usize = 32;

/// Words that nearly every report has; sorted.
const STOP_WORDS: [&str; 64] = [
    "ada", "adalah", "agar", "akan", "atas", "atau", "bagi", "bahwa", "bisa", "dalam", "dan", "dapat", "dari",
    "dengan", "dg", "dgn", "di", "dia", "dr", "ia", "ini", "itu", "jg", "jika", "juga", "kalau", "kami", "karena",
    "ke", "kepada", "kita", "krn", "lagi", "maka", "mereka", "mohon", "namun", "nya", "oleh", "pada", "para", "pun",
    "saat", "saja", "sangat", "saya", "sdh", "sebagai", "secara", "sehingga", "serta", "sudah", "supaya", "telah",
    "tersebut", "tetapi", "tsb", "untuk", "utk", "yaitu", "yakni", "yang", "yg", "yth",
];

/// Gives each word of two letters and more that is no stop word, until the taker returns false.
pub(super) fn each(text: &str, mut take: impl FnMut(&str) -> bool) {
    let mut word = String::with_capacity(LONGEST);
    let mut put = |letter: Option<char>| match letter {
        Some(letter) => {
            if word.len() < LONGEST {
                word.push(letter);
            }
            true
        }
        None => {
            let goes_on = !is_term(&word) || take(once(&word));
            word.clear();
            goes_on
        }
    };
    if text.is_ascii() {
        let _ = text.bytes().map(char::from).chain([' ']).filter_map(fold).all(&mut put);
    } else {
        let _ = text.nfkd().chain([' ']).filter_map(fold).all(&mut put);
    }
}

/// A letter of a word, an end of word, or nothing at all: accents and apostrophes (*Jum'at*) vanish.
fn fold(c: char) -> Option<Option<char>> {
    match c {
        'a'..='z' | '0'..='9' => Some(Some(c)),
        'A'..='Z' => Some(Some(c.to_ascii_lowercase())),
        '\'' | '`' | '\u{2018}' | '\u{2019}' | '\u{ad}' => None,
        _ if c.is_ascii() || !is_combining_mark(c) => Some(None),
        _ => None,
    }
}

fn is_term(word: &str) -> bool {
    word.len() > 1 && STOP_WORDS.binary_search(&word).is_err()
}

/// *jalan2* is how people write *jalan-jalan*.
fn once(word: &str) -> &str {
    match word.strip_suffix('2') {
        Some(root) if root.len() > 2 && root.bytes().all(|b| b.is_ascii_lowercase()) => root,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_in_the_order_that_the_search_needs() {
        assert!(STOP_WORDS.is_sorted());
    }
}
