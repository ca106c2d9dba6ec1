//! Evaluations of complaint handling, with their evidence, what was done to them, and what came of them.

pub mod story;

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Result, Tx, from_json, instant, json, millis, small};
use domain::evaluation::{Evaluation, Stage};
use domain::{AgencyId, UserId};
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO evaluation (id, semester, agency, stage, state, seq, changed_at, until_at, score, predicate) \
        VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9) ON CONFLICT (agency, semester) DO NOTHING";
    UPDATE = "UPDATE evaluation SET stage = $1, state = $2, seq = seq + 1, changed_at = $3, until_at = $4, score = $5, \
        predicate = $6 WHERE id = $7 AND seq = $8";
    LOAD = "SELECT id, semester, agency, state, seq, changed_at, score, predicate FROM evaluation \
        WHERE agency = $1 AND semester = $2";
    LIST = "SELECT id, semester, agency, state, seq, changed_at, score, predicate FROM evaluation \
        WHERE semester = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    BEGUN = "SELECT agency FROM evaluation WHERE semester = $1 ORDER BY id LIMIT 10000";
    FINAL = "SELECT id, semester, agency, state, seq, changed_at, score, predicate FROM evaluation \
        WHERE semester = $1 AND stage = 'final' AND (score, agency) < ($2, $3) ORDER BY score DESC, agency DESC LIMIT $4";
    LAPSED = "SELECT id, semester, agency, state, seq, changed_at, score, predicate FROM evaluation \
        WHERE stage = 'verified' AND until_at < $1 ORDER BY until_at LIMIT $2";
    PUT_OUTCOME = "INSERT INTO evaluation_outcome (evaluation_id, document, digest, signature, signer) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (evaluation_id) DO NOTHING";
    OUTCOME = "SELECT document, digest, signature, signer FROM evaluation_outcome WHERE evaluation_id = $1";
    OUTCOMES = "SELECT evaluation_id, document, digest, signature, signer FROM evaluation_outcome WHERE evaluation_id > $1 \
        ORDER BY evaluation_id LIMIT $2";
    PUT_FILE = "INSERT INTO evaluation_file (id, evaluation_id, question, name, media, size, hash, at, officer_id) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    FILES = "SELECT id, question, name, media, size, hash, at FROM evaluation_file WHERE evaluation_id = $1 ORDER BY id LIMIT $2";
    DROP_FILE = "DELETE FROM evaluation_file WHERE id = $1 AND evaluation_id = $2";
    PUT_REMARK = "INSERT INTO evaluation_remark (id, evaluation_id, at, officer_id, agency, act, body, client_key) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (client_key) DO NOTHING";
    REMARKS = "SELECT at, officer_id, agency, act, body FROM evaluation_remark WHERE evaluation_id = $1 ORDER BY id LIMIT $2";
    KNOWS_KEY = "SELECT id FROM evaluation_remark WHERE client_key = $1";
    PUT_STORY = "INSERT INTO success_story (agency, year, report_id, at, officer_id) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT DO NOTHING";
    DROP_STORY = "DELETE FROM success_story WHERE agency = $1 AND year = $2 AND report_id = $3";
    STORIES = "SELECT report_id FROM success_story WHERE agency = $1 AND year = $2 ORDER BY report_id LIMIT $3";
}

/// An evaluation as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvaluationRow {
    pub id: i64,
    /// The half year, `2026-1`.
    pub semester: String,
    /// The parent agency.
    pub agency: AgencyId,
    pub state: Evaluation,
    pub seq: u32,
    pub changed_at: Timestamp,
    /// Hundredths of a point, and the name of the predicate, once it is final.
    pub score: Option<u32>,
    pub predicate: Option<String>,
}

/// What came of an evaluation, as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedOutcome {
    pub document: String,
    /// SHA-256 of the document, in hexadecimal.
    pub digest: String,
    /// Ed25519 over the document, in hexadecimal, and the key that it fits.
    pub signature: String,
    pub signer: String,
}

