//! Letters by e-mail, by short message and by chat in words: plain text, in the language of whoever gets them.

mod bubble;

use super::shape::{self, Known};
use crate::components::history::sentence;
use crate::words::{Lang, Moment, Value, Words};
use app::mail::{Arg, Args, Bubble, Draft, News, OpenNews, Scribe, Written};
use app::message::{fits, x_api};
use domain::report::StageKind;
use std::collections::HashMap;

/// Writes letters about pages that people reach at `base_url`.
pub struct Letters {
    base_url: String,
}

impl Letters {
    /// A scribe for a service at an address, e.g. `https://lapor.example`.
    pub fn new(base_url: &str) -> Letters {
        Letters { base_url: base_url.trim_end_matches('/').to_owned() }
    }

    fn values<'a>(&self, args: &'a Args) -> Vec<(&'a str, Value)> {
        args.iter().map(|(name, arg)| (name.as_str(), self.value(arg))).collect()
    }

    fn value(&self, arg: &Arg) -> Value {
        match arg {
            Arg::Text(text) => text.into(),
            Arg::Number(number) => number.into(),
            Arg::Day(day) => day.into(),
            Arg::Key(key) => Value::Key(key.clone()),
            Arg::Keys(keys) => Value::Keys(keys.clone()),
            Arg::Path(path) => self.address(path).into(),
        }
    }

    /// What is told to somebody who wrote a letter.
    fn talk(&self, words: Words, draft: &Draft) -> (String, Vec<String>) {
        let mut args = self.values(&draft.args);
        args.push(("address", self.base_url.as_str().into()));
        let subject = match draft.args.get("subject") {
            Some(Arg::Text(subject)) if !subject.is_empty() => {
                words.with("letter-talk-again", &[("subject", unanswered(subject).into())])
            }
            _ => words.t("letter-talk-subject"),
        };
        (subject, vec![words.with(by_mail(&draft.kind), &args)])
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }
}

impl Scribe for Letters {
    fn write(&self, draft: &Draft) -> Written {
        let words = Words::new(Lang::parse(&draft.language).unwrap_or_default());
        let (subject, mut paragraphs) = match &draft.news {
            Some(news) => about(words, &draft.kind, news),
            None if draft.kind.starts_with("talk-") => self.talk(words, draft),
            None => {
                let args = self.values(&draft.args);
                let of = |part: &str| words.with(&format!("letter-{}{part}", draft.kind), &args);
                (of("-subject"), vec![of("")])
            }
        };
        if let Some(open) = draft.news.as_ref().filter(|_| draft.heard).and_then(|news| news.open.as_ref()) {
            // Whoever answers by letter has read there what they answer.
            let after_steps = paragraphs.len().min(2);
            paragraphs.splice(after_steps..after_steps, said(open));
        }
        if let (Some(news), Some(pin)) = (&draft.news, &draft.pin) {
            let args = [("number", news.code.spaced().into()), ("pin", pin.as_str().into())];
            paragraphs.push(words.with("letter-pin", &args));
        }
        paragraphs.extend(asked(draft).map(|key| words.t(key)));
        let answer = draft.answer.as_ref().map(|answer| self.address(answer));
        paragraphs.extend(answer.map(|answer| words.with("letter-answer", &[("address", answer.into())])));
        let page = draft.page.as_ref().map(|page| self.address(page));
        paragraphs.extend(page.map(|page| words.with("letter-page", &[("address", page.into())])));
        let foot = if draft.heard { "letter-foot-heard" } else { "letter-foot" };
        paragraphs.push(words.with(foot, &[("address", self.base_url.as_str().into())]));
        let stop = draft.stop.as_ref().map(|stop| self.address(stop));
        paragraphs.extend(stop.as_ref().map(|stop| words.with("letter-stop", &[("address", stop.into())])));
        Written { subject, text: paragraphs.join("\n\n") + "\n", stop }
    }

    fn write_short(&self, draft: &Draft) -> String {
        let words = Words::new(Lang::parse(&draft.language).unwrap_or_default());
        let page = draft.page.as_ref().map(|page| self.address(page)).unwrap_or_default();
        match &draft.news {
            Some(news) => short_news(words, draft, news, &page, |text| fits(text, MOST_PARTS)),
            None if draft.kind.starts_with("talk-") => words.with(&draft.kind, &self.values(&draft.args)),
            None => words.with(&format!("sms-{}", draft.kind), &self.values(&draft.args)),
        }
    }

    fn write_chat(&self, draft: &Draft) -> Bubble {
        bubble::bubble(self, draft)
    }

    fn write_post(&self, draft: &Draft) -> String {
        let words = Words::new(Lang::parse(&draft.language).unwrap_or_default());
        let page = draft.page.as_ref().map(|page| self.address(page)).unwrap_or_default();
        match &draft.news {
            Some(news) => short_news(words, &Draft { pin: None, ..draft.clone() }, news, &page, x_api::fits),
            None => words.with(in_public(&draft.kind), &self.values(&draft.args)),
        }
    }
}

/// A subject without what programs put before the one of an answer.
fn unanswered(subject: &str) -> &str {
    let rest = subject.split_once(' ').filter(|(first, _)| first.eq_ignore_ascii_case("re:"));
    rest.map_or(subject, |(_, rest)| unanswered(rest.trim_start()))
}

/// The sentence for a public post, where another one speaks of what only two hear.
fn in_public(kind: &str) -> &str {
    match kind {
        "talk-help" => "post-talk-help",
        "talk-handed-over" => "post-talk-handed-over",
        "talk-not-understood" => "post-talk-not-understood",
        "talk-confirmed" => "post-talk-confirmed",
        other => other,
    }
}

