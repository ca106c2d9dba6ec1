//! An answer that one person drafts and another one sends (R12), where the office wants it.

use super::Refusal;
use super::command::CommandKind;
use super::stage::AnswerKind;
use crate::ids::UserId;
use crate::person::Role;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A draft that waits for somebody to send it, or was sent back to its author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub author: UserId,
    /// The event whose words and files are the draft.
    pub seq: u32,
    pub at: Timestamp,
    pub kind: AnswerKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned_for: Option<Date>,
    pub evidence: u8,
    /// The event that sent it back to its author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_back: Option<u32>,
}

/// Who approves the answers of an office's liaison officers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approver {
    /// They answer by themselves.
    #[default]
    Nobody,
    /// Admin Instansi.
    Admin,
    /// Another liaison officer, or an admin.
    Colleague,
    /// Pimpinan, or an admin; a sealed report only an admin.
    Leader,
}

impl Approver {
    /// Every choice, in the order of the form.
    pub const ALL: &'static [Approver] = &[Approver::Nobody, Approver::Admin, Approver::Colleague, Approver::Leader];

    /// The name in storage and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Approver::Nobody => "nobody",
            Approver::Admin => "admin",
            Approver::Colleague => "colleague",
            Approver::Leader => "leader",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Approver> {
        Approver::ALL.iter().copied().find(|approver| approver.name() == name)
    }

    /// Whether a role has to propose its answers.
    pub fn binds(self, role: Role) -> bool {
        self != Approver::Nobody && role == Role::LiaisonOfficer
    }

    /// Whether a role sends what others propose.
    pub fn is(self, role: Role) -> bool {
        match self {
            Approver::Nobody | Approver::Colleague => {
                matches!(role, Role::AgencyAdmin | Role::Inspector | Role::LiaisonOfficer)
            }
            Approver::Admin => matches!(role, Role::AgencyAdmin | Role::Inspector),
            Approver::Leader => matches!(role, Role::AgencyAdmin | Role::Inspector | Role::Leader),
        }
    }

    /// Whether the setting of the office lets a role do such a thing.
    pub fn clears(self, role: Option<Role>, kind: CommandKind) -> Result<(), Refusal> {
        let bound = role.is_some_and(|role| self.binds(role));
        let approves = role.is_some_and(|role| self.is(role));
        match kind {
            CommandKind::Answer if bound => Err(Refusal::NeedsApproval),
            CommandKind::ApproveAnswer | CommandKind::SendBackAnswer if !approves => Err(Refusal::NotApprover),
            _ => Ok(()),
        }
    }
}
