//! What a release knows of one report.

use super::{Handles, Person, people};
use crate::agency::{AgencyKind, AgencyTree};
use crate::ids::CategoryId;
use crate::measure::{Fact, Sight};
use crate::region::RegionCode;
use crate::report::{Channel, Class, StageKind};
use crate::similar::Point;
use jiff::civil::Date;

/// A report of which a release tells. Who sent it and where exactly it happened never leave the house.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The local day on which it came in.
    pub day: Date,
    pub region: RegionCode,
    pub category: Option<CategoryId>,
    pub class: Class,
    pub channel: Channel,
    pub stage: StageKind,
    /// Of the parent agency that holds it.
    pub office: AgencyKind,
    pub point: Option<Point>,
    /// Nobody, where the house does not know who sent it: such a report stands for no person.
    pub person: Option<Person>,
}

/// What the house knows of one report.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    pub fact: Fact,
    pub handles: Handles,
    pub point: Option<Point>,
}

impl Entry {
    /// What a release knows of some reports. Those that are sealed are as if they were not there, also where it is asked
    /// who is the same person.
    pub fn all(agencies: &AgencyTree, sources: Vec<Source>) -> Vec<Entry> {
        let open = sources.into_iter().filter(|source| Sight::Public.sees(source.fact.veil));
        let (handles, open): (Vec<Handles>, Vec<(Fact, Option<Point>)>) =
            open.map(|source| (source.handles, (source.fact, source.point))).unzip();
        let entry = |(person, (fact, point)): (Option<Person>, (Fact, Option<Point>))| Entry {
            day: fact.day,
            office: agencies.get(fact.root).map_or(AgencyKind::Unit, |root| root.kind),
            region: fact.region,
            category: fact.category,
            class: fact.class,
            channel: fact.channel,
            stage: fact.stage,
            point,
            person,
        };
        people(&handles).into_iter().zip(open).map(entry).collect()
    }
}
