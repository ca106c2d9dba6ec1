//! Accounts, sessions and tokens of officers.

use crate::keys::{digest, secret};
use crate::{App, Error, Result};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::{PasswordHasher, PasswordVerifier};
use domain::{Actor, AgencyId, Role, SeatId, UserId};
use jiff::{SignedDuration, Timestamp};
use store::Audience;
use store::access::log_change;
use store::officer::{self, Officer, PassKind};
use tokio::sync::Semaphore;

/// A session lasts a working day.
pub(crate) const SESSION: SignedDuration = SignedDuration::from_hours(10);
/// Fewest characters of a password.
pub const LEAST_PASSWORD: usize = 10;

/// An account to be made.
#[derive(Debug, Clone)]
pub struct NewOfficer {
    pub login: String,
    pub name: String,
    pub role: Role,
    pub agency: AgencyId,
    pub password: String,
}

/// A login that was let in.
#[derive(Debug, Clone)]
pub struct Session {
    /// The secret for the cookie; only its digest is kept here.
    pub token: String,
    pub officer: Officer,
    pub expires_at: Timestamp,
    /// The cookie by which this device is known at the next login.
    pub device: String,
}

/// The actor of an officer's seat.
pub fn seat(officer: &Officer) -> Actor {
    Actor::Officer { user: officer.id, role: officer.role, agency: officer.agency }
}

impl App {
    /// Makes an account. [`Error::Conflict`] when the login is taken, [`Error::NotFound`] for an
    /// unknown office, [`Error::Denied`] for a password that is too short.
    pub async fn add_officer(&self, new: NewOfficer) -> Result<UserId> {
        if self.reference().rules.agencies.get(new.agency).is_none() {
            return Err(Error::NotFound);
        }
        if new.password.chars().count() < LEAST_PASSWORD {
            return Err(Error::Denied);
        }
        let made = Officer {
            id: UserId(self.id()),
            seat: SeatId(self.id()),
            login: new.login.trim().to_lowercase(),
            name: new.name,
            role: new.role,
            agency: new.agency,
            password: hash(new.password).await?,
            active: true,
            on_behalf_of: None,
        };
        let (id, at, log) = (made.id, self.now(), self.id());
        let fresh = self
            .db
            .write_for(Audience::Officers, move |tx| {
                Box::pin(async move {
                    let fresh = officer::insert(tx, &made, None, at).await?;
                    if fresh {
                        log_change(tx, log, at, None, "officer", &id.to_string(), "{\"added\":true}").await?;
                    }
                    Ok::<bool, Error>(fresh)
                })
            })
            .await?;
        if fresh { Ok(id) } else { Err(Error::Conflict(crate::Conflict::KeyReused)) }
    }

    /// The officer behind a session cookie, in the seat that it remembers. Where that has ended, in the
    /// first of the others.
    pub async fn session(&self, token: &str) -> Result<Officer> {
        match self.pass(token, PassKind::Session).await {
            Err(Error::Denied) => {
                let (mut tx, now) = (self.db.read().await?, self.now());
                let holder = officer::find_holder(&mut tx, &digest(token), PassKind::Session, now).await?;
                let holder = holder.ok_or(Error::Denied)?;
                officer::sit(&mut tx, holder, now).await?.ok_or(Error::Denied)
            }
            known => known,
        }
    }

    /// The same for somebody who only looks, read once a second: a session that another process has ended may look for
    /// two seconds more; one that this process has ended may not.
    pub async fn looking_session(&self, token: &str) -> Result<Officer> {
        let key = digest(token);
        let found = self.desk.sessions.get(
            || self.mark(Audience::Officers),
            self.now(),
            key,
            async || match self.session(token).await {
                Ok(officer) => Ok(Some(officer)),
                Err(Error::Denied) => Ok(None),
                Err(error) => Err(error),
            },
        );
        found.await?.ok_or(Error::Denied)
    }

    /// Ends a session.
    pub async fn log_out(&self, token: &str) -> Result<()> {
        let (hash, at) = (digest(token), self.now());
        self.db
            .write_for(Audience::Officers, move |tx| {
                Box::pin(async move { Ok::<(), Error>(officer::revoke_pass(tx, &hash, at).await?) })
            })
            .await
    }

    /// Opens or closes an account; closing ends all its sessions and tokens.
    pub async fn set_officer_active(&self, login: &str, active: bool) -> Result<()> {
        let found = officer::find(&mut self.db.read().await?, &login.trim().to_lowercase()).await?;
        let id = found.ok_or(Error::NotFound)?.id;
        let (at, log) = (self.now(), self.id());
        self.db
            .write_for(Audience::Officers, move |tx| {
                Box::pin(async move {
                    officer::set_active(tx, id, active).await?;
                    if !active {
                        officer::revoke_all(tx, id, at).await?;
                    }
                    let change = format!("{{\"active\":{active}}}");
                    Ok::<(), Error>(log_change(tx, log, at, None, "officer", &id.to_string(), &change).await?)
                })
            })
            .await
    }

