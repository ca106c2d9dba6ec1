//! Bringing a database to the present schema.

use crate::fixture::{at, first_event, is_whole, put, row};
use domain::{AgencyId, ReportId, Role};
use jiff::civil::date;
use std::collections::BTreeMap;
use store::arrival;
use store::migrate::{current, migrate, migrate_to, newest};
use store::near::{self, Span};
use store::officer::{self, PassKind};
use store::report::Timing;
use store::{Error, Limits};

both!(an_empty_database_is_brought_up_once, |place| {
    let db = place.open().await;
    assert_eq!(current(&db).await.unwrap(), 0);
    assert!(migrate(&db, at(0)).await.unwrap() > 0);
    assert_eq!(current(&db).await.unwrap(), newest());
    put(&db, row(1), Timing::default()).await;
    assert_eq!(migrate(&db, at(1)).await.unwrap(), 0);
    assert_eq!(is_whole(&db, 1).await, Some(true));
});

both!(a_database_of_the_first_edition_keeps_its_reports_and_officers, |place| {
    let db = place.open().await;
    migrate_to(&db, 2, at(0)).await.unwrap();
    db.close().await;
    place.meddle(&format!("{}; {SECOND}; {FIRST_OFFICER}", first_report())).await;
    let db = place.open().await;
    assert_eq!(current(&db).await.unwrap(), 1);
    assert!(migrate(&db, at(1)).await.unwrap() > 0);
    assert_eq!(is_whole(&db, 1).await, Some(true));
    let span = Span { from: ReportId(0), to: ReportId(9) };
    let found = near::in_area(&mut db.read().await.unwrap(), &row(1).report.region, span, 9).await.unwrap();
    assert_eq!(found.len(), 1, "an older report is not found near");
    put(&db, row(2), Timing::default()).await;
    let mut tx = db.read().await.unwrap();
    let officer = officer::find(&mut tx, "lama").await.unwrap().unwrap();
    assert_eq!((officer.role, officer.agency), (Role::Inspector, AgencyId(630_002)));
    let kept = officer::find_pass(&mut tx, "kunci", PassKind::Token, at(1)).await.unwrap();
    assert_eq!(kept, Some(officer));
});

both!(what_came_in_before_is_counted_by_days_and_sealed_reports_are_not, |place| {
    let db = place.open().await;
    migrate_to(&db, 29, at(0)).await.unwrap();
    db.close().await;
    let fact = |id: i64, day: i64, root: i64, veil: &str, region: &str| {
        format!("({id}, {day}, {root}, {root}, {root}, {root}, '{{\"v\":\"{veil}\",\"r\":\"{region}\"}}')")
    };
    let facts = [
        fact(1, 20_000, 630_000, "none", "63.72.01"),
        fact(2, 20_000, 630_000, "behind", "63.72"),
        fact(3, 20_001, 630_000, "none", "63"),
        fact(4, 20_001, 640_000, "none", "64.74"),
    ];
    let columns = "report_id, day, root, holder, late_root, late_holder, data";
    place.meddle(&format!("INSERT INTO fact ({columns}) VALUES {}", facts.join(", "))).await;
    let db = place.open().await;
    migrate_to(&db, 30, at(1)).await.unwrap();
    let scopes = ["agency/630000", "region/63", "region/63.72", "region/64.74"].map(str::to_owned);
    let (first, second) = (date(2024, 10, 4), date(2024, 10, 5));
    let mut tx = db.read().await.unwrap();
    let counted = |sums: BTreeMap<String, u64>| scopes.clone().map(|scope| sums[&scope]);
    assert_eq!(counted(arrival::sums(&mut tx, &scopes, (first, second)).await.unwrap()), [2, 2, 1, 1]);
    assert_eq!(counted(arrival::sums(&mut tx, &scopes, (first, first)).await.unwrap()), [1, 1, 1, 0]);
    assert_eq!(arrival::first(&mut tx, &scopes).await.unwrap()["region/64.74"], second);
});

/// A report as the first edition kept it.
fn first_report() -> String {
    let row = row(1);
    let state = serde_json::to_string(&row.report).unwrap();
    let event = serde_json::to_string(&first_event(&row.report).event).unwrap();
    format!(
        "INSERT INTO report (id, code, client_key, fingerprint, seq, words_seq, received_at, received_day, stage, \
        holder, root, public, open, sealed, due_at, state) VALUES (1, {}, 'kunci', 'isi', 1, 1, 0, 0, 'submitted', \
        {}, {}, 1 = 0, 1 = 1, 1 = 0, {}, '{state}'); \
        INSERT INTO words (report_id, seq, title, body) VALUES (1, 1, 'Jalan rusak', 'Jalan di depan pasar rusak.'); \
        INSERT INTO event (report_id, seq, at, day, kind, by_kind, data) \
        VALUES (1, 1, 0, 0, 'submitted', 'reporter', '{event}')",
        row.code.number(),
        row.report.holder,
        row.root,
        i64::MAX,
    )
}

/// What the second migration added.
const SECOND: &str = "ALTER TABLE event DROP COLUMN fingerprint; DROP INDEX attachment_hash; \
    DELETE FROM schema_version WHERE version = 2";
/// An account as the first edition kept it, with a token.
const FIRST_OFFICER: &str = "INSERT INTO officer (id, login, name, role, agency, password, active, created_at) \
    SELECT 5, 'lama', 'Petugas Lama', 'inspector', 630002, 'x', 1 = 1, 0; \
    INSERT INTO pass (hash, officer_id, kind, label, created_at, expires_at) \
    SELECT 'kunci', 5, 'token', 'rekap', 0, 9000000000000";

both!(of_several_processes_one_applies_and_the_others_find_it_done, |place| {
    let mut applied = Vec::new();
    let mut tasks = Vec::new();
    for _ in 0..6 {
        let db = place.open_within(Limits { connections: 2, ..Limits::default() }).await;
        tasks.push(tokio::spawn(async move { migrate(&db, at(0)).await.unwrap() }));
    }
    for task in tasks {
        applied.push(task.await.unwrap());
    }
    assert_eq!(applied.iter().filter(|n| **n > 0).count(), 1, "{applied:?}");
});

both!(a_database_from_a_newer_program_is_refused_untouched, |place| {
    let db = place.ready().await;
    place.meddle("INSERT INTO schema_version (version, applied_at) VALUES (999, 0)").await;
    let refused = migrate(&db, at(0)).await.unwrap_err();
    assert!(matches!(refused, Error::Migration(_)));
    let said = refused.to_string();
    assert!(said.contains("999") && said.contains(&newest().to_string()), "{said}");
    assert_eq!(current(&db).await.unwrap(), 999);
});

both!(a_migration_that_fails_leaves_nothing_behind, |place| {
    place.meddle("CREATE TABLE setting (oops bigint)").await;
    let db = place.open().await;
    assert!(migrate(&db, at(0)).await.is_err());
    assert_eq!(current(&db).await.unwrap(), 0);
    place.meddle("DROP TABLE setting").await;
    assert!(migrate(&db, at(0)).await.unwrap() > 0);
});

#[tokio::test]
async fn an_unknown_kind_of_database_is_told_by_name() {
    let refused = store::Db::open("mysql://localhost/lapor", Limits::default()).await.err().unwrap();
    assert!(matches!(&refused, Error::Config(said) if said.contains("sqlite://")), "{refused}");
}
