//! One row of the file as a report with its history.

use super::import::{Finding, Importer};
use super::label::{channel_of, class_near, class_of, reason_of, status_label, status_of};
use super::life::{Life, live};
use super::line::Told;
use super::lookup::{Lookup, Why};
use super::remainder::{Remainder, STATUS};
use crate::history::{History, said};
use crate::keys::digest;
use channel::sp4n::Row;
use domain::report::{Channel, Class, StageKind};
use domain::{Actor, AgencyId, CategoryId, Code, Event, RegionCode, ReportId};
use jiff::Timestamp;
use store::report::ClientKey;
use store::reporter::Reporter;
use store::words::Words;

/// Longest title that is made of a text.
const TITLE: usize = 80;
/// Daerah Khusus Ibukota Jakarta, the seat of what stands in no region of its own.
const CAPITAL: &str = "31";

/// A row that fits.
pub(super) struct Entry {
    pub number: usize,
    /// As the file has it.
    pub status: String,
    pub history: History,
}

impl Importer {
    pub(super) fn entry(&mut self, number: usize, row: &Row) -> Result<Entry, Finding> {
        let refuse = |column: usize, code, value: &str| Finding::new(number, column, code, value);
        if row.tracking_id.is_empty() {
            return Err(refuse(0, "import-tracking-id-missing", ""));
        }
        let received_on = row.received_on.ok_or_else(|| refuse(1, "import-date-missing", ""))?;
        let first = if row.original_body.is_empty() { &row.edited_body } else { &row.original_body };
        if first.is_empty() && row.title.is_empty() {
            return Err(refuse(8, "import-text-missing", ""));
        }
        if !self.seen.insert(row.tracking_id.clone()) {
            return Err(refuse(0, "import-tracking-id-twice", &row.tracking_id));
        }
        let mut remarks = Remarks { number, findings: Vec::new() };
        let office = self.office(row, &mut remarks);
        let (region, place) =
            self.region(row, office, &mut remarks).ok_or_else(|| refuse(17, "import-region-unknown", &row.province))?;
        let zone = self.lookup.reference.regions.zone(&region);
        let local = received_on.to_datetime(row.received_at.unwrap_or_default());
        let received = zone.offset().to_timestamp(local).map_err(|_| refuse(1, "import-date", &local.to_string()))?;
        if received > self.now {
            return Err(refuse(1, "import-date-in-future", &local.to_string()));
        }
        let (class, supervisory) = remarks.class(row);
        let status = remarks.status(row, office);
        let route = Route::of(row, status, office);
        let chosen = route.chosen.map(|office| self.lookup.reference.rules.agencies.root_of(office));
        let submitted = Event::Submitted {
            class,
            category: remarks.category(row, &self.lookup),
            region,
            zone,
            channel: remarks.channel(row),
            anonymous: row.privacy.to_lowercase().contains("anonim"),
            secret: row.privacy.to_lowercase().contains("rahasia"),
            holder: chosen.unwrap_or(self.lookup.reference.rules.agencies.national()),
            chosen,
        };
        let words = Words { title: Some(title(row, first)), body: body(row, first), place, ..Words::default() };
        let mut history = self.begin(row, received, submitted, words).ok_or_else(|| refuse(0, "import-broken", ""))?;
        remarks.reason(row, status);
        let edited = Some(&row.edited_body).filter(|text| !text.is_empty() && *text != first);
        let edited = edited.map(|text| Words { title: Some(title(row, text)), body: text.clone(), ..Words::default() });
        let life =
            Life { status, reason: &row.reason, office: route.disposed, rating: row.rating, supervisory, edited };
        live(&mut history, life, &self.lookup.reference.rules.agencies);
        remarks.unread(row);
        self.keep(row, &mut history);
        self.settle(&mut history);
        self.report.warnings.append(&mut remarks.findings);
        Ok(Entry { number, status: row.status.clone(), history })
    }

