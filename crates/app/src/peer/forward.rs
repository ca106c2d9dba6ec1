//! The lane that brings reports to the own systems of agencies.
//!
//! That a report is sent is written down before it is. Where the answer is lost, it is looked for at the other side by the
//! address of its page, which stands in its description; only where it is not there it goes again, under the same key.

use super::{after, before, endpoint, wait};
use crate::{App, Error, Result};
use channel::Unsent;
use channel::open311::{NewRequest, Taken};
use domain::peer::Peer;
use domain::policy::is_forwarded;
use domain::{AgencyId, Report};
use jiff::SignedDuration;
use store::forward::{self, Claimed, ForwardState, Settled};
use store::report::Row;
use store::words::Words;
use store::{attachment, peer, report, words};
use tokio::task::JoinSet;

/// Reports claimed in one round, and those under way at once.
const ROUND: u32 = 12;
const AT_ONCE: usize = 4;
/// How long a process may hold one; longer than all its calls together.
const CLAIM: SignedDuration = SignedDuration::from_mins(5);
/// How long a report that was perhaps taken may need to be found there, before it goes again.
const GRACE: SignedDuration = SignedDuration::from_mins(5);
/// How often it is tried: for a good three days.
const TRIES: i64 = 24;
/// How long it rests while the connection is switched off.
const SWITCHED_OFF: SignedDuration = SignedDuration::from_hours(1);
/// Clocks may be apart, and a search at the other side goes back no further than its specification says.
const SKEW: SignedDuration = SignedDuration::from_hours(2);
const LONGEST_SPAN: SignedDuration = SignedDuration::from_hours(24 * 89);
/// Most letters of a description and of an address there; most pictures.
const MOST_DESCRIPTION: usize = 4_000;
const MOST_ADDRESS: usize = 300;
const MOST_PICTURES: usize = 5;

impl App {
    /// One round: brings what is due. Safe to run in any number of processes at once. How many it were.
    pub async fn forward(&self) -> Result<usize> {
        let now = self.now();
        if self.peers.is_none() || !forward::is_due(&mut self.db.read().await?, now).await? {
            return Ok(0);
        }
        let (process, until) = (self.process.clone(), after(now, CLAIM));
        let claim = self.db.write(move |tx| {
            Box::pin(async move { Ok::<_, Error>(forward::claim(tx, &process, now, until, ROUND).await?) })
        });
        let claimed = claim.await?;
        let count = claimed.len();
        let mut running = JoinSet::new();
        for one in claimed {
            if running.len() >= AT_ONCE {
                ended(running.join_next().await);
            }
            let app = self.clone();
            running.spawn(async move { app.bring_to_peer(one).await });
        }
        while !running.is_empty() {
            ended(running.join_next().await);
        }
        Ok(count)
    }

    async fn bring_to_peer(&self, one: Claimed) -> Result<()> {
        let reference = self.reference();
        let Some(peer) = reference.peers.of(one.agency) else {
            return self.rest(&one, ForwardState::Withheld, "no connection").await;
        };
        if !peer.on {
            return self.hold_back(&one, SWITCHED_OFF, None).await;
        }
        if let Some(token) = &one.token {
            return self.ask_number(&one, peer, token).await;
        }
        let row = report::load(&mut self.db.read().await?, one.report).await?.ok_or(Error::NotFound)?;
        if one.doubt && !self.is_free_to_go(&one, peer, &row).await? {
            return Ok(());
        }
        if !is_forwarded(&reference.rules.agencies, &row.report, peer.agency, peer.anonymous) {
            return self.rest(&one, ForwardState::Withheld, "not for this system").await;
        }
        self.send_to_peer(&one, peer, &row).await
    }

    /// Looks for a report that was perhaps taken. `true` where it is not there, and may go once more.
    async fn is_free_to_go(&self, one: &Claimed, peer: &Peer, row: &Row) -> Result<bool> {
        let Some(peers) = &self.peers else { return Ok(false) };
        let (service, now) = (one.service.as_deref().unwrap_or(&peer.fallback), self.now());
        let first = before(one.first_at.unwrap_or(now), SKEW).max(before(now, LONGEST_SPAN));
        let mark = self.page(&peers.base_url, row);
        match peers.client.find(&endpoint(peer), service, &mark, (first, after(now, SKEW))).await {
            Ok(Some(number)) => self.note_arrival(one, number).await.map(|()| false),
            Ok(None) if after(one.attempted_at.unwrap_or(now), GRACE) <= now => Ok(true),
            Ok(None) => self.hold_back(one, GRACE, Some("not found yet".to_owned())).await.map(|()| false),
            Err(unsent) => self.stumble(one, &unsent, true).await.map(|()| false),
        }
    }

