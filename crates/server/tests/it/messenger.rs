//! Telegram and WhatsApp, the process of `scripts/chat-service`, and the people who write there.

use super::centre::until;
use super::house::{House, Server};
use super::http::{self, Request};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// A chat service by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    Telegram,
    Whatsapp,
}

impl Service {
    pub fn name(self) -> &'static str {
        match self {
            Service::Telegram => "telegram",
            Service::Whatsapp => "whatsapp",
        }
    }
}

/// The services, and the people behind them.
pub struct Messenger {
    child: Child,
    address: String,
}

impl Messenger {
    pub fn start() -> Messenger {
        let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../scripts/chat-service/serve.mjs");
        let mut child =
            Command::new("node").arg(script).stdout(Stdio::piped()).spawn().expect("the services need Node.js");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Messenger { child, address: format!("127.0.0.1:{}", line.trim()) }
    }

    /// The settings of a house that is reached by both services.
    pub fn settings(&self, house: &House) -> Vec<(&'static str, String)> {
        let file = |name: &str, text: &str| {
            let path = house.folder.join(name);
            std::fs::write(&path, format!("{text}\n")).unwrap();
            path.display().to_string()
        };
        let base = format!("http://{}", self.address);
        vec![
            ("LAPOR_BASE_URL", "https://lapor.contoh.go.id".to_owned()),
            ("LAPOR_TELEGRAM_TOKEN_FILE", file("bot-token", "1708:contoh")),
            ("LAPOR_TELEGRAM_API", base.clone()),
            ("LAPOR_WHATSAPP_NUMBER_ID", "1061708".to_owned()),
            ("LAPOR_WHATSAPP_TOKEN_FILE", file("whatsapp-token", "kunci")),
            ("LAPOR_WHATSAPP_SECRET_FILE", file("whatsapp-secret", "rahasia")),
            ("LAPOR_WHATSAPP_VERIFY_FILE", file("whatsapp-verify", "periksa")),
            ("LAPOR_WHATSAPP_API", format!("{base}/v23.0")),
        ]
    }

    /// Starts the house and lets both services post to it.
    pub async fn serve(&self, house: &House) -> Server {
        let server = house.serve().await;
        let base = format!("http://{}", server.listen);
        self.ask("POST", "/play/instead", json!({ "base": base })).await;
        until("Telegram knows where to post", async || {
            let hook = self.ask("GET", "/play/hook", json!({})).await["telegram"].as_str()?.to_owned();
            hook.starts_with(&base).then_some(())
        })
        .await;
        let opened = self.ask("POST", "/play/whatsapp", json!({"hook": format!("{base}/hooks/whatsapp")})).await;
        assert_eq!(opened["verified"], true, "{opened}");
        server
    }

    async fn ask(&self, method: &str, path: &str, body: Value) -> Value {
        let body = body.to_string();
        let answer = http::ask(&self.address, &Request { method, path, headers: &[], body: &body }).await.unwrap();
        serde_json::from_slice(&answer.body).unwrap()
    }

    /// Somebody writes; the status with which it was taken.
    pub async fn write(&self, service: Service, from: i64, message: Value) -> u64 {
        let mut message = message;
        message["service"] = json!(service.name());
        message["from"] = json!(from);
        self.ask("POST", "/play/write", message).await["status"].as_u64().unwrap()
    }

    /// Somebody touches a button of the last message that has any.
    pub async fn touch(&self, service: Service, from: i64, label: &str) -> Value {
        self.ask("POST", "/play/touch", json!({"service": service.name(), "from": from, "label": label})).await
    }

    /// How the services behave from now on.
    pub async fn mood(&self, mood: Value) {
        self.ask("POST", "/play/mood", mood).await;
    }

    /// What somebody received so far.
    pub async fn sent(&self, service: Service, to: i64) -> Vec<Value> {
        let sent = self.ask("GET", "/play/sent", json!({})).await;
        let (name, to) = (json!(service.name()), json!(to.to_string()));
        sent.as_array().unwrap().iter().filter(|one| one["service"] == name && one["to"] == to).cloned().collect()
    }

    /// Waits until somebody has received so many messages, and gives the last.
    pub async fn received(&self, service: Service, to: i64, count: usize) -> Value {
        until(&format!("{to} has {count} messages"), async || {
            let sent = self.sent(service, to).await;
            (sent.len() >= count).then(|| sent[count - 1].clone())
        })
        .await
    }
}

impl Drop for Messenger {
    fn drop(&mut self) {
        let _already_ended = self.child.kill();
        let _already_waited = self.child.wait();
    }
}
