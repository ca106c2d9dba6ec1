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
    (Channel::Counter, "Tatap Muka", &["tatap muka", "langsung", "loket", "walk-in", "walk in"]),
    (Channel::Phone, "Telepon", &["telepon", "telp", "phone", "call center"]),
    (Channel::Letter, "Surat", &["surat", "letter"]),
    (Channel::Api, "API", &["api"]),
    (Channel::Web, "Website", &["website", "web", "situs", "lapor.go.id"]),
    (Channel::Import, "Impor", &["impor", "import"]),
];

const STATUSES: Labels<StageKind> = &[
    (
        StageKind::Submitted,
        "Belum terverifikasi",
        &["belum terverifikasi", "menunggu verifikasi", "belum diverifikasi"],
    ),
    (StageKind::Answered, "", &["belum selesai", "dalam proses"]),
    (StageKind::Returned, "Bukan Wewenang", &["bukan wewenang", "bukan kewenangan", "dikembalikan"]),
    (StageKind::Held, "Tertunda", &["tertunda", "ditunda", "tunda"]),
    (StageKind::ArchivedSystem, "Diarsipkan oleh Sistem", &["diarsipkan oleh sistem"]),
    (StageKind::ArchivedAdmin, "Diarsipkan oleh Admin", &["diarsipkan", "arsip", "dihapus"]),
    (StageKind::ClosedConfirmed, "Ditutup oleh Pelapor", &["ditutup oleh pelapor", "dikonfirmasi"]),
    (StageKind::ClosedBySystem, "Ditutup oleh Sistem", &["ditutup oleh sistem", "selesai otomatis"]),
    (StageKind::ClosedByOfficer, "Ditutup oleh Admin", &["ditutup", "selesai"]),
    (StageKind::Replied, "Ditanggapi oleh Pelapor", &["ditanggapi oleh pelapor"]),
    (StageKind::Objected, "Keberatan Pelapor", &["keberatan"]),
    (StageKind::Reopened, "Dibuka Kembali", &["dibuka kembali"]),
    (
        StageKind::Disposed,
        "Belum ditindaklanjuti",
        &["belum ditindaklanjuti", "terdisposisi", "disposisi", "belum diproses"],
    ),
    (StageKind::Answered, "Ditindaklanjuti oleh Instansi", &["ditindaklanjuti", "proses", "diproses"]),
];

const REASONS: Labels<ArchiveReason> = &[
    (ArchiveReason::TooGeneral, "Terlalu umum", &["umum"]),
    (ArchiveReason::Duplicate, "Duplikat", &["duplikat", "ganda", "laporan yang sama", "isi yang sama"]),
    (ArchiveReason::Spam, "Spam", &["spam", "iklan", "promosi"]),
    (ArchiveReason::InCourt, "Dalam proses hukum", &["pengadilan", "proses hukum"]),
    (ArchiveReason::NotPublicService, "Bukan pelayanan publik", &["pelayanan publik", "kinerja pemerintah", "relevan"]),
    (ArchiveReason::NotCompleted, "Tidak dilengkapi", &["tidak dilengkapi", "tidak lengkap", "melengkapi"]),
    (ArchiveReason::Unclear, "Tidak jelas", &["tidak jelas", "dipahami", "dimengerti"]),
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

pub(super) fn channel_of(text: &str) -> Option<Channel> {
    recognise(CHANNELS, text)
}

pub(super) fn status_label(stage: StageKind) -> &'static str {
    label(STATUSES, stage)
}

pub(super) fn status_of(text: &str) -> Option<StageKind> {
    recognise(STATUSES, text)
}

/// The reason's name before the officer's words.
pub(super) fn reason_text(reason: ArchiveReason, words: &str) -> String {
    match words {
        "" => label(REASONS, reason).to_owned(),
        words => format!("{}: {words}", label(REASONS, reason)),
    }
}

/// Why a report was archived, and in which words.
pub(super) fn reason_of(text: &str) -> (ArchiveReason, &str) {
    let exact = REASONS.iter().find_map(|(reason, label, _)| {
        let rest = text.strip_prefix(label)?;
        let words = if rest.is_empty() { Some("") } else { rest.strip_prefix(": ") };
        Some((*reason, words?))
    });
    exact.unwrap_or_else(|| (recognise(REASONS, text).unwrap_or(ArchiveReason::Unclear), text))
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
pub(super) fn class_of(text: &str) -> Option<(Class, bool)> {
    let text = text.to_lowercase();
    match () {
        () if text.contains("informasi") => Some((Class::InformationRequest, false)),
        () if text.contains("aspirasi") => Some((Class::Aspiration, false)),
        () if text.contains("tidak berkadar") => Some((Class::Complaint, false)),
        () if text.contains("berkadar") || text == "wbs" => Some((Class::Complaint, true)),
        () if text.contains("pengaduan") || text.contains("keluhan") => Some((Class::Complaint, false)),
        () => None,
    }
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
            assert_eq!(reason_of(&text), (*reason, "Laporan umum yang sama."));
        }
        assert_eq!(reason_of("Isi tidak dapat dipahami"), (ArchiveReason::Unclear, "Isi tidak dapat dipahami"));
    }

    #[test]
    fn what_is_not_supervisory_is_not_taken_for_it() {
        assert_eq!(class_of("Pengaduan Tidak Berkadar Pengawasan"), Some((Class::Complaint, false)));
        assert_eq!(class_of("Pengaduan Berkadar Pengawasan"), Some((Class::Complaint, true)));
        assert_eq!(class_of("Pengadaan RAPS"), None);
    }
}