    async fn send_to_peer(&self, one: &Claimed, peer: &Peer, row: &Row) -> Result<()> {
        let Some(peers) = &self.peers else { return Ok(()) };
        let Some(key) = self.peer_key(peer.agency).await? else {
            return self.rest(one, ForwardState::Dead, "no key").await;
        };
        let new = self.request(peer, row, &peers.base_url).await?;
        let (id, process, service, now) = (one.id, self.process.clone(), new.service.clone(), self.now());
        let attempt = self.db.write(move |tx| {
            Box::pin(async move { Ok::<_, Error>(forward::attempt(tx, id, &process, &service, now).await?) })
        });
        if !attempt.await? {
            return Ok(());
        }
        let one = Claimed { first_at: one.first_at.or(Some(now)), ..one.clone() };
        let sent = peers.client.post(&endpoint(peer), &key, &new).await;
        metrics::counter!("lapor_forwards_total", "outcome" => outcome(&sent)).increment(1);
        match sent {
            Ok(Taken::Number(number)) => self.note_arrival(&one, number).await,
            Ok(Taken::Token(token)) => {
                let settled = Settled { token: Some(token), ..self.settled(ForwardState::Token, wait(0)) };
                self.settle_forward(&one, settled).await
            }
            Err(unsent) => self.stumble(&one, &unsent, false).await,
        }
    }

    async fn ask_number(&self, one: &Claimed, peer: &Peer, token: &str) -> Result<()> {
        let Some(peers) = &self.peers else { return Ok(()) };
        match peers.client.token(&endpoint(peer), token).await {
            Ok(Some(number)) => self.note_arrival(one, number).await,
            // A system that takes requests in by hand may need days for it; it is asked as long as it takes.
            Ok(None) | Err(_) => {
                let age = self.now().duration_since(one.attempted_at.unwrap_or(self.now()));
                let pause = (age / 4).clamp(wait(0), wait(8));
                let settled = Settled { token: Some(token.to_owned()), ..self.settled(ForwardState::Token, pause) };
                self.settle_forward(one, settled).await
            }
        }
    }

    /// It did not work: again later, or a person looks at it.
    async fn stumble(&self, one: &Claimed, unsent: &Unsent, looking: bool) -> Result<()> {
        let code = unsent.code().to_owned();
        tracing::warn!(forward = one.id, code, "a report was not brought to the system of its agency");
        let never = matches!(unsent, Unsent::Never(_) | Unsent::NoSuchAddress(_));
        let doubt = looking || matches!(unsent, Unsent::Perhaps(_));
        let state = if never || one.attempts >= TRIES { ForwardState::Dead } else { ForwardState::Waiting };
        let settled = self.settled(state, wait(one.attempts - 1));
        self.settle_forward(one, Settled { doubt, failure: Some(code), ..settled }).await
    }

    async fn hold_back(&self, one: &Claimed, pause: SignedDuration, failure: Option<String>) -> Result<()> {
        let state = if one.token.is_some() { ForwardState::Token } else { ForwardState::Waiting };
        let settled = Settled { doubt: one.doubt, token: one.token.clone(), failure, ..self.settled(state, pause) };
        self.settle_forward(one, settled).await
    }

    async fn rest(&self, one: &Claimed, state: ForwardState, why: &str) -> Result<()> {
        let settled = Settled { failure: Some(why.to_owned()), ..self.settled(state, SignedDuration::ZERO) };
        self.settle_forward(one, settled).await
    }

    fn settled(&self, state: ForwardState, pause: SignedDuration) -> Settled {
        let next_at = after(self.now(), pause);
        Settled { state, doubt: false, remote: None, token: None, failure: None, next_at }
    }

    async fn settle_forward(&self, one: &Claimed, settled: Settled) -> Result<()> {
        let (id, process) = (one.id, self.process.clone());
        let settle = self.db.write(move |tx| {
            let settled = settled.clone();
            Box::pin(async move { Ok::<_, Error>(forward::settle(tx, id, &process, &settled).await?) })
        });
        settle.await.map(drop)
    }

    /// It is there. What was said of it before its number was known is asked for again.
    async fn note_arrival(&self, one: &Claimed, number: String) -> Result<()> {
        let (id, process, agency, now) = (one.id, self.process.clone(), one.agency, self.now());
        let from = before(one.first_at.unwrap_or(now), SKEW);
        let settled = Settled { remote: Some(number), ..self.settled(ForwardState::Linked, SignedDuration::ZERO) };
        let note = self.db.write(move |tx| {
            let settled = settled.clone();
            Box::pin(async move {
                if forward::settle(tx, id, &process, &settled).await? {
                    peer::pull_back(tx, agency, from).await?;
                }
                Ok::<(), Error>(())
            })
        });
        note.await
    }

