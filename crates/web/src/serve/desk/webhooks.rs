//! `/desk/webhook`: endpoints of other systems, listed and added.

use crate::components::{Choice, Field, Place, Slip};
use crate::desk::{TopicTick, WebhookRow, WebhookSecretPage, WebhookState, WebhooksPage};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::Message;
use app::webhook::{Webhook, WebhookSlip};
use app::{Error, Officer};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::AgencyId;
use domain::time::Zone;
use domain::webhook::Topic;

/// The endpoints that a seat keeps.
pub(in crate::serve) async fn list(visit: Visit) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let page = page(&visit, &officer).await?;
    visit.show(&page)
}

/// Adds one and shows its secret once.
pub(in crate::serve) async fn add(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let mut page = page(&visit, &officer).await?;
    let topics = chosen(&form);
    let (reference, today) = (visit.web.app.reference(), Zone::Wib.day(visit.web.app.now()));
    let office = shape::find_agency(&reference, form.get("office"), today).map(|office| office.id);
    let added = match office {
        Some(office) => visit.web.app.add_webhook(&actor(&officer), office, form.get("url"), topics.clone()).await,
        None => Ok(Err(WebhookSlip::Office)),
    };
    let slip = match added.map_err(|error| Failure::of(&visit, error))? {
        Ok((id, secret)) => return secret_page(&visit, &officer, id, secret, None).await,
        Err(slip) => slip_of(slip),
    };
    page.office = form.back("office", std::slice::from_ref(&slip));
    page.url = form.back("url", std::slice::from_ref(&slip));
    page.topics = TopicTick::all(&topics);
    page.slips = vec![slip];
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

/// The secret of an endpoint, which nobody can see again.
pub(super) async fn secret_page(
    visit: &Visit,
    officer: &Officer,
    id: i64,
    secret: String,
    hours: Option<i64>,
) -> Result<Response, Failure> {
    let frame = visit.desk(officer, Place::Account).await?;
    visit.show(&WebhookSecretPage { w: visit.words, frame, id, secret, hours })
}

/// The topics that a form ticks.
pub(super) fn chosen(form: &Form) -> Vec<Topic> {
    form.all("topic").filter_map(Topic::parse).collect()
}

/// What is wrong with an endpoint, beside the field.
pub(super) fn slip_of(slip: WebhookSlip) -> Slip {
    let (field, key) = match slip {
        WebhookSlip::Address(fault) => ("url", format!("slip-webhook-{}", fault.code())),
        WebhookSlip::Office => ("office", "slip-webhook-office".to_owned()),
        WebhookSlip::Many => ("office", "slip-webhook-many".to_owned()),
    };
    let message = Message::new(key).with("most", app::webhook::MOST_WEBHOOKS);
    Slip { field, message }
}

/// How an endpoint fares.
pub(super) fn state_of(webhook: &Webhook) -> WebhookState {
    match (webhook.active, webhook.failing_since) {
        (false, _) => WebhookState::Off,
        (true, Some(_)) => WebhookState::Failing,
        (true, None) => WebhookState::On,
    }
}

async fn page(visit: &Visit, officer: &Officer) -> Result<WebhooksPage, Failure> {
    let (app, by) = (&visit.web.app, actor(officer));
    if !app.keeps_webhooks(&by, officer.agency) {
        return Err(Failure::of(visit, Error::Denied));
    }
    let reference = app.reference();
    let today = Zone::Wib.day(app.now());
    let name = |id: AgencyId| shape::agency_name(&reference, id);
    let row = |webhook: Webhook| WebhookRow {
        id: webhook.id,
        office: name(webhook.office),
        state: state_of(&webhook),
        url: webhook.url,
    };
    let rows = app.webhooks(&by).await.map_err(|error| Failure::of(visit, error))?;
    let agencies = &reference.rules.agencies;
    let near = agencies.iter().filter(|office| office.is_active(today) && app.keeps_webhooks(&by, office.id));
    let national = officer.agency == agencies.national();
    let near = near.filter(|office| !national || agencies.root_of(office.id) == office.id);
    Ok(WebhooksPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Account).await?,
        rows: rows.into_iter().map(row).collect(),
        offices: near.map(|office| Choice::new(office.id, office.name.as_str())).collect(),
        office: Field::of(&name(officer.agency)),
        url: Field::default(),
        topics: TopicTick::all(&[]),
        slips: Vec::new(),
    })
}
