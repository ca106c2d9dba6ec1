//! `/masalah/{id}`: a problem as everybody reads it, with its plan, its news and its public reports.

use crate::components::{Card, Frame, Page, Place, Tone, sample};
use crate::words::{Moment, Words};
use askama::Template;
use domain::ProblemId;
use domain::problem::ProblemStatus;
use jiff::civil::Date;

/// A step of the plan.
#[derive(Debug, Clone)]
pub struct CauseStep {
    pub what: String,
    pub until: Option<Date>,
    pub done: bool,
}

/// Something that was told of a problem.
#[derive(Debug, Clone)]
pub struct CauseNews {
    pub status: ProblemStatus,
    pub text: String,
    pub by: String,
    pub at: Moment,
}

/// A problem as everybody reads it.
#[derive(Debug, Clone)]
pub struct CauseView {
    pub id: ProblemId,
    pub title: String,
    pub cause: String,
    pub owner: String,
    pub status: ProblemStatus,
    pub plan: Vec<CauseStep>,
    /// The newest first.
    pub news: Vec<CauseNews>,
    /// How many public reports belong to it.
    pub reports: u32,
    pub since: Date,
}

/// The name of a problem where it is linked to, with its status.
#[derive(Debug, Clone)]
pub struct CauseLink {
    pub id: ProblemId,
    pub title: String,
    pub status: ProblemStatus,
}

/// The page of a problem.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/cause.html")]
pub struct CausePage {
    pub w: Words,
    pub frame: Frame,
    pub cause: CauseView,
    pub reports: Vec<Card>,
    pub next: Option<String>,
}

/// The colour of a status.
pub fn status_tone(status: &ProblemStatus) -> Tone {
    match status {
        ProblemStatus::Known => Tone::Quiet,
        ProblemStatus::Planned => Tone::Calm,
        ProblemStatus::Working => Tone::Wait,
        ProblemStatus::Solved => Tone::Good,
    }
}

/// A problem for samples.
pub fn sample() -> CauseView {
    let news = |status, text: &str| CauseNews {
        status,
        text: text.into(),
        by: "Dinas PUPR Kota Banjarmasin".into(),
        at: sample::moment(16, 8, 0),
    };
    CauseView {
        id: ProblemId(7),
        title: "Jalan Padat Karya rusak sepanjang 1,2 km".into(),
        cause: "Saluran air tersumbat; badan jalan tergenang setiap hujan.".into(),
        owner: "Dinas PUPR Kota Banjarmasin".into(),
        status: ProblemStatus::Working,
        plan: vec![
            CauseStep { what: "Survei ruas".into(), until: Some(sample::today()), done: true },
            CauseStep { what: "Penambalan".into(), until: None, done: false },
        ],
        news: vec![
            news(ProblemStatus::Working, "Penambalan dimulai dari simpang empat."),
            news(ProblemStatus::Planned, "Anggaran disetujui; pekerjaan dijadwalkan."),
        ],
        reports: 12,
        since: sample::today(),
    }
}

/// A link to a problem for samples.
pub fn sample_link() -> CauseLink {
    let cause = sample();
    CauseLink { id: cause.id, title: cause.title, status: cause.status }
}

impl Page for CausePage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let typical = CausePage {
            w: Words::default(),
            frame: Frame::at("/masalah/7", Place::Reports),
            cause: sample(),
            reports: sample::cards(),
            next: Some("/masalah/7?before=9".into()),
        };
        let bare = CauseView { plan: vec![], news: vec![], reports: 0, status: ProblemStatus::Known, ..sample() };
        let solved = CauseView { reports: 1, status: ProblemStatus::Solved, ..sample() };
        vec![
            typical.clone(),
            CausePage { cause: bare, reports: vec![], next: None, ..typical.clone() },
            CausePage { cause: solved, reports: vec![sample::long_card()], next: None, ..typical },
        ]
    }
}
