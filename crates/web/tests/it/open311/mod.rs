//! Open311 GeoReport v2.

mod client;
mod posting;
mod reading;
mod secrecy;
mod serving;
mod telling;
mod updates;
mod wild;
