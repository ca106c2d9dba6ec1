//! The append-only log of a report.

use crate::db::{engine_of, on};
use crate::dialect::{over_rows, statements};
use crate::report::ClientKey;
use crate::words::Words;
use crate::{Error, Result, Tx, day_number, from_json, instant, json, millis, small};
use domain::time::Zone;
use domain::{Actor, AgencyId, Event, ReportId, Role, UserId};

use jiff::Timestamp;

statements! {
    APPEND = "INSERT INTO event (report_id, seq, at, day, kind, by_kind, by_user, by_agency, client_key, fingerprint, data) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    LIST = "SELECT seq, at, by_kind, by_user, by_agency, data FROM event WHERE report_id = $1 AND seq > $2 \
        ORDER BY seq LIMIT $3";
    STORY = "SELECT e.seq, e.at, e.by_kind, e.by_user, e.by_agency, e.data, w.title, w.body, w.legal_ground, w.place, \
        w.happened_on, w.latitude, w.longitude, CAST(CASE WHEN EXISTS \
        (SELECT 1 FROM attachment a WHERE a.report_id = e.report_id AND a.seq = e.seq) THEN 1 ELSE 0 END AS BIGINT) \
        FROM event e LEFT JOIN words w ON w.report_id = e.report_id AND w.seq = e.seq \
        WHERE e.report_id = $1 AND e.kind <> 'supported' ORDER BY e.seq DESC LIMIT $2";
    STORIES = over_rows!(
        "SELECT e.report_id, e.seq, e.at, e.by_kind, e.by_user, e.by_agency, e.data, w.body, w.legal_ground, \
        w.happened_on FROM ",
        " JOIN event e ON e.report_id = CAST(value ->> 'report_id' AS BIGINT) \
        LEFT JOIN words w ON w.report_id = e.report_id AND w.seq = e.seq WHERE e.kind <> 'supported'"
    );
    TITLES = "SELECT e.seq, e.at, e.by_kind, e.by_user, e.by_agency, e.data, w.title, w.body, w.legal_ground, w.place, \
        w.happened_on, w.latitude, w.longitude, CAST(CASE WHEN EXISTS \
        (SELECT 1 FROM attachment a WHERE a.report_id = e.report_id AND a.seq = e.seq) THEN 1 ELSE 0 END AS BIGINT) \
        FROM event e LEFT JOIN words w ON w.report_id = e.report_id AND w.seq = e.seq \
        WHERE e.report_id = $1 AND e.seq < $2 AND e.kind IN ('submitted', 'rewritten') ORDER BY e.seq DESC LIMIT $3";
    LOAD = "SELECT seq, at, by_kind, by_user, by_agency, data FROM event WHERE report_id = $1 AND seq = $2";
    FIND_BY_KEY = "SELECT fingerprint FROM event WHERE report_id = $1 AND client_key = $2";
    FIND_AFTER = "SELECT seq FROM event WHERE report_id = $1 AND seq > $2 AND kind <> 'supported' ORDER BY seq LIMIT 1";
}

/// Most events that a page tells of one report.
pub const MOST: usize = 5_000;
/// Rows read at once of what is read to its end.
pub(crate) const PAGE: usize = 1_000;

/// An event with its place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    pub seq: u32,
    pub at: Timestamp,
    pub by: Actor,
    pub event: Event,
}

/// Appends one event. The client key marks the first event of a command, so that the same command is
/// not done twice; its fingerprint tells the same command from another one.
pub async fn append(
    tx: &mut Tx,
    report: ReportId,
    zone: Zone,
    logged: &Logged,
    client_key: Option<&ClientKey>,
) -> Result<()> {
    let (by_kind, by_user, by_agency) = columns_of(&logged.by);
    let data = json(&logged.event)?;
    on!(tx, |link| {
        sqlx::query(APPEND.on(engine_of(link)))
            .bind(report.0)
            .bind(i64::from(logged.seq))
            .bind(millis(logged.at))
            .bind(day_number(zone.day(logged.at)))
            .bind(logged.event.kind().name())
            .bind(by_kind)
            .bind(by_user)
            .bind(by_agency)
            .bind(client_key.map(|key| &key.key))
            .bind(client_key.map(|key| &key.fingerprint))
            .bind(&data)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The whole log of a report from its beginning, however long it is.
pub async fn list(tx: &mut Tx, report: ReportId) -> Result<Vec<Logged>> {
    let mut log: Vec<Logged> = Vec::new();
    loop {
        let after = log.last().map_or(0, |logged| logged.seq);
        let page = list_after(tx, report, after).await?;
        let ended = page.len() < PAGE;
        log.extend(page);
        if ended {
            return Ok(log);
        }
    }
}

async fn list_after(tx: &mut Tx, report: ReportId, after: u32) -> Result<Vec<Logged>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST.on(engine_of(link)))
            .bind(report.0)
            .bind(i64::from(after))
            .bind(PAGE as i64)
            .fetch_all(link)
            .await
    })?;
    rows.into_iter().map(logged).collect()
}

/// One event of a report.
pub async fn load(tx: &mut Tx, report: ReportId, seq: u32) -> Result<Option<Logged>> {
    let found: Option<Columns> = on!(tx, |link| {
        sqlx::query_as(LOAD.on(engine_of(link))).bind(report.0).bind(i64::from(seq)).fetch_optional(link).await
    })?;
    found.map(logged).transpose()
}

