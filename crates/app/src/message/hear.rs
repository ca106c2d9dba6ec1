//! What comes of a message: decided, done, told.

use super::chat::More;
use super::fetch::Fetched;
use super::send::Told;
use super::{mail, note};
use crate::intake::Letter;
use crate::mail::{Arg, NewLetter, STATUS, THREAD};
use crate::{Act, App, Error, Result, moment};
use domain::conversation::{Conversation, Deed, Draft, Heard, Known, Manner, Own, Say, Waits, listen};
use domain::report::{Channel, Class, Closure, Command, CommandKind, Open, Stage, StageKind, offers};
use domain::text::{Body, Email, PersonName, Phone, Title};
use domain::{Actor, Code, Refusal, RegionCode, Report, Way, due};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::message::{self, Claimed, MessageState, NewMessage};
use store::report::Row;
use store::reporter::Known as Person;
use store::{Audience, Tx, conversation, report, reporter};

/// After so many tries a person looks at it.
pub(super) const TRIES: i64 = 5;
/// A question that was left open so long is not answered any more.
const LEFT: SignedDuration = SignedDuration::from_mins(15);
/// People read letters later than messages.
const LEFT_BY_LETTER: SignedDuration = SignedDuration::from_hours(3);
/// Open conversations that are ended at a time.
const MOST_LEFT: u32 = 64;
const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// A sender's newest reports, among which a message finds its own.
const MOST_REPORTS: u32 = 10;

/// What comes of a message, kept before it is done.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Decided {
    pub deeds: Vec<Deed>,
    pub say: Option<Say>,
    /// The sender wrote too often; nothing is done.
    #[serde(default)]
    pub too_many: bool,
}

/// A message in its round: what was heard in it, what comes of it, and what its sender is told.
#[derive(Clone)]
pub(super) struct Turn {
    pub claimed: Claimed,
    pub heard: Vec<Heard>,
    pub decided: Option<Decided>,
    pub told: Vec<Told>,
    pub state: MessageState,
}

impl Turn {
    /// A message of which a file that was sent with it may not have been taken.
    fn new(claimed: Claimed, heard: Vec<Heard>, told: Vec<Told>) -> Result<Turn> {
        let parse = |text: &String| serde_json::from_str(text).map_err(|error| Error::Broken(error.to_string()));
        let decided = claimed.decided.as_ref().map(parse).transpose()?;
        Ok(Turn { claimed, heard, decided, told, state: MessageState::Heard })
    }

    /// A message that is nothing but its text.
    pub fn bare(claimed: Claimed) -> Result<Turn> {
        let heard = heard(&claimed.text, &More::default(), &Fetched::default());
        Turn::new(claimed, heard, Vec::new())
    }
}

/// Why a message waits for a person to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlagReason {
    /// A machine seems to have sent it, or it repeats itself.
    Machine,
    /// Its sender wrote more than is heard in an hour.
    TooMany,
}

impl FlagReason {
    /// The name in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            FlagReason::Machine => "machine",
            FlagReason::TooMany => "too-many",
        }
    }

    /// The reason out of what was decided about a message.
    pub(super) fn of(decided: Option<&str>) -> FlagReason {
        let decided: Decided = decided.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        if decided.too_many { FlagReason::TooMany } else { FlagReason::Machine }
    }
}

impl App {
    /// Ends what senders left open, and joins long messages whose rest did not come.
    pub async fn hear_silence(&self) -> Result<()> {
        self.join_left().await?;
        let now = self.now();
        let before = now.checked_sub(LEFT).unwrap_or(Timestamp::MIN);
        let by_letter = now.checked_sub(LEFT_BY_LETTER).unwrap_or(Timestamp::MIN);
        let left = conversation::list_left(&mut self.db.read().await?, before, by_letter, MOST_LEFT).await?;
        for (way, sender) in left {
            let (app, id) = (self.clone(), self.id());
            self.db
                .write_for(Audience::Nobody, move |tx| {
                    let sender = sender.clone();
                    Box::pin(async move { app.end_open(tx, id, way, sender, now).await })
                })
                .await?;
        }
        Ok(())
    }

