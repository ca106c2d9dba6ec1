//! How words of the house reach a person.

use crate::text::{Email, Phone, TextError};
use serde::{Deserialize, Serialize};

/// A way from the house to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    Email,
    Sms,
}

impl Way {
    /// The name in storage.
    pub fn name(self) -> &'static str {
        match self {
            Way::Email => "email",
            Way::Sms => "sms",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Way> {
        [Way::Email, Way::Sms].into_iter().find(|way| way.name() == name)
    }
}

/// Where a person is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    Email(Email),
    Phone(Phone),
}

impl Address {
    /// Reads an e-mail address or a telephone number as people write them.
    pub fn parse(typed: &str) -> Result<Address, TextError> {
        match typed.contains('@') {
            true => Email::parse(typed).map(Address::Email),
            false => Phone::parse(typed).map(Address::Phone),
        }
    }

    /// By which way it is reached.
    pub fn way(&self) -> Way {
        match self {
            Address::Email(_) => Way::Email,
            Address::Phone(_) => Way::Sms,
        }
    }

    /// As it was typed, in one form.
    pub fn as_str(&self) -> &str {
        match self {
            Address::Email(email) => email.as_str(),
            Address::Phone(phone) => phone.as_str(),
        }
    }

    /// The form in which it is an account: the same person writes an address in large letters or in small ones.
    pub fn plain(&self) -> String {
        self.as_str().to_lowercase()
    }
}

/// The way back to a reporter: an address that was left, which costs nothing, before the telephone. `email` and `phone`
/// say whether the reporter is reached so. Whoever wrote by short message has left nothing else.
pub fn back(email: bool, phone: bool) -> Option<Way> {
    match (email, phone) {
        (true, _) => Some(Way::Email),
        (false, true) => Some(Way::Sms),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_a_telephone_number_unless_it_has_a_sign() {
        let read = |typed| Address::parse(typed).map(|address| (address.way(), address.plain()));
        assert_eq!(read("Contoh@Contoh.ID"), Ok((Way::Email, "contoh@contoh.id".into())));
        assert_eq!(read("0812 0000 0000"), Ok((Way::Sms, "6281200000000".into())));
        assert!(read("budi").is_err());
    }

    #[test]
    fn an_answer_goes_the_way_that_was_left() {
        assert_eq!(back(true, true), Some(Way::Email));
        assert_eq!(back(false, true), Some(Way::Sms));
        assert_eq!(back(false, false), None);
    }
}