    fn begin(&self, row: &Row, received: Timestamp, submitted: Event, words: Words) -> Option<History> {
        let given = Code::parse(&row.tracking_id).ok();
        let key = ClientKey { key: digest(&format!("sp4n:{}", row.tracking_id)), fingerprint: String::new() };
        let id = ReportId(self.ids.past(received, rand::random()));
        let code = given.unwrap_or_else(|| Code::from_random(rand::random()));
        let mut history = History::begin(id, code, key, (received, Actor::Reporter), submitted, words)?;
        history.code_is_given = given.is_some();
        history.row.external_ref = Some(row.tracking_id.clone());
        let named = !matches!(row.reporter_name.to_lowercase().as_str(), "" | "-" | "anonim" | "anonymous");
        history.reporter = named.then(|| Reporter {
            name: Some(row.reporter_name.clone()),
            language: "id".into(),
            ..Reporter::default()
        });
        Some(history)
    }

    /// What an export would say otherwise than this row goes into a note, so that it can be given back.
    fn keep(&self, row: &Row, history: &mut History) {
        let told = Told { row: &history.row, log: &history.log, words: &history.words, name: "" };
        let note = Remainder::between(row, &told.line(&self.lookup.reference)).note();
        let at = history.last();
        history.then(at, Actor::System, Event::Noted, said(note));
    }

    /// The clocks of what is open; only what nobody has answered is woken, see [`super`].
    fn settle(&self, history: &mut History) {
        history.settle(&self.lookup.reference.rules, self.now);
        let stage = history.report().stage.kind();
        if !matches!(stage, StageKind::Submitted | StageKind::Disposed) {
            history.timing.wake_at = None;
        }
    }

    /// The office it was disposed to, or the parent agency where that is all that is known.
    fn office(&self, row: &Row, remarks: &mut Remarks) -> Option<AgencyId> {
        let parent = self.lookup.agency(&row.parent_agency, None, None);
        if !row.parent_agency.is_empty() && parent.is_none() {
            remarks.add(12, "import-agency-unknown", &row.parent_agency);
        }
        let office = self.lookup.agency(&row.agency, row.agency_id, parent);
        match (&*row.agency, row.agency_id) {
            ("", Some(number)) => remarks.add(13, "import-number-unnamed", &number.to_string()),
            (name, _) if !name.is_empty() && office.is_none() => remarks.add(14, "import-agency-unknown", name),
            _ => {}
        }
        office.or(parent)
    }

    /// Where it happened; what was not understood becomes part of the place in words. A row without any
    /// region takes that of its office, and that of the capital where the office has none.
    fn region(
        &self,
        row: &Row,
        office: Option<AgencyId>,
        remarks: &mut Remarks,
    ) -> Option<(RegionCode, Option<String>)> {
        let names = [&*row.province, &row.regency, &row.district, &row.village];
        let Some(found) = self.lookup.region(names) else {
            let said = names.iter().filter(|name| !name.is_empty()).copied().collect::<Vec<_>>().join(" / ");
            let agencies = &self.lookup.reference.rules.agencies;
            let of = |office: AgencyId| agencies.get(office)?.region.clone();
            let of_office = office.and_then(|office| of(office).or_else(|| of(agencies.root_of(office))));
            let code = if of_office.is_some() { "import-region-guessed" } else { "import-region-capital" };
            remarks.add(17, code, &said);
            return Some((of_office.or_else(|| RegionCode::parse(CAPITAL))?, words_of_place(&names, 0)));
        };
        for (level, why) in &found.not_understood {
            let code = match why {
                Why::Unknown if *level == 3 && !self.lookup.villages => continue,
                Why::Unknown => "import-region-unknown",
                Why::Ambiguous => "import-region-ambiguous",
                Why::Elsewhere => "import-region-elsewhere",
            };
            remarks.add(17 + level, code, names[*level]);
        }
        let below =
            found.not_understood.iter().filter(|(_, why)| *why != Why::Elsewhere).map(|(level, _)| *level).max();
        Some((found.region, below.and_then(|level| words_of_place(&names, level))))
    }
}

/// How a report came to the office that the row names.
struct Route {
    /// Sent there by its reporter.
    chosen: Option<AgencyId>,
    /// Disposed there.
    disposed: Option<AgencyId>,
}