    /// Silence is heard as a message without a text, so that what comes of it is done like all else.
    async fn end_open(&self, tx: &mut Tx, id: i64, way: Way, sender: String, now: Timestamp) -> Result<()> {
        let (decided, talk) = self.decide(tx, (way, false), &sender, &[Heard::Silence]).await?;
        conversation::put(tx, way, &sender, &talk, now).await?;
        let new = NewMessage {
            id,
            way,
            line: String::new(),
            session: 0,
            digest: String::new(),
            text: String::new(),
            received_at: now,
            decided: Some(spelt(&decided)?),
            remote: None,
            more: None,
            state: MessageState::New,
            not_before: Timestamp::UNIX_EPOCH,
            sender,
        };
        message::insert(tx, &new).await?;
        Ok(())
    }

    /// A message with all that came with it.
    pub(super) async fn turn_of(&self, claimed: Claimed) -> Result<Turn> {
        let (heard, told) = match claimed.way {
            Way::Email => self.heard_letter(&claimed).await?,
            _ => self.heard_message(&claimed).await?,
        };
        Turn::new(claimed, heard, told)
    }

    /// Does what was decided, one thing after the other.
    pub(super) async fn do_turn(&self, mut turn: Turn) -> Result<Turn> {
        let Some(decided) = turn.decided.clone() else { return Ok(turn) };
        for (n, deed) in decided.deeds.iter().enumerate() {
            match self.do_deed(&turn.claimed, n, deed).await {
                Ok(words) => turn.told.extend(words),
                Err(Error::Refused(refusal)) => {
                    turn.state = MessageState::Waiting;
                    turn.told.push(Told::refused(refusal));
                }
                Err(error) if turn.claimed.attempts >= TRIES => {
                    tracing::error!(message = turn.claimed.id, %error, "a person has to look at a message");
                    turn.state = MessageState::Waiting;
                }
                Err(error) => return Err(error),
            }
            match deed {
                Deed::HandOver => turn.state = MessageState::Waiting,
                Deed::Flag => turn.state = MessageState::Flagged,
                _ => {}
            }
        }
        if decided.too_many {
            turn.state = MessageState::Flagged;
        }
        turn.told.extend(decided.say.iter().map(Told::say));
        if turn.claimed.way == Way::Email {
            turn.told = note::once(turn.told);
        }
        Ok(turn)
    }

    /// What a message says, and why a file of it was not taken.
    async fn heard_message(&self, claimed: &Claimed) -> Result<(Vec<Heard>, Vec<Told>)> {
        let more = More::parse(claimed.more.as_deref())?;
        let fetched = self.fetch_files(claimed, &more).await?;
        let heard = heard(&claimed.text, &more, &fetched);
        Ok((heard, fetched.failure.map(Told::FileRefused).into_iter().collect()))
    }

    /// Decides and keeps it; `None` when another process has the message, or had decided about it.
    pub(super) async fn decide_on(&self, tx: &mut Tx, claimed: &Claimed, heard: &[Heard]) -> Result<Option<Decided>> {
        let since = claimed.received_at.checked_sub(HOUR).unwrap_or(Timestamp::MIN);
        let lately = message::count_since(tx, &claimed.sender, since, claimed.id).await?;
        let person = claimed.way != Way::Sms || is_person(&claimed.sender);
        let most = self.rates().of_way(claimed.way);
        let (decided, talk) = match (person, lately > most) {
            (false, _) => (Decided { deeds: vec![Deed::Flag], ..Decided::default() }, None),
            // Told once, and not with each.
            (true, true) => {
                let say = (lately == most.saturating_add(1)).then_some(Say::TooMany);
                (Decided { too_many: true, say, ..Decided::default() }, None)
            }
            (true, false) => {
                let open = More::of(claimed).post.is_some();
                let (decided, talk) = self.decide(tx, (claimed.way, open), &claimed.sender, heard).await?;
                (decided, Some(talk))
            }
        };
        if !message::decide(tx, claimed.id, &self.process, &spelt(&decided)?).await? {
            return Ok(None);
        }
        if let Some(talk) = talk {
            conversation::put(tx, claimed.way, &claimed.sender, &talk, claimed.received_at).await?;
        }
        Ok(Some(decided))
    }

