//! Talks to the outside in its own words: file formats and protocols, which know no report.

pub mod mail;
pub mod oidc;
pub mod sp4n;
pub mod table;
