//! Requests as other systems read them.

use super::client::{Client, KALSEL, Office, elements};
use domain::{Actor, Command};
use serde_json::{Value, json};

const FIELDS: [&str; 17] = [
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
];

fn spelt(names: &[String], last: usize) -> Vec<&str> {
    names[names.len() - last..].iter().map(String::as_str).collect()
}

both!(a_request_has_seventeen_fields_in_their_order, |house| {
    let office = Office::open(&house).await;
    let id = office.verified(&[("lat", "-3.44"), ("long", "114.83")]).await;
    house.later(3);
    office.answer(&id, "Lubang itu kami periksa; alat berat datang lusa.").await;
    let client = Client::new(&house);
    let shown = client.get(&format!("/requests/{id}.json")).await.is(200);
    assert_eq!(shown.headers["content-type"], "application/json; charset=utf-8");
    let expected = json!([{
        "service_request_id": id, "status": "open",
        "status_notes": "Lubang itu kami periksa; alat berat datang lusa.",
        "service_name": "Pekerjaan Umum dan Penataan Ruang", "service_code": "8",
        "description": "Jalan di depan pasar berlubang dan tergenang.",
        "agency_responsible": "Dinas Pekerjaan Umum dan Penataan Ruang Provinsi Kalimantan Selatan",
        "service_notice": format!("Tindak lanjut selengkapnya: https://lapor.example/laporan/{id}"),
        "requested_datetime": "2026-11-09T10:00:00+08:00", "updated_datetime": "2026-11-09T13:00:00+08:00",
        "expected_datetime": "2026-11-27T23:59:59+08:00", "address": "Kalimantan Selatan",
        "address_id": null, "zipcode": null, "lat": null, "long": null, "media_url": null,
    }]);
    assert_eq!(shown.json, expected);
    let places: Vec<usize> = FIELDS.iter().map(|name| shown.text.find(&format!("\"{name}\":")).unwrap()).collect();
    assert!(places.is_sorted(), "{}", shown.text);

    let xml = client.get(&format!("/requests/{id}.xml")).await.is(200);
    let names = elements(&xml.text);
    assert_eq!(spelt(&names, 17), FIELDS);
    assert!(xml.text.contains("<lat/><long/><media_url/>"), "{}", xml.text);
    let list = client.get("/requests.xml?jurisdiction_id=630000").await.is(200);
    assert_eq!(list.text, xml.text);
    let token = client.get(&format!("/tokens/{id}.json")).await.is(200);
    assert_eq!(token.json, json!([{"service_request_id": id, "token": id}]));
    let token = client.get(&format!("/tokens/{id}.xml?jurisdiction_id=630000")).await.is(200);
    assert_eq!(elements(&token.text), ["service_requests", "request", "service_request_id", "token"]);
    client.get(&format!("/requests/{id}.json?jurisdiction_id=101")).await.is(404);
    client.get(&format!("/tokens/{id}.json?jurisdiction_id=101")).await.is(404);
});

both!(a_closed_request_was_updated_when_it_was_closed, |house| {
    let office = Office::open(&house).await;
    let (open, id) =
        (office.verified(&[("description", "Lampu jalan padam semua.")]).await, office.verified(&[]).await);
    office.answer(&id, "Lubang itu kami periksa; alat berat datang lusa.").await;
    house.later(5);
    office.act(&id, &Actor::Reporter, Command::Confirm { rating: Some(5), text: None }).await;
    let client = Client::new(&house);
    let shown = client.get(&format!("/requests/{id}.json")).await.is(200).json;
    assert_eq!((&shown[0]["status"], &shown[0]["expected_datetime"]), (&json!("closed"), &Value::Null));
    assert_eq!(shown[0]["updated_datetime"], "2026-11-09T15:00:00+08:00");
    let list = |query: &'static str| {
        let client = client.clone();
        async move { client.get(&format!("/requests.json?jurisdiction_id=630000&{query}")).await.is(200).ids() }
    };
    assert_eq!(list("status=closed").await, [id.as_str()]);
    assert_eq!(list("status=open").await, [open.as_str()]);
    assert_eq!(list("status=open,closed").await, [id.as_str(), open.as_str()]);
    assert_eq!(list("status=").await.len(), 2);
    client.get("/requests.json?jurisdiction_id=1&status=OPEN").await.is(400);
});

