//! Webhooks after the specification of Standard Webhooks 1.0: a signed message to an address that somebody else named.
//!
//! Whoever names an address decides whom this server calls. So it calls public addresses only, follows no redirect,
//! waits not for long, and reads hardly anything of the answer.

mod address;
mod caller;
mod secret;

pub use address::{AddressFault, Reach};
pub use caller::{Caller, Message, Missed};
pub use secret::Secret;
