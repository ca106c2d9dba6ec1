//! The server under test, with a data folder and ports of its own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use super::child::{Beside, free_port, fresh_folder};
use super::plain;
use super::provider::Provider;
use crate::Failure;

/// How long a fresh server may take to load the demo and answer; a debug build on a busy machine is slow.
const PATIENCE: Duration = Duration::from_secs(120);

/// The password of every account, the one of the demo.
pub const PASSWORD: &str = "peragaan-1708";

/// Login, name, role and office of the officers; the first five are those of the demo.
const SEATS: [(&str, &str, &str, &str); 7] = [
    ("nasional", "Ani Peragaan", "national_admin", "1"),
    ("kalsel", "Budi Peragaan", "agency_admin", "630000"),
    ("pupr", "Cici Peragaan", "liaison_officer", "630003"),
    ("dishub", "Dodi Peragaan", "liaison_officer", "630004"),
    ("kukar", "Hadi Peragaan", "agency_admin", "640200"),
    ("wakil", "Jaya Peragaan", "national_admin", "1"),
    ("loket", "Lina Peragaan", "operator", "630001"),
];

/// A data folder with officers and without reports, from which servers start.
pub struct Ground {
    folder: PathBuf,
    database_url: Option<String>,
}

impl Ground {
    /// Makes the officers, in the given database or in an embedded one.
    pub fn prepare(binary: &Path, database_url: Option<&str>) -> Result<Self, Failure> {
        let ground = Self { folder: fresh_folder("ground")?, database_url: database_url.map(str::to_owned) };
        for seat in SEATS {
            ground.seat(binary, seat)?;
        }
        Ok(ground)
    }

    fn seat(&self, binary: &Path, (login, name, role, office): (&str, &str, &str, &str)) -> Result<(), Failure> {
        let mut command = Command::new(binary);
        command.args(["user", "add", login, "--name", name, "--role", role, "--agency", office]);
        command.env("LAPOR_DATA_DIR", &self.folder).env("LAPOR_LOG", "warn");
        choose_database(&mut command, self.database_url.as_deref());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
        if let Some(mut input) = child.stdin.take() {
            input.write_all(PASSWORD.as_bytes())?;
        }
        if child.wait()?.success() { Ok(()) } else { Err(format!("the account {login} cannot be made").into()) }
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            eprintln!("{}: {error}", self.folder.display());
        }
    }
}

fn choose_database(command: &mut Command, database_url: Option<&str>) {
    match database_url {
        Some(url) => command.env("LAPOR_DATABASE_URL", url),
        None => command.env_remove("LAPOR_DATABASE_URL"),
    };
}

/// A server that answers.
pub struct Server {
    beside: Beside,
    /// Where it listens, without a slash at the end.
    pub url: String,
}

impl Server {
    /// Starts `lapor serve` on a copy of the ground and waits until it is ready.
    pub async fn start(binary: &Path, ground: &Ground, provider: Option<&Provider>) -> Result<Self, Failure> {
        let folder = fresh_folder("server")?;
        copy(&ground.folder, &folder.join("data"))?;
        let port = provider.map_or_else(free_port, |provider| Ok(provider.site_port))?;
        if let Some(provider) = provider {
            provider.configure(&folder)?;
        }
        Self::run(binary, "serve", folder, port, ground.database_url.as_deref()).await
    }

    /// Starts `lapor demo` on an empty data folder and waits until it is ready.
    pub async fn demo(binary: &Path) -> Result<Self, Failure> {
        Self::run(binary, "demo", fresh_folder("server")?, free_port()?, None).await
    }

    async fn run(
        binary: &Path,
        verb: &str,
        folder: PathBuf,
        port: u16,
        database_url: Option<&str>,
    ) -> Result<Self, Failure> {
        let authority = format!("127.0.0.1:{port}");
        // Passkeys are for a name, never for a number.
        let url = format!("http://localhost:{port}");
        let (data, settings) = (folder.join("data"), folder.join("lapor.toml"));
        let beside = Beside::start(binary.as_os_str(), folder, |command| {
            command.arg(verb).env("LAPOR_DATA_DIR", data).env("LAPOR_LISTEN", &authority);
            command.env("LAPOR_METRICS_LISTEN", "127.0.0.1:0").env("LAPOR_BASE_URL", &url);
            choose_database(command, database_url);
            if settings.exists() {
                command.arg("--config").arg(settings);
            }
        })?;
        let mut server = Self { beside, url };
        server.wait(&authority).await?;
        Ok(server)
    }

    /// The last lines of its log.
    pub fn last_words(&self) -> String {
        self.beside.last_words()
    }

    async fn wait(&mut self, authority: &str) -> Result<(), Failure> {
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            if self.beside.has_ended() {
                return Err(format!("the server ended: {}", self.last_words()).into());
            }
            if is_ready(authority, "/readyz").await {
                return Ok(());
            }
            sleep(Duration::from_millis(50)).await;
        }
        Err(format!("the server was not ready in {PATIENCE:?}: {}", self.last_words()).into())
    }
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// True when `path` of `authority` answers 200.
pub async fn is_ready(authority: &str, path: &str) -> bool {
    let asked = timeout(Duration::from_secs(2), plain::get(authority, path, "")).await;
    matches!(asked, Ok(Ok(answer)) if answer.status == 200)
}
