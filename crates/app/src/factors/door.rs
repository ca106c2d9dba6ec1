//! From a password to a session: at once, or by a second step that a short-lived ticket leads to.

use super::{Change, Used, device, keep, use_code};
use crate::attempts::Try;
use crate::keys::digest;
use crate::officers::{NOBODY, SESSION, verify};
use crate::{App, Error, FactorSlip, Result, Session};
use domain::UserId;
use domain::login::needs_second_factor;
use jiff::{SignedDuration, Timestamp};
use store::Audience;
use store::factor::{self, Factor};
use store::officer::{self, Officer, PassKind};
use store::seat::{self, Sitter};

/// How long the second step may take.
pub const LOGIN_MINUTES: i64 = 10;
const PURPOSE: &str = "second step";

/// Where somebody stands who wants to get in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Door<'a> {
    pub address: &'a str,
    /// The cookie of a device on which somebody got in before; empty for a new one.
    pub device: &'a str,
    /// What the session is called in the officer's own list.
    pub name: &'a str,
}

/// What a right password leads to.
#[derive(Debug, Clone)]
pub enum Entry {
    Whole(Box<Session>),
    Half(Half),
}

/// A right password that is not enough.
#[derive(Debug, Clone)]
pub struct Half {
    /// Opens the second step for [`LOGIN_MINUTES`], and nothing else.
    pub ticket: String,
    /// The officer has no second factor yet and needs one.
    pub enrols: bool,
}

/// Somebody whose password was right.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub officer: Officer,
    pub enrols: bool,
    pub factors: Vec<Factor>,
}

impl App {
    /// Lets an officer in, or to the second step. A wrong login and a wrong password look the same and take as
    /// long. Attempts are limited per login and address together and per address; on a device where this login
    /// got in before, they are counted for that device alone. No guess from elsewhere uses them up.
    pub async fn log_in(&self, login: &str, password: &str, door: &Door<'_>) -> Result<Entry> {
        let login = login.trim().to_lowercase();
        let attempt = match device::known(&self.keys, door.device, &login) {
            Some(own) => Try::on(format!("login:{login}:device:{own}")),
            None => Try::on(format!("login:{login}:{}", door.address)).from(door.address),
        };
        self.attempts.begin(&attempt)?;
        let found = officer::find(&mut self.db.read().await?, &login).await?.filter(|officer| officer.active);
        let known = found.as_ref().map_or(NOBODY, |officer| &officer.password).to_owned();
        let fits = verify(known, password.to_owned()).await?;
        let known = found.filter(|_| fits).ok_or(Error::Denied)?;
        let officer = officer::sit(&mut self.db.read().await?, known.id, self.now()).await?.ok_or(Error::Denied)?;
        self.attempts.forgive(&attempt);
        self.admit(officer, door).await
    }

    /// Who waits with this ticket for the second step. [`Error::Denied`] when it is too late.
    pub async fn waiting(&self, ticket: &str) -> Result<Waiting> {
        let text = self.keys.punch(PURPOSE, ticket, self.now()).ok_or(Error::Denied)?;
        let mut parts = text.split('.');
        let id = parts.next().and_then(|id| id.parse().ok()).map(UserId).ok_or(Error::Denied)?;
        let enrols = parts.next() == Some("1");
        let mut tx = self.db.read().await?;
        let officer = officer::sit(&mut tx, id, self.now()).await?.ok_or(Error::Denied)?;
        if parts.next() != Some(mark(&officer).as_str()) {
            return Err(Error::Denied);
        }
        let factors = factor::list(&mut tx, id).await?;
        match enrols && !factors.is_empty() {
            true => Err(Error::Denied),
            false => Ok(Waiting { officer, enrols, factors }),
        }
    }

