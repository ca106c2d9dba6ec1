//! What is served here, and what for.

use super::client::{Client, elements};
use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};

/// The fields of the first object of a document.
fn fields(text: &str) -> Vec<String> {
    let begun = text.trim_start_matches(['[', '{']);
    let value: Value = serde_json::from_str(text).unwrap();
    let first = if value.is_array() { &value[0] } else { &value };
    let mut names: Vec<String> = first.as_object().unwrap().keys().cloned().collect();
    names.sort_by_key(|name| begun.find(&format!("\"{name}\":")));
    names
}

both!(discovery_says_where_everything_is, |house| {
    let client = Client::new(&house);
    let json = client.get("/open311/discovery.json").await.is(200);
    assert_eq!(json.headers["content-type"], "application/json; charset=utf-8");
    assert_eq!(fields(&json.text), ["changeset", "contact", "key_service", "endpoints"]);
    let endpoint = &json.json["endpoints"][0];
    assert_eq!(endpoint["url"], "https://lapor.example/open311/v2");
    assert_eq!(endpoint["specification"], "http://wiki.open311.org/GeoReport_v2");
    assert_eq!(endpoint["formats"], json!(["text/xml", "application/json"]));
    let xml = client.get("/open311/discovery.xml").await.is(200);
    assert_eq!(xml.headers["content-type"], "text/xml; charset=utf-8");
    assert!(xml.text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?><discovery>"), "{}", xml.text);
    let names = elements(&xml.text).join(" ");
    assert!(names.ends_with("endpoints endpoint specification url changeset type formats format format"), "{names}");
});

both!(services_are_the_categories_of_today, |house| {
    let client = Client::new(&house);
    let json = client.get("/services.json?jurisdiction_id=630000").await.is(200);
    let row = ["service_code", "service_name", "description", "metadata", "type", "keywords", "group"];
    assert_eq!(fields(&json.text), row);
    let rows = json.json.as_array().unwrap();
    let roads = rows.iter().find(|row| row["service_code"] == "8").unwrap();
    assert_eq!(roads["service_name"], "Pekerjaan Umum dan Penataan Ruang");
    assert_eq!((&roads["metadata"], &roads["type"]), (&json!(true), &json!("realtime")));
    let xml = client.get("/services.xml?jurisdiction_id=630000").await.is(200);
    let names = elements(&xml.text);
    assert_eq!(names[0], "services");
    assert_eq!(names[1..9], ["service"].into_iter().chain(row).collect::<Vec<_>>());
    assert_eq!(names.iter().filter(|name| *name == "service").count(), rows.len());
});

both!(a_definition_has_attributes, |house| {
    let client = Client::new(&house);
    let json = client.get("/services/8.json?jurisdiction_id=630000").await.is(200);
    assert_eq!(fields(&json.text), ["service_code", "attributes"]);
    let attributes = json.json["attributes"].as_array().unwrap();
    let orders: Vec<i64> = attributes.iter().map(|one| one["order"].as_i64().unwrap()).collect();
    assert_eq!(orders, [1, 2, 3, 4]);
    let day = json!({
        "variable": true, "code": "happened_on", "datatype": "datetime", "required": false, "order": 1,
        "datatype_description": "Tanggal (2026-03-17) atau saat dengan zona waktu (2026-03-17T10:00:00+08:00).",
        "description": "Kapan kejadiannya?", "values": [],
    });
    assert_eq!(attributes[0], day);
    assert_eq!(attributes[1]["values"], json!([{"key": "yes", "name": "Ya"}, {"key": "no", "name": "Tidak"}]));
    let english = client.with("accept-language", "en").get("/services/8.xml?jurisdiction_id=630000").await.is(200);
    assert!(english.text.contains("<description>When did it happen?</description><values/>"), "{}", english.text);
    let names = elements(&english.text);
    let begun = ["service_definition", "service_code", "attributes", "attribute", "variable", "code", "datatype"];
    assert_eq!(names[..7], begun);
});

both!(errors_are_told_in_the_format_of_the_request, |house| {
    let client = Client::new(&house);
    for path in ["/services/8.json", "/services.json", "/requests.json", "/servicerequestupdates.json"] {
        let missing = client.get(path).await.is(400);
        assert_eq!(missing.json[0]["code"], 400, "{path}");
        assert!(missing.errors()[0].contains("jurisdiction_id"), "{path}: {}", missing.text);
        let unknown = client.get(&format!("{path}?jurisdiction_id=kota.contoh.id")).await.is(404);
        assert_eq!(unknown.json[0]["code"], 404, "{path}");
        client.get(&format!("{path}?jurisdiction_id=630003")).await.is(404);
    }
    client.get("/services/8.json?jurisdiction_id=").await.is(400);
    for code in ["999999", "jalan", "-1", ""] {
        client.get(&format!("/services/{code}.json?jurisdiction_id=1")).await.is(404);
    }
    let xml = client.get("/services/999999.xml?jurisdiction_id=1").await.is(404);
    assert_eq!(xml.headers["content-type"], "text/xml; charset=utf-8");
    assert_eq!(elements(&xml.text), ["errors", "error", "code", "description"]);
    let english = client.with("accept-language", "en").get("/services.json").await.is(400);
    assert!(english.errors()[0].starts_with("jurisdiction_id is needed"), "{}", english.text);
    assert_eq!(english.headers["content-language"], "en");
    for path in ["/services.yaml", "/services", "/open311/discovery", "/open311/v3/services.json", "/requests/1.txt"] {
        client.get(path).await.is(404);
    }
    let wrong = client.send(Method::DELETE, "/requests.json", None, Body::empty()).await.is(405);
    assert_eq!(wrong.json[0]["code"], 405);
    let update = client.send(Method::PUT, "/servicerequestupdates.json", None, Body::empty()).await.is(405);
    assert_eq!(update.json[0]["code"], 405);
});
