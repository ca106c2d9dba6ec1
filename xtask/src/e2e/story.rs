//! The stories that are played in the browser.

use std::future::Future;
use std::pin::Pin;

use super::devtools::Screen;
use super::visit::Visit;
use crate::Failure;

type Playing<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + 'a>>;

/// A story and how to play it.
pub struct Story {
    /// Name for `--only` and for the report.
    pub name: &'static str,
    /// Plays it in a fresh window on a fresh server.
    pub play: for<'a> fn(&'a Visit) -> Playing<'a>,
}

/// Every story, in the order of playing.
pub const ALL: &[Story] = &[Story { name: "home", play: |visit| Box::pin(home(visit)) }];

/// The home page shows its form at once, on a phone and on a desk.
async fn home(visit: &Visit) -> Result<(), Failure> {
    visit.open("/").await?;
    visit.find("main form").await?;
    visit.fits_the_screen().await?;
    visit.picture("home").await?;
    visit.look_on(Screen::Desktop).await?;
    visit.fits_the_screen().await
}
