//! HTTP in, pages and documents out: parses, calls one function of `app`, renders.

pub mod address;
pub mod assets;
pub mod citizen;
pub mod components;
pub mod csp;
pub mod desk;
pub mod state;
pub mod words;
