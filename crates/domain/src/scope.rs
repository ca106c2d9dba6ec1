//! What an API token may do, at most: chosen verbs, in one office and below it. The seat's own limits stay.

use crate::agency::AgencyTree;
use crate::ids::AgencyId;
use crate::person::Role;

/// What a request does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// Reads reports and lists.
    Read,
    /// Changes something.
    Act,
    /// Takes files of reports out.
    Export,
    /// Brings reports in for people, as a partner system, and follows those.
    Submit,
}

impl Verb {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Verb; 4] = [Verb::Read, Verb::Act, Verb::Export, Verb::Submit];

    /// The name in storage, in forms and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Verb::Read => "read",
            Verb::Act => "act",
            Verb::Export => "export",
            Verb::Submit => "submit",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Verb> {
        Verb::ALL.into_iter().find(|verb| verb.name() == name)
    }
}

/// The limits of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    pub verbs: Vec<Verb>,
    /// Reports of this office and of those below it; all that the seat reaches where there is none.
    pub office: Option<AgencyId>,
}

impl Scope {
    /// Everything that the seat may do; a partner system is let in by name only.
    pub fn whole() -> Scope {
        Scope { verbs: vec![Verb::Read, Verb::Act, Verb::Export], office: None }
    }

    /// Whether a seat may give it away: some verb, and an office within its own reach.
    pub fn fits(&self, agencies: &AgencyTree, role: Role, seat: AgencyId) -> bool {
        let top = match role {
            Role::NationalAdmin | Role::Supervisor => agencies.national(),
            Role::Inspector => agencies.root_of(seat),
            _ => seat,
        };
        let near = self.office.is_none_or(|office| agencies.get(office).is_some() && agencies.within(office, top));
        !self.verbs.is_empty() && near
    }
}
