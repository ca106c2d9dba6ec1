//! The JSON API.

mod client;
mod counting;
mod describing;
mod files;
pub use files::PNG;
mod life;
mod lists;
mod secrecy;
mod slips;
