//! Serah terima: Kutai Kartanegara's cases go from the Inspektorat to Diskominfo on 24 February 2021.

use crate::people::*;
use app::{App, Door, Entry, HandOverSlip, NewHandOver, NewOfficer, Officer, Side};
use domain::report::{Class, Command};
use domain::scope::Scope;
use domain::text::Remark;
use domain::{Actor, AgencyId, Code, ReportId, Role};

const KUKAR: AgencyId = AgencyId(640_200);
const DISKOMINFO: AgencyId = AgencyId(640_201);
const INSPEKTORAT: AgencyId = AgencyId(640_202);
const PASSWORD: &str = "kata sandi contoh";

async fn get_in(app: &App, login: &str) -> app::Result<Entry> {
    app.log_in(login, PASSWORD, &Door { address: login, ..Door::default() }).await
}

async fn seated(app: &App, login: &str, role: Role, agency: AgencyId) -> Officer {
    let new =
        NewOfficer { login: login.into(), name: format!("Petugas {login}"), role, agency, password: PASSWORD.into() };
    app.add_officer(new).await.unwrap();
    match get_in(app, login).await.unwrap() {
        Entry::Whole(session) => session.officer,
        Entry::Half(_) => panic!("{login} needs a second step"),
    }
}

/// A case that the Inspektorat holds since the day of the clock.
async fn case(app: &App, key: &str, supervisory: bool) -> Code {
    let code = submit(app, letter(key)).await.code;
    act(app, code, national(), dispose(INSPEKTORAT)).await.unwrap();
    if supervisory {
        let wish = Command::Reclassify { class: Class::Complaint, supervisory, category: None };
        act(app, code, national(), wish).await.unwrap();
    }
    code
}

fn wish(key: &str) -> NewHandOver {
    NewHandOver {
        giving: INSPEKTORAT,
        receiving: DISKOMINFO,
        day: "2021-02-24".parse().unwrap(),
        reason: Remark::parse("Pengelola dialihkan.").unwrap(),
        decree: None,
        key: key.into(),
    }
}

both!(old_cases_go_over_with_their_clocks_and_their_lateness_stays_behind, |house| {
    let app = &house.app;
    house.at("2017-03-06T02:00:00Z");
    let mut old = Vec::new();
    for n in 0..45 {
        old.push(case(app, &format!("lama{n}"), false).await);
    }
    let watched = case(app, "pengawasan", true).await;
    house.at("2021-02-22T02:00:00Z");
    let fresh = case(app, "baru", false).await;
    let ended = case(app, "selesai", false).await;
    let inspector = seated(app, "itda", Role::Inspector, INSPEKTORAT).await;
    let former = seated(app, "pengelola", Role::LiaisonOfficer, INSPEKTORAT).await;
    let token = app.make_token("pengelola", None, "rekap", Scope::whole()).await.unwrap();
    let receiver = seated(app, "diskominfo", Role::AgencyAdmin, DISKOMINFO).await;
    let by = Actor::Officer { user: former.id, role: former.role, agency: former.agency };
    act(app, ended, by, answer("Sudah kami jelaskan kepada pelapor.")).await.unwrap();
    act(app, ended, national(), Command::Close { text: None }).await.unwrap();
    let before = row(app, old[0]).await.report;

    house.at("2021-02-24T02:00:00Z");
    let id = app.draft_hand_over(&inspector, wish("a")).await.unwrap().unwrap();
    assert_eq!(app.draft_hand_over(&inspector, wish("a")).await.unwrap(), Ok(id), "one form makes two drafts");
    assert_eq!(app.draft_hand_over(&receiver, wish("b")).await.unwrap(), Err(HandOverSlip::Busy));
    let drafted = app.hand_over(&receiver, id).await.unwrap().row;
    assert_eq!((drafted.inventory.total(), drafted.inventory.overdue(), drafted.inventory.kept), (46, 45, 1));
    assert_eq!(drafted.inventory.ages(), [1, 0, 0, 45]);

    app.sign_hand_over(&inspector, id, Side::Giving).await.unwrap().unwrap();
    assert!(app.sign_hand_over(&inspector, id, Side::Receiving).await.is_err(), "one person signs for both");
    house.work().await;
    assert_eq!(row(app, fresh).await.report.holder, INSPEKTORAT, "one signature moves cases");
    app.token(&token).await.unwrap();
    app.sign_hand_over(&receiver, id, Side::Receiving).await.unwrap().unwrap();
    assert!(app.token(&token).await.is_err(), "the credentials of the former office still open");
    assert!(get_in(app, "pengelola").await.is_err(), "the former seat still lets in");
    get_in(app, "itda").await.unwrap();
    assert_eq!(app.withdraw_hand_over(&inspector, id).await.unwrap(), Err(HandOverSlip::Over));
    house.work().await;

    for code in old.iter().chain([&fresh]) {
        let now = row(app, *code).await.report;
        assert_eq!((now.holder, now.returns), (DISKOMINFO, 0));
    }
    let now = row(app, old[0]).await.report;
    assert_eq!((&now.clocks, &now.stage), (&before.clocks, &before.stage), "a clock starts anew");
    assert_eq!(story(app, fresh).await, ["submitted", "disposed", "handed_over"]);
    assert_eq!(row(app, watched).await.report.holder, INSPEKTORAT, "a supervisory case left the inspectorate");
    assert_eq!(row(app, ended).await.report.holder, INSPEKTORAT);
    let done = app.hand_over(&receiver, id).await.unwrap().row;
    assert!(done.done_at.is_some());
    assert_eq!(done.moved, 46);

    house.at("2021-03-03T02:00:00Z");
    let page = app.inherited(&receiver, id, ReportId(0), 50).await.unwrap();
    assert_eq!(page.rows.len(), 46);
    let first = &page.rows[0].late;
    assert_eq!((first[0].office, first[1].office, first[1].days), (INSPEKTORAT, DISKOMINFO, 5));
    assert!(first[0].days > 900, "{first:?}");
    let last = page.rows.iter().find(|case| case.code == fresh).unwrap();
    assert_eq!(last.late.iter().map(|share| (share.office, share.days)).collect::<Vec<_>>(), [(DISKOMINFO, 2)]);
    assert!(doctor_agrees(app).await);
});

