//! `/laporan/{code}`: where a report stands, its clock, what happened and what happens next.
//!
//! With the PIN the reporter also sees the original text and may reply, confirm, object, complete,
//! contest an archiving and agree to the Ombudsman.

use super::cause::CauseLink;
use crate::components::{Clock, Entry, Field, FileLink, Frame, Page, Slip, stage_step};
use crate::words::{Message, Moment, Words};
use app::mail::Reach;
use askama::Template;
use domain::report::{Class, CommandKind, Missing, StageKind};
use domain::text::{Body, Remark};
use domain::{Code, Role};
use jiff::civil::Date;

/// A report as its public reads it.
#[derive(Debug, Clone)]
pub struct PublicReport {
    pub code: Code,
    pub title: String,
    pub text: String,
    pub class: Class,
    pub supervisory: bool,
    pub stage: StageKind,
    pub category: Option<String>,
    /// Regency and province.
    pub place: String,
    /// Where exactly; given to the reporter and to officers only.
    pub address: Option<String>,
    /// The office whose turn it is, with the id of its page.
    pub agency: Option<(domain::AgencyId, String)>,
    pub happened: Option<Date>,
    pub sent: Moment,
    pub files: Vec<FileLink>,
    pub timeline: Vec<Entry>,
    pub clocks: Vec<Clock>,
    /// What happens next: `after-…` with a date, or `after-late`.
    pub next: Message,
    pub supports: u32,
    pub rating: Option<u8>,
    /// How many other units work on it; told to the reporter only.
    pub units: usize,
}

impl PublicReport {
    /// The class of the n-th of the four steps: received, verified, answered, finished.
    pub fn step_class(&self, step: usize) -> &'static str {
        match step.cmp(&stage_step(self.stage)) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "done now",
            std::cmp::Ordering::Greater => "",
        }
    }

    /// Locale key of the fourth step: it is not "finished" when it was archived.
    pub fn last_step(&self) -> &'static str {
        match self.stage {
            StageKind::ArchivedAdmin | StageKind::ArchivedSystem => "step-archived",
            _ => "step-ended",
        }
    }

    /// `aria-current` for the n-th step.
    pub fn step_current(&self, step: usize) -> &'static str {
        if step == stage_step(self.stage) { " aria-current=\"step\"" } else { "" }
    }
}

/// Other public reports about the same matter.
#[derive(Debug, Clone, Default)]
pub struct SameMatter {
    pub count: u32,
    /// Some of them, with their titles.
    pub first: Vec<(Code, String)>,
}

/// The words as they were sent, where an officer edited them.
#[derive(Debug, Clone)]
pub struct Original {
    pub title: String,
    pub text: String,
}

/// What the reporter sees besides, after showing the PIN.
#[derive(Debug, Clone, Default)]
pub struct OwnView {
    pub original: Option<Original>,
    /// What may be done now: `Reply`, `Confirm`, `Object`, `Complete`, `Contest`, `AcceptOmbudsman`.
    pub can: Vec<CommandKind>,
    /// What a held report waits for.
    pub missing: Vec<Missing>,
    /// What the officer wrote about the missing things.
    pub missing_text: Option<String>,
    /// The last day to object or to contest.
    pub until: Option<Date>,
    pub reply: Field,
    pub rating: Field,
    pub remark: Field,
    pub objection: Field,
    pub completion: Field,
    pub files: Field,
    /// Who looked at what is protected, the latest first.
    pub looks: Vec<Look>,
    /// Where letters about it go; none where no letter can be sent.
    pub mailbox: Option<Mailbox>,
}

/// Where letters about a report go.
#[derive(Debug, Clone)]
pub struct Mailbox {
    pub reach: Reach,
    /// The address, masked.
    pub address: Option<String>,
    /// The address as it is typed anew.
    pub email: Field,
}

impl Mailbox {
    /// The sentence about it: `mailbox-works` and so on.
    fn told(&self, words: &Words) -> String {
        let key = match self.reach {
            Reach::Nowhere => "mailbox-nowhere",
            Reach::Works => "mailbox-works",
            Reach::Stopped => "mailbox-stopped",
            Reach::Dead => "mailbox-dead",
        };
        words.with(key, &[("address", self.address.as_deref().unwrap_or_default().into())])
    }

    fn is_dead(&self) -> bool {
        self.reach == Reach::Dead
    }

    /// Whether the reporter should look at it at once.
    fn open(&self) -> &'static str {
        if self.is_dead() || self.email.slip.is_some() { " open" } else { "" }
    }
}

/// A look of an office at the protected parts of a report.
#[derive(Debug, Clone)]
pub struct Look {
    pub role: Role,
    pub agency: String,
    /// `sealed`, `name` or `contact`.
    pub what: String,
    pub at: Moment,
    /// What the officer gave as a reason, where one had to be given.
    pub reason: Option<String>,
}

impl OwnView {
    /// Whether the reporter may do this now.
    pub fn may(&self, kind: CommandKind) -> bool {
        self.can.contains(&kind)
    }

    /// Whether the first action stands open: the first of the list is the clear one.
    pub fn first(&self, kind: CommandKind) -> &'static str {
        if self.can.first() == Some(&kind) { " open" } else { "" }
    }
}

/// How a visitor stands to the news of somebody else's report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follow {
    /// Not logged in.
    Stranger,
    Can,
    Does,
}

/// The report page.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/report.html")]
pub struct ReportPage {
    pub w: Words,
    pub frame: Frame,
    pub report: PublicReport,
    /// Whether this visitor already supports the report.
    pub supported: bool,
    /// Whether this visitor can follow it; none where no letters are sent.
    pub follow: Option<Follow>,
    pub own: Option<OwnView>,
    pub same: SameMatter,
    /// The problem on whose page it stands.
    pub cause: Option<CauseLink>,
    /// The idempotency key of whatever form is sent.
    pub key: String,
    pub pin: Field,
    pub slips: Vec<Slip>,
}

impl ReportPage {
    fn most(&self) -> usize {
        Body::MOST
    }

    fn most_remark(&self) -> usize {
        Remark::MOST
    }

    /// Whether a visitor may support it: only open reports need support.
    fn supportable(&self) -> bool {
        self.own.is_none() && !self.report.stage.is_ended()
    }
}

impl Page for ReportPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        super::report_sample::all()
    }
}
