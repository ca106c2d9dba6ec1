//! Who may do what with which report: role, office and secrecy together.
//!
//! The permission matrix of the domain notes (§3.2, §2.2) as one function. Every page, list, API and
//! job asks it; the table it makes is an expect-file.

pub mod handover;
mod message;
mod office;
mod peer;
mod problem;
pub mod seats;

pub use message::{keeps_words, tends_messages};
pub use office::{
    OfficeAction, brings_reports, dresses_office, edits_office, may_at, reads_papers, sight, takes_reports,
};
pub use peer::{brings_updates, connects_office, follows_exchange, is_forwarded, is_heard_of, is_told_on};
pub use problem::{ProblemAction, may_problem};

use crate::agency::AgencyTree;
use crate::ids::AgencyId;
use crate::person::{Actor, Role};
use crate::report::{CommandKind, Ombudsman, Part, Report};
use crate::scope::{Scope, Verb};

/// From this objection on, the inspectorate of the parent agency looks into it; the first is for the superior.
pub const INSPECTED: u8 = 2;

/// Something one may do with a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Read its words, place and timeline.
    Read,
    /// Read the reporter's name; an anonymous one only where a second person opened it.
    ReadName,
    /// Read the reporter's telephone and e-mail; of an anonymous one only where the name was opened.
    ReadContact,
    /// Read the original beside the edited text.
    ReadOriginal,
    /// Read where exactly it happened: an address can tell who lives there.
    ReadPlace,
    /// Read internal notes and the whole history.
    ReadNotes,
    /// Take all its papers for the Ombudsman, once its reporter agreed.
    TakePackage,
    /// Change it.
    Do(CommandKind),
}

/// Whether an actor may do something with a report.
pub fn may(agencies: &AgencyTree, actor: &Actor, action: Action, report: &Report) -> bool {
    match actor {
        Actor::System => matches!(action, Action::Read | Action::Do(_)),
        Actor::Public => match action {
            Action::Read => report.is_public(),
            Action::Do(kind) => kind == CommandKind::Support && report.is_public(),
            _ => false,
        },
        Actor::Reporter => match action {
            Action::Read | Action::ReadName | Action::ReadContact => true,
            Action::ReadOriginal | Action::ReadPlace => true,
            Action::ReadNotes | Action::TakePackage => false,
            Action::Do(kind) => is_reporters(kind),
        },
        // Whoever was asked by a link reads nothing but the question, and answers it.
        Actor::Outsider => action == Action::Do(CommandKind::AnswerOutside),
        Actor::Officer { user, role, agency } => {
            let reach = Reach::of(agencies, *role, *agency, report);
            match action {
                Action::ReadName | Action::ReadContact if report.anonymous && !report.is_opened_for(*user) => false,
                Action::Read | Action::ReadPlace if supports(agencies, *role, *agency, report) => true,
                Action::Do(CommandKind::AnswerPart | CommandKind::ReturnPart) => {
                    answers_parts(*role) && has_part(agencies, *agency, report, Part::is_open)
                }
                _ => may_officer(*role, reach, action, report),
            }
        }
    }
}

/// Whether a token of an officer may be used for a request, before it is asked what the seat itself may do.
/// `holder` has the report's turn, where the request is about one.
pub fn token_may(agencies: &AgencyTree, scope: &Scope, verb: Verb, holder: Option<AgencyId>) -> bool {
    let near = match (scope.office, holder) {
        (Some(office), Some(holder)) => agencies.within(holder, office),
        _ => true,
    };
    scope.verbs.contains(&verb) && near
}

/// Whether a report is given to other systems, which copy it and keep the copy: what everybody may read, and nothing of
/// an anonymous reporter. Their texts could be laid beside other data to tell who wrote them, and never be taken back.
pub fn is_given(agencies: &AgencyTree, report: &Report) -> bool {
    may(agencies, &Actor::Public, Action::Read, report) && !report.anonymous
}

