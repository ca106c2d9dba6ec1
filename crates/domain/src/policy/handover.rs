//! Who prepares, reads and signs a hand-over (domain notes §3.2 and §3.4).

use crate::agency::AgencyTree;
use crate::handover::is_pair;
use crate::ids::AgencyId;
use crate::person::{Actor, Role};

/// Whether an actor may prepare a hand-over between two offices, and take it back before both have signed:
/// the agency admin of either side, the inspector who gives, and the national admin.
pub fn may_draft(agencies: &AgencyTree, by: &Actor, giving: AgencyId, receiving: AgencyId) -> bool {
    let Actor::Officer { role, agency, .. } = by else { return false };
    let acts = match role {
        Role::NationalAdmin => true,
        Role::AgencyAdmin => agencies.within(giving, *agency) || agencies.within(receiving, *agency),
        Role::Inspector => giving == *agency,
        _ => false,
    };
    acts && is_pair(agencies, giving, receiving)
}

/// Whether an actor may sign for an office: its leader or agency admin, or one above it; for an inspectorate
/// also its inspector. That two different persons sign is the hand-over's own rule.
pub fn may_sign(agencies: &AgencyTree, by: &Actor, office: AgencyId) -> bool {
    let Actor::Officer { role, agency, .. } = by else { return false };
    match role {
        Role::NationalAdmin => true,
        Role::AgencyAdmin | Role::Leader => agencies.within(office, *agency),
        Role::Inspector => office == *agency,
        _ => false,
    }
}

/// Whether an actor may read a hand-over: who prepares or signs it, and the auditor.
pub fn may_read(agencies: &AgencyTree, by: &Actor, giving: AgencyId, receiving: AgencyId) -> bool {
    let Actor::Officer { role, agency, .. } = by else { return false };
    let audits = *role == Role::Auditor && agencies.within(giving, *agency);
    let signs = may_sign(agencies, by, giving) || may_sign(agencies, by, receiving);
    audits || signs || may_draft(agencies, by, giving, receiving)
}
