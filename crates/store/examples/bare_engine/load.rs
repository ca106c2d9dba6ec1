//! Which statements each load consists of, in the order of the service.

use super::link::{Failure, Link, Value};
use store::{Engine, Sql};

use Value::{Bool, NoNumber, NoText, Number, Text};

const NOW: i64 = 1_790_000_000_000;
const DAY: i64 = 86_400_000;
const STATE: &str = r#"{"id":0,"seq":1,"class":"complaint","supervisory":false,"category":null,"region":"63.72","zone":"wita","channel":"api","anonymous":false,"secret":false,"holder":1,"chosen":null,"stage":{"open":"submitted"},"officer":null,"returns":0,"settled":false,"hidden":null,"supports":0,"rating":null,"ombudsman":"not_offered","clocks":{"received":1790000000000}}"#;
const EVENT: &str = r#"{"submitted":{"class":"complaint","category":null,"region":"63.72","zone":"wita","channel":"api","anonymous":false,"secret":false,"holder":1,"chosen":null}}"#;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Load {
    Intake,
    Lifecycle,
    Report,
    Inbox,
    Search,
}

impl Load {
    pub fn parse(name: &str) -> Option<Load> {
        Some(match name {
            "intake" => Load::Intake,
            "lifecycle" => Load::Lifecycle,
            "report" => Load::Report,
            "inbox" => Load::Inbox,
            "search" => Load::Search,
            _ => return None,
        })
    }

    pub fn writes(self) -> bool {
        matches!(self, Load::Intake | Load::Lifecycle)
    }

    /// How many transactions it takes.
    pub fn steps(self) -> usize {
        if self == Load::Lifecycle { 4 } else { 1 }
    }

    pub async fn write(self, link: &mut Link, step: usize, id: i64) -> Result<(), Failure> {
        match step {
            0 => intake(link, id).await,
            1 => dispose(link, id).await,
            2 => answer(link, id).await,
            _ => {
                confirm(link, id).await?;
                page(link, id).await
            }
        }
    }

    pub async fn read(self, link: &mut Link, subject: &str) -> Result<(), Failure> {
        match self {
            Load::Report => {
                let found = link.read(named("report::FIND_BY_CODE")?, &[Number(subject.parse()?)]).await?;
                page(link, found.first.ok_or("no such report")?).await
            }
            Load::Inbox => inbox(link, subject.parse()?).await,
            Load::Search => {
                let all = all_of(link.engine(), subject);
                let windows = [2, 6, 18].map(|most| format!("{all} & ({})", months(most)));
                let narrowed = windows.into_iter().filter(|_| link.engine() == Engine::Postgres);
                for query in narrowed.chain([all.clone()]).collect::<Vec<_>>() {
                    let asked = [Text(query), Number(i64::MAX), Number(21)];
                    if link.read(named("search::FIND")?, &asked).await?.rows == 21 {
                        break;
                    }
                }
                Ok(())
            }
            Load::Intake | Load::Lifecycle => Err("nothing is read here".into()),
        }
    }
}

/// A statement of the store by its module and name.
fn named(name: &str) -> Result<Sql, Failure> {
    let wanted = format!("store::{name}");
    let found = store::statements().find(|(known, _)| *known == wanted);
    found.map(|(_, sql)| sql).ok_or_else(|| format!("no statement {wanted}").into())
}

/// The terms of the last months, any of them, as the service asks for the newest hits first.
fn months(most: i32) -> String {
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().first_of_month();
    let back = |n: i32| today.checked_sub(jiff::Span::new().months(n)).unwrap_or(today);
    let term = |day: jiff::civil::Date| format!("'m_{:04}{:02}'", day.year(), day.month());
    (0..most).map(|n| term(back(n))).collect::<Vec<_>>().join(" | ")
}

/// A query for all of the terms, in the engine's words.
fn all_of(engine: Engine, terms: &str) -> String {
    let terms = terms.split(' ');
    match engine {
        Engine::Sqlite => terms.map(|term| format!("\"{term}\"")).collect::<Vec<_>>().join(" AND "),
        Engine::Postgres => terms.map(|term| format!("'{term}'")).collect::<Vec<_>>().join(" & "),
    }
}

/// A number without pattern, as tracking numbers are.
fn scattered(id: i64) -> i64 {
    (id.wrapping_mul(-7_046_029_254_386_353_131) >> 1).unsigned_abs() as i64
}

async fn intake(link: &mut Link, id: i64) -> Result<(), Failure> {
    let key = format!("{:016x}{:016x}{:016x}{:016x}", scattered(id), scattered(id + 1), scattered(id + 2), id);
    let row = [
        Number(id),
        Number(scattered(id)),
        Text(key.clone()),
        Text(key),
        NoText,
        Number(1),
        Number(1),
        Number(NOW),
        Number(20_718),
        Text("submitted".into()),
        Number(1),
        Number(1),
        Bool(false),
        Bool(true),
        Bool(false),
        Number(NOW + id % DAY),
        Number(NOW + 3 * DAY),
        Text(STATE.into()),
    ];
    link.write(named("report::INSERT")?, &row).await?;
    words(link, id, 1, "Lampu jalan di depan pasar padam sejak tiga malam yang lalu. ".repeat(6)).await?;
    let from = [Number(id), Text("Contoh".into()), Text("0812000000".into()), NoText, Text("id".into())];
    link.write(named("reporter::INSERT")?, &from).await?;
    event(link, id, 1, "submitted").await?;
    count(link, id, "submitted", 1).await
}

