//! Hand-overs of open cases between two offices, and which cases went along.

use crate::db::{engine_of, on};
use crate::dialect::{locked, statements};
use crate::{Result, Tx, day_number, from_json, instant, json, millis};
use domain::handover::Inventory;
use domain::{AgencyId, ReportId, UserId};
use jiff::Timestamp;
use jiff::civil::Date;

macro_rules! hand_overs {
    ($tail:literal) => {
        concat!(
            "SELECT id, giving, receiving, day, reason, decree, made_by, made_at, given_by, given_at, received_by, ",
            "received_at, withdrawn_at, done_at, moved, inventory FROM hand_over ",
            $tail
        )
    };
}

statements! {
    INSERT = "INSERT INTO hand_over (id, giving, receiving, root, day, reason, decree, client_key, made_by, made_at, moved, inventory) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11) ON CONFLICT DO NOTHING";
    FIND_BY_KEY = "SELECT id FROM hand_over WHERE client_key = $1";
    LOAD = hand_overs!("WHERE id = $1");
    LOCK = locked!("SELECT id, giving, receiving, day, reason, decree, made_by, made_at, given_by, given_at, received_by, \
        received_at, withdrawn_at, done_at, moved, inventory FROM hand_over WHERE id = $1");
    LIST_ROOT = hand_overs!("WHERE root = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
    LIST = hand_overs!("WHERE id < $1 ORDER BY id DESC LIMIT $2");
    GIVE = "UPDATE hand_over SET given_by = $1, given_at = $2 WHERE id = $3 AND given_at IS NULL AND withdrawn_at IS NULL";
    RECEIVE = "UPDATE hand_over SET received_by = $1, received_at = $2 WHERE id = $3 AND received_at IS NULL AND withdrawn_at IS NULL";
    WITHDRAW = "UPDATE hand_over SET withdrawn_at = $1 WHERE id = $2 AND withdrawn_at IS NULL \
        AND (given_at IS NULL OR received_at IS NULL)";
    RECOUNT = "UPDATE hand_over SET inventory = $1 WHERE id = $2";
    ADVANCE = "UPDATE hand_over SET moved = moved + $1 WHERE id = $2";
    DONE = "UPDATE hand_over SET done_at = $1 WHERE id = $2 AND done_at IS NULL";
    INHERIT = "INSERT INTO inherited (hand_over_id, report_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    INHERITED = "SELECT report_id FROM inherited WHERE hand_over_id = $1 AND report_id > $2 ORDER BY report_id LIMIT $3";
}

/// A signature: who and when.
pub type Signature = (UserId, Timestamp);

/// A hand-over, as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOver {
    pub id: i64,
    pub giving: AgencyId,
    pub receiving: AgencyId,
    /// The day that the minutes name.
    pub day: Date,
    pub reason: String,
    /// The number of the decree behind it, where there is one.
    pub decree: Option<String>,
    pub made: Signature,
    pub given: Option<Signature>,
    pub received: Option<Signature>,
    pub withdrawn_at: Option<Timestamp>,
    /// When the last case had gone over.
    pub done_at: Option<Timestamp>,
    /// How many cases have gone over.
    pub moved: u64,
    /// What the giving office held open when it was last counted.
    pub inventory: Inventory,
}

impl HandOver {
    /// Whether both offices have signed.
    pub fn is_signed(&self) -> bool {
        self.given.is_some() && self.received.is_some()
    }
}

type Columns = (
    i64,
    i64,
    i64,
    i64,
    String,
    Option<String>,
    i64,
    i64,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    i64,
    String,
);

/// Records a draft. `false` when one is open for the giving office, or was made under this key.
pub async fn insert(tx: &mut Tx, draft: &HandOver, root: AgencyId, key: &str) -> Result<bool> {
    let inventory = json(&draft.inventory)?;
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(draft.id)
            .bind(draft.giving.0)
            .bind(draft.receiving.0)
            .bind(root.0)
            .bind(day_number(draft.day))
            .bind(&draft.reason)
            .bind(&draft.decree)
            .bind(key)
            .bind(draft.made.0.0)
            .bind(millis(draft.made.1))
            .bind(&inventory)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// The draft that was made under a key.
pub async fn find_by_key(tx: &mut Tx, key: &str) -> Result<Option<i64>> {
    Ok(on!(tx, |link| sqlx::query_scalar(FIND_BY_KEY.on(engine_of(link))).bind(key).fetch_optional(link).await)?)
}

/// One hand-over.
pub async fn load(tx: &mut Tx, id: i64) -> Result<Option<HandOver>> {
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    found.map(hand_over).transpose()
}

/// One hand-over, which nobody else changes until the transaction ends.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<Option<HandOver>> {
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOCK.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    found.map(hand_over).transpose()
}

