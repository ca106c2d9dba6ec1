//! A stream that does not let a connection of `rusmppc` fall asleep over what it has not written yet.
//!
//! The connection sends at most a few of the waiting commands in a turn, then reads, and sleeps where nothing is to be read,
//! without asking to be woken for the rest (0.4.0, `SINK_POLL_LIMIT`). A centre whose window is full of messages that wait
//! to be acknowledged sends nothing, and so wakes nobody: both would wait for the next enquiry. Here a turn in which
//! something was written is followed by another one, until there is nothing left to be written.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A stream, and whether something was written since it was last found to have nothing to read.
#[derive(Debug)]
pub(super) struct Lively<S> {
    stream: S,
    wrote: bool,
}

impl<S> Lively<S> {
    pub(super) fn new(stream: S) -> Lively<S> {
        Lively { stream, wrote: false }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Lively<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.stream).poll_read(cx, into);
        if read.is_pending() && std::mem::take(&mut self.wrote) {
            cx.waker().wake_by_ref();
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Lively<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.wrote = true;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::join_all;
    use rusmpp::pdus::DeliverSmResp;
    use rusmppc::ConnectionBuilder;
    use std::time::Duration;
    use tokio::io::AsyncReadExt;

    /// Bytes of an acknowledgement: its header and an empty name.
    const SIZE: usize = 17;

    async fn acknowledge(client: &rusmppc::Client, n: u32) -> bool {
        client.deliver_sm_resp(n, DeliverSmResp::default()).await.is_ok()
    }

    #[tokio::test]
    async fn all_acknowledgements_leave_at_once_while_the_centre_is_silent() {
        let (near, mut far) = tokio::io::duplex(64 * 1024);
        let builder = ConnectionBuilder::new().no_enquire_link_interval().disable_interface_version_check();
        let (client, _events) = builder.connected(Lively::new(near));
        let answers = (1..=64).map(|n| acknowledge(&client, n));
        let all = tokio::time::timeout(Duration::from_secs(20), join_all(answers)).await;
        assert!(all.is_ok_and(|all| all.into_iter().all(|sent| sent)), "some are not sent");
        let mut bytes = vec![0; 64 * SIZE];
        far.read_exact(&mut bytes).await.unwrap();
    }
}
