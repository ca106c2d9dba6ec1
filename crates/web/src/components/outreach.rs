//! An outreach activity as pages show it: what it is, its photos, what came of it.

use crate::words::{Lang, Words};
use domain::outreach::{BeforeAfter, Effect, OutreachKind, OutreachState};
use jiff::civil::Date;

/// An activity.
#[derive(Debug, Clone)]
pub struct OutreachCard {
    pub id: i64,
    /// Whose it is.
    pub office: String,
    pub kind: OutreachKind,
    pub state: OutreachState,
    pub title: String,
    pub day: Date,
    /// Whose inhabitants it is for; the whole country where it is absent.
    pub region: Option<String>,
    pub place: String,
    pub goal: String,
    pub beneficiaries: String,
    pub planned: u32,
    /// How many came, and what is told of it.
    pub came: Option<(u32, String)>,
}

/// A photo of an activity.
#[derive(Debug, Clone)]
pub struct OutreachPhotoView {
    pub url: String,
    pub alt: String,
}

/// What came of an activity.
#[derive(Debug, Clone)]
pub struct EffectView {
    pub effect: Effect,
    /// Whose reports are counted: a region or an agency.
    pub of: String,
}

/// A line of its table.
#[derive(Debug, Clone)]
pub struct EffectLine {
    /// The key of its name.
    pub key: &'static str,
    pub counted: BeforeAfter,
    /// The growth, where it can be told.
    pub growth: Option<i64>,
}

impl EffectView {
    /// Around the activity, and in the same season a year before.
    pub fn lines(&self) -> [EffectLine; 2] {
        let Effect { now, year_before, .. } = self.effect;
        [
            EffectLine { key: "effect-now", counted: now, growth: self.effect.growth() },
            EffectLine { key: "effect-year-before", counted: year_before, growth: year_before.growth() },
        ]
    }

    /// Which days stand before and after it.
    pub fn days(&self, w: &Words) -> String {
        let windows = self.effect.windows;
        let args = [
            ("from", w.day(windows.before.0).into()),
            ("eve", w.day(windows.before.1).into()),
            ("day", w.day(windows.after.0).into()),
            ("to", w.day(windows.after.1).into()),
            ("of", self.of.as_str().into()),
        ];
        w.with("effect-days", &args)
    }

    /// When the days after it are over, while they are not.
    pub fn waits(&self, w: &Words) -> Option<String> {
        let until = w.day(self.effect.windows.after.1);
        (!self.effect.is_over).then(|| w.with("effect-waits", &[("day", until.into())]))
    }

    /// Whether too few reports came to speak of percentages.
    pub fn is_of_few(&self) -> bool {
        self.lines().iter().any(|line| line.counted.growth().is_none())
    }
}

impl EffectLine {
    /// `+150,00 %`, or a dash.
    pub fn growth_told(&self, w: &Words) -> String {
        self.growth.map_or_else(|| "–".to_owned(), |points| growth(*w, points))
    }
}

/// Hundredths with two places: `6,67`.
pub fn hundredths(w: Words, n: u64) -> String {
    let comma = if w.lang() == Lang::Id { ',' } else { '.' };
    format!("{}{comma}{:02}", w.number(n / 100), n % 100)
}

/// Hundredths of a percent as a growth: `+150,00 %`.
fn growth(w: Words, points: i64) -> String {
    let sign = match points {
        0 => "",
        1.. => "+",
        _ => "−",
    };
    format!("{sign}{} %", hundredths(w, points.unsigned_abs()))
}

/// An activity for the samples.
pub fn sample(state: OutreachState) -> OutreachCard {
    let came = (120, "Setiap keluarga menerima paket & kartu <petunjuk> cara melapor.".to_owned());
    OutreachCard {
        id: 1_234_567_890_123_456_789,
        office: "Pemerintah Provinsi Kalimantan Selatan".into(),
        kind: OutreachKind::Sharing,
        state,
        title: "LAPOR! Berbagi: paket bahan pokok di balai warga".into(),
        day: jiff::civil::date(2021, 5, 24),
        region: Some("Kalimantan Selatan".into()),
        place: "Balai warga, Banjarbaru".into(),
        goal: "Warga yang dibantu mengenal cara menyampaikan laporan.".into(),
        beneficiaries: "Keluarga yang membutuhkan".into(),
        planned: 100,
        came: Some(came).filter(|_| state == OutreachState::CarriedOut),
    }
}

/// What came of it, for the samples.
pub fn sample_effect(before: u64, is_over: bool) -> EffectView {
    let day = |month, day| jiff::civil::date(2021, month, day);
    let windows = domain::outreach::Windows { before: (day(4, 5), day(5, 23)), after: (day(5, 24), day(7, 5)) };
    let now = BeforeAfter { before, after: 30 };
    let year_before = BeforeAfter { before: 11, after: 10 };
    EffectView { effect: Effect { windows, now, year_before, is_over }, of: "Kalimantan Selatan".into() }
}
