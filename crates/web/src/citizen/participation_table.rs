//! The use of the system as sheets of a workbook.

use super::participation::{ParticipantRow, ParticipationPage, UseRow};
use super::table::{columns, count, points};
use app::book::{Cell, Sheet};

impl ParticipationPage {
    /// The places inside, the groups of islands, and all agencies that have to take part.
    pub fn sheets(&self) -> Vec<Sheet> {
        let w = self.w;
        let used = ["place", "reports", "share-of-all", "people", "people-years", "rate"];
        let uses = |title: &str, rows: &[UseRow]| Sheet {
            name: w.t(title),
            columns: columns(w, &used),
            rows: rows.iter().map(used_line).collect(),
        };
        let inside = if self.of.is_some() { "participation-by-regencies" } else { "participation-by-provinces" };
        let mut sheets = vec![uses(inside, &self.places)];
        if !self.islands.is_empty() {
            sheets.push(uses("participation-by-islands", &self.islands));
        }
        let line = |row: &ParticipantRow| {
            vec![
                row.name.as_str().into(),
                w.of("agency-kind", row.kind.name()).into(),
                w.t(if row.is_connected { "participation-yes" } else { "participation-no" }).into(),
                row.first_report.map_or(Cell::Empty, |day| day.to_string().into()),
                count(row.reports),
                row.silence.map_or(Cell::Empty, |silence| w.of("silence", silence.name()).into()),
            ]
        };
        let names = ["office", "agency-kind", "connected", "first-report", "reports", "silence"];
        sheets.push(Sheet {
            name: w.t("participation-connected"),
            columns: columns(w, &names),
            rows: self.participants.iter().map(line).collect(),
        });
        sheets
    }
}

fn used_line(row: &UseRow) -> Vec<Cell> {
    let hundredths = |n: u64| Cell::Hundredths(i64::try_from(n).unwrap_or(i64::MAX));
    let years = |(first, last): (i16, i16)| if first == last { last.to_string() } else { format!("{first}–{last}") };
    let people = row.people.as_ref();
    vec![
        row.name.as_str().into(),
        count(row.reports),
        row.share.map_or(Cell::Empty, points),
        people.map_or(Cell::Empty, |people| count(people.people)),
        people.map_or(Cell::Empty, |people| years(people.years).into()),
        people.map_or(Cell::Empty, |people| hundredths(people.rate)),
    ]
}
