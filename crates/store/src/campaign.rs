//! Reminder campaigns: their letters, addressees, and the frozen lists of reports they are about.

use crate::db::{engine_of, on};
use crate::dialect::{over_rows, statements};
use crate::{Error, Result, Tx, day_number, day_of, instant, json, millis};
use domain::campaign::Criterion;
use domain::{AgencyId, ReportId, UserId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

statements! {
    INSERT = "INSERT INTO campaign (id, client_key, title, office, made_by, made_at, from_day, to_day, late_only, deadline_day, \
        letter, state, gathered_to) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'gathering', 0) \
        ON CONFLICT (client_key) DO NOTHING";
    BY_KEY = "SELECT id FROM campaign WHERE client_key = $1";
    LOAD = "SELECT id, title, office, made_by, made_at, from_day, to_day, late_only, deadline_day, letter, state, gathered_to, \
        sent_at, counted_at, closed_at FROM campaign WHERE id = $1";
    LIST = "SELECT id, title, office, made_by, made_at, from_day, to_day, late_only, deadline_day, letter, state, gathered_to, \
        sent_at, counted_at, closed_at FROM campaign WHERE id < $1 ORDER BY id DESC LIMIT $2";
    LIST_MADE = "SELECT id, title, office, made_by, made_at, from_day, to_day, late_only, deadline_day, letter, state, gathered_to, \
        sent_at, counted_at, closed_at FROM campaign WHERE office = $3 AND id < $1 ORDER BY id DESC LIMIT $2";
    LIST_TO = "SELECT c.id, c.title, c.office, c.made_by, c.made_at, c.from_day, c.to_day, c.late_only, c.deadline_day, c.letter, \
        c.state, c.gathered_to, c.sent_at, c.counted_at, c.closed_at FROM campaign_office o JOIN campaign c ON c.id = o.campaign_id \
        WHERE o.office = $3 AND o.chosen AND o.campaign_id < $1 AND c.sent_at IS NOT NULL ORDER BY o.campaign_id DESC LIMIT $2";
    RUNNING = "SELECT id FROM campaign WHERE state = 'sent' AND id > 0 ORDER BY id LIMIT 500";
    GATHERED = "UPDATE campaign SET gathered_to = $1, state = $2 WHERE id = $3 AND state = 'gathering' AND gathered_to = $4";
    SENT = "UPDATE campaign SET state = 'sent', sent_at = $1 WHERE id = $2 AND state = 'ready'";
    CLOSED = "UPDATE campaign SET state = 'closed', closed_at = $1 WHERE id = $2 AND state = 'sent'";
    CHOOSE = "UPDATE campaign_office SET chosen = $1 WHERE campaign_id = $2 AND office = $3";
    CASES = over_rows!(
        "INSERT INTO campaign_case (campaign_id, report_id, office, sealed) SELECT CAST($2 AS BIGINT), CAST(value ->> 'report' AS BIGINT), \
        CAST(value ->> 'office' AS BIGINT), CAST(value ->> 'sealed' AS BOOLEAN) FROM ",
        " WHERE true ON CONFLICT DO NOTHING"
    );
    COUNT_IN = "INSERT INTO campaign_office (campaign_id, office, chosen, open_total, open_done, sealed_total, sealed_done) \
        VALUES ($1, $2, true, $3, 0, $4, 0) ON CONFLICT (campaign_id, office) DO UPDATE SET \
        open_total = campaign_office.open_total + excluded.open_total, \
        sealed_total = campaign_office.sealed_total + excluded.sealed_total";
    OFFICES = "SELECT office, chosen, open_total, open_done, sealed_total, sealed_done FROM campaign_office \
        WHERE campaign_id = $1 ORDER BY office";
    OFFICE = "SELECT office, chosen, open_total, open_done, sealed_total, sealed_done FROM campaign_office \
        WHERE campaign_id = $1 AND office = $2";
    /// By a job only: the frozen list of one campaign, held against the reports as they are.
    COUNT = "SELECT c.office, CAST(SUM(CASE WHEN r.open OR c.sealed THEN 0 ELSE 1 END) AS BIGINT), \
        CAST(SUM(CASE WHEN r.open OR NOT c.sealed THEN 0 ELSE 1 END) AS BIGINT) FROM campaign_case c \
        JOIN report r ON r.id = c.report_id WHERE c.campaign_id = $1 GROUP BY c.office";
    DONE = "UPDATE campaign_office SET open_done = $1, sealed_done = $2 WHERE campaign_id = $3 AND office = $4";
    COUNTED = "UPDATE campaign SET counted_at = $1 WHERE id = $2";
    PUT_DAY = "INSERT INTO campaign_day (campaign_id, day, total, done) \
        SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST(COALESCE(SUM(open_total), 0) AS BIGINT), CAST(COALESCE(SUM(open_done), 0) AS BIGINT) \
        FROM campaign_office WHERE campaign_id = $1 AND chosen \
        ON CONFLICT (campaign_id, day) DO UPDATE SET total = excluded.total, done = excluded.done";
    DAYS = "SELECT day, total, done FROM campaign_day WHERE campaign_id = $1 ORDER BY day DESC LIMIT $2";
}

macro_rules! states {
    ($($state:ident = $name:literal),+ $(,)?) => {
        /// How far a campaign is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum CampaignState { $($state),+ }

        impl CampaignState {
            /// The name in storage and in locale keys.
            pub fn name(self) -> &'static str {
                match self { $(CampaignState::$state => $name),+ }
            }

            fn parse(name: &str) -> Option<CampaignState> {
                match name { $($name => Some(CampaignState::$state),)+ _ => None }
            }
        }
    };
}
states! { Gathering = "gathering", Ready = "ready", Sent = "sent", Closed = "closed" }

