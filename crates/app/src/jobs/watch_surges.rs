//! `WatchSurges`: every morning, the last seven days are held against what is usual.

use super::nightly;
use crate::{App, Result};
use store::job::Claimed;

/// The job's name in the outbox.
pub const KIND: &str = "watch_surges";

pub(super) async fn run(app: &App, claimed: Vec<Claimed>) -> Result<()> {
    app.watch_surges().await?;
    nightly::settle(app, claimed, KIND).await
}