/// The hand-overs inside a parent agency, or all of them, the newest first, before an id.
pub async fn list(tx: &mut Tx, root: Option<AgencyId>, before: i64, limit: u32) -> Result<Vec<HandOver>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        let sql = if root.is_some() { LIST_ROOT } else { LIST };
        let mut query = sqlx::query_as(sql.on(engine_of(link)));
        if let Some(root) = root {
            query = query.bind(root.0);
        }
        query.bind(before).bind(i64::from(limit)).fetch_all(link).await
    })?;
    rows.into_iter().map(hand_over).collect()
}

/// Signs for the giving office, or for the receiving one. `false` when it is signed or taken back.
pub async fn sign(tx: &mut Tx, id: i64, giving: bool, (by, at): Signature) -> Result<bool> {
    let sql = if giving { GIVE } else { RECEIVE };
    let done = on!(tx, |link| {
        sqlx::query(sql.on(engine_of(link)))
            .bind(by.0)
            .bind(millis(at))
            .bind(id)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Takes a draft back that not both have signed. `false` when it is too late.
pub async fn withdraw(tx: &mut Tx, id: i64, at: Timestamp) -> Result<bool> {
    change(tx, WITHDRAW, millis(at), id).await
}

/// Notes that some more cases have gone over.
pub async fn advance(tx: &mut Tx, id: i64, more: i64) -> Result<()> {
    change(tx, ADVANCE, more, id).await.map(drop)
}

/// Notes that the last case has gone over.
pub async fn finish(tx: &mut Tx, id: i64, at: Timestamp) -> Result<bool> {
    change(tx, DONE, millis(at), id).await
}

async fn change(tx: &mut Tx, sql: crate::Sql, value: i64, id: i64) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(sql.on(engine_of(link))).bind(value).bind(id).execute(link).await.map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Replaces the inventory.
pub async fn recount(tx: &mut Tx, id: i64, inventory: &Inventory) -> Result<()> {
    let inventory = json(inventory)?;
    on!(tx, |link| {
        sqlx::query(RECOUNT.on(engine_of(link))).bind(&inventory).bind(id).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Notes that a case went over with a hand-over.
pub async fn inherit(tx: &mut Tx, id: i64, report: ReportId) -> Result<()> {
    on!(tx, |link| sqlx::query(INHERIT.on(engine_of(link))).bind(id).bind(report.0).execute(link).await.map(drop))?;
    Ok(())
}

/// The cases that went over with a hand-over, the oldest first, behind one.
pub async fn inherited(tx: &mut Tx, id: i64, after: ReportId, limit: u32) -> Result<Vec<ReportId>> {
    let ids: Vec<i64> = on!(tx, |link| {
        sqlx::query_scalar(INHERITED.on(engine_of(link)))
            .bind(id)
            .bind(after.0)
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    Ok(ids.into_iter().map(ReportId).collect())
}

fn hand_over(columns: Columns) -> Result<HandOver> {
    let (id, giving, receiving, day, reason, decree, made_by, made_at, given_by, given_at, ..) = columns;
    let (.., received_by, received_at, withdrawn_at, done_at, moved, inventory) = columns;
    let signature = |by: Option<i64>, at: Option<i64>| match by.zip(at) {
        Some((by, at)) => Ok::<_, crate::Error>(Some((UserId(by), instant(at)?))),
        None => Ok(None),
    };
    Ok(HandOver {
        id,
        giving: AgencyId(giving),
        receiving: AgencyId(receiving),
        day: crate::day_of(day)?,
        reason,
        decree,
        made: (UserId(made_by), instant(made_at)?),
        given: signature(given_by, given_at)?,
        received: signature(received_by, received_at)?,
        withdrawn_at: withdrawn_at.map(instant).transpose()?,
        done_at: done_at.map(instant).transpose()?,
        moved: u64::try_from(moved).unwrap_or(0),
        inventory: from_json(&inventory)?,
    })
}
