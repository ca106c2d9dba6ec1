//! Short messages as they came in: kept before they are acknowledged, heard after it.

use crate::db::{engine_of, on};
use crate::dialect::{skip_locked, statements};
use crate::{Error, Result, Tx, instant, millis, small};
use domain::{UserId, Way};
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO message (id, way, line, session, sender, digest, text, received_at, decided, remote, more, state, \
        claimed_until, attempts) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0) ON CONFLICT DO NOTHING";
    GATHERING = "SELECT id, text, more FROM message WHERE sender = $1 AND state = 'new' AND attempts = 0 AND claimed_until > $2 \
        AND more IS NOT NULL ORDER BY id DESC LIMIT 1";
    GATHER = "UPDATE message SET text = $1, more = $2, claimed_until = $3 WHERE id = $4 AND state = 'new' AND attempts = 0";
    FILES = "SELECT id, number, upload, failure FROM message_file WHERE message_id = $1 ORDER BY number";
    PUT_FILE = "INSERT INTO message_file (id, message_id, number, upload, failure) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT DO NOTHING";
    FILE = "SELECT upload FROM message_file WHERE id = $1";
    FILE_OF = "SELECT f.upload FROM message_file f JOIN message m ON m.id = f.message_id \
        WHERE f.id = $1 AND m.sender = $2 AND m.state IN ('waiting', 'flagged', 'seen')";
    FORGET_FILES = "DELETE FROM message_file WHERE id IN (SELECT f.id FROM message_file f WHERE f.id < $1 AND NOT EXISTS \
        (SELECT 1 FROM message m WHERE m.id = f.message_id) LIMIT 1000)";
    LAST_HEARD = "SELECT received_at FROM message WHERE sender = $1 AND remote IS NOT NULL ORDER BY id DESC LIMIT 1";
    AGAIN = "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT id FROM message WHERE sender = $1 AND digest = $2 AND line = $3 \
        AND (received_at > $4 OR (received_at > $5 AND session <> $6)) LIMIT 1) AS due";
    CLAIM = skip_locked!(
        "WITH due AS MATERIALIZED (SELECT id FROM message m WHERE state = 'new' AND id > 0 AND claimed_until <= $3 AND NOT EXISTS \
        (SELECT 1 FROM message e WHERE e.sender = m.sender AND e.state = 'new' AND e.id < m.id) ORDER BY id LIMIT $4",
        ") UPDATE message SET claimed_by = $1, claimed_until = $2, attempts = attempts + 1 WHERE id IN (SELECT id FROM due) \
        RETURNING id, way, sender, text, received_at, attempts, decided, more"
    );
    SETTLE = "UPDATE message SET state = $1, claimed_by = NULL WHERE id = $2 AND claimed_by = $3 AND state = 'new'";
    DECIDE = "UPDATE message SET decided = $1 WHERE id = $2 AND claimed_by = $3 AND state = 'new' AND decided IS NULL";
    LINE_OF = "SELECT line FROM message WHERE sender = $1 AND text <> '' ORDER BY id DESC LIMIT 1";
    RECENT = "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT id FROM message WHERE sender = $1 AND received_at > $2 AND id <= $3 \
        LIMIT 1000) AS due";
    LIST_KEPT = "SELECT id, way, sender, text, received_at, state, more, decided FROM message \
        WHERE state IN ('waiting', 'flagged') AND id > $1 ORDER BY id LIMIT $2";
    LIST_OF = "SELECT id, way, sender, text, received_at, state, more, decided FROM message WHERE sender = $1 ORDER BY id DESC LIMIT $2";
    LOAD = "SELECT id, way, sender, text, received_at, state, more, decided FROM message WHERE id = $1";
    SEE = "UPDATE message SET state = 'seen', seen_by = $1 WHERE sender = $2 AND state IN ('waiting', 'flagged')";
    FORGET = "DELETE FROM message WHERE id IN (SELECT id FROM message WHERE received_at < $1 AND state IN ('heard', 'seen') LIMIT 1000)";
    PUT_PART = "INSERT INTO message_part (sender, line, reference, total, number, session, coding, payload, received_at, joined) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, FALSE) ON CONFLICT DO NOTHING";
    PARTS = "SELECT number, session, coding, payload, received_at, joined FROM message_part \
        WHERE sender = $1 AND line = $2 AND reference = $3 AND total = $4 ORDER BY number";
    JOIN = "UPDATE message_part SET joined = TRUE WHERE sender = $1 AND line = $2 AND reference = $3 AND total = $4";
    DROP_PARTS = "DELETE FROM message_part WHERE sender = $1 AND line = $2 AND reference = $3 AND total = $4";
    LEFT_PARTS = "SELECT sender, line, reference, total FROM message_part WHERE NOT joined AND received_at < $1 \
        ORDER BY received_at LIMIT $2";
    FORGET_PARTS = "DELETE FROM message_part WHERE joined AND received_at < $1";
}

