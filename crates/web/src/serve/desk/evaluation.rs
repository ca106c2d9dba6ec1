//! `/desk/evaluasi/{semester}/{agency}`: an evaluation is written, judged, objected to and read.

use super::evaluation_form::{come_back, drafts, reasons, uploads, verdicts, with_file_slip};
use super::evaluations::HOME;
use crate::citizen::LineView;
use crate::components::{Field, FileKind, FileLink, Place, Slip};
use crate::desk::{DeedRow, EvaluationForm, EvaluationPage, EvidenceLink, QUESTION_IDS, QuestionView};
use crate::sent::{self, Way};
use crate::serve::evaluation::semester;
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment};
use app::{Error, EvaluationStep, EvaluationView, Evidence, Officer, Which};
use axum::extract::{Path, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::AgencyId;
use domain::evaluation::{Act, Fault, Stage};
use domain::text::Remark;

/// One evaluation.
pub(in crate::serve) async fn show(visit: Visit, Path(at): Path<(String, i64)>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let which = which(&visit, &at)?;
    let page = page(&visit, &officer, which).await?;
    visit.show(&page)
}

fn which(visit: &Visit, (name, agency): &(String, i64)) -> Result<Which, Failure> {
    Ok((semester(visit, name)?, AgencyId(*agency)))
}

/// Keeps a draft, and hands it in where that is asked.
pub(in crate::serve) async fn fill(
    visit: Visit,
    Path(at): Path<(String, i64)>,
    request: Request,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let which = which(&visit, &at)?;
    let form = Form::read(&visit, request).await?;
    let about = view(&visit, &officer, which).await?.form;
    let submits = form.get("do") == "submit";
    let mut acts = vec![Act::Save(drafts(&about, &form))];
    acts.extend(submits.then_some(Act::Submit));
    let done = if submits { "done-evaluation-submitted" } else { "done-evaluation-saved" };
    send(&visit, &officer, which, &form, acts, done).await
}

/// Does what another form of the page asks.
pub(in crate::serve) async fn act(
    visit: Visit,
    Path((name, agency, what)): Path<(String, i64, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let which = which(&visit, &(name, agency))?;
    let form = Form::read(&visit, request).await?;
    let about = view(&visit, &officer, which).await?.form;
    let (act, done) = match what.as_str() {
        "kelengkapan" => (Act::SendBack(form.get("back").to_owned()), "done-evaluation-returned"),
        "verifikasi" => (Act::Verify(verdicts(&about, &form)), "done-evaluation-verified"),
        "persetujuan" => (Act::Accept, "done-evaluation-accepted"),
        "keberatan" => (Act::Object(reasons(&about, &form)), "done-evaluation-objected"),
        "putusan" => (Act::Decide(verdicts(&about, &form)), "done-evaluation-decided"),
        "catatan" => return remark(&visit, &officer, which, &form).await,
        _ => return Err(Failure::page(&visit, 404, None, None)),
    };
    send(&visit, &officer, which, &form, vec![act], done).await
}

/// Sends acts; what stands against them comes back with all that was typed.
async fn send(
    visit: &Visit,
    officer: &Officer,
    which: Which,
    form: &Form,
    acts: Vec<Act>,
    done: &'static str,
) -> Result<Response, Failure> {
    let step = EvaluationStep {
        seen: form.get("seq").parse().unwrap_or(0),
        key: form.get("key").to_owned(),
        acts,
        uploads: uploads(form),
        dropped: form.get("drop").parse().ok(),
    };
    let faults: Vec<Fault> = match visit.web.app.evaluate(&actor(officer), which, step).await {
        Ok(Ok(())) if form.file_slip.is_none() => return Ok(back(visit, which, done)),
        Ok(stepped) => stepped.err().unwrap_or_default(),
        Err(Error::File(code)) => {
            let page = come_back(page(visit, officer, which).await?, form, &[]);
            return refused(visit, &with_file_slip(page, Some(Message::new(code))));
        }
        Err(error) => return Err(Failure::of(visit, error)),
    };
    refused(visit, &come_back(page(visit, officer, which).await?, form, &faults))
}

fn refused(visit: &Visit, page: &EvaluationPage) -> Result<Response, Failure> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(page)?).into_response())
}

fn back(visit: &Visit, which: Which, done: &str) -> Response {
    (AppendHeaders([visit.told(done)]), Redirect::to(&base(which))).into_response()
}

fn base((semester, agency): Which) -> String {
    format!("{HOME}/{}/{agency}", semester.name())
}

