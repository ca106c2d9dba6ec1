//! The `api_key`: a token of an officer who takes reports in.

use super::fault::Fault;
use super::input::Input;
use super::jurisdiction::Jurisdiction;
use crate::state::Web;
use app::Officer;
use domain::policy::brings_reports;
use domain::scope::Scope;

/// Whose key came with a request, and its limits.
pub async fn holder(web: &Web, input: &Input) -> Result<(Officer, Scope), Fault> {
    let key = input.get("api_key").ok_or_else(|| Fault::key("open311-key-missing"))?;
    Ok(web.app.token(key).await?)
}

/// Insists that the key is good for requests of a jurisdiction.
pub fn insist(web: &Web, (officer, scope): &(Officer, Scope), place: &Jurisdiction) -> Result<(), Fault> {
    let agencies = &web.app.reference().rules.agencies;
    match brings_reports(agencies, officer.role, officer.agency, scope, place.agency) {
        true => Ok(()),
        false => Err(Fault::key("open311-key-scope")),
    }
}
