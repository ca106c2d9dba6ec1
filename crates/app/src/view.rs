//! A report as one viewer may see it.

use crate::access::Protected;
use crate::reading::Reading;
use crate::{App, DraftView, Error, Result, drafts, moment};
use domain::agency::AgencyTree;
use domain::deadline::Deadline;
use domain::policy::{Action, hears_part, may};
use domain::report::{Approver, Channel, CommandKind, Part, PartState, Rulebook, offers};
use domain::taking::TAKEN;
use domain::{Actor, Code, Report, ReportId, due};
use jiff::Timestamp;
use std::collections::HashMap;
use store::access::{self, Access};
use store::attachment::Attachment;
use store::event::{Logged, Told};
use store::report::Row;
use store::reporter::Reporter;
use store::taking::{self, Taking};
use store::words::Words;
use store::{Tx, attachment, event, partner, report, reporter, seat, words};

/// A report, cut to what its viewer may see.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// Who looks.
    pub by: Actor,
    pub row: Row,
    pub title: String,
    pub body: String,
    /// The words as they came, where they were edited and the viewer may compare.
    pub original: Option<Words>,
    pub place: Option<String>,
    pub happened_on: Option<String>,
    /// Degrees north and east, as text.
    pub point: Option<(String, String)>,
    pub steps: Vec<Step>,
    /// For officers: which steps a deputy took, and the name of the person they stood in for.
    pub on_behalf_of: HashMap<u32, String>,
    /// A proposed answer, for those who may read it.
    pub draft: Option<DraftView>,
    /// Who approves answers in the office that holds it.
    pub approver: Approver,
    /// What supporting units were asked for, as far as this viewer may know.
    pub parts: Vec<PartView>,
    /// Files of the submission; those of answers and replies are with their steps.
    pub attachments: Vec<Attachment>,
    pub reporter: Option<Reporter>,
    /// For officers who may know the reporter: who took it in for them, and how they agreed.
    pub taking: Option<Taking>,
    /// For officers who work on it: the partner system that brought it in.
    pub partner: Option<String>,
    /// The clock that is shown, and the one for finishing.
    pub clock: Option<Deadline>,
    pub completion: Option<Deadline>,
    /// The last day to object, once it has ended.
    pub objection: Option<Deadline>,
    /// For its reporter: who looked at the protected parts, the latest first.
    pub looks: Vec<Access>,
    /// What this viewer may do now, and nothing that they may not.
    pub offers: Vec<CommandKind>,
    pub at: Timestamp,
}

/// One line of the timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub logged: Logged,
    pub words: Option<Words>,
    pub attachments: Vec<Attachment>,
}

/// A part of the work with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct PartView {
    pub part: Part,
    pub task: Option<String>,
    pub answer: Option<String>,
    pub attachments: Vec<Attachment>,
    pub clock: Option<Deadline>,
    /// It is for the viewer's own office, or one below it, to answer.
    pub is_own: bool,
}

impl View {
    /// The report's state.
    pub fn report(&self) -> &Report {
        &self.row.report
    }
}

impl App {
    /// A report as `by` may see it; [`Error::NotFound`] whether it does not exist or may not be known.
    ///
    /// An officer's look at sealed content, a name or a contact is recorded first.
    pub async fn view(&self, code: Code, by: &Actor) -> Result<View> {
        let mut tx = self.db.read().await?;
        let reference = self.reference();
        let allowed = |action: Action, report: &Report| may(&reference.rules.agencies, by, action, report);
        let found = report::find(&mut tx, code).await?;
        let row = found.filter(|row| allowed(Action::Read, &row.report)).ok_or(Error::NotFound)?;
        let person = match allowed(Action::ReadName, &row.report) {
            true => reporter::load(&mut tx, row.report.id).await?,
            false => None,
        };
        let person = person.map(|person| match allowed(Action::ReadContact, &row.report) {
            true => person,
            false => Reporter { phone: None, email: None, chat: None, ..person },
        });
        let rest = Rest::load(&mut tx, &reference.rules.agencies, &row, by).await?;
        drop(tx);
        self.note_access(&row.report, by, &protected(&row.report, person.as_ref(), rest.taking.as_ref())).await?;
        Ok(self.cut(row, rest, person, by))
    }

