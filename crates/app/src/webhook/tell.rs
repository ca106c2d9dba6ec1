//! What is told is written in the transaction of its event, with a line for each endpoint that hears of it.

use crate::{App, Error, Result};
use domain::report::Event;
use domain::webhook::{Topic, listeners, told};
use domain::{AgencyId, Report};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::delivery::{self, Addressed, NewEvent, State};
use store::report::Row;
use store::{Tx, webhook};

/// What a message says of its report. Nothing of it is anybody's words or name.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Facts {
    pub code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
}

/// Where a report stands.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Standing {
    pub seq: u32,
    pub stage: String,
    pub progress: String,
    pub agency: Office,
}

/// The office whose turn it is.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Office {
    pub id: i64,
    pub name: String,
}

impl App {
    /// Writes what other systems are told of events. Where nobody listens, one question is all that it costs.
    pub(crate) async fn tell_systems(
        &self,
        tx: &mut Tx,
        was: &Report,
        row: &Row,
        events: &[Event],
        at: Timestamp,
    ) -> Result<()> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let topics = told(agencies, was, &row.report, events);
        if topics.is_empty() || self.is_old(at) {
            return Ok(());
        }
        let hearing = webhook::listening(tx, &listeners(agencies, was, &row.report)).await?;
        for (_, topic) in topics {
            let wanted: Vec<(i64, bool)> =
                hearing.iter().filter(|(_, wanted, _)| hears(wanted, topic)).map(|(id, _, on)| (*id, *on)).collect();
            if !wanted.is_empty() {
                let facts = self.facts(row, topic)?;
                self.put(tx, NewEvent { id: self.id(), report: Some(row.report.id), topic, at, facts }, &wanted)
                    .await?;
            }
        }
        Ok(())
    }

    /// Records an event, and a message to each endpoint; one that is switched off can be sent it later.
    pub(super) async fn put(&self, tx: &mut Tx, event: NewEvent, to: &[(i64, bool)]) -> Result<()> {
        delivery::record(tx, &event).await?;
        let line = |(webhook, on): &(i64, bool)| Addressed {
            webhook: *webhook,
            event: event.id,
            state: if *on { State::Queued } else { State::Skipped },
            not_before: self.now(),
        };
        Ok(delivery::address(tx, &to.iter().map(line).collect::<Vec<_>>()).await?)
    }

    fn facts(&self, row: &Row, topic: Topic) -> Result<String> {
        let stage = row.report.stage.kind();
        let standing = Standing {
            seq: row.report.seq,
            stage: stage.name().to_owned(),
            progress: stage.simple().to_owned(),
            agency: self.office(row.report.holder),
        };
        // Why it is closed to the public stands in its stage and its office: of that nothing is said.
        let standing = (topic != Topic::Withdrawn).then_some(standing);
        let facts = Facts { code: row.code.to_string(), standing };
        serde_json::to_string(&facts).map_err(|error| Error::Broken(error.to_string()))
    }

    fn office(&self, id: AgencyId) -> Office {
        let reference = self.reference();
        let name = reference.rules.agencies.get(id).map_or_else(|| id.to_string(), |agency| agency.name.clone());
        Office { id: id.0, name }
    }
}

/// Whether an endpoint that chose topics is told of one.
fn hears(chosen: &[Topic], topic: Topic) -> bool {
    chosen.is_empty() || topic.is_for_all() || chosen.contains(&topic)
}
