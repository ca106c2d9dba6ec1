//! Another system that is told of reports, the process of `scripts/webhook-receiver`: it checks signatures with an
//! implementation that is not ours.

use super::centre::until;
use super::http::{self, Request};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Once;

static INSTALLED: Once = Once::new();

/// A receiver of messages.
pub struct Receiver {
    child: Child,
    authority: String,
}

impl Receiver {
    /// Starts it, after its packages are there.
    pub fn start() -> Receiver {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../scripts/webhook-receiver");
        INSTALLED.call_once(|| {
            if !folder.join("node_modules").exists() {
                let quiet = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
                let done =
                    Command::new("npm").args(quiet).current_dir(&folder).status().expect("the receiver needs npm");
                assert!(done.success(), "the packages of scripts/webhook-receiver cannot be had");
            }
        });
        let serve = Command::new("node").arg(folder.join("serve.mjs")).stdout(Stdio::piped()).spawn();
        let mut child = serve.expect("the receiver needs Node.js");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Receiver { child, authority: format!("127.0.0.1:{}", line.trim()) }
    }

    /// Where messages go.
    pub fn url(&self) -> String {
        format!("http://{}/hook", self.authority)
    }

    async fn ask(&self, method: &str, path: &str, body: Value) -> Value {
        let body = body.to_string();
        let request = Request { method, path, headers: &[], body: &body };
        serde_json::from_slice(&http::ask(&self.authority, &request).await.unwrap().body).unwrap()
    }

    /// The secrets of which one has to fit.
    pub async fn knows(&self, secrets: &[&str]) {
        self.ask("POST", "/secrets", json!(secrets)).await;
    }

    /// How it answers from now on.
    pub async fn mood(&self, mood: Value) {
        self.ask("POST", "/mood", mood).await;
    }

    /// All messages in their order.
    pub async fn told(&self) -> Vec<Value> {
        self.ask("GET", "/told", json!({})).await.as_array().unwrap().clone()
    }

    /// Waits for so many messages.
    pub async fn heard(&self, count: usize) -> Vec<Value> {
        until("the messages are there", async || {
            let told = self.told().await;
            (told.len() >= count).then_some(told)
        })
        .await
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _already_ended = self.child.kill();
        let _already_waited = self.child.wait();
    }
}
