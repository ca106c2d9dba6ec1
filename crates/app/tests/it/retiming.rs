//! A new edition of the calendar moves the deadlines and the alarms of what is open.

use crate::people::*;
use crate::world::House;
use app::seed::seed;
use domain::deadline::{Holiday, HolidayKind};
use domain::{ReportId, due};
use jiff::civil::date;
use std::collections::BTreeMap;
use store::report::{self, Timing};
use store::{job, reference};

async fn timings(house: &House) -> BTreeMap<ReportId, Timing> {
    let mut tx = house.app.db().read().await.unwrap();
    let open = report::list_open(&mut tx, ReportId(0), 100_000).await.unwrap();
    open.into_iter().map(|(id, found)| (id, found.unwrap().1)).collect()
}

/// More reports than are looked at in one job.
async fn crowd(house: &House) {
    let lanes = (0..8).map(|lane| {
        let app = house.app.clone();
        tokio::spawn(async move {
            for n in 0..64 {
                submit(&app, letter(&format!("crowd-{lane}-{n}"))).await;
            }
        })
    });
    for lane in lanes.collect::<Vec<_>>() {
        lane.await.unwrap();
    }
}

/// Decrees a day of leave on a Wednesday, in an edition that the next process replaces by its own.
async fn decree(house: &House) {
    let holiday = Holiday {
        date: date(2026, 11, 11),
        kind: HolidayKind::CollectiveLeave,
        name_id: "Cuti bersama contoh".into(),
        name_en: "Sample leave".into(),
        decree: "SKB contoh".into(),
        effective_from: date(2026, 11, 1),
        revoked_on: None,
        revoked_by: None,
    };
    let written = house.app.db().write::<(), store::Error, _>(move |tx| {
        Box::pin(async move {
            reference::put_holiday(tx, &holiday).await?;
            reference::put_setting(tx, "reference", "an edition before this one").await
        })
    });
    written.await.unwrap();
    house.beside().await.db().close().await;
    house.app.reload_reference().await.unwrap();
}

both!(a_new_holiday_moves_deadline_and_alarm_of_what_is_open, |house| {
    let code = submit(&house.app, letter("moved")).await.code;
    let id = row(&house.app, code).await.report.id;
    let before = timings(&house).await[&id];
    assert_eq!(before.due_at.unwrap().to_string(), "2026-11-12T15:59:59Z");
    decree(&house).await;
    assert_eq!(timings(&house).await[&id], before);
    house.work().await;
    let after = timings(&house).await[&id];
    assert_eq!(after.due_at.unwrap().to_string(), "2026-11-13T15:59:59Z");
    assert!(after.wake_at > before.wake_at, "{after:?}");
    assert_eq!(story(&house.app, code).await, ["submitted"]);
});

both!(every_open_report_is_timed_anew_and_those_that_lie_still_go_on_lying_still, |house| {
    seed(&house.app, 300, 7, |_| ()).await.unwrap();
    crowd(&house).await;
    house.work().await;
    house.meddle("UPDATE report SET wake_at = NULL WHERE id % 5 = 0").await;
    let before = timings(&house).await;
    assert!(before.len() > 512, "{} reports may be one batch", before.len());
    decree(&house).await;
    house.work().await;
    let rules = &house.app.reference().rules;
    let now = house.app.now();
    let after = timings(&house).await;
    let mut tx = house.app.db().read().await.unwrap();
    let mut moved = 0;
    for (id, timing) in &after {
        let report = report::load(&mut tx, *id).await.unwrap().unwrap().report;
        let alarm = before[id].wake_at.and_then(|_| due::next(rules, &report, now)).map(|(at, _)| at);
        let wanted = Timing { due_at: due::obligation(rules, &report, now).map(|clock| clock.due), wake_at: alarm };
        assert_eq!(*timing, wanted, "{report:?}");
        moved += usize::from(*timing != before[id]);
    }
    assert!(moved > 512, "only {moved} reports were moved");
});

both!(a_new_house_has_nothing_to_time_anew, |house| {
    let waiting = job::waiting(&mut house.app.db().read().await.unwrap(), house.app.now()).await.unwrap();
    assert_eq!(waiting, 0);
});
