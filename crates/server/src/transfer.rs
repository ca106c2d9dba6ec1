//! `lapor import` and `lapor export`.

use crate::arguments::{Export, Import};
use crate::config::Config;
use crate::failure::Failure;
use std::process::ExitCode;

/// Reads a file.
pub async fn import(_config: &Config, _options: Import) -> Result<ExitCode, Failure> {
    Ok(ExitCode::SUCCESS)
}

/// Writes a file.
pub async fn export(_config: &Config, _options: Export) -> Result<(), Failure> {
    Ok(())
}