impl Route {
    /// Only a parent agency beside a status that needs no disposition: nobody has disposed it.
    fn of(row: &Row, status: StageKind, office: Option<AgencyId>) -> Route {
        let before = matches!(status, StageKind::Held | StageKind::ArchivedAdmin | StageKind::ArchivedSystem);
        let only_parent = row.agency.is_empty() && row.agency_id.is_none();
        match status == StageKind::Submitted || (before && only_parent) {
            true => Route { chosen: office, disposed: None },
            false => Route { chosen: None, disposed: office },
        }
    }
}

/// Names of places from a level on downwards, as a person would say them.
fn words_of_place(names: &[&str; 4], from: usize) -> Option<String> {
    let kinds = ["", "", "Kecamatan ", "Kelurahan "];
    let told = (from..4).rev().filter(|level| !names[*level].is_empty());
    let told: Vec<String> = told
        .map(|level| format!("{}{}", kinds[level], names[level].strip_prefix(kinds[level]).unwrap_or(names[level])))
        .collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// What of a row was not understood, or not as it was meant.
struct Remarks {
    number: usize,
    findings: Vec<Finding>,
}

impl Remarks {
    fn add(&mut self, column: usize, code: &'static str, value: &str) {
        self.findings.push(Finding::new(self.number, column, code, value));
    }

    fn class(&mut self, row: &Row) -> (Class, bool) {
        class_of(&row.class).unwrap_or_else(|| {
            let near = class_near(&row.class);
            self.add(4, if near.is_some() { "import-class-near" } else { "import-class-unknown" }, &row.class);
            near.unwrap_or((Class::Complaint, false))
        })
    }

    fn category(&mut self, row: &Row, lookup: &Lookup) -> Option<CategoryId> {
        if row.category.is_empty() {
            if let Some(number) = row.category_id {
                self.add(5, "import-number-unnamed", &number.to_string());
            }
            return None;
        }
        let found = lookup.category(&row.category, row.category_id);
        match found {
            Err(Why::Ambiguous) => self.add(6, "import-category-ambiguous", &row.category),
            Err(_) => self.add(6, "import-category-unknown", &row.category),
            Ok(_) => {}
        }
        found.ok()
    }

    fn channel(&mut self, row: &Row) -> Channel {
        let found = channel_of(&row.source);
        if found.is_none() && !row.source.is_empty() {
            self.add(11, "import-channel-unknown", &row.source);
        }
        found.unwrap_or(Channel::Import)
    }

    /// The stage of a status; with an unknown one the report stays with its office.
    fn status(&mut self, row: &Row, office: Option<AgencyId>) -> StageKind {
        let rest = if office.is_some() { StageKind::Disposed } else { StageKind::Submitted };
        let found = status_of(&row.status);
        match found {
            None => self.add(STATUS, "import-status-unknown", &row.status),
            Some(stage) if status_label(stage) != row.status => self.add(STATUS, "import-status-near", &row.status),
            Some(_) => {}
        }
        let stage = found.unwrap_or(rest);
        let needs_office = !matches!(
            stage,
            StageKind::ArchivedAdmin | StageKind::ArchivedSystem | StageKind::Held | StageKind::Submitted
        );
        if needs_office && office.is_none() {
            self.add(14, "import-agency-missing", &row.status);
        }
        stage
    }

    fn reason(&mut self, row: &Row, status: StageKind) {
        if status == StageKind::ArchivedAdmin && reason_of(&row.reason).is_none() {
            self.add(16, "import-reason-unknown", &row.reason);
        }
    }

    fn unread(&mut self, row: &Row) {
        for unread in &row.unread {
            self.add(unread.column, unread.problem.code(), &unread.value);
        }
    }
}

fn title(row: &Row, body: &str) -> String {
    if !row.title.is_empty() {
        return row.title.clone();
    }
    let line = body.lines().next().unwrap_or(body);
    line.chars().take(TITLE).collect()
}

fn body(row: &Row, first: &str) -> String {
    if first.is_empty() { row.title.clone() } else { first.to_owned() }
}
