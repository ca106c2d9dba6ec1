//! Several offices and several hands at one report: verification, split work, approval, hand-over.

use super::step::{self, check};
use crate::Failure;
use crate::e2e::visit::Visit;

const TRANSPORT: &str = "Dinas Perhubungan Provinsi Kalimantan Selatan";
const SIGNS: &str = "Rambu terpasang sejak Selasa pagi di kedua ujung ruas.";
const ANSWER: &str = "Ruas Simpang Contoh kami tambal pada 16 November 2026 oleh regu pemeliharaan jalan provinsi.";

/// The verifier masks a telephone number and goes on to the next report; the public never reads the number.
pub async fn verification(visit: &Visit) -> Result<(), Failure> {
    step::write(visit, "Jalan di Kelurahan Contoh berlubang besar. Hubungi saya di 0812-0000-0009 sewaktu-waktu.")
        .await?;
    let first = step::send(visit).await?;
    step::write(visit, "Lampu jalan di depan pasar Contoh padam sejak minggu lalu dan gelap sekali.").await?;
    let second = step::send(visit).await?;
    visit.log_in("nasional").await?;
    visit.open("/desk/verifikasi").await?;
    visit.arrives(&first.case()).await?;
    check(visit.is_ticked("#mask-b0").await?, "a telephone number is not marked for masking")?;
    visit.picture("verification").await?;
    visit.choose("#verify-to", step::GOVERNMENT).await?;
    visit.press("#verifikasi button[value=next]").await?;
    visit.arrives(&second.case()).await?;
    visit.forget().await?;
    visit.open(&first.page()).await?;
    let public = visit.read("main").await?;
    check(public.contains("Hubungi saya di •••• sewaktu-waktu"), "the public words are not the masked ones")?;
    check(!public.contains("0009"), "the public reads a telephone number")
}

/// The province passes a report to its road office and asks the transport office for signs; the lead answers for both.
pub async fn split(visit: &Visit) -> Result<(), Failure> {
    step::write(visit, "Jalan di depan terminal Contoh berlubang dan tidak ada rambu sama sekali.").await?;
    let receipt = step::send(visit).await?;
    visit.log_in("nasional").await?;
    step::verify(visit, &receipt, step::GOVERNMENT).await?;
    visit.log_in("kalsel").await?;
    visit.open(&receipt.case()).await?;
    let form = step::action(visit, "dispose").await?;
    visit.choose("#dispose-to", step::ROADS).await?;
    visit.unfold(&format!("{form} details.more")).await?;
    visit.fill("#dispose-unit-1", TRANSPORT).await?;
    visit.fill("#dispose-task-1", "Pasang rambu sementara di kedua ujung ruas.").await?;
    visit.press(&format!("{form} form[action$=disposisi] > button[type=submit]")).await?;
    visit.sees(".page-notice", "Laporan sudah diteruskan").await?;

    visit.log_in("dishub").await?;
    visit.open("/desk/bagian").await?;
    visit.sees("main", "Pasang rambu sementara").await?;
    visit.picture("duties").await?;
    visit.press(&format!("main a[href^='{}']", receipt.case())).await?;
    visit.unfold("#bagian-1 details:first-of-type").await?;
    visit.fill("#part-1-text", SIGNS).await?;
    visit.press("#bagian-1 form[action$=bagian-jawaban] button[type=submit]").await?;
    visit.sees(".page-notice", "Jawaban sudah dikirim kepada instansi pemimpin").await?;

    visit.log_in("pupr").await?;
    visit.open(&receipt.case()).await?;
    visit.press("a[href*=rangkai]").await?;
    check(visit.typed("#answer-text").await?.contains(SIGNS), "the lead does not find the part in the answer")?;
    visit.press("label[for=answer-explained]").await?;
    visit.fill("#answer-text", ANSWER).await?;
    visit.press("#aksi-answer form[action$=jawaban] > button[type=submit]").await?;
    visit.sees(".page-notice", "Jawaban sudah dikirim").await?;
    visit.forget().await?;
    visit.open(&receipt.page()).await?;
    visit.sees("main", ANSWER).await?;
    check(!visit.read("main").await?.contains(SIGNS), "the public reads what stays between offices")
}

