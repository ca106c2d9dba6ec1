//! `/`, and the sending of its form.

use super::failure::Failure;
use super::form::Form;
use super::letter;
use super::shape;
use super::visit::Visit;
use crate::citizen::{Figures, HomePage, ReportForm};
use crate::components::{Choice, Field, Frame, Place, Slip};
use app::{Conflict, Error, Filter};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::measure::{Measure, Tally};
use domain::time::Zone;
use domain::{AgencyId, RegionCode};

/// Public reports shown below the form.
const LATEST: u32 = 4;

/// The form, how it works, figures, and the latest reports.
pub(super) async fn show(visit: Visit) -> Result<Response, Failure> {
    let form = ReportForm { key: visit.fresh_key(), ..proposed(&visit) };
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
        agencies: shape::parent_agencies(&reference, today)
            .map(|agency| Choice::new(&agency.name, &agency.name))
            .collect(),
        limits: shape::limits(&reference, today),
        figures: figures(&tally),
        latest: latest.rows.iter().map(|summary| shape::card(&reference, summary)).collect(),
        today: Zone::Wit.day(app.now()),
        letters: app.sends_mail(),
        agency: agency.and_then(|id| Some((id, office(visit, id)?))),
    })
}

/// What a face proposes: its office, and the place where that governs.
fn proposed(visit: &Visit) -> ReportForm {
    let Some(id) = visit.face.as_ref().map(|face| face.agency) else { return ReportForm::default() };
    let reference = visit.web.app.reference();
    let region = reference.rules.agencies.get(id).and_then(|agency| agency.region.clone());
    let province = region.as_ref().map(RegionCode::province);
    let regency = region.filter(|region| Some(region) != province.as_ref());
    let code = |code: Option<RegionCode>| Field::of(&code.map_or_else(String::new, |code| code.to_string()));
    ReportForm {
        agency: Field::of(&office(visit, id).unwrap_or_default()),
        province: code(province),
        regency: code(regency),
        ..ReportForm::default()
    }
}

/// The name of an office that is there today.
fn office(visit: &Visit, id: AgencyId) -> Option<String> {
    let (reference, today) = (visit.web.app.reference(), Zone::Wib.day(visit.web.app.now()));
    reference.rules.agencies.get(id).filter(|agency| agency.is_active(today)).map(|agency| agency.name.clone())
}

fn figures(tally: &Tally) -> Figures {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    Figures {
        received: number(tally.all()),
        answered: number(tally.measure(Measure::FollowUp).numerator),
        confirmed: number(tally.measure(Measure::Confirmed).numerator),
    }
}
