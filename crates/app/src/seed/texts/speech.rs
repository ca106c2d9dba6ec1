//! What people and officers say whatever the matter is.

use super::scene::Scene;
use super::{Dice, Draft};
use domain::report::{AnswerKind, ArchiveReason, Class, ReturnReason};

pub(super) const GREETINGS: &[&str] = &[
    "Selamat pagi Bapak/Ibu.",
    "Assalamualaikum.",
    "Selamat siang admin.",
    "Kepada Bapak/Ibu yang berwenang.",
    "Dengan hormat.",
    "Halo admin LAPOR!",
    "Salam sejahtera.",
];
pub(super) const WHO: &[&str] = &[
    "Saya warga {rt}.",
    "Kami tinggal di {jalan}.",
    "Saya mewakili warga {perum}.",
    "Saya menulis dari {jalan}, {rt}.",
];
const REQUESTS: &[&str] = &[
    "Mohon segera ditindaklanjuti.",
    "Mohon bantuannya agar segera diperbaiki.",
    "Kami berharap ada petugas yang meninjau langsung ke lokasi.",
    "Mohon penjelasan dan penyelesaiannya.",
    "Mohon perhatian dari dinas terkait.",
    "Kapan hal ini akan ditangani?",
    "Foto keadaan di lapangan dapat kami kirimkan bila diperlukan.",
];
const HOPES: &[&str] = &[
    "Semoga dapat dipertimbangkan.",
    "Warga siap membantu bila diperlukan.",
    "Daerah lain sudah menerapkannya dan hasilnya baik.",
];
const ASKING: &[&str] = &[
    "Mohon dijelaskan syarat dan tahapannya.",
    "Saya sudah mencari di situs resmi, tetapi tidak menemukannya.",
    "Mohon jawabannya karena saya memerlukannya minggu ini.",
];
pub(super) const THANKS: &[&str] =
    &["Terima kasih.", "Terima kasih atas perhatiannya.", "Demikian, terima kasih.", "Matur nuwun."];

const EXPLAINED: &[&str] = &[
    "Kami sampaikan bahwa hal tersebut mengikuti ketentuan yang berlaku dan syaratnya dapat dilihat di loket maupun di situs resmi kami.",
    "Setelah diperiksa, keadaan di lapangan terjadi karena pekerjaan yang masih berlangsung dan akan selesai sesuai kontrak.",
    "Berkas yang dimaksud masih menunggu kelengkapan dari pemohon; daftar kekurangannya telah kami kirimkan.",
    "Permohonan dapat diajukan setiap hari kerja pukul 08.00 sampai 15.00 dengan membawa KTP dan kartu keluarga, tanpa dipungut biaya.",
];
const ADOPTED: &[&str] = &[
    "Usulan Saudara telah dilaksanakan dan hasilnya dapat dilihat di lokasi.",
    "Usulan Saudara telah dibahas dan dituangkan dalam keputusan kepala dinas.",
];
const PLANNED: &[&str] = &[
    "Penanganan masuk dalam rencana kerja bulan {bulan} dan pelaksanaannya akan kami kabarkan.",
    "Petugas telah meninjau lokasi; pekerjaan dijadwalkan mulai bulan {bulan} setelah pengadaan selesai.",
    "Usulan ini telah dicatat dan dibahas dalam musyawarah perencanaan; pelaksanaannya menunggu anggaran perubahan.",
];
const REFUSED: &[&str] = &[
    "Permohonan belum dapat dipenuhi karena lokasi tersebut merupakan milik pribadi dan bukan aset pemerintah.",
    "Permintaan tidak dapat dikabulkan karena memuat data pribadi pihak lain yang dilindungi undang-undang.",
    "Bantuan tidak dapat diberikan karena data menunjukkan syarat penerima tidak terpenuhi; Saudara dapat mengajukan sanggahan.",
];
const OPENINGS: &[&str] = &[
    "Terima kasih atas laporan Saudara.",
    "Yth. Pelapor, terima kasih atas informasinya.",
    "Menindaklanjuti laporan Saudara, kami sampaikan hal berikut.",
    "Laporan Saudara telah kami terima dan periksa.",
];
const REPLIES: &[&str] = &[
    "Terima kasih, sudah diperbaiki dengan baik.",
    "Sampai hari ini belum ada petugas yang datang ke lokasi.",
    "Mohon dijelaskan kapan tepatnya akan dikerjakan.",
    "Saya lampirkan keterangan tambahan: lokasinya {tempat}.",
    "Sebagian sudah dikerjakan, tetapi di {rt} belum.",
    "Jawaban ini belum menyentuh pokok laporan saya.",
    "Baik, saya tunggu kabar selanjutnya.",
];
const OBJECTIONS: &[&str] = &[
    "Pekerjaan yang disebut selesai belum dilakukan di {jalan}.",
    "Yang diperbaiki bukan lokasi yang saya laporkan.",
    "Baru {angka} hari sudah rusak kembali.",
    "Laporan ditutup tanpa ada yang menghubungi saya.",
];
const NOTES: &[&str] = &[
    "Mohon ditindaklanjuti sesuai tugas dan fungsi.",
    "Mohon ditinjau ke lapangan dan dilampirkan foto.",
    "Sudah ada laporan serupa di lokasi yang sama, mohon ditangani bersama.",
    "Mohon dijawab sebelum jatuh tempo.",
];
const MISSING: &[&str] = &[
    "Mohon lengkapi alamat atau patokan lokasi kejadian.",
    "Mohon lampirkan foto atau dokumen pendukung.",
    "Mohon sebutkan tanggal kejadian dan unit layanan yang dimaksud.",
];

