//! The list behind a figure as a file: step by step, for whoever asked, and nothing in it that is not theirs to read.

use crate::people::*;
use crate::world::House;

use app::transfer::{COLUMNS, Explained, Way};
use app::{App, Error, ExtractState, FigureList, MOST_EXTRACTS};
use domain::measure::{Cut, Measure, Part};
use domain::{Actor, AgencyId, Role, UserId};
use jiff::civil::date;
use store::access;

const SECRET: &str = "Kepala gudang menjual bantuan, dan saya saksinya.";

fn received(office: Option<AgencyId>) -> FigureList {
    let cut = Cut { office, ..Cut::of(date(2026, 11, 1), date(2026, 11, 30)) };
    FigureList { measure: Measure::Received, part: Part::Denominator, cut, as_of: None }
}

async fn seated(app: &App, login: &str, role: Role, agency: AgencyId) -> Actor {
    let new = app::NewOfficer {
        login: login.into(),
        name: login.into(),
        password: "sandi-yang-panjang".into(),
        role,
        agency,
    };
    Actor::Officer { user: app.add_officer(new).await.unwrap(), role, agency }
}

/// Works until an extract has ended; how many steps were seen on the way.
async fn end(house: &House, by: &Actor, id: i64) -> (ExtractState, Vec<u64>) {
    let mut seen = Vec::new();
    loop {
        let row = house.app.extract(by, id).await.unwrap().row;
        seen.push(row.looked_at);
        if row.ended_at.is_some() {
            return (row.state, seen);
        }
        house.app.work().await.unwrap();
    }
}

async fn lines(app: &App, by: &Actor, id: i64) -> Vec<channel::sp4n::Row> {
    let bytes = app.extract_file(by, id, Way::Csv).await.unwrap();
    channel::sp4n::read_csv(std::io::Cursor::new(bytes)).map(|row| row.unwrap().1).collect()
}

both!(a_long_list_is_written_in_steps_and_each_report_once, |house| {
    let app = &house.app;
    let kalsel = seated(app, "kalsel.daftar", Role::AgencyAdmin, KALSEL).await;
    for n in 0..230 {
        with_pupr(app, letter(&format!("jalan {n}"))).await;
    }
    app.fold_all_measures().await.unwrap();
    let id = app.ask_extract(&kalsel, &received(Some(KALSEL)), "kunci").await.unwrap();
    assert_eq!(app.ask_extract(&kalsel, &received(Some(KALSEL)), "kunci").await.unwrap(), id, "asked once");
    let (state, seen) = end(&house, &kalsel, id).await;
    assert_eq!((state, seen.contains(&100), seen.last()), (ExtractState::Done, true, Some(&230)));
    let mut numbers: Vec<String> = lines(app, &kalsel, id).await.into_iter().map(|line| line.tracking_id).collect();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 230);
    let explained = Explained { name: "Penjelasan".into(), columns: vec!["Nomor laporan".into(); COLUMNS.len()] };
    let book = app.extract_file(&kalsel, id, Way::Sheet(explained)).await.unwrap();
    let file = house.file("laporan.xlsx");
    std::fs::write(&file, book).unwrap();
    let again: Vec<_> = channel::sp4n::read_xlsx(&file).map(|row| row.unwrap().1.tracking_id).collect();
    assert_eq!(again.len(), 230, "the sheet of explanations is in nobody's way");
    let left: Vec<_> = std::fs::read_dir(house.file("files"))
        .unwrap()
        .filter_map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            name.starts_with("selection-").then_some(name)
        })
        .collect();
    assert!(left.is_empty(), "nothing is left beside: {left:?}");
});

both!(what_a_seat_may_not_read_is_in_no_file_and_looks_are_recorded, |house| {
    let app = &house.app;
    let open = with_pupr(app, letter("terbuka")).await;
    let sealed = submit(app, app::Letter { secret: true, body: body(SECRET), ..letter("rahasia") }).await.code;
    act(app, sealed, national(), dispose(KALSEL)).await.unwrap();
    act(app, sealed, kalsel(), dispose(PUPR)).await.unwrap();
    app.fold_all_measures().await.unwrap();
    let pusat = seated(app, "pusat.daftar", Role::NationalAdmin, NATIONAL).await;
    let bina = seated(app, "bina.daftar", Role::Supervisor, NATIONAL).await;
    let file = async |by: &Actor, key: &str| {
        let id = app.ask_extract(by, &received(None), key).await.unwrap();
        assert_eq!(end(&house, by, id).await.0, ExtractState::Done);
        (id, lines(app, by, id).await)
    };
    let (own, all) = file(&pusat, "satu").await;
    assert_eq!(all.len(), 2);
    assert!(all.iter().any(|line| line.edited_body == SECRET));
    let (_, seen) = file(&bina, "dua").await;
    let told: Vec<&str> = seen.iter().map(|line| line.tracking_id.as_str()).collect();
    assert_eq!(told, [open.to_string()]);
    assert!(matches!(app.extract(&bina, own).await, Err(Error::NotFound)), "it is for nobody else");
    assert!(matches!(app.extract_file(&bina, own, Way::Csv).await, Err(Error::NotFound)));
    assert!(matches!(app.ask_extract(&Actor::Public, &received(None), "tiga").await, Err(Error::Denied)));
    let report = row(app, sealed).await.report.id;
    let looks = access::list(&mut app.db().read().await.unwrap(), report).await.unwrap();
    let Actor::Officer { user, .. } = pusat else { unreachable!() };
    let looked: Vec<UserId> = looks.into_iter().filter(|look| look.what == "sealed").map(|look| look.officer).collect();
    assert_eq!(looked, [user]);
});

both!(an_officer_keeps_a_few_extracts_for_a_week, |house| {
    let app = &house.app;
    with_pupr(app, letter("satu")).await;
    app.fold_all_measures().await.unwrap();
    let kalsel = seated(app, "kalsel.daftar", Role::AgencyAdmin, KALSEL).await;
    let mut ids = Vec::new();
    for n in 0..=MOST_EXTRACTS {
        house.later(1);
        ids.push(app.ask_extract(&kalsel, &received(None), &format!("kunci {n}")).await.unwrap());
    }
    let kept: Vec<i64> = app.extracts(&kalsel).await.unwrap().into_iter().rev().map(|view| view.row.id).collect();
    assert_eq!(kept, ids[1..]);
    // One that was taken away while it waited does no harm to the others.
    app.drop_extract(&kalsel, ids[1]).await.unwrap();
    assert_eq!(end(&house, &kalsel, ids[2]).await.0, ExtractState::Done);
    house.later(24 * 8);
    app.sweep_letters().await.unwrap();
    assert_eq!(app.extracts(&kalsel).await.unwrap(), []);
});

both!(who_lost_the_account_is_given_nothing_more, |house| {
    let app = &house.app;
    with_pupr(app, letter("satu")).await;
    app.fold_all_measures().await.unwrap();
    let kalsel = seated(app, "kalsel.daftar", Role::AgencyAdmin, KALSEL).await;
    let id = app.ask_extract(&kalsel, &received(None), "kunci").await.unwrap();
    house.meddle("UPDATE officer SET active = FALSE WHERE login = 'kalsel.daftar'").await;
    assert_eq!(end(&house, &kalsel, id).await.0, ExtractState::Denied);
    assert!(matches!(app.extract_file(&kalsel, id, Way::Csv).await, Err(Error::NotFound)));
});