/// Whether a seat reads the notices of its office: they tell of sealed reports too, so only those who
/// work on reports do.
pub fn hears(role: Role) -> bool {
    !matches!(role, Role::Leader | Role::Supervisor | Role::Auditor | Role::Operator)
}

/// The office for which a seat writes the rules that suggest where reports go: the national admin for the whole
/// country, the admin of an agency for what stands below it. Nobody else does.
pub fn rules_for(actor: &Actor) -> Option<AgencyId> {
    match actor {
        Actor::Officer { role: Role::NationalAdmin | Role::AgencyAdmin, agency, .. } => Some(*agency),
        _ => None,
    }
}

/// Who has a use for the templates of an office: whoever answers. Its admin writes them.
pub fn keeps_templates(role: Role) -> bool {
    answers_parts(role) || role == Role::NationalAdmin
}

/// Whether a reader may know of an event that is between the lead and a supporting unit: the lead's side of all of
/// them, the unit of its own.
pub fn hears_part(agencies: &AgencyTree, actor: &Actor, report: &Report, number: u8) -> bool {
    let lead = may(agencies, actor, Action::ReadNotes, report) && actor.role() != Some(Role::Supervisor);
    let own = |seat| report.part(number).is_some_and(|part| agencies.within(part.office, seat));
    lead || (actor.role().is_some_and(answers_parts) && actor.agency().is_some_and(own))
}

/// Whether a reader may know of a draft by somebody of `author`: who works on the report in the same line of offices,
/// and a leader who may sign it. Never the reporter, the public, supervisors or other offices.
pub fn hears_draft(agencies: &AgencyTree, actor: &Actor, report: &Report, author: Option<AgencyId>) -> bool {
    let (Some(role), Some(seat), Some(author)) = (actor.role(), actor.agency(), author) else { return false };
    let line = agencies.within(author, seat) || agencies.within(seat, author);
    line && match role {
        Role::LiaisonOfficer | Role::AgencyAdmin | Role::Inspector => may(agencies, actor, Action::ReadNotes, report),
        Role::Leader => agencies.within(report.holder, seat) && !report.is_sealed(),
        _ => false,
    }
}

/// Who answers for a unit.
pub fn answers_parts(role: Role) -> bool {
    matches!(role, Role::LiaisonOfficer | Role::AgencyAdmin | Role::Inspector)
}

fn has_part(agencies: &AgencyTree, seat: AgencyId, report: &Report, which: impl Fn(&Part) -> bool) -> bool {
    report.parts.iter().any(|part| which(part) && agencies.within(part.office, seat))
}

/// Whether a seat reads a report because its unit works on a part of it: the words and the place, never who reported
/// it; a sealed report only where the lead opened it to the unit.
fn supports(agencies: &AgencyTree, role: Role, seat: AgencyId, report: &Report) -> bool {
    let open_to = |part: &Part| part.is_shared() && (part.opened || !report.is_sealed());
    answers_parts(role) && has_part(agencies, seat, report, open_to)
}

/// How close an office seat stands to a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Nothing to do with it.
    Outside,
    /// It is with the seat's office or with one below it.
    Own,
    /// The seat is responsible for the whole country.
    Nation,
}

impl Reach {
    fn of(agencies: &AgencyTree, role: Role, seat: AgencyId, report: &Report) -> Reach {
        match role {
            Role::NationalAdmin => Reach::Nation,
            Role::Supervisor | Role::Auditor | Role::Operator => Reach::Outside,
            Role::Inspector if !report.supervisory && report.objections < INSPECTED => Reach::Outside,
            Role::Inspector if agencies.within(report.holder, agencies.root_of(seat)) => Reach::Own,
            Role::Inspector => Reach::Outside,
            _ if agencies.within(report.holder, seat) => Reach::Own,
            _ => Reach::Outside,
        }
    }
}

