//! Who may give and end the seats of an office (domain notes §3.2, "Manage accounts, hand-over").

use crate::agency::{AgencyKind, AgencyTree};
use crate::ids::AgencyId;
use crate::person::{Actor, Role};

/// Whether an actor may invite to, end and deputise seats of a role in an office, and close the accounts in them.
///
/// An agency admin does so in the own office and below it, and for no role above the own; the national admin everywhere.
pub fn may_seat(agencies: &AgencyTree, by: &Actor, office: AgencyId, role: Role) -> bool {
    let Actor::Officer { role: own, agency, .. } = by else { return false };
    match own {
        Role::NationalAdmin => true,
        Role::AgencyAdmin => {
            let above = matches!(role, Role::NationalAdmin | Role::Supervisor | Role::Auditor);
            agencies.within(office, *agency) && !above
        }
        _ => false,
    }
}

/// The roles to which an actor may invite in an office, in the order of the permission table.
pub fn gives(agencies: &AgencyTree, by: &Actor, office: AgencyId) -> Vec<Role> {
    Role::ALL
        .into_iter()
        .filter(|role| fits(agencies, office, *role) && may_seat(agencies, by, office, *role))
        .collect()
}

/// Whether an office has seats of a role: the national admin sits in the national office only, inspectors in
/// an inspectorate, and those who answer, verify or lead in an agency of their own.
pub fn fits(agencies: &AgencyTree, office: AgencyId, role: Role) -> bool {
    let national = office == agencies.national();
    match role {
        Role::NationalAdmin => national,
        Role::LiaisonOfficer | Role::AgencyAdmin | Role::Leader => !national,
        Role::Inspector => agencies.get(office).is_some_and(|office| office.kind == AgencyKind::Inspectorate),
        Role::Operator | Role::Supervisor | Role::Auditor => true,
    }
}

/// Whether an actor may see who sits in an office: those who manage its seats, and its leaders.
pub fn may_see_seats(agencies: &AgencyTree, by: &Actor, office: AgencyId) -> bool {
    let Actor::Officer { role, agency, .. } = by else { return false };
    match role {
        Role::NationalAdmin => true,
        Role::AgencyAdmin | Role::Leader => agencies.within(office, *agency),
        _ => false,
    }
}

/// Whether an actor may read what was changed about the seats of an office: who may see them, and the auditor.
pub fn may_see_changes(agencies: &AgencyTree, by: &Actor, office: AgencyId) -> bool {
    let audits = matches!(by, Actor::Officer { role: Role::Auditor, agency, .. } if agencies.within(office, *agency));
    audits || may_see_seats(agencies, by, office)
}

/// Whether somebody who sits in `seats` may stand in for a seat of a role in an office.
///
/// A deputy comes from the same parent agency. For an inspector, who reads what is kept from the other offices,
/// it is somebody of the same inspectorate. Who has a seat of that role there already needs none.
pub fn may_stand_in(agencies: &AgencyTree, seats: &[(AgencyId, Role)], office: AgencyId, role: Role) -> bool {
    let near = |agency: AgencyId| match role {
        Role::Inspector => agency == office,
        _ => agencies.root_of(agency) == agencies.root_of(office),
    };
    seats.iter().any(|(agency, _)| near(*agency)) && !seats.contains(&(office, role))
}