    /// The second step with a code. Attempts are limited per device, and for all devices together on which this
    /// officer never got in before; whoever gets here knows the password.
    pub async fn finish_login(
        &self,
        ticket: &str,
        code: &str,
        door: &Door<'_>,
    ) -> Result<std::result::Result<Session, FactorSlip>> {
        let Waiting { officer, enrols, .. } = self.waiting(ticket).await?;
        if enrols {
            return Err(Error::Denied);
        }
        let attempt = self.second(&officer, door);
        self.attempts.begin(&attempt)?;
        let (keys, id, at, code) = (self.keys.clone(), officer.id, self.now(), code.to_owned());
        let ids = [self.id(), self.id()];
        let fits = self.db.write_for(Audience::Officers, move |tx| {
            Box::pin(async move {
                let used = use_code(tx, &keys, id, &code, at).await?;
                if used == Some(Used::Recovery) {
                    let what = "recovery-used";
                    Change { officer: id, by: Some(id), what, label: String::new(), at, ids }.record(tx).await?;
                }
                Ok::<bool, Error>(used.is_some())
            })
        });
        if !fits.await? {
            return Ok(Err(FactorSlip::Code));
        }
        self.attempts.forgive(&attempt);
        Ok(Ok(self.let_in(officer, door).await?))
    }

    /// The first factor of an officer who needs one, and the session; with the recovery codes, shown once.
    pub async fn enrol_at_login(
        &self,
        ticket: &str,
        offer: &str,
        code: &str,
        door: &Door<'_>,
    ) -> Result<std::result::Result<(Session, Vec<String>), FactorSlip>> {
        let Waiting { officer, enrols, .. } = self.waiting(ticket).await?;
        if !enrols {
            return Err(Error::Denied);
        }
        let attempt = self.second(&officer, door);
        self.attempts.begin(&attempt)?;
        let new = keep::New { offer, label: "", code, alone: true };
        match self.confirm(&officer, &new).await? {
            Ok(codes) => {
                self.attempts.forgive(&attempt);
                Ok(Ok((self.let_in(officer, door).await?, codes)))
            }
            Err(slip) => Ok(Err(slip)),
        }
    }

    /// Whether the offices above one of the officer's seats ask it for a second factor.
    pub(super) async fn is_demanded(&self, officer: &Officer) -> Result<bool> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let mut tx = self.db.read().await?;
        for Sitter { seat, .. } in seat::list_officer(&mut tx, officer.id, self.now()).await? {
            let mut demands = Vec::new();
            for office in agencies.line(seat.agency) {
                demands.extend(factor::demands(&mut tx, office).await?);
            }
            if needs_second_factor(agencies, &demands, seat.role, seat.agency) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A session for somebody who has proved everything.
    pub(super) async fn let_in(&self, officer: Officer, door: &Door<'_>) -> Result<Session> {
        let (token, expires_at) = self.issue(&officer, PassKind::Session, door.name, SESSION).await?;
        let device = device::remember(&self.keys, door.device, &officer.login);
        Ok(Session { token, officer, expires_at, device })
    }

    /// Lets somebody in whose password, or what stands for it, was right, or on to the second step.
    pub(super) async fn admit(&self, officer: Officer, door: &Door<'_>) -> Result<Entry> {
        let has_factors = !factor::list(&mut self.db.read().await?, officer.id).await?.is_empty();
        if !has_factors && !self.is_demanded(&officer).await? {
            return Ok(Entry::Whole(Box::new(self.let_in(officer, door).await?)));
        }
        let enrols = !has_factors;
        let until = self.now().checked_add(SignedDuration::from_mins(LOGIN_MINUTES)).unwrap_or(Timestamp::MAX);
        let text = format!("{}.{}.{}", officer.id, u8::from(enrols), mark(&officer));
        let ticket = self.keys.ticket(PURPOSE, &text, until);
        let ticket = ticket.ok_or_else(|| Error::Broken("a ticket was not sealed".to_owned()))?;
        Ok(Entry::Half(Half { ticket, enrols }))
    }

    pub(super) fn second(&self, officer: &Officer, door: &Door<'_>) -> Try {
        match device::known(&self.keys, door.device, &officer.login) {
            Some(own) => Try::on(format!("code:{}:device:{own}", officer.id)),
            None => Try::on(format!("code:{}:{}", officer.id, door.address)).among(format!("code:{}", officer.id)),
        }
    }
}

/// Ends all tickets when the password changes.
fn mark(officer: &Officer) -> String {
    digest(&officer.password).chars().take(16).collect()
}
