//! A report as a line of the file.

use super::label::{channel_label, class_label, privacy_label, reason_text, status_label};
use super::remainder::{Remainder, STATUS};
use crate::reference::Reference;
use channel::sp4n::Row as Line;
use domain::region::RegionLevel;
use domain::report::{Event, Open, Stage};
use domain::{Actor, AgencyId, RegionCode, Report};
use store::event::Logged;
use store::report::Row;
use store::words::Words;

/// A report with what the file tells of it.
pub(super) struct Told<'a> {
    pub row: &'a Row,
    pub log: &'a [Logged],
    pub words: &'a [(u32, Words)],
    /// Empty where it is not for the reader of the file.
    pub name: &'a str,
}

/// What an import kept, and the report as it then was.
pub(super) struct Kept {
    pub remainder: Remainder,
    then: Report,
}

impl Kept {
    /// What still holds: a text goes when that has changed of which it was the text.
    pub fn still<'a>(&'a self, now: &'a Report) -> impl Iterator<Item = (usize, &'a str)> {
        self.remainder.iter().filter(|(column, _)| self.holds(*column, now))
    }

    fn holds(&self, column: usize, now: &Report) -> bool {
        let then = &self.then;
        match column {
            4 => (then.class, then.supervisory) == (now.class, now.supervisory),
            5 | 6 => then.category == now.category,
            10 => (then.anonymous, then.secret) == (now.anonymous, now.secret),
            12..=14 => then.holder == now.holder,
            STATUS | 16 => then.stage == now.stage,
            17..=20 => then.region == now.region,
            25 => then.rating == now.rating,
            _ => true,
        }
    }
}

impl Told<'_> {
    /// What was kept when it was imported.
    pub fn kept(&self) -> Option<Kept> {
        let notes = self.log.iter().filter(|logged| logged.by == Actor::System && logged.event == Event::Noted);
        let (seq, remainder) =
            notes.filter_map(|logged| Some((logged.seq, Remainder::read(&self.words_at(logged.seq)?.body)?))).next()?;
        let until = self.log.iter().take_while(|logged| logged.seq <= seq);
        let then = Report::replay(self.row.report.id, until.map(|logged| (logged.at, &logged.event)))?;
        Some(Kept { remainder, then })
    }

    /// The line in this system's own words.
    pub fn line(&self, reference: &Reference) -> Line {
        let report = &self.row.report;
        let agencies = &reference.rules.agencies;
        let first = self.words_at(1);
        let present = self.words_at(self.row.words_seq);
        let name_of = |id: Option<AgencyId>| id.and_then(|id| agencies.get(id)).map(|office| office.name.clone());
        let office = self.office(agencies.national());
        let disposed = office.filter(|_| report.clocks.disposed.is_some());
        let local = report.zone.offset().to_datetime(report.clocks.received);
        let category = report.category.and_then(|id| reference.categories.get(id));
        let [province, regency, district, village] =
            names_of(reference, &report.region, first.and_then(|words| words.place.as_deref()));
        Line {
            tracking_id: self.row.external_ref.clone().unwrap_or_else(|| self.row.code.to_string()),
            received_on: Some(local.date()),
            received_at: Some(local.time()),
            reporter_name: self.name.to_owned(),
            class: class_label(report.class, report.supervisory).to_owned(),
            category_id: category.map(|node| node.id.0),
            category: category.map(|node| node.name.clone()).unwrap_or_default(),
            title: present.and_then(|words| words.title.clone()).unwrap_or_default(),
            original_body: first.map(|words| words.body.clone()).unwrap_or_default(),
            edited_body: present.map(|words| words.body.clone()).unwrap_or_default(),
            privacy: privacy_label(report.anonymous, report.secret).to_owned(),
            source: channel_label(report.channel).to_owned(),
            parent_agency: name_of(office.map(|id| agencies.root_of(id))).unwrap_or_default(),
            agency_id: disposed.map(|id| id.0),
            agency: name_of(disposed).unwrap_or_default(),
            status: status_label(report.stage.kind()).to_owned(),
            reason: self.reason(),
            province,
            regency,
            district,
            village,
            via_setwapres: Some(false),
            rating: report.rating,
            ..Line::default()
        }
    }

    fn words_at(&self, seq: u32) -> Option<&Words> {
        self.words.iter().find(|(known, _)| *known == seq).map(|(_, words)| words)
    }

    /// The office it was disposed to, or that it was sent to by its reporter.
    fn office(&self, national: AgencyId) -> Option<AgencyId> {
        let office = match self.row.report.stage {
            Stage::Open(Open::Returned { by, .. }) => by,
            _ => self.row.report.holder,
        };
        Some(office).filter(|office| *office != national)
    }

    fn reason(&self) -> String {
        let text_of = |wanted: fn(&Event) -> bool| {
            let logged = self.log.iter().rev().find(|logged| wanted(&logged.event))?;
            Some(self.words_at(logged.seq)?.body.clone())
        };
        match &self.row.report.stage {
            Stage::Archived { reason, by_system, .. } => {
                let words = text_of(|event| matches!(event, Event::Archived { .. })).unwrap_or_default();
                if *by_system { words } else { reason_text(*reason, &words) }
            }
            Stage::Held { .. } => text_of(|event| matches!(event, Event::Held { .. })).unwrap_or_default(),
            Stage::Open(Open::Returned { .. }) => {
                text_of(|event| matches!(event, Event::Returned { .. })).unwrap_or_default()
            }
            _ => String::new(),
        }
    }
}

/// Province, regency, district and village; what the import could not find stands in the place's words.
fn names_of(reference: &Reference, region: &RegionCode, place: Option<&str>) -> [String; 4] {
    let mut names: [String; 4] = Default::default();
    for step in std::iter::successors(Some(region.clone()), RegionCode::parent) {
        let level = step.level() as usize;
        names[level] = reference.regions.name(&step).unwrap_or_default().to_owned();
    }
    let said = |prefix: &str| place?.split(", ").find_map(|part| part.strip_prefix(prefix)).map(str::to_owned);
    if region.level() < RegionLevel::District {
        names[2] = said("Kecamatan ").unwrap_or_default();
    }
    if region.level() < RegionLevel::Village {
        names[3] = said("Kelurahan ").unwrap_or_default();
    }
    names
}
