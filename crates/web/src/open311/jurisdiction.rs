//! Jurisdictions: one for each parent agency, and one for the whole country.
//!
//! Its id is the agency's number. An agency with a face of its own also goes by that face's host name and word.

use super::fault::Fault;
use super::input::Input;
use crate::words::Message;
use app::reference::Reference;
use axum::http::{HeaderMap, header};
use domain::agency::Agency;
use domain::{AgencyId, RegionCode};

/// Whose requests are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jurisdiction {
    pub agency: AgencyId,
    /// Whether it is the whole country.
    pub is_nation: bool,
    /// Where its requests are, when nothing closer is said.
    pub region: RegionCode,
}

impl Jurisdiction {
    /// The parent agency to which a list is narrowed.
    pub fn root(&self) -> Option<AgencyId> {
        (!self.is_nation).then_some(self.agency)
    }

    fn of(reference: &Reference, agency: &Agency) -> Jurisdiction {
        let agencies = &reference.rules.agencies;
        Jurisdiction {
            agency: agency.id,
            is_nation: agency.id == agencies.national(),
            region: agency.region.clone().unwrap_or_else(RegionCode::nation),
        }
    }
}

/// The jurisdiction that a request names or that its host name means; `None` where neither says one.
pub fn named(reference: &Reference, headers: &HeaderMap, input: &Input) -> Result<Option<Jurisdiction>, Fault> {
    match input.get("jurisdiction_id") {
        Some(id) => find(reference, id).map(Some).ok_or_else(|| Fault::missing("open311-jurisdiction-unknown")),
        None => Ok(meant(reference, headers)),
    }
}

/// The same where several could be meant.
pub fn needed(reference: &Reference, headers: &HeaderMap, input: &Input) -> Result<Jurisdiction, Fault> {
    named(reference, headers, input)?.ok_or_else(|| Fault::bad(Message::new("open311-jurisdiction-missing")))
}

fn find(reference: &Reference, id: &str) -> Option<Jurisdiction> {
    let by_face = || reference.faces.by_host(id).or_else(|| reference.faces.by_slug(id)).map(|face| face.agency);
    let agency = id.parse().ok().map(AgencyId).or_else(by_face)?;
    parent(reference, agency).map(|agency| Jurisdiction::of(reference, agency))
}

fn meant(reference: &Reference, headers: &HeaderMap) -> Option<Jurisdiction> {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let by_host = reference.faces.by_host(host).and_then(|face| parent(reference, face.agency));
    by_host.or_else(|| only(reference)).map(|agency| Jurisdiction::of(reference, agency))
}

/// An agency that stands for itself: a unit is part of its parent's jurisdiction.
fn parent(reference: &Reference, id: AgencyId) -> Option<&Agency> {
    let agencies = &reference.rules.agencies;
    agencies.get(id).filter(|agency| agencies.root_of(agency.id) == agency.id)
}

/// The parent agency of a system that serves only one.
fn only(reference: &Reference) -> Option<&Agency> {
    let agencies = &reference.rules.agencies;
    let mut parents = agencies.children(agencies.national());
    parents.next().filter(|_| parents.next().is_none())
}