    /// What comes of something heard, one thing after the other, and where the conversation goes on.
    async fn decide(
        &self,
        tx: &mut Tx,
        (way, open): (Way, bool),
        sender: &str,
        heard: &[Heard],
    ) -> Result<(Decided, Conversation)> {
        let mut talk = conversation::load(tx, sender).await?;
        let reference = self.reference();
        let reports = self.own_reports(tx, way, sender).await?;
        let known = Known { regions: &reference.regions, codes: &reference.codes, reports: &reports };
        let manner = match way {
            Way::Email => Manner::Letter,
            Way::Sms => Manner::Sms,
            Way::X if open => Manner::Post,
            Way::Whatsapp | Way::Telegram | Way::X => Manner::Chat,
        };
        let mut decided = Decided::default();
        for one in heard {
            let turn = listen(&talk, one, manner, &known);
            talk = turn.next;
            decided.deeds.extend(turn.deeds);
            decided.say = turn.say;
        }
        Ok((decided, talk))
    }

    async fn own_reports(&self, tx: &mut Tx, way: Way, sender: &str) -> Result<Vec<Own>> {
        let rows = reporter::list_known(tx, known_as(way, sender), MOST_REPORTS).await?;
        let own =
            |row: Row| Own { code: row.code, waits: self.waits(&row.report), unrated: row.report.rating.is_none() };
        Ok(rows.into_iter().map(own).collect())
    }

    fn waits(&self, report: &Report) -> Waits {
        let over = || due::objection(&self.reference().rules, report).is_none_or(|window| window.is_over(self.now()));
        match &report.stage {
            Stage::Held { .. } => Waits::ForMore,
            Stage::Open(Open::Answered { .. }) => Waits::ForVerdict,
            Stage::Open(_) => Waits::No,
            Stage::Closed { how: Closure::ByOfficer | Closure::BySystem, .. } if !over() => Waits::ForObjection,
            Stage::Closed { .. } | Stage::Archived { .. } => Waits::Over,
        }
    }

    /// Does a deed under the key of its message: once, however often it is tried.
    async fn do_deed(&self, claimed: &Claimed, n: usize, deed: &Deed) -> Result<Option<Told>> {
        let key = key_of(claimed, n);
        self.hang_on(claimed, deed).await?;
        match deed {
            Deed::TakeIn(draft) => self.take_draft(claimed, n, draft).await,
            Deed::Add { code, text } => self.add_to(*code, key, text).await.map(Some),
            Deed::Attach { code, photo } => self.attach_to(*code, key, *photo).await,
            Deed::Confirm { code, rating } => {
                let command = Command::Confirm { rating: *rating, text: None };
                self.reporter_does(*code, key, command).await?;
                let word = if rating.is_some() { "talk-rated" } else { "talk-confirmed" };
                Ok(Some(Told::about(word, *code)))
            }
            Deed::Object { code, text } => {
                self.reporter_does(*code, key, Command::Object { text: body(text)? }).await?;
                Ok(Some(Told::about("talk-objected", *code)))
            }
            Deed::Tell(code) => Ok(Some(Told::Status(*code))),
            Deed::Stop | Deed::Start => {
                let (way, sender) = (claimed.way, claimed.sender.clone());
                let stop = (*deed == Deed::Stop).then(|| self.now());
                let write = self.db.write_for(Audience::Nobody, move |tx| {
                    let sender = sender.clone();
                    Box::pin(
                        async move { Ok::<(), Error>(reporter::stop_known(tx, known_as(way, &sender), stop).await?) },
                    )
                });
                write.await.map(|()| None)
            }
            Deed::HandOver | Deed::Flag => Ok(None),
        }
    }

