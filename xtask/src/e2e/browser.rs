//! Chromium, steered through its WebDriver.

use std::path::PathBuf;
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tokio::time::{Instant, sleep};

use super::child::{Beside, free_port, fresh_folder, on_path};
use super::server::is_ready;
use super::visit::Script;
use crate::Failure;

const PATIENCE: Duration = Duration::from_secs(30);

/// A running WebDriver, ready to open windows.
pub struct Browser {
    _driver: Beside,
    url: String,
    program: PathBuf,
}

impl Browser {
    /// Starts the WebDriver of Chromium on a free port.
    pub async fn start() -> Result<Self, Failure> {
        let driver = on_path(&["chromedriver"]).ok_or("chromedriver is missing: apt-get install chromium-driver")?;
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let program = on_path(&names).ok_or("Chromium is missing: apt-get install chromium")?;
        let port = free_port()?;
        let driver = Beside::start(driver.as_os_str(), fresh_folder("driver")?, |command| {
            command.arg(format!("--port={port}"));
        })?;
        let begin = Instant::now();
        while !is_ready(&format!("127.0.0.1:{port}"), "/status").await {
            if begin.elapsed() > PATIENCE {
                return Err(format!("chromedriver does not answer: {}", driver.last_words()).into());
            }
            sleep(Duration::from_millis(50)).await;
        }
        Ok(Self { _driver: driver, url: format!("http://127.0.0.1:{port}"), program })
    }

    /// Opens a window with a fresh profile.
    pub async fn open(&self, script: Script) -> Result<Client, Failure> {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let mut builder = ClientBuilder::new(connector);
        Ok(builder.capabilities(self.capabilities(script)).connect(&self.url).await?)
    }

    fn capabilities(&self, script: Script) -> Map<String, Value> {
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--force-color-profile=srgb",
            "--lang=id",
        ];
        let mut preferences = json!({ "intl.accept_languages": "id,en" });
        if script == Script::Off {
            preferences["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        let options = json!({ "binary": self.program, "args": arguments, "prefs": preferences });
        let logs = json!({ "browser": "ALL" });
        Map::from_iter([("goog:chromeOptions".to_owned(), options), ("goog:loggingPrefs".to_owned(), logs)])
    }
}
