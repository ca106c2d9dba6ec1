//! `/statistik/evaluasi/{semester}/{office}`: what came of the evaluation of an agency, with its whole working.

use super::FigureRow;
use super::evaluations::{ResultRow, sample_result};
use crate::components::{Frame, Page, Place, Tone, sample};
use crate::words::{Lang, Moment, Words};
use askama::Template;
use domain::evaluation::{Choice, Form, Line, Predicate, Question, Reason, Told, Verdict};
use domain::measure::Measure;
use std::borrow::Borrow;

/// A text of a form in the reader's language.
pub fn say(words: &Words, told: &Told) -> String {
    match words.lang() {
        Lang::Id => told.id.clone(),
        Lang::En => told.en.clone(),
    }
}

/// The colour of a predicate.
pub fn predicate_tone(predicate: impl Borrow<Predicate>) -> Tone {
    match predicate.borrow() {
        Predicate::VeryGood | Predicate::Good => Tone::Good,
        Predicate::Fair => Tone::Wait,
        Predicate::Poor => Tone::Bad,
    }
}

/// A verdict or a decision as it is told.
#[derive(Debug, Clone)]
pub struct JudgedView {
    pub choice: Told,
    pub reason: String,
}

/// A question with all that was made of its answer.
#[derive(Debug, Clone)]
pub struct LineView {
    pub code: String,
    pub section: Told,
    /// Whether it is the first of its section.
    pub opens: bool,
    pub ask: Told,
    pub weight: u32,
    pub points: Option<u32>,
    /// The name of a [`Reason`].
    pub reason: &'static str,
    pub claimed: Option<Told>,
    pub note: String,
    pub verdict: Option<JudgedView>,
    pub objection: Option<String>,
    pub decision: Option<JudgedView>,
    pub figure: Option<FigureRow>,
}

impl LineView {
    /// All lines of a working, in the words of its form.
    pub fn all(form: &Form, lines: &[Line]) -> Vec<LineView> {
        let mut before = "";
        let view = |line: &Line| {
            let (section, question) = form.questions().find(|(_, question)| question.code == line.question)?;
            let opens = before != section.code;
            before = &section.code;
            Some(LineView::of(line, &section.told, question, opens))
        };
        lines.iter().filter_map(view).collect()
    }

    fn of(line: &Line, section: &Told, question: &Question, opens: bool) -> LineView {
        let told = |code: &str| question.choice(code).map(|choice| choice.told.clone());
        let judged =
            |verdict: &Verdict| Some(JudgedView { choice: told(&verdict.choice)?, reason: verdict.reason.clone() });
        let answer = line.answer.clone().unwrap_or_default();
        LineView {
            code: line.question.clone(),
            section: section.clone(),
            opens,
            ask: question.ask.clone(),
            weight: line.weight,
            points: line.points,
            reason: line.reason.name(),
            claimed: answer.choice.as_deref().and_then(told),
            note: answer.note,
            verdict: answer.verdict.as_ref().and_then(judged),
            objection: answer.objection,
            decision: answer.decision.as_ref().and_then(judged),
            figure: line.figure.as_ref().map(|reading| FigureRow::of(reading, String::new())),
        }
    }

