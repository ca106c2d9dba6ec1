//! Officers' accounts and their passes: browser sessions and API tokens, each kept as a digest.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Error, Result, Tx, instant, millis};
use domain::{AgencyId, Role, UserId};
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO officer (id, login, name, role, agency, password, active, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (login) DO NOTHING";
    LOAD = "SELECT id, login, name, role, agency, password, active FROM officer WHERE id = $1";
    FIND = "SELECT id, login, name, role, agency, password, active FROM officer WHERE login = $1";
    LIST = "SELECT id, login, name, role, agency, password, active FROM officer WHERE id > $1 ORDER BY id LIMIT $2";
    LIST_OFFICE = "SELECT id, login, name, role, agency, password, active FROM officer WHERE agency = $1 AND active ORDER BY id LIMIT 200";
    SET_PASSWORD = "UPDATE officer SET password = $1 WHERE id = $2";
    SET_ACTIVE = "UPDATE officer SET active = $1 WHERE id = $2";
    INSERT_PASS = "INSERT INTO pass (hash, officer_id, kind, label, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)";
    FIND_PASS = "SELECT o.id, o.login, o.name, o.role, o.agency, o.password, o.active FROM pass p \
        JOIN officer o ON o.id = p.officer_id \
        WHERE p.hash = $1 AND p.kind = $2 AND p.expires_at > $3 AND p.revoked_at IS NULL AND o.active";
    LIST_PASSES = "SELECT hash, kind, label, created_at, expires_at FROM pass \
        WHERE officer_id = $1 AND revoked_at IS NULL AND expires_at > $2 LIMIT 1000";
    REVOKE_OWN = "UPDATE pass SET revoked_at = $1 WHERE hash = $2 AND officer_id = $3 AND revoked_at IS NULL";
    REVOKE_OTHERS = "UPDATE pass SET revoked_at = $1 WHERE officer_id = $2 AND hash <> $3 AND revoked_at IS NULL";
    REVOKE_PASS = "UPDATE pass SET revoked_at = $1 WHERE hash = $2 AND revoked_at IS NULL";
    REVOKE_ALL = "UPDATE pass SET revoked_at = $1 WHERE officer_id = $2 AND revoked_at IS NULL";
}

/// An account in an office seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    pub id: UserId,
    pub login: String,
    pub name: String,
    pub role: Role,
    pub agency: AgencyId,
    /// An argon2id hash in PHC form.
    pub password: String,
    pub active: bool,
}

/// What a pass is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassKind {
    /// A browser's cookie.
    Session,
    /// A bearer token of the API.
    Token,
}

impl PassKind {
    fn parse(name: &str) -> Option<PassKind> {
        [PassKind::Session, PassKind::Token].into_iter().find(|kind| kind.name() == name)
    }

    fn name(self) -> &'static str {
        match self {
            PassKind::Session => "session",
            PassKind::Token => "token",
        }
    }
}

/// A pass that is valid, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass {
    /// The digest of the secret, which opens nothing.
    pub hash: String,
    pub kind: PassKind,
    pub label: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

type Columns = (i64, String, String, String, i64, String, bool);

/// Makes an account. `false` when the login is taken.
pub async fn insert(tx: &mut Tx, officer: &Officer, at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(officer.id.0)
            .bind(&officer.login)
            .bind(&officer.name)
            .bind(officer.role.name())
            .bind(officer.agency.0)
            .bind(&officer.password)
            .bind(officer.active)
            .bind(millis(at))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// An account by id.
pub async fn load(tx: &mut Tx, id: UserId) -> Result<Option<Officer>> {
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(id.0).fetch_optional(link).await)?;
    found.map(officer).transpose()
}

/// An account by login.
pub async fn find(tx: &mut Tx, login: &str) -> Result<Option<Officer>> {
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(FIND.on(engine_of(link))).bind(login).fetch_optional(link).await)?;
    found.map(officer).transpose()
}

/// Accounts in the order of their ids.
pub async fn list(tx: &mut Tx, after: UserId, limit: u32) -> Result<Vec<Officer>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST.on(engine_of(link))).bind(after.0).bind(i64::from(limit)).fetch_all(link).await
    })?;
    rows.into_iter().map(officer).collect()
}

