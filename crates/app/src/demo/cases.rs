//! The cases that newspapers wrote about, as full reports with events at plausible times.
//!
//! - South Kalimantan, 1 January to 30 June 2021: 545 reports, 522 done (95.78 %); most about roads (77),
//!   lighting (25), public order (23), supporting infrastructure (20), potholes (15), 385 about other things.
//! - South Kalimantan, 2023: 373 reports, 363 done; 10 had been answered nine working days before 28 December,
//!   when the article was written, and stand so; many of all were about one application (APIK).
//! - Kutai Kartanegara, 2020: 21 reports; 18 done, 1 in process, 2 not followed up. The backlog was worked
//!   off in March 2021.
//! - Bontang: 12 reports in 2020 and 12 until September 2021.
//! - The thirteen regencies and cities of South Kalimantan as they were told of on 9 May 2023: followed up by more than 90 % on
//!   average, Hulu Sungai Utara by 53 % only (9 of 17). The article names no period; here it is the second half of 2022.

use super::fresh::place;
use crate::App;
use crate::history::{History, said};
use crate::seed::calendar::{office_moment, plus};
use crate::seed::story::{End, Plot, tell};
use crate::seed::texts::{self, Dice, Draft};
use crate::seed::world::World;
use domain::report::{AnswerKind, Channel, Closure};
use domain::time::Zone;
use domain::{AgencyId, Code, Event, RegionCode, ReportId};
use jiff::Timestamp;
use jiff::civil::{Date, date};

const SEED: u64 = 1708;
const KALSEL: AgencyId = AgencyId(630_000);
const KALSEL_STAFF: AgencyId = AgencyId(630_025);
const KUKAR: AgencyId = AgencyId(640_200);
const BONTANG: AgencyId = AgencyId(647_400);
const HULU_SUNGAI_UTARA: i64 = 630_800;
/// The regencies and cities of South Kalimantan.
const REGENCIES: [i64; 13] = [
    630_100,
    630_200,
    630_300,
    630_400,
    630_500,
    630_600,
    630_700,
    HULU_SUNGAI_UTARA,
    630_900,
    631_000,
    631_100,
    637_100,
    637_200,
];
const APIK: &str = "Layanan online/aplikasi pemerintah";
/// Categories of the reports about other things; none of them comes near the five that lead.
const OTHERS: [&str; 33] = [
    "Keresahan masyarakat",
    "Parkir liar",
    "Transportasi darat",
    "Jaringan internet",
    "Layanan online/aplikasi pemerintah",
    "Pajak daerah",
    "Pungutan liar",
    "Gangguan aplikasi SP4N-LAPOR!",
    "Dana desa",
    "Pupuk",
    "Penyediaan fasilitas ibadah",
    "Evakuasi Hewan Liar",
    "Corona Virus",
    "Gaji pekerja",
    "Jaminan hari tua",
    "Tenaga honorer",
    "Bantuan sosial",
    "Data Terpadu Kesejahteraan Sosial (DTKS)",
    "Biaya sekolah",
    "Penerimaan siswa baru",
    "Beasiswa",
    "Pelayanan kesehatan BPJS",
    "Pelayanan obat",
    "KTP (kartu tanda penduduk)",
    "Akta kelahiran",
    "Drainase (gorong-gorong/parit)",
    "Sertifikat tanah",
    "Pengelolaan sampah",
    "Pencemaran lingkungan",
    "Banjir",
    "Gangguan layanan penyaluran air",
    "Pemadaman listrik",
    "Perlindungan konsumen terkait transaksi perdagangan melalui sistem elektronik (e-commerce)",
];
/// Leading categories of the first half of 2021 and their reports; the rest is about [`OTHERS`].
const LEADING: [(&str, usize); 5] = [
    ("Infrastruktur jalan", 77),
    ("Penerangan jalan", 25),
    ("Ketertiban umum", 23),
    ("Infrastruktur pendukung", 20),
    ("Jalan berlubang", 15),
];

/// All cases; their open reports are never woken, see [`super::install`].
pub(super) fn all(app: &App, world: &World) -> Vec<History> {
    let teller = Cases { app, world };
    let mut histories = teller.kalsel_2021();
    histories.extend(teller.kalsel_2023());
    histories.extend(teller.kukar_2020());
    histories.extend(teller.bontang());
    histories.extend(teller.regencies_2022());
    for history in &mut histories {
        history.settle(&world.reference.rules, app.now());
        history.timing.wake_at = None;
    }
    histories
}

struct Cases<'a> {
    app: &'a App,
    world: &'a World,
}

/// A case of which only the ending is open.
struct Case {
    number: u64,
    category: &'static str,
    day: Date,
    root: AgencyId,
    end: End,
}

