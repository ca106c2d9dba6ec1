//! Outreach activities of agencies, and their photos. The bytes lie in the file store under their digest.

use crate::db::{engine_of, on};
use crate::dialect::{over_rows, statements};
use crate::{Error, Result, Tx, day_number, from_json, instant, json, millis, small};
use domain::outreach::{OutreachPlan, OutreachResult, OutreachState};
use domain::{AgencyId, UserId};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

statements! {
    INSERT = "INSERT INTO outreach (id, agency, root, state, day, plan, result, seq, made_by, made_at, changed_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $9)";
    UPDATE = "UPDATE outreach SET state = $1, day = $2, plan = $3, result = $4, seq = seq + 1, changed_at = $5 \
        WHERE id = $6 AND seq = $7";
    LOAD = "SELECT id, agency, state, plan, result, seq, made_by, made_at, changed_at FROM outreach WHERE id = $1";
    LIST = "SELECT id, agency, state, plan, result, seq, made_by, made_at, changed_at FROM outreach WHERE id < $1 \
        ORDER BY id DESC LIMIT $2";
    LIST_ROOT = "SELECT id, agency, state, plan, result, seq, made_by, made_at, changed_at FROM outreach \
        WHERE root = $3 AND id < $1 ORDER BY id DESC LIMIT $2";
    LIST_SHOWN = "SELECT id, agency, state, plan, result, seq, made_by, made_at, changed_at FROM outreach \
        WHERE state = 'carried_out' AND (day, id) < ($1, $2) ORDER BY day DESC, id DESC LIMIT $3";
    PUT_PHOTO = "INSERT INTO outreach_photo (id, outreach_id, alt, name, media, size, hash, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING";
    DROP_PHOTO = "DELETE FROM outreach_photo WHERE id = $1 AND outreach_id = $2";
    PHOTOS = "SELECT id, alt, name, media, size, hash, at FROM outreach_photo WHERE outreach_id = $1 ORDER BY id LIMIT 100";
    HASHES = over_rows!("SELECT DISTINCT hash FROM outreach_photo WHERE hash IN (SELECT value ->> 'hash' FROM ", ")");
    NOTE_WRITE = "INSERT INTO outreach_write (client_key, fingerprint, outreach_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    FIND_WRITE = "SELECT fingerprint, outreach_id FROM outreach_write WHERE client_key = $1";
}

/// An activity as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outreach {
    pub id: i64,
    /// Whose it is.
    pub agency: AgencyId,
    pub state: OutreachState,
    pub plan: OutreachPlan,
    /// What came of it, once it was carried out.
    pub result: Option<OutreachResult>,
    /// Guards a change; grows with each.
    pub seq: u32,
    pub made_by: Option<UserId>,
    pub made_at: Timestamp,
    pub changed_at: Timestamp,
}

/// A photo of an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    pub id: i64,
    /// What it shows, for those who do not see it.
    pub alt: String,
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

type Columns = (i64, i64, String, String, Option<String>, i64, Option<i64>, i64, i64);

