//! Writes on SQLite share a commit, also when that fails.

use crate::fixture::{is_whole, row, write_whole};
use crate::world::{self, Place};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use store::report::Timing;
use store::{Db, Engine, Error, Result, reference};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;

/// Holds the writer until told to go on, so that the writes queued meanwhile form one group.
async fn hold(db: &Db) -> (oneshot::Sender<()>, JoinHandle<Result<()>>) {
    let (release, released) = oneshot::channel::<()>();
    let begun = Arc::new(Notify::new());
    let held = tokio::spawn({
        let (db, begun) = (db.clone(), begun.clone());
        async move {
            db.write(move |_| {
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
    (release, held)
}

/// Queues one write of a report and a setting.
fn queue(db: &Db, id: i64, setting: &'static str) -> JoinHandle<Result<()>> {
    let db = db.clone();
    tokio::spawn(async move {
        db.write(move |tx| {
            Box::pin(async move {
                write_whole(tx, &row(id), Timing::default()).await?;
                reference::put_setting(tx, setting, "x").await
            })
        })
        .await
    })
}

/// Waits until so many writes wait behind the one that holds the writer.
async fn all_queued(db: &Db, writes: usize) {
    while db.waiting() < writes {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // Longer than a group stays open for others, so that the one that holds the writer is alone in it.
    tokio::time::sleep(Duration::from_millis(50)).await;
}

/// Commits in a write-ahead log: frames that carry the size of the database (sqlite.org/fileformat2.html, 4.1).
fn commits(log: &Path) -> usize {
    let bytes = std::fs::read(log).unwrap();
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    let frame = 24 + number(8) as usize;
    (32..bytes.len()).step_by(frame).filter(|at| at + frame <= bytes.len() && number(at + 4) != 0).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writes_that_wait_share_a_commit() {
    world::on(Engine::Sqlite, |place| async move {
        let db = place.ready().await;
        let before = commits(&place.file("-wal"));
        let (release, held) = hold(&db).await;
        let writes: Vec<_> = (1..=200).map(|id| queue(&db, id, "shared")).collect();
        all_queued(&db, 200).await;
        release.send(()).unwrap();
        held.await.unwrap().unwrap();
        for write in writes {
            write.await.unwrap().unwrap();
        }
        let made = commits(&place.file("-wal")) - before;
        assert!(made <= 100, "200 writes took {made} commits");
    })
    .await;
}

/// A commit that fails: a deferred foreign key is checked at its end.
const POISON: &str = "CREATE TABLE parent (id INTEGER PRIMARY KEY); \
    CREATE TABLE child (parent INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED); \
    CREATE TRIGGER poison AFTER INSERT ON setting WHEN new.name = 'poison' BEGIN INSERT INTO child VALUES (7); END;";

/// A statement that makes the engine give up the whole transaction, as a full disk does.
const ABORT: &str = "CREATE TRIGGER abort AFTER INSERT ON setting WHEN new.name = 'abort' \
    BEGIN SELECT RAISE(ROLLBACK, 'disk full'); END;";

/// Twenty writes from an id on, the eleventh of them bad. Returns how many were undone.
async fn twenty(db: &Db, first: i64, setting: &'static str) -> u32 {
    let (release, held) = hold(db).await;
    let bad = first + 10;
    let ids = first..first + 20;
    let writes: Vec<_> = ids.clone().map(|id| queue(db, id, if id == bad { setting } else { "fine" })).collect();
    all_queued(db, 20).await;
    release.send(()).unwrap();
    held.await.unwrap().unwrap();
    let mut undone = 0;
    for (id, write) in ids.zip(writes) {
        let told = write.await.unwrap();
        assert!(matches!(told, Ok(()) | Err(Error::Engine(_))), "{told:?}");
        assert_eq!(is_whole(db, id).await, told.is_ok().then_some(true), "{id} was told {told:?}");
        assert!(id != bad || told.is_err());
        undone += u32::from(told.is_err());
    }
    undone
}

/// Twenty writes that wait together, one of them bad: whoever shares its group is told so and undone. A group stays open for a
/// moment only, so on a busy machine the bad one may be alone; then the next twenty tell.
async fn one_bad_write_among_twenty(place: Place, trigger: &str, setting: &'static str) {
    let db = place.ready().await;
    place.meddle(trigger).await;
    let mut shared = false;
    for first in (100..).step_by(20).take(10) {
        shared = shared || twenty(&db, first, setting).await > 1;
    }
    assert!(shared, "no other write shared the group of a bad one");
    queue(&db, 99, "fine").await.unwrap().unwrap();
    db.close().await;
    let db = place.open().await;
    assert_eq!(is_whole(&db, 99).await, Some(true));
    assert_eq!(is_whole(&db, 110).await, None);
    let settings = place.peek("SELECT name, value FROM setting").await;
    assert_eq!(settings, [("fine".to_owned(), "x".to_owned())]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_that_fails_is_told_to_every_write_in_it() {
    world::on(Engine::Sqlite, |place| one_bad_write_among_twenty(place, POISON, "poison")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_that_the_engine_gives_up_is_told_to_every_write_in_it() {
    world::on(Engine::Sqlite, |place| one_bad_write_among_twenty(place, ABORT, "abort")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_keeps_its_own_words_when_the_commit_fails() {
    world::on(Engine::Sqlite, |place| async move {
        let db = place.ready().await;
        place.meddle(POISON).await;
        let (release, held) = hold(&db).await;
        let refused = tokio::spawn({
            let db = db.clone();
            async move {
                let told: Result<()> = db.write(|_| Box::pin(async { Err(Error::Config("not allowed".into())) })).await;
                told
            }
        });
        let poison = queue(&db, 1, "poison");
        all_queued(&db, 2).await;
        release.send(()).unwrap();
        held.await.unwrap().unwrap();
        assert!(poison.await.unwrap().is_err());
        assert!(matches!(refused.await.unwrap(), Err(Error::Config(said)) if said == "not allowed"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_own_failed_commit_is_told_on_postgres_too() {
    world::on(Engine::Postgres, |place| async move {
        let db = place.ready().await;
        place
            .meddle(
                "CREATE TABLE parent (id bigint PRIMARY KEY); \
                CREATE TABLE child (parent bigint REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED); \
                CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS \
                $$ BEGIN INSERT INTO child VALUES (7); RETURN NULL; END $$; \
                CREATE TRIGGER poison AFTER INSERT ON setting FOR EACH ROW WHEN (new.name = 'poison') \
                EXECUTE FUNCTION poison();",
            )
            .await;
        assert!(matches!(queue(&db, 1, "poison").await.unwrap(), Err(Error::Engine(_))));
        queue(&db, 2, "fine").await.unwrap().unwrap();
        assert_eq!(is_whole(&db, 1).await, None);
        assert_eq!(is_whole(&db, 2).await, Some(true));
    })
    .await;
}
