//! Officers' accounts and their passes: browser sessions and API tokens, each kept as a digest.

use crate::db::{engine_of, on};
use crate::dialect::{over_rows, statements};
use crate::seat::{self, Seat};
use crate::{Error, Result, Tx, instant, json, millis};
use domain::{AgencyId, Role, SeatId, UserId};
use jiff::Timestamp;

/// An account in one of its seats, and whom it stands in for there.
macro_rules! seated {
    ($seat:literal, $tail:literal) => {
        concat!(
            "SELECT o.id, s.id, o.login, o.name, s.role, s.agency, o.password, o.active, a.name FROM officer o ",
            "JOIN seat s ON ",
            $seat,
            " LEFT JOIN seat d ON d.id = s.deputy_of LEFT JOIN officer a ON a.id = d.officer_id ",
            $tail
        )
    };
}

/// An account in its oldest own seat without an end, or in its last one.
macro_rules! in_own_seat {
    ($tail:literal) => {
        seated!(
            "s.id = COALESCE((SELECT MIN(m.id) FROM seat m WHERE m.officer_id = o.id AND m.deputy_of IS NULL \
            AND m.active_to = 9223372036854775807), (SELECT MAX(m.id) FROM seat m WHERE m.officer_id = o.id))",
            $tail
        )
    };
}

statements! {
    INSERT = "INSERT INTO officer (id, login, name, email, password, active, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (login) DO NOTHING";
    LOAD = in_own_seat!("WHERE o.id = $1");
    FIND = in_own_seat!("WHERE o.login = $1");
    LIST = in_own_seat!("WHERE o.id > $1 ORDER BY o.id LIMIT $2");
    SIT = seated!(
        "s.id = COALESCE((SELECT MIN(m.id) FROM seat m WHERE m.officer_id = o.id AND m.deputy_of IS NULL \
            AND m.active_from <= $2 AND m.active_to > $2), (SELECT MIN(m.id) FROM seat m WHERE m.officer_id = o.id \
            AND m.active_from <= $2 AND m.active_to > $2))",
        "WHERE o.id = $1 AND o.active"
    );
    LIST_OFFICE = seated!("s.officer_id = o.id", "WHERE s.agency = $1 AND o.active AND s.active_from <= $2 AND s.active_to > $2 \
        ORDER BY s.id LIMIT 400");
    SET_PASSWORD = "UPDATE officer SET password = $1 WHERE id = $2";
    SET_ACTIVE = "UPDATE officer SET active = $1 WHERE id = $2";
    NAMES = over_rows!(
        "SELECT id, name FROM officer WHERE id IN (SELECT CAST(value ->> 'id' AS BIGINT) FROM ",
        ")"
    );
    INSERT_PASS = "INSERT INTO pass (hash, officer_id, seat_id, kind, label, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    FIND_PASS = seated!(
        "s.officer_id = o.id JOIN pass p ON p.officer_id = o.id AND p.seat_id = s.id",
        "WHERE p.hash = $1 AND p.kind = $2 AND p.expires_at > $3 AND p.revoked_at IS NULL AND o.active \
        AND s.active_from <= $3 AND s.active_to > $3"
    );
    FIND_HOLDER = "SELECT officer_id FROM pass WHERE hash = $1 AND kind = $2 AND expires_at > $3 AND revoked_at IS NULL";
    MOVE_PASS = "UPDATE pass SET seat_id = $1 WHERE hash = $2 AND officer_id = $3 AND revoked_at IS NULL";
    LIST_PASSES = "SELECT hash, kind, label, created_at, expires_at FROM pass \
        WHERE officer_id = $1 AND revoked_at IS NULL AND expires_at > $2 LIMIT 1000";
    REVOKE_OWN = "UPDATE pass SET revoked_at = $1 WHERE hash = $2 AND officer_id = $3 AND revoked_at IS NULL";
    REVOKE_OTHERS = "UPDATE pass SET revoked_at = $1 WHERE officer_id = $2 AND hash <> $3 AND revoked_at IS NULL";
    REVOKE_PASS = "UPDATE pass SET revoked_at = $1 WHERE hash = $2 AND revoked_at IS NULL";
    REVOKE_ALL = "UPDATE pass SET revoked_at = $1 WHERE officer_id = $2 AND revoked_at IS NULL";
    REVOKE_SEAT = "UPDATE pass SET revoked_at = $1 WHERE seat_id = $2 AND revoked_at IS NULL";
}