/// Records a new activity of an agency or one of its offices.
pub async fn insert(tx: &mut Tx, new: &Outreach, root: AgencyId) -> Result<()> {
    let (plan, result) = (json(&new.plan)?, new.result.as_ref().map(json).transpose()?);
    on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(new.id)
            .bind(new.agency.0)
            .bind(root.0)
            .bind(new.state.name())
            .bind(day_number(new.plan.day))
            .bind(&plan)
            .bind(&result)
            .bind(new.made_by.map(|by| by.0))
            .bind(millis(new.made_at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Records a changed activity, whose `seq` is the one that was seen. `false` when somebody was faster.
pub async fn update(tx: &mut Tx, now: &Outreach) -> Result<bool> {
    let (plan, result) = (json(&now.plan)?, now.result.as_ref().map(json).transpose()?);
    let done = on!(tx, |link| {
        sqlx::query(UPDATE.on(engine_of(link)))
            .bind(now.state.name())
            .bind(day_number(now.plan.day))
            .bind(&plan)
            .bind(&result)
            .bind(millis(now.changed_at))
            .bind(now.id)
            .bind(i64::from(now.seq))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// One activity.
pub async fn load(tx: &mut Tx, id: i64) -> Result<Option<Outreach>> {
    let row: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    row.map(outreach).transpose()
}

/// Activities, the newest first, before one; all of them or those of one parent agency.
pub async fn list(tx: &mut Tx, root: Option<AgencyId>, before: i64, limit: u32) -> Result<Vec<Outreach>> {
    let sql = if root.is_some() { LIST_ROOT } else { LIST };
    let rows: Vec<Columns> = on!(tx, |link| {
        let mut page = sqlx::query_as(sql.on(engine_of(link))).bind(before).bind(i64::from(limit));
        if let Some(root) = root {
            page = page.bind(root.0);
        }
        page.fetch_all(link).await
    })?;
    rows.into_iter().map(outreach).collect()
}

/// Activities that were carried out, the latest first, before one.
pub async fn list_shown(tx: &mut Tx, before: (Date, i64), limit: u32) -> Result<Vec<Outreach>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST_SHOWN.on(engine_of(link)))
            .bind(day_number(before.0))
            .bind(before.1)
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    rows.into_iter().map(outreach).collect()
}

/// Adds a photo that is already in the file store; the same id once.
pub async fn put_photo(tx: &mut Tx, id: i64, photo: &Photo) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PUT_PHOTO.on(engine_of(link)))
            .bind(photo.id)
            .bind(id)
            .bind(&photo.alt)
            .bind(&photo.name)
            .bind(&photo.media)
            .bind(photo.size)
            .bind(&photo.hash)
            .bind(millis(photo.at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Takes a photo away.
pub async fn drop_photo(tx: &mut Tx, id: i64, photo: i64) -> Result<()> {
    on!(tx, |link| sqlx::query(DROP_PHOTO.on(engine_of(link))).bind(photo).bind(id).execute(link).await.map(drop))?;
    Ok(())
}

/// The photos of an activity in the order in which they were added.
pub async fn photos(tx: &mut Tx, id: i64) -> Result<Vec<Photo>> {
    type Columns = (i64, String, String, String, i64, String, i64);
    let rows: Vec<Columns> = on!(tx, |link| sqlx::query_as(PHOTOS.on(engine_of(link))).bind(id).fetch_all(link).await)?;
    let photo = |(id, alt, name, media, size, hash, at): Columns| {
        Ok(Photo { id, alt, name, media, size, hash, at: instant(at)? })
    };
    rows.into_iter().map(photo).collect()
}

/// Those of the files' digests that belong to a photo.
pub async fn known_hashes<'a>(tx: &mut Tx, hashes: impl Iterator<Item = &'a str>) -> Result<Vec<String>> {
    let asked = json(&hashes.map(|hash| BTreeMap::from([("hash", hash)])).collect::<Vec<_>>())?;
    Ok(on!(tx, |link| sqlx::query_scalar(HASHES.on(engine_of(link))).bind(&asked).fetch_all(link).await)?)
}

/// Notes a write under its client key. `false` when there is one under the same key.
pub async fn note_write(tx: &mut Tx, key: &str, fingerprint: &str, id: i64) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(NOTE_WRITE.on(engine_of(link)))
            .bind(key)
            .bind(fingerprint)
            .bind(id)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// What was written under a client key: its fingerprint and the activity.
pub async fn find_write(tx: &mut Tx, key: &str) -> Result<Option<(String, i64)>> {
    Ok(on!(tx, |link| sqlx::query_as(FIND_WRITE.on(engine_of(link))).bind(key).fetch_optional(link).await)?)
}

fn outreach(columns: Columns) -> Result<Outreach> {
    let (id, agency, state, plan, result, seq, made_by, made_at, changed_at) = columns;
    Ok(Outreach {
        id,
        agency: AgencyId(agency),
        state: OutreachState::parse(&state).ok_or(Error::Corrupt(state))?,
        plan: from_json(&plan)?,
        result: result.as_deref().map(from_json).transpose()?,
        seq: small(seq)?,
        made_by: made_by.map(UserId),
        made_at: instant(made_at)?,
        changed_at: instant(changed_at)?,
    })
}
