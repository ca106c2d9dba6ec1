//! Questions that are answered by a link, and the form for one more.

use crate::components::{Field, Slip, sample};
use crate::words::Moment;
use domain::Code;
use domain::question::MOST_DAYS;
use domain::text::Body;

/// A question that was asked.
#[derive(Debug, Clone)]
pub struct QuestionRow {
    /// The event that asked, by which it is ended.
    pub seq: u32,
    /// Who is asked; nobody here for the reporter.
    pub recipient: Option<String>,
    pub outsider: bool,
    pub text: String,
    pub asked: Moment,
    pub until: Moment,
    pub opened: Option<Moment>,
    /// `open`, `answered`, `ended` or `expired`.
    pub state: &'static str,
    /// The whole address, while it can be answered.
    pub link: Option<String>,
}

/// The form for a question to somebody outside.
#[derive(Debug, Clone, Default)]
pub struct QuestionForm {
    pub recipient: Field,
    /// Where the link is sent; there is no such field where no letters are sent.
    pub email: Field,
    pub question: Field,
    pub days: Field,
    pub shares: bool,
    pub slips: Vec<Slip>,
}

/// The questions of a report.
#[derive(Debug, Clone)]
pub struct Questions {
    pub code: Code,
    /// Client key of the forms.
    pub key: String,
    pub rows: Vec<QuestionRow>,
    /// The form, for those who may ask.
    pub form: Option<QuestionForm>,
    /// Whether letters are sent.
    pub letters: bool,
}

impl Questions {
    /// Most characters of a question.
    pub fn most(&self) -> usize {
        Body::MOST
    }

    /// The bounds of the term, in working days.
    pub fn term(&self) -> String {
        format!("required min=\"1\" max=\"{MOST_DAYS}\"")
    }
}

/// Questions for the samples of the case page: none, or one of each kind.
pub(super) fn sample(none: bool) -> Questions {
    let row = |seq, state, link: bool| QuestionRow {
        seq,
        recipient: Some("RSUD Ulin, bagian pendaftaran".into()),
        outsider: true,
        text: "Apakah pasien rujukan pada 12 Mei memang ditolak, dan mengapa?".into(),
        asked: sample::moment(12, 9, 0),
        until: sample::moment(19, 23, 59),
        opened: link.then(|| sample::moment(12, 10, 30)),
        state,
        link: link.then(|| "https://lapor.example/tanya/1a2b-7-0011223344556677".into()),
    };
    let reporter = QuestionRow { recipient: None, outsider: false, opened: None, ..row(3, "open", true) };
    let rows = match none {
        true => vec![],
        false => vec![row(7, "open", true), row(6, "answered", false), row(5, "ended", false), reporter],
    };
    Questions {
        code: sample::code(0),
        key: "0198f3b2c4d7".into(),
        rows,
        letters: !none,
        form: Some(QuestionForm { days: Field::of("5"), ..QuestionForm::default() }),
    }
}
