//! What the file calls things, and what people write instead.

use domain::report::{ArchiveReason, Channel, Class, StageKind};

/// A name in the file, and words by which other spellings of it are recognised.
type Labels<T> = &'static [(T, &'static str, &'static [&'static str])];

const CHANNELS: Labels<Channel> = &[
    (Channel::Android, "Android", &["android"]),
    (Channel::Ios, "iOS", &["ios", "iphone"]),
    (Channel::Whatsapp, "Whatsapp", &["whatsapp", "wa"]),
    (Channel::Sms, "SMS", &["sms", "1708"]),
    (Channel::X, "Twitter", &["twitter", "x"]),
    (Channel::Telegram, "Telegram", &["telegram"]),
    (Channel::Email, "Email", &["email", "e-mail", "surel"]),
    (Channel::SocialMedia, "Media Sosial", &["media sosial", "medsos", "facebook", "instagram", "tiktok"]),
    (Channel::Press, "Media Massa", &["media massa", "surat kabar", "koran", "berita"]),
    (Channel::Counter, "Tatap Muka", &["tatap muka", "langsung", "loket", "walk-in", "walk in"]),
    (Channel::Phone, "Telepon", &["telepon", "telp", "phone", "call center"]),
    (Channel::Letter, "Surat", &["surat", "letter"]),
    (Channel::Partner, "Aplikasi Mitra", &["aplikasi mitra", "mitra"]),
    (Channel::Api, "API", &["api"]),
    (Channel::Web, "Website", &["website", "web", "situs", "lapor.go.id"]),
    (Channel::Import, "Impor", &["impor", "import"]),
];

/// Each with the other spellings that mean the same; a status that only resembles one is not in the list.
const STATUSES: Labels<StageKind> = &[
    (StageKind::Submitted, "Belum terverifikasi", &["menunggu verifikasi", "belum diverifikasi"]),
    (StageKind::Returned, "Bukan Wewenang", &["bukan kewenangan", "dikembalikan"]),
    (StageKind::Held, "Tertunda", &["ditunda", "tunda"]),
    (StageKind::ArchivedSystem, "Diarsipkan oleh Sistem", &[]),
    (StageKind::ArchivedAdmin, "Diarsipkan oleh Admin", &["diarsipkan", "arsip", "dihapus"]),
    (StageKind::ClosedConfirmed, "Ditutup oleh Pelapor", &["dikonfirmasi"]),
    (StageKind::ClosedBySystem, "Ditutup oleh Sistem", &["selesai otomatis"]),
    (StageKind::ClosedByOfficer, "Ditutup oleh Admin", &["ditutup", "selesai"]),
    (StageKind::Replied, "Ditanggapi oleh Pelapor", &[]),
    (StageKind::Objected, "Keberatan Pelapor", &["keberatan"]),
    (StageKind::Reopened, "Dibuka Kembali", &[]),
    (StageKind::Disposed, "Belum ditindaklanjuti", &["terdisposisi", "disposisi", "belum diproses"]),
    (StageKind::Answered, "Ditindaklanjuti oleh Instansi", &["ditindaklanjuti", "proses", "dalam proses", "diproses"]),
];
/// Before the name of an office, as on the cards of the public pages.
const DISPOSED_TO: &str = "terdisposisi ke ";

const REASONS: Labels<ArchiveReason> = &[
    (ArchiveReason::TooGeneral, "Terlalu umum", &["terlalu umum"]),
    (ArchiveReason::Duplicate, "Duplikat", &["duplikat", "laporan ganda", "laporan yang sama", "isi yang sama"]),
    (ArchiveReason::Spam, "Spam", &["spam", "iklan", "promosi"]),
    (ArchiveReason::InCourt, "Dalam proses hukum", &["pengadilan", "proses hukum"]),
    (
        ArchiveReason::NotPublicService,
        "Bukan pelayanan publik",
        &["bukan pelayanan publik", "kinerja pemerintah", "tidak relevan"],
    ),
    (ArchiveReason::NotCompleted, "Tidak dilengkapi", &["tidak dilengkapi", "tidak lengkap", "tidak melengkapi"]),
    (ArchiveReason::Unclear, "Tidak jelas", &["tidak jelas", "tidak dapat dipahami", "dimengerti"]),
];

type Classes = &'static [((Class, bool), &'static str)];

const CLASSES: Classes = &[
    ((Class::Complaint, false), "pengaduan"),
    ((Class::Complaint, false), "pengaduan tidak berkadar pengawasan"),
    ((Class::Complaint, false), "tidak berkadar pengawasan"),
    ((Class::Complaint, true), "pengaduan berkadar pengawasan"),
    ((Class::Complaint, true), "berkadar pengawasan"),
    ((Class::Aspiration, false), "aspirasi"),
    ((Class::InformationRequest, false), "permintaan informasi"),
];

/// Words of classes that are near to one of ours, the more telling first.
const NEAR_CLASSES: Classes = &[
    ((Class::Complaint, true), "wbs"),
    ((Class::Complaint, true), "whistle"),
    ((Class::Complaint, false), "tidak berkadar"),
    ((Class::Complaint, true), "berkadar"),
    ((Class::Complaint, false), "pengaduan"),
    ((Class::Complaint, false), "keluhan"),
    ((Class::Aspiration, false), "aspirasi"),
    ((Class::InformationRequest, false), "informasi"),
];

fn label<T: Copy + PartialEq>(labels: Labels<T>, wanted: T) -> &'static str {
    let named = |(known, label, _): &&(T, &str, &[&str])| *known == wanted && !label.is_empty();
    labels.iter().find(named).map_or("", |(_, label, _)| label)
}

