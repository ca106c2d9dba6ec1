//! The form of the home page: mistakes, the keyboard, a draft.

use fantoccini::key::Key;

use super::step::{self, check};
use crate::Failure;
use crate::e2e::visit::Visit;

const TEXT: &str = "Sampah di belakang Pasar Contoh tidak diangkut sejak tiga minggu yang lalu.";

/// Everything wrong is told at once, beside its field, and nothing that was typed is lost.
pub async fn mistakes(visit: &Visit) -> Result<(), Failure> {
    wrong(visit).await?;
    visit.press("#form .send button").await?;
    told(visit).await?;
    check(visit.count("#slips li").await? == 2, "the list of slips does not have the two that were made")?;
    mended(visit).await
}

/// The same with an attachment, which a browser cannot keep and which is asked for again.
pub async fn mistakes_with_photo(visit: &Visit) -> Result<(), Failure> {
    wrong(visit).await?;
    visit.attach("#files", &step::photo("jalan-berlubang.jpg")).await?;
    visit.press("#form .send button").await?;
    told(visit).await?;
    visit.sees("#files-slip", "Pilih kembali lampiran").await?;
    visit.attach("#files", &step::photo("jalan-berlubang.jpg")).await?;
    mended(visit).await
}

async fn wrong(visit: &Visit) -> Result<(), Failure> {
    step::write(visit, TEXT).await?;
    visit.fill("#address", "Belakang Pasar Contoh").await?;
    visit.fill("#agency", "Dinas Entah Berantah").await?;
    visit.press("label[for=anonymous]").await?;
    visit.fill("#phone", "nol delapan").await
}

async fn told(visit: &Visit) -> Result<(), Failure> {
    visit.sees("#phone-slip", "Nomor telepon belum benar").await?;
    visit.sees("#agency-slip", "tidak kami temukan").await?;
    let fields = [
        ("#text", TEXT),
        ("#province", step::PROVINCE),
        ("#regency", step::REGENCY),
        ("#address", "Belakang Pasar Contoh"),
        ("#agency", "Dinas Entah Berantah"),
        ("#phone", "nol delapan"),
    ];
    for (css, typed) in fields {
        let kept = visit.typed(css).await?;
        check(kept == typed, &format!("{css} held `{typed}` and now holds `{kept}`"))?;
    }
    check(visit.is_ticked("#class").await?, "the class is gone")?;
    check(visit.is_ticked("#anonymous").await?, "the wish to be anonymous is gone")?;
    check(!visit.is_ticked("#secret").await?, "the report became secret by itself")
}

async fn mended(visit: &Visit) -> Result<(), Failure> {
    visit.fill("#phone", "0812 0000 0002").await?;
    visit.fill("#agency", "").await?;
    step::send(visit).await?;
    Ok(())
}

/// A report sent without a pointer: Tab, letters, Space, Enter.
pub async fn keyboard(visit: &Visit) -> Result<(), Failure> {
    visit.open("/").await?;
    visit.type_keys(&char::from(Key::Tab).to_string()).await?;
    visit.type_keys(&char::from(Key::Enter).to_string()).await?;
    visit.tab_to("#class").await?;
    visit.type_keys(" ").await?;
    visit.tab_to("#text").await?;
    visit.type_keys(TEXT).await?;
    visit.tab_to("#province").await?;
    visit.type_keys("kalimantan s").await?;
    check(visit.typed("#province").await? == step::PROVINCE, "typing its name does not choose the province")?;
    visit.tab_to("#anonymous").await?;
    visit.type_keys(" ").await?;
    check(visit.is_ticked("#anonymous").await?, "the space bar does not tick the box")?;
    visit.tab_to("#form .send button").await?;
    visit.type_keys(&char::from(Key::Enter).to_string()).await?;
    visit.arrives("/tanda-terima").await?;
    visit.sees(".facts-list", "Kalimantan Selatan").await
}

/// What was typed is there after a reload, and gone after sending.
pub async fn draft(visit: &Visit) -> Result<(), Failure> {
    step::write(visit, TEXT).await?;
    visit.fill("#address", "Belakang Pasar Contoh").await?;
    visit.reload().await?;
    for (css, typed) in [("#text", TEXT), ("#province", step::PROVINCE), ("#regency", step::REGENCY)] {
        check(visit.typed(css).await? == typed, &format!("{css} did not survive the reload"))?;
    }
    check(visit.is_ticked("#class").await?, "the class did not survive the reload")?;
    step::send(visit).await?;
    visit.open("/").await?;
    check(visit.typed("#text").await?.is_empty(), "a sent draft comes back")
}
