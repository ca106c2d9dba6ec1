//! What a mail server means when it does not take a letter.

use crate::Unsent;
use lettre::transport::smtp::Error;
use std::error::Error as _;

/// What a failed sending means. A server that does not let us in is a matter of its settings: the
/// letters wait for them to be mended.
pub(super) fn told(error: &Error) -> Unsent {
    let Some(status) = error.status() else { return Unsent::Later(silent(error).to_owned()) };
    let said = error.source().map(ToString::to_string).unwrap_or_default();
    judged(&status.to_string(), enhanced(&said), error.is_permanent())
}

fn silent(error: &Error) -> &'static str {
    match error {
        error if error.is_timeout() => "timeout",
        error if error.is_tls() => "tls",
        error if error.is_response() => "response",
        _ => "connection",
    }
}

/// RFC 5321 section 4.2.3 and RFC 3463: `5.1.x` is about the address, `5.2.1` about a closed mailbox.
fn judged(status: &str, enhanced: Option<String>, permanent: bool) -> Unsent {
    let code = match &enhanced {
        Some(enhanced) => format!("{status} {enhanced}"),
        None => status.to_owned(),
    };
    if !permanent || matches!(status, "530" | "534" | "535" | "538") {
        return Unsent::Later(code);
    }
    let absent = match enhanced.as_deref() {
        Some(enhanced) => is_about_address(enhanced),
        None => matches!(status, "550" | "551" | "553"),
    };
    if absent { Unsent::NoSuchAddress(code) } else { Unsent::Never(code) }
}

/// Whether an enhanced status code says that nobody lives at the address; `5.1.7` and `5.1.8` are about ours.
pub(super) fn is_about_address(enhanced: &str) -> bool {
    let sender = matches!(enhanced, "5.1.7" | "5.1.8");
    (enhanced.starts_with("5.1.") && !sender) || enhanced == "5.2.1"
}

/// The enhanced status code at the beginning of what a server said.
fn enhanced(said: &str) -> Option<String> {
    let first = said.split_whitespace().next()?;
    let parts: Vec<&str> = first.split('.').collect();
    let digits = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    (parts.len() == 3 && parts.iter().all(digits)).then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_address_is_told_from_a_letter_that_is_not_wanted() {
        let of = |status: &str, said: &str| judged(status, enhanced(said), status.starts_with('5'));
        assert_eq!(of("550", "5.1.1 <siti@contoh.id> unknown"), Unsent::NoSuchAddress("550 5.1.1".into()));
        assert_eq!(of("550", "no such user"), Unsent::NoSuchAddress("550".into()));
        assert_eq!(of("550", "5.7.1 we do not like it"), Unsent::Never("550 5.7.1".into()));
        assert_eq!(of("554", "spam"), Unsent::Never("554".into()));
        assert_eq!(of("451", "4.7.1 come back"), Unsent::Later("451 4.7.1".into()));
    }

    #[test]
    fn a_wrong_password_of_ours_costs_no_letter() {
        assert_eq!(judged("535", enhanced("5.7.8 bad"), true), Unsent::Later("535 5.7.8".into()));
    }
}
