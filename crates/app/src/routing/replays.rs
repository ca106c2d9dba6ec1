//! A draft, tried on past cases before it is put in force.

use super::sets::own;
use super::{sets_for, world};
use crate::jobs::replay_rules;
use crate::reference::Reference;
use crate::{App, Error, Result, analyser};
use domain::policy::{Action, may};
use domain::report::Event;
use domain::routing::{Facts, Past, Replay, RuleSet, Scope, Text, suggest};
use domain::time::Zone;
use domain::{Actor, ReportId};
use jiff::civil::Date;
use store::access::log_change;
use store::replay::{self, Case, Moved, ReplayRow};

/// Most cases of one replay.
pub const MOST_REPLAYED: u32 = 20_000;

/// A replay as its page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    pub row: ReplayRow,
    /// Cases that would have gone elsewhere and that the viewer may read.
    pub moved: Vec<Moved>,
    /// Where the next page of them goes on.
    pub next: Option<i64>,
}

impl App {
    /// Begins to try a set on the cases that came in from one day to another, 20,000 at most.
    pub async fn begin_replay(&self, by: &Actor, set: i64, first_day: Date, last_day: Date) -> Result<i64> {
        let (app, by) = (self.clone(), *by);
        let after = self.ids.past(Zone::Wib.at(first_day, 0), 0) - 1;
        let until = self.ids.past(Zone::Wib.end_of(last_day), u64::MAX);
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let row = own(tx, &by, set).await?;
                    let new = ReplayRow {
                        id: app.id(),
                        set: row.id,
                        by,
                        first_day,
                        last_day,
                        after: ReportId(after),
                        until: ReportId(until),
                        started_at: app.now(),
                        ended_at: None,
                        sum: Replay::default(),
                    };
                    replay::insert(tx, &new).await?;
                    replay_rules::enqueue(tx, app.id(), new.id, app.now()).await?;
                    let change = format!("{{\"replay\":{},\"from\":\"{first_day}\",\"to\":\"{last_day}\"}}", new.id);
                    log_change(tx, app.id(), app.now(), by.user(), "rule_set", &set.to_string(), &change).await?;
                    Ok::<i64, Error>(new.id)
                })
            })
            .await
    }

    /// A replay of the seat's own office, with a page of the cases that would have gone elsewhere.
    pub async fn replay(&self, by: &Actor, id: i64, after: i64, limit: u32) -> Result<Tried> {
        let mut tx = self.db.read().await?;
        let row = replay::load(&mut tx, id).await?.ok_or(Error::NotFound)?;
        own(&mut tx, by, row.set).await?;
        let reference = self.reference();
        let mut moved = replay::cases(&mut tx, id, ReportId(after), limit.clamp(1, 200)).await?;
        let next = (moved.len() == limit as usize).then(|| moved.last().map(|one| one.report.id.0)).flatten();
        moved.retain(|one| may(&reference.rules.agencies, by, Action::Read, &one.report));
        Ok(Tried { row, moved, next })
    }
}

/// What two sets of rules suggest for a case as it came in, and what was decided; none where nobody decided
/// within the owner's reach, or where the one who asked may not read it.
pub(crate) fn compare(reference: &Reference, by: &Actor, draft: &RuleSet, case: &Case) -> Option<Past> {
    let agencies = &reference.rules.agencies;
    let report = &case.report;
    if !may(agencies, by, Action::Read, report) || !agencies.within(report.holder, draft.owner) {
        return None;
    }
    let national = draft.owner == agencies.national();
    let first = case.disposed.iter().find(|to| national || (**to != draft.owner && agencies.within(**to, draft.owner)));
    let Some(Event::Submitted { class, category, region, zone, chosen, .. }) = &case.submitted else { return None };
    let text = Text::new(analyser::in_order(&case.text));
    let facts = Facts {
        region,
        category: *category,
        class: *class,
        supervisory: false,
        chosen: *chosen,
        text: &text,
        on: zone.day(report.clocks.received),
    };
    let scope = Scope { seat: draft.owner, not: None };
    let office = |draft| suggest(world(reference), &sets_for(reference, scope.seat, draft), &facts, scope).office;
    Some(Past { present: office(None), draft: office(Some(draft)), first: *first?, last: report.holder })
}
