//! `/desk/instansi/{id}/sistem`: the own system of an office, and the reports that went there.

use super::office::{OfficeHead, sample_head};
use crate::components::{Choice, Field, Frame, Page, Place, Slip, Tone, sample};
use crate::words::{Message, Moment, Words};
use app::peer::ForwardState;
use askama::Template;
use domain::Code;
use domain::peer::{MOST_ADDRESS, MOST_WORD, Speech};

/// The form of a connection, posted with the field names of this struct.
#[derive(Debug, Clone, Default)]
pub struct PeerForm {
    /// The edition that was seen; 0 for a new connection.
    pub edition: u32,
    pub address: Field,
    pub jurisdiction: Field,
    /// Never carries a value back.
    pub key: Field,
    pub speech: Field,
    pub fallback: Field,
    /// A line for each category: its name, an equals sign, the code there.
    pub services: Field,
    pub on: bool,
    pub anonymous: bool,
    pub proposes: bool,
}

/// A report on its way.
#[derive(Debug, Clone)]
pub struct WayRow {
    pub id: i64,
    pub code: Code,
    pub state: ForwardState,
    pub remote: Option<String>,
    pub failure: Option<String>,
    pub at: Moment,
}

impl WayRow {
    /// The colour of its state.
    pub fn tone(&self) -> Tone {
        state_tone(self.state)
    }
}

/// The colour of a state.
pub(super) fn state_tone(state: ForwardState) -> Tone {
    match state {
        ForwardState::Linked => Tone::Good,
        ForwardState::Waiting | ForwardState::Token => Tone::Wait,
        ForwardState::Dead => Tone::Bad,
        ForwardState::Withheld | ForwardState::Past => Tone::Quiet,
    }
}

/// The connection of one office.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/peer.html")]
pub struct PeerPage {
    pub w: Words,
    pub frame: Frame,
    pub head: OfficeHead,
    pub form: PeerForm,
    pub slips: Vec<Slip>,
    /// Whether there is a connection.
    pub there: bool,
    /// Those that wait for a person, and the latest.
    pub dead: Vec<WayRow>,
    pub latest: Vec<WayRow>,
    pub followed: Option<Moment>,
    pub failure: Option<String>,
}

impl PeerPage {
    fn speeches(&self) -> Vec<Choice> {
        Speech::ALL.iter().map(|speech| Choice::new(speech.name(), speech.name().to_uppercase())).collect()
    }

    fn most_address(&self) -> String {
        format!("required maxlength=\"{MOST_ADDRESS}\" autocomplete=\"off\" spellcheck=\"false\"")
    }

    fn most_word(&self) -> String {
        format!("maxlength=\"{MOST_WORD}\" autocomplete=\"off\" spellcheck=\"false\"")
    }
}

impl Page for PeerPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let none = PeerPage {
            w: Words::default(),
            frame: Frame::at("/desk/instansi/630000/sistem", Place::Elsewhere).seated(sample::seat()),
            head: sample_head("sistem"),
            form: PeerForm { proposes: true, on: true, ..PeerForm::default() },
            slips: vec![],
            there: false,
            dead: vec![],
            latest: vec![],
            followed: None,
            failure: None,
        };
        let form = PeerForm {
            edition: 3,
            address: Field::of("https://aduan.contoh.go.id/open311/v2"),
            jurisdiction: Field::of("contoh.go.id"),
            speech: Field::of("json"),
            fallback: Field::of("Lain-lain"),
            services: Field::of("Jalan rusak = 0302\nBanjir = 0407"),
            on: true,
            proposes: true,
            ..PeerForm::default()
        };
        let row = |n: u64, state, failure: Option<&str>| WayRow {
            id: 7,
            code: sample::code(n),
            state,
            remote: (state == ForwardState::Linked).then(|| "A-2026-000123".into()),
            failure: failure.map(str::to_owned),
            at: sample::moment(18, 8, 0),
        };
        let there = PeerPage {
            form: form.clone(),
            there: true,
            dead: vec![row(1, ForwardState::Dead, Some("400: service_code 0302 tidak dikenal"))],
            latest: ForwardState::ALL.iter().zip(1..).map(|(state, n)| row(n, *state, None)).collect(),
            followed: Some(sample::moment(18, 9, 0)),
            failure: Some("no connection".into()),
            ..none.clone()
        };
        let inside = Message::new("peer-fault-inside");
        let refused = PeerPage {
            form: PeerForm { address: Field::wrong("http://10.0.0.1/open311", inside.clone()), ..form },
            slips: vec![Slip { field: "address", message: inside }],
            failure: None,
            ..there.clone()
        };
        vec![none, there, refused]
    }
}
