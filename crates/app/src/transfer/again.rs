//! Rows that are here already, and whose report has gone on in the older system since.

use super::entry::Entry;
use super::import::Finding;
use super::label::{status_label, status_of};
use super::line::Told;
use super::remainder::STATUS;
use crate::{App, Result};
use domain::Code;
use std::collections::HashSet;
use store::bulk::{known_codes, known_refs};
use store::report::Row;
use store::{Tx, event, report, words};

impl App {
    /// A finding for each known report of which the file now tells another status than when it was imported.
    /// The report stays as it is: which of the two is right, only a person can say.
    pub(super) async fn changed_there(&self, entries: &[Entry]) -> Result<Vec<Finding>> {
        let mut tx = self.db().read().await?;
        let known = Known::of(&mut tx, entries).await?;
        let mut findings = Vec::new();
        for entry in entries {
            let Some(row) = known.find(&mut tx, entry).await? else { continue };
            if went_on(&mut tx, &row, &entry.status).await? {
                findings.push(Finding::new(entry.number, STATUS, "import-known-changed", &entry.status));
            }
        }
        Ok(findings)
    }
}

struct Known {
    refs: HashSet<String>,
    codes: HashSet<Code>,
}

impl Known {
    async fn of(tx: &mut Tx, entries: &[Entry]) -> Result<Known> {
        let refs = entries.iter().filter_map(|entry| entry.history.row.external_ref.as_deref());
        let refs = known_refs(tx, refs).await?;
        let given = entries.iter().filter(|entry| entry.history.code_is_given).map(|entry| entry.history.row.code);
        Ok(Known { refs, codes: known_codes(tx, given).await? })
    }

    async fn find(&self, tx: &mut Tx, entry: &Entry) -> Result<Option<Row>> {
        let given = &entry.history.row;
        let code = match given.external_ref.as_deref().filter(|number| self.refs.contains(*number)) {
            Some(number) => report::find_by_ref(tx, number).await?,
            None => self.codes.get(&given.code).copied(),
        };
        Ok(match code {
            Some(code) => report::find(tx, code).await?,
            None => None,
        })
    }
}

async fn went_on(tx: &mut Tx, row: &Row, status: &str) -> Result<bool> {
    let present = row.report.stage.kind();
    if status_label(present) == status {
        return Ok(false);
    }
    let (log, words) = (event::list(tx, row.report.id).await?, words::list(tx, row.report.id).await?);
    let kept = Told { row, log: &log, words: &words, name: "" }.kept();
    let before = kept.as_ref().and_then(|kept| kept.remainder.get(STATUS));
    Ok(before.map_or(status_of(status) != Some(present), |before| before != status))
}
