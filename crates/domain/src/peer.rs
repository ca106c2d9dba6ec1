//! An agency's own system, to which its reports are forwarded, and what such a system says about them.

use crate::agency::AgencyTree;
use crate::category::CategoryTree;
use crate::ids::{AgencyId, CategoryId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most letters of an address, of a jurisdiction and of a service code.
pub const MOST_ADDRESS: usize = 300;
pub const MOST_WORD: usize = 100;
/// Most service codes of their own that a connection has.
pub const MOST_SERVICES: usize = 500;

/// In which form the other side answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speech {
    /// What the specification asks of everybody.
    #[default]
    Xml,
    Json,
}

impl Speech {
    /// Both, in the order of the form.
    pub const ALL: [Speech; 2] = [Speech::Xml, Speech::Json];

    /// The name in storage, in forms and at the end of addresses.
    pub fn name(self) -> &'static str {
        match self {
            Speech::Xml => "xml",
            Speech::Json => "json",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Speech> {
        Speech::ALL.into_iter().find(|speech| speech.name() == name)
    }
}

/// The connection of an agency to its own system (Open311 GeoReport v2). Its key is kept apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peer {
    /// Reports at this office and below it go there.
    pub agency: AgencyId,
    /// Where its requests are, without the last part: `https://…/open311/v2`.
    pub address: String,
    /// Its `jurisdiction_id`, where it serves several.
    pub jurisdiction: Option<String>,
    pub speech: Speech,
    /// The service code for a category; the nearest one above it counts.
    pub services: BTreeMap<CategoryId, String>,
    /// The service code for all others.
    pub fallback: String,
    pub on: bool,
    /// Whether the words of anonymous reporters go there too; their names never do.
    pub anonymous: bool,
    /// Whether what it says at the end is offered to the officer as an answer.
    pub proposes: bool,
    /// Grows with each change.
    pub edition: u32,
}

/// What stands against a connection, each about one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PeerFault {
    Address,
    /// It leads into the own network, or is not protected.
    Inside,
    Jurisdiction,
    Key,
    Service,
    Services,
}

impl PeerFault {
    /// The name in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            PeerFault::Address => "address",
            PeerFault::Inside => "inside",
            PeerFault::Jurisdiction => "jurisdiction",
            PeerFault::Key => "key",
            PeerFault::Service => "service",
            PeerFault::Services => "services",
        }
    }
}

impl Peer {
    /// What does not fit by itself; where the address leads is for the edge to say.
    pub fn faults(&self) -> Vec<PeerFault> {
        let mut faults = Vec::new();
        let mut insist = |fits: bool, fault: PeerFault| {
            if !fits {
                faults.push(fault);
            }
        };
        insist(is_word(&self.address, MOST_ADDRESS), PeerFault::Address);
        insist(self.jurisdiction.as_deref().is_none_or(|id| is_word(id, MOST_WORD)), PeerFault::Jurisdiction);
        insist(is_text(&self.fallback), PeerFault::Service);
        let services = self.services.len() <= MOST_SERVICES && self.services.values().all(|code| is_text(code));
        insist(services, PeerFault::Services);
        faults
    }

    /// The service code for a category.
    pub fn service(&self, categories: &CategoryTree, category: Option<CategoryId>) -> &str {
        let line = category.into_iter().flat_map(|id| categories.line(id));
        let mut codes = line.filter_map(|id| self.services.get(&id));
        codes.next().unwrap_or(&self.fallback)
    }
}

