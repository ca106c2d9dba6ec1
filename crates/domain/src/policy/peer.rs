//! What goes to an agency's own system, what may come back from it, and who sets it up.

use super::{Action, dresses_office, is_given, may};
use crate::agency::AgencyTree;
use crate::ids::AgencyId;
use crate::person::{Actor, Role};
use crate::report::{Channel, CommandKind, Report};
use crate::scope::{Scope, Verb};

/// Whether a seat connects an office with a system of its own: the national admin, and the admin of the agency. The
/// national office has none: it would get every report.
pub fn connects_office(agencies: &AgencyTree, actor: &Actor, office: AgencyId) -> bool {
    office != agencies.national() && dresses_office(agencies, actor, office)
}

/// Whether a report goes to the own system of `office`: what other systems are given, while it is there to be worked on.
/// The words of an anonymous reporter go only where the agency says that its system keeps them to itself. What another
/// system brought is not sent on, so that nothing goes round in circles.
pub fn is_forwarded(agencies: &AgencyTree, report: &Report, office: AgencyId, anonymous: bool) -> bool {
    report.is_open() && is_told_on(agencies, report, office, anonymous)
}

/// Whether what the reporter says later goes on to the own system of `office`: also when it was closed meanwhile, since an
/// objection is about that.
pub fn is_told_on(agencies: &AgencyTree, report: &Report, office: AgencyId, anonymous: bool) -> bool {
    let given = is_given(agencies, report) || (anonymous && may(agencies, &Actor::Public, Action::Read, report));
    given && report.channel != Channel::Api && agencies.within(report.holder, office)
}

/// Whether what the own system of `office` says of a report is heard: as long as the report is there. It becomes a note,
/// for those who read the notes of that report.
pub fn is_heard_of(agencies: &AgencyTree, report: &Report, office: AgencyId) -> bool {
    report.is_verified() && office != agencies.national() && agencies.within(report.holder, office)
}

/// Whether the key of a system may tell what became of a report: a token that may act, of a seat that writes notes about
/// that report, and bound to the agency that holds it. A key for the whole country tells nothing about a single report, and
/// none is told that there is a sealed one.
pub fn brings_updates(agencies: &AgencyTree, actor: &Actor, scope: &Scope, report: &Report) -> bool {
    let Some(office) = scope.office.or(actor.agency()) else { return false };
    scope.verbs.contains(&Verb::Act)
        && !report.is_sealed()
        && is_heard_of(agencies, report, office)
        && may(agencies, actor, Action::Do(CommandKind::Note), report)
}

/// Whether a seat reads what came of the scheduled exchange of files: it is of the whole country.
pub fn follows_exchange(role: Role) -> bool {
    role == Role::NationalAdmin
}
