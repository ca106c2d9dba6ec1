//! What one report contributes to the statistics, made of its log and of nothing else.

use super::Veil;
use super::walk::Walk;
use crate::ids::{AgencyId, CategoryId, ReportId};
use crate::region::RegionCode;
use crate::report::{Channel, Class, Event, Report, Rulebook, StageKind};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Whether a report was answered or finished within its limits. It is asked only of those that were disposed and are
/// not archived; the limits are those of [`crate::due::obligation`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timely {
    /// It is not asked.
    #[default]
    No,
    /// A limit passed before what was owed was done.
    Late,
    /// Answered or finished in time; a later limit, where one runs, ends on this day.
    Done { until: Option<Date> },
    /// Nothing was done yet; the limit, where one runs, ends on this day.
    Waiting { until: Option<Date> },
}

/// What one report contributes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    #[serde(rename = "i")]
    pub report: ReportId,
    /// The local day on which the report came in.
    #[serde(rename = "d")]
    pub day: Date,
    #[serde(rename = "h")]
    pub holder: AgencyId,
    /// The parent agency of the holder.
    #[serde(rename = "a")]
    pub root: AgencyId,
    /// Who held it when its first limit passed, with the parent agency; the holder where none did.
    #[serde(rename = "l")]
    pub answerable: (AgencyId, AgencyId),
    #[serde(rename = "r")]
    pub region: RegionCode,
    #[serde(rename = "c")]
    pub category: Option<CategoryId>,
    #[serde(rename = "k")]
    pub class: Class,
    #[serde(rename = "w")]
    pub channel: Channel,
    #[serde(rename = "s")]
    pub stage: StageKind,
    #[serde(rename = "v")]
    pub veil: Veil,
    /// Full working hours from the arrival to the first disposition, hold or archiving.
    #[serde(rename = "tv", default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<u32>,
    /// Full working hours from the disposition by which it came to the present parent agency to that agency's first
    /// public answer, holds left out.
    #[serde(rename = "tr", default, skip_serializing_if = "Option::is_none")]
    pub response: Option<u32>,
    /// Of a closed report: full working hours from the first disposition in which it was an office's turn.
    #[serde(rename = "tc", default, skip_serializing_if = "Option::is_none")]
    pub completion: Option<u32>,
    #[serde(rename = "t", default, skip_serializing_if = "is_not_asked")]
    pub timely: Timely,
    /// Of an open report: the last day of the limit that presses an office, where one does.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    #[serde(rename = "n")]
    pub dispositions: u32,
    #[serde(rename = "b", default, skip_serializing_if = "is_false")]
    pub returned: bool,
    /// Whether it was ever closed, and whether it was open again after that.
    #[serde(rename = "f", default, skip_serializing_if = "is_false")]
    pub closed_once: bool,
    #[serde(rename = "u", default, skip_serializing_if = "is_false")]
    pub reopened: bool,
    /// Whether an answer came with evidence.
    #[serde(rename = "e", default, skip_serializing_if = "is_false")]
    pub evidence: bool,
    /// Whether the present parent agency answered it in words that it had used three times before, or with one of its
    /// templates word for word and against advice.
    #[serde(rename = "x", default, skip_serializing_if = "is_false")]
    pub alike: bool,
    #[serde(rename = "g", default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<u8>,
    /// Whether an officer closed it within half an hour after it had come to the agency.
    #[serde(rename = "m", default, skip_serializing_if = "is_false")]
    pub hasty: bool,
    /// Offices, with those above them, that had it disposed to them and gave it away, as often as they did.
    #[serde(rename = "q", default, skip_serializing_if = "Vec::is_empty")]
    pub passed_on: Vec<AgencyId>,
    /// Offices that held it before, other than the present ones: those in whose past it is found.
    #[serde(rename = "p", default, skip_serializing_if = "Vec::is_empty")]
    pub past: Vec<AgencyId>,
}

impl Fact {
    /// Whether it is open and its limit had passed before it came to the agency that holds it now.
    pub fn is_inherited(&self) -> bool {
        !self.stage.is_ended() && self.timely == Timely::Late && self.answerable.1 != self.root
    }
}

fn is_false(flag: &bool) -> bool {
    !*flag
}

fn is_not_asked(timely: &Timely) -> bool {
    *timely == Timely::No
}

/// What a report contributes after these events; `None` when they do not begin with a submission. To know what it
/// contributed at some instant, give the events up to then.
pub fn fact(rules: &Rulebook, id: ReportId, log: &[(Timestamp, Event)]) -> Option<Fact> {
    let (first, rest) = log.split_first()?;
    let report = Report::begin(id, first.0, &first.1)?;
    let mut walk = Walk::begin(rules, report, first.0);
    rest.iter().for_each(|(at, event)| walk.step(*at, event));
    Some(walk.end())
}
