//! How words of the house reach a person.

use crate::text::{Email, Phone, TextError};
use serde::{Deserialize, Serialize};

/// A way from the house to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    Email,
    Sms,
    Whatsapp,
    Telegram,
    X,
}

impl Way {
    pub const ALL: [Way; 5] = [Way::Email, Way::Sms, Way::Whatsapp, Way::Telegram, Way::X];

    /// The name in storage.
    pub fn name(self) -> &'static str {
        match self {
            Way::Email => "email",
            Way::Sms => "sms",
            Way::Whatsapp => "whatsapp",
            Way::Telegram => "telegram",
            Way::X => "x",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Way> {
        Way::ALL.into_iter().find(|way| way.name() == name)
    }

    /// Whether people write by an account of a chat service.
    pub fn is_chat(self) -> bool {
        matches!(self, Way::Whatsapp | Way::Telegram | Way::X)
    }

    /// The name under which somebody is known who writes: an address or a number as it is, an account of a chat
    /// service with the service before it, e.g. `telegram:90210`.
    pub fn sender(self, id: &str) -> String {
        match self.is_chat() {
            true => format!("{}:{id}", self.name()),
            false => id.to_owned(),
        }
    }

    /// The account that is known as a sender, and its service; `None` for an address or a number.
    pub fn of_chat(sender: &str) -> Option<(Way, &str)> {
        let (name, id) = sender.split_once(':')?;
        Way::parse(name).filter(|way| way.is_chat()).map(|way| (way, id))
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

/// The way back to a reporter: an address that was left, which costs nothing, then the chat in which they wrote, then
/// the telephone. `email`, `chat` and `phone` say whether the reporter is reached so. Whoever wrote by chat or short
/// message has left nothing else, unless they asked for letters later.
pub fn back(email: bool, chat: Option<Way>, phone: bool) -> Option<Way> {
    match (email, chat, phone) {
        (true, _, _) => Some(Way::Email),
        (false, Some(chat), _) => Some(chat),
        (false, None, true) => Some(Way::Sms),
        (false, None, false) => None,
    }
}

/// An address of which a stranger who sees it learns nothing: the first four and last three signs.
pub fn masked(contact: &str) -> String {
    let signs: Vec<char> = contact.chars().collect();
    let head: String = signs.iter().take(4).collect();
    let tail: String = signs.iter().skip(signs.len().saturating_sub(3).max(4)).collect();
    format!("{head}••••{tail}")
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
    fn of_a_masked_address_little_is_seen() {
        assert_eq!(masked("6281234567890"), "6281••••890");
        assert_eq!(masked("a@b.id"), "a@b.••••id");
    }

    #[test]
    fn an_answer_goes_the_way_that_was_left() {
        assert_eq!(back(true, Some(Way::Telegram), true), Some(Way::Email));
        assert_eq!(back(false, Some(Way::Whatsapp), true), Some(Way::Whatsapp));
        assert_eq!(back(false, None, true), Some(Way::Sms));
        assert_eq!(back(false, None, false), None);
    }

    #[test]
    fn a_sender_tells_the_chat_service_of_its_account() {
        assert_eq!(Way::of_chat(&Way::Telegram.sender("90210")), Some((Way::Telegram, "90210")));
        assert_eq!(Way::of_chat(&Way::Sms.sender("6281200000000")), None);
        assert_eq!(Way::of_chat("email:x"), None);
    }
}
