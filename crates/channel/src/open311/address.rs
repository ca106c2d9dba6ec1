//! Where the client goes, and where it does not.

use crate::outside::{AddressFault, Reach};
use reqwest::Url;

/// Why nobody goes to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("not an address")]
    Shape,
    #[error("not protected, or of the own network")]
    Inside,
}

/// How far the client reaches.
pub(super) fn reach(local: bool) -> Reach {
    Reach { plain: local, private: local }
}

/// Checks an address that somebody typed. `local` lets it be one of the own network, and without protection. What its
/// name leads to is looked at again each time it is asked.
pub fn check(address: &str, local: bool) -> Result<(), Unfit> {
    read(address, local).map(drop)
}

/// The address as the client uses it, without a slash at its end.
pub(super) fn read(address: &str, local: bool) -> Result<Url, Unfit> {
    let checked = reach(local).check(address.trim_end_matches('/'));
    let url = checked.map_err(|fault| match fault {
        AddressFault::Shape => Unfit::Shape,
        AddressFault::Plain | AddressFault::Private => Unfit::Inside,
    })?;
    if url.query().is_some() {
        return Err(Unfit::Shape);
    }
    Ok(url)
}
