//! `/statistik/partisipasi`: how much people use the system where they live, which agencies are in it, and which stay silent.

use super::PeriodLink;
use crate::components::chart::{Bar, Bars};
use crate::components::outreach::hundredths;
use crate::components::{Frame, Page, Place, sample};
use crate::words::{Moment, Words};
use askama::Template;
use domain::agency::AgencyKind;
use domain::measure::Figure;
use domain::participation::Silence;
use jiff::civil::Date;

/// Silent agencies that the page lists; the table has all of them.
pub const SILENT: usize = 60;
/// Agencies of a kind that are not in, as many as the page names; the table has all of them.
pub const NAMED: usize = 120;

/// People of a place, and for each 100,000 of them the reports in hundredths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleTold {
    pub people: u64,
    pub rate: u64,
    /// Of which years the numbers are.
    pub years: (i16, i16),
}

/// The use of the system in a place.
#[derive(Debug, Clone)]
pub struct UseRow {
    pub name: String,
    /// The use inside it.
    pub page: Option<String>,
    /// The list of its reports.
    pub list: Option<String>,
    pub reports: u64,
    /// In hundredths of a percent.
    pub share: Option<u64>,
    pub people: Option<PeopleTold>,
}

impl UseRow {
    /// `69,60 %`.
    pub fn share_told(&self, w: &Words) -> String {
        self.share.map_or_else(|| "–".to_owned(), |share| format!("{} %", hundredths(*w, share)))
    }

    /// `180.000 (2023)`.
    pub fn people_told(&self, w: &Words) -> String {
        let Some(people) = &self.people else { return "–".to_owned() };
        let years = match people.years {
            (first, last) if first == last => last.to_string(),
            (first, last) => format!("{first}–{last}"),
        };
        format!("{} ({years})", w.number(people.people))
    }

    /// `6,67`.
    pub fn rate_told(&self, w: &Words) -> String {
        self.people.as_ref().map_or_else(|| "–".to_owned(), |people| hundredths(*w, people.rate))
    }
}

/// Agencies of a kind: how many are in, and who is not.
#[derive(Debug, Clone)]
pub struct KindRow {
    pub kind: AgencyKind,
    pub connected: Figure,
    pub outside: Vec<String>,
}

impl KindRow {
    /// `8 dari 10`.
    pub fn told(&self, w: &Words) -> String {
        counted(w, self.connected)
    }

    fn named(&self) -> &[String] {
        &self.outside[..self.outside.len().min(NAMED)]
    }

    fn unnamed(&self) -> usize {
        self.outside.len() - self.named().len()
    }
}

/// A connected agency that stays silent.
#[derive(Debug, Clone)]
pub struct SilentRow {
    pub name: String,
    pub page: String,
    pub silence: Silence,
    pub reports: u64,
}

/// An agency as the table tells it.
#[derive(Debug, Clone)]
pub struct ParticipantRow {
    pub name: String,
    pub kind: AgencyKind,
    pub is_connected: bool,
    pub first_report: Option<Date>,
    pub reports: u64,
    pub silence: Option<Silence>,
}

/// The use of the system in the country or in a province.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/participation.html")]
pub struct ParticipationPage {
    pub w: Words,
    pub frame: Frame,
    /// The province; the country where it is absent.
    pub of: Option<String>,
    pub from: Date,
    pub to: Date,
    pub as_of: Moment,
    pub periods: Vec<PeriodLink>,
    /// What was asked, for files of the same.
    pub asked: String,
    pub whole: UseRow,
    pub nowhere: u64,
    pub islands: Vec<UseRow>,
    pub places: Vec<UseRow>,
    /// Where the numbers of people were published.
    pub sources: Vec<String>,
    pub connected: Figure,
    pub kinds: Vec<KindRow>,
    pub silent: Vec<SilentRow>,
    pub participants: Vec<ParticipantRow>,
}

fn counted(w: &Words, figure: Figure) -> String {
    w.with("ranking-counted", &[("done", figure.numerator.into()), ("all", figure.denominator.into())])
}

impl ParticipationPage {
    /// Which reports it is about, as of when.
    pub fn told(&self) -> String {
        let (from, to) = (self.w.day(self.from), self.w.day(self.to));
        let args = [("from", from.into()), ("to", to.into()), ("at", self.w.moment(self.as_of).into())];
        self.w.with("statistics-period", &args)
    }

