//! What an officer does with the own second factors, and what an operator does for somebody who lost them.

use super::{Change, MOST, MOST_LABEL, purpose, recovery, totp, use_code};
use crate::attempts::Try;
use crate::officers::verify;
use crate::{App, Error, Result, seats};
use domain::login::Demand;
use domain::policy::seats::may_seat;
use domain::{Actor, AgencyId, Role, UserId};
use jiff::Timestamp;
use store::Audience;
use store::factor::{self, Factor, FactorKind, Note};
use store::identity;
use store::officer::{self, Officer};

/// Why a factor is not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorSlip {
    /// The password does not fit.
    Password,
    /// The code does not fit, or was used before.
    Code,
    /// The secret was offered too long ago.
    Offer,
    /// There are enough of them, or it is somebody else's.
    Many,
    /// The passkey does not fit, or is known already.
    Passkey,
}

/// What an officer proves before a factor is changed.
#[derive(Debug, Clone, Copy)]
pub struct Proof<'a> {
    pub password: &'a str,
    pub code: &'a str,
    pub address: &'a str,
}

/// How an officer's login is guarded.
#[derive(Debug, Clone)]
pub struct Security {
    pub factors: Vec<Factor>,
    pub codes_left: usize,
    /// What happened lately, the latest first.
    pub notes: Vec<Note>,
    /// The office asks for a second factor.
    pub demanded: bool,
}

/// A factor to be added.
pub(super) struct New<'a> {
    pub offer: &'a str,
    pub label: &'a str,
    pub code: &'a str,
    /// Only as the first one.
    pub alone: bool,
}

/// What a factor is made of.
pub(super) struct MadeBy<'a> {
    pub kind: FactorKind,
    pub label: &'a str,
    pub secret: &'a [u8],
    pub step: i64,
}

/// A factor that was proved and is to be written down.
pub(super) struct Fresh {
    pub factor: Factor,
    pub secret: Vec<u8>,
    /// What a passkey is found by, and the challenge that it answered.
    pub passkey: Option<(String, Spent)>,
    /// Only as the first one.
    pub alone: bool,
}

/// A ticket that counts once.
pub(super) struct Spent {
    pub mark: String,
    pub until: Timestamp,
}

pub(super) type Slipped<T> = std::result::Result<T, FactorSlip>;

impl App {
    /// How an officer's login is guarded.
    pub async fn security(&self, officer: &Officer) -> Result<Security> {
        let demanded = self.is_demanded(officer).await?;
        let mut tx = self.db.read().await?;
        Ok(Security {
            factors: factor::list(&mut tx, officer.id).await?,
            codes_left: factor::codes_left(&mut tx, officer.id).await?,
            notes: factor::notes(&mut tx, officer.id).await?,
            demanded,
        })
    }

    /// Adds the authenticator that was offered, proved by a code of it. Returns new recovery codes with the
    /// first factor, to be shown once, and none with a further one.
    pub async fn add_totp(
        &self,
        officer: &Officer,
        offer: &str,
        label: &str,
        proof: &Proof<'_>,
    ) -> Result<Slipped<Vec<String>>> {
        let attempt = self.check_password(officer, proof).await?;
        let Ok(attempt) = attempt else { return Ok(Err(FactorSlip::Password)) };
        let done = self.confirm(officer, &New { offer, label, code: proof.code, alone: false }).await?;
        if done.is_ok() {
            self.attempts.forgive(&attempt);
        }
        Ok(done)
    }

    /// Takes a factor away. With the last one the recovery codes go too.
    pub async fn remove_factor(&self, officer: &Officer, factor: i64, proof: &Proof<'_>) -> Result<Slipped<()>> {
        let attempt = self.check_password(officer, proof).await?;
        let Ok(attempt) = attempt else { return Ok(Err(FactorSlip::Password)) };
        let (keys, id, at, code) = (self.keys.clone(), officer.id, self.now(), proof.code.to_owned());
        let ids = [self.id(), self.id()];
        let done = self.db.write_for(Audience::Officers, move |tx| {
            Box::pin(async move {
                let factors = factor::list(tx, id).await?;
                let gone = factors.iter().find(|one| one.id == factor).ok_or(Error::NotFound)?;
                if use_code(tx, &keys, id, &code, at).await?.is_none() {
                    return Ok(Err(FactorSlip::Code));
                }
                factor::delete(tx, id, factor).await?;
                if factors.len() == 1 {
                    factor::put_codes(tx, id, &[]).await?;
                }
                let what = removed(gone.kind);
                Change { officer: id, by: Some(id), what, label: gone.label.clone(), at, ids }.record(tx).await?;
                Ok::<_, Error>(Ok(()))
            })
        });
        self.settle(&attempt, done.await?)
    }

