//! A bucket of a store that speaks S3: signed with `rusty-s3`, asked with `reqwest`.

use super::{Error, Read, Result, Waiting};
use crate::open311::{Format, Row, rows};
use reqwest::redirect::Policy;
use reqwest::{Body, Method, Response, Url};
use rusty_s3::{Credentials, S3Action, UrlStyle};
use std::path::Path;
use std::time::Duration;
use tokio::fs;
use tokio::io::AsyncWriteExt;

/// How long a signature holds, a connection may take, and a store may say nothing.
const SIGNED: Duration = Duration::from_secs(3_600);
const CONNECT: Duration = Duration::from_secs(10);
const SILENT: Duration = Duration::from_secs(60);
/// Most bytes of a list, and most pages of it.
const MOST_LIST: usize = 8 * 1024 * 1024;
const MOST_PAGES: usize = 100;
/// Where a list says so, its names are encoded like a form.
const ENCODED: &[u8] = b"<EncodingType>url<";
/// Most bytes of an object: what one upload may have.
const MOST_BYTES: u64 = 5 * 1024 * 1024 * 1024;

/// The bucket as it is configured.
#[derive(Debug, Clone)]
pub struct BucketSettings {
    /// `https://…`, without the name of the bucket.
    pub endpoint: String,
    pub region: String,
    pub bucket: String,
    pub key_id: String,
    pub secret: String,
    /// How names begin of what comes and of what goes, `in/`.
    pub inbox: Option<String>,
    pub outbox: Option<String>,
}

/// A bucket, and the way to it.
pub struct Bucket {
    http: reqwest::Client,
    bucket: rusty_s3::Bucket,
    credentials: Credentials,
    inbox: Option<String>,
    outbox: Option<String>,
}

impl Bucket {
    /// A bucket that has not been asked anything yet.
    pub fn new(settings: BucketSettings) -> std::result::Result<Bucket, String> {
        let endpoint: Url = settings.endpoint.parse().map_err(|_| "not an address".to_owned())?;
        let bucket = rusty_s3::Bucket::new(endpoint, UrlStyle::Path, settings.bucket, settings.region);
        let http = reqwest::Client::builder().connect_timeout(CONNECT).read_timeout(SILENT).redirect(Policy::none());
        let folder = |name: String| if name.is_empty() { name } else { format!("{}/", name.trim_matches('/')) };
        Ok(Bucket {
            http: http.build().map_err(|error| error.to_string())?,
            bucket: bucket.map_err(|error| error.to_string())?,
            credentials: Credentials::new(settings.key_id, settings.secret),
            inbox: settings.inbox.map(folder),
            outbox: settings.outbox.map(folder),
        })
    }

    pub(super) fn ways(&self) -> (bool, bool) {
        (self.inbox.is_some(), self.outbox.is_some())
    }

    pub(super) async fn list(&self) -> Result<Vec<Waiting>> {
        let Some(inbox) = &self.inbox else { return Ok(Vec::new()) };
        let mut list: Vec<Waiting> = Vec::new();
        let mut last = inbox.clone();
        for _ in 0..MOST_PAGES {
            let mut action = self.bucket.list_objects_v2(Some(&self.credentials));
            action.with_prefix(inbox.clone());
            action.with_delimiter("/");
            action.with_start_after(last.clone());
            let answer = self.ask(Method::GET, action.sign(SIGNED), None).await?;
            let page = objects(&small(answer).await?)?;
            let Some((key, _)) = page.iter().max_by(|(one, _), (other, _)| one.cmp(other)) else { break };
            last = key.clone();
            list.extend(page.into_iter().filter_map(|(key, facts)| {
                let name = key.strip_prefix(inbox)?.to_owned();
                Some(Waiting { name, ..facts })
            }));
        }
        Ok(list)
    }

    pub(super) async fn copy(&self, waiting: &Waiting, to: &Path) -> Result<bool> {
        let Some(inbox) = &self.inbox else { return Ok(false) };
        let key = format!("{inbox}{}", waiting.name);
        let action = self.bucket.get_object(Some(&self.credentials), &key);
        let mut answer = self.ask(Method::GET, action.sign(SIGNED), None).await?;
        let same = etag(&answer) == waiting.stamp;
        let (mut file, mut left) = (fs::File::create(to).await?, MOST_BYTES);
        while let Some(piece) = answer.chunk().await.map_err(broken)? {
            left = left.checked_sub(piece.len() as u64).ok_or_else(|| Error::Refused("too large".to_owned()))?;
            file.write_all(&piece).await?;
        }
        file.sync_all().await?;
        Ok(same)
    }

