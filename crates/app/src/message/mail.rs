//! Letters that people send: read, and kept with their files before they are acknowledged. What a machine wrote is never
//! answered.
//!
//! An address is that of a reporter only where the mail server of the house vouches for it. Anybody else is a sender of
//! their own, `?address`, whom no report belongs to: what they write begins a report and adds to none.

use super::keep::LONGEST;
use crate::keys::digest;
use crate::{App, Error, MOST_FILES, Result, Upload};
use channel::mail::incoming::{Door, File, House, Imap, Letter, Listen, Machine, NotKept, Raw, Taker};
use domain::text::Body;
use domain::{Code, Way};
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::message::{self, MessageFile, MessageState, NewMessage};
use store::{Audience, letter, report};
use tokio::sync::watch;

/// Before an address that nobody vouches for.
const UNPROVED: char = '?';
/// A file of a letter of which the end is missing.
const CUT: &str = "media-too-large";
const TOO_MANY: &str = "file-too-many";

/// How letters of people come in.
pub struct MailIn {
    pub house: Arc<House>,
    /// A mailbox that is kept empty.
    pub imap: Option<Imap>,
    /// A door for the mail server of the house.
    pub door: Option<Listen>,
    /// Answers go to our address with the number of the report behind a plus.
    pub plus: bool,
}

/// What a letter says beside its text, kept with it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Head {
    pub message_id: Option<String>,
    pub name: String,
    pub subject: String,
    /// The report in whose thread it is written.
    pub about: Option<Code>,
    /// It answers a letter of ours.
    pub answers: bool,
    /// `id` or `en`.
    pub language: String,
    /// Its text was longer than a report takes.
    pub is_cut: bool,
}

/// What became of a letter, for the figures.
enum Outcome {
    Kept,
    Again,
    Bounce,
    NotHeard(Machine),
}

impl Outcome {
    fn name(&self) -> &'static str {
        match self {
            Outcome::Kept => "kept",
            Outcome::Again => "again",
            Outcome::Bounce => "bounce",
            Outcome::NotHeard(machine) => machine.name(),
        }
    }
}

/// The address of a sender, whether it is proved or not.
pub(super) fn address(sender: &str) -> &str {
    sender.trim_start_matches(UNPROVED)
}

/// Whether our mail server vouches for a sender.
pub(super) fn is_proved(sender: &str) -> bool {
    !sender.starts_with(UNPROVED)
}

impl Taker for App {
    fn take(&self, raw: Raw) -> BoxFuture<'_, std::result::Result<(), NotKept>> {
        Box::pin(self.take_letter(raw))
    }
}

impl App {
    /// Letters come in as `mail` says from now on.
    pub fn with_mail_in(self, mail: MailIn) -> App {
        App { mail_in: Some(Arc::new(mail)), ..self }
    }

    /// Whether people may write letters.
    pub fn hears_mail(&self) -> bool {
        self.mail_in.is_some()
    }

    /// The address that people write to, where there is one.
    pub fn mail_address(&self) -> Option<&str> {
        self.mail_in.as_ref()?.house.addresses.first().map(String::as_str)
    }

    /// The address at which an answer about a report is expected.
    pub(crate) fn answer_address(&self, code: Option<Code>) -> Option<String> {
        let address = self.mail_address()?;
        let plus = self.mail_in.as_ref().is_some_and(|mail| mail.plus);
        match (code.filter(|_| plus), address.rsplit_once('@')) {
            (Some(code), Some((local, domain))) => Some(format!("{local}+{code}@{domain}")),
            _ => Some(address.to_owned()),
        }
    }

    /// Opens the door for the mail server, where one is set up.
    pub async fn open_door(&self) -> std::io::Result<Option<Door>> {
        match self.mail_in.as_ref().and_then(|mail| Some((mail.door.as_ref()?, mail.house.clone()))) {
            Some((listen, house)) => Door::open(listen, house).await.map(Some),
            None => Ok(None),
        }
    }

