//! `[webhook]`: how far messages to other systems reach.

use crate::config::Config;
use crate::failure::Failure;
use app::webhook::{Caller, Reach, Webhooks};
use serde::{Deserialize, Serialize};

/// The settings of `[webhook]`, or `LAPOR_WEBHOOK_…`. Without them only public addresses are called, by HTTPS.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WebhookConfig {
    /// Calls plain `http` too: for trying out, or inside a network that protects it.
    pub allow_http: bool,
    /// Calls the own machine and local networks too. Then every admin of an agency can make this server call them.
    pub allow_private: bool,
}

/// How messages leave.
pub fn of(config: &Config) -> Result<Webhooks, Failure> {
    let WebhookConfig { allow_http, allow_private } = config.webhook;
    let reach = Reach { plain: allow_http, private: allow_private };
    let caller = Caller::new(reach).map_err(|error| Failure::new("webhook", error))?;
    Ok(Webhooks { caller, base: config.address().trim_end_matches('/').to_owned() })
}
