//! A walk-in report: an officer who never touches the pointer, and the person who goes home with a sheet of paper.

use fantoccini::key::Key;

use super::step::{self, check};
use crate::Failure;
use crate::e2e::visit::Visit;

const TEXT: &str = "Antrean di Puskesmas Contoh dibuka pukul sepuluh, padahal papan jam layanan menulis pukul delapan.";

/// Taken in with the keyboard alone; the receipt leads on with one key, and what is on it opens the report.
pub async fn walk_in(visit: &Visit) -> Result<(), Failure> {
    visit.log_in("loket").await?;
    visit.open("/desk/loket").await?;
    // The first field has the focus; how it came and what it is are right already.
    visit.type_keys(&tabs(2)).await?;
    visit.type_keys(TEXT).await?;
    check(visit.typed("#text").await? == TEXT, "two steps from the start somebody cannot type the report")?;
    check(visit.typed("#province").await? == step::PROVINCE, "the place of the own office is not proposed")?;
    visit.tab_to("#name").await?;
    visit.type_keys("Siti Contoh").await?;
    visit.type_keys(&char::from(Key::Enter).to_string()).await?;
    visit.sees("#consent-slip", "menyetujui").await?;
    check(visit.typed("#text").await? == TEXT, "the words are gone when consent is missing")?;
    visit.tab_to("#consent").await?;
    visit.type_keys("diberikan di").await?;
    check(visit.typed("#consent").await? == "at_counter", "typing its name does not choose the consent")?;
    visit.type_keys(&tabs(1)).await?;
    visit.type_keys(&char::from(Key::Enter).to_string()).await?;
    visit.find(".ticket").await?;
    let code = digits(&visit.read(".ticket div:first-child dd").await?);
    let pin = digits(&visit.read(".ticket div:last-child dd").await?);
    let receipt = visit.path().await?;
    visit.type_keys(&char::from(Key::Enter).to_string()).await?;
    visit.arrives("/desk/loket").await?;
    check(visit.typed("#text").await?.is_empty(), "the next report begins with the words of the last")?;
    check(visit.has(&format!("aside a[href='{receipt}']")).await?, "nobody can look at the receipt once more")?;
    follow(visit, &code, &pin).await
}

/// The person, at home.
async fn follow(visit: &Visit, code: &str, pin: &str) -> Result<(), Failure> {
    visit.forget().await?;
    visit.open(&format!("/laporan/{code}")).await?;
    visit.fill("#pin", pin).await?;
    visit.press("main form button[type=submit]").await?;
    visit.sees("#now", "Menunggu verifikasi").await?;
    visit.sees("body", "Puskesmas Contoh").await
}

/// The line is gone when the report is sent: it waits in the browser, and goes out once when the line is back.
pub async fn without_line(visit: &Visit) -> Result<(), Failure> {
    visit.log_in("loket").await?;
    visit.open("/desk/loket").await?;
    visit.cut_off(true).await?;
    visit.fill("#text", TEXT).await?;
    visit.choose("#regency", step::REGENCY).await?;
    visit.press("#form .send button").await?;
    visit.sees("#drafts-said", "Tidak ada sambungan").await?;
    visit.sees("#drafts", "Menunggu sambungan").await?;
    check(visit.typed("#text").await?.is_empty(), "the next person's report begins with the words of the last")?;
    visit.fill("#text", "Pohon tumbang di depan kantor desa.").await?;
    visit.cut_off(false).await?;
    visit.sees("#drafts", "Terkirim").await?;
    let receipt = visit.attribute("#drafts a", "href").await?;
    check(visit.typed("#text").await? == "Pohon tumbang di depan kantor desa.", "what is being typed is gone")?;
    visit.open(&receipt).await?;
    visit.sees(".facts-list", "Kota Banjarbaru").await?;
    visit.open("/desk/loket").await?;
    visit.sees("#drafts", "Belum dikirim").await?;
    let taken = visit.count("section[aria-labelledby=latest] li").await?;
    check(taken == 1, &format!("one report was sent, and {taken} were taken in"))?;
    visit.press("#drafts .buttons button:first-child").await?;
    check(visit.typed("#text").await?.starts_with("Pohon"), "a draft does not open")?;
    visit.press("#form .send button").await?;
    visit.find(".ticket").await?;
    visit.open("/desk/loket").await?;
    check(!visit.read("main").await?.contains("Belum dikirim"), "a draft that was sent is still there")
}

fn tabs(times: usize) -> String {
    char::from(Key::Tab).to_string().repeat(times)
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