/// The sentence for a letter, where a short message says it too shortly or speaks of telephones.
fn by_mail(kind: &str) -> &str {
    match kind {
        "talk-help" | "talk-not-understood" => "mail-talk-help",
        "talk-ask-place" => "mail-talk-ask-place",
        "talk-no-reports" => "mail-talk-no-reports",
        "talk-not-yours" => "mail-talk-not-yours",
        "talk-unproved" => "mail-talk-unproved",
        "talk-handed-over" => "mail-talk-handed-over",
        "talk-stopped" => "mail-talk-stopped",
        "talk-started" => "mail-talk-started",
        other => other,
    }
}

/// What was said in the steps that a letter tells.
fn said(open: &OpenNews) -> Vec<String> {
    let told = open.steps.iter().filter(|logged| logged.seq > 1);
    let words = told.filter_map(|logged| {
        let step = open.view.steps.iter().find(|step| step.logged.seq == logged.seq)?;
        step.words.as_ref().map(|words| words.body.clone())
    });
    words.collect()
}

/// What its reporter may answer to a letter with news, where an answer is heard.
fn asked(draft: &Draft) -> Option<&'static str> {
    let open = draft.news.as_ref().filter(|_| draft.heard)?.open.as_ref()?;
    match open.view.report().stage.kind() {
        StageKind::Answered => Some("letter-ask-verdict"),
        StageKind::Held => Some("letter-ask-more"),
        StageKind::ClosedByOfficer | StageKind::ClosedBySystem => Some("letter-ask-objection"),
        _ => None,
    }
}

/// Parts of a short message with news: each is paid for.
const MOST_PARTS: usize = 3;
/// More letters than that have no room in any case.
const MOST_LETTERS: usize = 500;

/// News in a few words: where the report stands, what was said about it as far as there is room, what may be answered.
fn short_news(words: Words, draft: &Draft, news: &News, page: &str, fits: impl Fn(&str) -> bool) -> String {
    let mut args = vec![("number", news.code.to_string().into()), ("address", page.into())];
    if let Some(pin) = &draft.pin {
        args.push(("pin", pin.as_str().into()));
        return words.with("sms-received", &args);
    }
    let Some(open) = &news.open else { return words.with("sms-sealed", &args) };
    let stage = open.view.report().stage.kind();
    args.push(("stage", Value::Key(format!("stage-{}", stage.name()))));
    let head = words.with("sms-news", &args);
    // Whoever only follows a report has no say in it.
    let ask = short_ask(stage).filter(|_| draft.kind != "follow").map(|key| words.t(key)).unwrap_or_default();
    let said = told(open).unwrap_or_default();
    let whole = |said: &str| {
        [head.as_str(), said, &ask, page].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    let letters: Vec<char> = said.chars().take(MOST_LETTERS).collect();
    let is_whole = said.chars().nth(MOST_LETTERS).is_none();
    let cut = |length: usize| match is_whole && length == letters.len() {
        true => said.clone(),
        false => letters[..length].iter().collect::<String>().trim_end().to_owned() + "...",
    };
    let lengths = std::iter::successors(Some(letters.len()), |length| (*length > 0).then(|| length.saturating_sub(8)));
    let fitting = lengths.map(|length| whole(&cut(length))).find(|text| fits(text));
    fitting.unwrap_or_else(|| whole(""))
}

/// What the last of the steps says in somebody's words, on one line.
fn told(open: &OpenNews) -> Option<String> {
    let last = open.steps.last()?;
    let step = open.view.steps.iter().find(|step| step.logged.seq == last.seq)?;
    let said = &step.words.as_ref().filter(|_| last.seq > 1)?.body;
    Some(said.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What its reporter may answer to a report that stands so.
fn short_ask(stage: StageKind) -> Option<&'static str> {
    match stage {
        StageKind::Answered => Some("sms-ask-verdict"),
        StageKind::Held => Some("sms-ask-more"),
        StageKind::ClosedByOfficer | StageKind::ClosedBySystem => Some("sms-ask-objection"),
        _ => None,
    }
}

/// Subject and paragraphs about a report. Of a closed one nothing is told but its number.
fn about(words: Words, kind: &str, news: &News) -> (String, Vec<String>) {
    let number = [("number", news.code.spaced().into())];
    match &news.open {
        None => (words.with("letter-sealed-subject", &number), vec![words.with("letter-sealed", &number)]),
        Some(open) => {
            let stage = Value::Key(format!("stage-{}", open.view.report().stage.kind().name()));
            let mut args = number.to_vec();
            args.extend([("stage", stage), ("title", open.view.title.as_str().into())]);
            let of = |part: &str| words.with(&format!("letter-{kind}{part}"), &args);
            let mut paragraphs = vec![of(""), steps(words, open)];
            paragraphs.push(words.of("stage-meaning", open.view.report().stage.kind().name()));
            paragraphs.push(words.say(&shape::next(&open.view)));
            (of("-subject"), paragraphs)
        }
    }
}

/// Each step on a line with its hour, as the timeline of the page has it.
fn steps(words: Words, open: &OpenNews) -> String {
    let known = Known { reference: &open.reference, words, officers: HashMap::new() };
    let report = open.view.report();
    let line = |logged: &app::Logged| {
        let holder = shape::holder_at(&open.view, logged.seq);
        let told = words.say(&sentence(&logged.event, holder, &known));
        format!("* {told} ({})", words.moment(Moment::of(logged.at, report.zone)))
    };
    open.steps.iter().map(line).collect::<Vec<_>>().join("\n")
}
