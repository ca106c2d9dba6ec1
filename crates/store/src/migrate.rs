//! Brings a database to the present schema.

use crate::db::on;
use crate::{Db, Error, Result, Tx, catalogue, dialect, millis};
use jiff::Timestamp;
use sqlx::AssertSqlSafe;

const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("../migrations/0001_first_light.sql")),
    (2, include_str!("../migrations/0002_keys_and_stages.sql")),
    (3, include_str!("../migrations/0003_seats.sql")),
    (4, include_str!("../migrations/0004_factors.sql")),
    (5, include_str!("../migrations/0005_letters.sql")),
    (6, include_str!("../migrations/0006_inbox.sql")),
    (7, include_str!("../migrations/0007_parts.sql")),
    (8, include_str!("../migrations/0008_links.sql")),
    (9, include_str!("../migrations/0009_routing.sql")),
    (10, include_str!("../migrations/0010_supervision.sql")),
    (11, include_str!("../migrations/0011_problems.sql")),
    (12, include_str!("../migrations/0012_passkeys.sql")),
    (13, include_str!("../migrations/0013_agencies.sql")),
    (14, include_str!("../migrations/0014_faces_and_papers.sql")),
    (15, include_str!("../migrations/0015_counter.sql")),
    (16, include_str!("../migrations/0016_messages.sql")),
    (17, include_str!("../migrations/0017_chat.sql")),
    (18, include_str!("../migrations/0018_other_systems.sql")),
    (19, include_str!("../migrations/0019_letters.sql")),
    (20, include_str!("../migrations/0020_other_systems.sql")),
    (21, include_str!("../migrations/0021_x.sql")),
    (22, include_str!("../migrations/0022_doubts.sql")),
    (23, include_str!("../migrations/0023_measures.sql")),
    (25, include_str!("../migrations/0025_words_sent_on.sql")),
    (26, include_str!("../migrations/0026_snapshots.sql")),
    (27, include_str!("../migrations/0027_warnings_and_plans.sql")),
    (28, include_str!("../migrations/0028_open_data.sql")),
    (29, include_str!("../migrations/0029_evaluations.sql")),
    (30, include_str!("../migrations/0030_participation.sql")),
    (31, include_str!("../migrations/0031_likeness.sql")),
    (32, include_str!("../migrations/0032_extracts.sql")),
];

const VERSIONS: &str =
    "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY, applied_at BIGINT NOT NULL)";
const CURRENT: &str = "SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) FROM schema_version";
const APPLIED: &str = "SELECT version FROM schema_version";
const NOTE: &str = "INSERT INTO schema_version (version, applied_at) VALUES ($1, $2)";

/// The newest schema version that this program knows.
pub fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |(version, _)| *version)
}

/// The schema version of a database; 0 for an empty one.
pub async fn current(db: &Db) -> Result<i64> {
    let mut tx = db.read().await?;
    if catalogue::columns(&mut tx).await?.iter().all(|(table, _)| table != "schema_version") {
        return Ok(0);
    }
    Ok(on!(tx, |link| sqlx::query_scalar::<_, i64>(CURRENT).fetch_one(link).await)?)
}

/// Applies what is missing, all or nothing. Several processes may try at once. Returns how many
/// migrations were applied.
pub async fn migrate(db: &Db, now: Timestamp) -> Result<usize> {
    migrate_to(db, newest(), now).await
}

/// Like [`migrate`], but only up to an edition: what an older program would have made.
pub async fn migrate_to(db: &Db, edition: i64, now: Timestamp) -> Result<usize> {
    db.write(move |tx| Box::pin(apply(tx, edition, now))).await
}

async fn apply(tx: &mut Tx, edition: i64, now: Timestamp) -> Result<usize> {
    for words in dialect::alone(tx.engine()) {
        run(tx, (*words).to_owned()).await?;
    }
    run(tx, VERSIONS.to_owned()).await?;
    let current = on!(tx, |link| sqlx::query_scalar::<_, i64>(CURRENT).fetch_one(link).await)?;
    if current > newest() {
        return Err(Error::Migration(format!("the database is at version {current}, this program knows {}", newest())));
    }
    let applied: Vec<i64> = on!(tx, |link| sqlx::query_scalar(APPLIED).fetch_all(link).await)?;
    let missing: Vec<_> =
        MIGRATIONS.iter().filter(|(version, _)| *version <= edition && !applied.contains(version)).collect();
    for (version, text) in &missing {
        for statement in statements(&dialect::spell(tx.engine(), text)) {
            run(tx, statement).await?;
        }
        on!(tx, |link| sqlx::query(NOTE).bind(*version).bind(millis(now)).execute(link).await.map(drop))?;
    }
    Ok(missing.len())
}

fn statements(text: &str) -> Vec<String> {
    let code: Vec<&str> = text.lines().filter(|line| !line.starts_with("--")).collect();
    code.join("\n").split(";\n").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

async fn run(tx: &mut Tx, statement: String) -> Result<()> {
    on!(tx, |link| sqlx::query(AssertSqlSafe(statement)).execute(link).await.map(drop))?;
    Ok(())
}
