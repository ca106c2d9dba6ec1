//! A write is done whole and on disk, or not at all and said so: on either engine.

use crate::fixture::{is_whole, key, row, text, write_whole};
use domain::ReportId;
use std::sync::Arc;
use std::time::Duration;
use store::report::{self, Timing};
use store::{Db, Error, Limits, Result, reference, words};
use tokio::sync::{Notify, oneshot};

/// Writes a report and then fails where told to.
async fn write(db: &Db, id: i64, fail: bool) -> Result<()> {
    db.write(move |tx| {
        Box::pin(async move {
            write_whole(tx, &row(id), Timing::default()).await?;
            if fail { Err(Error::Corrupt("told to fail".into())) } else { Ok(()) }
        })
    })
    .await
}

both!(of_two_hundred_writes_at_once_the_failing_ones_leave_no_trace, |place| {
    let db = place.ready().await;
    let writes = (1..=200).map(|id| {
        let db = db.clone();
        tokio::spawn(async move { write(&db, id, id % 3 == 0).await.is_ok() })
    });
    for (id, task) in (1..).zip(writes.collect::<Vec<_>>()) {
        assert_eq!(task.await.unwrap(), id % 3 != 0, "{id}");
    }
    db.close().await;
    let db = place.open().await;
    for id in 1..=200 {
        assert_eq!(is_whole(&db, id).await, (id % 3 != 0).then_some(true), "{id}");
    }
});

both!(a_panic_undoes_its_own_write_only, |place| {
    let db = place.ready().await;
    let panics: Result<()> = db
        .write(|tx| {
            Box::pin(async move {
                write_whole(tx, &row(1), Timing::default()).await?;
                panic!("a bug in a use case")
            })
        })
        .await;
    assert!(panics.is_err());
    write(&db, 2, false).await.unwrap();
    assert_eq!(is_whole(&db, 1).await, None);
    assert_eq!(is_whole(&db, 2).await, Some(true));
});

both!(a_write_goes_on_when_its_caller_is_gone, |place| {
    let db = place.ready().await;
    let begun = Arc::new(Notify::new());
    let (gone, caller_is_gone) = oneshot::channel::<()>();
    let (done, is_done) = oneshot::channel::<()>();
    let writing = db.write::<(), Error, _>({
        let begun = begun.clone();
        move |tx| {
            Box::pin(async move {
                report::insert(tx, &row(1), &key(&row(1)), Timing::default()).await?;
                begun.notify_one();
                caller_is_gone.await.unwrap();
                words::insert(tx, ReportId(1), 1, &text(ReportId(1))).await?;
                reference::put_setting(tx, "done", "yes").await?;
                done.send(()).unwrap();
                Ok(())
            })
        }
    });
    tokio::select! {
        _ = writing => unreachable!("it waits for its caller to go"),
        () = begun.notified() => {}
    }
    gone.send(()).unwrap();
    is_done.await.unwrap();
    for _ in 0..100 {
        let mut tx = db.read().await.unwrap();
        if reference::setting(&mut tx, "done").await.unwrap().is_some() {
            assert_eq!(words::list(&mut tx, ReportId(1)).await.unwrap().len(), 1);
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the write of a caller that left was never committed");
});

both!(an_error_that_is_passed_over_is_not_success, |place| {
    let db = place.ready().await;
    write(&db, 1, false).await.unwrap();
    let told: Result<()> = db
        .write(|tx| {
            Box::pin(async move {
                write_whole(tx, &row(2), Timing::default()).await?;
                let _passed_over = words::insert(tx, ReportId(1), 1, &text(ReportId(1))).await;
                let _refused = reference::put_setting(tx, "later", "x").await;
                Ok(())
            })
        })
        .await;
    assert!(told.is_err(), "acknowledged, though the engine had undone it");
    assert_eq!(is_whole(&db, 2).await, None);
    let mut tx = db.read().await.unwrap();
    assert_eq!(reference::setting(&mut tx, "later").await.unwrap(), None);
    drop(tx);
    write(&db, 3, false).await.unwrap();
});

both!(each_write_counts_its_own_statements, |place| {
    let db = place.ready().await;
    let tasks = (1..=20).map(|id| {
        let db = db.clone();
        tokio::spawn(async move {
            let counted: Result<(u32, u32)> = db
                .write(move |tx| {
                    Box::pin(async move {
                        let before = tx.statements();
                        write_whole(tx, &row(id), Timing::default()).await?;
                        Ok((before, tx.statements()))
                    })
                })
                .await;
            counted.unwrap()
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        assert_eq!(task.await.unwrap(), (0, 4));
    }
});

both!(a_reader_sees_what_was_acknowledged_and_nothing_unfinished, |place| {
    let db = place.ready().await;
    let (finish, finished) = oneshot::channel::<()>();
    let begun = Arc::new(Notify::new());
    let writing = tokio::spawn({
        let (db, begun) = (db.clone(), begun.clone());
        async move {
            let done: Result<()> = db
                .write(move |tx| {
                    Box::pin(async move {
                        write_whole(tx, &row(1), Timing::default()).await?;
                        begun.notify_one();
                        finished.await.unwrap();
                        Ok(())
                    })
                })
                .await;
            done.unwrap();
        }
    });
    begun.notified().await;
    assert_eq!(is_whole(&db, 1).await, None);
    finish.send(()).unwrap();
    writing.await.unwrap();
    assert_eq!(is_whole(&db, 1).await, Some(true));
});

both!(a_full_house_is_told_at_once_and_what_waited_is_done, |place| {
    place.ready().await.close().await;
    let limits = Limits { connections: 1, waiting_writes: 3, patience: Duration::from_millis(300) };
    let db = place.open_within(limits).await;
    let (release, released) = oneshot::channel::<()>();
    let begun = Arc::new(Notify::new());
    let blocking = tokio::spawn({
        let (db, begun) = (db.clone(), begun.clone());
        async move {
            db.write::<(), Error, _>(move |_| {
                Box::pin(async move {
                    begun.notify_one();
                    released.await.unwrap();
                    Ok(())
                })
            })
            .await
        }
    });
    begun.notified().await;
    let tasks = (1..=20).map(|id| {
        let db = db.clone();
        tokio::spawn(async move { write(&db, id, false).await })
    });
    let tasks: Vec<_> = tasks.collect();
    tokio::time::sleep(Duration::from_millis(600)).await;
    release.send(()).unwrap();
    blocking.await.unwrap().unwrap();
    let mut busy = 0;
    for (id, task) in (1..).zip(tasks) {
        let told = task.await.unwrap();
        assert!(matches!(told, Ok(()) | Err(Error::Busy)), "{told:?}");
        busy += u32::from(told.is_err());
        assert_eq!(is_whole(&db, id).await, told.is_ok().then_some(true));
    }
    assert!(busy >= 17, "only {busy} of 20 were told that the system is busy");
    write(&db, 99, false).await.unwrap();
});
