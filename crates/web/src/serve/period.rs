//! Half years and years that pages of figures are about.

use super::lists::given;
use crate::citizen::PeriodLink;
use crate::words::Words;
use domain::oversight::Semester;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::HashMap;

/// Half years to choose.
const SEMESTERS: i16 = 4;

/// A half year or a year.
pub(super) struct Period {
    pub from: Date,
    pub to: Date,
    /// `2026-1` or `2026`.
    pub name: String,
}

/// The period that an address asks for; the half year of today where it asks for none.
pub(super) fn read(query: &HashMap<String, String>, today: Date) -> Option<Period> {
    let name = given(query, "period").map_or_else(|| Semester::of(today).name(), str::to_owned);
    let (from, to) = match Semester::parse(&name) {
        Some(semester) => (semester.first(), semester.last()),
        None => {
            let year: i16 = name.parse().ok()?;
            (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)
        }
    };
    Some(Period { from, to, name })
}

/// Half years before one, the latest first.
pub(super) fn over(now: Semester, most: usize) -> Vec<Semester> {
    let before = |semester: &Semester| semester.first().checked_sub(1.day()).ok().map(Semester::of);
    std::iter::successors(before(&now), before).take(most).collect()
}

/// The periods to choose; `base` is an address that ends with `?` or `&`.
pub(super) fn links(words: Words, base: &str, chosen: &str, today: Date) -> Vec<PeriodLink> {
    let now = Semester::of(today);
    let link = |label: String, name: String| PeriodLink {
        label,
        path: format!("{base}period={name}"),
        is_chosen: name == chosen,
    };
    let halves = (0..SEMESTERS).filter_map(|back| {
        let number = now.year() * 2 + i16::from(now.half()) - 1 - back;
        let semester = Semester::parse(&format!("{}-{}", number / 2, number % 2 + 1))?;
        let args = [("half", i64::from(semester.half()).into()), ("year", semester.year().to_string().into())];
        Some(link(words.with("statistics-semester", &args), semester.name()))
    });
    let years = (0..2).map(|back| (now.year() - back).to_string());
    halves.chain(years.map(|year| link(year.clone(), year))).collect()
}
