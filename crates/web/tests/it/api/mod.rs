//! The JSON API.

mod abuse;
mod client;
pub use client::{Client, exchange};
mod counting;
mod describing;
mod files;
pub use files::PNG;
mod life;
mod limits;
mod lists;
mod measuring;
mod partner;
mod secrecy;
mod slips;
