//! Reports that come with their past: imported, made up, or of the demo. Each is built event by event,
//! so that its log replays to its row, and many are written at once.

use crate::ids::Ids;
use crate::jobs::index_report;
use crate::{App, Error, Result, record};
use domain::agency::AgencyTree;
use domain::category::CategoryTree;
use domain::report::{Rulebook, evolve};
use domain::{Actor, Code, Event, Report, ReportId};
use jiff::Timestamp;
use std::sync::Arc;
use store::bulk::{Batch, NewNotice, Whole, known_codes, known_keys, known_refs};
use store::event::Logged;
use store::report::{ClientKey, Row, Timing};
use store::reporter::Reporter;
use store::words::Words;

/// How often a batch is given other numbers when one of them is taken.
const TRIES: usize = 8;

/// One report, from its submission to where it stands now.
#[derive(Debug, Clone)]
pub(crate) struct History {
    pub row: Row,
    pub key: ClientKey,
    pub log: Vec<Logged>,
    pub words: Vec<(u32, Words)>,
    pub reporter: Option<Reporter>,
    pub timing: Timing,
    /// The tracking number is known outside and must stay.
    pub code_is_given: bool,
    /// Offices are told of what happened from then on; nobody is told where it is empty.
    pub told_since: Option<Timestamp>,
}

/// What came of a list of histories.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Written {
    pub new: u64,
    /// Known before by their client key or external reference, and left alone.
    pub known: u64,
}

impl History {
    /// A report that has just been submitted; `None` when the event is no submission.
    pub fn begin(
        id: ReportId,
        code: Code,
        key: ClientKey,
        (at, by): (Timestamp, Actor),
        submitted: Event,
        words: Words,
    ) -> Option<History> {
        let report = Report::begin(id, at, &submitted)?;
        Some(History {
            row: Row { root: report.holder, report, code, words_seq: 1, external_ref: None },
            key,
            log: vec![Logged { seq: 1, at, by, event: submitted }],
            words: vec![(1, words)],
            reporter: None,
            timing: Timing::default(),
            code_is_given: false,
            told_since: None,
        })
    }

    /// The state after all events so far.
    pub fn report(&self) -> &Report {
        &self.row.report
    }

    /// The instant of the last event.
    pub fn last(&self) -> Timestamp {
        self.log.last().map_or(Timestamp::UNIX_EPOCH, |logged| logged.at)
    }

    /// Adds what happened next, and the words that came with it.
    pub fn then(&mut self, at: Timestamp, by: Actor, event: Event, said: Option<Words>) {
        self.row.report = evolve(self.row.report.clone(), at, &event);
        let seq = self.row.report.seq;
        if event == Event::Rewritten {
            self.row.words_seq = seq;
        }
        self.words.extend(said.map(|words| (seq, words)));
        self.log.push(Logged { seq, at, by, event });
    }

    /// Sets what follows from the state: the parent agency, and the clocks as they run at `now`.
    pub fn settle(&mut self, rules: &Rulebook, now: Timestamp) {
        self.row.root = rules.agencies.root_of(self.row.report.holder);
        self.timing = match self.row.report.is_open() {
            true => crate::timing::timing(rules, &self.row.report, now),
            false => Timing::default(),
        };
    }

    fn terms(&self, categories: &CategoryTree) -> Vec<String> {
        if !self.row.report.is_public() {
            return Vec::new();
        }
        let present = self.words.iter().find(|(seq, _)| *seq == self.row.words_seq);
        let text = present.map(|(_, words)| format!("{} {}", words.title.as_deref().unwrap_or_default(), words.body));
        let changes = index_report::changes(self.log.iter());
        index_report::terms(&self.row, &text.unwrap_or_default(), categories, &changes)
    }

    fn notices(&self, agencies: &AgencyTree, ids: &Ids) -> Vec<NewNotice> {
        let (Some(since), Some((first, later))) = (self.told_since, self.log.split_first()) else { return Vec::new() };
        let mut report = Report::begin(self.row.report.id, first.at, &first.event);
        let mut notices = Vec::new();
        for Logged { seq, at, event, .. } in later {
            report = report.map(|was| evolve(was, *at, event));
            let offices = report.iter().flat_map(|report| record::offices_to_tell(agencies, report, event));
            notices.extend(offices.filter(|_| *at >= since).map(|agency| NewNotice {
                id: ids.past(*at, rand::random()),
                agency,
                seq: *seq,
            }));
        }
        notices
    }

    fn renumber(&mut self, ids: &Ids) {
        if !self.code_is_given {
            self.row.code = Code::from_random(rand::random());
        }
        self.row.report.id = ReportId(ids.past(self.row.report.clocks.received, rand::random()));
    }
}

/// Words without a title.
pub(crate) fn said(body: impl Into<String>) -> Option<Words> {
    Some(Words { body: body.into(), ..Words::default() })
}

impl App {
    /// Writes histories together, except those that are known already. `spread` differs between lists
    /// that are written at once.
    pub(crate) async fn write_histories(&self, mut histories: Vec<History>, spread: i64) -> Result<Written> {
        let given = histories.len() as u64;
        for _ in 0..TRIES {
            self.drop_known(&mut histories).await?;
            let known = given - histories.len() as u64;
            if histories.is_empty() {
                return Ok(Written { new: 0, known });
            }
            let batch = Arc::new(self.spell(&histories, spread)?);
            match self.write_batch(batch).await {
                Ok(()) => return Ok(Written { new: histories.len() as u64, known }),
                Err(Taken::Number) => histories.iter_mut().for_each(|history| history.renumber(&self.ids)),
                Err(Taken::Otherwise(error)) => return Err(error),
            }
        }
        Err(Error::Broken("no free tracking numbers were found".into()))
    }

    /// Leaves out what is there already, by client key, external reference or given tracking number.
    pub(crate) async fn drop_known(&self, histories: &mut Vec<History>) -> Result<()> {
        let mut tx = self.db.read().await?;
        let keys = known_keys(&mut tx, histories.iter().map(|history| history.key.key.as_str())).await?;
        let refs = histories.iter().filter_map(|history| history.row.external_ref.as_deref());
        let refs = known_refs(&mut tx, refs).await?;
        let given = histories.iter().filter(|history| history.code_is_given).map(|history| history.row.code);
        let codes = known_codes(&mut tx, given).await?;
        histories.retain(|history| {
            let by_ref = history.row.external_ref.as_ref().is_some_and(|known| refs.contains(known));
            !by_ref && !keys.contains(&history.key.key) && !codes.contains(&history.row.code)
        });
        Ok(())
    }

    fn spell(&self, histories: &[History], spread: i64) -> Result<Batch> {
        let reference = self.reference();
        let mut batch = Batch::new(spread);
        for history in histories {
            batch.push(&Whole {
                row: &history.row,
                key: &history.key,
                timing: history.timing,
                log: &history.log,
                words: &history.words,
                reporter: history.reporter.as_ref(),
                terms: &history.terms(&reference.categories),
                notices: &history.notices(&reference.rules.agencies, &self.ids),
            })?;
        }
        Ok(batch)
    }

    async fn write_batch(&self, batch: Arc<Batch>) -> std::result::Result<(), Taken> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    match batch.write(tx).await? {
                        true => Ok(()),
                        false => Err(Taken::Number),
                    }
                })
            })
            .await
    }
}

/// Why a batch was not written.
enum Taken {
    /// One of its tracking numbers is taken.
    Number,
    Otherwise(Error),
}

impl From<store::Error> for Taken {
    fn from(error: store::Error) -> Taken {
        Taken::Otherwise(error.into())
    }
}
