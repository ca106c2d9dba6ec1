//! Stretches of the calendar by which figures are told apart.

use domain::measure::Period;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

#[test]
fn a_week_belongs_to_the_year_of_its_thursday() {
    assert_eq!(Period::Week.key(date(2026, 12, 31)), "2026-W53");
    assert_eq!(Period::Week.key(date(2027, 1, 3)), "2026-W53");
    assert_eq!(Period::Week.key(date(2027, 1, 4)), "2027-W01");
    assert_eq!(Period::Week.days("2026-W53"), Some((date(2026, 12, 28), date(2027, 1, 3))));
}

#[test]
fn quarters_half_years_and_years_end_with_their_months() {
    let of = |period: Period, day: Date| period.days(&period.key(day));
    assert_eq!(of(Period::Quarter, date(2024, 2, 29)), Some((date(2024, 1, 1), date(2024, 3, 31))));
    assert_eq!(of(Period::Semester, date(2021, 7, 1)), Some((date(2021, 7, 1), date(2021, 12, 31))));
    assert_eq!(of(Period::Year, date(2021, 7, 1)), Some((date(2021, 1, 1), date(2021, 12, 31))));
    assert_eq!(of(Period::Month, date(2024, 2, 3)), Some((date(2024, 2, 1), date(2024, 2, 29))));
}

#[test]
fn what_is_no_key_is_no_stretch() {
    for period in Period::ALL {
        for key in ["", "2026-W54", "2026-13", "2026-Q5", "2026-Q0", "2026-3", "20x6", "-1", "2026-02-30", "99999"] {
            assert_eq!(period.days(key), None, "{key} as a {}", period.name());
        }
    }
}

proptest! {
    #[test]
    fn every_day_lies_in_one_stretch_and_later_days_in_the_same_or_a_later_one(n in 0i64..40_000) {
        let day = date(1990, 1, 1).checked_add(n.days()).unwrap();
        for period in Period::ALL {
            let key = period.key(day);
            let (first, last) = period.days(&key).unwrap();
            prop_assert!(first <= day && day <= last);
            prop_assert_eq!((period.key(first), period.key(last)), (key.clone(), key.clone()));
            prop_assert!(period.key(last.tomorrow().unwrap()) > key);
        }
    }
}
