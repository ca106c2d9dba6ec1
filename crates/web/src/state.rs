//! What every request can reach.

use crate::serve::Again;
use app::App;
use std::sync::Arc;

/// The application and how it is reached from outside.
#[derive(Clone)]
pub struct Web {
    pub app: App,
    /// Where people reach the service, without a slash at the end, e.g. `https://lapor.example`.
    pub base_url: String,
    /// Whether the address of a visitor is read from `X-Forwarded-For`: only behind a proxy of our own.
    pub behind_proxy: bool,
    /// Pages that are shown again.
    pub(crate) again: Arc<Again>,
}

impl Web {
    /// A service that people reach at `base_url` directly.
    pub fn new(app: App, base_url: &str) -> Web {
        Web { app, base_url: base_url.trim_end_matches('/').to_owned(), behind_proxy: false, again: Arc::default() }
    }

    /// Whether cookies are for HTTPS only.
    pub fn is_secure(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}
