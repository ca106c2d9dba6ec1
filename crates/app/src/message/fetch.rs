//! Files of messages: fetched from the service after the message is kept and before it is heard, each once.

use super::chat::More;
use super::hear::TRIES;
use crate::{App, Error, MOST_FILES, Result, Upload};
use channel::Unsent;
use store::Audience;
use store::message::{self, Claimed, MessageFile};

/// A file that the service did not give, however often it was asked.
const LOST: &str = "file-lost";
/// More files than a report takes.
const TOO_MANY: &str = "file-too-many";

/// What came of the files of a message.
#[derive(Debug, Clone, Default)]
pub(super) struct Fetched {
    /// The ids under which pictures and papers are kept.
    pub kept: Vec<i64>,
    /// Why one was not taken, as the name of a refusal.
    pub failure: Option<String>,
}

impl App {
    /// Fetches the files of a message that are not there yet.
    pub(super) async fn fetch_files(&self, claimed: &Claimed, more: &More) -> Result<Fetched> {
        let there = message::files(&mut self.db.read().await?, claimed.id).await?;
        let mut fetched = Fetched::default();
        for (number, remote) in more.files.iter().enumerate() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let file = match there.iter().find(|file| file.number == number) {
                Some(file) => file.clone(),
                None if number as usize >= MOST_FILES => self.note_file(claimed.id, number, Err(TOO_MANY)).await?,
                None => {
                    let got = self.fetch_file(claimed, &remote.id, &remote.name).await?;
                    self.note_file(claimed.id, number, got).await?
                }
            };
            fetched.kept.extend(file.upload.is_some().then_some(file.id));
            fetched.failure = fetched.failure.or(file.failure);
        }
        Ok(fetched)
    }

    /// A file in its place, or why it is not taken. An error where it may be tried again.
    async fn fetch_file(
        &self,
        claimed: &Claimed,
        id: &str,
        name: &str,
    ) -> Result<std::result::Result<Upload, &'static str>> {
        let later = |unsent: Unsent| match unsent {
            Unsent::Never(_) | Unsent::NoSuchAddress(_) => Ok(Err(LOST)),
            _ if claimed.attempts >= TRIES => Ok(Err(LOST)),
            other => Err(Error::Broken(other.to_string())),
        };
        let mut download = match self.download(claimed.way, id).await {
            Ok(download) => download,
            Err(unsent) => return later(unsent),
        };
        let mut incoming = self.receive().await?;
        loop {
            match download.piece().await {
                Ok(Some(piece)) => match incoming.push(&piece).await.map_err(Error::from) {
                    Ok(()) => {}
                    Err(error) => return refused(error),
                },
                Ok(None) => break,
                Err(unsent) => return later(unsent),
            }
        }
        match self.keep(incoming, name).await {
            Ok(upload) => Ok(Ok(upload)),
            Err(error) => refused(error),
        }
    }

    async fn note_file(
        &self,
        message: i64,
        number: u32,
        got: std::result::Result<Upload, &'static str>,
    ) -> Result<MessageFile> {
        let upload = got.as_ref().ok().map(serde_json::to_string).transpose();
        let upload = upload.map_err(|error| Error::Broken(error.to_string()))?;
        let file = MessageFile { id: self.id(), number, upload, failure: got.err().map(str::to_owned) };
        let noted = file.clone();
        self.db
            .write_for(Audience::Nobody, move |tx| {
                let noted = noted.clone();
                Box::pin(async move { Ok::<(), Error>(message::put_file(tx, message, &noted).await?) })
            })
            .await?;
        Ok(file)
    }

    /// The kept files of a report, those of them that still lie on the disk.
    pub(super) async fn kept_uploads(&self, photos: &[i64]) -> Result<Vec<Upload>> {
        let mut uploads = Vec::new();
        let mut tx = self.db.read().await?;
        for photo in photos.iter().take(MOST_FILES) {
            let Some(text) = message::file(&mut tx, *photo).await? else { continue };
            let upload: Upload = serde_json::from_str(&text).map_err(|error| Error::Broken(error.to_string()))?;
            uploads.extend(self.is_kept(&upload).then_some(upload));
        }
        Ok(uploads)
    }
}

/// What is wrong with a file is told; what is wrong with the disk is not its sender's matter.
fn refused(error: Error) -> Result<std::result::Result<Upload, &'static str>> {
    match error {
        Error::File(name) => Ok(Err(name)),
        other => Err(other),
    }
}
