//! Values from which the pages make their samples. All persons and cases are invented.

use super::{Card, Choice, ChoiceGroup, Clock, ClockState, Entry, FileKind, FileLink, PaperRow, Seat, Tone};
use crate::face::Shown;
use crate::words::{Message, Moment};
use app::Qr;
use domain::agency::PaperKind;
use domain::deadline::{Day, DayKind, HolidayKind, Limit, Unit};
use domain::report::{Class, StageKind};
use domain::time::Zone;
use domain::{Code, Role};
use jiff::civil::{Date, date};

/// The n-th of a row of valid codes.
pub fn code(n: u64) -> Code {
    Code::from_random(123_456_789 + n * 7_654_321)
}

/// A wall-clock instant of March 2026 in Banjarmasin.
pub fn moment(day: i8, hour: i8, minute: i8) -> Moment {
    Moment { local: date(2026, 3, day).at(hour, minute, 0, 0), zone: Zone::Wita }
}

/// A sentence far longer than a designer hopes for.
pub const LONG: &str = "Permohonan peninjauan kembali pemutusan kepesertaan Penerima Bantuan Iuran Jaminan Kesehatan \
    Nasional bagi keluarga berpenghasilan rendah di Kecamatan Karang Bintang yang dinonaktifkan tanpa pemberitahuan";

/// The name of an office that fills two lines.
pub const LONG_AGENCY: &str = "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan Keluarga \
    Berencana Provinsi Kalimantan Selatan";

/// What a reporter told.
pub const STORY: &str = "Sejak dua minggu lalu jalan di depan SDN Sungai Andai 3 berlubang cukup dalam, kira-kira \
    sepanjang sepuluh meter. Setiap pagi anak-anak harus berjalan di tengah jalan karena bahu jalan tergenang.\n\n\
    Minggu lalu seorang pengendara motor jatuh. Mohon lubangnya ditambal sebelum ada korban lagi.";

/// Three reports of different stages.
pub fn cards() -> Vec<Card> {
    let card = |n, title: &str, stage, class, agency: &str, place: &str| Card {
        code: code(n),
        title: title.to_owned(),
        excerpt: STORY.chars().take(160).collect(),
        class,
        stage,
        place: place.to_owned(),
        agency: Some(agency.to_owned()),
        category: Some("Infrastruktur Jalan".to_owned()),
        sent: moment(9 + i8::try_from(n).unwrap_or_default(), 9, 30),
        supports: 12 * u32::try_from(n).unwrap_or_default(),
        files: u32::from(n == 0),
    };
    vec![
        card(
            0,
            "Jalan berlubang di depan SDN Sungai Andai 3",
            StageKind::Answered,
            Class::Complaint,
            "Dinas PUPR Kota Banjarmasin",
            "Kota Banjarmasin, Kalimantan Selatan",
        ),
        card(
            1,
            "Lampu penerangan jalan padam di Jalan A. Yani Km 7",
            StageKind::ClosedConfirmed,
            Class::Complaint,
            "Dinas Perhubungan Kabupaten Banjar",
            "Kabupaten Banjar, Kalimantan Selatan",
        ),
        card(
            2,
            "Usul jam layanan Sabtu di Mal Pelayanan Publik",
            StageKind::ClosedBySystem,
            Class::Aspiration,
            "Dinas Penanaman Modal dan PTSP Kota Bontang",
            "Kota Bontang, Kalimantan Timur",
        ),
        card(
            3,
            "Syarat pindah domisili untuk mahasiswa",
            StageKind::Disposed,
            Class::InformationRequest,
            "Dinas Dukcapil Kabupaten Kutai Kartanegara",
            "Kabupaten Kutai Kartanegara, Kalimantan Timur",
        ),
    ]
}

/// A report with a very long title and office.
pub fn long_card() -> Card {
    let first = cards().swap_remove(0);
    Card { title: LONG.to_owned(), agency: Some(LONG_AGENCY.to_owned()), stage: StageKind::ClosedByOfficer, ..first }
}

/// A first-answer clock over Idulfitri 2026 in the given state.
pub fn clock(state: ClockState) -> Clock {
    let leave = |name: &str| DayKind::Holiday {
        kind: HolidayKind::CollectiveLeave,
        name_id: name.to_owned(),
        name_en: "Eid al-Fitr 1447 H".to_owned(),
    };
    let day = |day: i8, number, why| Day { date: date(2026, 3, day), number, why };
    Clock {
        limit: Limit::FirstAnswer,
        day: if state == ClockState::Late { 5 } else { 2 },
        of: 5,
        unit: Unit::WorkingDay,
        due: date(2026, 3, 27),
        state,
        days: vec![
            day(16, None, DayKind::Start),
            day(17, Some(1), DayKind::Counted),
            day(18, Some(2), DayKind::Counted),
            day(21, None, DayKind::Weekend),
            day(22, None, DayKind::Weekend),
            day(23, None, leave("Idulfitri 1447 H")),
            day(24, None, leave("Idulfitri 1447 H")),
            day(25, Some(3), DayKind::Counted),
            day(26, Some(4), DayKind::Counted),
            day(27, Some(5), DayKind::Counted),
        ],
        basis: "PermenPANRB 62/2018".to_owned(),
        note: Some("naskahnya belum terbaca; angka yang dipakai dalam praktik".into()),
    }
}

