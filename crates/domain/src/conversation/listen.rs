//! One turn of a conversation.

mod letter;

use super::keyword::{Wish, read};
use super::{
    Conversation, Deed, Draft, Heard, Known, MOST_MISSED, MOST_REPEATS, Manner, Own, Pending, Question, Say, ShortCode,
    Waits,
};
use crate::Code;
use crate::mention::{Hand, mentioned};
use crate::region::RegionCode;
use crate::report::Class;
use crate::text::Body;

/// What comes of a message.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Turn {
    pub next: Conversation,
    pub deeds: Vec<Deed>,
    /// One answer at most; what a deed comes to is told besides.
    pub say: Option<Say>,
}

/// Hears a message and decides what comes of it.
pub fn listen(was: &Conversation, heard: &Heard, manner: Manner, known: &Known<'_>) -> Turn {
    let mut talk = Talk { next: was.clone(), deeds: Vec::new(), say: None, manner, known };
    match heard {
        Heard::Text(text) => talk.read(text),
        Heard::Photos(photos, caption) => talk.see(photos, caption),
        Heard::Point(north, east) => talk.locate(*north, *east),
        Heard::Letter(note) => talk.letter(note),
        Heard::Silence => talk.end_open(),
    }
    Turn { next: talk.next, deeds: talk.deeds, say: talk.say }
}

struct Talk<'a> {
    next: Conversation,
    deeds: Vec<Deed>,
    say: Option<Say>,
    manner: Manner,
    known: &'a Known<'a>,
}