/// Whether replaying the logs gives the rows.
async fn doctor_agrees(app: &App) -> bool {
    use store::{event, report};
    let mut tx = app.db().read().await.unwrap();
    for id in report::list_ids(&mut tx, ReportId(0), 1_000).await.unwrap() {
        let log = event::list(&mut tx, id).await.unwrap();
        let replayed = domain::Report::replay(id, log.iter().map(|logged| (logged.at, &logged.event)));
        if replayed != report::load(&mut tx, id).await.unwrap().map(|row| row.report) {
            return false;
        }
    }
    true
}

both!(who_stands_outside_neither_reads_nor_signs, |house| {
    let app = &house.app;
    let chief = seated(app, "kukar", Role::AgencyAdmin, KUKAR).await;
    let leader = seated(app, "bupati", Role::Leader, KUKAR).await;
    let stranger = seated(app, "bontang", Role::AgencyAdmin, BONTANG).await;
    let liaison = seated(app, "pupr", Role::LiaisonOfficer, DISKOMINFO).await;
    let auditor = seated(app, "audit", Role::Auditor, NATIONAL).await;
    assert!(app.draft_hand_over(&leader, wish("a")).await.is_err());
    assert!(app.draft_hand_over(&stranger, wish("a")).await.is_err());
    let outside = NewHandOver { receiving: BONTANG, ..wish("a") };
    assert_eq!(app.draft_hand_over(&chief, outside).await.unwrap(), Err(HandOverSlip::Pair));
    let id = app.draft_hand_over(&chief, wish("a")).await.unwrap().unwrap();
    for officer in [&stranger, &liaison] {
        assert!(app.hand_over(officer, id).await.is_err());
        assert!(app.sign_hand_over(officer, id, Side::Giving).await.is_err());
        assert!(app.hand_overs(officer, None, 9).await.unwrap().0.is_empty());
    }
    assert_eq!(app.hand_over(&auditor, id).await.unwrap().signs, [false, false]);
    app.sign_hand_over(&leader, id, Side::Giving).await.unwrap().unwrap();
    assert_eq!(app.sign_hand_over(&leader, id, Side::Receiving).await.unwrap(), Err(HandOverSlip::SamePerson));
    app.withdraw_hand_over(&chief, id).await.unwrap().unwrap();
    assert_eq!(app.sign_hand_over(&chief, id, Side::Receiving).await.unwrap(), Err(HandOverSlip::Over));
    app.draft_hand_over(&chief, wish("b")).await.unwrap().unwrap();
});
