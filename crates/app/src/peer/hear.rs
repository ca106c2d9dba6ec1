//! What the own system of an agency says about a report, by whichever way.
//!
//! It becomes an internal note that the office is told of, and nothing more: the national clock runs on, and what the
//! reporter is told, an officer says. The note and the name of the update are written together, so each is taken once.

use crate::act::again_when_overtaken;
use crate::{Act, App, Error, Officer, Result, seat};
use domain::peer::{Said, note};
use domain::policy::{Action, brings_updates, is_heard_of, may};
use domain::scope::Scope;
use domain::text::Remark;
use domain::{Actor, AgencyId, Code, Command, ReportId, UserId};
use jiff::Timestamp;
use store::forward::{self, NewHeard};
use store::{Tx, notice, report};

/// The name of the notice to the office.
const TOLD: &str = "peer_told";
/// Most letters of the name of an update.
const MOST_ID: usize = 200;

/// Something that another system says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUpdate {
    /// The other side's name for it.
    pub id: String,
    /// Its status; none where nobody here knows the word.
    pub said: Option<Said>,
    pub status: String,
    pub at: Timestamp,
    pub text: Option<String>,
    /// The address of a picture. It is written down and never fetched.
    pub media: Option<String>,
    /// Whose key brought it.
    pub by: Option<UserId>,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Update {
    /// The event of the note; none where the report was not there any more.
    pub seq: Option<u32>,
}

impl NewUpdate {
    /// A note is shorter than what others may write.
    fn remark(&self) -> Result<Remark> {
        let media = self.media.iter().map(|address| format!("\n{address}")).collect::<String>();
        let text = self.text.as_deref().unwrap_or_default();
        let text: String = text.chars().take(Remark::MOST - 400).collect();
        let text = format!("{text}{}", media.chars().take(300).collect::<String>());
        let status = if self.status.trim().is_empty() { Said::Open.name() } else { &self.status };
        let whole = note(status, Some(text.trim()).filter(|text| !text.is_empty()));
        Remark::parse(&whole)
            .or_else(|_| Remark::parse(&format!("{whole} …")))
            .map_err(|_| Error::Broken("a note that is none".into()))
    }
}

impl App {
    /// An update that a system brings by its own key. Nothing is told of reports that are not this key's.
    pub async fn take_update(&self, (officer, scope): &(Officer, Scope), code: Code, update: NewUpdate) -> Result<u32> {
        let reference = self.reference();
        let (agencies, by) = (&reference.rules.agencies, seat(officer));
        let found = report::find(&mut self.db.read().await?, code).await?;
        let row = found.filter(|row| may(agencies, &by, Action::Read, &row.report)).ok_or(Error::NotFound)?;
        if !brings_updates(agencies, &by, scope, &row.report) {
            return Err(Error::NotFound);
        }
        // The same system may be followed too, and say there what it brings here.
        let near = reference.peers.near(agencies, row.report.holder).map(|peer| peer.agency);
        let agency = near.unwrap_or_else(|| agencies.root_of(row.report.holder));
        let update = NewUpdate { by: Some(officer.id), ..update };
        self.hear(row.report.id, agency, update).await?.seq.ok_or(Error::NotFound)
    }

    /// Takes what the system of an agency says about a report, once.
    pub(super) async fn hear(&self, report: ReportId, agency: AgencyId, update: NewUpdate) -> Result<Update> {
        if let Some(seq) = forward::is_heard(&mut self.db.read().await?, report, agency, id_of(&update)).await? {
            return Ok(Update { seq });
        }
        again_when_overtaken(|| {
            let (app, update) = (self.clone(), update.clone());
            self.db.write(move |tx| Box::pin(async move { app.hear_in(tx, report, agency, &update).await }))
        })
        .await
    }

    async fn hear_in(&self, tx: &mut Tx, report: ReportId, agency: AgencyId, update: &NewUpdate) -> Result<Update> {
        let row = report::lock(tx, report).await?.ok_or(Error::NotFound)?;
        if let Some(seq) = forward::is_heard(tx, report, agency, id_of(update)).await? {
            return Ok(Update { seq });
        }
        let listens = is_heard_of(&self.reference().rules.agencies, &row.report, agency);
        let seq = match listens {
            true => Some(self.note_update(tx, row, update).await?),
            false => None,
        };
        let (said, by, at) = (update.said.map(Said::name), update.by, update.at);
        let new = NewHeard { report, agency, id: id_of(update), said, seq, by, at };
        if !forward::hear(tx, &new).await? {
            return Err(Error::Overtaken);
        }
        metrics::counter!("lapor_peer_updates_total", "outcome" => if listens { "noted" } else { "passed over" })
            .increment(1);
        Ok(Update { seq })
    }

    async fn note_update(&self, tx: &mut Tx, row: report::Row, update: &NewUpdate) -> Result<u32> {
        let act = Act::new(Actor::System, Command::Note { text: update.remark()? });
        let row = self.act_on(tx, row, act).await?.row;
        if update.text.is_some() || update.said.is_some_and(Said::ends) {
            let (holder, report) = (row.report.holder, row.report.id);
            notice::insert(tx, self.id(), holder, report, TOLD, "{}", self.now()).await?;
        }
        Ok(row.report.seq)
    }
}

/// The name of an update as it is kept.
fn id_of(update: &NewUpdate) -> &str {
    let end = update.id.char_indices().nth(MOST_ID).map_or(update.id.len(), |(at, _)| at);
    &update.id[..end]
}
