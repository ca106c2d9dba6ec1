//! Seats in offices: who sits where, in which role, from when to when, and for whom.

use crate::db::{engine_of, on};
use crate::dialect::{over_rows, statements};
use crate::{Error, Result, Tx, instant, json, millis, small};
use domain::{AgencyId, ReportId, Role, SeatId, UserId};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A seat with the person in it, and the person that it is a deputy for.
macro_rules! sitters {
    ($tail:literal) => {
        concat!(
            "SELECT s.id, s.officer_id, s.agency, s.role, s.active_from, s.active_to, s.deputy_of, ",
            "o.login, o.name, o.email, o.active, a.name FROM seat s JOIN officer o ON o.id = s.officer_id ",
            "LEFT JOIN seat d ON d.id = s.deputy_of LEFT JOIN officer a ON a.id = d.officer_id ",
            $tail
        )
    };
}

statements! {
    INSERT = "INSERT INTO seat (id, officer_id, agency, role, active_from, active_to, deputy_of) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING";
    LOAD = sitters!("WHERE s.id = $1");
    LIST_OFFICE = sitters!("WHERE s.agency = $1 AND s.active_to > $2 AND s.id > $3 ORDER BY s.id LIMIT $4");
    LIST_OFFICER = sitters!("WHERE s.officer_id = $1 AND s.active_to > $2 ORDER BY s.id LIMIT 100");
    LIST_DEPUTIES = sitters!("WHERE s.deputy_of = $1 AND s.active_to > $2 ORDER BY s.id LIMIT 100");
    IS_SEATED = "SELECT s.id FROM seat s JOIN officer o ON o.id = s.officer_id WHERE s.officer_id = $1 AND s.agency = $2 \
        AND s.active_from <= $3 AND s.active_to > $3 AND o.active LIMIT 1";
    ADMINISTERED = over_rows!(
        "SELECT asked.agency FROM (SELECT CAST(value ->> 'agency' AS BIGINT) AS agency FROM ",
        ") asked WHERE EXISTS (SELECT 1 FROM seat s JOIN officer o ON o.id = s.officer_id WHERE s.agency = asked.agency \
        AND s.role = 'agency_admin' AND s.active_from <= $2 AND s.active_to > $2 AND o.active)"
    );
    END = "UPDATE seat SET active_to = $1 WHERE id = $2 AND active_to > $1";
    END_BEFORE = "UPDATE seat SET active_from = $1 WHERE id = $2 AND active_from > $1";
    ON_BEHALF = "SELECT e.seq, a.name FROM event e \
        JOIN seat s ON s.officer_id = e.by_user AND s.agency = e.by_agency AND s.role = e.by_kind \
        JOIN seat d ON d.id = s.deputy_of JOIN officer a ON a.id = d.officer_id \
        WHERE e.report_id = $1 AND e.by_user IS NOT NULL AND e.at >= s.active_from AND e.at < s.active_to \
        ORDER BY e.seq LIMIT 5000";
}

/// The end of a seat that has none.
const NEVER: i64 = i64::MAX;

/// A place in an office with its role, and who sits in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    pub id: SeatId,
    pub officer: UserId,
    pub agency: AgencyId,
    pub role: Role,
    pub from: Timestamp,
    /// The first instant at which it is no longer theirs; `None` without an end.
    pub to: Option<Timestamp>,
    /// The seat that it stands in for.
    pub deputy_of: Option<SeatId>,
}

impl Seat {
    /// A seat of one's own without an end.
    pub fn own(id: SeatId, officer: UserId, agency: AgencyId, role: Role, from: Timestamp) -> Seat {
        Seat { id, officer, agency, role, from, to: None, deputy_of: None }
    }

    /// Whether somebody may act from it at an instant.
    pub fn is_current(&self, now: Timestamp) -> bool {
        self.from <= now && self.to.is_none_or(|to| now < to)
    }
}

/// A seat with what is known about the person in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitter {
    pub seat: Seat,
    pub login: String,
    pub name: String,
    pub email: Option<String>,
    /// Whether the account is open.
    pub active: bool,
    /// The name of the person that it stands in for.
    pub on_behalf_of: Option<String>,
}

type Columns = (i64, i64, i64, String, i64, i64, Option<i64>, String, String, Option<String>, bool, Option<String>);

