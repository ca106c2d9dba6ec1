//! A door for the mail server of the house: LMTP (RFC 2033), and SMTP for servers that know no other.
//!
//! It believes whoever reaches it, so it belongs on a socket or an address that only that server reaches. Commands are
//! parsed by `smtp-proto`; the limits are ours.

use super::{House, MOST_BYTES, NotKept, Raw, Taker, give};
use smtp_proto::Request;
use smtp_proto::request::receiver::{DataReceiver, DummyDataReceiver};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;

/// Connections at once; more are told to come back.
const MOST_CONNECTIONS: usize = 32;
/// Letters that are brought at once: each is held in memory.
const MOST_LETTERS: usize = 4;
const MOST_RECIPIENTS: usize = 100;
const MOST_LINE: u64 = 2_048;
/// Commands in a row that are none.
const MOST_SLIPS: u32 = 10;
/// The longest wait for a command, and for the next piece of a letter.
const PATIENCE: Duration = Duration::from_secs(120);
/// The longest that a whole letter may take.
const LONGEST: Duration = Duration::from_secs(600);

/// Where the door is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listen {
    /// Host and port.
    Tcp(String),
    Unix(PathBuf),
}

impl Listen {
    /// `unix:/run/lapor/lmtp`, or a host and a port.
    pub fn parse(text: &str) -> Listen {
        match text.strip_prefix("unix:") {
            Some(path) => Listen::Unix(PathBuf::from(path)),
            None => Listen::Tcp(text.to_owned()),
        }
    }
}

/// A door that stands open for the mail server.
pub struct Door {
    entry: Entry,
    house: Arc<House>,
    /// How it calls itself.
    host: String,
    letters: Semaphore,
}

enum Entry {
    Tcp(TcpListener),
    Unix(UnixListener),
}

impl Door {
    /// Opens it. A socket that a dead process left is taken away first.
    pub async fn open(listen: &Listen, house: Arc<House>) -> io::Result<Door> {
        let entry = match listen {
            Listen::Tcp(address) => Entry::Tcp(TcpListener::bind(address).await?),
            Listen::Unix(path) => {
                if tokio::net::UnixStream::connect(path).await.is_ok() {
                    return Err(io::ErrorKind::AddrInUse.into());
                }
                match tokio::fs::remove_file(path).await {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                    _ => Entry::Unix(UnixListener::bind(path)?),
                }
            }
        };
        let address = house.addresses.first().and_then(|address| address.rsplit_once('@'));
        let host = address.map_or_else(|| "lapor".to_owned(), |(_, domain)| domain.to_owned());
        Ok(Door { entry, house, host, letters: Semaphore::new(MOST_LETTERS) })
    }

    /// Takes letters in until told to stop. Who is cut off then brings the letter again.
    pub async fn serve(self, taker: Arc<dyn Taker>, mut stopped: watch::Receiver<bool>) {
        let door = Arc::new(self);
        let mut talks = JoinSet::new();
        loop {
            let accepted = tokio::select! {
                accepted = door.accept() => accepted,
                () = stop(&mut stopped) => return,
            };
            let (reading, writing) = match accepted {
                Ok(stream) => stream,
                Err(error) => {
                    tracing::warn!(%error, "a mail server could not be let in");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            };
            while talks.try_join_next().is_some() {}
            let full = talks.len() >= MOST_CONNECTIONS;
            let (door, taker) = (door.clone(), taker.clone());
            talks.spawn(async move {
                let mut talk = Talk::new(&door, BufReader::new(reading), writing);
                let ended = if full { talk.turn_away().await } else { talk.run(taker.as_ref()).await };
                if let Err(error) = ended {
                    tracing::info!(kind = %error.kind(), "a mail server went away");
                }
            });
        }
    }

    async fn accept(&self) -> io::Result<(Reading, Writing)> {
        Ok(match &self.entry {
            Entry::Tcp(listener) => {
                let (reading, writing) = listener.accept().await?.0.into_split();
                (Box::new(reading), Box::new(writing))
            }
            Entry::Unix(listener) => {
                let (reading, writing) = listener.accept().await?.0.into_split();
                (Box::new(reading), Box::new(writing))
            }
        })
    }
}

async fn stop(stopped: &mut watch::Receiver<bool>) {
    let _sender_gone = stopped.wait_for(|stop| *stop).await;
}

type Reading = Box<dyn AsyncRead + Send + Unpin>;
type Writing = Box<dyn AsyncWrite + Send + Unpin>;

/// One connection.
struct Talk<'a, R, W> {
    door: &'a Door,
    reading: R,
    writing: W,
    /// Each recipient gets an answer of its own, as LMTP wants it.
    each: bool,
    from: Option<String>,
    to: Vec<String>,
    slips: u32,
}

