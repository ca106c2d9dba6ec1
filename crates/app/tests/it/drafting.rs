//! A clerk drafts, the head of the office sends; and the templates both use.

use crate::people::*;
use app::{Act, Error, Heed, NewTemplate};
use domain::check::Finding;
use domain::report::{AnswerKind, Approver, Command, CommandKind};
use domain::template::FaultKind;
use domain::text::Title;
use domain::{Actor, Code, Event, Refusal, Role, UserId};

fn clerk() -> Actor {
    Actor::Officer { user: UserId(7), role: Role::LiaisonOfficer, agency: PUPR }
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

async fn waiting(app: &app::App, by: &Actor) -> Vec<Code> {
    app.waiting_drafts(by).await.unwrap().into_iter().map(|(row, _)| row.code).collect()
}

const TEXT: &str = "Penambalan ruas itu dikerjakan regu kami pada 16 November 2026.";

both!(an_answer_is_drafted_by_one_and_sent_by_another_word_for_word, |house| {
    let app = &house.app;
    let code = with_pupr(app, letter("draft-1")).await;
    assert!(matches!(app.set_approver(&pupr(), Approver::Admin).await, Err(Error::Denied)));
    app.set_approver(&kalsel(), Approver::Admin).await.unwrap();
    assert_eq!(app.approver(PUPR).await.unwrap(), (Approver::Admin, KALSEL));
    let alone = act(app, code, clerk(), answer(TEXT)).await;
    assert!(matches!(alone, Err(Error::Refused(Refusal::NeedsApproval))));
    let offers = app.view(code, &clerk()).await.unwrap().offers;
    assert!(offers.contains(&CommandKind::ProposeAnswer) && !offers.contains(&CommandKind::Answer));

    act(app, code, clerk(), propose(TEXT)).await.unwrap();
    let due = app.view(code, &clerk()).await.unwrap().clock.unwrap().due_day();
    assert_eq!(due, jiff::civil::date(2026, 11, 16), "the clock runs on");
    assert_eq!(waiting(app, &kalsel()).await, [code]);
    assert_eq!(waiting(app, &clerk()).await, []);
    assert!(told(app, KALSEL, code).await.contains(&"answer_proposed".to_owned()));
    for outside in [Actor::Public, Actor::Reporter, national(), officer(Role::Supervisor, NATIONAL)] {
        let view = app.view(code, &outside).await.unwrap();
        assert!(!format!("{view:?}").contains("Penambalan ruas itu"), "{outside:?}");
    }

    let draft = row(app, code).await.report.draft.unwrap().seq;
    let colleague = act(app, code, pupr(), Command::ApproveAnswer { draft }).await;
    assert!(matches!(colleague, Err(Error::Refused(Refusal::NotApprover))));
    let back = Command::SendBackAnswer { draft, text: remark("Sebutkan ruasnya.") };
    act(app, code, kalsel(), back).await.unwrap();
    assert_eq!(waiting(app, &kalsel()).await, []);
    let seen = app.view(code, &clerk()).await.unwrap().draft.unwrap();
    assert_eq!((seen.text.as_str(), seen.reason.as_deref()), (TEXT, Some("Sebutkan ruasnya.")));

    let better = "Penambalan ruas Simpang Empat dikerjakan regu kami pada 16 November 2026.";
    act(app, code, clerk(), propose(better)).await.unwrap();
    let draft = row(app, code).await.report.draft.unwrap().seq;
    act(app, code, kalsel(), Command::ApproveAnswer { draft }).await.unwrap();
    let public = app.view(code, &Actor::Public).await.unwrap();
    let said: Vec<_> = public.steps.iter().filter_map(|step| Some(step.words.as_ref()?.body.clone())).collect();
    assert_eq!(said, [better]);
    assert!(
        log(app, code)
            .await
            .iter()
            .any(|logged| matches!(logged.event, Event::AnswerApproved { author: UserId(7), .. }))
    );
    assert_eq!(waiting(app, &kalsel()).await, []);
});

fn template(body_text: &str, was: Option<(i64, u32)>) -> NewTemplate {
    NewTemplate { was, name: Title::parse("Jadwal penambalan").unwrap(), body: body(body_text), active: true }
}

both!(templates_are_strict_inherited_and_recognised, |house| {
    let app = &house.app;
    let code = with_pupr(app, letter("draft-2")).await;
    let fault = app.put_template(&kalsel(), template("Yth. pelapor {nomer}, terima kasih.", None)).await.unwrap();
    let fault = fault.unwrap_err();
    assert_eq!((fault.kind, fault.column), (FaultKind::Unknown, 14));
    let text = "Laporan {nomor} masuk jadwal penambalan rutin dinas kami pada triwulan pertama tahun 2027.";
    let id = app.put_template(&kalsel(), template(text, None)).await.unwrap().unwrap();
    assert!(matches!(app.put_template(&pupr(), template(text, None)).await, Err(Error::Denied)));
    let below = officer(Role::AgencyAdmin, PUPR);
    let others = app.put_template(&below, template(text, Some((id, 1)))).await;
    assert!(matches!(others, Err(Error::NotFound)));
    assert_eq!(app.templates(PUPR).await.unwrap().len(), 1, "inherited from the office above");

    let newer = "Laporan {nomor} masuk jadwal penambalan rutin dinas kami pada triwulan kedua tahun 2027.";
    app.put_template(&kalsel(), template(newer, Some((id, 1)))).await.unwrap().unwrap();
    let late = app.put_template(&kalsel(), template(text, Some((id, 1)))).await;
    assert!(matches!(late, Err(Error::Conflict(_))));
    assert_eq!(app.templates(PUPR).await.unwrap()[0].version, 2);

    let copy = newer.replace("{nomor}", "123 456 7894");
    let act = Act { heed: Heed::Advice, ..Act::new(pupr(), answer(&copy)) };
    let found: Vec<_> = app.advice(code, &act).await.unwrap().iter().map(|advice| advice.finding).collect();
    assert_eq!(found, [Finding::TemplateCopy]);
});
