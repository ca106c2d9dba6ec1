//! Partner systems, which bring in what people told them: their name, their own numbers, and how much they may send.

use crate::agency::AgencyTree;
use crate::ids::AgencyId;
use crate::person::Role;
use crate::report::Report;

/// Requests in a minute and reports in a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    pub per_minute: u32,
    pub per_day: u32,
}

impl Quota {
    /// Where nobody says otherwise.
    pub const USUAL: Quota = Quota { per_minute: 60, per_day: 5_000 };
    /// At most.
    pub const MOST: Quota = Quota { per_minute: 600, per_day: 100_000 };

    /// A quota between one and the most.
    pub fn new(per_minute: u32, per_day: u32) -> Option<Quota> {
        let fits = (1..=Quota::MOST.per_minute).contains(&per_minute) && (1..=Quota::MOST.per_day).contains(&per_day);
        fits.then_some(Quota { per_minute, per_day })
    }
}

/// What a token that brings reports in is made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partnership {
    pub name: PartnerName,
    pub quota: Quota,
}

fn line(text: &str, least: usize, most: usize) -> Option<String> {
    let text = text.trim();
    let fits = (least..=most).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    fits.then(|| text.to_owned())
}

/// What people call a partner system, e.g. `JAKI`. One office has but one of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerName(String);

impl PartnerName {
    pub const MOST: usize = 60;

    /// One line of two characters and more.
    pub fn parse(text: &str) -> Option<PartnerName> {
        line(text, 2, PartnerName::MOST).map(PartnerName)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The number of a report in the partner's own books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalRef(String);

impl ExternalRef {
    pub const MOST: usize = 100;

    /// One line.
    pub fn parse(text: &str) -> Option<ExternalRef> {
        line(text, 1, ExternalRef::MOST).map(ExternalRef)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a seat lets partner systems bring reports in: an office answers for them, so its admin does.
pub fn gives_partnerships(role: Role) -> bool {
    matches!(role, Role::AgencyAdmin | Role::NationalAdmin)
}

/// The agency that gets a report: the one that the person named, within the office of the partner, or else that office.
/// A partner of the whole country leaves it to the national admin.
pub fn addressee(agencies: &AgencyTree, partner: AgencyId, named: Option<AgencyId>) -> Option<Option<AgencyId>> {
    match named {
        Some(named) => agencies.within(named, partner).then_some(Some(named)),
        None if partner == agencies.national() => Some(None),
        None => Some(Some(partner)),
    }
}

/// Whether a partner is told how a report goes on that it brought in. Of a sealed one it knows no more than that it
/// was received: who reported it follows it with the PIN.
pub fn is_followed(report: &Report) -> bool {
    !report.is_sealed()
}

/// Whether a partner has to read a report again.
pub fn is_changed(was: &Report, now: &Report) -> bool {
    let seen = |report: &Report| {
        let answered = (report.clocks.disposed, report.clocks.answered, report.clocks.ended);
        is_followed(report).then_some((report.stage.kind(), report.holder, answered, report.clocks.last_answer))
    };
    seen(was) != seen(now)
}
