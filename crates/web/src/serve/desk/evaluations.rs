//! `/desk/evaluasi`: the list of evaluations of a frozen half year.

use crate::components::Place;
use crate::desk::{EvaluationLine, EvaluationsPage, OwnEvaluation};
use crate::serve::failure::Failure;
use crate::serve::lists::{Asked, given};
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::Moment;
use app::reference::Reference;
use app::{EvaluationRow, Seal};
use axum::response::Response;
use domain::oversight::Semester;
use domain::time::Zone;

pub(super) const HOME: &str = "/desk/evaluasi";
const ROWS: u32 = 25;

/// The evaluations that a seat may see.
pub(in crate::serve) async fn list(visit: Visit, query: Asked) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let (app, by) = (&visit.web.app, actor(&officer));
    let broken = |error| Failure::of(&visit, error);
    let name = |seal: &Seal| Semester::parse(&seal.semester);
    let frozen: Vec<Semester> = app.snapshots().await.map_err(broken)?.iter().filter_map(name).collect();
    let asked = given(&query, "semester").and_then(Semester::parse).filter(|asked| frozen.contains(asked));
    let chosen = asked.or_else(|| frozen.first().copied());
    let before = given(&query, "after").and_then(|after| after.parse().ok());
    let (rows, next) = match chosen {
        Some(semester) => app.evaluations(&by, semester, before, ROWS).await.map_err(broken)?,
        None => (Vec::new(), None),
    };
    let missing = match chosen {
        Some(semester) => app.not_begun(&by, semester).await.map_err(broken)?,
        None => Vec::new(),
    };
    let reference = app.reference();
    let own = |semester: Semester| {
        let agency = app.evaluated_by(&by)?;
        Some(OwnEvaluation {
            agency: shape::agency_name(&reference, agency),
            url: format!("{HOME}/{}/{agency}", semester.name()),
            papers: format!("/desk/berkas-lomba/{agency}/{}", semester.year()),
        })
    };
    visit.show(&EvaluationsPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Oversight).await?,
        halves: frozen.iter().map(|one| (one.name(), one.year(), one.half())).collect(),
        chosen: chosen.map(|one| (one.year(), one.half())),
        own: chosen.and_then(own),
        not_begun: missing.into_iter().map(|agency| shape::agency_name(&reference, agency)).collect(),
        rows: rows.iter().map(|row| line(&reference, row)).collect(),
        next: chosen.zip(next).map(|(semester, id)| format!("{HOME}?semester={}&after={id}", semester.name())),
    })
}

fn line(reference: &Reference, row: &EvaluationRow) -> EvaluationLine {
    EvaluationLine {
        url: format!("{HOME}/{}/{}", row.semester, row.agency),
        agency: shape::agency_name(reference, row.agency),
        stage: row.state.stage.name(),
        changed: Moment::of(row.changed_at, Zone::Wib),
        predicate: row.predicate.clone(),
    }
}
