//! `/desk/instansi/{id}/berkas`: the papers of an office are kept and taken away.

use super::office::head;
use crate::components::{Place, Slip};
use crate::desk::{PaperForm, PapersPage};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::shape::paper_row;
use crate::serve::visit::{Visit, actor};
use crate::words::Message;
use app::{Error, NewPaper, Officer};
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::AgencyId;
use domain::agency::PaperKind;
use domain::policy::dresses_office;

/// Most characters of a paper's title.
const MOST_TITLE: usize = 200;

/// The papers of an office.
pub(in crate::serve) async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = PaperForm { key: visit.fresh_key(), ..PaperForm::default() };
    let page = page(&visit, &officer, AgencyId(id), form, Vec::new()).await?;
    visit.show(&page)
}

/// Keeps one.
pub(in crate::serve) async fn add(visit: Visit, Path(id): Path<i64>, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read(&visit, request).await?;
    let slips = match read(&form) {
        Err(slips) => slips,
        Ok(new) => match visit.web.app.add_paper(&actor(&officer), AgencyId(id), new, form.get("key")).await {
            Ok(_) => return Ok(back(&visit, id, "done-paper")),
            Err(Error::File(code)) => vec![Slip { field: "file", message: Message::new(code) }],
            Err(error) => return Err(Failure::of(&visit, error)),
        },
    };
    let page = page(&visit, &officer, AgencyId(id), come_back(&form, &slips), slips).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

/// Takes one away.
pub(in crate::serve) async fn remove(visit: Visit, Path((id, paper)): Path<(i64, i64)>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let done = visit.web.app.remove_paper(&actor(&officer), AgencyId(id), paper).await;
    done.map_err(|error| Failure::of(&visit, error))?;
    Ok(back(&visit, id, "done-paper-removed"))
}

fn back(visit: &Visit, id: i64, told: &str) -> Response {
    (AppendHeaders([visit.told(told)]), Redirect::to(&format!("/desk/instansi/{id}/berkas"))).into_response()
}

fn read(form: &Form) -> Result<NewPaper, Vec<Slip>> {
    let title = Some(form.get("title")).filter(|title| !title.is_empty() && title.chars().count() <= MOST_TITLE);
    let dated = form.get("dated").parse().ok();
    let kind = PaperKind::parse(form.get("kind"));
    let missing = form.files.is_empty().then(|| Message::new("file-missing"));
    let file_slip = form.file_slip.clone().or(missing);
    let checks = [
        (kind.is_none(), "kind", Message::new("slip-choice")),
        (title.is_none(), "title", Message::new("paper-fault-title")),
        (dated.is_none(), "dated", Message::new("slip-date")),
    ];
    let wrong = checks.into_iter().filter(|(wrong, _, _)| *wrong);
    let mut slips: Vec<Slip> = wrong.map(|(_, field, message)| Slip { field, message }).collect();
    slips.extend(file_slip.map(|message| Slip { field: "file", message }));
    match (kind, title, dated, form.files.first()) {
        (Some(kind), Some(title), Some(dated), Some(file)) if slips.is_empty() => {
            Ok(NewPaper { kind, title: title.to_owned(), dated, shown: form.is_ticked("shown"), file: file.clone() })
        }
        _ => Err(slips),
    }
}

fn come_back(form: &Form, slips: &[Slip]) -> PaperForm {
    let field = |name: &str| form.back(name, slips);
    PaperForm {
        key: form.get("key").to_owned(),
        kind: field("kind"),
        title: field("title"),
        dated: field("dated"),
        shown: form.is_ticked("shown"),
        file: field("file"),
    }
}

async fn page(
    visit: &Visit,
    officer: &Officer,
    id: AgencyId,
    form: PaperForm,
    slips: Vec<Slip>,
) -> Result<PapersPage, Failure> {
    let head = head(visit, officer, id, "berkas")?;
    let by = actor(officer);
    let papers = visit.web.app.papers(&by, id).await.map_err(|error| Failure::of(visit, error))?;
    let base = format!("/desk/instansi/{id}/berkas");
    let keeps = dresses_office(&visit.web.app.reference().rules.agencies, &by, id);
    Ok(PapersPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Elsewhere).await?,
        head,
        rows: papers.iter().map(|paper| paper_row(paper, &base)).collect(),
        form: keeps.then_some(form),
        slips,
    })
}