    /// Its weight, its points and why.
    pub fn told(&self, w: &Words) -> String {
        let reason = w.of("evaluation-reason", self.reason);
        let weight = w.n("evaluation-weight", self.weight);
        match self.points {
            Some(points) => format!("{weight} · {} · {reason}", w.n("evaluation-points", points)),
            None => format!("{weight} · {reason}"),
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/evaluation.html")]
pub struct EvaluationResultPage {
    pub w: Words,
    pub frame: Frame,
    pub semester: String,
    /// Year and half.
    pub period: (i16, u8),
    pub row: ResultRow,
    /// The name of a [`domain::evaluation::Closing`].
    pub how: &'static str,
    pub closed: Moment,
    /// Versions of the form and of the formula.
    pub form: u16,
    pub formula: u16,
    /// The weights that count, together.
    pub counted: u32,
    pub frozen: Moment,
    pub lines: Vec<LineView>,
    /// In hexadecimal, as the two after it.
    pub digest: String,
    pub signature: String,
    pub signer: String,
}

impl EvaluationResultPage {
    fn period_told(&self) -> String {
        super::evaluations::period_told(&self.w, self.period)
    }

    fn base(&self) -> String {
        format!("/statistik/evaluasi/{}/{}", self.semester, self.row.office)
    }

    fn made(&self) -> String {
        let args = [
            ("form", i64::from(self.form).into()),
            ("formula", i64::from(self.formula).into()),
            ("counted", i64::from(self.counted).into()),
        ];
        self.w.with("evaluation-made", &args)
    }
}

/// Lines for samples: one that was corrected and objected to, one that was read, one that does not count.
pub(crate) fn sample_lines() -> Vec<LineView> {
    let told = |id: &str, en: &str| Told { id: id.into(), en: en.into() };
    let decree = LineView {
        code: "decree".into(),
        section: told("Kebijakan", "Policy"),
        opens: true,
        ask: told("Apakah ada surat keputusan tentang pengelola pengaduan?", "Is there a decree on complaints?"),
        weight: 8,
        points: Some(40),
        reason: Reason::Upheld.name(),
        claimed: Some(told("Ada, sampai ke semua unit", "Yes, for all units")),
        note: "SK Nomor 5 <Tahun> 2025".into(),
        verdict: Some(JudgedView {
            choice: told("Ada, tetapi susunannya sudah tidak sesuai", "Yes, but its members have changed"),
            reason: "Ketua tim sudah pindah.".into(),
        }),
        objection: Some("SK baru terbit pada Desember & berlaku.".into()),
        decision: Some(JudgedView {
            choice: told("Ada, tetapi susunannya sudah tidak sesuai", "Yes, but its members have changed"),
            reason: sample::LONG.into(),
        }),
        figure: None,
    };
    let figure = |measure, hundredths, denominator| FigureRow {
        measure,
        hundredths,
        numerator: 522,
        denominator,
        list: String::new(),
    };
    let bare = LineView {
        claimed: None,
        note: String::new(),
        verdict: None,
        objection: None,
        decision: None,
        ..decree.clone()
    };
    let completion = LineView {
        code: "completion".into(),
        section: told("Pemanfaatan kanal", "Use of channels"),
        ask: told("Persentase penyelesaian pada semester ini", "Share of reports finished in this half year"),
        weight: 10,
        points: Some(100),
        reason: Reason::Figure.name(),
        figure: Some(figure(Measure::Completion, Some(9_578), 545)),
        ..bare.clone()
    };
    let rating = LineView {
        code: "rating".into(),
        opens: false,
        ask: told("Penilaian rata-rata pelapor", "Mean rating by reporters"),
        weight: 5,
        points: None,
        reason: Reason::TooFew.name(),
        figure: Some(figure(Measure::Rating, Some(450), 3)),
        ..completion.clone()
    };
    vec![decree, completion, rating]
}

/// Choices for samples.
pub(crate) fn sample_choices() -> Vec<Choice> {
    let choice = |code: &str, id: &str, en: &str, points| Choice {
        code: code.into(),
        told: Told { id: id.into(), en: en.into() },
        points,
    };
    vec![
        choice("none", "Belum ada", "Not yet", 0),
        choice("outdated", "Ada, tetapi susunannya sudah tidak sesuai", "Yes, but its members have changed", 40),
        choice("all", "Ada, sampai ke semua unit", "Yes, for all units", 100),
    ]
}

impl Page for EvaluationResultPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let typical = EvaluationResultPage {
            w: Words::default(),
            frame: Frame::at("/statistik/evaluasi/2021-1/630000", Place::Statistics),
            semester: "2021-1".into(),
            period: (2021, 1),
            row: sample_result(Predicate::VeryGood),
            how: "decided",
            closed: sample::moment(20, 9, 0),
            form: 1,
            formula: 1,
            counted: 95,
            frozen: sample::moment(9, 8, 0),
            lines: sample_lines(),
            digest: "0123456789abcdef".repeat(4),
            signature: "0123456789abcdef".repeat(8),
            signer: "0123456789abcdef".repeat(4),
        };
        let poor = EvaluationResultPage {
            row: sample_result(Predicate::Poor),
            how: "lapsed",
            counted: 65,
            lines: vec![],
            ..typical.clone()
        };
        vec![typical, poor]
    }
}
