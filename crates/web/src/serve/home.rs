//! `/`, and the sending of its form.

use super::failure::Failure;
use super::form::Form;
use super::given;
use super::letter;
use super::shape;
use super::visit::Visit;
use crate::citizen::{Figures, HomePage, ReportForm, Riddle};
use crate::components::{Frame, Place, Reach, Slip};
use crate::words::Message;
use app::{Conflict, Entered, Error, Filter, Stranger};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
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
    // Whoever has no script sends without a proof: such a report is taken, and waits for a second look where one is due.
    let from = Stranger { address: &visit.address, proof: form.some("proof"), waits: true };
    match visit.web.app.intake_of(letter, from).await {
        Ok(Entered::Asked(_)) => Err(Failure::broken(&visit, "a form is never asked for a proof")),
        Err(Error::Limited { seconds }) => {
            limited(&visit, letter::typed(&form, form.get("key").to_owned()), seconds).await
        }
        Ok(Entered::Taken(receipt)) => {
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
            again(&visit, typed, vec![Slip { field: "text", message: Message::new("slip-sent-before") }]).await
        }
        Err(error) => Err(Failure::keeping(&visit, error, form.words())),
    }
}

async fn again(visit: &Visit, form: ReportForm, slips: Vec<Slip>) -> Result<Response, Failure> {
    let page = page(visit, visit.bare_frame("/", Place::Home), form, slips).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

/// Too much came from there: the form comes back with what was typed, and says when it may be sent again.
async fn limited(visit: &Visit, form: ReportForm, seconds: u64) -> Result<Response, Failure> {
    let minutes = i64::try_from(seconds.div_ceil(60)).unwrap_or(i64::MAX);
    let slips = vec![Slip { field: "text", message: Message::new("slip-limited").with("minutes", minutes) }];
    let page = page(visit, visit.bare_frame("/", Place::Home), form, slips).await?;
    let wait = (RETRY_AFTER, seconds.to_string());
    Ok((StatusCode::TOO_MANY_REQUESTS, AppendHeaders([wait]), visit.show(&page)?).into_response())
}

async fn page(visit: &Visit, frame: Frame, form: ReportForm, slips: Vec<Slip>) -> Result<HomePage, Failure> {
    let app = &visit.web.app;
    let broken = |error| Failure::of(visit, error);
    let reference = app.reference();
    let today = Zone::Wib.day(app.now());
    let agency = visit.face.as_ref().map(|face| face.agency);
    let filter = Filter { agency, ..Filter::default() };
    let riddle = app.is_hot(&visit.address).then(|| Riddle::of(&app.pose(&form.key)));
    let form = ReportForm { riddle, ..form };
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
