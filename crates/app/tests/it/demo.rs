//! The cases of the articles, and an office that looks alive.

use crate::people::{letter, submit};
use crate::world::House;
use app::{App, Door, Entry, demo};
use domain::measure::{Figure, Measure, Tally};
use domain::time::Zone;
use domain::{AgencyId, Report, ReportId, UserId};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use store::report;

const KALSEL: AgencyId = AgencyId(630_000);

/// All reports of a government that came in between two days, both included.
async fn received(app: &App, root: AgencyId, from: Date, to: Date) -> Vec<Report> {
    let mut tx = app.db().read().await.unwrap();
    let mut found = Vec::new();
    for id in report::list_ids(&mut tx, ReportId(0), 100_000).await.unwrap() {
        let row = report::load(&mut tx, id).await.unwrap().unwrap();
        let day = row.report.zone.day(row.report.clocks.received);
        if row.root == root && from <= day && day <= to {
            found.push(row.report);
        }
    }
    found
}

fn tally(reports: &[Report]) -> Tally {
    let mut tally = Tally::default();
    reports.iter().for_each(|report| tally.add(report.stage.kind(), 1));
    tally
}

both!(the_figures_of_the_articles_come_out, |house| {
    demo::install(&house.app).await.unwrap();
    house.work().await;

    let half = received(&house.app, KALSEL, date(2021, 1, 1), date(2021, 6, 30)).await;
    let figure = tally(&half).measure(Measure::Completion);
    assert_eq!(figure, Figure { numerator: 522, denominator: 545 });
    assert_eq!(figure.basis_points(), Some(9_578));
    let mut topics: BTreeMap<i64, usize> = BTreeMap::new();
    half.iter().for_each(|report| *topics.entry(report.category.map_or(0, |c| c.0)).or_default() += 1);
    let mut leading: Vec<(usize, i64)> = topics.iter().map(|(category, n)| (*n, *category)).collect();
    leading.sort_by(|a, b| b.cmp(a));
    assert_eq!(leading[..5], [(77, 628), (25, 632), (23, 587), (20, 633), (15, 629)]);
    assert_eq!(leading[5..].iter().map(|(n, _)| n).sum::<usize>(), 385);

    let year = received(&house.app, KALSEL, date(2023, 1, 1), date(2023, 12, 28)).await;
    let of_2023 = tally(&year);
    assert_eq!(of_2023.measure(Measure::Completion), Figure { numerator: 363, denominator: 373 });
    assert_eq!(of_2023.measure(Measure::FollowUp).basis_points(), Some(10_000));

    let kukar = tally(&received(&house.app, AgencyId(640_200), date(2020, 1, 1), date(2020, 12, 31)).await);
    assert_eq!(kukar.measure(Measure::Completion), Figure { numerator: 18, denominator: 21 });
    assert_eq!(kukar.measure(Measure::FollowUp).basis_points(), Some(9_048));
    assert_eq!(kukar.simple("waiting"), 2);

    let bontang = AgencyId(647_400);
    assert_eq!(received(&house.app, bontang, date(2020, 1, 1), date(2020, 12, 31)).await.len(), 12);
    assert_eq!(received(&house.app, bontang, date(2021, 1, 1), date(2021, 9, 23)).await.len(), 12);
});

both!(the_ten_of_2023_had_been_answered_nine_working_days_before, |house| {
    demo::install(&house.app).await.unwrap();
    let year = received(&house.app, KALSEL, date(2023, 12, 1), date(2023, 12, 28)).await;
    let answered: Vec<Date> =
        year.iter().filter(|r| r.is_open()).map(|r| Zone::Wita.day(r.clocks.last_answer.unwrap())).collect();
    assert_eq!(answered, [date(2023, 12, 13); 10]);
});

both!(finished_work_is_shown, |house| {
    demo::install(&house.app).await.unwrap();
    let claims = crate::seed::claims_of_work(&house).await;
    assert!(claims.iter().all(|(physical, evidence)| !physical || *evidence > 0));
    assert!(claims.iter().filter(|(physical, _)| *physical).count() > 50);
    let findings = app::doctor::check(&house.app, false, |_| ()).await.unwrap();
    assert!(findings.iter().any(|finding| finding.code == "doctor-files"), "a photo is not in its place");
});

