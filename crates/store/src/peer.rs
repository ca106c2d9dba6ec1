//! The own systems of agencies, and how far each was followed.

use crate::db::{engine_of, on};
use crate::dialect::{skip_locked, statements};
use crate::{Result, Tx, from_json, instant, json, millis};
use domain::AgencyId;
use domain::peer::Peer;
use jiff::Timestamp;

statements! {
    PUT = "INSERT INTO peer (agency_id, data, secret, active, cursor_at, next_at, claimed_until, failures) \
        VALUES ($1, $2, $3, $4, $5, $5, 0, 0) ON CONFLICT (agency_id) DO UPDATE SET data = excluded.data, \
        secret = COALESCE(excluded.secret, peer.secret), active = excluded.active, next_at = excluded.next_at, failures = 0";
    DELETE = "DELETE FROM peer WHERE agency_id = $1";
    LIST = "SELECT data FROM peer ORDER BY agency_id";
    SECRET = "SELECT secret FROM peer WHERE agency_id = $1";
    STANDING = "SELECT followed_at, failure FROM peer WHERE agency_id = $1";
    CLAIM = skip_locked!(
        "WITH due AS MATERIALIZED (SELECT agency_id FROM peer WHERE active AND next_at <= $3 AND claimed_until <= $3 \
        ORDER BY next_at LIMIT $4",
        ") UPDATE peer SET claimed_by = $1, claimed_until = $2 WHERE agency_id IN (SELECT agency_id FROM due) \
        RETURNING agency_id, cursor_at, failures"
    );
    FOLLOWED = "UPDATE peer SET cursor_at = CASE WHEN cursor_at = $1 THEN $2 ELSE cursor_at END, next_at = $3, followed_at = $4, \
        failures = 0, failure = NULL, claimed_until = 0, claimed_by = NULL WHERE agency_id = $5 AND claimed_by = $6";
    FAILED = "UPDATE peer SET next_at = $1, failure = $2, failures = failures + 1, claimed_until = 0, claimed_by = NULL \
        WHERE agency_id = $3 AND claimed_by = $4";
    PULL_BACK = "UPDATE peer SET cursor_at = $1 WHERE agency_id = $2 AND cursor_at > $1";
}

/// A connection that this process follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    pub agency: AgencyId,
    /// Up to when everything was heard.
    pub cursor: Timestamp,
    /// How often it failed since it last went well.
    pub failures: i64,
}

/// Adds or changes a connection. Without a new secret the old one stays; a new one is followed from `now` on.
pub async fn put(tx: &mut Tx, peer: &Peer, secret: Option<&str>, now: Timestamp) -> Result<()> {
    let data = json(peer)?;
    on!(tx, |link| {
        sqlx::query(PUT.on(engine_of(link)))
            .bind(peer.agency.0)
            .bind(&data)
            .bind(secret)
            .bind(peer.on)
            .bind(millis(now))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Takes a connection away.
pub async fn delete(tx: &mut Tx, agency: AgencyId) -> Result<()> {
    on!(tx, |link| sqlx::query(DELETE.on(engine_of(link))).bind(agency.0).execute(link).await.map(drop))?;
    Ok(())
}

/// All connections.
pub async fn list(tx: &mut Tx) -> Result<Vec<Peer>> {
    let rows: Vec<String> = on!(tx, |link| sqlx::query_scalar(LIST.on(engine_of(link))).fetch_all(link).await)?;
    rows.iter().map(|row| from_json(row)).collect()
}

/// The sealed key of a connection.
pub async fn secret(tx: &mut Tx, agency: AgencyId) -> Result<Option<String>> {
    let found: Option<Option<String>> =
        on!(tx, |link| sqlx::query_scalar(SECRET.on(engine_of(link))).bind(agency.0).fetch_optional(link).await)?;
    Ok(found.flatten())
}

/// When a connection was last followed with success, and why it was not since.
pub async fn standing(tx: &mut Tx, agency: AgencyId) -> Result<(Option<Timestamp>, Option<String>)> {
    let found: Option<(Option<i64>, Option<String>)> =
        on!(tx, |link| sqlx::query_as(STANDING.on(engine_of(link))).bind(agency.0).fetch_optional(link).await)?;
    let (at, failure) = found.unwrap_or_default();
    Ok((at.map(instant).transpose()?, failure))
}

/// Claims connections whose turn it is.
pub async fn claim(tx: &mut Tx, process: &str, now: Timestamp, until: Timestamp, most: u32) -> Result<Vec<Followed>> {
    let rows: Vec<(i64, i64, i64)> = on!(tx, |link| {
        sqlx::query_as(CLAIM.on(engine_of(link)))
            .bind(process)
            .bind(millis(until))
            .bind(millis(now))
            .bind(i64::from(most))
            .fetch_all(link)
            .await
    })?;
    let followed = |(agency, cursor, failures): (i64, i64, i64)| {
        Ok(Followed { agency: AgencyId(agency), cursor: instant(cursor)?, failures })
    };
    rows.into_iter().map(followed).collect()
}

/// Notes that everything up to `to` was heard; a cursor that was pulled back meanwhile stays there.
pub async fn followed(
    tx: &mut Tx,
    (was, process): (Followed, &str),
    to: Timestamp,
    next: Timestamp,
    now: Timestamp,
) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(FOLLOWED.on(engine_of(link)))
            .bind(millis(was.cursor))
            .bind(millis(to))
            .bind(millis(next))
            .bind(millis(now))
            .bind(was.agency.0)
            .bind(process)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Notes why a connection could not be followed, and when it is tried again.
pub async fn failed(tx: &mut Tx, agency: AgencyId, process: &str, next: Timestamp, failure: &str) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(FAILED.on(engine_of(link)))
            .bind(millis(next))
            .bind(failure)
            .bind(agency.0)
            .bind(process)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Has a connection followed again from an instant, where it is further already.
pub async fn pull_back(tx: &mut Tx, agency: AgencyId, to: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PULL_BACK.on(engine_of(link))).bind(millis(to)).bind(agency.0).execute(link).await.map(drop)
    })?;
    Ok(())
}
