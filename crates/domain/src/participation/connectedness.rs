//! Which agencies are in, and which of those nobody hears.

use crate::agency::AgencyKind;
use jiff::civil::Date;

/// Whether an agency of a kind has to take part: who serves the public runs complaints in the one national system
/// (Perpres 76/2013). Its offices take part by it.
pub fn has_duty(kind: AgencyKind) -> bool {
    match kind {
        AgencyKind::Ministry
        | AgencyKind::Body
        | AgencyKind::Province
        | AgencyKind::Regency
        | AgencyKind::City
        | AgencyKind::StateFirm
        | AgencyKind::University
        | AgencyKind::Embassy => true,
        AgencyKind::National
        | AgencyKind::Unit
        | AgencyKind::Inspectorate
        | AgencyKind::Communication
        | AgencyKind::Vertical => false,
    }
}

/// By what one sees whether an agency is in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Connectedness {
    /// Somebody may log in as its admin.
    pub has_admin: bool,
    /// The day of the first report that is with it.
    pub first_report: Option<Date>,
}

impl Connectedness {
    /// Whether it is connected (terhubung): an admin can log in, and a report has come to it.
    pub fn is_connected(self) -> bool {
        self.has_admin && self.first_report.is_some()
    }
}

/// How a connected agency stays silent over a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Silence {
    /// Reports came, and it has followed up none of them.
    NoAnswer,
    /// No report came to it.
    NoReports,
}

impl Silence {
    /// The name in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Silence::NoAnswer => "no_answer",
            Silence::NoReports => "no_reports",
        }
    }
}

/// Whether a connected agency is silent: `reports` are those of the period without the archived ones, about which there is
/// nothing to say, and `archived` those; `followed_up` are those in work or done.
pub fn silence(reports: u64, archived: u64, followed_up: u64) -> Option<Silence> {
    match (reports, archived, followed_up) {
        (0, 0, _) => Some(Silence::NoReports),
        (0, ..) => None,
        (_, _, 0) => Some(Silence::NoAnswer),
        _ => None,
    }
}
