//! What happened to a report, told to its reporter: one letter for all that happens while it waits.

use super::stop::stop_path;
use super::{Args, Draft, NewLetter};
use crate::jobs::tell_followers;
use crate::reference::Reference;
use crate::{App, Error, Result, View};
use domain::report::{Channel, Event, EventKind, Stage};
use domain::way::back;
use domain::{Actor, Code, Report, ReportId, Way, due, quiet};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use store::event::{self, Logged};
use store::letter::{self, Claimed};
use store::report::Row;
use store::reporter::Reporter;
use store::{Audience, Tx, follow, report, reporter};

/// How long a letter waits for what an officer does next, so that one errand makes one letter.
const ERRAND: SignedDuration = SignedDuration::from_mins(5);
/// What an older system did longer ago is no news.
const OLD: SignedDuration = SignedDuration::from_hours(24);
/// News of a report.
const NEWS: &str = "news";
/// The term of a held report runs out.
const TERM: &str = "term";
/// Where a report stands, to somebody who asked.
pub(crate) const STATUS: &str = "status";

/// What happened to a report, as the reader of a letter may know it.
#[derive(Debug, Clone)]
pub struct News {
    pub code: Code,
    /// `None` where the content is closed to the public: then a letter tells that there is news, and nothing else.
    pub open: Option<OpenNews>,
}

/// News that may be told in the open.
#[derive(Debug, Clone)]
pub struct OpenNews {
    /// The report as its reader may see it.
    pub view: Box<View>,
    /// The events that the letter tells, in their order.
    pub steps: Vec<Logged>,
    pub reference: Arc<Reference>,
}

/// Whether the reporter is told of an event; what they did themselves is no news to them, but for the receipt.
fn is_news(by: &Actor, event: &Event) -> bool {
    let kind = event.kind();
    kind.is_news() && (*by != Actor::Reporter || kind == EventKind::Submitted)
}

/// Where letters about a report go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mailbox {
    pub way: Way,
    pub to: String,
    /// `id` or `en`.
    pub language: String,
    /// The reporter wants no more of them.
    pub stopped: bool,
}

impl App {
    /// Where letters about a report go, where its reporter is reached by a way that is set up.
    pub(crate) async fn mailbox(&self, tx: &mut Tx, report: &Report) -> Result<Option<Mailbox>> {
        Ok(reporter::reached(tx, report.id).await?.and_then(|reached| self.mailbox_of(reached)))
    }

    fn mailbox_of(&self, reached: reporter::Reached) -> Option<Mailbox> {
        let email = reached.email.filter(|_| self.sends(Way::Email));
        let phone = reached.phone.filter(|_| self.sends(Way::Sms));
        let chat = reached.chat.and_then(|chat| Way::of_chat(&chat).map(|(way, _)| (way, chat.clone())));
        let chat = chat.filter(|(way, _)| self.sends(*way));
        let way = back(email.is_some(), chat.as_ref().map(|(way, _)| *way), phone.is_some())?;
        let to = match way {
            Way::Email => email?,
            Way::Sms => phone?,
            Way::Whatsapp | Way::Telegram | Way::X => chat?.1,
        };
        Some(Mailbox { way, to, language: reached.language, stopped: reached.stopped })
    }

    /// Puts news of a report into the post, or into the letter that waits there. `first_seq` is the number of
    /// the first of `events`; `row` is the report after them.
    pub(crate) async fn tell_reporter(
        &self,
        tx: &mut Tx,
        row: &Row,
        by: &Actor,
        (first_seq, events): (u32, &[Event]),
        at: Timestamp,
    ) -> Result<()> {
        let told = (first_seq..).zip(events).find(|(_, event)| is_news(by, event));
        let Some((seq, _)) = told.filter(|_| self.sends_letters() && !self.is_old(at)) else { return Ok(()) };
        let mailbox = self.mailbox(tx, &row.report).await?;
        let Some(mailbox) = mailbox.filter(|mailbox| !mailbox.stopped) else { return Ok(()) };
        if let Some(waiting) = letter::waiting_news(tx, row.report.id).await? {
            let (urgent, not_before) = self.leaves(row, mailbox.way, seq, at);
            letter::hasten(tx, waiting, urgent, not_before).await?;
        } else {
            self.put_news(tx, row, &mailbox, seq, at).await?;
        }
        if events.iter().any(|event| event.kind() == EventKind::Held) {
            self.plan_reminder(tx, row, mailbox, seq, at).await?;
        }
        Ok(())
    }

