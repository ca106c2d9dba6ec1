//! Pranks and floods: what is refused and told, what is taken and flagged, and what officers make of it.

use crate::people::*;
use crate::world::House;
use app::gate::{Gate, Rates};
use app::{Entered, Error, Letter, Stranger};
use domain::doubt::Doubt;
use domain::report::{ArchiveReason, Command, StageKind};
use domain::{Actor, Code};

fn with_rates(mut house: House, rates: Rates) -> House {
    house.app = house.app.clone().with_rates(rates);
    house
}

fn from(address: &str) -> Stranger<'_> {
    Stranger { address, proof: None, waits: true }
}

fn saying(key: &str, text: &str) -> Letter {
    Letter { body: body(text), ..letter(key) }
}

async fn taken(house: &House, letter: Letter, from: Stranger<'_>) -> Code {
    match house.app.intake_of(letter, from).await.unwrap() {
        Entered::Taken(receipt) => receipt.code,
        Entered::Asked(asked) => panic!("{asked:?}"),
    }
}

async fn doubts(house: &House, by: &Actor, code: Code) -> Vec<Doubt> {
    let view = house.app.view(code, by).await.unwrap();
    house.app.doubts(by, view.report()).await.unwrap()
}

async fn flagged(house: &House, by: &Actor) -> Vec<Code> {
    let page = house.app.doubted(by, 0, 25).await.unwrap();
    page.rows.into_iter().map(|(listed, _)| listed.row.code).collect()
}

both!(a_prank_is_taken_flagged_and_archived_by_an_officer_only, |house| {
    let admin = national();
    let prank = taken(&house, saying("a", "Maaf ya, saya cuma iseng mengirim ini"), from("10.0.0.1")).await;
    let honest = taken(&house, saying("b", "Lampu jalan di depan pasar padam sejak kemarin"), from("10.0.0.2")).await;
    assert_eq!(doubts(&house, &admin, prank).await, [Doubt::Phrase]);
    assert_eq!(doubts(&house, &admin, honest).await, []);
    assert_eq!(flagged(&house, &admin).await, [prank]);
    house.later(24 * 2);
    house.work().await;
    let view = house.app.view(prank, &admin).await.unwrap();
    assert_eq!(view.report().stage.kind(), StageKind::Submitted, "nothing happens to it by itself");
    let text = remark("Laporan ini tampak iseng. Jika keliru, sanggah lewat halaman laporan.");
    act(&house.app, prank, admin, Command::Archive { reason: ArchiveReason::Spam, text }).await.unwrap();
    assert_eq!(flagged(&house, &admin).await, [], "the decision settles it");
    assert_eq!(doubts(&house, &admin, prank).await, []);
});

both!(an_officer_says_that_nothing_is_wrong_and_others_may_not, |house| {
    let admin = national();
    let code =
        taken(&house, saying("a", "Baru tes doang, lampu jalan kami padam sejak kemarin"), from("10.0.0.1")).await;
    let elsewhere = pupr();
    assert_eq!(flagged(&house, &elsewhere).await, []);
    let refused = house.app.clear_doubts(&elsewhere, code).await;
    assert!(matches!(refused, Err(Error::NotFound | Error::Denied)), "{refused:?}");
    assert!(matches!(house.app.clear_doubts(&Actor::Public, code).await, Err(Error::Denied)));
    house.app.clear_doubts(&admin, code).await.unwrap();
    assert_eq!((flagged(&house, &admin).await, doubts(&house, &admin, code).await), (vec![], vec![]));
    let view = house.app.view(code, &admin).await.unwrap();
    assert_eq!(view.report().stage.kind(), StageKind::Submitted);
});

both!(the_same_again_and_again_is_flagged_and_taken, |house| {
    let admin = national();
    let text = "Lampu jalan di depan pasar Melati padam sejak kemarin malam";
    let mut codes = Vec::new();
    for key in ["a", "b", "c"] {
        let letter = Letter { title: None, ..saying(key, text) };
        codes.push(taken(&house, letter, from("10.0.0.1")).await);
    }
    assert_eq!(flagged(&house, &admin).await, [codes[2]]);
    assert_eq!(doubts(&house, &admin, codes[2]).await, [Doubt::Alike]);
});

