//! What several pages share: the frame around a page and the values of the template macros.

pub mod chart;
mod clock;
mod desk_nav;
pub mod history;
mod icon;
pub mod outreach;
mod paper;
mod reach;
pub mod sample;

pub use clock::{Clock, ClockState};
pub use desk_nav::{DeskPlace, desk_places};
pub use icon::icon;
pub use paper::PaperRow;
pub use reach::Reach;

use crate::assets;
use crate::face::Shown;
use crate::words::{Message, Moment, Words};
use domain::report::{Class, StageKind};
use domain::{Code, Role};
use std::borrow::Borrow;

/// A page as a value: fields that a template shows, samples of them for the tests.
pub trait Page: askama::Template + Sized {
    /// Typical, empty, long and failed forms of the page.
    fn samples() -> Vec<Self>;

    /// The same page in other words.
    fn speak(&mut self, words: Words);
}

/// The parts of the site that the navigation names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    Home,
    Track,
    Reports,
    Agencies,
    Statistics,
    Help,
    Inbox,
    Notices,
    /// Reports that are taken in for people.
    Counter,
    /// What other offices ask of this unit.
    Duties,
    /// Who approves answers, and the templates.
    Answers,
    Oversight,
    Problems,
    /// Short messages that wait for a person.
    Messages,
    Rules,
    Account,
    /// None of them.
    #[default]
    Elsewhere,
}

/// What surrounds every page.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// Path and query of this page, to come back to after the language was switched.
    pub path: String,
    /// The entry of the navigation that is marked as the present one.
    pub place: Place,
    /// The officer, where one is logged in.
    pub seat: Option<Seat>,
    /// A word about what was just done.
    pub notice: Option<Notice>,
    /// The form whose draft the browser may forget, because it was sent.
    pub sent: Option<&'static str>,
    /// Whether there are accounts of reporters: they need letters.
    pub accounts: bool,
    /// The agency's face, where somebody came by one.
    pub face: Option<Shown>,
}

impl Frame {
    /// The frame of a page at a path.
    pub fn at(path: &str, place: Place) -> Frame {
        Frame { path: path.to_owned(), place, ..Frame::default() }
    }

    /// The same frame with an officer in it.
    pub fn seated(mut self, seat: Seat) -> Frame {
        self.seat = Some(seat);
        self
    }

    /// What the system calls itself here.
    pub fn site(&self, words: &Words) -> String {
        self.face.as_ref().map_or_else(|| words.t("site-name"), |face| face.name.clone())
    }

    /// Whether this page lies at a path, whatever its query says.
    pub fn is_at(&self, path: &str) -> bool {
        self.path.split('?').next() == Some(path)
    }

    /// The address of an asset.
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// The wordmark, to be written into the page.
    pub fn wordmark(&self) -> &'static str {
        assets::WORDMARK
    }

    /// `aria-current` for an entry of the navigation.
    pub fn current(&self, place: impl Borrow<Place>) -> &'static str {
        if self.place == *place.borrow() { " aria-current=\"page\"" } else { "" }
    }

    /// Where the language switch leads.
    pub fn switch(&self, words: &Words) -> String {
        format!("/bahasa/{}?back={}", words.lang().other().tag(), in_query(&self.path))
    }
}

/// A text as the value of a query.
pub(crate) fn in_query(text: &str) -> String {
    text.bytes().map(percent).collect()
}

fn percent(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

/// The logged-in officer, as the top of the desk shows them.
#[derive(Debug, Clone)]
pub struct Seat {
    pub name: String,
    pub role: Role,
    pub agency: String,
    /// Notices not yet read.
    pub unread: u32,
    /// There are offices whose figures this seat may see.
    pub supervises: bool,
    /// Whether short messages wait for it.
    pub tends: bool,
}

impl Seat {
    /// The places of the desk that this seat has a use for.
    pub fn places(&self) -> impl Iterator<Item = &'static DeskPlace> {
        desk_places(self)
    }

    /// The locale key of the role.
    pub fn role_key(&self) -> String {
        format!("role-{}", self.role.name())
    }

    /// Whether the seat makes problems, tells how they stand or puts reports into them.
    pub fn gathers_problems(&self) -> bool {
        matches!(self.role, Role::NationalAdmin | Role::AgencyAdmin | Role::LiaisonOfficer)
    }

    /// Whether the seat writes routing rules.
    pub fn writes_rules(&self) -> bool {
        matches!(self.role, Role::NationalAdmin | Role::AgencyAdmin)
    }
}

/// The colour family of a sign; never the only bearer of its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Calm,
    Good,
    Wait,
    Bad,
    Quiet,
}

impl Tone {
    /// The class in the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Calm => "calm",
            Tone::Good => "good",
            Tone::Wait => "wait",
            Tone::Bad => "bad",
            Tone::Quiet => "quiet",
        }
    }

    /// The picture that says the same.
    pub fn icon(self) -> &'static str {
        match self {
            Tone::Calm => "info",
            Tone::Good => "check",
            Tone::Wait => "clock",
            Tone::Bad => "alert",
            Tone::Quiet => "archive",
        }
    }
}

impl Tone {
    /// The picture on the line of a timeline: a plain dot where nothing is special.
    pub fn mark(self) -> &'static str {
        if self == Tone::Calm { "dot" } else { self.icon() }
    }
}

/// A word at the top of a page about what was just done or went wrong.
#[derive(Debug, Clone)]
pub struct Notice {
    pub tone: Tone,
    pub message: Message,
}

/// A field of a form: what was typed and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Field {
    pub value: String,
    pub slip: Option<Message>,
}

impl Field {
    /// A field with a good or not yet checked value.
    pub fn of(value: &str) -> Field {
        Field { value: value.to_owned(), slip: None }
    }

