//! `/desk/kampanye`: make a campaign, choose its addressees, follow it, read its letters.

use crate::components::{Field, Place, Slip};
use crate::desk::{
    AddresseeRow, CampaignFormPage, CampaignLetterPage, CampaignPage, CampaignRow, CampaignsPage, DayRow, Share,
};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::paper::paper;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment, Words};
use app::reference::Reference;
use app::{Addressee, Campaign, CampaignState, CampaignView, Error, NewCampaign};
use axum::extract::{Path, Query, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::AgencyId;
use domain::campaign::{Criterion, LetterFault, LetterText, Placeholder};
use domain::oversight::LEAST_REPORTS;
use domain::policy::{OfficeAction, may_at};
use domain::template::Name;
use domain::time::Zone;
use jiff::civil::Date;
use std::collections::HashMap;

const HOME: &str = "/desk/kampanye";
const ROWS: u32 = 25;
/// Fewest and most characters of a title.
const TITLE: (usize, usize) = (5, 120);

/// The campaigns of the seat.
pub(in crate::serve) async fn list(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let before = query.get("after").and_then(|after| after.parse().ok());
    let by = actor(&officer);
    let found = visit.web.app.campaigns(&by, before, ROWS + 1).await.map_err(|error| Failure::of(&visit, error))?;
    let reference = visit.web.app.reference();
    let next = found.get(ROWS as usize).map(|_| format!("{HOME}?after={}", found[ROWS as usize - 1].id));
    let page = CampaignsPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Oversight).await?,
        rows: found.iter().take(ROWS as usize).map(|one| row(&reference, one)).collect(),
        makes: visit.web.app.may_remind(&by),
        next,
    };
    visit.show(&page)
}

/// The form for a new one, with an example of a letter.
pub(in crate::serve) async fn new(visit: Visit) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    if !visit.web.app.may_remind(&actor(&officer)) {
        return Err(Failure::of(&visit, Error::Denied));
    }
    let page = CampaignFormPage {
        letter: Field::of(&visit.words.t("campaign-letter-example").replace(" ¶ ", "\n\n")),
        ..blank(&visit, &officer, visit.fresh_key()).await?
    };
    visit.show(&page)
}

/// Makes a campaign; a form with slips comes back as it was typed.
pub(in crate::serve) async fn make(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let mut typed = blank(&visit, &officer, form.get("key").to_owned()).await?;
    let Some(new) = read(&visit, &form, &mut typed) else {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&typed)?).into_response());
    };
    let made = visit.web.app.make_campaign(&actor(&officer), new).await;
    let id = made.map_err(|error| Failure::keeping(&visit, error, form.get("letter")))?;
    Ok((AppendHeaders([visit.told("done-campaign-made")]), Redirect::to(&format!("{HOME}/{id}"))).into_response())
}

/// One campaign.
pub(in crate::serve) async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let page = page(&visit, id, Vec::new()).await?;
    visit.show(&page)
}

/// Sends it to those who were chosen.
pub(in crate::serve) async fn send(visit: Visit, Path(id): Path<i64>, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let chosen: Vec<AgencyId> = form.all("office").filter_map(|id| id.parse().ok()).map(AgencyId).collect();
    if chosen.is_empty() {
        let slip = Slip { field: "addressees", message: Message::new("slip-campaign-nobody") };
        let page = page(&visit, id, vec![slip]).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response());
    }
    let sent = visit.web.app.send_campaign(&actor(&officer), id, chosen).await;
    sent.map_err(|error| Failure::of(&visit, error))?;
    Ok((AppendHeaders([visit.told("done-campaign-sent")]), Redirect::to(&format!("{HOME}/{id}"))).into_response())
}

/// A letter, to read.
pub(in crate::serve) async fn letter(visit: Visit, Path((id, office)): Path<(i64, i64)>) -> Result<Response, Failure> {
    visit.show(&letter_page(&visit, id, AgencyId(office)).await?)
}

/// The same on paper.
pub(in crate::serve) async fn letter_pdf(
    visit: Visit,
    Path((id, office)): Path<(i64, i64)>,
) -> Result<Response, Failure> {
    let page = letter_page(&visit, id, AgencyId(office)).await?;
    paper(&visit, &format!("{}-{office}.pdf", visit.words.t("print-letter")), page.document()).await
}

async fn letter_page(visit: &Visit, id: i64, office: AgencyId) -> Result<CampaignLetterPage, Failure> {
    let officer = visit.officer().await?;
    let found = visit.web.app.campaign_letter(&actor(&officer), id, office).await;
    let found = found.map_err(|error| Failure::of(visit, error))?;
    let reference = visit.web.app.reference();
    let campaign = &found.campaign;
    Ok(CampaignLetterPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Oversight).await?,
        campaign: id,
        title: campaign.title.clone(),
        sender: shape::agency_name(&reference, campaign.office),
        agency: shape::agency_name(&reference, found.addressee.office),
        day: Zone::Wib.day(campaign.sent_at.unwrap_or(campaign.made_at)),
        deadline: campaign.deadline,
        text: found.text(|name| filled(visit.words, &reference, campaign, &found.addressee, name)),
        share: share(found.addressee.done, found.addressee.total),
    })
}