    /// The report that a message asks for, under the key of its `n`th deed.
    pub(super) async fn report_asked(&self, claimed: &Claimed, n: usize, draft: &Draft) -> Result<Letter> {
        let head = self.head_of(claimed).await?;
        Ok(Letter {
            key: key_of(claimed, n),
            class: draft.class.unwrap_or(Class::Complaint),
            title: draft.title.as_deref().and_then(|title| Title::parse(title).ok()),
            body: body(&draft.text)?,
            region: draft.region.clone().unwrap_or_else(RegionCode::nation),
            place: None,
            happened_on: None,
            point: draft.point,
            category: draft.category,
            agency: draft.agency,
            anonymous: false,
            secret: false,
            name: PersonName::parse(&head.name).ok(),
            phone: phone_of(claimed.way, &claimed.sender),
            email: Email::parse(mail::address(&claimed.sender)).ok().filter(|_| claimed.way == Way::Email),
            chat: claimed.way.is_chat().then(|| claimed.sender.clone()),
            thread: self.thread_of_message(claimed, head.message_id).await?,
            language: head.language,
            channel: channel_of(claimed.way),
            uploads: self.kept_uploads(&draft.photos).await?,
            external_ref: None,
            received_at: None,
        })
    }

    async fn take_draft(&self, claimed: &Claimed, n: usize, draft: &Draft) -> Result<Option<Told>> {
        let letter = self.report_asked(claimed, n, draft).await?;
        let taken = match self.intake(letter.clone()).await {
            // The office of the word has closed since: whoever verifies finds another.
            Err(Error::Refused(Refusal::UnknownAgency)) => self.intake(Letter { agency: None, ..letter.clone() }).await,
            taken => taken,
        };
        // The receipt is news of the report, and goes out with them.
        let code = taken?.code;
        self.note_posts(claimed, code, true).await?;
        let open = letter.thread.filter(|_| claimed.way == Way::X);
        Ok(open.map(|post| Told::Received { code, post }))
    }

    /// What its reporter says more goes where the report can take it.
    async fn add_to(&self, code: Code, key: String, text: &str) -> Result<Told> {
        let text = body(text)?;
        let row = report::find(&mut self.db.read().await?, code).await?.ok_or(Error::NotFound)?;
        let (reference, now) = (self.reference(), self.now());
        let offered = offers(&moment(&reference, now), &Actor::Reporter, &row.report);
        let command = match row.report.stage.kind() {
            StageKind::Held => Command::Complete { text },
            _ if offered.contains(&CommandKind::Contest) => Command::Contest { text },
            _ => Command::Reply { text },
        };
        self.reporter_does(code, key, command).await?;
        Ok(Told::about("talk-added", code))
    }

    /// A picture goes to the report that waits for more.
    async fn attach_to(&self, code: Code, key: String, photo: i64) -> Result<Option<Told>> {
        for upload in self.kept_uploads(&[photo]).await? {
            self.attach(code, Actor::Reporter, upload, &format!("message:{key}")).await?;
        }
        Ok(Some(Told::about("talk-attached", code)))
    }

    async fn reporter_does(&self, code: Code, key: String, command: Command) -> Result<()> {
        let key = Some(format!("message:{key}"));
        self.act(code, Act { key, ..Act::new(Actor::Reporter, command) }).await.map(drop)
    }

