//! What several processes on one database hear of each other's changes.

use crate::world::{self, Place};
use std::time::Duration;
use store::{Audience, Db, Engine, Result, reference};

/// Long enough for a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

async fn write(db: &Db, audience: Audience) {
    let written: Result<()> =
        db.write_for(audience, |tx| Box::pin(async move { reference::put_setting(tx, "heard", "x").await })).await;
    written.unwrap();
}

async fn until(what: &str, mut is: impl FnMut() -> bool) {
    let waiting = async {
        while !is() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    assert!(tokio::time::timeout(PATIENCE, waiting).await.is_ok(), "{what}");
}

both!(a_change_is_counted_before_its_writer_goes_on, |place| {
    let db = place.ready().await;
    let before = db.changes(Audience::Everybody);
    write(&db, Audience::Nobody).await;
    write(&db, Audience::Officers).await;
    assert_eq!(db.changes(Audience::Everybody), before);
    write(&db, Audience::Everybody).await;
    assert_eq!(db.changes(Audience::Everybody), before + 1);
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_embedded_database_is_served_by_one_process() {
    world::on(Engine::Sqlite, |place: Place| async move {
        let db = place.ready().await;
        db.listen("here");
        assert!(db.hears_others());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_hears_what_another_changes_for_everybody() {
    world::on(Engine::Postgres, |place: Place| async move {
        let (here, there) = (place.ready().await, place.open().await);
        assert!(!here.hears_others(), "it does not listen yet");
        here.listen("here");
        until("it never hears anything", || here.hears_others()).await;
        let before = here.changes(Audience::Everybody);
        write(&there, Audience::Nobody).await;
        write(&here, Audience::Everybody).await;
        assert_eq!(here.changes(Audience::Everybody), before + 1);
        write(&there, Audience::Everybody).await;
        until("the other's change is not heard", || here.changes(Audience::Everybody) == before + 2).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(here.changes(Audience::Everybody), before + 2, "its own change, or one for nobody, was heard too");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_whose_line_falls_says_so_and_hears_again() {
    world::on(Engine::Postgres, |place: Place| async move {
        let here = place.ready().await;
        here.listen("here");
        until("it never hears anything", || here.hears_others()).await;
        let before = here.changes(Audience::Everybody);
        let ears = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
            WHERE datname = current_database() AND query ILIKE 'LISTEN%'";
        place.meddle(ears).await;
        until("it trusts a line that fell", || !here.hears_others()).await;
        until("it does not listen again", || here.hears_others()).await;
        assert!(here.changes(Audience::Everybody) > before, "what was missed meanwhile is not read anew");
    })
    .await;
}
