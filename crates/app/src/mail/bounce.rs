//! Letters that came back after a server had taken them.

use crate::{App, Error, Result};
use channel::mail::Bounce;
use store::Audience;
use store::letter;

impl App {
    /// Reads what a mail server tells of a letter that it could not deliver, and notes it. `false` when it is
    /// not about a letter of ours, or about a delay only. Where nobody lives at the address, none goes there
    /// any more.
    pub async fn note_bounce(&self, raw: &[u8]) -> Result<bool> {
        let Some(bounce) = Bounce::read(raw) else { return Ok(false) };
        let Some(id) = bounce.message_ids.iter().find_map(|message_id| self.letter_of(message_id)) else {
            return Ok(false);
        };
        let at = self.now();
        self.db
            .write_for(Audience::Nobody, move |tx| {
                Box::pin(async move {
                    if !letter::bounce(tx, id, &bounce.status).await? {
                        return Ok(false);
                    }
                    if let Some(address) = letter::address(tx, id).await?.filter(|_| bounce.is_about_address()) {
                        letter::bury(tx, &address, at, &bounce.status).await?;
                    }
                    Ok::<bool, Error>(true)
                })
            })
            .await
    }

    /// The letter with a message id, where that was made here.
    pub(crate) fn letter_of(&self, message_id: &str) -> Option<i64> {
        let (local, domain) = message_id.split_once('@')?;
        let id = local.split_once('.')?.0.parse().ok()?;
        (self.message_id(id, domain) == message_id).then_some(id)
    }
}
