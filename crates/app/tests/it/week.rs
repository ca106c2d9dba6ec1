//! One working week of South Kalimantan in November 2026: eight officers and five reporters, by a clock that is set.

use crate::people::*;
use crate::world::House;
use app::{App, Error, Letter};
use domain::report::{AnswerKind, Approver, Class, Command, Missing, ReturnReason, StageKind};
use domain::{Actor, AgencyId, Code, Refusal, Role, UserId};
use jiff::civil::date;

/// One of the people, each with an account of their own.
fn person(user: i64, role: Role, agency: AgencyId) -> Actor {
    Actor::Officer { user: UserId(user), role, agency }
}

fn national() -> Actor {
    person(1, Role::NationalAdmin, NATIONAL)
}

fn supervisor() -> Actor {
    person(2, Role::Supervisor, NATIONAL)
}

fn kalsel() -> Actor {
    person(3, Role::AgencyAdmin, KALSEL)
}

fn leader() -> Actor {
    person(4, Role::Leader, KALSEL)
}

fn inspector() -> Actor {
    person(5, Role::Inspector, INSPECTORATE)
}

fn pupr() -> Actor {
    person(6, Role::LiaisonOfficer, PUPR)
}

/// A second liaison officer of the road office.
fn clerk() -> Actor {
    person(7, Role::LiaisonOfficer, PUPR)
}

fn dishub() -> Actor {
    person(8, Role::LiaisonOfficer, DISHUB)
}

async fn stage(app: &App, code: Code) -> StageKind {
    row(app, code).await.report.stage.kind()
}

async fn does(app: &App, code: Code, by: Actor, command: Command) {
    let kind = command.kind();
    act(app, code, by, command).await.unwrap_or_else(|error| panic!("{by:?} cannot {kind:?}: {error}"));
}

fn propose(text: &str) -> Command {
    Command::ProposeAnswer {
        kind: AnswerKind::Explained,
        text: body(text),
        planned_for: None,
        legal_ground: None,
        evidence: 0,
        physical: false,
    }
}

/// What came in before Monday noon: a road, a lamp, a bribe, a question, and something that is nobody's here.
struct Monday {
    road: Code,
    lamp: Code,
    bribe: Code,
    question: Code,
    astray: Code,
}

both!(a_week_of_a_province_ends_with_every_report_where_it_belongs, |house| {
    let app = &house.app;
    let week = monday(app).await;
    tuesday(&house, &week).await;
    wednesday(&house, &week).await;
    friday(&house, &week).await;
    silence(&house, &week).await;
});

/// The national admin verifies, the province disposes and shares the road out.
async fn monday(app: &App) -> Monday {
    let sent = async |key: &str, secret: bool| submit(app, Letter { secret, ..letter(key) }).await.code;
    let (road, lamp, bribe) = (sent("road", false).await, sent("lamp", false).await, sent("bribe", true).await);
    let (question, astray) = (sent("question", false).await, sent("astray", false).await);
    app.set_approver(&kalsel(), Approver::Leader).await.unwrap();
    for code in [road, lamp, question, astray] {
        does(app, code, national(), dispose(KALSEL)).await;
        does(app, code, kalsel(), dispose(PUPR)).await;
    }
    let supervisory = Command::Reclassify { class: Class::Complaint, supervisory: true, category: None };
    does(app, bribe, national(), supervisory).await;
    does(app, bribe, national(), dispose(INSPECTORATE)).await;
    let signs = Command::AskPart {
        office: DISHUB,
        compulsory: true,
        opened: false,
        day: None,
        text: remark("Mohon pasang rambu sementara."),
    };
    does(app, road, kalsel(), signs).await;
    Monday { road, lamp, bribe, question, astray }
}

