//! `/desk/penduduk`: the national office enters how many people live where.

use crate::components::{Place, Slip};
use crate::desk::{PopulationPage, PopulationRow};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::visit::{Visit, actor};
use crate::words::Message;
use app::{Officer, PopulationFault, PopulationSum};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};

const HOME: &str = "/desk/penduduk";

/// What is known, and the table to fill in.
pub(in crate::serve) async fn show(visit: Visit) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let page = page(&visit, &officer, String::new(), Vec::new()).await?;
    visit.show(&page)
}

/// Takes a table in: the file, or what was typed.
pub(in crate::serve) async fn enter(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let table = form.some("table").unwrap_or(form.get("text")).to_owned();
    let entered = visit.web.app.enter_population(&actor(&officer), &table).await;
    match entered.map_err(|error| Failure::of(&visit, error))? {
        Ok(_) => Ok((AppendHeaders([visit.told("done-population")]), Redirect::to(HOME)).into_response()),
        Err(faults) => {
            let page = page(&visit, &officer, table, faults).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
        }
    }
}

async fn page(
    visit: &Visit,
    officer: &Officer,
    table: String,
    faults: Vec<PopulationFault>,
) -> Result<PopulationPage, Failure> {
    let known = visit.web.app.populations(&actor(officer)).await.map_err(|error| Failure::of(visit, error))?;
    let slip = |fault: PopulationFault| Slip {
        field: "text",
        message: Message::new(format!("population-fault-{}", fault.column)).with("line", fault.line),
    };
    Ok(PopulationPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Oversight).await?,
        table,
        slips: faults.into_iter().map(slip).collect(),
        rows: known.into_iter().map(row).collect(),
    })
}

fn row(sum: PopulationSum) -> PopulationRow {
    let known = sum.own.into_iter().map(|row| (row.people, row.year, row.source));
    PopulationRow { name: sum.name, known: known.collect(), inside: sum.inside }
}
