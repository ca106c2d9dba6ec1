//! What a report came to at the own system of its agency, on its page.

use super::peer::state_tone;
use crate::components::{Tone, sample};
use crate::words::Moment;
use app::peer::ForwardState;

/// A way of the report.
#[derive(Debug, Clone)]
pub struct PeerWay {
    pub state: ForwardState,
    pub remote: Option<String>,
    pub failure: Option<String>,
    pub at: Moment,
}

impl PeerWay {
    /// The colour of its state.
    pub fn tone(&self) -> Tone {
        state_tone(self.state)
    }
}

/// Something that was said there.
#[derive(Debug, Clone)]
pub struct PeerSaid {
    /// The name of its status, in the words of `locales/`; the note has the one of the other side.
    pub said: Option<String>,
    pub text: Option<String>,
    pub at: Moment,
    /// The note by which it becomes the beginning of an answer, where it may.
    pub answer: Option<u32>,
}

/// All of it.
#[derive(Debug, Clone)]
pub struct PeerCard {
    pub ways: Vec<PeerWay>,
    pub said: Vec<PeerSaid>,
}

/// A report that is there, and what was said of it.
pub(super) fn sample_card() -> PeerCard {
    let way = |state, remote: Option<&str>, failure: Option<&str>| PeerWay {
        state,
        remote: remote.map(str::to_owned),
        failure: failure.map(str::to_owned),
        at: sample::moment(13, 8, 0),
    };
    let said = |said: Option<&str>, text: Option<&str>, answer| PeerSaid {
        said: said.map(str::to_owned),
        text: text.map(str::to_owned),
        at: sample::moment(15, 10, 30),
        answer,
    };
    PeerCard {
        ways: vec![
            way(ForwardState::Linked, Some("A-2026-000123"), None),
            way(ForwardState::Dead, None, Some("403: api_key tidak dikenal")),
        ],
        said: vec![
            said(Some("fixed"), Some("Lubang sudah ditambal pagi ini."), Some(9)),
            said(Some("in_progress"), None, None),
            said(None, Some("Petugas di jalan."), None),
        ],
    }
}