fn may_officer(role: Role, reach: Reach, action: Action, report: &Report) -> bool {
    let near = reach != Reach::Outside;
    let works = near && role != Role::Leader;
    if action == Action::TakePackage {
        let consented = matches!(report.ombudsman, Ombudsman::Accepted { .. });
        return consented && matches!(role, Role::NationalAdmin | Role::Supervisor);
    }
    if !reads(role, near, report) {
        return false;
    }
    match action {
        Action::Read => true,
        Action::TakePackage => false,
        Action::ReadName => works && names(role, report),
        Action::ReadContact => works && names(role, report) && role != Role::LiaisonOfficer,
        Action::ReadOriginal | Action::ReadPlace => works,
        Action::ReadNotes => works || (role == Role::Supervisor && !report.is_sealed()),
        Action::Do(CommandKind::Reopen) if role == Role::Supervisor => !report.is_sealed(),
        Action::Do(CommandKind::Note) if role == Role::Supervisor => !report.is_sealed(),
        // A leader signs what the public may read anyhow.
        Action::Do(_) if role == Role::Leader && report.is_sealed() => false,
        // A liaison officer answers what was verified; verifying is for the admins.
        Action::Do(kind) => near && role_does(role, kind) && (report.is_verified() || role != Role::LiaisonOfficer),
    }
}

/// Whoever complains about an office is not named to that office.
fn names(role: Role, report: &Report) -> bool {
    matches!(role, Role::NationalAdmin | Role::Inspector) || !report.supervisory
}

/// A sealed report is for those who work on it, for a liaison officer once it was disposed; a leader sees
/// results, not secrets.
fn reads(role: Role, near: bool, report: &Report) -> bool {
    match role {
        _ if report.is_public() => true,
        Role::Supervisor => !report.is_sealed(),
        Role::Leader => near && !report.is_sealed(),
        Role::Operator | Role::Auditor => false,
        Role::LiaisonOfficer => near && (report.is_verified() || !report.is_sealed()),
        _ => near,
    }
}

fn role_does(role: Role, kind: CommandKind) -> bool {
    use CommandKind::*;
    match role {
        Role::NationalAdmin => matches!(
            kind,
            Dispose
                | Hold
                | Resume
                | Archive
                | Answer
                | Close
                | Reopen
                | Rewrite
                | Reclassify
                | Assign
                | Note
                | Hide
                | Unhide
                | AskPart
                | WithdrawPart
                | AskName
                | OpenName
                | KeepName
                | Link
                | Unlink
                | Attribute
                | Release
                | AskOutsider
                | EndQuestion
                | OfferOmbudsman
        ),
        Role::AgencyAdmin => matches!(
            kind,
            Dispose
                | Return
                | Hold
                | Resume
                | Archive
                | Answer
                | Close
                | Rewrite
                | Reclassify
                | Assign
                | Note
                | ProposeAnswer
                | ApproveAnswer
                | SendBackAnswer
                | WithdrawAnswer
                | AskPart
                | WithdrawPart
                | AskName
                | Link
                | Unlink
                | Attribute
                | Release
                | AskOutsider
                | EndQuestion
        ),
        Role::Inspector => {
            matches!(kind, Dispose | Return | Hold | Resume | Archive | Answer | Close | Assign | Note | AskName)
                || matches!(kind, AskPart | WithdrawPart | ApproveAnswer | SendBackAnswer)
                || matches!(kind, Link | Unlink | AskOutsider | EndQuestion)
        }
        Role::Leader => matches!(kind, ApproveAnswer | SendBackAnswer),
        Role::LiaisonOfficer => {
            matches!(kind, Dispose | Return | Answer | Assign | Note | AskPart | WithdrawPart)
                || matches!(kind, ProposeAnswer | ApproveAnswer | SendBackAnswer | WithdrawAnswer)
                || matches!(kind, Link | Unlink | Attribute | Release | AskOutsider | EndQuestion)
        }
        Role::Operator | Role::Supervisor | Role::Auditor => false,
    }
}

fn is_reporters(kind: CommandKind) -> bool {
    use CommandKind::*;
    matches!(kind, Complete | Contest | Reply | Confirm | Object | AcceptOmbudsman)
}
