//! How many people live in a region, as it was entered: each year of each region once, with its source.

use crate::db::{engine_of, on};
use crate::dialect::{over_rows, statements};
use crate::{Error, Result, Tx, json, millis};
use domain::participation::Population;
use domain::{RegionCode, UserId};
use jiff::Timestamp;
use serde::Serialize;

statements! {
    PUT = over_rows!(
        "INSERT INTO population (above, region, year, people, source, at, by_user) SELECT value ->> 'above', \
        value ->> 'region', CAST(value ->> 'year' AS BIGINT), CAST(value ->> 'people' AS BIGINT), value ->> 'source', \
        CAST($2 AS BIGINT), CAST($3 AS BIGINT) FROM ",
        " WHERE true ON CONFLICT (above, region, year) DO UPDATE SET people = excluded.people, source = excluded.source, \
        at = excluded.at, by_user = excluded.by_user"
    );
    INSIDE = "SELECT region, people, year, source FROM population WHERE above = $1 ORDER BY region, year LIMIT 10000";
}

/// The region above, which the provinces and the country itself do not have.
fn above(region: &RegionCode) -> String {
    region.parent().map_or_else(String::new, |above| above.to_string())
}

/// Keeps numbers, in place of earlier ones of the same region and year.
pub async fn put(tx: &mut Tx, rows: &[Population], at: Timestamp, by: Option<UserId>) -> Result<()> {
    #[derive(Serialize)]
    struct Columns<'a> {
        above: String,
        region: &'a str,
        year: i16,
        people: u64,
        source: &'a str,
    }
    let columns = rows.iter().map(|row| Columns {
        above: above(&row.region),
        region: row.region.as_str(),
        year: row.year,
        people: row.people,
        source: &row.source,
    });
    let rows = json(&columns.collect::<Vec<_>>())?;
    on!(tx, |link| {
        sqlx::query(PUT.on(engine_of(link)))
            .bind(&rows)
            .bind(millis(at))
            .bind(by.map(|by| by.0))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// All numbers of the regions directly inside one; of the provinces and the country where it is absent.
pub async fn inside(tx: &mut Tx, region: Option<&RegionCode>) -> Result<Vec<Population>> {
    let above = region.map_or("", RegionCode::as_str);
    let rows: Vec<(String, i64, i64, String)> =
        on!(tx, |link| sqlx::query_as(INSIDE.on(engine_of(link))).bind(above).fetch_all(link).await)?;
    let row = |(region, people, year, source): (String, i64, i64, String)| {
        let wrong = || Error::Corrupt(format!("population of {region}"));
        Ok(Population {
            people: u64::try_from(people).map_err(|_| wrong())?,
            year: i16::try_from(year).map_err(|_| wrong())?,
            region: RegionCode::parse(&region).ok_or_else(wrong)?,
            source,
        })
    };
    rows.into_iter().map(row).collect()
}
