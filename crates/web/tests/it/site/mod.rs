//! The pages by named people, in process: what a browser without JavaScript does.

mod abuse;
mod account;
mod browser;
pub use browser::{Browser, PASSWORD};
mod counter;
mod desk;
mod faces;
mod files;
mod handover;
mod inquiry;
mod kin;
mod letters;
pub use letters::{post, with_mail};
mod login;
mod messages;
mod oversight;
mod passkey;
mod peers;
mod printing;
mod problems;
mod queue;
mod reporter;
mod rules;
mod seats;
mod signs;
mod webhooks;
pub use webhooks::telling;