impl Cases<'_> {
    fn kalsel_2021(&self) -> Vec<History> {
        let mut topics: Vec<&'static str> =
            LEADING.iter().flat_map(|(name, count)| std::iter::repeat_n(*name, *count)).collect();
        topics.extend(OTHERS.iter().cycle().take(545 - topics.len()));
        shuffle(&mut topics, 2021);
        let cases = (0u64..).zip(topics).map(|(number, category)| {
            let day = spread(date(2021, 1, 1), date(2021, 6, 30), number, 545);
            let end = match number {
                40 | 300 => End::Disposed,
                n if n % 25 == 7 && n < 525 => End::Answered,
                n => done(n, day > date(2021, 6, 8)),
            };
            Case { number, category, day, root: KALSEL, end }
        });
        cases.filter_map(|case| self.story(&case, None)).collect()
    }

    fn kalsel_2023(&self) -> Vec<History> {
        let mut histories: Vec<History> = (0..363).filter_map(|n| self.kalsel_2023_done(n)).collect();
        histories.extend((0..10).filter_map(|n| self.answered_on(n, date(2023, 12, 13))));
        histories
    }

    fn kalsel_2023_done(&self, n: u64) -> Option<History> {
        let day = spread(date(2023, 1, 1), date(2023, 11, 17), n, 363);
        let about_apik = n % 5 < 2;
        let category = if about_apik { APIK } else { OTHERS[n as usize % OTHERS.len()] };
        let end = done(n, day > date(2023, 10, 20));
        let case = Case { number: 2_000 + n, category, day, root: KALSEL, end };
        self.story(&case, about_apik.then_some(n))
    }

    /// One of the ten: received in the first days of December, answered on a given day, silent since.
    fn answered_on(&self, n: u64, day: Date) -> Option<History> {
        let received = date(2023, 12, 1 + (n % 5) as i8);
        let case = Case { number: 2_400 + n, category: APIK, day: received, root: KALSEL, end: End::Disposed };
        let mut history = self.story(&case, Some(n))?;
        self.answer(&mut history, &case, day);
        Some(history)
    }

    fn kukar_2020(&self) -> Vec<History> {
        let case = |n: u64| {
            let late = n >= 9;
            let end = if late { End::Disposed } else { done(n, false) };
            let category = OTHERS[(n as usize * 5 + 3) % OTHERS.len()];
            Case {
                number: 3_000 + n,
                category,
                day: spread(date(2020, 1, 6), date(2020, 12, 20), n, 21),
                root: KUKAR,
                end,
            }
        };
        let history = |n: u64| {
            let case = case(n);
            let mut history = self.story(&case, None)?;
            if (9..19).contains(&n) {
                self.answer(&mut history, &case, date(2021, 3, 1 + n as i8));
            }
            if (9..18).contains(&n) {
                self.close(&mut history, date(2021, 3, 29));
            }
            Some(history)
        };
        (0..21).filter_map(history).collect()
    }

    fn bontang(&self) -> Vec<History> {
        let case = |n: u64| {
            let day = match n {
                0..12 => spread(date(2020, 1, 10), date(2020, 12, 15), n, 12),
                _ => spread(date(2021, 1, 10), date(2021, 9, 10), n - 12, 12),
            };
            let category = OTHERS[(n as usize * 7 + 1) % OTHERS.len()];
            Case { number: 4_000 + n, category, day, root: BONTANG, end: done(n, n > 20) }
        };
        (0..24).filter_map(|n| self.story(&case(n), None)).collect()
    }

    fn regencies_2022(&self) -> Vec<History> {
        let of = |(place, root): (u64, i64)| {
            let (all, finished) = match root {
                HULU_SUNGAI_UTARA => (17, 9),
                _ if place % 2 == 0 => (12, 12),
                _ => (12, 11),
            };
            (0..all).map(move |n| Case {
                number: 5_000 + place * 100 + n,
                category: OTHERS[((place + n * 7) as usize) % OTHERS.len()],
                day: spread(date(2022, 7, 4), date(2022, 11, 25), n, all),
                root: AgencyId(root),
                end: if n < finished { done(n, true) } else { End::Disposed },
            })
        };
        let cases = (0u64..).zip(REGENCIES).flat_map(of);
        cases.filter_map(|case| self.story(&case, None)).collect()
    }

    fn story(&self, case: &Case, apik: Option<u64>) -> Option<History> {
        let draft = draft_of(case, apik)?;
        let mut dice = Dice::new(SEED, case.number + 100_000);
        let government = self.world.agencies().get(case.root)?.region.clone()?;
        let region = match case.root {
            KALSEL => place(self.world, &government, &mut dice),
            _ => district(self.world, &government, &mut dice),
        };
        let zone = self.world.reference.regions.zone(&region);
        let received = plus(zone.at(case.day, 6), dice.below(16 * 3600));
        let plot = Plot {
            id: ReportId(self.app.ids.past(received, dice.roll())),
            code: Code::from_random(dice.roll()),
            key: format!("demo:{}", case.number),
            received,
            region,
            root: case.root,
            category: self.world.category(case.category),
            end: case.end,
            until: Timestamp::MAX,
            unit: apik.map(|_| KALSEL_STAFF),
            channel: apik.filter(|n| n % 3 > 0).map(|_| Channel::Counter),
            patience: 3,
            named: true,
            pictures: true,
        };
        tell(self.world, &draft, &plot)
    }

    fn answer(&self, history: &mut History, case: &Case, day: Date) {
        let Some(draft) = draft_of(case, None) else { return };
        let by = self.world.answerer(history.report().holder, false);
        let at = self.in_the_office(history.report().zone, day, case.number);
        let event = Event::Answered { answer: AnswerKind::Explained, planned_for: None, evidence: 0, alike: 0 };
        history.then(at, by, event, said(texts::answer(&draft, AnswerKind::Explained, 1)));
    }

    fn close(&self, history: &mut History, day: Date) {
        let root = self.world.agencies().root_of(history.report().holder);
        let at = self.in_the_office(history.report().zone, day, history.report().id.0 as u64);
        history.then(at, self.world.answerer(root, false), Event::Closed { how: Closure::ByOfficer }, None);
    }

    fn in_the_office(&self, zone: Zone, day: Date, number: u64) -> Timestamp {
        let calendar = &self.world.reference.rules.calendar;
        office_moment(calendar, zone, zone.at(day, 7), 0, &mut Dice::new(SEED, number))
    }
}

