//! A letter in a chat: more room than a short message has, and answers on buttons.

use super::{Letters, short_ask, told};
use crate::words::{Lang, Value, Words};
use app::mail::{Bubble, Draft, News};
use app::message::Choice;
use domain::report::{Class, StageKind};

/// Letters of what was said that a chat shows; the rest is read on the page.
const MOST_SAID: usize = 2_000;

pub(super) fn bubble(letters: &Letters, draft: &Draft) -> Bubble {
    let words = Words::new(Lang::parse(&draft.language).unwrap_or_default());
    let page = draft.page.as_ref().map(|page| letters.address(page)).unwrap_or_default();
    match &draft.news {
        Some(news) => of_news(words, draft, news, &page),
        None if draft.kind.starts_with("talk-") => Bubble {
            text: words.with(&draft.kind, &letters.values(&draft.args)),
            choices: of_talk(words, &draft.kind),
            asks_place: draft.kind == "talk-ask-place",
        },
        None => Bubble {
            text: words.with(&format!("sms-{}", draft.kind), &letters.values(&draft.args)),
            ..Bubble::default()
        },
    }
}

fn of_news(words: Words, draft: &Draft, news: &News, page: &str) -> Bubble {
    let mut args = vec![("number", news.code.to_string().into()), ("address", page.into())];
    if let Some(pin) = &draft.pin {
        args.push(("pin", pin.as_str().into()));
        return Bubble { text: words.with("sms-received", &args), ..Bubble::default() };
    }
    let Some(open) = &news.open else {
        return Bubble { text: words.with("sms-sealed", &args), ..Bubble::default() };
    };
    let stage = open.view.report().stage.kind();
    args.push(("stage", Value::Key(format!("stage-{}", stage.name()))));
    let ask = short_ask(stage).filter(|_| draft.kind != "follow");
    let said = told(open).map(|said| cut(&said)).unwrap_or_default();
    let parts = [words.with("sms-news", &args), said, ask.map(|key| words.t(key)).unwrap_or_default(), page.to_owned()];
    let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    let choices = if ask.is_some() { of_stage(words, stage, &news.code.to_string()) } else { Vec::new() };
    Bubble { text, choices, asks_place: false }
}

fn cut(said: &str) -> String {
    match said.chars().nth(MOST_SAID) {
        None => said.to_owned(),
        Some(_) => said.chars().take(MOST_SAID).collect::<String>().trim_end().to_owned() + "…",
    }
}

/// The last word of a reporter, with the number: another report may be answered before a button is touched.
fn of_stage(words: Words, stage: StageKind, number: &str) -> Vec<Choice> {
    let choice = |word: &str, key: &str| Choice { says: format!("{number} {word}"), label: words.t(key) };
    match stage {
        StageKind::Answered => vec![choice("YA", "chat-settled"), choice("BELUM", "chat-unsettled")],
        StageKind::ClosedByOfficer | StageKind::ClosedBySystem => vec![choice("BELUM", "chat-unsettled")],
        _ => Vec::new(),
    }
}

/// What may be answered to a sentence of a conversation, in the words that the engine knows.
fn of_talk(words: Words, kind: &str) -> Vec<Choice> {
    let choice = |says: &str, label: String| Choice { says: says.to_owned(), label };
    match kind {
        "talk-ask-class" => (1..)
            .zip(Class::ALL)
            .map(|(number, class)| choice(&number.to_string(), words.of("chat-class", class.name())))
            .collect(),
        "talk-ask-photo" | "talk-ask-place" => vec![choice("LEWATI", words.t("chat-skip"))],
        "talk-ask-whose" => vec![choice("1", words.t("chat-same")), choice("2", words.t("chat-another"))],
        "talk-confirmed" => (1..=5).map(|stars: u8| choice(&stars.to_string(), stars.to_string())).collect(),
        "talk-not-understood" => {
            vec![choice("BANTUAN", words.t("chat-help")), choice("PETUGAS", words.t("chat-person"))]
        }
        _ => Vec::new(),
    }
}
