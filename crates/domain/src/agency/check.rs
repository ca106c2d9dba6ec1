//! Whether the tree may be changed so.

use super::{Agency, AgencyKind, AgencyTree};
use jiff::civil::Date;

/// Most characters of a name.
const MOST_LETTERS: usize = 200;
/// Most other names of one office.
const MOST_ALIASES: usize = 30;

/// What is wrong with an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AgencyFault {
    /// Without a name or a short name, or with one that is too long.
    Name,
    /// Another office that is there has this name.
    NameTaken,
    /// No such office above, or it is closed.
    Parent,
    /// It would stand below itself.
    Loop,
    /// The last day lies before the first one.
    Dates,
    /// Offices below it are still there.
    Children,
    /// Reports are still open there; they go elsewhere first.
    OpenReports,
    /// The national office is neither made, moved nor closed.
    National,
}

impl AgencyFault {
    /// All faults.
    pub const ALL: [AgencyFault; 8] = [
        AgencyFault::Name,
        AgencyFault::NameTaken,
        AgencyFault::Parent,
        AgencyFault::Loop,
        AgencyFault::Dates,
        AgencyFault::Children,
        AgencyFault::OpenReports,
        AgencyFault::National,
    ];

    /// The name in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            AgencyFault::Name => "name",
            AgencyFault::NameTaken => "name_taken",
            AgencyFault::Parent => "parent",
            AgencyFault::Loop => "loop",
            AgencyFault::Dates => "dates",
            AgencyFault::Children => "children",
            AgencyFault::OpenReports => "open_reports",
            AgencyFault::National => "national",
        }
    }
}

/// What stands against adding an office, or changing the one of its id, on a day. Whether reports are open there is
/// for the caller to see.
pub fn check(tree: &AgencyTree, new: &Agency, on: Date) -> Vec<AgencyFault> {
    let was = tree.get(new.id);
    let national = new.id == tree.national();
    let moved = was.is_some_and(|was| was.parent != new.parent);
    let good = |name: &str| !name.trim().is_empty() && name.chars().count() <= MOST_LETTERS;
    let kind_kept = (new.kind == AgencyKind::National) == national;
    let parent = new.parent.and_then(|parent| tree.get(parent));
    let parent_there =
        parent.is_some_and(|parent| parent.is_active(on) || !new.is_active(on) || !moved && was.is_some());
    let child_left = |child: &Agency| child.active_to.is_none_or(|to| new.active_to.is_some_and(|end| to > end));
    let named = good(&new.name) && good(&new.short) && new.aliases.iter().all(|alias| good(alias));
    let checks = [
        (!kind_kept || (national && (moved || new.active_to.is_some())), AgencyFault::National),
        (!named || new.aliases.len() > MOST_ALIASES, AgencyFault::Name),
        (new.is_active(on) && is_taken(tree, new, on), AgencyFault::NameTaken),
        (!national && !parent_there, AgencyFault::Parent),
        (was.is_some() && new.parent.is_some_and(|parent| tree.within(parent, new.id)), AgencyFault::Loop),
        (matches!((new.active_from, new.active_to), (Some(from), Some(to)) if to < from), AgencyFault::Dates),
        (new.active_to.is_some() && tree.children(new.id).any(child_left), AgencyFault::Children),
    ];
    checks.into_iter().filter(|(wrong, _)| *wrong).map(|(_, fault)| fault).collect()
}

/// Whether another office that is there on the day has the same name.
fn is_taken(tree: &AgencyTree, new: &Agency, on: Date) -> bool {
    let name = new.name.trim().to_lowercase();
    let others = tree.iter().filter(|agency| agency.id != new.id && agency.is_active(on));
    others.map(|agency| agency.name.to_lowercase()).any(|known| known == name)
}
