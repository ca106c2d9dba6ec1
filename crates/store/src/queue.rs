//! How many open reports wait in each queue, by the instant at which they are due: kept, never counted on a request
//! path. What is overdue is a sum over the instants that have passed, and so it is exact without a clock of its own.

use crate::db::{engine_of, on};
use crate::dialect::{locking, over_rows, statements};
use crate::report::NEVER;
use crate::{Result, Tx, json, millis};
use domain::{AgencyId, UserId};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

statements! {
    ADD = over_rows!(
        "INSERT INTO queue (scope, owner, sealed, due_at, slot, n) \
        SELECT value ->> 'scope', CAST(value ->> 'owner' AS BIGINT), CAST(value ->> 'sealed' AS BOOLEAN), \
        CAST(value ->> 'due_at' AS BIGINT), CAST($2 AS BIGINT), CAST(value ->> 'n' AS BIGINT) FROM ",
        " WHERE true ON CONFLICT (scope, owner, sealed, due_at, slot) DO UPDATE SET n = queue.n + excluded.n"
    );
    LENGTHS = over_rows!(
        "SELECT q.scope, q.owner, q.sealed, CAST(SUM(q.n) AS BIGINT), \
        CAST(SUM(CASE WHEN q.due_at < $2 THEN q.n ELSE 0 END) AS BIGINT), \
        CAST(SUM(CASE WHEN q.due_at = 9223372036854775807 THEN q.n ELSE 0 END) AS BIGINT) \
        FROM (SELECT value ->> 'scope' AS scope, CAST(value ->> 'owner' AS BIGINT) AS owner FROM ",
        ") asked JOIN queue q ON q.scope = asked.scope AND q.owner = asked.owner GROUP BY q.scope, q.owner, q.sealed"
    );
    WRONG = "SELECT scope, owner, CAST(SUM(kept) AS BIGINT), CAST(SUM(truth) AS BIGINT) FROM \
        (SELECT scope, owner, sealed, CASE WHEN due_at < $1 THEN 0 ELSE due_at END AS due_at, n AS kept, 0 AS truth FROM queue \
        UNION ALL SELECT 'nation', 0, sealed, CASE WHEN due_at < $1 THEN 0 ELSE due_at END, 0, COUNT(*) FROM report WHERE open GROUP BY sealed, due_at \
        UNION ALL SELECT 'root', root, sealed, CASE WHEN due_at < $1 THEN 0 ELSE due_at END, 0, COUNT(*) FROM report WHERE open GROUP BY root, sealed, due_at \
        UNION ALL SELECT 'holder', holder, sealed, CASE WHEN due_at < $1 THEN 0 ELSE due_at END, 0, COUNT(*) FROM report WHERE open GROUP BY holder, sealed, due_at \
        UNION ALL SELECT 'unassigned', holder, sealed, CASE WHEN due_at < $1 THEN 0 ELSE due_at END, 0, COUNT(*) FROM report \
        WHERE open AND officer IS NULL GROUP BY holder, sealed, due_at \
        UNION ALL SELECT 'officer', officer, sealed, CASE WHEN due_at < $1 THEN 0 ELSE due_at END, 0, COUNT(*) FROM report \
        WHERE open AND officer IS NOT NULL GROUP BY officer, sealed, due_at) AS sides \
        GROUP BY scope, owner, sealed, due_at HAVING SUM(kept) <> SUM(truth) ORDER BY 1, 2 LIMIT 1000";
    ALONE = locking!("queue");
    CLEAR = "DELETE FROM queue";
    REFILL = "INSERT INTO queue (scope, owner, sealed, due_at, slot, n) \
        SELECT 'nation', 0, sealed, due_at, 0, COUNT(*) FROM report WHERE open GROUP BY sealed, due_at \
        UNION ALL SELECT 'root', root, sealed, due_at, 0, COUNT(*) FROM report WHERE open GROUP BY root, sealed, due_at \
        UNION ALL SELECT 'holder', holder, sealed, due_at, 0, COUNT(*) FROM report WHERE open GROUP BY holder, sealed, due_at \
        UNION ALL SELECT 'unassigned', holder, sealed, due_at, 0, COUNT(*) FROM report \
        WHERE open AND officer IS NULL GROUP BY holder, sealed, due_at \
        UNION ALL SELECT 'officer', officer, sealed, due_at, 0, COUNT(*) FROM report \
        WHERE open AND officer IS NOT NULL GROUP BY officer, sealed, due_at";
    FOLD = "INSERT INTO queue (scope, owner, sealed, due_at, slot, n) SELECT scope, owner, sealed, 0, 0, CAST(SUM(n) AS BIGINT) \
        FROM queue WHERE due_at > 0 AND due_at < $1 GROUP BY scope, owner, sealed \
        ON CONFLICT (scope, owner, sealed, due_at, slot) DO UPDATE SET n = queue.n + excluded.n";
    FOLDED = "DELETE FROM queue WHERE due_at > 0 AND due_at < $1";
    SWEEP = "DELETE FROM queue WHERE n = 0";
}

/// Whose open reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// The whole country's.
    Nation,
    /// A whole parent agency's.
    Root(AgencyId),
    /// One office's own.
    Holder(AgencyId),
    /// Those of one office that nobody is assigned to.
    Unassigned(AgencyId),
    /// Those that are assigned to an officer.
    Officer(UserId),
}

impl Queue {
    fn columns(self) -> (&'static str, i64) {
        match self {
            Queue::Nation => ("nation", 0),
            Queue::Root(agency) => ("root", agency.0),
            Queue::Holder(agency) => ("holder", agency.0),
            Queue::Unassigned(agency) => ("unassigned", agency.0),
            Queue::Officer(officer) => ("officer", officer.0),
        }
    }
}

