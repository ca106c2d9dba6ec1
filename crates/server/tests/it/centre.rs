//! The centre of a telephone operator, the process of `scripts/sms-centre`: a real peer of the protocol, not ours.

use super::authority::Authority;
use super::house::House;
use super::http::{self, Request};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Once;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);
static INSTALLED: Once = Once::new();

/// A centre, and the telephones behind it.
pub struct Centre {
    child: Child,
    port: u16,
    control: String,
    tls: bool,
}

impl Centre {
    /// Starts it, after its packages are there.
    pub fn start() -> Centre {
        Centre::launch(None)
    }

    /// One whose line is protected by TLS.
    pub fn start_protected(authority: &Authority) -> Centre {
        Centre::launch(Some(authority))
    }

    fn launch(authority: Option<&Authority>) -> Centre {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../scripts/sms-centre");
        INSTALLED.call_once(|| {
            if !folder.join("node_modules").exists() {
                let quiet = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
                let done = Command::new("npm").args(quiet).current_dir(&folder).status().expect("the centre needs npm");
                assert!(done.success(), "the packages of scripts/sms-centre cannot be had");
            }
        });
        let mut command = Command::new("node");
        command.arg(folder.join("serve.mjs"));
        if let Some(Authority { certificate, key }) = authority {
            command.args(["0", "0"]).args([certificate, key]);
        }
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the centre needs Node.js");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (port, control) = line.trim().split_once(' ').expect("the centre tells its ports");
        Centre { child, port: port.parse().unwrap(), control: format!("127.0.0.1:{control}"), tls: authority.is_some() }
    }

    /// The settings of a house whose line goes to this centre.
    pub fn settings(&self, house: &House, password: &str) -> Vec<(&'static str, String)> {
        let file = house.folder.join("sms-password");
        std::fs::write(&file, password).unwrap();
        let line = format!(
            "[{{name=\"satu\",host=\"127.0.0.1\",port={},tls={},system_id=\"lapor\",password_file={:?},prefixes=[\"62811\"]}}]",
            self.port,
            self.tls,
            file.display().to_string()
        );
        vec![("LAPOR_SMS_LINE", line), ("LAPOR_BASE_URL", "https://lapor.contoh.go.id".to_owned())]
    }

    async fn ask(&self, method: &str, path: &str, body: Value) -> Value {
        let body = body.to_string();
        let request = Request { method, path, headers: &[], body: &body };
        let answer = http::ask(&self.control, &request).await.unwrap();
        serde_json::from_slice(&answer.body).unwrap()
    }

    /// Somebody writes; what became of it at the line: `kept`, `put off` or `lost`.
    pub async fn write(&self, from: &str, message: Value) -> String {
        let mut message = message;
        message["from"] = json!(from);
        self.ask("POST", "/deliver", message).await["outcome"].as_str().unwrap().to_owned()
    }

    /// Many write at once; what became of how many.
    pub async fn flood(&self, count: u32, rate: u32) -> Value {
        self.ask("POST", "/flood", json!({"count": count, "rate": rate})).await
    }

    /// How the centre behaves from now on.
    pub async fn mood(&self, mood: Value) {
        self.ask("POST", "/mood", mood).await;
    }

    /// Waits until a line is up.
    pub async fn bound(&self) {
        until("a line is up", async || (self.ask("GET", "/lines", json!({})).await["up"] == 1).then_some(())).await;
    }

    /// What people received so far: number, text, parts.
    pub async fn sent(&self) -> Vec<(String, String, u64)> {
        let sent = self.ask("GET", "/sent", json!({})).await;
        let one = |sent: &Value| {
            let text = |name: &str| sent[name].as_str().unwrap().to_owned();
            (text("to"), text("text"), sent["parts"].as_u64().unwrap())
        };
        sent.as_array().unwrap().iter().map(one).collect()
    }

    /// Waits until somebody has received so many messages, and gives their texts.
    pub async fn received(&self, to: &str, count: usize) -> Vec<String> {
        until(&format!("{to} has {count} messages"), async || {
            let texts: Vec<String> =
                self.sent().await.into_iter().filter(|(number, _, _)| number == to).map(|(_, text, _)| text).collect();
            (texts.len() >= count).then_some(texts)
        })
        .await
    }
}

impl Drop for Centre {
    fn drop(&mut self) {
        let _already_ended = self.child.kill();
        let _already_waited = self.child.wait();
    }
}

/// Looks until there is something to see.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    while begin.elapsed() < PATIENCE {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
    panic!("waited in vain until {what}");
}
