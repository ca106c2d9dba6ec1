//! What supervisors see of offices.

use crate::people::{BONTANG, KALSEL, NATIONAL, PUPR, act, dispose, letter, national, officer, submit};
use app::{App, Error, Letter, OfficeRow, Order, QueueKind};
use domain::{Actor, AgencyId, Role};

const BANJARBARU: AgencyId = AgencyId(637_200);

fn supervisor() -> Actor {
    officer(Role::Supervisor, NATIONAL)
}

/// A report that an office has got.
async fn given(app: &App, letter: Letter, to: AgencyId) {
    let code = submit(app, letter).await.code;
    act(app, code, national(), dispose(to)).await.unwrap();
}

async fn row(app: &App, by: &Actor, office: AgencyId) -> OfficeRow {
    app.forget_figures();
    let found = app.overview(by, None, Order::Late).await.unwrap();
    found.rows.into_iter().find(|row| row.office == office).unwrap()
}

both!(an_overview_counts_what_stands_where_and_what_is_late, |house| {
    let app = &house.app;
    for n in 0..3 {
        given(app, letter(&format!("jalan {n}")), PUPR).await;
    }
    given(app, Letter { secret: true, ..letter("rahasia") }, PUPR).await;
    submit(app, letter("baru")).await;

    app.measure_lateness().await.unwrap();
    let kalsel = row(app, &supervisor(), KALSEL).await;
    assert_eq!((kalsel.open(), kalsel.late, kalsel.silent, kalsel.sealed), (3, 0, 0, None));
    house.later(24 * 20);
    app.measure_lateness().await.unwrap();
    let kalsel = row(app, &supervisor(), KALSEL).await;
    assert_eq!((kalsel.open(), kalsel.late, kalsel.silent), (3, 3, 3));
    assert_eq!(kalsel.sealed, None, "a supervisor is told of sealed reports");
    let national = row(app, &supervisor(), NATIONAL).await;
    assert_eq!((national.open(), national.unverified), (1, 1));
    let whole = officer(Role::NationalAdmin, NATIONAL);
    assert_eq!(row(app, &whole, KALSEL).await.sealed, Some((1, 1)));
});

both!(a_province_sees_the_figures_of_its_regencies_and_of_nobody_else, |house| {
    let app = &house.app;
    given(app, letter("banjarbaru"), BANJARBARU).await;
    given(app, Letter { secret: true, ..letter("rahasia") }, BANJARBARU).await;
    house.later(24 * 20);
    app.measure_lateness().await.unwrap();
    let province = officer(Role::AgencyAdmin, KALSEL);
    let found = app.overview(&province, None, Order::Name).await.unwrap();
    assert_eq!(found.rows.len(), 14, "the province and its thirteen regencies and cities");
    let regency = found.rows.iter().find(|row| row.office == BANJARBARU).unwrap();
    assert_eq!((regency.late, regency.sealed), (1, None));
    assert_eq!(found.rows.iter().find(|row| row.office == KALSEL).unwrap().sealed, Some((0, 0)));
    let listed = app.office_queue(&province, BANJARBARU, QueueKind::Late, None, 25).await.unwrap();
    assert_eq!(listed.rows.len(), 1, "the list behind a figure is cut by the policy");
    for stranger in [officer(Role::AgencyAdmin, BONTANG), officer(Role::Auditor, NATIONAL)] {
        let asked = app.office_queue(&stranger, BANJARBARU, QueueKind::Late, None, 25).await;
        assert!(matches!(asked, Err(Error::NotFound)), "{stranger:?}");
    }
    let unit = officer(Role::LiaisonOfficer, PUPR);
    assert!(matches!(app.overview(&unit, None, Order::Name).await, Err(Error::Denied)));
    assert!(matches!(app.overview(&province, Some(BONTANG), Order::Name).await, Err(Error::NotFound)));
});

both!(the_list_behind_a_figure_holds_as_many_reports_as_the_figure_says, |house| {
    let app = &house.app;
    for n in 0..7 {
        given(app, letter(&format!("jalan {n}")), PUPR).await;
        if n < 2 {
            house.later(24 * 15);
        }
    }
    app.measure_lateness().await.unwrap();
    let kalsel = row(app, &supervisor(), KALSEL).await;
    assert_eq!((kalsel.open(), kalsel.late), (7, 2));
    let mut seen = 0;
    let mut after = None;
    loop {
        let page = app.office_queue(&supervisor(), KALSEL, QueueKind::Open, after, 3).await.unwrap();
        seen += page.rows.len();
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, 7);
    let late = app.office_queue(&supervisor(), KALSEL, QueueKind::Late, None, 25).await.unwrap();
    assert_eq!((late.rows.len(), late.next), (2, None));
});

both!(a_queue_is_measured_every_ten_minutes, |house| {
    let app = &house.app;
    app.plan_nights().await.unwrap();
    given(app, letter("jalan"), PUPR).await;
    house.later(1);
    app.work().await.unwrap();
    let found = app.overview(&supervisor(), None, Order::Late).await.unwrap();
    assert_eq!(found.measured, Some(app.now()));
    let waiting = store::job::waiting(&mut app.db().read().await.unwrap(), app.now()).await.unwrap();
    assert_eq!(waiting, 0);
});
