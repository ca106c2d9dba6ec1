//! The 83,762 villages, which an office loads where it wants them.

use crate::{App, Error, Result};
use domain::region::{RegionCode, RegionLevel};
use std::io::Read;
use store::reference;

/// Rows written in one transaction.
const BATCH: usize = 2_000;

impl App {
    /// Loads a table of villages with the columns `code` and `name`. Returns how many were loaded.
    pub async fn load_villages(&self, table: impl Read) -> Result<usize> {
        let mut rows = Vec::new();
        for record in csv::Reader::from_reader(table).records() {
            let record = record.map_err(|error| Error::Broken(error.to_string()))?;
            let code = record.get(0).and_then(RegionCode::parse).filter(|code| code.level() == RegionLevel::Village);
            let (Some(code), Some(name)) = (code, record.get(1)) else {
                return Err(Error::Broken(format!("not a village: {record:?}")));
            };
            rows.push((code.to_string(), name.to_owned(), None));
        }
        let count = rows.len();
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let batch: Vec<_> = rows.by_ref().take(BATCH).collect();
            self.db
                .write(move |tx| {
                    Box::pin(async move {
                        for row in &batch {
                            reference::put_region(tx, row).await?;
                        }
                        Ok::<(), Error>(())
                    })
                })
                .await?;
        }
        self.reload_reference().await?;
        Ok(count)
    }
}
