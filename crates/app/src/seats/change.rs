//! What was changed about an office, as its page tells it.

use crate::{App, Error, Result, seat};
use domain::policy::seats::may_see_changes;
use domain::{AgencyId, Role, UserId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::Tx;
use store::access::{self, OfficeChange};
use store::officer::{self, Officer};

/// A change to the seats of an office. It holds ids, never names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Change {
    Invited {
        role: Role,
    },
    Withdrawn {
        role: Role,
    },
    /// Somebody took a seat.
    Joined {
        officer: UserId,
        role: Role,
    },
    /// A seat ended.
    Ended {
        officer: UserId,
        role: Role,
    },
    /// A deputy was named; the days are both included.
    Deputised {
        officer: UserId,
        of: UserId,
        from: Date,
        to: Date,
    },
    Closed {
        officer: UserId,
    },
    Reopened {
        officer: UserId,
    },
    /// A hand-over of open cases between two offices went a step further: `drafted`, `signed`, `withdrawn`, `done`.
    HandOver {
        hand_over: i64,
        step: String,
        from: AgencyId,
        to: AgencyId,
    },
    /// A second step at login is, or is no longer, asked of a role.
    Demanded {
        role: Role,
        on: bool,
    },
    /// The name, colour or logo that the office shows.
    FaceChanged {
        slug: String,
    },
    FaceDropped {
        slug: String,
    },
    /// A decree or a yearly report came or went.
    PaperAdded {
        paper: i64,
    },
    PaperRemoved {
        paper: i64,
    },
    /// A word before short messages names the office, or does so no longer.
    WordGiven {
        word: String,
    },
    WordTaken {
        word: String,
    },
    /// An endpoint of another system was `added`, `changed`, `renewed`, switched `on` or `off`, or `removed`.
    Webhook {
        webhook: i64,
        step: String,
    },
    /// A token was given to a partner system.
    PartnerLetIn {
        partner: i64,
    },
    /// The own system of the office was connected, or is so no longer.
    PeerChanged {
        address: String,
        on: bool,
    },
    PeerDropped {
        address: String,
    },
}

impl Change {
    fn noun(&self) -> &'static str {
        match self {
            Change::Invited { .. } | Change::Withdrawn { .. } => "invitation",
            Change::Joined { .. } | Change::Ended { .. } | Change::Deputised { .. } => "seat",
            Change::Closed { .. } | Change::Reopened { .. } => "officer",
            Change::HandOver { .. } => "hand_over",
            Change::Demanded { .. } => "factor_demand",
            Change::FaceChanged { .. } | Change::FaceDropped { .. } => "face",
            Change::PaperAdded { .. } | Change::PaperRemoved { .. } => "paper",
            Change::WordGiven { .. } | Change::WordTaken { .. } => "short_code",
            Change::Webhook { .. } => "webhook",
            Change::PartnerLetIn { .. } => "partner",
            Change::PeerChanged { .. } | Change::PeerDropped { .. } => "peer",
        }
    }

    /// The people it speaks of.
    fn people(&self) -> Vec<UserId> {
        match self {
            Change::Joined { officer, .. } | Change::Ended { officer, .. } => vec![*officer],
            Change::Deputised { officer, of, .. } => vec![*officer, *of],
            Change::Closed { officer } | Change::Reopened { officer } => vec![*officer],
            _ => Vec::new(),
        }
    }

    fn noun_id(&self) -> String {
        match self {
            Change::HandOver { hand_over, .. } => hand_over.to_string(),
            Change::PaperAdded { paper } | Change::PaperRemoved { paper } => paper.to_string(),
            Change::FaceChanged { slug } | Change::FaceDropped { slug } => slug.clone(),
            Change::WordGiven { word } | Change::WordTaken { word } => word.clone(),
            Change::Webhook { webhook, .. } => webhook.to_string(),
            Change::PartnerLetIn { partner } => partner.to_string(),
            Change::PeerChanged { address, .. } | Change::PeerDropped { address } => address.clone(),
            other => other.people().first().map(UserId::to_string).unwrap_or_default(),
        }
    }
}

/// A change with who made it.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    pub id: i64,
    pub at: Timestamp,
    /// The name of the officer; `None` for whoever runs the system.
    pub by: Option<String>,
    /// `None` for a change of another kind, which its noun names.
    pub change: Option<Change>,
    pub noun: String,
}

/// Changes, and the names of the people in them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OfficeChanges {
    pub rows: Vec<Changed>,
    pub names: HashMap<UserId, String>,
}

impl App {
    /// What was changed about an office, the latest first, before an id; [`Error::NotFound`] for those who may
    /// not know.
    pub async fn office_changes(
        &self,
        by: &Officer,
        office: AgencyId,
        before: Option<i64>,
        limit: u32,
    ) -> Result<OfficeChanges> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        agencies.get(office).filter(|_| may_see_changes(agencies, &seat(by), office)).ok_or(Error::NotFound)?;
        let mut tx = self.db.read().await?;
        let found = access::list_office_changes(&mut tx, office, before.unwrap_or(i64::MAX), limit.min(100)).await?;
        let changes: Vec<Option<Change>> = found.iter().map(|row| serde_json::from_str(&row.change).ok()).collect();
        let people = changes.iter().flatten().flat_map(Change::people);
        let mut ids: Vec<UserId> = people.chain(found.iter().filter_map(|row| row.by)).collect();
        ids.sort_unstable();
        ids.dedup();
        let names: HashMap<UserId, String> = officer::names(&mut tx, &ids).await?.into_iter().collect();
        let rows = found.into_iter().zip(changes).map(|(row, change)| Changed {
            id: row.id,
            at: row.at,
            by: row.by.and_then(|by| names.get(&by).cloned()),
            change,
            noun: row.noun,
        });
        Ok(OfficeChanges { rows: rows.collect(), names })
    }

    /// Records a change in the transaction that makes it.
    pub(crate) async fn log_seat(
        &self,
        tx: &mut Tx,
        by: Option<UserId>,
        office: AgencyId,
        change: &Change,
    ) -> Result<()> {
        let row = OfficeChange {
            id: self.id(),
            at: self.now(),
            by,
            noun: change.noun().to_owned(),
            noun_id: change.noun_id(),
            change: serde_json::to_string(change).map_err(|error| Error::Broken(error.to_string()))?,
        };
        Ok(access::log_office_change(tx, office, &row).await?)
    }
}
