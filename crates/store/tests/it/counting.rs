//! Counters that are kept agree with the reports that could be counted.

use crate::fixture::{Dice, after, answer, archive, close, dispose, put, row, supervisory, write_whole};
use domain::report::StageKind;
use domain::{AgencyId, Event, ReportId};
use std::collections::BTreeMap;
use store::counter::{self, Key};
use store::report::{self, Row, Timing};
use store::{Db, Result};

const REPORTS: i64 = 12;

async fn kept(db: &Db) -> BTreeMap<Key, i64> {
    counter::list(&mut db.read().await.unwrap()).await.unwrap().into_iter().collect()
}

async fn counted(db: &Db) -> BTreeMap<Key, i64> {
    counter::recount(&mut db.read().await.unwrap()).await.unwrap().into_iter().collect()
}

async fn wrong(db: &Db) -> Vec<(Key, i64, i64)> {
    counter::wrong(&mut db.read().await.unwrap()).await.unwrap()
}

async fn add(db: &Db, key: Key, spread: i64, n: i64) {
    let done: Result<()> = db
        .write(move |tx| {
            Box::pin(async move {
                counter::add(tx, key, spread, n);
                Ok(())
            })
        })
        .await;
    done.unwrap();
}

async fn take_in(db: &Db, row: Row) {
    let done: Result<()> = db
        .write(move |tx| {
            Box::pin(async move {
                assert!(write_whole(tx, &row, Timing::default()).await?);
                counter::add(tx, Key::of(&row.report), row.report.id.0, 1);
                Ok(())
            })
        })
        .await;
    done.unwrap();
}

/// Does something to a report; `false` when another was faster.
async fn step(db: &Db, id: i64, event: Event) -> bool {
    let done: Result<bool> = db
        .write(move |tx| {
            Box::pin(async move {
                let was = report::load(tx, ReportId(id)).await?.unwrap();
                let now = after(was.clone(), &[event]);
                if !report::update(tx, &now, was.report.seq, Timing::default()).await? {
                    return Ok(false);
                }
                counter::shift(tx, Key::of(&was.report), Key::of(&now.report), id);
                Ok(true)
            })
        })
        .await;
    done.unwrap()
}

async fn stir(db: Db, seed: u64, steps: usize) -> usize {
    let mut dice = Dice(seed);
    let mut done = 0;
    for _ in 0..steps {
        let id = 1 + dice.below(REPORTS as u64) as i64;
        let event = match dice.below(6) {
            0 => archive(),
            1 => answer(),
            2 => close(),
            3 => supervisory(dice.below(2) == 0),
            _ => dispose(1 + dice.below(3) as i64),
        };
        done += usize::from(step(&db, id, event).await);
    }
    done
}

both!(sealed_reports_are_counted_apart, |place| {
    let db = place.ready().await;
    for id in 1..=3 {
        take_in(&db, row(id)).await;
    }
    assert!(step(&db, 2, supervisory(true)).await);
    let key = |sealed| Key { agency: AgencyId(1), stage: StageKind::Submitted, sealed };
    assert_eq!(kept(&db).await, BTreeMap::from([(key(false), 2), (key(true), 1)]));
});

both!(a_counter_that_is_empty_again_is_not_listed, |place| {
    let db = place.ready().await;
    take_in(&db, row(1)).await;
    assert!(step(&db, 1, dispose(7)).await);
    let key = Key { agency: AgencyId(7), stage: StageKind::Disposed, sealed: false };
    assert_eq!(kept(&db).await, BTreeMap::from([(key, 1)]));
});

both!(counters_agree_after_many_changes_at_once, |place| {
    let db = place.ready().await;
    for id in 1..=REPORTS {
        take_in(&db, row(id)).await;
    }
    let tasks: Vec<_> = (0..8).map(|seed| tokio::spawn(stir(db.clone(), seed, 20))).collect();
    let mut done = 0;
    for task in tasks {
        done += task.await.unwrap();
    }
    assert!(done > 40, "only {done} changes were made");
    let kept = kept(&db).await;
    assert_eq!(kept, counted(&db).await);
    assert_eq!(kept.values().sum::<i64>(), REPORTS);
});

