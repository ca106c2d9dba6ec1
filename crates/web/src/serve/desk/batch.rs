//! `/desk/massal`: one deed to many reports.

use super::forms::targets;
use crate::components::{Choice, Field, Place, Tone};
use crate::desk::{BatchPage, BatchRow, BatchSentPage, BatchesPage, DeedFields};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::shape::Known;
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment};
use app::transfer::export_selection;
use app::{BatchLine, Conflict, Deed, Error, MOST_ITEMS, Officer, UNDO_TIME};
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::report::AnswerKind;
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
    let asked = name == "export" || form.is_ticked("look");
    let by = actor(&officer);
    let tried = match &deed {
        Ok(deed) => visit.web.app.try_batch(&by, &codes, deed).await,
        Err(_) => visit.web.app.try_batch(&by, &codes, &Deed::Assign { officer: None }).await,
    };
    let lines = tried.map_err(|error| Failure::of(&visit, error))?;
    page.foreseen = asked && deed.is_ok();
    page.slip = match (&deed, codes.len()) {
        (_, 0) => Some(Message::new("slip-none-picked")),
        (_, n) if n > MOST_ITEMS => Some(Message::new("slip-many-picked").with("most", MOST_ITEMS)),
        (Err(slip), _) if asked => Some(slip.clone()),
        _ => None,
    };
    page.rows = lines.into_iter().map(|line| row(line, page.foreseen, name)).collect();
    let status = if page.slip.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, visit.show(&page)?).into_response())
}

/// Sends a batch off; it waits for a while in which it can be undone.
pub(in crate::serve) async fn send(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let refused = |slip| Failure::page(&visit, 422, Some(slip), None);
    let deed = deed(form.get("deed"), &form).map_err(refused)?;
    let items: Vec<(Code, u32)> = form
        .all("item")
        .filter_map(|item| {
            let (code, seq) = item.split_once('.')?;
            Some((Code::parse(code).ok()?, seq.parse().ok()?))
        })
        .collect();
    if items.is_empty() {
        return Err(refused(Message::new("slip-none-picked")));
    }
    let sent = visit.web.app.send_batch(&actor(&officer), &deed, &items, form.get("key")).await;
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
    let (ending, kind) = match form.get("format") {
        "csv" => ("csv", "text/csv; charset=utf-8"),
        _ => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    };
    let codes: Vec<Code> = codes(&form).into_iter().take(MOST_ITEMS).collect();
    let bytes = export_selection(&visit.web.app, &actor(&officer), &codes, ending).await;
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
        },
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
            text: Body::parse(form.get("text")).map_err(told)?,
            planned_for: form.some("planned_for").map(str::parse).transpose().map_err(|_| Message::new("slip-date"))?,
            legal_ground: remark("legal_ground")?,
        },
        _ => return Err(choice()),
    })
}

fn row(line: BatchLine, told: bool, deed: &str) -> BatchRow {
    let key = match line.outcome.as_str() {
        _ if !told => "outcome-none".to_owned(),
        _ if deed == "export" => "outcome-ready".to_owned(),
        refusal if refusal.starts_with("refusal-") => refusal.to_owned(),
        other => format!("outcome-{other}"),
    };
    let tone = match key.as_str() {
        "outcome-ready" | "outcome-done" => Tone::Good,
        "outcome-waiting" => Tone::Wait,
        _ => Tone::Bad,
    };
    BatchRow { code: line.code, title: line.title, seq: line.seq, outcome: Message::new(key), tone }
}
