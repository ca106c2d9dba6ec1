//! What the routing rules suggest, with the reasons in words.

use crate::words::Message;
use domain::report::Class;
use domain::routing::Outcome;

/// Why one thing is suggested.
#[derive(Debug, Clone)]
pub struct Reason {
    pub what: Outcome,
    /// What is suggested, where it is a name.
    pub name: Option<String>,
    /// The rule or the fall-back.
    pub because: Message,
    /// The conditions of the rule that hold.
    pub parts: Vec<Message>,
    /// Rules that fit and were not followed.
    pub lost: Vec<Message>,
}

/// A suggestion as an officer reads it. It never disposes by itself.
#[derive(Debug, Clone)]
pub struct SuggestionView {
    pub class: Class,
    pub supervisory: bool,
    pub reasons: Vec<Reason>,
}

/// A suggestion with a rule, a fall-back and one that lost.
pub(super) fn sample() -> SuggestionView {
    let rule = |number: u32| {
        Message::new("because-rule").with("number", number).with("owner", "Admin Nasional").with("version", 3_u32)
    };
    SuggestionView {
        class: Class::Complaint,
        supervisory: false,
        reasons: vec![
            Reason {
                what: Outcome::Class,
                name: None,
                because: Message::new("because-as_reported"),
                parts: vec![],
                lost: vec![],
            },
            Reason {
                what: Outcome::Category,
                name: Some("Jalan berlubang".into()),
                because: rule(5),
                parts: vec![Message::new("rule-part-words").with("words", "“jalan berlubang”")],
                lost: vec![],
            },
            Reason {
                what: Outcome::Office,
                name: Some("Dinas PUPR Kota Banjarmasin".into()),
                because: rule(54),
                parts: vec![
                    Message::new("rule-part-category").with("category", "Pekerjaan Umum dan Penataan Ruang"),
                    Message::new("rule-part-region").with("region", "Kota Banjarmasin"),
                ],
                lost: vec![
                    Message::new("lost-less_specific")
                        .with("number", 12_u32)
                        .with("owner", "Admin Nasional")
                        .with("office", "Dinas Perhubungan Kota Banjarmasin"),
                ],
            },
        ],
    }
}