both!(counters_that_went_wrong_are_told_with_the_truth, |place| {
    let db = place.ready().await;
    take_in(&db, row(1)).await;
    put(&db, after(row(2), &[dispose(7)]), Timing::default()).await;
    let key = |agency, stage| Key { agency: AgencyId(agency), stage, sealed: false };
    add(&db, key(1, StageKind::Held), 3, 5).await;
    add(&db, key(1, StageKind::Submitted), 3, 2).await;
    let wanted =
        [(key(1, StageKind::Held), 5, 0), (key(1, StageKind::Submitted), 3, 1), (key(7, StageKind::Disposed), 0, 1)];
    assert_eq!(wrong(&db).await, wanted);
});

both!(a_check_in_the_middle_of_changes_finds_nothing_wrong, |place| {
    let db = place.ready().await;
    for id in 1..=REPORTS {
        take_in(&db, row(id)).await;
    }
    let tasks: Vec<_> = (0..4).map(|seed| tokio::spawn(stir(db.clone(), seed, 40))).collect();
    let mut checks = 0;
    while !tasks.iter().all(|task| task.is_finished()) {
        assert_eq!(wrong(&db).await, []);
        checks += 1;
    }
    for task in tasks {
        task.await.unwrap();
    }
    assert!(checks > 5, "only {checks} checks were made");
});

both!(counters_are_added_up_in_the_middle_of_changes, |place| {
    let db = place.ready().await;
    for id in 1..=REPORTS {
        take_in(&db, row(id)).await;
    }
    let tasks: Vec<_> = (0..4).map(|seed| tokio::spawn(stir(db.clone(), seed, 40))).collect();
    while !tasks.iter().all(|task| task.is_finished()) {
        let done: Result<()> = db.write(|tx| Box::pin(counter::gather(tx))).await;
        done.unwrap();
        assert_eq!(wrong(&db).await, []);
    }
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(kept(&db).await, counted(&db).await);
});

both!(rebuilding_mends_counters_that_went_wrong, |place| {
    let db = place.ready().await;
    take_in(&db, row(1)).await;
    put(&db, after(row(2), &[dispose(7)]), Timing::default()).await;
    add(&db, Key { agency: AgencyId(1), stage: StageKind::Held, sealed: true }, 3, 5).await;
    assert_ne!(kept(&db).await, counted(&db).await);
    let done: Result<()> = db.write(|tx| Box::pin(counter::rebuild(tx))).await;
    done.unwrap();
    assert_eq!(kept(&db).await, counted(&db).await);
});

both!(rebuilding_while_reports_come_in_counts_each_once, |place| {
    let db = place.ready().await;
    let tasks: Vec<_> = (0..4)
        .map(|lane| {
            let db = db.clone();
            tokio::spawn(async move {
                for n in 0..15 {
                    let id = 1 + lane * 100 + n;
                    let row = row(id);
                    take_in(&db, Row { report: after(row.clone(), &[dispose(id)]).report, ..row }).await;
                }
            })
        })
        .collect();
    while !tasks.iter().all(|task| task.is_finished()) {
        let done: Result<()> = db.write(|tx| Box::pin(counter::rebuild(tx))).await;
        done.unwrap();
    }
    for task in tasks {
        task.await.unwrap();
    }
    let kept = kept(&db).await;
    assert_eq!(kept.len(), 60);
    assert_eq!(kept, counted(&db).await);
});

both!(a_write_that_was_undone_counts_nothing_and_leaves_nothing_to_the_next, |place| {
    let db = place.ready().await;
    let key = Key { agency: AgencyId(1), stage: StageKind::Submitted, sealed: false };
    let undone = db.write(move |tx| {
        Box::pin(async move {
            counter::add(tx, key, 1, 5);
            Err::<(), _>(store::Error::Busy)
        })
    });
    let (undone, ()) = tokio::join!(undone, take_in(&db, row(1)));
    assert!(undone.is_err());
    assert_eq!(kept(&db).await, BTreeMap::from([(key, 1)]));
    assert_eq!(wrong(&db).await, []);
});
