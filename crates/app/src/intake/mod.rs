//! The one door for reports: web, API, SMS and counter all come in here.

mod letter;
mod partner;
mod row;
mod rows;
mod stranger;
mod taking;

pub use letter::{Letter, MOST_PLACE};
pub use partner::PartnerLetter;
pub use row::{MOST_ROWS, Wrong};
pub use rows::{CellSlip, RowOutcome, TableOutcome, blank_csv, blank_xlsx};
pub use stranger::{Entered, Stranger};
pub use taking::{RECEIPT_MINUTES, TakenReport};

use crate::jobs::send_receipt;
use crate::{App, Conflict, Error, Result, Upload, attach, moment, timing};
use domain::doubt::Doubt;
use domain::report::{Submission, submit};
use domain::similar::Point;
use domain::{Actor, Code, Event, Report, ReportId};
use std::sync::atomic::Ordering;
use store::event::Logged;
use store::report::{ClientKey, Row, Timing};
use store::reporter::Reporter;
use store::taking::Taking;
use store::words::Words;
use store::{Audience, Tx, counter, doubt, event, near, report, reporter, words};

/// How often another tracking number is tried when one is taken.
const TRIES: u32 = 8;

/// What the reporter gets, the same for every repetition of the same submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub code: Code,
    /// Six digits that open the reporter's own view.
    pub pin: String,
    /// Whether the same submission had been taken before.
    pub repeated: bool,
}

/// Everything one intake writes, made before the transaction begins.
#[derive(Clone)]
struct Prepared {
    row: Row,
    timing: Timing,
    event: Event,
    key: ClientKey,
    words: Words,
    point: Option<Point>,
    reporter: Option<Reporter>,
    /// Who took it in for the person, where somebody did.
    taking: Option<Taking>,
    /// The partner system that brought it, where one did.
    partner: Option<partner::Bringing>,
    uploads: Vec<(i64, Upload)>,
    /// Why it is worth a second look.
    doubts: Vec<Doubt>,
    codes: Vec<Code>,
}

impl App {
    /// Takes a report in. When this returns, the report is on disk.
    ///
    /// The same key with the same content gives the same receipt again; with other content it is a
    /// [`Conflict::KeyReused`].
    pub async fn intake(&self, letter: Letter) -> Result<Receipt> {
        let doubts = self.doubts_of(&letter, letter.contact().as_deref());
        self.intake_doubted(letter, doubts).await
    }

    async fn intake_doubted(&self, letter: Letter, doubts: Vec<Doubt>) -> Result<Receipt> {
        let prepared = self.prepare(letter)?;
        self.enter(Prepared { doubts, ..prepared }).await
    }

    /// The receipt of a letter that was taken in before with the same content and under the same key.
    pub async fn taken_before(&self, letter: &Letter) -> Result<Option<Receipt>> {
        let earlier = report::find_by_key(&mut self.db.read().await?, &letter.client_key()).await?;
        let same = earlier.filter(|(_, fingerprint)| *fingerprint == letter.fingerprint());
        Ok(same.map(|(code, _)| Receipt { code, pin: self.keys.pin(code), repeated: true }))
    }

    async fn enter(&self, prepared: Prepared) -> Result<Receipt> {
        let app = self.clone();
        let taken = self.db.write_for(audience(&prepared), move |tx| {
            Box::pin(async move {
                let taken = app.take(tx, prepared).await;
                app.intake_statements.fetch_max(tx.statements(), Ordering::Relaxed);
                taken
            })
        });
        let (code, repeated) = taken.await?;
        count_intake(repeated);
        Ok(Receipt { code, pin: self.keys.pin(code), repeated })
    }

    /// Takes several reports in with one commit, each as [`App::intake`] does, or none of them.
    pub(crate) async fn intake_all(&self, letters: Vec<Letter>) -> Result<()> {
        let mut all = Vec::new();
        for letter in letters {
            let doubts = self.doubts_of(&letter, letter.contact().as_deref());
            all.push(Prepared { doubts, ..self.prepare(letter)? });
        }
        let app = self.clone();
        let seen_by = all.iter().map(audience).fold(Audience::Nobody, Audience::and);
        let taking = self.db.write_for(seen_by, move |tx| {
            Box::pin(async move {
                let mut repeated = Vec::new();
                for one in all {
                    repeated.push(app.take(tx, one).await?.1);
                }
                Ok::<_, Error>(repeated)
            })
        });
        taking.await?.into_iter().for_each(count_intake);
        Ok(())
    }

