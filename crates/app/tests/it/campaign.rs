//! Reminder campaigns, as KemenPANRB's letter of 2021: all reports of 2020 done by 31 March.

use crate::people::{NATIONAL, PUPR, act, answer, dispose, letter, national, officer, submit};
use crate::world::House;
use app::{Error, Letter, NewCampaign};
use domain::campaign::{Criterion, LetterText, Placeholder};
use domain::report::Command;
use domain::template::Name;
use domain::{Actor, AgencyId, Code, Role, UserId};
use jiff::civil::date;
use store::notice;

const KUKAR: AgencyId = AgencyId(640_200);
const TEXT: &str =
    "Yth. {instansi}, masih ada {jumlah} laporan dari {dari} sampai {sampai}. Mohon selesai {tenggat}. {pengirim}";

async fn supervisor(house: &House) -> Actor {
    let new = app::NewOfficer {
        login: "pengawas".into(),
        name: "Pengawas Contoh".into(),
        role: Role::Supervisor,
        agency: NATIONAL,
        password: "kata sandi contoh".into(),
    };
    let user: UserId = house.app.add_officer(new).await.unwrap();
    Actor::Officer { user, role: Role::Supervisor, agency: NATIONAL }
}

fn all_of_2020(key: &str) -> NewCampaign {
    NewCampaign {
        title: "Laporan tahun 2020".into(),
        criterion: Criterion { from: date(2020, 1, 1), to: date(2020, 12, 31), late_only: false },
        deadline: date(2021, 3, 31),
        letter: LetterText::parse(TEXT).unwrap(),
        key: key.into(),
    }
}

async fn given(house: &House, key: &str, to: AgencyId) -> Code {
    let code = submit(&house.app, letter(key)).await.code;
    act(&house.app, code, national(), dispose(to)).await.unwrap();
    code
}

async fn finish(house: &House, code: Code) {
    act(&house.app, code, national(), answer("Sudah kami perbaiki pada hari itu juga.")).await.unwrap();
    act(&house.app, code, national(), Command::Close { text: None }).await.unwrap();
}

async fn told(house: &House, office: AgencyId) -> Vec<String> {
    let mut tx = house.app.db().read().await.unwrap();
    let found = notice::list(&mut tx, office, i64::MAX, 100).await.unwrap();
    found.into_iter().map(|one| one.kind).filter(|kind| kind.starts_with("campaign")).rev().collect()
}

/// Stops the reports of long ago from closing and escalating by themselves.
async fn quiet(house: &House) {
    house.meddle("UPDATE report SET wake_at = NULL").await;
}

both!(all_reports_of_2020_are_done_by_the_31st_of_march_2021, |house| {
    house.at("2020-10-01T02:00:00Z");
    let mut codes = Vec::new();
    for n in 0..21 {
        codes.push(given(&house, &format!("kukar {n}"), KUKAR).await);
    }
    let done_before = given(&house, "selesai", KUKAR).await;
    finish(&house, done_before).await;
    let other = given(&house, "pupr", PUPR).await;
    let secret = submit(&house.app, Letter { secret: true, ..letter("rahasia") }).await.code;
    act(&house.app, secret, national(), dispose(KUKAR)).await.unwrap();
    house.at("2021-01-15T02:00:00Z");
    given(&house, "tahun baru", KUKAR).await;
    quiet(&house).await;

    house.at("2021-02-22T02:00:00Z");
    let by = supervisor(&house).await;
    let id = house.app.make_campaign(&by, all_of_2020("surat cinta")).await.unwrap();
    assert_eq!(house.app.make_campaign(&by, all_of_2020("surat cinta")).await.unwrap(), id, "one key, one campaign");
    house.work().await;
    let view = house.app.campaign(&by, id).await.unwrap();
    let kukar = view.addressees.iter().find(|one| one.office == KUKAR).unwrap();
    assert_eq!((kukar.total, kukar.sealed_total, view.addressees.len()), (21, 0, 2), "sealed ones are not told");
    assert_eq!(house.app.campaign(&national(), id).await.unwrap().addressees[1].sealed_total, 1);
    assert!(told(&house, KUKAR).await.is_empty(), "nobody is told before it is sent");

    house.app.send_campaign(&by, id, vec![KUKAR]).await.unwrap();
    house.app.send_campaign(&by, id, vec![KUKAR]).await.unwrap();
    house.work().await;
    assert_eq!(told(&house, KUKAR).await, ["campaign_sent"]);
    assert!(told(&house, AgencyId(630_000)).await.is_empty(), "an agency that was left out is told");
    let text = house.app.campaign_letter(&by, id, KUKAR).await.unwrap().text(|name| match name {
        Placeholder::Count => "21".into(),
        other => other.name().to_uppercase(),
    });
    assert!(text.starts_with("Yth. INSTANSI, masih ada 21 laporan dari DARI"), "{text}");

    for code in &codes[..18] {
        finish(&house, *code).await;
    }
    quiet(&house).await;
    house.at("2021-03-12T02:00:00Z");
    house.work().await;
    assert_eq!(told(&house, KUKAR).await, ["campaign_sent", "campaign_reminded"]);
    let half = house.app.campaign(&by, id).await.unwrap();
    assert_eq!(half.addressees.iter().find(|one| one.office == KUKAR).unwrap().done, 18);
    assert_eq!(half.days.last(), Some(&(date(2021, 3, 12), 21, 18)));

    finish(&house, other).await;
    for code in &codes[18..] {
        finish(&house, *code).await;
    }
    quiet(&house).await;
    house.at("2021-04-01T02:00:00Z");
    house.work().await;
    assert_eq!(told(&house, NATIONAL).await, ["campaign_closed"]);
    let end = house.app.campaign(&by, id).await.unwrap();
    assert!(end.campaign.closed_at.is_some());
    let kukar = end.addressees.iter().find(|one| one.office == KUKAR).unwrap();
    assert_eq!((kukar.done, kukar.total), (21, 21));
    house.later(24);
    house.work().await;
    assert_eq!(house.app.campaign(&by, id).await.unwrap(), end, "a campaign goes on after its end");
});

