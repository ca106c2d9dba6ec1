//! Documents on paper: a list of blocks becomes a tagged PDF with title, language, bookmarks and page numbers.
//!
//! Words come in as values and are drawn as they are; there is no markup that they could break out of.

mod chart;
mod document;
mod draw;
mod face;
mod layout;

pub use document::{Block, Document, Signer};

use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Documents that are set at once in this process: each keeps a core busy.
const AT_ONCE: usize = 2;

static ROOM: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(AT_ONCE));

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
#[error("print: {0}")]
pub struct PrintError(pub(crate) String);

/// Makes the PDF of a document, away from the threads that answer requests.
pub async fn pdf(document: Document) -> Result<Vec<u8>, PrintError> {
    let _room = ROOM.acquire().await.map_err(|closed| PrintError(closed.to_string()))?;
    let made = tokio::task::spawn_blocking(move || draw::draw(&document, &layout::layout(&document)));
    made.await.map_err(|stopped| PrintError(stopped.to_string()))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::chart::{Bar, Bars, Columns};
    use crate::words::{Lang, Words};

    fn bar(label: &str, value: u64) -> Bar {
        Bar { label: label.into(), value, list: None }
    }

    fn document() -> Document {
        let long = "Jalan di depan pasar berlubang. ".repeat(400);
        Document::new(Words::new(Lang::Id), "Berkas laporan")
            .about("Pemerintah Kota Contoh")
            .heading("Keterangan")
            .facts([("Nomor", "123"), ("Tempat", "Kota Banjarmasin")])
            .paragraph(long)
            .heading("Lampiran")
            .table(&[("Nama", 2), ("Sidik jari", 3)], [["foto.jpg".into(), "ab".repeat(32)]])
            .columns(Columns((1..=24).map(|n| bar(&format!("{n}"), n * 7)).collect()), 3, "Laporan menurut bulan")
            .bars(Bars(vec![bar("Infrastruktur jalan", 77), bar("Penerangan jalan", 0)]))
            .large("Laporkan di sini")
            .code(app::Qr::of("https://lapor.example/").unwrap(), 200, "Kode QR ke lapor.example")
            .quote("Sudah ditambal.\n\nTerima kasih 🙏 <b>#strong[x]</b> \\u{0}")
            .signers([Signer { role: "Kepala".into(), name: "Siti Contoh".into() }])
    }

    #[test]
    fn a_long_document_goes_on_over_pages() {
        let sheets = layout::layout(&document());
        assert!(sheets.pages.len() > 2, "{} pages", sheets.pages.len());
        let bottom = |page: &layout::Sheet| page.lines.iter().map(|line| line.y).fold(0.0, f32::max);
        assert!(sheets.pages.iter().all(|page| bottom(page) <= layout::BOTTOM), "a line stands below the margin");
        let bars: Vec<&layout::Bar> = sheets.pages.iter().flat_map(|page| &page.bars).collect();
        assert_eq!(bars.len(), 26);
        assert!(bars.iter().all(|bar| bar.at.0 >= layout::LEFT && bar.at.0 + bar.wide <= layout::RIGHT + 0.1));
        assert!(bars[23].high > bars[0].high && bars[24].wide > bars[25].wide);
    }

    #[tokio::test]
    async fn a_document_is_a_pdf_that_passes_the_check_of_accessible_ones() {
        let bytes = pdf(document()).await.unwrap();
        assert!(bytes.starts_with(b"%PDF-1.7"));
        let empty = pdf(Document::new(Words::new(Lang::En), "Nothing")).await.unwrap();
        assert!(empty.len() > 1000);
    }
}
