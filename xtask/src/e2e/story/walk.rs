//! The walk: a report travels from a citizen's form to a confirmed answer.

use super::step::{self, Receipt, check};
use crate::Failure;
use crate::e2e::visit::Visit;

const STORY: &str = "Jalan di depan Pasar Bauntung berlubang besar dan tergenang setiap hujan. \
    Minggu lalu dua pengendara sepeda motor jatuh di sana.";
const NAME: &str = "Budi Contoh";
const ANSWER: &str = "Lubang di depan pasar sudah ditambal dan saluran airnya dibersihkan hari ini.";

/// A newcomer reports, three officers work, the newcomer confirms, and it is counted.
pub async fn walk(visit: &Visit) -> Result<(), Failure> {
    let before = confirmed(visit).await?;
    let receipt = report(visit).await?;
    track(visit, &receipt).await?;
    verify(visit, &receipt).await?;
    forward(visit, &receipt).await?;
    answer(visit, &receipt).await?;
    confirm(visit, &receipt).await?;
    counted(visit, before).await?;
    found(visit, &receipt).await?;
    clean_photo(visit, &receipt).await
}

/// How many reports the home page says were confirmed by their reporters.
async fn confirmed(visit: &Visit) -> Result<u64, Failure> {
    visit.open("/").await?;
    visit.picture("home").await?;
    let last = "dl.figures div:last-child dd";
    if !visit.has(last).await? {
        return Ok(0);
    }
    let digits: String = visit.read(last).await?.chars().filter(char::is_ascii_digit).collect();
    Ok(digits.parse()?)
}

async fn report(visit: &Visit) -> Result<Receipt, Failure> {
    step::write(visit, STORY).await?;
    visit.attach("#files", &step::photo("jalan-berlubang.jpg")).await?;
    visit.fill("#name", NAME).await?;
    visit.fill("#phone", "0812 0000 0000").await?;
    let receipt = step::send(visit).await?;
    visit.sees(".facts-list", "Kota Banjarbaru").await?;
    visit.sees(".facts-list", "1 lampiran").await?;
    visit.picture("receipt").await?;
    Ok(receipt)
}

/// The number with its last digit mistaken is told as a slip; the right one and the PIN open the report.
async fn track(visit: &Visit, receipt: &Receipt) -> Result<(), Failure> {
    visit.forget().await?;
    let (start, last) = receipt.code.split_at(9);
    let slipped = format!("{start}{}", if last == "0" { "1" } else { "0" });
    visit.open("/lacak").await?;
    visit.fill("#number", &slipped).await?;
    visit.press("main form button[type=submit]").await?;
    visit.sees("#number-slip", "salah ketik").await?;
    check(visit.typed("#number").await? == slipped, "the mistyped number is gone")?;
    visit.fill("#number", &format!("{} {}", &receipt.code[..3], &receipt.code[3..])).await?;
    visit.press("main form button[type=submit]").await?;
    visit.arrives(&receipt.page()).await?;
    check(!visit.read("body").await?.contains("Pasar Bauntung"), "what nobody has verified yet is public")?;
    visit.fill("#pin", &receipt.pin).await?;
    visit.press("main form button[type=submit]").await?;
    visit.sees("#now", "Menunggu verifikasi").await
}

async fn verify(visit: &Visit, receipt: &Receipt) -> Result<(), Failure> {
    visit.log_in("nasional").await?;
    visit.open("/desk?tab=verify").await?;
    visit.find(&format!(".queue a[href='{}']", receipt.case())).await?;
    visit.picture("inbox").await?;
    visit.open(&receipt.case()).await?;
    visit.sees("[aria-labelledby=reporter]", NAME).await?;
    step::verify(visit, receipt, step::GOVERNMENT).await
}

async fn forward(visit: &Visit, receipt: &Receipt) -> Result<(), Failure> {
    visit.log_in("kalsel").await?;
    visit.open("/desk?tab=answer").await?;
    visit.press(&format!(".queue a[href='{}']", receipt.case())).await?;
    let form = step::action(visit, "dispose").await?;
    visit.choose("#dispose-to", step::ROADS).await?;
    visit.press(&format!("{form} button[type=submit]")).await?;
    visit.sees(".page-notice", "Laporan sudah diteruskan").await
}

