//! The stories that are played in the browser.

mod access;
mod desk;
mod form;
mod office;
mod page;
mod secret;
mod step;
mod walk;

use std::future::Future;
use std::pin::Pin;

use super::visit::{Script, Visit};
use crate::Failure;

type Playing<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + 'a>>;

/// A story and how to play it.
pub struct Story {
    /// Name for `--only` and for the report.
    pub name: &'static str,
    /// With what it is played: with JavaScript, without, or both.
    pub scripts: &'static [Script],
    /// Whether it is played among the reports of the demo instead of on an empty ground.
    pub demo: bool,
    /// Plays it in a fresh window on a fresh server.
    pub play: for<'a> fn(&'a Visit) -> Playing<'a>,
}

const BOTH: &[Script] = &[Script::On, Script::Off];

/// The one that is also played for the screenshots and on the second engine.
pub const WALK: Story = Story { name: "walk", scripts: BOTH, demo: false, play: |visit| Box::pin(walk::walk(visit)) };

/// Every story, in the order of playing.
pub const ALL: &[Story] = &[
    WALK,
    Story { name: "pages", scripts: BOTH, demo: false, play: |visit| Box::pin(page::pages(visit)) },
    Story { name: "language", scripts: BOTH, demo: false, play: |visit| Box::pin(page::language(visit)) },
    Story { name: "secret", scripts: BOTH, demo: false, play: |visit| Box::pin(secret::secret(visit)) },
    Story { name: "wrong pin", scripts: &[Script::Off], demo: false, play: |visit| Box::pin(secret::wrong_pin(visit)) },
    Story { name: "mistakes", scripts: BOTH, demo: false, play: |visit| Box::pin(form::mistakes(visit)) },
    Story {
        name: "mistakes with a photo",
        scripts: BOTH,
        demo: false,
        play: |visit| Box::pin(form::mistakes_with_photo(visit)),
    },
    Story { name: "keyboard", scripts: BOTH, demo: false, play: |visit| Box::pin(form::keyboard(visit)) },
    Story { name: "draft", scripts: &[Script::On], demo: false, play: |visit| Box::pin(form::draft(visit)) },
    Story { name: "stale", scripts: BOTH, demo: false, play: |visit| Box::pin(desk::stale(visit)) },
    Story { name: "taken away", scripts: &[Script::On], demo: false, play: |visit| Box::pin(desk::taken_away(visit)) },
    Story {
        name: "unfinished answer",
        scripts: BOTH,
        demo: false,
        play: |visit| Box::pin(desk::unfinished_answer(visit)),
    },
    Story { name: "verification", scripts: BOTH, demo: false, play: |visit| Box::pin(office::verification(visit)) },
    Story { name: "split", scripts: BOTH, demo: false, play: |visit| Box::pin(office::split(visit)) },
    Story { name: "approval", scripts: BOTH, demo: false, play: |visit| Box::pin(office::approval(visit)) },
    Story { name: "hand-over", scripts: &[Script::Off], demo: true, play: |visit| Box::pin(office::hand_over(visit)) },
    Story { name: "access", scripts: &[Script::On], demo: true, play: |visit| Box::pin(access::access(visit)) },
];
