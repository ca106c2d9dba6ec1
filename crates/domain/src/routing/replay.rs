//! What a set of rules would have suggested for cases that are decided: how much moves, and whether that is closer
//! to what officers decided.

use crate::agency::AgencyTree;
use crate::ids::AgencyId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A case that was decided, and what two sets of rules suggest for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Past {
    /// What the set in force suggests.
    pub present: Option<AgencyId>,
    /// What the draft suggests.
    pub draft: Option<AgencyId>,
    /// Where an officer disposed it first.
    pub first: AgencyId,
    /// Who holds it now, after returns and forwarding.
    pub last: AgencyId,
}

impl Past {
    /// Whether the draft leads elsewhere.
    pub fn moves(&self) -> bool {
        self.present != self.draft
    }
}

/// How often suggestions agree with what officers decided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// The very office that it was disposed to first.
    pub first: u32,
    /// The very office that has it now.
    pub last: u32,
    /// An office of the same parent agency as the one that has it now.
    pub last_root: u32,
}

/// The sum of a replay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replay {
    pub cases: u32,
    pub moved: u32,
    pub present: Agreement,
    pub draft: Agreement,
    /// How many cases would go from one office to another. No office means no suggestion.
    #[serde(with = "pairs")]
    pub matrix: BTreeMap<(Option<AgencyId>, Option<AgencyId>), u32>,
}

impl Replay {
    /// Counts one more case.
    pub fn add(&mut self, agencies: &AgencyTree, past: &Past) {
        self.cases += 1;
        self.present.add(agencies, past.present, past);
        self.draft.add(agencies, past.draft, past);
        if past.moves() {
            self.moved += 1;
            *self.matrix.entry((past.present, past.draft)).or_default() += 1;
        }
    }

    /// The moves from office to office, the most frequent first.
    pub fn moves(&self) -> Vec<(Option<AgencyId>, Option<AgencyId>, u32)> {
        let mut moves: Vec<_> = self.matrix.iter().map(|((from, to), n)| (*from, *to, *n)).collect();
        moves.sort_by_key(|(from, to, n)| (std::cmp::Reverse(*n), *from, *to));
        moves
    }
}

impl Agreement {
    fn add(&mut self, agencies: &AgencyTree, office: Option<AgencyId>, past: &Past) {
        let Some(office) = office else { return };
        self.first += u32::from(office == past.first);
        self.last += u32::from(office == past.last);
        self.last_root += u32::from(agencies.root_of(office) == agencies.root_of(past.last));
    }
}

/// A map with pairs as keys, as a list of rows.
mod pairs {
    use super::{AgencyId, BTreeMap};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    type Map = BTreeMap<(Option<AgencyId>, Option<AgencyId>), u32>;
    type Row = (Option<AgencyId>, Option<AgencyId>, u32);

    pub(super) fn serialize<S: Serializer>(map: &Map, serializer: S) -> Result<S::Ok, S::Error> {
        map.iter().map(|((from, to), n)| (*from, *to, *n)).collect::<Vec<Row>>().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Map, D::Error> {
        let rows = Vec::<Row>::deserialize(deserializer)?;
        Ok(rows.into_iter().map(|(from, to, n)| ((from, to), n)).collect())
    }
}
