//! The rows of reports.

use crate::fixture::{after, answer, archive, at, close, dispose, key, put, row, write_whole};
use domain::report::Missing;
use domain::{Code, Event, ReportId};
use store::report::{self, ClientKey, Row, Timing};
use store::{Db, Result};

async fn load(db: &Db, id: i64) -> Option<Row> {
    let mut tx = db.read().await.unwrap();
    report::load(&mut tx, ReportId(id)).await.unwrap()
}

async fn insert(db: &Db, row: Row, key: ClientKey) -> Result<bool> {
    db.write(move |tx| Box::pin(async move { report::insert(tx, &row, &key, Timing::default()).await })).await
}

async fn update(db: &Db, row: Row, was_seq: u32) -> Result<bool> {
    db.write(move |tx| Box::pin(async move { report::update(tx, &row, was_seq, Timing::default()).await })).await
}

both!(a_report_comes_back_as_it_was_stored, |place| {
    let db = place.ready().await;
    let histories: [&[Event]; 4] = [
        &[],
        &[dispose(7), Event::Held { missing: vec![Missing::Location, Missing::Evidence] }],
        &[dispose(7), answer(), close()],
        &[archive()],
    ];
    for (id, history) in (1..).zip(histories) {
        let stored = Row { external_ref: Some(format!("SP4N-{id}")), ..after(row(id), history) };
        assert!(insert(&db, stored.clone(), key(&stored)).await.unwrap());
        assert_eq!(load(&db, id).await.as_ref(), Some(&stored));
        let mut tx = db.read().await.unwrap();
        assert_eq!(report::find(&mut tx, stored.code).await.unwrap().as_ref(), Some(&stored));
        assert_eq!(report::find_by_ref(&mut tx, &format!("SP4N-{id}")).await.unwrap(), Some(stored.code));
    }
    let mut tx = db.read().await.unwrap();
    assert_eq!(report::load(&mut tx, ReportId(99)).await.unwrap(), None);
    assert_eq!(report::find(&mut tx, Code::from_random(99)).await.unwrap(), None);
    assert_eq!(report::find_by_ref(&mut tx, "SP4N-99").await.unwrap(), None);
    assert_eq!(report::find_by_key(&mut tx, "key-99").await.unwrap(), None);
});

both!(a_repeated_key_code_reference_or_id_changes_nothing, |place| {
    let db = place.ready().await;
    let first = Row { external_ref: Some("SP4N-1".into()), ..row(1) };
    assert!(insert(&db, first.clone(), key(&first)).await.unwrap());
    let same_key = insert(&db, row(2), key(&first)).await.unwrap();
    let same_code = insert(&db, Row { code: first.code, ..row(3) }, key(&row(3))).await.unwrap();
    let same_ref = insert(&db, Row { external_ref: first.external_ref.clone(), ..row(4) }, key(&row(4))).await.unwrap();
    let same_id = insert(&db, Row { code: row(5).code, ..first.clone() }, key(&row(5))).await.unwrap();
    assert_eq!([same_key, same_code, same_ref, same_id], [false; 4]);
    assert_eq!(load(&db, 1).await, Some(first.clone()));
    let mut tx = db.read().await.unwrap();
    assert_eq!(report::list_ids(&mut tx, ReportId(0), 10).await.unwrap(), [ReportId(1)]);
    assert_eq!(report::find_by_key(&mut tx, "key-1").await.unwrap(), Some((first.code, "print-1".into())));
});

both!(of_eight_repetitions_at_once_one_is_new, |place| {
    let db = place.ready().await;
    let tasks = (1..=8).map(|id| {
        let db = db.clone();
        tokio::spawn(async move { insert(&db, row(id), key(&row(1))).await.unwrap() })
    });
    let mut new = 0;
    for task in tasks.collect::<Vec<_>>() {
        new += u32::from(task.await.unwrap());
    }
    assert_eq!(new, 1);
});

both!(of_two_changes_to_the_same_version_one_wins, |place| {
    let db = place.ready().await;
    put(&db, row(1), Timing::default()).await;
    let (one, other) = (after(row(1), &[dispose(7)]), after(row(1), &[archive()]));
    assert!(update(&db, one.clone(), 1).await.unwrap());
    assert!(!update(&db, other, 1).await.unwrap());
    assert_eq!(load(&db, 1).await, Some(one.clone()));
    assert!(update(&db, after(one, &[answer()]), 2).await.unwrap());
    assert!(!update(&db, row(9), 1).await.unwrap(), "a report that is not there was updated");
});

both!(of_eight_changes_at_once_one_wins, |place| {
    let db = place.ready().await;
    put(&db, row(1), Timing::default()).await;
    let tasks = (2..10).map(|office| {
        let db = db.clone();
        tokio::spawn(async move { update(&db, after(row(1), &[dispose(office)]), 1).await.unwrap().then_some(office) })
    });
    let mut winners = Vec::new();
    for task in tasks.collect::<Vec<_>>() {
        winners.extend(task.await.unwrap());
    }
    assert_eq!(winners.len(), 1);
    assert_eq!(load(&db, 1).await.unwrap().report.holder.0, winners[0]);
});

