//! Logins by way of an identity provider. A person of the provider is an officer only after that officer has proved
//! the password of the account once; the provider stands for the password then, and for the second step only where
//! it says, in the words that were agreed with it, that it checked one.

use super::keep::Slipped;
use super::{Change, FactorSlip, unreadable};
use crate::attempts::Try;
use crate::keys::{digest, is_same};
use crate::{App, Door, Entry, Error, Officer, Proof, Result};
use channel::oidc::{self, Person, Provider, Returned, Settings};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use store::identity::{self, Link};
use store::{Audience, factor, officer};

/// How long somebody may be away at the provider, or hesitate to link, in minutes.
pub const AWAY_MINUTES: i64 = 10;
const AWAY: &str = "identity away";
const NEW: &str = "identity new";
/// Most links of one officer.
const MOST: usize = 5;
/// Most characters of what the provider calls a person, as it is shown.
const MOST_LABEL: usize = 120;

/// Why the identity provider let nobody in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentitySlip {
    /// Too late, or not begun in this browser.
    Over,
    /// The provider does not answer.
    Unreachable,
    /// What it answered proves nothing, or it let nobody in.
    Unfit,
    /// It vouches for somebody whom no account knows: the ticket lets the owner of an account say that it is
    /// theirs.
    Unknown(String),
}

/// Somebody on the way to the provider.
#[derive(Debug, Clone)]
pub struct Away {
    /// Where to go.
    pub address: String,
    /// What this browser has to bring back.
    pub ticket: String,
}

/// What the provider sent somebody back with.
#[derive(Debug, Clone, Copy)]
pub struct Return<'a> {
    /// The address to which it was told to send people.
    pub redirect: &'a str,
    pub ticket: &'a str,
    pub state: &'a str,
    pub code: &'a str,
}

/// What was done, or why not.
type Judged<T> = std::result::Result<T, IdentitySlip>;

impl App {
    /// The same application with this identity provider.
    pub fn with_provider(self, settings: Settings) -> App {
        App { provider: Some(Arc::new(Provider::new(settings))), ..self }
    }

    /// What people call the identity provider, where there is one.
    pub fn provider(&self) -> Option<&str> {
        self.provider.as_ref().map(|provider| provider.label())
    }

    /// Sends somebody to the provider, to come back to `redirect` and go on to `back`. [`Error::NotFound`] where
    /// there is no provider.
    pub async fn go_to_provider(&self, redirect: &str, back: &str) -> Result<Judged<Away>> {
        let provider = self.provider.as_ref().ok_or(Error::NotFound)?;
        let way = match provider.begin(redirect).await {
            Ok(way) => way,
            Err(error) => return Ok(Err(told(&error))),
        };
        let text = [&way.state, &way.nonce, &way.verifier, back].join("\n");
        let ticket = self.keys.ticket(AWAY, &text, self.away_end()).ok_or_else(unreadable)?;
        Ok(Ok(Away { address: way.address, ticket }))
    }

    /// Lets somebody in who came back from the provider, or on to the second step; with where they wanted to go. A
    /// ticket counts once, and what does not fit is counted for the address.
    pub async fn return_from_provider(&self, came: &Return<'_>, door: &Door<'_>) -> Result<Judged<(Entry, String)>> {
        let provider = self.provider.as_ref().ok_or(Error::NotFound)?;
        let mark = digest(came.ticket);
        let attempt = Try::on(format!("identity:{mark}")).from(door.address);
        self.attempts.begin(&attempt)?;
        let Some(text) = self.keys.punch(AWAY, came.ticket, self.now()) else { return Ok(Err(IdentitySlip::Over)) };
        let [state, nonce, verifier, back] = text.split('\n').collect::<Vec<_>>()[..] else {
            return Ok(Err(IdentitySlip::Over));
        };
        if !is_same(state, came.state) || !self.is_first_use(mark).await? {
            return Ok(Err(IdentitySlip::Over));
        }
        if came.code.is_empty() {
            return Ok(Err(IdentitySlip::Unfit));
        }
        let person = match provider.finish(came.redirect, &Returned { code: came.code, nonce, verifier }).await {
            Ok(person) => person,
            Err(error) => return Ok(Err(told(&error))),
        };
        self.attempts.forgive(&attempt);
        Ok(self.recognise(&person, door).await?.map(|entry| (entry, back.to_owned())))
    }

    /// What a ticket of [`IdentitySlip::Unknown`] would link; nothing when it is over.
    pub fn linkable(&self, ticket: &str) -> Option<String> {
        let text = self.keys.punch(NEW, ticket, self.now())?;
        text.split('\n').nth(2).map(str::to_owned)
    }