/// A message on its way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    pub id: i64,
    pub way: Way,
    /// The line that it came by, e.g. the name of a bind.
    pub line: String,
    /// The connection of that line.
    pub session: i64,
    pub sender: String,
    /// Of the text, to know it again.
    pub digest: String,
    pub text: String,
    pub received_at: Timestamp,
    /// What comes of it, where that is known already.
    pub decided: Option<String>,
    /// The other side's name for it, where it has one: the same name is the same message.
    pub remote: Option<String>,
    /// What came with the text, as JSON.
    pub more: Option<String>,
    pub state: MessageState,
    /// When it may be heard.
    pub not_before: Timestamp,
}

/// A message that this process has claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    pub id: i64,
    pub way: Way,
    pub sender: String,
    pub text: String,
    pub received_at: Timestamp,
    /// How often it was claimed, this time included.
    pub attempts: i64,
    /// What comes of it, as JSON, where that was decided before.
    pub decided: Option<String>,
    /// What came with the text, as JSON.
    pub more: Option<String>,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageState {
    New,
    Heard,
    /// For a person to answer.
    Waiting,
    /// A machine's, or one of too many: for a person to look at.
    Flagged,
    Seen,
}

impl MessageState {
    const ALL: [MessageState; 5] =
        [MessageState::New, MessageState::Heard, MessageState::Waiting, MessageState::Flagged, MessageState::Seen];

    /// The name in storage and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            MessageState::New => "new",
            MessageState::Heard => "heard",
            MessageState::Waiting => "waiting",
            MessageState::Flagged => "flagged",
            MessageState::Seen => "seen",
        }
    }

    fn read(name: &str) -> Result<MessageState> {
        let found = MessageState::ALL.into_iter().find(|state| state.name() == name);
        found.ok_or_else(|| Error::Corrupt(format!("message state {name:?}")))
    }
}

/// A message as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: i64,
    pub way: Way,
    pub sender: String,
    pub text: String,
    pub received_at: Timestamp,
    pub state: MessageState,
    /// What came with the text, as JSON.
    pub more: Option<String>,
    /// What came of it, as JSON, once that was decided.
    pub decided: Option<String>,
}

/// A part of a long message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub of: PartOf,
    /// From 1.
    pub number: u8,
    pub session: i64,
    /// How the payload is to be read.
    pub coding: u8,
    pub payload: Vec<u8>,
    pub received_at: Timestamp,
    /// The whole of which it is a part was heard.
    pub joined: bool,
}

/// Which long message a part belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartOf {
    pub sender: String,
    pub line: String,
    pub reference: u16,
    pub total: u8,
}

fn way(name: &str) -> Result<Way> {
    Way::parse(name).ok_or_else(|| Error::Corrupt(format!("way {name:?}")))
}

