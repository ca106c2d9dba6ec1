//! Letters in the lane of messages: what they say to the engine, and how they are answered in their thread.

use super::chat::More;
use super::mail::{Head, address, is_proved};
use super::send::Told;
use crate::mail::{Arg, NewLetter, THREAD};
use crate::{App, Error, Result};
use domain::conversation::{Deed, Heard, Note};
use domain::{Code, Way};
use std::collections::BTreeSet;
use store::message::{self, Claimed};
use store::{Audience, report, reporter, x};

/// The newest letters of a sender, among which one is found on which answers hang.
const MOST_BEFORE: u32 = 5;

impl App {
    /// What a letter says, and what is told of it besides.
    pub(super) async fn heard_letter(&self, claimed: &Claimed) -> Result<(Vec<Heard>, Vec<Told>)> {
        let head = Head::parse(claimed.more.as_deref())?;
        let files = message::files(&mut self.db.read().await?, claimed.id).await?;
        let refused = files.iter().filter_map(|file| file.failure.as_deref()?.split_once(':'));
        let (mut why, names): (Vec<String>, Vec<&str>) = refused.map(|(why, name)| (why.to_owned(), name)).unzip();
        why.dedup();
        let note = Note {
            about: head.about,
            answers: head.answers,
            subject: head.subject,
            text: claimed.text.clone(),
            files: files.iter().filter(|file| file.upload.is_some()).map(|file| file.id).collect(),
        };
        let mut told = Vec::new();
        if !why.is_empty() {
            told.push(Told::FilesRefused { files: names.join(", "), why });
        }
        if head.is_cut {
            told.push(Told::Words { key: "talk-text-cut", numbers: String::new() });
        }
        Ok((vec![Heard::Letter(note)], told))
    }

    /// What a letter says beside its text. Silence says what the sender's last letter said.
    pub(super) async fn head_of(&self, claimed: &Claimed) -> Result<Head> {
        let mut head = Head::default();
        if claimed.way == Way::Email {
            head = Head::parse(claimed.more.as_deref())?;
            if claimed.more.is_none() {
                let before = message::list_of(&mut self.db.read().await?, &claimed.sender, MOST_BEFORE).await?;
                let last = before.iter().find_map(|one| one.more.as_deref());
                head = Head::parse(last)?;
            }
        }
        if head.language.is_empty() {
            head.language = "id".to_owned();
        }
        Ok(head)
    }

    /// Letters about a report hang on the last one that its reporter wrote about it.
    pub(super) async fn hang_on(&self, claimed: &Claimed, deed: &Deed) -> Result<()> {
        let Some(code) = code_of(deed) else { return Ok(()) };
        let letter = match claimed.way {
            Way::Email => Head::parse(claimed.more.as_deref())?.message_id,
            // The next news go where its reporter spoke last: in the thread, or to them alone.
            Way::X => {
                self.note_posts(claimed, code, false).await?;
                More::of(claimed).post
            }
            _ => return Ok(()),
        };
        if letter.is_none() && claimed.way == Way::Email {
            return Ok(());
        }
        self.db
            .write_for(Audience::Nobody, move |tx| {
                let letter = letter.clone();
                Box::pin(async move {
                    if let Some(row) = report::find(tx, code).await? {
                        reporter::set_thread(tx, row.report.id, letter.as_deref()).await?;
                    }
                    Ok::<(), Error>(())
                })
            })
            .await
    }

    /// On what news of a new report hang: a letter, or the public post that it was. Silence goes on from what was said last.
    pub(super) async fn thread_of_message(&self, claimed: &Claimed, letter: Option<String>) -> Result<Option<String>> {
        if claimed.way != Way::X || !claimed.text.is_empty() || claimed.more.is_some() {
            return Ok(letter.or(More::of(claimed).post));
        }
        let before = message::list_of(&mut self.db.read().await?, &claimed.sender, MOST_BEFORE).await?;
        let last = before.iter().find(|one| !one.text.is_empty() || one.more.is_some());
        Ok(More::parse(last.and_then(|one| one.more.as_deref()))?.post)
    }

    /// Notes to which report posts belong: all that were not taken yet of a new one, else that of the message.
    pub(super) async fn note_posts(&self, claimed: &Claimed, code: Code, new: bool) -> Result<()> {
        if claimed.way != Way::X {
            return Ok(());
        }
        let (id, sender) = (claimed.id, claimed.sender.clone());
        self.db
            .write_for(Audience::Nobody, move |tx| {
                let sender = sender.clone();
                Box::pin(async move {
                    let Some(row) = report::find(tx, code).await? else { return Ok(()) };
                    match new {
                        true => x::of_draft(tx, row.report.id, &sender, id).await?,
                        false => x::of_report(tx, row.report.id, id).await?,
                    }
                    Ok::<(), Error>(())
                })
            })
            .await
    }

    /// An answer to what somebody wrote, by the way it came; to a letter in its thread.
    pub(super) fn answer(&self, way: Way, sender: &str, more: Option<&str>, kind: &'static str) -> NewLetter {
        if way != Way::Email {
            return NewLetter::now(sender, "id", kind, self.now()).by(way);
        }
        let head = Head::parse(more).unwrap_or_default();
        let language = if head.language.is_empty() { "id".to_owned() } else { head.language };
        let kind = match kind {
            "talk-not-yours" | "talk-stopped" | "talk-started" if !is_proved(sender) => "talk-unproved",
            kind => kind,
        };
        let letter =
            NewLetter::now(address(sender), language, kind, self.now()).with("subject", Arg::Text(head.subject));
        match head.message_id {
            Some(id) => letter.with(THREAD, Arg::Text(id)),
            None => letter,
        }
    }
}

/// One letter brings words and files; that they arrived is told once.
pub(super) fn once(told: Vec<Told>) -> Vec<Told> {
    let mut arrived = BTreeSet::new();
    let news = |one: &Told| match one {
        Told::Words { key: "talk-added" | "talk-attached" | "talk-objected", numbers } => {
            arrived.insert(numbers.clone())
        }
        _ => true,
    };
    told.into_iter().filter(news).collect()
}

/// The report that a deed is about.
fn code_of(deed: &Deed) -> Option<Code> {
    match deed {
        Deed::Add { code, .. }
        | Deed::Attach { code, .. }
        | Deed::Confirm { code, .. }
        | Deed::Object { code, .. }
        | Deed::Tell(code) => Some(*code),
        Deed::TakeIn(_) | Deed::Stop | Deed::Start | Deed::HandOver | Deed::Flag => None,
    }
}
