//! `/`, and the sending of its form.

use super::failure::Failure;
use super::form::Form;
use super::given;
use super::letter;
use super::shape;
use super::visit::Visit;
use crate::citizen::{Figures, HomePage, ReportForm};
use crate::components::{Frame, Place, Reach, Slip};
use app::{Conflict, Error, Filter};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::measure::{Measure, Tally};
use domain::time::Zone;

/// Public reports shown below the form.
const LATEST: u32 = 4;

/// The form, how it works, figures, and the latest reports.
pub(super) async fn show(visit: Visit) -> Result<Response, Failure> {
    let face = visit.face.as_ref().map(|face| given::proposed(&visit, face.agency));
    let form = ReportForm { key: visit.fresh_key(), ..given::by_sign(&visit, face.unwrap_or_default()) };
    let page = page(&visit, visit.frame(Place::Home), form, Vec::new()).await?;
    visit.show(&page)
}

/// Takes a report, or gives the form back with what was typed and what is wrong.
pub(super) async fn send(visit: Visit, request: Request) -> Result<Response, Failure> {
    let form = Form::read(&visit, request).await?;
    let reference = visit.web.app.reference();
    let letter = match letter::parse(&form, &reference, visit.words, visit.web.app.now()) {
        Ok(letter) => letter,
        Err(typed) => return again(&visit, typed.form, typed.slips).await,
    };
    match visit.web.app.intake(letter).await {
        Ok(receipt) => {
            if let Some(account) = visit.account().await? {
                let kept = visit.web.app.keep_report(&account, receipt.code).await;
                kept.map_err(|error| Failure::of(&visit, error))?;
            }
            let to = format!("{}/tanda-terima", shape::path_of(receipt.code));
            Ok((AppendHeaders([visit.opened(receipt.code)]), Redirect::to(&to)).into_response())
        }
        Err(Error::Conflict(Conflict::KeyReused)) => {
            // The page was sent before with other words: another report, under a key of its own.
            let typed = letter::typed(&form, visit.fresh_key());
            again(&visit, typed, vec![Slip { field: "text", message: crate::words::Message::new("slip-sent-before") }])
                .await
        }
        Err(error) => Err(Failure::keeping(&visit, error, form.words())),
    }
}

async fn again(visit: &Visit, form: ReportForm, slips: Vec<Slip>) -> Result<Response, Failure> {
    let page = page(visit, visit.bare_frame("/", Place::Home), form, slips).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

async fn page(visit: &Visit, frame: Frame, form: ReportForm, slips: Vec<Slip>) -> Result<HomePage, Failure> {
    let app = &visit.web.app;
    let broken = |error| Failure::of(visit, error);
    let reference = app.reference();
    let today = Zone::Wib.day(app.now());
    let agency = visit.face.as_ref().map(|face| face.agency);
    let filter = Filter { agency, ..Filter::default() };
    let latest = app.browse(&filter, None, LATEST).await.map_err(broken)?;
    let tally = app.figures().await.map_err(broken)?.public(&reference.rules.agencies, agency);
    Ok(HomePage {
        w: visit.words,
        frame,
        form,
        slips,
        provinces: shape::provinces(&reference),
        agencies: shape::parent_agencies(&reference, today).map(shape::agency_choice).collect(),
        limits: shape::limits(&reference, today),
        figures: figures(&tally),
        latest: latest.rows.iter().map(|summary| shape::card(&reference, summary)).collect(),
        today: Zone::Wit.day(app.now()),
        reach: Reach::of(app),
        agency: agency.and_then(|id| Some((id, shape::active_name(&reference, id, today)?))),
    })
}

fn figures(tally: &Tally) -> Figures {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    Figures {
        received: number(tally.all()),
        answered: number(tally.measure(Measure::FollowUp).numerator),
        confirmed: number(tally.measure(Measure::Confirmed).numerator),
    }
}