/// A campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    pub id: i64,
    pub title: String,
    /// The office that sends it.
    pub office: AgencyId,
    pub made_by: UserId,
    pub made_at: Timestamp,
    pub criterion: Criterion,
    pub deadline: Date,
    pub letter: String,
    pub state: CampaignState,
    /// The last report that was looked at while the list was gathered.
    pub gathered_to: ReportId,
    pub sent_at: Option<Timestamp>,
    /// When it was last counted what is done.
    pub counted_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
}

/// An addressee, and how many of its reports are on the list and done; sealed ones apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Addressee {
    pub office: AgencyId,
    pub chosen: bool,
    pub total: u64,
    pub done: u64,
    pub sealed_total: u64,
    pub sealed_done: u64,
}

/// A report on the frozen list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Case {
    pub report: i64,
    /// The parent agency that is reminded of it.
    pub office: i64,
    pub sealed: bool,
}

/// Which campaigns are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    All,
    /// Those that an office made.
    MadeBy(AgencyId),
    /// Those that were sent to a parent agency.
    SentTo(AgencyId),
}

type Columns =
    (i64, String, i64, i64, i64, i64, i64, bool, i64, String, String, i64, Option<i64>, Option<i64>, Option<i64>);

/// Makes a campaign whose list is still to be gathered. Its id, or that of the one made before under the same key.
pub async fn insert(tx: &mut Tx, new: &Campaign, key: &str) -> Result<i64> {
    on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(new.id)
            .bind(key)
            .bind(&new.title)
            .bind(new.office.0)
            .bind(new.made_by.0)
            .bind(millis(new.made_at))
            .bind(day_number(new.criterion.from))
            .bind(day_number(new.criterion.to))
            .bind(new.criterion.late_only)
            .bind(day_number(new.deadline))
            .bind(&new.letter)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(on!(tx, |link| sqlx::query_scalar(BY_KEY.on(engine_of(link))).bind(key).fetch_one(link).await)?)
}

/// One campaign.
pub async fn load(tx: &mut Tx, id: i64) -> Result<Option<Campaign>> {
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    found.map(campaign).transpose()
}

/// Campaigns, the newest first, before an id.
pub async fn list(tx: &mut Tx, which: Which, before: i64, limit: u32) -> Result<Vec<Campaign>> {
    let (sql, office) = match which {
        Which::All => (LIST, None),
        Which::MadeBy(office) => (LIST_MADE, Some(office)),
        Which::SentTo(office) => (LIST_TO, Some(office)),
    };
    let rows: Vec<Columns> = on!(tx, |link| {
        let mut page = sqlx::query_as(sql.on(engine_of(link))).bind(before).bind(i64::from(limit));
        if let Some(office) = office {
            page = page.bind(office.0);
        }
        page.fetch_all(link).await
    })?;
    rows.into_iter().map(campaign).collect()
}

/// Campaigns that were sent and are not closed.
pub async fn running(tx: &mut Tx) -> Result<Vec<i64>> {
    Ok(on!(tx, |link| sqlx::query_scalar(RUNNING.on(engine_of(link))).fetch_all(link).await)?)
}

/// Puts reports on the list and moves the walk on. `false`, and nothing is written, when another walk was faster.
pub async fn gather(tx: &mut Tx, was: &Campaign, cases: &[Case], to: ReportId, state: CampaignState) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(GATHERED.on(engine_of(link)))
            .bind(to.0)
            .bind(state.name())
            .bind(was.id)
            .bind(was.gathered_to.0)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    if done == 0 {
        return Ok(false);
    }
    let text = json(&cases)?;
    on!(tx, |link| sqlx::query(CASES.on(engine_of(link))).bind(&text).bind(was.id).execute(link).await.map(drop))?;
    let mut offices: Vec<i64> = cases.iter().map(|case| case.office).collect();
    offices.sort_unstable();
    offices.dedup();
    for office in offices {
        let count = |sealed: bool| cases.iter().filter(|case| case.office == office && case.sealed == sealed).count();
        let [open, sealed] = [false, true].map(|one| i64::try_from(count(one)).unwrap_or(i64::MAX));
        on!(tx, |link| {
            sqlx::query(COUNT_IN.on(engine_of(link)))
                .bind(was.id)
                .bind(office)
                .bind(open)
                .bind(sealed)
                .execute(link)
                .await
                .map(drop)
        })?;
    }
    Ok(true)
}