/// The road office gives back what is not its own, asks a reporter, and drafts; the transport office does its part.
async fn tuesday(house: &House, week: &Monday) {
    let app = &house.app;
    house.at("2026-11-10T02:00:00Z");
    let back = Command::Return {
        reason: ReturnReason::ALL[0],
        text: remark("Lampu jalan diurus Dinas Perhubungan."),
        suggestion: Some(DISHUB),
    };
    does(app, week.lamp, pupr(), back).await;
    assert_eq!(stage(app, week.lamp).await, StageKind::Returned);
    does(app, week.lamp, kalsel(), dispose(DISHUB)).await;
    let hold = Command::Hold { missing: vec![Missing::ALL[0]], text: remark("Mohon sebutkan nama jalannya.") };
    does(app, week.question, kalsel(), hold).await;
    let early = act(app, week.road, pupr(), propose("Lubang kami tambal Rabu malam, 11 November 2026.")).await;
    assert!(matches!(early, Err(Error::Refused(Refusal::PartOpen))), "the lead answers before its part is there");
    let said = body("Rambu terpasang di kedua ujung ruas sejak Selasa pagi.");
    does(app, week.road, dishub(), Command::AnswerPart { part: 1, text: said, evidence: 0 }).await;
    does(app, week.road, clerk(), propose("Lubang kami tambal Rabu malam, 11 November 2026; rambu sudah terpasang."))
        .await;
}

/// The head of the province sends the draft; the reporter of the question completes it; the inspector works unseen.
async fn wednesday(house: &House, week: &Monday) {
    let app = &house.app;
    house.at("2026-11-11T02:00:00Z");
    let draft = row(app, week.road).await.report.draft.unwrap().seq;
    does(app, week.road, leader(), Command::ApproveAnswer { draft }).await;
    assert_eq!(stage(app, week.road).await, StageKind::Answered);
    does(app, week.question, Actor::Reporter, Command::Complete { text: body("Jalan Contoh, di depan pasar.") }).await;
    assert_eq!(app.view(week.question, &pupr()).await.unwrap().clock.unwrap().due_day(), date(2026, 11, 17));
    does(app, week.bribe, inspector(), answer("Pejabat itu sudah kami periksa pada 11 November 2026.")).await;
    for outside in [Actor::Public, leader(), supervisor(), dishub(), pupr()] {
        let seen = app.view(week.bribe, &outside).await;
        assert!(matches!(seen, Err(Error::NotFound)), "{outside:?} finds a secret report");
    }
}

/// The reporter of the road confirms; the lamp is answered, objected to, and its superior is told.
async fn friday(house: &House, week: &Monday) {
    let app = &house.app;
    house.at("2026-11-13T02:00:00Z");
    does(app, week.road, Actor::Reporter, Command::Confirm { rating: Some(5), text: None }).await;
    assert_eq!(stage(app, week.road).await, StageKind::ClosedConfirmed);
    does(app, week.lamp, dishub(), propose("Lampu di depan pasar kami ganti Kamis pagi, 12 November 2026.")).await;
    let draft = row(app, week.lamp).await.report.draft.unwrap().seq;
    does(app, week.lamp, kalsel(), Command::ApproveAnswer { draft }).await;
    does(app, week.lamp, Actor::Reporter, Command::Object { text: body("Lampunya padam lagi sejak tadi malam.") })
        .await;
    assert_eq!(stage(app, week.lamp).await, StageKind::Objected);
    assert!(told(app, KALSEL, week.lamp).await.contains(&"objected".to_owned()));
    let note = Command::Note { text: remark("Mohon diselesaikan sebelum akhir bulan.") };
    does(app, week.lamp, supervisor(), note).await;
}

/// What nobody touches is reminded, escalated and counted; what was answered closes when its reporter stays silent.
async fn silence(house: &House, week: &Monday) {
    let app = &house.app;
    house.at("2026-11-18T02:00:00Z");
    house.work().await;
    let astray = story(app, week.astray).await;
    assert!(astray.contains(&"reminded") && astray.contains(&"escalated"), "{astray:?}");
    app.measure_lateness().await.unwrap();
    for day in ["2026-11-24T02:00:00Z", "2026-12-01T02:00:00Z", "2026-12-08T02:00:00Z"] {
        house.at(day);
        house.work().await;
    }
    assert_eq!(stage(app, week.bribe).await, StageKind::ClosedBySystem);
    assert_eq!(stage(app, week.astray).await, StageKind::Disposed, "an unanswered report is closed by silence");
}
