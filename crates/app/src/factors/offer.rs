//! A secret that is offered to an authenticator. It is stored nowhere until a code confirms it: the page
//! carries it, sealed.

use super::totp;
use crate::{App, Error, Officer, Result};
use domain::UserId;
use jiff::{SignedDuration, Timestamp};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

/// How long an offer may be scanned and confirmed.
const OPEN: SignedDuration = SignedDuration::from_mins(20);

/// What to scan or to type, and the sealed secret that comes back with the code.
#[derive(Debug, Clone)]
pub struct Offer {
    pub ticket: String,
    /// The secret in letters and digits, in groups of four.
    pub typed: String,
    /// A QR code as SVG without script and style.
    pub picture: String,
}

impl App {
    /// Offers a new secret.
    pub fn offer_totp(&self, officer: &Officer) -> Result<Offer> {
        self.offer(officer, rand::random())
    }

    /// The same offer once more, where it is still good: a form that comes back keeps what was scanned.
    pub fn offer_again(&self, officer: &Officer, ticket: &str) -> Result<Offer> {
        match self.offered(officer.id, ticket) {
            Some(secret) => self.offer(officer, secret),
            None => self.offer_totp(officer),
        }
    }

    /// The secret of an offer to this officer.
    pub(super) fn offered(&self, officer: UserId, ticket: &str) -> Option<[u8; totp::SECRET]> {
        let sealed = self.keys.punch(&purpose(officer), ticket, self.now())?;
        self.keys.unseal("offered", &sealed)?.try_into().ok()
    }

    fn offer(&self, officer: &Officer, secret: [u8; totp::SECRET]) -> Result<Offer> {
        let until = self.now().checked_add(OPEN).unwrap_or(Timestamp::MAX);
        let sealed = self.keys.seal("offered", &secret);
        let ticket = sealed.and_then(|sealed| self.keys.ticket(&purpose(officer.id), &sealed, until));
        Ok(Offer {
            ticket: ticket.ok_or_else(|| Error::Broken("an offer was not sealed".to_owned()))?,
            typed: totp::typed(&secret),
            picture: picture(&totp::address(&secret, &officer.login)?)?,
        })
    }
}

fn purpose(officer: UserId) -> String {
    format!("offer:{officer}")
}

/// Four modules of quiet around it, dark on light in every colour scheme; for eyes and cameras, not for readers of
/// screens, who have the letters.
fn picture(address: &str) -> Result<String> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M);
    let code = code.map_err(|error| Error::Broken(error.to_string()))?;
    let svg = code.render::<svg::Color<'_>>().module_dimensions(1, 1).build();
    let start = svg.find("<svg").unwrap_or_default();
    Ok(svg[start..].replacen("<svg", "<svg aria-hidden=\"true\" focusable=\"false\"", 1))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_picture_holds_no_script_and_no_style() {
        let picture = super::picture("otpauth://totp/Lapor:siti?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
        assert!(picture.starts_with("<svg aria-hidden=\"true\"") && picture.ends_with("</svg>"), "{picture:.200}");
        assert!(!picture.contains("style") && !picture.contains("script") && !picture.contains("GEZD"));
    }
}
