//! A half year that is frozen stays as it was.

use crate::people::*;

use app::{Error, Freezing, demo, keys};
use domain::measure::Measure;
use domain::oversight::Semester;
use domain::ranking::{Band, League};
use domain::snapshot::Snapshot;
use domain::{Actor, Role};

fn half(name: &str) -> Semester {
    Semester::parse(name).unwrap()
}

both!(a_frozen_half_year_tells_the_same_figures_for_ever, |house| {
    let app = &house.app;
    demo::install(app).await.unwrap();
    let supervisor = officer(Role::Supervisor, NATIONAL);
    assert_eq!(app.freeze(&supervisor, half("2026-2")).await.unwrap(), Freezing::NotOver);
    assert_eq!(app.freeze(&supervisor, half("2021-1")).await.unwrap(), Freezing::Frozen);
    let frozen = app.snapshot(half("2021-1")).await.unwrap().unwrap();
    let of_kalsel = |snapshot: &Snapshot| {
        let done = snapshot.agency(KALSEL).unwrap().frozen.figure(Measure::Completion).unwrap();
        (done.numerator, done.denominator, done.hundredths)
    };
    assert_eq!(of_kalsel(&frozen), (522, 545, Some(9_578)));
    let places = frozen.ranking(Measure::Completion, League::Provinces, None);
    assert_eq!((places[0].office, places[0].band, places[0].rank), (KALSEL, Band::B, Some(1)));
    assert_eq!(app.freeze(&supervisor, half("2021-1")).await.unwrap(), Freezing::Was);

    // What happens later changes the figures of today, and no frozen one.
    let seals = app.snapshots().await.unwrap();
    let seal = seals.iter().find(|seal| seal.semester == "2021-1").unwrap();
    house.meddle("UPDATE report SET wake_at = 1 WHERE open AND stage = 'answered'").await;
    house.work().await;
    house.later(24 * 60);
    house.work().await;
    app.forget_figures();
    let text = app.snapshot_document(half("2021-1")).await.unwrap().unwrap();
    assert_eq!(of_kalsel(&serde_json::from_str(&text).unwrap()), (522, 545, Some(9_578)));
    assert!(keys::is_attested(&text, &seal.signature, &seal.signer));
    assert_eq!(keys::digest(&text), seal.digest);
    assert_eq!(app.wrong_snapshots().await.unwrap(), Vec::<String>::new());

    // The sums in it are those that the figures were read from: anyone adds up again.
    let read: Snapshot = serde_json::from_str(&text).unwrap();
    assert_eq!(&read, frozen.as_ref());
    let again = Snapshot::take(
        read.semester,
        read.as_of,
        domain::snapshot::Frozen::of(read.nation.sums.clone(), read.nation.before, read.as_of),
        read.agencies.clone(),
        read.provinces.clone(),
    );
    assert_eq!(again, read);
    let all: u64 = read.agencies.iter().map(|one| one.frozen.sums.reports()).sum();
    assert_eq!(all, read.nation.sums.reports());

    // A hand in the table is noticed.
    house.meddle("UPDATE snapshot SET document = REPLACE(document, '522', '544') WHERE semester = '2021-1'").await;
    assert_eq!(app.wrong_snapshots().await.unwrap(), ["2021-1"]);
});

both!(only_who_watches_over_the_country_freezes_a_half_year, |house| {
    let app = &house.app;
    for by in [Actor::Public, kalsel(), pupr(), officer(Role::Supervisor, KALSEL), officer(Role::Leader, NATIONAL)] {
        assert!(matches!(app.freeze(&by, half("2021-1")).await, Err(Error::Denied)), "{by:?}");
    }
    assert_eq!(app.freeze(&national(), half("2021-1")).await.unwrap(), Freezing::Empty);
    assert_eq!(app.snapshot(half("2021-1")).await.unwrap(), None);
});