fn is_word(text: &str, most: usize) -> bool {
    !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// FixMyStreet has names of services for codes, with spaces in them.
fn is_text(text: &str) -> bool {
    let length = text.chars().count();
    (1..=MOST_WORD).contains(&length) && text.trim() == text && !text.chars().any(char::is_control)
}

/// All connections, by their offices.
#[derive(Debug, Clone, Default)]
pub struct Peers(BTreeMap<AgencyId, Peer>);

impl Peers {
    /// These connections.
    pub fn new(all: impl IntoIterator<Item = Peer>) -> Peers {
        Peers(all.into_iter().map(|peer| (peer.agency, peer)).collect())
    }

    /// The connection of an office itself.
    pub fn of(&self, agency: AgencyId) -> Option<&Peer> {
        self.0.get(&agency)
    }

    /// The connection to which a report at an office goes: its own, or the nearest above it.
    pub fn near(&self, agencies: &AgencyTree, office: AgencyId) -> Option<&Peer> {
        if self.0.is_empty() {
            return None;
        }
        agencies.line(office).find_map(|step| self.0.get(&step))
    }

    /// Whether there is none that is switched on.
    pub fn are_silent(&self) -> bool {
        !self.0.values().any(|peer| peer.on)
    }
}

macro_rules! names {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        /// What another system says of a report, in the words of FixMyStreet.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Said { $($variant),+ }

        impl Said {
            /// All of them.
            pub const ALL: &'static [Said] = &[$(Said::$variant),+];

            /// The name in storage and in locale keys.
            pub fn name(self) -> &'static str {
                match self { $(Said::$variant => $name),+ }
            }
        }
    };
}

names! {
    Open = "open", Closed = "closed", Fixed = "fixed", InProgress = "in_progress", Planned = "planned",
    ActionScheduled = "action_scheduled", Investigating = "investigating", Duplicate = "duplicate",
    NotOurs = "not_councils_responsibility", NoFurtherAction = "no_further_action",
    InternalReferral = "internal_referral", Reopen = "reopen", Cancelled = "cancelled", ForTriage = "for_triage",
}

impl Said {
    /// Reads a status, whatever its case, with spaces for underscores where a system writes it so.
    pub fn parse(text: &str) -> Option<Said> {
        let name = text.trim().to_lowercase().replace([' ', '-'], "_");
        Said::ALL.iter().copied().find(|said| said.name() == name)
    }

    /// Whether the other side means that nothing more will come. Here that ends nothing: an officer reads it and answers.
    pub fn ends(self) -> bool {
        matches!(
            self,
            Said::Closed | Said::Fixed | Said::Duplicate | Said::NotOurs | Said::NoFurtherAction | Said::Cancelled
        )
    }
}

/// What another system said as a note: its status, and its text where there is one.
pub fn note(status: &str, text: Option<&str>) -> String {
    let status: String = status.trim().to_uppercase().chars().filter(|sign| !sign.is_control()).take(40).collect();
    match text {
        Some(text) => format!("{status}{BETWEEN}{text}"),
        None => status,
    }
}

/// The text in such a note.
pub fn text_of(note: &str) -> Option<&str> {
    note.split_once(BETWEEN).map(|(_, text)| text.trim()).filter(|text| !text.is_empty())
}

/// Between the status and the text of a note.
const BETWEEN: &str = ": ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_note_is_found_again() {
        assert_eq!(text_of(&note("fixed", Some("Lampu diganti: 3 buah."))), Some("Lampu diganti: 3 buah."));
        assert_eq!(note("In Progress", None), "IN PROGRESS");
        assert_eq!(text_of("OPEN"), None);
    }

    fn peer() -> Peer {
        Peer {
            agency: AgencyId(630_000),
            address: "https://aduan.contoh.go.id/open311/v2".to_owned(),
            jurisdiction: None,
            speech: Speech::Xml,
            services: BTreeMap::new(),
            fallback: "Lain-lain".to_owned(),
            on: true,
            anonymous: false,
            proposes: true,
            edition: 1,
        }
    }

    #[test]
    fn a_status_is_read_however_a_system_writes_it() {
        for (text, said) in [("CLOSED", Said::Closed), ("In progress", Said::InProgress), (" open ", Said::Open)] {
            assert_eq!(Said::parse(text), Some(said), "{text}");
        }
        assert_eq!(Said::parse("selesai"), None);
        assert!(Said::ALL.iter().all(|said| Said::parse(&said.name().to_uppercase()) == Some(*said)));
    }

    #[test]
    fn every_slip_of_a_connection_is_told_at_once() {
        assert_eq!(peer().faults(), []);
        let wrong = Peer {
            address: String::new(),
            jurisdiction: Some("a b".to_owned()),
            fallback: " x".to_owned(),
            services: BTreeMap::from([(CategoryId(8), "\n".to_owned())]),
            ..peer()
        };
        let all = [PeerFault::Address, PeerFault::Jurisdiction, PeerFault::Service, PeerFault::Services];
        assert_eq!(wrong.faults(), all);
    }
}
