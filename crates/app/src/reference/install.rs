//! Puts the embedded reference data into a database, when it is new or has changed.

use super::embedded;
use crate::jobs::retime_reports;
use crate::keys::digest;
use crate::{Error, Result};
use domain::ReportId;
use jiff::Timestamp;
use store::{Db, Tx, reference, short_code};

const SETTING: &str = "reference";

/// Installs the embedded tables where the database does not have this edition yet. What an office
/// added by itself stays; rows of the same key are replaced. Where another edition was in force, the job
/// `job` follows, which times the open reports anew. Returns whether anything was written.
pub async fn install(db: &Db, job: i64, now: Timestamp) -> Result<bool> {
    let edition = digest(&embedded::texts().concat());
    let known = reference::setting(&mut db.read().await?, SETTING).await?;
    if known.as_deref() == Some(&edition) {
        return Ok(false);
    }
    db.write(move |tx| {
        Box::pin(async move {
            write(tx).await?;
            if known.is_none() {
                // From then on they are the national admin's.
                for word in embedded::words()? {
                    short_code::put(tx, &word).await?;
                }
            }
            reference::put_setting(tx, SETTING, &edition).await?;
            match known {
                Some(_) => retime_reports::enqueue(tx, job, ReportId(0), now).await,
                None => Ok(()),
            }
        })
    })
    .await?;
    Ok(true)
}

async fn write(tx: &mut Tx) -> Result<()> {
    for region in embedded::regions()? {
        reference::put_region(tx, &region).await?;
    }
    for alias in embedded::aliases()? {
        reference::put_alias(tx, &alias).await?;
    }
    for category in embedded::categories()? {
        reference::put_category(tx, &category).await?;
    }
    for agency in embedded::agencies()? {
        reference::put_agency(tx, &agency).await?;
    }
    for holiday in embedded::holidays()? {
        reference::put_holiday(tx, &holiday).await?;
    }
    for policy in embedded::policies()? {
        reference::put_policy(tx, &policy).await?;
    }
    Ok(())
}

impl From<embedded::Unreadable> for Error {
    fn from(error: embedded::Unreadable) -> Error {
        Error::Broken(error.to_string())
    }
}
