//! The tree of offices, changed while the system runs.

use crate::people::*;
use app::{App, Conflict, Error};
use domain::agency::{Agency, AgencyFault, AgencyKind, Connection};
use domain::{AgencyId, Role};
use jiff::civil::date;

fn office(app: &App, id: AgencyId) -> Agency {
    app.reference().rules.agencies.get(id).unwrap().clone()
}

fn new(app: &App, parent: AgencyId) -> Agency {
    Agency {
        id: AgencyId(0),
        parent: Some(parent),
        name: "UPT Jalan Wilayah I".into(),
        short: "UPT Jalan I".into(),
        aliases: vec![],
        ..office(app, PUPR)
    }
}

both!(an_admin_adds_and_changes_what_stands_below_and_nothing_else, |house| {
    let app = &house.app;
    let made = app.put_office(&kalsel(), new(app, PUPR), 0, "k").await.unwrap().unwrap();
    let again = app.put_office(&kalsel(), new(app, PUPR), 0, "k").await.unwrap().unwrap();
    assert_eq!((made.id, made.edition), (again.id, 1), "the same key made two offices");
    assert_eq!(app.reference().rules.agencies.root_of(made.id), KALSEL);
    let renamed = Agency { short: "UPT Satu".into(), connection: Connection::Full, ..made.clone() };
    let renamed = app.put_office(&kalsel(), renamed, 1, "l").await.unwrap().unwrap();
    assert_eq!((renamed.edition, renamed.connection), (2, Connection::Semi), "an agency connects itself");
    let stale = app.put_office(&kalsel(), Agency { short: "UPT Dua".into(), ..made.clone() }, 1, "m").await;
    assert!(matches!(stale, Err(Error::Conflict(Conflict::Stale { seq: 2 }))));
    for by in [pupr(), officer(Role::Leader, KALSEL), officer(Role::AgencyAdmin, BONTANG)] {
        assert!(matches!(
            app.put_office(&by, Agency { short: "X".into(), ..made.clone() }, 2, "n").await,
            Err(Error::Denied)
        ));
    }
    let own = Agency { short: "Kalsel".into(), ..office(app, KALSEL) };
    assert!(
        matches!(app.put_office(&kalsel(), own, 0, "o").await, Err(Error::Denied)),
        "an admin renames the own agency"
    );
    let away = Agency { parent: Some(BONTANG), ..renamed };
    assert!(matches!(app.put_office(&kalsel(), away, 2, "p").await, Err(Error::Denied)));
});

both!(an_office_with_open_reports_is_neither_closed_nor_moved_to_another_agency, |house| {
    let app = &house.app;
    let code = with_pupr(app, letter("one")).await;
    let closed = || Agency { active_to: Some(date(2026, 11, 8)), ..office(app, PUPR) };
    let away = Agency { parent: Some(BONTANG), ..office(app, PUPR) };
    for change in [closed(), away] {
        assert_eq!(app.put_office(&national(), change, 0, "k").await.unwrap(), Err(vec![AgencyFault::OpenReports]));
    }
    let below = Agency { parent: Some(DISHUB), ..office(app, PUPR) };
    let moved = app.put_office(&national(), below, 0, "l").await.unwrap().unwrap();
    assert_eq!((moved.parent, row(app, code).await.root), (Some(DISHUB), KALSEL));
    act(app, code, kalsel(), dispose(DISHUB)).await.unwrap();
    app.put_office(&national(), closed(), 1, "m").await.unwrap().unwrap();
    let told = act(app, code, kalsel(), dispose(PUPR)).await;
    assert!(told.is_err(), "a closed office still gets reports");
});

both!(every_process_and_a_later_start_know_the_new_tree_and_who_verifies, |house| {
    let app = &house.app;
    let beside = house.beside().await;
    let full = Agency { connection: Connection::Full, ..office(app, AgencyId(637_200)) };
    app.put_office(&national(), full, 0, "k").await.unwrap().unwrap();
    beside.work().await.unwrap();
    let code = submit(&beside, letter("full")).await.code;
    assert_eq!(row(app, code).await.report.holder, AgencyId(637_200), "the city does not verify by itself");
    let central = Agency { connection: Connection::Central, ..office(app, KALSEL) };
    app.put_office(&national(), central, 0, "l").await.unwrap().unwrap();
    let code = submit(app, app::Letter { agency: Some(KALSEL), ..letter("central") }).await.code;
    assert_eq!(row(app, code).await.report.holder, NATIONAL);
    house.meddle("UPDATE setting SET value = 'old' WHERE name = 'reference'").await;
    let restarted = house.beside().await;
    assert_eq!(office(&restarted, KALSEL).connection, Connection::Central, "a new edition undid what was edited");
    assert_eq!(office(&restarted, PUPR).kind, AgencyKind::Unit);
});
