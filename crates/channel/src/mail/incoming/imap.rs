//! A mailbox that somebody else keeps: new letters are fetched from it as they come (IMAP4rev1, IDLE).

use super::{MOST_BYTES, NotKept, Raw, Taker, give};
use crate::mail::Security;
use crate::trust::Trust;
use async_imap::extensions::idle::IdleResponse;
use async_imap::{Client, Session};
use futures_util::TryStreamExt;
use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, timeout};

/// The wait before a mailbox is opened again, doubled each time up to the longest.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(300);
/// A connection that stood so long had been a good one.
const WELL: Duration = Duration::from_secs(60);
/// The longest that a server may think about one command.
const PATIENCE: Duration = Duration::from_secs(60);
/// The longest for a whole letter.
const FETCHING: Duration = Duration::from_secs(300);
/// How long nothing may be heard before we look ourselves; some routers forget a silent line sooner than servers do.
const IDLE: Duration = Duration::from_secs(120);
/// How often we look where a server does not tell by itself.
const POLL: Duration = Duration::from_secs(30);

/// What is done with a letter that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// It is marked as read; letters that are marked so are passed over.
    Seen,
    Delete,
    /// Into another folder.
    Move(String),
}

impl After {
    /// Which letters are new. One with a flag could not be read, and is left to a person.
    fn query(&self) -> &'static str {
        match self {
            After::Seen => "UNSEEN UNDELETED UNFLAGGED",
            After::Delete | After::Move(_) => "UNDELETED UNFLAGGED",
        }
    }
}

/// A mailbox.
#[derive(Debug, Clone)]
pub struct Imap {
    pub host: String,
    /// The usual port of the security otherwise.
    pub port: Option<u16>,
    pub security: Security,
    pub user: String,
    pub password: String,
    pub folder: String,
    pub after: After,
    /// Whose certificates are believed.
    pub trust: Trust,
}

