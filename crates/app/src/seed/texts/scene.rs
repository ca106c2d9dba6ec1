//! Where and when a draft plays: one street, one neighbourhood, one span of time for the whole text.

use super::Dice;
use std::fmt::Write;

const STREETS: &[&str] = &[
    "Melati",
    "Kenanga",
    "Cempaka",
    "Flamboyan",
    "Anggrek",
    "Dahlia",
    "Bougenville",
    "Teratai",
    "Seroja",
    "Cendana",
    "Mahoni",
    "Meranti",
    "Ulin",
    "Akasia",
    "Ketapang",
    "Waru",
    "Rambutan",
    "Manggis",
    "Durian",
    "Kelapa Gading",
    "Pinang",
    "Rotan",
    "Merpati",
    "Kutilang",
    "Kenari",
    "Rajawali",
    "Elang",
    "Cendrawasih",
    "Harapan",
    "Damai",
    "Mulia",
    "Sejahtera",
    "Sumber Makmur",
    "Karya Bakti",
    "Tani Subur",
    "Tirta Jaya",
    "Pelita",
    "Gotong Royong",
];
const STREET_ENDS: &[&str] =
    &["", "", "", " I", " II", " III", " Raya", " Dalam", " Ujung", " Timur", " Barat", " Baru"];
const ESTATES: &[&str] = &[
    "Griya Asri",
    "Bumi Lestari",
    "Taman Sejuk",
    "Pondok Permata",
    "Villa Harmoni",
    "Puri Sentosa",
    "Graha Mandiri",
    "Bukit Hijau",
    "Mutiara Indah",
    "Citra Damai",
];
const PLACES: &[&str] = &[
    "di depan pasar lama",
    "di dekat sekolah dasar",
    "di simpang tiga",
    "di belakang kantor kelurahan",
    "di samping lapangan",
    "di dekat puskesmas",
    "di tepi sungai",
    "di depan terminal",
    "di dekat jembatan",
    "di pintu masuk perumahan",
    "di samping balai warga",
    "di tikungan dekat pos ronda",
    "di seberang stasiun",
    "di sekitar alun-alun",
];
const SPANS: &[&str] = &[
    "dua minggu",
    "tiga minggu",
    "satu bulan",
    "dua bulan",
    "tiga bulan",
    "empat bulan",
    "enam bulan",
    "hampir setahun",
    "satu tahun",
    "lebih dari dua tahun",
];
const TIMES: &[&str] =
    &["malam hari", "pagi hari", "jam berangkat kerja", "sore hari", "musim hujan", "akhir pekan", "hari libur"];
const DAYS: &[&str] = &["Senin", "Selasa", "Rabu", "Kamis", "Jumat"];
const MONTHS: &[&str] = &[
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];
const HOURS: &[&str] = &["09.00", "10.00", "11.00", "13.00", "14.00"];
const FEW: &[&str] = &["dua", "tiga", "empat", "lima", "enam", "tujuh"];
const SUMS: &[&str] = &[
    "Rp5.000",
    "Rp10.000",
    "Rp20.000",
    "Rp35.000",
    "Rp50.000",
    "Rp75.000",
    "Rp100.000",
    "Rp150.000",
    "Rp250.000",
    "Rp400.000",
    "Rp750.000",
    "Rp1.500.000",
];
const FIRST_NAMES: &[&str] = &[
    "Adi", "Ayu", "Bayu", "Citra", "Dewi", "Dian", "Eka", "Fajar", "Gilang", "Hendra", "Indah", "Joko", "Kartika",
    "Lestari", "Made", "Nia", "Oki", "Putri", "Rina", "Sari", "Tono", "Umi", "Vina", "Wahyu", "Yani", "Zul",
];

/// The fixed points of one text.
#[derive(Debug)]
pub(super) struct Scene {
    street: (&'static str, &'static str),
    estate: &'static str,
    place: &'static str,
    span: &'static str,
    neighbourhood: (usize, usize),
}

impl Scene {
    pub(super) fn draw(dice: &mut Dice) -> Scene {
        Scene {
            street: (dice.pick(STREETS), dice.pick(STREET_ENDS)),
            estate: dice.pick(ESTATES),
            place: dice.pick(PLACES),
            span: dice.pick(SPANS),
            neighbourhood: (dice.between(1, 14), dice.between(1, 12)),
        }
    }

    pub(super) fn address(&self) -> String {
        let ((name, end), (rt, rw)) = (self.street, self.neighbourhood);
        format!("Jalan {name}{end}, RT {rt:02} RW {rw:02}")
    }

    /// A template with its slots filled.
    pub(super) fn told(&self, template: &str, dice: &mut Dice) -> String {
        let mut text = String::with_capacity(template.len() + 40);
        self.tell(&mut text, template, dice);
        text
    }

    /// Appends a template with its slots filled; a slot that is not known stays as it is written.
    pub(super) fn tell(&self, to: &mut String, template: &str, dice: &mut Dice) {
        let mut rest = template;
        while let Some((before, behind)) = rest.split_once('{') {
            to.push_str(before);
            match behind.split_once('}') {
                Some((slot, after)) => {
                    self.fill(to, slot, dice);
                    rest = after;
                }
                None => {
                    to.push('{');
                    rest = behind;
                }
            }
        }
        to.push_str(rest);
    }

    fn fill(&self, to: &mut String, slot: &str, dice: &mut Dice) {
        match slot {
            "jalan" => {
                to.push_str("Jalan ");
                to.push_str(self.street.0);
                to.push_str(self.street.1);
            }
            "rt" => {
                let (rt, rw) = self.neighbourhood;
                let _ = write!(to, "RT {rt:02} RW {rw:02}");
            }
            "n" => {
                let _ = write!(to, "{}", dice.between(5, 60));
            }
            "perum" => {
                to.push_str("Perumahan ");
                to.push_str(self.estate);
            }
            _ => to.push_str(match slot {
                "tempat" => self.place,
                "lama" => self.span,
                "waktu" => dice.pick(TIMES),
                "hari" => dice.pick(DAYS),
                "bulan" => dice.pick(MONTHS),
                "jam" => dice.pick(HOURS),
                "angka" => dice.pick(FEW),
                "rp" => dice.pick(SUMS),
                unknown => unknown,
            }),
        }
    }
}

/// A first name and an initial, which name nobody.
pub(super) fn invented_name(dice: &mut Dice) -> String {
    let initial = char::from(b'A' + dice.below(26) as u8);
    format!("{} {initial}.", dice.pick(FIRST_NAMES))
}
