//! One plain HTTP request, to see what a browser does not show: statuses, headers, bytes.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::Failure;

const PATIENCE: Duration = Duration::from_secs(30);

/// What the server answered.
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    head: String,
    /// The body as it was sent.
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header; `name` is in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        let pairs = self.head.lines().filter_map(|line| line.split_once(':'));
        let mut named = pairs.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.trim())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Asks `authority` (host and port) for `path`.
pub async fn get(authority: &str, path: &str, cookies: &str) -> Result<Answer, Failure> {
    let cookies = if cookies.is_empty() { String::new() } else { format!("Cookie: {cookies}\r\n") };
    send(authority, format!("GET {path} HTTP/1.1\r\nHost: {authority}\r\n{cookies}Connection: close\r\n\r\n")).await
}

/// Posts an url-encoded form to `path` of `authority`.
pub async fn post(authority: &str, path: &str, form: &[(&str, &str)]) -> Result<Answer, Failure> {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let kind = "Content-Type: application/x-www-form-urlencoded";
    let head = format!("POST {path} HTTP/1.1\r\nHost: {authority}\r\n{kind}\r\nContent-Length: {}", body.len());
    send(authority, format!("{head}\r\nConnection: close\r\n\r\n{body}")).await
}

async fn send(authority: &str, request: String) -> Result<Answer, Failure> {
    let exchange = async {
        let mut stream = TcpStream::connect(authority).await?;
        stream.write_all(request.as_bytes()).await?;
        read(stream).await
    };
    timeout(PATIENCE, exchange).await.map_err(|_| format!("no answer from {authority} in {PATIENCE:?}"))?
}

async fn read(mut stream: TcpStream) -> Result<Answer, Failure> {
    let mut bytes = Vec::new();
    loop {
        let more = stream.read_buf(&mut bytes).await? > 0;
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            if more {
                continue;
            }
            return Err("an answer without end of head".into());
        };
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or("an answer without status")?;
        let answer = Answer { status, head, body: bytes[end + 4..].to_vec() };
        let length = answer.header("content-length").and_then(|length| length.parse().ok());
        if !more || length.is_some_and(|length: usize| answer.body.len() >= length) {
            return Ok(answer);
        }
    }
}