/// An event with what was said and sent with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub logged: Logged,
    pub words: Option<Words>,
    /// Whether files came with it.
    pub has_files: bool,
}

type Text = Option<String>;
type Number = Option<i64>;
type ToldColumns = (i64, i64, String, Number, Number, String, Text, Text, Text, Text, Text, Text, Text, i64);

/// What happened to a report in its order, with the words of each event, without its supporters, who are only
/// counted. Where there is more than [`MOST`], the newest are told, and what a title or a text was given by.
pub async fn story(tx: &mut Tx, report: ReportId) -> Result<Vec<Told>> {
    let mut rows: Vec<ToldColumns> = on!(tx, |link| {
        sqlx::query_as(STORY.on(engine_of(link))).bind(report.0).bind(MOST as i64).fetch_all(link).await
    })?;
    if let Some(oldest) = rows.last().filter(|_| rows.len() == MOST).map(|row| row.0) {
        let titles: Vec<ToldColumns> = on!(tx, |link| {
            sqlx::query_as(TITLES.on(engine_of(link)))
                .bind(report.0)
                .bind(oldest)
                .bind(MOST as i64)
                .fetch_all(link)
                .await
        })?;
        rows.extend(titles);
    }
    rows.into_iter().rev().map(told).collect()
}

/// What happened to several reports, in no order, without titles and places and without a word about files.
pub async fn stories(tx: &mut Tx, reports: &[ReportId]) -> Result<Vec<(ReportId, Told)>> {
    type StoryColumns = (i64, i64, i64, String, Number, Number, String, Text, Text, Text);
    let mut stories = Vec::new();
    for some in reports.chunks(crate::MANY) {
        let rows = crate::report_ids(some)?;
        let rows: Vec<StoryColumns> =
            on!(tx, |link| sqlx::query_as(STORIES.on(engine_of(link))).bind(&rows).fetch_all(link).await)?;
        for (report, seq, at, by_kind, by_user, by_agency, data, body, legal_ground, happened_on) in rows {
            let words = body.map(|body| Words { body, legal_ground, happened_on, ..Words::default() });
            let logged = logged((seq, at, by_kind, by_user, by_agency, data))?;
            stories.push((ReportId(report), Told { logged, words, has_files: false }));
        }
    }
    Ok(stories)
}

fn told(row: ToldColumns) -> Result<Told> {
    let (seq, at, by_kind, by_user, by_agency, data, title, body, ..) = row;
    let (.., legal_ground, place, happened_on, latitude, longitude, files) = row;
    Ok(Told {
        logged: logged((seq, at, by_kind, by_user, by_agency, data))?,
        words: body.map(|body| Words { title, body, legal_ground, place, happened_on, latitude, longitude }),
        has_files: files != 0,
    })
}

/// The fingerprint of the command that was already done to a report under this client key.
pub async fn find_by_key(tx: &mut Tx, report: ReportId, client_key: &str) -> Result<Option<String>> {
    let found: Option<Option<String>> = on!(tx, |link| {
        sqlx::query_scalar(FIND_BY_KEY.on(engine_of(link))).bind(report.0).bind(client_key).fetch_optional(link).await
    })?;
    Ok(found.map(Option::unwrap_or_default))
}

/// Whether anything but support happened to a report after an event.
pub async fn is_moved(tx: &mut Tx, report: ReportId, since: u32) -> Result<bool> {
    let found: Option<i64> = on!(tx, |link| {
        sqlx::query_scalar(FIND_AFTER.on(engine_of(link)))
            .bind(report.0)
            .bind(i64::from(since))
            .fetch_optional(link)
            .await
    })?;
    Ok(found.is_some())
}

type Columns = (i64, i64, String, Option<i64>, Option<i64>, String);

fn logged((seq, at, by_kind, by_user, by_agency, data): Columns) -> Result<Logged> {
    Ok(Logged {
        seq: small(seq)?,
        at: instant(at)?,
        by: actor_of(by_kind, by_user, by_agency)?,
        event: from_json(&data)?,
    })
}

pub(crate) fn columns_of(actor: &Actor) -> (&'static str, Option<i64>, Option<i64>) {
    match actor {
        Actor::Public => ("public", None, None),
        Actor::Reporter => ("reporter", None, None),
        Actor::System => ("system", None, None),
        Actor::Outsider => ("outsider", None, None),
        Actor::Officer { user, role, agency } => (role.name(), Some(user.0), Some(agency.0)),
    }
}

fn actor_of(kind: String, user: Option<i64>, agency: Option<i64>) -> Result<Actor> {
    match (kind.as_str(), Role::parse(&kind), user, agency) {
        (_, Some(role), Some(user), Some(agency)) => {
            Ok(Actor::Officer { user: UserId(user), role, agency: AgencyId(agency) })
        }
        ("public", ..) => Ok(Actor::Public),
        ("reporter", ..) => Ok(Actor::Reporter),
        ("system", ..) => Ok(Actor::System),
        ("outsider", ..) => Ok(Actor::Outsider),
        _ => Err(Error::Corrupt(kind)),
    }
}
