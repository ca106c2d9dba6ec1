//! Jobs take effect once, and those that come every night go on coming.

use crate::people::*;
use crate::world::House;
use app::{App, Error, Filter, jobs};
use jiff::SignedDuration;
use std::time::Duration;
use store::job;
use tokio::sync::oneshot;

async fn found(app: &App) -> usize {
    let pasar = Filter { q: "pasar".into(), ..Filter::default() };
    app.browse(&pasar, None, 10).await.unwrap().rows.len()
}

/// Jobs that are due in so many hours.
async fn due_in(house: &House, hours: i64) -> i64 {
    let at = house.app.now() + SignedDuration::from_hours(hours);
    job::waiting(&mut house.app.db().read().await.unwrap(), at).await.unwrap()
}

both!(a_job_that_somebody_else_has_by_now_is_without_effect, |house| {
    with_pupr(&house.app, letter("late")).await;
    let now = house.app.now();
    let until = now + SignedDuration::from_mins(2);
    let claiming =
        house.app.db().write(move |tx| Box::pin(async move { job::claim(tx, "other", now, until, 9).await }));
    let claimed = claiming.await.unwrap();
    assert!(!claimed.is_empty());
    jobs::run(&house.app, claimed).await.unwrap();
    assert_eq!(found(&house.app).await, 0);
    house.later(1);
    house.work().await;
    assert_eq!(found(&house.app).await, 1);
});

both!(a_night_is_planned_once, |house| {
    let other = house.beside().await;
    for app in [&house.app, &other, &house.app] {
        app.plan_nights().await.unwrap();
    }
    let planned = "counters, files, letters, offices, warnings, open data, and what is late meanwhile";
    assert_eq!(due_in(&house, 48).await, 7, "{planned}");
    other.db().close().await;
});

both!(a_night_that_cannot_be_planned_is_told, |house| {
    house.meddle("DROP TABLE job").await;
    assert!(matches!(house.app.plan_nights().await, Err(Error::Broken(_))));
});

both!(a_night_that_fails_is_made_up_for_and_followed_by_the_next, |house| {
    house.app.plan_nights().await.unwrap();
    house.meddle("INSERT INTO counter (agency, stage, sealed, slot, n) VALUES (1, 'nonsense', FALSE, 0, 7)").await;
    house.at("2026-11-09T19:00:00Z");
    house.work().await;
    assert_eq!((due_in(&house, 0).await, due_in(&house, 1).await), (0, 3), "a failed check was given up");
    house.meddle("DELETE FROM counter WHERE stage = 'nonsense'").await;
    house.later(1);
    house.work().await;
    assert_eq!((due_in(&house, 1).await, due_in(&house, 48).await), (2, 7), "the next night is not planned");
});

both!(counters_are_checked_while_somebody_writes, |house| {
    let (finish, finished) = oneshot::channel::<()>();
    let (begun, has_begun) = oneshot::channel::<()>();
    let db = house.app.db().clone();
    let writing = tokio::spawn(async move {
        let write = db.write::<(), store::Error, _>(move |_| {
            Box::pin(async move {
                begun.send(()).unwrap();
                finished.await.unwrap();
                Ok(())
            })
        });
        write.await.unwrap();
    });
    has_begun.await.unwrap();
    let checked = tokio::time::timeout(Duration::from_secs(10), house.app.wrong_counters()).await;
    finish.send(()).unwrap();
    writing.await.unwrap();
    assert_eq!(checked.expect("the check waits for a writer").unwrap(), []);
});

both!(a_file_that_belongs_to_nothing_is_swept_and_all_others_stay, |house| {
    let keep = async |pixel: u8| {
        let mut incoming = house.app.receive().await.unwrap();
        incoming.push(&picture(pixel)).await.unwrap();
        house.app.keep(incoming, "lubang.png").await.unwrap()
    };
    let mut sent = letter("file");
    sent.uploads = vec![keep(1).await];
    let orphan = keep(2).await;
    let code = submit(&house.app, sent).await.code;
    let mut broken_off = house.app.receive().await.unwrap();
    broken_off.push(b"setengah jalan").await.unwrap();
    std::mem::forget(broken_off);

    let now = jiff::Timestamp::now();
    let sweep = async |from_now: i64| house.app.sweep_files(now + SignedDuration::from_mins(from_now)).await.unwrap();
    assert_eq!(sweep(-60).await, 0, "new files were swept");
    assert_eq!(sweep(1).await, 2);
    let view = house.app.view(code, &domain::Actor::Reporter).await.unwrap();
    let file = view.attachments[0].id;
    let (_, path) = house.app.attachment(code, file, &domain::Actor::Reporter).await.unwrap();
    assert!(path.exists());
    assert!(!house.file("files").join(app::media::place(&orphan.hash).unwrap()).exists());
});

/// A picture of one pixel.
fn picture(pixel: u8) -> Vec<u8> {
    let mut png = std::io::Cursor::new(Vec::new());
    image::GrayImage::from_pixel(1, 1, image::Luma([pixel])).write_to(&mut png, image::ImageFormat::Png).unwrap();
    png.into_inner()
}
