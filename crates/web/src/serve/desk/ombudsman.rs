//! `/desk/ombudsman`: reports given to the Ombudsman, and their papers as one file.

use crate::components::{Entry, Field, Place, Slip};
use crate::desk::{ConsentRow, OmbudsmanPage, PackagePaper, PaperFile, TermRow};
use crate::print;
use crate::sent::{self, Way};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::shape::{self, Known};
use crate::serve::visit::{Visit, actor};
use crate::words::Moment;
use app::{Attachment, Consented, Package, place_in};
use axum::extract::{Query, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::text::Remark;
use domain::{AttachmentId, Code};
use serde_json::json;
use std::collections::HashMap;

const ROWS: u32 = 25;

/// Reports with consent.
pub(in crate::serve) async fn show(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let before = query.get("after").and_then(|after| after.split_once('.'));
    let before = before.and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
    let page = page(&visit, before, Field::default()).await?;
    visit.show(&page)
}

/// Takes the papers of one of them; the reason is asked for, recorded, and told to the reporter.
pub(in crate::serve) async fn take(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let code = Code::parse(form.get("code")).map_err(|_| Failure::page(&visit, 404, None, None))?;
    let reason = match Remark::parse(form.get("text")) {
        Ok(reason) => reason,
        Err(error) => {
            let page = page(&visit, None, Field::wrong(form.get("text"), told(error))).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response());
        }
    };
    let taken = visit.web.app.package(&actor(&officer), code, &reason).await;
    let package = taken.map_err(|error| Failure::of(&visit, error))?;
    let documents = documents(&visit, &package).await?;
    let packed = visit.web.app.pack(&package, documents).await.map_err(|error| Failure::of(&visit, error))?;
    let file = Attachment {
        id: AttachmentId(0),
        report: package.row.report.id,
        seq: 0,
        name: format!("ombudsman-{code}.zip"),
        kind: "application/zip".to_owned(),
        size: 0,
        hash: String::new(),
        at: package.at,
    };
    let response = sent::response(&file.name, &file.kind, &packed, &HeaderMap::new(), Way::Saved).await;
    response.map_err(|error| Failure::broken(&visit, error))
}

async fn page(visit: &Visit, before: Option<(i64, i64)>, reason: Field) -> Result<OmbudsmanPage, Failure> {
    let officer = visit.officer().await?;
    let found = visit.web.app.consented(&actor(&officer), before, ROWS).await;
    let (rows, next) = found.map_err(|error| Failure::of(visit, error))?;
    let reference = visit.web.app.reference();
    let row = |one: Consented| ConsentRow {
        code: one.row.code,
        title: one.title,
        holder: shape::agency_name(&reference, one.row.report.holder),
        consented: Moment::of(one.consented, one.row.report.zone),
    };
    Ok(OmbudsmanPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Oversight).await?,
        rows: rows.into_iter().map(row).collect(),
        slips: reason.slip.clone().into_iter().map(|message| Slip { field: "reason", message }).collect(),
        reason,
        next: next.map(|(at, id)| format!("/desk/ombudsman?after={at}.{id}")),
    })
}

/// The paper to read, the same for programs, and the list of hashes.
async fn documents(visit: &Visit, package: &Package) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let pdf = print::pdf(paper(visit, package).document()).await.map_err(|error| Failure::broken(visit, error))?;
    let data = serde_json::to_vec_pretty(&data(package)).map_err(|error| Failure::broken(visit, error))?;
    let sums = package.files.iter().map(|file| format!("{}  {}\n", file.hash, place_in(file)));
    Ok(vec![
        ("berkas.pdf".to_owned(), pdf),
        ("berkas.json".to_owned(), data),
        ("SHA256SUMS".to_owned(), sums.collect::<String>().into_bytes()),
    ])
}

fn paper(visit: &Visit, package: &Package) -> PackagePaper {
    let reference = visit.web.app.reference();
    let known = Known { reference: &reference, words: visit.words, officers: HashMap::new() };
    let report = &package.row.report;
    let moment = |at| Moment::of(at, report.zone);
    let words_at =
        |seq: u32| package.story.iter().find(|told| told.logged.seq == seq).and_then(|told| told.words.as_ref());
    let person = package
        .reporter
        .as_ref()
        .map(|person| [&person.name, &person.phone, &person.email].into_iter().flatten().cloned().collect::<Vec<_>>());
    let terms = package.terms.iter().map(|term| TermRow {
        limit: term.deadline.limit.name(),
        basis: term.deadline.legal_basis.clone(),
        from: moment(term.deadline.start),
        due: moment(term.deadline.due),
        met: term.met.map(moment),
        missed: term.is_missed(package.at),
    });
    PackagePaper {
        w: visit.words,
        code: package.row.code,
        title: words_at(package.row.words_seq).and_then(|words| words.title.clone()).unwrap_or_default(),
        holder: shape::agency_name(&reference, report.holder),
        place: reference.regions.full_name(&report.region),
        sent: moment(report.clocks.received),
        consented: moment(package.consented),
        made: moment(package.at),
        objections: report.objections,
        reporter: person.or_else(|| (!report.anonymous).then(Vec::new)),
        original: words_at(1).map(|words| words.body.clone()).unwrap_or_default(),
        terms: terms.collect(),
        history: history(package, &known),
        files: package
            .files
            .iter()
            .map(|file| PaperFile {
                place: place_in(file),
                hash: file.hash.clone(),
                bytes: u64::try_from(file.size).unwrap_or(0),
            })
            .collect(),
    }
}

fn history(package: &Package, known: &Known<'_>) -> Vec<Entry> {
    package.story.iter().map(|told| shape::whole_entry(told, package.row.report.zone, known)).collect()
}

fn data(package: &Package) -> serde_json::Value {
    let story: Vec<_> = package
        .story
        .iter()
        .map(|told| {
            let words = told.words.as_ref();
            json!({
                "seq": told.logged.seq, "at": told.logged.at.to_string(), "by": told.logged.by,
                "event": told.logged.event, "title": words.and_then(|words| words.title.clone()),
                "text": words.map(|words| words.body.clone()),
                "legal_ground": words.and_then(|words| words.legal_ground.clone()),
            })
        })
        .collect();
    let terms: Vec<_> = package
        .terms
        .iter()
        .map(|term| {
            json!({
                "limit": term.deadline.limit.name(), "from": term.deadline.start.to_string(),
                "due": term.deadline.due.to_string(), "met": term.met.map(|at| at.to_string()),
                "missed": term.is_missed(package.at), "basis": term.deadline.legal_basis,
            })
        })
        .collect();
    let files: Vec<_> = package
        .files
        .iter()
        .map(|file| json!({"file": place_in(file), "sha256": file.hash, "bytes": file.size, "kind": file.kind}))
        .collect();
    json!({
        "code": package.row.code.to_string(), "state": package.row.report, "consented": package.consented.to_string(),
        "made": package.at.to_string(), "history": story, "deadlines": terms, "files": files,
    })
}
