//! `[peers]`: how agencies' own systems are asked.

use crate::config::Config;
use crate::failure::Failure;
use app::peer::Peers;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// The settings of `[peers]`, or `LAPOR_PEERS_…`. Which systems there are, agencies say on the desk.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PeersConfig {
    /// Whether their addresses may be of the own network, and without TLS: where agencies are in a closed network, or on
    /// one's own machine.
    pub local: bool,
    /// Seconds between two questions for news to the same system.
    pub interval: u32,
}

impl Default for PeersConfig {
    fn default() -> PeersConfig {
        PeersConfig { local: false, interval: 300 }
    }
}

/// How they are asked.
pub fn of(config: &Config) -> Result<Peers, Failure> {
    let settings = &config.peers;
    let interval = SignedDuration::from_secs(i64::from(settings.interval.max(1)));
    Peers::new(settings.local, &config.address(), interval).map_err(|error| Failure::new("peers", error))
}