/// The first thing of which a word stands in the text.
fn recognise<T: Copy>(labels: Labels<T>, text: &str) -> Option<T> {
    let text = text.to_lowercase();
    let fits = |word: &str| match word.len() {
        0..=2 => text.split(|c: char| !c.is_alphanumeric()).any(|part| part == word),
        _ => text.contains(word),
    };
    labels.iter().find(|(_, _, words)| words.iter().any(|word| fits(word))).map(|(thing, _, _)| *thing)
}

pub(super) fn channel_label(channel: Channel) -> &'static str {
    label(CHANNELS, channel)
}

pub(crate) fn channel_of(text: &str) -> Option<Channel> {
    recognise(CHANNELS, text)
}

pub(super) fn status_label(stage: StageKind) -> &'static str {
    label(STATUSES, stage)
}

/// The stage of a status that is written as the file or people write it, from its first word to its last.
pub(super) fn status_of(text: &str) -> Option<StageKind> {
    let text = plain(text);
    let is = |(_, label, words): &&(StageKind, &str, &[&str])| plain(label) == text || words.contains(&text.as_str());
    let known = STATUSES.iter().find(is).map(|(stage, _, _)| *stage);
    known.or_else(|| text.starts_with(DISPOSED_TO).then_some(StageKind::Disposed))
}

fn plain(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The reason's name before the officer's words.
pub(super) fn reason_text(reason: ArchiveReason, words: &str) -> String {
    match words {
        "" => label(REASONS, reason).to_owned(),
        words => format!("{}: {words}", label(REASONS, reason)),
    }
}

/// Why a report was archived, and in which words: none where the text does not tell a reason that is ours.
pub(super) fn reason_of(text: &str) -> Option<(ArchiveReason, &str)> {
    let exact = REASONS.iter().find_map(|(reason, label, _)| {
        let rest = text.strip_prefix(label)?;
        let words = if rest.is_empty() { Some("") } else { rest.strip_prefix(": ") };
        Some((*reason, words?))
    });
    exact.or_else(|| Some((recognise(REASONS, text)?, text)))
}

pub(super) fn class_label(class: Class, supervisory: bool) -> &'static str {
    match (class, supervisory) {
        (Class::Complaint, false) => "Pengaduan",
        (Class::Complaint, true) => "Pengaduan Berkadar Pengawasan",
        (Class::Aspiration, _) => "Aspirasi",
        (Class::InformationRequest, _) => "Permintaan Informasi",
    }
}

/// The class, and whether it is supervisory.
pub(crate) fn class_of(text: &str) -> Option<(Class, bool)> {
    let text = plain(text);
    CLASSES.iter().find(|(_, label)| *label == text).map(|(class, _)| *class)
}

/// The class of ours that is nearest to a foreign one.
pub(crate) fn class_near(text: &str) -> Option<(Class, bool)> {
    let text = plain(text);
    NEAR_CLASSES.iter().find(|(_, word)| text.contains(word)).map(|(class, _)| *class)
}

pub(super) fn privacy_label(anonymous: bool, secret: bool) -> &'static str {
    match (anonymous, secret) {
        (true, true) => "Anonim, Rahasia",
        (true, false) => "Anonim",
        (false, true) => "Rahasia",
        (false, false) => "Normal",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_is_read_back_as_it_was_written() {
        for stage in StageKind::ALL {
            assert_eq!(status_of(status_label(*stage)), Some(*stage), "{}", status_label(*stage));
        }
    }

    #[test]
    fn a_status_that_only_contains_a_known_word_is_not_known() {
        let strange = [
            "Tidak Selesai",
            "Belum selesai",
            "Dalam Proses Verifikasi",
            "Pengerjaan Ditunda",
            "Selesai otomatis dalam 10 hari",
            "Menunggu disposisi",
            "",
        ];
        for status in strange {
            assert_eq!(status_of(status), None, "{status}");
        }
        assert_eq!(status_of("DITUTUP  oleh admin"), Some(StageKind::ClosedByOfficer));
        assert_eq!(status_of("Terdisposisi ke Dinas PUPR"), Some(StageKind::Disposed));
    }

    #[test]
    fn every_channel_is_read_back_as_it_was_written() {
        for channel in Channel::ALL {
            assert_eq!(channel_of(channel_label(*channel)), Some(*channel), "{}", channel_label(*channel));
        }
        assert_eq!(channel_of("Android - kalselprov"), Some(Channel::Android));
        assert_eq!(channel_of("Radio"), None);
    }

    #[test]
    fn every_reason_is_read_back_with_its_words() {
        for reason in ArchiveReason::ALL {
            let text = reason_text(*reason, "Laporan umum yang sama.");
            assert_eq!(reason_of(&text), Some((*reason, "Laporan umum yang sama.")));
        }
        let unclear = "Isi tidak dapat dipahami";
        assert_eq!(reason_of(unclear), Some((ArchiveReason::Unclear, unclear)));
        assert_eq!(reason_of(""), None);
        assert_eq!(reason_of("Diteruskan ke Dinas Pekerjaan Umum"), None);
    }

    #[test]
    fn what_is_not_supervisory_is_not_taken_for_it() {
        assert_eq!(class_of("Pengaduan Tidak Berkadar Pengawasan"), Some((Class::Complaint, false)));
        assert_eq!(class_of("Pengaduan Berkadar Pengawasan"), Some((Class::Complaint, true)));
        assert_eq!((class_of("Pengadaan RAPS"), class_near("Pengadaan RAPS")), (None, None));
        assert_eq!((class_of("WBS"), class_near("WBS")), (None, Some((Class::Complaint, true))));
    }
}