    /// Takes in what the mail server brings, until told to stop.
    pub async fn keep_door(&self, door: Door, stopped: watch::Receiver<bool>) {
        door.serve(Arc::new(self.clone()), stopped).await;
    }

    /// Empties the mailbox, where one is set up, until told to stop.
    pub async fn keep_mailbox(&self, stopped: watch::Receiver<bool>) {
        if let Some(imap) = self.mail_in.as_ref().and_then(|mail| mail.imap.as_ref()) {
            imap.run(Arc::new(self.clone()), stopped).await;
        }
    }

    /// Whether there is a mailbox to be emptied.
    pub fn has_mailbox(&self) -> bool {
        self.mail_in.as_ref().is_some_and(|mail| mail.imap.is_some())
    }

    /// Takes a letter in. When this returns well, all that comes of it is on disk.
    pub async fn take_letter(&self, raw: Raw) -> std::result::Result<(), NotKept> {
        let outcome = match self.bounced(&raw).await {
            Ok(true) => Ok(Outcome::Bounce),
            Ok(false) => match self.read_letter(raw).await? {
                Ok(letter) => self.keep_letter(letter).await,
                Err(machine) => Ok(Outcome::NotHeard(machine)),
            },
            Err(error) => Err(error),
        };
        match outcome {
            Ok(outcome) => {
                metrics::counter!("lapor_mail_letters_total", "outcome" => outcome.name()).increment(1);
                Ok(())
            }
            Err(error) => {
                match error {
                    Error::Busy | Error::Overtaken => tracing::info!("a letter is put off: too much to do"),
                    other => tracing::error!(error = %other, "a letter could not be kept"),
                }
                Err(NotKept::Later)
            }
        }
    }

    /// Whether a letter tells that one of ours came back, and that was noted.
    async fn bounced(&self, raw: &Raw) -> Result<bool> {
        self.note_bounce(&raw.bytes).await
    }

    /// Reads a letter beside the other work. A machine's is told apart here; it is not kept.
    async fn read_letter(&self, raw: Raw) -> std::result::Result<std::result::Result<Letter, Machine>, NotKept> {
        let house = self.mail_in.as_ref().map(|mail| mail.house.clone()).unwrap_or_default();
        let nobody = raw.from.as_deref() == Some("");
        let reading = tokio::task::spawn_blocking(move || Letter::read(&raw, &house));
        match reading.await {
            Ok(Some(letter)) => match letter.machine {
                Some(machine @ (Machine::Automatic | Machine::Own)) => Ok(Err(machine)),
                Some(Machine::Mute) | None => Ok(Ok(letter)),
            },
            Ok(None) if nobody => Ok(Err(Machine::Automatic)),
            Ok(None) => Err(NotKept::Never),
            Err(_) => {
                tracing::error!("a letter broke its reader");
                Err(NotKept::Never)
            }
        }
    }

    async fn keep_letter(&self, letter: Letter) -> Result<Outcome> {
        let (about, answers) = self.thread(&letter).await?;
        let sender = match letter.is_vouched {
            true => letter.from.clone(),
            false => format!("{UNPROVED}{}", letter.from),
        };
        let mute = letter.machine == Some(Machine::Mute);
        let at = self.now();
        let files = if mute { Vec::new() } else { self.keep_files(&letter).await? };
        let new = self.message_of(&letter, sender, (about, answers), at)?;
        let (app, kept) = (self.clone(), new.id);
        let revived = letter.is_vouched.then(|| self.address_digest(&letter.from));
        let writing = self.db.write_for(Audience::Nobody, move |tx| {
            let (new, files, revived, app) = (new.clone(), files.clone(), revived.clone(), app.clone());
            Box::pin(async move {
                if !message::insert(tx, &new).await? {
                    return Ok(false);
                }
                if let Some(address) = revived {
                    // Who writes is there again, whatever a server said before.
                    letter::revive(tx, &address).await?;
                }
                for (number, file) in (0..).zip(files) {
                    message::put_file(tx, kept, &file.row(app.id(), number)?).await?;
                }
                Ok::<bool, Error>(true)
            })
        });
        Ok(match (writing.await?, mute) {
            (false, _) => Outcome::Again,
            (true, true) => Outcome::NotHeard(Machine::Mute),
            (true, false) => Outcome::Kept,
        })
    }

