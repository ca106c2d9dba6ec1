//! A passkey is shown at the door: alone, or after the password.

use super::{Answer, Challenge, broken, ceremony, credential, relying_party};
use crate::attempts::Try;
use crate::factors::{Change, Waiting, device, purpose, unreadable};
use crate::keys::digest;
use crate::{App, Door, Error, FactorSlip, Officer, Result, Session};
use store::Audience;
use store::factor::{self, Factor, FactorKind};
use store::officer;
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, PublicKeyCredential, SecurityKey, SecurityKeyAuthentication,
    WebauthnError,
};

const ALONE: &str = "alone";
const SECOND: &str = "second";

/// What a device's answer proved.
type Judged = std::result::Result<AuthenticationResult, WebauthnError>;

impl App {
    /// Asks a browser for any passkey of this site, as a whole login. The bond is what only this browser brings back.
    pub fn ask_for_passkey(&self, site: &str, bond: &str) -> Result<Challenge> {
        let (mut options, state) = relying_party(site)?.start_discoverable_authentication().map_err(broken)?;
        options.mediation = None;
        self.challenge(&ceremony(ALONE, bond), &state, &options)
    }

    /// Lets the owner of a passkey in whose device checked that it is the owner. [`Error::Denied`] for any answer
    /// that does not fit, an old one, or one that was given before. Wrong ones are counted for the passkey and the
    /// address, on a known device for that device alone.
    pub async fn log_in_with_passkey(&self, answer: &Answer<'_>, door: &Door<'_>) -> Result<Session> {
        let party = relying_party(answer.site)?;
        let sent: PublicKeyCredential = serde_json::from_str(answer.json).map_err(|_| Error::Denied)?;
        let (handle, id) = party.identify_discoverable_authentication(&sent).map_err(|_| Error::Denied)?;
        let found = self.owner(&credential(id)).await?;
        let known = found.as_ref().and_then(|(_, officer)| device::known(&self.keys, door.device, &officer.login));
        let attempt = match known {
            Some(own) => Try::on(format!("passkey:device:{own}")),
            None => Try::on(format!("passkey:{}:{}", credential(id), door.address)).from(door.address),
        };
        self.attempts.begin(&attempt)?;
        let state = self.state::<DiscoverableAuthentication>(&ceremony(ALONE, answer.bond), answer.ticket);
        let state = state.ok_or(Error::Denied)?;
        let own = found.filter(|(_, officer)| self.passkey_handle(officer.id) == handle);
        let (factor, officer) = own.ok_or(Error::Denied)?;
        let key = self.opened(&factor)?;
        let judged = party.finish_discoverable_authentication_v2(&sent, state, &key);
        self.note_use(&factor, key, judged, answer.ticket).await?;
        self.attempts.forgive(&attempt);
        self.let_in(officer, door).await
    }

    /// Asks a browser for a passkey of the officer who waits with this ticket. [`Error::Denied`] when it is too late
    /// or there is none.
    pub async fn ask_second_passkey(&self, step: &str, site: &str) -> Result<Challenge> {
        let waiting = self.waiting(step).await?;
        let keys = self.passkeys(&waiting)?.into_iter().map(|(_, key)| key).collect::<Vec<_>>();
        if keys.is_empty() {
            return Err(Error::Denied);
        }
        let (mut options, state) = relying_party(site)?.start_securitykey_authentication(&keys).map_err(broken)?;
        options.public_key.hints = None;
        self.challenge(&ceremony(SECOND, step), &state, &options)
    }

    /// The second step with a passkey, whose challenge is bound to the step's ticket. Attempts are limited as those
    /// with a code are.
    pub async fn finish_login_with_passkey(
        &self,
        answer: &Answer<'_>,
        door: &Door<'_>,
    ) -> Result<std::result::Result<Session, FactorSlip>> {
        let waiting = self.waiting(answer.bond).await?;
        let attempt = self.second(&waiting.officer, door);
        self.attempts.begin(&attempt)?;
        let state = self.state::<SecurityKeyAuthentication>(&ceremony(SECOND, answer.bond), answer.ticket);
        let sent = serde_json::from_str::<PublicKeyCredential>(answer.json);
        let (Some(state), Ok(sent)) = (state, sent) else { return Ok(Err(FactorSlip::Passkey)) };
        let mut own = self.passkeys(&waiting)?.into_iter();
        let Some((factor, key)) = own.find(|(_, key)| key.cred_id()[..] == sent.raw_id[..]) else {
            return Ok(Err(FactorSlip::Passkey));
        };
        let judged = relying_party(answer.site)?.finish_securitykey_authentication(&sent, &state);
        match self.note_use(&factor, key, judged, answer.ticket).await {
            Err(Error::Denied) => return Ok(Err(FactorSlip::Passkey)),
            other => other?,
        }
        self.attempts.forgive(&attempt);
        Ok(Ok(self.let_in(waiting.officer, door).await?))
    }

    async fn owner(&self, credential: &str) -> Result<Option<(Factor, Officer)>> {
        let mut tx = self.db.read().await?;
        let Some(found) = factor::find(&mut tx, credential).await? else { return Ok(None) };
        let officer = officer::sit(&mut tx, found.officer, self.now()).await?;
        Ok(officer.map(|officer| (found, officer)))
    }

    fn passkeys(&self, waiting: &Waiting) -> Result<Vec<(Factor, SecurityKey)>> {
        let passkeys = waiting.factors.iter().filter(|factor| factor.kind == FactorKind::Passkey);
        passkeys.map(|factor| Ok((factor.clone(), self.opened(factor)?))).collect()
    }

    /// Notes that a challenge was answered, with the counter that the device showed: each once. A counter that does
    /// not go on betrays a copy of the key; its owner is told, and nobody is let in.
    async fn note_use(&self, found: &Factor, mut key: SecurityKey, judged: Judged, ticket: &str) -> Result<()> {
        let counter = match judged {
            Ok(result) => {
                key.update_credential(&result);
                i64::from(result.counter())
            }
            Err(WebauthnError::CredentialPossibleCompromise) => return self.tell_of_copy(found).await,
            Err(error) => {
                tracing::info!(%error, "a passkey did not fit");
                return Err(Error::Denied);
            }
        };
        let bytes = serde_json::to_vec(&key).map_err(broken)?;
        let sealed = self.keys.seal(&purpose(found), &bytes).ok_or_else(unreadable)?;
        let (id, at, mark, until) = (found.id, self.now(), digest(ticket), self.challenge_end());
        let used = self.db.write_for(Audience::Officers, move |tx| {
            Box::pin(async move {
                let first = factor::mark_used(tx, &mark, at, until).await?;
                let onward = first && (counter == 0 || factor::use_step(tx, id, counter, at).await?);
                if onward {
                    factor::reseal(tx, id, &sealed, at).await?;
                }
                Ok::<_, Error>((first, onward))
            })
        });
        match used.await? {
            (_, true) => Ok(()),
            (true, false) => self.tell_of_copy(found).await,
            (false, false) => Err(Error::Denied),
        }
    }

    async fn tell_of_copy(&self, found: &Factor) -> Result<()> {
        tracing::warn!(officer = %found.officer, "a passkey may have been copied");
        let (officer, at, ids) = (found.officer, self.now(), [self.id(), self.id()]);
        let change = Change { officer, by: None, what: "passkey-copied", label: found.label.clone(), at, ids };
        self.db.write_for(Audience::Officers, move |tx| Box::pin(async move { change.record(tx).await })).await?;
        Err(Error::Denied)
    }
}
