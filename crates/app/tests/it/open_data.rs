//! Releases of open data: made once, of enough people, and of nothing that is sealed.

use crate::people::*;
use crate::world::House;
use app::doctor::check;
use app::{App, Letter, OpenKind, WrongRelease, keys};
use domain::open_data::{Guarantee, Month, Protection, Table};
use domain::report::{Class, Command};
use domain::text::{Email, Phone};
use domain::{CategoryId, RegionCode};
use jiff::Timestamp;
use std::collections::BTreeMap;

const ROADS: CategoryId = CategoryId(8);
const SCHOOLS: CategoryId = CategoryId(10);
const HEALTH: CategoryId = CategoryId(4);
/// The fifth of December in Jakarta has begun.
const DUE: &str = "2026-12-04T23:00:00Z";

fn month(name: &str) -> Month {
    Month::parse(name).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A report of a person about a matter in a place, on a day at noon in Jakarta.
fn of(person: u32, category: CategoryId, region: &str, day: &str) -> Letter {
    Letter {
        phone: Some(Phone::parse(&format!("0812 0000 {person:04}")).unwrap()),
        category: Some(category),
        region: RegionCode::parse(region).unwrap(),
        received_at: Some(at(&format!("{day}T05:00:00Z"))),
        point: Some((-3.4432, 114.8317)),
        ..letter(&format!("{person} {category} {region} {day}"))
    }
}

/// Six people in Banjarbaru, five in Banjarmasin, and one alone in Banjar.
async fn write_in(app: &App, month: &str) {
    for person in 0..6 {
        submit(app, of(person, ROADS, "63.72", &format!("{month}-03"))).await;
    }
    for person in 6..11 {
        submit(app, of(person, SCHOOLS, "63.71", &format!("{month}-04"))).await;
    }
    submit(app, of(20, ROADS, "63.03", &format!("{month}-05"))).await;
}

/// Everything that is published of a month.
async fn published(app: &App, month: Month) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for name in Table::ALL.iter().flat_map(|table| OpenKind::ALL.map(|kind| kind.name(*table))) {
        files.insert(name.clone(), app.open_file(month, &name).await.unwrap().unwrap());
    }
    files.insert("jaminan.json".into(), app.open_guarantee(month).await.unwrap().unwrap().into_bytes());
    files
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

async fn complaints(house: &House) -> Vec<&'static str> {
    let findings = check(&house.app, true, |_| ()).await.unwrap();
    findings.iter().map(|finding| finding.code).filter(|code| code.starts_with("doctor-open-data")).collect()
}

both!(a_release_tells_of_groups_and_proves_what_it_promises, |house| {
    let app = &house.app;
    write_in(app, "2026-11").await;
    for person in 30..40 {
        submit(app, of(person, HEALTH, "63.72", "2026-11-06")).await;
    }
    house.at("2026-12-04T10:00:00Z");
    assert_eq!(app.release_open_data().await.unwrap(), None, "the fifth day has not begun");
    house.at(DUE);
    assert_eq!(app.release_open_data().await.unwrap(), Some(month("2026-11")));
    let files = published(app, month("2026-11")).await;
    // The one in Banjar is told of with the smallest of the others: neither stands alone.
    assert_eq!(
        text(&files, "bulanan.csv").lines().skip(1).collect::<Vec<_>>(),
        [
            "2026-11,ordinary,63,Kalimantan Selatan,,,waiting,complaint,-3.425,114.825,0.05,web,national,6",
            "2026-11,ordinary,63.72,Kota Banjarbaru,8,Pekerjaan Umum dan Penataan Ruang,waiting,complaint,-3.425,114.825,0.05,web,national,6",
            "2026-11,sensitive,63,Kalimantan Selatan,4,Kesehatan,waiting,complaint,,,,web,national,10",
        ]
    );
    assert_eq!(
        text(&files, "harian.csv").lines().skip(1).collect::<Vec<_>>(),
        [
            "2026-11,ordinary,63,Kalimantan Selatan,2026-11-01,2026-11-07,6",
            "2026-11,ordinary,63,Kalimantan Selatan,2026-11-03,2026-11-03,6",
            "2026-11,sensitive,63,Kalimantan Selatan,2026-11-01,2026-11-30,10",
        ]
    );
    let (issue, guarantee): (_, Guarantee) = app.open_release(month("2026-11")).await.unwrap().unwrap();
    assert_eq!((issue.reports, guarantee.files.len()), (22, 6));
    let promised = |protection| guarantee.promises.iter().find(|one| one.protection == protection).unwrap().clone();
    assert_eq!((promised(Protection::Ordinary).people, promised(Protection::Ordinary).reports), (5, 12));
    assert_eq!((promised(Protection::Sensitive).people, promised(Protection::Sensitive).reports), (10, 10));
    for file in &guarantee.files {
        assert_eq!(file.sha256, keys::digest_of(&files[&file.name]), "{}", file.name);
    }
    assert!(keys::is_attested(&text(&files, "jaminan.json"), &issue.signature, &issue.signer));
    assert_eq!(complaints(&house).await, ["doctor-open-data"]);
});

