//! A house of its own for each test: an app with a fixed clock on a database that is gone afterwards.

use app::App;
use app::clock::Clock;
use app::keys::Keys;
use jiff::{SignedDuration, Timestamp};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use store::{Db, Engine, Limits};
use tokio::sync::OnceCell;

/// Declares a story that is told on both engines: `both!(name, |house| { … })`.
macro_rules! both {
    ($name:ident, |$house:ident| $body:block) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                $crate::world::on(store::Engine::Sqlite, |$house| async move { $body }).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                $crate::world::on(store::Engine::Postgres, |$house| async move { $body }).await;
            }
        }
    };
}

/// Monday 9 November 2026, ten in the morning in Banjarmasin.
const NOW: &str = "2026-11-09T02:00:00Z";

static MADE: AtomicU32 = AtomicU32::new(0);
static SQLITE_TEMPLATE: OnceCell<PathBuf> = OnceCell::const_new();
static POSTGRES_TEMPLATE: OnceCell<String> = OnceCell::const_new();

/// An app under test.
#[derive(Clone)]
pub struct House {
    pub app: App,
    pub clock: Clock,
    pub engine: Engine,
    pub url: String,
    folder: PathBuf,
    name: String,
}

/// Tells a story in a new house and pulls that down afterwards, also when the story fails.
pub async fn on<F>(engine: Engine, story: impl FnOnce(House) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let house = House::build(engine).await;
    let outcome = tokio::spawn(story(house.clone())).await;
    house.pull_down().await;
    if let Err(failed) = outcome {
        std::panic::resume_unwind(failed.into_panic());
    }
}

impl House {
    async fn build(engine: Engine) -> House {
        let name = new_name();
        let folder = root().join(&name);
        std::fs::create_dir_all(&folder).unwrap();
        let url = match engine {
            Engine::Sqlite => {
                let template = SQLITE_TEMPLATE.get_or_init(sqlite_template).await;
                let file = folder.join("lapor.db");
                std::fs::copy(template, &file).unwrap();
                format!("sqlite://{}", file.display())
            }
            Engine::Postgres => {
                let template = POSTGRES_TEMPLATE.get_or_init(postgres_template).await;
                execute(&server(), &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
                url_of(&name)
            }
        };
        let clock = Clock::fixed(NOW.parse().unwrap());
        let app = start(&url, clock.clone(), folder.join("files")).await;
        House { app, clock, engine, url, folder, name }
    }

    /// The same database, opened as one more process would, with the same clock.
    pub async fn beside(&self) -> App {
        start(&self.url, self.clock.clone(), self.folder.join("files")).await
    }

    /// Lets time pass.
    pub fn later(&self, hours: i64) {
        self.clock.set(self.app.now() + SignedDuration::from_hours(hours));
    }

    /// Sets the clock.
    pub fn at(&self, instant: &str) {
        self.clock.set(instant.parse::<Timestamp>().unwrap());
    }

    /// A file of this house.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Does all that is due, until nothing is.
    pub async fn work(&self) {
        for _ in 0..50 {
            let round = self.app.work().await.unwrap();
            if round.ticked + round.jobs == 0 {
                return;
            }
        }
        panic!("there is always more to do");
    }

    /// Runs a statement behind the back of the store.
    pub async fn meddle(&self, sql: &str) {
        match self.engine {
            Engine::Sqlite => {
                let mut link = SqliteConnection::connect(&self.url).await.unwrap();
                sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut link).await.unwrap();
                link.close().await.unwrap();
            }
            Engine::Postgres => execute(&self.url, sql).await,
        }
    }

    async fn pull_down(&self) {
        self.app.db().close().await;
        if self.engine == Engine::Postgres {
            execute(&server(), &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).await;
        }
        std::fs::remove_dir_all(&self.folder).unwrap();
    }
}

async fn start(url: &str, clock: Clock, files: PathBuf) -> App {
    let limits = Limits { patience: Duration::from_secs(20), ..Limits::default() };
    App::start(Db::open(url, limits).await.unwrap(), clock, Keys::new([7; 32]), files).await.unwrap()
}

/// A database with the reference data, from which the others are copied.
async fn sqlite_template() -> PathBuf {
    for entry in std::fs::read_dir(root()).unwrap().flatten() {
        if is_left_behind(&entry.file_name().to_string_lossy()) {
            std::fs::remove_dir_all(entry.path()).unwrap();
        }
    }
    let folder = root().join(new_name());
    std::fs::create_dir_all(&folder).unwrap();
    let made = format!("sqlite://{}", folder.join("made.db").display());
    let file = folder.join("template.db");
    prepare(&made, folder).await;
    // A copy that nobody has open: a closed pool may still be writing its log back into its file.
    let mut link = SqliteConnection::connect(&made).await.unwrap();
    let copy = format!("VACUUM INTO '{}'", file.display());
    sqlx::raw_sql(AssertSqlSafe(copy)).execute(&mut link).await.unwrap();
    link.close().await.unwrap();
    file
}

async fn postgres_template() -> String {
    sweep().await;
    let name = new_name();
    execute(&server(), &format!("CREATE DATABASE {name} TEMPLATE template0")).await;
    prepare(&url_of(&name), root().join(&name)).await;
    name
}

/// Made a second before the stories begin: two processes that have the same number by chance make no two equal ids then.
async fn prepare(url: &str, files: PathBuf) {
    let before: Timestamp = NOW.parse().unwrap();
    let app = start(url, Clock::fixed(before - SignedDuration::from_secs(1)), files).await;
    app.db().close().await;
}

fn new_name() -> String {
    let nanos = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos();
    format!("lapor_app_{}_{nanos:x}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}

fn server() -> String {
    std::env::var("LAPOR_TEST_POSTGRES_URL").unwrap_or_else(|_| {
        panic!(
            "LAPOR_TEST_POSTGRES_URL is not set. Start a throw-away cluster: \
            export LAPOR_TEST_POSTGRES_URL=$(scripts/postgres.sh start)"
        )
    })
}

fn url_of(name: &str) -> String {
    let server = server();
    let (base, options) = server.split_once('?').unwrap_or((&server, ""));
    let (host, _) = base.rsplit_once('/').unwrap();
    format!("{host}/{name}?{options}")
}

async fn execute(url: &str, sql: &str) {
    let mut link = PgConnection::connect(url).await.expect("PostgreSQL at LAPOR_TEST_POSTGRES_URL does not answer");
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut link).await.unwrap();
    link.close().await.unwrap();
}

/// Drops what test runs that are over have left behind.
async fn sweep() {
    let mut link = PgConnection::connect(&server()).await.expect("PostgreSQL does not answer");
    let names: Vec<String> =
        sqlx::query_scalar("SELECT CAST(datname AS text) FROM pg_database WHERE datname LIKE 'lapor\\_app\\_%'")
            .fetch_all(&mut link)
            .await
            .unwrap();
    for name in names {
        if is_left_behind(&name) {
            sqlx::raw_sql(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name}"))).execute(&mut link).await.unwrap();
        }
    }
}

/// Whether a name was given by a test run that is over.
fn is_left_behind(name: &str) -> bool {
    let owner = name.strip_prefix("lapor_app_").and_then(|rest| rest.split('_').next());
    owner.is_some_and(|owner| !PathBuf::from("/proc").join(owner).exists())
}

/// A picture of one grey pixel.
pub const PNG: [u8; 67] = [
    0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 0x0A, b'I', b'D', b'A', b'T', 0x78, 0x9C, 0x63, 0x68, 0, 0, 0, 0x82,
    0, 0x81, 0x77, 0xCD, 0x72, 0xB6, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
];
