//! Hand-over (serah terima): a draft with its inventory, two signatures, and what follows from the second one.

mod inherited;
mod inventory;

pub use inherited::{InheritedCase, InheritedPage};

use crate::keys::digest;
use crate::seats::Change;
use crate::{App, Error, Result, jobs, seat};
use domain::handover::{ends_seat, is_pair};
use domain::policy::handover::{may_draft, may_read, may_sign};
use domain::text::{Remark, Title};
use domain::{AgencyId, SeatId, UserId};
use jiff::civil::Date;
use std::collections::HashMap;
use store::hand_over::{self, HandOver};
use store::officer::{self, Officer};
use store::seat as seats;
use store::{Tx, invitation};

/// A hand-over to be prepared.
#[derive(Debug, Clone)]
pub struct NewHandOver {
    pub giving: AgencyId,
    pub receiving: AgencyId,
    pub day: Date,
    pub reason: Remark,
    /// The number of the decree behind it.
    pub decree: Option<Title>,
    /// The client's own key; the same key prepares one.
    pub key: String,
}

/// One of the two offices that sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Giving,
    Receiving,
}

/// Why something about a hand-over cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandOverSlip {
    /// The two offices are the same, unknown or of different agencies.
    Pair,
    /// Another hand-over of the giving office is under way.
    Busy,
    /// This office has signed, or the hand-over was taken back.
    Over,
    /// The same person signed for the other office.
    SamePerson,
}

impl HandOverSlip {
    /// The end of its locale key, `slip-handover-…`.
    pub fn code(self) -> &'static str {
        match self {
            HandOverSlip::Pair => "pair",
            HandOverSlip::Busy => "busy",
            HandOverSlip::Over => "over",
            HandOverSlip::SamePerson => "same-person",
        }
    }
}

/// What came of a wish about a hand-over.
pub type HandOverOutcome<T = ()> = Result<std::result::Result<T, HandOverSlip>>;

/// A hand-over as one reader sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct HandOverView {
    pub row: HandOver,
    /// The people who made and signed it.
    pub names: HashMap<UserId, String>,
    /// Whether this reader may sign now, for the giving and for the receiving office.
    pub signs: [bool; 2],
    /// Whether this reader may take it back.
    pub withdraws: bool,
}

