//! `/desk/masalah/{id}`: one problem, its reports, and what may be done with it.

use super::kin::KinRow;
use super::problem_form::{self, ProblemForm};
use crate::citizen::CauseView;
use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;
use domain::problem::ProblemStatus;
use domain::report::StageKind;
use domain::text::Remark;

/// A report of the problem.
#[derive(Debug, Clone)]
pub struct AttributedRow {
    pub row: KinRow,
    /// Whether this officer may take it out.
    pub may_release: bool,
}

/// The form by which it is told how the problem stands.
#[derive(Debug, Clone, Default)]
pub struct TellForm {
    /// Client key.
    pub key: String,
    pub status: Field,
    pub text: Field,
    pub slips: Vec<Slip>,
}

/// The form by which a report is put into the problem.
#[derive(Debug, Clone, Default)]
pub struct GatherForm {
    /// Client key.
    pub key: String,
    pub code: Field,
}

/// One problem on the desk.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/problem.html")]
pub struct DeskProblemPage {
    pub w: Words,
    pub frame: Frame,
    pub cause: CauseView,
    pub rows: Vec<AttributedRow>,
    pub next: Option<String>,
    /// Client key of the small forms.
    pub key: String,
    /// The version that the officer saw.
    pub seq: u32,
    /// For those who may change it.
    pub edit: Option<ProblemForm>,
    /// For those who may tell how it stands.
    pub tell: Option<TellForm>,
    /// For those who may put reports into it.
    pub gather: Option<GatherForm>,
}

impl DeskProblemPage {
    fn statuses(&self) -> [ProblemStatus; 4] {
        ProblemStatus::ALL
    }

    fn is_chosen(&self, tell: &TellForm, status: &ProblemStatus) -> bool {
        if tell.status.value.is_empty() { *status == self.cause.status } else { tell.status.is(status.name()) }
    }

    fn most(&self) -> usize {
        Remark::MOST
    }
}

impl Page for DeskProblemPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = |n: u64, may_release| AttributedRow {
            row: KinRow {
                code: sample::code(n),
                title: "Jalan rusak di depan SDN Sungai Andai".into(),
                stage: StageKind::Disposed,
                place: "Kota Banjarmasin, Kalimantan Selatan".into(),
                agency: "Dinas PUPR Kota Banjarmasin".into(),
                sent: sample::moment(11, 9, 30),
            },
            may_release,
        };
        let page = DeskProblemPage {
            w: Words::default(),
            frame: Frame::at("/desk/masalah/7", Place::Problems).seated(sample::seat()),
            cause: crate::citizen::sample_cause(),
            rows: vec![row(1, true), row(2, false)],
            next: Some("/desk/masalah/7?before=9".into()),
            key: "0198f3b2c4da".into(),
            seq: 3,
            edit: Some(problem_form::sample("/desk/masalah/7", 3)),
            tell: Some(TellForm { key: "0198f3b2c4db".into(), ..TellForm::default() }),
            gather: Some(GatherForm { key: "0198f3b2c4dc".into(), ..GatherForm::default() }),
        };
        let wrong = Message::new("slip-choice");
        let mut edit = problem_form::sample("/desk/masalah/7", 3);
        edit.slips = vec![Slip { field: "problem-owner", message: wrong.clone() }];
        edit.owner = Field::wrong("", wrong.clone());
        let edited = DeskProblemPage { edit: Some(edit), rows: vec![], next: None, ..page.clone() };
        let told = DeskProblemPage {
            tell: Some(TellForm {
                text: Field::wrong("ok", wrong.clone()),
                slips: vec![Slip { field: "tell-text", message: wrong }],
                ..TellForm::default()
            }),
            gather: Some(GatherForm {
                code: Field::wrong("12", Message::new("slip-number-shape")),
                ..GatherForm::default()
            }),
            ..page.clone()
        };
        let reader = DeskProblemPage { edit: None, tell: None, gather: None, ..page.clone() };
        vec![page, edited, told, reader]
    }
}
