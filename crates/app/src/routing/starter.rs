//! The rules with which a new house begins: data of this project, not a published assignment.

use super::table;
use crate::ids::Ids;
use crate::{Error, Result};
use domain::AgencyId;
use domain::routing::SetState;
use jiff::Timestamp;
use store::access::log_change;
use store::routing::{self, SetRow};
use store::{Db, reference};

const RULES: &str = include_str!("../../../../data/routing/rules.csv");
/// The setting that says that the starter rules were laid down once; they are never laid down again.
const SETTING: &str = "routing-starter";
/// The office of the national admin in `data/agency`.
const NATIONAL: AgencyId = AgencyId(1);

/// Puts the starter rules in force for the whole country, once in the life of a database.
pub(crate) async fn install_starter(db: &Db, ids: &Ids, at: Timestamp) -> Result<()> {
    if reference::setting(&mut db.read().await?, SETTING).await?.is_some() {
        return Ok(());
    }
    let rules = table::read(RULES).map_err(|faults| Error::Broken(format!("starter rules: {faults:?}")))?;
    let (id, log) = (ids.next(at), ids.next(at));
    let row = SetRow {
        id,
        owner: NATIONAL,
        version: 1,
        state: SetState::Active,
        seq: 1,
        note: "data/routing".to_owned(),
        made_at: at,
        made_by: None,
        active_at: Some(at),
        key: None,
    };
    db.write(move |tx| {
        Box::pin(async move {
            if routing::list(tx, NATIONAL, 1).await?.is_empty() && routing::insert(tx, &row).await? {
                routing::replace_rules(tx, row.id, &rules).await?;
                log_change(tx, log, at, None, "rule_set", &row.id.to_string(), "{\"starter\":true}").await?;
            }
            Ok::<(), Error>(reference::put_setting(tx, SETTING, "1").await?)
        })
    })
    .await
}
