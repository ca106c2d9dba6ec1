//! The sentences people read, in Indonesian first and English second, and the way both write dates and numbers.

use domain::Refusal;
use domain::time::Zone;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use std::borrow::Borrow;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// Bahasa Indonesia, the language of every first visit.
    #[default]
    Id,
    /// English.
    En,
}

impl Lang {
    /// Both languages, the first one first.
    pub const ALL: [Lang; 2] = [Lang::Id, Lang::En];

    /// The value of the `lang` attribute, of the cookie and of the switch's address.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Id => "id",
            Lang::En => "en",
        }
    }

    /// Reads a tag.
    pub fn parse(tag: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// The language to which the switch leads.
    pub fn other(self) -> Lang {
        match self {
            Lang::Id => Lang::En,
            Lang::En => Lang::Id,
        }
    }
}

/// Something put into a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A name or any other text, shown as it is.
    Text(String),
    /// A count; chooses the plural and is grouped by thousands.
    Number(i64),
    /// A day, shown as `Sel 12 Mei 2026`.
    Day(Date),
    /// Another sentence, by its key.
    Key(String),
    /// Several sentences, with commas between them.
    Keys(Vec<String>),
}

macro_rules! value_from {
    ($($from:ty => $variant:ident by $how:expr),+ $(,)?) => {$(
        impl From<$from> for Value {
            fn from(given: $from) -> Value {
                Value::$variant($how(given))
            }
        }
    )+};
}

value_from! {
    &str => Text by str::to_owned,
    &String => Text by String::clone,
    String => Text by std::convert::identity,
    i64 => Number by std::convert::identity,
    &i64 => Number by |n: &i64| *n,
    i32 => Number by i64::from,
    u32 => Number by i64::from,
    &u32 => Number by |n: &u32| i64::from(*n),
    usize => Number by |n| i64::try_from(n).unwrap_or(i64::MAX),
    &usize => Number by |n: &usize| i64::try_from(*n).unwrap_or(i64::MAX),
    Date => Day by std::convert::identity,
    &Date => Day by |day: &Date| *day,
    u64 => Number by |n| i64::try_from(n).unwrap_or(i64::MAX),
    &u64 => Number by |n: &u64| i64::try_from(*n).unwrap_or(i64::MAX),
    u8 => Number by i64::from,
    &u8 => Number by |n: &u8| i64::from(*n),
}

/// A sentence that is not yet in any language: its key and what belongs into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Key in `locales/*.ftl`.
    pub key: String,
    /// Named values of the sentence.
    pub args: Vec<(&'static str, Value)>,
}

impl Message {
    /// A sentence without values.
    pub fn new(key: impl Into<String>) -> Message {
        Message { key: key.into(), args: Vec::new() }
    }

    /// Why something may not be done to a report.
    pub fn refusal(refusal: Refusal) -> Message {
        Message::new(format!("refusal-{}", refusal.code()))
    }

    /// Adds a value.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Message {
        self.args.push((name, value.into()));
        self
    }
}

type Bundle = FluentBundle<FluentResource>;

static INDONESIAN: LazyLock<Bundle> = LazyLock::new(|| {
    let mut bundle = bundle("id", include_str!("../locales/id.ftl"));
    bundle.set_formatter(Some(dotted));
    bundle
});
static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| {
    let mut bundle = bundle("en", include_str!("../locales/en.ftl"));
    bundle.set_formatter(Some(comma));
    bundle
});

fn bundle(tag: &str, source: &str) -> Bundle {
    let language: LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
    bundle.add_resource_overriding(resource);
    bundle
}

fn dotted<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    number_of(value).map(|n| grouped(n, '.'))
}

fn comma<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    number_of(value).map(|n| grouped(n, ','))
}

fn number_of(value: &FluentValue<'_>) -> Option<i64> {
    match value {
        FluentValue::Number(number) => Some(number.value as i64),
        _ => None,
    }
}

fn grouped(number: i64, separator: char) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// The sentences of one language; templates carry it as `w`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Words(Lang);

impl Words {
    /// The sentences of a language.
    pub fn new(lang: Lang) -> Words {
        Words(lang)
    }

    /// The language.
    pub fn lang(self) -> Lang {
        self.0
    }

