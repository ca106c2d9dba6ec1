//! `/desk/berkas-lomba/{agency}/{year}`: what an agency has to show in the national competition, and what is missing.

use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;
use domain::Code;
use domain::evaluation::{MOST_STORIES, PackPart};

/// A part of the papers.
#[derive(Debug, Clone)]
pub struct PartLine {
    pub part: PackPart,
    /// What is there, in words.
    pub there: Vec<String>,
    /// What is missing, in words.
    pub missing: Vec<String>,
}

/// A success story.
#[derive(Debug, Clone)]
pub struct StoryRow {
    pub code: Code,
    pub title: String,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/competition.html")]
pub struct CompetitionPage {
    pub w: Words,
    pub frame: Frame,
    pub base: String,
    /// Where the papers of the office are kept.
    pub papers: String,
    pub agency: String,
    pub year: i16,
    /// Years beside it, with their addresses.
    pub years: Vec<(i16, String)>,
    pub parts: Vec<PartLine>,
    pub stories: Vec<StoryRow>,
    /// Chosen once, and no stories any more.
    pub gone: usize,
    /// The number of a report, as it was typed.
    pub code: Field,
    pub slips: Vec<Slip>,
}

impl CompetitionPage {
    fn most(&self) -> usize {
        MOST_STORIES
    }

    fn has_room(&self) -> bool {
        self.stories.len() < MOST_STORIES
    }
}

impl Page for CompetitionPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let line = |part, there: &[&str], missing: &[&str]| PartLine {
            part,
            there: there.iter().map(|text| (*text).to_owned()).collect(),
            missing: missing.iter().map(|text| (*text).to_owned()).collect(),
        };
        let typical = CompetitionPage {
            w: Words::default(),
            frame: Frame::at("/desk/berkas-lomba/630000/2025", Place::Oversight).seated(sample::seat()),
            base: "/desk/berkas-lomba/630000/2025".into(),
            papers: "/desk/instansi/630000/berkas".into(),
            agency: sample::LONG_AGENCY.into(),
            year: 2025,
            years: vec![(2024, "/desk/berkas-lomba/630000/2024".into())],
            parts: vec![
                line(PackPart::Decree, &["SK Gubernur Nomor 188.44/0123/KUM/2026"], &[]),
                line(PackPart::Procedure, &[], &["SOP"]),
                line(PackPart::Statistics, &["Semester 1 2025"], &["Semester 2 2025"]),
            ],
            stories: vec![StoryRow { code: sample::code(0), title: sample::LONG.into() }],
            gone: 1,
            code: Field::default(),
            slips: vec![],
        };
        let slip = Message::new("competition-slip-unknown");
        let refused = CompetitionPage {
            stories: vec![],
            gone: 0,
            code: Field::wrong("<123>", slip.clone()),
            slips: vec![Slip { field: "code", message: slip }],
            ..typical.clone()
        };
        vec![typical, refused]
    }
}