both!(a_demo_that_was_broken_off_is_finished, |house| {
    demo::install(&house.app).await.unwrap();
    house.meddle("DELETE FROM attachment").await;
    house.meddle("UPDATE setting SET value = 'begun' WHERE name = 'demo'").await;
    demo::install(&house.app).await.unwrap();
    assert!(!crate::seed::claims_of_work(&house).await.is_empty());
    assert_eq!(house.app.wrong_counters().await.unwrap(), []);
});

both!(a_demo_keeps_away_from_the_data_of_others, |house| {
    submit(&house.app, letter("own")).await;
    assert!(matches!(demo::install(&house.app).await, Err(app::Error::Denied)));
    assert_eq!(house.app.officers(UserId(0), 10).await.unwrap(), []);
});

both!(accounts_with_the_published_password_are_known_until_it_is_replaced, |house| {
    assert!(demo::open_logins(&house.app).await.unwrap().is_empty());
    demo::install(&house.app).await.unwrap();
    assert_eq!(demo::open_logins(&house.app).await.unwrap().len(), 12);
    house.app.set_officer_active("nasional", false).await.unwrap();
    house.app.set_password("pupr", "kata-sandi-lain".into()).await.unwrap();
    let open = demo::open_logins(&house.app).await.unwrap();
    assert_eq!(
        open,
        [
            "kalsel",
            "dishub",
            "inspektorat",
            "pimpinan",
            "pengawas",
            "kukar",
            "bontang",
            "itda.kukar",
            "diskominfo.kukar",
            "loket"
        ]
    );
});

both!(a_second_installation_changes_nothing, |house| {
    let logins = demo::install(&house.app).await.unwrap();
    let before = house.app.figures().await.unwrap().desk(&house.app.reference().rules.agencies, None);
    assert_eq!(demo::install(&house.app).await.unwrap(), logins);
    house.app.forget_figures();
    let after = house.app.figures().await.unwrap().desk(&house.app.reference().rules.agencies, None);
    assert_eq!(before, after);
    assert_eq!(house.app.wrong_counters().await.unwrap(), []);
});

both!(every_demo_account_gets_in_and_the_desks_are_alive, |house| {
    for login in demo::install(&house.app).await.unwrap() {
        let door = Door { address: "192.0.2.1", ..Door::default() };
        let Entry::Whole(session) = house.app.log_in(login.login, login.password, &door).await.unwrap() else {
            panic!("{} needs more than the password", login.login);
        };
        assert_eq!(session.officer.role, login.role);
    }
    let stages = busy_stages(&house).await;
    for stage in ["submitted", "returned", "disposed", "answered", "replied", "objected", "reopened", "held"] {
        assert!(stages.contains_key(stage), "no fresh report is {stage}: {stages:?}");
    }
});

/// How many reports of the last month stand in each stage.
async fn busy_stages(house: &House) -> BTreeMap<&'static str, usize> {
    let mut stages = BTreeMap::new();
    let mut tx = house.app.db().read().await.unwrap();
    for id in report::list_ids(&mut tx, ReportId(0), 100_000).await.unwrap() {
        let row = report::load(&mut tx, id).await.unwrap().unwrap();
        if house.app.now().duration_since(row.report.clocks.received).as_hours() < 30 * 24 {
            *stages.entry(row.report.stage.kind().name()).or_default() += 1;
        }
    }
    stages
}

/// A Sunday night, the first half hour of a Monday, a Friday evening, and the morning after the long
/// holidays of Idulfitri.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_desks_are_alive_whenever_the_demo_is_started() {
    for now in ["2026-11-08T14:30:00Z", "2026-11-08T16:30:00Z", "2026-11-13T10:15:00Z", "2026-03-25T01:00:00Z"] {
        crate::world::on(store::Engine::Sqlite, move |house| async move {
            house.at(now);
            demo::install(&house.app).await.unwrap();
            let stages = busy_stages(&house).await;
            for stage in ["submitted", "returned", "disposed", "answered", "replied", "objected", "reopened", "held"] {
                assert!(stages.contains_key(stage), "at {now} no fresh report is {stage}: {stages:?}");
            }
            assert!(stages.values().sum::<usize>() >= 40, "at {now}: {stages:?}");
        })
        .await;
    }
}
