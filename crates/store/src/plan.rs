//! Action plans of agencies whose finished share is too small, with their steps and remarks.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Error, Result, Tx, day_number, day_of, instant, millis};
use domain::measure::Figure;
use domain::{AgencyId, UserId};
use jiff::Timestamp;
use jiff::civil::Date;

statements! {
    INSERT = "INSERT INTO plan (id, agency, period, owner, state, done, total, threshold, made_by, made_at, changed_at, seq) \
        VALUES ($1, $2, $3, $4, 'open', $5, $6, $7, $8, $9, $9, 1) ON CONFLICT (agency, period) DO NOTHING";
    LOAD = "SELECT id, agency, period, owner, state, done, total, threshold, made_by, made_at, changed_at, seq FROM plan WHERE id = $1";
    LIST = "SELECT id, agency, period, owner, state, done, total, threshold, made_by, made_at, changed_at, seq FROM plan \
        WHERE id < $1 ORDER BY id DESC LIMIT $2";
    LIST_OWNED = "SELECT id, agency, period, owner, state, done, total, threshold, made_by, made_at, changed_at, seq FROM plan \
        WHERE owner = $3 AND id < $1 ORDER BY id DESC LIMIT $2";
    OF_PERIOD = "SELECT agency, id FROM plan WHERE period = $1";
    FIND = "SELECT id FROM plan WHERE agency = $1 AND period = $2";
    MOVE = "UPDATE plan SET state = $1, changed_at = $2, seq = seq + 1 WHERE id = $3 AND seq = $4";
    TOUCH = "UPDATE plan SET changed_at = $1, seq = seq + 1 WHERE id = $2";
    PUT_STEP = "INSERT INTO plan_step (id, plan_id, body, due_day, client_key) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (client_key) DO NOTHING";
    STEPS = "SELECT id, body, due_day, done_at FROM plan_step WHERE plan_id = $1 ORDER BY id LIMIT 100";
    DO_STEP = "UPDATE plan_step SET done_at = $1 WHERE id = $2 AND plan_id = $3 AND done_at IS NULL";
    PUT_REMARK = "INSERT INTO plan_remark (id, plan_id, at, officer_id, agency, body, client_key) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (client_key) DO NOTHING";
    REMARKS = "SELECT at, officer_id, agency, body FROM plan_remark WHERE plan_id = $1 ORDER BY id LIMIT 200";
}

macro_rules! states {
    ($($(#[$doc:meta])* $state:ident = $name:literal),+ $(,)?) => {
        /// How far a plan is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum PlanState { $($(#[$doc])* $state),+ }

        impl PlanState {
            /// The name in storage and in locale keys.
            pub fn name(self) -> &'static str {
                match self { $(PlanState::$state => $name),+ }
            }

            /// Reads a name.
            pub fn parse(name: &str) -> Option<PlanState> {
                match name { $($name => Some(PlanState::$state),)+ _ => None }
            }
        }
    };
}
states! {
    /// Steps are written and worked on.
    Open = "open",
    /// Its owner says that it was carried out.
    Done = "done",
    /// A supervisor has seen that it was.
    Verified = "verified",
}

/// An action plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub id: i64,
    /// The parent agency whose share is too small.
    pub agency: AgencyId,
    /// The half year, `2023-1`.
    pub period: String,
    /// The office that has to see to it.
    pub owner: AgencyId,
    pub state: PlanState,
    /// The share when the plan was asked for.
    pub share: Figure,
    /// The threshold then, in hundredths of a percent.
    pub threshold: u64,
    /// Who asked for it; nobody where the nightly judgement did.
    pub made_by: Option<UserId>,
    pub made_at: Timestamp,
    pub changed_at: Timestamp,
    pub seq: u32,
}

/// A step of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanStep {
    pub id: i64,
    pub body: String,
    pub due: Date,
    pub done_at: Option<Timestamp>,
}

/// What somebody said about a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRemark {
    pub at: Timestamp,
    pub officer: UserId,
    pub agency: AgencyId,
    pub body: String,
}

type Columns = (i64, i64, String, i64, String, i64, i64, i64, Option<i64>, i64, i64, i64);

