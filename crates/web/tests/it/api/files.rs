//! Files by the API.

use super::client::{Answer, Client, PUPR, national};
use axum::body::Body;
use axum::http::Method;
use serde_json::json;

pub use crate::world::PNG;

/// Sends the picture as it is.
pub async fn raw(client: &Client, path: &str) -> Answer {
    client.send(Method::POST, path, Some("image/png"), Body::from(PNG.to_vec())).await
}

async fn form(client: &Client, path: &str, part: &str) -> Answer {
    let mut body = format!(
        "--x\r\ncontent-disposition: form-data; name=\"{part}\"; filename=\"lubang.png\"\r\ncontent-type: image/png\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(&PNG);
    body.extend_from_slice(b"\r\n--x--\r\n");
    client.send(Method::POST, path, Some("multipart/form-data; boundary=x"), Body::from(body)).await
}

both!(a_reporter_adds_files_and_fetches_them, |house| {
    let citizen = Client::new(&house);
    let (code, pin) = citizen.submit(json!({})).await;
    let reporter = citizen.pin(&pin);
    let path = format!("/reports/{code}/attachments");
    let first = form(&reporter.with("idempotency-key", "foto-1"), &path, "file").await.is(201).json;
    let again = form(&reporter.with("idempotency-key", "foto-1"), &path, "file").await.is(201).json;
    assert_eq!(first, again);
    assert_eq!((&first["name"], &first["kind"]), (&json!("lubang.png"), &json!("image/png")));
    let second = raw(&reporter.with("x-file-name", "foto%20dua.png"), &path).await.is(201).json;
    assert_eq!(second["name"], "foto dua.png");

    let place = first["url"].as_str().unwrap().strip_prefix("https://lapor.example").unwrap();
    let fetched = reporter.get(place).await.is(200);
    assert_eq!(fetched.headers["content-type"], "image/png");
    assert_eq!(fetched.headers["x-content-type-options"], "nosniff");
    assert!(fetched.headers["content-security-policy"].to_str().unwrap().contains("sandbox"));
    assert!(fetched.bytes.starts_with(b"\x89PNG"));
    citizen.get(place).await.is(404);
    let (other, other_pin) = citizen.submit(json!({"title": "Laporan yang lain"})).await;
    let elsewhere = place.replace(&code, &other);
    citizen.pin(&other_pin).get(&elsewhere).await.is(404);
});

both!(only_the_reporter_adds_files_and_only_of_known_kinds, |house| {
    let (citizen, admin) = (Client::new(&house), national(&house).await);
    let (code, pin) = citizen.disposed(&admin, json!({}), PUPR).await;
    let path = format!("/reports/{code}/attachments");
    assert_eq!(raw(&citizen, &path).await.is(401).code(), "pin-missing");
    let reporter = citizen.pin(&pin);
    assert_eq!(form(&reporter, &path, "photo").await.is(422).code(), "file-missing");
    let page = Body::from("<html><script>alert(1)</script></html>".repeat(9));
    let refused = reporter.send(Method::POST, &path, Some("image/png"), page).await.is(415);
    assert_eq!(refused.code(), "media-unknown-kind");
    let empty = reporter.send(Method::POST, &path, Some("image/png"), Body::empty()).await.is(422);
    assert_eq!(empty.code(), "media-empty");
    let mut film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec();
    film.resize(51 * 1024 * 1024, 0);
    let large = reporter.send(Method::POST, &path, Some("video/mp4"), Body::from(film)).await.is(413);
    assert_eq!(large.code(), "media-too-large");
});
