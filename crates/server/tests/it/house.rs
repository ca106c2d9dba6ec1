//! A data folder and a database of their own for each test, and the program that runs on them.

use super::http::{self, Request};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use std::fs::File;
use std::io::Write;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::time::sleep;

/// A debug build on a busy machine is slow.
const PATIENCE: Duration = Duration::from_secs(120);

static MADE: AtomicU32 = AtomicU32::new(0);

/// Where the reports lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Embedded,
    Postgres,
}

/// A data folder and its database; both are gone afterwards.
pub struct House {
    pub folder: PathBuf,
    /// Settings of this house besides the usual ones.
    pub settings: Vec<(&'static str, String)>,
    url: String,
    name: String,
    engine: Engine,
}

impl House {
    pub async fn build(engine: Engine) -> House {
        let nanos = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos();
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("lapor_server_{}_{nanos:x}_{number}", std::process::id());
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(&name);
        std::fs::create_dir_all(&folder).unwrap();
        let url = match engine {
            Engine::Embedded => format!("sqlite://{}", folder.join("lapor.db").display()),
            Engine::Postgres => {
                execute(&server(), &format!("CREATE DATABASE {name} TEMPLATE template0")).await;
                url_of(&name)
            }
        };
        House { folder, settings: Vec::new(), url, name, engine }
    }

    /// The name that no other house has.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Tears it down; a house whose test failed stays in the target folder to be looked at.
    pub async fn pull_down(self) {
        if self.engine == Engine::Postgres {
            execute(&server(), &format!("DROP DATABASE {} WITH (FORCE)", self.name)).await;
        }
        std::fs::remove_dir_all(&self.folder).unwrap();
    }

    /// The program with this house's configuration and nobody else's.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lapor"));
        let foreign = std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("LAPOR_"));
        foreign.for_each(|(name, _)| {
            command.env_remove(name);
        });
        command.args(arguments).current_dir(&self.folder);
        command.env("LAPOR_DATA_DIR", &self.folder).env("LAPOR_DATABASE_URL", &self.url).env("LAPOR_LOG", "warn");
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null());
        command
    }

    /// Runs a subcommand with `input` on its standard input.
    pub fn run(&self, arguments: &[&str], input: &str) -> Output {
        finished(self.command(arguments), input)
    }

    /// Starts the server and waits until it is ready.
    pub async fn serve(&self) -> Server {
        let started = Instant::now();
        let (listen, metrics) = (free(), free());
        let log = File::options().create(true).append(true).open(self.folder.join("log")).unwrap();
        let mut command = self.command(&["serve"]);
        command.env("LAPOR_LISTEN", &listen).env("LAPOR_METRICS_LISTEN", &metrics);
        let child = command.stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap();
        let mut server = Server { child, listen, metrics, first_answer: Duration::ZERO, log: self.folder.join("log") };
        server.wait(started).await;
        server
    }

    /// Changes something behind the back of the program.
    pub async fn meddle(&self, sql: &str) {
        match self.engine {
            Engine::Embedded => {
                let mut link = SqliteConnection::connect(&self.url).await.unwrap();
                sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut link).await.unwrap();
                link.close().await.unwrap();
            }
            Engine::Postgres => execute(&self.url, sql).await,
        }
    }

    /// How many reports the database holds.
    pub async fn reports(&self) -> i64 {
        self.count("SELECT count(*) FROM report").await
    }

    /// A number, counted behind the back of the program.
    pub async fn count(&self, sql: &str) -> i64 {
        let count = AssertSqlSafe(sql.to_owned());
        match self.engine {
            Engine::Embedded => {
                let mut link = SqliteConnection::connect(&self.url).await.unwrap();
                sqlx::query_scalar(count).fetch_one(&mut link).await.unwrap()
            }
            Engine::Postgres => {
                let mut link = PgConnection::connect(&self.url).await.unwrap();
                sqlx::query_scalar(count).fetch_one(&mut link).await.unwrap()
            }
        }
    }

    /// Lets nobody write to a table until the block ends; on PostgreSQL only.
    pub async fn block(&self, table: &str) -> Block {
        let mut link = PgConnection::connect(&self.url).await.unwrap();
        let lock = format!("BEGIN; LOCK TABLE {table} IN EXCLUSIVE MODE");
        sqlx::raw_sql(AssertSqlSafe(lock)).execute(&mut link).await.unwrap();
        Block(link)
    }
}

/// Runs a prepared command with `input` on its standard input.
pub fn finished(mut command: Command, input: &str) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// A table to which nobody can write.
pub struct Block(PgConnection);

impl Block {
    /// Lets the others go on.
    pub async fn end(self) {
        self.0.close().await.unwrap();
    }
}

/// A running server.
pub struct Server {
    child: Child,
    /// Host and port of the pages.
    pub listen: String,
    /// Host and port of the figures for the operator.
    pub metrics: String,
    /// From the start of the process to its first answer.
    pub first_answer: Duration,
    log: PathBuf,
}

impl Server {
    async fn wait(&mut self, started: Instant) {
        while started.elapsed() < PATIENCE {
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("the server ended with {status}: {}", self.said());
            }
            let answer = http::ask(&self.listen, &Request::get("/readyz")).await;
            if answer.is_ok_and(|answer| answer.status == 200) {
                self.first_answer = started.elapsed();
                return;
            }
            sleep(Duration::from_millis(10)).await;
        }
        panic!("the server is not ready: {}", self.said());
    }

    fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// One request.
    pub async fn ask(&self, request: &Request<'_>) -> http::Answer {
        http::ask(&self.listen, request).await.unwrap()
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// What `systemctl stop` sends.
    pub fn terminate(&self) {
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success(), "the signal could not be sent");
    }

    /// How the server ended by itself.
    pub async fn ended(&mut self) -> ExitStatus {
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            sleep(Duration::from_millis(10)).await;
        }
        panic!("the server does not end: {}", self.said());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _already_ended = self.child.kill();
        let _already_waited = self.child.wait();
    }
}

/// Host and port that were free a moment ago.
pub fn free() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
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
