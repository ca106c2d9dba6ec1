//! The faces that agencies give the system.

use crate::reference::announce;
use crate::seats::Change;
use crate::{App, Conflict, Error, Result};
use domain::face::{Face, FaceFault, Faces, check};
use domain::policy::dresses_office;
use domain::{Actor, AgencyId, Role};
use std::path::PathBuf;
use store::{Tx, face};

/// A face as it is now, or what stands against the change.
pub type Dressed = std::result::Result<Face, Vec<FaceFault>>;

impl App {
    /// Gives an office its face, or changes it. `wanted.edition` is the one that the editor saw, 0 for a new face.
    ///
    /// The host name is for the national admin to say, since it takes over an address; others keep the one there is.
    /// Recorded in the office's log; all processes follow.
    pub async fn put_face(&self, by: &Actor, wanted: Face) -> Result<Dressed> {
        let (app, by) = (self.clone(), *by);
        let write = self.db.write(move |tx| {
            let (app, wanted) = (app.clone(), wanted.clone());
            Box::pin(async move { app.dress(tx, &by, wanted).await })
        });
        let done = write.await?;
        self.reload_reference().await?;
        Ok(done)
    }

    async fn dress(&self, tx: &mut Tx, by: &Actor, wanted: Face) -> Result<Dressed> {
        self.is_dresser(by, wanted.agency)?;
        let faces = Faces::new(face::list(tx).await?);
        let was = faces.of(wanted.agency);
        let host = match by.role() {
            Some(Role::NationalAdmin) => wanted.host.clone(),
            _ => was.and_then(|was| was.host.clone()),
        };
        let (seen, edition) = (wanted.edition, was.map_or(0, |was| was.edition));
        let new = Face { host, edition: edition + 1, ..wanted };
        if was.is_some_and(|was| Face { edition: new.edition, ..was.clone() } == new) {
            return Ok(Ok(Face { edition, ..new }));
        }
        if seen != edition {
            return Err(Error::Conflict(Conflict::Stale { seq: edition }));
        }
        let faults = check(&faces, &new);
        if !faults.is_empty() {
            return Ok(Err(faults));
        }
        face::put(tx, &new).await?;
        self.log_seat(tx, by.user(), new.agency, &Change::FaceChanged { slug: new.slug.clone() }).await?;
        announce(tx, self.id()).await?;
        Ok(Ok(new))
    }

    /// Takes the face of an office away; whoever comes by its address meets the plain one.
    pub async fn drop_face(&self, by: &Actor, office: AgencyId) -> Result<()> {
        self.is_dresser(by, office)?;
        let (app, by) = (self.clone(), *by);
        let write = self.db.write(move |tx| {
            let app = app.clone();
            Box::pin(async move {
                let faces = Faces::new(face::list(tx).await?);
                let Some(was) = faces.of(office) else { return Ok::<(), Error>(()) };
                face::delete(tx, office).await?;
                app.log_seat(tx, by.user(), office, &Change::FaceDropped { slug: was.slug.clone() }).await?;
                announce(tx, app.id()).await
            })
        });
        write.await?;
        self.reload_reference().await
    }

    /// Where the logo of a face lies.
    pub fn logo_path(&self, face: &Face) -> Option<PathBuf> {
        let logo = face.logo.as_ref()?;
        Some(self.files.join(crate::media::place(&logo.hash)?))
    }

    /// Refuses whoever neither gives an office its face nor keeps its papers.
    pub(crate) fn is_dresser(&self, by: &Actor, office: AgencyId) -> Result<()> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        agencies.get(office).ok_or(Error::NotFound)?;
        if dresses_office(agencies, by, office) { Ok(()) } else { Err(Error::Denied) }
    }
}
