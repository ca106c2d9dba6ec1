//! `/desk/berkas-lomba/{agency}/{year}`: the papers for the national competition are put together and taken.

use crate::components::{Field, Place, Slip};
use crate::desk::{CompetitionPage, ContentsPaper, PartLine, StoryPaper, StoryRow};
use crate::print;
use crate::sent::{self, Way};
use crate::serve::evaluation::certificate;
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::shape::{self, Known};
use crate::serve::snapshot_book::figures;
use crate::serve::table::made;
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment, Words};
use app::book::{self, Sheet};
use app::{Officer, Pack, StorySlip};
use axum::extract::{Path, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::evaluation::PackPart;
use domain::oversight::Semester;
use domain::time::Zone;
use domain::{AgencyId, Code};
use std::collections::HashMap;

/// A document in the file: its place and its bytes.
type Document = (String, Vec<u8>);

/// What there is to show, and what is missing.
pub(in crate::serve) async fn show(visit: Visit, Path(of): Path<(i64, i16)>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let page = page(&visit, &officer, of, Field::default()).await?;
    visit.show(&page)
}

/// Puts a report among the success stories.
pub(in crate::serve) async fn add(
    visit: Visit,
    Path(of): Path<(i64, i16)>,
    request: Request,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let put = match Code::parse(form.get("code")) {
        Ok(code) => visit.web.app.put_story(&actor(&officer), (AgencyId(of.0), of.1), code).await,
        Err(_) => Ok(Err(StorySlip::Unknown)),
    };
    let slip = match put.map_err(|error| Failure::of(&visit, error))? {
        Ok(()) => return Ok(back(&visit, of, "done-story")),
        Err(StorySlip::Unknown) => "competition-slip-unknown",
        Err(StorySlip::Many) => "competition-slip-many",
    };
    let page = page(&visit, &officer, of, Field::wrong(form.get("code"), Message::new(slip))).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

/// Takes one from them.
pub(in crate::serve) async fn drop(
    visit: Visit,
    Path(of): Path<(i64, i16)>,
    request: Request,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let code = Code::parse(form.get("code")).map_err(|_| Failure::page(&visit, 404, None, None))?;
    let done = visit.web.app.drop_story(&actor(&officer), (AgencyId(of.0), of.1), code).await;
    done.map_err(|error| Failure::of(&visit, error))?;
    Ok(back(&visit, of, "done-story-dropped"))
}

/// Takes everything as one file.
pub(in crate::serve) async fn take(visit: Visit, Path(of): Path<(i64, i16)>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let pack = pack(&visit, &officer, of).await?;
    let documents = documents(&visit, &pack).await?;
    let packed = visit.web.app.pack_up(&actor(&officer), &pack, documents).await;
    let packed = packed.map_err(|error| Failure::of(&visit, error))?;
    let name = format!("berkas-lomba-{}-{}.zip", of.0, of.1);
    let response = sent::response(&name, "application/zip", &packed, &HeaderMap::new(), Way::Saved).await;
    response.map_err(|error| Failure::broken(&visit, error))
}

fn base((agency, year): (i64, i16)) -> String {
    format!("/desk/berkas-lomba/{agency}/{year}")
}

fn back(visit: &Visit, of: (i64, i16), done: &str) -> Response {
    (AppendHeaders([visit.told(done)]), Redirect::to(&base(of))).into_response()
}

async fn pack(visit: &Visit, officer: &Officer, (agency, year): (i64, i16)) -> Result<Pack, Failure> {
    let found = visit.web.app.pack_of(&actor(officer), AgencyId(agency), year).await;
    found.map_err(|error| Failure::of(visit, error))
}

async fn page(visit: &Visit, officer: &Officer, of: (i64, i16), code: Field) -> Result<CompetitionPage, Failure> {
    let pack = pack(visit, officer, of).await?;
    let (agency, year) = of;
    let this_year = Zone::Wib.day(visit.web.app.now()).year();
    let years = [year - 1, year + 1].into_iter().filter(|other| *other <= this_year);
    let story = |view: &app::View| StoryRow { code: view.row.code, title: view.title.clone() };
    Ok(CompetitionPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Oversight).await?,
        base: base(of),
        papers: format!("/desk/instansi/{agency}/berkas"),
        agency: shape::agency_name(&visit.web.app.reference(), pack.agency),
        year,
        years: years.map(|year| (year, base((agency, year)))).collect(),
        parts: parts(visit.words, &pack),
        stories: pack.stories.iter().map(story).collect(),
        gone: pack.gone,
        slips: code.slip.clone().into_iter().map(|message| Slip { field: "code", message }).collect(),
        code,
    })
}

fn told(words: Words, semester: Semester) -> String {
    crate::citizen::period_told(&words, (semester.year(), semester.half()))
}

