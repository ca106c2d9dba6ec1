//! Whether the server's key is the one that a database's PINs were made with.

use crate::keys::Keys;
use crate::{App, Error, Result};
use domain::ReportId;
use store::{Db, Tx, migrate, reference, report};

/// The setting that holds the fingerprint.
const SETTING: &str = "server_key";

/// What a key is to a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Nothing hangs on a key yet: it may be made, or be another one.
    Free,
    /// The key of the reports.
    Fits,
    /// There is no key, and reports hang on it.
    Missing,
    /// The reports hang on another key.
    Foreign,
}

/// Holds a key against the fingerprint that a database keeps. Changes nothing, also where there is no
/// schema yet.
pub async fn fit(db: &Db, keys: Option<&Keys>) -> Result<Fit> {
    if migrate::current(db).await? == 0 {
        return Ok(Fit::Free);
    }
    let mut tx = db.read().await?;
    if report::list_ids(&mut tx, ReportId(0), 1).await?.is_empty() {
        return Ok(Fit::Free);
    }
    let Some(keys) = keys else { return Ok(Fit::Missing) };
    let known = known(&mut tx).await?;
    Ok(if known.is_none_or(|known| known == of(keys)) { Fit::Fits } else { Fit::Foreign })
}

async fn known(tx: &mut Tx) -> Result<Option<String>> {
    Ok(reference::setting(tx, SETTING).await?)
}

/// A signature under the key, from which nobody gets back to it.
fn of(keys: &Keys) -> String {
    keys.sign("fingerprint", SETTING)
}

impl App {
    /// Keeps the fingerprint of this process's key. To be called only where it was found to [`fit`].
    pub async fn note_key(&self) -> Result<()> {
        let print = of(self.keys());
        let before = known(&mut self.db().read().await?).await?;
        if before.as_ref() == Some(&print) {
            return Ok(());
        }
        if before.is_some() {
            tracing::warn!(
                "a new server key takes the place of the one before; all processes need the same server.key"
            );
        }
        self.db()
            .write(move |tx| {
                Box::pin(async move { Ok::<(), Error>(reference::put_setting(tx, SETTING, &print).await?) })
            })
            .await
    }
}
