//! API tokens: made by an officer or an operator, limited to verbs and an office, shown once.

use crate::attempts::Try;
use crate::keys::{digest, secret};
use crate::officers::verify;
use crate::seats::Change;
use crate::{App, Error, Result};
use domain::partner::{Partnership, gives_partnerships};
use domain::scope::{Scope, Verb};
use domain::{AgencyId, Code};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use store::access::log_change;
use store::officer::{self, Officer, PassKind};
use store::{Audience, partner, report, scope};

/// A token lasts a year.
const LIFE: SignedDuration = SignedDuration::from_hours(24 * 365);

/// Why a token is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenSlip {
    /// The password does not fit.
    Password,
    /// No verb was chosen, or an office that the seat does not reach.
    Scope,
}

impl App {
    /// Makes an API token for an account's seat in an office, or its oldest one; it stays with that seat. It is
    /// shown once and kept as a digest. [`Error::Denied`] for limits that the seat cannot give.
    pub async fn make_token(&self, login: &str, seat: Option<AgencyId>, label: &str, scope: Scope) -> Result<String> {
        self.make_token_for(login, seat, label, scope, None).await
    }

    /// The same for a partner system, which alone may bring reports in by it.
    pub async fn make_token_for(
        &self,
        login: &str,
        seat: Option<AgencyId>,
        label: &str,
        scope: Scope,
        partner: Option<Partnership>,
    ) -> Result<String> {
        let mut tx = self.db.read().await?;
        let found = officer::find(&mut tx, &login.trim().to_lowercase()).await?;
        let mut officer = found.ok_or(Error::NotFound)?;
        if let Some(office) = seat {
            let seated = officer::list_office(&mut tx, office, self.now()).await?;
            officer = seated.into_iter().find(|seated| seated.id == officer.id).ok_or(Error::NotFound)?;
        }
        drop(tx);
        self.write_token(&officer, label, scope, partner).await?.ok_or(Error::Denied)
    }

    /// Makes an API token for the officer who asks and proves the password.
    pub async fn make_own_token(
        &self,
        officer: &Officer,
        label: &str,
        scope: Scope,
        password: &str,
        address: &str,
        partner: Option<Partnership>,
    ) -> Result<std::result::Result<String, TokenSlip>> {
        let attempt = Try::on(format!("token:{}:{address}", officer.id));
        self.attempts.begin(&attempt)?;
        if !verify(officer.password.clone(), password.to_owned()).await? {
            return Ok(Err(TokenSlip::Password));
        }
        self.attempts.forgive(&attempt);
        Ok(self.write_token(officer, label, scope, partner).await?.ok_or(TokenSlip::Scope))
    }

    /// The officer behind an API token, and its limits.
    pub async fn token(&self, token: &str) -> Result<(Officer, Scope)> {
        let hash = digest(token);
        let mut tx = self.db.read().await?;
        let officer = officer::find_pass(&mut tx, &hash, PassKind::Token, self.now()).await?.ok_or(Error::Denied)?;
        Ok((officer, scope::load(&mut tx, &hash).await?))
    }

    /// The limits of an officer's tokens, by digest.
    pub async fn scopes(&self, officer: &Officer) -> Result<BTreeMap<String, Scope>> {
        Ok(scope::list(&mut self.db.read().await?, officer.id).await?)
    }

    /// The valid tokens of an account, one line each: label, verbs, office, last day.
    pub async fn token_lines(&self, login: &str) -> Result<Vec<String>> {
        let mut tx = self.db.read().await?;
        let officer = officer::find(&mut tx, &login.trim().to_lowercase()).await?.ok_or(Error::NotFound)?;
        let mut limits = scope::list(&mut tx, officer.id).await?;
        let partners = partner::list_granted(&mut tx, officer.id).await?;
        let passes = officer::list_passes(&mut tx, officer.id, self.now()).await?;
        let tokens = passes.into_iter().filter(|pass| pass.kind == PassKind::Token);
        let line = |pass: officer::Pass| {
            let scope = limits.remove(&pass.hash).unwrap_or_else(Scope::whole);
            let verbs = scope.verbs.iter().map(|verb| verb.name()).collect::<Vec<_>>().join(",");
            let office = scope.office.map_or_else(|| "-".to_owned(), |office| office.to_string());
            let partner = partners.iter().find(|(hash, _, _)| *hash == pass.hash).map(|(_, partner, quota)| {
                format!("  {} ({}/min, {}/day)", partner.name, quota.per_minute, quota.per_day)
            });
            format!("{}  {verbs}  {office}  {}{}", pass.label, pass.expires_at, partner.unwrap_or_default())
        };
        Ok(tokens.map(line).collect())
    }

    /// Whose turn it is with a report: for the limits of a token, told to nobody.
    pub async fn holder(&self, code: Code) -> Result<Option<AgencyId>> {
        Ok(report::find(&mut self.db.read().await?, code).await?.map(|row| row.report.holder))
    }

    async fn write_token(
        &self,
        officer: &Officer,
        label: &str,
        limits: Scope,
        partner: Option<Partnership>,
    ) -> Result<Option<String>> {
        let brings = limits.verbs.contains(&Verb::Submit);
        let lets_in = brings == partner.is_some() && (!brings || gives_partnerships(officer.role));
        if !lets_in || !limits.fits(&self.reference().rules.agencies, officer.role, officer.agency) {
            return Ok(None);
        }
        let office = limits.office.unwrap_or(officer.agency);
        let (token, at, id, log) = (secret(), self.now(), officer.id, self.id());
        let holder = (id, officer.seat);
        let until = at.checked_add(LIFE).unwrap_or(Timestamp::MAX);
        let (hash, label) = (digest(&token), label.trim().chars().take(60).collect::<String>());
        let app = self.clone();
        self.db
            .write_for(Audience::Officers, move |tx| {
                Box::pin(async move {
                    officer::insert_pass(tx, &hash, holder, PassKind::Token, &label, at, until).await?;
                    scope::put(tx, &hash, &limits).await?;
                    if let Some(Partnership { name, quota }) = &partner {
                        let known = partner::settle(tx, app.id(), office, name.as_str(), at).await?;
                        partner::grant(tx, &hash, known, *quota).await?;
                        app.log_seat(tx, Some(id), office, &Change::PartnerLetIn { partner: known }).await?;
                    }
                    log_change(tx, log, at, Some(id), "pass", &id.to_string(), "{\"token\":true}").await?;
                    Ok::<(), Error>(())
                })
            })
            .await?;
        Ok(Some(token))
    }
}