    /// The key for the own system of an agency.
    pub(super) async fn peer_key(&self, agency: AgencyId) -> Result<Option<String>> {
        let sealed = peer::secret(&mut self.db.read().await?, agency).await?;
        let opened = sealed.and_then(|sealed| self.keys.unseal(&format!("peer:{agency}"), &sealed));
        Ok(opened.and_then(|bytes| String::from_utf8(bytes).ok()))
    }

    /// What is told of a report: its words as the public reads them, the page they stand on, its pictures, and where it
    /// was. Nothing of its reporter; of an anonymous one only the region, since an address can tell who lives there.
    async fn request(&self, peer: &Peer, row: &Row, base_url: &str) -> Result<NewRequest> {
        let reference = self.reference();
        let (report, mut tx) = (&row.report, self.db.read().await?);
        let present = words::load(&mut tx, report.id, row.words_seq).await?.unwrap_or_default();
        let first = words::load(&mut tx, report.id, 1).await?.unwrap_or_default();
        let files = attachment::list_of(&mut tx, &[report.id]).await?;
        let page = self.page(base_url, row);
        let pictures = files.iter().filter(|file| file.seq == 1 && file.kind.starts_with("image/"));
        let media = pictures.take(MOST_PICTURES).map(|file| format!("{page}/lampiran/{}", file.id)).collect();
        let exact = !report.anonymous;
        Ok(NewRequest {
            once: format!("lapor-{}-{}", row.code, peer.agency),
            service: peer.service(&reference.categories, report.category).to_owned(),
            description: description(&present, &page),
            point: first.latitude.clone().zip(first.longitude.clone()).filter(|_| exact),
            address: Some(address(first.place.as_deref().filter(|_| exact), &self.region_name(report))),
            media,
        })
    }

    fn region_name(&self, report: &Report) -> String {
        self.reference().regions.full_name(&report.region)
    }

    /// Where everybody reads the report: the mark by which it is found at the other side.
    fn page(&self, base_url: &str, row: &Row) -> String {
        format!("{base_url}/laporan/{}", row.code)
    }
}

/// Title, text and page, with nothing that could be taken for HTML.
fn description(words: &Words, page: &str) -> String {
    let title = words.title.iter().map(|title| format!("{title}\n\n")).collect::<String>();
    let text = format!("{title}{}", words.body).replace('<', "< ");
    let room = MOST_DESCRIPTION.saturating_sub(page.chars().count() + 2);
    let text: String = text.chars().take(room).collect();
    format!("{}\n\n{page}", text.trim_end())
}

fn address(place: Option<&str>, region: &str) -> String {
    let whole = place.map_or_else(|| region.to_owned(), |place| format!("{place}, {region}"));
    let plain = whole.chars().map(|sign| if sign.is_control() { ' ' } else { sign });
    plain.take(MOST_ADDRESS).collect()
}

fn outcome(sent: &std::result::Result<Taken, Unsent>) -> &'static str {
    match sent {
        Ok(_) => "taken",
        Err(Unsent::Perhaps(_)) => "perhaps",
        Err(Unsent::Later(_)) => "later",
        Err(Unsent::Never(_) | Unsent::NoSuchAddress(_)) => "refused",
    }
}

/// One that broke is taken up again when its claim has run out; the others go on.
fn ended(joined: Option<std::result::Result<Result<()>, tokio::task::JoinError>>) {
    match joined {
        Some(Ok(Err(error))) => tracing::error!(%error, "a report could not be brought to a system"),
        Some(Err(broken)) => tracing::error!(%broken, "a report could not be brought to a system"),
        _ => {}
    }
}

/// What a report tells another system must stay findable there.
#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    #[test]
    fn a_description_keeps_its_page_however_long_the_text_is() {
        let words = Words { title: Some("Jalan <b>".into()), body: "x".repeat(9_000), ..Words::default() };
        let text = description(&words, "https://lapor.contoh.go.id/laporan/2085653718");
        assert_eq!(text.chars().count(), MOST_DESCRIPTION);
        assert!(text.starts_with("Jalan < b>\n\n") && text.ends_with("/laporan/2085653718"));
        let now: Timestamp = "2026-11-09T02:00:00Z".parse().unwrap();
        assert_eq!(after(now, wait(0)), "2026-11-09T02:01:00Z".parse().unwrap());
        assert_eq!(wait(30), SignedDuration::from_hours(4));
        assert_eq!(address(None, "Kota Banjarmasin"), "Kota Banjarmasin");
    }
}