/// What a report of this class asks for in the end.
pub(super) fn endings(class: Class) -> &'static [&'static str] {
    match class {
        Class::Complaint => REQUESTS,
        Class::Aspiration => HOPES,
        Class::InformationRequest => ASKING,
    }
}

/// An agency's answer of this kind; `turn` makes a second answer differ from the first.
pub fn answer(draft: &Draft, kind: AnswerKind, turn: u64) -> String {
    let mut dice = draft.dice.clone();
    let mut dice = Dice::new(dice.roll(), turn);
    let scene = Scene::draw(&mut dice);
    let mut text = String::from(dice.pick(OPENINGS));
    text.push(' ');
    let sentence = match kind {
        AnswerKind::Done if draft.class == Class::Complaint => dice.pick(draft.topic.done),
        AnswerKind::Done if draft.class == Class::Aspiration => dice.pick(ADOPTED),
        AnswerKind::Done | AnswerKind::Explained => dice.pick(EXPLAINED),
        AnswerKind::Planned => dice.pick(PLANNED),
        AnswerKind::Refused => dice.pick(REFUSED),
    };
    let subject = sentence.replace("{jalan}", "lokasi yang dilaporkan").replace("{rt}", "lingkungan Saudara");
    scene.tell(&mut text, &subject.replace(" {tempat}", ""), &mut dice);
    text
}

/// What a reporter writes back.
pub fn reply(dice: &mut Dice) -> String {
    let scene = Scene::draw(dice);
    scene.told(dice.pick(REPLIES), dice)
}

/// Why a reporter does not accept a closure.
pub fn objection(dice: &mut Dice) -> String {
    let scene = Scene::draw(dice);
    scene.told(dice.pick(OBJECTIONS), dice)
}

/// What a verifier writes to the unit.
pub fn disposition_note(dice: &mut Dice) -> &'static str {
    dice.pick(NOTES)
}

/// What is missing, as asked of the reporter.
pub fn hold_remark(dice: &mut Dice) -> &'static str {
    dice.pick(MISSING)
}

/// Why an office says "not ours".
pub fn return_remark(reason: ReturnReason, dice: &mut Dice) -> &'static str {
    dice.pick(match reason {
        ReturnReason::OtherAgency => &[
            "Urusan ini bukan tugas kami, melainkan dinas teknis yang membidangi.",
            "Kewenangan berada pada instansi lain sesuai peraturan tentang susunan perangkat daerah.",
        ],
        ReturnReason::OtherRegion => &[
            "Lokasi kejadian berada di luar wilayah kami.",
            "Berdasarkan titik lokasi, tempat tersebut termasuk kabupaten/kota tetangga.",
        ],
        ReturnReason::OtherLevel => &[
            "Ruas jalan tersebut berstatus jalan provinsi.",
            "Kewenangan atas urusan ini berada pada pemerintah pusat.",
        ],
        ReturnReason::NotGovernment => &[
            "Persoalan ini merupakan hubungan perdata antarpihak dan bukan layanan pemerintah.",
            "Fasilitas tersebut masih milik pengembang dan belum diserahkan kepada pemerintah daerah.",
        ],
    })
}

/// Why a verifier archives a report.
pub fn archive_remark(reason: ArchiveReason, dice: &mut Dice) -> &'static str {
    dice.pick(match reason {
        ArchiveReason::Unclear => {
            &["Isi laporan tidak dapat dipahami.", "Pokok persoalan dan lokasinya tidak disebutkan."]
        }
        ArchiveReason::TooGeneral => &["Laporan terlalu umum sehingga tidak dapat ditindaklanjuti."],
        ArchiveReason::NotPublicService => &["Laporan tidak berkaitan dengan pelayanan publik."],
        ArchiveReason::InCourt => &["Perkara sedang diperiksa di pengadilan."],
        ArchiveReason::Duplicate => &["Laporan dengan isi yang sama sudah diterima dan sedang ditangani."],
        ArchiveReason::Spam => &["Isi laporan berupa iklan atau pesan berantai."],
        ArchiveReason::NotCompleted => &["Kelengkapan yang diminta tidak dikirim sampai batas waktu."],
    })
}