both!(too_many_from_one_address_are_told_to_wait_and_a_repetition_is_not, |house| {
    let house = with_rates(house, Rates { address: 3, ..Rates::default() });
    let mut first = None;
    for key in ["a", "b", "c"] {
        let code =
            taken(&house, saying(key, "Jalan di depan pasar berlubang sejak bulan lalu"), from("10.0.0.1")).await;
        first = first.or(Some(code));
    }
    let fourth = saying("d", "Jalan di depan pasar berlubang sejak bulan lalu");
    let refused = house.app.intake_of(fourth.clone(), from("10.0.0.1")).await;
    assert!(matches!(refused, Err(Error::Limited { seconds: 1..=1200 })), "{refused:?}");
    let again = taken(&house, saying("a", "Jalan di depan pasar berlubang sejak bulan lalu"), from("10.0.0.1")).await;
    assert_eq!(Some(again), first, "who lost the receipt gets it");
    taken(&house, fourth, from("10.0.0.2")).await;
});

both!(work_is_asked_for_only_while_very_many_come, |house| {
    let house = with_rates(house, Rates { hot: 2, work: 8, ..Rates::default() });
    let admin = national();
    let asked = |address| Stranger { waits: false, ..from(address) };
    for (key, address) in [("a", "10.0.0.1"), ("b", "10.0.0.2"), ("c", "10.0.0.3")] {
        taken(&house, saying(key, "Air tidak mengalir di kampung kami sejak Senin"), asked(address)).await;
    }
    assert!(house.app.is_hot("10.0.0.9"));
    let mine = saying("d", "Pohon tumbang menutup jalan di depan sekolah kami");
    let Entered::Asked(riddle) = house.app.intake_of(mine.clone(), asked("10.0.0.4")).await.unwrap() else {
        panic!("no work was asked for")
    };
    assert_eq!(riddle.key, "d");
    let proof = riddle.solve();
    let proved = Stranger { proof: Some(&proof), ..asked("10.0.0.4") };
    // A solution is good for one report: under another key it proves nothing, and twice it is the same report.
    let other = house.app.intake_of(saying("e", "Saluran di depan rumah kami tersumbat"), proved).await.unwrap();
    assert!(matches!(other, Entered::Asked(_)), "{other:?}");
    let code = taken(&house, mine.clone(), proved).await;
    assert_eq!(taken(&house, mine.clone(), proved).await, code);
    assert_eq!(doubts(&house, &admin, code).await, []);
    // Who cannot prove it is taken, flagged and told.
    let plain =
        taken(&house, saying("f", "Jembatan bambu di kampung kami lapuk dan berbahaya"), from("10.0.0.5")).await;
    assert_eq!(doubts(&house, &admin, plain).await, [Doubt::Unproved]);
    let report = house.app.view(plain, &admin).await.unwrap().report().id;
    assert!(house.app.is_held(report).await.unwrap());
    house.later(1);
    assert!(!house.app.is_hot("10.0.0.9"), "calm again");
    taken(&house, saying("g", "Lampu lalu lintas di simpang tiga padam"), asked("10.0.0.4")).await;
    // A riddle ends.
    house.later(3);
    for key in ["h", "i", "j"] {
        taken(&house, saying(key, "Air tidak mengalir di kampung kami sejak Selasa"), asked("10.0.0.6")).await;
    }
    let late = Stranger { proof: Some(&proof), ..asked("10.0.0.7") };
    let late = house.app.intake_of(Letter { name: None, ..saying("d2", "Taman kota kami gelap") }, late).await.unwrap();
    assert!(matches!(late, Entered::Asked(_)));
});

both!(work_is_asked_of_an_address_from_which_very_many_come, |house| {
    let house = with_rates(house, Rates { free: 2, ..Rates::default() });
    for key in ["a", "b"] {
        taken(&house, saying(key, "Air tidak mengalir di kampung kami sejak Senin"), from("10.0.0.1")).await;
    }
    assert!(house.app.is_hot("10.0.0.1") && !house.app.is_hot("10.0.0.2"));
});

both!(a_limit_of_zero_is_none_and_gates_do_not_hold_each_other_up, |house| {
    let rates = Rates { address: 0, free: 0, hot: 0, token: 1, ..Rates::default() };
    let house = with_rates(house, rates);
    assert!((0..1_000).all(|_| house.app.admit_at(Gate::Address, "10.0.0.1").is_ok()));
    assert!(house.app.admit_at(Gate::Token, "7").is_ok());
    assert!(matches!(house.app.admit_at(Gate::Token, "7"), Err(Error::Limited { .. })));
    assert!(house.app.admit_at(Gate::Token, "8").is_ok() && house.app.admit_at(Gate::Counter, "7").is_ok());
});
