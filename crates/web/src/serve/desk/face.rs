//! `/desk/instansi/{id}/wajah`: an office is given its face.

use super::office::head;
use crate::components::{Field, Frame, Notice, Place, Slip, Tone};
use crate::desk::{FaceForm, FacePage};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::visit::{Visit, actor};
use crate::words::Message;
use app::{Conflict, Error, Officer};
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::face::{Colour, Face, FaceFault, Logo};
use domain::{AgencyId, Role};

/// The face of an office, with its form.
pub(in crate::serve) async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = filled(current(&visit, AgencyId(id)).as_ref());
    let page = page(&visit, &officer, AgencyId(id), form, Vec::new()).await?;
    visit.show(&page)
}

/// Gives the office a face, or changes it.
pub(in crate::serve) async fn change(visit: Visit, Path(id): Path<i64>, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read(&visit, request).await?;
    let id = AgencyId(id);
    let slips = match read(&visit, id, &form) {
        Err(slip) => vec![slip],
        Ok(wanted) => match visit.web.app.put_face(&actor(&officer), wanted).await {
            Ok(Ok(_)) => {
                let to = format!("/desk/instansi/{id}/wajah");
                return Ok((AppendHeaders([visit.told("done-face")]), Redirect::to(&to)).into_response());
            }
            Ok(Err(faults)) => faults.into_iter().map(slip).collect(),
            Err(Error::Conflict(Conflict::Stale { .. })) => return stale(&visit, &officer, id, &form).await,
            Err(error) => return Err(Failure::of(&visit, error)),
        },
    };
    let edition = form.get("edition").parse().unwrap_or(0);
    let page = page(&visit, &officer, id, come_back(&form, edition, &slips), slips).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

/// Takes the face away.
pub(in crate::serve) async fn drop(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let done = visit.web.app.drop_face(&actor(&officer), AgencyId(id)).await;
    done.map_err(|error| Failure::of(&visit, error))?;
    let to = format!("/desk/instansi/{id}/wajah");
    Ok((AppendHeaders([visit.told("done-face-dropped")]), Redirect::to(&to)).into_response())
}

/// Somebody else was faster: what was typed stands in the form, and is saved over theirs the next time.
async fn stale(visit: &Visit, officer: &Officer, id: AgencyId, form: &Form) -> Result<Response, Failure> {
    let edition = current(visit, id).map_or(0, |face| face.edition);
    let mut page = page(visit, officer, id, come_back(form, edition, &[]), Vec::new()).await?;
    let notice = Notice { tone: Tone::Wait, message: Message::new("office-stale") };
    page.frame = Frame { notice: Some(notice), ..page.frame };
    Ok((StatusCode::CONFLICT, visit.show(&page)?).into_response())
}

fn current(visit: &Visit, id: AgencyId) -> Option<Face> {
    visit.web.app.reference().faces.of(id).cloned()
}

fn read(visit: &Visit, agency: AgencyId, form: &Form) -> Result<Face, Slip> {
    if let Some(message) = &form.file_slip {
        return Err(Slip { field: "logo", message: message.clone() });
    }
    let kept = current(visit, agency).and_then(|face| face.logo);
    let sent =
        form.files.first().map(|file| Logo { hash: file.hash.clone(), kind: file.kind.clone(), size: file.size });
    let colour = Colour::parse(form.get("colour"));
    Ok(Face {
        agency,
        name: form.get("name").to_owned(),
        slug: form.get("slug").to_lowercase(),
        host: form.some("host").map(str::to_lowercase),
        colour: colour.ok_or_else(|| Slip { field: "colour", message: Message::new("face-fault-colour") })?,
        logo: if form.is_ticked("bare") { None } else { sent.or(kept) },
        edition: form.get("edition").parse().unwrap_or(0),
    })
}

fn slip(fault: FaceFault) -> Slip {
    let message = Message::new(format!("face-fault-{}", fault.name()));
    match fault {
        FaceFault::Name => Slip { field: "name", message },
        FaceFault::Slug | FaceFault::SlugTaken => Slip { field: "slug", message },
        FaceFault::Host | FaceFault::HostTaken => Slip { field: "host", message },
        FaceFault::Logo => Slip { field: "logo", message },
        FaceFault::Light { darker } => Slip { field: "colour", message: message.with("colour", darker.to_string()) },
    }
}

fn come_back(form: &Form, edition: u32, slips: &[Slip]) -> FaceForm {
    let field = |name: &str| form.back(name, slips);
    FaceForm {
        edition,
        name: field("name"),
        slug: field("slug"),
        host: field("host"),
        colour: field("colour"),
        logo: field("logo"),
    }
}

fn filled(face: Option<&Face>) -> FaceForm {
    let Some(face) = face else {
        return FaceForm { colour: Field::of(&FacePage::usual().to_string()), ..FaceForm::default() };
    };
    FaceForm {
        edition: face.edition,
        name: Field::of(&face.name),
        slug: Field::of(&face.slug),
        host: Field::of(face.host.as_deref().unwrap_or_default()),
        colour: Field::of(&face.colour.to_string()),
        logo: Field::default(),
    }
}

async fn page(
    visit: &Visit,
    officer: &Officer,
    id: AgencyId,
    form: FaceForm,
    slips: Vec<Slip>,
) -> Result<FacePage, Failure> {
    let head = head(visit, officer, id, "wajah")?;
    let there = current(visit, id);
    let base = &visit.web.base_url;
    let by_path = there.iter().map(|face| format!("{base}/wajah/{}", face.slug));
    let by_host = there.iter().filter_map(|face| face.host.as_ref()).map(|host| format!("https://{host}/"));
    Ok(FacePage {
        w: visit.words,
        frame: visit.desk(officer, Place::Elsewhere).await?,
        head,
        form,
        slips,
        addresses: by_path.chain(by_host).collect(),
        logo: there.and_then(|face| crate::face::Shown::of(&face, String::new()).logo),
        hosts: officer.role == Role::NationalAdmin,
    })
}