async fn dispose(link: &mut Link, id: i64) -> Result<(), Failure> {
    look_up(link, id).await?;
    update(link, id, 1, "disposed").await?;
    event(link, id, 2, "disposed").await?;
    let told = [Number(id), Number(630_000), Number(id), Text("disposed".into()), Text(EVENT.into()), Number(NOW)];
    link.write(named("notice::INSERT")?, &told).await?;
    words(link, id, 2, "Mohon ditindaklanjuti.".into()).await?;
    shift(link, id, "submitted", "disposed").await?;
    job(link, id).await
}

async fn answer(link: &mut Link, id: i64) -> Result<(), Failure> {
    look_up(link, id).await?;
    update(link, id, 2, "answered").await?;
    event(link, id, 3, "answered").await?;
    words(link, id, 3, "Petugas sudah memeriksa lokasi; perbaikan masuk dalam jadwal rutin minggu ini.".into()).await?;
    shift(link, id, "disposed", "answered").await?;
    job(link, id + 1_000_000_000_000).await
}

async fn confirm(link: &mut Link, id: i64) -> Result<(), Failure> {
    look_up(link, id).await?;
    update(link, id, 3, "closed_confirmed").await?;
    event(link, id, 4, "confirmed").await?;
    event(link, id, 5, "closed").await?;
    words(link, id, 4, "Terima kasih.".into()).await?;
    shift(link, id, "answered", "closed_confirmed").await?;
    job(link, id + 2_000_000_000_000).await
}

async fn look_up(link: &mut Link, id: i64) -> Result<(), Failure> {
    link.read(named("report::FIND_BY_CODE")?, &[Number(scattered(id))]).await?;
    link.read(named("event::FIND_BY_KEY")?, &[Number(id), Text(format!("{id:064x}"))]).await.map(drop)
}

async fn update(link: &mut Link, id: i64, was: i64, stage: &str) -> Result<(), Failure> {
    let row = [
        Number(was + 1),
        Number(1),
        Text(stage.into()),
        Number(630_000),
        Number(630_000),
        Bool(true),
        Bool(true),
        Bool(false),
        Number(NOW + id % DAY),
        Number(NOW + 5 * DAY),
        Text(STATE.into()),
        Number(id),
        Number(was),
    ];
    match link.write(named("report::UPDATE")?, &row).await? {
        1 => Ok(()),
        n => Err(format!("{n} rows were changed").into()),
    }
}

async fn event(link: &mut Link, id: i64, seq: i64, kind: &str) -> Result<(), Failure> {
    let row = [
        Number(id),
        Number(seq),
        Number(NOW),
        Number(20_718),
        Text(kind.into()),
        Text("reporter".into()),
        NoNumber,
        NoNumber,
        Text(format!("{seq:064x}")),
        NoText,
        Text(EVENT.into()),
    ];
    link.write(named("event::APPEND")?, &row).await.map(drop)
}

async fn words(link: &mut Link, id: i64, seq: i64, body: String) -> Result<(), Failure> {
    let title = Text("Lampu jalan padam di pasar".into());
    let row = [Number(id), Number(seq), title, Text(body), NoText, Text("Dekat pasar".into()), NoText, NoText, NoText];
    link.write(named("words::INSERT")?, &row).await.map(drop)
}

async fn shift(link: &mut Link, id: i64, from: &str, to: &str) -> Result<(), Failure> {
    let mut steps = [(from, -1), (to, 1)];
    steps.sort();
    for (stage, n) in steps {
        count(link, id, stage, n).await?;
    }
    Ok(())
}

/// Counters of an office that no report has, so that the true ones stay true.
async fn count(link: &mut Link, id: i64, stage: &str, n: i64) -> Result<(), Failure> {
    let slots = if link.engine() == Engine::Sqlite { 1 } else { 16 };
    let row = [Number(-1), Text(stage.into()), Bool(false), Number(id.rem_euclid(slots)), Number(n)];
    link.write(named("counter::ADD")?, &row).await.map(drop)
}

async fn job(link: &mut Link, id: i64) -> Result<(), Failure> {
    let row = [Number(id), Text("index_report".into()), Number(id), Text("{}".into()), Number(NOW)];
    link.write(named("job::INSERT")?, &row).await.map(drop)
}

async fn page(link: &mut Link, id: i64) -> Result<(), Failure> {
    link.read(named("event::STORY")?, &[Number(id), Number(5_000)]).await.map(drop)
}

async fn inbox(link: &mut Link, office: i64) -> Result<(), Failure> {
    let first = [Number(i64::MIN), Number(0), Number(26), Number(office)];
    let sql = if office == 1 { "report::INBOX_HOLDER" } else { "report::INBOX_ROOT" };
    link.read(named(sql)?, &first).await?;
    link.read(named("officer::LIST_OFFICE")?, &[Number(office)]).await?;
    link.read(named("notice::UNSEEN")?, &[Number(office), Number(99)]).await.map(drop)
}
