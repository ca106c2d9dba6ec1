//! Who tends what comes in by short message.

use crate::person::Role;

/// Whether a seat reads and answers messages that the engine did not understand, or that a machine seems to send.
pub fn tends_messages(role: Role) -> bool {
    matches!(role, Role::Operator | Role::NationalAdmin)
}

/// Whether a seat gives out the words that name offices: there is one list for the whole country.
pub fn keeps_words(role: Role) -> bool {
    role == Role::NationalAdmin
}
