//! Letters by e-mail, by short message and by chat. Whoever has something to tell puts a letter into the post in the transaction
//! of its cause; a lane for each way sends them, so that a slow server holds up nothing else.
//!
//! This crate holds no sentence: a letter is a key and what belongs into its sentences until a [`Scribe`]
//! writes it in the language of whoever gets it.

mod bounce;
mod deliver;
mod letter;
mod mailbox;
mod news;
mod stop;

pub use channel::mail::{Post, Sender};
pub use deliver::Delivered;
pub(crate) use deliver::Sent;
pub use letter::{Arg, Args, NewLetter};
pub use mailbox::Reach;
pub(crate) use news::STATUS;
pub use news::{News, OpenNews};
pub use stop::Stopped;

use crate::{App, Error, Result};
use channel::chat::Choice;
use domain::Way;
use std::sync::Arc;
use store::{Audience, Tx, letter as outbox};

/// The letter of a person that a letter answers: an argument beside those of its sentences.
pub(crate) const THREAD: &str = "thread";

/// What a letter says, before anybody has put it into words.
#[derive(Debug, Clone)]
pub struct Draft {
    /// `id` or `en`.
    pub language: String,
    /// The letter's name: its subject is the sentence `letter-{kind}-subject`, its text `letter-{kind}`.
    pub kind: String,
    pub args: Args,
    /// What happened to a report, where the letter tells that.
    pub news: Option<News>,
    /// The path of the page that it is about, shown on a line of its own.
    pub page: Option<String>,
    /// The path at which what is asked can be answered at once.
    pub answer: Option<String>,
    /// The path at which such letters are stopped.
    pub stop: Option<String>,
    /// The PIN of the report, for the receipt of somebody who has nothing but a telephone.
    pub pin: Option<String>,
    /// Its reader may answer it by letter.
    pub heard: bool,
    /// The public post that it answers before everybody; none where it goes to its reader alone.
    pub post: Option<String>,
}

/// A letter in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub subject: String,
    pub text: String,
    /// The whole address at which such letters are stopped.
    pub stop: Option<String>,
}

/// A letter in the words of a chat, and what can be answered with one touch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bubble {
    pub text: String,
    pub choices: Vec<Choice>,
    /// It asks where the person is.
    pub asks_place: bool,
}

/// Puts letters into words; `web` has the sentences.
pub trait Scribe: Send + Sync {
    /// A letter in the language of its reader.
    fn write(&self, draft: &Draft) -> Written;

    /// A letter in the few words of a short message.
    fn write_short(&self, draft: &Draft) -> String;

    /// A letter in the words of a chat.
    fn write_chat(&self, draft: &Draft) -> Bubble;

    /// A letter in the words of one public post.
    fn write_post(&self, draft: &Draft) -> String;
}

/// How letters leave the house.
pub struct Mail {
    pub post: Post,
    pub sender: Sender,
    pub scribe: Arc<dyn Scribe>,
}

impl App {
    /// Letters leave by `mail` from now on. Without it none is written, and no page promises one.
    pub fn with_mail(self, mail: Mail) -> App {
        App { mail: Some(Arc::new(mail)), ..self }
    }

    /// Whether letters can be sent at all: only then a page may promise one.
    pub fn sends_mail(&self) -> bool {
        self.sends(Way::Email)
    }

    /// Whether there is a way by which letters go.
    pub fn sends(&self, way: Way) -> bool {
        match way {
            Way::Email => self.mail.is_some(),
            Way::Sms => self.sms.is_some(),
            Way::Whatsapp | Way::Telegram | Way::X => self.chats_by(way),
        }
    }

    /// The digest under which an address is known once its letters are settled.
    pub(crate) fn address_digest(&self, address: &str) -> String {
        self.keys.sign("address", &address.trim().to_lowercase())
    }

    /// Puts a letter into the post that says only that letters arrive. `false` where no mail is set up.
    pub async fn send_test_letter(&self, to: &str, language: &str) -> Result<bool> {
        let letter = NewLetter::now(to, language, "test", self.now());
        let app = self.clone();
        self.db.write_for(Audience::Nobody, move |tx| Box::pin(async move { app.post(tx, letter).await })).await
    }

    /// Puts a letter into the post, in the caller's transaction. `false`, and nothing is queued, where no
    /// mail is set up or nobody lives at the address.
    ///
    /// The sentences are `letter-{kind}-subject` and `letter-{kind}` of `locales/*.ftl`; what is in `args` is
    /// forgotten once the letter is settled, so a one-time link may be in it. The letter leaves at
    /// `not_before` or after; quiet hours are the caller's concern ([`domain::quiet`]).
    pub(crate) async fn post(&self, tx: &mut Tx, new: NewLetter) -> Result<bool> {
        if !self.sends(new.way) {
            return Ok(false);
        }
        let address = self.address_digest(&new.to);
        if outbox::is_dead(tx, &address).await? {
            return Ok(false);
        }
        let args = serde_json::to_string(&new.args).map_err(|error| Error::Broken(error.to_string()))?;
        let row = outbox::NewLetter {
            id: self.id(),
            way: new.way,
            recipient: new.to,
            address,
            language: new.language,
            kind: new.kind.to_owned(),
            args,
            report: new.report,
            account: new.account,
            first_seq: new.first_seq,
            urgent: new.urgent,
            created_at: self.now(),
            not_before: new.not_before,
        };
        match outbox::insert(tx, &row).await? {
            true => Ok(true),
            false => Err(Error::Broken(format!("two letters have the id {}", row.id))),
        }
    }
}
