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
    /// The agency the reporter chose; its admin then verifies instead of the national one.
    pub chosen: Option<AgencyId>,
}

/// Takes a report in: with the chosen parent agency, else with the national admin.
pub fn submit(moment: &Moment<'_>, new: Submission) -> Result<Event, Refusal> {
    let agencies = &moment.rules.agencies;
    let holder = match new.chosen {
        Some(chosen) => {
            let today = new.zone.day(moment.now);
            agencies.get(chosen).filter(|agency| agency.is_active(today)).ok_or(Refusal::UnknownAgency)?;
            agencies.root_of(chosen)
        }
        None => agencies.national(),
    };
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