/// How many reports wait in a queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Length {
    pub open: u64,
    /// Those that were due before the instant that was asked for.
    pub late: u64,
    /// Those that press nobody: they wait for their reporter.
    pub waiting: u64,
}

/// Where an open report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub holder: i64,
    pub root: i64,
    pub officer: Option<i64>,
    pub sealed: bool,
    pub due_at: i64,
}

impl Standing {
    fn keys(&self) -> [Key; 4] {
        let own = match self.officer {
            Some(officer) => Queue::Officer(UserId(officer)),
            None => Queue::Unassigned(AgencyId(self.holder)),
        };
        let queues = [Queue::Nation, Queue::Root(AgencyId(self.root)), Queue::Holder(AgencyId(self.holder)), own];
        queues.map(|queue| (queue.columns(), self.sealed, self.due_at))
    }
}

type Key = ((&'static str, i64), bool, i64);

/// Changes of queues in the making.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shift(BTreeMap<Key, i64>);

impl Shift {
    /// Adds a report where it stands, or takes it away with -1.
    pub(crate) fn note(&mut self, standing: Option<Standing>, n: i64) {
        for key in standing.iter().flat_map(Standing::keys) {
            *self.0.entry(key).or_default() += n;
        }
    }

    /// The changes of another, too.
    pub(crate) fn join(&mut self, other: Shift) {
        for (key, n) in other.0 {
            *self.0.entry(key).or_default() += n;
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.values().all(|n| *n == 0)
    }

    /// Writes the changes in the order of their keys, so that two that are written at once do not wait for each
    /// other in a ring.
    pub(crate) async fn write(&self, tx: &mut Tx, slot: i64) -> Result<()> {
        #[derive(Serialize)]
        struct Columns {
            scope: &'static str,
            owner: i64,
            sealed: bool,
            due_at: i64,
            n: i64,
        }
        let changed = self.0.iter().filter(|(_, n)| **n != 0);
        let rows: Vec<Columns> = changed
            .map(|(((scope, owner), sealed, due_at), n)| Columns {
                scope,
                owner: *owner,
                sealed: *sealed,
                due_at: *due_at,
                n: *n,
            })
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        let array = json(&rows)?;
        on!(tx, |link| sqlx::query(ADD.on(engine_of(link))).bind(&array).bind(slot).execute(link).await.map(drop))?;
        Ok(())
    }
}

/// How many reports wait in each of these queues, in their order; `now` tells the late ones.
pub async fn lengths(tx: &mut Tx, queues: &[Queue], now: Timestamp, sealed_too: bool) -> Result<Vec<Length>> {
    #[derive(Serialize, PartialEq)]
    struct Columns {
        scope: &'static str,
        owner: i64,
    }
    let mut asked: Vec<Columns> = Vec::new();
    for (scope, owner) in queues.iter().map(|queue| queue.columns()) {
        let one = Columns { scope, owner };
        if !asked.contains(&one) {
            asked.push(one);
        }
    }
    let asked = json(&asked)?;
    let rows: Vec<LengthColumns> = on!(tx, |link| {
        sqlx::query_as(LENGTHS.on(engine_of(link))).bind(&asked).bind(millis(now)).fetch_all(link).await
    })?;
    let length = |queue: &Queue| {
        let (scope, owner) = queue.columns();
        let own = rows.iter().filter(|row| row.0 == scope && row.1 == owner && (sealed_too || !row.2));
        let count = |n: i64| u64::try_from(n).unwrap_or(0);
        own.fold(Length::default(), |sum, row| Length {
            open: sum.open + count(row.3),
            late: sum.late + count(row.4),
            waiting: sum.waiting + count(row.5),
        })
    };
    Ok(queues.iter().map(length).collect())
}

/// Scope, owner, whether sealed, and how many are open, late and waiting.
type LengthColumns = (String, i64, bool, i64, i64, i64);

/// Queues whose length is not what the reports say: scope and owner, the kept and the true number. For the nightly
/// reconciliation, never for a request. What was due before `now` counts as one.
pub async fn wrong(tx: &mut Tx, now: Timestamp) -> Result<Vec<(String, i64, i64, i64)>> {
    Ok(on!(tx, |link| sqlx::query_as(WRONG.on(engine_of(link))).bind(millis(now)).fetch_all(link).await)?)
}

/// Replaces all lengths by the truth. Writes that count wait meanwhile.
pub async fn rebuild(tx: &mut Tx) -> Result<()> {
    for sql in [ALONE, CLEAR, REFILL] {
        on!(tx, |link| sqlx::query(sql.on(engine_of(link))).execute(link).await.map(drop))?;
    }
    Ok(())
}

/// Adds up the instants that have passed, of which it does not matter any more when they were, and drops what has come to
/// nothing. A queue is as many rows afterwards as there are instants to come. Writes that count wait meanwhile.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<()> {
    on!(tx, |link| sqlx::query(ALONE.on(engine_of(link))).execute(link).await.map(drop))?;
    for sql in [FOLD, FOLDED] {
        on!(tx, |link| sqlx::query(sql.on(engine_of(link))).bind(millis(now)).execute(link).await.map(drop))?;
    }
    on!(tx, |link| sqlx::query(SWEEP.on(engine_of(link))).execute(link).await.map(drop))?;
    Ok(())
}

/// The deadline of reports that press nobody, as a start for lists of them.
pub const WAITING: i64 = NEVER;
