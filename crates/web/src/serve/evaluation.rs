//! What came of evaluations, for everybody.

use super::failure::Failure;
use super::lists::{Asked, given};
use super::paper;
use super::snapshot::{file, pem};
use super::table::sheets;
use super::visit::Visit;
use crate::citizen::table::columns;
use crate::citizen::{EvaluationCertificate, EvaluationResultPage, EvaluationResultsPage, LineView, ResultRow};
use crate::components::Place;
use crate::words::{Moment, Words};
use app::book::{Cell, Sheet};
use app::{EvaluationRow, SignedOutcome, keys};
use axum::extract::Path;
use axum::response::Response;
use domain::AgencyId;
use domain::evaluation::{Form, Outcome, Predicate};
use domain::oversight::Semester;
use domain::time::Zone;

const HOME: &str = "/statistik/evaluasi";

/// The predicates of a half year.
pub(super) async fn list(visit: Visit, Path(name): Path<String>, query: Asked) -> Result<Response, Failure> {
    let semester = semester(&visit, &name)?;
    let after = given(&query, "after").and_then(|after| after.split_once('.'));
    let after = after.and_then(|(score, agency)| Some((score.parse().ok()?, agency.parse().ok()?)));
    let found = visit.web.app.final_evaluations(semester, after).await;
    let (rows, next) = found.map_err(|error| Failure::of(&visit, error))?;
    visit.show(&EvaluationResultsPage {
        w: visit.words,
        frame: visit.frame(Place::Statistics),
        period: (semester.year(), semester.half()),
        rows: told(&visit, &rows),
        next: next.map(|(score, agency)| format!("{HOME}/{name}?after={score}.{agency}")),
        semester: name,
    })
}

fn told(visit: &Visit, rows: &[EvaluationRow]) -> Vec<ResultRow> {
    let reference = visit.web.app.reference();
    let row = |one: &EvaluationRow| {
        let predicate = one.predicate.as_deref().and_then(Predicate::parse)?;
        let name = super::shape::agency_name(&reference, one.agency);
        Some(ResultRow { office: one.agency, name, score: one.score?, predicate })
    };
    rows.iter().filter_map(row).collect()
}

/// All predicates of a half year as a table for other programs: `tabel.xlsx` or `tabel.csv`.
pub(super) async fn table(visit: Visit, Path((name, kind)): Path<(String, String)>) -> Result<Response, Failure> {
    let semester = semester(&visit, &name)?;
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let found = visit.web.app.final_evaluations(semester, after).await;
        let (rows, next) = found.map_err(|error| Failure::of(&visit, error))?;
        all.extend(told(&visit, &rows));
        after = next;
        if after.is_none() {
            break;
        }
    }
    let w = visit.words;
    let line = |row: &ResultRow| {
        let score = Cell::Hundredths(row.score.into());
        vec![row.name.as_str().into(), w.of("predicate", row.predicate.name()).into(), score]
    };
    let sheet = Sheet {
        name: w.t("evaluation-title"),
        columns: columns(w, &["office", "predicate", "evaluation-score"]),
        rows: all.iter().map(line).collect(),
    };
    sheets(&visit, (&format!("evaluasi-{name}"), &kind), vec![w.t("evaluation-lead")], vec![sheet]).await
}

pub(super) fn semester(visit: &Visit, name: &str) -> Result<Semester, Failure> {
    Semester::parse(name).ok_or_else(|| Failure::page(visit, 404, None, None))
}

type Found = (Outcome, SignedOutcome, Form);

async fn find(visit: &Visit, name: &str, office: &str) -> Result<Found, Failure> {
    let semester = semester(visit, name)?;
    let office = office.parse().map(AgencyId).map_err(|_| Failure::page(visit, 404, None, None))?;
    visit.web.app.evaluation_outcome((semester, office)).await.map_err(|error| Failure::of(visit, error))
}

fn row(outcome: &Outcome) -> ResultRow {
    ResultRow {
        office: outcome.agency,
        name: outcome.name.clone(),
        score: outcome.working.score,
        predicate: outcome.working.predicate,
    }
}

/// What came of one.
pub(super) async fn show(visit: Visit, Path((name, office)): Path<(String, String)>) -> Result<Response, Failure> {
    let (outcome, signed, form) = find(&visit, &name, &office).await?;
    visit.show(&EvaluationResultPage {
        w: visit.words,
        frame: visit.frame(Place::Statistics),
        semester: name,
        period: (outcome.semester.year(), outcome.semester.half()),
        row: row(&outcome),
        how: outcome.how.name(),
        closed: Moment::of(outcome.closed, Zone::Wib),
        form: outcome.form,
        formula: outcome.formula,
        counted: outcome.working.counted,
        frozen: Moment::of(outcome.frozen_as_of, Zone::Wib),
        lines: LineView::all(&form, &outcome.working.lines),
        digest: signed.digest,
        signature: signed.signature,
        signer: signed.signer,
    })
}

/// A file of one: the text that was signed, its signature, the key that fits, or the certificate.
pub(super) async fn part(
    visit: Visit,
    Path((name, office, part)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let (outcome, signed, _) = find(&visit, &name, &office).await?;
    let called = format!("evaluasi-{name}-{office}");
    match part.as_str() {
        "hasil.json" => Ok(file("application/json", &format!("{called}.json"), signed.document.into_bytes())),
        "hasil.sig" => {
            let bytes = keys::unhex::<64>(&signed.signature).unwrap_or([0; 64]);
            Ok(file("application/octet-stream", &format!("{called}.sig"), bytes.to_vec()))
        }
        "kunci.pem" => {
            Ok(file("application/x-pem-file", &format!("kunci-{called}.pem"), pem(&signed.signer).into_bytes()))
        }
        "sertifikat.pdf" => {
            let document = certificate(visit.words, &visit.web.base_url, &outcome, &signed).document();
            paper::paper(&visit, &format!("sertifikat-{called}.pdf"), document).await
        }
        _ => Err(Failure::page(&visit, 404, None, None)),
    }
}

/// The certificate of what came of one.
pub(super) fn certificate(w: Words, base: &str, outcome: &Outcome, signed: &SignedOutcome) -> EvaluationCertificate {
    EvaluationCertificate {
        w,
        period: (outcome.semester.year(), outcome.semester.half()),
        row: row(outcome),
        how: outcome.how.name(),
        closed: Zone::Wib.day(outcome.closed),
        form: outcome.form,
        formula: outcome.formula,
        counted: outcome.working.counted,
        frozen: Zone::Wib.day(outcome.frozen_as_of),
        digest: signed.digest.clone(),
        address: format!("{base}{HOME}/{}/{}", outcome.semester.name(), outcome.agency),
    }
}
