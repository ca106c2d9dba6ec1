//! Gives a warning to an office, and says what that will do.

use crate::keys::digest;
use crate::{App, Conflict, Error, Result};
use domain::surge::SurgeState;
use domain::text::Remark;
use domain::{Actor, AgencyId, ReportId};
use store::access::log_change;
use store::notice;
use store::surge::{self, Surge, SurgeStep};

/// What may be done to a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SurgeAct {
    /// Another office sees to it from now on; it has not said anything yet.
    Assign { owner: AgencyId, text: Remark },
    /// Its owner knows, and says what will be done. Said again, it adds to what was said.
    Acknowledge { text: Remark },
}

impl App {
    /// Does something to a warning of which the officer has seen version `seq`. The same key does it once.
    pub async fn act_on_surge(&self, by: &Actor, id: i64, seen: u32, key: &str, act: SurgeAct) -> Result<()> {
        let view = self.surge(by, id).await?;
        let (user, agency) = by.user().zip(by.agency()).ok_or(Error::Denied)?;
        let (owner, state, text) = match act {
            SurgeAct::Assign { owner, text } if view.owners.contains(&owner) => (Some(owner), SurgeState::Raised, text),
            SurgeAct::Acknowledge { text } if view.may_answer => (None, SurgeState::Acknowledged, text),
            _ => return Err(Error::Denied),
        };
        let now = self.now();
        let step = SurgeStep { at: now, officer: user, agency, owner, body: text.as_str().to_owned() };
        let moved = Surge { owner: owner.unwrap_or(view.surge.owner), state, changed_at: now, seq: seen, ..view.surge };
        let (app, key, was) = (self.clone(), digest(&format!("{user}:surge:{id}:{key}")), view.surge.seq);
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    if !surge::add_step(tx, app.id(), id, &step, &key).await? {
                        return Ok(());
                    }
                    if !surge::change(tx, &moved).await? {
                        return Err(Error::Conflict(Conflict::Stale { seq: was }));
                    }
                    if let Some(owner) = step.owner {
                        let data = format!("{{\"surge\":{id}}}");
                        notice::insert(tx, app.id(), owner, ReportId(0), "surge_raised", &data, now).await?;
                    }
                    let log = format!("{{\"state\":\"{}\"}}", state.name());
                    Ok::<(), Error>(log_change(tx, app.id(), now, Some(user), "surge", &id.to_string(), &log).await?)
                })
            })
            .await
    }
}
