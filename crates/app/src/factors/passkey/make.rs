//! A passkey is made by an officer who is logged in and types the password once more.

use super::{Answer, Challenge, broken, ceremony, credential, relying_party};
use crate::factors::keep::{Fresh, MadeBy, Slipped, Spent};
use crate::keys::digest;
use crate::{App, FactorSlip, Officer, Proof, Result};
use domain::UserId;
use store::factor::{self, FactorKind};
use webauthn_rs::prelude::{RegisterPublicKeyCredential, SecurityKeyRegistration};

impl App {
    /// Asks a browser to make a passkey for this officer, in the session that is the bond.
    pub async fn ask_passkey(&self, officer: &Officer, site: &str, bond: &str) -> Result<Challenge> {
        let present = factor::list(&mut self.db.read().await?, officer.id).await?;
        let keys = present.iter().filter(|one| one.kind == FactorKind::Passkey).map(|one| self.opened(one));
        let known = keys.map(|key| Ok(key?.cred_id().clone())).collect::<Result<Vec<_>>>()?;
        let handle = self.passkey_handle(officer.id);
        let party = relying_party(site)?;
        let begun =
            party.start_securitykey_registration(handle, &officer.login, &officer.name, Some(known), None, None);
        let (mut options, state) = begun.map_err(broken)?;
        // A passkey that the device finds by itself, where it can: then a login need not ask for a name.
        options.public_key.hints = None;
        // Chromium refuses a protection that only a checked owner passes where the check is not demanded.
        options.public_key.extensions = None;
        if let Some(wanted) = &mut options.public_key.authenticator_selection {
            wanted.resident_key = Some(serde_json::from_value("preferred".into()).map_err(broken)?);
        }
        self.challenge(&ceremony(&making(officer.id), bond), &state, &options)
    }

    /// Adds the passkey that a browser has made. Returns new recovery codes with the first factor.
    pub async fn add_passkey(
        &self,
        officer: &Officer,
        answer: &Answer<'_>,
        label: &str,
        proof: &Proof<'_>,
    ) -> Result<Slipped<Vec<String>>> {
        let attempt = self.check_password(officer, proof).await?;
        let Ok(attempt) = attempt else { return Ok(Err(FactorSlip::Password)) };
        let purpose = ceremony(&making(officer.id), answer.bond);
        let Some(state) = self.state::<SecurityKeyRegistration>(&purpose, answer.ticket) else {
            return Ok(Err(FactorSlip::Offer));
        };
        let Ok(sent) = serde_json::from_str::<RegisterPublicKeyCredential>(answer.json) else {
            return Ok(Err(FactorSlip::Passkey));
        };
        let key = match relying_party(answer.site)?.finish_securitykey_registration(&sent, &state) {
            Ok(key) => key,
            Err(error) => {
                tracing::info!(%error, "a passkey was not taken");
                return Ok(Err(FactorSlip::Passkey));
            }
        };
        let secret = serde_json::to_vec(&key).map_err(broken)?;
        let made = MadeBy { kind: FactorKind::Passkey, label, secret: &secret, step: 0 };
        let factor = self.factor(officer.id, &made)?;
        let spent = Spent { mark: digest(answer.ticket), until: self.challenge_end() };
        let fresh = Fresh { factor, secret, passkey: Some((credential(key.cred_id()), spent)), alone: false };
        let done = self.keep_factor(fresh).await?;
        self.settle(&attempt, done)
    }
}

fn making(officer: UserId) -> String {
    format!("make {officer}")
}
