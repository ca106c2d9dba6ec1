//! Pages that everybody reads are written once and shown again, to whoever comes without a cookie of their own, until a
//! write changes what everybody may be shown, or for a minute, since clocks go on.

use super::failure::Failure;
use super::visit::Visit;
use crate::words::Lang;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, SET_COOKIE, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use jiff::{SignedDuration, Timestamp};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::io::{Read, Write};
use std::sync::Arc;

/// Bytes of packed pages that are kept.
const MOST_BYTES: u64 = 24 * 1024 * 1024;
/// About so many they are.
const PAGES: usize = 8_192;
/// Addresses longer than that are asked for once.
const LONGEST_PATH: usize = 300;
/// Somebody in whose way one write after the other comes has the page written for them alone.
const TRIES: usize = 3;

/// The pages that were written last.
pub(crate) struct Again(Cache<Key, Arc<Page>, Weight>);

/// What two requests have in common that are answered with the same page.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    path: String,
    lang: Lang,
    /// The face by which they came, and whether by its host name.
    face: Option<(String, bool)>,
}

struct Page {
    kind: HeaderValue,
    packed: Bytes,
    size: usize,
    /// When it was written, after which change, with which reference data.
    at: Timestamp,
    changes: u64,
    edition: Option<String>,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Key, Arc<Page>> for Weight {
    fn weight(&self, key: &Key, page: &Arc<Page>) -> u64 {
        (key.path.len() + page.packed.len() + size_of::<Key>() + size_of::<Page>()) as u64
    }
}

impl Default for Again {
    fn default() -> Again {
        Again(Cache::with_weighter(PAGES, MOST_BYTES, Weight))
    }
}

impl Again {
    /// A page as it was shown before, or as `write` writes it now. One writes it for all who wait for it.
    pub(super) async fn page(
        &self,
        visit: &Visit,
        write: impl AsyncFnOnce() -> Result<Response, Failure>,
    ) -> Result<Response, Failure> {
        let Some(key) = Key::of(visit) else { return write().await };
        let app = &visit.web.app;
        let (arrived, edition) = (app.changes(), app.reference().edition.clone());
        for _ in 0..TRIES {
            let guard = match self.0.get_value_or_guard_async(&key).await {
                Ok(page)
                    if page.changes >= arrived && page.edition == edition && page.age(app.now()) < app.fresh_for() =>
                {
                    return page.sent(visit);
                }
                Ok(old) => {
                    self.0.remove_if(&key, |kept| Arc::ptr_eq(kept, &old));
                    continue;
                }
                Err(guard) => guard,
            };
            let (at, changes) = (app.now(), app.changes());
            let (page, response) = Page::of(visit, write().await?, (at, changes, edition)).await?;
            if let Some(page) = page {
                // Not taken where it is larger than the whole room.
                let _kept = guard.insert(Arc::new(page));
            }
            return Ok(response);
        }
        write().await
    }
}

impl Key {
    fn of(visit: &Visit) -> Option<Key> {
        let fits = visit.is_stranger() && visit.path.len() <= LONGEST_PATH;
        fits.then(|| Key { path: visit.path.clone(), lang: visit.words.lang(), face: visit.arrival() })
    }
}

impl Page {
    /// A page out of an answer that is one, and the answer as it is sent to whoever waited for it.
    async fn of(
        visit: &Visit,
        response: Response,
        (at, changes, edition): (Timestamp, u64, Option<String>),
    ) -> Result<(Option<Page>, Response), Failure> {
        let kind = response.headers().get(CONTENT_TYPE).cloned();
        let plain = response.status() == StatusCode::OK && !response.headers().contains_key(SET_COOKIE);
        let Some(kind) = kind.filter(|_| plain) else { return Ok((None, response)) };
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.map_err(|error| Failure::broken(visit, error))?;
        let packed = pack(&bytes).map_err(|error| Failure::broken(visit, error))?;
        let page = Page { kind, packed, size: bytes.len(), at, changes, edition };
        Ok((Some(page), Response::from_parts(parts, Body::from(bytes))))
    }

    fn age(&self, now: Timestamp) -> SignedDuration {
        now.duration_since(self.at).abs()
    }

    /// Packed for whoever takes it so, as all browsers do.
    fn sent(&self, visit: &Visit) -> Result<Response, Failure> {
        let packs = visit.takes_packed();
        let body = match packs {
            true => self.packed.clone(),
            false => unpack(&self.packed, self.size).map_err(|error| Failure::broken(visit, error))?,
        };
        let mut response = Response::new(Body::from(body));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, self.kind.clone());
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        if packs {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        Ok(response)
    }
}

fn pack(bytes: &[u8]) -> std::io::Result<Bytes> {
    let mut packing = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::fast());
    packing.write_all(bytes)?;
    let mut packed = packing.finish()?;
    packed.shrink_to_fit();
    Ok(Bytes::from(packed))
}

fn unpack(packed: &[u8], size: usize) -> std::io::Result<Bytes> {
    let mut bytes = Vec::with_capacity(size);
    GzDecoder::new(packed).read_to_end(&mut bytes)?;
    Ok(Bytes::from(bytes))
}
