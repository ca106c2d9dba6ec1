//! A colour on which white letters are read.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The contrast that white letters need: WCAG 2.2 asks for 4.5, and for 7 at its highest level. The softer letters
/// of the frame keep the 4.5 where white ones have the 7.
const LEAST_CONTRAST: f64 = 7.0;
const STEPS: u32 = 100;

/// Red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour([u8; 3]);

impl Colour {
    pub const WHITE: Colour = Colour::of(255, 255, 255);

    /// A colour by its three parts.
    pub const fn of(red: u8, green: u8, blue: u8) -> Colour {
        Colour([red, green, blue])
    }

    /// Reads `#rrggbb`.
    pub fn parse(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Colour([channel(0)?, channel(2)?, channel(4)?]))
    }

    /// The contrast between two colours, from 1 to 21 (WCAG 2.2, "contrast ratio").
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The colour itself, or the lightest darker shade of it on which white letters can be read.
    pub fn darkened(self) -> Colour {
        let shades = (0..=STEPS).map(|step| self.mixed(Colour([0; 3]), step));
        shades.into_iter().find(|shade| shade.contrast(Colour::WHITE) >= LEAST_CONTRAST).unwrap_or(Colour([0; 3]))
    }

    /// This colour with so much of another, in percent.
    pub fn mixed(self, other: Colour, percent: u32) -> Colour {
        let mix = |own: u8, other: u8| {
            let sum = u32::from(own) * (STEPS - percent.min(STEPS)) + u32::from(other) * percent.min(STEPS);
            u8::try_from(sum / STEPS).unwrap_or(u8::MAX)
        };
        Colour(std::array::from_fn(|at| mix(self.0[at], other.0[at])))
    }

    fn luminance(self) -> f64 {
        let linear = |channel: u8| match f64::from(channel) / 255.0 {
            low if low <= 0.04045 => low / 12.92,
            high => ((high + 0.055) / 1.055).powf(2.4),
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl TryFrom<String> for Colour {
    type Error = String;

    fn try_from(text: String) -> Result<Colour, String> {
        Colour::parse(&text).ok_or_else(|| format!("not a colour: {text}"))
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> String {
        colour.to_string()
    }
}
