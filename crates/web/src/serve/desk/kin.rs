//! Other reports that have to do with this one, and linking them to it.

use super::case;
use super::problems::makes;
use crate::citizen::CauseLink;
use crate::components::{Choice, Field};
use crate::desk::{Kin, KinRow, MemberRow, SimilarRow};
use crate::serve::cause::link as link_to;
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::report::code;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment};
use app::reference::Reference;
use app::{Act, Error, Listed, Member, Similar, View};
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::Code;
use domain::code::CodeError;
use domain::policy::{Action, may};
use domain::region::RegionLevel;
use domain::report::{Command, CommandKind};

/// The kin of a report for its page.
pub(super) async fn kin(visit: &Visit, view: &View) -> Result<Kin, Failure> {
    let app = &visit.web.app;
    let broken = |error| Failure::of(visit, error);
    let similar = app.similar(view).await.map_err(broken)?;
    let matter = app.matter(view).await.map_err(broken)?;
    let reference = app.reference();
    let shared = view.report().matter;
    let gives = matter.as_ref().is_some_and(|matter| matter.gives);
    let members = matter.map(|matter| matter.members).unwrap_or_default();
    Ok(Kin {
        code: view.row.code,
        key: visit.fresh_key(),
        similar: similar.iter().map(|one| similar_row(one, view, shared, &reference)).collect(),
        members: members.iter().map(|one| member_row(one, &reference)).collect(),
        gives,
        may_link: may(&reference.rules.agencies, &view.by, Action::Do(CommandKind::Link), view.report()),
        cause: cause(visit, view).await?,
        problems: problems(visit, view).await?,
        chosen: Field::default(),
        may_attribute: view.offers.contains(&CommandKind::Attribute),
        may_release: view.offers.contains(&CommandKind::Release),
        may_make: makes(visit, &view.by),
        refused: None,
    })
}

/// The problem to which the report is attached, whether or not it stands on its page.
async fn cause(visit: &Visit, view: &View) -> Result<Option<CauseLink>, Failure> {
    let Some(id) = view.report().problem else { return Ok(None) };
    let problem = visit.web.app.problem(id).await.map_err(|error| Failure::of(visit, error))?;
    Ok(Some(link_to(problem)))
}

/// Problems to which this officer may attach the report.
async fn problems(visit: &Visit, view: &View) -> Result<Vec<Choice>, Failure> {
    if view.report().problem.is_some() || !view.offers.contains(&CommandKind::Attribute) {
        return Ok(Vec::new());
    }
    let open = visit.web.app.open_problems(&view.by).await.map_err(|error| Failure::of(visit, error))?;
    Ok(open.into_iter().map(|problem| Choice::new(problem.id, problem.title)).collect())
}

pub(super) fn row(listed: &Listed, reference: &Reference) -> KinRow {
    let report = &listed.row.report;
    KinRow {
        code: listed.row.code,
        title: listed.title.clone().unwrap_or_default(),
        stage: report.stage.kind(),
        place: reference.regions.full_name(&report.region),
        agency: shape::agency_name(reference, report.holder),
        sent: Moment::of(report.clocks.received, report.zone),
    }
}

fn member_row(member: &Member, reference: &Reference) -> MemberRow {
    MemberRow { row: row(&member.listed, reference), left: member.left }
}

fn similar_row(similar: &Similar, view: &View, shared: Option<domain::MatterId>, reference: &Reference) -> SimilarRow {
    let likeness = &similar.likeness;
    let place = match (likeness.metres, likeness.level) {
        (Some(metres), _) if metres < 1_000 => Some(Message::new("similar-metres").with("n", metres)),
        (Some(metres), _) => Some(Message::new("similar-kilometres").with("n", metres.div_ceil(1_000))),
        (None, Some(RegionLevel::Village)) => Some(Message::new("similar-village")),
        (None, Some(RegionLevel::District)) => Some(Message::new("similar-district")),
        (None, Some(RegionLevel::Regency)) => Some(Message::new("similar-regency")),
        (None, _) => None,
    };
    let words = (!likeness.shared.is_empty())
        .then(|| Message::new("similar-words").with("words", spoken(&likeness.shared, view)));
    let category = likeness.same_category.then(|| Message::new("similar-category"));
    let days = Message::new("similar-days").with("n", u32::from(likeness.days));
    SimilarRow {
        row: row(&similar.listed, reference),
        reasons: [place, category, words, Some(days)].into_iter().flatten().collect(),
        linked: shared.is_some() && similar.listed.row.report.matter == shared,
    }
}

/// Shared words as this report spells them: the search knows only their stems.
fn spoken(stems: &[String], view: &View) -> String {
    const MOST: usize = 8;
    let text = format!("{} {}", view.title, view.body).to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1).collect();
    let spelt = stems.iter().map(|stem| {
        let found = words.iter().find(|word| app::analyser::terms(word).contains(stem));
        found.map_or(stem.as_str(), |word| word)
    });
    spelt.take(MOST).collect::<Vec<_>>().join(", ")
}

/// Links another report, named by its number, to this one.
pub(in crate::serve) async fn link(
    visit: Visit,
    Path(typed): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let other = match Code::parse(form.get("other")) {
        Ok(other) => other,
        Err(CodeError::Shape) => return again(&visit, code, &form, Message::new("slip-number-shape")).await,
        Err(CodeError::Slip) => return again(&visit, code, &form, Message::new("slip-number-typo")).await,
    };
    match visit.web.app.link(code, other, actor(&officer), form.get("key")).await {
        Ok(()) => Ok(back(&visit, code, "done-linked")),
        Err(Error::Refused(refusal)) => again(&visit, code, &form, Message::refusal(refusal)).await,
        Err(Error::NotFound | Error::Denied) => again(&visit, code, &form, Message::new("slip-matter-other")).await,
        Err(error) => Err(Failure::of(&visit, error)),
    }
}

/// Takes this report out of its matter.
pub(in crate::serve) async fn unlink(
    visit: Visit,
    Path(typed): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let act = Act { key: form.some("key").map(str::to_owned), ..Act::new(actor(&officer), Command::Unlink) };
    visit.web.app.act(code, act).await.map_err(|error| Failure::of(&visit, error))?;
    Ok(back(&visit, code, "done-unlinked"))
}

fn back(visit: &Visit, code: Code, done: &str) -> Response {
    (AppendHeaders([visit.told(done)]), Redirect::to(&format!("/desk/laporan/{code}#matter"))).into_response()
}

async fn again(visit: &Visit, code: Code, form: &Form, why: Message) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let mut page = case::page(visit, &officer, code, None).await?;
    page.kin.refused = Some((why, form.get("other").to_owned()));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}