/// An account in one of its office seats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    pub id: UserId,
    /// The seat, whose role and office follow.
    pub seat: SeatId,
    pub login: String,
    pub name: String,
    pub role: Role,
    pub agency: AgencyId,
    /// An argon2id hash in PHC form.
    pub password: String,
    pub active: bool,
    /// The name of the person that it stands in for in this seat.
    pub on_behalf_of: Option<String>,
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

type Columns = (i64, i64, String, String, String, i64, String, bool, Option<String>);

/// Makes an account in its first seat. `false` when the login is taken.
pub async fn insert(tx: &mut Tx, officer: &Officer, email: Option<&str>, at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(officer.id.0)
            .bind(&officer.login)
            .bind(&officer.name)
            .bind(email)
            .bind(&officer.password)
            .bind(officer.active)
            .bind(millis(at))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    if done == 1 {
        let seat = Seat::own(officer.seat, officer.id, officer.agency, officer.role, at);
        seat::insert(tx, &seat).await?;
    }
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

/// The active account of a person in the first of its present seats; `None` where it has none.
pub async fn sit(tx: &mut Tx, id: UserId, now: Timestamp) -> Result<Option<Officer>> {
    let found: Option<Columns> = on!(tx, |link| {
        sqlx::query_as(SIT.on(engine_of(link))).bind(id.0).bind(millis(now)).fetch_optional(link).await
    })?;
    found.map(officer).transpose()
}

/// The active accounts with a present seat in an office, each once.
pub async fn list_office(tx: &mut Tx, agency: AgencyId, now: Timestamp) -> Result<Vec<Officer>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST_OFFICE.on(engine_of(link))).bind(agency.0).bind(millis(now)).fetch_all(link).await
    })?;
    let mut officers: Vec<Officer> = rows.into_iter().map(officer).collect::<Result<_>>()?;
    officers.sort_by_key(|officer| officer.id);
    officers.dedup_by_key(|officer| officer.id);
    Ok(officers)
}

/// The names of officers.
pub async fn names(tx: &mut Tx, ids: &[UserId]) -> Result<Vec<(UserId, String)>> {
    let wanted: Vec<_> = ids.iter().map(|id| std::collections::BTreeMap::from([("id", id.0)])).collect();
    let wanted = json(&wanted)?;
    let rows: Vec<(i64, String)> =
        on!(tx, |link| sqlx::query_as(NAMES.on(engine_of(link))).bind(&wanted).fetch_all(link).await)?;
    Ok(rows.into_iter().map(|(id, name)| (UserId(id), name)).collect())
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

/// Records a pass to a seat by the digest of its secret.
pub async fn insert_pass(
    tx: &mut Tx,
    hash: &str,
    (officer, seat): (UserId, SeatId),
    kind: PassKind,
    label: &str,
    at: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(INSERT_PASS.on(engine_of(link)))
            .bind(hash)
            .bind(officer.0)
            .bind(seat.0)
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

/// The active officer behind a valid pass, in its seat.
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

/// Whose a valid pass is, whether its seat is still there or not.
pub async fn find_holder(tx: &mut Tx, hash: &str, kind: PassKind, now: Timestamp) -> Result<Option<UserId>> {
    let found: Option<i64> = on!(tx, |link| {
        sqlx::query_scalar(FIND_HOLDER.on(engine_of(link)))
            .bind(hash)
            .bind(kind.name())
            .bind(millis(now))
            .fetch_optional(link)
            .await
    })?;
    Ok(found.map(UserId))
}

/// Moves an officer's pass to another seat. `false` when there is no such pass.
pub async fn move_pass(tx: &mut Tx, officer: UserId, hash: &str, seat: SeatId) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(MOVE_PASS.on(engine_of(link)))
            .bind(seat.0)
            .bind(hash)
            .bind(officer.0)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Ends all passes to a seat.
pub async fn revoke_seat(tx: &mut Tx, seat: SeatId, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(REVOKE_SEAT.on(engine_of(link))).bind(millis(at)).bind(seat.0).execute(link).await.map(drop)
    })?;
    Ok(())
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
    let (id, seat, login, name, role, agency, password, active, on_behalf_of) = columns;
    Ok(Officer {
        id: UserId(id),
        seat: SeatId(seat),
        login,
        name,
        role: Role::parse(&role).ok_or(Error::Corrupt(role))?,
        agency: AgencyId(agency),
        password,
        active,
        on_behalf_of,
    })
}
