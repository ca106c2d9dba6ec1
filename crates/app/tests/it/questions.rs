//! Questions by link: one answer, no account, and nothing that was not meant to be read.

use crate::people::*;
use crate::world::House;
use app::{Act, App, Ask, Error, Letter, QuestionState};
use domain::report::{Command, Missing, StageKind};
use domain::{Actor, Code, Refusal, Role};

const HERE: &str = "10.0.0.1";

async fn hold(app: &App, code: Code, key: &str) -> String {
    let hold = Command::Hold { missing: vec![Missing::Location], text: remark("Di ruas mana tepatnya?") };
    act(app, code, kalsel(), hold).await.unwrap();
    link(app, code, key).await
}

/// The token of the newest question that is open.
async fn link(app: &App, code: Code, why: &str) -> String {
    let view = app.view(code, &kalsel()).await.unwrap();
    let asked = app.questions(&view).await.unwrap();
    let path = asked.into_iter().find_map(|one| one.link).unwrap_or_else(|| panic!("{why}: no open question"));
    path.trim_start_matches("/tanya/").to_owned()
}

async fn ask(app: &App, code: Code, by: Actor, key: &str, shares: bool) -> app::Result<app::Done> {
    let text = body("Apakah pasien itu memang ditolak, dan mengapa?");
    let act = Act { key: Some(key.into()), ..Act::new(by, Command::AskOutsider { text: text.clone() }) };
    app.ask_outsider(code, act, Ask { text, recipient: "RSUD Contoh".into(), days: 5, shares, email: None }).await
}

both!(the_reporter_answers_a_hold_by_link_without_the_pin, |house| {
    let code = with_pupr(&house.app, Letter { secret: true, ..letter("held") }).await;
    let token = hold(&house.app, code, "hold").await;
    let inquiry = house.app.inquiry(&token, HERE).await.unwrap();
    assert_eq!((inquiry.state, inquiry.code), (QuestionState::Open, Some(code)));
    let shown = format!("{inquiry:?}");
    assert!(shown.contains("Di ruas mana") && !shown.contains("pasar") && !shown.contains("Karangan"), "{shown}");
    let view = house.app.view(code, &kalsel()).await.unwrap();
    assert!(
        house.app.questions(&view).await.unwrap()[0].question.opened_at.is_some(),
        "nobody sees that it was opened"
    );
    let words = || body("Di ruas Simpang Empat sampai pasar.");
    house.app.answer_inquiry(&token, HERE, words(), vec![], Some("k".into())).await.unwrap();
    assert_eq!(row(&house.app, code).await.report.stage.kind(), StageKind::Disposed);
    assert_eq!(story(&house.app, code).await.last(), Some(&"completed"));
    let again = house.app.answer_inquiry(&token, HERE, words(), vec![], None).await;
    assert!(matches!(again, Err(Error::Refused(Refusal::QuestionEnded))));
    assert_eq!(house.app.inquiry(&token, HERE).await.unwrap().state, QuestionState::Answered);
    let second = hold(&house.app, code, "second hold").await;
    assert_ne!(second, token);
    assert_eq!(house.app.inquiry(&token, HERE).await.unwrap().state, QuestionState::Answered, "the old link");
    act(&house.app, code, kalsel(), Command::Resume { text: remark("Lokasinya sudah jelas.") }).await.unwrap();
    assert_eq!(house.app.inquiry(&second, HERE).await.unwrap().state, QuestionState::Ended);
});

both!(a_hold_that_runs_out_ends_its_link, |house| {
    let code = with_pupr(&house.app, letter("lapsing")).await;
    let token = hold(&house.app, code, "hold").await;
    house.later(24 * 40);
    assert_eq!(house.app.inquiry(&token, HERE).await.unwrap().state, QuestionState::Expired);
    house.work().await;
    assert_eq!(house.app.inquiry(&token, HERE).await.unwrap().state, QuestionState::Ended);
});

both!(a_guessed_link_is_no_link_and_guessing_is_limited, |house| {
    let code = with_pupr(&house.app, letter("guessed")).await;
    let token = hold(&house.app, code, "hold").await;
    let (known, _) = token.rsplit_once('-').unwrap();
    for n in 0..10 {
        let guess = format!("{known}-{n:032x}");
        assert!(matches!(house.app.inquiry(&guess, HERE).await, Err(Error::NotFound)), "{guess}");
    }
    assert!(matches!(house.app.inquiry(&token, "10.0.0.2").await, Err(Error::Limited { .. })));
    for odd in ["", "-", "a-b-c", "zz-1-", &"f".repeat(300)] {
        assert!(matches!(house.app.inquiry(odd, "10.0.0.3").await, Err(Error::NotFound)), "{odd}");
    }
});

