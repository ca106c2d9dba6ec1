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

fn tabs(times: usize) -> String {
    char::from(Key::Tab).to_string().repeat(times)
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