/// What stands for a name in a letter.
fn filled(w: Words, reference: &Reference, campaign: &Campaign, to: &Addressee, name: Placeholder) -> String {
    match name {
        Placeholder::Agency => shape::agency_name(reference, to.office),
        Placeholder::Count => w.number(i64::try_from(to.total + to.sealed_total).unwrap_or(i64::MAX)),
        Placeholder::Deadline => w.long_day(campaign.deadline),
        Placeholder::From => w.long_day(campaign.criterion.from),
        Placeholder::To => w.long_day(campaign.criterion.to),
        Placeholder::Sender => shape::agency_name(reference, campaign.office),
    }
}

async fn page(visit: &Visit, id: i64, slips: Vec<Slip>) -> Result<CampaignPage, Failure> {
    let officer = visit.officer().await?;
    let by = actor(&officer);
    let found = visit.web.app.campaign(&by, id).await.map_err(|error| Failure::of(visit, error))?;
    let reference = visit.web.app.reference();
    let CampaignView { campaign, addressees, days, may_send } = found;
    let chosen = || addressees.iter().filter(|one| one.chosen);
    let sealed = |one: &Addressee| may_at(&reference.rules.agencies, &by, OfficeAction::SeeSealedFigures, one.office);
    let addressee = |one: &Addressee| AddresseeRow {
        office: one.office.0,
        name: shape::agency_name(&reference, one.office),
        chosen: one.chosen,
        share: share(one.done, one.total),
        sealed: sealed(one).then_some((one.sealed_done, one.sealed_total)),
    };
    Ok(CampaignPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Oversight).await?,
        row: row(&reference, &campaign),
        from: campaign.criterion.from,
        to: campaign.criterion.to,
        late_only: campaign.criterion.late_only,
        sent: campaign.sent_at.map(|at| Moment::of(at, Zone::Wib)),
        counted: campaign.counted_at.map(|at| Moment::of(at, Zone::Wib)),
        closed: campaign.closed_at.map(|at| Moment::of(at, Zone::Wib)),
        sum: share(chosen().map(|one| one.done).sum(), chosen().map(|one| one.total).sum()),
        addressees: addressees.iter().map(addressee).collect(),
        days: days.into_iter().map(|(day, all, done)| DayRow { day, share: share(done, all) }).collect(),
        letter: campaign.letter,
        may_send,
        slips,
    })
}

fn row(reference: &Reference, campaign: &Campaign) -> CampaignRow {
    CampaignRow {
        id: campaign.id,
        title: campaign.title.clone(),
        sender: shape::agency_name(reference, campaign.office),
        state: CampaignState::name(campaign.state),
        deadline: campaign.deadline,
    }
}

fn share(done: u64, all: u64) -> Share {
    let points = (all >= LEAST_REPORTS).then(|| (done * 20_000 / all).div_ceil(2));
    Share { done, all, points }
}

async fn blank(visit: &Visit, officer: &app::Officer, key: String) -> Result<CampaignFormPage, Failure> {
    Ok(CampaignFormPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Oversight).await?,
        key,
        slips: Vec::new(),
        title: Field::default(),
        from: Field::default(),
        to: Field::default(),
        deadline: Field::default(),
        late_only: false,
        letter: Field::default(),
        names: Placeholder::ALL.iter().map(|one| one.name()).collect(),
    })
}

/// Reads the form into the page it would come back as; the campaign where nothing is wrong with it.
fn read(visit: &Visit, form: &Form, page: &mut CampaignFormPage) -> Option<NewCampaign> {
    let today = Zone::Wib.day(visit.web.app.now());
    let title = form.get("title");
    page.title = Field::of(title);
    if !(TITLE.0..=TITLE.1).contains(&title.chars().count()) {
        page.title.slip = Some(Message::new("slip-campaign-title").with("least", TITLE.0).with("most", TITLE.1));
    }
    let from = day(form, "from", &mut page.from);
    let to = day(form, "to", &mut page.to);
    if matches!((from, to), (Some(from), Some(to)) if from > to) {
        page.to.slip = Some(Message::new("slip-campaign-span"));
    }
    let deadline = day(form, "deadline", &mut page.deadline);
    if deadline.is_some_and(|day| day <= today) {
        page.deadline.slip = Some(Message::new("slip-campaign-deadline"));
    }
    page.late_only = form.is_ticked("late_only");
    page.letter = Field::of(form.get("letter"));
    let letter = LetterText::parse(form.get("letter"));
    page.letter.slip = letter.as_ref().err().map(letter_slip);
    let fields = [
        ("title", &page.title),
        ("from", &page.from),
        ("to", &page.to),
        ("deadline", &page.deadline),
        ("letter", &page.letter),
    ];
    page.slips =
        fields.into_iter().filter_map(|(field, one)| one.slip.clone().map(|message| Slip { field, message })).collect();
    page.slips.is_empty().then_some(())?;
    Some(NewCampaign {
        title: title.to_owned(),
        criterion: Criterion { from: from?, to: to?, late_only: page.late_only },
        deadline: deadline?,
        letter: letter.ok()?,
        key: form.get("key").to_owned(),
    })
}

fn day(form: &Form, name: &str, field: &mut Field) -> Option<Date> {
    let typed = form.get(name);
    *field = Field::of(typed);
    let read = typed.parse().ok();
    if read.is_none() {
        field.slip = Some(Message::new("slip-date"));
    }
    read
}

fn letter_slip(fault: &LetterFault) -> Message {
    match fault {
        LetterFault::Length => {
            Message::new("slip-letter-length").with("least", LetterText::LEAST).with("most", LetterText::MOST)
        }
        LetterFault::Unknown(name) => Message::new("slip-letter-unknown").with("name", name),
        LetterFault::Brace => Message::new("slip-letter-brace"),
    }
}
