//! A report as one viewer may see it.

use crate::access::Protected;
use crate::{App, Error, Result, moment};
use domain::deadline::Deadline;
use domain::policy::{Action, may};
use domain::report::{CommandKind, EventKind, offers};
use domain::{Actor, Code, Report, ReportId, due};
use jiff::Timestamp;
use std::collections::HashMap;
use store::access::{self, Access};
use store::attachment::Attachment;
use store::event::{Logged, Told};
use store::report::Row;
use store::reporter::Reporter;
use store::words::Words;
use store::{Tx, attachment, event, report, reporter, seat, words};

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
    /// Files of the submission; those of answers and replies are with their steps.
    pub attachments: Vec<Attachment>,
    pub reporter: Option<Reporter>,
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
            false => Reporter { phone: None, email: None, ..person },
        });
        let rest = Rest::load(&mut tx, &row, by).await?;
        drop(tx);
        self.note_access(&row.report, by, &protected(&row.report, person.as_ref())).await?;
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
        let notes = allowed(Action::ReadNotes);
        // An address can tell who lives there: for the reporter and for those who work on it.
        let exact = allowed(Action::ReadOriginal);
        let Rest { story, attachments, looks, on_behalf_of } = rest;
        let words_at = |seq: u32| story.iter().find(|told| told.logged.seq == seq).and_then(|told| told.words.clone());
        let first = words_at(1).unwrap_or_default();
        let present = words_at(row.words_seq).unwrap_or_default();
        let edited = row.words_seq != 1 && allowed(Action::ReadOriginal);
        let shown = story.into_iter().filter(|told| notes || by_everyone(&told.logged, by));
        let steps = shown.map(|Told { logged, words, .. }| {
            let read = logged.seq > 1 && reads_words(&logged, by, notes);
            let files = attachments.iter().filter(|file| read && file.seq == logged.seq);
            Step { words: words.filter(|_| read), attachments: files.cloned().collect(), logged }
        });
        View {
            by: *by,
            title: present.title.clone().unwrap_or_default(),
            body: present.body.clone(),
            original: edited.then(|| first.clone()),
            place: first.place.clone().filter(|_| exact),
            happened_on: first.happened_on.clone(),
            point: first.latitude.clone().zip(first.longitude.clone()).filter(|_| exact),
            steps: steps.collect(),
            on_behalf_of,
            attachments: attachments.iter().filter(|file| file.seq == 1).cloned().collect(),
            reporter: person,
            clock: due::shown(&reference.rules, &row.report, now),
            completion: due::completion(&reference.rules, &row.report, now),
            objection: due::objection(&reference.rules, &row.report),
            looks,
            offers: offers(&moment(&reference, now), by, &row.report),
            at: now,
            row,
        }
    }
}

/// What a report's page is made of besides its row.
struct Rest {
    story: Vec<Told>,
    attachments: Vec<Attachment>,
    looks: Vec<Access>,
    on_behalf_of: HashMap<u32, String>,
}

impl Rest {
    async fn load(tx: &mut Tx, row: &Row, by: &Actor) -> Result<Rest> {
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
        Ok(Rest { story, attachments, looks, on_behalf_of })
    }
}

/// A report's present title.
pub(crate) async fn present_title(tx: &mut Tx, row: &Row) -> Result<Option<String>> {
    let said = words::list(tx, row.report.id).await?;
    Ok(said.into_iter().find(|(seq, _)| *seq == row.words_seq).and_then(|(_, words)| words.title))
}

fn protected(report: &Report, person: Option<&Reporter>) -> Vec<Protected> {
    let sealed = report.is_sealed().then_some(Protected::Sealed);
    let name = person.and_then(|person| person.name.as_ref()).map(|_| Protected::Name);
    let contact = person.filter(|person| person.phone.is_some() || person.email.is_some()).map(|_| Protected::Contact);
    [sealed, name, contact].into_iter().flatten().collect()
}

/// Steps that are told to everyone who may read the report; the reporter also sees files arrive, why
/// something was hidden, and who wanted to read an anonymous name.
fn by_everyone(logged: &Logged, by: &Actor) -> bool {
    let kind = logged.event.kind();
    let own = matches!(
        kind,
        EventKind::Attached
            | EventKind::Hidden
            | EventKind::Unhidden
            | EventKind::NameAsked
            | EventKind::NameOpened
            | EventKind::NameKept
    );
    kind.is_public() || (own && *by == Actor::Reporter)
}

/// Whether a viewer reads the words and files that came with an event.
pub(crate) fn reads_words(logged: &Logged, by: &Actor, notes: bool) -> bool {
    let kind = logged.event.kind();
    notes
        || kind == EventKind::Submitted
        || kind.has_public_text()
        || (*by == Actor::Reporter && kind.has_text_for_reporter())
}
