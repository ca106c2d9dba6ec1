//! Connecting an office with its own system.

use crate::reference::announce;
use crate::seats::Change;
use crate::{App, Conflict, Error, Result};
use channel::open311::{Unfit, check};
use domain::peer::{MOST_WORD, Peer, PeerFault};
use domain::policy::{Action, connects_office, may};
use domain::{Actor, AgencyId};
use jiff::Timestamp;
use store::forward::{self, Forward};
use store::{Tx, peer, report};

/// A connection as it is now, or what stands against the change.
pub type PeerSlips = std::result::Result<Peer, Vec<PeerFault>>;

/// Dead ones and latest ones that are shown.
const MOST_DEAD: u32 = 50;
const MOST_LATEST: u32 = 20;

/// A connection with what went over it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PeerView {
    pub peer: Option<Peer>,
    /// Those that wait for a person, the oldest first.
    pub dead: Vec<Forward>,
    /// The latest ones.
    pub latest: Vec<Forward>,
    /// When it was last followed with success, and why it was not since.
    pub followed_at: Option<Timestamp>,
    pub failure: Option<String>,
}

impl App {
    /// The connection of an office with its own system, for those who set it up.
    pub async fn peer(&self, by: &Actor, office: AgencyId) -> Result<PeerView> {
        self.is_connector(by, office)?;
        let mut tx = self.db.read().await?;
        let (followed_at, failure) = peer::standing(&mut tx, office).await?;
        let dead = forward::list_dead(&mut tx, office, MOST_DEAD).await?;
        let latest = forward::list(&mut tx, office, MOST_LATEST).await?;
        let peer = self.reference().peers.of(office).cloned();
        let dead = self.readable(&mut tx, by, dead).await?;
        let latest = self.readable(&mut tx, by, latest).await?;
        Ok(PeerView { peer, dead, latest, followed_at, failure })
    }

    /// Without those that went elsewhere or were sealed since, and are not this reader's any more.
    async fn readable(&self, tx: &mut Tx, by: &Actor, list: Vec<Forward>) -> Result<Vec<Forward>> {
        let reference = self.reference();
        let mut kept = Vec::with_capacity(list.len());
        for one in list {
            let row = report::load(tx, one.report).await?;
            let reads = row.is_some_and(|row| may(&reference.rules.agencies, by, Action::Read, &row.report));
            kept.extend(reads.then_some(one));
        }
        Ok(kept)
    }

    /// Connects an office with its own system, or changes the connection. `wanted.edition` is the one that the editor saw,
    /// 0 for a new one; without a key the one there is stays. A key that was typed for one address never goes to another.
    pub async fn put_peer(&self, by: &Actor, wanted: Peer, key: Option<&str>) -> Result<PeerSlips> {
        self.is_connector(by, wanted.agency)?;
        let mut faults = wanted.faults();
        let local = self.peers.as_ref().is_some_and(|peers| peers.client.is_local());
        match check(&wanted.address, local) {
            Err(Unfit::Shape) if !faults.contains(&PeerFault::Address) => faults.push(PeerFault::Address),
            Err(Unfit::Inside) => faults.push(PeerFault::Inside),
            _ => {}
        }
        let known = |category| self.reference().categories.get(category).is_some();
        if !wanted.services.keys().all(|category| known(*category)) && !faults.contains(&PeerFault::Services) {
            faults.push(PeerFault::Services);
        }
        if key.is_some_and(|key| key.len() > 4 * MOST_WORD || !key.bytes().all(|byte| byte.is_ascii_graphic())) {
            faults.push(PeerFault::Key);
        }
        if !faults.is_empty() {
            return Ok(Err(faults));
        }
        let sealed = key.map(|key| self.keys.seal(&format!("peer:{}", wanted.agency), key.as_bytes()));
        let sealed =
            sealed.map(|sealed| sealed.ok_or_else(|| Error::Broken("a key cannot be sealed".into()))).transpose()?;
        let (app, by) = (self.clone(), *by);
        let write = self.db.write(move |tx| {
            let (app, wanted, sealed) = (app.clone(), wanted.clone(), sealed.clone());
            Box::pin(async move { app.connect(tx, &by, wanted, sealed).await })
        });
        let done = write.await?;
        self.reload_reference().await?;
        Ok(done)
    }

    async fn connect(&self, tx: &mut Tx, by: &Actor, wanted: Peer, sealed: Option<String>) -> Result<PeerSlips> {
        let was = peer::list(tx).await?.into_iter().find(|peer| peer.agency == wanted.agency);
        let edition = was.as_ref().map_or(0, |was| was.edition);
        if wanted.edition != edition {
            return Err(Error::Conflict(Conflict::Stale { seq: edition }));
        }
        let moves = was.as_ref().is_some_and(|was| was.address != wanted.address);
        if sealed.is_none() && (was.is_none() || moves) {
            return Ok(Err(vec![PeerFault::Key]));
        }
        if moves {
            peer::delete(tx, wanted.agency).await?;
            forward::part(tx, wanted.agency).await?;
        }
        let (now, new) = (self.now(), Peer { edition: edition + 1, ..wanted });
        peer::put(tx, &new, sealed.as_deref(), now).await?;
        forward::wake(tx, new.agency, now).await?;
        let change = Change::PeerChanged { address: new.address.clone(), on: new.on };
        self.log_seat(tx, by.user(), new.agency, &change).await?;
        announce(tx, self.id()).await?;
        Ok(Ok(new))
    }

    /// Takes a connection away; what was said there until now stays.
    pub async fn drop_peer(&self, by: &Actor, office: AgencyId) -> Result<()> {
        self.is_connector(by, office)?;
        let (app, by) = (self.clone(), *by);
        let write = self.db.write(move |tx| {
            let app = app.clone();
            Box::pin(async move {
                let was = peer::list(tx).await?.into_iter().find(|peer| peer.agency == office);
                let Some(was) = was else { return Ok::<(), Error>(()) };
                peer::delete(tx, office).await?;
                forward::part(tx, office).await?;
                app.log_seat(tx, by.user(), office, &Change::PeerDropped { address: was.address }).await?;
                announce(tx, app.id()).await
            })
        });
        write.await?;
        self.reload_reference().await
    }

    /// Has a report that could not be brought tried again.
    pub async fn retry_forward(&self, by: &Actor, office: AgencyId, id: i64) -> Result<()> {
        self.is_connector(by, office)?;
        let now = self.now();
        let write = self
            .db
            .write(move |tx| Box::pin(async move { Ok::<_, Error>(forward::retry(tx, id, office, now).await?) }));
        if write.await? { Ok(()) } else { Err(Error::NotFound) }
    }

    fn is_connector(&self, by: &Actor, office: AgencyId) -> Result<()> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        agencies.get(office).ok_or(Error::NotFound)?;
        if connects_office(agencies, by, office) { Ok(()) } else { Err(Error::Denied) }
    }
}