    pub(super) async fn tell_sender(&self, tx: &mut Tx, claimed: &Claimed, told: Told) -> Result<()> {
        let letter = |kind| self.answer(claimed.way, &claimed.sender, claimed.more.as_deref(), kind);
        let letter = match told {
            Told::Words { key, numbers } => {
                let report = match Code::parse(&numbers) {
                    Ok(code) if matches!(claimed.way, Way::Email | Way::X) => {
                        report::find(tx, code).await?.map(|row| row.report.id)
                    }
                    _ => None,
                };
                let answer = match is_open(key) || report.is_some() {
                    true => in_thread(letter(key), claimed),
                    false => letter(key),
                };
                NewLetter { report, ..answer.with("number", Arg::Text(numbers)) }
            }
            Told::Received { code, post } => {
                let report = report::find(tx, code).await?.map(|row| row.report.id);
                NewLetter { report, ..letter("talk-post-received").with(THREAD, Arg::Text(post)) }
            }
            Told::FilesRefused { files, why } => {
                letter("talk-files-refused").with("files", Arg::Text(files)).with("why", Arg::Keys(why))
            }
            Told::FileRefused(why) => in_thread(letter("talk-file-refused"), claimed).with("why", Arg::Key(why)),
            Told::Refused(refusal) => letter("talk-refused").with("why", Arg::Key(refusal)),
            Told::Status(code) => {
                let Some(row) = report::find(tx, code).await? else { return Ok(()) };
                let (report, seq) = (Some(row.report.id), Some(row.report.seq));
                NewLetter { report, first_seq: seq, ..letter(STATUS) }
            }
        };
        self.post(tx, letter).await.map(drop)
    }
}

/// Whether a sentence may be said before everybody: it tells nothing of anybody's reports, not even that there are none.
fn is_open(key: &str) -> bool {
    matches!(
        key,
        "talk-help"
            | "talk-ask-text"
            | "talk-ask-class"
            | "talk-ask-place"
            | "talk-ask-photo"
            | "talk-not-understood"
            | "talk-handed-over"
            | "talk-cancelled"
            | "talk-too-many"
    )
}

/// An answer to a public post, in its thread.
fn in_thread(letter: NewLetter, claimed: &Claimed) -> NewLetter {
    match More::of(claimed).post.filter(|_| claimed.way == Way::X) {
        Some(post) => letter.with(THREAD, Arg::Text(post)),
        None => letter,
    }
}

/// The key under which the `n`th deed of a message is done once, however often it is tried.
fn key_of(claimed: &Claimed, n: usize) -> String {
    format!("{}.{n}", claimed.id)
}

fn spelt(decided: &Decided) -> Result<String> {
    serde_json::to_string(decided).map_err(|error| Error::Broken(error.to_string()))
}

fn body(text: &str) -> Result<Body> {
    Body::parse(text).map_err(|_| Error::Broken("a text that no report takes was let through".to_owned()))
}

/// What a message says: pictures with the words that came with them, and the place on the map.
fn heard(text: &str, more: &More, fetched: &Fetched) -> Vec<Heard> {
    let point = more.point.map(|(north, east)| Heard::Point(north, east));
    let said = match (fetched.kept.is_empty(), text.is_empty()) {
        (false, _) => Some(Heard::Photos(fetched.kept.clone(), text.to_owned())),
        (true, true) if point.is_some() || fetched.failure.is_some() => None,
        (true, _) => Some(Heard::Text(text.to_owned())),
    };
    point.into_iter().chain(said).collect()
}

/// By what a sender is known as a reporter. WhatsApp vouches for the number, as the telephone itself does.
fn known_as(way: Way, sender: &str) -> Person<'_> {
    match (way, Way::of_chat(sender)) {
        (Way::Whatsapp, Some((_, number))) if Phone::parse(number).is_ok() => Person::Phone(number),
        (Way::Email, _) => Person::Email(sender),
        (_, Some(_)) => Person::Chat(sender),
        (_, None) => Person::Phone(sender),
    }
}

fn phone_of(way: Way, sender: &str) -> Option<Phone> {
    match known_as(way, sender) {
        Person::Phone(number) => Phone::parse(number).ok(),
        Person::Chat(_) | Person::Email(_) => None,
    }
}

fn channel_of(way: Way) -> Channel {
    match way {
        Way::Sms => Channel::Sms,
        Way::Whatsapp => Channel::Whatsapp,
        Way::Telegram => Channel::Telegram,
        Way::X => Channel::X,
        Way::Email => Channel::Email,
    }
}

/// A telephone number, not the name of a machine nor a short number.
fn is_person(sender: &str) -> bool {
    Phone::parse(sender).is_ok()
}
