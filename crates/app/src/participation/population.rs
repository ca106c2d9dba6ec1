//! Inhabitants, entered by the national office as a table; all of its rows or none.

use crate::reference::Reference;
use crate::{App, Error, Result};
use domain::participation::Population;
use domain::policy::{OfficeAction, may_at};
use domain::region::RegionLevel;
use domain::text::StepText;
use domain::time::Zone;
use domain::{Actor, RegionCode};
use std::collections::BTreeSet;
use store::access::log_change;
use store::population;

/// The columns of the table.
const COLUMNS: [&str; 4] = ["code", "people", "year", "source"];
/// Most rows of a table: every province, regency and city in three years.
const MOST_ROWS: usize = 2_000;
/// Most faults that are told at once.
const MOST_FAULTS: usize = 20;
/// The first year of which anybody would enter people.
const FIRST_YEAR: i16 = 1_930;

/// A cell that cannot be read: line (the heading is 1) and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PopulationFault {
    pub line: u32,
    /// The name of a column, `header`, `record` or `rows`.
    pub column: &'static str,
}

/// What is known of the people of a province and of the regencies and cities in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PopulationSum {
    pub region: RegionCode,
    pub name: String,
    /// Of each year, the earliest first.
    pub own: Vec<Population>,
    /// Regencies and cities whose people are known, of all of them.
    pub inside: (usize, usize),
}

impl App {
    /// Takes in a table of inhabitants. Returns how many rows it had.
    pub async fn enter_population(
        &self,
        by: &Actor,
        table: &str,
    ) -> Result<std::result::Result<usize, Vec<PopulationFault>>> {
        self.enters_population(by)?;
        let this_year = Zone::Wib.day(self.now()).year();
        let rows = match read(&self.reference(), table, this_year) {
            Ok(rows) => rows,
            Err(faults) => return Ok(Err(faults)),
        };
        let (at, log, user, count) = (self.now(), self.id(), by.user(), rows.len());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    population::put(tx, &rows, at, user).await?;
                    let change = format!("{{\"rows\":{count}}}");
                    Ok::<(), Error>(log_change(tx, log, at, user, "population", "", &change).await?)
                })
            })
            .await?;
        Ok(Ok(count))
    }

    /// What is known of the country, whose own number comes first, and of each province.
    pub async fn populations(&self, by: &Actor) -> Result<Vec<PopulationSum>> {
        self.enters_population(by)?;
        let reference = self.reference();
        let mut tx = self.db.read().await?;
        let known = population::inside(&mut tx, None).await?;
        let own = |region: &RegionCode| known.iter().filter(|row| row.region == *region).cloned().collect();
        let nation = RegionCode::nation();
        let provinces: Vec<(&RegionCode, &str)> = reference.regions.below(None).collect();
        let mut sums = vec![PopulationSum {
            own: own(&nation),
            name: reference.regions.name(&nation).unwrap_or_default().to_owned(),
            inside: (
                provinces.iter().filter(|(code, _)| known.iter().any(|row| row.region == **code)).count(),
                provinces.len(),
            ),
            region: nation,
        }];
        for (code, name) in provinces {
            let regencies: BTreeSet<RegionCode> =
                population::inside(&mut tx, Some(code)).await?.into_iter().map(|row| row.region).collect();
            sums.push(PopulationSum {
                region: code.clone(),
                name: name.to_owned(),
                own: own(code),
                inside: (regencies.len(), reference.regions.below(Some(code)).count()),
            });
        }
        Ok(sums)
    }

    fn enters_population(&self, by: &Actor) -> Result<()> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        match may_at(agencies, by, OfficeAction::EnterPopulation, agencies.national()) {
            true => Ok(()),
            false => Err(Error::Denied),
        }
    }
}

/// The rows of a table, with a comma or a semicolon between the cells.
fn read(
    reference: &Reference,
    table: &str,
    this_year: i16,
) -> std::result::Result<Vec<Population>, Vec<PopulationFault>> {
    let fault = |line: u64, column| PopulationFault { line: u32::try_from(line).unwrap_or(u32::MAX), column };
    let table = table.trim_start_matches('\u{feff}').trim();
    let heading = table.lines().next().unwrap_or_default();
    let comma = if heading.contains(';') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(comma).from_reader(table.as_bytes());
    let header = reader.headers().cloned().map_err(|_| vec![fault(1, "header")])?;
    let place = |column: &str| header.iter().position(|name| name.trim().eq_ignore_ascii_case(column));
    if COLUMNS.iter().any(|column| place(column).is_none()) {
        return Err(vec![fault(1, "header")]);
    }
    let (mut rows, mut faults, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for record in reader.records() {
        let Ok(record) = record else {
            faults.push(fault(rows.len() as u64 + 2, "record"));
            break;
        };
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |column: &str| place(column).and_then(|place| record.get(place)).unwrap_or("").trim();
        match row(reference, &cell, this_year) {
            Ok(row) if seen.insert((row.region.clone(), row.year)) => rows.push(row),
            Ok(_) => faults.push(fault(line, "code")),
            Err(column) => faults.push(fault(line, column)),
        }
        if rows.len() > MOST_ROWS {
            faults.push(fault(line, "rows"));
        }
        if faults.len() >= MOST_FAULTS || rows.len() > MOST_ROWS {
            break;
        }
    }
    if rows.is_empty() && faults.is_empty() {
        faults.push(fault(1, "rows"));
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

fn row<'a>(
    reference: &Reference,
    cell: &impl Fn(&str) -> &'a str,
    this_year: i16,
) -> std::result::Result<Population, &'static str> {
    let known = |code: &RegionCode| reference.regions.name(code).is_some() && code.level() <= RegionLevel::Regency;
    let years = FIRST_YEAR..=this_year;
    Ok(Population {
        region: RegionCode::parse(cell("code")).filter(known).ok_or("code")?,
        people: whole(cell("people")).filter(|n| (1..=Population::MOST).contains(n)).ok_or("people")?,
        year: cell("year").parse().ok().filter(|year| years.contains(year)).ok_or("year")?,
        source: StepText::parse(cell("source")).map_err(|_| "source")?.as_str().to_owned(),
    })
}

/// A whole number, also with its thousands parted by points or spaces; never one with a fraction.
fn whole(typed: &str) -> Option<u64> {
    let groups: Vec<&str> = typed.split(['.', ' ', '\u{a0}']).collect();
    let digits = |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let parted = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    (groups.iter().all(digits) && parted).then(|| groups.concat().parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn people_are_read_as_they_are_written_and_a_fraction_is_no_number() {
        for (typed, wanted) in [("180000", 180_000), ("4.273.160", 4_273_160), ("4 273 160", 4_273_160), ("7", 7)] {
            assert_eq!(whole(typed), Some(wanted), "{typed}");
        }
        for wrong in ["", "4.27", "4,273", "-5", "1.2345", "1..000", "seribu", "1234.567"] {
            assert_eq!(whole(wrong), None, "{wrong}");
        }
    }
}
