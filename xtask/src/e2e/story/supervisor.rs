//! A supervisor compares provinces over a half year, sends a plan to a regency that is behind, freezes the half year, and hands
//! out certificate and workbook.

use super::step::check;
use crate::Failure;
use crate::e2e::visit::Visit;
use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;

const KALSEL: &str = "Pemerintah Provinsi Kalimantan Selatan";
const HALF: &str = "/statistik/rekaman/2021-1";

/// The half year of the articles: 522 of 545 are done, and whoever opens the workbook finds the same numbers.
pub async fn semester(visit: &Visit) -> Result<(), Failure> {
    visit.log_in("pengawas").await?;
    visit.open("/statistik?agency=630000&period=2021-1").await?;
    visit.sees("main", "95,78 %").await?;
    visit.picture("statistics").await?;
    visit.open("/statistik/peringkat?period=2021-1&share=completion").await?;
    visit.sees("main", "522 dari 545").await?;
    visit.picture("ranking").await?;
    visit.press("table.sheet tbody a[href^='/statistik?agency=630000']").await?;
    visit.sees("h1", KALSEL).await?;

    ask_for_plan(visit).await?;

    visit.open("/desk/rekaman").await?;
    visit.press("form:has(input[value='2021-1']) button").await?;
    visit.sees(".page-notice", "Semester dibekukan").await?;
    visit.press(&format!("main a[href='{HALF}']")).await?;
    visit.press("main a[href$='league=provinces&share=completion']").await?;
    visit.sees("main", "522 dari 545").await?;
    visit.picture("snapshot").await?;

    visit.forget().await?;
    visit.open(&format!("{HALF}?share=completion")).await?;
    let certificate = visit.attribute("a[href*='/sertifikat/630000.pdf']", "href").await?;
    let certificate = visit.fetch(&certificate).await?;
    check(certificate.body.starts_with(b"%PDF"), "the certificate is no PDF")?;
    let book = visit.fetch(&visit.attribute("a[href$='tabel.xlsx']", "href").await?).await?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.body))?;
    let places = book.worksheet_range("Peringkat")?;
    let line = places.rows().find(|row| text(row, 0) == "Penyelesaian" && text(row, 5) == KALSEL);
    let line = line.ok_or("the workbook does not rank Kalimantan Selatan")?;
    let shown = (line.get(6), line.get(7), line.get(8));
    check(
        shown == (Some(&Data::Float(0.9578)), Some(&Data::Float(522.0)), Some(&Data::Float(545.0))),
        "the workbook has other numbers than the page",
    )
}

/// The regency at 53 percent: its figures, and what is asked of it.
async fn ask_for_plan(visit: &Visit) -> Result<(), Failure> {
    visit.open("/statistik/peringkat?period=2022-2&share=follow_up&league=local&province=63").await?;
    visit.press("table.sheet tbody a[href^='/statistik?agency=630800']").await?;
    visit.sees("h1", "Hulu Sungai Utara").await?;
    visit.sees("main", "52,94 %").await?;
    visit.open("/desk/rencana").await?;
    visit.press("main a[href='/desk/rencana/baru']").await?;
    visit.choose("#semester", "2022-2").await?;
    visit.press("main form[method='get'] button").await?;
    visit.press("label[for='agency-630800']").await?;
    visit.fill("#text", "Mohon langkah dan tanggalnya, agar seperti kabupaten dan kota lain.").await?;
    visit.press("main form[method='post'] button[type=submit]").await?;
    visit.sees(".page-notice", "Rencana aksi sudah diminta").await?;
    visit.sees("main", "9 dari 17").await?;
    visit.sees("main", "Mohon langkah dan tanggalnya").await?;
    visit.picture("plan").await
}

fn text(row: &[Data], at: usize) -> String {
    row.get(at).map(ToString::to_string).unwrap_or_default()
}