    /// Makes new recovery codes, to be shown once; the old ones end.
    pub async fn renew_codes(&self, officer: &Officer, proof: &Proof<'_>) -> Result<Slipped<Vec<String>>> {
        let attempt = self.check_password(officer, proof).await?;
        let Ok(attempt) = attempt else { return Ok(Err(FactorSlip::Password)) };
        let (keys, id, at, code) = (self.keys.clone(), officer.id, self.now(), proof.code.to_owned());
        let (ids, codes) = ([self.id(), self.id()], recovery::make());
        let digests: Vec<String> = codes.iter().filter_map(|code| recovery::digest(&self.keys, id, code)).collect();
        let done = self.db.write_for(Audience::Officers, move |tx| {
            Box::pin(async move {
                if use_code(tx, &keys, id, &code, at).await?.is_none() {
                    return Ok(Err(FactorSlip::Code));
                }
                factor::put_codes(tx, id, &digests).await?;
                let what = "recovery-renewed";
                Change { officer: id, by: Some(id), what, label: String::new(), at, ids }.record(tx).await?;
                Ok::<_, Error>(Ok(()))
            })
        });
        Ok(self.settle(&attempt, done.await?)?.map(|()| codes))
    }

    /// Takes all second factors and links to the identity provider away from somebody who lost them, and ends all
    /// sessions and tokens.
    pub async fn reset_factors(&self, login: &str) -> Result<()> {
        let found = officer::find(&mut self.db.read().await?, &login.trim().to_lowercase()).await?;
        let id = found.ok_or(Error::NotFound)?.id;
        let (at, ids) = (self.now(), [self.id(), self.id()]);
        self.db
            .write_for(Audience::Officers, move |tx| {
                Box::pin(async move {
                    factor::delete_all(tx, id).await?;
                    factor::put_codes(tx, id, &[]).await?;
                    identity::delete_all(tx, id).await?;
                    officer::revoke_all(tx, id, at).await?;
                    Change { officer: id, by: None, what: "factors-reset", label: String::new(), at, ids }
                        .record(tx)
                        .await
                })
            })
            .await
    }