    /// Links the person of a ticket to the officer who proves the password.
    pub async fn link_identity(&self, officer: &Officer, ticket: &str, proof: &Proof<'_>) -> Result<Slipped<()>> {
        let attempt = self.check_password(officer, proof).await?;
        let Ok(attempt) = attempt else { return Ok(Err(FactorSlip::Password)) };
        let text = self.keys.punch(NEW, ticket, self.now()).unwrap_or_default();
        let [issuer, subject, label] = text.split('\n').collect::<Vec<_>>()[..] else {
            return Ok(Err(FactorSlip::Offer));
        };
        let (id, at, ids) = (officer.id, self.now(), [self.id(), self.id()]);
        let [issuer, subject, label] = [issuer, subject, label].map(str::to_owned);
        let link = Link { issuer, subject, label, linked_at: at };
        let done = self.db.write_for(Audience::Officers, move |tx| {
            Box::pin(async move {
                if let Some(owner) = identity::find(tx, &link.issuer, &link.subject).await? {
                    return Ok(if owner == id { Ok(()) } else { Err(FactorSlip::Many) });
                }
                if identity::list(tx, id).await?.len() >= MOST || !identity::insert(tx, id, &link).await? {
                    return Ok(Err(FactorSlip::Many));
                }
                let what = "identity-linked";
                Change { officer: id, by: Some(id), what, label: link.label, at, ids }.record(tx).await?;
                Ok::<_, Error>(Ok(()))
            })
        });
        self.settle(&attempt, done.await?)
    }

    /// The persons of the provider that are this officer.
    pub async fn identities(&self, officer: &Officer) -> Result<Vec<Link>> {
        Ok(identity::list(&mut self.db.read().await?, officer.id).await?)
    }

    /// Ends a link, for the officer who proves the password.
    pub async fn unlink_identity(
        &self,
        officer: &Officer,
        (issuer, subject): (&str, &str),
        proof: &Proof<'_>,
    ) -> Result<Slipped<()>> {
        let attempt = self.check_password(officer, proof).await?;
        let Ok(attempt) = attempt else { return Ok(Err(FactorSlip::Password)) };
        let (id, at, ids) = (officer.id, self.now(), [self.id(), self.id()]);
        let (issuer, subject) = (issuer.to_owned(), subject.to_owned());
        let done = self.db.write_for(Audience::Officers, move |tx| {
            Box::pin(async move {
                let links = identity::list(tx, id).await?;
                let gone = links.into_iter().find(|link| link.issuer == issuer && link.subject == subject);
                let label = gone.ok_or(Error::NotFound)?.label;
                identity::delete(tx, id, &issuer, &subject).await?;
                Change { officer: id, by: Some(id), what: "identity-unlinked", label, at, ids }.record(tx).await?;
                Ok::<_, Error>(Ok(()))
            })
        });
        self.settle(&attempt, done.await?)
    }

    async fn recognise(&self, person: &Person, door: &Door<'_>) -> Result<Judged<Entry>> {
        let mut tx = self.db.read().await?;
        let Some(id) = identity::find(&mut tx, &person.issuer, &person.subject).await? else {
            return Ok(Err(IdentitySlip::Unknown(self.stranger(person)?)));
        };
        let officer = officer::sit(&mut tx, id, self.now()).await?;
        drop(tx);
        let Some(officer) = officer else { return Ok(Err(IdentitySlip::Unfit)) };
        Ok(Ok(match person.second_factor {
            true => Entry::Whole(Box::new(self.let_in(officer, door).await?)),
            false => self.admit(officer, door).await?,
        }))
    }

    async fn is_first_use(&self, mark: String) -> Result<bool> {
        let (at, until) = (self.now(), self.away_end());
        let noted = self.db.write_for(Audience::Officers, move |tx| {
            Box::pin(async move { Ok::<bool, Error>(factor::mark_used(tx, &mark, at, until).await?) })
        });
        noted.await
    }

    fn stranger(&self, person: &Person) -> Result<String> {
        let named = person.email.as_deref().unwrap_or(&person.subject);
        let label: String = named.chars().filter(|c| !c.is_control()).take(MOST_LABEL).collect();
        let text = [&person.issuer, &person.subject, &label].map(String::as_str).join("\n");
        self.keys.ticket(NEW, &text, self.away_end()).ok_or_else(unreadable)
    }

    fn away_end(&self) -> Timestamp {
        self.now().checked_add(SignedDuration::from_mins(AWAY_MINUTES)).unwrap_or(Timestamp::MAX)
    }
}

fn told(error: &oidc::Error) -> IdentitySlip {
    tracing::warn!(%error, "the identity provider let nobody in");
    match error {
        oidc::Error::Unreachable(_) => IdentitySlip::Unreachable,
        oidc::Error::Unfit(_) => IdentitySlip::Unfit,
    }
}