/// A file that shows what was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub id: i64,
    pub question: String,
    /// The name it was sent under, without a path.
    pub name: String,
    /// Media type by content.
    pub media: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 in hexadecimal.
    pub hash: String,
    pub at: Timestamp,
}

/// What somebody did to an evaluation, or said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvaluationRemark {
    pub at: Timestamp,
    /// Nobody where time did it.
    pub officer: Option<UserId>,
    pub agency: Option<AgencyId>,
    /// The name of the act, or `remark`.
    pub act: String,
    pub body: String,
}

type Columns = (i64, String, i64, String, i64, i64, Option<i64>, Option<String>);

/// Begins one. `false` where the agency has one for this half year.
pub async fn insert(tx: &mut Tx, row: &EvaluationRow) -> Result<bool> {
    let state = json(&row.state)?;
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(row.id)
            .bind(&row.semester)
            .bind(row.agency.0)
            .bind(row.state.stage.name())
            .bind(&state)
            .bind(millis(row.changed_at))
            .bind(until(&row.state))
            .bind(row.score.map(i64::from))
            .bind(&row.predicate)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Writes what became of one. `false` when it has changed since version `row.seq`.
pub async fn update(tx: &mut Tx, row: &EvaluationRow) -> Result<bool> {
    let state = json(&row.state)?;
    let done = on!(tx, |link| {
        sqlx::query(UPDATE.on(engine_of(link)))
            .bind(row.state.stage.name())
            .bind(&state)
            .bind(millis(row.changed_at))
            .bind(until(&row.state))
            .bind(row.score.map(i64::from))
            .bind(&row.predicate)
            .bind(row.id)
            .bind(i64::from(row.seq))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

fn until(state: &Evaluation) -> Option<i64> {
    match state.stage {
        Stage::Verified { until } => Some(millis(until)),
        _ => None,
    }
}

/// The evaluation of an agency over a half year.
pub async fn load(tx: &mut Tx, agency: AgencyId, semester: &str) -> Result<Option<EvaluationRow>> {
    let found: Option<Columns> = on!(tx, |link| {
        sqlx::query_as(LOAD.on(engine_of(link))).bind(agency.0).bind(semester).fetch_optional(link).await
    })?;
    found.map(row).transpose()
}

/// Evaluations of a half year, the latest begun first, before an id.
pub async fn list(tx: &mut Tx, semester: &str, before: i64, limit: u32) -> Result<Vec<EvaluationRow>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST.on(engine_of(link)))
            .bind(semester)
            .bind(before)
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    rows.into_iter().map(row).collect()
}

/// The agencies that have begun theirs of a half year.
pub async fn list_begun(tx: &mut Tx, semester: &str) -> Result<Vec<AgencyId>> {
    let agencies: Vec<i64> =
        on!(tx, |link| sqlx::query_scalar(BEGUN.on(engine_of(link))).bind(semester).fetch_all(link).await)?;
    Ok(agencies.into_iter().map(AgencyId).collect())
}

/// Final evaluations of a half year, the best first, behind a score and an agency.
pub async fn list_final(
    tx: &mut Tx,
    semester: &str,
    (score, agency): (i64, i64),
    limit: u32,
) -> Result<Vec<EvaluationRow>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(FINAL.on(engine_of(link)))
            .bind(semester)
            .bind(score)
            .bind(agency)
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    rows.into_iter().map(row).collect()
}

/// Verified ones whose time to object ended before an instant.
pub async fn list_lapsed(tx: &mut Tx, before: Timestamp, limit: u32) -> Result<Vec<EvaluationRow>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LAPSED.on(engine_of(link))).bind(millis(before)).bind(i64::from(limit)).fetch_all(link).await
    })?;
    rows.into_iter().map(row).collect()
}

/// Keeps what came of one; once.
pub async fn put_outcome(tx: &mut Tx, evaluation: i64, outcome: &SignedOutcome) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PUT_OUTCOME.on(engine_of(link)))
            .bind(evaluation)
            .bind(&outcome.document)
            .bind(&outcome.digest)
            .bind(&outcome.signature)
            .bind(&outcome.signer)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// What came of one.
