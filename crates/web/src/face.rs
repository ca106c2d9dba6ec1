//! An agency's face as pages show it: name, logo, and a style sheet of its colour.

use domain::face::{Colour, Face};

/// What a page shows of a face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub name: String,
    /// The dark colour of the frame, for the bar of a telephone's browser.
    pub frame: String,
    /// Address of the style sheet with its colours.
    pub style: String,
    /// Address of the logo, where it has one.
    pub logo: Option<String>,
    /// Where the plain face is found.
    pub plain: String,
}

impl Shown {
    /// A face; `plain` is where the system is found without it.
    pub fn of(face: &Face, plain: String) -> Shown {
        let address = |part: &str| format!("/wajah/{}/{part}?v={}", face.slug, face.edition);
        Shown {
            name: face.name.clone(),
            frame: shade(face.colour).to_string(),
            style: address("warna.css"),
            logo: face.logo.as_ref().map(|_| address("logo")),
            plain,
        }
    }
}

const BLACK: Colour = Colour::of(0, 0, 0);
/// The card of `lapor.css` at night.
const NIGHT: Colour = Colour::of(0x14, 0x24, 0x27);

/// The frame is a shade darker than the buttons.
fn shade(colour: Colour) -> Colour {
    colour.mixed(BLACK, 22)
}

/// The tokens of `lapor.css` that a face sets anew. Links keep their own colour at night, where a dark one is not read.
pub fn style(face: &Face) -> String {
    let colour = face.colour;
    let (frame, tint, night) = (shade(colour), colour.mixed(Colour::WHITE, 91), colour.mixed(NIGHT, 70));
    format!(
        ":root {{ --deep: {colour}; --deep-dark: {frame}; --deep-tint: {tint}; --link: {colour}; }}\n\
        @media (prefers-color-scheme: dark) {{ :root {{ --deep-tint: {night}; --link: #86cdd5; }} }}\n"
    )
}