impl Talk<'_> {
    /// Whether somebody says the same as before, so often that it seems to be a machine. A command may be repeated.
    fn is_again(&mut self, text: &str) -> bool {
        let text = text.trim().to_lowercase();
        self.next.repeats = if text == self.next.last { self.next.repeats.saturating_add(1) } else { 1 };
        self.next.last = text;
        self.next.repeats >= MOST_REPEATS
    }

    fn read(&mut self, text: &str) {
        let wish = read(text, self.known.codes);
        let again = self.is_again(text);
        let Some(wish) = self.command(wish) else { return self.understood() };
        if again {
            return self.deeds.push(Deed::Flag);
        }
        if self.next.operator {
            return self.deeds.push(Deed::HandOver);
        }
        match wish {
            Wish::Report { word, text } => self.begin(word.as_deref(), &text),
            Wish::Number(number) => self.number(number),
            Wish::Skip => self.skip(),
            Wish::Settled { code: None, .. } | Wish::Thanks if self.is_drafting() => self.miss(),
            Wish::Unsettled { code: None, .. } if self.is_drafting() => self.text(text),
            Wish::Settled { code, rating } => self.settled(code, rating),
            Wish::Unsettled { code, reason } => self.unsettled(code, &reason, text),
            Wish::Thanks => self.understood(),
            Wish::Text(text) => self.text(&text),
            _ => self.miss(),
        }
    }

    /// What is heeded at any time; the wish itself where it is none of these.
    fn command(&mut self, wish: Wish) -> Option<Wish> {
        match wish {
            Wish::Help | Wish::Greeting => self.say = Some(Say::Help),
            Wish::Slip => self.say = Some(Say::Slip),
            Wish::Status(code) => self.tell(code),
            Wish::Stop => {
                self.deeds.push(Deed::Stop);
                self.say = Some(Say::Stopped);
            }
            Wish::Start => {
                self.deeds.push(Deed::Start);
                self.say = Some(Say::Started);
            }
            Wish::Cancel => {
                self.say = Some(if self.next.pending.take().is_some() { Say::Cancelled } else { Say::Help });
            }
            Wish::Operator => self.hand_over(),
            Wish::Add { code, text } => self.add(code, &text),
            other => return Some(other),
        }
        None
    }

    fn understood(&mut self) {
        self.next.missed = 0;
    }

    fn is_drafting(&self) -> bool {
        matches!(self.next.pending, Some(Pending::Report { .. }))
    }

    /// Leaves a question open, but never in the place of a report that is being told.
    fn leave_open(&mut self, pending: Option<Pending>) {
        if !self.is_drafting() {
            self.next.pending = pending;
        }
    }

    /// Not understood: said once, and then a person takes over.
    fn miss(&mut self) {
        self.next.missed = self.next.missed.saturating_add(1);
        if self.next.missed >= MOST_MISSED {
            self.hand_over();
        } else {
            self.say = Some(Say::NotUnderstood);
        }
    }

    fn hand_over(&mut self) {
        self.next.operator = true;
        self.next.missed = 0;
        self.deeds.push(Deed::HandOver);
        self.say = Some(Say::HandedOver);
    }

    fn own(&self, code: Code) -> Option<Own> {
        self.known.reports.iter().find(|own| own.code == code).copied()
    }

    fn waiting(&self, waits: Waits) -> Vec<Code> {
        self.known.reports.iter().filter(|own| own.waits == waits).map(|own| own.code).collect()
    }

    fn tell(&mut self, code: Option<Code>) {
        match (code, self.known.reports.first()) {
            (Some(code), _) if self.own(code).is_some() => self.deeds.push(Deed::Tell(code)),
            (Some(_), _) => self.say = Some(Say::NotYours),
            (None, Some(newest)) => self.deeds.push(Deed::Tell(newest.code)),
            (None, None) => self.say = Some(Say::NoReports),
        }
    }

    fn add(&mut self, code: Code, text: &str) {
        match self.own(code) {
            None => self.say = Some(Say::NotYours),
            Some(own) if own.waits == Waits::Over => self.say = Some(Say::NothingWaits),
            Some(_) if is_too_short(text) => self.say = Some(Say::AskText),
            Some(_) => self.deeds.push(Deed::Add { code, text: text.to_owned() }),
        }
    }

    /// The one report that a reporter's verdict is about, out of those that wait for it.
    fn judged(&mut self, code: Option<Code>, waiting: &[Code]) -> Option<Code> {
        match (code, waiting) {
            (Some(code), _) if waiting.contains(&code) => Some(code),
            (Some(code), _) => {
                self.say = Some(if self.own(code).is_some() { Say::NothingWaits } else { Say::NotYours });
                None
            }
            (None, [only]) => Some(*only),
            (None, []) => {
                self.say = Some(Say::NothingWaits);
                None
            }
            (None, several) => {
                self.say = Some(Say::AskWhich(several.iter().take(3).copied().collect()));
                None
            }
        }
    }

    fn settled(&mut self, code: Option<Code>, rating: Option<u8>) {
        self.understood();
        let rated = |own: Own| own.waits != Waits::ForVerdict && own.unrated && rating.is_some();
        if let Some(own) = code.and_then(|code| self.own(code)).filter(|own| rated(*own)) {
            return self.deeds.push(Deed::Confirm { code: own.code, rating });
        }
        if let Some(code) = self.judged(code, &self.waiting(Waits::ForVerdict)) {
            self.leave_open(rating.is_none().then_some(Pending::Rating { code }));
            self.deeds.push(Deed::Confirm { code, rating });
        }
    }

    fn unsettled(&mut self, code: Option<Code>, reason: &str, whole: &str) {
        let answered = self.waiting(Waits::ForVerdict);
        let waiting = match code {
            None if !answered.is_empty() => answered,
            _ => [answered, self.waiting(Waits::ForObjection)].concat(),
        };
        if code.is_none() && waiting.is_empty() {
            return self.text(whole);
        }
        self.understood();
        let Some(code) = self.judged(code, &waiting) else { return };
        if is_too_short(reason) {
            self.leave_open(Some(Pending::Reason { code }));
            self.say = Some(Say::AskReason(code));
        } else {
            self.object(code, reason);
        }
    }

    fn object(&mut self, code: Code, text: &str) {
        self.leave_open(None);
        self.deeds.push(Deed::Object { code, text: text.to_owned() });
    }

    /// A report begins, with an office's word before it or without. One that was left open is taken in before.
    fn begin(&mut self, word: Option<&str>, text: &str) {
        self.end_open();
        let draft = self.draft(word.and_then(|word| self.known.codes.get(word)), text);
        self.go_on(draft);
    }

    /// What a text tells by itself, and by the word before it.
    fn draft(&self, to: Option<&ShortCode>, text: &str) -> Draft {
        let named = mentioned(self.known.regions, text, Hand::Hasty);
        Draft {
            agency: to.map(|to| to.agency),
            category: to.and_then(|to| to.category),
            region: named.or_else(|| to?.region.clone()),
            class: class_of(text),
            text: text.trim().to_owned(),
            ..Draft::default()
        }
    }

    /// Pictures belong to the report that is being told, else to the one that waits for more, else they begin one; what
    /// was said with them goes where they go.
    fn see(&mut self, photos: &[i64], caption: &str) {
        if self.next.operator {
            return self.deeds.push(Deed::HandOver);
        }
        if let Some(mut draft) = self.open_draft() {
            draft.photos.extend(photos);
            self.tell_more(&mut draft, caption);
            return self.go_on(draft);
        }
        if let [held] = self.waiting(Waits::ForMore)[..] {
            self.understood();
            self.deeds.extend(photos.iter().map(|photo| Deed::Attach { code: held, photo: *photo }));
            let said = (!is_too_short(caption)).then(|| Deed::Add { code: held, text: caption.to_owned() });
            return self.deeds.extend(said);
        }
        let (word, text) = match read(caption, self.known.codes) {
            Wish::Report { word, text } => (word, text),
            _ => (None, caption.to_owned()),
        };
        let draft = self.draft(word.and_then(|word| self.known.codes.get(&word)), &text);
        self.go_on(Draft { photos: photos.to_vec(), ..draft });
    }

    fn locate(&mut self, north: f64, east: f64) {
        if self.next.operator {
            return self.deeds.push(Deed::HandOver);
        }
        let mut draft = self.open_draft().unwrap_or_default();
        draft.point = Some((north, east));
        self.go_on(draft);
    }

    /// Adds to the story what is not there yet, and the place where it names one.
    fn tell_more(&self, draft: &mut Draft, text: &str) {
        if !draft.text.ends_with(text.trim()) {
            draft.text = format!("{}\n{}", draft.text, text.trim()).trim().to_owned();
        }
        if draft.region.is_none() {
            draft.region = mentioned(self.known.regions, &draft.text, Hand::Hasty);
        }
    }

    /// The report that is being told. What was said before it and waits for a word is not lost.
    fn open_draft(&mut self) -> Option<Draft> {
        match self.next.pending.take() {
            Some(Pending::Report { draft, .. }) => Some(draft),
            other => {
                self.next.pending = other;
                if matches!(self.next.pending, Some(Pending::Whose { .. })) {
                    self.end_open();
                }
                None
            }
        }
    }

    /// Asks for the next thing that is missing, or takes the report in.
    fn go_on(&mut self, mut draft: Draft) {
        self.understood();
        let Some(asked) = self.missing(&draft) else {
            self.next.pending = None;
            return self.deeds.push(Deed::TakeIn(draft));
        };
        draft.asked.push(asked);
        self.say = Some(match asked {
            Question::Text => Say::AskText,
            Question::Class => Say::AskClass,
            Question::Place => Say::AskPlace,
            Question::Photo => Say::AskPhoto,
        });
        self.next.pending = Some(Pending::Report { draft, asked });
    }

    fn missing(&self, draft: &Draft) -> Option<Question> {
        let new = |question| !draft.asked.contains(&question);
        let chats = self.manner == Manner::Chat;
        match () {
            () if is_too_short(&draft.text) => Some(Question::Text),
            () if chats && draft.class.is_none() && new(Question::Class) => Some(Question::Class),
            () if draft.region.is_none() && new(Question::Place) => Some(Question::Place),
            () if chats && draft.photos.is_empty() && new(Question::Photo) => Some(Question::Photo),
            () => None,
        }
    }

    fn skip(&mut self) {
        match self.open_draft() {
            Some(draft) if is_too_short(&draft.text) => {
                self.next.pending = Some(Pending::Report { draft, asked: Question::Text });
                self.miss();
            }
            Some(draft) => self.go_on(draft),
            None => self.miss(),
        }
    }

    fn number(&mut self, number: u8) {
        match (self.next.pending.clone(), number) {
            (Some(Pending::Rating { code }), 1..=5) => {
                self.understood();
                self.next.pending = None;
                self.deeds.push(Deed::Confirm { code, rating: Some(number) });
            }
            (Some(Pending::Whose { code, text }), 1) => {
                self.understood();
                self.next.pending = None;
                self.deeds.push(Deed::Add { code, text });
            }
            (Some(Pending::Whose { .. }), 2) => self.end_open(),
            (Some(Pending::Report { mut draft, asked: Question::Class }), 1..=3) => {
                draft.class = Class::ALL.get(usize::from(number) - 1).copied();
                self.go_on(draft);
            }
            _ => self.miss(),
        }
    }

    fn text(&mut self, text: &str) {
        match self.next.pending.take() {
            Some(Pending::Report { draft, asked }) => self.answer(draft, asked, text),
            Some(Pending::Reason { code }) if !is_too_short(text) => {
                self.understood();
                self.object(code, text);
            }
            Some(Pending::Reason { code }) => {
                self.next.pending = Some(Pending::Reason { code });
                self.miss();
            }
            Some(Pending::Whose { text: before, .. }) => self.begin(None, &format!("{before}\n{text}")),
            Some(Pending::Rating { .. }) | None => self.fresh(text),
        }
    }

    /// What was asked about a report is answered; what does not answer it belongs to the story.
    fn answer(&mut self, mut draft: Draft, asked: Question, text: &str) {
        let told = match asked {
            Question::Place => {
                let place = named_place(self.known, text);
                draft.region = place.clone();
                place.is_some() && text.split_whitespace().count() <= 4
            }
            Question::Class => {
                draft.class = class_named(text);
                draft.class.is_some()
            }
            Question::Text | Question::Photo => false,
        };
        self.tell_more(&mut draft, if told { "" } else { text });
        self.go_on(draft);
    }

    /// A text to which nothing that was said before belongs.
    fn fresh(&mut self, text: &str) {
        if is_too_short(text) || text.split_whitespace().nth(1).is_none() {
            return self.miss();
        }
        if let [held] = self.waiting(Waits::ForMore)[..] {
            self.understood();
            return self.deeds.push(Deed::Add { code: held, text: text.to_owned() });
        }
        if let Some(code) = self.waiting(Waits::ForVerdict).first().copied() {
            self.understood();
            self.next.pending = Some(Pending::Whose { code, text: text.to_owned() });
            self.say = Some(Say::AskWhose(code));
            return;
        }
        self.begin(None, text);
    }

    /// What was left open is brought to an end without another question: nothing that was told is lost.
    fn end_open(&mut self) {
        match self.next.pending.take() {
            Some(Pending::Report { draft, .. }) if !is_too_short(&draft.text) => self.deeds.push(Deed::TakeIn(draft)),
            Some(Pending::Whose { text, .. }) => {
                self.understood();
                self.deeds.push(Deed::TakeIn(self.draft(None, &text)));
            }
            Some(Pending::Report { .. } | Pending::Reason { .. }) => self.deeds.push(Deed::HandOver),
            Some(Pending::Rating { .. }) | None => {}
        }
    }
}

