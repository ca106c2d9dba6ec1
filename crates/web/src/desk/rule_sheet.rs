//! `/desk/aturan/{id}`: one set of routing rules; a draft can be changed here.

use crate::components::{Choice, Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Moment, Words};
use askama::Template;
use domain::report::Class;
use domain::routing::SetState;
use jiff::civil::Date;

/// One rule in words.
#[derive(Debug, Clone)]
pub struct RuleLine {
    pub number: u32,
    pub conditions: Vec<Message>,
    pub outcomes: Vec<Message>,
    pub note: String,
    /// What is wrong with it today.
    pub faults: Vec<Message>,
}

/// The form of a rule; posted with the field names of this struct.
#[derive(Debug, Clone, Default)]
pub struct RuleForm {
    /// The rule that is changed; a new one without it.
    pub number: Option<u32>,
    pub region: Field,
    pub category: Field,
    pub any: Field,
    pub all: Field,
    pub none: Field,
    pub class: Field,
    pub supervisory: bool,
    pub suggested: Field,
    /// `office`, `government`, `unit` or nothing.
    pub target: Field,
    pub office: Field,
    pub unit: Field,
    pub note: Field,
}

/// A trial of the set on past cases.
#[derive(Debug, Clone)]
pub struct ReplayLine {
    pub id: i64,
    pub first_day: Date,
    pub last_day: Date,
    pub begun: Moment,
    pub running: bool,
    pub cases: u32,
    pub moved: u32,
}

/// What is offered while typing.
#[derive(Debug, Clone, Default)]
pub struct RuleChoices {
    /// By code.
    pub regions: Vec<Choice>,
    /// By id.
    pub categories: Vec<Choice>,
    /// By name.
    pub offices: Vec<Choice>,
}

/// One set of rules.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/rule_sheet.html")]
pub struct RuleSheetPage {
    pub w: Words,
    pub frame: Frame,
    pub id: i64,
    pub version: u32,
    pub state: SetState,
    pub seq: u32,
    pub key: String,
    pub rules: Vec<RuleLine>,
    pub form: RuleForm,
    pub slips: Vec<Slip>,
    /// What is wrong with a table that was sent, or with the set that was to be put in force.
    pub faults: Vec<Message>,
    /// The table as it was pasted.
    pub table: String,
    pub choices: RuleChoices,
    pub replays: Vec<ReplayLine>,
    pub first_day: Field,
    pub last_day: Field,
}

impl RuleSheetPage {
    fn is_draft(&self) -> bool {
        self.state == SetState::Draft
    }

    fn is_faulty(&self) -> bool {
        self.rules.iter().any(|rule| !rule.faults.is_empty())
    }

    fn classes(&self) -> &'static [Class] {
        Class::ALL
    }
}

impl Page for RuleSheetPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let draft = RuleSheetPage {
            w: Words::default(),
            frame: Frame::at("/desk/aturan/3", Place::Rules).seated(sample::seat()),
            id: 3,
            version: 3,
            state: SetState::Draft,
            seq: 4,
            key: "0198f3b2c4d8".into(),
            rules: lines(),
            form: RuleForm::default(),
            slips: vec![],
            faults: vec![],
            table: String::new(),
            choices: RuleChoices {
                regions: vec![Choice::new("63.71", "Kota Banjarmasin")],
                categories: sample::categories(),
                offices: sample::agencies(),
            },
            replays: vec![ReplayLine {
                id: 9,
                first_day: sample::today(),
                last_day: sample::today(),
                begun: sample::moment(18, 9, 30),
                running: false,
                cases: 1_204,
                moved: 88,
            }],
            first_day: Field::of("2026-02-18"),
            last_day: Field::of("2026-03-18"),
        };
        let mut refused = draft.clone();
        let wrong = Message::new("rule-fault-no_condition");
        refused.form = RuleForm {
            number: Some(2),
            region: Field::wrong("", wrong.clone()),
            target: Field::of("unit"),
            unit: Field::of("Dishub <Kota>"),
            note: Field::of(sample::LONG),
            ..RuleForm::default()
        };
        refused.slips = vec![Slip { field: "region", message: wrong }];
        let mut table = draft.clone();
        table.faults = vec![Message::new("rule-table-fault").with("line", 3_u32).with("column", "category")];
        table.table = "region,category\n63,xx".into();
        let active = RuleSheetPage { state: SetState::Active, replays: vec![], ..draft.clone() };
        let empty = RuleSheetPage { rules: vec![], replays: vec![], ..draft.clone() };
        vec![draft, refused, table, active, empty]
    }
}

fn lines() -> Vec<RuleLine> {
    let condition = Message::new("rule-part-any").with("words", "“jalan berlubang”, “aspal rusak”");
    vec![
        RuleLine {
            number: 1,
            conditions: vec![condition],
            outcomes: vec![Message::new("rule-part-category").with("category", "Jalan berlubang")],
            note: String::new(),
            faults: vec![],
        },
        RuleLine {
            number: 2,
            conditions: vec![
                Message::new("rule-part-category").with("category", "Perhubungan"),
                Message::new("rule-part-region").with("region", "Kalimantan Selatan"),
            ],
            outcomes: vec![Message::new("rule-to-unit").with("unit", "Dishub")],
            note: "Sesuai SK 12/2026".into(),
            faults: vec![Message::new("rule-fault-office_closed")],
        },
    ]
}
