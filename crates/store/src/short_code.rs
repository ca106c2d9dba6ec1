//! Words before a short message that name an office, such as `TANGKAB`.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Result, Tx};
use domain::{AgencyId, CategoryId};

statements! {
    PUT = "INSERT INTO short_code (word, agency_id, category_id) VALUES ($1, $2, $3) \
        ON CONFLICT (word) DO NOTHING";
    DELETE = "DELETE FROM short_code WHERE word = $1 AND agency_id = $2";
    LIST = "SELECT word, agency_id, category_id FROM short_code ORDER BY word LIMIT 5000";
}

/// A word and what it names.
pub type WordRow = (String, AgencyId, Option<CategoryId>);

/// Gives a word to an office. `false` when it names something already.
pub async fn put(tx: &mut Tx, (word, agency, category): &WordRow) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(PUT.on(engine_of(link)))
            .bind(word)
            .bind(agency.0)
            .bind(category.map(|category| category.0))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Takes a word away from an office. `false` when it has no such.
pub async fn delete(tx: &mut Tx, word: &str, agency: AgencyId) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(DELETE.on(engine_of(link)))
            .bind(word)
            .bind(agency.0)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// All words.
pub async fn list(tx: &mut Tx) -> Result<Vec<WordRow>> {
    let rows: Vec<(String, i64, Option<i64>)> =
        on!(tx, |link| sqlx::query_as(LIST.on(engine_of(link))).fetch_all(link).await)?;
    Ok(rows.into_iter().map(|(word, agency, category)| (word, AgencyId(agency), category.map(CategoryId))).collect())
}