    /// A sentence without values. An unknown key comes back in double brackets, which no page may show.
    pub fn t(self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A sentence with named values.
    pub fn with(self, key: &str, args: &[(&str, Value)]) -> String {
        self.find(key, args).unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// A name out of a family of keys: `of("stage", "answered")` is the sentence `stage-answered`.
    pub fn of(self, family: &str, name: &str) -> String {
        self.t(&format!("{family}-{name}"))
    }

    /// A sentence about a number `n`.
    pub fn n(self, key: &str, n: impl Into<Value>) -> String {
        self.with(key, &[("n", n.into())])
    }

    /// A sentence prepared elsewhere.
    pub fn say(self, message: &Message) -> String {
        self.with(&message.key, &message.args)
    }

    /// The hint that stands below a field, where there is one: the sentence `{key}-hint`.
    pub fn hint(self, key: &str) -> Option<String> {
        self.find(&format!("{key}-hint"), &[])
    }

    fn bundle(self) -> &'static Bundle {
        match self.0 {
            Lang::Id => &INDONESIAN,
            Lang::En => &ENGLISH,
        }
    }

    fn find(self, key: &str, args: &[(&str, Value)]) -> Option<String> {
        let bundle = self.bundle();
        let pattern = bundle.get_message(key)?.value()?;
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            values.set(*name, self.fluent(value));
        }
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&values), &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }

    fn fluent(self, value: &Value) -> FluentValue<'static> {
        match value {
            Value::Text(text) => FluentValue::from(text.clone()),
            Value::Number(number) => FluentValue::from(*number),
            Value::Day(day) => FluentValue::from(self.day(*day)),
            Value::Key(key) => FluentValue::from(self.t(key)),
            Value::Keys(keys) => {
                let told: Vec<String> = keys.iter().map(|key| self.t(key)).collect();
                FluentValue::from(told.join(", "))
            }
        }
    }

    fn names(self) -> &'static Names {
        match self.0 {
            Lang::Id => &INDONESIAN_NAMES,
            Lang::En => &ENGLISH_NAMES,
        }
    }

    /// `Sel 12 Mei 2026`, `Tue 12 May 2026`.
    pub fn day(self, day: impl Borrow<Date>) -> String {
        let day = *day.borrow();
        let weekday = nth(&self.names().weekdays_short, day.weekday().to_monday_zero_offset());
        let month = nth(&self.names().months_short, day.month() - 1);
        format!("{weekday} {} {month} {}", day.day(), day.year())
    }

    /// `Sel 12 Mei`: where the year is plain from the surroundings.
    pub fn short_day(self, day: impl Borrow<Date>) -> String {
        let day = *day.borrow();
        let weekday = nth(&self.names().weekdays_short, day.weekday().to_monday_zero_offset());
        let month = nth(&self.names().months_short, day.month() - 1);
        format!("{weekday} {} {month}", day.day())
    }

    /// `Selasa, 12 Mei 2026`, `Tuesday, 12 May 2026`.
    pub fn long_day(self, day: impl Borrow<Date>) -> String {
        let day = *day.borrow();
        let weekday = nth(&self.names().weekdays, day.weekday().to_monday_zero_offset());
        let month = nth(&self.names().months, day.month() - 1);
        format!("{weekday}, {} {month} {}", day.day(), day.year())
    }

    /// `Mei 2026`, `May 2026`: the month of a day.
    pub fn month(self, day: impl Borrow<Date>) -> String {
        let day = *day.borrow();
        format!("{} {}", nth(&self.names().months, day.month() - 1), day.year())
    }

    /// `Sel 12 Mei 2026, 14.05 WITA`, `Tue 12 May 2026, 14:05 WITA`.
    pub fn moment(self, moment: impl Borrow<Moment>) -> String {
        let separator = if self.0 == Lang::Id { '.' } else { ':' };
        let moment = moment.borrow();
        let local = moment.local;
        let (day, zone) = (self.day(local.date()), moment.zone.label());
        format!("{day}, {:02}{separator}{:02} {zone}", local.hour(), local.minute())
    }

    /// `1.234.567`, `1,234,567`.
    pub fn number(self, number: impl Into<Value>) -> String {
        let separator = if self.0 == Lang::Id { '.' } else { ',' };
        match number.into() {
            Value::Number(number) => grouped(number, separator),
            other => self.with("just", &[("value", other)]),
        }
    }

    /// `95,78`, `95.78`: hundredths as people write them, without zeros at the end.
    pub fn hundredths(self, hundredths: u64) -> String {
        let (whole, part) = (hundredths / 100, hundredths % 100);
        let mark = if self.0 == Lang::Id { ',' } else { '.' };
        match (part, part % 10) {
            (0, _) => whole.to_string(),
            (_, 0) => format!("{whole}{mark}{}", part / 10),
            _ => format!("{whole}{mark}{part:02}"),
        }
    }

    /// `3,4 MB`, `3.4 MB`; below one megabyte in whole kilobytes.
    pub fn bytes(self, bytes: &u64) -> String {
        let tenths = *bytes / 100_000;
        if tenths < 10 {
            return format!("{} kB", bytes.div_ceil(1000));
        }
        let separator = if self.0 == Lang::Id { ',' } else { '.' };
        match tenths % 10 {
            0 => format!("{} MB", tenths / 10),
            tenth => format!("{}{separator}{tenth} MB", tenths / 10),
        }
    }

    /// How long ago a day was: `hari ini`, `kemarin`, `3 hari lalu`; from 31 days on the day itself.
    pub fn ago(self, day: Date, today: Date) -> String {
        let days = (today - day).get_days();
        match days {
            0 => self.t("ago-today"),
            1 => self.t("ago-yesterday"),
            2..=30 => self.n("ago-days", days),
            _ => self.day(day),
        }
    }
}