/// A picture, a document and a film.
pub fn files() -> Vec<FileLink> {
    let file = |n: i64, name: &str, kind, bytes| FileLink {
        url: format!("/lampiran/{n}"),
        thumb: None,
        name: name.to_owned(),
        kind,
        bytes,
    };
    vec![
        file(1, "lubang-depan-sekolah.jpg", FileKind::Image, 2_340_000),
        file(2, "surat-warga-rt-12.pdf", FileKind::Pdf, 412_000),
        file(3, "genangan-pagi.mp4", FileKind::Video, 18_700_000),
    ]
}

/// One line of a timeline.
pub fn entry(message: Message, at: Moment, tone: Tone) -> Entry {
    Entry { message, at, by: None, text: None, files: vec![], tone, internal: false }
}

/// An answered report, from its sending on.
pub fn timeline() -> Vec<Entry> {
    let office = "Dinas PUPR Kota Banjarmasin";
    vec![
        entry(
            Message::new("event-submitted").with("channel", crate::words::Value::Key("channel-web".into())),
            moment(13, 7, 42),
            Tone::Calm,
        ),
        entry(Message::new("event-disposed").with("agency", office), moment(16, 9, 5), Tone::Calm),
        Entry {
            by: Some(office.to_owned()),
            text: Some(
                "Terima kasih atas laporan Anda. Tim kami meninjau lokasi pada Selasa pagi. Penambalan \
                dijadwalkan paling lambat 27 Maret 2026; rambu peringatan sudah dipasang."
                    .to_owned(),
            ),
            files: files().into_iter().take(1).collect(),
            ..entry(
                Message::new("event-answered-planned").with("agency", office).with("date", date(2026, 3, 27)),
                moment(18, 10, 30),
                Tone::Calm,
            )
        },
    ]
}

/// Two provinces with some of their regencies.
pub fn provinces() -> Vec<ChoiceGroup> {
    let group = |code: &str, label: &str, below: &[(&str, &str)]| ChoiceGroup {
        code: code.to_owned(),
        label: label.to_owned(),
        choices: below.iter().map(|(code, name)| Choice::new(code, *name)).collect(),
    };
    vec![
        group(
            "63",
            "Kalimantan Selatan",
            &[("63.03", "Kabupaten Banjar"), ("63.71", "Kota Banjarmasin"), ("63.72", "Kota Banjarbaru")],
        ),
        group("64", "Kalimantan Timur", &[("64.02", "Kabupaten Kutai Kartanegara"), ("64.74", "Kota Bontang")]),
    ]
}

/// Offices to choose from.
pub fn agencies() -> Vec<Choice> {
    vec![
        Choice::new(12, "Pemerintah Kota Banjarmasin"),
        Choice::new(13, "Pemerintah Provinsi Kalimantan Selatan"),
        Choice::new(631, LONG_AGENCY),
    ]
}

/// Categories to choose from.
pub fn categories() -> Vec<Choice> {
    vec![
        Choice::new(4, "Infrastruktur Jalan"),
        Choice::new(9, "Administrasi Kependudukan"),
        Choice::new(17, "Kesehatan"),
    ]
}

/// Today, for the samples.
pub fn today() -> Date {
    date(2026, 3, 18)
}

/// An officer of a city.
pub fn seat() -> Seat {
    Seat {
        name: "Ratna Wulandari".into(),
        role: Role::AgencyAdmin,
        agency: "Pemerintah Kota Banjarmasin".into(),
        unread: 3,
        supervises: true,
        tends: true,
    }
}

/// The code of an address.
pub fn qr(address: &str) -> Qr {
    Qr::of(address).unwrap_or_default()
}

/// A decree and a yearly report.
pub fn papers(base: &str) -> Vec<PaperRow> {
    let row = |id: i64, kind, title: &str, shown| PaperRow {
        url: format!("{base}/{id}"),
        kind,
        title: title.into(),
        dated: today(),
        shown,
        bytes: 182_334,
    };
    vec![
        row(7, PaperKind::Decree, "SK Gubernur Nomor 188.44/0123/KUM/2026 tentang Tim Koordinasi Pengelolaan", true),
        row(6, PaperKind::AnnualReport, "Laporan tahunan pengelolaan pengaduan 2025", false),
    ]
}

/// The face of an agency.
pub fn face() -> Shown {
    Shown {
        name: "LAPOR PAMAN".into(),
        frame: "#5f1821".into(),
        style: "/wajah/paman/warna.css?v=2".into(),
        logo: Some("/wajah/paman/logo?v=2".into()),
        plain: "/wajah/lapor".into(),
    }
}