/// Mended roads need a picture; without one the officer is told so and keeps what was written.
async fn answer(visit: &Visit, receipt: &Receipt) -> Result<(), Failure> {
    visit.log_in("pupr").await?;
    visit.open(&receipt.case()).await?;
    visit.picture("case").await?;
    let form = step::action(visit, "answer").await?;
    visit.press("label[for=answer-done]").await?;
    visit.fill("#answer-text", ANSWER).await?;
    visit.press(&format!("{form} button[type=submit]")).await?;
    visit.sees(&format!("{form} [role=alert]"), "perlu bukti").await?;
    check(visit.typed("#answer-text").await? == ANSWER, "the refused answer is gone")?;
    check(visit.is_ticked("#answer-done").await?, "the refused answer has lost its kind")?;
    visit.attach("#answer-files", &step::photo("jalan-ditambal.jpg")).await?;
    visit.press(&format!("{form} button[type=submit]")).await?;
    visit.sees(".page-notice", "Jawaban sudah dikirim").await
}

/// With number and PIN from a device that was never here.
async fn confirm(visit: &Visit, receipt: &Receipt) -> Result<(), Failure> {
    visit.forget().await?;
    visit.open("/lacak").await?;
    visit.fill("#number", &receipt.code).await?;
    visit.fill("#pin", &receipt.pin).await?;
    visit.press("main form button[type=submit]").await?;
    visit.arrives(&receipt.page()).await?;
    visit.sees(".timeline", ANSWER).await?;
    visit.sees(".clock-head", "jatuh tempo").await?;
    visit.unfold(".clock details").await?;
    visit.sees(".clock .days", "hari ke-1").await?;
    visit.unfold("details.action:has(#rating-5)").await?;
    visit.press("label[for=rating-5]").await?;
    visit.fill("#confirm-text", "Terima kasih, jalannya sudah rata.").await?;
    visit.press("details.action:has(#rating-5) button[type=submit]").await?;
    visit.sees("#now", "Dikonfirmasi selesai oleh pelapor").await?;
    visit.sees("[aria-labelledby=now]", "Dinilai 5 dari 5").await?;
    visit.reload().await?;
    visit.picture("report").await
}

async fn counted(visit: &Visit, before: u64) -> Result<(), Failure> {
    for _ in 0..10 {
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        if confirmed(visit).await? == before + 1 {
            return Ok(());
        }
    }
    Err(format!("the home page counts {} confirmed reports, not {}", confirmed(visit).await?, before + 1).into())
}

/// The words of the search are not those of the report: "jalannya berlubang" means "jalan … lubang".
async fn found(visit: &Visit, receipt: &Receipt) -> Result<(), Failure> {
    visit.open("/laporan").await?;
    visit.fill("#q", "jalannya berlubang").await?;
    visit.press("form.filters .search button").await?;
    let asked = visit.path().await?;
    visit.comes_to_have(&asked, &format!(".report a[href='{}']", receipt.page())).await?;
    visit.picture("reports").await?;
    visit.open("/laporan?q=bandara").await?;
    check(!visit.has(&format!(".report a[href='{}']", receipt.page())).await?, "a search for something else finds it")
}

/// What anybody may download no longer says where and with what it was taken.
async fn clean_photo(visit: &Visit, receipt: &Receipt) -> Result<(), Failure> {
    let sent = std::fs::read(step::photo("jalan-berlubang.jpg"))?;
    check(holds(&sent, b"Exif"), "the photo of the story has no EXIF itself")?;
    visit.forget().await?;
    visit.open(&receipt.page()).await?;
    check(!visit.read("body").await?.contains(NAME), "a stranger reads the reporter's name")?;
    let path = visit.attribute("[aria-labelledby=words] .files a", "href").await?;
    let photo = visit.fetch(&path).await?;
    check(photo.status == 200 && photo.body.starts_with(b"\xFF\xD8\xFF"), "the photo cannot be downloaded")?;
    check(photo.header("x-content-type-options") == Some("nosniff"), "the photo's type may be guessed")?;
    let traces: [&[u8]; 3] = [b"Exif", b"Kamera Peragaan", b"2026:01:05"];
    check(!traces.iter().any(|trace| holds(&photo.body, trace)), "the photo still says where it was taken")
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
