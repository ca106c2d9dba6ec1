//! New recovery codes, shown once in answer to the form that made them.

use crate::components::{Frame, Page, Place, sample};
use crate::words::Words;
use askama::Template;

/// The codes and the way on.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/codes.html")]
pub struct CodesPage {
    pub w: Words,
    pub frame: Frame,
    pub codes: Vec<String>,
    /// The way on.
    pub next: String,
}

impl Page for CodesPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let code = |n: u32| format!("{n}h7ke-2mp{n}x");
        vec![CodesPage {
            w: Words::default(),
            frame: Frame::at("/desk/akun/keamanan", Place::Elsewhere).seated(sample::seat()),
            codes: (0..10).map(code).collect(),
            next: "/desk/akun/keamanan".to_owned(),
        }]
    }
}
