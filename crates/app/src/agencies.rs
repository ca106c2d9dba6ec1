//! Changing the tree of offices while the system runs.

use crate::reference::announce;
use crate::{App, Conflict, Error, Result};
use domain::agency::{Agency, AgencyFault, AgencyTree, check};
use domain::policy::edits_office;
use domain::time::Zone;
use domain::{Actor, AgencyId, Role};
use store::access::log_change;
use store::{Tx, reference, report};

/// The id of an office that is to be made.
const NEW: AgencyId = AgencyId(0);

/// An office as it is now, or what stands against the change.
pub type Edited = std::result::Result<Agency, Vec<AgencyFault>>;

impl App {
    /// Adds an office (where `wanted.id` is 0) or changes one. `edition` is the one that the editor saw.
    ///
    /// The national admin changes every office, the admin of an agency those below the own one; how an agency is
    /// connected is for the national admin. Closing an office, or moving it to another parent agency, is refused
    /// while reports are open there. Recorded in the change log; all processes follow.
    pub async fn put_office(&self, by: &Actor, wanted: Agency, edition: u32, key: &str) -> Result<Edited> {
        let (app, by, key) = (self.clone(), *by, key.to_owned());
        let write = self.db.write(move |tx| {
            let (app, wanted, key) = (app.clone(), wanted.clone(), key.clone());
            Box::pin(async move { app.place_office(tx, &by, wanted, edition, &key).await })
        });
        let done = write.await?;
        self.reload_reference().await?;
        Ok(done)
    }

    async fn place_office(&self, tx: &mut Tx, by: &Actor, wanted: Agency, edition: u32, key: &str) -> Result<Edited> {
        let tree = AgencyTree::new(reference::agencies(tx).await?);
        let id = if wanted.id == NEW { AgencyId(key_id("office", key)) } else { wanted.id };
        let was = tree.get(id).cloned();
        if let Some(made) = was.clone().filter(|_| wanted.id == NEW) {
            return Ok(Ok(made));
        }
        let new = merged(by, &tree, was.as_ref(), Agency { id, ..wanted })?;
        if let Some(was) = &was {
            let same = Agency { edition: was.edition, ..new.clone() };
            if same == *was {
                return Ok(Ok(same));
            }
            if was.edition != edition {
                return Err(Error::Conflict(Conflict::Stale { seq: was.edition }));
            }
        }
        let mut faults = check(&tree, &new, Zone::Wib.day(self.now()));
        if faults.is_empty() && self.would_strand(tx, &tree, was.as_ref(), &new).await? {
            faults.push(AgencyFault::OpenReports);
        }
        if !faults.is_empty() {
            return Ok(Err(faults));
        }
        self.write_office(tx, by, was.as_ref(), &new).await?;
        Ok(Ok(new))
    }

    /// Whether open reports would lie with an office that is closed, or under another parent agency than the one
    /// that answers for them.
    async fn would_strand(&self, tx: &mut Tx, tree: &AgencyTree, was: Option<&Agency>, new: &Agency) -> Result<bool> {
        let Some(was) = was else { return Ok(false) };
        let today = Zone::Wib.day(self.now());
        let closes = was.is_active(today) && !new.is_active(today);
        let leaves = was.parent != new.parent
            && new.parent.map(|parent| tree.root_of(parent)) != was.parent.map(|parent| tree.root_of(parent));
        if !closes && !leaves {
            return Ok(false);
        }
        let below = tree.iter().map(|agency| agency.id).filter(|id| tree.within(*id, new.id));
        Ok(report::is_open_at(tx, &below.collect::<Vec<_>>()).await?)
    }

    async fn write_office(&self, tx: &mut Tx, by: &Actor, was: Option<&Agency>, new: &Agency) -> Result<()> {
        reference::edit_agency(tx, new, self.now()).await?;
        let change = serde_json::json!({ "was": was, "is": new }).to_string();
        log_change(tx, self.id(), self.now(), by.user(), "agency", &new.id.to_string(), &change).await?;
        announce(tx, self.id()).await
    }
}

/// The wish, as far as this seat may have it.
fn merged(by: &Actor, tree: &AgencyTree, was: Option<&Agency>, wanted: Agency) -> Result<Agency> {
    let national = by.role() == Some(Role::NationalAdmin);
    let above = |id: Option<AgencyId>| id.map_or(national, |id| edits_office(tree, by, id, false));
    let allowed = match was {
        Some(was) => edits_office(tree, by, was.id, true) && (was.parent == wanted.parent || above(wanted.parent)),
        None => above(wanted.parent),
    };
    if !allowed {
        return Err(Error::Denied);
    }
    let connection = match national {
        true => wanted.connection,
        false => was.map_or_else(Default::default, |was| was.connection),
    };
    Ok(Agency { connection, edition: was.map_or(1, |was| was.edition + 1), ..wanted })
}

/// The id of what is made under a client's key: the same key makes the same thing once.
pub(crate) fn key_id(noun: &str, key: &str) -> i64 {
    let digest = crate::keys::digest(&format!("{noun}:{key}"));
    let number = i64::from_str_radix(digest.get(..12).unwrap_or("0"), 16).unwrap_or(0);
    // Behind the ids of the embedded table, which have seven digits.
    10_000_000 + number
}
