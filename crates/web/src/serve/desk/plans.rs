//! `/desk/rencana`: action plans, and what their owners and judges do to them.

use crate::components::{Field, Place, Slip};
use crate::desk::{PlanPage, PlanRow, PlansPage, RemarkRow, Share, StepRow};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment};
use app::reference::Reference;
use app::{Officer, Plan, PlanAct};
use axum::extract::{Path, Query, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::oversight::Semester;
use domain::policy::{OfficeAction, may_at};
use domain::text::Remark;
use domain::time::Zone;
use std::collections::HashMap;

const HOME: &str = "/desk/rencana";
const ROWS: u32 = 25;

/// The plans of the seat.
pub(in crate::serve) async fn list(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let before = query.get("after").and_then(|after| after.parse().ok());
    let page = plans(&visit, &officer, before).await?;
    visit.show(&page)
}

/// Changes the threshold under which a plan is asked for.
pub(in crate::serve) async fn set(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let Some(points) = points(form.get("threshold")) else {
        let wrong = Field::wrong(form.get("threshold"), Message::new("slip-threshold"));
        let page = PlansPage { threshold: Some(wrong), ..plans(&visit, &officer, None).await? };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response());
    };
    let done = visit.web.app.set_threshold(&actor(&officer), points).await;
    done.map_err(|error| Failure::of(&visit, error))?;
    Ok((AppendHeaders([visit.told("done-threshold")]), Redirect::to(HOME)).into_response())
}

/// A percentage with two places at most, in hundredths of a percent; between 1 and 100.
fn points(typed: &str) -> Option<u64> {
    let typed = typed.trim().trim_end_matches('%').trim_end().replace(',', ".");
    let (whole, part) = typed.split_once('.').unwrap_or((&typed, ""));
    let digits = |text: &str| text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
    let cents: u64 = format!("{part:0<2}").parse().ok().filter(|_| digits(part))?;
    let points = whole.parse::<u64>().ok().filter(|whole| *whole <= 100)? * 100 + cents;
    (100..=10_000).contains(&points).then_some(points)
}

async fn plans(visit: &Visit, officer: &Officer, before: Option<i64>) -> Result<PlansPage, Failure> {
    let (app, by) = (&visit.web.app, actor(officer));
    let broken = |error| Failure::of(visit, error);
    let (found, next) = app.plans(&by, before, ROWS).await.map_err(broken)?;
    let reference = app.reference();
    let agencies = &reference.rules.agencies;
    let threshold = match may_at(agencies, &by, OfficeAction::SetThreshold, agencies.national()) {
        true => Some(Field::of(&visit.words.hundredths(app.threshold().await.map_err(broken)?))),
        false => None,
    };
    Ok(PlansPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Oversight).await?,
        rows: found.iter().map(|one| row(&reference, one)).collect(),
        next: next.map(|id| format!("{HOME}?after={id}")),
        threshold,
        asks: app.may_ask_for_plans(&by),
    })
}

/// One plan.
pub(in crate::serve) async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let page = page(&visit, &officer, id).await?;
    visit.show(&page)
}

/// Does what a form of the page asks; a form with slips comes back as it was typed.
pub(in crate::serve) async fn act(
    visit: Visit,
    Path((id, what)): Path<(i64, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let wish = match read(&what, &form) {
        Ok(Some(wish)) => wish,
        Ok(None) => return Err(Failure::page(&visit, 404, None, None)),
        Err(slip) => {
            let page = PlanPage { slips: vec![slip.clone()], ..page(&visit, &officer, id).await? };
            let page = typed(page, &what, &form, &slip);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response());
        }
    };
    let seen = form.get("seq").parse().unwrap_or(0);
    let done = visit.web.app.act_on_plan(&actor(&officer), id, seen, form.get("key"), wish).await;
    done.map_err(|error| Failure::keeping(&visit, error, form.words()))?;
    Ok((AppendHeaders([visit.told("done-plan")]), Redirect::to(&format!("{HOME}/{id}"))).into_response())
}

fn read(what: &str, form: &Form) -> Result<Option<PlanAct>, Slip> {
    let text = |field| Remark::parse(form.get("text")).map_err(|error| Slip { field, message: told(error) });
    Ok(Some(match what {
        "langkah" => PlanAct::AddStep {
            text: text("step")?,
            due: form.get("due").parse().map_err(|_| Slip { field: "due", message: Message::new("slip-date") })?,
        },
        "langkah-selesai" => PlanAct::FinishStep { step: form.get("step").parse().unwrap_or(0) },
        "catatan" => PlanAct::Remark { text: text("remark")? },
        "pelaksanaan" => PlanAct::Report,
        "pengesahan" => PlanAct::Verify,
        "pengembalian" => PlanAct::SendBack,
        _ => return Ok(None),
    }))
}

fn typed(mut page: PlanPage, what: &str, form: &Form, slip: &Slip) -> PlanPage {
    page.key = form.get("key").to_owned();
    if what == "catatan" {
        page.remark = Field::wrong(form.get("text"), slip.message.clone());
        return page;
    }
    page.step = Field::of(form.get("text"));
    page.due = Field::of(form.get("due"));
    let wrong = if slip.field == "due" { &mut page.due } else { &mut page.step };
    wrong.slip = Some(slip.message.clone());
    page
}

async fn page(visit: &Visit, officer: &Officer, id: i64) -> Result<PlanPage, Failure> {
    let found = visit.web.app.plan(&actor(officer), id).await.map_err(|error| Failure::of(visit, error))?;
    let reference = visit.web.app.reference();
    let today = Zone::Wib.day(visit.web.app.now());
    let steps = found.steps.into_iter().map(|step| StepRow {
        id: step.id,
        late: step.done_at.is_none() && step.due < today,
        text: step.body,
        due: step.due,
        done: step.done_at.map(|at| Moment::of(at, Zone::Wib)),
    });
    let remarks = found.remarks.into_iter().map(|remark| RemarkRow {
        office: shape::agency_name(&reference, remark.agency),
        at: Moment::of(remark.at, Zone::Wib),
        text: remark.body,
    });
    Ok(PlanPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Oversight).await?,
        row: row(&reference, &found.plan),
        threshold: visit.words.hundredths(found.plan.threshold),
        key: visit.fresh_key(),
        seq: found.plan.seq,
        steps: steps.collect(),
        remarks: remarks.collect(),
        may_work: found.may_work,
        may_judge: found.may_judge,
        slips: Vec::new(),
        step: Field::default(),
        due: Field::default(),
        remark: Field::default(),
    })
}

pub(super) fn row(reference: &Reference, plan: &Plan) -> PlanRow {
    let period = Semester::parse(&plan.period).map_or((0, 1), |semester| (semester.year(), semester.half()));
    PlanRow {
        id: plan.id,
        agency: shape::agency_name(reference, plan.agency),
        owner: shape::agency_name(reference, plan.owner),
        period,
        share: Share { done: plan.share.numerator, all: plan.share.denominator, points: plan.share.basis_points() },
        state: plan.state.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn a_threshold_is_read_as_people_write_it() {
        for (typed, wanted) in [("90", 9_000), ("92,5", 9_250), ("92.55 %", 9_255), ("100", 10_000), ("1", 100)] {
            assert_eq!(points(typed), Some(wanted), "{typed}");
        }
        for wrong in ["", "0", "101", "100,01", "-5", "9,123", "sembilan", "9,x"] {
            assert_eq!(points(wrong), None, "{wrong}");
        }
    }
}