    /// A report's present title, for somebody who may read it.
    pub async fn title(&self, id: ReportId, by: &Actor) -> Result<Option<String>> {
        let mut tx = self.db.read().await?;
        let row = report::load(&mut tx, id).await?;
        let Some(row) = row.filter(|row| may(&self.reference().rules.agencies, by, Action::Read, &row.report)) else {
            return Ok(None);
        };
        present_title(&mut tx, &row).await
    }

    /// Opens a report with its PIN. A wrong PIN and an unknown number look the same; only wrong
    /// PINs count, so that a gateway of many reporters is not locked out.
    pub async fn open(&self, code: Code, pin: &str, address: &str) -> Result<View> {
        self.prove(code, pin, address)?;
        self.view(code, &Actor::Reporter).await
    }

    /// Whether a PIN fits a tracking number; whether there is a report under it, a command finds out.
    pub fn prove(&self, code: Code, pin: &str, address: &str) -> Result<()> {
        match self.attempts.guess(&format!("pin:{code}"), address, || self.keys.is_pin(code, pin))? {
            true => Ok(()),
            false => Err(Error::NotFound),
        }
    }

    fn cut(&self, row: Row, rest: Rest, person: Option<Reporter>, by: &Actor) -> View {
        let reference = self.reference();
        let now = self.now();
        let allowed = |action: Action| may(&reference.rules.agencies, by, action, &row.report);
        let reading = Reading::new(&reference.rules.agencies, by, &row.report);
        // An address can tell who lives there: for the reporter and for those who work on it.
        let exact = allowed(Action::ReadPlace);
        let Rest { story, attachments, looks, on_behalf_of, draft, approver, taking, partner } = rest;
        let words_at = |seq: u32| story.iter().find(|told| told.logged.seq == seq).and_then(|told| told.words.clone());
        let first = words_at(1).unwrap_or_default();
        let present = words_at(row.words_seq).unwrap_or_default();
        let edited = row.words_seq != 1 && allowed(Action::ReadOriginal);
        let shown = story.iter().filter(|told| reading.hears(&told.logged)).cloned();
        let steps = shown.map(|Told { logged, words, .. }| {
            let read = logged.seq > 1 && reading.reads(&logged);
            let files = attachments.iter().filter(|file| read && file.seq == logged.seq);
            Step { words: words.filter(|_| read), attachments: files.cloned().collect(), logged }
        });
        let steps: Vec<Step> = steps.collect();
        let parts = parts(&reference.rules, by, &row.report, &steps, now);
        View {
            by: *by,
            parts,
            draft,
            approver,
            title: present.title.clone().unwrap_or_default(),
            body: present.body.clone(),
            original: edited.then(|| first.clone()),
            place: first.place.clone().filter(|_| exact),
            happened_on: first.happened_on.clone(),
            point: first.latitude.clone().zip(first.longitude.clone()).filter(|_| exact),
            steps,
            on_behalf_of,
            attachments: attachments.iter().filter(|file| file.seq == 1).cloned().collect(),
            reporter: person,
            taking,
            partner,
            clock: due::shown(&reference.rules, &row.report, now),
            completion: due::completion(&reference.rules, &row.report, now),
            objection: due::objection(&reference.rules, &row.report),
            looks,
            offers: offered(&reference, now, by, &row.report, approver),
            at: now,
            row,
        }
    }
}

/// What a viewer may do, as the office's setting about approval leaves it: whoever has to propose is not offered to
/// answer, and nobody else is offered to propose.
fn offered(
    reference: &crate::reference::Reference,
    now: Timestamp,
    by: &Actor,
    report: &Report,
    approver: Approver,
) -> Vec<CommandKind> {
    let bound = by.role().is_some_and(|role| approver.binds(role));
    let mut all = offers(&moment(reference, now), by, report);
    all.retain(|kind| match kind {
        CommandKind::ProposeAnswer => bound,
        kind => approver.clears(by.role(), *kind).is_ok(),
    });
    all
}

