//! Files that were sent before what they belong to.

use crate::state::Web;
use app::Upload;
use domain::Actor;

/// A file as a text that only this server can have made, for this officer only.
pub(crate) fn seal(web: &Web, by: &Actor, upload: &Upload) -> String {
    let text = format!("{}|{}|{}|{}", upload.hash, upload.kind, upload.size, upload.name);
    let signature = web.app.keys().sign(&purpose(by), &text);
    format!("{signature}|{text}")
}

/// The file behind such a text.
pub(crate) fn unseal(web: &Web, by: &Actor, token: &str) -> Option<Upload> {
    let (signature, text) = token.split_once('|')?;
    if !web.app.keys().is_signed(&purpose(by), text, signature) {
        return None;
    }
    let mut parts = text.splitn(4, '|').map(str::to_owned);
    let (hash, kind, size, name) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    Some(Upload { name, kind, size: size.parse().ok()?, hash })
}

fn purpose(by: &Actor) -> String {
    match by {
        Actor::Officer { user, .. } => format!("upload:{user}"),
        _ => "upload".to_owned(),
    }
}
