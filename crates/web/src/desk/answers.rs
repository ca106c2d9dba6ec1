//! `/desk/jawaban`: how this office answers: who approves, and the templates.

use crate::components::{Frame, Notice, Page, Place, Tone, sample};
use crate::words::{Message, Words};
use askama::Template;
use domain::report::Approver;
use domain::template::{Name, Placeholder};
use domain::text::{Body, Title};

/// A template in the list.
#[derive(Debug, Clone)]
pub struct TemplateRow {
    pub id: i64,
    pub name: String,
    pub body: String,
    pub version: u32,
    pub active: bool,
    /// The office above to which it belongs, where it is not the seat's own.
    pub from: Option<String>,
}

/// The form for one template, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct TemplateForm {
    /// The one that is changed, with the version that was seen.
    pub was: Option<(i64, u32)>,
    pub name: String,
    pub body: String,
    pub active: bool,
    /// Why it could not be taken.
    pub slip: Option<Message>,
    /// The text as it would be for a sample report.
    pub preview: Option<String>,
}

/// The page of an office's answers.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/answers.html")]
pub struct AnswersPage {
    pub w: Words,
    pub frame: Frame,
    /// Whether this seat may change anything.
    pub edits: bool,
    /// Whether this seat may say who approves.
    pub decides: bool,
    pub approver: Approver,
    /// The office above whose setting holds here, where the seat's own says nothing.
    pub approver_from: Option<String>,
    pub rows: Vec<TemplateRow>,
    pub form: TemplateForm,
}

impl AnswersPage {
    fn approvers(&self) -> &'static [Approver] {
        Approver::ALL
    }

    fn placeholders(&self) -> &'static [Placeholder] {
        Placeholder::ALL
    }

    fn most(&self) -> usize {
        Body::MOST
    }

    fn most_name(&self) -> usize {
        Title::MOST
    }
}

impl Page for AnswersPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let text = "Yth. pelapor {nomor}, ruas di {wilayah} masuk jadwal penambalan rutin {instansi}.";
        let row = |id: i64, from: Option<&str>| TemplateRow {
            id,
            name: "Jadwal penambalan".into(),
            body: text.into(),
            version: 3,
            active: id != 2,
            from: from.map(str::to_owned),
        };
        let typical = AnswersPage {
            w: Words::default(),
            frame: Frame::at("/desk/jawaban", Place::Answers).seated(sample::seat()),
            edits: true,
            decides: true,
            approver: Approver::Admin,
            approver_from: Some(sample::LONG_AGENCY.into()),
            rows: vec![row(1, None), row(2, None), row(3, Some("Pemerintah Kota Banjarmasin"))],
            form: TemplateForm { active: true, ..TemplateForm::default() },
        };
        let mut slipped = typical.clone();
        slipped.form = TemplateForm {
            was: Some((1, 3)),
            name: "Jadwal penambalan".into(),
            body: "Yth. pelapor {nomer}".into(),
            active: true,
            slip: Some(
                Message::new("template-unknown-meant")
                    .with("line", 1)
                    .with("column", 14)
                    .with("said", "nomer")
                    .with("meant", "nomor"),
            ),
            preview: None,
        };
        let mut previewed = typical.clone();
        previewed.form = TemplateForm {
            name: "Jadwal penambalan".into(),
            body: text.into(),
            active: true,
            preview: Some("Yth. pelapor 123 456 7894, ruas di Kota Banjarmasin masuk jadwal.".into()),
            ..TemplateForm::default()
        };
        previewed.frame.notice = Some(Notice { tone: Tone::Good, message: Message::new("done-template") });
        let reader = AnswersPage { edits: false, decides: false, approver_from: None, rows: vec![], ..typical.clone() };
        vec![typical, slipped, previewed, reader]
    }
}