both!(a_campaign_is_seen_by_who_made_it_and_by_whom_it_reached, |house| {
    given(&house, "kukar", KUKAR).await;
    given(&house, "pupr", PUPR).await;
    let by = supervisor(&house).await;
    let criterion = Criterion { from: date(2026, 1, 1), to: date(2026, 12, 31), late_only: false };
    let new = NewCampaign { criterion, deadline: date(2026, 12, 15), ..all_of_2020("dua") };
    let id = house.app.make_campaign(&by, new.clone()).await.unwrap();
    house.work().await;
    let kukar = officer(Role::AgencyAdmin, KUKAR);
    assert!(matches!(house.app.campaign(&kukar, id).await, Err(Error::NotFound)), "seen before it is sent");
    house.app.send_campaign(&by, id, vec![KUKAR]).await.unwrap();
    let seen = house.app.campaign(&kukar, id).await.unwrap();
    assert_eq!(seen.addressees.iter().map(|one| one.office).collect::<Vec<_>>(), [KUKAR], "others' lines are seen");
    assert!(!seen.may_send);
    for stranger in [officer(Role::AgencyAdmin, AgencyId(630_000)), officer(Role::Auditor, KUKAR)] {
        assert!(matches!(house.app.campaign(&stranger, id).await, Err(Error::NotFound)), "{stranger:?}");
    }
    assert!(matches!(house.app.send_campaign(&kukar, id, vec![KUKAR]).await, Err(Error::Denied)));
    let liaison = officer(Role::LiaisonOfficer, PUPR);
    assert!(matches!(house.app.make_campaign(&liaison, new).await, Err(Error::Denied)));
});

both!(a_campaign_reaches_as_far_as_the_seat_that_made_it_and_not_as_another_of_the_same_person, |house| {
    let (kalsel, banjarmasin) = (AgencyId(630_000), AgencyId(637_100));
    given(&house, "kukar", KUKAR).await;
    given(&house, "banjarmasin", banjarmasin).await;
    let new = app::NewOfficer {
        login: "rangkap".into(),
        name: "Petugas Rangkap".into(),
        role: Role::NationalAdmin,
        agency: NATIONAL,
        password: "kata sandi contoh".into(),
    };
    let user = house.app.add_officer(new).await.unwrap();
    house.app.add_seat("rangkap", Role::AgencyAdmin, kalsel).await.unwrap();
    let by = Actor::Officer { user, role: Role::AgencyAdmin, agency: kalsel };
    let criterion = Criterion { from: date(2026, 1, 1), to: date(2026, 12, 31), late_only: false };
    let new = NewCampaign { criterion, deadline: date(2026, 12, 15), ..all_of_2020("rangkap") };
    let id = house.app.make_campaign(&by, new).await.unwrap();
    house.work().await;
    let reached = house.app.campaign(&by, id).await.unwrap().addressees;
    assert_eq!(reached.iter().map(|one| one.office).collect::<Vec<_>>(), [banjarmasin]);
});