    /// There is no renaming in a bucket: our copy is put there, and only then the old object goes.
    pub(super) async fn put_aside(&self, waiting: &Waiting, read: &Read<'_>) -> Result<()> {
        let Some(inbox) = &self.inbox else { return Ok(()) };
        let (from, to) = (format!("{inbox}{}", waiting.name), format!("{inbox}{}/{}", read.aside.name(), read.name));
        self.put(&format!("{to}.result.csv"), read.result).await?;
        self.put(&to, read.copy).await?;
        let action = self.bucket.head_object(Some(&self.credentials), &from);
        if etag(&self.ask(Method::HEAD, action.sign(SIGNED), None).await?) != waiting.stamp {
            return Ok(());
        }
        let action = self.bucket.delete_object(Some(&self.credentials), &from);
        self.ask(Method::DELETE, action.sign(SIGNED), None).await.map(drop)
    }

    pub(super) async fn put_out(&self, name: &str, from: &Path) -> Result<()> {
        match &self.outbox {
            Some(outbox) => self.put(&format!("{outbox}{name}"), from).await,
            None => Ok(()),
        }
    }

    async fn put(&self, key: &str, from: &Path) -> Result<()> {
        let file = fs::File::open(from).await?;
        let size = file.metadata().await?.len();
        let action = self.bucket.put_object(Some(&self.credentials), key);
        self.ask(Method::PUT, action.sign(SIGNED), Some((file, size))).await.map(drop)
    }

    async fn ask(&self, method: Method, url: Url, body: Option<(fs::File, u64)>) -> Result<Response> {
        let mut call = self.http.request(method, url);
        if let Some((file, size)) = body {
            call = call.header(reqwest::header::CONTENT_LENGTH, size).body(Body::from(file));
        }
        let answer = call.send().await.map_err(broken)?;
        let status = answer.status();
        match status.is_success() {
            true => Ok(answer),
            false => Err(Error::Refused(format!("the store says {}", status.as_u16()))),
        }
    }
}

/// The objects of a list by their names. Stores name their namespaces differently, so none is asked for.
fn objects(list: &[u8]) -> Result<Vec<(String, Waiting)>> {
    let encoded = list.windows(ENCODED.len()).any(|part| part == ENCODED);
    let object = |mut row: Row| {
        let key = row.remove("Key")?;
        let decoded = form_urlencoded::parse(key.as_bytes()).next().map(|(name, _)| name.into_owned());
        let key = if encoded { decoded.unwrap_or_default() } else { key };
        let size = row.get("Size").and_then(|size| size.parse().ok()).unwrap_or(0);
        Some((key, Waiting { name: String::new(), size, stamp: unquoted(row.get("ETag").map(String::as_str)) }))
    };
    Ok(rows(Format::Xml, list).map_err(|_| unread())?.into_iter().filter_map(object).collect())
}

/// An error of the way without its address, which is signed.
fn broken(error: reqwest::Error) -> Error {
    Error::Refused(error.without_url().to_string())
}

fn etag(answer: &Response) -> String {
    unquoted(answer.headers().get("etag").and_then(|etag| etag.to_str().ok()))
}

/// What names the content of an object, which some put in quotes.
fn unquoted(etag: Option<&str>) -> String {
    etag.unwrap_or_default().trim_matches('"').to_owned()
}

fn unread() -> Error {
    Error::Refused("a list that cannot be read".to_owned())
}

async fn small(mut answer: Response) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(broken)? {
        if bytes.len() + piece.len() > MOST_LIST {
            return Err(unread());
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_whatever_its_namespace_is() {
        let list = |encoding: &str, key: &str| {
            format!(
                "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://doc.s3.amazonaws.com/2006-03-01\"><Name>sp4n</Name>{encoding}\
                 <Contents><Key>{key}</Key><ETag>&quot;0f&quot;</ETag><Size>7</Size></Contents>\
                 <CommonPrefixes><Prefix>masuk/done/</Prefix></CommonPrefixes></ListBucketResult>"
            )
        };
        let facts = Waiting { name: String::new(), size: 7, stamp: "0f".into() };
        let encoded = list("<EncodingType>url</EncodingType>", "masuk/a+b%2B.csv");
        assert_eq!(objects(encoded.as_bytes()).unwrap(), [("masuk/a b+.csv".to_owned(), facts.clone())]);
        assert_eq!(objects(list("", "masuk/a+b.csv").as_bytes()).unwrap(), [("masuk/a+b.csv".to_owned(), facts)]);
        assert!(objects(b"<html>").is_err());
    }
}