async fn remark(visit: &Visit, officer: &Officer, which: Which, form: &Form) -> Result<Response, Failure> {
    let text = match Remark::parse(form.get("text")) {
        Ok(text) => text,
        Err(error) => {
            let (field, message) = ("remark", told(error));
            let mut page = page(visit, officer, which).await?;
            page.remark = Field::wrong(form.get("text"), message.clone());
            page.slips = vec![Slip { field, message }];
            return refused(visit, &page);
        }
    };
    let said = visit.web.app.remark_on_evaluation(&actor(officer), which, form.get("key"), &text).await;
    said.map_err(|error| Failure::keeping(visit, error, form.words()))?;
    Ok(back(visit, which, "done-evaluation-remark"))
}

/// A file that shows what was answered.
pub(in crate::serve) async fn evidence(
    visit: Visit,
    Path((name, agency, id)): Path<(String, i64, i64)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let which = which(&visit, &(name, agency))?;
    let found = visit.web.app.evidence(&actor(&officer), which, id).await;
    let (file, path) = found.map_err(|error| Failure::of(&visit, error))?;
    let sent = sent::response(&file.name, &file.media, &path, &headers, Way::Saved).await;
    sent.map_err(|error| Failure::broken(&visit, error))
}

async fn view(visit: &Visit, officer: &Officer, which: Which) -> Result<EvaluationView, Failure> {
    visit.web.app.evaluation(&actor(officer), which).await.map_err(|error| Failure::of(visit, error))
}

async fn page(visit: &Visit, officer: &Officer, which: Which) -> Result<EvaluationPage, Failure> {
    let found = view(visit, officer, which).await?;
    let reference = visit.web.app.reference();
    let (semester, agency) = which;
    let form = form_for(&found);
    let deeds = found.remarks.iter().map(|one| DeedRow {
        act: one.act.clone(),
        office: one.agency.map(|office| shape::agency_name(&reference, office)),
        at: Moment::of(one.at, found.zone),
        text: one.body.clone(),
    });
    Ok(EvaluationPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Oversight).await?,
        base: base(which),
        agency: shape::agency_name(&reference, agency),
        period: (semester.year(), semester.half()),
        stage: found.evaluation.stage.name(),
        form,
        key: visit.fresh_key(),
        seq: found.seq,
        until: match found.evaluation.stage {
            Stage::Verified { until } => Some(Moment::of(until, found.zone)),
            _ => None,
        },
        score: found.working.score,
        predicate: found.working.predicate.name(),
        questions: questions(&found, form),
        deeds: deeds.collect(),
        may_remark: found.seq > 0 && (found.fills || found.judges),
        may_return: found.evaluation.stage == Stage::Submitted && found.judges,
        back: Field::default(),
        remark: Field::default(),
        slips: Vec::new(),
        file_slip: None,
    })
}

/// The form of whoever is waited for, where the viewer is that.
fn form_for(found: &EvaluationView) -> EvaluationForm {
    match found.evaluation.stage {
        Stage::Draft if found.fills => EvaluationForm::Fill,
        Stage::Submitted if found.judges => EvaluationForm::Judge("verifikasi"),
        Stage::Verified { .. } if found.fills => EvaluationForm::Object,
        Stage::Objected if found.judges => EvaluationForm::Judge("putusan"),
        _ => EvaluationForm::None,
    }
}

fn questions(found: &EvaluationView, form: EvaluationForm) -> Vec<QuestionView> {
    let lines = LineView::all(&found.form, &found.working.lines).into_iter();
    let view = |(line, id): (LineView, &'static str)| {
        let question = found.form.question(&line.code)?;
        let answer = found.evaluation.answers.get(&line.code).cloned().unwrap_or_default();
        let answered = found.form.asked().any(|asked| asked.code == line.code);
        let objected = answer.objection.is_some();
        let (pick, text) = match form {
            EvaluationForm::Fill => (answer.choice.clone(), answer.note),
            _ => (answer.standing().map(str::to_owned), String::new()),
        };
        Some(QuestionView {
            id,
            choices: question.choices().to_vec(),
            needs_evidence: question.choices().iter().any(|choice| question.needs_evidence(&choice.code)),
            evidence: found
                .evidence
                .iter()
                .filter(|file| file.question == line.code)
                .map(|file| link(found, file))
                .collect(),
            is_asked: answered && (form != EvaluationForm::Judge("putusan") || objected),
            pick: pick.unwrap_or_default(),
            text: Field::of(&text),
            line,
        })
    };
    lines.zip(QUESTION_IDS).filter_map(view).collect()
}

fn link(found: &EvaluationView, file: &Evidence) -> EvidenceLink {
    let kind = if file.media == "application/pdf" { FileKind::Pdf } else { FileKind::Image };
    let file_link = FileLink {
        url: format!("{}/bukti/{}", base(found.which), file.id),
        thumb: None,
        name: file.name.clone(),
        kind,
        bytes: u64::try_from(file.size).unwrap_or(0),
    };
    EvidenceLink { id: file.id, file: file_link }
}
