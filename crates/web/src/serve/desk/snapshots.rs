//! `/desk/rekaman`: freezes a half year.

use crate::components::Place;
use crate::desk::{DeskSnapshotsPage, HalfRow};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::period::over;
use crate::serve::snapshot::row;
use crate::serve::visit::{Visit, actor};
use app::Freezing;
use axum::extract::Request;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::oversight::Semester;
use domain::policy::{OfficeAction, may_at};
use domain::time::Zone;

const HOME: &str = "/desk/rekaman";
/// Half years that are shown.
const SHOWN: usize = 12;

/// Half years that are over.
pub(in crate::serve) async fn list(visit: Visit) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let (app, by) = (&visit.web.app, actor(&officer));
    let kept: Vec<_> =
        app.snapshots().await.map_err(|error| Failure::of(&visit, error))?.iter().filter_map(row).collect();
    let reference = app.reference();
    let agencies = &reference.rules.agencies;
    let told = |semester: Semester| {
        let args = [("half", i64::from(semester.half()).into()), ("year", semester.year().to_string().into())];
        visit.words.with("statistics-semester", &args)
    };
    let half = |semester: Semester| HalfRow {
        name: semester.name(),
        told: told(semester),
        frozen: kept.iter().find(|one| one.name == semester.name()).cloned(),
    };
    visit.show(&DeskSnapshotsPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Oversight).await?,
        rows: over(Semester::of(Zone::Wib.day(app.now())), SHOWN).into_iter().map(half).collect(),
        freezes: may_at(agencies, &by, OfficeAction::FreezeSemester, agencies.national()),
    })
}

/// Freezes one; a second time changes nothing.
pub(in crate::serve) async fn freeze(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let semester = Semester::parse(form.get("semester")).ok_or_else(|| Failure::page(&visit, 404, None, None))?;
    let done = visit.web.app.freeze(&actor(&officer), semester).await;
    let told = match done.map_err(|error| Failure::of(&visit, error))? {
        Freezing::Frozen => "done-frozen",
        Freezing::Was => "done-frozen-was",
        Freezing::NotOver => "done-frozen-not-over",
        Freezing::Empty => "done-frozen-empty",
        Freezing::Restless => "done-frozen-restless",
    };
    Ok((AppendHeaders([visit.told(told)]), Redirect::to(HOME)).into_response())
}
