//! A row of a table as a report; everything that is wrong in it is told at once.

use super::rows::CellSlip;
use super::{Letter, MOST_PLACE};
use crate::keys::digest;
use crate::transfer::{Lookup, channel_of, class_near, class_of};
use channel::table::{Shape, read_date};
use domain::report::Class;
use domain::taking::{Consent, Source, TAKEN, Taking, TakingSlip};
use domain::text::{Body, Email, PersonName, Phone, TextError, Title};
use domain::time::Zone;
use domain::{AgencyId, RegionCode};
use jiff::Timestamp;
use jiff::civil::Date;

/// The number in the office's own books.
pub(super) const NUMBER: &str = "Nomor agenda";
const CHANNEL: &str = "Datang lewat";
const CLASS: &str = "Jenis";
const TITLE: &str = "Judul";
const TEXT: &str = "Isi";
const PROVINCE: &str = "Provinsi";
const REGENCY: &str = "Kabupaten/Kota";
const PLACE: &str = "Patokan";
const DAY: &str = "Tanggal kejadian";
const OFFICE: &str = "Instansi";
const NAME: &str = "Nama pelapor";
const PHONE: &str = "Telepon";
const EMAIL: &str = "Surel";
const CONSENT: &str = "Persetujuan";
const SOURCE: &str = "Alamat sumber";
const ANONYMOUS: &str = "Anonim";
const SECRET: &str = "Rahasia";

/// Most rows of one table.
pub const MOST_ROWS: usize = 200;

/// What a table has to look like.
pub(super) const TABLE: Shape = Shape {
    columns: &[
        NUMBER, CHANNEL, CLASS, TITLE, TEXT, PROVINCE, REGENCY, PLACE, DAY, OFFICE, NAME, PHONE, EMAIL, CONSENT,
        SOURCE, ANONYMOUS, SECRET,
    ],
    needed: &[CHANNEL, TEXT, PROVINCE],
    most_rows: MOST_ROWS,
};

/// Words by which a consent is known, the more telling first.
const CONSENTS: [(&str, Consent); 7] = [
    ("media", Consent::PublicSource),
    ("publik", Consent::PublicSource),
    ("tanda tangan", Consent::BySignature),
    ("surat", Consent::BySignature),
    ("telepon", Consent::ByPhone),
    ("loket", Consent::AtCounter),
    ("tatap muka", Consent::AtCounter),
];

/// What is wrong with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    Text(TextError),
    /// The key of its message.
    Code(&'static str),
}

/// A report out of the cells of a row, and how it came.
pub(super) fn parse(
    lookup: &Lookup,
    cells: &[String],
    language: &str,
    now: Timestamp,
) -> Result<(Letter, Taking), Vec<CellSlip>> {
    let mut row = Row { lookup, cells, slips: Vec::new() };
    let how = row.how();
    let class = row.class();
    let title = row.text(TITLE, Title::parse);
    let body = row.body();
    let region = row.region();
    let today = region.as_ref().map_or(Zone::Wit, |region| lookup.reference.regions.zone(region)).day(now);
    let happened_on = row.day(today);
    let agency = row.agency(today);
    let name = row.text(NAME, PersonName::parse);
    let phone = row.known(PHONE, "slip-phone", |typed| Phone::parse(typed).ok());
    let email = row.known(EMAIL, "slip-email", |typed| Email::parse(typed).ok());
    let (anonymous, secret) = (row.flag(ANONYMOUS), row.flag(SECRET));
    let key = match row.get(NUMBER) {
        "" => digest(&format!("{cells:?}")),
        number => format!("number:{number}"),
    };
    let place = Some(row.get(PLACE).chars().take(MOST_PLACE).collect::<String>());
    match (how, body, region) {
        (Some(how), Some(body), Some(region)) if row.slips.is_empty() => {
            let letter = Letter {
                key,
                class,
                title,
                body,
                region,
                place: place.filter(|place| !place.is_empty()),
                happened_on,
                point: None,
                category: None,
                agency,
                anonymous,
                secret,
                name,
                phone,
                email,
                chat: None,
                thread: None,
                language: language.to_owned(),
                channel: how.channel(),
                uploads: Vec::new(),
                external_ref: None,
                received_at: None,
            };
            Ok((letter, how))
        }
        _ => Err(row.slips),
    }
}

