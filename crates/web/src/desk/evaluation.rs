//! `/desk/evaluasi/{semester}/{agency}`: an evaluation, with the form of whoever is waited for.

use crate::citizen::{LineView, period_told, sample_choices, sample_lines};
use crate::components::{Field, FileKind, FileLink, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Moment, Words};
use askama::Template;
use domain::evaluation::{Choice, MOST_TEXT};

/// The ids of the questions, counted from 0. A form has fewer.
pub const QUESTION_IDS: [&str; 40] = [
    "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", "q11", "q12", "q13", "q14", "q15", "q16", "q17",
    "q18", "q19", "q20", "q21", "q22", "q23", "q24", "q25", "q26", "q27", "q28", "q29", "q30", "q31", "q32", "q33",
    "q34", "q35", "q36", "q37", "q38", "q39", "q40",
];

/// Which form stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvaluationForm {
    /// The agency writes its draft.
    Fill,
    /// A supervisor judges the answers, or decides about objections: the word of the address.
    Judge(&'static str),
    /// The agency agrees or objects.
    Object,
    /// Somebody else is waited for, or nobody.
    None,
}

/// A file that shows what was answered.
#[derive(Debug, Clone)]
pub struct EvidenceLink {
    pub id: i64,
    pub file: FileLink,
}

/// A question on the page.
#[derive(Debug, Clone)]
pub struct QuestionView {
    pub id: &'static str,
    pub line: LineView,
    /// None where nobody answers it.
    pub choices: Vec<Choice>,
    pub needs_evidence: bool,
    pub evidence: Vec<EvidenceLink>,
    /// Whether the form asks about it.
    pub is_asked: bool,
    /// The choice in the form.
    pub pick: String,
    /// A note, a reason or an objection.
    pub text: Field,
}

impl QuestionView {
    fn is_picked(&self, code: &str) -> bool {
        self.pick == code
    }
}

/// Something that was done or said.
#[derive(Debug, Clone)]
pub struct DeedRow {
    /// The name of an act, or `remark`.
    pub act: String,
    pub office: Option<String>,
    pub at: Moment,
    pub text: String,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/evaluation.html")]
pub struct EvaluationPage {
    pub w: Words,
    pub frame: Frame,
    /// Its address.
    pub base: String,
    pub agency: String,
    /// Year and half.
    pub period: (i16, u8),
    pub stage: &'static str,
    pub form: EvaluationForm,
    pub key: String,
    pub seq: u32,
    /// Until when the agency may object.
    pub until: Option<Moment>,
    /// Hundredths of a point, and the name of a predicate, as it stands now.
    pub score: u32,
    pub predicate: &'static str,
    pub questions: Vec<QuestionView>,
    pub deeds: Vec<DeedRow>,
    pub may_remark: bool,
    /// Whether the viewer may give it back, and what was typed for that.
    pub may_return: bool,
    pub back: Field,
    pub remark: Field,
    pub slips: Vec<Slip>,
    /// What was wrong with a file.
    pub file_slip: Option<Message>,
}

impl EvaluationPage {
    fn period_told(&self) -> String {
        period_told(&self.w, self.period)
    }

    fn score_told(&self) -> String {
        self.w.with("evaluation-score", &[("score", self.w.hundredths(self.score.into()).into())])
    }

    /// Until when the agency may object, in words.
    fn until_told(&self) -> Option<String> {
        let at = self.w.moment(self.until?);
        Some(self.w.with("evaluation-until", &[("at", at.into())]))
    }

    fn is_final(&self) -> bool {
        self.stage == "final"
    }

    fn fills(&self) -> bool {
        self.form == EvaluationForm::Fill
    }

    fn objects(&self) -> bool {
        self.form == EvaluationForm::Object
    }

    /// The word of the address to which verdicts or decisions are sent.
    fn judges(&self) -> Option<&'static str> {
        match self.form {
            EvaluationForm::Judge(word) => Some(word),
            _ => None,
        }
    }

    /// Where the public finds what came of it.
    fn public(&self) -> String {
        self.base.replacen("/desk/", "/statistik/", 1)
    }

    fn most(&self) -> usize {
        MOST_TEXT
    }
}

fn sample_evidence() -> Vec<EvidenceLink> {
    let url = "/desk/evaluasi/2025-2/630000/bukti/7".to_owned();
    let name = "sk-tim-koordinasi.pdf".to_owned();
    vec![EvidenceLink { id: 7, file: FileLink { url, thumb: None, name, kind: FileKind::Pdf, bytes: 412_000 } }]
}

impl Page for EvaluationPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let view = |(n, line): (usize, LineView)| {
            let asked = line.figure.is_none();
            QuestionView {
                id: QUESTION_IDS[n],
                line,
                choices: if asked { sample_choices() } else { vec![] },
                needs_evidence: asked,
                evidence: if asked { sample_evidence() } else { vec![] },
                is_asked: asked,
                pick: "all".into(),
                text: Field::of("Ketua <tim> & \"anggota\" sudah pindah."),
            }
        };
        let deed = |act: &str, office: Option<&str>, text: &str| DeedRow {
            act: act.into(),
            office: office.map(str::to_owned),
            at: sample::moment(14, 10, 0),
            text: text.into(),
        };
        let filling = EvaluationPage {
            w: Words::default(),
            frame: Frame::at("/desk/evaluasi/2025-2/630000", Place::Oversight).seated(sample::seat()),
            base: "/desk/evaluasi/2025-2/630000".into(),
            agency: "Pemerintah Provinsi Kalimantan Selatan".into(),
            period: (2025, 2),
            stage: "draft",
            form: EvaluationForm::Fill,
            key: "kunci".into(),
            seq: 3,
            until: None,
            score: 9_520,
            predicate: "very_good",
            questions: sample_lines().into_iter().enumerate().map(view).collect(),
            deeds: vec![deed("save", Some(sample::LONG_AGENCY), ""), deed("remark", Some("PANRB"), "Mohon <segera>.")],
            may_remark: true,
            may_return: false,
            back: Field::default(),
            remark: Field::default(),
            slips: vec![],
            file_slip: None,
        };
        let wrong = Message::new("evaluation-fault-unanswered").with("n", 1);
        let mut refused = EvaluationPage {
            slips: vec![Slip { field: "q1", message: wrong.clone() }],
            file_slip: Some(Message::new("evidence-film")),
            ..filling.clone()
        };
        refused.questions[0].text.slip = Some(wrong);
        let judging = EvaluationPage {
            stage: "submitted",
            form: EvaluationForm::Judge("verifikasi"),
            may_return: true,
            ..filling.clone()
        };
        let verified = EvaluationPage {
            stage: "verified",
            form: EvaluationForm::Object,
            until: Some(sample::moment(27, 23, 59)),
            ..filling.clone()
        };
        let over = EvaluationPage {
            stage: "final",
            form: EvaluationForm::None,
            deeds: vec![deed("lapse", None, "")],
            may_remark: false,
            ..filling.clone()
        };
        vec![filling, refused, judging, verified, over]
    }
}
