//! How a report begins.

use super::stage::{Channel, Class};
use super::{Event, Moment, Refusal};
use crate::ids::{AgencyId, CategoryId};
use crate::region::RegionCode;
use crate::time::Zone;

/// What a person sends, without the words and without the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    pub class: Class,
    pub category: Option<CategoryId>,
    pub region: RegionCode,
    pub zone: Zone,
    pub channel: Channel,
    pub anonymous: bool,
    pub secret: bool,
    /// The agency the reporter chose.
    pub chosen: Option<AgencyId>,
}

/// Takes a report in, with the office that verifies it (see [`crate::agency::verifier`]).
pub fn submit(moment: &Moment<'_>, new: Submission) -> Result<Event, Refusal> {
    let agencies = &moment.rules.agencies;
    let today = new.zone.day(moment.now);
    if let Some(chosen) = new.chosen {
        agencies.get(chosen).filter(|agency| agency.is_active(today)).ok_or(Refusal::UnknownAgency)?;
    }
    let holder = crate::agency::verifier(agencies, new.chosen, &new.region, today);
    Ok(Event::Submitted {
        class: new.class,
        category: new.category,
        region: new.region,
        zone: new.zone,
        channel: new.channel,
        anonymous: new.anonymous,
        secret: new.secret,
        holder,
        chosen: new.chosen,
    })
}
