//! Hands a message over.

use super::secret::Secret;
use crate::outside::{self, AddressFault, Local, Reach};
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER, USER_AGENT};
use reqwest::{Client, Response, StatusCode};
use std::error::Error;
use std::time::Duration;

/// Longest time for one message, from the name to the end of the answer.
const LONGEST: Duration = Duration::from_secs(10);
const CONNECT: Duration = Duration::from_secs(5);
/// Bytes of an answer that are read, so that its connection can be used again; nobody looks at them.
const MOST_ANSWER: usize = 16 * 1024;
/// The longest pause that a receiver can ask for.
const LONGEST_PAUSE: u64 = 24 * 3600;

/// A message to one receiver.
#[derive(Debug, Clone)]
pub struct Message {
    /// The same at every try.
    pub id: String,
    /// Seconds since 1970 at this try.
    pub timestamp: i64,
    /// JSON.
    pub body: String,
}

/// Why a message was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// A stable name: `status`, `timeout`, `connection`, `address-…`.
    pub code: String,
    /// The status of the answer, where there was one.
    pub status: Option<u16>,
    /// The pause that the receiver asked for.
    pub pause: Option<Duration>,
}

impl Missed {
    fn new(code: impl Into<String>) -> Missed {
        Missed { code: code.into(), status: None, pause: None }
    }

    /// Whether the receiver wants no more messages at all.
    pub fn is_gone(&self) -> bool {
        self.status == Some(StatusCode::GONE.as_u16())
    }
}

/// Calls receivers.
#[derive(Clone)]
pub struct Caller {
    client: Client,
    reach: Reach,
}

impl Caller {
    /// A caller that reaches so far.
    pub fn new(reach: Reach) -> Result<Caller, String> {
        let client = outside::client(reach)
            .timeout(LONGEST)
            .connect_timeout(CONNECT)
            .pool_max_idle_per_host(1)
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Caller { client, reach })
    }

    /// How far it reaches.
    pub fn reach(&self) -> Reach {
        self.reach
    }

    /// Hands a message over, signed with each of the secrets that are valid. Returns the status with which it was taken.
    pub async fn send(&self, to: &str, message: &Message, secrets: &[Secret]) -> Result<u16, Missed> {
        let url =
            self.reach.check(to).map_err(|fault: AddressFault| Missed::new(format!("address-{}", fault.code())))?;
        let Message { id, timestamp, body } = message;
        let signed: Vec<String> = secrets.iter().map(|secret| secret.sign(id, *timestamp, body)).collect();
        let call = self
            .client
            .post(url)
            .header(USER_AGENT, "Lapor-Webhook/1")
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp.to_string())
            .header("webhook-signature", signed.join(" "))
            .body(body.clone());
        let answer = call.send().await.map_err(|error| Missed::new(code_of(&error)))?;
        let status = answer.status();
        let pause = pause(&answer);
        drain(answer).await;
        match status.is_success() {
            true => Ok(status.as_u16()),
            false => Err(Missed { code: "status".to_owned(), status: Some(status.as_u16()), pause }),
        }
    }
}

fn pause(answer: &Response) -> Option<Duration> {
    let seconds = answer.headers().get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(u64::min(seconds, LONGEST_PAUSE)))
}

async fn drain(mut answer: Response) {
    let mut read = 0;
    while let Ok(Some(piece)) = answer.chunk().await {
        read += piece.len();
        if read > MOST_ANSWER {
            return;
        }
    }
}

fn code_of(error: &reqwest::Error) -> &'static str {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if inner.is::<Local>() {
            return "address-private";
        }
        cause = inner.source();
    }
    match error {
        _ if error.is_timeout() => "timeout",
        _ if error.is_connect() => "connection",
        _ => "broken-off",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    const LOCAL: Reach = Reach { plain: true, private: true };

    /// A server that answers each request with the same; its address, and what it was asked.
    async fn answering(answer: &'static str) -> (String, tokio::sync::mpsc::UnboundedReceiver<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://127.0.0.1:{}/x", listener.local_addr().unwrap().port());
        let (told, heard) = tokio::sync::mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut read = vec![0; 8192];
                let mut length = 0;
                while !read[..length].ends_with(b"{}") {
                    length += stream.read(&mut read[length..]).await.unwrap();
                }
                told.send(String::from_utf8_lossy(&read[..length]).into_owned()).unwrap();
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        (address, heard)
    }

    fn message() -> Message {
        Message { id: "msg_1".into(), timestamp: 1_700_000_000, body: "{}".into() }
    }

    #[tokio::test]
    async fn a_message_carries_the_signatures_of_both_secrets() {
        let (address, mut heard) = answering("HTTP/1.1 204 No Content\r\n\r\n").await;
        let secrets = [Secret::of(vec![1; 32]), Secret::of(vec![2; 32])];
        let taken = Caller::new(LOCAL).unwrap().send(&address, &message(), &secrets).await;
        assert_eq!(taken, Ok(204));
        let said = heard.recv().await.unwrap();
        let signed = secrets.map(|secret| secret.sign("msg_1", 1_700_000_000, "{}")).join(" ");
        for line in ["webhook-id: msg_1", "webhook-timestamp: 1700000000", &format!("webhook-signature: {signed}")] {
            assert!(said.contains(line), "{line} is not in {said}");
        }
    }

    #[tokio::test]
    async fn a_redirect_is_not_followed_and_a_pause_is_heard() {
        let answer =
            "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\nretry-after: 90\r\ncontent-length: 0\r\n\r\n";
        let (address, _heard) = answering(answer).await;
        let missed = Caller::new(LOCAL).unwrap().send(&address, &message(), &[]).await.unwrap_err();
        assert_eq!((missed.status, missed.pause), (Some(302), Some(Duration::from_secs(90))));
    }

    #[tokio::test]
    async fn a_name_that_leads_to_the_own_machine_is_not_called() {
        let (address, mut heard) = answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
        let reach = Reach { plain: true, private: false };
        let caller = Caller::new(reach).unwrap();
        let missed = caller.send(&address, &message(), &[]).await.unwrap_err();
        assert_eq!(missed.code, "address-private");
        // The check of the address itself knows this name; the one of its numbers has to as well.
        let client = outside::client(reach).build().unwrap();
        let refused = client.get(address.replace("127.0.0.1", "localhost")).send().await.unwrap_err();
        assert_eq!(code_of(&refused), "address-private");
        assert!(heard.try_recv().is_err(), "the server was called");
    }
}