/// What each part holds, and what it lacks.
fn parts(words: Words, pack: &Pack) -> Vec<PartLine> {
    let line = |part: PackPart| {
        let files = pack.files.iter().filter(|file| file.part == part);
        let (left_out, kept): (Vec<_>, Vec<_>) = files.partition(|file| file.left_out);
        let mut there: Vec<String> = kept.iter().map(|file| file.paper.title.clone()).collect();
        there.extend(match part {
            PackPart::Statistics => pack.halves.iter().map(|one| told(words, one.semester)).collect(),
            PackPart::Evaluation => pack.outcomes.iter().map(|(one, ..)| told(words, one.semester)).collect(),
            PackPart::Stories => pack.stories.iter().map(|view| view.title.clone()).collect(),
            _ => Vec::new(),
        });
        let lacks = pack.missing.iter().filter(|(lacking, _)| *lacking == part);
        let lacks = lacks.map(|(_, semester)| match semester {
            Some(semester) => told(words, *semester),
            None => words.of("competition-part", part.name()),
        });
        let large = |file: &&app::PackFile| words.with("competition-large", &[("title", (&file.paper.title).into())]);
        PartLine { part, there, missing: lacks.chain(left_out.iter().map(large)).collect() }
    };
    PackPart::ALL.into_iter().map(line).collect()
}

/// The contents, the statistics, the results of evaluations, the stories, and the hashes of the agency's own papers.
async fn documents(visit: &Visit, pack: &Pack) -> Result<Vec<Document>, Failure> {
    let words = visit.words;
    let agency = shape::agency_name(&visit.web.app.reference(), pack.agency);
    let made_at = Moment::of(pack.at, Zone::Wib);
    let contents = ContentsPaper { w: words, agency, year: pack.year, made: made_at, parts: parts(words, pack) };
    let sums = pack.files.iter().filter(|file| !file.left_out);
    let sums: String = sums.map(|file| format!("{}  {}\n", file.paper.hash, file.place)).collect();
    let mut documents = vec![
        ("daftar-isi.pdf".to_owned(), pdf(visit, contents.document()).await?),
        ("SHA256SUMS".to_owned(), sums.into_bytes()),
    ];
    documents.extend(statistics(visit, pack).await?);
    let folder = PackPart::Evaluation.folder();
    for (outcome, signed, _) in &pack.outcomes {
        let paper = certificate(words, &visit.web.base_url, outcome, signed).document();
        let name = outcome.semester.name();
        documents.push((format!("{folder}/hasil-{name}.json"), signed.document.clone().into_bytes()));
        documents.push((format!("{folder}/sertifikat-{name}.pdf"), pdf(visit, paper).await?));
    }
    documents.extend(stories(visit, pack).await?);
    Ok(documents)
}

async fn pdf(visit: &Visit, document: print::Document) -> Result<Vec<u8>, Failure> {
    print::pdf(document).await.map_err(|error| Failure::broken(visit, error))
}

/// The figures of the frozen half years, as a workbook and as CSV.
async fn statistics(visit: &Visit, pack: &Pack) -> Result<Vec<Document>, Failure> {
    let words = visit.words;
    let half = |one: &std::sync::Arc<domain::snapshot::Snapshot>| {
        Some((told(words, one.semester), one.agency(pack.agency)?.frozen.clone()))
    };
    let halves: Vec<_> = pack.halves.iter().filter_map(half).collect();
    if halves.is_empty() {
        return Ok(Vec::new());
    }
    let sheet: Sheet = figures(words, "statistics-title", halves.iter().map(|(name, one)| (name.clone(), one)));
    let at = |one: &std::sync::Arc<domain::snapshot::Snapshot>| {
        let at = words.moment(Moment::of(one.as_of, Zone::Wib));
        format!("{}: {}", told(words, one.semester), words.with("snapshot-lead", &[("at", at.into())]))
    };
    let lines: Vec<String> = pack.halves.iter().map(at).collect();
    let table = sheet.clone();
    let workbook = made(visit, move || book::write(&words.t("book-about"), &lines, &[table])).await?;
    let csv = made(visit, move || book::csv(&sheet)).await?;
    let name = format!("{}/statistik-{}", PackPart::Statistics.folder(), pack.year);
    Ok(vec![(format!("{name}.xlsx"), workbook), (format!("{name}.csv"), csv)])
}

async fn stories(visit: &Visit, pack: &Pack) -> Result<Vec<Document>, Failure> {
    let reference = visit.web.app.reference();
    let known = Known { reference: &reference, words: visit.words, officers: HashMap::new() };
    let mut documents = Vec::new();
    for (n, view) in pack.stories.iter().enumerate() {
        let path = shape::path_of(view.row.code);
        let report = shape::public_report(view, &known, &path);
        let address = format!("{}{path}", visit.web.base_url);
        let paper = StoryPaper { w: visit.words, report, address };
        let name = format!("{}/{:02}-{}.pdf", PackPart::Stories.folder(), n + 1, view.row.code);
        documents.push((name, pdf(visit, paper.document()).await?));
    }
    Ok(documents)
}