    /// A field with a value that cannot be taken.
    pub fn wrong(value: &str, slip: Message) -> Field {
        Field { value: value.to_owned(), slip: Some(slip) }
    }

    /// The attributes that tie an input to its hint and to its error.
    pub fn attributes(&self, words: &Words, id: &str, key: &str) -> String {
        let hint = words.hint(key).map(|_| format!("{id}-hint"));
        let slip = self.slip.as_ref().map(|_| format!("{id}-slip"));
        let described: Vec<String> = hint.into_iter().chain(slip).collect();
        let mut attributes = String::new();
        if !described.is_empty() {
            attributes = format!(" aria-describedby=\"{}\"", described.join(" "));
        }
        if self.slip.is_some() {
            attributes.push_str(" aria-invalid=\"true\"");
        }
        attributes
    }

    /// Whether this value is the chosen one.
    pub fn is(&self, value: &str) -> bool {
        self.value == value
    }
}

/// A line of the summary above a form that was not accepted.
#[derive(Debug, Clone)]
pub struct Slip {
    /// The id of the field it leads to.
    pub field: &'static str,
    pub message: Message,
}

/// One entry of a list to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

impl Choice {
    /// An entry that is not chosen.
    pub fn new(value: impl ToString, label: impl Into<String>) -> Choice {
        Choice { value: value.to_string(), label: label.into(), chosen: false }
    }

    /// The same entry, chosen.
    pub fn chosen(mut self) -> Choice {
        self.chosen = true;
        self
    }
}

/// Entries under a common heading, e.g. the regencies of a province.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceGroup {
    /// Code of the group; the script filters by it.
    pub code: String,
    pub label: String,
    pub choices: Vec<Choice>,
}

/// What an attachment is, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    Image,
    Pdf,
    Video,
}

/// An attachment on a page.
#[derive(Debug, Clone)]
pub struct FileLink {
    /// Its own path, with safe headers.
    pub url: String,
    /// A smaller picture of an image, where there is one.
    pub thumb: Option<String>,
    pub name: String,
    pub kind: FileKind,
    pub bytes: u64,
}

impl FileLink {
    /// The picture that stands for the kind.
    pub fn icon(&self) -> &'static str {
        match self.kind {
            FileKind::Image => "image",
            FileKind::Pdf => "file",
            FileKind::Video => "film",
        }
    }
}

/// A report in a list.
#[derive(Debug, Clone)]
pub struct Card {
    pub code: Code,
    pub title: String,
    /// First words of the public text.
    pub excerpt: String,
    pub class: Class,
    pub stage: StageKind,
    pub place: String,
    pub agency: Option<String>,
    pub category: Option<String>,
    pub sent: Moment,
    pub supports: u32,
    pub files: u32,
}

/// One thing that happened, in the timeline.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The sentence: `event-submitted` and its values.
    pub message: Message,
    pub at: Moment,
    /// Who did it, as far as this reader may know.
    pub by: Option<String>,
    /// What was written: an answer, a reply, a reason, a note.
    pub text: Option<String>,
    pub files: Vec<FileLink>,
    pub tone: Tone,
    /// Visible to officers only.
    pub internal: bool,
}

/// The colour of a stage. Only what the reporter confirmed is shown as good.
pub fn stage_tone(stage: impl Borrow<StageKind>) -> Tone {
    match stage.borrow() {
        StageKind::ClosedConfirmed => Tone::Good,
        StageKind::ClosedByOfficer
        | StageKind::ClosedBySystem
        | StageKind::ArchivedAdmin
        | StageKind::ArchivedSystem => Tone::Quiet,
        StageKind::Submitted | StageKind::Returned | StageKind::Held => Tone::Wait,
        StageKind::Objected | StageKind::Reopened => Tone::Bad,
        StageKind::Disposed | StageKind::Answered | StageKind::Replied => Tone::Calm,
    }
}

/// The picture of a stage.
pub fn stage_icon(stage: impl Borrow<StageKind>) -> &'static str {
    match stage.borrow() {
        StageKind::Disposed => "arrow",
        StageKind::Answered | StageKind::Replied => "speech",
        other => stage_tone(other).icon(),
    }
}

/// How many of the four steps received, verified, answered, finished a stage has reached.
pub fn stage_step(stage: StageKind) -> usize {
    match stage {
        StageKind::Submitted | StageKind::Held => 1,
        StageKind::Disposed | StageKind::Returned => 2,
        StageKind::Answered | StageKind::Replied | StageKind::Objected | StageKind::Reopened => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn the_language_switch_comes_back_to_the_same_search() {
        let frame = Frame::at("/laporan?q=jalan rusak&stage=answered", Place::Reports);
        let address = frame.switch(&Words::new(Lang::Id));
        assert_eq!(address, "/bahasa/en?back=/laporan%3Fq%3Djalan%20rusak%26stage%3Danswered");
    }

    #[test]
    fn only_the_reporters_confirmation_looks_like_success() {
        let good = StageKind::ALL.iter().filter(|stage| stage_tone(*stage) == Tone::Good);
        assert_eq!(good.collect::<Vec<_>>(), [&StageKind::ClosedConfirmed]);
    }

    #[test]
    fn an_error_is_tied_to_its_field() {
        let words = Words::new(Lang::Id);
        let field = Field::wrong("x", Message::new("text-shape"));
        let attributes = field.attributes(&words, "phone", "field-phone");
        assert_eq!(attributes, r#" aria-describedby="phone-hint phone-slip" aria-invalid="true""#);
        assert_eq!(Field::of("x").attributes(&words, "name", "field-name"), "");
    }
}
