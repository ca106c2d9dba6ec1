//! What other systems are given: public reports, and what happened to them.
//!
//! Outsiders copy what they are given and keep it, so less is given than is shown: see [`policy::is_given`].

use crate::ids::Ids;
use crate::jobs::index_report::{agency_term, category_term, day_terms, month_terms, stage_term};
use crate::reading::Reading;
use crate::{App, Result};
use domain::deadline::Deadline;
use domain::time::Zone;
use domain::{Actor, AgencyId, CategoryId, Code, ReportId, due, policy};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use store::attachment::Attachment;
use store::event::Told;
use store::report::Listed;
use store::{Tx, attachment, event, report, search, words};

/// Most reports that one question is answered with, over all its pages.
pub const MOST_GIVEN: usize = 1_000;
/// Most rows that are looked at for them.
const MOST_READ: usize = 5_000;
/// Rows read at once.
const PAGE: usize = 100;
/// How far the clocks of two processes may be apart, and an id from the instant of its report.
const SLACK: SignedDuration = SignedDuration::from_mins(2);

/// A stretch of time, both ends included.
pub type Span = (Timestamp, Timestamp);

/// Which reports another system asks for. What is absent does not narrow.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wanted {
    /// With this parent agency.
    pub root: Option<AgencyId>,
    /// In one of these categories.
    pub categories: Vec<CategoryId>,
    pub received: Option<Span>,
    /// With something told in it.
    pub updated: Option<Span>,
    pub open: Option<bool>,
}

/// A report as it is given away.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    pub listed: Listed,
    /// What the public is told of it, in its order, with words where they are for everybody.
    pub steps: Vec<Told>,
    /// Files of the report and of those steps.
    pub files: Vec<Attachment>,
    /// The day it happened, where the reporter said so.
    pub happened_on: Option<String>,
    /// When it last changed for a reader outside; when it was closed, for a closed one.
    pub updated: Timestamp,
    /// By when it should be finished.
    pub completion: Option<Deadline>,
}

/// Something that happened to a given report.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenStep {
    pub code: Code,
    pub zone: Zone,
    pub step: Told,
    pub files: Vec<Attachment>,
}

impl Wanted {
    /// Terms of which a report holds all, and groups of which it holds one each.
    fn terms(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let mut groups: Vec<Vec<String>> = Vec::new();
        groups.extend(self.received.map(|(from, to)| month_terms(from, to)));
        groups.extend(self.updated.map(|(from, to)| day_terms(from, to)));
        groups.push(self.categories.iter().map(|id| category_term(id.0)).collect());
        groups.extend(self.open.map(|open| {
            let stages: &[&str] = if open { &["waiting", "process"] } else { &["done"] };
            stages.iter().map(|stage| stage_term(stage)).collect()
        }));
        (self.root.map(agency_term).into_iter().collect(), groups)
    }

    /// Whether nothing but a stretch of time is asked for, in which the newest are simply read.
    fn is_plain(&self) -> bool {
        self.root.is_none() && self.categories.is_empty() && self.updated.is_none() && self.open.is_none()
    }

    /// What the row itself says, whatever an index proposed.
    fn fits(&self, listed: &Listed) -> bool {
        let report = &listed.row.report;
        let within = |span: Option<Span>, at: Timestamp| span.is_none_or(|(from, to)| from <= at && at <= to);
        self.root.is_none_or(|root| listed.row.root == root)
            && (self.categories.is_empty() || report.category.is_some_and(|id| self.categories.contains(&id)))
            && self.open.is_none_or(|open| report.is_open() == open)
            && within(self.received, report.clocks.received)
    }
}

impl App {
    /// Reports that are given to other systems, the newest first; none after the first [`MOST_GIVEN`].
    pub async fn give(&self, wanted: &Wanted, skip: usize, take: usize) -> Result<Vec<Given>> {
        let end = skip.saturating_add(take).min(MOST_GIVEN);
        let mut tx = self.db.read().await?;
        let mut given = Vec::new();
        let (mut found, mut read) = (0, 0);
        let mut before = self.first_before(wanted);
        while found < end && read < MOST_READ {
            let rows = page(&mut tx, wanted, before).await?;
            let (full, oldest) = (rows.len() == PAGE, rows.last().map(|last| last.row.report.id));
            read += rows.len();
            let fitting = rows.into_iter().filter(|listed| self.is_given(listed) && wanted.fits(listed)).collect();
            let mut whole = self.whole(&mut tx, fitting).await?;
            whole.retain(|given| wanted.updated.is_none_or(|span| given.changed_in(span)));
            for one in whole.into_iter().take(end - found) {
                found += 1;
                given.extend((found > skip).then_some(one));
            }
            let Some(oldest) = oldest.filter(|oldest| full && !wanted.is_past(*oldest)) else { break };
            before = oldest;
        }
        Ok(given)
    }

