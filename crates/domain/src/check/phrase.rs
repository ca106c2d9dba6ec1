//! Words by which answers say little, promise or claim; read in answers of SP4N-LAPOR! and in what its users
//! wrote about them.

use super::text::Plain;

/// Sentences that tell the reporter nothing about the matter, and why.
const HOLLOW: &[(&[&str], &str)] = &[
    (
        &[
            "akan dikoordinasikan",
            "akan kami koordinasikan",
            "akan berkoordinasi",
            "akan kami koordinasi",
            "sedang dikoordinasikan",
            "sedang kami koordinasikan",
            "telah dikoordinasikan",
            "sudah dikoordinasikan",
            "segera dikoordinasikan",
            "kami koordinasikan",
            "kami akan berkoordinasi",
            "sedang berkoordinasi",
        ],
        "whom the office talks to is its own affair; the reporter asked what will become of the matter",
    ),
    (
        &[
            "sudah kami teruskan",
            "telah kami teruskan",
            "akan kami teruskan",
            "sudah diteruskan",
            "telah diteruskan",
            "akan diteruskan",
            "kami teruskan ke",
            "kami teruskan kepada",
            "akan kami sampaikan",
            "sudah kami sampaikan",
            "telah kami sampaikan",
            "akan disampaikan",
            "telah disampaikan ke",
            "sudah disampaikan ke",
            "kami disposisikan",
            "sudah didisposisikan",
            "telah didisposisikan",
        ],
        "forwarding is a disposition with a clock of its own, not an answer",
    ),
    (
        &[
            "akan ditindaklanjuti",
            "akan ditindak lanjuti",
            "akan kami tindaklanjuti",
            "akan kami tindak lanjuti",
            "akan segera ditindaklanjuti",
            "akan segera kami tindaklanjuti",
            "akan segera kami tindak lanjuti",
            "segera ditindaklanjuti",
            "segera kami tindaklanjuti",
            "segera kami tindak lanjuti",
            "sedang ditindaklanjuti",
            "sedang kami tindaklanjuti",
            "dalam tindak lanjut",
            "kami tindak lanjuti",
            "akan kami tangani",
            "sedang kami tangani",
            "akan ditangani",
            "sedang ditangani",
            "segera kami tangani",
            "segera ditangani",
        ],
        "an answer is the follow-up, not the announcement of one",
    ),
    (
        &[
            "sedang diproses",
            "sedang kami proses",
            "akan diproses",
            "akan kami proses",
            "dalam proses",
            "masih diproses",
            "sedang berproses",
        ],
        "says neither what is done nor until when",
    ),
    (
        &[
            "menjadi masukan",
            "menjadi bahan masukan",
            "sebagai masukan",
            "sebagai bahan masukan",
            "bahan evaluasi",
            "menjadi perhatian",
            "menjadi catatan kami",
            "menjadi bahan pertimbangan",
        ],
        "a wish to be left in peace",
    ),
    (
        &[
            "mohon bersabar",
            "harap bersabar",
            "mohon menunggu",
            "mohon ditunggu",
            "harap menunggu",
            "mohon kesabarannya",
        ],
        "waiting without a day",
    ),
    (
        &[
            "akan kami cek",
            "akan dicek",
            "akan kami periksa",
            "akan diperiksa",
            "akan kami tinjau",
            "akan ditinjau",
            "akan kami pelajari",
            "akan kami telusuri",
            "sedang kami telusuri",
            "akan kami pantau",
        ],
        "the look at the matter comes before the answer",
    ),
    (
        &[
            "telah kami terima",
            "sudah kami terima",
            "telah diterima",
            "sudah diterima",
            "kami terima laporannya",
            "kami catat",
        ],
        "the receipt said so already",
    ),
];

/// What a legal ground names; with a number or an article.
pub(super) const RULES: &[&str] = &[
    "uu",
    "undang",
    "uud",
    "peraturan",
    "perppu",
    "perpu",
    "pp",
    "perpres",
    "perda",
    "pergub",
    "perbup",
    "perwal",
    "perwali",
    "permen",
    "permenpanrb",
    "permendagri",
    "permenkes",
    "permenkeu",
    "pmk",
    "permendikbud",
    "permendikbudristek",
    "permenhub",
    "permenaker",
    "permensos",
    "permen",
    "keputusan",
    "kepres",
    "keppres",
    "kepmen",
    "kepgub",
    "kepbup",
    "kepwal",
    "instruksi",
    "inpres",
    "surat",
    "sk",
    "pasal",
    "qanun",
    "perdais",
    "perkap",
    "perpol",
    "perkaban",
    "putusan",
    "kuhp",
    "kuhperdata",
    "kuhap",
];

