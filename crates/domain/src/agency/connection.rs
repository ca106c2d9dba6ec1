//! How an agency is connected to the national system, and with that who verifies (three models of SP4N-LAPOR!).

use super::{Agency, AgencyTree};
use crate::ids::AgencyId;
use crate::region::RegionCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The connection of a parent agency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// Sentral: the national admin verifies and forwards everything.
    Central,
    /// Semi-integrasi: the agency verifies what its reporters send to it; the rest comes by the national admin.
    #[default]
    Semi,
    /// Integrasi penuh: the agency verifies by itself, also what comes from its region and names nobody.
    Full,
}

impl Connection {
    /// All models.
    pub const ALL: [Connection; 3] = [Connection::Central, Connection::Semi, Connection::Full];

    /// The name in storage and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Connection::Central => "central",
            Connection::Semi => "semi",
            Connection::Full => "full",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Connection> {
        Connection::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// The office that verifies a new report: of the chosen office the parent agency, unless that is connected
/// centrally; where nobody was chosen, the government of the smallest region around the place that verifies by
/// itself; else the national admin.
pub fn verifier(agencies: &AgencyTree, chosen: Option<AgencyId>, region: &RegionCode, on: Date) -> AgencyId {
    let connected = |agency: &Agency| agency.is_active(on).then_some(agency.connection);
    match chosen.map(|chosen| agencies.root_of(chosen)) {
        Some(root) => match agencies.get(root).map(|agency| agency.connection) {
            Some(Connection::Central) | None => agencies.national(),
            Some(Connection::Semi | Connection::Full) => root,
        },
        None => {
            let line = std::iter::successors(Some(region.clone()), RegionCode::parent);
            let mut governments = line.filter_map(|code| agencies.government_of(&code));
            let own = governments.find(|agency| connected(agency) == Some(Connection::Full));
            own.map_or(agencies.national(), |agency| agencies.root_of(agency.id))
        }
    }
}
