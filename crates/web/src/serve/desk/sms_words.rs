//! `/desk/kata-sms`: the words before a short message that name offices.

use crate::components::{Choice, Field, Place, Slip};
use crate::desk::{SmsWordsPage, WordRow};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::Message;
use app::message::WordSlip;
use app::{Error, Officer};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::AgencyId;
use domain::policy::keeps_words;
use domain::time::Zone;

const HOME: &str = "/desk/kata-sms";

/// All words.
pub(in crate::serve) async fn show(visit: Visit) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let page = page(&visit, &officer).await?;
    visit.show(&page)
}

/// Gives a word to an office.
pub(in crate::serve) async fn add(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let (reference, today) = (visit.web.app.reference(), Zone::Wib.day(visit.web.app.now()));
    let office = shape::find_agency(&reference, form.get("office"), today).map(|office| office.id);
    let outcome = match office {
        Some(office) => visit.web.app.add_word(&actor(&officer), form.get("word"), office).await,
        None => Ok(Err(WordSlip::Office)),
    };
    let (field, key) = match outcome.map_err(|error| Failure::of(&visit, error))? {
        Ok(()) => return Ok((AppendHeaders([visit.told("done-word-added")]), Redirect::to(HOME)).into_response()),
        Err(WordSlip::Form) => ("word", "slip-word-form"),
        Err(WordSlip::Reserved) => ("word", "slip-word-reserved"),
        Err(WordSlip::Taken) => ("word", "slip-word-taken"),
        Err(WordSlip::Office) => ("office", "slip-agency"),
    };
    let slip = Message::new(key);
    let mut back = page(&visit, &officer).await?;
    back.word = Field::of(form.get("word"));
    back.office = Field::of(form.get("office"));
    let wrong = if field == "word" { &mut back.word } else { &mut back.office };
    wrong.slip = Some(slip.clone());
    back.slips = vec![Slip { field, message: slip }];
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&back)?).into_response())
}

/// Takes a word away from an office.
pub(in crate::serve) async fn drop_word(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let office = AgencyId(form.get("office").parse().unwrap_or(0));
    let dropped = visit.web.app.drop_word(&actor(&officer), form.get("word"), office).await;
    dropped.map_err(|error| Failure::of(&visit, error))?;
    Ok((AppendHeaders([visit.told("done-word-dropped")]), Redirect::to(HOME)).into_response())
}

async fn page(visit: &Visit, officer: &Officer) -> Result<SmsWordsPage, Failure> {
    if !keeps_words(officer.role) {
        return Err(Failure::of(visit, Error::Denied));
    }
    let reference = visit.web.app.reference();
    let today = Zone::Wib.day(visit.web.app.now());
    let row = |word: app::message::Word| WordRow {
        office: shape::agency_name(&reference, word.agency),
        agency: word.agency,
        word: word.word,
    };
    let offices = shape::parent_agencies(&reference, today).map(|office| Choice::new(office.id, &office.name));
    Ok(SmsWordsPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Messages).await?,
        rows: visit.web.app.words().into_iter().map(row).collect(),
        offices: offices.collect(),
        word: Field::default(),
        office: Field::default(),
        slips: Vec::new(),
    })
}