    /// The reports of these numbers that are given to other systems, in the order of the numbers.
    pub async fn give_these(&self, codes: &[Code]) -> Result<Vec<Given>> {
        let mut tx = self.db.read().await?;
        let mut listed = Vec::new();
        for code in codes.iter().take(MOST_GIVEN) {
            let found = report::find(&mut tx, *code).await?;
            let agencies = &self.reference().rules.agencies;
            let Some(row) = found.filter(|row| policy::is_given(agencies, &row.report)) else { continue };
            let present = words::load(&mut tx, row.report.id, row.words_seq).await?.unwrap_or_default();
            listed.push(Listed { row, due_at: report::NEVER, title: present.title, body: present.body });
        }
        self.whole(&mut tx, listed).await
    }

    /// What happened to given reports in a stretch of time, the latest first.
    pub async fn give_steps(&self, root: Option<AgencyId>, span: Span) -> Result<Vec<GivenStep>> {
        let wanted = Wanted { root, updated: Some(span), ..Wanted::default() };
        let mut steps: Vec<GivenStep> = Vec::new();
        for given in self.give(&wanted, 0, MOST_GIVEN).await? {
            let (code, zone) = (given.listed.row.code, given.listed.row.report.zone);
            let told = given.steps.into_iter().filter(|told| span.0 <= told.logged.at && told.logged.at <= span.1);
            steps.extend(told.filter(|told| told.logged.seq > 1).map(|step| GivenStep {
                code,
                zone,
                files: given.files.iter().filter(|file| file.seq == step.logged.seq).cloned().collect(),
                step,
            }));
        }
        steps.sort_by_key(|step| (std::cmp::Reverse(step.step.logged.at), step.code, step.step.logged.seq));
        steps.truncate(MOST_GIVEN);
        Ok(steps)
    }

    fn is_given(&self, listed: &Listed) -> bool {
        policy::is_given(&self.reference().rules.agencies, &listed.row.report)
    }

    fn first_before(&self, wanted: &Wanted) -> ReportId {
        let until = wanted.received.and_then(|(_, to)| to.checked_add(SLACK).ok());
        ReportId(until.map_or(i64::MAX, Ids::first))
    }

    /// The story and the files beside each row, read for all of them at once.
    async fn whole(&self, tx: &mut Tx, rows: Vec<Listed>) -> Result<Vec<Given>> {
        let ids: Vec<ReportId> = rows.iter().map(|listed| listed.row.report.id).collect();
        let mut stories: BTreeMap<ReportId, Vec<Told>> = BTreeMap::new();
        for (id, told) in event::stories(tx, &ids).await? {
            stories.entry(id).or_default().push(told);
        }
        let mut files: BTreeMap<ReportId, Vec<Attachment>> = BTreeMap::new();
        for file in attachment::list_of(tx, &ids).await? {
            files.entry(file.report).or_default().push(file);
        }
        let one = |listed: Listed| {
            let id = listed.row.report.id;
            self.cut_given(listed, stories.remove(&id).unwrap_or_default(), files.remove(&id).unwrap_or_default())
        };
        Ok(rows.into_iter().map(one).collect())
    }

    fn cut_given(&self, listed: Listed, mut steps: Vec<Told>, mut files: Vec<Attachment>) -> Given {
        let reference = self.reference();
        let report = &listed.row.report;
        let reading = Reading::new(&reference.rules.agencies, &Actor::Public, report);
        steps.retain(|told| reading.hears(&told.logged));
        steps.sort_by_key(|told| told.logged.seq);
        // The first words may have been edited since; the present ones are in the row.
        let first = steps.first().filter(|told| told.logged.seq == 1).and_then(|told| told.words.clone());
        let reads = |told: &&Told| told.logged.seq > 1 && reading.reads(&told.logged);
        let reads: Vec<u32> = steps.iter().filter(reads).map(|told| told.logged.seq).collect();
        for told in steps.iter_mut().filter(|told| !reads.contains(&told.logged.seq)) {
            told.words = None;
        }
        files.retain(|file| file.seq == 1 || reads.contains(&file.seq));
        files.sort_by_key(|file| (file.seq, file.id));
        let told = steps.iter().filter(|told| told.logged.event.kind().is_change());
        let updated = told.map(|told| told.logged.at).max().unwrap_or(report.clocks.received);
        let completion = due::completion(&reference.rules, report, self.now()).filter(|_| report.is_open());
        let updated = report.clocks.ended.filter(|_| !report.is_open()).unwrap_or(updated);
        Given { updated, happened_on: first.and_then(|words| words.happened_on), listed, steps, files, completion }
    }
}

impl Given {
    fn changed_in(&self, (from, to): Span) -> bool {
        let changes = self.steps.iter().filter(|told| told.logged.event.kind().is_change());
        changes.map(|told| told.logged.at).any(|at| from <= at && at <= to)
    }
}

impl Wanted {
    /// Whether what was made before this id came in before the stretch of time.
    fn is_past(&self, id: ReportId) -> bool {
        let first = self.received.and_then(|(from, _)| from.checked_sub(SLACK).ok());
        first.is_some_and(|first| Ids::instant(id.0) < first)
    }
}

async fn page(tx: &mut Tx, wanted: &Wanted, before: ReportId) -> Result<Vec<Listed>> {
    if wanted.is_plain() {
        return Ok(report::list_public(tx, before, PAGE as u32).await?);
    }
    let (terms, groups) = wanted.terms();
    Ok(search::find_within(tx, &terms, &groups, before, PAGE as u32).await?)
}
