//! Who tends what comes in by short message.

use crate::agency::AgencyTree;
use crate::person::{Actor, Role};

/// Whether a seat reads and answers messages that the engine did not understand, or that a machine seems to send. They
/// come in from the whole country, so only seats of the national office do.
pub fn tends_messages(agencies: &AgencyTree, actor: &Actor) -> bool {
    let national = actor.agency() == Some(agencies.national());
    national && matches!(actor.role(), Some(Role::Operator | Role::NationalAdmin))
}

/// Whether a seat gives out the words that name offices: there is one list for the whole country.
pub fn keeps_words(role: Role) -> bool {
    role == Role::NationalAdmin
}