impl App {
    /// Prepares a hand-over with an inventory of now. The same key prepares one.
    pub async fn draft_hand_over(&self, by: &Officer, new: NewHandOver) -> HandOverOutcome<i64> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        if !is_pair(agencies, new.giving, new.receiving) {
            return Ok(Err(HandOverSlip::Pair));
        }
        if !may_draft(agencies, &seat(by), new.giving, new.receiving) {
            return Err(Error::Denied);
        }
        let draft = HandOver {
            id: self.id(),
            giving: new.giving,
            receiving: new.receiving,
            day: new.day,
            reason: new.reason.as_str().to_owned(),
            decree: new.decree.map(|decree| decree.as_str().to_owned()),
            made: (by.id, self.now()),
            given: None,
            received: None,
            withdrawn_at: None,
            done_at: None,
            moved: 0,
            inventory: self.take_inventory(new.giving, new.receiving).await?,
        };
        let (app, root) = (self.clone(), agencies.root_of(new.giving));
        let key = digest(&format!("hand_over:{}:{}", by.id, new.key));
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    if hand_over::insert(tx, &draft, root, &key).await? {
                        app.log_hand_over(tx, Some(draft.made.0), &draft, "drafted").await?;
                        return Ok(Ok(draft.id));
                    }
                    Ok(hand_over::find_by_key(tx, &key).await?.ok_or(HandOverSlip::Busy))
                })
            })
            .await
    }

    /// One hand-over; [`Error::NotFound`] for those who may not read it.
    pub async fn hand_over(&self, by: &Officer, id: i64) -> Result<HandOverView> {
        let mut tx = self.db.read().await?;
        let row = hand_over::load(&mut tx, id).await?.ok_or(Error::NotFound)?;
        self.reads_hand_over(by, &row)?;
        let people = [Some(row.made), row.given, row.received];
        let people: Vec<UserId> = people.into_iter().flatten().map(|(by, _)| by).collect();
        let names = officer::names(&mut tx, &people).await?.into_iter().collect();
        let signs = [Side::Giving, Side::Receiving].map(|side| self.may_sign_now(by, &row, side).is_ok());
        let reference = self.reference();
        let drafts = may_draft(&reference.rules.agencies, &seat(by), row.giving, row.receiving);
        let withdraws = drafts && row.withdrawn_at.is_none() && !row.is_signed();
        Ok(HandOverView { row, names, signs, withdraws })
    }

    /// The hand-overs that an officer may read, the newest first, before an id, and where the next page begins.
    pub async fn hand_overs(
        &self,
        by: &Officer,
        before: Option<i64>,
        limit: u32,
    ) -> Result<(Vec<HandOver>, Option<i64>)> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let root = agencies.root_of(by.agency);
        let root = Some(root).filter(|root| *root != agencies.national());
        let (mut tx, limit) = (self.db.read().await?, limit.clamp(1, 100));
        let mut rows = hand_over::list(&mut tx, root, before.unwrap_or(i64::MAX), limit).await?;
        let next = rows.last().filter(|_| rows.len() == limit as usize).map(|row| row.id);
        rows.retain(|row| self.reads_hand_over(by, row).is_ok());
        Ok((rows, next))
    }

    /// Signs for one of the two offices. With the second signature, the cases go over.
    pub async fn sign_hand_over(&self, by: &Officer, id: i64, side: Side) -> HandOverOutcome {
        let counted = hand_over::load(&mut self.db.read().await?, id).await?.ok_or(Error::NotFound)?;
        let inventory = self.take_inventory(counted.giving, counted.receiving).await?;
        let (app, by) = (self.clone(), by.clone());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let row = hand_over::lock(tx, id).await?.ok_or(Error::NotFound)?;
                    app.reads_hand_over(&by, &row)?;
                    if let Err(why) = app.may_sign_now(&by, &row, side) {
                        return why.map(Err);
                    }
                    hand_over::sign(tx, id, side == Side::Giving, (by.id, app.now())).await?;
                    hand_over::recount(tx, id, &inventory).await?;
                    app.log_hand_over(tx, Some(by.id), &row, "signed").await?;
                    if row.given.is_some() || row.received.is_some() {
                        app.begin_hand_over(tx, by.id, &row).await?;
                    }
                    Ok(Ok(()))
                })
            })
            .await
    }

    /// Takes a hand-over back that not both have signed.
    pub async fn withdraw_hand_over(&self, by: &Officer, id: i64) -> HandOverOutcome {
        let (app, by) = (self.clone(), by.clone());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let row = hand_over::lock(tx, id).await?.ok_or(Error::NotFound)?;
                    app.reads_hand_over(&by, &row)?;
                    let reference = app.reference();
                    if !may_draft(&reference.rules.agencies, &seat(&by), row.giving, row.receiving) {
                        return Err(Error::Denied);
                    }
                    if !hand_over::withdraw(tx, id, app.now()).await? {
                        return Ok(Err(HandOverSlip::Over));
                    }
                    app.log_hand_over(tx, Some(by.id), &row, "withdrawn").await.map(Ok)
                })
            })
            .await
    }

    /// What follows from the second signature at once: the seats that worked on the cases end, and whatever
    /// opens the giving office is closed. The cases themselves go over in batches.
    async fn begin_hand_over(&self, tx: &mut Tx, by: UserId, row: &HandOver) -> Result<()> {
        let mut after = SeatId(0);
        loop {
            let page = seats::list_office(tx, row.giving, self.now(), after, 200).await?;
            let Some(last) = page.last() else { break };
            after = last.seat.id;
            for sitter in &page {
                match ends_seat(sitter.seat.role) {
                    true => self.close_seat(tx, Some(by), &sitter.seat).await?,
                    // Who stays logs in anew.
                    false => officer::revoke_seat(tx, sitter.seat.id, self.now()).await?,
                }
            }
        }
        invitation::withdraw_all(tx, row.giving, self.now()).await?;
        jobs::hand_over::enqueue(tx, self.id(), &jobs::hand_over::Walk::of(row.id), self.now()).await
    }

    /// Whether an officer may sign for a side now, or why not.
    fn may_sign_now(&self, by: &Officer, row: &HandOver, side: Side) -> std::result::Result<(), Result<HandOverSlip>> {
        let (office, own, other) = match side {
            Side::Giving => (row.giving, row.given, row.received),
            Side::Receiving => (row.receiving, row.received, row.given),
        };
        if !may_sign(&self.reference().rules.agencies, &seat(by), office) {
            return Err(Err(Error::Denied));
        }
        if own.is_some() || row.withdrawn_at.is_some() {
            return Err(Ok(HandOverSlip::Over));
        }
        match other {
            Some((signed, _)) if signed == by.id => Err(Ok(HandOverSlip::SamePerson)),
            _ => Ok(()),
        }
    }

    pub(crate) fn reads_hand_over(&self, by: &Officer, row: &HandOver) -> Result<()> {
        let reference = self.reference();
        match may_read(&reference.rules.agencies, &seat(by), row.giving, row.receiving) {
            true => Ok(()),
            false => Err(Error::NotFound),
        }
    }

    /// Tells both offices' logs how far a hand-over has come.
    pub(crate) async fn log_hand_over(
        &self,
        tx: &mut Tx,
        by: Option<UserId>,
        row: &HandOver,
        step: &str,
    ) -> Result<()> {
        let change = Change::HandOver { hand_over: row.id, step: step.to_owned(), from: row.giving, to: row.receiving };
        for office in [row.giving, row.receiving] {
            self.log_seat(tx, by, office, &change).await?;
        }
        Ok(())
    }
}
