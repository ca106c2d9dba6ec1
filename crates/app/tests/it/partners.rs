//! Partner systems bring reports in, each once, and follow what they may.

use crate::people::*;
use crate::world::House;
use app::{Conflict, Error, NewOfficer, Partner, PartnerLetter, Receipt, Result, Since};
use domain::partner::{ExternalRef, PartnerName, Partnership, Quota};
use domain::report::{Channel, Command};
use domain::scope::{Scope, Verb};
use domain::{AgencyId, Code, Role};

async fn account(house: &House, login: &str, role: Role, agency: AgencyId) {
    let (name, password) = (format!("Petugas {login}"), "kata sandi contoh".to_owned());
    house.app.add_officer(NewOfficer { login: login.into(), name, role, agency, password }).await.unwrap();
}

async fn token(house: &House, login: &str, name: &str, quota: Quota) -> Result<String> {
    let scope = Scope { verbs: vec![Verb::Submit], office: None };
    let partner = Partnership { name: PartnerName::parse(name).unwrap(), quota };
    house.app.make_token_for(login, None, "mitra", scope, Some(partner)).await
}

/// The province's partner.
async fn partner(house: &House) -> Partner {
    account(house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let token = token(house, "kalsel", "Aplikasi Contoh", Quota::USUAL).await.unwrap();
    house.app.admit_partner(&token, false).await.unwrap().unwrap().partner
}

fn sent(key: &str, number: &str) -> PartnerLetter {
    let letter = app::Letter { agency: Some(KALSEL), ..letter(key) };
    PartnerLetter { letter, external_ref: ExternalRef::parse(number).unwrap(), consent: true }
}

async fn bring(house: &House, by: &Partner, key: &str, number: &str) -> Receipt {
    house.app.take_from_partner(by, sent(key, number)).await.unwrap()
}

async fn listed(house: &House, by: &Partner, since: Since) -> Vec<Code> {
    house.later(1);
    let found = house.app.partner_reports(by, since, 50).await.unwrap();
    found.into_iter().map(|brought| brought.row.code).collect()
}

both!(the_same_number_or_key_is_the_same_report, |house| {
    let by = partner(&house).await;
    let first = bring(&house, &by, "k1", "A-1").await;
    assert!(!first.repeated);
    for (key, number) in [("k1", "A-1"), ("k2", "A-1")] {
        let again = bring(&house, &by, key, number).await;
        assert_eq!((again.code, again.pin, again.repeated), (first.code, first.pin.clone(), true), "{key} {number}");
    }
    let mut other = sent("k3", "A-1");
    other.letter.body = body("Isi yang sama sekali lain dengan nomor yang sama.");
    let refused = house.app.take_from_partner(&by, other).await;
    assert!(matches!(refused, Err(Error::Conflict(Conflict::KeyReused))), "{refused:?}");
    let refused = house.app.take_from_partner(&by, sent("k1", "A-2")).await;
    assert!(matches!(refused, Err(Error::Conflict(Conflict::KeyReused))), "{refused:?}");
    let row = row(&house.app, first.code).await;
    assert_eq!((row.report.channel, row.report.chosen), (Channel::Partner, Some(KALSEL)));
    assert_eq!(house.app.view(first.code, &kalsel()).await.unwrap().partner.as_deref(), Some("Aplikasi Contoh"));
});

both!(a_number_that_comes_twice_at_once_is_taken_once, |house| {
    let by = partner(&house).await;
    let tasks = (0..8).map(|n| {
        let (app, by) = (house.app.clone(), by.clone());
        tokio::spawn(async move { app.take_from_partner(&by, sent(&format!("k{n}"), "A-1")).await.unwrap() })
    });
    let mut codes = Vec::new();
    for task in tasks.collect::<Vec<_>>() {
        let receipt = task.await.unwrap();
        codes.push((receipt.code, receipt.repeated));
    }
    assert!(codes.iter().all(|(code, _)| *code == codes[0].0), "{codes:?}");
    assert_eq!(codes.iter().filter(|(_, repeated)| !repeated).count(), 1);
    assert!(house.app.intake_statements() <= 10, "an intake takes {} statements", house.app.intake_statements());
});

both!(a_partner_sees_its_own_reports_whatever_token_it_shows, |house| {
    let by = partner(&house).await;
    let code = bring(&house, &by, "k1", "A-1").await.code;
    let next = token(&house, "kalsel", "Aplikasi Contoh", Quota::USUAL).await.unwrap();
    let same = house.app.admit_partner(&next, false).await.unwrap().unwrap().partner;
    assert_eq!(same.id, by.id);
    assert!(house.app.partner_report(&same, code).await.is_ok());
    let other = token(&house, "kalsel", "Aplikasi Lain", Quota::USUAL).await.unwrap();
    let other = house.app.admit_partner(&other, false).await.unwrap().unwrap().partner;
    assert!(matches!(house.app.partner_report(&other, code).await, Err(Error::NotFound)));
    assert!(!bring(&house, &other, "k1", "A-1").await.repeated, "numbers of two partners are mixed up");
    assert_eq!(listed(&house, &by, Since::START).await, [code]);
});

both!(changes_are_listed_in_their_order_and_a_sealed_report_is_silent, |house| {
    let by = partner(&house).await;
    let first = bring(&house, &by, "k1", "A-1").await.code;
    house.later(1);
    let second = bring(&house, &by, "k2", "A-2").await.code;
    assert_eq!(listed(&house, &by, Since::START).await, [first, second]);
    act(&house.app, first, kalsel(), dispose(PUPR)).await.unwrap();
    assert_eq!(listed(&house, &by, Since::START).await, [second, first]);
    let last = house.app.partner_report(&by, first).await.unwrap();
    let since = Since { changed_at: last.changed_at.as_millisecond(), report: last.row.report.id };
    assert!(listed(&house, &by, since).await.is_empty());
    act(&house.app, first, national(), Command::Note { text: remark("Sudah ditelepon.") }).await.unwrap();
    assert!(listed(&house, &by, since).await.is_empty(), "a note between officers shows");
    let sealed = app::Letter { secret: true, ..sent("k3", "A-3").letter };
    let sealed = house.app.take_from_partner(&by, PartnerLetter { letter: sealed, ..sent("k3", "A-3") }).await.unwrap();
    let brought = house.app.partner_report(&by, sealed.code).await.unwrap();
    house.later(1);
    act(&house.app, sealed.code, kalsel(), dispose(PUPR)).await.unwrap();
    let after = house.app.partner_report(&by, sealed.code).await.unwrap();
    assert_eq!(after.changed_at, brought.changed_at, "the timing tells of a sealed report");
});

both!(a_quota_is_counted_for_each_token_and_begins_anew, |house| {
    account(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let small = Quota::new(3, 2).unwrap();
    let token = token(&house, "kalsel", "Aplikasi Contoh", small).await.unwrap();
    let visit = async |brings| house.app.admit_partner(&token, brings).await.unwrap().unwrap();
    let first = visit(true).await;
    assert_eq!((first.minute.left(), first.day.unwrap().left()), (2, 1));
    assert!(visit(true).await.over().is_none());
    let third = visit(true).await;
    assert_eq!(third.over().map(|over| over.limit), Some(2), "the day");
    let fourth = visit(false).await.over().unwrap();
    assert!(fourth.limit == 3 && fourth.ends_in <= 60, "the minute");
    house.later(1);
    assert!(visit(false).await.over().is_none());
    assert!(visit(true).await.over().is_some(), "the day is not over");
    house.later(24);
    assert!(visit(true).await.over().is_none());
});

both!(only_an_admin_lets_a_partner_in_and_only_by_name, |house| {
    account(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    account(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    assert!(matches!(token(&house, "pupr", "Aplikasi Contoh", Quota::USUAL).await, Err(Error::Denied)));
    let nameless = Scope { verbs: vec![Verb::Submit], office: None };
    assert!(matches!(house.app.make_token("kalsel", None, "x", nameless).await, Err(Error::Denied)));
    let plain = house.app.make_token("kalsel", None, "x", Scope::whole()).await.unwrap();
    assert_eq!(house.app.admit_partner(&plain, false).await.unwrap(), None);
    assert!(matches!(house.app.admit_partner("tidak ada", false).await, Err(Error::Denied)));
    let by = partner_of(&house).await;
    let refused = house.app.take_from_partner(&by, PartnerLetter { consent: false, ..sent("k", "A-1") }).await;
    assert!(matches!(refused, Err(Error::Denied)), "a name is handed on without consent");
});

async fn partner_of(house: &House) -> Partner {
    let token = token(house, "kalsel", "Aplikasi Contoh", Quota::USUAL).await.unwrap();
    house.app.admit_partner(&token, false).await.unwrap().unwrap().partner
}