    /// Replaces a password and ends all sessions and tokens of the account.
    pub async fn set_password(&self, login: &str, password: String) -> Result<()> {
        if password.chars().count() < LEAST_PASSWORD {
            return Err(Error::Denied);
        }
        let found = officer::find(&mut self.db.read().await?, &login.trim().to_lowercase()).await?;
        let id = found.ok_or(Error::NotFound)?.id;
        let hash = hash(password).await?;
        let (at, log) = (self.now(), self.id());
        self.db
            .write_for(Audience::Officers, move |tx| {
                Box::pin(async move {
                    officer::set_password(tx, id, &hash).await?;
                    officer::revoke_all(tx, id, at).await?;
                    Ok::<(), Error>(
                        log_change(tx, log, at, None, "officer", &id.to_string(), "{\"password\":true}").await?,
                    )
                })
            })
            .await
    }

    /// Accounts in the order of their ids, after one.
    pub async fn officers(&self, after: UserId, limit: u32) -> Result<Vec<Officer>> {
        Ok(officer::list(&mut self.db.read().await?, after, limit.min(1_000)).await?)
    }

    /// The active accounts with a seat in an office, to assign reports to.
    pub async fn colleagues(&self, agency: AgencyId) -> Result<Vec<Officer>> {
        Ok(officer::list_office(&mut self.db.read().await?, agency, self.now()).await?)
    }

    async fn pass(&self, token: &str, kind: PassKind) -> Result<Officer> {
        let found = officer::find_pass(&mut self.db.read().await?, &digest(token), kind, self.now()).await?;
        found.ok_or(Error::Denied)
    }

    pub(crate) async fn issue(
        &self,
        officer: &Officer,
        kind: PassKind,
        label: &str,
        life: SignedDuration,
    ) -> Result<(String, Timestamp)> {
        let token = secret();
        let now = self.now();
        let expires_at = now.checked_add(life).unwrap_or(Timestamp::MAX);
        let (hash, label, holder) = (digest(&token), label.to_owned(), (officer.id, officer.seat));
        self.db
            .write_for(Audience::Officers, move |tx| {
                Box::pin(async move {
                    Ok::<(), Error>(officer::insert_pass(tx, &hash, holder, kind, &label, now, expires_at).await?)
                })
            })
            .await?;
        Ok((token, expires_at))
    }
}

/// A hash that no password fits, so that an unknown login takes as long as a known one.
pub(crate) const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2R5$Yc9cQOsZbWkFZ1F8b0kZcPqk5kq1c1bXc6o9mEJp1nA";

/// Each hashing takes 19 MiB for a moment.
static HASHING: Semaphore = Semaphore::const_new(2);

pub(crate) async fn hash(password: String) -> Result<String> {
    let _turn = HASHING.acquire().await.map_err(|error| Error::Broken(error.to_string()))?;
    let work = move || Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string());
    let hashed = tokio::task::spawn_blocking(work).await.map_err(|error| Error::Broken(error.to_string()))?;
    hashed.map_err(|error| Error::Broken(error.to_string()))
}

pub(crate) async fn verify(hash: String, password: String) -> Result<bool> {
    let _turn = HASHING.acquire().await.map_err(|error| Error::Broken(error.to_string()))?;
    let work = move || match PasswordHash::new(&hash) {
        Ok(parsed) => Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok(),
        Err(_) => false,
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Broken(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Otherwise the time that a login takes would tell whether the account exists.
    #[tokio::test]
    async fn nobodys_hash_costs_what_a_real_one_costs_and_nothing_fits_it() {
        let real = hash("kata sandi contoh".to_owned()).await.unwrap();
        let (real, nobody) = (PasswordHash::new(&real).unwrap(), PasswordHash::new(NOBODY).unwrap());
        assert_eq!((nobody.algorithm, nobody.version), (real.algorithm, real.version));
        let cost = |hash: &PasswordHash| ["m", "t", "p"].map(|name| hash.params.get_decimal(name));
        assert_eq!(cost(&nobody), cost(&real));
        assert!(nobody.salt.is_some() && nobody.hash.is_some());
        for password in ["", "nobody", "kata sandi contoh"] {
            assert!(!verify(NOBODY.to_owned(), password.to_owned()).await.unwrap());
        }
    }
}