    /// Puts the receipt of a new report into the post, where its reporter left an address.
    pub(crate) async fn tell_received(&self, tx: &mut Tx, row: &Row, reporter: &Reporter, at: Timestamp) -> Result<()> {
        match self.mailbox_of(newly_reached(reporter)) {
            Some(mailbox) if !self.is_old(at) => self.put_news(tx, row, &mailbox, 1, at).await,
            _ => Ok(()),
        }
    }

    /// Whether letters reach the reporter of a new report.
    pub(crate) fn reaches(&self, reporter: &Reporter) -> bool {
        self.mailbox_of(newly_reached(reporter)).is_some()
    }

    /// Whether letters leave by any way.
    pub fn sends_letters(&self) -> bool {
        Way::ALL.into_iter().any(|way| self.sends(way))
    }

    async fn put_news(&self, tx: &mut Tx, row: &Row, mailbox: &Mailbox, seq: u32, at: Timestamp) -> Result<()> {
        let (urgent, not_before) = self.leaves(row, mailbox.way, seq, at);
        let news = NewLetter {
            urgent,
            first_seq: Some(seq),
            report: Some(row.report.id),
            not_before,
            ..NewLetter::now(&mailbox.to, &mailbox.language, NEWS, at).by(mailbox.way)
        };
        self.post(tx, news).await.map(drop)
    }

    /// What an older system did long ago is no news.
    pub(crate) fn is_old(&self, at: Timestamp) -> bool {
        self.now().duration_since(at) > OLD
    }

    /// Has those told who follow a public report.
    pub(crate) async fn tell_followers(
        &self,
        tx: &mut Tx,
        row: &Row,
        (first_seq, events): (u32, &[Event]),
        at: Timestamp,
    ) -> Result<()> {
        let told = (first_seq..).zip(events).find(|(_, event)| event.kind().is_public_news());
        let Some((seq, _)) = told.filter(|_| self.sends_letters() && row.report.is_public()) else { return Ok(()) };
        if follow::is_followed(tx, row.report.id).await? {
            tell_followers::enqueue(tx, self.id(), row.report.id, seq, 0, at).await?;
        }
        Ok(())
    }

    /// Whether news of a report are urgent, and when they leave.
    fn leaves(&self, row: &Row, way: Way, seq: u32, at: Timestamp) -> (bool, Timestamp) {
        if seq == 1 && (way != Way::Email || row.report.channel == Channel::Email) {
            // Whoever has just written is awake.
            return (true, at);
        }
        let (reference, zone) = (self.reference(), row.report.zone);
        let rules = &reference.rules;
        // The receipt is awaited, and nothing follows upon it at once.
        let errand = if seq == 1 { SignedDuration::ZERO } else { ERRAND };
        let ready = at.checked_add(errand).unwrap_or(at);
        let term = due::reporters_term(rules, &row.report, at);
        match quiet::is_urgent(&rules.calendar, zone, ready, term) {
            true => (true, ready),
            false => (false, quiet::next_loud(&rules.calendar, zone, ready)),
        }
    }

    /// A second letter about what is missing, shortly before it is too late. It is dropped when its time
    /// comes and the report does not wait any more.
    async fn plan_reminder(&self, tx: &mut Tx, row: &Row, mailbox: Mailbox, seq: u32, at: Timestamp) -> Result<()> {
        let reference = self.reference();
        let Some(not_before) = due::hold_reminder_at(&reference.rules, &row.report, at) else { return Ok(()) };
        let reminder = NewLetter {
            first_seq: Some(seq),
            report: Some(row.report.id),
            not_before,
            ..NewLetter::now(mailbox.to, mailbox.language, TERM, at).by(mailbox.way)
        };
        self.post(tx, reminder).await.map(drop)
    }