both!(a_list_is_narrowed_by_what_is_asked, |house| {
    let office = Office::open(&house).await;
    let old = office.verified(&[]).await;
    house.later(24 * 10);
    let health = office.verified(&[("service_code", "4"), ("description", "Puskesmas tutup lebih awal.")]).await;
    house.later(1);
    let client = Client::new(&house);
    let list = |query: String| {
        let client = client.clone();
        async move { client.get(&format!("/requests.json?{query}")).await.is(200).ids() }
    };
    let both = [health.as_str(), old.as_str()];
    assert_eq!(list("jurisdiction_id=630000".into()).await, both);
    assert_eq!(list("jurisdiction_id=1".into()).await, both);
    assert_eq!(list("jurisdiction_id=101".into()).await, [""; 0]);
    assert_eq!(list("jurisdiction_id=1&service_code=4".into()).await, [health.as_str()]);
    assert_eq!(list("jurisdiction_id=1&service_code=4,8".into()).await, both);
    assert_eq!(list("jurisdiction_id=1&start_date=2026-11-10".into()).await, [health.as_str()]);
    assert_eq!(list("jurisdiction_id=1&end_date=2026-11-10T00:00:00Z".into()).await, [old.as_str()]);
    assert_eq!(list("jurisdiction_id=1&start_date=2026-11-20&end_date=2026-11-30".into()).await, [""; 0]);
    let ids = format!("service_request_id={old},9999999990,x,{health},{old}&status=closed&service_code=77");
    assert_eq!(list(ids).await, [old.as_str(), health.as_str()]);
    for wrong in [
        "service_code=999999",
        "service_code=x",
        "start_date=kemarin",
        "start_date=2026-11-09T00:00:00",
        "start_date=2026-01-01&end_date=2026-06-01",
        "start_date=2026-11-09&end_date=2026-11-01",
        "page=0",
        "page_size=1001",
        "page=x",
        "updated_after=besok",
    ] {
        client.get(&format!("/requests.json?jurisdiction_id=1&{wrong}")).await.is(400);
    }
    client.get("/requests/9999999990.json").await.is(404);

    house.later(24);
    office.answer(&old, "Lubang itu kami periksa; alat berat datang lusa.").await;
    assert_eq!(list("jurisdiction_id=630000&updated_after=2026-11-19T06:00:00Z".into()).await, [old.as_str()]);
    assert_eq!(list("jurisdiction_id=1&updated_after=2026-11-18&updated_before=2026-11-18".into()).await, [""; 0]);
    let late = "jurisdiction_id=1&updated_after=2026-11-19&updated_before=2026-11-19".to_owned();
    assert_eq!(list(late).await, both, "one was verified, the other escalated");
    house.later(24 * 89);
    assert_eq!(list("jurisdiction_id=630000".into()).await, [""; 0], "older than ninety days");
    assert_eq!(list("jurisdiction_id=1&start_date=2026-11-09&end_date=2026-11-10".into()).await, [old.as_str()]);
});

both!(pages_end_and_hold_everything_once, |house| {
    let office = Office::open(&house).await;
    let mut all = Vec::new();
    for number in 1..=7 {
        all.push(office.verified(&[("description", &format!("Lubang nomor {number} di jalan itu."))]).await);
    }
    all.reverse();
    let client = Client::new(&house);
    for place in [1, KALSEL] {
        let mut found = Vec::new();
        for page in 1.. {
            let address = format!("/requests.json?jurisdiction_id={place}&page_size=3&page={page}");
            let ids = client.get(&address).await.is(200).ids();
            if ids.is_empty() {
                break;
            }
            assert!(ids.len() <= 3 && page <= 3);
            found.extend(ids);
        }
        assert_eq!(found, all);
    }
    let beyond = client.get("/requests.xml?jurisdiction_id=1&page=1000&page_size=1000").await.is(200);
    assert!(beyond.text.ends_with("<service_requests/>"), "{}", beyond.text);
});

both!(extensions_tell_the_story, |house| {
    let office = Office::open(&house).await;
    let id = office.verified(&[("attribute[happened_on]", "2026-11-07")]).await;
    office.answer(&id, "Lubang itu kami periksa; alat berat datang lusa.").await;
    let client = Client::new(&house);
    let shown = client.get(&format!("/requests/{id}.json?extensions=true")).await.is(200).json;
    assert_eq!(shown[0]["attributes"], json!([{"code": "happened_on", "value": "2026-11-07"}]));
    assert_eq!(shown[0]["extended_attributes"]["stage"], "answered");
    let notes = shown[0]["notes"].as_array().unwrap();
    let kinds: Vec<&str> = notes.iter().map(|note| note["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["submitted", "disposed", "answered"]);
    assert_eq!(notes[2]["description"], "Lubang itu kami periksa; alat berat datang lusa.");
    let xml = client.get(&format!("/requests/{id}.xml?extensions=true")).await.is(200).text;
    assert!(xml.contains("</attributes><notes><note><datetime>"), "{xml}");
    let plain = client.get(&format!("/requests/{id}.json?extensions=false")).await.is(200).text;
    assert!(!plain.contains("notes\":["), "{plain}");
});
