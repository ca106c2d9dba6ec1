//! `/statistik/penghargaan/{formula}`: an award with its formula and the whole working of every score.

use super::PeriodLink;
use crate::components::{Frame, Page, Place, sample};
use crate::words::{Lang, Moment, Words};
use askama::Template;
use domain::award::{Combine, Formula, Input, Term, Value};
use domain::ranking::League;
use jiff::civil::Date;

/// An office with its score.
#[derive(Debug, Clone)]
pub struct AwardRow {
    pub office: String,
    /// Its figures.
    pub page: String,
    pub rank: Option<u32>,
    /// Thousandths.
    pub score: Option<u64>,
    pub reports: u64,
    /// In the order of the terms.
    pub values: Vec<Value>,
}

/// An award.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/award.html")]
pub struct AwardPage {
    pub w: Words,
    pub frame: Frame,
    pub formula: Formula,
    /// Whether the weights were changed, to be tried out.
    pub is_draft: bool,
    /// The agency or province to which the offices belong.
    pub of: Option<String>,
    pub from: Date,
    pub to: Date,
    pub as_of: Moment,
    pub periods: Vec<PeriodLink>,
    /// What was asked, for files of the same.
    pub asked: String,
    /// Names and values that a form of weights keeps.
    pub kept: Vec<(&'static str, String)>,
    pub rows: Vec<AwardRow>,
    /// More reports would have to be looked at than one question may.
    pub too_wide: bool,
}

impl AwardPage {
    /// Which reports it is about, as of when.
    pub fn told(&self) -> String {
        let (from, to) = (self.w.day(self.from), self.w.day(self.to));
        let args = [("from", from.into()), ("to", to.into()), ("at", self.w.moment(self.as_of).into())];
        self.w.with("statistics-period", &args)
    }

    /// The formula as one writes it.
    pub fn spelt(&self) -> String {
        let term = |term: &Term| {
            let name = self.w.of("award-input", term.input.name());
            let weight = self.w.hundredths(u64::from(term.weight));
            match (self.formula.combine, term.weight) {
                (_, 100) => name,
                (Combine::Sum, _) => format!("{weight} × {name}"),
                (Combine::Product, _) => format!("{name} ^ {weight}"),
            }
        };
        let sign = if self.formula.combine == Combine::Sum { " + " } else { " × " };
        let terms: Vec<String> = self.formula.terms.iter().filter(|term| term.weight > 0).map(term).collect();
        match self.formula.scale {
            1 => terms.join(sign),
            scale => format!("{scale} × ({})", terms.join(sign)),
        }
    }

    /// A score; one in percent of a target with what it is made of.
    pub(super) fn score(&self, row: &AwardRow) -> String {
        let Some(score) = row.score else { return "–".to_owned() };
        if let [Term { input: Input::Prompt, .. }] = &self.formula.terms[..] {
            let value = row.values.first().copied();
            return self.w.with(
                "award-of-target",
                &[
                    ("percent", self.w.hundredths(score / 10).into()),
                    ("done", value.map_or(0, |value| value.numerator).into()),
                    ("target", value.map_or(0, |value| value.denominator).into()),
                ],
            );
        }
        let mark = if self.w.lang() == Lang::Id { ',' } else { '.' };
        format!("{}{mark}{:03}", score / 1_000, score % 1_000)
    }

    /// A value with what it was divided of.
    pub(super) fn value(&self, value: &Value) -> String {
        let Some(share) = value.share else { return "–".to_owned() };
        let mark = if self.w.lang() == Lang::Id { "," } else { "." };
        let share = format!("{share:.4}").replace('.', mark);
        format!("{share} ({}/{})", self.w.number(value.numerator), self.w.number(value.denominator))
    }
}

impl Page for AwardPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let term = |input, weight, target| Term { input, weight, target };
        let formula = Formula {
            code: "follow_up_units".into(),
            version: 1,
            league: League::Units,
            least: 10,
            combine: Combine::Product,
            scale: 1,
            terms: vec![term(Input::FollowUp, 100, None), term(Input::Volume, 150, None)],
        };
        let value = |numerator, denominator, share| Value { numerator, denominator, share };
        let row = |office: &str, rank, score, values| AwardRow {
            office: office.into(),
            page: "/statistik?agency=630003".into(),
            rank,
            score,
            reports: 545,
            values,
        };
        let typical = AwardPage {
            w: Words::default(),
            frame: Frame::at("/statistik/penghargaan/follow_up_units", Place::Statistics),
            formula,
            is_draft: true,
            of: Some("Pemerintah Provinsi Kalimantan Selatan".into()),
            from: jiff::civil::date(2021, 1, 1),
            to: jiff::civil::date(2021, 6, 30),
            as_of: sample::moment(9, 8, 0),
            asked: "period=2021-1".into(),
            periods: vec![PeriodLink { label: "2021/1".into(), path: "/statistik".into(), is_chosen: true }],
            kept: vec![("agency", "630000".into())],
            rows: vec![
                row(
                    sample::LONG_AGENCY,
                    Some(1),
                    Some(542),
                    vec![value(522, 545, Some(0.9578)), value(545, 900, Some(0.9263))],
                ),
                row("Inspektorat", None, None, vec![value(0, 0, None), value(4, 900, Some(0.2366))]),
            ],
            too_wide: false,
        };
        let responsive = AwardPage {
            formula: Formula {
                code: "responsive_units".into(),
                combine: Combine::Sum,
                scale: 100,
                terms: vec![term(Input::Prompt, 100, Some(100))],
                ..typical.formula.clone()
            },
            rows: vec![row("Dinas Perhubungan", Some(1), Some(207_000), vec![value(207, 100, Some(2.07))])],
            is_draft: false,
            ..typical.clone()
        };
        let empty = AwardPage { rows: vec![], ..typical.clone() };
        let wide = AwardPage { too_wide: true, ..empty.clone() };
        vec![typical, responsive, empty, wide]
    }
}
