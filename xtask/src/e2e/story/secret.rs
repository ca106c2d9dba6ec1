//! What nobody may see, and what nobody may guess.

use super::step::{self, Receipt, check};
use crate::Failure;
use crate::e2e::visit::Visit;

const WORD: &str = "Zamrudkelam";
const NAME: &str = "Rahasia Contoh";

/// A secret report of an anonymous reporter is known to those who work on it, and to nobody else.
pub async fn secret(visit: &Visit) -> Result<(), Failure> {
    step::write(visit, &format!("Jalan menuju gudang {WORD} berlubang dan dijaga preman setiap malam.")).await?;
    visit.fill("#name", NAME).await?;
    visit.fill("#phone", "0812 0000 0001").await?;
    visit.press("label[for=anonymous]").await?;
    visit.press("label[for=secret]").await?;
    let receipt = step::send(visit).await?;
    visit.log_in("nasional").await?;
    step::verify(visit, &receipt, step::ROADS).await?;
    colleague(visit, &receipt).await?;
    unrelated(visit, &receipt).await?;
    public(visit, &receipt).await?;
    visit.open(&receipt.page()).await?;
    visit.fill("#pin", &receipt.pin).await?;
    visit.press("main form button[type=submit]").await?;
    visit.sees("[aria-labelledby=words]", WORD).await
}

/// Who has to answer reads the words, never the name.
async fn colleague(visit: &Visit, receipt: &Receipt) -> Result<(), Failure> {
    visit.log_in("pupr").await?;
    visit.open("/desk").await?;
    visit.press(&format!(".queue a[href='{}']", receipt.case())).await?;
    visit.sees("[aria-labelledby=words]", WORD).await?;
    check(!visit.read("body").await?.contains(NAME), "an officer reads an anonymous name")?;
    check(!visit.read("body").await?.contains("6281200"), "an officer reads an anonymous telephone number")
}

async fn unrelated(visit: &Visit, receipt: &Receipt) -> Result<(), Failure> {
    for login in ["dishub", "kukar"] {
        visit.log_in(login).await?;
        for tab in ["answer", "all", "late"] {
            visit.open(&format!("/desk?tab={tab}")).await?;
            check(!visit.has(&format!("a[href='{}']", receipt.case())).await?, "an unrelated inbox lists it")?;
        }
        let case = visit.fetch(&receipt.case()).await?;
        check(case.status == 404 && !case.text().contains(WORD), "an unrelated officer opens it")?;
    }
    Ok(())
}

async fn public(visit: &Visit, receipt: &Receipt) -> Result<(), Failure> {
    visit.forget().await?;
    let office = format!("/instansi/{}", step::ROADS);
    let lists = ["/", "/laporan", "/laporan?q=jalan", "/laporan?region=63", "/laporan?category=8", &office];
    for path in lists.into_iter().chain([format!("/laporan?q={WORD}").as_str()]) {
        let page = visit.fetch(path).await?.text();
        let told = page.contains(&format!("gudang {WORD}")) || page.contains(&receipt.page());
        check(!told, &format!("{path} tells of a secret report"))?;
    }
    visit.open(&office).await?;
    check(visit.read("dl.figures div:first-child dd").await? == "0", "the office's figures count a secret report")?;
    let known = visit.fetch(&receipt.page()).await?;
    let unknown = visit.fetch("/laporan/5720000004").await?;
    check(known.status == 404 && !known.text().contains(WORD), "a stranger opens a secret report")?;
    check(known.status == unknown.status, "a secret report answers otherwise than one that does not exist")
}

/// Ten wrong PINs are told as wrong, the next is not even tried.
pub async fn wrong_pin(visit: &Visit) -> Result<(), Failure> {
    step::write(visit, "Lampu jalan di Gang Contoh padam sejak dua minggu yang lalu.").await?;
    let receipt = step::send(visit).await?;
    visit.forget().await?;
    visit.open(&receipt.page()).await?;
    let wrong = if receipt.pin == "000000" { "000001" } else { "000000" };
    visit.fill("#pin", wrong).await?;
    visit.press("main form button[type=submit]").await?;
    visit.sees("#pin-slip", "PIN tidak cocok").await?;
    let path = format!("{}/pin", receipt.page());
    for _ in 0..9 {
        check(visit.post(&path, &[("pin", wrong)]).await?.status == 404, "a wrong PIN is not told as wrong")?;
    }
    let late = visit.post(&path, &[("pin", &receipt.pin)]).await?;
    check(late.status == 429, "after ten wrong PINs one may go on guessing")?;
    check(late.header("retry-after").is_some(), "nobody says when to try again")?;
    visit.fill("#pin", &receipt.pin).await?;
    visit.press("main form button[type=submit]").await?;
    visit.sees("#pin-slip", "Terlalu banyak percobaan").await
}