/// Keeps a message. `false` when one of its name was kept before.
pub async fn insert(tx: &mut Tx, new: &NewMessage) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(new.id)
            .bind(new.way.name())
            .bind(&new.line)
            .bind(new.session)
            .bind(&new.sender)
            .bind(&new.digest)
            .bind(&new.text)
            .bind(millis(new.received_at))
            .bind(&new.decided)
            .bind(&new.remote)
            .bind(&new.more)
            .bind(new.state.name())
            .bind(millis(new.not_before))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// A message that still waits for what comes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathering {
    pub id: i64,
    pub text: String,
    /// What came with it, as JSON.
    pub more: String,
}

/// The message of a sender that still waits at an instant for what comes with it.
pub async fn gathering(tx: &mut Tx, sender: &str, now: Timestamp) -> Result<Option<Gathering>> {
    let found: Option<(i64, String, String)> = on!(tx, |link| {
        sqlx::query_as(GATHERING.on(engine_of(link))).bind(sender).bind(millis(now)).fetch_optional(link).await
    })?;
    Ok(found.map(|(id, text, more)| Gathering { id, text, more }))
}

/// Adds to a message that waits, and lets it wait until an instant. `false` when it was heard meanwhile.
pub async fn gather(tx: &mut Tx, whole: &Gathering, not_before: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(GATHER.on(engine_of(link)))
            .bind(&whole.text)
            .bind(&whole.more)
            .bind(millis(not_before))
            .bind(whole.id)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// A file that came with a message: where it lies, or why it was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageFile {
    pub id: i64,
    /// Its place among the files of the message, from 0.
    pub number: u32,
    /// As JSON.
    pub upload: Option<String>,
    pub failure: Option<String>,
}

/// The files of a message that were fetched so far, in their order.
pub async fn files(tx: &mut Tx, message: i64) -> Result<Vec<MessageFile>> {
    let rows: Vec<(i64, i64, Option<String>, Option<String>)> =
        on!(tx, |link| sqlx::query_as(FILES.on(engine_of(link))).bind(message).fetch_all(link).await)?;
    let file = |(id, number, upload, failure)| Ok(MessageFile { id, number: small(number)?, upload, failure });
    rows.into_iter().map(file).collect()
}

/// Keeps what became of a file of a message.
pub async fn put_file(tx: &mut Tx, message: i64, file: &MessageFile) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PUT_FILE.on(engine_of(link)))
            .bind(file.id)
            .bind(message)
            .bind(i64::from(file.number))
            .bind(&file.upload)
            .bind(&file.failure)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Where a file of a message lies, as JSON.
pub async fn file(tx: &mut Tx, id: i64) -> Result<Option<String>> {
    let found: Option<Option<String>> =
        on!(tx, |link| sqlx::query_scalar(FILE.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    Ok(found.flatten())
}

/// Where a file lies that a sender gave with a message for a person, as JSON.
pub async fn file_of(tx: &mut Tx, id: i64, sender: &str) -> Result<Option<String>> {
    let found: Option<Option<String>> = on!(tx, |link| {
        sqlx::query_scalar(FILE_OF.on(engine_of(link))).bind(id).bind(sender).fetch_optional(link).await
    })?;
    Ok(found.flatten())
}

/// When a sender wrote last.
pub async fn last_heard(tx: &mut Tx, sender: &str) -> Result<Option<Timestamp>> {
    let found: Option<i64> =
        on!(tx, |link| sqlx::query_scalar(LAST_HEARD.on(engine_of(link))).bind(sender).fetch_optional(link).await)?;
    found.map(instant).transpose()
}

/// Whether a line sends a message once more: the same text of the same sender since `lately`, or since `earlier` over
/// another connection of the line.
pub async fn is_again(tx: &mut Tx, new: &NewMessage, lately: Timestamp, earlier: Timestamp) -> Result<bool> {
    let n: i64 = on!(tx, |link| {
        sqlx::query_scalar(AGAIN.on(engine_of(link)))
            .bind(&new.sender)
            .bind(&new.digest)
            .bind(&new.line)
            .bind(millis(lately))
            .bind(millis(earlier))
            .bind(new.session)
            .fetch_one(link)
            .await
    })?;
    Ok(n > 0)
}

/// Claims new messages for a process until an instant, of each sender the oldest only.
pub async fn claim(tx: &mut Tx, process: &str, now: Timestamp, until: Timestamp, most: u32) -> Result<Vec<Claimed>> {
    type Columns = (i64, String, String, String, i64, i64, Option<String>, Option<String>);
    let mut rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(CLAIM.on(engine_of(link)))
            .bind(process)
            .bind(millis(until))
            .bind(millis(now))
            .bind(i64::from(most))
            .fetch_all(link)
            .await
    })?;
    rows.sort_by_key(|row| row.0);
    let claimed = |(id, name, sender, text, at, attempts, decided, more): Columns| {
        Ok(Claimed { id, way: way(&name)?, sender, text, received_at: instant(at)?, attempts, decided, more })
    };
    rows.into_iter().map(claimed).collect()
}

