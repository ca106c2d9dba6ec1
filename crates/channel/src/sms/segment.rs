//! A text in the segments that a telephone puts together again.

use rusmpp::extra::concatenation::{Concatenation, Concatenator};
use rusmpp::extra::encoding::gsm7bit::Gsm7BitUnpacked;
use rusmpp::extra::encoding::ucs2::Ucs2;
use rusmpp::values::DataCoding;

/// The most segments of one message: each costs.
pub const MOST_SEGMENTS: usize = 4;
/// Septets of a message in one segment, and with a header in each of several.
const GSM_ALONE: usize = 160;
const GSM_PART: usize = 153;
/// Bytes of one segment.
const BYTES: usize = 140;
/// Bytes of the header that numbers a part.
const HEADER: usize = 6;

/// A text as it is sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Segments {
    pub coding: DataCoding,
    pub payloads: Vec<Vec<u8>>,
}

/// Cuts a text into segments: in the default alphabet where that has all its letters, in UCS-2 otherwise. `None` for a
/// text that does not fit into [`MOST_SEGMENTS`].
pub(super) fn cut(text: &str) -> Option<Segments> {
    let text = plain(text);
    let cut = match Gsm7BitUnpacked::new().encode_to_vec(&text) {
        Ok(septets) if septets.len() <= GSM_ALONE => {
            return Some(Segments { coding: DataCoding::McSpecific, payloads: vec![septets] });
        }
        Ok(_) => Gsm7BitUnpacked::new().concatenate(&text, GSM_PART + HEADER, HEADER).ok()?,
        Err(_) => Ucs2::new().concatenate(&text, BYTES, HEADER).ok()?,
    };
    let (parts, coding) = cut;
    let payloads = match parts {
        Concatenation::Single(payload) => vec![payload],
        Concatenation::Concatenated(payloads) => payloads,
    };
    (payloads.len() <= MOST_SEGMENTS).then_some(Segments { coding, payloads })
}

/// Whether a text fits into so many segments.
pub fn fits(text: &str, segments: usize) -> bool {
    cut(text).is_some_and(|cut| cut.payloads.len() <= segments)
}

/// A text with the signs of print in the form that every telephone has, and without pictures.
pub fn plain(text: &str) -> String {
    let spelt = |sign: char| match sign {
        '“' | '”' | '„' => "\"".to_owned(),
        '‘' | '’' | '`' | '´' => "'".to_owned(),
        '–' | '—' | '−' => "-".to_owned(),
        '…' => "...".to_owned(),
        '•' => "*".to_owned(),
        '\u{a0}' | '\u{202f}' => " ".to_owned(),
        // Two units of UCS-2, which not every telephone puts together.
        '\u{10000}'.. => String::new(),
        other => other.to_string(),
    };
    text.chars().map(spelt).collect()
}