/// Why a mailbox is not open, in a word that names nobody.
#[derive(Debug, thiserror::Error)]
enum Fell {
    #[error("the server does not answer in time")]
    Slow,
    #[error("the connection: {0}")]
    Line(std::io::ErrorKind),
    #[error("the server's name or certificate cannot be used")]
    Tls,
    #[error("user or password are not taken")]
    Login,
    #[error("the server speaks otherwise: {0}")]
    Protocol(&'static str),
    #[error("letters cannot be kept now")]
    Later,
}

impl From<async_imap::error::Error> for Fell {
    fn from(error: async_imap::error::Error) -> Fell {
        use async_imap::error::Error;
        match error {
            Error::Io(error) => Fell::Line(error.kind()),
            Error::ConnectionLost => Fell::Line(std::io::ErrorKind::ConnectionReset),
            Error::No(_) => Fell::Protocol("no"),
            Error::Bad(_) => Fell::Protocol("bad"),
            _ => Fell::Protocol("parse"),
        }
    }
}

impl From<std::io::Error> for Fell {
    fn from(error: std::io::Error) -> Fell {
        Fell::Line(error.kind())
    }
}

/// A connection, in the clear or not.
trait Stream: AsyncRead + AsyncWrite + Unpin + Send + Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Stream for T {}

/// What a server can do beyond the least.
#[derive(Debug, Clone, Copy)]
struct Can {
    idle: bool,
    moving: bool,
    uidplus: bool,
}

type Line = Session<Box<dyn Stream>>;

async fn soon<T, E: Into<Fell>>(patience: Duration, work: impl Future<Output = Result<T, E>>) -> Result<T, Fell> {
    timeout(patience, work).await.map_err(|_| Fell::Slow)?.map_err(Into::into)
}

impl Imap {
    /// Keeps the mailbox open and takes what comes, until told to stop.
    pub async fn run(&self, taker: Arc<dyn Taker>, mut stopped: watch::Receiver<bool>) {
        let mut wait = FIRST_WAIT;
        while !*stopped.borrow() {
            let begun = Instant::now();
            let fell = tokio::select! {
                fell = self.visit(taker.as_ref()) => fell,
                _ = stopped.wait_for(|stop| *stop) => return,
            };
            metrics::gauge!("lapor_mail_box_up").set(0.0);
            if let Err(fell) = fell {
                tracing::warn!(%fell, "the mailbox is closed");
            }
            if begun.elapsed() > WELL {
                wait = FIRST_WAIT;
            }
            let spread = wait.mul_f64(0.5 + rand::random::<f64>() / 2.0);
            let _stop_or_wait = timeout(spread, stopped.wait_for(|stop| *stop)).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }

    /// Whether the mailbox can be opened, for somebody who sets it up; a sentence in English where not.
    pub async fn knock(&self) -> Result<(), String> {
        let open = async {
            let mut line = self.open().await?;
            soon(PATIENCE, line.logout()).await
        };
        open.await.map_err(|fell: Fell| fell.to_string())
    }

    async fn visit(&self, taker: &dyn Taker) -> Result<(), Fell> {
        let mut line = self.open().await?;
        let can = soon(PATIENCE, line.capabilities()).await?;
        let can = Can { idle: can.has_str("IDLE"), moving: can.has_str("MOVE"), uidplus: can.has_str("UIDPLUS") };
        metrics::gauge!("lapor_mail_box_up").set(1.0);
        tracing::info!("the mailbox is open");
        loop {
            while line.unsolicited_responses.try_recv().is_ok() {}
            self.empty(&mut line, taker, can).await?;
            if !line.unsolicited_responses.is_empty() {
                // Something came meanwhile.
                continue;
            }
            if !can.idle {
                tokio::time::sleep(POLL).await;
                soon(PATIENCE, line.noop()).await?;
                continue;
            }
            let mut idle = line.idle();
            soon(PATIENCE, idle.init()).await?;
            let (heard, _interrupt) = idle.wait_with_timeout(IDLE);
            if let IdleResponse::ManualInterrupt = heard.await? {
                return Err(Fell::Line(std::io::ErrorKind::ConnectionReset));
            }
            line = soon(PATIENCE, idle.done()).await?;
        }
    }

    async fn open(&self) -> Result<Line, Fell> {
        let client = self.connect().await?;
        let login = async { client.login(&self.user, &self.password).await.map_err(|(error, _)| error) };
        let mut line = soon(PATIENCE, login).await.map_err(|fell| match fell {
            Fell::Protocol("no") => Fell::Login,
            other => other,
        })?;
        soon(PATIENCE, line.select(&self.folder)).await?;
        Ok(line)
    }

    async fn connect(&self) -> Result<Client<Box<dyn Stream>>, Fell> {
        let port = self.port.unwrap_or(if self.security == Security::Tls { 993 } else { 143 });
        let tcp = soon(PATIENCE, TcpStream::connect((self.host.as_str(), port))).await?;
        let stream: Box<dyn Stream> = match self.security {
            Security::Tls => self.protect(Box::new(tcp)).await?,
            Security::Plain | Security::StartTls => Box::new(tcp),
        };
        let mut client = Client::new(stream);
        soon(PATIENCE, client.read_response()).await?.ok_or(Fell::Protocol("no greeting"))?;
        if self.security == Security::StartTls {
            soon(PATIENCE, client.run_command_and_check_ok("STARTTLS", None)).await?;
            client = Client::new(self.protect(client.into_inner()).await?);
        }
        Ok(client)
    }

    async fn protect(&self, stream: Box<dyn Stream>) -> Result<Box<dyn Stream>, Fell> {
        let protected = timeout(PATIENCE, self.trust.protect(&self.host, stream))
            .await
            .map_err(|_| Fell::Slow)?
            .map_err(|_| Fell::Tls)?;
        Ok(Box::new(protected))
    }

    /// Takes all new letters, the oldest first.
    async fn empty(&self, line: &mut Line, taker: &dyn Taker, can: Can) -> Result<(), Fell> {
        let new = soon(PATIENCE, line.uid_search(self.after.query())).await?;
        let mut new: Vec<u32> = new.into_iter().collect();
        new.sort_unstable();
        for uid in new {
            let Some(raw) = fetch(line, uid).await? else { continue };
            match give(taker, raw, "imap").await {
                Ok(()) => self.put_away(line, uid, can).await?,
                Err(NotKept::Later) => return Err(Fell::Later),
                Err(NotKept::Never) => mark(line, uid, "+FLAGS.SILENT (\\Seen \\Flagged)").await?,
            }
        }
        Ok(())
    }

    async fn put_away(&self, line: &mut Line, uid: u32, can: Can) -> Result<(), Fell> {
        match &self.after {
            After::Seen => return mark(line, uid, "+FLAGS.SILENT (\\Seen)").await,
            After::Move(folder) if can.moving => {
                mark(line, uid, "+FLAGS.SILENT (\\Seen)").await?;
                return soon(PATIENCE, line.uid_mv(uid.to_string(), folder)).await;
            }
            After::Move(folder) => soon(PATIENCE, line.uid_copy(uid.to_string(), folder)).await?,
            After::Delete => {}
        }
        mark(line, uid, "+FLAGS.SILENT (\\Seen \\Deleted)").await?;
        if can.uidplus {
            // What others have marked is none of our business.
            let expunge = async { line.uid_expunge(uid.to_string()).await?.try_collect::<Vec<u32>>().await };
            return soon(PATIENCE, expunge).await.map(drop);
        }
        let expunge = async { line.expunge().await?.try_collect::<Vec<u32>>().await };
        soon(PATIENCE, expunge).await.map(drop)
    }
}

async fn mark(line: &mut Line, uid: u32, flags: &str) -> Result<(), Fell> {
    let marking = async { line.uid_store(uid.to_string(), flags).await?.try_collect::<Vec<_>>().await };
    soon(PATIENCE, marking).await.map(drop)
}

/// A letter, without marking it as read; `None` where somebody has taken it away meanwhile. Of one that is too long the
/// beginning, in which its text stands.
async fn fetch(line: &mut Line, uid: u32) -> Result<Option<Raw>, Fell> {
    let query = format!("(UID BODY.PEEK[]<0.{}>)", MOST_BYTES + 1);
    let fetching = async { line.uid_fetch(uid.to_string(), query).await?.try_collect::<Vec<_>>().await };
    let fetched = soon(FETCHING, fetching).await?;
    let Some(body) = fetched.iter().filter(|one| one.uid == Some(uid)).find_map(|one| one.body()) else {
        return Ok(None);
    };
    let is_cut = body.len() > MOST_BYTES;
    Ok(Some(Raw { bytes: body[..body.len().min(MOST_BYTES)].to_vec(), from: None, to: Vec::new(), is_cut }))
}