both!(the_scheduler_finds_what_is_due_the_longest_waiting_first, |place| {
    let db = place.ready().await;
    for (id, wake) in [(1, Some(50)), (2, None), (3, Some(10)), (4, Some(99)), (5, Some(30))] {
        let timing = Timing { due_at: None, wake_at: wake.map(at) };
        put(&db, row(id), timing).await;
    }
    let mut tx = db.read().await.unwrap();
    let woken = report::list_waking(&mut tx, at(50), 10).await.unwrap();
    assert_eq!(woken, [ReportId(3), ReportId(5), ReportId(1)]);
    assert_eq!(report::list_waking(&mut tx, at(50), 2).await.unwrap(), [ReportId(3), ReportId(5)]);
    drop(tx);
    assert!(update(&db, after(row(3), &[close()]), 1).await.unwrap());
    let mut tx = db.read().await.unwrap();
    assert_eq!(report::list_waking(&mut tx, at(50), 10).await.unwrap(), [ReportId(5), ReportId(1)]);
});

both!(a_snoozed_report_rings_later_and_never_earlier, |place| {
    let db = place.ready().await;
    for (id, wake) in [(1, Some(10)), (2, None), (3, Some(99))] {
        put(&db, row(id), Timing { due_at: None, wake_at: wake.map(at) }).await;
    }
    for id in 1..=3 {
        let done: Result<()> =
            db.write(move |tx| Box::pin(async move { report::snooze(tx, ReportId(id), at(60)).await })).await;
        done.unwrap();
    }
    let mut tx = db.read().await.unwrap();
    assert_eq!(report::list_waking(&mut tx, at(59), 10).await.unwrap(), []);
    assert_eq!(report::list_waking(&mut tx, at(60), 10).await.unwrap(), [ReportId(1)]);
    assert_eq!(report::list_waking(&mut tx, at(99), 10).await.unwrap(), [ReportId(1), ReportId(3)]);
});

both!(open_reports_are_walked_with_their_timing_past_one_that_cannot_be_read, |place| {
    let db = place.ready().await;
    let timing = |id| Timing { due_at: (id != 3).then(|| at(id)), wake_at: (id != 4).then(|| at(10 * id)) };
    for id in 1..=5 {
        let events = if id == 2 { vec![archive()] } else { vec![dispose(7)] };
        put(&db, after(row(id), &events), timing(id)).await;
    }
    place.meddle("UPDATE report SET state = '{}' WHERE id = 4").await;
    let mut tx = db.read().await.unwrap();
    let open = report::list_open(&mut tx, ReportId(0), 10).await.unwrap();
    let told: Vec<_> = open.into_iter().map(|(id, found)| (id.0, found.ok().map(|(_, timing)| timing))).collect();
    assert_eq!(told, [(1, Some(timing(1))), (3, Some(timing(3))), (4, None), (5, Some(timing(5)))]);
    let rest = report::list_open(&mut tx, ReportId(1), 1).await.unwrap();
    assert_eq!(rest.iter().map(|(id, _)| id.0).collect::<Vec<_>>(), [3]);
});

both!(another_timing_is_taken_for_the_version_that_it_was_made_for, |place| {
    let db = place.ready().await;
    put(&db, row(1), Timing::default()).await;
    let timing = Timing { due_at: Some(at(40)), wake_at: Some(at(30)) };
    let retime = async |seq: u32| -> bool {
        let done: Result<bool> =
            db.write(move |tx| Box::pin(async move { report::retime(tx, ReportId(1), seq, timing).await })).await;
        done.unwrap()
    };
    assert!(!retime(2).await);
    assert!(retime(1).await);
    let mut tx = db.read().await.unwrap();
    let open = report::list_open(&mut tx, ReportId(0), 1).await.unwrap();
    assert_eq!(open[0].1.as_ref().unwrap(), &(row(1), timing));
});

both!(a_locked_report_is_changed_after_the_lock_is_gone, |place| {
    let db = place.ready().await;
    put(&db, row(1), Timing::default()).await;
    let (let_go, wait) = tokio::sync::oneshot::channel::<()>();
    let (locked, is_locked) = tokio::sync::oneshot::channel();
    let other = db.clone();
    let locking = tokio::spawn(async move {
        let done: Result<()> = other
            .write(move |tx| {
                Box::pin(async move {
                    let row = report::lock(tx, ReportId(1)).await?;
                    locked.send(row).unwrap();
                    wait.await.unwrap();
                    Ok(())
                })
            })
            .await;
        done.unwrap();
    });
    assert_eq!(is_locked.await.unwrap(), Some(row(1)));
    let changing = tokio::spawn({
        let db = db.clone();
        async move { update(&db, after(row(1), &[dispose(7)]), 1).await.unwrap() }
    });
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(!changing.is_finished(), "a locked report was changed");
    let_go.send(()).unwrap();
    locking.await.unwrap();
    assert!(changing.await.unwrap());
});

both!(all_ids_are_walked_through_in_pages, |place| {
    let db = place.ready().await;
    let ids: Vec<i64> = (1..=11).map(|n| n * n).collect();
    let wanted = ids.clone();
    let written: Result<()> = db
        .write(move |tx| {
            Box::pin(async move {
                for id in ids {
                    write_whole(tx, &row(id), Timing::default()).await?;
                }
                Ok(())
            })
        })
        .await;
    written.unwrap();
    let (mut seen, mut after) = (Vec::new(), ReportId(0));
    let mut tx = db.read().await.unwrap();
    loop {
        let page = report::list_ids(&mut tx, after, 4).await.unwrap();
        let Some(last) = page.last() else { break };
        after = *last;
        seen.extend(page.iter().map(|id| id.0));
    }
    assert_eq!(seen, wanted);
});
