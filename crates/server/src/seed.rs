//! `lapor seed`.

use crate::arguments::Seed;
use crate::config::Config;
use crate::failure::Failure;

/// Makes a population of reports.
pub async fn seed(_config: &Config, _options: Seed) -> Result<(), Failure> {
    Ok(())
}