pub async fn outcome(tx: &mut Tx, evaluation: i64) -> Result<Option<SignedOutcome>> {
    type Columns = (String, String, String, String);
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(OUTCOME.on(engine_of(link))).bind(evaluation).fetch_optional(link).await)?;
    let signed = |(document, digest, signature, signer)| SignedOutcome { document, digest, signature, signer };
    Ok(found.map(signed))
}

/// What came of all of them, in the order of their ids, for checks.
pub async fn list_outcomes(tx: &mut Tx, after: i64, limit: u32) -> Result<Vec<(i64, SignedOutcome)>> {
    type Columns = (i64, String, String, String, String);
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(OUTCOMES.on(engine_of(link))).bind(after).bind(i64::from(limit)).fetch_all(link).await
    })?;
    let signed = |(id, document, digest, signature, signer): Columns| {
        (id, SignedOutcome { document, digest, signature, signer })
    };
    Ok(rows.into_iter().map(signed).collect())
}

/// Records a file that is already in the file store.
pub async fn put_file(tx: &mut Tx, evaluation: i64, file: &Evidence, by: UserId) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PUT_FILE.on(engine_of(link)))
            .bind(file.id)
            .bind(evaluation)
            .bind(&file.question)
            .bind(&file.name)
            .bind(&file.media)
            .bind(file.size)
            .bind(&file.hash)
            .bind(millis(file.at))
            .bind(by.0)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The evidence of one, in the order in which it came.
pub async fn files(tx: &mut Tx, evaluation: i64, limit: u32) -> Result<Vec<Evidence>> {
    type Columns = (i64, String, String, String, i64, String, i64);
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(FILES.on(engine_of(link))).bind(evaluation).bind(i64::from(limit)).fetch_all(link).await
    })?;
    let file = |(id, question, name, media, size, hash, at): Columns| {
        Ok(Evidence { id, question, name, media, size, hash, at: instant(at)? })
    };
    rows.into_iter().map(file).collect()
}

/// Takes a file away.
pub async fn drop_file(tx: &mut Tx, evaluation: i64, file: i64) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(DROP_FILE.on(engine_of(link))).bind(file).bind(evaluation).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Adds what was done or said; once for a key.
pub async fn put_remark(tx: &mut Tx, id: i64, evaluation: i64, remark: &EvaluationRemark, key: &str) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PUT_REMARK.on(engine_of(link)))
            .bind(id)
            .bind(evaluation)
            .bind(millis(remark.at))
            .bind(remark.officer.map(|user| user.0))
            .bind(remark.agency.map(|agency| agency.0))
            .bind(&remark.act)
            .bind(&remark.body)
            .bind(key)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// What was done and said, the first first.
pub async fn remarks(tx: &mut Tx, evaluation: i64, limit: u32) -> Result<Vec<EvaluationRemark>> {
    type Columns = (i64, Option<i64>, Option<i64>, String, String);
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(REMARKS.on(engine_of(link))).bind(evaluation).bind(i64::from(limit)).fetch_all(link).await
    })?;
    let remark = |(at, officer, agency, act, body): Columns| {
        let (officer, agency) = (officer.map(UserId), agency.map(AgencyId));
        Ok(EvaluationRemark { at: instant(at)?, officer, agency, act, body })
    };
    rows.into_iter().map(remark).collect()
}

/// Whether something was done under a key before.
pub async fn knows_key(tx: &mut Tx, key: &str) -> Result<bool> {
    let found: Option<i64> =
        on!(tx, |link| sqlx::query_scalar(KNOWS_KEY.on(engine_of(link))).bind(key).fetch_optional(link).await)?;
    Ok(found.is_some())
}

fn row((id, semester, agency, state, seq, changed_at, score, predicate): Columns) -> Result<EvaluationRow> {
    Ok(EvaluationRow {
        id,
        semester,
        agency: AgencyId(agency),
        state: from_json(&state)?,
        seq: small(seq)?,
        changed_at: instant(changed_at)?,
        score: score.map(small).transpose()?,
        predicate,
    })
}
