//! A partner system brings in what somebody told it, through the same door as every report.

use super::Receipt;
use crate::act::again_when_overtaken;
use crate::keys::digest;
use crate::partner::Partner;
use crate::{App, Conflict, Error, Letter, Result};
use domain::partner::ExternalRef;
use domain::report::Channel;
use store::report::Row;
use store::{Tx, partner};

/// A report of a partner system.
#[derive(Debug, Clone)]
pub struct PartnerLetter {
    /// Its key is the partner's own; with the same one it is the same report.
    pub letter: Letter,
    /// Its number in the partner's books, which is given to one report only.
    pub external_ref: ExternalRef,
    /// The person agreed that name and contact are handed on.
    pub consent: bool,
}

/// What is written beside a report that a partner brought in.
#[derive(Debug, Clone)]
pub(super) struct Bringing {
    pub partner: i64,
    pub external_ref: ExternalRef,
    pub consent: bool,
}

impl App {
    /// Takes a report in that a partner brings. The same number or key with the same content gives the same receipt
    /// again; with other content it is a [`Conflict::KeyReused`]. Name and contact need the person's consent.
    pub async fn take_from_partner(&self, by: &Partner, sent: PartnerLetter) -> Result<Receipt> {
        let PartnerLetter { letter, external_ref, consent } = sent;
        if !consent && letter.reporter().is_some() {
            return Err(Error::Denied);
        }
        let key = digest(&format!("partner:{}:{}", by.id, letter.key));
        let mut prepared = self.prepare(Letter { channel: Channel::Partner, ..letter })?;
        let said = format!("{}:{:?}", prepared.key.fingerprint, (external_ref.as_str(), consent));
        prepared.key.key = key;
        prepared.key.fingerprint = digest(&said);
        prepared.partner = Some(Bringing { partner: by.id, external_ref, consent });
        again_when_overtaken(|| self.bring(prepared.clone())).await
    }

    async fn bring(&self, prepared: super::Prepared) -> Result<Receipt> {
        if let Some(bringing) = &prepared.partner {
            let mut tx = self.db.read().await?;
            let number = bringing.external_ref.as_str();
            if let Some((code, fingerprint)) = partner::brought(&mut tx, bringing.partner, number).await? {
                let same = fingerprint == prepared.key.fingerprint;
                let receipt = Receipt { code, pin: self.keys.pin(code), repeated: true };
                return if same { Ok(receipt) } else { Err(Error::Conflict(Conflict::KeyReused)) };
            }
        }
        self.enter(prepared).await
    }

    /// Written in the transaction of the intake. Somebody was faster with the same number: it is looked at again.
    pub(super) async fn note_bringing(&self, tx: &mut Tx, row: &Row, by: &Bringing) -> Result<()> {
        let number = by.external_ref.as_str();
        match partner::bring(tx, by.partner, number, row.report.id, by.consent, self.now()).await? {
            true => Ok(()),
            false => Err(Error::Overtaken),
        }
    }
}
