//! What a form proposes before anybody types: the office and the place of a face, of a seat or of a sign.

use super::form::url_pairs;
use super::shape;
use super::visit::Visit;
use crate::citizen::ReportForm;
use crate::components::Field;
use app::MOST_PLACE;
use app::reference::Reference;
use domain::time::Zone;
use domain::{AgencyId, RegionCode};

/// The names of what a sign says in its address.
pub(super) const OFFICE: &str = "instansi";
pub(super) const REGION: &str = "wilayah";
pub(super) const PLACE: &str = "tempat";

/// What an office proposes: itself, and the place where it governs.
pub(super) fn proposed(visit: &Visit, id: AgencyId) -> ReportForm {
    let reference = visit.web.app.reference();
    let region = reference.rules.agencies.get(id).and_then(|agency| agency.region.clone());
    let name = shape::active_name(&reference, id, Zone::Wib.day(visit.web.app.now()));
    within(region, ReportForm { agency: Field::of(&name.unwrap_or_default()), ..ReportForm::default() })
}

/// What the address of a sign says, over what was proposed before; what it says wrongly is passed over.
pub(super) fn by_sign(visit: &Visit, proposed: ReportForm) -> ReportForm {
    let query = visit.path.split_once('?').map_or("", |(_, query)| query);
    let pairs = url_pairs(query.as_bytes());
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim().to_owned());
    let reference = visit.web.app.reference();
    let id = value(OFFICE).and_then(|id| id.parse().ok()).map(AgencyId);
    let office = id.and_then(|id| shape::active_name(&reference, id, Zone::Wib.day(visit.web.app.now())).map(|_| id));
    let region = value(REGION).and_then(|typed| known(&reference, &typed));
    let place = value(PLACE).map(|typed| plain(&typed)).filter(|place| !place.is_empty());
    if office.is_none() && region.is_none() && place.is_none() {
        return proposed;
    }
    let form = office.map_or(proposed, |id| self::proposed(visit, id));
    let form = if region.is_some() { within(region, form) } else { form };
    let address = place.map_or(form.address.clone(), |place| Field::of(&place));
    ReportForm { address, given: true, ..form }
}

/// A region that can be chosen on the form, as deep as a regency or city.
pub(super) fn known(reference: &Reference, typed: &str) -> Option<RegionCode> {
    let code = RegionCode::parse(typed)?;
    let code = code.regency().unwrap_or(code);
    reference.regions.name(&code).is_some().then_some(code)
}

/// A place as one line.
pub(super) fn plain(typed: &str) -> String {
    let clean: String = typed.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST_PLACE).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A form about a place.
pub(super) fn within(region: Option<RegionCode>, form: ReportForm) -> ReportForm {
    let province = region.as_ref().map(RegionCode::province);
    let regency = region.and_then(|region| region.regency());
    let code = |code: Option<RegionCode>| Field::of(&code.map_or_else(String::new, |code| code.to_string()));
    ReportForm { province: code(province), regency: code(regency), ..form }
}
