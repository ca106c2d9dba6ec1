//! Which office a report should go to: the rules in force, their suggestion, and what was decided beside it.

mod replays;
mod sets;
mod starter;
mod table;

pub(crate) use replays::compare;
pub use replays::{MOST_REPLAYED, Tried};
pub use sets::{Drafted, Faults, RuleSets, RuleSheet};
pub(crate) use starter::install_starter;
pub use table::{RowFault, keywords};

use crate::reference::Reference;
use crate::{Act, App, Result, View, analyser};
use domain::report::Command;
use domain::routing::{Facts, RuleSet, Scope, Suggestion, Text, World, suggest};
use domain::{Actor, AgencyId, Report, Role, UserId};
use jiff::Timestamp;
use std::collections::BTreeMap;
use store::report::Row;
use store::routing::{Decided, Decision, SetRow};
use store::{Tx, routing, words};

/// The sets in force, by the office that owns them.
#[derive(Debug, Default)]
pub struct RoutingBook(BTreeMap<AgencyId, (SetRow, RuleSet)>);

impl RoutingBook {
    pub(crate) async fn load(tx: &mut Tx) -> Result<RoutingBook> {
        let sets = routing::active(tx).await?;
        Ok(RoutingBook(sets.into_iter().map(|(row, set)| (row.owner, (row, set))).collect()))
    }

    /// The set in force of one office.
    pub(crate) fn of(&self, owner: AgencyId) -> Option<&(SetRow, RuleSet)> {
        self.0.get(&owner)
    }
}

/// The sets that count for a seat, the nearest office's first; a draft stands in the place of its office's own.
pub(crate) fn sets_for<'a>(reference: &'a Reference, seat: AgencyId, draft: Option<&'a RuleSet>) -> Vec<&'a RuleSet> {
    let of = |owner: AgencyId| match draft {
        Some(draft) if draft.owner == owner => Some(draft),
        _ => reference.routing.of(owner).map(|(_, set)| set),
    };
    reference.rules.agencies.line(seat).filter_map(of).collect()
}

/// Trees that the rules speak of.
pub(crate) fn world(reference: &Reference) -> World<'_> {
    World { agencies: &reference.rules.agencies, categories: &reference.categories }
}

/// A suggestion that was open to an officer who now decides.
pub(crate) struct Suggested {
    by: UserId,
    seat: AgencyId,
    at: Timestamp,
    suggestion: Suggestion,
}

impl App {
    /// What the rules suggest to an officer for a report that they may dispose; none for other seats.
    pub fn suggestion(&self, view: &View) -> Option<Suggestion> {
        let Actor::Officer { role, agency, .. } = view.by else { return None };
        let text = format!("{}\n{}", view.title, view.body);
        Some(self.suggested(view.report(), role, agency, &text))
    }

    fn suggested(&self, report: &Report, role: Role, seat: AgencyId, text: &str) -> Suggestion {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let seat = if role == Role::Inspector { agencies.root_of(seat) } else { seat };
        let text = Text::new(analyser::in_order(text));
        let facts = Facts {
            region: &report.region,
            category: report.category,
            class: report.class,
            supervisory: report.supervisory,
            chosen: report.chosen,
            text: &text,
            on: report.zone.day(self.now()),
        };
        let kept = !report.is_undecided();
        let scope = Scope { seat, not: kept.then_some(report.holder) };
        suggest(world(&reference), &sets_for(&reference, seat, None), &facts, scope)
    }

    /// Before a disposition by an officer: what the rules suggest for the report as it is. Nothing for what an
    /// older system did.
    pub(crate) async fn suggested_before(
        &self,
        tx: &mut Tx,
        row: &Row,
        act: Option<&Act>,
    ) -> Result<Option<Suggested>> {
        let Some(Act { by: Actor::Officer { user, role, agency }, command: Command::Dispose { .. }, at: None, .. }) =
            act
        else {
            return Ok(None);
        };
        let said = words::load(tx, row.report.id, row.words_seq).await?.unwrap_or_default();
        let text = format!("{}\n{}", said.title.unwrap_or_default(), said.body);
        let suggestion = self.suggested(&row.report, *role, *agency, &text);
        Ok(Some(Suggested { by: *user, seat: *agency, at: self.now(), suggestion }))
    }

    /// Keeps what was suggested and what was decided.
    pub(crate) async fn keep_decision(&self, tx: &mut Tx, suggested: Suggested, row: &Row) -> Result<()> {
        let report = &row.report;
        let decision = Decision {
            report: report.id,
            seq: report.seq,
            at: suggested.at,
            seat: suggested.seat,
            officer: suggested.by,
            suggestion: suggested.suggestion,
            decided: Decided {
                class: report.class,
                supervisory: report.supervisory,
                category: report.category,
                office: report.holder,
            },
        };
        Ok(routing::keep_decision(tx, &decision).await?)
    }

    /// What was suggested and decided for a report, the latest first; for those who work on it.
    pub async fn decisions(&self, view: &View) -> Result<Vec<Decision>> {
        use domain::policy::{Action, may};
        if !may(&self.reference().rules.agencies, &view.by, Action::ReadNotes, view.report()) {
            return Ok(Vec::new());
        }
        Ok(routing::decisions(&mut self.db.read().await?, view.report().id).await?)
    }
}
