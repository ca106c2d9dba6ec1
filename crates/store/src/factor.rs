//! Second factors of officers: what they are, recovery codes, who has to have one, what happened to them.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Error, Result, Tx, instant, millis};
use domain::login::Demand;
use domain::{AgencyId, Role, UserId};
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO factor (id, officer_id, kind, label, sealed, credential, step, added_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    LIST = "SELECT id, officer_id, kind, label, sealed, step, added_at, used_at FROM factor \
        WHERE officer_id = $1 ORDER BY id LIMIT 50";
    FIND = "SELECT id, officer_id, kind, label, sealed, step, added_at, used_at FROM factor WHERE credential = $1";
    RESEAL = "UPDATE factor SET sealed = $1, used_at = $2 WHERE id = $3";
    STEP = "UPDATE factor SET step = $1, used_at = $2 WHERE id = $3 AND step < $1";
    DELETE = "DELETE FROM factor WHERE id = $1 AND officer_id = $2";
    DELETE_ALL = "DELETE FROM factor WHERE officer_id = $1";
    INSERT_CODE = "INSERT INTO recovery_code (officer_id, digest) VALUES ($1, $2)";
    USE_CODE = "UPDATE recovery_code SET used_at = $1 WHERE officer_id = $2 AND digest = $3 AND used_at IS NULL";
    LIST_CODES = "SELECT used_at FROM recovery_code WHERE officer_id = $1 LIMIT 100";
    DELETE_CODES = "DELETE FROM recovery_code WHERE officer_id = $1";
    INSERT_DEMAND = "INSERT INTO factor_demand (agency, role) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    DELETE_DEMAND = "DELETE FROM factor_demand WHERE agency = $1 AND role = $2";
    LIST_DEMANDS = "SELECT agency, role FROM factor_demand WHERE agency = $1 LIMIT 100";
    INSERT_NOTE = "INSERT INTO factor_note (id, officer_id, at, what, label) VALUES ($1, $2, $3, $4, $5)";
    LIST_NOTES = "SELECT at, what, label FROM factor_note WHERE officer_id = $1 ORDER BY id DESC LIMIT 20";
    MARK_USED = "INSERT INTO used_ticket (digest, expires_at) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING";
    SWEEP_USED = "DELETE FROM used_ticket WHERE expires_at <= $1";
}

/// What a factor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorKind {
    /// Six digits that change every thirty seconds (RFC 6238).
    Totp,
    /// A key pair in a device (WebAuthn).
    Passkey,
}

impl FactorKind {
    /// The name in storage and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            FactorKind::Totp => "totp",
            FactorKind::Passkey => "passkey",
        }
    }

    fn parse(name: &str) -> Option<FactorKind> {
        [FactorKind::Totp, FactorKind::Passkey].into_iter().find(|kind| kind.name() == name)
    }
}

/// A second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    pub id: i64,
    pub officer: UserId,
    pub kind: FactorKind,
    /// What its owner calls it.
    pub label: String,
    /// Its secret or public key, sealed with the server's key.
    pub sealed: String,
    /// The latest time step that was used, or the counter that a passkey showed; no step is used twice.
    pub step: i64,
    pub added_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

/// Something that happened to the factors of an officer, told to that officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub at: Timestamp,
    /// The end of a locale key: `totp-added`, `recovery-used`, ….
    pub what: String,
    pub label: String,
}

type Columns = (i64, i64, String, String, String, i64, i64, Option<i64>);

