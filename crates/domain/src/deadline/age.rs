//! How much of a limit is used, in the three colours of an inbox.

use super::Deadline;
use jiff::civil::Date;

/// The age of a report as its clock sees it. What is past its deadline is [`Age::Red`] too; the clock says that it is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    /// Less than half of the limit is used.
    Green,
    /// Half of it or more.
    Yellow,
    /// Four fifths or more: the last day of a short limit, the last three of fourteen.
    Red,
}

impl Age {
    /// Every age, the youngest first.
    pub const ALL: [Age; 3] = [Age::Green, Age::Yellow, Age::Red];

    /// The age at which so much of a limit is used, in percent.
    pub fn of_share(percent: u32) -> Age {
        match percent {
            0..50 => Age::Green,
            50..80 => Age::Yellow,
            _ => Age::Red,
        }
    }

    /// The name in the API and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Age::Green => "green",
            Age::Yellow => "yellow",
            Age::Red => "red",
        }
    }
}

impl Deadline {
    /// How much of the limit is used on a local day, in percent: the day that is being counted is used.
    pub fn share_used(&self, on: Date) -> u32 {
        let whole = u32::from(self.limit_days).max(1);
        match on > self.due_day() {
            true => 100,
            false => (u32::from(self.day_number(on)) * 100 / whole).min(100),
        }
    }

    /// The age on a local day.
    pub fn age(&self, on: Date) -> Age {
        Age::of_share(self.share_used(on))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_follow_the_share_of_the_limit_and_not_its_days() {
        let colours = |limit: u32| (1..=limit).map(|day| Age::of_share(day * 100 / limit)).collect::<Vec<_>>();
        use Age::{Green, Red, Yellow};
        assert_eq!(colours(3), [Green, Yellow, Red]);
        assert_eq!(colours(5), [Green, Green, Yellow, Red, Red]);
        let fourteen = colours(14);
        assert!(fourteen.is_sorted());
        assert_eq!(fourteen.iter().filter(|age| **age == Green).count(), 6);
        assert_eq!(fourteen.iter().filter(|age| **age == Red).count(), 3);
        assert_eq!((Age::of_share(0), Age::of_share(100)), (Green, Red));
    }
}
