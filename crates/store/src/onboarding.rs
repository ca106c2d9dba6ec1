//! Steps of agencies on their way into the system, as far as somebody has to tell them.

use crate::db::{engine_of, on};
use crate::dialect::{over_rows, statements};
use crate::{Error, Result, Tx, day_number, day_of, instant, json, millis};
use domain::participation::OnboardingStep;
use domain::{AgencyId, UserId};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

statements! {
    PUT = "INSERT INTO onboarding (agency, step, day, note, at, by_user, by_agency) VALUES ($1, $2, $3, $4, $5, $6, $7) \
        ON CONFLICT (agency, step) DO UPDATE SET day = excluded.day, note = excluded.note, at = excluded.at, \
        by_user = excluded.by_user, by_agency = excluded.by_agency";
    DELETE = "DELETE FROM onboarding WHERE agency = $1 AND step = $2";
    LIST_OF = over_rows!(
        "SELECT o.agency, o.step, o.day, o.note, o.at, o.by_user, o.by_agency FROM ",
        " JOIN onboarding o ON o.agency = CAST(value ->> 'agency' AS BIGINT)"
    );
}

/// A step that somebody said is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticked {
    pub agency: AgencyId,
    pub step: OnboardingStep,
    /// The day on which it was done.
    pub day: Date,
    pub note: String,
    /// When it was told, and by whom.
    pub at: Timestamp,
    pub by: Option<UserId>,
    pub by_agency: Option<AgencyId>,
}

/// Keeps a step, in place of what was told of it before.
pub async fn put(tx: &mut Tx, ticked: &Ticked) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PUT.on(engine_of(link)))
            .bind(ticked.agency.0)
            .bind(ticked.step.name())
            .bind(day_number(ticked.day))
            .bind(&ticked.note)
            .bind(millis(ticked.at))
            .bind(ticked.by.map(|by| by.0))
            .bind(ticked.by_agency.map(|by| by.0))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Takes a step back.
pub async fn delete(tx: &mut Tx, agency: AgencyId, step: OnboardingStep) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(DELETE.on(engine_of(link))).bind(agency.0).bind(step.name()).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// The steps of these agencies, in no order.
pub async fn list(tx: &mut Tx, agencies: &[AgencyId]) -> Result<Vec<Ticked>> {
    type Columns = (i64, String, i64, String, i64, Option<i64>, Option<i64>);
    let asked = json(&agencies.iter().map(|agency| BTreeMap::from([("agency", agency.0)])).collect::<Vec<_>>())?;
    let rows: Vec<Columns> =
        on!(tx, |link| sqlx::query_as(LIST_OF.on(engine_of(link))).bind(&asked).fetch_all(link).await)?;
    let ticked = |(agency, step, day, note, at, by, by_agency): Columns| {
        Ok(Ticked {
            agency: AgencyId(agency),
            step: OnboardingStep::parse(&step).ok_or(Error::Corrupt(step))?,
            day: day_of(day)?,
            note,
            at: instant(at)?,
            by: by.map(UserId),
            by_agency: by_agency.map(AgencyId),
        })
    };
    rows.into_iter().map(ticked).collect()
}
