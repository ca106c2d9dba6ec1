//! Who sends what from where. Regions: survey quoted in 2021 (Java 69.6 %, Sumatra 14.6 %, Kalimantan
//! 6.8 %), within them by population. Classes and channels: no national figures are published, so these
//! are estimates.

use super::Dice;
use domain::report::{Channel, Class};

/// Reports with a category, per thousand (3,784 of 6,000 public reports of July 2025).
pub(super) const CATEGORISED: u32 = 631;

const CLASSES: &[(u32, Class)] = &[(86, Class::Complaint), (8, Class::InformationRequest), (6, Class::Aspiration)];

const CHANNELS: &[(u32, Channel)] = &[
    (37, Channel::Web),
    (27, Channel::Android),
    (12, Channel::Whatsapp),
    (6, Channel::Sms),
    (5, Channel::Ios),
    (4, Channel::Counter),
    (3, Channel::X),
    (2, Channel::Email),
    (2, Channel::SocialMedia),
    (1, Channel::Phone),
    (1, Channel::Letter),
];

/// Per ten thousand, by Kemendagri code.
const PROVINCES: &[(u32, &str)] = &[
    (620, "31"),
    (2230, "32"),
    (1620, "33"),
    (210, "34"),
    (1740, "35"),
    (540, "36"),
    (130, "11"),
    (370, "12"),
    (140, "13"),
    (160, "14"),
    (90, "15"),
    (210, "16"),
    (50, "17"),
    (220, "18"),
    (40, "19"),
    (50, "21"),
    (160, "61"),
    (110, "62"),
    (190, "63"),
    (180, "64"),
    (40, "65"),
    (130, "51"),
    (120, "52"),
    (120, "53"),
    (60, "71"),
    (70, "72"),
    (210, "73"),
    (60, "74"),
    (30, "75"),
    (30, "76"),
    (20, "81"),
    (20, "82"),
    (7, "91"),
    (5, "92"),
    (4, "93"),
    (5, "94"),
    (4, "95"),
    (5, "96"),
];

pub(super) fn class(dice: &mut Dice) -> Class {
    dice.weighted(CLASSES).unwrap_or(Class::Complaint)
}

pub(super) fn channel(dice: &mut Dice) -> Channel {
    dice.weighted(CHANNELS).unwrap_or(Channel::Web)
}

pub(super) fn province(dice: &mut Dice) -> &'static str {
    dice.weighted(PROVINCES).unwrap_or("31")
}
