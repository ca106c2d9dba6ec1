//! Recovery codes: ten, each good for one login, kept as digests under the server's key.

use crate::keys::Keys;
use domain::UserId;

/// How many are made at once.
pub(super) const MADE: usize = 10;
/// Characters of one, without its dash: fifty bits.
const LENGTH: usize = 10;
/// Digits and letters that nobody mistakes for one another (after Crockford).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// New codes as they are shown, `xxxxx-xxxxx`.
pub(super) fn make() -> Vec<String> {
    let one = || {
        let bytes: [u8; LENGTH] = rand::random();
        let text: String = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
        format!("{}-{}", &text[..LENGTH / 2], &text[LENGTH / 2..])
    };
    (0..MADE).map(|_| one()).collect()
}

/// How a code is kept; `None` for what cannot be one. Case, spaces and dashes do not matter, and letters that
/// look like a digit are read as it.
pub(super) fn digest(keys: &Keys, officer: UserId, typed: &str) -> Option<String> {
    let letters = typed.chars().filter(|c| c.is_alphanumeric()).map(|c| match c.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        other => other,
    });
    let code: String = letters.collect();
    let plain = code.len() == LENGTH && code.bytes().all(|b| ALPHABET.contains(&b));
    plain.then(|| keys.sign("recovery", &format!("{officer}.{code}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_differ_and_are_read_however_they_are_typed() {
        let keys = Keys::new([7; 32]);
        let codes: BTreeSet<String> = (0..20).flat_map(|_| make()).collect();
        assert_eq!(codes.len(), 200);
        let kept = |typed: &str| digest(&keys, UserId(9), typed);
        for code in &codes {
            assert!(kept(code).is_some(), "{code}");
            assert_eq!(kept(code), kept(&format!(" {} ", code.to_uppercase().replace('-', " "))));
        }
        assert_eq!(kept("0o1il-abcde"), kept("00111-abcde"));
        assert_ne!(kept("00111-abcde"), digest(&keys, UserId(8), "00111-abcde"), "one code for two officers");
        for wrong in ["", "123456", "00111-abcdu", "00111-abcdef"] {
            assert_eq!(kept(wrong), None, "{wrong}");
        }
    }
}