/// Writes what became of a claimed message. `false` when somebody else has it by now.
pub async fn settle(tx: &mut Tx, id: i64, process: &str, state: MessageState) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(SETTLE.on(engine_of(link)))
            .bind(state.name())
            .bind(id)
            .bind(process)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Keeps what comes of a claimed message before any of it is done. `false` when somebody else has it by now, or had
/// decided about it.
pub async fn decide(tx: &mut Tx, id: i64, process: &str, decided: &str) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(DECIDE.on(engine_of(link)))
            .bind(decided)
            .bind(id)
            .bind(process)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// The line by which a sender wrote last.
pub async fn line_of(tx: &mut Tx, sender: &str) -> Result<Option<String>> {
    Ok(on!(tx, |link| sqlx::query_scalar(LINE_OF.on(engine_of(link))).bind(sender).fetch_optional(link).await)?)
}

/// How many messages a sender has sent since an instant, up to one of them; a thousand at most.
pub async fn count_since(tx: &mut Tx, sender: &str, since: Timestamp, until: i64) -> Result<i64> {
    Ok(on!(tx, |link| {
        sqlx::query_scalar(RECENT.on(engine_of(link)))
            .bind(sender)
            .bind(millis(since))
            .bind(until)
            .fetch_one(link)
            .await
    })?)
}

type MessageColumns = (i64, String, String, String, i64, String, Option<String>, Option<String>);

fn message((id, name, sender, text, at, state, more, decided): MessageColumns) -> Result<Message> {
    let state = MessageState::read(&state)?;
    Ok(Message { id, way: way(&name)?, sender, text, received_at: instant(at)?, state, more, decided })
}

/// Messages that wait for a person, the oldest first.
pub async fn list_kept(tx: &mut Tx, after: i64, most: u32) -> Result<Vec<Message>> {
    let rows: Vec<MessageColumns> = on!(tx, |link| {
        sqlx::query_as(LIST_KEPT.on(engine_of(link))).bind(after).bind(i64::from(most)).fetch_all(link).await
    })?;
    rows.into_iter().map(message).collect()
}

/// What a sender wrote, the latest first.
pub async fn list_of(tx: &mut Tx, sender: &str, most: u32) -> Result<Vec<Message>> {
    let rows: Vec<MessageColumns> = on!(tx, |link| {
        sqlx::query_as(LIST_OF.on(engine_of(link))).bind(sender).bind(i64::from(most)).fetch_all(link).await
    })?;
    rows.into_iter().map(message).collect()
}

/// A message by its id.
pub async fn load(tx: &mut Tx, id: i64) -> Result<Option<Message>> {
    let found: Option<MessageColumns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    found.map(message).transpose()
}

