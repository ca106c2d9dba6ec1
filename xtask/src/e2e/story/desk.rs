//! Two officers at one report, and answers that are not finished.

use super::step::{self, Receipt, check};
use crate::Failure;
use crate::e2e::visit::Visit;

const NOTE: &str = "Mohon diperiksa bersama kepala pasar sebelum hari Jumat.";
const ANSWER: &str = "Kami sudah memeriksa lokasi dan menunggu bahan dari gudang provinsi.";

/// Who saves second sees what the first one did and keeps the typed words; saving again works.
pub async fn stale(visit: &Visit) -> Result<(), Failure> {
    step::write(visit, "Jembatan kayu di Sungai Contoh lapuk dan berbahaya bagi anak sekolah.").await?;
    let receipt = step::send(visit).await?;
    visit.log_in("nasional").await?;
    visit.open(&receipt.case()).await?;
    visit.choose("#verify-to", step::GOVERNMENT).await?;
    visit.fill("#verify-note", NOTE).await?;
    beside(visit, "wakil", &receipt, "note", "#note-text", "Pelapor sudah ditelepon.").await?;
    visit.press(step::VERIFY).await?;
    visit.sees(".page-notice", "Sementara Anda menulis, laporan ini berubah").await?;
    visit.sees("body", "Pelapor sudah ditelepon.").await?;
    check(visit.typed("#verify-note").await? == NOTE, "the words of the second officer are gone")?;
    check(visit.typed("#verify-to").await? == step::GOVERNMENT, "the chosen office is gone")?;
    visit.press(step::VERIFY).await?;
    visit.sees(".page-notice", "Laporan sudah diteruskan").await
}

/// An answer to a report that was passed to another office meanwhile: its words can still be copied.
pub async fn taken_away(visit: &Visit) -> Result<(), Failure> {
    let receipt = step::disposed(visit, "Trotoar di Jalan Contoh rusak dan licin setelah hujan turun.").await?;
    visit.log_in("pupr").await?;
    visit.open(&receipt.case()).await?;
    let form = step::action(visit, "answer").await?;
    visit.press("label[for=answer-explained]").await?;
    visit.fill("#answer-text", ANSWER).await?;
    let other = visit.another().await?;
    let moved = async {
        other.log_in("nasional").await?;
        other.open(&receipt.case()).await?;
        let form = step::action(&other, "dispose").await?;
        other.choose("#dispose-to", "640200").await?;
        other.press(&format!("{form} button[type=submit]")).await?;
        other.sees(".page-notice", "Laporan sudah diteruskan").await
    };
    let moved = moved.await;
    other.end().await.and(moved)?;
    visit.press(&format!("{form} button[type=submit]")).await?;
    visit.sees("main", ANSWER).await
}

/// Another officer writes into a form of the same report meanwhile.
async fn beside(
    visit: &Visit,
    login: &str,
    receipt: &Receipt,
    name: &str,
    field: &str,
    text: &str,
) -> Result<(), Failure> {
    let other = visit.another().await?;
    let wrote = async {
        other.log_in(login).await?;
        other.open(&receipt.case()).await?;
        let form = step::action(&other, name).await?;
        other.fill(field, text).await?;
        other.press(&format!("{form} button[type=submit]")).await?;
        other.find(".page-notice .good").await
    };
    let wrote = wrote.await.map(|_| ());
    other.end().await.and(wrote)
}

/// A refusal without legal ground and a plan without a date come back whole.
pub async fn unfinished_answer(visit: &Visit) -> Result<(), Failure> {
    let receipt = step::disposed(visit, "Mohon dibuatkan trotoar di sepanjang Jalan Contoh sampai sekolah.").await?;
    visit.log_in("pupr").await?;
    visit.open(&receipt.case()).await?;
    let form = step::action(visit, "answer").await?;
    visit.press("label[for=answer-planned]").await?;
    visit.fill("#answer-text", ANSWER).await?;
    visit.fill("#answer-ground", "Rencana kerja tahun 2027").await?;
    visit.press(&format!("{form} button[type=submit]")).await?;
    visit.find(&format!("{form} [role=alert]")).await?;
    check(visit.typed("#answer-text").await? == ANSWER, "the words of the answer are gone")?;
    check(visit.typed("#answer-ground").await? == "Rencana kerja tahun 2027", "the legal ground is gone")?;
    check(visit.is_ticked("#answer-planned").await?, "the kind of the answer is gone")?;
    visit.press("a.lang").await?;
    visit.arrives(&receipt.case()).await?;
    check(visit.attribute("html", "lang").await? == "en", "the desk does not speak English after the switch")
}
