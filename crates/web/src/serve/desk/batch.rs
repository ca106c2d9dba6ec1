//! `/desk/massal`: one deed to many reports.

use super::answers::message;
use super::columns::workbook;
use super::forms::targets;
use super::templates::{Facts, fill};
use crate::components::{Choice, Field, Place, Tone};
use crate::desk::{BatchPage, BatchRow, BatchSentPage, BatchesPage, DeedFields};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::shape::Known;
use crate::serve::snapshot_book::KIND;
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment};
use app::transfer::{Way, export_selection};
use app::{BatchLine, Conflict, Deed, Error, MOST_ITEMS, Officer, Subject, UNDO_TIME};
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::report::AnswerKind;
use domain::template::AnswerText;
use domain::text::{Body, Remark};
use domain::time::Zone;
use domain::{AgencyId, Code, UserId};
use std::collections::HashMap;

const DEEDS: [&str; 4] = ["assign", "dispose", "answer", "export"];

/// What is to be done, and once its fields are filled in what it would come to. Nothing is changed.
pub(in crate::serve) async fn look(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let name = DEEDS.into_iter().find(|name| *name == form.get("deed")).unwrap_or("export");
    let codes = codes(&form);
    let mut page = empty(&visit, &officer, name, &form).await?;
    let deed = match name {
        "export" => Ok(Deed::Assign { officer: None }),
        name => deed(name, &form),
    };
    let starts = form.is_ticked("use");
    if starts {
        page.fields.text = Field::of(&template(&visit, &officer, &form).await?);
    }
    let asked = !starts && (name == "export" || form.is_ticked("look"));
    let tried = tried(&visit, &officer, &codes, deed.as_ref().ok(), form.get("text")).await?;
    page.foreseen = asked && deed.is_ok();
    page.slip = match (&deed, codes.len()) {
        (_, 0) => Some(Message::new("slip-none-picked")),
        (_, n) if n > MOST_ITEMS => Some(Message::new("slip-many-picked").with("most", MOST_ITEMS)),
        (Err(slip), _) if asked => Some(slip.clone()),
        _ => None,
    };
    page.rows = tried.into_iter().map(|line| row(line, page.foreseen, name)).collect();
    let status = if page.slip.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, visit.show(&page)?).into_response())
}

/// What a deed comes to for the chosen reports, with the answers that are filled in for them.
async fn tried(
    visit: &Visit,
    officer: &Officer,
    codes: &[Code],
    deed: Option<&Deed>,
    text: &str,
) -> Result<Vec<BatchLine>, Failure> {
    let (app, by) = (&visit.web.app, actor(officer));
    let (reference, template) = (app.reference(), AnswerText::parse(text).ok());
    let fill = |subject: &Subject<'_>| {
        let own = fill(template.as_ref()?, &Facts::about(subject, &reference));
        Body::parse(&own).ok()
    };
    let nothing = Deed::Assign { officer: None };
    let lines = app.try_batch(&by, codes, deed.unwrap_or(&nothing), &fill).await;
    lines.map_err(|error| Failure::of(visit, error))
}

/// The text of the chosen template, as the office wrote it.
async fn template(visit: &Visit, officer: &Officer, form: &Form) -> Result<String, Failure> {
    let all = visit.web.app.templates(officer.agency).await.map_err(|error| Failure::of(visit, error))?;
    let chosen = all.into_iter().find(|one| one.active && one.id.to_string() == form.get("template"));
    Ok(chosen.map_or_else(|| form.get("text").to_owned(), |one| one.body))
}

/// Sends a batch off; it waits for a while in which it can be undone.
pub(in crate::serve) async fn send(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let refused = |slip| Failure::page(&visit, 422, Some(slip), None);
    let deed = deed(form.get("deed"), &form).map_err(refused)?;
    let seen: Vec<(Code, u32)> = form
        .all("item")
        .filter_map(|item| {
            let (code, seq) = item.split_once('.')?;
            Some((Code::parse(code).ok()?, seq.parse().ok()?))
        })
        .collect();
    let codes: Vec<Code> = seen.iter().map(|(code, _)| *code).collect();
    let mut lines = tried(&visit, &officer, &codes, Some(&deed), form.get("text")).await?;
    for line in &mut lines {
        line.seq = seen.iter().find(|(code, _)| *code == line.code).map_or(line.seq, |(_, seq)| *seq);
    }
    if lines.is_empty() {
        return Err(refused(Message::new("slip-none-picked")));
    }
    let sent = visit.web.app.send_batch(&actor(&officer), &deed, &lines, form.get("key")).await;
    let id = sent.map_err(|error| Failure::keeping(&visit, error, form.words()))?;
    Ok((AppendHeaders([visit.told("done-batch")]), Redirect::to(&format!("/desk/massal/{id}"))).into_response())
}

/// An officer's latest batches.
pub(in crate::serve) async fn list(visit: Visit) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let found = visit.web.app.batches(&actor(&officer)).await.map_err(|error| Failure::of(&visit, error))?;
    let known = |name: &str| DEEDS.into_iter().find(|deed| *deed == name);
    let batches = found.into_iter().filter_map(|batch| {
        Some((batch.id, known(&batch.deed)?, batch.state, Moment::of(batch.created_at, Zone::Wib)))
    });
    let page =
        BatchesPage { w: visit.words, frame: visit.desk(&officer, Place::Inbox).await?, batches: batches.collect() };
    visit.show(&page)
}

