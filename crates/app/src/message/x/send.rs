//! Answers by X: in the thread where everybody may read them, else by direct message.

use super::sender_id;
use crate::ids::Ids;
use crate::mail::{Arg, Bubble, Draft, NewLetter, Sent, THREAD};
use crate::{App, Error, Result};
use channel::Unsent;
use channel::chat::x::fits;
use domain::policy::is_given;
use domain::{Report, Way};
use jiff::SignedDuration;
use store::letter::{self, Claimed};
use store::{Audience, Tx, report, reporter};

/// So long a letter waits for its reader to write to us, who takes no messages otherwise.
const CLOSED: SignedDuration = SignedDuration::from_hours(30 * 24);

impl App {
    /// Gives a letter to X, written down before. What was perhaps taken before is looked for first.
    pub(crate) async fn send_x(&self, letter: &Claimed, draft: &Draft) -> Result<Sent> {
        let (Some(account), Some(chats)) = (self.x(), self.chats.clone()) else {
            return Ok(Err(Unsent::Later("off".to_owned())));
        };
        let Some(to) = sender_id(&letter.recipient) else {
            return Ok(Err(Unsent::NoSuchAddress("account".to_owned())));
        };
        let again = letter.failure.as_deref() == Some("doubtful");
        self.begin_letter(letter.id, format!("ours:{}", letter.id)).await?;
        if let Some(post) = &draft.post {
            let text = chats.scribe.write_post(draft);
            if again {
                match account.has_replied(post, &text).await {
                    Ok(true) => return Ok(Ok(None)),
                    Ok(false) => {}
                    Err(unsent) => return Ok(Err(doubtful(unsent))),
                }
            }
            // What has no room in a post, and what the thread does not take, goes to its reader alone.
            if fits(&text) {
                match account.reply(post, &text).await {
                    Err(Unsent::Never(code)) if code == "gone" => {}
                    sent => return Ok(sent),
                }
            }
        }
        let text = spoken(chats.scribe.write_chat(draft));
        if again {
            match account.has_written(to, &text, Ids::instant(letter.id)).await {
                Ok(true) => return Ok(Ok(None)),
                Ok(false) => {}
                Err(unsent) => return Ok(Err(doubtful(unsent))),
            }
        }
        Ok(account.write(to, &text).await)
    }

    /// Who takes no messages from us is asked in the thread, once, to write; then the letter leaves.
    pub(crate) async fn await_word(&self, letter: &Claimed) -> Result<()> {
        metrics::counter!("lapor_x_closed_total").increment(1);
        let (app, letter) = (self.clone(), letter.clone());
        self.db
            .write_for(Audience::Nobody, move |tx| {
                let (app, letter) = (app.clone(), letter.clone());
                Box::pin(async move {
                    let until = app.now().checked_add(CLOSED).unwrap_or(app.now());
                    letter::postpone(tx, letter.id, &app.process, until, Some("closed")).await?;
                    let Some(id) = letter.report.filter(|_| letter.failure.as_deref() != Some("closed")) else {
                        return Ok(());
                    };
                    let open =
                        report::load(tx, id).await?.filter(|row| !row.report.is_sealed() && !row.report.anonymous);
                    let thread = reporter::thread(tx, id).await?;
                    if let (Some(_), Some(post)) = (open, thread) {
                        let asks = NewLetter::now(&letter.recipient, &letter.language, "talk-post-closed", app.now());
                        app.post(tx, NewLetter { report: Some(id), ..asks.by(Way::X) }.with(THREAD, Arg::Text(post)))
                            .await?;
                    }
                    Ok::<(), Error>(())
                })
            })
            .await
    }

    /// The post that a letter answers in public; none where it goes to its reader alone. What names a report is public only
    /// where other systems may have the report; that one is awaited, or that it cannot be written, names none.
    pub(crate) async fn public_post(
        &self,
        tx: &mut Tx,
        letter: &Claimed,
        post: Option<String>,
    ) -> Result<Option<String>> {
        let names_none = matches!(letter.kind.as_str(), "talk-post-received" | "talk-post-closed");
        let Some(id) = letter.report.filter(|_| letter.way == Way::X) else { return Ok(post) };
        let Some(row) = report::load(tx, id).await? else { return Ok(None) };
        let unnamed = names_none && !row.report.is_sealed() && !row.report.anonymous;
        Ok(post.filter(|_| unnamed || self.is_told_openly(&row.report)))
    }

    /// Whether a report may be named before everybody.
    pub(crate) fn is_told_openly(&self, report: &Report) -> bool {
        is_given(&self.reference().rules.agencies, report)
    }
}

/// A message has no buttons here: what each would say stands below.
fn spoken(bubble: Bubble) -> String {
    let choices = bubble.choices.iter().filter(|choice| choice.says != choice.label);
    let lines: Vec<String> = choices.map(|choice| format!("{}: {}", choice.says, choice.label)).collect();
    match lines.is_empty() {
        true => bubble.text,
        false => format!("{}\n\n{}", bubble.text, lines.join("\n")),
    }
}

/// Whether it was taken is still not known.
fn doubtful(unsent: Unsent) -> Unsent {
    Unsent::Perhaps(unsent.code().to_owned())
}
