//! Who acts: the public, the reporter of this report, an officer in an office seat, or the system.

use crate::ids::{AgencyId, UserId};
use serde::{Deserialize, Serialize};

/// What an officer's seat is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Petugas kanal: takes reports on behalf of people.
    Operator,
    /// Pejabat Penghubung: answers for a unit.
    LiaisonOfficer,
    /// Admin Instansi: verifies and distributes inside one agency.
    AgencyAdmin,
    /// Pimpinan: reads the results of the agency.
    Leader,
    /// Inspektorat (APIP): supervisory complaints of the agency.
    Inspector,
    /// Admin Nasional: verifies and routes everything.
    NationalAdmin,
    /// Pengawas: KSP, Kemendagri, Ombudsman.
    Supervisor,
    /// Auditor or data-protection officer: sees logs, not contents.
    Auditor,
}

impl Role {
    /// All roles, in the order of the permission table.
    pub const ALL: [Role; 8] = [
        Role::Operator,
        Role::LiaisonOfficer,
        Role::AgencyAdmin,
        Role::Leader,
        Role::Inspector,
        Role::NationalAdmin,
        Role::Supervisor,
        Role::Auditor,
    ];

    /// The name in storage, in the API and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Role::Operator => "operator",
            Role::LiaisonOfficer => "liaison_officer",
            Role::AgencyAdmin => "agency_admin",
            Role::Leader => "leader",
            Role::Inspector => "inspector",
            Role::NationalAdmin => "national_admin",
            Role::Supervisor => "supervisor",
            Role::Auditor => "auditor",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// Who does something to a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Anybody, without a proof of who they are.
    Public,
    /// The person who sent this report and showed its PIN.
    Reporter,
    /// Somebody outside who was asked by a link.
    Outsider,
    /// An officer acting from an office seat.
    Officer { user: UserId, role: Role, agency: AgencyId },
    /// The scheduler.
    System,
}

impl Actor {
    /// The seat's role, where there is one.
    pub fn role(&self) -> Option<Role> {
        match self {
            Actor::Officer { role, .. } => Some(*role),
            _ => None,
        }
    }

    /// The officer, where it is one.
    pub fn user(&self) -> Option<UserId> {
        match self {
            Actor::Officer { user, .. } => Some(*user),
            _ => None,
        }
    }

    /// The seat's office, where there is one.
    pub fn agency(&self) -> Option<AgencyId> {
        match self {
            Actor::Officer { agency, .. } => Some(*agency),
            _ => None,
        }
    }
}
