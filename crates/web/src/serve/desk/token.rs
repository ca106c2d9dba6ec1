//! A new API token.

use crate::components::{Choice, Field, Place, Slip};
use crate::desk::{PartnerFields, TokenPage};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::visit::Visit;
use crate::words::Message;
use app::{Error, Officer, TokenSlip};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::AgencyId;
use domain::partner::{PartnerName, Partnership, Quota, gives_partnerships};
use domain::scope::{Scope, Verb};

/// The form.
pub(in crate::serve) async fn show(visit: Visit) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let page = page(&visit, &officer).await?;
    visit.show(&page)
}

/// Makes a token and shows it once.
pub(in crate::serve) async fn make(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let verbs: Vec<Verb> = form.all("verb").filter_map(Verb::parse).collect();
    let office = form.some("office").map(|id| AgencyId(id.parse().unwrap_or_default()));
    let (label, password) = (form.get("label"), form.get("password"));
    let scope = Scope { verbs: verbs.clone(), office };
    let made = match partnership(&form, &verbs) {
        Ok(partner) => visit.web.app.make_own_token(&officer, label, scope, password, &visit.address, partner).await,
        Err(slip) => return again(&visit, &officer, &form, StatusCode::UNPROCESSABLE_ENTITY, slip).await,
    };
    let unfit = StatusCode::UNPROCESSABLE_ENTITY;
    let (status, field, key) = match made {
        Ok(Ok(token)) => {
            let page = TokenPage { made: Some(token), ..page(&visit, &officer).await? };
            return visit.show(&page);
        }
        Ok(Err(TokenSlip::Password)) => (unfit, "password", "slip-password-present"),
        Ok(Err(TokenSlip::Scope)) => (unfit, "verb-read", "slip-scope"),
        Err(Error::Limited { .. }) => (StatusCode::TOO_MANY_REQUESTS, "password", "slip-login-many"),
        Err(error) => return Err(Failure::of(&visit, error)),
    };
    again(&visit, &officer, &form, status, Slip { field, message: Message::new(key) }).await
}

/// For which partner system the token is, where it brings reports in.
fn partnership(form: &Form, verbs: &[Verb]) -> Result<Option<Partnership>, Slip> {
    if !verbs.contains(&Verb::Submit) {
        return Ok(None);
    }
    let slip = |field, key| Slip { field, message: Message::new(key) };
    let name = PartnerName::parse(form.get("partner")).ok_or_else(|| slip("partner", "slip-partner"))?;
    let number = |name: &str, usual: u32| form.some(name).map_or(Some(usual), |typed| typed.parse().ok());
    let (minute, day) = (number("per_minute", Quota::USUAL.per_minute), number("per_day", Quota::USUAL.per_day));
    let quota = minute.zip(day).and_then(|(minute, day)| Quota::new(minute, day));
    let most = Quota::MOST;
    let message = Message::new("slip-quota").with("minute", most.per_minute).with("day", most.per_day);
    Ok(Some(Partnership { name, quota: quota.ok_or(Slip { field: "per_minute", message })? }))
}

/// The form as it was typed, with what is wrong with it.
async fn again(
    visit: &Visit,
    officer: &Officer,
    form: &Form,
    status: StatusCode,
    slip: Slip,
) -> Result<Response, Failure> {
    let mut page = page(visit, officer).await?;
    let slips = vec![slip];
    page.label = form.back("label", &slips);
    page.verbs = form.all("verb").filter_map(Verb::parse).map(Verb::name).collect();
    page.office = form.back("office", &slips);
    if let Some(fields) = &mut page.partner {
        fields.name = form.back("partner", &slips);
        fields.per_minute = form.back("per_minute", &slips);
        fields.per_day = form.back("per_day", &slips);
    }
    if let Some(wrong) = slips.iter().find(|slip| slip.field == "password") {
        page.password = Field::wrong("", wrong.message.clone());
    }
    page.slips = slips;
    Ok((status, visit.show(&page)?).into_response())
}

async fn page(visit: &Visit, officer: &Officer) -> Result<TokenPage, Failure> {
    let reference = visit.web.app.reference();
    let agencies = &reference.rules.agencies;
    let fits = |office: AgencyId| {
        Scope { verbs: vec![Verb::Read], office: Some(office) }.fits(agencies, officer.role, officer.agency)
    };
    let offices = agencies.iter().filter(|office| fits(office.id));
    Ok(TokenPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Elsewhere).await?,
        made: None,
        label: Field::default(),
        verbs: vec![Verb::Read.name()],
        offices: offices.map(|office| Choice::new(office.id, office.name.as_str())).collect(),
        office: Field::default(),
        password: Field::default(),
        partner: gives_partnerships(officer.role).then(|| PartnerFields {
            name: Field::default(),
            per_minute: Field::of(&Quota::USUAL.per_minute.to_string()),
            per_day: Field::of(&Quota::USUAL.per_day.to_string()),
        }),
        slips: Vec::new(),
    })
}
