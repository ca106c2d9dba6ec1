//! A new API token.

use crate::components::{Choice, Field, Place, Slip};
use crate::desk::TokenPage;
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::visit::Visit;
use crate::words::Message;
use app::{Error, Officer, TokenSlip};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::AgencyId;
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
    let made = visit.web.app.make_own_token(&officer, label, scope, password, &visit.address).await;
    let mut page = page(&visit, &officer).await?;
    let unfit = StatusCode::UNPROCESSABLE_ENTITY;
    let (status, field, key) = match made {
        Ok(Ok(token)) => {
            page.made = Some(token);
            return visit.show(&page);
        }
        Ok(Err(TokenSlip::Password)) => (unfit, "password", "slip-password-present"),
        Ok(Err(TokenSlip::Scope)) => (unfit, "verb-read", "slip-scope"),
        Err(Error::Limited { .. }) => (StatusCode::TOO_MANY_REQUESTS, "password", "slip-login-many"),
        Err(error) => return Err(Failure::of(&visit, error)),
    };
    page.label = Field::of(label);
    page.verbs = verbs.iter().map(|verb| verb.name()).collect();
    page.office = Field::of(form.get("office"));
    if field == "password" {
        page.password = Field::wrong("", Message::new(key));
    }
    page.slips = vec![Slip { field, message: Message::new(key) }];
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
        slips: Vec::new(),
    })
}