struct Row<'a> {
    lookup: &'a Lookup,
    cells: &'a [String],
    slips: Vec<CellSlip>,
}

impl<'a> Row<'a> {
    fn get(&self, column: &str) -> &'a str {
        let at = TABLE.columns.iter().position(|name| *name == column);
        at.and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }

    fn note(&mut self, column: &'static str, code: &'static str) {
        self.slips.push((column, Wrong::Code(code)));
    }

    /// A text that may be absent.
    fn text<T>(&mut self, column: &'static str, parse: impl Fn(&str) -> Result<T, TextError>) -> Option<T> {
        let typed = self.get(column);
        if typed.is_empty() {
            return None;
        }
        parse(typed).map_err(|wrong| self.slips.push((column, Wrong::Text(wrong)))).ok()
    }

    fn body(&mut self) -> Option<Body> {
        Body::parse(self.get(TEXT)).map_err(|wrong| self.slips.push((TEXT, Wrong::Text(wrong)))).ok()
    }

    /// Something that may be absent, but not unknown.
    fn known<T>(&mut self, column: &'static str, code: &'static str, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        let typed = self.get(column);
        let found = find(typed);
        if found.is_none() && !typed.is_empty() {
            self.note(column, code);
        }
        found
    }

    /// How it came, and how the person agreed.
    fn how(&mut self) -> Option<Taking> {
        let channel = channel_of(self.get(CHANNEL)).filter(|channel| TAKEN.contains(channel));
        if channel.is_none() {
            self.note(CHANNEL, TakingSlip::Channel.code());
        }
        let before = self.slips.len();
        let consent = self.known(CONSENT, "slip-choice", consent_of);
        let source = self.known(SOURCE, "slip-source", |typed| Source::parse(typed).ok());
        if self.slips.len() > before {
            return None;
        }
        let named = [NAME, PHONE, EMAIL].iter().any(|column| !self.get(column).is_empty());
        let taking = Taking::new(channel?, consent, source, named);
        taking.map_err(|wrong| self.note(column_of(wrong), wrong.code())).ok()
    }

    fn class(&mut self) -> Class {
        let typed = |typed: &str| class_of(typed).or_else(|| class_near(typed)).map(|(class, _)| class);
        self.known(CLASS, "slip-class", typed).unwrap_or(Class::Complaint)
    }

    fn region(&mut self) -> Option<RegionCode> {
        let Some(found) = self.lookup.region([self.get(PROVINCE), self.get(REGENCY), "", ""]) else {
            self.note(PROVINCE, "slip-region");
            return None;
        };
        for (level, _) in &found.not_understood {
            self.note(if *level == 0 { PROVINCE } else { REGENCY }, "slip-region");
        }
        Some(found.region)
    }

    fn day(&mut self, today: Date) -> Option<Date> {
        let day = self.known(DAY, "slip-date", read_date)?;
        if day > today {
            self.note(DAY, "slip-future");
        }
        Some(day)
    }

    fn agency(&mut self, today: Date) -> Option<AgencyId> {
        let lookup = self.lookup;
        let active =
            |id: &AgencyId| lookup.reference.rules.agencies.get(*id).is_some_and(|office| office.is_active(today));
        self.known(OFFICE, "slip-agency", |typed| lookup.agency(typed, None, None).filter(active))
    }

    fn flag(&mut self, column: &'static str) -> bool {
        let read = |typed: &str| match typed.to_lowercase().as_str() {
            "ya" | "y" | "x" | "1" | "true" | "yes" => Some(true),
            "tidak" | "t" | "0" | "false" | "no" | "-" => Some(false),
            _ => None,
        };
        self.known(column, "slip-flag", read).unwrap_or(false)
    }
}

fn consent_of(typed: &str) -> Option<Consent> {
    let typed = typed.to_lowercase();
    let spoken = CONSENTS.iter().find(|(word, _)| typed.contains(word)).map(|(_, consent)| *consent);
    Consent::parse(&typed).or(spoken)
}

fn column_of(wrong: TakingSlip) -> &'static str {
    match wrong {
        TakingSlip::Channel => CHANNEL,
        TakingSlip::NoConsent | TakingSlip::NotPublic => CONSENT,
        TakingSlip::NoSource | TakingSlip::SourceUnfit => SOURCE,
    }
}
