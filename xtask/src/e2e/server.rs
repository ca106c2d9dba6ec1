//! The server under test, with a data folder and a port of its own.

use std::path::Path;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};

use super::child::{Beside, free_port, fresh_folder};
use crate::Failure;

/// How long a fresh server may take to load the demo and answer; a debug build on a busy machine is slow.
const PATIENCE: Duration = Duration::from_secs(120);

/// A server that answers.
pub struct Server {
    beside: Beside,
    /// Where it listens, without a slash at the end.
    pub url: String,
}

impl Server {
    /// Starts `lapor demo` on a free port and waits until it is ready.
    pub async fn start(binary: &Path, database_url: Option<&str>) -> Result<Self, Failure> {
        let port = free_port()?;
        let folder = fresh_folder("server")?;
        let data = folder.join("data");
        let beside = Beside::start(binary.as_os_str(), folder, |command| {
            command.arg("demo").env("LAPOR_DATA_DIR", data);
            command.env("LAPOR_LISTEN", format!("127.0.0.1:{port}"));
            command.env("LAPOR_METRICS_LISTEN", "127.0.0.1:0");
            match database_url {
                Some(url) => command.env("LAPOR_DATABASE_URL", url),
                None => command.env_remove("LAPOR_DATABASE_URL"),
            };
        })?;
        let mut server = Self { beside, url: format!("http://127.0.0.1:{port}") };
        server.wait(port).await?;
        Ok(server)
    }

    /// The last lines of its log.
    pub fn last_words(&self) -> String {
        self.beside.last_words()
    }

    async fn wait(&mut self, port: u16) -> Result<(), Failure> {
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            if self.beside.has_ended() {
                return Err(format!("the server ended: {}", self.last_words()).into());
            }
            if is_ready(port, "/readyz").await {
                return Ok(());
            }
            sleep(Duration::from_millis(50)).await;
        }
        Err(format!("the server was not ready in {PATIENCE:?}: {}", self.last_words()).into())
    }
}

/// True when `path` on `port` answers 200.
pub async fn is_ready(port: u16, path: &str) -> bool {
    let asked = timeout(Duration::from_secs(2), ask(port, path)).await;
    matches!(asked, Ok(Ok(head)) if head.starts_with("HTTP/1.1 200"))
}

async fn ask(port: u16, path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut head = [0; 12];
    stream.read_exact(&mut head).await?;
    Ok(String::from_utf8_lossy(&head).into_owned())
}
