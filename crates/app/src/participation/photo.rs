//! Photos of outreach activities: what cameras add was stripped when they came in, and each says what it shows.

use crate::agencies::key_id;
use crate::{App, Error, Result, Upload};
use domain::Actor;
use domain::outreach::{MOST_ALT, MOST_PHOTOS, OutreachState};
use std::path::PathBuf;
use store::Tx;
use store::outreach::{self, Outreach, Photo};

/// A photo to be added.
#[derive(Debug, Clone)]
pub struct NewPhoto {
    /// What it shows.
    pub alt: String,
    pub file: Upload,
}

impl App {
    /// Adds a photo to an activity that was carried out. The same key adds it once.
    pub async fn add_outreach_photo(&self, by: &Actor, id: i64, new: NewPhoto, key: &str) -> Result<()> {
        let alt = new.alt.trim().to_owned();
        if alt.is_empty() || alt.chars().count() > MOST_ALT {
            return Err(Error::File("photo-alt"));
        }
        if !new.file.kind.starts_with("image/") {
            return Err(Error::File("photo-kind"));
        }
        let photo = Photo {
            id: key_id("outreach-photo", &format!("{id}:{key}")),
            alt,
            name: new.file.name,
            media: new.file.kind,
            size: new.file.size,
            hash: new.file.hash,
            at: self.now(),
        };
        let (app, by) = (self.clone(), *by);
        self.db
            .write(move |tx| {
                let (app, photo) = (app.clone(), photo.clone());
                Box::pin(async move {
                    app.changeable(tx, &by, id).await?;
                    let photos = outreach::photos(tx, id).await?;
                    if photos.iter().any(|known| known.id == photo.id) {
                        return Ok(());
                    }
                    if photos.len() >= MOST_PHOTOS {
                        return Err(Error::File("photo-many"));
                    }
                    outreach::put_photo(tx, id, &photo).await?;
                    app.log_outreach(tx, &by, id, "photo_added").await
                })
            })
            .await
    }

    /// Takes a photo away; once it is gone, taking it away again changes nothing.
    pub async fn remove_outreach_photo(&self, by: &Actor, id: i64, photo: i64) -> Result<()> {
        let (app, by) = (self.clone(), *by);
        self.db
            .write(move |tx| {
                let app = app.clone();
                Box::pin(async move {
                    app.changeable(tx, &by, id).await?;
                    if outreach::photos(tx, id).await?.iter().all(|known| known.id != photo) {
                        return Ok(());
                    }
                    outreach::drop_photo(tx, id, photo).await?;
                    app.log_outreach(tx, &by, id, "photo_removed").await
                })
            })
            .await
    }

    /// A photo of an activity and where it lies, for those who see the activity.
    pub async fn outreach_photo(&self, by: &Actor, id: i64, photo: i64) -> Result<(Photo, PathBuf)> {
        let found = self.outreach(by, id).await?.photos.into_iter().find(|one| one.id == photo);
        let found = found.ok_or(Error::NotFound)?;
        let place = crate::media::place(&found.hash).ok_or(Error::NotFound)?;
        Ok((found, self.files.join(place)))
    }

    /// An activity that was carried out and that the officer changes.
    async fn changeable(&self, tx: &mut Tx, by: &Actor, id: i64) -> Result<Outreach> {
        let found = outreach::load(tx, id).await?.ok_or(Error::NotFound)?;
        self.plans_outreach(by, found.agency)?;
        match found.state {
            OutreachState::CarriedOut => Ok(found),
            OutreachState::Planned | OutreachState::Cancelled => Err(Error::Denied),
        }
    }
}
