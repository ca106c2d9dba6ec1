//! X, the process of `scripts/x-service`, and the people who write there.

use super::centre::until;
use super::house::{House, Server};
use super::http::{self, Request};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// The service.
pub struct Square {
    child: Child,
    address: String,
}

impl Square {
    pub fn start() -> Square {
        let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../scripts/x-service/serve.mjs");
        let mut child =
            Command::new("node").arg(script).stdout(Stdio::piped()).spawn().expect("the service needs Node.js");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Square { child, address: format!("127.0.0.1:{}", line.trim()) }
    }

    /// The settings of a house with an account there.
    pub fn settings(&self, house: &House) -> Vec<(&'static str, String)> {
        let file = |name: &str, text: &str| {
            let path = house.folder.join(name);
            std::fs::write(&path, format!("{text}\n")).unwrap();
            path.display().to_string()
        };
        vec![
            ("LAPOR_BASE_URL", "https://lapor.contoh.go.id".to_owned()),
            ("LAPOR_X_USER_ID", "1708".to_owned()),
            ("LAPOR_X_CONSUMER_KEY_FILE", file("x-consumer-key", "kunci-aplikasi")),
            ("LAPOR_X_CONSUMER_SECRET_FILE", file("x-consumer-secret", "rahasia aplikasi")),
            ("LAPOR_X_TOKEN_FILE", file("x-token", "1708-kunci")),
            ("LAPOR_X_TOKEN_SECRET_FILE", file("x-token-secret", "rahasia&akun")),
            ("LAPOR_X_INTERVAL", "1".to_owned()),
            ("LAPOR_X_API", format!("http://{}", self.address)),
        ]
    }

    /// Starts the house, and waits until it has looked once: what is written from now on is for it.
    pub async fn serve(&self, house: &House) -> Server {
        let server = house.serve().await;
        let looked = "SELECT count(*) FROM x_feed WHERE cursor IS NOT NULL AND name <> 'posts'";
        until("the first look", async || (house.count(looked).await == 2).then_some(())).await;
        server
    }

    async fn ask(&self, method: &str, path: &str, body: Value) -> Value {
        let body = body.to_string();
        let answer = http::ask(&self.address, &Request { method, path, headers: &[], body: &body }).await.unwrap();
        serde_json::from_slice(&answer.body).unwrap()
    }

    /// Somebody posts; the id of the post.
    pub async fn post(&self, from: &str, text: &str, more: Value) -> String {
        let mut wish = json!({"from": from, "text": text});
        wish.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.ask("POST", "/play/post", wish).await["id"].as_str().unwrap().to_owned()
    }

    /// Somebody writes to the account alone.
    pub async fn write(&self, from: &str, text: &str, photos: u32) {
        self.ask("POST", "/play/direct", json!({"from": from, "text": text, "photos": photos})).await;
    }

    pub async fn delete(&self, post: &str) {
        self.ask("POST", "/play/delete", json!({ "id": post })).await;
    }

    /// How the service behaves from now on.
    pub async fn mood(&self, mood: Value) {
        self.ask("POST", "/play/mood", mood).await;
    }

    /// What was said to somebody so far, in public or alone.
    pub async fn said(&self, to: &str, public: bool) -> Vec<Value> {
        let sent = self.ask("GET", "/play/sent", json!({})).await;
        let to = json!(to);
        sent.as_array()
            .unwrap()
            .iter()
            .filter(|one| one["to"] == to && one["post"].is_string() == public)
            .cloned()
            .collect()
    }

    /// Waits until so much was said to somebody, and gives the last.
    pub async fn heard(&self, to: &str, public: bool, count: usize) -> Value {
        until(&format!("{to} has {count}, public: {public}"), async || {
            let said = self.said(to, public).await;
            (said.len() >= count).then(|| said[count - 1].clone())
        })
        .await
    }

    /// Ends the service; nothing that it was asked was against its description.
    pub async fn close(self) {
        assert_eq!(self.ask("GET", "/play/wrong", json!({})).await, json!([]));
    }
}

impl Drop for Square {
    fn drop(&mut self) {
        let _already_ended = self.child.kill();
        let _already_waited = self.child.wait();
    }
}
