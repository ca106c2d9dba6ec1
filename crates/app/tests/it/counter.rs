//! What an officer takes in for somebody else.

use crate::people::*;
use crate::world::House;
use app::{Error, Letter};
use domain::report::Channel;
use domain::taking::{Consent, Source, Taking};
use domain::{Actor, Role, UserId};

fn operator() -> Actor {
    Actor::Officer { user: UserId(7), role: Role::Operator, agency: KALSEL }
}

fn spoken() -> Taking {
    Taking::new(Channel::Counter, Some(Consent::AtCounter), None, true).unwrap()
}

fn posted() -> Taking {
    let source = Source::parse("https://x.com/contoh/status/17?s=20").unwrap();
    Taking::new(Channel::SocialMedia, Some(Consent::PublicSource), Some(source), true).unwrap()
}

async fn receipt_of(house: &House, by: &Actor, letter: Letter, how: &Taking) -> app::Receipt {
    house.app.take_report(by, letter, how).await.unwrap()
}

both!(a_report_from_the_counter_is_one_whoever_sends_it_twice, |house| {
    let first = receipt_of(&house, &operator(), letter("loket-1"), &spoken()).await;
    let again = receipt_of(&house, &operator(), letter("loket-1"), &spoken()).await;
    assert_eq!((first.code, &first.pin, again.repeated), (again.code, &again.pin, true));
    assert_eq!(row(&house.app, first.code).await.report.channel, Channel::Counter);
    let other = house.app.take_report(&operator(), letter("loket-1"), &posted()).await;
    assert!(matches!(other, Err(Error::Conflict(app::Conflict::KeyReused))), "the way it came is a part of it");
    let colleague = receipt_of(&house, &pupr(), letter("loket-1"), &spoken()).await;
    assert_ne!(colleague.code, first.code, "the key of one officer is not that of another");
});

both!(only_those_who_take_reports_take_them_and_nobody_is_named_without_consent, |house| {
    for role in [Role::Leader, Role::Inspector, Role::Supervisor, Role::Auditor] {
        let refused = house.app.take_report(&officer(role, KALSEL), letter("loket-2"), &spoken()).await;
        assert!(matches!(refused, Err(Error::Denied)), "{role:?} takes a report");
    }
    let silent = Taking::new(Channel::Counter, None, None, false).unwrap();
    let refused = house.app.take_report(&operator(), letter("loket-2"), &silent).await;
    assert!(matches!(refused, Err(Error::Denied)));
    let nobody = Letter { name: None, phone: None, ..letter("loket-2") };
    receipt_of(&house, &operator(), nobody, &silent).await;
});

both!(the_pin_is_shown_to_who_took_the_report_and_for_a_quarter_of_an_hour, |house| {
    let taken = receipt_of(&house, &operator(), letter("loket-3"), &spoken()).await;
    let shown = house.app.taken_report(&operator(), taken.code).await.unwrap();
    assert_eq!((shown.pin, shown.title.as_str()), (taken.pin, "Jalan rusak di depan pasar"));
    for other in [pupr(), national(), kalsel()] {
        assert!(matches!(house.app.taken_report(&other, taken.code).await, Err(Error::NotFound)));
        assert!(house.app.just_taken(&other).await.unwrap().is_empty());
    }
    assert_eq!(house.app.just_taken(&operator()).await.unwrap()[0].0, taken.code);
    let own = submit(&house.app, letter("sendiri")).await;
    assert!(matches!(house.app.taken_report(&operator(), own.code).await, Err(Error::NotFound)));
    house.later(1);
    assert!(matches!(house.app.taken_report(&operator(), taken.code).await, Err(Error::NotFound)));
    assert!(house.app.just_taken(&operator()).await.unwrap().is_empty());
});

both!(who_may_know_the_reporter_is_told_who_took_it_and_from_where, |house| {
    let code = receipt_of(&house, &operator(), letter("loket-4"), &posted()).await.code;
    let view = house.app.view(code, &national()).await.unwrap();
    let taking = view.taking.unwrap();
    assert_eq!((taking.agency, taking.consent), (KALSEL, Some(Consent::PublicSource)));
    assert_eq!(taking.source.as_deref(), Some("https://x.com/contoh/status/17"));
    assert!(house.app.view(code, &Actor::Reporter).await.unwrap().taking.is_none());
    let hidden = Letter { anonymous: true, ..letter("loket-5") };
    let code = receipt_of(&house, &operator(), hidden, &posted()).await.code;
    assert!(house.app.view(code, &national()).await.unwrap().taking.is_none(), "the post tells the anonymous name");
});

both!(an_intake_at_the_counter_takes_at_most_ten_statements, |house| {
    let full = crate::life::fullest(&house, "loket-6").await;
    receipt_of(&house, &operator(), full, &posted()).await;
    let most = house.app.intake_statements();
    assert!((5..=10).contains(&most), "an intake takes {most} statements");
});