    /// What a letter with news says now. The events that it tells are fixed at its first try, so that it says
    /// the same at every try.
    pub(super) async fn draft_news(&self, letter: &Claimed, id: ReportId) -> Result<Option<Draft>> {
        let last = match letter.last_seq {
            Some(last) => last,
            None => self.close_letter(letter.id, id).await?,
        };
        let mut tx = self.db.read().await?;
        let Some(row) = report::load(&mut tx, id).await? else { return Ok(None) };
        let wanted = match letter.account {
            Some(account) => follow::follows(&mut tx, id, account).await?,
            None => {
                self.mailbox(&mut tx, &row.report).await?.is_some_and(|mailbox| !mailbox.stopped)
                    || letter.kind == STATUS
            }
        };
        let post = match letter.way {
            Way::X if letter.account.is_none() => reporter::thread(&mut tx, id).await?,
            _ => None,
        };
        let post = self.post_for_news(&mut tx, letter, post, last).await?;
        drop(tx);
        let reader = if letter.account.is_some() || post.is_some() { Actor::Public } else { Actor::Reporter };
        let view = match self.view(row.code, &reader).await {
            Ok(view) if wanted => view,
            Ok(_) | Err(Error::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        let first = letter.first_seq.unwrap_or(1);
        if letter.kind == TERM && !is_held_since(&view, first) {
            return Ok(None);
        }
        let steps: Vec<Logged> = view.steps.iter().map(|step| step.logged.clone()).collect();
        let is_told = |logged: &Logged| match reader {
            Actor::Public if letter.account.is_some() => logged.event.kind().is_public_news(),
            _ => is_news(&logged.by, &logged.event),
        };
        let answer = self.hold_link(&view).filter(|_| reader == Actor::Reporter && !row.report.is_sealed());
        let told = steps.into_iter().filter(|logged| (first..=last).contains(&logged.seq) && is_told(logged));
        let open = (!row.report.is_sealed()).then(|| OpenNews {
            steps: told.collect(),
            view: Box::new(view),
            reference: self.reference(),
        });
        // Whoever wrote by letter was shown no receipt on a page.
        let by_letter = letter.account.is_none() && row.report.channel == Channel::Email;
        let receipt = first == 1 && letter.kind == NEWS;
        Ok(Some(Draft {
            post,
            heard: self.hears_mail() && letter.way == Way::Email && letter.account.is_none(),
            language: letter.language.clone(),
            kind: letter.kind.clone(),
            args: Args::new(),
            news: Some(News { code: row.code, open }),
            page: Some(format!("/laporan/{}", row.code)),
            answer,
            stop: Some(stop_path(&self.keys, id, letter.account)),
            pin: (receipt && (letter.way != Way::Email || by_letter)).then(|| self.keys.pin(row.code)),
        }))
    }

    /// The post that news of a report answer in public: where everybody may read all that they tell.
    async fn post_for_news(
        &self,
        tx: &mut Tx,
        letter: &Claimed,
        post: Option<String>,
        last: u32,
    ) -> Result<Option<String>> {
        let Some((post, id)) = post.zip(letter.report) else { return Ok(None) };
        let Some(post) = self.public_post(tx, letter, Some(post)).await? else { return Ok(None) };
        let first = letter.first_seq.unwrap_or(1);
        let told = event::list(tx, id).await?;
        let told = told.iter().filter(|one| (first..=last).contains(&one.seq) && is_news(&one.by, &one.event));
        let open = first > 1 && told.into_iter().all(|one| one.event.kind().is_public_news());
        Ok(Some(post).filter(|_| open))
    }

    /// Fixes the last event that a letter tells. The report's row is locked meanwhile: whoever records the next
    /// event finds the letter closed, or had it recorded before.
    async fn close_letter(&self, letter: i64, id: ReportId) -> Result<u32> {
        let process = self.process.clone();
        self.db
            .write_for(Audience::Nobody, move |tx| {
                Box::pin(async move {
                    let last = report::lock(tx, id).await?.map_or(0, |row| row.report.seq);
                    letter::close(tx, letter, &process, last).await?;
                    Ok::<u32, Error>(last)
                })
            })
            .await
    }
}

/// How somebody is reached who has just left what they left.
fn newly_reached(reporter: &Reporter) -> reporter::Reached {
    let Reporter { email, phone, chat, language, .. } = reporter.clone();
    reporter::Reached { email, phone, chat, language, stopped: false }
}

/// Whether a report still waits for what was asked for with an event.
fn is_held_since(view: &View, seq: u32) -> bool {
    let asked = view.steps.iter().rev().find(|step| step.logged.event.kind() == EventKind::Held);
    matches!(view.report().stage, Stage::Held { .. }) && asked.is_some_and(|step| step.logged.seq == seq)
}
