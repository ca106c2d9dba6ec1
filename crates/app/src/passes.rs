//! What an officer holds: sessions and tokens, each of which can be ended, and the password behind them.

use crate::attempts::Try;
use crate::keys::digest;
use crate::officers::{LEAST_PASSWORD, hash, verify};
use crate::{App, Error, Result};
use store::Audience;
use store::access::log_change;
use store::officer::{self, Officer, Pass};

/// Why a new password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordSlip {
    /// The present one does not fit.
    Wrong,
    /// Fewer than [`LEAST_PASSWORD`] characters.
    Short,
}

impl App {
    /// An officer's valid sessions and tokens, the newest first, and which of them is this one.
    pub async fn passes(&self, officer: &Officer, token: &str) -> Result<Vec<(Pass, bool)>> {
        let passes = officer::list_passes(&mut self.db.read().await?, officer.id, self.now()).await?;
        let own = digest(token);
        Ok(passes.into_iter().map(|pass| (pass.hash == own, pass)).map(|(own, pass)| (pass, own)).collect())
    }

    /// Ends one of an officer's own sessions or tokens.
    pub async fn end_pass(&self, officer: &Officer, hash: &str) -> Result<()> {
        let (id, at, log, hash) = (officer.id, self.now(), self.id(), hash.to_owned());
        self.db
            .write_for(Audience::Officers, move |tx| {
                Box::pin(async move {
                    if !officer::revoke_own(tx, id, &hash, at).await? {
                        return Err(Error::NotFound);
                    }
                    log_change(tx, log, at, Some(id), "pass", &id.to_string(), "{\"ended\":true}").await?;
                    Ok(())
                })
            })
            .await
    }

    /// Replaces an officer's own password and ends all other sessions and tokens. Attempts are limited.
    pub async fn change_password(
        &self,
        officer: &Officer,
        token: &str,
        present: &str,
        new: &str,
        address: &str,
    ) -> Result<std::result::Result<(), PasswordSlip>> {
        self.attempts.begin(&Try::on(format!("password:{}:{address}", officer.id)))?;
        if !verify(officer.password.clone(), present.to_owned()).await? {
            return Ok(Err(PasswordSlip::Wrong));
        }
        if new.chars().count() < LEAST_PASSWORD {
            return Ok(Err(PasswordSlip::Short));
        }
        let fresh = hash(new.to_owned()).await?;
        let (id, at, log, kept) = (officer.id, self.now(), self.id(), digest(token));
        self.db
            .write_for(Audience::Officers, move |tx| {
                Box::pin(async move {
                    officer::set_password(tx, id, &fresh).await?;
                    officer::revoke_others(tx, id, &kept, at).await?;
                    log_change(tx, log, at, Some(id), "officer", &id.to_string(), "{\"password\":true}").await?;
                    Ok::<(), Error>(())
                })
            })
            .await?;
        Ok(Ok(()))
    }
}
