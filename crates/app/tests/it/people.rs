//! Who acts in the stories, and what they say.

use app::{Act, App, Done, Letter, Receipt, Result};
use domain::report::{AnswerKind, Channel, Class, Command};
use domain::text::{Body, PersonName, Phone, Remark, Title};
use domain::{Actor, AgencyId, Code, RegionCode, Role, UserId};
use store::event::Logged;
use store::report::Row;
use store::{event, notice, report};

pub const NATIONAL: AgencyId = AgencyId(1);
pub const KALSEL: AgencyId = AgencyId(630_000);
pub const INSPECTORATE: AgencyId = AgencyId(630_002);
pub const PUPR: AgencyId = AgencyId(630_003);
pub const DISHUB: AgencyId = AgencyId(630_004);
pub const BONTANG: AgencyId = AgencyId(647_400);

pub fn officer(role: Role, agency: AgencyId) -> Actor {
    Actor::Officer { user: UserId(9), role, agency }
}

pub fn national() -> Actor {
    officer(Role::NationalAdmin, NATIONAL)
}

pub fn kalsel() -> Actor {
    officer(Role::AgencyAdmin, KALSEL)
}

pub fn pupr() -> Actor {
    officer(Role::LiaisonOfficer, PUPR)
}

/// A complaint from Banjarbaru that names its reporter.
pub fn letter(key: &str) -> Letter {
    Letter {
        key: key.into(),
        class: Class::Complaint,
        title: Some(Title::parse("Jalan rusak di depan pasar").unwrap()),
        body: body("Jalan di depan pasar rusak parah dan tergenang air sejak sebulan yang lalu."),
        region: RegionCode::parse("63.72").unwrap(),
        place: Some("Simpang empat".into()),
        happened_on: None,
        point: None,
        category: None,
        agency: None,
        anonymous: false,
        secret: false,
        name: Some(PersonName::parse("Nama Karangan").unwrap()),
        phone: Some(Phone::parse("0812 0000 0000").unwrap()),
        email: None,
        chat: None,
        thread: None,
        language: "id".into(),
        channel: Channel::Web,
        uploads: vec![],
        external_ref: None,
        received_at: None,
    }
}

pub fn body(text: &str) -> Body {
    Body::parse(text).unwrap()
}

pub fn remark(text: &str) -> Remark {
    Remark::parse(text).unwrap()
}

pub async fn submit(app: &App, letter: Letter) -> Receipt {
    app.intake(letter).await.unwrap()
}

pub async fn act(app: &App, code: Code, by: Actor, command: Command) -> Result<Done> {
    app.act(code, Act::new(by, command)).await
}

pub fn dispose(to: AgencyId) -> Command {
    Command::Dispose { to, note: None }
}

pub fn answer(text: &str) -> Command {
    Command::Answer {
        kind: AnswerKind::Explained,
        text: body(text),
        planned_for: None,
        legal_ground: None,
        evidence: 0,
        physical: false,
    }
}

/// A report that the provincial road office has got.
pub async fn with_pupr(app: &App, letter: Letter) -> Code {
    let code = submit(app, letter).await.code;
    act(app, code, national(), dispose(KALSEL)).await.unwrap();
    act(app, code, kalsel(), dispose(PUPR)).await.unwrap();
    code
}

pub async fn row(app: &App, code: Code) -> Row {
    report::find(&mut app.db().read().await.unwrap(), code).await.unwrap().unwrap()
}

pub async fn log(app: &App, code: Code) -> Vec<Logged> {
    let id = row(app, code).await.report.id;
    event::list(&mut app.db().read().await.unwrap(), id).await.unwrap()
}

/// The names of all events of a report.
pub async fn story(app: &App, code: Code) -> Vec<&'static str> {
    log(app, code).await.iter().map(|logged| logged.event.kind().name()).collect()
}

/// What an office was told about a report, the first first.
pub async fn told(app: &App, agency: AgencyId, code: Code) -> Vec<String> {
    let mut notices = notice::list(&mut app.db().read().await.unwrap(), agency, i64::MAX, 1_000).await.unwrap();
    notices.reverse();
    notices.into_iter().filter(|notice| notice.code == Some(code)).map(|notice| notice.kind).collect()
}
