//! Faces: an agency's own name, colour and logo in front of the one system (LAPOR PAMAN, E-LAPOR and the like).

mod colour;

pub use colour::Colour;

use crate::ids::AgencyId;
use serde::{Deserialize, Serialize};

/// Most characters of a name; it stands beside the logo on a phone.
const MOST_NAME: usize = 40;
/// Characters of the word in the address.
const SLUG: std::ops::RangeInclusive<usize> = 2..=30;
/// Most characters of a host name (RFC 1035).
const MOST_HOST: usize = 253;
/// Most bytes of a logo: it is on every page, also on a bad line.
const MOST_LOGO: i64 = 200 * 1024;
/// The word that leads back to the plain face.
pub const PLAIN: &str = "lapor";

/// A logo as it lies in the file store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// SHA-256 in hexadecimal.
    pub hash: String,
    /// Media type by content.
    pub kind: String,
    /// Bytes.
    pub size: i64,
}

/// How the system looks where it is entered by an agency's host name or address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Face {
    /// Whose face it is; new reports are offered to this office first.
    pub agency: AgencyId,
    /// The name in place of the system's own.
    pub name: String,
    /// The word that chooses it in an address.
    pub slug: String,
    /// The host name that chooses it, in lower case and without a port.
    pub host: Option<String>,
    pub colour: Colour,
    pub logo: Option<Logo>,
    /// How often it was changed; guards two editors.
    pub edition: u32,
}

/// What is wrong with a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FaceFault {
    /// Without a name, or with one that is too long.
    Name,
    /// The word is not of small letters, digits and hyphens, or too short or long.
    Slug,
    /// Another face has this word, or it is the one of the plain face.
    SlugTaken,
    /// Not a host name.
    Host,
    /// Another face has this host name.
    HostTaken,
    /// Not a picture, or a large one.
    Logo,
    /// White letters could not be read on it; the nearest colour on which they can.
    Light { darker: Colour },
}

impl FaceFault {
    /// The name in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            FaceFault::Name => "name",
            FaceFault::Slug => "slug",
            FaceFault::SlugTaken => "slug_taken",
            FaceFault::Host => "host",
            FaceFault::HostTaken => "host_taken",
            FaceFault::Logo => "logo",
            FaceFault::Light { .. } => "light",
        }
    }
}

/// What stands against putting a face beside the others.
pub fn check(others: &Faces, new: &Face) -> Vec<FaceFault> {
    let beside = || others.iter().filter(|face| face.agency != new.agency);
    let letters = new.name.trim().chars().count();
    let darker = new.colour.darkened();
    let fits = |logo: &Logo| logo.kind.starts_with("image/") && logo.size <= MOST_LOGO;
    let checks = [
        (letters == 0 || letters > MOST_NAME, FaceFault::Name),
        (!is_slug(&new.slug), FaceFault::Slug),
        (new.slug == PLAIN || beside().any(|face| face.slug == new.slug), FaceFault::SlugTaken),
        (new.host.as_deref().is_some_and(|host| !is_host(host)), FaceFault::Host),
        (new.host.is_some() && beside().any(|face| face.host == new.host), FaceFault::HostTaken),
        (!new.logo.as_ref().is_none_or(fits), FaceFault::Logo),
        (darker != new.colour, FaceFault::Light { darker }),
    ];
    checks.into_iter().filter(|(wrong, _)| *wrong).map(|(_, fault)| fault).collect()
}

fn is_slug(text: &str) -> bool {
    let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    plain && SLUG.contains(&text.len()) && !text.starts_with('-') && !text.ends_with('-')
}

fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        let plain = label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        plain && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    text.len() <= MOST_HOST && text.contains('.') && text.split('.').all(label)
}

/// All faces.
#[derive(Debug, Clone, Default)]
pub struct Faces(Vec<Face>);

impl Faces {
    /// The given faces.
    pub fn new(faces: Vec<Face>) -> Faces {
        Faces(faces)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Face> {
        self.0.iter()
    }

    /// The face of an office.
    pub fn of(&self, agency: AgencyId) -> Option<&Face> {
        self.0.iter().find(|face| face.agency == agency)
    }

    /// The face that a word in an address chooses.
    pub fn by_slug(&self, slug: &str) -> Option<&Face> {
        self.0.iter().find(|face| face.slug == slug)
    }

    /// The face that a `Host` header chooses, with or without a port.
    pub fn by_host(&self, header: &str) -> Option<&Face> {
        let host = header.split(':').next().unwrap_or_default();
        self.0.iter().find(|face| face.host.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(host)))
    }
}
