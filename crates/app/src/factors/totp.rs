//! Codes of an authenticator: six digits every thirty seconds (RFC 6238), SHA-1 as all of them understand it.

use crate::{Error, Result};
use jiff::Timestamp;
use totp_rs::{Algorithm, Builder, Secret, Totp};

/// Bytes of a secret, as RFC 4226 recommends.
pub(super) const SECRET: usize = 20;

/// The time step to which a code belongs, where it is the present one or a neighbour of it. Spaces are ignored.
pub(super) fn step_of(secret: &[u8], code: &str, now: Timestamp) -> Option<i64> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let seconds = u64::try_from(now.as_second()).ok()?;
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let step = generator(secret, "petugas").ok()?.check(&digits, seconds)?;
    i64::try_from(step).ok()
}

/// The address that an authenticator scans.
pub(super) fn address(secret: &[u8], login: &str) -> Result<String> {
    let account: String = login.chars().filter(|c| *c != ':').collect();
    generator(secret, &account)?.to_url().map_err(|error| Error::Broken(error.to_string()))
}

/// The secret as it is typed by hand, in groups of four.
pub(super) fn typed(secret: &[u8]) -> String {
    let base32 = Secret::new(secret.into()).to_base32();
    let letters: Vec<char> = base32.trim_end_matches('=').chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn generator(secret: &[u8], account: &str) -> Result<Totp> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(30)
        .with_secret(Secret::new(secret.into()))
        .with_issuer(Some("Lapor"))
        .with_account_name(account)
        .build()
        .map_err(|error| Error::Broken(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret and two of the codes of RFC 6238, appendix B, cut to six digits.
    const SHARED: &[u8; 20] = b"12345678901234567890";

    #[test]
    fn the_published_codes_fit_at_their_time_and_a_step_beside_it() {
        let step = |code, at| step_of(SHARED, code, Timestamp::from_second(at).unwrap());
        assert_eq!(step("287082", 59), Some(1));
        assert_eq!(step("005924", 1_234_567_890), Some(41_152_263));
        assert_eq!(step("005 924", 1_234_567_890 + 30), Some(41_152_263));
        assert_eq!(step("005924", 1_234_567_890 + 90), None);
        for wrong in ["", "28708", "2870822", "abcdef", "287083", "+87082"] {
            assert_eq!(step(wrong, 59), None, "{wrong}");
        }
    }

    #[test]
    fn an_authenticator_gets_an_address_that_names_account_and_issuer() {
        let address = address(SHARED, "siti:contoh").unwrap();
        assert!(address.starts_with("otpauth://totp/Lapor:siticontoh?"), "{address}");
        assert!(address.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") && address.contains("issuer=Lapor"));
        assert_eq!(typed(SHARED), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }
}
