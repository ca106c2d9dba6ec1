//! The parts of supporting units on the page of a report, and the forms about them.

use crate::components::{Clock, ClockState, FileLink, sample};
use crate::words::Message;
use domain::Code;
use domain::report::{MOST_PARTS, ReturnReason};
use std::collections::HashMap;

/// A part as the lead, or its unit, sees it.
#[derive(Debug, Clone)]
pub struct PartRow {
    pub number: u8,
    /// The supporting unit.
    pub office: String,
    pub compulsory: bool,
    /// `open`, `answered`, `returned` or `withdrawn`; the key `part-state-…`.
    pub state: &'static str,
    pub task: Option<String>,
    pub answer: Option<String>,
    pub files: Vec<FileLink>,
    pub clock: Option<Clock>,
    /// The viewer answers it, or gives it back.
    pub can_answer: bool,
    /// The viewer may do without it.
    pub can_withdraw: bool,
}

/// All parts of one report for one officer.
///
/// Field names: `unit-N, task-N, day-N, spare-N` (bagian, and beside a disposition), `opened`; `part, text, files`
/// (bagian-jawaban), `part, reason, text` (bagian-pengembalian), `part, text` (bagian-penarikan).
#[derive(Debug, Clone)]
pub struct PartsView {
    pub code: Code,
    pub key: String,
    pub seq: u32,
    pub rows: Vec<PartRow>,
    /// The viewer may ask other units now.
    pub can_ask: bool,
    /// The viewer may ask them along with a disposition.
    pub can_split: bool,
    /// Units that may be asked, by name.
    pub units: Vec<String>,
    /// The report is sealed; a unit reads it only where that is ticked.
    pub sealed: bool,
    /// There are answers of units to put together.
    pub can_compose: bool,
    /// Why a form about a part came back, and what had been typed.
    pub refused: Option<Message>,
    pub typed: HashMap<String, Vec<String>>,
}

impl PartsView {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && !self.can_ask
    }

    /// Numbers of the rows of a form.
    pub fn slots(&self) -> std::ops::RangeInclusive<usize> {
        1..=MOST_PARTS
    }

    /// What was typed into a field of a form that came back.
    pub fn text(&self, field: &str) -> &str {
        self.typed.get(field).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// What was typed into a field of a numbered row.
    pub fn slot(&self, field: &str, slot: impl std::borrow::Borrow<usize>) -> &str {
        self.text(&format!("{field}-{}", slot.borrow()))
    }

    pub(super) fn return_reasons(&self) -> &'static [ReturnReason] {
        ReturnReason::ALL
    }

    pub(super) fn most(&self) -> usize {
        domain::text::Body::MOST
    }

    pub(super) fn most_remark(&self) -> usize {
        domain::text::Remark::MOST
    }

    /// Names of the units for whose compulsory part the viewer, who leads, has to wait.
    pub fn awaited(&self) -> Option<String> {
        let open = self.rows.iter().filter(|row| row.compulsory && row.can_withdraw);
        let names: Vec<&str> = open.map(|row| row.office.as_str()).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }
}

/// The parts of a sample report.
pub(super) fn sample(rows: Vec<PartRow>, can_ask: bool) -> PartsView {
    PartsView {
        code: sample::code(0),
        key: "0198f3b2c4d7".into(),
        seq: 7,
        can_compose: rows.iter().any(|row| row.answer.is_some()),
        rows,
        can_ask,
        can_split: can_ask,
        units: sample::agencies().into_iter().map(|choice| choice.label).collect(),
        sealed: false,
        refused: None,
        typed: HashMap::new(),
    }
}

/// Sample parts in every state.
pub(super) fn sample_rows() -> Vec<PartRow> {
    let row = |number: u8, state: &'static str| PartRow {
        number,
        office: "Dinas Perhubungan Kota Banjarmasin".into(),
        compulsory: number < 3,
        state,
        task: Some("Mohon atur lalu lintas selama penambalan dan pasang rambu sementara.".into()),
        answer: (state == "answered").then(|| "Rambu terpasang sejak Senin; arus dialihkan lewat Jl. Cemara.".into()),
        files: Vec::new(),
        clock: (state == "open").then(|| sample::clock(ClockState::Soon)),
        can_answer: number == 1,
        can_withdraw: number == 1,
    };
    vec![row(1, "open"), row(2, "answered"), row(3, "returned"), row(4, "withdrawn")]
}
