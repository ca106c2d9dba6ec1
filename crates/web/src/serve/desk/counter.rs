//! `/desk/loket`: reports are taken in for people, and their receipts are shown.

use super::counter_form::{clipped, fresh, parse, typed};
use crate::components::{Field, Notice, Place, Reach, Slip, Tone};
use crate::desk::{CounterForm, CounterPage, CounterReceiptPage};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::paper::paper;
use crate::serve::report::code;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment};
use app::{Conflict, Error, Officer, Qr};
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::policy::{OfficeAction, may_at};
use domain::time::Zone;

/// The form, with the officer's own office and its place proposed.
pub(in crate::serve) async fn show(visit: Visit) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let page = page(&visit, &officer, fresh(&visit, &officer), Vec::new()).await?;
    visit.show(&page)
}

/// Takes a report in, or gives the form back with what was typed and what is wrong.
pub(in crate::serve) async fn take(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = match visit.officer().await {
        Err(Failure::LoggedOut(_)) => {
            let form = Form::read_plain(&visit, request).await?;
            return Err(Failure::logged_out_keeping(&visit, form.words()));
        }
        officer => officer?,
    };
    let form = Form::read(&visit, request).await?;
    let (letter, how) = match parse(&visit, &form) {
        Ok(parsed) => parsed,
        Err(back) => return again(&visit, &officer, back.form, back.slips).await,
    };
    match visit.web.app.take_report(&actor(&officer), letter, &how).await {
        Ok(receipt) => Ok(Redirect::to(&format!("/desk/loket/{}", receipt.code)).into_response()),
        Err(Error::Conflict(Conflict::KeyReused)) => {
            // The page was sent before with other words: another report, under a key of its own.
            let slip = Slip { field: "text", message: Message::new("slip-sent-before") };
            again(&visit, &officer, typed(&form, visit.fresh_key()), vec![slip]).await
        }
        Err(error) => Err(Failure::keeping(&visit, error, form.words())),
    }
}

/// Fills the form with what was pasted; nothing is taken in yet.
pub(in crate::serve) async fn clip(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let pasted = Form::read_plain(&visit, request).await?;
    let (form, found) = clipped(&visit, &officer, pasted.get("pasted"));
    let mut page = page(&visit, &officer, form, Vec::new()).await?;
    if found {
        page.frame.notice = Some(Notice { tone: Tone::Calm, message: Message::new("clip-filled") });
        return visit.show(&page);
    }
    page.pasted = Field::wrong(pasted.get("pasted"), Message::new("clip-nothing"));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

async fn again(visit: &Visit, officer: &Officer, form: CounterForm, slips: Vec<Slip>) -> Result<Response, Failure> {
    let page = page(visit, officer, form, slips).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

/// The page with a form on it.
pub(super) async fn page(
    visit: &Visit,
    officer: &Officer,
    form: CounterForm,
    slips: Vec<Slip>,
) -> Result<CounterPage, Failure> {
    let (app, by) = (&visit.web.app, actor(officer));
    let reference = app.reference();
    let latest = app.just_taken(&by).await.map_err(|error| Failure::of(visit, error))?;
    let office = reference.rules.agencies.get(officer.agency);
    let zone = office.and_then(|office| office.region.as_ref()).map_or(Zone::Wib, |at| reference.regions.zone(at));
    Ok(CounterPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Counter).await?,
        owner: officer.id.0,
        form,
        slips,
        provinces: shape::provinces(&reference),
        agencies: shape::parent_agencies(&reference, zone.day(app.now())).map(shape::agency_choice).collect(),
        today: Zone::Wit.day(app.now()),
        reach: Reach::of(app),
        latest: latest.into_iter().map(|(code, at)| (code, Moment::of(at, zone))).collect(),
        signs: may_at(&reference.rules.agencies, &by, OfficeAction::MakeSign, officer.agency),
        pasted: Field::default(),
    })
}

/// The receipt, for who took the report in and while it is new.
pub(in crate::serve) async fn receipt(visit: Visit, Path(typed): Path<String>) -> Result<Response, Failure> {
    match receipt_page(&visit, &typed).await? {
        Some(page) => visit.show(&page),
        None => Ok((AppendHeaders([visit.told("sorry-receipt")]), Redirect::to("/desk/loket")).into_response()),
    }
}

/// The receipt on paper.
pub(in crate::serve) async fn receipt_pdf(visit: Visit, Path(typed): Path<String>) -> Result<Response, Failure> {
    let page = receipt_page(&visit, &typed).await?.ok_or_else(|| Failure::page(&visit, 404, None, None))?;
    let name = format!("{}-{}.pdf", visit.words.t("counter-receipt-file"), page.code);
    paper(&visit, &name, page.document()).await
}

async fn receipt_page(visit: &Visit, typed: &str) -> Result<Option<CounterReceiptPage>, Failure> {
    let code = code(visit, typed)?;
    let officer = visit.officer().await?;
    let taken = match visit.web.app.taken_report(&actor(&officer), code).await {
        Ok(taken) => taken,
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(Failure::of(visit, error)),
    };
    let reference = visit.web.app.reference();
    let (report, pin) = (&taken.row.report, &taken.pin);
    let address = format!("{}{}", visit.web.base_url, shape::path_of(code));
    Ok(Some(CounterReceiptPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Counter).await?,
        owner: officer.id.0,
        code,
        pin: format!("{} {}", &pin[..3], &pin[3..]),
        channel: report.channel,
        class: report.class,
        title: taken.title,
        place: reference.regions.full_name(&report.region),
        agency: report.chosen.map(|id| shape::agency_name(&reference, id)),
        sent: Moment::of(report.clocks.received, report.zone),
        until: Moment::of(taken.until, report.zone),
        office: shape::agency_name(&reference, officer.agency),
        qr: Qr::of(&address).map_err(|error| Failure::of(visit, error))?,
        address,
    }))
}
