//! `/desk/instansi/{id}/perubahan`: what was changed about an office, by whom and when.

use super::office::{OfficeHead, sample_head};
use crate::components::{Frame, Page, Place, sample};
use crate::words::{Message, Moment, Value, Words};
use askama::Template;

/// One change.
#[derive(Debug, Clone)]
pub struct ChangeRow {
    /// `change-…`: what was changed.
    pub message: Message,
    pub at: Moment,
    /// The officer's name; `None` for whoever runs the system.
    pub by: Option<String>,
}

/// The changes of one office, the latest first.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/changes.html")]
pub struct ChangesPage {
    pub w: Words,
    pub frame: Frame,
    pub head: OfficeHead,
    pub rows: Vec<ChangeRow>,
    pub next: Option<String>,
}

impl Page for ChangesPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let role = || Value::Key("role-liaison_officer".into());
        let row = |message: Message| ChangeRow { message, at: sample::moment(16, 9, 0), by: Some("Ratna".into()) };
        let rows = vec![
            row(Message::new("change-invited").with("role", role())),
            row(Message::new("change-withdrawn").with("role", role())),
            row(Message::new("change-joined").with("name", "Siti Contoh").with("role", role())),
            row(Message::new("change-ended").with("name", "Siti Contoh").with("role", role())),
            row(Message::new("change-closed").with("name", "Siti Contoh")),
            row(Message::new("change-reopened").with("name", "Siti Contoh")),
            ChangeRow { by: None, ..row(Message::new("change-other")) },
        ];
        let typical = ChangesPage {
            w: Words::default(),
            frame: Frame::at("/desk/instansi/630000/perubahan", Place::Elsewhere).seated(sample::seat()),
            head: sample_head("perubahan"),
            rows,
            next: Some("/desk/instansi/630000/perubahan?after=7".into()),
        };
        let empty = ChangesPage { rows: vec![], next: None, ..typical.clone() };
        vec![typical, empty]
    }
}
