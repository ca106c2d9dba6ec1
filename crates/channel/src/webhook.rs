//! Webhooks after the specification of Standard Webhooks 1.0: a signed message to an address that somebody else named.
//!
//! It goes to public addresses only (`outside`), follows no redirect, waits not for long, and reads hardly anything of the
//! answer.

mod caller;
mod secret;

pub use crate::outside::{AddressFault, Reach};
pub use caller::{Caller, Message, Missed};
pub use secret::Secret;
