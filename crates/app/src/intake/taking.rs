//! An officer takes a report in for somebody else, through the same door as every report.

use super::Receipt;
use crate::gate::Gate;
use crate::keys::digest;
use crate::view::present_title;
use crate::{App, Error, Letter, Result};
use domain::policy::{OfficeAction, may_at};
use domain::taking::{Source, Taking};
use domain::{Actor, Code, UserId};
use jiff::{SignedDuration, Timestamp};
use store::report::Row;
use store::{report, taking};

/// How long the one who took a report in sees its PIN.
pub const RECEIPT_MINUTES: i64 = 15;
/// Most reports that one is reminded of.
const LATEST: u32 = 8;

/// A report that was just taken in, for the one who took it.
#[derive(Debug, Clone)]
pub struct TakenReport {
    pub row: Row,
    pub title: String,
    pub pin: String,
    /// Until when this is shown.
    pub until: Timestamp,
}

impl App {
    /// Takes a report in for a person; the way it came is that of `how`, whatever the letter says. The same officer's
    /// key is the same report.
    pub async fn take_report(&self, by: &Actor, letter: Letter, how: &Taking) -> Result<Receipt> {
        let key = format!("taken:{}:{}", by.user().map_or(0, |user| user.0), letter.key);
        self.take_under(by, letter, how, key).await
    }

    pub(super) async fn take_under(&self, by: &Actor, letter: Letter, how: &Taking, key: String) -> Result<Receipt> {
        let (user, agency) = self.taker(by)?;
        self.admit_at(Gate::Counter, &user.0.to_string())?;
        if how.consent().is_none() && letter.reporter().is_some() {
            return Err(Error::Denied);
        }
        let mut prepared = self.prepare(Letter { channel: how.channel(), ..letter })?;
        let source = how.source().map(Source::as_str);
        prepared.key.key = digest(&key);
        prepared.key.fingerprint =
            digest(&format!("{}:{:?}", prepared.key.fingerprint, (how.channel(), how.consent(), source)));
        prepared.taking = Some(taking::Taking {
            officer: user,
            agency,
            at: prepared.row.report.clocks.received,
            consent: how.consent(),
            source: source.map(str::to_owned),
        });
        self.enter(prepared).await
    }

    /// The officer and the office for which they take reports in.
    pub(super) fn taker(&self, by: &Actor) -> Result<(UserId, domain::AgencyId)> {
        let seat = by.user().zip(by.agency()).ok_or(Error::Denied)?;
        let may = may_at(&self.reference().rules.agencies, by, OfficeAction::TakeReport, seat.1);
        if may { Ok(seat) } else { Err(Error::Denied) }
    }

    /// The receipt of a report, for the officer who took it in, and for a short time only.
    pub async fn taken_report(&self, by: &Actor, code: Code) -> Result<TakenReport> {
        let (user, _) = self.taker(by)?;
        let mut tx = self.db.read().await?;
        let row = report::find(&mut tx, code).await?.ok_or(Error::NotFound)?;
        let taken = taking::load(&mut tx, row.report.id).await?;
        let taken = taken.filter(|taken| taken.officer == user).ok_or(Error::NotFound)?;
        let until = taken.at + SignedDuration::from_mins(RECEIPT_MINUTES);
        if self.now() >= until {
            return Err(Error::NotFound);
        }
        let title = present_title(&mut tx, &row).await?.unwrap_or_default();
        Ok(TakenReport { pin: self.keys.pin(code), row, title, until })
    }

    /// What an officer took in so recently that its receipt is still shown.
    pub async fn just_taken(&self, by: &Actor) -> Result<Vec<(Code, Timestamp)>> {
        let (user, _) = self.taker(by)?;
        let after = self.now() - SignedDuration::from_mins(RECEIPT_MINUTES);
        Ok(taking::latest(&mut self.db.read().await?, user, after, LATEST).await?)
    }
}
