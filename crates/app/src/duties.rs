//! What a unit has to do about reports that other offices lead.

use crate::{App, Result};
use domain::agency::AgencyTree;
use domain::deadline::Deadline;
use domain::policy::{Action, may};
use domain::report::{Part, Rulebook};
use domain::{Actor, Report, Role, due};
use jiff::Timestamp;
use store::Tx;
use store::duty::{self, Cursor, Duty, Listed, Whose};

/// A part that waits for a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct DutyRow {
    pub listed: Listed,
    pub part: Part,
    pub clock: Option<Deadline>,
}

/// A page of parts in the order of their deadlines.
#[derive(Debug, Clone, PartialEq)]
pub struct DutyPage {
    pub rows: Vec<DutyRow>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

impl App {
    /// The open parts of a seat's office; of its whole agency for an admin at the top of it.
    pub async fn duties(&self, by: &Actor, after: Option<Cursor>, limit: u32) -> Result<DutyPage> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let Some(whose) = whose(agencies, by) else { return Ok(DutyPage { rows: Vec::new(), next: None }) };
        let limit = limit.clamp(1, crate::list::MOST_ROWS);
        let mut tx = self.db.read().await?;
        let mut found = duty::list(&mut tx, whose, after.unwrap_or(duty::START), limit + 1).await?;
        let more = found.len() > limit as usize;
        found.truncate(limit as usize);
        let cursor = |last: &Listed| (last.due_at, last.row.report.id.0, i64::from(last.number));
        let next = found.last().filter(|_| more).map(cursor);
        let now = self.now();
        let rows = found.into_iter().filter(|listed| may(agencies, by, Action::Read, &listed.row.report));
        let rows = rows.filter_map(|listed| {
            let part = listed.row.report.part(listed.number).filter(|part| part.is_open())?.clone();
            let clock = due::part(&reference.rules, &listed.row.report, &part, now);
            Some(DutyRow { listed, part, clock })
        });
        Ok(DutyPage { rows: rows.collect(), next })
    }
}

fn whose(agencies: &AgencyTree, by: &Actor) -> Option<Whose> {
    let Actor::Officer { role, agency, .. } = *by else { return None };
    match role {
        Role::AgencyAdmin if agencies.root_of(agency) == agency => Some(Whose::Root(agency)),
        Role::AgencyAdmin | Role::LiaisonOfficer | Role::Inspector => Some(Whose::Office(agency)),
        _ => None,
    }
}

/// Writes down what units have to do about a report as it is now, where that may have changed.
pub(crate) async fn put(tx: &mut Tx, rules: &Rulebook, was: &Report, now: &Report, at: Timestamp) -> Result<()> {
    if was.open_parts().next().is_none() && now.open_parts().next().is_none() {
        return Ok(());
    }
    let duty = |part: &Part| Duty {
        number: part.number,
        office: part.office,
        root: rules.agencies.root_of(part.office),
        due_at: due::part(rules, now, part, at).map(|clock| clock.due),
        words_seq: part.asked_in,
    };
    let duties: Vec<Duty> = now.open_parts().map(duty).collect();
    Ok(duty::replace(tx, now.id, &duties).await?)
}
