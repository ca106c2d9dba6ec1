//! Words before a short message that name an office; the national admin gives them out.

use crate::reference::announce;
use crate::seats::Change;
use crate::{App, Error, Result};
use domain::policy::keeps_words;
use domain::{Actor, AgencyId};
use store::Audience;
use store::short_code;

/// The most words that there can be.
const MOST_WORDS: usize = 5_000;
/// Fewest and most letters of a word.
const LEAST: usize = 2;
const MOST: usize = 15;

/// A word and the office that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub word: String,
    pub agency: AgencyId,
}

/// Why a word is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordSlip {
    /// Letters and digits only, from two to fifteen.
    Form,
    /// It means something in every message.
    Reserved,
    /// Another office has it.
    Taken,
    /// There is no such office.
    Office,
}

impl App {
    /// All words, by their letters.
    pub fn words(&self) -> Vec<Word> {
        let reference = self.reference();
        reference.codes.iter().map(|(word, code)| Word { word: word.clone(), agency: code.agency }).collect()
    }

    /// Gives a word to an office.
    pub async fn add_word(
        &self,
        by: &Actor,
        typed: &str,
        agency: AgencyId,
    ) -> Result<std::result::Result<(), WordSlip>> {
        let user = by.user().filter(|_| by.role().is_some_and(keeps_words)).ok_or(Error::Denied)?;
        let word = typed.trim().to_uppercase();
        let fits = (LEAST..=MOST).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let digits = word.bytes().all(|byte| byte.is_ascii_digit());
        if !fits || digits {
            return Ok(Err(WordSlip::Form));
        }
        if domain::conversation::is_reserved(&word) {
            return Ok(Err(WordSlip::Reserved));
        }
        let reference = self.reference();
        if reference.rules.agencies.get(agency).is_none() {
            return Ok(Err(WordSlip::Office));
        }
        if reference.codes.len() >= MOST_WORDS {
            return Err(Error::Busy);
        }
        let app = self.clone();
        let write = self.db.write_for(Audience::Nobody, move |tx| {
            let (app, word) = (app.clone(), word.clone());
            Box::pin(async move {
                if !short_code::put(tx, &(word.clone(), agency, None)).await? {
                    return Ok(false);
                }
                app.log_seat(tx, Some(user), agency, &Change::WordGiven { word }).await?;
                announce(tx, app.id()).await?;
                Ok::<bool, Error>(true)
            })
        });
        let given = write.await?;
        self.reload_reference().await?;
        Ok(if given { Ok(()) } else { Err(WordSlip::Taken) })
    }

    /// Takes a word away from an office; whoever writes it is heard as if it were a word like any other.
    pub async fn drop_word(&self, by: &Actor, word: &str, agency: AgencyId) -> Result<()> {
        let user = by.user().filter(|_| by.role().is_some_and(keeps_words)).ok_or(Error::Denied)?;
        let (app, word) = (self.clone(), word.to_owned());
        let write = self.db.write_for(Audience::Nobody, move |tx| {
            let (app, word) = (app.clone(), word.clone());
            Box::pin(async move {
                if short_code::delete(tx, &word, agency).await? {
                    app.log_seat(tx, Some(user), agency, &Change::WordTaken { word }).await?;
                    announce(tx, app.id()).await?;
                }
                Ok::<(), Error>(())
            })
        });
        write.await?;
        self.reload_reference().await
    }
}
