//! `/desk/tanda`: signs with a code that open the form for an office and a place. Nothing of them is stored.

use crate::components::{Choice, Field, Place, Slip};
use crate::desk::{SignForm, SignFormPage, SignPage};
use crate::serve::failure::Failure;
use crate::serve::given::{self, OFFICE, PLACE, REGION};
use crate::serve::paper::paper;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::Message;
use app::reference::Reference;
use app::{Error, Officer, Qr};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::policy::{OfficeAction, may_at};
use domain::time::Zone;
use domain::{AgencyId, RegionCode};
use form_urlencoded::Serializer;
use std::collections::HashMap;

/// Offices that are offered by name.
const MOST_OFFICES: usize = 300;

type Asked = Query<HashMap<String, String>>;

/// What a sign says.
struct Sign {
    office: AgencyId,
    region: Option<RegionCode>,
    place: Option<String>,
}

/// The form, with the officer's own office proposed.
pub(in crate::serve) async fn form(visit: Visit) -> Result<Response, Failure> {
    let officer = maker(&visit).await?;
    let own = given::proposed(&visit, officer.agency);
    let form = SignForm { agency: own.agency, province: own.province, regency: own.regency, ..SignForm::default() };
    let page = page(&visit, &officer, form, Vec::new()).await?;
    visit.show(&page)
}

/// The sheet, or the form with what is wrong.
pub(in crate::serve) async fn sheet(visit: Visit, query: Asked) -> Result<Response, Failure> {
    let officer = maker(&visit).await?;
    match read(&visit, &officer, &query) {
        Ok(sign) => visit.show(&sheet_page(&visit, &officer, &sign).await?),
        Err(message) => {
            let slips = vec![Slip { field: "agency", message }];
            let page = page(&visit, &officer, come_back(&query, &slips), slips).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
        }
    }
}

/// The sheet on paper.
pub(in crate::serve) async fn pdf(visit: Visit, query: Asked) -> Result<Response, Failure> {
    let officer = maker(&visit).await?;
    let sign = read(&visit, &officer, &query).map_err(|wrong| Failure::page(&visit, 422, Some(wrong), None))?;
    let page = sheet_page(&visit, &officer, &sign).await?;
    paper(&visit, &format!("{}-{}.pdf", visit.words.t("sign-file"), sign.office), page.document()).await
}

/// An officer who makes signs for some office.
async fn maker(visit: &Visit) -> Result<Officer, Failure> {
    let officer = visit.officer().await?;
    let reference = visit.web.app.reference();
    match may_at(&reference.rules.agencies, &actor(&officer), OfficeAction::MakeSign, officer.agency) {
        true => Ok(officer),
        false => Err(Failure::of(visit, Error::Denied)),
    }
}

fn read(visit: &Visit, officer: &Officer, query: &Asked) -> Result<Sign, Message> {
    let get = |name: &str| query.get(name).map_or("", |value| value.trim());
    let (reference, today) = (visit.web.app.reference(), Zone::Wib.day(visit.web.app.now()));
    let office = shape::find_agency(&reference, get("agency"), today).ok_or_else(|| Message::new("slip-agency"))?;
    if !may_at(&reference.rules.agencies, &actor(officer), OfficeAction::MakeSign, office.id) {
        return Err(Message::new("sign-not-yours"));
    }
    let typed = Some(get("regency")).filter(|code| !code.is_empty()).unwrap_or(get("province"));
    let place = given::plain(get("address"));
    let place = Some(place).filter(|place| !place.is_empty());
    Ok(Sign { office: office.id, region: given::known(&reference, typed), place })
}

fn come_back(query: &Asked, slips: &[Slip]) -> SignForm {
    let typed = |name: &str| query.get(name).map_or("", String::as_str);
    let agency = slips.first().map(|slip| Field::wrong(typed("agency"), slip.message.clone()));
    SignForm {
        agency: agency.unwrap_or_default(),
        province: Field::of(typed("province")),
        regency: Field::of(typed("regency")),
        address: Field::of(typed("address")),
    }
}

async fn page(visit: &Visit, officer: &Officer, form: SignForm, slips: Vec<Slip>) -> Result<SignFormPage, Failure> {
    let reference = visit.web.app.reference();
    let own = given::proposed(visit, officer.agency).agency.value;
    Ok(SignFormPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Counter).await?,
        form,
        slips,
        provinces: shape::provinces(&reference),
        agencies: offices(visit, officer, &reference),
        own: format!("/desk/tanda/lembar?{}", Serializer::new(String::new()).append_pair("agency", &own).finish()),
    })
}

/// Offices for which this seat makes signs, the own one and those below it.
fn offices(visit: &Visit, officer: &Officer, reference: &Reference) -> Vec<Choice> {
    let (tree, today) = (&reference.rules.agencies, Zone::Wib.day(visit.web.app.now()));
    let may = |id: AgencyId| may_at(tree, &actor(officer), OfficeAction::MakeSign, id);
    let own = tree.iter().filter(|office| office.is_active(today) && may(office.id));
    own.take(MOST_OFFICES).map(shape::agency_choice).collect()
}

async fn sheet_page(visit: &Visit, officer: &Officer, sign: &Sign) -> Result<SignPage, Failure> {
    let reference = visit.web.app.reference();
    let governs = reference.rules.agencies.get(sign.office).and_then(|office| office.region.clone());
    let shown = sign.region.as_ref().or(governs.as_ref());
    // What the office proposes by itself needs no place in the address.
    let told = sign.region.as_ref().filter(|region| governs.as_ref() != Some(region));
    let address = |place: Option<&String>| {
        let mut query = Serializer::new(String::new());
        query.append_pair(OFFICE, &sign.office.to_string());
        query.extend_pairs(told.map(|region| (REGION, region.as_str())));
        query.extend_pairs(place.map(|place| (PLACE, place.as_str())));
        format!("{}/?{}", visit.web.base_url, query.finish())
    };
    let short = address(None);
    let query = visit.path.split_once('?').map_or("", |(_, query)| query);
    Ok(SignPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Counter).await?,
        office: shape::agency_name(&reference, sign.office),
        place: sign.place.clone(),
        region: shown.map(|region| reference.regions.full_name(region)),
        short: short.split_once("://").map_or(short.clone(), |(_, rest)| rest.to_owned()),
        qr: Qr::of(&address(sign.place.as_ref())).map_err(|error| Failure::of(visit, error))?,
        pdf: format!("/desk/tanda/lembar.pdf?{query}"),
    })
}
