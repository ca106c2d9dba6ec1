//! Topics that come up in a place more often than usual, and what is done about them.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Error, Result, Tx, day_number, day_of, from_json, instant, json, millis};
use domain::surge::{Sighting, SurgeState};
use domain::{AgencyId, CategoryId, RegionCode, UserId};
use jiff::Timestamp;
use jiff::civil::Date;

statements! {
    INSERT = "INSERT INTO surge (id, topic, region, owner, state, first_day, last_day, data, changed_at, seq) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";
    STANDING = "SELECT id, topic, region, owner, state, first_day, last_day, data, changed_at, seq FROM surge \
        WHERE state <> 'over' AND id > $1 ORDER BY id LIMIT $2";
    LIST = "SELECT id, topic, region, owner, state, first_day, last_day, data, changed_at, seq FROM surge \
        WHERE id < $1 ORDER BY id DESC LIMIT $2";
    LOAD = "SELECT id, topic, region, owner, state, first_day, last_day, data, changed_at, seq FROM surge WHERE id = $1";
    CHANGE = "UPDATE surge SET owner = $1, state = $2, last_day = $3, data = $4, changed_at = $5, seq = seq + 1 \
        WHERE id = $6 AND seq = $7";
    PUT_STEP = "INSERT INTO surge_step (id, surge_id, at, officer_id, agency, owner, body, client_key) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (client_key) DO NOTHING";
    STEPS = "SELECT at, officer_id, agency, owner, body FROM surge_step WHERE surge_id = $1 ORDER BY id LIMIT 200";
}

/// A topic that came up in a place more often than usual.
#[derive(Debug, Clone, PartialEq)]
pub struct Surge {
    pub id: i64,
    /// A category of any level.
    pub topic: CategoryId,
    /// A regency or city.
    pub region: RegionCode,
    /// The office that has to see to it.
    pub owner: AgencyId,
    pub state: SurgeState,
    /// Last days of the first and of the latest window in which it was seen.
    pub first_day: Date,
    pub last_day: Date,
    pub sighting: Sighting,
    pub changed_at: Timestamp,
    pub seq: u32,
}

/// What somebody did about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurgeStep {
    pub at: Timestamp,
    pub officer: UserId,
    pub agency: AgencyId,
    /// The office that it was given to; none where it was acknowledged.
    pub owner: Option<AgencyId>,
    pub body: String,
}

type Columns = (i64, i64, String, i64, String, i64, i64, String, i64, i64);

/// Keeps a new one. `false` where one about the same topic and place stands.
pub async fn insert(tx: &mut Tx, surge: &Surge) -> Result<bool> {
    let data = json(&surge.sighting)?;
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(surge.id)
            .bind(surge.topic.0)
            .bind(surge.region.as_str())
            .bind(surge.owner.0)
            .bind(surge.state.name())
            .bind(day_number(surge.first_day))
            .bind(day_number(surge.last_day))
            .bind(&data)
            .bind(millis(surge.changed_at))
            .bind(i64::from(surge.seq))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Those that are not over, behind an id.
pub async fn standing(tx: &mut Tx, after: i64, limit: u32) -> Result<Vec<Surge>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(STANDING.on(engine_of(link))).bind(after).bind(i64::from(limit)).fetch_all(link).await
    })?;
    rows.into_iter().map(surge).collect()
}

/// All of them, the newest first, before an id.
pub async fn list(tx: &mut Tx, before: i64, limit: u32) -> Result<Vec<Surge>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST.on(engine_of(link))).bind(before).bind(i64::from(limit)).fetch_all(link).await
    })?;
    rows.into_iter().map(surge).collect()
}

/// One of them.
pub async fn load(tx: &mut Tx, id: i64) -> Result<Option<Surge>> {
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    found.map(surge).transpose()
}

/// Writes owner, state, last day and sighting of one that still has the version which `surge` tells. `false` when it has moved on.
pub async fn change(tx: &mut Tx, surge: &Surge) -> Result<bool> {
    let data = json(&surge.sighting)?;
    let done = on!(tx, |link| {
        sqlx::query(CHANGE.on(engine_of(link)))
            .bind(surge.owner.0)
            .bind(surge.state.name())
            .bind(day_number(surge.last_day))
            .bind(&data)
            .bind(millis(surge.changed_at))
            .bind(surge.id)
            .bind(i64::from(surge.seq))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Adds a step. `false` where the key has added one before.
pub async fn add_step(tx: &mut Tx, id: i64, surge: i64, step: &SurgeStep, key: &str) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(PUT_STEP.on(engine_of(link)))
            .bind(id)
            .bind(surge)
            .bind(millis(step.at))
            .bind(step.officer.0)
            .bind(step.agency.0)
            .bind(step.owner.map(|owner| owner.0))
            .bind(&step.body)
            .bind(key)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// What was done, the first first.
pub async fn steps(tx: &mut Tx, surge: i64) -> Result<Vec<SurgeStep>> {
    let rows: Vec<(i64, i64, i64, Option<i64>, String)> =
        on!(tx, |link| sqlx::query_as(STEPS.on(engine_of(link))).bind(surge).fetch_all(link).await)?;
    let step = |(at, officer, agency, owner, body): (i64, i64, i64, Option<i64>, String)| {
        let (officer, agency, owner) = (UserId(officer), AgencyId(agency), owner.map(AgencyId));
        Ok(SurgeStep { at: instant(at)?, officer, agency, owner, body })
    };
    rows.into_iter().map(step).collect()
}

fn surge(columns: Columns) -> Result<Surge> {
    let (id, topic, region, owner, state, first_day, last_day, data, changed_at, seq) = columns;
    Ok(Surge {
        id,
        topic: CategoryId(topic),
        region: RegionCode::parse(&region).ok_or(Error::Corrupt(region))?,
        owner: AgencyId(owner),
        state: SurgeState::parse(&state).ok_or(Error::Corrupt(state))?,
        first_day: day_of(first_day)?,
        last_day: day_of(last_day)?,
        sighting: from_json(&data)?,
        changed_at: instant(changed_at)?,
        seq: crate::small(seq)?,
    })
}
