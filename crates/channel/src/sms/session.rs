//! One connection of a line, from the bind until it falls.

use super::lively::Lively;
use super::unit::{Brought, brought};
use super::{Bind, NotKept, Taker};
use futures_util::stream::FuturesUnordered;
use futures_util::{Stream, StreamExt};
use rusmpp::pdus::{BindTransceiver, DeliverSm, DeliverSmResp};
use rusmpp::types::COctetString;
use rusmpp::values::InterfaceVersion;
use rusmpp::{CommandId, CommandStatus, Pdu};
use rusmppc::{Client, ConnectionBuilder, Event};
use std::pin::Pin;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::timeout;

/// The longest wait for a connection, and for an answer on it.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often the centre is asked whether it is there.
const ENQUIRY: Duration = Duration::from_secs(20);
/// Messages that are being kept at once; the centre waits with more.
const AT_ONCE: usize = 64;
/// How long a farewell may take.
const FAREWELL: Duration = Duration::from_secs(3);

type Events = Pin<Box<dyn Stream<Item = Event> + Send>>;

/// Why a line could not be put up.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unbound {
    #[error("nobody answers: {0}")]
    Absent(std::io::Error),
    #[error("no answer in time")]
    Late,
    #[error("not let in: {0}")]
    Refused(rusmppc::error::Error),
    #[error("a setting does not fit into the protocol")]
    Setting,
}

/// A connection that is bound.
pub(super) struct Session {
    client: Client,
    events: Events,
    number: i64,
}

impl Session {
    /// Connects and binds as a transceiver.
    pub(super) async fn open(bind: &Bind) -> Result<(Session, Client), Unbound> {
        let (client, events) = connected(bind).await?;
        let request = BindTransceiver::builder()
            .system_id(word(&bind.system_id)?)
            .password(word(&bind.password)?)
            .system_type(word(&bind.system_type)?)
            .interface_version(InterfaceVersion::Smpp3_4)
            .build();
        client.bind_transceiver(request).await.map_err(Unbound::Refused)?;
        let number = i64::from(rand::random::<u32>());
        Ok((Session { client: client.clone(), events, number }, client))
    }

    /// Takes in what the centre brings until the line falls, and says why it fell.
    pub(super) async fn serve(
        mut self,
        bind: &Bind,
        taker: &dyn Taker,
        stopped: &mut watch::Receiver<bool>,
    ) -> &'static str {
        let mut keeping = FuturesUnordered::new();
        loop {
            let turn = tokio::select! {
                Some(()) = keeping.next() => continue,
                event = self.events.next(), if keeping.len() < AT_ONCE => event,
                () = told(stopped) => {
                    while keeping.next().await.is_some() {}
                    let _gone = timeout(FAREWELL, self.client.unbind()).await;
                    let _gone = self.client.close().await;
                    return "the house stops";
                }
            };
            let command = match turn {
                Some(Event::Incoming(command)) => command,
                Some(Event::Error(error)) => {
                    tracing::info!(line = bind.name, %error, "on the line");
                    return "the connection broke";
                }
                None => return "the connection ended",
            };
            match (command.id(), command.pdu()) {
                (CommandId::DeliverSm, Some(Pdu::DeliverSm(unit))) => {
                    keeping.push(self.keep(bind, taker, command.sequence_number(), unit.clone()));
                }
                (CommandId::Unbind, _) => {
                    let _gone = self.client.unbind_resp(command.sequence_number()).await;
                    return "the centre takes leave";
                }
                _ => {}
            }
        }
    }

    /// Keeps what came, and acknowledges it; otherwise the centre is to send it again.
    fn keep<'a>(
        &self,
        bind: &'a Bind,
        taker: &'a dyn Taker,
        sequence: u32,
        unit: DeliverSm,
    ) -> impl Future<Output = ()> + use<'a> {
        let (client, number) = (self.client.clone(), self.number);
        async move {
            let kept = match brought(&unit, bind, number) {
                Brought::Message(message) => taker.take(message).await,
                Brought::Receipt(receipt) => taker.hear(receipt).await,
            };
            let outcome = if kept.is_ok() { "kept" } else { "put_off" };
            metrics::counter!("lapor_sms_brought_total", "line" => bind.name.clone(), "outcome" => outcome)
                .increment(1);
            let status = match kept {
                Ok(()) => CommandStatus::EsmeRok,
                Err(NotKept) => CommandStatus::EsmeRxTAppn,
            };
            let answered = client.status(status).deliver_sm_resp(sequence, DeliverSmResp::default()).await;
            if let Err(error) = answered {
                tracing::info!(line = bind.name, %error, "a message could not be acknowledged and will come again");
            }
        }
    }
}

/// Waits for the word to stop.
async fn told(stopped: &mut watch::Receiver<bool>) {
    let _sender_gone = stopped.wait_for(|stop| *stop).await;
}

/// A setting as the protocol has it.
fn word<const LEAST: usize, const MOST: usize>(text: &str) -> Result<COctetString<LEAST, MOST>, Unbound> {
    COctetString::from_string(text.to_owned()).map_err(|_| Unbound::Setting)
}

async fn connected(bind: &Bind) -> Result<(Client, Events), Unbound> {
    let builder = ConnectionBuilder::new()
        .enquire_link_interval(ENQUIRY)
        .enquire_link_response_timeout(PATIENCE)
        .response_timeout(PATIENCE)
        .disable_interface_version_check();
    let connecting = TcpStream::connect((bind.host.as_str(), bind.port));
    let stream = timeout(PATIENCE, connecting).await.map_err(|_| Unbound::Late)?.map_err(Unbound::Absent)?;
    stream.set_nodelay(true).map_err(Unbound::Absent)?;
    if bind.tls {
        let greeting = timeout(PATIENCE, bind.trust.protect(&bind.host, stream)).await;
        let stream = greeting.map_err(|_| Unbound::Late)?.map_err(Unbound::Absent)?;
        let (client, events) = builder.connected(Lively::new(stream));
        return Ok((client, Box::pin(events)));
    }
    let (client, events) = builder.connected(Lively::new(stream));
    Ok((client, Box::pin(events)))
}
