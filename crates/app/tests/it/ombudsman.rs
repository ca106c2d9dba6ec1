//! A report at the legal limit: offered, agreed to, and handed over whole.

use crate::people::{NATIONAL, PUPR, act, dispose, letter, national, officer, remark, row, submit, with_pupr};
use crate::world::House;
use app::{Error, Letter};
use domain::report::Command;
use domain::{Actor, Code, Role};
use store::access;

/// A report that its reporter gave to the Ombudsman on the day after the limit.
async fn given(house: &House, letter: Letter) -> Code {
    let code = with_pupr(&house.app, letter).await;
    house.at("2027-03-01T02:00:00Z");
    house.work().await;
    act(&house.app, code, Actor::Reporter, Command::AcceptOmbudsman).await.unwrap();
    code
}

fn supervisor() -> Actor {
    officer(Role::Supervisor, NATIONAL)
}

both!(papers_hold_everything_once_there_is_consent_and_the_taking_is_told, |house| {
    let app = &house.app;
    let waiting = submit(app, letter("menunggu")).await.code;
    act(app, waiting, national(), dispose(PUPR)).await.unwrap();
    let code = given(&house, letter("lewat")).await;
    act(app, code, national(), Command::Note { text: remark("Sudah dua kali ditelepon.") }).await.unwrap();
    let (listed, _) = app.consented(&supervisor(), None, 25).await.unwrap();
    assert_eq!(listed.iter().map(|one| one.row.code).collect::<Vec<_>>(), [code]);
    for (by, code) in [(supervisor(), waiting), (officer(Role::AgencyAdmin, PUPR), code), (Actor::Reporter, code)] {
        let asked = app.package(&by, code, &remark("Diminta Ombudsman")).await;
        assert!(matches!(asked, Err(Error::NotFound)), "{by:?}");
    }
    let package = app.package(&supervisor(), code, &remark("Diminta Ombudsman RI")).await.unwrap();
    assert_eq!(package.story.len(), row(app, code).await.report.seq as usize, "a step is missing");
    let said: Vec<&str> =
        package.story.iter().filter_map(|told| told.words.as_ref()).map(|words| words.body.as_str()).collect();
    assert!(said.iter().any(|body| body.contains("tergenang")) && said.contains(&"Sudah dua kali ditelepon."));
    assert_eq!(package.reporter.as_ref().and_then(|person| person.name.as_deref()), Some("Nama Karangan"));
    let missed: Vec<&str> =
        package.terms.iter().filter(|term| term.is_missed(app.now())).map(|term| term.deadline.limit.name()).collect();
    assert!(missed.contains(&"first_answer") && missed.contains(&"ombudsman"), "{missed:?}");
    let path = app.pack(&package, vec![("berkas.txt".into(), b"isi".to_vec())]).await.unwrap();
    let bytes = std::fs::read(path).unwrap();
    assert!(bytes.starts_with(b"PK") && bytes.windows(10).any(|part| part == b"berkas.txt"));
    let looks = access::list(&mut app.db().read().await.unwrap(), package.row.report.id).await.unwrap();
    assert!(looks.iter().any(|look| look.what == "package" && look.role == Role::Supervisor));
});

both!(a_secret_report_is_listed_by_its_number_only_and_an_anonymous_name_stays_out, |house| {
    let app = &house.app;
    let code = given(&house, Letter { secret: true, anonymous: true, ..letter("rahasia") }).await;
    let (listed, _) = app.consented(&supervisor(), None, 25).await.unwrap();
    assert_eq!((listed[0].row.code, listed[0].title.as_deref()), (code, None));
    let package = app.package(&national(), code, &remark("Diminta Ombudsman RI")).await.unwrap();
    assert_eq!(package.reporter, None);
});

both!(what_a_supervisor_remarks_is_told_to_the_office, |house| {
    let app = &house.app;
    let code = with_pupr(app, letter("jalan")).await;
    let before = crate::people::told(app, PUPR, code).await.len();
    act(app, code, supervisor(), Command::Note { text: remark("Mohon didahulukan.") }).await.unwrap();
    assert_eq!(crate::people::told(app, PUPR, code).await[before..], ["noted"]);
    act(app, code, national(), Command::Note { text: remark("Catatan sendiri.") }).await.unwrap();
    assert_eq!(crate::people::told(app, PUPR, code).await.len(), before + 1, "every note is told");
});
