//! Which reports and answers of the demo come with a photo.

use super::picture::{Scene, jpeg};
use crate::history::History;
use crate::seed::world::World;
use crate::{App, Error, Result, Upload};
use domain::category::CategoryTree;
use domain::{AttachmentId, CategoryId, Event, Report};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use store::attachment::{self, Attachment};
use store::{Tx, report};

const LIGHTING: CategoryId = CategoryId(632);
/// Floods and drains.
const DITCHES: [CategoryId; 2] = [CategoryId(613), CategoryId(624)];
const ENVIRONMENT: CategoryId = CategoryId(7);

/// A photo, and the event that it came with.
#[derive(Debug, Clone)]
pub(super) struct Photo {
    /// The client key of its report.
    key: String,
    seq: u32,
    at: Timestamp,
    scene: Scene,
    mended: bool,
}

/// The photos of these histories: of every finished work, and of what is still open and can be seen.
pub(super) fn photos(world: &World, histories: &[History]) -> Vec<Photo> {
    let categories = &world.reference.categories;
    let mut photos = Vec::new();
    for history in histories {
        let Some(scene) = scene(categories, history.report()) else { continue };
        let open = history.report().is_open();
        photos.extend(history.log.iter().filter_map(|logged| {
            let mended = match logged.event {
                Event::Submitted { .. } if open => false,
                Event::Answered { evidence: 1.., .. } => true,
                _ => return None,
            };
            Some(Photo { key: history.key.key.clone(), seq: logged.seq, at: logged.at, scene, mended })
        }));
    }
    photos
}

fn scene(categories: &CategoryTree, report: &Report) -> Option<Scene> {
    let category = report.category.filter(|category| categories.is_physical(*category))?;
    Some(match categories.top_of(category) {
        _ if category == LIGHTING => Scene::Lamp,
        _ if DITCHES.contains(&category) => Scene::Ditch,
        ENVIRONMENT => Scene::Yard,
        _ => Scene::Road,
    })
}

/// Draws the photos and adds them to their reports, which are there already; once, however often it is asked.
pub(super) async fn add(app: &App, photos: Vec<Photo>) -> Result<()> {
    let motifs: BTreeSet<_> = photos.iter().map(|photo| (photo.scene, photo.mended)).collect();
    let mut drawn = BTreeMap::new();
    for motif in motifs {
        drawn.insert(motif, draw(app, motif).await?);
    }
    let files: Vec<(i64, Photo, Upload)> = photos
        .into_iter()
        .filter_map(|photo| drawn.get(&(photo.scene, photo.mended)).cloned().map(|upload| (app.id(), photo, upload)))
        .collect();
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                for (id, photo, upload) in files {
                    insert(tx, AttachmentId(id), photo, upload).await?;
                }
                Ok::<(), Error>(())
            })
        })
        .await
}

async fn draw(app: &App, (scene, mended): (Scene, bool)) -> Result<Upload> {
    let bytes = jpeg(scene, mended)?;
    let mut incoming = app.receive().await?;
    incoming.push(&bytes).await?;
    app.keep(incoming, if mended { "sesudah.jpg" } else { "lokasi.jpg" }).await
}

async fn insert(tx: &mut Tx, id: AttachmentId, photo: Photo, upload: Upload) -> Result<()> {
    let Some((code, _)) = report::find_by_key(tx, &photo.key).await? else { return Ok(()) };
    let Some(row) = report::find(tx, code).await? else { return Ok(()) };
    let Upload { name, kind, size, hash } = upload;
    let file = Attachment { id, report: row.report.id, seq: photo.seq, name, kind, size, hash, at: photo.at };
    attachment::insert(tx, &file, Some(&format!("demo:{}", photo.seq))).await?;
    Ok(())
}