/// A batch and what became of it.
pub(in crate::serve) async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let found = visit.web.app.batch(&actor(&officer), id).await.map_err(|error| Failure::of(&visit, error))?;
    let deed = found.deed.as_ref().map_or("assign", Deed::name);
    let page = BatchSentPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Inbox).await?,
        id,
        deed,
        state: found.state,
        run_at: Moment::of(found.run_at, Zone::Wib),
        rows: found.lines.into_iter().map(|line| row(line, true, deed)).collect(),
    };
    visit.show(&page)
}

/// Takes a batch back before it is sent.
pub(in crate::serve) async fn undo(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    match visit.web.app.undo_batch(&actor(&officer), id).await {
        Ok(()) => {
            let back = Redirect::to(&format!("/desk/massal/{id}"));
            Ok((AppendHeaders([visit.told("done-batch-undone")]), back).into_response())
        }
        Err(Error::Conflict(Conflict::Stale { .. })) => {
            Err(Failure::page(&visit, 409, Some(Message::new("batch-too-late")), None))
        }
        Err(error) => Err(Failure::of(&visit, error)),
    }
}

/// The chosen reports as a file.
pub(in crate::serve) async fn export(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let (ending, kind, way) = match form.get("format") {
        "csv" => ("csv", "text/csv; charset=utf-8", Way::Csv),
        _ => ("xlsx", KIND, workbook(visit.words)),
    };
    let codes: Vec<Code> = codes(&form).into_iter().take(MOST_ITEMS).collect();
    let bytes = export_selection(&visit.web.app, &actor(&officer), &codes, way).await;
    let bytes = bytes.map_err(|error| Failure::of(&visit, error))?;
    let name = format!("attachment; filename=\"laporan-{}.{ending}\"", Zone::Wib.day(visit.web.app.now()));
    Ok(([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, name)], bytes).into_response())
}

fn codes(form: &Form) -> Vec<Code> {
    let mut codes: Vec<Code> = form.all("code").filter_map(|code| Code::parse(code).ok()).collect();
    codes.dedup();
    codes
}

async fn empty(visit: &Visit, officer: &Officer, deed: &'static str, form: &Form) -> Result<BatchPage, Failure> {
    let app = &visit.web.app;
    let reference = app.reference();
    let colleagues = app.colleagues(officer.agency).await.map_err(|error| Failure::of(visit, error))?;
    let templates = app.templates(officer.agency).await.map_err(|error| Failure::of(visit, error))?;
    let known = Known { reference: &reference, words: visit.words, officers: HashMap::new() };
    let today = Zone::Wib.day(app.now());
    let offices = targets(&known, officer, AgencyId(0)).filter(|agency| agency.is_active(today));
    let field = |name: &str| Field::of(form.get(name));
    Ok(BatchPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Inbox).await?,
        deed,
        fields: DeedFields {
            officer: field("officer"),
            to: field("to"),
            note: field("note"),
            kind: field("kind"),
            text: field("text"),
            planned_for: field("planned_for"),
            legal_ground: field("legal_ground"),
            despite: field("despite"),
        },
        templates: templates
            .iter()
            .filter(|one| one.active)
            .map(|one| Choice { chosen: one.id.to_string() == form.get("template"), ..Choice::new(one.id, &one.name) })
            .collect(),
        officers: colleagues.iter().map(|one| Choice::new(one.id, &one.name)).collect(),
        offices: offices.map(|agency| Choice::new(agency.id, &agency.name)).collect(),
        slip: None,
        rows: Vec::new(),
        foreseen: false,
        key: form.some("key").map_or_else(|| visit.fresh_key(), str::to_owned),
        minutes: UNDO_TIME.as_mins(),
    })
}

/// The deed of a form, or what is wrong with it.
fn deed(name: &str, form: &Form) -> Result<Deed, Message> {
    let choice = || Message::new("slip-choice");
    let number = |name: &str| form.get(name).parse::<i64>().ok();
    let remark = |name: &str| form.some(name).map(Remark::parse).transpose().map_err(told);
    Ok(match name {
        "assign" => Deed::Assign { officer: number("officer").map(UserId) },
        "dispose" => Deed::Dispose { to: number("to").map(AgencyId).ok_or_else(choice)?, note: remark("note")? },
        "answer" => Deed::Answer {
            kind: AnswerKind::parse(form.get("kind")).ok_or_else(choice)?,
            text: strict(form.get("text"))?,
            planned_for: form.some("planned_for").map(str::parse).transpose().map_err(|_| Message::new("slip-date"))?,
            legal_ground: remark("legal_ground")?,
            despite: remark("despite")?,
        },
        _ => return Err(choice()),
    })
}

/// A text whose placeholders are all known.
fn strict(text: &str) -> Result<Body, Message> {
    let body = Body::parse(text).map_err(told)?;
    AnswerText::parse(body.as_str()).map_err(|fault| message(&fault))?;
    Ok(body)
}

fn row(line: BatchLine, told: bool, deed: &str) -> BatchRow {
    let key = match line.outcome.as_str() {
        _ if !told => "outcome-none".to_owned(),
        _ if deed == "export" => "outcome-ready".to_owned(),
        refusal if refusal.starts_with("refusal-") => refusal.to_owned(),
        other => format!("outcome-{other}"),
    };
    let tone = match key.as_str() {
        "outcome-ready" | "outcome-draft" | "outcome-done" => Tone::Good,
        "outcome-waiting" => Tone::Wait,
        _ => Tone::Bad,
    };
    BatchRow {
        code: line.code,
        title: line.title,
        seq: line.seq,
        outcome: Message::new(key),
        tone,
        text: line.text.filter(|_| told).map(|text| text.as_str().to_owned()),
        advice: line.advice,
    }
}