/// Gives a seat.
pub async fn insert(tx: &mut Tx, seat: &Seat) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(seat.id.0)
            .bind(seat.officer.0)
            .bind(seat.agency.0)
            .bind(seat.role.name())
            .bind(millis(seat.from))
            .bind(seat.to.map_or(NEVER, millis))
            .bind(seat.deputy_of.map(|of| of.0))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// One seat, also when it has ended.
pub async fn load(tx: &mut Tx, id: SeatId) -> Result<Option<Sitter>> {
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(id.0).fetch_optional(link).await)?;
    found.map(sitter).transpose()
}

/// The seats of an office that have not ended, behind one.
pub async fn list_office(
    tx: &mut Tx,
    agency: AgencyId,
    now: Timestamp,
    after: SeatId,
    limit: u32,
) -> Result<Vec<Sitter>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST_OFFICE.on(engine_of(link)))
            .bind(agency.0)
            .bind(millis(now))
            .bind(after.0)
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    rows.into_iter().map(sitter).collect()
}

/// The seats of a person that have not ended, those that begin later among them.
pub async fn list_officer(tx: &mut Tx, officer: UserId, now: Timestamp) -> Result<Vec<Sitter>> {
    list_by(tx, LIST_OFFICER, officer.0, now).await
}

/// The deputies of a seat whose time is not over.
pub async fn list_deputies(tx: &mut Tx, of: SeatId, now: Timestamp) -> Result<Vec<Sitter>> {
    list_by(tx, LIST_DEPUTIES, of.0, now).await
}

async fn list_by(tx: &mut Tx, sql: crate::Sql, id: i64, now: Timestamp) -> Result<Vec<Sitter>> {
    let rows: Vec<Columns> =
        on!(tx, |link| sqlx::query_as(sql.on(engine_of(link))).bind(id).bind(millis(now)).fetch_all(link).await)?;
    rows.into_iter().map(sitter).collect()
}

/// Whether a person with an open account sits in an office at an instant.
pub async fn is_seated(tx: &mut Tx, officer: UserId, agency: AgencyId, now: Timestamp) -> Result<bool> {
    let found: Option<i64> = on!(tx, |link| {
        sqlx::query_scalar(IS_SEATED.on(engine_of(link)))
            .bind(officer.0)
            .bind(agency.0)
            .bind(millis(now))
            .fetch_optional(link)
            .await
    })?;
    Ok(found.is_some())
}

/// Those of some offices in which an admin with an open account sits at an instant.
pub async fn administered(tx: &mut Tx, offices: &[AgencyId], now: Timestamp) -> Result<BTreeSet<AgencyId>> {
    let asked = json(&offices.iter().map(|office| BTreeMap::from([("agency", office.0)])).collect::<Vec<_>>())?;
    let rows: Vec<i64> = on!(tx, |link| {
        sqlx::query_scalar(ADMINISTERED.on(engine_of(link))).bind(&asked).bind(millis(now)).fetch_all(link).await
    })?;
    Ok(rows.into_iter().map(AgencyId).collect())
}

/// Ends a seat at an instant; one that had not begun never does. `false` when it had ended before.
pub async fn end(tx: &mut Tx, id: SeatId, at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(END.on(engine_of(link)))
            .bind(millis(at))
            .bind(id.0)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    on!(tx, |link| {
        sqlx::query(END_BEFORE.on(engine_of(link))).bind(millis(at)).bind(id.0).execute(link).await.map(drop)
    })?;
    Ok(done == 1)
}

/// Which events of a report a deputy brought about, and the name of the person they stood in for.
pub async fn on_behalf(tx: &mut Tx, report: ReportId) -> Result<Vec<(u32, String)>> {
    let rows: Vec<(i64, String)> =
        on!(tx, |link| sqlx::query_as(ON_BEHALF.on(engine_of(link))).bind(report.0).fetch_all(link).await)?;
    rows.into_iter().map(|(seq, name)| Ok((small(seq)?, name))).collect()
}

fn sitter(columns: Columns) -> Result<Sitter> {
    let (id, officer, agency, role, from, to, deputy_of, login, name, email, active, on_behalf_of) = columns;
    let seat = Seat {
        id: SeatId(id),
        officer: UserId(officer),
        agency: AgencyId(agency),
        role: Role::parse(&role).ok_or(Error::Corrupt(role))?,
        from: instant(from)?,
        to: (to != NEVER).then(|| instant(to)).transpose()?,
        deputy_of: deputy_of.map(SeatId),
    };
    Ok(Sitter { seat, login, name, email, active, on_behalf_of })
}
