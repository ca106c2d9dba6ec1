//! What other processes on the same database change: each tells it in the commit itself, and all that listen are told.
//!
//! A line can go dead without anybody noticing. So each process says a word of its own every second, and whoever has
//! heard nothing for three is deaf, and must not trust what was read a while ago.

use super::audience::{Audience, Changes};
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

const CHANNEL: &str = "lapor";
const TELL: &str = "SELECT pg_notify($1, $2)";
/// A word without news.
const BEAT: &str = "beat";
const EVERY: Duration = Duration::from_secs(1);
const DEAF: Duration = Duration::from_secs(3);

/// The name of whoever does not listen.
const DEAF_ONE: &str = "deaf";

/// What a process hears of the others.
#[derive(Default)]
pub(crate) struct Hearing {
    /// The name under which this process tells of its own changes, once it listens.
    own: OnceLock<String>,
    heard: Mutex<Option<Instant>>,
}

impl Hearing {
    /// Takes the name of this process. `false` where it has one, and listens already.
    pub(super) fn name(&self, own: &str) -> bool {
        self.own.set(own.to_owned()).is_ok()
    }

    fn own(&self) -> &str {
        self.own.get().map_or(DEAF_ONE, String::as_str)
    }

    /// Whether what others change is heard now.
    pub(super) fn is_sharp(&self) -> bool {
        self.heard().is_some_and(|at| at.elapsed() < DEAF)
    }

    fn heard(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the others, once the transaction of this connection is committed, that everybody may be shown something else.
    pub(super) async fn tell(&self, link: &mut sqlx::PgConnection) -> Result<(), sqlx::Error> {
        sqlx::query(TELL).bind(CHANNEL).bind(self.own()).execute(link).await.map(drop)
    }
}

/// Listens until the pool is closed, over a connection of its own.
pub(super) async fn listen(pool: PgPool, options: PgConnectOptions, hearing: Arc<Hearing>, changes: Arc<Changes>) {
    let ears = PgPoolOptions::new().max_connections(1).connect_lazy_with(options);
    while !pool.is_closed() {
        let ended = tokio::select! {
            ended = hear(&ears, &hearing, &changes) => ended,
            ended = beat(&pool) => ended,
            () = pool.close_event() => break,
        };
        *hearing.heard() = None;
        if let Err(error) = ended {
            tracing::warn!(%error, "what other processes change is not heard for now");
        }
        tokio::time::sleep(EVERY).await;
    }
    ears.close().await;
}

async fn hear(ears: &PgPool, hearing: &Hearing, changes: &Changes) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(ears).await?;
    listener.listen(CHANNEL).await?;
    // Whatever was changed before the line was up.
    changes.note(Audience::Everybody);
    while let Some(told) = listener.try_recv().await? {
        *hearing.heard() = Some(Instant::now());
        if told.payload() != BEAT && told.payload() != hearing.own() {
            changes.note(Audience::Everybody);
        }
    }
    Ok(())
}

async fn beat(pool: &PgPool) -> Result<(), sqlx::Error> {
    loop {
        sqlx::query(TELL).bind(CHANNEL).bind(BEAT).execute(pool).await?;
        tokio::time::sleep(EVERY).await;
    }
}
