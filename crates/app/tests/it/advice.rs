//! An answer that says nothing is held up until somebody answers for it.

use crate::people::*;
use app::{Act, Error, Heed};
use domain::check::Finding;
use domain::{Actor, Event, Refusal};

both!(a_hollow_answer_is_sent_only_with_a_reason_that_officers_read, |house| {
    let app = &house.app;
    let code = with_pupr(app, letter("hollow-1")).await;
    let hollow = Act { heed: Heed::Advice, ..Act::new(pupr(), answer("Terima kasih, laporan akan dikoordinasikan.")) };
    assert!(matches!(app.act(code, hollow.clone()).await, Err(Error::Refused(Refusal::Advised))));
    assert_eq!(story(app, code).await, ["submitted", "disposed", "disposed"]);
    let advice = app.advice(code, &hollow).await.unwrap();
    assert_eq!(advice[0].finding, Finding::NonAnswer);
    assert_eq!(advice[0].said.as_deref(), Some("akan dikoordinasikan"));
    let stranger = Act { by: officer(domain::Role::LiaisonOfficer, DISHUB), ..hollow.clone() };
    assert!(app.advice(code, &stranger).await.is_err());

    let why = "Pelapor sudah dijelaskan lewat telepon.";
    app.act(code, Act { heed: Heed::Despite(remark(why)), ..hollow }).await.unwrap();
    let last = log(app, code).await.pop().unwrap();
    assert_eq!(last.event, Event::AdviceOverridden { findings: vec![Finding::NonAnswer] });
    let words = |by: Actor| async move {
        let view = app.view(code, &by).await.unwrap();
        let said = view.steps.into_iter().filter_map(|step| Some(step.words?.body));
        said.collect::<Vec<_>>()
    };
    assert!(words(kalsel()).await.contains(&why.to_owned()));
    for outside in [Actor::Reporter, Actor::Public] {
        let heard = words(outside).await;
        assert!(
            heard.iter().any(|text| text.contains("dikoordinasikan")) && !heard.contains(&why.to_owned()),
            "{heard:?}"
        );
    }
});

both!(what_the_reporter_has_read_already_is_found_again, |house| {
    let app = &house.app;
    let code = with_pupr(app, letter("hollow-2")).await;
    let text = "Jadwal penambalan ruas itu ditetapkan setelah lelang pada Desember 2026.";
    let first = Act { heed: Heed::Advice, ..Act::new(pupr(), answer(text)) };
    app.act(code, first).await.unwrap();
    act(app, code, Actor::Reporter, domain::Command::Reply { text: body("Itu belum menjawab pertanyaan saya.") })
        .await
        .unwrap();
    let again = Act { heed: Heed::Advice, ..Act::new(pupr(), answer(text)) };
    let advice = app.advice(code, &again).await.unwrap();
    assert_eq!(advice.iter().map(|advice| advice.finding).collect::<Vec<_>>(), [Finding::Repeated]);
});
