//! `/desk/tanda/lembar`: a sheet to put up, with a code that opens the form for an office and a place.

use crate::components::{Frame, Page, Place, sample};
use crate::print::Document;
use crate::words::Words;
use app::Qr;
use askama::Template;

/// How wide the code is on paper, in points.
const WIDE: u16 = 380;

/// The sheet.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/sign.html")]
pub struct SignPage {
    pub w: Words,
    pub frame: Frame,
    pub office: String,
    /// What the place is called.
    pub place: Option<String>,
    pub region: Option<String>,
    /// The address as people type it: without the name of the place.
    pub short: String,
    /// The whole address, for cameras.
    pub qr: Qr,
    /// The same sheet as PDF.
    pub pdf: String,
}

impl SignPage {
    fn picture(&self) -> String {
        self.qr.svg()
    }

    /// Where the sheet is put up, the name of the place first.
    fn at(&self) -> Vec<&str> {
        self.place.iter().chain(&self.region).map(String::as_str).collect()
    }

    /// The sheet as PDF.
    pub fn document(&self) -> Document {
        let w = self.w;
        let document = Document::new(w, w.t("sign-call")).about(&*self.office).foot(&*self.office);
        let document = self.at().into_iter().fold(document, Document::large);
        document
            .code(self.qr.clone(), WIDE, w.with("sign-says", &[("address", self.short.as_str().into())]))
            .paragraph(w.t("sign-scan"))
            .large(&*self.short)
            .paragraph(w.t("sign-promise"))
    }
}

impl Page for SignPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let typical = SignPage {
            w: Words::default(),
            frame: Frame::at("/desk/tanda/lembar?agency=x", Place::Counter).seated(sample::seat()),
            office: "Pemerintah Kota Banjarmasin".into(),
            place: Some("Mal Pelayanan Publik, loket 3".into()),
            region: Some("Kota Banjarmasin, Kalimantan Selatan".into()),
            short: "lapor.example/?instansi=637100".into(),
            qr: sample::qr("https://lapor.example/?instansi=637100&tempat=Mal+Pelayanan+Publik"),
            pdf: "/desk/tanda/lembar.pdf?agency=x".into(),
        };
        let bare = SignPage { office: sample::LONG_AGENCY.into(), place: None, region: None, ..typical.clone() };
        vec![typical, bare]
    }
}