/// The parts of which a viewer is told.
fn parts(rules: &Rulebook, by: &Actor, report: &Report, steps: &[Step], now: Timestamp) -> Vec<PartView> {
    let heard = report.parts.iter().filter(|part| hears_part(&rules.agencies, by, report, part.number));
    let view = |part: &Part| {
        let said = |seq: u32| steps.iter().find(|step| step.logged.seq == seq);
        let answer = match part.state {
            PartState::Answered { seq, .. } => said(seq),
            _ => None,
        };
        let body = |step: Option<&Step>| step.and_then(|step| Some(step.words.as_ref()?.body.clone()));
        PartView {
            task: body(said(part.asked_in)),
            answer: body(answer),
            attachments: answer.map(|step| step.attachments.clone()).unwrap_or_default(),
            clock: due::part(rules, report, part, now),
            is_own: by.agency().is_some_and(|seat| rules.agencies.within(part.office, seat)),
            part: part.clone(),
        }
    };
    heard.map(view).collect()
}

/// What a report's page is made of besides its row.
struct Rest {
    story: Vec<Told>,
    attachments: Vec<Attachment>,
    looks: Vec<Access>,
    on_behalf_of: HashMap<u32, String>,
    draft: Option<DraftView>,
    approver: Approver,
    taking: Option<Taking>,
    partner: Option<String>,
}

impl Rest {
    async fn load(tx: &mut Tx, agencies: &AgencyTree, row: &Row, by: &Actor) -> Result<Rest> {
        let story = event::story(tx, row.report.id).await?;
        let attachments = match story.iter().any(|told| told.has_files) {
            true => attachment::list(tx, row.report.id).await?,
            false => Vec::new(),
        };
        let looks = match by {
            Actor::Reporter => access::list(tx, row.report.id).await?,
            _ => Vec::new(),
        };
        let on_behalf_of = match by {
            Actor::Officer { .. } => seat::on_behalf(tx, row.report.id).await?.into_iter().collect(),
            _ => HashMap::new(),
        };
        let (draft, approver) = match by.role() {
            Some(_) => {
                let reading = Reading::new(agencies, by, &row.report);
                let (approver, _) = drafts::approver(tx, agencies, row.report.holder).await?;
                (drafts::view(tx, row, &reading).await?, approver)
            }
            None => (None, Approver::Nobody),
        };
        let taken = TAKEN.contains(&row.report.channel) && by.role().is_some();
        let taking = match taken && may(agencies, by, Action::ReadName, &row.report) {
            true => taking::load(tx, row.report.id).await?,
            false => None,
        };
        let brought = row.report.channel == Channel::Partner && by.role().is_some();
        let partner = match brought && may(agencies, by, Action::ReadPlace, &row.report) {
            true => partner::name_of(tx, row.report.id).await?,
            false => None,
        };
        Ok(Rest { story, attachments, looks, on_behalf_of, draft, approver, taking, partner })
    }
}

/// A report's present title.
pub(crate) async fn present_title(tx: &mut Tx, row: &Row) -> Result<Option<String>> {
    let said = words::list(tx, row.report.id).await?;
    Ok(said.into_iter().find(|(seq, _)| *seq == row.words_seq).and_then(|(_, words)| words.title))
}

/// The address of a post tells who wrote it.
fn protected(report: &Report, person: Option<&Reporter>, taking: Option<&Taking>) -> Vec<Protected> {
    let sealed = report.is_sealed().then_some(Protected::Sealed);
    let source = taking.and_then(|taking| taking.source.as_ref());
    let name = person.and_then(|person| person.name.as_ref()).or(source).map(|_| Protected::Name);
    let contact = person.filter(|person| person.phone.is_some() || person.email.is_some()).map(|_| Protected::Contact);
    [sealed, name, contact].into_iter().flatten().collect()
}
