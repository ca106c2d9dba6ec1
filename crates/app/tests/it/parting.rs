//! A road, a traffic sign and a drain: one lead and two supporting units.

use crate::people::*;
use app::{Act, Error};
use domain::report::{Command, StageKind};
use domain::{Actor, AgencyId, Refusal, Role};

fn ask(office: AgencyId, compulsory: bool, task: &str) -> Command {
    Command::AskPart { office, compulsory, opened: false, day: None, text: remark(task) }
}

fn dishub() -> Actor {
    officer(Role::LiaisonOfficer, DISHUB)
}

fn done(part: u8, text: &str) -> Command {
    Command::AnswerPart { part, text: body(text), evidence: 0 }
}

both!(units_answer_the_lead_and_only_the_lead_answers_the_reporter, |house| {
    let app = &house.app;
    let code = with_pupr(app, letter("part-1")).await;
    let task = "Mohon pasang rambu sementara selama penambalan.";
    let acts = [ask(DISHUB, true, task), ask(INSPECTORATE, false, "Mohon periksa kontrak pemeliharaan.")];
    let acts = acts.into_iter().map(|command| Act::new(kalsel(), command)).collect();
    app.act_together(code, acts).await.unwrap();

    let duties = app.duties(&dishub(), None, 25).await.unwrap();
    assert_eq!(duties.rows.len(), 1);
    assert_eq!(duties.rows[0].listed.task.as_deref(), Some(task));
    assert_eq!(duties.rows[0].clock.as_ref().unwrap().due_day(), jiff::civil::date(2026, 11, 12));
    assert_eq!(app.duties(&kalsel(), None, 25).await.unwrap().rows.len(), 2, "the agency sees all of its units");
    assert_eq!(told(app, DISHUB, code).await, ["part_asked"]);

    let early = act(app, code, pupr(), answer("Jalan ditambal Rabu malam, dan rambu sudah terpasang.")).await;
    assert!(matches!(early, Err(Error::Refused(Refusal::PartOpen))));
    let said = "Rambu terpasang sejak Selasa pagi di kedua ujung ruas.";
    act(app, code, dishub(), done(1, said)).await.unwrap();
    assert_eq!(app.duties(&dishub(), None, 25).await.unwrap().rows, []);
    assert_eq!(told(app, PUPR, code).await, ["disposed", "part_answered"]);

    for outside in [Actor::Public, Actor::Reporter] {
        let view = app.view(code, &outside).await.unwrap();
        assert_eq!(view.parts, []);
        assert!(view.steps.iter().all(|step| step.logged.event.part().is_none()));
        assert!(!format!("{:?}", view.steps).contains("Rambu terpasang"));
    }
    let own = app.view(code, &dishub()).await.unwrap();
    assert_eq!(own.parts.len(), 1, "another unit's task is not for it");
    assert_eq!(own.place.as_deref(), Some("Simpang empat"));
    assert!(own.reporter.is_none());
    let lead = app.view(code, &pupr()).await.unwrap();
    assert_eq!(lead.parts.iter().map(|part| part.answer.as_deref()).collect::<Vec<_>>(), [Some(said), None]);

    act(app, code, pupr(), answer("Jalan ditambal Rabu malam, dan rambu sudah terpasang.")).await.unwrap();
    assert_eq!(row(app, code).await.report.stage.kind(), StageKind::Answered);
    assert_eq!(app.duties(&kalsel(), None, 25).await.unwrap().rows, [], "nobody waits for the spare part");
});

both!(a_late_unit_is_reminded_by_the_scheduler, |house| {
    let app = &house.app;
    let code = with_pupr(app, letter("part-2")).await;
    act(app, code, kalsel(), ask(DISHUB, true, "Mohon pasang rambu sementara.")).await.unwrap();
    house.at("2026-11-13T03:00:00Z");
    house.work().await;
    assert_eq!(told(app, DISHUB, code).await, ["part_asked", "part_reminded", "part_escalated"]);
    act(app, code, kalsel(), Command::WithdrawPart { part: 1, text: remark("Sudah dipasang kontraktor.") })
        .await
        .unwrap();
    assert_eq!(app.duties(&dishub(), None, 25).await.unwrap().rows, []);
    assert!(app.duties(&officer(Role::Leader, DISHUB), None, 25).await.unwrap().rows.is_empty());
});

both!(a_page_of_duties_goes_on_where_the_last_one_ended, |house| {
    let app = &house.app;
    let mut wanted = Vec::new();
    for n in 0..3 {
        let code = with_pupr(app, letter(&format!("part-3-{n}"))).await;
        act(app, code, kalsel(), ask(DISHUB, true, "Mohon pasang rambu sementara.")).await.unwrap();
        wanted.push(code);
        house.later(24);
    }
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = app.duties(&dishub(), after, 1).await.unwrap();
        seen.extend(page.rows.iter().map(|row| row.listed.row.code));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, wanted);
});
