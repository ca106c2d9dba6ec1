//! The officers' requests.

pub(super) mod account;
pub(super) mod acts;
pub(super) mod case;
pub(super) mod factor;
pub(super) mod inbox;
pub(super) mod login;
pub(super) mod notices;
pub(super) mod second;
