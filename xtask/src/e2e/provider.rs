//! The OpenID Connect provider that a story logs in by: a real one, started beside the server.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::child::{Beside, free_port, fresh_folder, on_path};
use super::server::is_ready;
use crate::Failure;
use crate::tree;

const PATIENCE: Duration = Duration::from_secs(60);

/// A provider that answers.
pub struct Provider {
    _beside: Beside,
    port: u16,
    /// The port at which the server under test has to be: the provider sends people nowhere else.
    pub site_port: u16,
}

impl Provider {
    /// Starts it, after its packages are there.
    pub async fn start() -> Result<Self, Failure> {
        let folder = tree::root().join("scripts/oidc-provider");
        install(&folder)?;
        let node = on_path(&["node", "nodejs"]).ok_or("the identity provider needs Node.js")?;
        let (port, site_port) = (free_port()?, free_port()?);
        let redirect = format!("http://localhost:{site_port}/desk/masuk/identitas/kembali");
        let beside = Beside::start(node.as_os_str(), fresh_folder("provider")?, |command| {
            command.arg(folder.join("serve.mjs")).arg(port.to_string()).arg(redirect);
        })?;
        let begin = Instant::now();
        while !is_ready(&format!("localhost:{port}"), "/.well-known/openid-configuration").await {
            if begin.elapsed() > PATIENCE {
                return Err(format!("the identity provider does not answer: {}", beside.last_words()).into());
            }
            sleep(Duration::from_millis(100)).await;
        }
        Ok(Self { _beside: beside, port, site_port })
    }

    /// Writes down in a server's folder what it has to know of the provider.
    pub fn configure(&self, folder: &Path) -> Result<(), Failure> {
        let secret = folder.join("secret");
        std::fs::write(&secret, "rahasia-peragaan-untuk-uji-saja\n")?;
        let settings = format!(
            "[identity]\nlabel = \"Penyedia Uji\"\nissuer = \"http://localhost:{}\"\nclient_id = \"lapor\"\n\
            client_secret_file = \"{}\"\nsecond_factor = [\"mfa\"]\n",
            self.port,
            secret.display()
        );
        Ok(std::fs::write(folder.join("lapor.toml"), settings)?)
    }
}

/// Fetches the packages of the lock file, once.
fn install(folder: &Path) -> Result<(), Failure> {
    if folder.join("node_modules").exists() {
        return Ok(());
    }
    let npm = on_path(&["npm"]).ok_or("the identity provider needs npm")?;
    let quiet = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
    let status = Command::new(npm).args(quiet).current_dir(folder).status()?;
    if status.success() { Ok(()) } else { Err("the packages of scripts/oidc-provider cannot be had".into()) }
}
