//! Hand-over (serah terima): all open cases of an office go to another office of the same agency, as when
//! Kutai Kartanegara's account went from the Inspektorat to Diskominfo on 24 February 2021.
//!
//! Domain notes §3.4: an inventory by stage and age goes with the minutes, and no clock starts anew.

use crate::agency::{AgencyKind, AgencyTree};
use crate::deadline::Calendar;
use crate::ids::AgencyId;
use crate::person::Role;
use crate::report::{Report, StageKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The most working days since a case came in, for each band of age but the last, which has no end. They are
/// the limits of PermenPANRB 62/2018 for finishing a report.
pub const BANDS: [u16; 3] = [5, 14, 60];

/// Whether two offices may hand over to each other: different ones of the same parent agency.
pub fn is_pair(agencies: &AgencyTree, giving: AgencyId, receiving: AgencyId) -> bool {
    let known = agencies.get(giving).is_some() && agencies.get(receiving).is_some();
    known && giving != receiving && agencies.root_of(giving) == agencies.root_of(receiving)
}

/// Whether a case goes along. What an inspectorate holds because it is about abuse of office stays with it:
/// the law gives it to the inspectorate (APIP), and those it is about may sit in the other office.
pub fn goes_along(agencies: &AgencyTree, report: &Report, giving: AgencyId, receiving: AgencyId) -> bool {
    let inspects = |id| agencies.get(id).is_some_and(|office| office.kind == AgencyKind::Inspectorate);
    let kept = report.supervisory && inspects(giving) && !inspects(receiving);
    report.is_open() && report.holder == giving && !kept
}

/// Whether a seat of the giving office ends: its people worked on the cases that have gone. Inspectors and
/// leaders keep theirs.
pub fn ends_seat(role: Role) -> bool {
    matches!(role, Role::Operator | Role::LiaisonOfficer | Role::AgencyAdmin)
}

/// For each of [`BANDS`], the earliest day on which a case of this age can have come in.
pub fn band_days(calendar: &Calendar, today: Date) -> [Date; 3] {
    // How many working days lie behind `day`, up to today.
    let (mut day, mut worked) = (today, 0u16);
    BANDS.map(|most| {
        loop {
            let behind = worked + u16::from(calendar.is_working_day(day));
            match day.yesterday() {
                Ok(before) if behind <= most => (day, worked) = (before, behind),
                _ => return day,
            }
        }
    })
}

/// The open cases of one stage, by age and by lateness.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InventoryRow {
    pub stage: StageKind,
    /// By the bands of [`BANDS`], and older.
    pub ages: [u64; 4],
    /// How many of them are past their deadline.
    pub overdue: u64,
}

impl InventoryRow {
    /// All cases of the stage.
    pub fn total(&self) -> u64 {
        self.ages.iter().sum()
    }
}

/// What an office holds open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inventory {
    /// Stages with a case, in the order of their names in [`StageKind::ALL`].
    pub rows: Vec<InventoryRow>,
    /// Cases that stay with the giving office.
    pub kept: u64,
}

impl Inventory {
    /// Counts one case that came in on a day.
    pub fn add(&mut self, stage: StageKind, received: Date, overdue: bool, bands: &[Date; 3]) {
        let at = match self.rows.binary_search_by_key(&stage, |row| row.stage) {
            Ok(at) => at,
            Err(at) => {
                self.rows.insert(at, InventoryRow { stage, ages: [0; 4], overdue: 0 });
                at
            }
        };
        let row = &mut self.rows[at];
        let band = bands.iter().position(|first| received >= *first).unwrap_or(BANDS.len());
        row.ages[band] += 1;
        row.overdue += u64::from(overdue);
    }

    /// All cases that go along.
    pub fn total(&self) -> u64 {
        self.rows.iter().map(InventoryRow::total).sum()
    }

    /// Those past their deadline.
    pub fn overdue(&self) -> u64 {
        self.rows.iter().map(|row| row.overdue).sum()
    }

    /// Cases of each band over all stages.
    pub fn ages(&self) -> [u64; 4] {
        std::array::from_fn(|band| self.rows.iter().map(|row| row.ages[band]).sum())
    }
}
