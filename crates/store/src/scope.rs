//! Limits of API tokens, kept with the pass.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Error, Result, Tx};
use domain::scope::{Scope, Verb};
use domain::{AgencyId, UserId};
use std::collections::BTreeMap;

statements! {
    SET = "UPDATE pass SET verbs = $1, office = $2 WHERE hash = $3";
    LOAD = "SELECT verbs, office FROM pass WHERE hash = $1";
    LIST = "SELECT hash, verbs, office FROM pass WHERE officer_id = $1 AND verbs IS NOT NULL LIMIT 1000";
}

/// Limits a pass.
pub async fn put(tx: &mut Tx, hash: &str, scope: &Scope) -> Result<()> {
    let verbs = scope.verbs.iter().map(|verb| verb.name()).collect::<Vec<_>>().join(" ");
    on!(tx, |link| {
        sqlx::query(SET.on(engine_of(link)))
            .bind(&verbs)
            .bind(scope.office.map(|office| office.0))
            .bind(hash)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The limits of a pass. One that was made without any has none.
pub async fn load(tx: &mut Tx, hash: &str) -> Result<Scope> {
    let found: Option<(Option<String>, Option<i64>)> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(hash).fetch_optional(link).await)?;
    match found {
        Some((Some(verbs), office)) => scope(&verbs, office),
        _ => Ok(Scope::whole()),
    }
}

/// The limits of an officer's passes, by digest.
pub async fn list(tx: &mut Tx, officer: UserId) -> Result<BTreeMap<String, Scope>> {
    let rows: Vec<(String, String, Option<i64>)> =
        on!(tx, |link| sqlx::query_as(LIST.on(engine_of(link))).bind(officer.0).fetch_all(link).await)?;
    rows.into_iter().map(|(hash, verbs, office)| Ok((hash, scope(&verbs, office)?))).collect()
}

fn scope(verbs: &str, office: Option<i64>) -> Result<Scope> {
    let verb = |name: &str| Verb::parse(name).ok_or_else(|| Error::Corrupt(name.to_owned()));
    let verbs = verbs.split_whitespace().map(verb).collect::<Result<_>>()?;
    Ok(Scope { verbs, office: office.map(AgencyId) })
}