    /// An office begins or ends to ask a second factor of one role, for itself and everything below it; said by whoever
    /// runs the system, or from a seat that gives seats of that role there.
    pub async fn demand_second_factor(&self, by: &Actor, role: Role, agency: AgencyId, on: bool) -> Result<()> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        agencies.get(agency).ok_or(Error::NotFound)?;
        if *by != Actor::System && !may_seat(agencies, by, agency, role) {
            return Err(Error::Denied);
        }
        let (app, user) = (self.clone(), by.user());
        self.db
            .write_for(Audience::Officers, move |tx| {
                Box::pin(async move {
                    let known = factor::demands(tx, agency).await?;
                    if known.iter().any(|demand| demand.role == role) == on {
                        return Ok(());
                    }
                    factor::put_demand(tx, Demand { agency, role }, on).await?;
                    app.log_seat(tx, user, agency, &seats::Change::Demanded { role, on }).await
                })
            })
            .await
    }

    /// The roles of which an office itself asks a second factor, and those of which an office above it does.
    pub async fn demanded_roles(&self, office: AgencyId) -> Result<(Vec<Role>, Vec<Role>)> {
        let mut tx = self.db.read().await?;
        let own = factor::demands(&mut tx, office).await?.into_iter().map(|demand| demand.role).collect();
        let mut above = Vec::new();
        for higher in self.reference().rules.agencies.line(office).skip(1) {
            above.extend(factor::demands(&mut tx, higher).await?.into_iter().map(|demand| demand.role));
        }
        Ok((own, above))
    }

    /// Adds a factor that a code has proved.
    pub(super) async fn confirm(&self, officer: &Officer, new: &New<'_>) -> Result<Slipped<Vec<String>>> {
        let Some(secret) = self.offered(officer.id, new.offer) else { return Ok(Err(FactorSlip::Offer)) };
        let Some(step) = totp::step_of(&secret, new.code, self.now()) else { return Ok(Err(FactorSlip::Code)) };
        let made = MadeBy { kind: FactorKind::Totp, label: new.label, secret: &secret, step };
        let factor = self.factor(officer.id, &made)?;
        self.keep_factor(Fresh { factor, secret: secret.to_vec(), passkey: None, alone: new.alone }).await
    }

    /// Writes a factor down, and recovery codes with the first one. One that is there already is not added twice.
    pub(super) async fn keep_factor(&self, fresh: Fresh) -> Result<Slipped<Vec<String>>> {
        let Fresh { factor, secret, passkey, alone } = fresh;
        let (keys, ids, codes) = (self.keys.clone(), [self.id(), self.id()], recovery::make());
        self.db
            .write_for(Audience::Officers, move |tx| {
                Box::pin(async move {
                    if let Some((credential, spent)) = &passkey {
                        if factor::find(tx, credential).await?.is_some() {
                            return Ok(Err(FactorSlip::Passkey));
                        }
                        if !factor::mark_used(tx, &spent.mark, factor.added_at, spent.until).await? {
                            return Ok(Err(FactorSlip::Offer));
                        }
                    }
                    let present = factor::list(tx, factor.officer).await?;
                    let opened = |one: &Factor| keys.unseal(&purpose(one), &one.sealed);
                    if present.iter().any(|one| opened(one).as_deref() == Some(&secret[..])) {
                        return Ok(Ok(Vec::new()));
                    }
                    if present.len() >= MOST || (alone && !present.is_empty()) {
                        return Ok(Err(FactorSlip::Many));
                    }
                    let credential = passkey.as_ref().map(|(credential, _)| credential.as_str());
                    factor::insert(tx, &factor, credential).await?;
                    let codes = if present.is_empty() { codes } else { Vec::new() };
                    if !codes.is_empty() {
                        let digests = codes.iter().filter_map(|code| recovery::digest(&keys, factor.officer, code));
                        factor::put_codes(tx, factor.officer, &digests.collect::<Vec<_>>()).await?;
                    }
                    added(&factor, ids).record(tx).await?;
                    Ok::<_, Error>(Ok(codes))
                })
            })
            .await
    }

    pub(super) fn factor(&self, officer: UserId, made: &MadeBy<'_>) -> Result<Factor> {
        let mut factor = Factor {
            id: self.id(),
            officer,
            kind: made.kind,
            label: made.label.trim().chars().take(MOST_LABEL).collect(),
            sealed: String::new(),
            step: made.step,
            added_at: self.now(),
            used_at: None,
        };
        let sealed = self.keys.seal(&purpose(&factor), made.secret);
        factor.sealed = sealed.ok_or_else(|| Error::Broken("a secret was not sealed".to_owned()))?;
        Ok(factor)
    }

    /// Whether the password fits; counted until [`App::settle`] forgives the attempt.
    pub(super) async fn check_password(&self, officer: &Officer, proof: &Proof<'_>) -> Result<Slipped<Try>> {
        let attempt = Try::on(format!("factor:{}:{}", officer.id, proof.address));
        self.attempts.begin(&attempt)?;
        let fits = verify(officer.password.clone(), proof.password.to_owned()).await?;
        Ok(if fits { Ok(attempt) } else { Err(FactorSlip::Password) })
    }

    pub(super) fn settle<T>(&self, attempt: &Try, done: Slipped<T>) -> Result<Slipped<T>> {
        if done.is_ok() {
            self.attempts.forgive(attempt);
        }
        Ok(done)
    }
}

fn added(factor: &Factor, ids: [i64; 2]) -> Change {
    let what = match factor.kind {
        FactorKind::Totp => "totp-added",
        FactorKind::Passkey => "passkey-added",
    };
    let (officer, at) = (factor.officer, factor.added_at);
    Change { officer, by: Some(officer), what, label: factor.label.clone(), at, ids }
}

fn removed(kind: FactorKind) -> &'static str {
    match kind {
        FactorKind::Totp => "totp-removed",
        FactorKind::Passkey => "passkey-removed",
    }
}
