//! One line to the centre of an operator: kept up, and used with measure.

use super::segment::cut;
use super::session::Session;
use super::unit::{refusal, submissions};
use super::{Bind, Outgoing, Taker};
use crate::Unsent;
use rusmpp::CommandStatus;
use rusmpp::pdus::SubmitSm;
use rusmppc::Client;
use rusmppc::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, sleep_until, timeout};

/// The wait before a line that fell is put up again, doubled each time up to the longest.
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// A line that stood so long had been put up well.
const WELL: Duration = Duration::from_secs(60);
/// The longest wait for a place among the messages under way.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a line rests after its centre said that there is too much.
const REST: Duration = Duration::from_secs(2);

/// A line to a centre.
pub struct Line {
    bind: Bind,
    client: Mutex<Option<Client>>,
    /// Places for messages under way.
    window: Semaphore,
    /// When the next message may leave.
    next: tokio::sync::Mutex<Instant>,
}

impl Line {
    pub(super) fn new(bind: Bind) -> Line {
        let window = Semaphore::new(usize::from(bind.window.max(1)));
        Line { bind, client: Mutex::default(), window, next: tokio::sync::Mutex::new(Instant::now()) }
    }

    pub(super) fn name(&self) -> &str {
        &self.bind.name
    }

    pub(super) fn is_up(&self) -> bool {
        self.client().is_some()
    }

    /// Whether a number is of this line's operator.
    pub(super) fn serves(&self, number: &str) -> bool {
        self.bind.prefixes.iter().any(|prefix| number.starts_with(prefix))
    }

    fn client(&self) -> Option<Client> {
        let client = self.client.lock().unwrap_or_else(PoisonError::into_inner).clone();
        client.filter(|client| client.is_active())
    }

    fn put(&self, client: Option<Client>) {
        let up = if client.is_some() { 1.0 } else { 0.0 };
        metrics::gauge!("lapor_sms_line_up", "line" => self.bind.name.clone()).set(up);
        *self.client.lock().unwrap_or_else(PoisonError::into_inner) = client;
    }

    /// Puts the line up again whenever it falls, until told to stop.
    pub(super) async fn keep_up(&self, taker: Arc<dyn Taker>, mut stopped: watch::Receiver<bool>) {
        let mut wait = FIRST_WAIT;
        while !*stopped.borrow() {
            let begun = Instant::now();
            match Session::open(&self.bind).await {
                Ok((session, client)) => {
                    tracing::info!(line = self.bind.name, "the line is up");
                    self.put(Some(client));
                    let fell = session.serve(&self.bind, taker.as_ref(), &mut stopped).await;
                    self.put(None);
                    tracing::warn!(line = self.bind.name, fell, "the line is down");
                }
                Err(error) => {
                    self.put(None);
                    tracing::warn!(line = self.bind.name, %error, "the line could not be put up");
                }
            }
            if begun.elapsed() > WELL {
                wait = FIRST_WAIT;
            }
            let spread = wait.mul_f64(0.5 + rand::random::<f64>() / 2.0);
            let _stop_or_wait = timeout(spread, stopped.wait_for(|stop| *stop)).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }

    pub(super) async fn send(&self, message: &Outgoing) -> Result<String, Unsent> {
        let never = |code: &str| Unsent::Never(code.to_owned());
        let segments = cut(&message.text).ok_or_else(|| never("length"))?;
        let units = submissions(&self.bind, &message.to, segments, message.reference).ok_or_else(|| never("form"))?;
        let mut remote = String::new();
        for unit in units {
            remote = self.submit(unit).await?;
        }
        Ok(remote)
    }

    async fn submit(&self, unit: SubmitSm) -> Result<String, Unsent> {
        let later = |code: &str| Unsent::Later(code.to_owned());
        let place = timeout(PATIENCE, self.window.acquire()).await;
        let _place = place.map_err(|_| later("window"))?.map_err(|_| later("window"))?;
        self.turn().await;
        let client = self.client().ok_or_else(|| later("no-line"))?;
        match client.submit_sm(unit).await {
            Ok(taken) => Ok(taken.message_id().as_str().to_owned()),
            Err(Error::UnexpectedResponse { response }) => {
                if matches!(response.status(), CommandStatus::EsmeRthrottled | CommandStatus::EsmeRmsgqful) {
                    self.rest().await;
                }
                Err(refusal(response.status()))
            }
            Err(Error::Encode(_)) => Err(Unsent::Never("form".to_owned())),
            // It may have been taken before the line fell.
            Err(_) => Err(Unsent::Perhaps("unanswered".to_owned())),
        }
    }

    /// Waits for the turn of a message, so that no more leave in a second than the centre takes.
    async fn turn(&self) {
        let mut next = self.next.lock().await;
        sleep_until(*next).await;
        *next = Instant::now() + Duration::from_secs(1) / u32::from(self.bind.rate.max(1));
    }

    async fn rest(&self) {
        let mut next = self.next.lock().await;
        *next = Instant::now() + REST;
    }
}
