//! What the scheduler does while people wait. The house stands on Monday 9 November 2026, 10:00 WITA.

use crate::people::*;
use domain::report::{Command, Event, Missing, StageKind};

both!(ten_working_days_of_silence_close_a_report_after_a_warning_on_day_seven, |house| {
    let code = with_pupr(&house.app, letter("silence")).await;
    act(&house.app, code, pupr(), answer("Pekerjaan telah selesai diperiksa.")).await.unwrap();
    house.at("2026-11-17T23:59:00Z");
    house.work().await;
    assert_eq!(story(&house.app, code).await.last(), Some(&"answered"));
    house.at("2026-11-18T00:00:00Z");
    house.work().await;
    assert_eq!(story(&house.app, code).await.last(), Some(&"warned"));
    house.at("2026-11-23T15:59:59Z");
    house.work().await;
    assert_eq!(row(&house.app, code).await.report.stage.kind(), StageKind::Answered);
    house.at("2026-11-23T16:00:00Z");
    house.work().await;
    assert_eq!(row(&house.app, code).await.report.stage.kind(), StageKind::ClosedBySystem);
});

both!(a_reply_on_day_nine_stops_the_closing, |house| {
    let code = with_pupr(&house.app, letter("reply")).await;
    act(&house.app, code, pupr(), answer("Pekerjaan telah selesai diperiksa.")).await.unwrap();
    house.at("2026-11-20T04:00:00Z");
    house.work().await;
    act(&house.app, code, domain::Actor::Reporter, Command::Reply { text: body("Belum ada yang datang ke lokasi.") })
        .await
        .unwrap();
    house.at("2026-11-25T00:00:00Z");
    house.work().await;
    assert_eq!(row(&house.app, code).await.report.stage.kind(), StageKind::Replied);
    assert_eq!(told(&house.app, PUPR, code).await[..2], ["disposed", "replied"]);
});

both!(a_late_verification_is_reminded_and_climbs_although_nobody_is_assigned, |house| {
    let mut chosen = letter("late");
    chosen.agency = Some(PUPR);
    let code = submit(&house.app, chosen).await.code;
    house.at("2026-11-11T00:00:00Z");
    house.work().await;
    assert_eq!(told(&house.app, KALSEL, code).await, ["reminded"]);
    house.at("2026-11-13T00:00:00Z");
    house.work().await;
    assert_eq!(told(&house.app, KALSEL, code).await, ["reminded", "escalated"]);
    house.at("2026-11-20T00:00:00Z");
    house.work().await;
    assert_eq!(told(&house.app, KALSEL, code).await, ["reminded", "escalated", "escalated"]);
    assert_eq!(told(&house.app, NATIONAL, code).await, ["escalated"]);
    assert_eq!(row(&house.app, code).await.report.officer, None);
    house.at("2026-12-20T00:00:00Z");
    house.work().await;
    assert_eq!(story(&house.app, code).await.iter().filter(|kind| **kind == "escalated").count(), 3);
});

both!(a_hold_that_nobody_completes_is_archived_by_the_system, |house| {
    let code = submit(&house.app, letter("hold")).await.code;
    let hold = Command::Hold { missing: vec![Missing::Location], text: remark("Mohon sebutkan lokasi.") };
    act(&house.app, code, national(), hold).await.unwrap();
    let lapses = house.app.view(code, &national()).await.unwrap().clock.unwrap().due;
    house.at(&lapses.to_string());
    house.work().await;
    assert_eq!(row(&house.app, code).await.report.stage.kind(), StageKind::Held);
    house.clock.set(lapses + jiff::SignedDuration::from_secs(1));
    house.work().await;
    assert_eq!(row(&house.app, code).await.report.stage.kind(), StageKind::ArchivedSystem);
});

both!(after_the_legal_limit_the_ombudsman_is_offered, |house| {
    let code = with_pupr(&house.app, letter("ombudsman")).await;
    house.later(24 * 61);
    house.work().await;
    assert!(story(&house.app, code).await.contains(&"ombudsman_offered"));
    act(&house.app, code, domain::Actor::Reporter, Command::AcceptOmbudsman).await.unwrap();
    assert_eq!(log(&house.app, code).await.last().unwrap().event, Event::OmbudsmanAccepted);
});
