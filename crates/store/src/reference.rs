//! Reference data: regions, categories, agencies, holidays, policies, settings.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Result, Tx, from_json, json};
use domain::agency::Agency;
use domain::category::Category;
use domain::deadline::{Holiday, LimitRow};
use jiff::Timestamp;

statements! {
    PUT_REGION = "INSERT INTO region (code, name, zone) VALUES ($1, $2, $3) \
        ON CONFLICT (code) DO UPDATE SET name = excluded.name, zone = excluded.zone";
    PUT_ALIAS = "INSERT INTO region_alias (alias, code, moved) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    PUT_CATEGORY = "INSERT INTO category (id, data) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET data = excluded.data";
    PUT_AGENCY = "INSERT INTO agency (id, data) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET data = excluded.data \
        WHERE agency.edited_at IS NULL";
    EDIT_AGENCY = "INSERT INTO agency (id, data, edited_at) VALUES ($1, $2, $3) \
        ON CONFLICT (id) DO UPDATE SET data = excluded.data, edited_at = excluded.edited_at";
    PUT_HOLIDAY = "INSERT INTO holiday (date, name, effective_from, data) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (date, name, effective_from) DO UPDATE SET data = excluded.data";
    PUT_POLICY = "INSERT INTO policy (name, valid_from, data) VALUES ($1, $2, $3) \
        ON CONFLICT (name, valid_from) DO UPDATE SET data = excluded.data";
    PUT_SETTING = "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    REGIONS = "SELECT code, name, zone FROM region ORDER BY code";
    ALIASES = "SELECT alias, code, moved FROM region_alias ORDER BY alias, code";
    CATEGORIES = "SELECT data FROM category ORDER BY id";
    AGENCIES = "SELECT data FROM agency ORDER BY id";
    HOLIDAYS = "SELECT data FROM holiday ORDER BY date";
    POLICIES = "SELECT data FROM policy ORDER BY name, valid_from";
    SETTING = "SELECT value FROM setting WHERE name = $1";
}

/// A region's code, name and, for provinces, time zone label.
pub type RegionRow = (String, String, Option<String>);
/// An alias, the code it stands for, and whether `alias` is the code of a province that the region left.
pub type AliasRow = (String, String, bool);

/// Adds or replaces a region.
pub async fn put_region(tx: &mut Tx, (code, name, zone): &RegionRow) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PUT_REGION.on(engine_of(link))).bind(code).bind(name).bind(zone).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Adds another way to name a region.
pub async fn put_alias(tx: &mut Tx, (alias, code, moved): &AliasRow) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PUT_ALIAS.on(engine_of(link))).bind(alias).bind(code).bind(*moved).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Adds or replaces a category.
pub async fn put_category(tx: &mut Tx, category: &Category) -> Result<()> {
    let data = json(category)?;
    put_by_id(tx, PUT_CATEGORY, category.id.0, &data).await
}

/// Adds or changes an office at run time; the embedded table does not replace it any more.
pub async fn edit_agency(tx: &mut Tx, agency: &Agency, at: Timestamp) -> Result<()> {
    let data = json(agency)?;
    on!(tx, |link| {
        sqlx::query(EDIT_AGENCY.on(engine_of(link)))
            .bind(agency.id.0)
            .bind(&data)
            .bind(crate::millis(at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Adds or replaces an office, unless it was edited at run time.
pub async fn put_agency(tx: &mut Tx, agency: &Agency) -> Result<()> {
    let data = json(agency)?;
    put_by_id(tx, PUT_AGENCY, agency.id.0, &data).await
}

async fn put_by_id(tx: &mut Tx, sql: crate::Sql, id: i64, data: &str) -> Result<()> {
    on!(tx, |link| sqlx::query(sql.on(engine_of(link))).bind(id).bind(data).execute(link).await.map(drop))?;
    Ok(())
}

/// Adds a day off, or notes what became of it.
pub async fn put_holiday(tx: &mut Tx, holiday: &Holiday) -> Result<()> {
    let data = json(holiday)?;
    on!(tx, |link| {
        sqlx::query(PUT_HOLIDAY.on(engine_of(link)))
            .bind(holiday.date.to_string())
            .bind(&holiday.name_id)
            .bind(holiday.effective_from.to_string())
            .bind(&data)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Adds a limit, or notes until when it was valid.
pub async fn put_policy(tx: &mut Tx, row: &LimitRow) -> Result<()> {
    let data = json(row)?;
    on!(tx, |link| {
        sqlx::query(PUT_POLICY.on(engine_of(link)))
            .bind(row.limit.name())
            .bind(row.valid_from.to_string())
            .bind(&data)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// All regions in the order of their codes.
pub async fn regions(tx: &mut Tx) -> Result<Vec<RegionRow>> {
    Ok(on!(tx, |link| sqlx::query_as(REGIONS.on(engine_of(link))).fetch_all(link).await)?)
}

/// All other names of regions.
pub async fn aliases(tx: &mut Tx) -> Result<Vec<AliasRow>> {
    Ok(on!(tx, |link| sqlx::query_as(ALIASES.on(engine_of(link))).fetch_all(link).await)?)
}

/// All categories.
pub async fn categories(tx: &mut Tx) -> Result<Vec<Category>> {
    read(tx, CATEGORIES).await
}

/// All offices.
pub async fn agencies(tx: &mut Tx) -> Result<Vec<Agency>> {
    read(tx, AGENCIES).await
}

/// All days off in all versions.
pub async fn holidays(tx: &mut Tx) -> Result<Vec<Holiday>> {
    read(tx, HOLIDAYS).await
}

/// All limits of all times.
pub async fn policies(tx: &mut Tx) -> Result<Vec<LimitRow>> {
    read(tx, POLICIES).await
}

async fn read<T: serde::de::DeserializeOwned>(tx: &mut Tx, sql: crate::Sql) -> Result<Vec<T>> {
    let rows: Vec<String> = on!(tx, |link| sqlx::query_scalar(sql.on(engine_of(link))).fetch_all(link).await)?;
    rows.iter().map(|row| from_json(row)).collect()
}

/// Keeps a setting.
pub async fn put_setting(tx: &mut Tx, name: &str, value: &str) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PUT_SETTING.on(engine_of(link))).bind(name).bind(value).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// A setting.
pub async fn setting(tx: &mut Tx, name: &str) -> Result<Option<String>> {
    Ok(on!(tx, |link| sqlx::query_scalar(SETTING.on(engine_of(link))).bind(name).fetch_optional(link).await)?)
}
