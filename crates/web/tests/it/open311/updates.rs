//! What happened to requests.

use super::client::{Client, Office, elements};
use domain::text::Body;
use domain::{Actor, Command};
use serde_json::json;

both!(updates_are_the_public_steps_of_given_reports, |house| {
    let office = Office::open(&house).await;
    let id = office.verified(&[]).await;
    house.later(24);
    office.answer(&id, "Lubang itu kami periksa; alat berat datang lusa.").await;
    house.later(1);
    let text = Body::parse("Terima kasih, kami tunggu kabarnya.").unwrap();
    office.act(&id, &Actor::Reporter, Command::Reply { text }).await;
    let client = Client::new(&house);
    let shown = client.get(&format!("/requests/{id}.json")).await.is(200).json;
    assert_eq!(shown[0]["status_notes"], "Lubang itu kami periksa; alat berat datang lusa.", "what the office said");
    let all = client.get("/servicerequestupdates.json?jurisdiction_id=630000").await.is(200).json;
    let expected = json!([
        {"update_id": format!("{id}-4"), "service_request_id": id, "status": "IN_PROGRESS",
         "updated_datetime": "2026-11-10T11:00:00+08:00", "description": "Terima kasih, kami tunggu kabarnya.",
         "media_url": null},
        {"update_id": format!("{id}-3"), "service_request_id": id, "status": "INVESTIGATING",
         "updated_datetime": "2026-11-10T10:00:00+08:00",
         "description": "Lubang itu kami periksa; alat berat datang lusa.", "media_url": null},
        {"update_id": format!("{id}-2"), "service_request_id": id, "status": "OPEN",
         "updated_datetime": "2026-11-09T10:00:00+08:00", "description": null, "media_url": null},
    ]);
    assert_eq!(all, expected);
    let day = "/servicerequestupdates.json?jurisdiction_id=1&start_date=2026-11-09&end_date=2026-11-09";
    assert_eq!(client.get(day).await.is(200).json, json!([expected[2]]));
    let page = "/servicerequestupdates.json?jurisdiction_id=1&page=2&page_size=2";
    assert_eq!(client.get(page).await.is(200).json, json!([expected[2]]));
    let xml = client.get("/servicerequestupdates.xml?jurisdiction_id=630000").await.is(200);
    let row = ["update_id", "service_request_id", "status", "updated_datetime", "description", "media_url"];
    let names = elements(&xml.text);
    assert_eq!(names[..2], ["service_request_updates", "request_update"]);
    assert_eq!(names[2..8], row);
    let long = "/servicerequestupdates.json?jurisdiction_id=1&start_date=2026-01-01&end_date=2026-11-09";
    client.get(long).await.is(400);
});
