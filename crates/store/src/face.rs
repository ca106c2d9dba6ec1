//! Faces of agencies in front of the one system.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Result, Tx, from_json, json};
use domain::AgencyId;
use domain::face::Face;

statements! {
    PUT = "INSERT INTO face (agency_id, data, logo) VALUES ($1, $2, $3) \
        ON CONFLICT (agency_id) DO UPDATE SET data = excluded.data, logo = excluded.logo";
    DELETE = "DELETE FROM face WHERE agency_id = $1";
    LIST = "SELECT data FROM face ORDER BY agency_id";
}

/// Adds or replaces the face of an office.
pub async fn put(tx: &mut Tx, face: &Face) -> Result<()> {
    let data = json(face)?;
    on!(tx, |link| {
        sqlx::query(PUT.on(engine_of(link)))
            .bind(face.agency.0)
            .bind(&data)
            .bind(face.logo.as_ref().map(|logo| logo.hash.as_str()))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Takes the face of an office away.
pub async fn delete(tx: &mut Tx, agency: AgencyId) -> Result<()> {
    on!(tx, |link| sqlx::query(DELETE.on(engine_of(link))).bind(agency.0).execute(link).await.map(drop))?;
    Ok(())
}

/// All faces; there is one for an office at most.
pub async fn list(tx: &mut Tx) -> Result<Vec<Face>> {
    let rows: Vec<String> = on!(tx, |link| sqlx::query_scalar(LIST.on(engine_of(link))).fetch_all(link).await)?;
    rows.iter().map(|row| from_json(row)).collect()
}