    /// Where the numbers of people are from.
    pub fn sources_told(&self) -> Option<String> {
        let sources = self.sources.join("; ");
        (!sources.is_empty()).then(|| self.w.with("participation-sources", &[("sources", sources.into())]))
    }

    /// What is told of places, each with the key of its title.
    pub(super) fn uses(&self) -> Vec<(&'static str, &[UseRow])> {
        let inside = if self.of.is_some() { "regencies" } else { "provinces" };
        let all = [("islands", &self.islands[..]), (inside, &self.places[..])];
        all.into_iter().filter(|(_, rows)| !rows.is_empty()).collect()
    }

    /// Their shares as bars.
    fn bars(&self, rows: &[UseRow]) -> Bars {
        let bar = |row: &UseRow| Bar { label: row.name.clone(), value: row.share.unwrap_or(0), list: row.page.clone() };
        Bars(rows.iter().map(bar).collect())
    }

    /// A share that a bar shows.
    fn percent(&self, value: &u64) -> String {
        format!("{} %", hundredths(self.w, *value))
    }

    pub(super) fn connected_told(&self) -> String {
        let counted = counted(&self.w, self.connected);
        self.w.with("participation-connected-told", &[("counted", counted.into())])
    }

    fn shown(&self) -> &[SilentRow] {
        &self.silent[..self.silent.len().min(SILENT)]
    }

    fn unshown(&self) -> usize {
        self.silent.len() - self.shown().len()
    }
}

impl Page for ParticipationPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let people = PeopleTold { people: 180_000, rate: 667, years: (2020, 2020) };
        let row = |name: &str, reports, share| UseRow {
            name: name.into(),
            page: Some("/statistik/partisipasi?province=64".into()),
            list: Some("/statistik/daftar?region=64".into()),
            reports,
            share: Some(share),
            people: None,
        };
        let island = |name: &str, reports, share| UseRow { page: None, list: None, ..row(name, reports, share) };
        let silent = |name: &str, silence, reports| SilentRow {
            name: name.into(),
            page: "/statistik?agency=640800".into(),
            silence,
            reports,
        };
        let kind = |kind, numerator, denominator, outside: &[&str]| KindRow {
            kind,
            connected: Figure { numerator, denominator },
            outside: outside.iter().map(|name| (*name).to_owned()).collect(),
        };
        let typical = ParticipationPage {
            w: Words::default(),
            frame: Frame::at("/statistik/partisipasi", Place::Statistics),
            of: None,
            from: jiff::civil::date(2021, 1, 1),
            to: jiff::civil::date(2021, 6, 30),
            as_of: sample::moment(9, 8, 0),
            periods: vec![PeriodLink {
                label: "2021/1".into(),
                path: "/statistik/partisipasi?period=2021-1".into(),
                is_chosen: true,
            }],
            asked: "period=2021-1".into(),
            whole: UseRow {
                people: Some(PeopleTold { years: (2020, 2023), ..people.clone() }),
                ..row("Indonesia", 1_000, 10_000)
            },
            nowhere: 3,
            islands: vec![island("Jawa", 696, 6_960), island("Sumatra", 146, 1_460), island("Kalimantan", 68, 680)],
            places: vec![row("Kalimantan Timur", 50, 500), UseRow { people: Some(people), ..row("Aceh", 18, 180) }],
            sources: vec!["Angka <karangan> & \"2020\"".into()],
            connected: Figure { numerator: 8, denominator: 10 },
            kinds: vec![
                kind(AgencyKind::Regency, 5, 7, &["Pemerintah Kabupaten Kutai Timur", sample::LONG_AGENCY]),
                kind(AgencyKind::City, 3, 3, &[]),
            ],
            silent: vec![
                silent("Pemerintah Kota Samarinda", Silence::NoAnswer, 4),
                silent(sample::LONG_AGENCY, Silence::NoReports, 0),
            ],
            participants: vec![],
        };
        let province = ParticipationPage { of: Some("Kalimantan Timur".into()), islands: vec![], ..typical.clone() };
        let empty = ParticipationPage {
            whole: UseRow { share: None, reports: 0, people: None, ..typical.whole.clone() },
            islands: vec![],
            places: vec![UseRow { share: None, ..row("Aceh", 0, 0) }],
            sources: vec![],
            nowhere: 0,
            silent: vec![],
            kinds: vec![],
            ..typical.clone()
        };
        vec![typical, province, empty]
    }
}