/// Where the province wants it, an answer is sent by a second person.
pub async fn approval(visit: &Visit) -> Result<(), Failure> {
    let receipt = step::disposed(visit, "Jalan di Simpang Contoh berlubang dalam dan sudah memakan korban.").await?;
    visit.log_in("kalsel").await?;
    visit.open("/desk/jawaban").await?;
    visit.press("label[for=approver-admin]").await?;
    visit.press("form[action$=persetujuan] button[type=submit]").await?;
    visit.sees(".page-notice", "Ketentuan persetujuan sudah disimpan").await?;

    visit.log_in("pupr").await?;
    visit.open(&receipt.case()).await?;
    check(!visit.has("#aksi-answer").await?, "an answer can be sent past the approval")?;
    let form = step::action(visit, "propose_answer").await?;
    visit.press("label[for=answer-explained]").await?;
    visit.fill("#answer-text", ANSWER).await?;
    visit.press(&format!("{form} form[action$=usulan-jawaban] > button[type=submit]")).await?;
    visit.sees(".page-notice", "Draf sudah dikirim untuk disetujui").await?;
    let public = visit.fetch(&receipt.page()).await?.text();
    check(!public.contains(ANSWER), "the public reads a draft")?;

    visit.log_in("kalsel").await?;
    visit.open("/desk/bagian").await?;
    visit.press(&format!("main a[href^='{}']", receipt.case())).await?;
    visit.sees("[aria-labelledby=draft]", ANSWER).await?;
    visit.picture("approval").await?;
    visit.press("form[action$=persetujuan] button[type=submit]").await?;
    visit.sees(".page-notice", "Jawaban sudah dikirim").await?;
    visit.forget().await?;
    visit.open(&receipt.page()).await?;
    visit.sees("main", ANSWER).await
}

/// The inspectorate of Kutai Kartanegara hands its cases over to the communication office; both sign. What the demo has
/// begun of that is taken back first.
pub async fn hand_over(visit: &Visit) -> Result<(), Failure> {
    visit.log_in("kukar").await?;
    visit.open("/desk/serah-terima").await?;
    visit.press("main .notices a").await?;
    visit.press("form[action$=tarik] button").await?;
    visit.sees(".page-notice", "ditarik").await?;
    visit.open("/desk/serah-terima").await?;
    visit.fill("#giving", "Inspektorat Daerah Kabupaten Kutai Kartanegara").await?;
    visit.fill("#receiving", "Dinas Komunikasi dan Informatika Kabupaten Kutai Kartanegara").await?;
    visit.fill("#reason", "Pengelola dialihkan sesuai susunan perangkat daerah yang baru.").await?;
    visit.press("form[action='/desk/serah-terima'] button[type=submit]").await?;
    visit.sees(".page-notice", "Serah terima sudah disiapkan").await?;
    let path = visit.path().await?;
    for (login, side) in [("itda.kukar", "giving"), ("diskominfo.kukar", "receiving")] {
        visit.log_in(login).await?;
        visit.open(&path).await?;
        visit.press(&format!("#{side} button[type=submit]")).await?;
        visit.sees(".page-notice", "Tanda tangan sudah dicatat").await?;
    }
    visit.open(&format!("{path}/berita-acara")).await?;
    visit.sees("main", "Joko Peragaan").await?;
    visit.sees("main", "Kiki Peragaan").await?;
    visit.picture("minutes").await?;
    let paper = visit.fetch(&format!("{path}/berita-acara.pdf")).await?;
    check(paper.status == 200 && paper.header("content-type") == Some("application/pdf"), "no minutes on paper")
}