    fn prepare(&self, letter: Letter) -> Result<Prepared> {
        let reference = self.reference();
        if reference.regions.name(&letter.region).is_none() {
            return Err(Error::NotFound);
        }
        let fingerprint = letter.fingerprint();
        let received = letter.received_at.unwrap_or_else(|| self.now());
        let event = submit(
            &moment(&reference, received),
            Submission {
                class: letter.class,
                category: letter.category,
                zone: reference.regions.zone(&letter.region),
                region: letter.region.clone(),
                channel: letter.channel,
                anonymous: letter.anonymous,
                secret: letter.secret,
                chosen: letter.agency,
            },
        )?;
        let id = match letter.received_at {
            Some(at) => self.ids.past(at, rand::random()),
            None => self.id(),
        };
        let codes: Vec<Code> = (0..TRIES).map(|_| Code::from_random(rand::random())).collect();
        let begun = Report::begin(ReportId(id), received, &event);
        let report = begun.ok_or_else(|| Error::Broken("a report must begin with a submission".into()))?;
        let root = reference.rules.agencies.root_of(report.holder);
        Ok(Prepared {
            timing: timing::timing(&reference.rules, &report, self.now()),
            row: Row { report, code: codes[0], words_seq: 1, root, external_ref: letter.external_ref.clone() },
            event,
            key: ClientKey { key: letter.client_key(), fingerprint },
            point: letter.point.map(|(north, east)| Point { north, east }),
            reporter: letter.reporter(),
            taking: None,
            partner: None,
            doubts: Vec::new(),
            uploads: letter.uploads.iter().map(|upload| (self.id(), upload.clone())).collect(),
            words: letter.into_words(),
            codes,
        })
    }

    async fn take(&self, tx: &mut Tx, new: Prepared) -> Result<(Code, bool)> {
        let mut row = new.row;
        for code in new.codes {
            row.code = code;
            if report::insert(tx, &row, &new.key, new.timing).await? {
                let received = row.report.clocks.received;
                let by_other = new.taking.is_some() || new.partner.is_some();
                match &new.reporter {
                    Some(from) if by_other && self.reaches(from) => {
                        send_receipt::enqueue(tx, self.id(), row.report.id, received).await?;
                    }
                    Some(from) if !by_other => self.tell_received(tx, &row, from, received).await?,
                    _ => {}
                }
                if let Some(by) = &new.partner {
                    self.note_bringing(tx, &row, by).await?;
                }
                near::insert(tx, &row.report, new.point).await?;
                if !new.doubts.is_empty() {
                    doubt::insert(tx, row.report.id, &new.doubts, received).await?;
                }
                if let Some(taking) = &new.taking {
                    store::taking::insert(tx, row.report.id, taking).await?;
                }
                write_rest(tx, &row.report, &new.event, new.words, new.reporter, &new.uploads).await?;
                return Ok((code, false));
            }
            if let Some((earlier, fingerprint)) = report::find_by_key(tx, &new.key.key).await? {
                return if fingerprint == new.key.fingerprint {
                    Ok((earlier, true))
                } else {
                    Err(Error::Conflict(Conflict::KeyReused))
                };
            }
            if let Some(known) = &row.external_ref
                && let Some(earlier) = report::find_by_ref(tx, known).await?
            {
                return Ok((earlier, true));
            }
        }
        Err(Error::Broken("no free tracking number was found".into()))
    }
}

fn count_intake(repeated: bool) {
    metrics::counter!("lapor_intakes_total", "repeated" => if repeated { "yes" } else { "no" }).increment(1);
}

/// Who is shown a new report; an officer who took it in, at once.
fn audience(new: &Prepared) -> Audience {
    match (new.row.report.is_public(), new.taking.is_some()) {
        (true, _) => Audience::Everybody,
        (false, true) => Audience::Officers,
        (false, false) => Audience::Office(new.row.root),
    }
}

async fn write_rest(
    tx: &mut Tx,
    report: &Report,
    submitted: &Event,
    text: Words,
    from: Option<Reporter>,
    uploads: &[(i64, Upload)],
) -> Result<()> {
    words::insert(tx, report.id, 1, &text).await?;
    if let Some(from) = from {
        reporter::insert(tx, report.id, &from).await?;
    }
    let logged = Logged { seq: 1, at: report.clocks.received, by: Actor::Reporter, event: submitted.clone() };
    event::append(tx, report.id, report.zone, &logged, None).await?;
    counter::add(tx, counter::Key::of(report), report.id.0, 1);
    attach::record(tx, report, 1, report.clocks.received, uploads).await
}
