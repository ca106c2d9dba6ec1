//! Sets of routing rules, and what was suggested and decided.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Error, Result, Tx, from_json, instant, json, millis, small};
use domain::report::Class;
use domain::routing::{Rule, RuleSet, SetState, Suggestion};
use domain::{AgencyId, CategoryId, ReportId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

statements! {
    INSERT = "INSERT INTO rule_set (id, agency, version, state, seq, note, made_at, officer_id, active_at, client_key) \
        VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
    LOAD = "SELECT id, agency, version, state, seq, note, made_at, officer_id, active_at, client_key FROM rule_set WHERE id = $1";
    LIST = "SELECT id, agency, version, state, seq, note, made_at, officer_id, active_at, client_key FROM rule_set WHERE agency = $1 \
        ORDER BY version DESC LIMIT $2";
    ACTIVE = "SELECT id, agency, version, state, seq, note, made_at, officer_id, active_at, client_key FROM rule_set \
        WHERE state = 'active' ORDER BY agency LIMIT 5000";
    TOUCH = "UPDATE rule_set SET seq = seq + 1, note = $1, client_key = $4 WHERE id = $2 AND seq = $3 AND state = 'draft'";
    RETIRE = "UPDATE rule_set SET state = 'retired', seq = seq + 1 WHERE agency = $1 AND state = 'active'";
    ACTIVATE = "UPDATE rule_set SET state = 'active', seq = seq + 1, active_at = $1, client_key = $4 WHERE id = $2 AND seq = $3 AND state <> 'active'";
    DROP_SET = "DELETE FROM rule_set WHERE id = $1 AND seq = $2 AND state = 'draft'";
    RULES = "SELECT data FROM rule WHERE set_id = $1 ORDER BY number LIMIT 5000";
    PUT_RULE = "INSERT INTO rule (set_id, number, data) VALUES ($1, $2, $3)";
    CLEAR_RULES = "DELETE FROM rule WHERE set_id = $1";
    DECIDE = "INSERT INTO routing_decision \
        (report_id, seq, at, agency, officer_id, suggestion, decided, fits_class, fits_category, fits_office) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";
    DECISIONS = "SELECT seq, at, agency, officer_id, suggestion, decided FROM routing_decision WHERE report_id = $1 \
        ORDER BY seq DESC LIMIT 50";
    LATEST_FITS = "SELECT fits_class, fits_category, fits_office FROM routing_decision WHERE agency = $1 \
        ORDER BY at DESC LIMIT $2";
}

/// A set of rules without the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetRow {
    pub id: i64,
    pub owner: AgencyId,
    pub version: u32,
    pub state: SetState,
    /// Counts changes; guards two people at one draft.
    pub seq: u32,
    pub note: String,
    pub made_at: Timestamp,
    pub made_by: Option<UserId>,
    pub active_at: Option<Timestamp>,
    /// The client's key of the latest change, so that it is not made twice.
    pub key: Option<String>,
}

type SetColumns = (i64, i64, i64, String, i64, String, i64, Option<i64>, Option<i64>, Option<String>);

fn set((id, agency, version, state, seq, note, made_at, officer, active_at, key): SetColumns) -> Result<SetRow> {
    Ok(SetRow {
        id,
        owner: AgencyId(agency),
        version: small(version)?,
        state: SetState::parse(&state).ok_or(Error::Corrupt(state))?,
        seq: small(seq)?,
        note,
        made_at: instant(made_at)?,
        made_by: officer.map(UserId),
        active_at: active_at.map(instant).transpose()?,
        key,
    })
}

/// Makes a set. `false` when its version is taken.
pub async fn insert(tx: &mut Tx, new: &SetRow) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(new.id)
            .bind(new.owner.0)
            .bind(i64::from(new.version))
            .bind(new.state.name())
            .bind(&new.note)
            .bind(millis(new.made_at))
            .bind(new.made_by.map(|by| by.0))
            .bind(new.active_at.map(millis))
            .bind(&new.key)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// One set.
pub async fn load(tx: &mut Tx, id: i64) -> Result<Option<SetRow>> {
    let row: Option<SetColumns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    row.map(set).transpose()
}

/// The sets of an office, the newest first.
pub async fn list(tx: &mut Tx, owner: AgencyId, limit: u32) -> Result<Vec<SetRow>> {
    let rows: Vec<SetColumns> = on!(tx, |link| {
        sqlx::query_as(LIST.on(engine_of(link))).bind(owner.0).bind(i64::from(limit)).fetch_all(link).await
    })?;
    rows.into_iter().map(set).collect()
}

/// All sets in force, with their rules.
pub async fn active(tx: &mut Tx) -> Result<Vec<(SetRow, RuleSet)>> {
    let rows: Vec<SetColumns> = on!(tx, |link| sqlx::query_as(ACTIVE.on(engine_of(link))).fetch_all(link).await)?;
    let mut sets = Vec::with_capacity(rows.len());
    for row in rows {
        let row = set(row)?;
        let rules = RuleSet { owner: row.owner, version: row.version, rules: rules(tx, row.id).await? };
        sets.push((row, rules));
    }
    Ok(sets)
}

