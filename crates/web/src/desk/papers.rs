//! `/desk/instansi/{id}/berkas`: the decree, the procedure and the yearly reports of an office.

use super::office::{OfficeHead, sample_head};
use crate::components::{Field, Frame, Page, PaperRow, Place, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;
use domain::agency::PaperKind;

/// The form of a new paper, posted as `multipart/form-data` with the field names of this struct.
#[derive(Debug, Clone, Default)]
pub struct PaperForm {
    pub key: String,
    pub kind: Field,
    pub title: Field,
    /// ISO date.
    pub dated: Field,
    pub shown: bool,
    /// Never carries a value back: a browser does not refill files.
    pub file: Field,
}

/// The papers of one office, the newest first.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/papers.html")]
pub struct PapersPage {
    pub w: Words,
    pub frame: Frame,
    pub head: OfficeHead,
    pub rows: Vec<PaperRow>,
    /// The form, for those who keep the papers.
    pub form: Option<PaperForm>,
    pub slips: Vec<Slip>,
}

impl PapersPage {
    fn kinds(&self) -> [PaperKind; 3] {
        PaperKind::ALL
    }
}

impl Page for PapersPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let read = PapersPage {
            w: Words::default(),
            frame: Frame::at("/desk/instansi/630000/berkas", Place::Elsewhere).seated(sample::seat()),
            head: sample_head("berkas"),
            rows: sample::papers("/desk/instansi/630000/berkas"),
            form: None,
            slips: vec![],
        };
        let keeping = PapersPage { rows: vec![], form: Some(PaperForm::default()), ..read.clone() };
        let wrong = Message::new("paper-not-pdf");
        let form = PaperForm {
            key: "0198f3b2".into(),
            kind: Field::of("annual_report"),
            title: Field::of("Laporan <tahunan> & \"2025\""),
            file: Field::wrong("", wrong.clone()),
            ..PaperForm::default()
        };
        let slips = vec![Slip { field: "file", message: wrong }];
        let refused = PapersPage { form: Some(form), slips, ..read.clone() };
        vec![read, keeping, refused]
    }
}
