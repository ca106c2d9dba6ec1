//! `/desk/pertukaran`: the scheduled exchange of files with SP4N-LAPOR!.

use crate::components::Place;
use crate::desk::{ExchangeFile, ExchangePage, ExchangeRun};
use crate::serve::failure::Failure;
use crate::serve::visit::{Visit, actor};
use crate::words::Moment;
use app::courier::RunView;
use axum::response::Response;
use domain::time::Zone;

/// The latest runs.
pub(in crate::serve) async fn show(visit: Visit) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let runs = visit.web.app.exchange_runs(&actor(&officer)).await.map_err(|error| Failure::of(&visit, error))?;
    let page = ExchangePage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Account).await?,
        set_up: visit.web.app.has_courier(),
        runs: runs.into_iter().map(|run| view(&visit, run)).collect(),
    };
    visit.show(&page)
}

fn view(visit: &Visit, (run, files): RunView) -> ExchangeRun {
    // A file that is no table is told by the key of a sentence, all other failures in words already.
    let said = |failure: String| match failure.starts_with("import-") {
        true => visit.words.t(&failure),
        false => failure,
    };
    let file = |file: app::courier::FileRow| ExchangeFile {
        name: file.name,
        rows: file.rows,
        taken: file.taken,
        known: file.known,
        refused: file.refused,
        failure: file.failure.map(said),
    };
    ExchangeRun {
        slot: Moment::of(run.slot, Zone::Wib),
        state: run.state,
        ended: run.ended_at.map(|at| Moment::of(at, Zone::Wib)),
        written: run.written.zip(run.written_rows),
        failure: run.failure,
        files: files.into_iter().map(file).collect(),
    }
}
