//! Files: sent first, then recorded in the transaction of what they belong to.

use crate::access::Protected;
use crate::media::{Incoming, Kind, MediaError};
use crate::reading::Reading;
use crate::{Act, App, Error, Result};
use domain::policy::{Action, may};
use domain::report::evolve;
use domain::{Actor, AttachmentId, Code, Event, Report};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use store::attachment::Attachment;
use store::event::Logged;
use store::{Tx, attachment, event, report};

/// Most files with one report, reply or answer.
pub const MOST_FILES: usize = 5;

/// A file that lies in the file store and belongs to nothing yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// The name it was sent under, without a path.
    pub name: String,
    /// Media type by content.
    pub kind: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 in hexadecimal.
    pub hash: String,
}

impl App {
    /// Begins to take a file in; chunks go to disk as they come.
    pub async fn receive(&self) -> Result<Incoming> {
        Ok(Incoming::begin(&self.files).await?)
    }

    /// Ends a file: checks its content, strips what cameras add, and keeps it.
    pub async fn keep(&self, incoming: Incoming, name: &str) -> Result<Upload> {
        let kept = incoming.finish().await?;
        Ok(Upload {
            name: named(&plain_name(name), kept.kind),
            kind: kept.kind.mime().to_owned(),
            size: i64::try_from(kept.size).unwrap_or(i64::MAX),
            hash: kept.sha256,
        })
    }

    /// Whether a file that was kept for later still lies on the disk.
    pub fn is_kept(&self, upload: &Upload) -> bool {
        crate::media::place(&upload.hash).is_some_and(|place| self.files.join(place).exists())
    }

    /// Adds a file to a report that was already sent; its reporter only. The same client key adds it once.
    pub async fn attach(&self, code: Code, by: Actor, upload: Upload, key: &str) -> Result<Attachment> {
        let key = crate::keys::digest(key);
        crate::act::again_when_overtaken(|| {
            let (app, key, upload) = (self.clone(), key.clone(), upload.clone());
            self.db.write(move |tx| Box::pin(async move { app.attach_in(tx, code, by, upload, key).await }))
        })
        .await
    }

    async fn attach_in(&self, tx: &mut Tx, code: Code, by: Actor, upload: Upload, key: String) -> Result<Attachment> {
        let row = report::find(tx, code).await?.filter(|_| by == Actor::Reporter).ok_or(Error::NotFound)?;
        if let Some(before) = attachment::find_by_key(tx, row.report.id, &key).await? {
            let same = before.hash == upload.hash;
            return if same { Ok(before) } else { Err(Error::Conflict(crate::Conflict::KeyReused)) };
        }
        if attachment::list(tx, row.report.id).await?.len() >= MOST_FILES * 4 {
            return Err(Error::File("file-too-many"));
        }
        let at = self.now();
        let id = AttachmentId(self.id());
        let event = Event::Attached { attachment: id };
        let now = evolve(row.report.clone(), at, &event);
        let file = one(id, &now, now.seq, at, &upload);
        let timing = crate::timing::timing(&self.reference().rules, &now, at);
        let was_seq = row.report.seq;
        let logged = Logged { seq: now.seq, at, by, event };
        let row = report::Row { report: now, ..row };
        if !report::update(tx, &row, was_seq, timing).await? {
            return Err(Error::Overtaken);
        }
        event::append(tx, row.report.id, row.report.zone, &logged, None).await?;
        attachment::insert(tx, &file, Some(&key)).await?;
        Ok(file)
    }

    /// A file of this report and where it lies, for somebody who may read what it came with.
    pub async fn attachment(&self, code: Code, id: AttachmentId, by: &Actor) -> Result<(Attachment, PathBuf)> {
        let mut tx = self.db.read().await?;
        let file = attachment::load(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let row = report::load(&mut tx, file.report).await?.filter(|row| row.code == code).ok_or(Error::NotFound)?;
        let reads = |action: Action| may(&self.reference().rules.agencies, by, action, &row.report);
        let with = event::load(&mut tx, row.report.id, file.seq).await?.ok_or(Error::NotFound)?;
        if !reads(Action::Read) || !Reading::new(&self.reference().rules.agencies, by, &row.report).reads(&with) {
            return Err(Error::NotFound);
        }
        drop(tx);
        if row.report.is_sealed() {
            self.note_access(&row.report, by, &[Protected::Sealed]).await?;
        }
        Ok((file.clone(), self.files.join(crate::media::place(&file.hash).ok_or(Error::NotFound)?)))
    }
}

/// Records files with the event they belong to.
pub(crate) async fn record(
    tx: &mut Tx,
    report: &Report,
    seq: u32,
    at: Timestamp,
    uploads: &[(i64, Upload)],
) -> Result<()> {
    if uploads.len() > MOST_FILES {
        return Err(Error::File("file-too-many"));
    }
    let file = |(id, upload): &(i64, Upload)| one(AttachmentId(*id), report, seq, at, upload);
    let files: Vec<Attachment> = uploads.iter().map(file).collect();
    Ok(attachment::insert_all(tx, &files).await?)
}

fn one(id: AttachmentId, report: &Report, seq: u32, at: Timestamp, upload: &Upload) -> Attachment {
    Attachment {
        id,
        report: report.id,
        seq,
        name: upload.name.clone(),
        kind: upload.kind.clone(),
        size: upload.size,
        hash: upload.hash.clone(),
        at,
    }
}

/// The last part of a path, without control characters, 120 characters at most.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let plain: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    if plain.trim().is_empty() { "lampiran".to_owned() } else { plain }
}

/// The name with the ending of what the file is; a picture may have been written anew as another kind.
fn named(name: &str, kind: Kind) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let fits = Kind::ALL.into_iter().find(|known| known.extension() == ending.to_lowercase());
    match fits {
        Some(known) if known != kind => format!("{stem}.{}", kind.extension()),
        _ => name.to_owned(),
    }
}

impl From<MediaError> for Error {
    fn from(error: MediaError) -> Error {
        match error {
            MediaError::Storage(io) => Error::Broken(io.to_string()),
            refused => Error::File(refused.code()),
        }
    }
}

impl Act {
    /// The same command with files.
    pub fn with(mut self, uploads: Vec<Upload>) -> Act {
        self.uploads = uploads;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_as_its_file_is() {
        assert_eq!(named("foto jalan.webp", Kind::Jpeg), "foto jalan.jpg");
        assert_eq!(named("foto.JPG", Kind::Jpeg), "foto.JPG");
        assert_eq!(named("surat", Kind::Pdf), "surat");
    }
}
