//! What a channel hands in, parsed.

use crate::Upload;
use crate::keys::digest;
use domain::report::{Channel, Class};
use domain::text::{Body, Email, PersonName, Phone, Title};
use domain::{AgencyId, CategoryId, RegionCode};
use jiff::Timestamp;
use jiff::civil::Date;
use store::reporter::Reporter;
use store::words::Words;

/// Most characters of a landmark or address.
pub const MOST_PLACE: usize = 300;

/// A report on its way in.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The client's own key; the same key is the same report.
    pub key: String,
    pub class: Class,
    pub title: Option<Title>,
    pub body: Body,
    pub region: RegionCode,
    /// Landmark or address in the reporter's words.
    pub place: Option<String>,
    pub happened_on: Option<Date>,
    /// Degrees north and east.
    pub point: Option<(f64, f64)>,
    pub category: Option<CategoryId>,
    pub agency: Option<AgencyId>,
    pub anonymous: bool,
    pub secret: bool,
    pub name: Option<PersonName>,
    pub phone: Option<Phone>,
    pub email: Option<Email>,
    /// The account of a chat service in which it was written, e.g. `telegram:90210`.
    pub chat: Option<String>,
    /// The id of the letter by e-mail in which it was written.
    pub thread: Option<String>,
    /// `id` or `en`.
    pub language: String,
    pub channel: Channel,
    pub uploads: Vec<Upload>,
    /// The number in an older system.
    pub external_ref: Option<String>,
    /// When an older system received it; now otherwise.
    pub received_at: Option<Timestamp>,
}

impl Letter {
    /// What the client's key is in storage: keys of different channels are different.
    pub(super) fn client_key(&self) -> String {
        digest(&format!("{}:{}", self.channel.name(), self.key))
    }

    /// A digest of all that was said, to tell a repetition from another report under the same key.
    pub(super) fn fingerprint(&self) -> String {
        let files: Vec<&str> = self.uploads.iter().map(|upload| upload.hash.as_str()).collect();
        let parts = (
            self.class.name(),
            self.title.as_ref().map(Title::as_str),
            self.body.as_str(),
            self.region.as_str(),
            (&self.place, self.happened_on, self.point),
            (self.category, self.agency, self.anonymous, self.secret),
            (&self.name, &self.phone, &self.email, &self.chat),
            files,
        );
        digest(&format!("{parts:?}"))
    }

    pub(super) fn reporter(&self) -> Option<Reporter> {
        let known = self.name.is_some() || self.phone.is_some() || self.email.is_some() || self.chat.is_some();
        known.then(|| Reporter {
            name: self.name.as_ref().map(|name| name.as_str().to_owned()),
            phone: self.phone.as_ref().map(|phone| phone.as_str().to_owned()),
            email: self.email.as_ref().map(|email| email.as_str().to_owned()),
            chat: self.chat.clone(),
            thread: self.thread.clone(),
            language: self.language.clone(),
        })
    }

    /// By what the one who wrote is known, the surest first.
    pub(super) fn contact(&self) -> Option<String> {
        let phone = self.phone.as_ref().map(|phone| phone.as_str());
        phone.or(self.email.as_ref().map(|email| email.as_str())).or(self.chat.as_deref()).map(str::to_owned)
    }

    pub(super) fn into_words(self) -> Words {
        let title = self.title.map_or_else(|| gist(self.body.as_str()), |title| title.as_str().to_owned());
        Words {
            title: Some(title),
            body: self.body.as_str().to_owned(),
            legal_ground: None,
            place: self.place,
            happened_on: self.happened_on.map(|day| day.to_string()),
            latitude: self.point.map(|(latitude, _)| format!("{latitude:.6}")),
            longitude: self.point.map(|(_, longitude)| format!("{longitude:.6}")),
        }
    }
}

/// The lines and sentences of a text. A point inside a word, as in an address or a number, ends none.
fn sentences(body: &str) -> Vec<&str> {
    let (mut parts, mut begin) = (Vec::new(), 0);
    for (at, sign) in body.char_indices() {
        let rest = &body[at + sign.len_utf8()..];
        let ended = rest.is_empty() || rest.starts_with(char::is_whitespace);
        if sign == '\n' || (matches!(sign, '.' | '!' | '?') && ended) {
            parts.push(body[begin..at].trim());
            begin = at + sign.len_utf8();
        }
    }
    parts.push(body[begin..].trim());
    parts
}

/// The first words of a text, for a report without a title.
fn gist(body: &str) -> String {
    const LONGEST: usize = 80;
    let sentences = sentences(body);
    let line = sentences.iter().find(|line| line.chars().count() >= Title::LEAST).copied().unwrap_or(body);
    if line.chars().count() <= LONGEST {
        return line.to_owned();
    }
    let cut: String = line.chars().take(LONGEST).collect();
    let whole_words = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole_words}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gist_is_the_first_sentence_cut_at_a_word() {
        assert_eq!(gist("Jalan rusak parah. Sudah lama."), "Jalan rusak parah");
        assert_eq!(
            gist("Parkir Rp5.000 di a.contoh.id tanpa karcis! Mohon ditertibkan"),
            "Parkir Rp5.000 di a.contoh.id tanpa karcis"
        );
        let long =
            "Jalan di depan pasar berlubang dan tergenang air sejak hujan besar bulan lalu tanpa perbaikan sama sekali";
        assert!(gist(long).ends_with('…') && gist(long).chars().count() <= 81);
    }
}
