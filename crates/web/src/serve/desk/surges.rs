//! `/desk/peringatan`: early warnings, and what offices do about them.

use crate::components::chart::{Bar, Columns};
use crate::components::{Choice, Field, Place, Slip};
use crate::desk::{SurgePage, SurgeRow, SurgeStepRow, SurgesPage};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment};
use app::reference::Reference;
use app::{Officer, Surge, SurgeAct, SurgeView};
use axum::extract::{Path, Query, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::AgencyId;
use domain::surge::Stretches;
use domain::text::Remark;
use domain::time::Zone;
use jiff::ToSpan;
use std::collections::HashMap;

const HOME: &str = "/desk/peringatan";
const ROWS: u32 = 25;

/// The warnings of the seat.
pub(in crate::serve) async fn list(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let before = query.get("after").and_then(|after| after.parse().ok());
    let found = visit.web.app.surges(&actor(&officer), before, ROWS).await;
    let (found, next) = found.map_err(|error| Failure::of(&visit, error))?;
    let reference = visit.web.app.reference();
    visit.show(&SurgesPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Oversight).await?,
        rows: found.iter().map(|one| row(&reference, one)).collect(),
        next: next.map(|id| format!("{HOME}?after={id}")),
    })
}

/// One warning.
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
            let page = typed(page(&visit, &officer, id).await?, &form, slip);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response());
        }
    };
    let seen = form.get("seq").parse().unwrap_or(0);
    let done = visit.web.app.act_on_surge(&actor(&officer), id, seen, form.get("key"), wish).await;
    done.map_err(|error| Failure::keeping(&visit, error, form.words()))?;
    Ok((AppendHeaders([visit.told("done-surge")]), Redirect::to(&format!("{HOME}/{id}"))).into_response())
}

fn read(what: &str, form: &Form) -> Result<Option<SurgeAct>, Slip> {
    let text = |field| Remark::parse(form.get(field)).map_err(|error| Slip { field, message: told(error) });
    Ok(Some(match what {
        "tanggapan" => SurgeAct::Acknowledge { text: text("answer")? },
        "penyerahan" => {
            let wrong = |_| Slip { field: "owner", message: Message::new("slip-surge-owner") };
            SurgeAct::Assign { owner: form.get("owner").parse().map(AgencyId).map_err(wrong)?, text: text("why")? }
        }
        _ => return Ok(None),
    }))
}

fn typed(mut page: SurgePage, form: &Form, slip: Slip) -> SurgePage {
    page.key = form.get("key").to_owned();
    for (name, field) in [("owner", &mut page.owner), ("why", &mut page.why), ("answer", &mut page.answer)] {
        *field = Field::of(form.get(name));
        field.slip = Some(slip.message.clone()).filter(|_| slip.field == name);
    }
    page.slips = vec![slip];
    page
}

async fn page(visit: &Visit, officer: &Officer, id: i64) -> Result<SurgePage, Failure> {
    let found = visit.web.app.surge(&actor(officer), id).await.map_err(|error| Failure::of(visit, error))?;
    let reference = visit.web.app.reference();
    let SurgeView { surge, steps, cases, owners, may_answer } = found;
    let steps = steps.into_iter().map(|step| SurgeStepRow {
        office: shape::agency_name(&reference, step.agency),
        at: Moment::of(step.at, Zone::Wib),
        owner: step.owner.map(|owner| shape::agency_name(&reference, owner)),
        text: step.body,
    });
    let stretches = Stretches::on(surge.last_day.saturating_add(1.day()));
    Ok(SurgePage {
        w: visit.words,
        frame: visit.desk(officer, Place::Oversight).await?,
        row: row(&reference, &surge),
        window: stretches.window,
        lift: (surge.sighting.lift * 100.0).round() as u64,
        peak: surge.sighting.peak,
        weeks: weeks(&surge, stretches),
        unshown: (surge.sighting.rise.seen as usize).saturating_sub(cases.len()),
        cases: cases.iter().map(|listed| shape::card_of(&reference, listed)).collect(),
        steps: steps.collect(),
        key: visit.fresh_key(),
        seq: surge.seq,
        owners: owners.into_iter().map(|id| Choice::new(id, shape::agency_name(&reference, id))).collect(),
        may_answer,
        slips: Vec::new(),
        owner: Field::default(),
        why: Field::default(),
        answer: Field::default(),
    })
}

/// Each week by its first day, the seven days with the rise last.
fn weeks(surge: &Surge, stretches: Stretches) -> Columns {
    let numbers = surge.sighting.weeks.iter().copied().chain([surge.sighting.rise.seen]);
    let bar = |(week, n): (i64, u32)| {
        let first = stretches.recent.0.saturating_add((week * 7).days());
        Bar { label: format!("{}/{}", first.day(), first.month()), value: u64::from(n), list: None }
    };
    Columns((0..).zip(numbers).map(bar).collect())
}

pub(super) fn row(reference: &Reference, surge: &Surge) -> SurgeRow {
    let topic = reference.categories.get(surge.topic).map(|node| node.name.clone());
    SurgeRow {
        id: surge.id,
        topic: topic.unwrap_or_else(|| surge.topic.to_string()),
        place: reference.regions.name(&surge.region).unwrap_or(surge.region.as_str()).to_owned(),
        owner: shape::agency_name(reference, surge.owner),
        state: surge.state.name(),
        seen: surge.sighting.rise.seen,
        expected: surge.sighting.rise.expected,
        last: surge.last_day,
    }
}