    fn message_of(
        &self,
        letter: &Letter,
        sender: String,
        (about, answers): (Option<Code>, bool),
        at: Timestamp,
    ) -> Result<NewMessage> {
        // Where all of it is quoted, somebody passes a letter on.
        let quoted = about.is_none() && !answers && letter.text.chars().count() < Body::LEAST;
        let whole = if quoted { &letter.whole } else { &letter.text };
        let text: String = whole.chars().take(LONGEST).collect();
        let head = Head {
            message_id: letter.message_id.clone(),
            name: letter.name.clone(),
            subject: letter.subject.clone(),
            about,
            answers,
            language: language(whole).to_owned(),
            is_cut: text.len() < whole.len(),
        };
        let name = letter.message_id.clone().unwrap_or_else(|| {
            let files: Vec<(&str, usize)> =
                letter.files.iter().map(|file| (file.name.as_str(), file.bytes.len())).collect();
            format!("{} {whole} {files:?}", letter.subject)
        });
        Ok(NewMessage {
            id: self.id(),
            way: Way::Email,
            line: String::new(),
            session: 0,
            digest: digest(&text),
            text,
            received_at: at,
            decided: None,
            // The same letter of the same sender; nobody keeps the letter of somebody else away by its name.
            remote: Some(digest(&format!("{sender} {name}"))),
            more: Some(head.spelt()?),
            state: if letter.machine.is_some() { MessageState::Flagged } else { MessageState::New },
            not_before: Timestamp::UNIX_EPOCH,
            sender,
        })
    }

    /// Keeps the files of a letter, each for itself: one that is refused keeps no other back.
    async fn keep_files(&self, letter: &Letter) -> Result<Vec<KeptFile>> {
        let mut kept = Vec::new();
        for (number, file) in letter.files.iter().enumerate() {
            let got = match () {
                () if number >= MOST_FILES => Err(TOO_MANY),
                () if letter.is_cut => Err(CUT),
                () => self.keep_file(file).await?,
            };
            kept.push(KeptFile { name: file.name.clone(), got });
        }
        Ok(kept)
    }

    async fn keep_file(&self, file: &File) -> Result<std::result::Result<Upload, &'static str>> {
        let mut incoming = self.receive().await?;
        let kept = match incoming.push(&file.bytes).await.map_err(Error::from) {
            Ok(()) => self.keep(incoming, &file.name).await,
            Err(error) => Err(error),
        };
        match kept {
            Ok(upload) => Ok(Ok(upload)),
            Err(Error::File(why)) => Ok(Err(why)),
            Err(other) => Err(other),
        }
    }

    /// The report in whose thread a letter is, and whether it answers a letter of ours.
    async fn thread(&self, letter: &Letter) -> Result<(Option<Code>, bool)> {
        let mut tx = self.db.read().await?;
        let mut answers = false;
        for id in &letter.answers {
            if let Some(code) = self.code_of_thread(id) {
                return Ok((Some(code), true));
            }
            let Some(ours) = self.letter_of(id) else { continue };
            answers = true;
            if let Some(report) = letter::report_of(&mut tx, ours).await? {
                return Ok((report::load(&mut tx, report).await?.map(|row| row.code), true));
            }
        }
        let tagged = letter.tags.iter().find_map(|tag| Code::parse(tag).ok());
        Ok((tagged.or_else(|| code_in(&letter.subject)), answers))
    }

    /// The id under which all letters about a report hang together; nobody else can make it.
    pub(crate) fn thread_id(&self, code: Code, domain: &str) -> String {
        let signature: String = self.keys.sign("thread", &code.to_string()).chars().take(16).collect();
        format!("laporan.{code}.{signature}@{domain}")
    }

    fn code_of_thread(&self, id: &str) -> Option<Code> {
        let (local, domain) = id.strip_prefix("laporan.")?.split_once('@')?;
        let code = Code::parse(local.split_once('.')?.0).ok()?;
        (self.thread_id(code, domain) == id).then_some(code)
    }
}

