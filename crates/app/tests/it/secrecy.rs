//! What is secret is nowhere: not on a page, in a list, an inbox, the search or a figure.

use crate::people::*;
use crate::world::House;
use app::{App, Error, Filter, InboxView};
use domain::report::{Class, Command};
use domain::{Actor, Code, Role};

/// Everybody who could look, with the offices near and far.
fn everybody() -> Vec<Actor> {
    let offices = [NATIONAL, KALSEL, INSPECTORATE, PUPR, DISHUB, BONTANG];
    let officers = Role::ALL.into_iter().filter(|role| *role != Role::NationalAdmin);
    let mut all: Vec<Actor> = officers.flat_map(|role| offices.map(|agency| officer(role, agency))).collect();
    all.extend([national(), Actor::Public]);
    all
}

async fn in_inbox(app: &App, by: &Actor, code: Code) -> bool {
    let mut after = None;
    loop {
        let page = app.inbox(by, InboxView::All, after, 50).await.unwrap();
        if page.rows.iter().any(|row| row.listed.row.code == code) {
            return true;
        }
        after = page.next;
        if after.is_none() {
            return false;
        }
    }
}

async fn in_search(app: &App, q: &str, code: Code) -> bool {
    let filter = Filter { q: q.into(), ..Filter::default() };
    let found = app.browse(&filter, None, 100).await.unwrap();
    let listed = app.browse(&Filter::default(), None, 100).await.unwrap();
    found.rows.iter().chain(&listed.rows).any(|row| row.listed.row.code == code)
}

async fn sees(app: &App, by: &Actor, code: Code) -> bool {
    match app.view(code, by).await {
        Ok(_) => true,
        Err(Error::NotFound) => false,
        Err(other) => panic!("{other}"),
    }
}

/// Those who see a report are the expected ones, by page and by inbox.
async fn seen_only_by(house: &House, code: Code, expected: &[Actor]) {
    for by in everybody() {
        let may = expected.contains(&by);
        assert_eq!(sees(&house.app, &by, code).await, may, "page of {by:?}");
        if !may {
            assert!(!in_inbox(&house.app, &by, code).await, "inbox of {by:?}");
        }
    }
}

both!(a_secret_report_is_seen_by_those_who_work_on_it_alone, |house| {
    let mut secret = letter("secret");
    secret.secret = true;
    secret.body = body("Zamrud hilang dari gudang kantor dan saya tahu siapa yang membawanya.");
    let code = with_pupr(&house.app, secret).await;
    house.work().await;
    let workers =
        [national(), kalsel(), officer(Role::AgencyAdmin, NATIONAL), pupr(), officer(Role::AgencyAdmin, PUPR)];
    let above = [officer(Role::LiaisonOfficer, KALSEL), officer(Role::LiaisonOfficer, NATIONAL)];
    seen_only_by(&house, code, &[&workers[..], &above[..]].concat()).await;
    assert!(!in_search(&house.app, "zamrud", code).await);
    house.app.forget_figures();
    let figures = house.app.figures().await.unwrap();
    assert_eq!(figures.public(&house.app.reference().rules.agencies, None).all(), 0);
    assert_eq!(figures.desk(&house.app.reference().rules.agencies, Some(KALSEL)).all(), 1);
});

both!(a_report_that_turns_supervisory_leaves_the_public_and_goes_to_the_inspectorate, |house| {
    let mut abuse = letter("abuse");
    abuse.body = body("Kepala seksi meminta uang zamrud sebelum berkas saya ditandatangani.");
    let code = submit(&house.app, abuse).await.code;
    act(&house.app, code, national(), dispose(KALSEL)).await.unwrap();
    house.work().await;
    assert!(in_search(&house.app, "zamrud", code).await);
    let supervisory = Command::Reclassify { class: Class::Complaint, supervisory: true, category: None };
    act(&house.app, code, national(), supervisory).await.unwrap();
    act(&house.app, code, kalsel(), dispose(INSPECTORATE)).await.unwrap();
    house.work().await;
    assert!(!in_search(&house.app, "zamrud", code).await);
    let inspector = officer(Role::Inspector, INSPECTORATE);
    assert!(sees(&house.app, &inspector, code).await);
    assert!(in_inbox(&house.app, &inspector, code).await);
    for by in [Actor::Public, officer(Role::Supervisor, NATIONAL), officer(Role::Leader, KALSEL), pupr()] {
        assert!(!sees(&house.app, &by, code).await, "{by:?}");
        assert!(!in_inbox(&house.app, &by, code).await, "{by:?}");
    }
    let admin = house.app.view(code, &kalsel()).await.unwrap();
    assert!(admin.reporter.is_none(), "the office is told who complains about it");
    let inspectorate = house.app.view(code, &inspector).await.unwrap();
    assert!(inspectorate.reporter.is_some());
    let looks = house.app.accesses(inspectorate.report()).await.unwrap();
    assert!(looks.iter().any(|look| look.role == Role::Inspector && look.what == "name"));
});

both!(an_anonymous_name_is_shown_to_nobody_but_its_owner, |house| {
    let mut anonymous = letter("anonymous");
    anonymous.anonymous = true;
    let code = with_pupr(&house.app, anonymous).await;
    for by in everybody() {
        if let Ok(view) = house.app.view(code, &by).await {
            assert_eq!(view.reporter, None, "{by:?}");
        }
    }
    assert!(house.app.view(code, &Actor::Reporter).await.unwrap().reporter.is_some());
});

both!(notes_between_officers_stay_between_officers, |house| {
    let code = with_pupr(&house.app, letter("note")).await;
    act(&house.app, code, pupr(), Command::Note { text: remark("Anggaran zamrud belum cair.") }).await.unwrap();
    house.work().await;
    for by in [Actor::Public, Actor::Reporter, officer(Role::Leader, KALSEL), officer(Role::AgencyAdmin, BONTANG)] {
        let view = house.app.view(code, &by).await.unwrap();
        assert!(!format!("{view:?}").contains("zamrud"), "{by:?}");
    }
    assert!(!in_search(&house.app, "zamrud", Code::from_random(1)).await);
    let filter = Filter { q: "zamrud".into(), ..Filter::default() };
    assert!(house.app.browse(&filter, None, 10).await.unwrap().rows.is_empty());
});
