//! The JSON API.

mod client;
mod counting;
mod describing;
mod files;
mod life;
mod lists;
mod secrecy;
mod slips;