impl<'a, R: AsyncBufRead + Unpin, W: AsyncWrite + Unpin> Talk<'a, R, W> {
    fn new(door: &'a Door, reading: R, writing: W) -> Talk<'a, R, W> {
        Talk { door, reading, writing, each: false, from: None, to: Vec::new(), slips: 0 }
    }

    async fn turn_away(&mut self) -> io::Result<()> {
        self.say("421 4.3.2 too many connections").await
    }

    async fn run(&mut self, taker: &dyn Taker) -> io::Result<()> {
        self.say(&format!("220 {} LMTP", self.door.host)).await?;
        while let Some(line) = self.line().await? {
            let request = Request::parse(&mut line.iter()).map(Request::into_owned);
            match request {
                Ok(Request::Quit) => return self.say("221 2.0.0 bye").await,
                Ok(Request::Data) => self.letter(taker).await?,
                Ok(request) => self.answer(request).await?,
                Err(error) => {
                    self.slips += 1;
                    let text = match error {
                        smtp_proto::Error::UnknownCommand => "500 5.5.1 unknown command",
                        smtp_proto::Error::InvalidRecipientAddress => "501 5.1.3 not an address",
                        smtp_proto::Error::InvalidSenderAddress => "501 5.1.7 not an address",
                        _ => "501 5.5.4 not understood",
                    };
                    self.say(text).await?;
                }
            }
            if self.slips >= MOST_SLIPS {
                return self.say("421 4.7.0 too many errors").await;
            }
        }
        Ok(())
    }

    async fn answer(&mut self, request: Request<String>) -> io::Result<()> {
        match request {
            Request::Lhlo { .. } => self.greet(true).await,
            Request::Ehlo { .. } => self.greet(false).await,
            Request::Helo { .. } => {
                self.forget(false);
                self.say(&format!("250 {}", self.door.host)).await
            }
            Request::Mail { from } if self.from.is_some() => {
                drop(from);
                self.slip("503 5.5.1 one sender only").await
            }
            Request::Mail { from } if from.size > MOST_BYTES => self.slip("552 5.3.4 the letter is too long").await,
            Request::Mail { from } => {
                self.from = Some(from.address);
                self.say("250 2.1.0 ok").await
            }
            Request::Rcpt { .. } if self.from.is_none() => self.slip("503 5.5.1 MAIL first").await,
            Request::Rcpt { .. } if self.to.len() >= MOST_RECIPIENTS => self.say("452 4.5.3 too many recipients").await,
            Request::Rcpt { to } if !self.door.house.owns(&to.address) => {
                self.slip("550 5.1.1 nobody of that name").await
            }
            Request::Rcpt { to } => {
                self.to.push(to.address);
                self.say("250 2.1.5 ok").await
            }
            Request::Rset => {
                self.forget(self.each);
                self.say("250 2.0.0 ok").await
            }
            Request::Noop { .. } => self.say("250 2.0.0 ok").await,
            Request::Vrfy { .. } => self.slip("252 2.1.5 try it").await,
            _ => self.slip("502 5.5.1 not here").await,
        }
    }

    async fn greet(&mut self, each: bool) -> io::Result<()> {
        self.forget(each);
        let host = &self.door.host;
        let text = format!(
            "250-{host}\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE {MOST_BYTES}"
        );
        self.say(&text).await
    }

    fn forget(&mut self, each: bool) {
        self.each = each;
        self.from = None;
        self.to.clear();
    }

    /// Takes a letter in, and says of each recipient what became of it.
    async fn letter(&mut self, taker: &dyn Taker) -> io::Result<()> {
        if self.to.is_empty() {
            return self.slip("503 5.5.1 RCPT first").await;
        }
        let door = self.door;
        let _place = door.letters.acquire().await.map_err(io::Error::other)?;
        self.say("354 go on").await?;
        let bytes = timeout(LONGEST, self.content()).await.map_err(|_| io::ErrorKind::TimedOut)??;
        let (from, to) = (self.from.take(), std::mem::take(&mut self.to));
        let answers = if self.each { to.len() } else { 1 };
        let text = match bytes {
            None => "552 5.3.4 the letter is too long",
            Some(bytes) => match give(taker, Raw { bytes, from, to, is_cut: false }, "lmtp").await {
                Ok(()) => "250 2.0.0 kept",
                Err(NotKept::Later) => "451 4.3.0 not now",
                Err(NotKept::Never) => "554 5.6.0 it cannot be read",
            },
        };
        self.slips = 0;
        for _ in 0..answers {
            self.say(text).await?;
        }
        Ok(())
    }

    /// The letter up to the line with a dot alone; `None` where it is too long, and what is left of it was passed over.
    async fn content(&mut self) -> io::Result<Option<Vec<u8>>> {
        let (mut receiver, mut bytes) = (DataReceiver::new(), Vec::new());
        let mut over: Option<DummyDataReceiver> = None;
        loop {
            let piece = timeout(PATIENCE, self.reading.fill_buf()).await.map_err(|_| io::ErrorKind::TimedOut)??;
            if piece.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let mut left = piece.iter();
            let ended = match &mut over {
                Some(over) => over.ingest(&mut left),
                None => receiver.ingest(&mut left, &mut bytes),
            };
            let taken = piece.len() - left.as_slice().len();
            self.reading.consume(taken);
            match (ended, &over) {
                (true, None) if bytes.len() <= MOST_BYTES => return Ok(Some(bytes)),
                (true, _) => return Ok(None),
                (false, None) if bytes.len() > MOST_BYTES => {
                    over = Some(DummyDataReceiver::new_data(&receiver));
                    bytes = Vec::new();
                }
                (false, _) => {}
            }
        }
    }

    /// The next line; `None` where the other side has gone. A line that does not end is an error.
    async fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let mut limited = (&mut self.reading).take(MOST_LINE);
        let read = timeout(PATIENCE, limited.read_until(b'\n', &mut line)).await;
        read.map_err(|_| io::ErrorKind::TimedOut)??;
        match line.last() {
            None => Ok(None),
            Some(b'\n') => Ok(Some(line)),
            Some(_) if line.len() as u64 >= MOST_LINE => {
                self.say("500 5.5.2 the line is too long").await?;
                Err(io::ErrorKind::InvalidData.into())
            }
            Some(_) => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }

    async fn slip(&mut self, text: &str) -> io::Result<()> {
        self.slips += 1;
        self.say(text).await
    }

    async fn say(&mut self, text: &str) -> io::Result<()> {
        let line = format!("{text}\r\n");
        let said = timeout(PATIENCE, async {
            self.writing.write_all(line.as_bytes()).await?;
            self.writing.flush().await
        });
        said.await.map_err(|_| io::ErrorKind::TimedOut)?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::BoxFuture;
    use std::sync::Mutex;

    #[derive(Default)]
    struct Keeper {
        kept: Mutex<Vec<Raw>>,
        refuses: Option<NotKept>,
    }

    impl Taker for Keeper {
        fn take(&self, raw: Raw) -> BoxFuture<'_, Result<(), NotKept>> {
            Box::pin(async move {
                match self.refuses {
                    Some(refused) => Err(refused),
                    None => {
                        self.kept.lock().unwrap().push(raw);
                        Ok(())
                    }
                }
            })
        }
    }

    async fn door() -> Door {
        let addresses = vec!["lapor@contoh.go.id".to_owned()];
        let house = House { addresses, authserv_id: None };
        Door::open(&Listen::parse("127.0.0.1:0"), Arc::new(house)).await.unwrap()
    }

    /// What is answered to what is said at once.
    async fn said(keeper: &Keeper, input: &[u8]) -> String {
        let (door, mut output) = (door().await, Vec::new());
        let _went_away = Talk::new(&door, input, &mut output).run(keeper).await;
        String::from_utf8(output).unwrap()
    }

    fn codes(said: &str) -> Vec<&str> {
        said.lines().filter(|line| line.as_bytes()[3] == b' ').map(|line| &line[..3]).collect()
    }

    #[tokio::test]
    async fn each_recipient_gets_an_answer_and_the_letter_is_taken_once() {
        let keeper = Keeper::default();
        let input = b"LHLO mx\r\nMAIL FROM:<siti@contoh.id> SIZE=100\r\nRCPT TO:<lapor@contoh.go.id>\r\n\
            RCPT TO:<Lapor+2085653718@contoh.go.id>\r\nRCPT TO:<lain@contoh.go.id>\r\nDATA\r\n\
            Subject: Halo\r\n\r\n..titik\r\nMAIL FROM:<x@y>\r\n\n.\r\nisi\r\n.\r\nQUIT\r\n";
        assert_eq!(
            codes(&said(&keeper, input).await),
            ["220", "250", "250", "250", "250", "550", "354", "250", "250", "221"]
        );
        let kept = keeper.kept.into_inner().unwrap();
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].from.as_deref(), Some("siti@contoh.id"));
        assert_eq!(kept[0].to, ["lapor@contoh.go.id", "Lapor+2085653718@contoh.go.id"]);
        assert_eq!(kept[0].bytes, b"Subject: Halo\r\n\r\n.titik\r\nMAIL FROM:<x@y>\r\n\n.\r\nisi\r\n");
    }

    #[tokio::test]
    async fn a_letter_that_is_not_kept_is_not_acknowledged() {
        let input = b"LHLO mx\r\nMAIL FROM:<>\r\nRCPT TO:<lapor@contoh.go.id>\r\nDATA\r\nSubject: Halo\r\n\r\nisi\r\n.\r\nQUIT\r\n";
        for (refuses, code) in [(NotKept::Later, "451"), (NotKept::Never, "554")] {
            let keeper = Keeper { refuses: Some(refuses), ..Keeper::default() };
            assert_eq!(codes(&said(&keeper, input).await), ["220", "250", "250", "250", "354", code, "221"]);
        }
        let keeper = Keeper::default();
        let cut_off = &input[..input.len() - 11];
        assert_eq!(codes(&said(&keeper, cut_off).await), ["220", "250", "250", "250", "354"]);
        assert!(keeper.kept.into_inner().unwrap().is_empty(), "half a letter");
    }

    #[tokio::test]
    async fn what_is_too_long_or_out_of_turn_is_refused() {
        let keeper = Keeper::default();
        let head = "LHLO mx\r\nMAIL FROM:<siti@contoh.id>\r\nRCPT TO:<lapor@contoh.go.id>\r\nDATA\r\n";
        let long = [head.as_bytes(), &vec![b'x'; MOST_BYTES + 1], b"\r\n.\r\nNOOP\r\nQUIT\r\n"].concat();
        assert_eq!(codes(&said(&keeper, &long).await), ["220", "250", "250", "250", "354", "552", "250", "221"]);
        let announced = format!("LHLO mx\r\nMAIL FROM:<siti@contoh.id> SIZE={}\r\nQUIT\r\n", MOST_BYTES + 1);
        assert_eq!(codes(&said(&keeper, announced.as_bytes()).await), ["220", "250", "552", "221"]);
        let out_of_turn = b"LHLO mx\r\nDATA\r\nRCPT TO:<lapor@contoh.go.id>\r\nQUIT\r\n";
        assert_eq!(codes(&said(&keeper, out_of_turn).await), ["220", "250", "503", "503", "221"]);
        let endless = [b"LHLO ".as_slice(), &[b'x'; 4_096]].concat();
        assert_eq!(codes(&said(&keeper, &endless).await), ["220", "500"]);
        let noise = "HALO\r\n".repeat(20);
        assert_eq!(codes(&said(&keeper, noise.as_bytes()).await).last(), Some(&"421"));
        assert!(keeper.kept.into_inner().unwrap().is_empty());
    }

    #[tokio::test]
    async fn many_recipients_are_put_off() {
        let rcpt = "RCPT TO:<lapor@contoh.go.id>\r\n".repeat(MOST_RECIPIENTS + 1);
        let input = format!("LHLO mx\r\nMAIL FROM:<siti@contoh.id>\r\n{rcpt}QUIT\r\n");
        let said = said(&Keeper::default(), input.as_bytes()).await;
        assert_eq!(codes(&said).iter().filter(|code| **code == "452").count(), 1);
    }
}