both!(a_sealed_report_changes_nothing_in_any_file, |house| {
    let app = &house.app;
    write_in(app, "2026-11").await;
    house.at(DUE);
    app.release_open_data().await.unwrap();
    let without = published(app, month("2026-11")).await;
    let again = || async {
        house.meddle("DELETE FROM open_file; DELETE FROM open_release").await;
        house.at(DUE);
        assert_eq!(app.release_open_data().await.unwrap(), Some(month("2026-11")));
        published(app, month("2026-11")).await
    };
    // Secret reports, of new people, and of two who would be one person if it was looked at.
    for person in 50..60 {
        submit(app, Letter { secret: true, ..of(person, ROADS, "63.72", "2026-11-08") }).await;
    }
    for person in [0, 1] {
        let email = Some(Email::parse("satu@contoh.test").unwrap());
        submit(app, Letter { secret: true, email, ..of(person, ROADS, "63.72", "2026-11-08") }).await;
    }
    // And one about abuse of office.
    let whistle = submit(app, of(61, ROADS, "63.03", "2026-11-09")).await.code;
    let sealed = Command::Reclassify { class: Class::Complaint, supervisory: true, category: Some(ROADS) };
    act(app, whistle, national(), sealed).await.unwrap();
    assert_eq!(again().await, without);
    // An open one does change them.
    submit(app, of(62, ROADS, "63.72", "2026-11-08")).await;
    assert_ne!(again().await, without);
});

both!(a_month_that_was_released_stays_as_it_was, |house| {
    let app = &house.app;
    write_in(app, "2026-11").await;
    let code = submit(app, of(70, ROADS, "63.72", "2026-11-06")).await.code;
    house.at(DUE);
    app.release_open_data().await.unwrap();
    let first = published(app, month("2026-11")).await;
    // Its reports move on, are sealed and become more.
    house.later(1);
    act(app, code, national(), dispose(KALSEL)).await.unwrap();
    let sealed = Command::Reclassify { class: Class::Complaint, supervisory: true, category: Some(ROADS) };
    act(app, code, national(), sealed).await.unwrap();
    write_in(&house.beside().await, "2026-10").await;
    submit(app, of(71, ROADS, "63.72", "2026-11-11")).await;
    house.later(24);
    assert_eq!(app.release_open_data().await.unwrap(), Some(month("2026-10")));
    assert_eq!(app.release_open_data().await.unwrap(), None);
    assert_eq!(published(app, month("2026-11")).await, first);
    assert_eq!(app.wrong_releases(true).await.unwrap(), []);
});

both!(months_that_are_missing_are_made_one_each_night_and_old_ones_never, |house| {
    let app = &house.app;
    // The first one is too long ago, and in September too few wrote.
    for name in ["2024-10", "2026-08", "2026-10"] {
        write_in(app, name).await;
    }
    submit(app, of(1, ROADS, "63.72", "2026-09-03")).await;
    app.plan_nights().await.unwrap();
    let mut known = Vec::new();
    for _ in 0..4 {
        house.later(24);
        house.work().await;
        let (issues, more) = app.open_releases(month("9999-12"), 10).await.unwrap();
        assert!(!more);
        known.push(issues.iter().map(|issue| issue.month.to_string()).collect::<Vec<_>>());
    }
    assert_eq!(
        known,
        [vec!["2026-08"], vec!["2026-10", "2026-08"], vec!["2026-10", "2026-08"], vec!["2026-10", "2026-08"]]
    );
    let (latest, more) = app.open_releases(month("2026-12"), 1).await.unwrap();
    assert_eq!((latest.len(), more), (1, true));
});

both!(the_doctor_sees_a_hand_in_a_release, |house| {
    let app = &house.app;
    write_in(app, "2026-11").await;
    house.at(DUE);
    app.release_open_data().await.unwrap();
    // Names that are erased can be counted no more; that is told, and is no fault.
    house.meddle("UPDATE reporter SET phone = NULL, name = NULL").await;
    assert_eq!(app.wrong_releases(true).await.unwrap(), [WrongRelease::Recount(month("2026-11"))]);
    assert_eq!(app.wrong_releases(false).await.unwrap(), []);
    assert_eq!(complaints(&house).await, ["doctor-open-data-recount", "doctor-open-data"]);
    house.meddle("UPDATE open_file SET content = (SELECT o.content FROM open_file o WHERE o.name = 'bulanan.csv') WHERE name = 'harian.csv'").await;
    assert_eq!(complaints(&house).await, ["doctor-open-data-file", "doctor-open-data-wrong"]);
    house.meddle("UPDATE open_release SET guarantee = REPLACE(guarantee, '\"people\": 5', '\"people\": 3')").await;
    assert_eq!(app.wrong_releases(false).await.unwrap(), [WrongRelease::Seal(month("2026-11"))]);
});
