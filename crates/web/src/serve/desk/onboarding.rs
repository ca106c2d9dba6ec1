//! `/desk/keterhubungan`: agencies on their way into the system.

use crate::components::{Choice, Field, Place, Slip};
use crate::desk::{OnboardingPage, OnboardingRow, OnboardingStepsPage, StepForm, StepLine};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::Message;
use app::reference::Reference;
use app::{Officer, OnboardingView, StepView};
use axum::extract::{Path, Query, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::participation::OnboardingStep;
use domain::policy::{OfficeAction, may_at};
use domain::text::Remark;
use domain::time::Zone;
use domain::{AgencyId, RegionCode};
use jiff::civil::Date;
use std::collections::HashMap;

const HOME: &str = "/desk/keterhubungan";

/// How many agencies are in, and the others.
pub(in crate::serve) async fn list(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let (app, by) = (&visit.web.app, actor(&officer));
    let reference = app.reference();
    let province = query.get("province").and_then(|code| RegionCode::parse(code));
    let after = query.get("after").and_then(|after| after.parse().ok()).map(AgencyId);
    let found = app.onboarding(&by, province.as_ref(), after).await.map_err(|error| Failure::of(&visit, error))?;
    let asked = province.as_ref().map_or_else(String::new, |code| format!("province={code}&"));
    let agencies = &reference.rules.agencies;
    // Who sees the whole country chooses among its provinces.
    let is_wide = may_at(agencies, &by, OfficeAction::SeeFigures, agencies.national());
    visit.show(&OnboardingPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Oversight).await?,
        connected: found.connected,
        rows: found.rows.iter().map(row).collect(),
        next: found.next.map(|id| format!("{HOME}?{asked}after={id}")),
        provinces: if is_wide { provinces(&reference, province.as_ref()) } else { Vec::new() },
        enters: may_at(agencies, &by, OfficeAction::EnterPopulation, agencies.national()),
    })
}

fn provinces(reference: &Reference, chosen: Option<&RegionCode>) -> Vec<Choice> {
    let choice = |(code, name): (&RegionCode, &str)| Choice { chosen: chosen == Some(code), ..Choice::new(code, name) };
    reference.regions.below(None).map(choice).collect()
}

fn row(view: &OnboardingView) -> OnboardingRow {
    OnboardingRow {
        id: view.agency.0,
        name: view.name.clone(),
        kind: view.kind,
        has_admin: view.seen.has_admin,
        has_report: view.seen.first_report.is_some(),
        done: view.done(),
    }
}

/// The steps of one agency.
pub(in crate::serve) async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let page = page(&visit, &officer, id).await?;
    visit.show(&page)
}

/// Says that a step was done, or takes that back.
pub(in crate::serve) async fn note(visit: Visit, Path(id): Path<i64>, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let Some(step) = OnboardingStep::parse(form.get("step")) else {
        return Err(Failure::page(&visit, 404, None, None));
    };
    let done = if form.is_ticked("undo") { None } else { Some(read(&visit, &form)) };
    let done = match done.transpose() {
        Ok(done) => done,
        Err(slips) => {
            let mut page = page(&visit, &officer, id).await?;
            page.form = page.form.map(|_| StepForm {
                step: Field::of(step.name()),
                day: form.back("day", &slips),
                note: form.back("note", &slips),
                slips,
            });
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response());
        }
    };
    let noted = visit.web.app.note_onboarding(&actor(&officer), AgencyId(id), step, done).await;
    noted.map_err(|error| Failure::keeping(&visit, error, form.words()))?;
    Ok((AppendHeaders([visit.told("done-onboarding")]), Redirect::to(&format!("{HOME}/{id}"))).into_response())
}

/// The day and the note of a step; not of a day that has not come.
fn read(visit: &Visit, form: &Form) -> Result<(Date, Remark), Vec<Slip>> {
    let today = Zone::Wit.day(visit.web.app.now());
    let day = form.get("day").parse::<Date>().ok();
    let message = |key: &str| Message::new(key);
    let day = match day {
        None => Err(message("slip-date")),
        Some(day) if day > today => Err(message("slip-day-ahead")),
        Some(day) => Ok(day),
    };
    match (day, Remark::parse(form.get("note")).map_err(told)) {
        (Ok(day), Ok(note)) => Ok((day, note)),
        (day, note) => {
            let slip = |field, message| Slip { field, message };
            let slips = [day.err().map(|wrong| slip("day", wrong)), note.err().map(|wrong| slip("note", wrong))];
            Err(slips.into_iter().flatten().collect())
        }
    }
}

async fn page(visit: &Visit, officer: &Officer, id: i64) -> Result<OnboardingStepsPage, Failure> {
    let found = visit.web.app.onboarding_of(&actor(officer), AgencyId(id)).await;
    let found = found.map_err(|error| Failure::of(visit, error))?;
    let reference = visit.web.app.reference();
    Ok(OnboardingStepsPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Oversight).await?,
        id,
        name: found.name.clone(),
        is_connected: found.seen.is_connected(),
        first_report: found.seen.first_report,
        steps: found.steps.iter().map(|step| line(&reference, step)).collect(),
        done: found.done(),
        form: found.may_note.then(StepForm::default),
    })
}

fn line(reference: &Reference, step: &StepView) -> StepLine {
    let told = step.ticked.as_ref().map(|one| {
        let by = one.by_agency.map(|agency| shape::agency_name(reference, agency));
        (one.day, one.note.clone(), by)
    });
    StepLine { step: step.step, is_done: step.is_done, told }
}
