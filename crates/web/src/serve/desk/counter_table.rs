//! `/desk/loket/tabel`: the table of many reports, empty and filled in.

use crate::components::{Field, Place, Slip};
use crate::desk::{CounterTablePage, RowTold, TableTold};
use crate::serve::failure::Failure;
use crate::serve::letter::told;
use crate::serve::visit::{Visit, actor};
use crate::words::Message;
use app::{Error, MOST_ROWS, Officer, RowOutcome, TableError, Wrong, blank_csv, blank_xlsx};
use axum::extract::{FromRequest, Multipart, Path, Request};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::policy::takes_reports;

/// Most bytes of a table.
const MOST: usize = 2 * 1024 * 1024;
/// The same with what a form puts around it, and room to say that a file is too large.
pub(in crate::serve) const MOST_BODY: usize = 4 * MOST;
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The form.
pub(in crate::serve) async fn show(visit: Visit) -> Result<Response, Failure> {
    let officer = taker(&visit).await?;
    let page = page(&visit, &officer, None, None).await?;
    visit.show(&page)
}

/// Takes a table in, and tells what came of each row.
pub(in crate::serve) async fn take(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = taker(&visit).await?;
    let bytes = match read(&visit, request).await? {
        Ok(bytes) => bytes,
        Err(slip) => return refused(&visit, &officer, slip).await,
    };
    let taken = visit.web.app.take_table(&actor(&officer), bytes, visit.words.lang().tag()).await;
    match taken.map_err(|error| Failure::of(&visit, error))? {
        Ok(rows) => visit.show(&page(&visit, &officer, None, Some(tell(rows))).await?),
        Err(wrong) => refused(&visit, &officer, say(&visit, &wrong)).await,
    }
}

/// The empty table.
pub(in crate::serve) async fn blank(visit: Visit, Path(name): Path<String>) -> Result<Response, Failure> {
    taker(&visit).await?;
    let made = match name.as_str() {
        "kosong.xlsx" => blank_xlsx(&visit.words.t("rows-sheet")).map(|bytes| (XLSX, bytes)),
        "kosong.csv" => blank_csv().map(|bytes| ("text/csv; charset=utf-8", bytes)),
        _ => Err(Error::NotFound),
    };
    let (kind, bytes) = made.map_err(|error| Failure::of(&visit, error))?;
    let disposition = format!("attachment; filename=\"lapor-{name}\"");
    Ok(([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

async fn taker(visit: &Visit) -> Result<Officer, Failure> {
    let officer = visit.officer().await?;
    if takes_reports(officer.role) { Ok(officer) } else { Err(Failure::of(visit, Error::Denied)) }
}

/// The file of the form, or what is wrong with it.
async fn read(visit: &Visit, request: Request) -> Result<Result<Vec<u8>, Message>, Failure> {
    let unreadable = |_| Failure::page(visit, 400, None, None);
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| Failure::page(visit, 400, None, None))?;
    while let Some(mut part) = parts.next_field().await.map_err(unreadable)? {
        if part.name() != Some("file") {
            continue;
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(unreadable)? {
            if bytes.len() + chunk.len() > MOST {
                return Ok(Err(say(visit, &TableError::TooLarge)));
            }
            bytes.extend_from_slice(&chunk);
        }
        return Ok(if bytes.is_empty() { Err(Message::new("table-missing")) } else { Ok(bytes) });
    }
    Ok(Err(Message::new("table-missing")))
}

fn say(visit: &Visit, wrong: &TableError) -> Message {
    let message = Message::new(wrong.code());
    match wrong {
        TableError::ColumnMissing(column) => message.with("column", column.as_str()),
        TableError::TooManyRows(most) => message.with("most", *most),
        TableError::TooLarge => message.with("most", visit.words.bytes(&(MOST as u64))),
        TableError::Unreadable | TableError::Empty => message,
    }
}

fn tell(rows: Vec<(usize, RowOutcome)>) -> TableTold {
    let mut all = TableTold { taken: 0, before: 0, wrong: 0, rows: Vec::new() };
    for (row, outcome) in rows {
        let (taken, slips) = match outcome {
            RowOutcome::Taken(code) => (Some((code, false)), Vec::new()),
            RowOutcome::Before(code) => (Some((code, true)), Vec::new()),
            RowOutcome::Wrong(slips) => (None, slips),
        };
        let sum = match taken {
            Some((_, false)) => &mut all.taken,
            Some((_, true)) => &mut all.before,
            None => &mut all.wrong,
        };
        *sum += 1;
        let slips = slips.into_iter().map(|(column, wrong)| match wrong {
            Wrong::Text(wrong) => (column, told(wrong)),
            Wrong::Code(code) => (column, Message::new(code)),
        });
        all.rows.push(RowTold { row, taken, slips: slips.collect() });
    }
    all
}

async fn refused(visit: &Visit, officer: &Officer, slip: Message) -> Result<Response, Failure> {
    let page = page(visit, officer, Some(slip), None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

async fn page(
    visit: &Visit,
    officer: &Officer,
    slip: Option<Message>,
    told: Option<TableTold>,
) -> Result<CounterTablePage, Failure> {
    Ok(CounterTablePage {
        w: visit.words,
        frame: visit.desk(officer, Place::Counter).await?,
        file: slip.clone().map_or(Field::default(), |slip| Field::wrong("", slip)),
        slips: slip.into_iter().map(|message| Slip { field: "file", message }).collect(),
        told,
        most_rows: MOST_ROWS,
        most: MOST as u64,
    })
}
