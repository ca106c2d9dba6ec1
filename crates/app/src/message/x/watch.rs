//! Whether posts that were heard are still there, and in which edition.

use super::keep::CHECK;
use super::{DELETED, number};
use crate::act::again_when_overtaken;
use crate::{Act, App, Error, Result};
use channel::Unsent;
use channel::chat::x::{Account, MOST_LOOKED, Post, address};
use domain::conversation::Pending;
use domain::peer::note;
use domain::text::Remark;
use domain::{Actor, Command, Way};
use jiff::{SignedDuration, Timestamp};
use store::report::Row;
use store::x::{self, Feed, Held};
use store::{Tx, conversation, notice, report};

/// Posts older than that are not looked for any more.
const WATCHED: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Letters of a note before its text.
const ROOM: usize = 40;

impl App {
    pub(super) async fn watch_posts(&self, account: &Account, held: &Held) -> Result<Option<Unsent>> {
        let most = u32::try_from(MOST_LOOKED).unwrap_or(u32::MAX);
        let due = x::list_due(&mut self.db.read().await?, self.now(), most).await?;
        let mut edits = Vec::new();
        if !due.is_empty() {
            let ids: Vec<u64> = due.iter().filter_map(|post| u64::try_from(post.version).ok()).collect();
            let looked = match account.look(&ids).await {
                Ok(looked) => looked,
                Err(unsent) => return Ok(Some(unsent)),
            };
            let newer: Vec<u64> =
                looked.there.iter().filter(|post| post.newest > post.id).map(|post| post.newest).collect();
            if !newer.is_empty() {
                edits = match account.look(&newer).await {
                    Ok(found) => found.there,
                    Err(unsent) => return Ok(Some(unsent)),
                };
            }
            for post in due.iter().filter(|post| looked.gone.iter().any(|gone| number(*gone) == post.version)) {
                self.note_deletion(post).await?;
            }
        }
        self.note_look(account.settings.user, due, edits, held).await.map(|()| None)
    }

    async fn note_look(&self, user: u64, due: Vec<x::Post>, edits: Vec<Post>, held: &Held) -> Result<()> {
        let (app, now, next) = (self.clone(), self.now(), self.next_look());
        let held = Held { failures: 0, ..held.clone() };
        self.db
            .write(move |tx| {
                let (app, due, edits, held) = (app.clone(), due.clone(), edits.clone(), held.clone());
                Box::pin(async move {
                    for post in edits.iter().filter(|post| post.author != user) {
                        app.keep_post(tx, user, post).await?;
                    }
                    for post in &due {
                        let old = now.duration_since(post.posted_at) > WATCHED;
                        let again = if old { Timestamp::MAX } else { now.checked_add(CHECK).unwrap_or(now) };
                        x::checked(tx, post.id, again).await?;
                    }
                    match x::end(tx, Feed::Posts, &app.process, &held, next).await? {
                        true => Ok(()),
                        false => Err(Error::Overtaken),
                    }
                })
            })
            .await
    }

    async fn note_deletion(&self, post: &x::Post) -> Result<()> {
        again_when_overtaken(|| {
            let (app, post) = (self.clone(), post.clone());
            self.db.write(move |tx| {
                let (app, post) = (app.clone(), post.clone());
                Box::pin(async move { app.note_deletion_in(tx, &post).await })
            })
        })
        .await
    }

    /// What was not heard yet is not heard, what is being asked about is dropped. Of a report its office is told; what to do
    /// with it an officer decides.
    async fn note_deletion_in(&self, tx: &mut Tx, post: &x::Post) -> Result<()> {
        let at = self.now();
        if !x::deleted(tx, post.id, at).await? || x::unsay(tx, post.message).await? {
            return Ok(());
        }
        let Some(id) = post.report else {
            let mut talk = conversation::load(tx, &post.sender).await?;
            if matches!(talk.pending, Some(Pending::Report { .. })) {
                talk.pending = None;
                conversation::put(tx, Way::X, &post.sender, &talk, at).await?;
            }
            return Ok(());
        };
        let Some(row) = report::lock(tx, id).await? else { return Ok(()) };
        let place = address(&post.version.to_string());
        self.note_of_post(tx, row, ("x deleted", DELETED), &place).await
    }

    /// An internal note of what somebody did to their post, and a notice to the office. The clocks go on.
    pub(super) async fn note_of_post(
        &self,
        tx: &mut Tx,
        row: Row,
        (what, notice): (&str, &'static str),
        text: &str,
    ) -> Result<()> {
        let (id, holder) = (row.report.id, row.report.holder);
        let text: String = text.chars().take(Remark::MOST - ROOM).collect();
        let text = Remark::parse(&note(what, Some(&text))).map_err(|_| Error::Broken("a note that is none".into()))?;
        self.act_on(tx, row, Act::new(Actor::System, Command::Note { text })).await?;
        notice::insert(tx, self.id(), holder, id, notice, "{}", self.now()).await?;
        Ok(())
    }
}