/// Notes that a campaign was sent. `false` when it was not ready, or sent before.
pub async fn send(tx: &mut Tx, id: i64, at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(SENT.on(engine_of(link)))
            .bind(millis(at))
            .bind(id)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Notes that a campaign is over.
pub async fn close(tx: &mut Tx, id: i64, at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(CLOSED.on(engine_of(link)))
            .bind(millis(at))
            .bind(id)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Chooses an addressee, or leaves it out.
pub async fn choose(tx: &mut Tx, id: i64, office: AgencyId, chosen: bool) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(CHOOSE.on(engine_of(link))).bind(chosen).bind(id).bind(office.0).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// All addressees of a campaign.
pub async fn addressees(tx: &mut Tx, id: i64) -> Result<Vec<Addressee>> {
    let rows: Vec<(i64, bool, i64, i64, i64, i64)> =
        on!(tx, |link| sqlx::query_as(OFFICES.on(engine_of(link))).bind(id).fetch_all(link).await)?;
    Ok(rows.into_iter().map(addressee).collect())
}

/// One addressee of a campaign.
pub async fn addressee_of(tx: &mut Tx, id: i64, office: AgencyId) -> Result<Option<Addressee>> {
    let found: Option<(i64, bool, i64, i64, i64, i64)> = on!(tx, |link| {
        sqlx::query_as(OFFICE.on(engine_of(link))).bind(id).bind(office.0).fetch_optional(link).await
    })?;
    Ok(found.map(addressee))
}

/// Counts what is done of the frozen list: by office, reports and sealed reports. For a job.
pub async fn count(tx: &mut Tx, id: i64) -> Result<Vec<(AgencyId, i64, i64)>> {
    let rows: Vec<(i64, i64, i64)> =
        on!(tx, |link| sqlx::query_as(COUNT.on(engine_of(link))).bind(id).fetch_all(link).await)?;
    Ok(rows.into_iter().map(|(office, done, sealed)| (AgencyId(office), done, sealed)).collect())
}

/// Keeps what was counted, and the sum of the day.
pub async fn keep(tx: &mut Tx, id: i64, counted: &[(AgencyId, i64, i64)], at: Timestamp, day: Date) -> Result<()> {
    for (office, done, sealed) in counted {
        on!(tx, |link| {
            sqlx::query(DONE.on(engine_of(link)))
                .bind(*done)
                .bind(*sealed)
                .bind(id)
                .bind(office.0)
                .execute(link)
                .await
                .map(drop)
        })?;
    }
    on!(tx, |link| sqlx::query(COUNTED.on(engine_of(link))).bind(millis(at)).bind(id).execute(link).await.map(drop))?;
    on!(tx, |link| {
        sqlx::query(PUT_DAY.on(engine_of(link))).bind(id).bind(day_number(day)).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// How many reports were on the list and done on each day, the last day first.
pub async fn days(tx: &mut Tx, id: i64, limit: u32) -> Result<Vec<(Date, u64, u64)>> {
    let rows: Vec<(i64, i64, i64)> = on!(tx, |link| {
        sqlx::query_as(DAYS.on(engine_of(link))).bind(id).bind(i64::from(limit)).fetch_all(link).await
    })?;
    rows.into_iter().map(|(number, total, done)| Ok((day_of(number)?, unsigned(total), unsigned(done)))).collect()
}

fn addressee((office, chosen, total, done, sealed_total, sealed_done): (i64, bool, i64, i64, i64, i64)) -> Addressee {
    Addressee {
        office: AgencyId(office),
        chosen,
        total: unsigned(total),
        done: unsigned(done),
        sealed_total: unsigned(sealed_total),
        sealed_done: unsigned(sealed_done),
    }
}

fn unsigned(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

fn campaign(columns: Columns) -> Result<Campaign> {
    let (
        id,
        title,
        office,
        made_by,
        made_at,
        from,
        to,
        late_only,
        deadline,
        letter,
        state,
        gathered_to,
        sent,
        counted,
        closed,
    ) = columns;
    Ok(Campaign {
        id,
        title,
        office: AgencyId(office),
        made_by: UserId(made_by),
        made_at: instant(made_at)?,
        criterion: Criterion { from: day_of(from)?, to: day_of(to)?, late_only },
        deadline: day_of(deadline)?,
        letter,
        state: CampaignState::parse(&state).ok_or(Error::Corrupt(state))?,
        gathered_to: ReportId(gathered_to),
        sent_at: sent.map(instant).transpose()?,
        counted_at: counted.map(instant).transpose()?,
        closed_at: closed.map(instant).transpose()?,
    })
}
