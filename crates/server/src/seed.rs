//! `lapor seed`.

use crate::arguments::Seed;
use crate::config::Config;
use crate::failure::Failure;
use crate::{progress, start};
use std::fs::File;

/// Loads villages, makes a population of reports, or both.
pub async fn seed(config: &Config, options: Seed) -> Result<(), Failure> {
    let app = start::app(config).await?;
    if let Some(path) = &options.villages {
        let table = File::open(path).map_err(|error| Failure::new(path.display(), error))?;
        let count = app.load_villages(table).await.map_err(|error| Failure::new(path.display(), error))?;
        println!("{count} villages loaded.");
    }
    if options.reports > 0 {
        let bar = progress::bar(Some(options.reports));
        let done = app::seed::seed(&app, options.reports, options.seed, |n| bar.inc(n)).await?;
        bar.finish();
        println!("{} reports made, {} were there already.", done.new, done.known);
    }
    app.db().close().await;
    Ok(())
}
