//! One text, one schema, on two engines.

use crate::world::{self, Place};
use std::collections::BTreeSet;
use store::{Engine, Tx, catalogue};

both!(every_statement_prepares, |place| {
    let db = place.ready().await;
    let mut refused = Vec::new();
    for (name, sql) in store::statements() {
        let mut tx = db.read().await.unwrap();
        if let Err(error) = catalogue::prepare(&mut tx, sql).await {
            refused.push(format!("{name}: {error}"));
        }
    }
    assert!(store::statements().count() > 50);
    assert!(refused.is_empty(), "{}", refused.join("\n"));
});

#[test]
fn no_statement_asks_the_engine_for_time_chance_or_a_scan() {
    for (name, sql) in store::statements() {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let text = sql.on(engine).to_lowercase();
            for word in ["now(", "current_timestamp", "random(", "like '%", " offset ", "select *"] {
                assert!(!text.contains(word), "{name} on {engine:?} holds {word:?}");
            }
        }
    }
}

#[test]
fn names_of_statements_are_unique() {
    let names: Vec<_> = store::statements().map(|(name, _)| name).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_engines_have_the_same_columns_and_indexes() {
    world::on(Engine::Sqlite, |one| async move {
        world::on(Engine::Postgres, |other| async move {
            let (one, other) = (one.ready().await, other.ready().await);
            let mut left: Tx = one.read().await.unwrap();
            let mut right: Tx = other.read().await.unwrap();
            let columns = catalogue::columns(&mut left).await.unwrap();
            assert!(columns.contains(&("report".into(), "due_at".into())));
            assert_eq!(columns, catalogue::columns(&mut right).await.unwrap());
            let indexes = catalogue::indexes(&mut left).await.unwrap();
            assert!(indexes.contains(&"report_client_key".into()));
            assert_eq!(indexes, catalogue::indexes(&mut right).await.unwrap());
        })
        .await;
    })
    .await;
}

/// Columns that hold the id of a row elsewhere.
const REFERENCES: [&str; 5] = ["report_id", "officer_id", "holder", "root", "agency"];
/// The seat that somebody had when they looked: told with the row, never looked up.
const TOLD_ONLY: [(&str, &str); 1] = [("access", "agency")];

async fn leading_columns(place: &Place) -> BTreeSet<(String, String)> {
    let sql = match place.engine {
        Engine::Sqlite => {
            "SELECT m.name, i.name FROM sqlite_schema m JOIN pragma_index_list(m.name) l \
            JOIN pragma_index_info(l.name) i ON i.seqno = 0 WHERE m.type = 'table' \
            UNION SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c ON c.pk = 1 \
            WHERE m.type = 'table'"
        }
        Engine::Postgres => {
            "SELECT t.relname::text, a.attname::text FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid \
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0] \
            WHERE t.relnamespace = 'public'::regnamespace"
        }
    };
    place.peek(sql).await.into_iter().collect()
}

both!(every_reference_leads_an_index, |place| {
    let db = place.ready().await;
    let mut tx = db.read().await.unwrap();
    let columns = catalogue::columns(&mut tx).await.unwrap();
    let leading = leading_columns(&place).await;
    let told = |table: &str, column: &str| TOLD_ONLY.contains(&(table, column));
    let references = columns.iter().filter(|(table, column)| REFERENCES.contains(&&**column) && !told(table, column));
    let bare: Vec<_> = references.clone().filter(|reference| !leading.contains(*reference)).collect();
    assert!(references.count() > 10);
    assert!(bare.is_empty(), "without an index: {bare:?}");
});

both!(a_living_database_says_so, |place| {
    let db = place.ready().await;
    let mut tx = db.read().await.unwrap();
    assert!(catalogue::is_alive(&mut tx).await.unwrap());
});