both!(somebody_outside_answers_to_the_office_and_reads_nothing_else, |house| {
    let code = with_pupr(&house.app, Letter { secret: true, ..letter("outside") }).await;
    ask(&house.app, code, pupr(), "one", true).await.unwrap();
    ask(&house.app, code, pupr(), "one", true).await.unwrap();
    let token = link(&house.app, code, "asked").await;
    let inquiry = house.app.inquiry(&token, HERE).await.unwrap();
    let shown = format!("{inquiry:?}");
    assert_eq!((inquiry.code, inquiry.shared.as_ref()), (None, None), "a secret report is shown");
    assert!(shown.contains("ditolak") && !shown.contains("pasar") && !shown.contains("Karangan"), "{shown}");
    let words = body("Pasien zamrud datang di luar jam layanan.");
    house.app.answer_inquiry(&token, HERE, words, vec![], Some("k".into())).await.unwrap();
    assert_eq!(told(&house.app, PUPR, code).await.last().map(String::as_str), Some("outsider_answered"));
    let officer = house.app.view(code, &pupr()).await.unwrap();
    assert!(format!("{officer:?}").contains("zamrud"));
    let reporter = house.app.view(code, &Actor::Reporter).await.unwrap();
    assert!(!format!("{reporter:?}").contains("zamrud"), "internal words reach the reporter");
    assert_eq!(story(&house.app, code).await.iter().filter(|kind| kind.starts_with("outsider")).count(), 2);
    assert_eq!(house.app.inquiry(&token, HERE).await.unwrap().state, QuestionState::Answered);
});

both!(the_public_text_is_shared_only_while_it_is_public, |house| {
    let code = with_pupr(&house.app, letter("shared")).await;
    ask(&house.app, code, pupr(), "with", true).await.unwrap();
    let token = link(&house.app, code, "asked").await;
    let shared = house.app.inquiry(&token, HERE).await.unwrap().shared;
    assert!(shared.is_some_and(|(title, _)| title == "Jalan rusak di depan pasar"));
    let hide = Command::Hide { reason: domain::report::HideReason::PersonalData, text: remark("Ada nomor telepon.") };
    act(&house.app, code, national(), hide).await.unwrap();
    assert_eq!(house.app.inquiry(&token, HERE).await.unwrap().shared, None);
    ask(&house.app, code, pupr(), "without", false).await.unwrap();
    let other = link(&house.app, code, "asked").await;
    assert_eq!(house.app.inquiry(&other, HERE).await.unwrap().shared, None);
});

both!(a_question_is_ended_expires_and_is_seen_by_those_who_work_on_it_alone, |house| {
    let code = with_pupr(&house.app, letter("ended")).await;
    let done = ask(&house.app, code, pupr(), "one", false).await.unwrap();
    let first = link(&house.app, code, "asked").await;
    let question = done.row.report.seq;
    act(&house.app, code, pupr(), Command::EndQuestion { question }).await.unwrap();
    assert_eq!(house.app.inquiry(&first, HERE).await.unwrap().state, QuestionState::Ended);
    ask(&house.app, code, pupr(), "two", false).await.unwrap();
    let second = link(&house.app, code, "asked").await;
    house.later(24 * 8);
    assert_eq!(house.app.inquiry(&second, HERE).await.unwrap().state, QuestionState::Expired);
    let late = house.app.answer_inquiry(&second, HERE, body("Maaf, terlambat."), vec![], None).await;
    assert!(matches!(late, Err(Error::Refused(Refusal::QuestionEnded))));
    hidden_from_others(&house, code).await;
});

async fn hidden_from_others(house: &House, code: Code) {
    let others = [Actor::Public, Actor::Reporter, officer(Role::Leader, KALSEL), officer(Role::AgencyAdmin, BONTANG)];
    for by in others {
        let view = house.app.view(code, &by).await.unwrap();
        assert!(house.app.questions(&view).await.unwrap().is_empty(), "{by:?}");
        assert!(!format!("{view:?}").contains("pasien"), "{by:?}");
        assert!(ask(&house.app, code, by, "three", false).await.is_err(), "{by:?}");
    }
    let watcher = house.app.view(code, &officer(Role::Supervisor, NATIONAL)).await.unwrap();
    assert!(house.app.questions(&watcher).await.unwrap().iter().all(|one| one.link.is_none()), "a link is handed out");
}
