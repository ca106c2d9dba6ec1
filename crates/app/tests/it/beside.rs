//! Several processes on one database do the same work: everything is done, and nothing twice.

use crate::people::*;
use app::Filter;
use domain::Code;

both!(two_schedulers_do_everything_once, |house| {
    let other = house.beside().await;
    let mut late: Vec<Code> = Vec::new();
    for n in 0..30 {
        late.push(submit(&house.app, letter(&format!("late-{n}"))).await.code);
    }
    let mut public: Vec<Code> = Vec::new();
    for n in 0..10 {
        public.push(with_pupr(&house.app, letter(&format!("public-{n}"))).await);
    }
    house.at("2026-11-11T00:00:00Z");
    let workers = [house.app.clone(), other.clone(), house.app.clone(), other.clone()].map(|app| {
        tokio::spawn(async move {
            for _ in 0..12 {
                app.work().await.unwrap();
            }
        })
    });
    for worker in workers {
        worker.await.unwrap();
    }
    house.work().await;
    for code in late {
        assert_eq!(story(&house.app, code).await, ["submitted", "reminded"]);
        assert_eq!(told(&house.app, NATIONAL, code).await, ["reminded"]);
    }
    let found = other.browse(&Filter { q: "pasar".into(), ..Filter::default() }, None, 50).await.unwrap();
    assert_eq!(found.rows.len(), public.len());
    assert_eq!(house.app.wrong_counters().await.unwrap(), []);
    let waiting = store::job::waiting(&mut other.db().read().await.unwrap(), other.now()).await.unwrap();
    assert_eq!(waiting, 0);
    other.db().close().await;
});

both!(a_job_whose_process_died_is_taken_over, |house| {
    let code = with_pupr(&house.app, letter("orphan")).await;
    let now = house.app.now();
    let until = now + jiff::SignedDuration::from_mins(2);
    let claim =
        house.app.db().write(move |tx| Box::pin(async move { store::job::claim(tx, "dead", now, until, 50).await }));
    let claimed = claim.await.unwrap();
    assert!(!claimed.is_empty());
    house.work().await;
    let pasar = Filter { q: "pasar".into(), ..Filter::default() };
    assert!(house.app.browse(&pasar, None, 10).await.unwrap().rows.is_empty());
    house.clock.set(until + jiff::SignedDuration::from_secs(1));
    house.work().await;
    assert_eq!(house.app.browse(&pasar, None, 10).await.unwrap().rows[0].listed.row.code, code);
});

both!(two_officers_in_two_processes_do_not_overwrite_each_other, |house| {
    let other = house.beside().await;
    let code = with_pupr(&house.app, letter("race")).await;
    let seen = row(&house.app, code).await.report.seq;
    let tries = [house.app.clone(), other.clone()].map(|app| {
        let act = app::Act { seen: Some(seen), ..app::Act::new(pupr(), answer("Kami periksa di lapangan.")) };
        tokio::spawn(async move { app.act(code, act).await })
    });
    let mut done = 0;
    for tried in tries {
        match tried.await.unwrap() {
            Ok(_) => done += 1,
            Err(app::Error::Conflict(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(done, 1);
    assert_eq!(story(&house.app, code).await, ["submitted", "disposed", "disposed", "answered"]);
    other.db().close().await;
});
