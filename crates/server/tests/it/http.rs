//! A small HTTP client that keeps its connection and can stop in the middle of a request.

use std::io;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// A debug build on a busy machine is slow.
const PATIENCE: Duration = Duration::from_secs(60);

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let pairs = self.head.lines().filter_map(|line| line.split_once(':'));
        let mut named = pairs.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.trim())
    }

    /// A cookie that was set, as a browser sends it back.
    #[track_caller]
    pub fn cookie(&self, name: &str) -> String {
        let set = |line: &str| line.to_lowercase().starts_with(&format!("set-cookie: {name}="));
        let line = self.head.lines().find(|line| set(line)).unwrap_or_else(|| panic!("no {name} in {}", self.head));
        line[12..].split(';').next().unwrap_or_default().to_owned()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A text field of a JSON body.
    #[track_caller]
    pub fn field(&self, name: &str) -> String {
        let value: serde_json::Value = serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}", self.text()));
        value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}")).to_owned()
    }

    /// Insists on a status.
    #[track_caller]
    pub fn is(self, status: u16) -> Answer {
        assert_eq!(self.status, status, "{}\n{}", self.head, self.text());
        self
    }
}

/// A request to be sent.
pub struct Request<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub headers: &'a [(&'a str, &'a str)],
    pub body: &'a str,
}

impl<'a> Request<'a> {
    pub fn get(path: &'a str) -> Request<'a> {
        Request { method: "GET", path, headers: &[], body: "" }
    }

    pub fn post(path: &'a str, headers: &'a [(&'a str, &'a str)], body: &'a str) -> Request<'a> {
        Request { method: "POST", path, headers, body }
    }

    fn written(&self, authority: &str) -> String {
        let headers: String = self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let Request { method, path, body, .. } = self;
        let length = body.len();
        format!("{method} {path} HTTP/1.1\r\nHost: {authority}\r\n{headers}Content-Length: {length}\r\n\r\n{body}")
    }
}

/// A connection to a server.
pub struct Wire {
    authority: String,
    stream: TcpStream,
}

impl Wire {
    pub async fn open(authority: &str) -> io::Result<Wire> {
        let stream = TcpStream::connect(authority).await?;
        stream.set_nodelay(true)?;
        Ok(Wire { authority: authority.to_owned(), stream })
    }

    /// Sends a request and reads its answer.
    pub async fn ask(&mut self, request: &Request<'_>) -> io::Result<Answer> {
        let text = request.written(&self.authority);
        self.stream.write_all(text.as_bytes()).await?;
        self.answer().await
    }

    /// Sends a request but for the last `kept` bytes, which are returned.
    pub async fn begin(&mut self, request: &Request<'_>, kept: usize) -> io::Result<String> {
        let text = request.written(&self.authority);
        let (first, rest) = text.split_at(text.len() - kept);
        self.stream.write_all(first.as_bytes()).await?;
        Ok(rest.to_owned())
    }

    /// Sends the rest of a request and reads the answer.
    pub async fn finish(&mut self, rest: &str) -> io::Result<Answer> {
        self.stream.write_all(rest.as_bytes()).await?;
        self.answer().await
    }

    async fn answer(&mut self) -> io::Result<Answer> {
        let read = read(&mut self.stream);
        timeout(PATIENCE, read).await.map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "no answer"))?
    }
}

async fn read(stream: &mut TcpStream) -> io::Result<Answer> {
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or_else(|| io::Error::other(head.clone()))?;
        let answer = Answer { status, head, body: bytes[end + 4..].to_vec() };
        let length = answer.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        if answer.body.len() >= length {
            return Ok(answer);
        }
    }
}

/// One request on a connection of its own.
pub async fn ask(authority: &str, request: &Request<'_>) -> io::Result<Answer> {
    Wire::open(authority).await?.ask(request).await
}
