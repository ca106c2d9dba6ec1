//! Letters by e-mail in words: plain text, in the language of whoever gets them.

use super::shape::{self, Known};
use crate::components::history::sentence;
use crate::words::{Lang, Moment, Value, Words};
use app::mail::{Arg, Args, Draft, News, OpenNews, Scribe, Written};
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

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }
}

impl Scribe for Letters {
    fn write(&self, draft: &Draft) -> Written {
        let words = Words::new(Lang::parse(&draft.language).unwrap_or_default());
        let (subject, mut paragraphs) = match &draft.news {
            Some(news) => about(words, &draft.kind, news),
            None => {
                let args = self.values(&draft.args);
                let of = |part: &str| words.with(&format!("letter-{}{part}", draft.kind), &args);
                (of("-subject"), vec![of("")])
            }
        };
        let answer = draft.answer.as_ref().map(|answer| self.address(answer));
        paragraphs.extend(answer.map(|answer| words.with("letter-answer", &[("address", answer.into())])));
        let page = draft.page.as_ref().map(|page| self.address(page));
        paragraphs.extend(page.map(|page| words.with("letter-page", &[("address", page.into())])));
        paragraphs.push(words.with("letter-foot", &[("address", self.base_url.as_str().into())]));
        let stop = draft.stop.as_ref().map(|stop| self.address(stop));
        paragraphs.extend(stop.as_ref().map(|stop| words.with("letter-stop", &[("address", stop.into())])));
        Written { subject, text: paragraphs.join("\n\n") + "\n", stop }
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
