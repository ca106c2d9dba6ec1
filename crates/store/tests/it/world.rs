//! A database of its own for each test, on either engine, gone when the test ends.

use jiff::Timestamp;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};
use store::{Db, Engine, Limits};

/// Declares a test that runs on both engines: `both!(name, |place| { … })`.
macro_rules! both {
    ($name:ident, |$place:ident| $body:block) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                $crate::world::on(store::Engine::Sqlite, |$place| async move { $body }).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                $crate::world::on(store::Engine::Postgres, |$place| async move { $body }).await;
            }
        }
    };
}

static MADE: AtomicU32 = AtomicU32::new(0);

/// Where a test's database lies.
#[derive(Clone)]
pub struct Place {
    pub engine: Engine,
    pub url: String,
    name: String,
}

/// Runs a test body on an empty database and drops that afterwards, also when the body fails.
pub async fn on<F>(engine: Engine, body: impl FnOnce(Place) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let place = Place::make(engine).await;
    let outcome = tokio::spawn(body(place.clone())).await;
    place.remove().await;
    if let Err(failed) = outcome {
        std::panic::resume_unwind(failed.into_panic());
    }
}

fn postgres_url() -> String {
    std::env::var("LAPOR_TEST_POSTGRES_URL").unwrap_or_else(|_| {
        panic!(
            "LAPOR_TEST_POSTGRES_URL is not set. Start a throw-away cluster: \
            export LAPOR_TEST_POSTGRES_URL=$(scripts/postgres.sh start)"
        )
    })
}

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

impl Place {
    /// An empty place.
    pub async fn make(engine: Engine) -> Place {
        let nanos = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos();
        let name = format!("lapor_test_{}_{nanos:x}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        let url = match engine {
            Engine::Sqlite => {
                std::fs::create_dir_all(folder(&name)).unwrap();
                format!("sqlite://{}", folder(&name).join("lapor.db").display())
            }
            Engine::Postgres => {
                let server = postgres_url();
                let create = format!("CREATE DATABASE {name} TEMPLATE template0");
                execute_postgres(&server, &create).await;
                let (base, options) = server.split_once('?').unwrap_or((&server, ""));
                let (host, _) = base.rsplit_once('/').unwrap();
                format!("{host}/{name}?{options}")
            }
        };
        Place { engine, url, name }
    }

    async fn remove(&self) {
        match self.engine {
            Engine::Sqlite => std::fs::remove_dir_all(folder(&self.name)).unwrap(),
            Engine::Postgres => {
                let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
                execute_postgres(&postgres_url(), &drop).await;
            }
        }
    }

    /// The SQLite file, or what stands beside it under another ending.
    pub fn file(&self, ending: &str) -> PathBuf {
        folder(&self.name).join(format!("lapor.db{ending}"))
    }

    /// Opens the database, as one more process would.
    pub async fn open(&self) -> Db {
        self.open_within(Limits { patience: std::time::Duration::from_secs(20), ..Limits::default() }).await
    }

    /// Opens the database within limits.
    pub async fn open_within(&self, limits: Limits) -> Db {
        Db::open(&self.url, limits).await.unwrap()
    }

    /// Opens the database with the present schema.
    pub async fn ready(&self) -> Db {
        let db = self.open().await;
        store::migrate::migrate(&db, Timestamp::UNIX_EPOCH).await.unwrap();
        db
    }

    /// Runs statements behind the back of the store.
    pub async fn meddle(&self, sql: &str) {
        match self.engine {
            Engine::Sqlite => {
                let options = SqliteConnectOptions::from_str(&self.url).unwrap().create_if_missing(true);
                let mut link = SqliteConnection::connect_with(&options).await.unwrap();
                sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut link).await.unwrap();
                link.close().await.unwrap();
            }
            Engine::Postgres => execute_postgres(&self.url, sql).await,
        }
    }

    /// Reads pairs of texts behind the back of the store.
    pub async fn peek(&self, sql: &str) -> Vec<(String, String)> {
        let query = sqlx::query_as(AssertSqlSafe(sql.to_owned()));
        match self.engine {
            Engine::Sqlite => {
                let mut link = SqliteConnection::connect(&self.url).await.unwrap();
                query.fetch_all(&mut link).await.unwrap()
            }
            Engine::Postgres => {
                let mut link = PgConnection::connect(&self.url).await.unwrap();
                let query = sqlx::query_as(AssertSqlSafe(sql.to_owned()));
                query.fetch_all(&mut link).await.unwrap()
            }
        }
    }
}

async fn execute_postgres(url: &str, sql: &str) {
    let mut link = PgConnection::connect(url).await.expect("PostgreSQL at LAPOR_TEST_POSTGRES_URL does not answer");
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut link).await.unwrap();
    link.close().await.unwrap();
}
