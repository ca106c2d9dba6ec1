//! `/desk/rencana/baru`: asks agencies that finished too little for action plans.

use crate::components::{Choice, Field, Place, Slip};
use crate::desk::{BehindRow, PlanNewPage, Share};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::period::over;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::Message;
use app::{Behind, Officer};
use axum::extract::{Query, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::AgencyId;
use domain::oversight::Semester;
use domain::text::Remark;
use domain::time::Zone;
use std::collections::HashMap;

/// Half years that may be chosen.
const HALVES: usize = 12;

/// The form, with the agencies of the chosen half year.
pub(in crate::serve) async fn show(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let page = page(&visit, &officer, query.get("semester").map_or("", String::as_str)).await?;
    visit.show(&page)
}

/// Asks one for a plan; a form with slips comes back as it was typed.
pub(in crate::serve) async fn ask(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let half = Semester::parse(form.get("semester")).ok_or_else(|| Failure::page(&visit, 404, None, None))?;
    let (agency, text) = match read(&form) {
        Ok(read) => read,
        Err(slip) => {
            let page = typed(page(&visit, &officer, form.get("semester")).await?, &form, slip);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response());
        }
    };
    let asked = visit.web.app.request_plan(&actor(&officer), (agency, half), text, form.get("key")).await;
    let id = asked.map_err(|error| Failure::keeping(&visit, error, form.words()))?;
    Ok((AppendHeaders([visit.told("done-plan-asked")]), Redirect::to(&format!("/desk/rencana/{id}"))).into_response())
}

fn read(form: &Form) -> Result<(AgencyId, Remark), Slip> {
    let nobody = |_| Slip { field: "agency", message: Message::new("slip-plan-agency") };
    let agency = form.get("agency").parse().map(AgencyId).map_err(nobody)?;
    let text = Remark::parse(form.get("text")).map_err(|error| Slip { field: "text", message: told(error) })?;
    Ok((agency, text))
}

fn typed(mut page: PlanNewPage, form: &Form, slip: Slip) -> PlanNewPage {
    page.key = form.get("key").to_owned();
    page.rows.iter_mut().for_each(|row| row.chosen = row.agency.to_string() == form.get("agency"));
    page.text = Field::of(form.get("text"));
    page.text.slip = Some(slip.message.clone()).filter(|_| slip.field == "text");
    page.slips = vec![slip];
    page
}

async fn page(visit: &Visit, officer: &Officer, half: &str) -> Result<PlanNewPage, Failure> {
    let (app, by) = (&visit.web.app, actor(officer));
    let broken = |error| Failure::of(visit, error);
    let halves = over(Semester::of(Zone::Wib.day(app.now())), HALVES);
    let chosen = halves.iter().copied().find(|one| one.name() == half).or(halves.first().copied());
    let half = chosen.ok_or_else(|| Failure::page(visit, 404, None, None))?;
    let reference = app.reference();
    let row = |one: Behind| BehindRow {
        agency: one.agency.0,
        name: shape::agency_name(&reference, one.agency),
        share: Share { done: one.share.numerator, all: one.share.denominator, points: one.share.basis_points() },
        figures: format!("/statistik?agency={}&period={}", one.agency, half.name()),
        plan: one.plan,
        chosen: false,
    };
    let choice = |one: &Semester| {
        let args = [("half", i64::from(one.half()).into()), ("year", one.year().to_string().into())];
        let choice = Choice::new(one.name(), visit.words.with("plan-period", &args));
        if *one == half { choice.chosen() } else { choice }
    };
    if !app.may_ask_for_plans(&by) {
        return Err(broken(app::Error::Denied));
    }
    Ok(PlanNewPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Oversight).await?,
        halves: halves.iter().map(choice).collect(),
        half: half.name(),
        threshold: visit.words.hundredths(app.threshold().await.map_err(broken)?),
        rows: app.behind(&by, half).await.map_err(broken)?.into_iter().map(row).collect(),
        key: visit.fresh_key(),
        slips: Vec::new(),
        text: Field::default(),
    })
}
