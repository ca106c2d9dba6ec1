//! `/akun`: into a reporter's account and out of it, and what it keeps.

use super::cookies::{self, ACCOUNT, ADDRESS, Jar};
use super::failure::Failure;
use super::form::Form;
use super::report::code as code_of;
use super::shape;
use super::visit::Visit;
use crate::citizen::{AccountLoginPage, AccountPage};
use crate::components::{Field, Place, Reach, Slip};
use crate::words::Message;
use app::{Account, Error};
use axum::extract::{Path, Query, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::Code;
use domain::way::{Address, masked};
use std::collections::HashMap;

/// Rows on a page.
const ROWS: u32 = 20;
/// Reports that a device forgets when somebody leaves.
const MOST_LOCKED: u32 = 50;
/// Seconds for which a device knows to which address a code went.
const CODE_AGE: i64 = 600;

/// The account's page, or the form that asks for an address.
pub(super) async fn show(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    if !visit.web.app.sends_letters() {
        return Err(Failure::page(&visit, 404, None, None));
    }
    match visit.account().await? {
        Some(account) => {
            let before = query.get("before").and_then(|before| before.parse().ok());
            let page = page(&visit, &account, before).await?;
            visit.show(&page)
        }
        None => visit.show(&login(&visit, None)),
    }
}

/// Sends a code. The answer is the same whether the address is known or not.
pub(super) async fn ask(visit: Visit, request: Request) -> Result<Response, Failure> {
    let form = Form::read_plain(&visit, request).await?;
    let wrong = |status, key| {
        let slip = Message::new(key);
        let slips = vec![Slip { field: "contact", message: slip.clone() }];
        let page = AccountLoginPage { contact: Field::wrong(form.get("contact"), slip), slips, ..login(&visit, None) };
        Ok((status, visit.show(&page)?).into_response())
    };
    let to = Address::parse(form.get("contact")).ok().filter(|to| visit.web.app.sends(to.way()));
    let Some(to) = to else { return wrong(StatusCode::UNPROCESSABLE_ENTITY, no_contact(&visit)) };
    match visit.web.app.send_code(&to, &visit.address, visit.words.lang().tag()).await {
        Ok(()) => {
            let address = crate::components::in_query(to.as_str());
            let jar = Jar { name: ADDRESS, path: "/akun", age: CODE_AGE };
            Ok((AppendHeaders([cookies::set(&visit.web, &jar, &address)]), Redirect::to("/akun/kode")).into_response())
        }
        Err(Error::Limited { .. }) => wrong(StatusCode::TOO_MANY_REQUESTS, "slip-account-code-many"),
        Err(error) => Err(Failure::of(&visit, error)),
    }
}

/// The form that asks for the code.
pub(super) async fn code(visit: Visit) -> Result<Response, Failure> {
    match visit.code_address() {
        Some(to) => visit.show(&login(&visit, Some(to.as_str()))),
        None => Ok(Redirect::to("/akun").into_response()),
    }
}

/// Lets somebody in.
pub(super) async fn enter(visit: Visit, request: Request) -> Result<Response, Failure> {
    let form = Form::read_plain(&visit, request).await?;
    let Some(to) = visit.code_address() else { return Ok(Redirect::to("/akun").into_response()) };
    let (status, key) =
        match visit.web.app.enter_account(&to, form.get("code"), &visit.address, visit.words.lang().tag()).await {
            Ok(session) => {
                let age = session.expires_at.as_second() - visit.web.app.now().as_second();
                let cookies = [
                    cookies::set(&visit.web, &Jar { name: ACCOUNT, path: "/", age }, &session.token),
                    cookies::set(&visit.web, &Jar { name: ADDRESS, path: "/akun", age: 0 }, ""),
                ];
                return Ok((AppendHeaders(cookies), Redirect::to("/akun")).into_response());
            }
            Err(Error::Denied) => (StatusCode::UNPROCESSABLE_ENTITY, "slip-account-code"),
            Err(Error::Limited { .. }) => (StatusCode::TOO_MANY_REQUESTS, "slip-account-code-many"),
            Err(error) => return Err(Failure::of(&visit, error)),
        };
    let slip = Message::new(key);
    let slips = vec![Slip { field: "code", message: slip.clone() }];
    let page = AccountLoginPage { code: Field::wrong("", slip), slips, ..login(&visit, Some(to.as_str())) };
    Ok((status, visit.show(&page)?).into_response())
}

/// Ends the session, and closes the account's reports on this device.
pub(super) async fn leave(visit: Visit) -> Result<Response, Failure> {
    let broken = |error| Failure::of(&visit, error);
    let account = visit.account().await?;
    let mut gone = match &account {
        Some(account) => locks(&visit, account).await?,
        None => Vec::new(),
    };
    if let Some(token) = visit.account_token() {
        visit.web.app.leave_account(token).await.map_err(broken)?;
    }
    gone.push(cookies::set(&visit.web, &Jar { name: ACCOUNT, path: "/", age: 0 }, ""));
    gone.push(visit.told("done-left"));
    Ok(with_cookies(Redirect::to("/akun").into_response(), gone))
}

/// Erases the account.
pub(super) async fn erase(visit: Visit, request: Request) -> Result<Response, Failure> {
    let form = Form::read_plain(&visit, request).await?;
    let Some(account) = visit.account().await?.filter(|_| form.is_ticked("sure")) else {
        return Ok(Redirect::to("/akun").into_response());
    };
    let mut gone = locks(&visit, &account).await?;
    visit.web.app.erase_account(&account).await.map_err(|error| Failure::of(&visit, error))?;
    gone.push(cookies::set(&visit.web, &Jar { name: ACCOUNT, path: "/", age: 0 }, ""));
    gone.push(visit.told("done-erased"));
    Ok(with_cookies(Redirect::to("/akun").into_response(), gone))
}

/// Puts a report into the account, by its number and PIN.
pub(super) async fn claim(visit: Visit, request: Request) -> Result<Response, Failure> {
    let form = Form::read_plain(&visit, request).await?;
    let Some(account) = visit.account().await? else { return Ok(Redirect::to("/akun").into_response()) };
    let app = &visit.web.app;
    let proved = match Code::parse(form.get("number")) {
        Ok(code) => match app.prove(code, form.get("pin"), &visit.address) {
            Ok(()) => app.keep_report(&account, code).await,
            Err(error) => Err(error),
        },
        Err(_) => Err(Error::NotFound),
    };
    let (status, key) = match proved {
        Ok(()) => {
            return Ok((AppendHeaders([visit.told("done-claimed")]), Redirect::to("/akun")).into_response());
        }
        Err(Error::NotFound) => (StatusCode::UNPROCESSABLE_ENTITY, "slip-claim"),
        Err(Error::Limited { .. }) => (StatusCode::TOO_MANY_REQUESTS, "slip-pin-many"),
        Err(error) => return Err(Failure::of(&visit, error)),
    };
    let slip = Message::new(key);
    let slips = vec![Slip { field: "number", message: slip.clone() }];
    let page =
        AccountPage { number: Field::wrong(form.get("number"), slip), slips, ..page(&visit, &account, None).await? };
    Ok((status, visit.show(&page)?).into_response())
}

/// Opens one of the account's own reports on this device.
pub(super) async fn open(visit: Visit, Path(typed): Path<String>) -> Result<Response, Failure> {
    let code = code_of(&visit, &typed)?;
    let Some(account) = visit.account().await? else { return Ok(Redirect::to("/akun").into_response()) };
    let mine = visit.web.app.is_mine(&account, code).await.map_err(|error| Failure::of(&visit, error))?;
    let to = Redirect::to(&shape::path_of(code)).into_response();
    Ok(if mine { with_cookies(to, vec![visit.opened(code)]) } else { to })
}

/// `ikuti`: news of a public report from now on; `lepas`: no more.
pub(super) async fn follow(visit: Visit, Path(typed): Path<String>) -> Result<Response, Failure> {
    let code = code_of(&visit, &typed)?;
    let Some(account) = visit.account().await? else { return Ok(Redirect::to("/akun").into_response()) };
    let done = match visit.web.app.follow(&account, code).await {
        Ok(()) => visit.told("done-followed"),
        Err(Error::NotFound) => return super::report::sealed(&visit, code, Field::default()),
        Err(error) => return Err(Failure::of(&visit, error)),
    };
    Ok((AppendHeaders([done]), Redirect::to(&shape::path_of(code))).into_response())
}

/// Ends the following of a report.
pub(super) async fn unfollow(visit: Visit, Path(typed): Path<String>) -> Result<Response, Failure> {
    let code = code_of(&visit, &typed)?;
    let Some(account) = visit.account().await? else { return Ok(Redirect::to("/akun").into_response()) };
    visit.web.app.unfollow(&account, code).await.map_err(|error| Failure::of(&visit, error))?;
    Ok((AppendHeaders([visit.told("done-unfollowed")]), Redirect::to(&shape::path_of(code))).into_response())
}

/// The cookies that close the account's newest reports on this device.
async fn locks(visit: &Visit, account: &Account) -> Result<Vec<(HeaderName, HeaderValue)>, Failure> {
    let mine = visit.web.app.my_reports(account, None, MOST_LOCKED).await;
    let mine = mine.map_err(|error| Failure::of(visit, error))?;
    Ok(mine.rows.iter().map(|summary| visit.locked(summary.listed.row.code)).collect())
}

fn with_cookies(mut response: Response, cookies: Vec<(HeaderName, HeaderValue)>) -> Response {
    for (name, value) in cookies {
        response.headers_mut().append(name, value);
    }
    response
}

/// What is said of something by which nobody can be reached here.
fn no_contact(visit: &Visit) -> &'static str {
    match Reach::of(&visit.web.app).unwrap_or_default() {
        Reach::Email => "slip-email",
        Reach::Phone => "slip-phone",
        Reach::Both => "slip-contact",
    }
}

fn login(visit: &Visit, sent_to: Option<&str>) -> AccountLoginPage {
    AccountLoginPage {
        w: visit.words,
        frame: visit.frame(Place::Elsewhere),
        reach: Reach::of(&visit.web.app).unwrap_or_default(),
        sent_to: sent_to.map(masked),
        contact: Field::default(),
        code: Field::default(),
        slips: Vec::new(),
    }
}

async fn page(visit: &Visit, account: &Account, before: Option<i64>) -> Result<AccountPage, Failure> {
    let broken = |error| Failure::of(visit, error);
    let app = &visit.web.app;
    let reference = app.reference();
    let mine = app.my_reports(account, before, ROWS).await.map_err(broken)?;
    let followed = app.followed(account).await.map_err(broken)?;
    Ok(AccountPage {
        w: visit.words,
        frame: visit.frame(Place::Elsewhere),
        address: account.address.clone(),
        mine: mine.rows.iter().map(|summary| shape::card(&reference, summary)).collect(),
        next: mine.next,
        followed: followed.iter().map(|summary| shape::card(&reference, summary)).collect(),
        number: Field::default(),
        pin: Field::default(),
        slips: Vec::new(),
    })
}
