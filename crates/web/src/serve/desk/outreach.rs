//! `/desk/sosialisasi/{id}`: an outreach activity is changed, carried out, cancelled, and gets its photos.

use super::outreach_form::{filled, people, read};
use super::outreaches::HOME;
use crate::components::{Field, Frame, Notice, Place, Slip, Tone};
use crate::desk::{DeskOutreachPage, PhotoForm, ResultForm};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::outreach::{card, effect, photos};
use crate::serve::visit::{Visit, actor};
use crate::words::Message;
use app::{Error, NewPhoto, Officer, OutreachChange};
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::outreach::{MOST_ALT, MOST_PHOTOS, OutreachResult, OutreachState};
use domain::text::Remark;

/// The activity.
pub(in crate::serve) async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let page = page(&visit, &officer, id).await?;
    visit.show(&page)
}

/// Changes its plan.
pub(in crate::serve) async fn edit(visit: Visit, Path(id): Path<i64>, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let mut page = page(&visit, &officer, id).await?;
    let Some(back) = page.plan.as_mut() else { return Err(Failure::of(&visit, Error::Denied)) };
    match read(&visit, &form, back) {
        Some(plan) => change(&visit, &officer, id, &form, OutreachChange::Plan(plan)).await,
        None => refused(&visit, &page),
    }
}

/// Says that it took place, and what came of it.
pub(in crate::serve) async fn carry_out(
    visit: Visit,
    Path(id): Path<i64>,
    request: Request,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let (came, notes) = (people(form.get("came")), Remark::parse(form.get("notes")).map_err(told));
    let slip = |field, wrong: Option<&Message>| wrong.map(|message| Slip { field, message: message.clone() });
    let slips: Vec<Slip> =
        [slip("came", came.as_ref().err()), slip("notes", notes.as_ref().err())].into_iter().flatten().collect();
    if let (Ok(people), Ok(notes)) = (came, notes) {
        let result = OutreachResult { people, notes };
        return change(&visit, &officer, id, &form, OutreachChange::CarriedOut(result)).await;
    }
    let mut page = page(&visit, &officer, id).await?;
    page.result = page.result.map(|_| ResultForm {
        key: form.get("key").to_owned(),
        people: form.back("came", &slips),
        notes: form.back("notes", &slips),
        slips,
    });
    refused(&visit, &page)
}

/// Cancels it.
pub(in crate::serve) async fn cancel(visit: Visit, Path(id): Path<i64>, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    change(&visit, &officer, id, &form, OutreachChange::Cancelled).await
}

/// Adds a photo.
pub(in crate::serve) async fn add_photo(
    visit: Visit,
    Path(id): Path<i64>,
    request: Request,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read(&visit, request).await?;
    let slip = match (form.file_slip.clone(), form.files.first()) {
        (Some(slip), _) => slip,
        (None, None) => Message::new("file-missing"),
        (None, Some(file)) => {
            let new = NewPhoto { alt: form.get("alt").to_owned(), file: file.clone() };
            match visit.web.app.add_outreach_photo(&actor(&officer), id, new, form.get("key")).await {
                Ok(()) => return Ok(back(&visit, id, "done-photo")),
                Err(Error::File(code)) => Message::new(code).with("most", most(code)),
                Err(error) => return Err(Failure::of(&visit, error)),
            }
        }
    };
    let field = if slip.key == "photo-alt" { "alt" } else { "file" };
    let slips = vec![Slip { field, message: slip }];
    let mut page = page(&visit, &officer, id).await?;
    page.photo = page.photo.map(|_| PhotoForm {
        key: form.get("key").to_owned(),
        alt: form.back("alt", &slips),
        file: form.back("file", &slips),
        slips,
    });
    refused(&visit, &page)
}

fn most(code: &str) -> usize {
    if code == "photo-many" { MOST_PHOTOS } else { MOST_ALT }
}

/// Takes a photo away.
pub(in crate::serve) async fn remove_photo(
    visit: Visit,
    Path((id, photo)): Path<(i64, i64)>,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let done = visit.web.app.remove_outreach_photo(&actor(&officer), id, photo).await;
    done.map_err(|error| Failure::of(&visit, error))?;
    Ok(back(&visit, id, "done-photo-removed"))
}

async fn change(
    visit: &Visit,
    officer: &Officer,
    id: i64,
    form: &Form,
    change: OutreachChange,
) -> Result<Response, Failure> {
    let seen = form.get("seq").parse().unwrap_or(0);
    let (by, typed) = (actor(officer), form.some("notes").unwrap_or(form.get("goal")));
    let kept = ResultForm {
        key: form.get("key").to_owned(),
        people: Field::of(form.get("came")),
        notes: Field::of(form.get("notes")),
        slips: Vec::new(),
    };
    let done = visit.web.app.change_outreach(&by, id, seen, change, form.get("key")).await;
    let Err(fault) = done.map_err(|error| Failure::keeping(visit, error, typed))? else {
        return Ok(back(visit, id, "done-outreach"));
    };
    let message = Message::new(format!("outreach-fault-{}", fault.name()));
    let page = page(visit, officer, id).await?;
    let frame = Frame { notice: Some(Notice { tone: Tone::Wait, message }), ..page.frame };
    let result = page.result.map(|fresh| if form.some("notes").is_some() { kept } else { fresh });
    refused(visit, &DeskOutreachPage { frame, result, ..page })
}

fn refused(visit: &Visit, page: &DeskOutreachPage) -> Result<Response, Failure> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(page)?).into_response())
}

fn back(visit: &Visit, id: i64, told: &str) -> Response {
    (AppendHeaders([visit.told(told)]), Redirect::to(&format!("{HOME}/{id}"))).into_response()
}

async fn page(visit: &Visit, officer: &Officer, id: i64) -> Result<DeskOutreachPage, Failure> {
    let found = visit.web.app.outreach(&actor(officer), id).await.map_err(|error| Failure::of(visit, error))?;
    let reference = visit.web.app.reference();
    let (one, state) = (&found.outreach, found.outreach.state);
    let planned = found.may_change && state == OutreachState::Planned;
    let done = found.may_change && state == OutreachState::CarriedOut;
    let told = one.result.as_ref();
    let result = ResultForm {
        key: visit.fresh_key(),
        people: Field::of(&told.map_or_else(String::new, |result| result.people.to_string())),
        notes: Field::of(told.map_or("", |result| result.notes.as_str())),
        slips: Vec::new(),
    };
    Ok(DeskOutreachPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Oversight).await?,
        card: card(&reference, one),
        seq: one.seq,
        photos: photos(&found, HOME),
        effect: effect(&reference, &found),
        plan: planned.then(|| filled(visit, one)),
        result: (planned || done).then_some(result),
        photo: done.then(|| PhotoForm { key: visit.fresh_key(), ..PhotoForm::default() }),
        cancel: planned.then(|| visit.fresh_key()),
    })
}
