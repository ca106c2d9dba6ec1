//! Lists of which a seat may see some lines and not others.

use crate::{App, Result};
use std::pin::Pin;
use store::Tx;

/// Lines that are read at once, and how often is read to fill a page.
pub(crate) const READ: u32 = 100;
const MOST_READS: usize = 5;

/// Lines that are being read.
pub(crate) type Reading<'t, R> = Pin<Box<dyn Future<Output = store::Result<Vec<R>>> + Send + 't>>;

impl App {
    /// A page of lines, the newest first, before an id; and where the next page begins. `read` gives at most [`READ`] lines
    /// before an id. A page may be short, or empty, and still have a next one: among very many lines that a seat may not see,
    /// the search ends for now.
    pub(crate) async fn sifted<R>(
        &self,
        (before, limit): (Option<i64>, u32),
        id: impl Fn(&R) -> i64,
        sees: impl Fn(&R) -> bool,
        read: impl for<'t> Fn(&'t mut Tx, i64) -> Reading<'t, R>,
    ) -> Result<(Vec<R>, Option<i64>)> {
        let limit = limit.min(READ) as usize;
        let mut cursor = before.unwrap_or(i64::MAX);
        let mut rows = Vec::new();
        let mut tx = self.db.read().await?;
        for _ in 0..MOST_READS {
            let lines = read(&mut tx, cursor).await?;
            let ended = lines.len() < READ as usize;
            for line in lines {
                if rows.len() == limit {
                    return Ok((rows, Some(cursor)));
                }
                cursor = id(&line);
                if sees(&line) {
                    rows.push(line);
                }
            }
            if ended {
                return Ok((rows, None));
            }
        }
        Ok((rows, Some(cursor)))
    }
}
