//! `lapor demo`: a demonstration that a newcomer starts with one word.

use crate::config::Config;
use crate::failure::Failure;
use crate::serve;

/// Serves the demonstration.
pub async fn demo(config: &Config) -> Result<(), Failure> {
    serve::serve(config).await
}
