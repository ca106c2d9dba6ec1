//! What a login has to prove beyond a password.

use crate::agency::AgencyTree;
use crate::ids::AgencyId;
use crate::person::Role;

/// An office asks a second factor of one role, for itself and everything below it; the national office
/// asks it of the whole installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    pub agency: AgencyId,
    pub role: Role,
}

/// Whether somebody in this seat needs a second factor.
pub fn needs_second_factor(agencies: &AgencyTree, demands: &[Demand], role: Role, seat: AgencyId) -> bool {
    demands.iter().any(|demand| demand.role == role && agencies.within(seat, demand.agency))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agency::{Agency, AgencyKind};

    fn office(id: i64, parent: Option<i64>, kind: AgencyKind) -> Agency {
        Agency {
            id: AgencyId(id),
            parent: parent.map(AgencyId),
            kind,
            name: String::new(),
            short: String::new(),
            region: None,
            aliases: vec![],
            active_from: None,
            active_to: None,
            connection: Default::default(),
            edition: 0,
        }
    }

    #[test]
    fn a_demand_reaches_down_and_neither_sideways_nor_to_another_role() {
        let tree = AgencyTree::new([
            office(1, None, AgencyKind::National),
            office(63, Some(1), AgencyKind::Province),
            office(631, Some(63), AgencyKind::Unit),
            office(64, Some(1), AgencyKind::Province),
        ]);
        let province = [Demand { agency: AgencyId(63), role: Role::AgencyAdmin }];
        let needs = |demands: &[Demand], role, seat| needs_second_factor(&tree, demands, role, AgencyId(seat));
        assert!(needs(&province, Role::AgencyAdmin, 63) && needs(&province, Role::AgencyAdmin, 631));
        assert!(!needs(&province, Role::AgencyAdmin, 64) && !needs(&province, Role::AgencyAdmin, 1));
        assert!(!needs(&province, Role::LiaisonOfficer, 631));
        let nation = [Demand { agency: AgencyId(1), role: Role::LiaisonOfficer }];
        assert!([1, 63, 631, 64].iter().all(|seat| needs(&nation, Role::LiaisonOfficer, *seat)));
    }
}
