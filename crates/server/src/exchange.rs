//! `[exchange]`: files of SP4N-LAPOR! that come and go at fixed times.

use crate::config::Config;
use crate::failure::Failure;
use app::courier::{Courier, Teller};
use channel::exchange::{Bucket, BucketSettings, Folder, Place};
use domain::AgencyId;
use domain::exchange::Rhythm;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use web::words::{Lang, Words};

/// The settings of `[exchange]`, or `LAPOR_EXCHANGE_…`. Without an inbox and an outbox nothing comes and goes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ExchangeConfig {
    /// Where files come: a folder, or how names begin in the bucket.
    pub inbox: Option<String>,
    /// Where files go.
    pub outbox: Option<String>,
    /// The hour of the day in Jakarta; 2 where nothing is said.
    pub hour: Option<u8>,
    /// In place of an hour: every so many minutes.
    pub every: Option<u16>,
    /// Whose reports go out, with all below; everybody's otherwise.
    pub agency: Option<i64>,
    pub format: FileFormat,
    /// Names that are not anonymous and secret texts go out too: for a hand-over to another national system.
    pub with_personal_data: bool,
    /// Seconds that a file in a folder must have been left alone; 30 otherwise.
    pub settle: Option<u16>,
    /// In place of folders: a bucket.
    pub s3: Option<S3Config>,
}

/// What goes out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileFormat {
    #[default]
    Csv,
    Xlsx,
}

/// `[exchange.s3]`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S3Config {
    /// `https://…`, without the name of the bucket.
    pub endpoint: String,
    /// `us-east-1` otherwise, which stores without regions take.
    pub region: Option<String>,
    pub bucket: String,
    pub key_id: String,
    /// A file with the secret, so that it stands in no configuration and no list of processes.
    pub secret_file: PathBuf,
}

/// What comes and goes; `None` where nothing does.
pub fn of(config: &Config) -> Result<Option<Courier>, Failure> {
    let settings = &config.exchange;
    if settings.inbox.is_none() && settings.outbox.is_none() {
        return Ok(None);
    }
    let place = match &settings.s3 {
        Some(s3) => Place::Bucket(bucket(settings, s3)?),
        None => {
            let path = |folder: &Option<String>| folder.as_ref().map(PathBuf::from);
            let settle = Duration::from_secs(u64::from(settings.settle.unwrap_or(30)));
            Place::Folder(Folder::new(path(&settings.inbox), path(&settings.outbox), settle))
        }
    };
    let words = Words::new(Lang::Id);
    let teller: Teller = Arc::new(move |code: &str| words.t(code));
    Ok(Some(Courier {
        place,
        rhythm: rhythm(settings)?,
        office: settings.agency.map(AgencyId),
        whole: settings.with_personal_data,
        ending: if settings.format == FileFormat::Xlsx { "xlsx" } else { "csv" },
        teller,
    }))
}

fn rhythm(settings: &ExchangeConfig) -> Result<Rhythm, Failure> {
    match (settings.every, settings.hour.unwrap_or(2)) {
        (Some(minutes @ 1..=1_440), _) => Ok(Rhythm::Minutes(minutes)),
        (Some(_), _) => Err(Failure::new("exchange.every", "1 … 1440")),
        (None, hour @ 0..=23) => Ok(Rhythm::Hour(i8::try_from(hour).unwrap_or(2))),
        (None, _) => Err(Failure::new("exchange.hour", "0 … 23")),
    }
}

fn bucket(settings: &ExchangeConfig, s3: &S3Config) -> Result<Bucket, Failure> {
    let secret = std::fs::read_to_string(&s3.secret_file);
    let secret = secret.map_err(|error| Failure::new("exchange.s3.secret_file", error))?;
    let bucket = Bucket::new(BucketSettings {
        endpoint: s3.endpoint.clone(),
        region: s3.region.clone().unwrap_or_else(|| "us-east-1".to_owned()),
        bucket: s3.bucket.clone(),
        key_id: s3.key_id.clone(),
        secret: secret.trim_end_matches(['\r', '\n']).to_owned(),
        inbox: settings.inbox.clone(),
        outbox: settings.outbox.clone(),
    });
    bucket.map_err(|error| Failure::new("exchange.s3.endpoint", error))
}