/// Adds a factor; `credential` is what a passkey is found by.
pub async fn insert(tx: &mut Tx, factor: &Factor, credential: Option<&str>) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(factor.id)
            .bind(factor.officer.0)
            .bind(factor.kind.name())
            .bind(&factor.label)
            .bind(&factor.sealed)
            .bind(credential)
            .bind(factor.step)
            .bind(millis(factor.added_at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The factors of an officer, the oldest first.
pub async fn list(tx: &mut Tx, officer: UserId) -> Result<Vec<Factor>> {
    let rows: Vec<Columns> =
        on!(tx, |link| sqlx::query_as(LIST.on(engine_of(link))).bind(officer.0).fetch_all(link).await)?;
    rows.into_iter().map(factor).collect()
}

/// The passkey with this credential.
pub async fn find(tx: &mut Tx, credential: &str) -> Result<Option<Factor>> {
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(FIND.on(engine_of(link))).bind(credential).fetch_optional(link).await)?;
    found.map(factor).transpose()
}

/// Keeps a passkey as it is after a use.
pub async fn reseal(tx: &mut Tx, id: i64, sealed: &str, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(RESEAL.on(engine_of(link))).bind(sealed).bind(millis(at)).bind(id).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Uses a time step or a counter. `false` when it or a later one was used before.
pub async fn use_step(tx: &mut Tx, id: i64, step: i64, at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(STEP.on(engine_of(link)))
            .bind(step)
            .bind(millis(at))
            .bind(id)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Takes a factor away. `false` when the officer has none such.
pub async fn delete(tx: &mut Tx, officer: UserId, id: i64) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(DELETE.on(engine_of(link)))
            .bind(id)
            .bind(officer.0)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Takes all factors of an officer away.
pub async fn delete_all(tx: &mut Tx, officer: UserId) -> Result<()> {
    on!(tx, |link| sqlx::query(DELETE_ALL.on(engine_of(link))).bind(officer.0).execute(link).await.map(drop))?;
    Ok(())
}

/// Replaces the recovery codes of an officer by those with these digests.
pub async fn put_codes(tx: &mut Tx, officer: UserId, digests: &[String]) -> Result<()> {
    on!(tx, |link| sqlx::query(DELETE_CODES.on(engine_of(link))).bind(officer.0).execute(link).await.map(drop))?;
    for digest in digests {
        on!(tx, |link| {
            sqlx::query(INSERT_CODE.on(engine_of(link))).bind(officer.0).bind(digest).execute(link).await.map(drop)
        })?;
    }
    Ok(())
}

/// Uses a recovery code. `false` when there is none such or it was used before.
pub async fn use_code(tx: &mut Tx, officer: UserId, digest: &str, at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(USE_CODE.on(engine_of(link)))
            .bind(millis(at))
            .bind(officer.0)
            .bind(digest)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// How many recovery codes are left.
pub async fn codes_left(tx: &mut Tx, officer: UserId) -> Result<usize> {
    let used: Vec<Option<i64>> =
        on!(tx, |link| sqlx::query_scalar(LIST_CODES.on(engine_of(link))).bind(officer.0).fetch_all(link).await)?;
    Ok(used.iter().filter(|used| used.is_none()).count())
}

/// Begins or ends to ask for a second factor.
pub async fn put_demand(tx: &mut Tx, demand: Demand, on: bool) -> Result<()> {
    let statement = if on { INSERT_DEMAND } else { DELETE_DEMAND };
    on!(tx, |link| {
        sqlx::query(statement.on(engine_of(link)))
            .bind(demand.agency.0)
            .bind(demand.role.name())
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// What one office asks.
pub async fn demands(tx: &mut Tx, agency: AgencyId) -> Result<Vec<Demand>> {
    let rows: Vec<(i64, String)> =
        on!(tx, |link| sqlx::query_as(LIST_DEMANDS.on(engine_of(link))).bind(agency.0).fetch_all(link).await)?;
    let demand = |(agency, role): (i64, String)| {
        Ok(Demand { agency: AgencyId(agency), role: Role::parse(&role).ok_or(Error::Corrupt(role))? })
    };
    rows.into_iter().map(demand).collect()
}

/// Notes for an officer what happened.
pub async fn insert_note(tx: &mut Tx, id: i64, officer: UserId, note: &Note) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(INSERT_NOTE.on(engine_of(link)))
            .bind(id)
            .bind(officer.0)
            .bind(millis(note.at))
            .bind(&note.what)
            .bind(&note.label)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// What happened lately, the latest first.
pub async fn notes(tx: &mut Tx, officer: UserId) -> Result<Vec<Note>> {
    let rows: Vec<(i64, String, String)> =
        on!(tx, |link| sqlx::query_as(LIST_NOTES.on(engine_of(link))).bind(officer.0).fetch_all(link).await)?;
    rows.into_iter().map(|(at, what, label)| Ok(Note { at: instant(at)?, what, label })).collect()
}

/// Notes by its digest that a ticket was used, and forgets those that are over anyhow. `false` when it was used
/// before.
pub async fn mark_used(tx: &mut Tx, digest: &str, now: Timestamp, expires_at: Timestamp) -> Result<bool> {
    on!(tx, |link| sqlx::query(SWEEP_USED.on(engine_of(link))).bind(millis(now)).execute(link).await.map(drop))?;
    let done = on!(tx, |link| {
        sqlx::query(MARK_USED.on(engine_of(link)))
            .bind(digest)
            .bind(millis(expires_at))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

fn factor(columns: Columns) -> Result<Factor> {
    let (id, officer, kind, label, sealed, step, added_at, used_at) = columns;
    Ok(Factor {
        id,
        officer: UserId(officer),
        kind: FactorKind::parse(&kind).ok_or(Error::Corrupt(kind))?,
        label,
        sealed,
        step,
        added_at: instant(added_at)?,
        used_at: used_at.map(instant).transpose()?,
    })
}
