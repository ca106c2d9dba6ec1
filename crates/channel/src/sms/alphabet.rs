//! How bytes of a short message are read: GSM 03.38, UCS-2, Latin-1.

use rusmpp::extra::encoding::gsm7bit::Gsm7BitUnpacked;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a centre means by its default alphabet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Alphabet {
    #[default]
    Gsm,
    Latin1,
}

/// Codings of SMPP 3.4 §5.2.19.
pub(super) const DEFAULT: u8 = 0;
const LATIN1: u8 = 3;
const ASCII: u8 = 1;
const UCS2: u8 = 8;
/// Ours, for a centre whose default is Latin-1.
pub(super) const DEFAULT_LATIN1: u8 = 0xFF;

const ESCAPE: u8 = 0x1B;

/// The letters behind each byte, and behind each after the escape; made of the encoder, so that both agree.
static GSM: LazyLock<HashMap<(bool, u8), char>> = LazyLock::new(|| {
    let encoder = Gsm7BitUnpacked::new();
    let letters = ('\0'..='\u{3FF}').chain(['€']);
    let bytes = letters.filter_map(|letter| Some((letter, encoder.encode_to_vec(&letter.to_string()).ok()?)));
    bytes
        .filter_map(|(letter, bytes)| match bytes[..] {
            [byte] => Some(((false, byte), letter)),
            [ESCAPE, byte] => Some(((true, byte), letter)),
            _ => None,
        })
        .collect()
});

/// Reads the bytes of a message by its coding. What cannot be read becomes `�`; nothing fails.
pub fn decode(coding: u8, payload: &[u8]) -> String {
    match coding {
        DEFAULT => gsm(payload),
        UCS2 => {
            let units: Vec<u16> =
                payload.chunks(2).map(|pair| u16::from_be_bytes([pair[0], *pair.get(1).unwrap_or(&0)])).collect();
            String::from_utf16_lossy(&units)
        }
        LATIN1 | ASCII | DEFAULT_LATIN1 => payload.iter().map(|byte| char::from(*byte)).collect(),
        _ => match std::str::from_utf8(payload) {
            Ok(text) => text.to_owned(),
            Err(_) => payload.iter().map(|byte| char::from(*byte)).collect(),
        },
    }
}

fn gsm(payload: &[u8]) -> String {
    let mut escaped = false;
    let mut text = String::with_capacity(payload.len());
    for byte in payload {
        if *byte == ESCAPE && !escaped {
            escaped = true;
            continue;
        }
        let letter = GSM.get(&(escaped, *byte)).or_else(|| GSM.get(&(false, *byte)));
        text.push(letter.copied().unwrap_or(char::REPLACEMENT_CHARACTER));
        escaped = false;
    }
    text
}
