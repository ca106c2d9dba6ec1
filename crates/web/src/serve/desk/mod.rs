//! The officers' requests.

pub(super) mod account;
pub(super) mod acts;
pub(super) mod campaigns;
pub(super) mod case;
pub(super) mod factor;
pub(super) mod handover;
pub(super) mod inbox;
pub(super) mod invitation;
pub(super) mod kin;
pub(super) mod login;
pub(super) mod notices;
pub(super) mod office;
pub(super) mod ombudsman;
pub(super) mod oversight;
pub(super) mod plans;
pub(super) mod questions;
pub(super) mod seat;
pub(super) mod seats;
pub(super) mod second;
pub(super) mod token;
