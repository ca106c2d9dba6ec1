//! `ReleaseOpenData`: every night, the first month that is over and has no release of open data yet gets one.

use super::nightly;
use crate::{App, Result};
use store::job::Claimed;

/// The job's name in the outbox.
pub const KIND: &str = "release_open_data";

pub(super) async fn run(app: &App, claimed: Vec<Claimed>) -> Result<()> {
    if let Some(month) = app.release_open_data().await? {
        tracing::info!(%month, "open data was released");
    }
    nightly::settle(app, claimed, KIND).await
}