/// What became of a file.
#[derive(Debug, Clone)]
struct KeptFile {
    name: String,
    got: std::result::Result<Upload, &'static str>,
}

impl KeptFile {
    fn row(&self, id: i64, number: u32) -> Result<MessageFile> {
        let upload = self.got.as_ref().ok().map(serde_json::to_string).transpose();
        let upload = upload.map_err(|error| Error::Broken(error.to_string()))?;
        Ok(MessageFile {
            id,
            number,
            upload,
            failure: self.got.as_ref().err().map(|why| format!("{why}:{}", self.name)),
        })
    }
}

impl Head {
    pub(super) fn parse(text: Option<&str>) -> Result<Head> {
        let Some(text) = text else { return Ok(Head::default()) };
        serde_json::from_str(text).map_err(|error| Error::Broken(error.to_string()))
    }

    fn spelt(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|error| Error::Broken(error.to_string()))
    }
}

/// The number of a report in a subject: of an answer, or behind a word for it. Other numbers stand in subjects too.
fn code_in(subject: &str) -> Option<Code> {
    const LABELS: [&str; 8] = ["laporan", "report", "lapor", "nomor", "no", "number", "tiket", "#"];
    let words: Vec<&str> = subject.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|sign: char| !sign.is_alphanumeric()).to_lowercase();
    let is_answer = words.first().is_some_and(|first| {
        let first = first.to_lowercase();
        ["re:", "re[", "balas:", "bls:", "aw:", "tr:"].iter().any(|prefix| first.starts_with(prefix))
    });
    (0..words.len()).find_map(|at| {
        let labelled = at > 0 && LABELS.contains(&bare(words[at - 1]).as_str()) || words[at].contains('#');
        if !labelled && !is_answer {
            return None;
        }
        let digits = |word: &&&str| bare(word).chars().all(|sign| sign.is_ascii_digit()) && !bare(word).is_empty();
        let run = words[at..].iter().take_while(digits).count().min(4);
        (1..=run).rev().find_map(|length| {
            let typed: String = words[at..at + length].iter().map(|word| bare(word)).collect();
            Code::parse(&typed).ok()
        })
    })
}

/// The language of a text by its commonest words; Indonesian where that is not certain.
fn language(text: &str) -> &'static str {
    const ENGLISH: [&str; 14] =
        ["the", "is", "and", "of", "to", "my", "in", "for", "please", "was", "are", "has", "this", "with"];
    const INDONESIAN: [&str; 14] =
        ["yang", "di", "dan", "ini", "itu", "saya", "tidak", "sudah", "dari", "untuk", "kami", "ada", "mohon", "pada"];
    let (mut english, mut indonesian) = (0, 0);
    for word in text.split(|sign: char| !sign.is_alphabetic()).take(400) {
        let word = word.to_lowercase();
        english += usize::from(ENGLISH.contains(&word.as_str()));
        indonesian += usize::from(INDONESIAN.contains(&word.as_str()));
    }
    if english >= 3 && english > 2 * indonesian { "en" } else { "id" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_a_subject_counts_where_it_is_meant() {
        let code = Code::parse("2085653718").unwrap();
        for subject in [
            "Re: Laporan 208 565 3718: Dijawab",
            "RE: 2085653718",
            "Laporan 2085653718",
            "Tambahan untuk laporan nomor 208 565 3718.",
            "Tambahan #2085653718",
        ] {
            assert_eq!(code_in(subject), Some(code), "{subject}");
        }
        for other in ["Telepon 2085653718", "Re: rapat 2026", "Re: 2085653719", "", "Laporan"] {
            assert_eq!(code_in(other), None, "{other}");
        }
    }

    #[test]
    fn english_is_answered_in_english() {
        assert_eq!(language("The street light in front of my house is broken and nobody came."), "en");
        assert_eq!(language("Lampu jalan di depan rumah saya padam dan tidak ada yang datang."), "id");
        assert_eq!(language("Ok"), "id");
    }
}
