//! A made-up population: the same every time, and true to its own logs.

use crate::world::House;
use app::seed::{Seeded, seed, seed_until};
use domain::report::AnswerKind;
use domain::{Event, Report, ReportId};
use jiff::civil::date;
use std::collections::{BTreeMap, BTreeSet};
use store::report::{self, Row};
use store::{attachment, event, words};

async fn rows(house: &House) -> Vec<Row> {
    let mut tx = house.app.db().read().await.unwrap();
    let mut rows = Vec::new();
    for id in report::list_ids(&mut tx, ReportId(0), 100_000).await.unwrap() {
        rows.push(report::load(&mut tx, id).await.unwrap().unwrap());
    }
    rows
}

/// A digest of all states and words.
async fn digest(house: &House) -> Vec<(i64, String)> {
    let mut tx = house.app.db().read().await.unwrap();
    let mut all = Vec::new();
    for row in rows(house).await {
        let said = words::list(&mut tx, row.report.id).await.unwrap();
        all.push((row.code.number(), format!("{row:?} {said:?}")));
    }
    all
}

both!(a_population_replays_from_its_logs_and_is_counted_right, |house| {
    let mut told = 0;
    let done = seed(&house.app, 1_200, 7, |n| told += n).await.unwrap();
    assert_eq!((done, told), (Seeded { new: 1_200, known: 0 }, 1_200));
    assert_eq!(house.app.wrong_counters().await.unwrap(), []);
    let mut tx = house.app.db().read().await.unwrap();
    let rows = rows(&house).await;
    assert_eq!(rows.len(), 1_200);
    for row in rows {
        let log = event::list(&mut tx, row.report.id).await.unwrap();
        let replayed = Report::replay(row.report.id, log.iter().map(|logged| (logged.at, &logged.event)));
        assert_eq!(replayed.as_ref(), Some(&row.report));
        assert!(log.windows(2).all(|pair| pair[0].at <= pair[1].at), "time runs backwards in {:?}", log);
        assert!(log.last().unwrap().at <= house.app.now(), "something happens in the future: {log:?}");
    }
});

both!(the_same_seed_is_the_same_population_and_is_written_once, |house| {
    seed(&house.app, 150, 3, |_| ()).await.unwrap();
    let first = digest(&house).await;
    let again = seed(&house.app, 150, 3, |_| ()).await.unwrap();
    assert_eq!(again, Seeded { new: 0, known: 150 });
    assert_eq!(digest(&house).await, first);
});

both!(a_seeding_is_resumed_on_another_day_as_the_same_population, |house| {
    seed(&house.app, 150, 3, |_| ()).await.unwrap();
    let first = digest(&house).await;
    house.at("2026-11-20T06:00:00Z");
    assert_eq!(seed(&house.app, 150, 3, |_| ()).await.unwrap(), Seeded { new: 0, known: 150 });
    assert_eq!(digest(&house).await, first);
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_day_makes_the_same_population_whenever_it_is_seeded() {
    let (to, mut from) = tokio::sync::mpsc::channel(2);
    for now in ["2026-11-09T02:00:00Z", "2027-03-01T23:15:00Z"] {
        let to = to.clone();
        crate::world::on(store::Engine::Sqlite, move |house| async move {
            house.at(now);
            seed_until(&house.app, 150, 11, date(2026, 11, 1), |_| ()).await.unwrap();
            to.send(digest(&house).await).await.unwrap();
        })
        .await;
    }
    assert_eq!(from.recv().await.unwrap(), from.recv().await.unwrap());
}

both!(populations_of_two_sizes_stand_beside_each_other_with_numbers_of_their_own, |house| {
    seed(&house.app, 60, 3, |_| ()).await.unwrap();
    let first: BTreeSet<i64> = rows(&house).await.iter().map(|row| row.code.number()).collect();
    assert_eq!(seed(&house.app, 61, 3, |_| ()).await.unwrap(), Seeded { new: 61, known: 0 });
    let both: BTreeSet<i64> = rows(&house).await.iter().map(|row| row.code.number()).collect();
    assert_eq!(both.len(), 121);
    assert!(first.is_subset(&both));
    crate::world::on(house.engine, move |alone| async move {
        seed(&alone.app, 61, 3, |_| ()).await.unwrap();
        let second: BTreeSet<i64> = rows(&alone).await.iter().map(|row| row.code.number()).collect();
        assert_eq!(both.difference(&first).copied().collect::<BTreeSet<i64>>(), second);
    })
    .await;
});

both!(finished_work_that_one_could_see_is_never_claimed_without_a_picture, |house| {
    seed(&house.app, 1_000, 7, |_| ()).await.unwrap();
    assert!(claims_of_work(&house).await.iter().all(|(physical, evidence)| !physical || *evidence > 0));
});

/// Every answer "done": whether it is about something one can photograph, and how many files it came with.
pub async fn claims_of_work(house: &House) -> Vec<(bool, u8)> {
    let reference = house.app.reference();
    let mut tx = house.app.db().read().await.unwrap();
    let mut claims = Vec::new();
    for row in rows(house).await {
        let files = attachment::list(&mut tx, row.report.id).await.unwrap();
        let physical = row.report.category.is_some_and(|category| reference.categories.is_physical(category));
        for logged in event::list(&mut tx, row.report.id).await.unwrap() {
            let Event::Answered { answer: AnswerKind::Done, evidence, .. } = logged.event else { continue };
            let there = files.iter().filter(|file| file.seq == logged.seq).count();
            assert_eq!(there, usize::from(evidence), "the log speaks of files that are not there");
            claims.push((physical, evidence));
        }
    }
    assert!(!claims.is_empty());
    claims
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_engines_get_the_same_population() {
    let (to, mut from) = tokio::sync::mpsc::channel(2);
    for engine in [store::Engine::Sqlite, store::Engine::Postgres] {
        let to = to.clone();
        crate::world::on(engine, |house| async move {
            seed(&house.app, 150, 11, |_| ()).await.unwrap();
            to.send(digest(&house).await).await.unwrap();
        })
        .await;
    }
    assert_eq!(from.recv().await.unwrap(), from.recv().await.unwrap());
}

both!(three_in_four_are_closed_and_the_others_spread_over_the_stages, |house| {
    seed(&house.app, 2_000, 5, |_| ()).await.unwrap();
    let mut stages: BTreeMap<&'static str, usize> = BTreeMap::new();
    let rows = rows(&house).await;
    rows.iter().for_each(|row| *stages.entry(row.report.stage.kind().simple()).or_default() += 1);
    assert!((1_450..1_700).contains(&stages["done"]), "{stages:?}");
    assert!(stages["archived"] > 80 && stages["waiting"] > 80 && stages["process"] > 80, "{stages:?}");
    let java = rows.iter().filter(|row| row.report.region.as_str().starts_with('3')).count();
    assert!((1_330..1_460).contains(&java), "{java} of 2,000 come from Java");
});

both!(a_new_population_leaves_nothing_overdue_to_the_scheduler, |house| {
    house.at("2026-11-08T17:00:00Z");
    seed(&house.app, 1_000, 9, |_| ()).await.unwrap();
    let round = house.app.work().await.unwrap();
    assert!(round.ticked < 10, "{round:?}");
});

both!(search_finds_seeded_reports, |house| {
    seed(&house.app, 600, 2, |_| ()).await.unwrap();
    let filter = app::Filter { q: "jalan lubang".into(), ..Default::default() };
    let page = house.app.browse(&filter, None, 50).await.unwrap();
    assert!(!page.rows.is_empty());
});
