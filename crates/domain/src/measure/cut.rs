//! Which reports a figure is about, and who may know of them.

use super::{Fact, Period};
use crate::agency::AgencyTree;
use crate::category::CategoryTree;
use crate::ids::{AgencyId, CategoryId};
use crate::region::RegionCode;
use crate::report::{Channel, Class, Report, StageKind};
use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Who may know that a report is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Veil {
    /// Not sealed: everybody's figures count it.
    None,
    /// Sealed, in a stage that is reached after a disposition.
    Behind,
    /// Sealed, and before that not for the office's answering desk.
    Before,
}

impl Veil {
    /// All veils.
    pub const ALL: [Veil; 3] = [Veil::None, Veil::Behind, Veil::Before];

    /// The name in storage.
    pub fn name(self) -> &'static str {
        match self {
            Veil::None => "none",
            Veil::Behind => "behind",
            Veil::Before => "before",
        }
    }

    /// The veil of a report as it stands.
    pub fn of(report: &Report) -> Veil {
        match (report.is_sealed(), report.stage.kind().is_behind_disposition()) {
            (false, _) => Veil::None,
            (true, true) => Veil::Behind,
            (true, false) => Veil::Before,
        }
    }
}

/// For whose eyes figures are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sight {
    /// Everybody: sealed reports never count.
    Public,
    /// An answering desk.
    Liaison,
    /// An admin's own office.
    Whole,
}

impl Sight {
    /// Whether these eyes count a report under a veil.
    pub fn sees(self, veil: Veil) -> bool {
        match self {
            Sight::Public => veil == Veil::None,
            Sight::Liaison => veil != Veil::Before,
            Sight::Whole => true,
        }
    }
}

/// A selection of reports: by the local day on which they came in, and by what they are now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// First and last day.
    pub from: Date,
    pub to: Date,
    /// An office and all below it.
    pub office: Option<AgencyId>,
    /// A region of any level and all in it.
    pub region: Option<RegionCode>,
    /// A category of any level and all below it.
    pub category: Option<CategoryId>,
    pub class: Option<Class>,
    pub channel: Option<Channel>,
    pub stage: Option<StageKind>,
}

/// By what figures are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Days, weeks, months and so on.
    Time(Period),
    /// Parent agencies, or the offices directly below the chosen one.
    Agency,
    /// Provinces, or the regions directly below the chosen one.
    Region,
    /// Top categories, or those directly below the chosen one.
    Category,
    Class,
    Channel,
    Stage,
}

impl Group {
    /// All groups.
    pub const ALL: [Group; 12] = [
        Group::Time(Period::Day),
        Group::Time(Period::Week),
        Group::Time(Period::Month),
        Group::Time(Period::Quarter),
        Group::Time(Period::Semester),
        Group::Time(Period::Year),
        Group::Agency,
        Group::Region,
        Group::Category,
        Group::Class,
        Group::Channel,
        Group::Stage,
    ];

    /// The name in the API and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Group::Time(period) => period.name(),
            Group::Agency => "agency",
            Group::Region => "region",
            Group::Category => "category",
            Group::Class => "class",
            Group::Channel => "channel",
            Group::Stage => "stage",
        }
    }
}

impl Cut {
    /// Everything that came in between two days.
    pub fn of(from: Date, to: Date) -> Cut {
        Cut { from, to, office: None, region: None, category: None, class: None, channel: None, stage: None }
    }

    /// Whether a fact is counted, except for the question whose it is.
    pub fn takes(&self, categories: &CategoryTree, fact: &Fact) -> bool {
        let inside = |region: &RegionCode| {
            let (outer, inner) = (region.as_str(), fact.region.as_str());
            inner == outer || inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'))
        };
        let below = |wanted: CategoryId| {
            fact.category.is_some_and(|category| categories.line(category).any(|above| above == wanted))
        };
        self.from <= fact.day
            && fact.day <= self.to
            && self.region.as_ref().is_none_or(inside)
            && self.category.is_none_or(below)
            && self.class.is_none_or(|class| class == fact.class)
            && self.channel.is_none_or(|channel| channel == fact.channel)
            && self.stage.is_none_or(|stage| stage == fact.stage)
    }

    /// Whether it is counted as a report of the chosen office.
    pub fn holds(&self, agencies: &AgencyTree, fact: &Fact) -> bool {
        self.office.is_none_or(|office| agencies.within(fact.holder, office))
    }

    /// Whether the chosen office answers for its lateness.
    pub fn blames(&self, agencies: &AgencyTree, fact: &Fact) -> bool {
        self.office.is_none_or(|office| agencies.within(fact.answerable.0, office))
    }

    /// Whether it begins with a month and ends with one.
    pub fn is_of_months(&self) -> bool {
        self.from.day() == 1 && self.to == self.to.last_of_month()
    }

    /// The period of the same length before: as many months where it is made of months, as many days otherwise.
    pub fn before(&self) -> Option<Cut> {
        let to = self.from.yesterday().ok()?;
        let from = match self.is_of_months() {
            true => {
                let months = month_number(self.to) - month_number(self.from) + 1;
                self.from.checked_sub(Span::new().try_months(months).ok()?).ok()?
            }
            false => to.checked_sub(self.to - self.from).ok()?,
        };
        Some(Cut { from, to, ..self.clone() })
    }
}

/// Months since year 0: months in a row have numbers in a row.
pub fn month_number(day: Date) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month()) - 1
}

/// The first day of the month with a number, which is one of [`month_number`].
pub fn first_of_month(number: i64) -> Option<Date> {
    let (year, month) = (number.div_euclid(12), number.rem_euclid(12) + 1);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()
}
