//! What holds for every page: its width, its policy, its language.

use super::step::{self, check};
use crate::Failure;
use crate::e2e::devtools::Screen;
use crate::e2e::visit::Visit;

/// Every page fits the narrowest phone and a desk, and allows nothing but what comes from us.
pub async fn pages(visit: &Visit) -> Result<(), Failure> {
    let long = "Pemerintahdaerahkabupatenkotaprovinsikalimantanselatandinaspekerjaanumum".repeat(2);
    step::write(visit, &format!("Kata yang sangat panjang: {long}. Jalan di sana berlubang.")).await?;
    visit.attach("#files", &step::photo("jalan-berlubang.jpg")).await?;
    let receipt = step::send(visit).await?;
    let own = [format!("{}/tanda-terima", receipt.page()), receipt.page()];
    for path in own.iter().map(String::as_str) {
        fits(visit, path).await?;
    }
    visit.forget().await?;
    let office = format!("/instansi/{}", step::GOVERNMENT);
    let public = ["/", "/lacak", "/laporan", "/laporan?q=jalan&stage=submitted", "/instansi", &office, "/bantuan"];
    let empty = ["/privasi", "/desk/masuk", "/laporan/0000000000", "/tidak-ada", "/laporan?q=tidakadasatupun"];
    for path in public.into_iter().chain(empty).chain([receipt.page().as_str()]) {
        fits(visit, path).await?;
    }
    visit.log_in("nasional").await?;
    let lists = ["/desk", "/desk?tab=verify", "/desk?tab=done", "/desk/massal", "/desk/pemberitahuan"];
    for path in lists.into_iter().chain(["/desk/aturan", "/desk/akun", &receipt.case()]) {
        fits(visit, path).await?;
    }
    unfolded(visit).await
}

async fn fits(visit: &Visit, path: &str) -> Result<(), Failure> {
    visit.open(path).await?;
    visit.find("main h1").await?;
    for screen in [Screen::Desktop, Screen::Narrow] {
        visit.look_on(screen).await?;
        visit.fits_the_screen().await?;
    }
    let answer = visit.fetch(path).await?;
    let policy = answer.header("content-security-policy").unwrap_or_default();
    let strict = policy.starts_with("default-src 'none'") && policy.contains("script-src 'self'");
    check(strict && !policy.contains("unsafe"), &format!("{path} has the policy `{policy}`"))?;
    let inline = ["<style", " style=\"", "<script>", " onclick=", "javascript:"];
    let page = answer.text();
    let found = inline.into_iter().find(|part| page.contains(part));
    check(found.is_none(), &format!("{path} contains {}", found.unwrap_or_default()))
}

/// The case page with every form open.
async fn unfolded(visit: &Visit) -> Result<(), Failure> {
    for name in ["hold", "archive", "note", "rewrite", "reclassify", "hide"] {
        step::action(visit, name).await?;
        visit.fits_the_screen().await?;
    }
    Ok(())
}

/// Indonesian first; the switch stays where one is and lasts.
pub async fn language(visit: &Visit) -> Result<(), Failure> {
    visit.open("/laporan?q=jalan&class=complaint").await?;
    check(visit.attribute("html", "lang").await? == "id", "the first language is not Indonesian")?;
    visit.press("a.lang").await?;
    visit.sees("nav", "Report").await?;
    check(visit.attribute("html", "lang").await? == "en", "the page is not English after the switch")?;
    check(visit.path().await? == "/laporan?q=jalan&class=complaint", "the switch leads away from the page")?;
    visit.open("/").await?;
    visit.sees("h1", "Does something need mending?").await?;
    visit.press("label[for=class]").await?;
    visit.fill("#text", "The street lamp at the corner has been dark for two weeks.").await?;
    visit.choose("#province", step::PROVINCE).await?;
    visit.fill("#phone", "none of yours").await?;
    visit.press("#form .send button").await?;
    visit.sees("#phone-slip", "0812 3456 7890").await?;
    check(visit.attribute("html", "lang").await? == "en", "a refused form speaks another language")?;
    visit.press("a.lang").await?;
    visit.sees("h1", "Ada yang perlu diperbaiki?").await
}
