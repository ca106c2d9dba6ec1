//! Dates and times as Indonesian offices and spreadsheets write them.

use jiff::ToSpan;
use jiff::civil::{Date, Time, date};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"];
const SECONDS_PER_DAY: f64 = 86_400.0;

/// Reads `3 Jan 2026`, `Sabtu, 3 Januari 2026`, `03/01/2026` (day first), ISO 8601 and a spreadsheet's
/// serial day; a time behind the date is passed over.
pub(crate) fn read_date(text: &str) -> Option<Date> {
    if let Some(day) = read_serial_day(text) {
        return Some(day);
    }
    let (day, rest) = split_date(text)?;
    (rest.is_empty() || read_clock(rest).is_some()).then_some(day)
}

/// Reads `08:15`, `8:15:00`, `08.15 WIB`, a spreadsheet's fraction of a day, and the time behind a date.
pub(super) fn read_time(text: &str) -> Option<Time> {
    read_clock(text).or_else(|| read_serial_time(text)).or_else(|| read_clock(split_date(text)?.1))
}

/// `3 Jan 2026`, as SP4N-LAPOR! does.
pub(super) fn write_date(day: Date) -> String {
    let month = MONTHS.get(usize::from(day.month().unsigned_abs()) - 1).copied().unwrap_or_default();
    format!("{} {month} {:04}", day.day(), day.year())
}

/// `08:15`, or `08:15:30` where there are seconds.
pub(super) fn write_time(time: Time) -> String {
    let shape = if time.second() == 0 { "%H:%M" } else { "%H:%M:%S" };
    time.strftime(shape).to_string()
}

fn split_date(text: &str) -> Option<(Date, &str)> {
    split_iso(text).or_else(|| split_written(text))
}

fn split_iso(text: &str) -> Option<(Date, &str)> {
    let (day, rest) = text.split_at_checked(10)?;
    let rest = rest.strip_prefix('T').unwrap_or(rest);
    Some((day.parse().ok()?, rest.trim()))
}

fn split_written(text: &str) -> Option<(Date, &str)> {
    let separator = |c: char| matches!(c, ' ' | '/' | '-' | '.' | ',' | '\u{a0}');
    let text = match text.split_once(',') {
        Some((weekday, rest)) if weekday.chars().all(|c| c.is_alphabetic() || c == '\'') => rest.trim(),
        _ => text,
    };
    let (day, rest) = text.split_once(separator)?;
    let (month, rest) = rest.trim_start_matches(separator).split_once(separator)?;
    let rest = rest.trim_start_matches(separator);
    let (year, rest) = rest.split_at_checked(4)?;
    let follows = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    let day = Date::new(digits(year)?, read_month(month)?, digits(day)?).ok()?;
    follows.then_some((day, rest.trim_start_matches(separator)))
}

fn read_month(text: &str) -> Option<i8> {
    let name = text.to_lowercase();
    let letters = name.get(..3).unwrap_or(&name);
    let month = match letters {
        "jan" => 1,
        "feb" | "peb" => 2,
        "mar" | "mrt" => 3,
        "apr" => 4,
        "mei" | "may" => 5,
        "jun" => 6,
        "jul" => 7,
        "agu" | "agt" | "ags" | "aug" => 8,
        "sep" => 9,
        "okt" | "oct" => 10,
        "nov" | "nop" => 11,
        "des" | "dec" => 12,
        _ => return digits(&name),
    };
    name.chars().all(char::is_alphabetic).then_some(month)
}

fn read_clock(text: &str) -> Option<Time> {
    let text = text.trim().to_ascii_lowercase();
    let text = text.strip_prefix("pukul").or_else(|| text.strip_prefix("jam")).unwrap_or(&text);
    let zones = ["wib", "wita", "wit", "z"];
    let text = zones.iter().find_map(|zone| text.strip_suffix(zone)).unwrap_or(text);
    let parts: Vec<&str> = text.trim().split([':', '.']).collect();
    match parts.as_slice() {
        [hour, minute] if minute.len() == 2 => Time::new(digits(hour)?, digits(minute)?, 0, 0).ok(),
        [hour, minute, second] | [hour, minute, second, _] if minute.len() == 2 && second.len() == 2 => {
            Time::new(digits(hour)?, digits(minute)?, digits(second)?, 0).ok()
        }
        _ => None,
    }
}

fn read_serial_day(text: &str) -> Option<Date> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    digits::<u64>(fraction)?;
    let serial = digits::<i64>(whole).filter(|_| whole.len() == 5)?;
    date(1899, 12, 30).checked_add(serial.days()).ok()
}

fn read_serial_time(text: &str) -> Option<Time> {
    let serial = text.parse::<f64>().ok().filter(|n| (0.0..100_000.0).contains(n) && text.contains('.'))?;
    let seconds = (serial.fract() * SECONDS_PER_DAY).round() as i64;
    Time::midnight().checked_add(seconds.min(86_399).seconds()).ok()
}

fn digits<N: std::str::FromStr>(text: &str) -> Option<N> {
    let text = text.trim();
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::time;

    #[test]
    fn one_day_in_every_spelling() {
        let spellings = [
            "3 Jan 2026",
            "3 Januari 2026",
            "03 JANUARI 2026",
            "03/01/2026",
            "3-1-2026",
            "03.01.2026",
            "Sabtu, 3 Januari 2026",
            "2026-01-03",
            "2026-01-03T08:15:00",
            "2026-01-03 08:15:00",
            "3 Jan 2026 08.15 WIB",
            "46025",
            "46025.34375",
        ];
        for text in spellings {
            assert_eq!(read_date(text), Some(date(2026, 1, 3)), "{text}");
        }
    }

    #[test]
    fn indonesian_and_english_months() {
        let months = [
            ("17 Agu 2021", 8),
            ("17 Agt 2021", 8),
            ("17 Agustus 2021", 8),
            ("17 Aug 2021", 8),
            ("1 Mei 2021", 5),
            ("1 May 2021", 5),
            ("5 Okt 2021", 10),
            ("5 Oktober 2021", 10),
            ("9 Des 2021", 12),
            ("9 Dec 2021", 12),
            ("9 Nop 2021", 11),
            ("2 Pebruari 2021", 2),
            ("2 Mrt 2021", 3),
            ("2 Sept 2021", 9),
        ];
        for (text, month) in months {
            assert_eq!(read_date(text).map(|day| day.month()), Some(month), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "31/02/2026",
            "01/13/2026",
            "3 Jan 26",
            "besok",
            "3 Januari",
            "12",
            "2026",
            "3 Jan 2026 sore",
            "3 J4n 2026",
            "+3/1/2026",
            "éééééé",
            "NaN.0",
            "-1234",
        ] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }

    #[test]
    fn one_time_in_every_spelling() {
        for text in [
            "08:15",
            "8:15",
            "08.15 WIB",
            "8:15:00",
            "pukul 08.15 WITA",
            "0.34375",
            "46025.34375",
            "2026-01-03 08:15:00",
            "3 Jan 2026 08:15",
            "08:15:00.000",
        ] {
            assert_eq!(read_time(text), Some(time(8, 15, 0, 0)), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in ["24:00", "8:60", "pagi", "8", "08:5", "12:30:61", "-0.5", "inf"] {
            assert_eq!(read_time(text), None, "{text}");
        }
    }
}