fn is_too_short(text: &str) -> bool {
    text.trim().chars().count() < Body::LEAST
}

/// The place in an answer to the question for one, where a bare name is enough.
fn named_place(known: &Known<'_>, text: &str) -> Option<RegionCode> {
    mentioned(known.regions, &format!("di {}", text.trim()), Hand::Hasty)
}

/// The class that a text shows by how it begins; most are complaints, and it is not asked where that costs money.
fn class_of(text: &str) -> Option<Class> {
    const ASKS: [&str; 8] =
        ["mohon info", "minta info", "tanya", "mau tanya", "apakah ", "bagaimana cara", "berapa biaya", "apa syarat"];
    const WISHES: [&str; 5] = ["usul", "saran", "aspirasi", "sebaiknya", "mengusulkan"];
    let text = text.trim().to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    match () {
        () if begins(&ASKS) => Some(Class::InformationRequest),
        () if begins(&WISHES) => Some(Class::Aspiration),
        () => None,
    }
}

fn class_named(text: &str) -> Option<Class> {
    let text = text.to_lowercase();
    let has = |word: &str| text.contains(word);
    match () {
        () if has("adu") || has("keluh") => Some(Class::Complaint),
        () if has("aspirasi") || has("usul") || has("saran") => Some(Class::Aspiration),
        () if has("informasi") || has("tanya") || has("info") => Some(Class::InformationRequest),
        () => None,
    }
}