/// The draft of a case, open to everybody: what an article counted was not secret.
fn draft_of(case: &Case, apik: Option<u64>) -> Option<Draft> {
    let draft = texts::draft_about(case.category, SEED, case.number)?;
    let open = Draft { secret: false, supervisory: false, ..draft };
    Some(match apik {
        None => open,
        Some(n) => {
            let (title, body) = APIK_TEXTS[n as usize % APIK_TEXTS.len()];
            Draft { class: domain::report::Class::Complaint, title: title.to_owned(), body: body.to_owned(), ..open }
        }
    })
}

const APIK_TEXTS: [(&str, &str); 8] = [
    (
        "Aplikasi APIK eror saat mengisi kinerja",
        "Sejak pagi aplikasi APIK menampilkan pesan eror setiap kali saya menyimpan kinerja harian. Mohon diperbaiki karena batas pengisian akhir bulan.",
    ),
    (
        "Tidak bisa masuk ke APIK",
        "Kata sandi sudah diatur ulang, tetapi aplikasi APIK tetap menolak. Mohon bantuan agar akun saya dapat dibuka kembali.",
    ),
    (
        "Presensi di APIK tidak tercatat",
        "Presensi pagi saya sudah berhasil di layar, tetapi pada rekap APIK tercatat tidak hadir. Mohon dikoreksi.",
    ),
    (
        "Lokasi presensi APIK tidak sesuai",
        "Aplikasi APIK membaca lokasi saya di luar kantor padahal saya berada di ruang kerja. Beberapa rekan mengalami hal yang sama.",
    ),
    (
        "Data atasan di APIK belum diperbarui",
        "Setelah mutasi, atasan langsung saya di APIK masih pejabat lama sehingga kinerja tidak dapat disetujui.",
    ),
    (
        "APIK lambat dan sering terputus",
        "Pada jam masuk kantor aplikasi APIK sangat lambat dan sering keluar sendiri. Mohon kapasitasnya ditambah.",
    ),
    (
        "Berkas bukti kinerja gagal diunggah di APIK",
        "Unggahan bukti kinerja di APIK selalu berhenti di tengah, walaupun ukuran berkasnya kecil.",
    ),
    (
        "Persetujuan kinerja di APIK hilang",
        "Kinerja bulan lalu yang sudah disetujui kembali berstatus menunggu di APIK. Mohon penjelasan.",
    ),
];

/// How the n-th finished report was closed. Late ones did not wait for the silence to pass.
fn done(n: u64, late: bool) -> End {
    match n * 7 % 20 {
        0..9 => End::ClosedByOfficer,
        _ if late => End::ClosedByOfficer,
        9..16 => End::ClosedBySystem,
        _ => End::Confirmed,
    }
}

/// The n-th of `of` days spread evenly over a period.
fn spread(from: Date, to: Date, n: u64, of: u64) -> Date {
    let days = (to - from).get_days().max(0) as u64;
    let ahead = jiff::Span::new().days((n * (days + 1) / of.max(1)) as i64);
    from.checked_add(ahead).unwrap_or(to).min(to)
}

fn shuffle<T>(things: &mut [T], seed: u64) {
    let mut dice = Dice::new(SEED, seed);
    for last in (1..things.len()).rev() {
        things.swap(last, dice.below(last + 1));
    }
}

fn district(world: &World, regency: &RegionCode, dice: &mut Dice) -> RegionCode {
    let places = world.places(&regency.province());
    let found = places.iter().find(|place| place.regency == *regency);
    let districts = found.map_or(&[][..], |place| &place.districts);
    districts.get(dice.below(districts.len())).unwrap_or(regency).clone()
}
