//! Short messages by SMPP 3.4: several binds to the centres of operators, each kept up by itself.
//!
//! A message that comes in is acknowledged when whoever takes it says that it is kept; otherwise the centre is told to
//! send it again. Nothing here knows a report.

mod alphabet;
mod line;
mod lively;
mod segment;
mod session;
mod unit;

pub use alphabet::{Alphabet, decode};
pub use line::Line;
pub use segment::{MOST_SEGMENTS, fits, plain};

use crate::Unsent;
use crate::trust::Trust;
use futures_util::future::BoxFuture;
use std::sync::Arc;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// A bind to the centre of an operator.
#[derive(Debug, Clone)]
pub struct Bind {
    /// By which people know the line, e.g. `telkomsel`.
    pub name: String,
    pub host: String,
    pub port: u16,
    pub tls: bool,
    /// Whose certificates are believed.
    pub trust: Trust,
    pub system_id: String,
    pub password: String,
    pub system_type: String,
    /// Our own number, e.g. `1708`.
    pub number: String,
    /// How the centre means its default alphabet.
    pub alphabet: Alphabet,
    /// Messages under way to the centre at once.
    pub window: u16,
    /// Messages to the centre in a second, at most.
    pub rate: u16,
    /// How numbers of this operator begin, e.g. `62811`.
    pub prefixes: Vec<String>,
}

/// A message that came in, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// The line's name.
    pub line: String,
    /// The connection of the line, another after each reconnection.
    pub session: i64,
    /// Who sent it: digits of a number, or a name.
    pub from: String,
    /// How the payload is to be read, see [`decode`].
    pub coding: u8,
    pub payload: Vec<u8>,
    pub part: Option<PartOf>,
}

/// Which part of a long message it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartOf {
    pub reference: u16,
    pub total: u8,
    /// From 1.
    pub number: u8,
}

/// What a centre tells of a message that it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The names under which the centre may have taken it: some write a number in another base later.
    pub remotes: Vec<String>,
    /// Our own reference, where the centre gives it back.
    pub reference: Option<u16>,
    pub fate: Fate,
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    Delivered,
    /// It is still on its way.
    Underway,
    /// It will not arrive, and the centre's word for it.
    Lost(String),
}

/// Whoever takes in what the lines bring could not keep it now.
#[derive(Debug)]
pub struct NotKept;

/// Takes in what the lines bring.
pub trait Taker: Send + Sync {
    /// Keeps a message; when this returns well, it is acknowledged.
    fn take(&self, message: Incoming) -> BoxFuture<'_, Result<(), NotKept>>;

    /// Hears what became of one that was sent.
    fn hear(&self, receipt: Receipt) -> BoxFuture<'_, Result<(), NotKept>>;
}

/// A message on its way out.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Digits in international form.
    pub to: String,
    pub text: String,
    /// The same at every try, so that parts and receipts find each other.
    pub reference: u16,
    /// The line by which the person wrote last.
    pub line: Option<String>,
}

/// All lines together.
#[derive(Clone)]
pub struct Gateway(Arc<Vec<Arc<Line>>>);

impl Gateway {
    /// Lines to the centres; none is up before [`Gateway::run`].
    pub fn new(binds: Vec<Bind>) -> Gateway {
        Gateway(Arc::new(binds.into_iter().map(|bind| Arc::new(Line::new(bind))).collect()))
    }

    /// The lines and whether each is up.
    pub fn lines(&self) -> impl Iterator<Item = (&str, bool)> {
        self.0.iter().map(|line| (line.name(), line.is_up()))
    }

    /// Keeps all lines up until told to stop.
    pub async fn run(&self, taker: Arc<dyn Taker>, stopped: watch::Receiver<bool>) {
        let mut lines = JoinSet::new();
        for line in self.0.iter() {
            let (line, taker, stopped) = (line.clone(), taker.clone(), stopped.clone());
            lines.spawn(async move { line.keep_up(taker, stopped).await });
        }
        while lines.join_next().await.is_some() {}
    }

    /// Sends a message, in parts where it is long. Returns the name under which the centre knows it.
    pub async fn send(&self, message: &Outgoing) -> Result<String, Unsent> {
        let line = self.line_for(message).ok_or_else(|| Unsent::Later("no-line".to_owned()))?;
        line.send(message).await
    }

    /// The line that the person used, or the one of their operator, or any that is up.
    fn line_for(&self, message: &Outgoing) -> Option<&Arc<Line>> {
        let up = || self.0.iter().filter(|line| line.is_up());
        let used = || up().find(|line| message.line.as_deref() == Some(line.name()));
        used().or_else(|| up().find(|line| line.serves(&message.to))).or_else(|| up().next())
    }
}

#[cfg(test)]
pub(crate) mod tests;