/// The rules of a set in their order.
pub async fn rules(tx: &mut Tx, set: i64) -> Result<Vec<Rule>> {
    let rows: Vec<String> =
        on!(tx, |link| sqlx::query_scalar(RULES.on(engine_of(link))).bind(set).fetch_all(link).await)?;
    rows.iter().map(|row| from_json(row)).collect()
}

/// Notes a change to a draft. `false` when somebody else was faster, or it is no draft any more.
pub async fn touch(tx: &mut Tx, row: &SetRow, note: &str, key: &str) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(TOUCH.on(engine_of(link)))
            .bind(note)
            .bind(row.id)
            .bind(i64::from(row.seq))
            .bind(key)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Replaces all rules of a set.
pub async fn replace_rules(tx: &mut Tx, id: i64, rules: &[Rule]) -> Result<()> {
    on!(tx, |link| sqlx::query(CLEAR_RULES.on(engine_of(link))).bind(id).execute(link).await.map(drop))?;
    for rule in rules {
        let data = json(rule)?;
        on!(tx, |link| {
            sqlx::query(PUT_RULE.on(engine_of(link)))
                .bind(id)
                .bind(i64::from(rule.number))
                .bind(&data)
                .execute(link)
                .await
                .map(drop)
        })?;
    }
    Ok(())
}

/// Puts a set in force and retires the one before it. `false` when it has changed since it was seen.
pub async fn activate(tx: &mut Tx, row: &SetRow, at: Timestamp, key: &str) -> Result<bool> {
    on!(tx, |link| sqlx::query(RETIRE.on(engine_of(link))).bind(row.owner.0).execute(link).await.map(drop))?;
    let done = on!(tx, |link| {
        sqlx::query(ACTIVATE.on(engine_of(link)))
            .bind(millis(at))
            .bind(row.id)
            .bind(i64::from(row.seq))
            .bind(key)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Takes a set out of force; its office then has none.
pub async fn retire(tx: &mut Tx, owner: AgencyId) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(RETIRE.on(engine_of(link))).bind(owner.0).execute(link).await.map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Throws a draft away. `false` when it has changed since it was seen.
pub async fn drop_draft(tx: &mut Tx, row: &SetRow) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(DROP_SET.on(engine_of(link)))
            .bind(row.id)
            .bind(i64::from(row.seq))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    if done == 1 {
        on!(tx, |link| sqlx::query(CLEAR_RULES.on(engine_of(link))).bind(row.id).execute(link).await.map(drop))?;
    }
    Ok(done == 1)
}

/// What an officer decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    pub class: Class,
    pub supervisory: bool,
    pub category: Option<CategoryId>,
    pub office: AgencyId,
}

/// A decision beside its suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub report: ReportId,
    /// The event by which the report was disposed.
    pub seq: u32,
    pub at: Timestamp,
    /// The office of the seat.
    pub seat: AgencyId,
    pub officer: UserId,
    pub suggestion: Suggestion,
    pub decided: Decided,
}

impl Decision {
    /// Whether class, category and office were decided as suggested.
    pub fn fits(&self) -> Fits {
        let (wanted, decided) = (&self.suggestion, &self.decided);
        Fits {
            class: (wanted.class, wanted.supervisory) == (decided.class, decided.supervisory),
            category: wanted.category == decided.category,
            office: wanted.office == Some(decided.office),
        }
    }
}

/// What of a suggestion was followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fits {
    pub class: bool,
    pub category: bool,
    pub office: bool,
}

/// Keeps a decision.
pub async fn keep_decision(tx: &mut Tx, decision: &Decision) -> Result<()> {
    let (suggestion, decided, fits) = (json(&decision.suggestion)?, json(&decision.decided)?, decision.fits());
    on!(tx, |link| {
        sqlx::query(DECIDE.on(engine_of(link)))
            .bind(decision.report.0)
            .bind(i64::from(decision.seq))
            .bind(millis(decision.at))
            .bind(decision.seat.0)
            .bind(decision.officer.0)
            .bind(&suggestion)
            .bind(&decided)
            .bind(fits.class)
            .bind(fits.category)
            .bind(fits.office)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The decisions about a report, the latest first.
pub async fn decisions(tx: &mut Tx, report: ReportId) -> Result<Vec<Decision>> {
    type Columns = (i64, i64, i64, i64, String, String);
    let rows: Vec<Columns> =
        on!(tx, |link| sqlx::query_as(DECISIONS.on(engine_of(link))).bind(report.0).fetch_all(link).await)?;
    let decision = |(seq, at, seat, officer, suggestion, decided): Columns| {
        Ok(Decision {
            report,
            seq: small(seq)?,
            at: instant(at)?,
            seat: AgencyId(seat),
            officer: UserId(officer),
            suggestion: from_json(&suggestion)?,
            decided: from_json(&decided)?,
        })
    };
    rows.into_iter().map(decision).collect()
}

/// Of the latest decisions of an office, what was followed.
pub async fn latest_fits(tx: &mut Tx, seat: AgencyId, most: u32) -> Result<Vec<Fits>> {
    let rows: Vec<(bool, bool, bool)> = on!(tx, |link| {
        sqlx::query_as(LATEST_FITS.on(engine_of(link))).bind(seat.0).bind(i64::from(most)).fetch_all(link).await
    })?;
    Ok(rows.into_iter().map(|(class, category, office)| Fits { class, category, office }).collect())
}