/// The names of days and months, taken apart once: a page with a clock writes dozens of dates.
struct Names {
    weekdays: Vec<String>,
    weekdays_short: Vec<String>,
    months: Vec<String>,
    months_short: Vec<String>,
}

static INDONESIAN_NAMES: LazyLock<Names> = LazyLock::new(|| Names::of(Words(Lang::Id)));
static ENGLISH_NAMES: LazyLock<Names> = LazyLock::new(|| Names::of(Words(Lang::En)));

impl Names {
    fn of(words: Words) -> Names {
        let list = |key: &str| words.t(key).split(' ').map(str::to_owned).collect();
        Names {
            weekdays: list("weekdays"),
            weekdays_short: list("weekdays-short"),
            months: list("months"),
            months_short: list("months-short"),
        }
    }
}

fn nth(names: &[String], place: i8) -> &str {
    usize::try_from(place).ok().and_then(|place| names.get(place)).map_or("", String::as_str)
}

/// An instant as the clock on the wall of one time zone shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Date and time on that clock.
    pub local: DateTime,
    /// Whose clock it is.
    pub zone: Zone,
}

impl Moment {
    /// The wall clock of a zone at an instant.
    pub fn of(at: Timestamp, zone: Zone) -> Moment {
        Moment { local: zone.offset().to_datetime(at), zone }
    }

    /// RFC 3339, with the minutes of the offset that feed readers insist on.
    pub fn timestamp(&self) -> String {
        format!("{}:00", self.iso())
    }

    /// The value of a `datetime` attribute.
    pub fn iso(&self) -> String {
        format!("{}{}", self.local.strftime("%Y-%m-%dT%H:%M:%S"), self.zone.offset())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const ID: Words = Words(Lang::Id);
    const EN: Words = Words(Lang::En);

    #[test]
    fn days_are_written_as_people_write_them() {
        let day = date(2026, 5, 12);
        assert_eq!(ID.day(day), "Sel 12 Mei 2026");
        assert_eq!(EN.day(day), "Tue 12 May 2026");
        assert_eq!(ID.long_day(day), "Selasa, 12 Mei 2026");
        assert_eq!(EN.long_day(date(2027, 8, 1)), "Sunday, 1 August 2027");
        assert_eq!(ID.short_day(date(2026, 3, 24)), "Sel 24 Mar");
    }

    #[test]
    fn the_wall_clock_is_that_of_the_place() {
        let moment = Moment::of("2026-05-12T06:05:00Z".parse().unwrap(), Zone::Wita);
        assert_eq!(ID.moment(moment), "Sel 12 Mei 2026, 14.05 WITA");
        assert_eq!(EN.moment(moment), "Tue 12 May 2026, 14:05 WITA");
        assert_eq!(moment.iso(), "2026-05-12T14:05:00+08");
        assert_eq!(moment.timestamp(), "2026-05-12T14:05:00+08:00");
    }

    #[test]
    fn numbers_and_sizes_follow_the_language() {
        assert_eq!(ID.number(1_234_567_i64), "1.234.567");
        assert_eq!(EN.number(-1_000_i64), "-1,000");
        assert_eq!(ID.bytes(&3_450_000), "3,4 MB");
        assert_eq!(EN.bytes(&10_000_000), "10 MB");
        assert_eq!(ID.bytes(&812), "1 kB");
        assert_eq!(EN.n("ago-days", 2000), "2,000 days ago");
    }

    #[test]
    fn the_recent_past_is_told_in_days() {
        let today = date(2026, 5, 12);
        assert_eq!(ID.ago(today, today), "hari ini");
        assert_eq!(EN.ago(date(2026, 5, 11), today), "yesterday");
        assert_eq!(ID.ago(date(2026, 5, 9), today), "3 hari lalu");
        assert_eq!(ID.ago(date(2026, 1, 2), today), "Jum 2 Jan 2026");
    }

    #[test]
    fn an_unknown_key_and_a_missing_value_are_seen() {
        assert_eq!(ID.t("no-such-key"), "⟦no-such-key⟧");
        assert_eq!(ID.t("ago-days"), "⟦ago-days⟧");
    }

    #[test]
    fn both_languages_have_the_same_sentences() {
        let keys = |source: &str| {
            let lines = source.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
            let mut keys: Vec<String> =
                lines.filter_map(|line| line.split_once(" =")).map(|(key, _)| key.to_owned()).collect();
            keys.sort();
            keys
        };
        let (id, en) = (keys(include_str!("../locales/id.ftl")), keys(include_str!("../locales/en.ftl")));
        assert_eq!(id, en);
        let mut once = id.clone();
        once.dedup();
        assert_eq!(id, once, "a key stands twice");
        assert!(id.len() > 300);
    }

    #[test]
    fn both_files_are_read_without_an_error() {
        for source in [include_str!("../locales/id.ftl"), include_str!("../locales/en.ftl")] {
            let errors = FluentResource::try_new(source.to_owned()).err().map(|(_, errors)| errors);
            assert_eq!(errors, None);
        }
    }
}