/// Work on things, in the forms in which it is promised and claimed.
const WORK: &[&str] = &[
    "diperbaiki",
    "perbaiki",
    "perbaikan",
    "ditambal",
    "tambal",
    "penambalan",
    "dibangun",
    "bangun",
    "pembangunan",
    "dipasang",
    "pasang",
    "pemasangan",
    "diangkut",
    "angkut",
    "pengangkutan",
    "dibersihkan",
    "bersihkan",
    "pembersihan",
    "dikerjakan",
    "kerjakan",
    "diganti",
    "ganti",
    "penggantian",
    "dikeruk",
    "keruk",
    "pengerukan",
    "diaspal",
    "aspal",
    "pengaspalan",
    "ditertibkan",
    "tertibkan",
    "penertiban",
    "dinormalisasi",
    "normalisasi",
    "dipangkas",
    "pangkas",
    "pemangkasan",
    "dicat",
    "ditutup",
    "dibongkar",
    "pembongkaran",
    "dirapikan",
    "disemprot",
    "penyemprotan",
    "difogging",
    "fogging",
];

/// Steps that lead to work, promised like the work itself.
const STEPS: &[&str] = &[
    "dianggarkan",
    "anggarkan",
    "diusulkan",
    "usulkan",
    "dijadwalkan",
    "jadwalkan",
    "disurvei",
    "survei",
    "direncanakan",
];

const MONTHS: &[&str] = &[
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "agu",
    "sep",
    "okt",
    "nov",
    "des",
];

const DAYS: &[&str] = &[
    "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "besok", "lusa", "pekan", "triwulan", "semester",
    "bulan", "tahun",
];

/// The hollow phrase of a sentence, where it has one.
pub(super) fn hollow(sentence: &Plain) -> Option<&'static str> {
    HOLLOW.iter().flat_map(|(phrases, _)| phrases.iter().copied()).find(|phrase| sentence.says(phrase))
}

/// Whether a sentence tells something that can be checked: a number, a day, a thing that was done.
pub(super) fn is_concrete(sentence: &Plain) -> bool {
    sentence.words().any(|word| word.contains(|c: char| c.is_ascii_digit()))
        || sentence.words().any(|word| MONTHS.contains(&word))
        || claimed_work(sentence).is_some()
}

/// Whether a sentence says when.
pub(super) fn tells_time(sentence: &Plain) -> bool {
    let when =
        |word: &str| MONTHS.contains(&word) || DAYS.contains(&word) || word.contains(|c: char| c.is_ascii_digit());
    sentence.words().any(when) || sentence.says("hari ini") || sentence.says("hari kerja")
}

/// Work said to be done: "sudah kami tambal", "telah dipasang".
pub(super) fn claimed_work(text: &Plain) -> Option<String> {
    after(text, &["sudah", "telah", "selesai"], &[WORK])
}

/// Work or a step to it that is promised: "akan segera diperbaiki", "akan kami usulkan".
pub(super) fn promised_work(text: &Plain) -> Option<String> {
    after(text, &["akan", "segera"], &[WORK, STEPS])
}

/// The words from one of `starts` to one of `ends`, with at most two words between that deny nothing.
fn after(text: &Plain, starts: &[&str], ends: &[&[&str]]) -> Option<String> {
    let words: Vec<&str> = text.words().collect();
    let stops = ["belum", "tidak", "dapat", "bisa", "jika", "apabila", "bila", "kalau", "setelah"];
    words.iter().enumerate().filter(|(_, word)| starts.contains(word)).find_map(|(at, _)| {
        let denied = at.checked_sub(1).is_some_and(|before| stops.contains(&words[before]));
        let next = words.get(at + 1..)?.iter().take(3).take_while(|word| !stops.contains(word));
        let end = next.enumerate().find(|(_, word)| ends.iter().any(|list| list.contains(word)))?.0;
        (!denied).then(|| words[at..=at + 1 + end].join(" "))
    })
}
