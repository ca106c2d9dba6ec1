//! Early warning: every morning, topics that come up in a place more often than usual; who sees to them, and how.

mod act;
mod see;
mod watch;

pub use act::SurgeAct;
pub use see::SurgeView;

use domain::agency::AgencyTree;
use domain::policy::{OfficeAction, may_at};
use domain::{Actor, AgencyId, RegionCode};
use store::surge::Surge;

/// The government of a place: of the regency or city, else of the province, else of the country.
fn government_of(agencies: &AgencyTree, region: &RegionCode) -> AgencyId {
    let found = agencies.government_of(region).or_else(|| agencies.government_of(&region.province()));
    found.map_or(agencies.national(), |government| government.id)
}

/// Whoever sees the figures of its place or of its owner, and the owner's officers.
fn sees(agencies: &AgencyTree, by: &Actor, surge: &Surge) -> bool {
    let of = |office| may_at(agencies, by, OfficeAction::SeeFigures, office);
    of(government_of(agencies, &surge.region))
        || of(surge.owner)
        || may_at(agencies, by, OfficeAction::AnswerWarning, surge.owner)
}
