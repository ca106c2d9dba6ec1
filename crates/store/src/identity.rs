//! Which person of which identity provider is which officer.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Result, Tx, instant, millis};
use domain::UserId;
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO identity (issuer, subject, officer_id, label, linked_at) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (issuer, subject) DO NOTHING";
    FIND = "SELECT officer_id FROM identity WHERE issuer = $1 AND subject = $2";
    LIST = "SELECT issuer, subject, label, linked_at FROM identity WHERE officer_id = $1 LIMIT 20";
    DELETE = "DELETE FROM identity WHERE issuer = $1 AND subject = $2 AND officer_id = $3";
    DELETE_ALL = "DELETE FROM identity WHERE officer_id = $1";
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub issuer: String,
    pub subject: String,
    /// What the officer recognises it by.
    pub label: String,
    pub linked_at: Timestamp,
}

/// Links a person of a provider to an officer. `false` when that person is linked already.
pub async fn insert(tx: &mut Tx, officer: UserId, link: &Link) -> Result<bool> {
    let new = link;
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(&new.issuer)
            .bind(&new.subject)
            .bind(officer.0)
            .bind(&new.label)
            .bind(millis(new.linked_at))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// The officer behind a person of a provider.
pub async fn find(tx: &mut Tx, issuer: &str, subject: &str) -> Result<Option<UserId>> {
    let found: Option<i64> = on!(tx, |link| {
        sqlx::query_scalar(FIND.on(engine_of(link))).bind(issuer).bind(subject).fetch_optional(link).await
    })?;
    Ok(found.map(UserId))
}

/// An officer's links.
pub async fn list(tx: &mut Tx, officer: UserId) -> Result<Vec<Link>> {
    let rows: Vec<(String, String, String, i64)> =
        on!(tx, |link| sqlx::query_as(LIST.on(engine_of(link))).bind(officer.0).fetch_all(link).await)?;
    let link = |(issuer, subject, label, at)| Ok(Link { issuer, subject, label, linked_at: instant(at)? });
    rows.into_iter().map(link).collect()
}

/// Ends a link. `false` when the officer has none such.
pub async fn delete(tx: &mut Tx, officer: UserId, issuer: &str, subject: &str) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(DELETE.on(engine_of(link)))
            .bind(issuer)
            .bind(subject)
            .bind(officer.0)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Ends all links of an officer.
pub async fn delete_all(tx: &mut Tx, officer: UserId) -> Result<()> {
    on!(tx, |link| sqlx::query(DELETE_ALL.on(engine_of(link))).bind(officer.0).execute(link).await.map(drop))?;
    Ok(())
}
