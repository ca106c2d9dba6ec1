//! Invitations to a seat: a link that works once, kept as a digest.

use crate::db::{engine_of, on};
use crate::dialect::{locked, statements};
use crate::{Error, Result, Tx, instant, millis};
use domain::{AgencyId, Role, UserId};
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO invitation (id, digest, agency, role, name, email, made_by, made_at, expires_at, client_key) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (client_key) DO NOTHING";
    LOAD = locked!("SELECT id, agency, role, name, email, made_by, made_at, expires_at, withdrawn_at, used_at FROM invitation WHERE id = $1");
    FIND = "SELECT id, agency, role, name, email, made_by, made_at, expires_at, withdrawn_at, used_at FROM invitation WHERE digest = $1";
    LIST_OPEN = "SELECT id, agency, role, name, email, made_by, made_at, expires_at, withdrawn_at, used_at FROM invitation \
        WHERE agency = $1 AND withdrawn_at IS NULL AND used_at IS NULL AND expires_at > $2 ORDER BY id DESC LIMIT 200";
    WITHDRAW = "UPDATE invitation SET withdrawn_at = $1 WHERE id = $2 AND withdrawn_at IS NULL AND used_at IS NULL";
    WITHDRAW_ALL = "UPDATE invitation SET withdrawn_at = $1 WHERE agency = $2 AND withdrawn_at IS NULL AND used_at IS NULL";
    USE = "UPDATE invitation SET used_at = $1, officer_id = $2 \
        WHERE id = $3 AND withdrawn_at IS NULL AND used_at IS NULL AND expires_at > $1";
}

/// An invitation to a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub id: i64,
    pub agency: AgencyId,
    pub role: Role,
    pub name: String,
    pub email: String,
    pub made_by: UserId,
    pub made_at: Timestamp,
    pub expires_at: Timestamp,
    pub withdrawn_at: Option<Timestamp>,
    pub used_at: Option<Timestamp>,
}

type Columns = (i64, i64, String, String, String, i64, i64, i64, Option<i64>, Option<i64>);

/// Records an invitation by the digest of its link. `false` when one was made under this key before.
pub async fn insert(tx: &mut Tx, invitation: &Invitation, digest: &str, key: &str) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(invitation.id)
            .bind(digest)
            .bind(invitation.agency.0)
            .bind(invitation.role.name())
            .bind(&invitation.name)
            .bind(&invitation.email)
            .bind(invitation.made_by.0)
            .bind(millis(invitation.made_at))
            .bind(millis(invitation.expires_at))
            .bind(key)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// One invitation, which nobody else changes until the transaction ends.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<Option<Invitation>> {
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    found.map(invitation).transpose()
}

/// One invitation by the digest of its link, in whatever state it is.
pub async fn find(tx: &mut Tx, digest: &str) -> Result<Option<Invitation>> {
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(FIND.on(engine_of(link))).bind(digest).fetch_optional(link).await)?;
    found.map(invitation).transpose()
}

/// The invitations of an office that can still be accepted, the newest first.
pub async fn list_open(tx: &mut Tx, agency: AgencyId, now: Timestamp) -> Result<Vec<Invitation>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST_OPEN.on(engine_of(link))).bind(agency.0).bind(millis(now)).fetch_all(link).await
    })?;
    rows.into_iter().map(invitation).collect()
}

/// Takes an invitation back. `false` when it was used or taken back before.
pub async fn withdraw(tx: &mut Tx, id: i64, at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(WITHDRAW.on(engine_of(link)))
            .bind(millis(at))
            .bind(id)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Takes all open invitations of an office back.
pub async fn withdraw_all(tx: &mut Tx, agency: AgencyId, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(WITHDRAW_ALL.on(engine_of(link))).bind(millis(at)).bind(agency.0).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Notes that an invitation was accepted. `false` when it can no longer be.
pub async fn accept(tx: &mut Tx, id: i64, officer: UserId, at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(USE.on(engine_of(link)))
            .bind(millis(at))
            .bind(officer.0)
            .bind(id)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

fn invitation(columns: Columns) -> Result<Invitation> {
    let (id, agency, role, name, email, made_by, made_at, expires_at, withdrawn_at, used_at) = columns;
    Ok(Invitation {
        id,
        agency: AgencyId(agency),
        role: Role::parse(&role).ok_or(Error::Corrupt(role))?,
        name,
        email,
        made_by: UserId(made_by),
        made_at: instant(made_at)?,
        expires_at: instant(expires_at)?,
        withdrawn_at: withdrawn_at.map(instant).transpose()?,
        used_at: used_at.map(instant).transpose()?,
    })
}
