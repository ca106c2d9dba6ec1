//! People who do things at the same moment.

use crate::people::*;
use app::{Act, Conflict, Error, Supporter};
use domain::Actor;
use domain::report::Command;

both!(a_double_click_is_done_once_and_told_as_done, |house| {
    let code = with_pupr(&house.app, letter("click")).await;
    let press = Act { key: Some("press".into()), ..Act::new(pupr(), answer("Sedang kami tangani di lapangan.")) };
    let tries = (0..8).map(|_| {
        let (app, press) = (house.app.clone(), press.clone());
        tokio::spawn(async move { app.act(code, press).await.unwrap().repeated })
    });
    let mut fresh = 0;
    for tried in tries.collect::<Vec<_>>() {
        fresh += u32::from(!tried.await.unwrap());
    }
    assert_eq!(fresh, 1);
    assert_eq!(story(&house.app, code).await, ["submitted", "disposed", "disposed", "answered"]);
});

both!(neighbours_who_support_at_once_are_all_counted, |house| {
    let code = with_pupr(&house.app, letter("neighbours")).await;
    let tries = (0..12).map(|n| {
        let app = house.app.clone();
        let supporter = Supporter { address: format!("192.0.2.{n}"), agent: "Peramban".into() };
        tokio::spawn(async move {
            let act = Act { supporter: Some(supporter), ..Act::new(Actor::Public, Command::Support) };
            app.act(code, act).await
        })
    });
    let mut counted = 0;
    for tried in tries.collect::<Vec<_>>() {
        match tried.await.unwrap() {
            Ok(_) => counted += 1,
            Err(Error::Busy) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(row(&house.app, code).await.report.supports, counted);
    assert!(counted >= 6, "only {counted} of 12 were counted");
});

both!(a_key_that_was_used_for_other_words_is_told_as_used, |house| {
    let code = with_pupr(&house.app, letter("key")).await;
    let note = |text: &str| Act { key: Some("note".into()), ..Act::new(pupr(), Command::Note { text: remark(text) }) };
    house.app.act(code, note("Anggaran sudah cair.")).await.unwrap();
    assert!(house.app.act(code, note("Anggaran sudah cair.")).await.unwrap().repeated);
    let other = house.app.act(code, note("Anggaran belum cair.")).await;
    assert!(matches!(other, Err(Error::Conflict(Conflict::KeyReused))), "{other:?}");
});

both!(an_objection_is_told_to_the_superior_and_then_to_the_inspectorate, |house| {
    let code = with_pupr(&house.app, letter("object")).await;
    for _ in 0..2 {
        act(&house.app, code, pupr(), answer("Sudah kami tangani di lapangan.")).await.unwrap();
        act(&house.app, code, Actor::Reporter, Command::Object { text: body("Lubangnya masih ada semua.") })
            .await
            .unwrap();
    }
    assert_eq!(told(&house.app, KALSEL, code).await, ["disposed", "objected", "objected"]);
    assert_eq!(told(&house.app, INSPECTORATE, code).await, ["objected"]);
});