/// Records a plan. `false` where the agency has one for this half year.
pub async fn insert(tx: &mut Tx, plan: &Plan) -> Result<bool> {
    let whole = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(plan.id)
            .bind(plan.agency.0)
            .bind(&plan.period)
            .bind(plan.owner.0)
            .bind(whole(plan.share.numerator))
            .bind(whole(plan.share.denominator))
            .bind(whole(plan.threshold))
            .bind(plan.made_by.map(|user| user.0))
            .bind(millis(plan.made_at))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// One plan.
pub async fn load(tx: &mut Tx, id: i64) -> Result<Option<Plan>> {
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    found.map(plan).transpose()
}

/// Plans, the newest first, before an id; all of them or those of one owner.
pub async fn list(tx: &mut Tx, owner: Option<AgencyId>, before: i64, limit: u32) -> Result<Vec<Plan>> {
    let sql = if owner.is_some() { LIST_OWNED } else { LIST };
    let rows: Vec<Columns> = on!(tx, |link| {
        let mut page = sqlx::query_as(sql.on(engine_of(link))).bind(before).bind(i64::from(limit));
        if let Some(owner) = owner {
            page = page.bind(owner.0);
        }
        page.fetch_all(link).await
    })?;
    rows.into_iter().map(plan).collect()
}

/// The plans of a half year, by their agencies.
pub async fn of_period(tx: &mut Tx, period: &str) -> Result<Vec<(AgencyId, i64)>> {
    let rows: Vec<(i64, i64)> =
        on!(tx, |link| sqlx::query_as(OF_PERIOD.on(engine_of(link))).bind(period).fetch_all(link).await)?;
    Ok(rows.into_iter().map(|(agency, id)| (AgencyId(agency), id)).collect())
}

/// The plan of an agency for a half year.
pub async fn find(tx: &mut Tx, agency: AgencyId, period: &str) -> Result<Option<i64>> {
    Ok(on!(tx, |link| {
        sqlx::query_scalar(FIND.on(engine_of(link))).bind(agency.0).bind(period).fetch_optional(link).await
    })?)
}

/// Moves a plan to another state. `false` when it has changed since version `seq`.
pub async fn set_state(tx: &mut Tx, id: i64, seq: u32, state: PlanState, at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(MOVE.on(engine_of(link)))
            .bind(state.name())
            .bind(millis(at))
            .bind(id)
            .bind(i64::from(seq))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Adds a step; the same key adds it once.
pub async fn add_step(tx: &mut Tx, plan: i64, step: &PlanStep, key: &str, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PUT_STEP.on(engine_of(link)))
            .bind(step.id)
            .bind(plan)
            .bind(&step.body)
            .bind(day_number(step.due))
            .bind(key)
            .execute(link)
            .await
            .map(drop)
    })?;
    touch(tx, plan, at).await
}

/// Notes that a step is done; once.
pub async fn finish_step(tx: &mut Tx, plan: i64, step: i64, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(DO_STEP.on(engine_of(link))).bind(millis(at)).bind(step).bind(plan).execute(link).await.map(drop)
    })?;
    touch(tx, plan, at).await
}

/// The steps of a plan in the order in which they were written.
pub async fn steps(tx: &mut Tx, plan: i64) -> Result<Vec<PlanStep>> {
    let rows: Vec<(i64, String, i64, Option<i64>)> =
        on!(tx, |link| sqlx::query_as(STEPS.on(engine_of(link))).bind(plan).fetch_all(link).await)?;
    let step = |(id, body, due, done): (i64, String, i64, Option<i64>)| {
        Ok(PlanStep { id, body, due: day_of(due)?, done_at: done.map(instant).transpose()? })
    };
    rows.into_iter().map(step).collect()
}

/// Adds a remark; the same key adds it once.
pub async fn add_remark(tx: &mut Tx, id: i64, plan: i64, remark: &PlanRemark, key: &str) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PUT_REMARK.on(engine_of(link)))
            .bind(id)
            .bind(plan)
            .bind(millis(remark.at))
            .bind(remark.officer.0)
            .bind(remark.agency.0)
            .bind(&remark.body)
            .bind(key)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The remarks on a plan, the first first.
pub async fn remarks(tx: &mut Tx, plan: i64) -> Result<Vec<PlanRemark>> {
    let rows: Vec<(i64, i64, i64, String)> =
        on!(tx, |link| sqlx::query_as(REMARKS.on(engine_of(link))).bind(plan).fetch_all(link).await)?;
    let remark = |(at, officer, agency, body): (i64, i64, i64, String)| {
        Ok(PlanRemark { at: instant(at)?, officer: UserId(officer), agency: AgencyId(agency), body })
    };
    rows.into_iter().map(remark).collect()
}

async fn touch(tx: &mut Tx, plan: i64, at: Timestamp) -> Result<()> {
    on!(tx, |link| sqlx::query(TOUCH.on(engine_of(link))).bind(millis(at)).bind(plan).execute(link).await.map(drop))?;
    Ok(())
}

fn plan(columns: Columns) -> Result<Plan> {
    let (id, agency, period, owner, state, done, total, threshold, made_by, made_at, changed_at, seq) = columns;
    let whole = |n: i64| u64::try_from(n).unwrap_or(0);
    Ok(Plan {
        id,
        agency: AgencyId(agency),
        period,
        owner: AgencyId(owner),
        state: PlanState::parse(&state).ok_or(Error::Corrupt(state))?,
        share: Figure { numerator: whole(done), denominator: whole(total) },
        threshold: whole(threshold),
        made_by: made_by.map(UserId),
        made_at: instant(made_at)?,
        changed_at: instant(changed_at)?,
        seq: crate::small(seq)?,
    })
}