/// Notes that an officer has dealt with what a sender wrote.
pub async fn see(tx: &mut Tx, sender: &str, by: UserId) -> Result<u64> {
    let done = on!(tx, |link| {
        sqlx::query(SEE.on(engine_of(link)))
            .bind(by.0)
            .bind(sender)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done)
}

/// Forgets what was heard before an instant, a thousand at a time. Returns how many.
pub async fn forget(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    let done = on!(tx, |link| {
        sqlx::query(FORGET.on(engine_of(link)))
            .bind(millis(before))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done)
}

/// Keeps a part. `false` when one of its number is there already.
pub async fn put_part(tx: &mut Tx, part: &Part) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(PUT_PART.on(engine_of(link)))
            .bind(&part.of.sender)
            .bind(&part.of.line)
            .bind(i64::from(part.of.reference))
            .bind(i64::from(part.of.total))
            .bind(i64::from(part.number))
            .bind(part.session)
            .bind(i64::from(part.coding))
            .bind(&part.payload)
            .bind(millis(part.received_at))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// The parts that are there, by their numbers.
pub async fn parts(tx: &mut Tx, of: &PartOf) -> Result<Vec<Part>> {
    type Columns = (i64, i64, i64, Vec<u8>, i64, bool);
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(PARTS.on(engine_of(link)))
            .bind(&of.sender)
            .bind(&of.line)
            .bind(i64::from(of.reference))
            .bind(i64::from(of.total))
            .fetch_all(link)
            .await
    })?;
    let byte = |number: i64| u8::try_from(number).map_err(|_| Error::Corrupt(format!("part {number}")));
    let part = |(number, session, coding, payload, at, joined): Columns| {
        let (number, coding) = (byte(number)?, byte(coding)?);
        Ok(Part { of: of.clone(), number, session, coding, payload, received_at: instant(at)?, joined })
    };
    rows.into_iter().map(part).collect()
}

/// Notes that the whole was heard.
pub async fn join(tx: &mut Tx, of: &PartOf) -> Result<()> {
    on_parts(tx, JOIN, of).await
}

/// Takes the parts away: their number is used for another message.
pub async fn drop_parts(tx: &mut Tx, of: &PartOf) -> Result<()> {
    on_parts(tx, DROP_PARTS, of).await
}

async fn on_parts(tx: &mut Tx, statement: crate::Sql, of: &PartOf) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(statement.on(engine_of(link)))
            .bind(&of.sender)
            .bind(&of.line)
            .bind(i64::from(of.reference))
            .bind(i64::from(of.total))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Long messages of which a part is still missing since before an instant.
pub async fn list_left(tx: &mut Tx, before: Timestamp, most: u32) -> Result<Vec<PartOf>> {
    let rows: Vec<(String, String, i64, i64)> = on!(tx, |link| {
        sqlx::query_as(LEFT_PARTS.on(engine_of(link))).bind(millis(before)).bind(i64::from(most)).fetch_all(link).await
    })?;
    let of = |(sender, line, reference, total): (String, String, i64, i64)| {
        let wrong = || Error::Corrupt(format!("part {reference} of {total}"));
        let (reference, total) = (u16::try_from(reference).ok(), u8::try_from(total).ok());
        Ok(PartOf { sender, line, reference: reference.ok_or_else(wrong)?, total: total.ok_or_else(wrong)? })
    };
    let mut left: Vec<PartOf> = rows.into_iter().map(of).collect::<Result<_>>()?;
    left.dedup();
    Ok(left)
}

/// Forgets the files of messages that are forgotten, up to an id, a thousand at a time.
pub async fn forget_files(tx: &mut Tx, before: i64) -> Result<()> {
    on!(tx, |link| sqlx::query(FORGET_FILES.on(engine_of(link))).bind(before).execute(link).await.map(drop))?;
    Ok(())
}

/// Forgets parts whose whole was heard before an instant.
pub async fn forget_parts(tx: &mut Tx, before: Timestamp) -> Result<()> {
    on!(tx, |link| sqlx::query(FORGET_PARTS.on(engine_of(link))).bind(millis(before)).execute(link).await.map(drop))?;
    Ok(())
}
