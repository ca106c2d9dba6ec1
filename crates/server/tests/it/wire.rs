//! A wire between two servers, on which answers can be lost.

use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What it does with a request that sends something; questions always pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Pass,
    /// It arrives, and its answer never comes.
    Swallow,
    /// It never arrives, and is answered with a refusal.
    Refuse,
}

struct Bend {
    to: String,
    mood: Mood,
}

/// A relay, gone with the test.
pub struct Relay {
    pub address: String,
    bend: Arc<Mutex<Bend>>,
    task: tokio::task::JoinHandle<()>,
}

impl Relay {
    /// A relay to a server.
    pub async fn open(to: &str) -> Relay {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let bend = Arc::new(Mutex::new(Bend { to: to.to_owned(), mood: Mood::Pass }));
        let shared = bend.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(carry(stream, shared.clone()));
            }
        });
        Relay { address, bend, task }
    }

    pub fn mood(&self, mood: Mood) {
        self.bend.lock().unwrap().mood = mood;
    }

    /// The server has another port now.
    pub fn leads_to(&self, to: &str) {
        self.bend.lock().unwrap().to = to.to_owned();
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One request and its answer.
async fn carry(mut near: TcpStream, bend: Arc<Mutex<Bend>>) {
    let Some(request) = request(&mut near).await else { return };
    let (to, mood) = {
        let bend = bend.lock().unwrap();
        (bend.to.clone(), bend.mood)
    };
    let mood = if request.starts_with(b"POST") { mood } else { Mood::Pass };
    let mut answer = Vec::new();
    if mood == Mood::Refuse {
        let said = "<errors><error><code>400</code><description>tidak mau</description></error></errors>";
        let head = format!("HTTP/1.1 400 Bad Request\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", said.len());
        answer.extend([head.as_bytes(), said.as_bytes()].concat());
    } else {
        let Ok(mut far) = TcpStream::connect(&to).await else { return };
        if far.write_all(&request).await.is_err() || far.read_to_end(&mut answer).await.is_err() {
            return;
        }
    }
    if mood == Mood::Swallow {
        std::future::pending::<()>().await;
    }
    let _gone = near.write_all(&answer).await;
    let _closed = near.shutdown().await;
}

/// A whole request that asks for the connection to be closed after it.
async fn request(near: &mut TcpStream) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        if near.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
        if bytes.len() >= end + 4 + length.unwrap_or(0) {
            let first = bytes.windows(2).position(|two| two == b"\r\n")? + 2;
            bytes.splice(first..first, b"Connection: close\r\n".iter().copied());
            return Some(bytes);
        }
    }
}
