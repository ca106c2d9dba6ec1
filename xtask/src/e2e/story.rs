//! The stories that are played in the browser.

mod access;
mod counter;
mod desk;
mod form;
mod login;
mod office;
mod page;
mod secret;
mod step;
mod supervisor;
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
    /// Where it is played.
    pub on: Ground,
    /// Plays it in a fresh window on a fresh server.
    pub play: for<'a> fn(&'a Visit) -> Playing<'a>,
}

/// What a story finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Officers, and no reports.
    Officers,
    /// The reports of the demo.
    Demo,
    /// Officers, and the OpenID Connect provider of `scripts/oidc-provider`.
    Provider,
}

const fn told(name: &'static str, scripts: &'static [Script], play: for<'a> fn(&'a Visit) -> Playing<'a>) -> Story {
    Story { name, scripts, on: Ground::Officers, play }
}

const BOTH: &[Script] = &[Script::On, Script::Off];
const WITH: &[Script] = &[Script::On];
const WITHOUT: &[Script] = &[Script::Off];

/// The one that is also played for the screenshots and on the second engine.
pub const WALK: Story = told("walk", BOTH, |visit| Box::pin(walk::walk(visit)));

/// Every story in the order of playing, the longest first.
pub const ALL: &[Story] = &[
    Story { name: "access", scripts: WITH, on: Ground::Demo, play: |visit| Box::pin(access::access(visit)) },
    WALK,
    told("pages", BOTH, |visit| Box::pin(page::pages(visit))),
    told("language", BOTH, |visit| Box::pin(page::language(visit))),
    told("secret", BOTH, |visit| Box::pin(secret::secret(visit))),
    told("wrong pin", WITHOUT, |visit| Box::pin(secret::wrong_pin(visit))),
    told("mistakes", BOTH, |visit| Box::pin(form::mistakes(visit))),
    told("mistakes with a photo", BOTH, |visit| Box::pin(form::mistakes_with_photo(visit))),
    told("keyboard", BOTH, |visit| Box::pin(form::keyboard(visit))),
    told("draft", WITH, |visit| Box::pin(form::draft(visit))),
    told("stale", BOTH, |visit| Box::pin(desk::stale(visit))),
    told("taken away", WITH, |visit| Box::pin(desk::taken_away(visit))),
    told("unfinished answer", BOTH, |visit| Box::pin(desk::unfinished_answer(visit))),
    told("passkey", WITH, |visit| Box::pin(login::passkey(visit))),
    told("passkey after the password", WITH, |visit| Box::pin(login::second_passkey(visit))),
    told("passkey without script", WITHOUT, |visit| Box::pin(login::passkey_without_script(visit))),
    Story {
        name: "identity provider",
        scripts: WITHOUT,
        on: Ground::Provider,
        play: |visit| Box::pin(login::identity(visit)),
    },
    told("verification", BOTH, |visit| Box::pin(office::verification(visit))),
    told("counter", BOTH, |visit| Box::pin(counter::walk_in(visit))),
    told("counter without a line", WITH, |visit| Box::pin(counter::without_line(visit))),
    told("split", BOTH, |visit| Box::pin(office::split(visit))),
    told("approval", BOTH, |visit| Box::pin(office::approval(visit))),
    Story { name: "hand-over", scripts: WITHOUT, on: Ground::Demo, play: |visit| Box::pin(office::hand_over(visit)) },
    Story { name: "semester", scripts: BOTH, on: Ground::Demo, play: |visit| Box::pin(supervisor::semester(visit)) },
];