/// The active accounts of one office.
pub async fn list_office(tx: &mut Tx, agency: AgencyId) -> Result<Vec<Officer>> {
    let rows: Vec<Columns> =
        on!(tx, |link| sqlx::query_as(LIST_OFFICE.on(engine_of(link))).bind(agency.0).fetch_all(link).await)?;
    rows.into_iter().map(officer).collect()
}

/// Replaces a password hash.
pub async fn set_password(tx: &mut Tx, id: UserId, hash: &str) -> Result<()> {
    on!(tx, |link| sqlx::query(SET_PASSWORD.on(engine_of(link))).bind(hash).bind(id.0).execute(link).await.map(drop))?;
    Ok(())
}

/// Opens or closes an account.
pub async fn set_active(tx: &mut Tx, id: UserId, active: bool) -> Result<()> {
    on!(tx, |link| sqlx::query(SET_ACTIVE.on(engine_of(link))).bind(active).bind(id.0).execute(link).await.map(drop))?;
    Ok(())
}

/// Records a pass by the digest of its secret.
pub async fn insert_pass(
    tx: &mut Tx,
    hash: &str,
    officer: UserId,
    kind: PassKind,
    label: &str,
    at: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(INSERT_PASS.on(engine_of(link)))
            .bind(hash)
            .bind(officer.0)
            .bind(kind.name())
            .bind(label)
            .bind(millis(at))
            .bind(millis(expires_at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The active officer behind a valid pass.
pub async fn find_pass(tx: &mut Tx, hash: &str, kind: PassKind, now: Timestamp) -> Result<Option<Officer>> {
    let found: Option<Columns> = on!(tx, |link| {
        sqlx::query_as(FIND_PASS.on(engine_of(link)))
            .bind(hash)
            .bind(kind.name())
            .bind(millis(now))
            .fetch_optional(link)
            .await
    })?;
    found.map(officer).transpose()
}

/// The valid passes of an officer, the newest first.
pub async fn list_passes(tx: &mut Tx, officer: UserId, now: Timestamp) -> Result<Vec<Pass>> {
    type Columns = (String, String, String, i64, i64);
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST_PASSES.on(engine_of(link))).bind(officer.0).bind(millis(now)).fetch_all(link).await
    })?;
    let pass = |(hash, kind, label, created_at, expires_at): Columns| {
        Ok(Pass {
            hash,
            kind: PassKind::parse(&kind).ok_or(Error::Corrupt(kind))?,
            label,
            created_at: instant(created_at)?,
            expires_at: instant(expires_at)?,
        })
    };
    let mut passes: Vec<Pass> = rows.into_iter().map(pass).collect::<Result<_>>()?;
    passes.sort_by_key(|pass| std::cmp::Reverse(pass.created_at));
    Ok(passes)
}

/// Ends one pass of an officer. `false` when there is none such.
pub async fn revoke_own(tx: &mut Tx, officer: UserId, hash: &str, at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(REVOKE_OWN.on(engine_of(link)))
            .bind(millis(at))
            .bind(hash)
            .bind(officer.0)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Ends all passes of an officer but one.
pub async fn revoke_others(tx: &mut Tx, officer: UserId, kept: &str, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(REVOKE_OTHERS.on(engine_of(link)))
            .bind(millis(at))
            .bind(officer.0)
            .bind(kept)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Ends one pass.
pub async fn revoke_pass(tx: &mut Tx, hash: &str, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(REVOKE_PASS.on(engine_of(link))).bind(millis(at)).bind(hash).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Ends all passes of an officer.
pub async fn revoke_all(tx: &mut Tx, officer: UserId, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(REVOKE_ALL.on(engine_of(link))).bind(millis(at)).bind(officer.0).execute(link).await.map(drop)
    })?;
    Ok(())
}

fn officer(columns: Columns) -> Result<Officer> {
    let (id, login, name, role, agency, password, active) = columns;
    Ok(Officer {
        id: UserId(id),
        login,
        name,
        role: Role::parse(&role).ok_or(Error::Corrupt(role))?,
        agency: AgencyId(agency),
        password,
        active,
    })
}
