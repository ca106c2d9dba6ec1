//! The same question finds the same reports on both engines.

use crate::fixture::{after, at, dispose, hide, put, row};
use domain::ReportId;
use store::report::{Row, Timing};
use store::{Db, Result, report, search};

fn terms(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

async fn index(db: &Db, id: i64, text: &str) {
    let terms = terms(text);
    let done: Result<()> =
        db.write(move |tx| Box::pin(async move { search::index(tx, ReportId(id), &terms).await })).await;
    done.unwrap();
}

async fn hits(db: &Db, query: &str) -> Vec<i64> {
    let mut tx = db.read().await.unwrap();
    let found = search::find(&mut tx, &terms(query), ReportId(i64::MAX), 50, &[]).await.unwrap();
    found.iter().map(|listed| listed.row.report.id.0).collect()
}

async fn public(db: &Db, id: i64, text: &str) {
    put(db, after(row(id), &[dispose(7)]), Timing { due_at: Some(at(0)), wake_at: None }).await;
    index(db, id, text).await;
}

both!(one_of_each_group_is_enough, |place| {
    let db = place.ready().await;
    public(&db, 1, "a_63 c_8 s_done u_20261109").await;
    public(&db, 2, "a_63 c_4 s_waiting u_20261109 u_20261110").await;
    public(&db, 3, "a_62 c_8 s_waiting u_20261110").await;
    let mut tx = db.read().await.unwrap();
    let table: [(&str, &[&str], &[i64]); 6] = [
        ("", &["c_8 c_4"], &[3, 2, 1]),
        ("a_63", &["c_8 c_4", "s_done"], &[1]),
        ("a_63", &["", "u_20261110 u_20261111"], &[2]),
        ("", &["u_20261109 u_20261110", "c_8", "s_waiting s_process"], &[3]),
        ("a_61", &["c_8"], &[]),
        ("", &[""], &[]),
    ];
    for (all, groups, expected) in table {
        let groups: Vec<Vec<String>> = groups.iter().map(|group| terms(group)).collect();
        let found = search::find_within(&mut tx, &terms(all), &groups, ReportId(i64::MAX), 50).await.unwrap();
        assert_eq!(found.iter().map(|listed| listed.row.report.id.0).collect::<Vec<_>>(), expected, "{all} {groups:?}");
    }
});

both!(a_query_finds_the_reports_that_hold_all_its_terms, |place| {
    let db = place.ready().await;
    public(&db, 1, "jalan rusak banjarbaru r_63 r_6372 k_complaint s_closed_by_officer").await;
    public(&db, 2, "lampu jalan padam r_63 r_6371 k_complaint s_disposed").await;
    public(&db, 3, "air keruh pdam 2026 r_62 k_information_request s_disposed").await;
    public(&db, 4, "jalanan and or not near rusak rusak rusak r_63 k_aspiration").await;
    public(&db, 5, "").await;
    let table: [(&str, &[i64]); 16] = [
        ("jalan", &[2, 1]),
        ("jalan rusak", &[1]),
        ("rusak jalan", &[1]),
        ("rusak", &[4, 1]),
        ("r_63", &[4, 2, 1]),
        ("r_63 jalan", &[2, 1]),
        ("r_6372", &[1]),
        ("s_disposed r_63", &[2]),
        ("k_information_request", &[3]),
        ("s_closed_by_officer", &[1]),
        ("closed", &[]),
        ("63", &[]),
        ("2026", &[3]),
        ("and or not near", &[4]),
        ("jal", &[]),
        ("tidakada", &[]),
    ];
    for (query, wanted) in table {
        assert_eq!(hits(&db, query).await, wanted, "{query:?}");
    }
});

both!(a_query_without_terms_finds_nothing, |place| {
    let db = place.ready().await;
    public(&db, 1, "jalan").await;
    assert_eq!(hits(&db, "").await, [] as [i64; 0]);
});

both!(new_terms_replace_the_old_ones, |place| {
    let db = place.ready().await;
    public(&db, 1, "jalan rusak").await;
    public(&db, 2, "jalan sepi").await;
    index(&db, 1, "lampu rusak").await;
    assert_eq!(hits(&db, "jalan").await, [2]);
    assert_eq!(hits(&db, "lampu rusak").await, [1]);
    index(&db, 1, "").await;
    assert_eq!(hits(&db, "rusak").await, [] as [i64; 0]);
});

both!(what_is_not_public_is_never_found, |place| {
    let db = place.ready().await;
    put(&db, row(1), Timing::default()).await;
    index(&db, 1, "jalan").await;
    public(&db, 2, "jalan").await;
    assert_eq!(hits(&db, "jalan").await, [2]);
    let hidden = after(row(2), &[dispose(7), hide()]);
    let done: Result<bool> =
        db.write(move |tx| Box::pin(async move { report::update(tx, &hidden, 2, Timing::default()).await })).await;
    assert!(done.unwrap());
    assert_eq!(hits(&db, "jalan").await, [] as [i64; 0]);
});

both!(hits_come_newest_first_in_pages, |place| {
    let db = place.ready().await;
    for id in 1..=9 {
        public(&db, id, "jalan").await;
    }
    let (mut seen, mut before) = (Vec::new(), ReportId(i64::MAX));
    let mut tx = db.read().await.unwrap();
    loop {
        let page = search::find(&mut tx, &terms("jalan"), before, 4, &[]).await.unwrap();
        let Some(last) = page.last() else { break };
        before = last.row.report.id;
        seen.extend(page.iter().map(|listed| listed.row.report.id.0));
    }
    assert_eq!(seen, [9, 8, 7, 6, 5, 4, 3, 2, 1]);
});

both!(a_hit_carries_the_present_row_and_words, |place| {
    let db = place.ready().await;
    public(&db, 1, "jalan").await;
    let mut tx = db.read().await.unwrap();
    let found = search::find(&mut tx, &terms("jalan"), ReportId(i64::MAX), 5, &[]).await.unwrap();
    let wanted: Row = after(row(1), &[dispose(7)]);
    assert_eq!(found[0].row, wanted);
    assert_eq!(found[0].body, "Isi laporan 1");
});

both!(terms_of_a_write_that_fails_are_not_found, |place| {
    let db = place.ready().await;
    public(&db, 1, "lama").await;
    let failed: Result<()> = db
        .write(|tx| {
            Box::pin(async move {
                search::index(tx, ReportId(1), &["baru".to_owned()]).await?;
                Err(store::Error::Corrupt("changed my mind".into()))
            })
        })
        .await;
    assert!(failed.is_err());
    assert_eq!(hits(&db, "baru").await, [] as [i64; 0]);
    assert_eq!(hits(&db, "lama").await, [1]);
    index(&db, 1, "kemudian").await;
    assert_eq!(hits(&db, "kemudian").await, [1]);
    assert_eq!(hits(&db, "lama").await, [] as [i64; 0]);
});

both!(what_is_found_does_not_hang_on_where_one_looks_first, |place| {
    let db = place.ready().await;
    for id in 1..=9 {
        public(&db, id, if id > 6 { "jalan m_202611" } else { "jalan m_202512" }).await;
    }
    let windows = [vec!["m_202611".to_owned()], vec!["m_202611".to_owned(), "m_202512".to_owned()]];
    let mut tx = db.read().await.unwrap();
    for (most, before, wanted) in [(2, i64::MAX, &[9, 8][..]), (5, i64::MAX, &[9, 8, 7, 6, 5]), (20, 4, &[3, 2, 1])] {
        let found = search::find(&mut tx, &terms("jalan"), ReportId(before), most, &windows).await.unwrap();
        let ids: Vec<i64> = found.iter().map(|listed| listed.row.report.id.0).collect();
        assert_eq!(ids, wanted);
    }
});
