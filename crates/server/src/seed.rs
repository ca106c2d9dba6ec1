//! `lapor seed`.

use crate::arguments::Seed;
use crate::config::Config;
use crate::failure::Failure;
use crate::{progress, start};
use app::seed::seed_until;
use domain::time::Zone;
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
        let Seed { reports, seed, .. } = options;
        let done = match options.until {
            Some(day) if day > Zone::Wib.day(app.now()) => return Err(Failure::new("--until", "a day after today")),
            Some(day) => seed_until(&app, reports, seed, day, |n| bar.inc(n)).await?,
            None => app::seed::seed(&app, reports, seed, |n| bar.inc(n)).await?,
        };
        bar.finish();
        println!("{} reports made, {} were there already.", done.new, done.known);
    }
    app.db().close().await;
    Ok(())
}
