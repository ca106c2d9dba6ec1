//! A partner system: it brings reports in, reads how they go on, and is told what it may use.

use super::PNG;
use super::client::{Answer, Client, national, officer};
use crate::world::House;
use axum::body::Body;
use axum::http::Method;
use domain::Role;
use domain::partner::{PartnerName, Partnership, Quota};
use domain::scope::{Scope, Verb};
use serde_json::{Value, json};

const KALSEL: i64 = 630_000;
const PUPR: i64 = 630_003;

/// The admin of the province, and a client of its partner.
async fn partner(house: &House, quota: Quota) -> (Client, Client) {
    let admin = officer(house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    (admin, named(house, "kalsel", "Aplikasi Contoh", quota).await)
}

/// A client of a partner, with a token that an officer gives.
pub async fn named(house: &House, login: &str, name: &str, quota: Quota) -> Client {
    let scope = Scope { verbs: vec![Verb::Submit], office: None };
    let partner = Partnership { name: PartnerName::parse(name).unwrap(), quota };
    let token = house.app.make_token_for(login, None, "mitra", scope, Some(partner)).await.unwrap();
    Client::new(house).with("authorization", &format!("Bearer {token}"))
}

fn report(number: &str, more: Value) -> Value {
    let mut report = json!({
        "external_ref": number, "class": "complaint", "region": "63.72",
        "body": "Jalan di depan pasar berlubang dan tergenang sejak bulan lalu.",
    });
    report.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    report
}

fn code(answer: &Answer) -> String {
    answer.json["code"].as_str().unwrap().to_owned()
}

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).map_or("", |value| value.to_str().unwrap())
}

both!(a_partner_brings_a_report_and_reads_its_dates, |house| {
    let (admin, app) = partner(&house, Quota::USUAL).await;
    let sent = report("JK-1", json!({"name": "Warga Contoh", "phone": "081200000000", "consent": true}));
    let first = app.post("/partner/reports", sent.clone()).await.is(201);
    assert_eq!(first.json["external_ref"], "JK-1");
    assert!(first.json["pin"].is_string() && first.json["verification_due"].is_string());
    assert_eq!(header(&first, "location"), format!("/api/v1/partner/reports/{}", code(&first)));
    assert_eq!(header(&first, "ratelimit-policy"), "\"minute\";q=60;w=60, \"day\";q=5000;w=86400");
    assert!(header(&first, "ratelimit").starts_with("\"minute\";r=59;t="), "{:?}", first.headers);
    let again = app.post("/partner/reports", sent).await.is(200);
    assert_eq!((code(&again), &again.json["pin"]), (code(&first), &first.json["pin"]));

    let path = format!("/partner/reports/{}", code(&first));
    let waiting = app.get(&path).await.is(200).json;
    assert_eq!(
        (&waiting["standing"]["stage"], &waiting["standing"]["verified_at"]),
        (&json!("submitted"), &Value::Null)
    );
    assert_eq!(waiting["standing"]["agency"]["id"], KALSEL);
    let desk = format!("/desk/reports/{}", code(&first));
    assert_eq!(admin.get(&desk).await.is(200).json["channel"], "partner");
    house.later(1);
    admin.post(&format!("{desk}/disposition"), json!({"to": PUPR})).await.is(200);
    house.later(1);
    let text = "Ruas itu ditambal dalam paket bulan depan.";
    admin.post(&format!("{desk}/answer"), json!({"kind": "explained", "text": text})).await.is(200);
    let told = app.get(&path).await.is(200);
    let standing = &told.json["standing"];
    assert_eq!(standing["stage"], "answered");
    for name in ["verified_at", "answered_at", "verification_due"] {
        assert!(standing[name].is_string(), "{name}: {standing}");
    }
    let said = String::from_utf8(told.bytes).unwrap();
    for word in ["Warga", "0812", "62812", "pasar", "ditambal"] {
        assert!(!said.contains(word), "{word} is in {said}");
    }
});

both!(own_reports_are_found_by_number_and_by_what_changed, |house| {
    let (admin, app) = partner(&house, Quota::USUAL).await;
    let mut codes = Vec::new();
    for number in ["JK-1", "JK-2", "JK-3"] {
        codes.push(code(&app.post("/partner/reports", report(number, json!({}))).await.is(201)));
        house.later(1);
    }
    let found = app.get("/partner/reports?external_ref=JK-2").await.is(200).json;
    assert_eq!((found["items"].as_array().unwrap().len(), &found["items"][0]["code"]), (1, &json!(codes[1])));
    let page = app.get("/partner/reports?limit=2").await.is(200).json;
    assert_eq!((page["items"].as_array().unwrap().len(), &page["more"]), (2, &json!(true)));
    let next = page["next"].as_str().unwrap();
    let rest = app.get(&format!("/partner/reports?since={next}")).await.is(200).json;
    assert_eq!((&rest["items"][0]["code"], &rest["more"]), (&json!(codes[2]), &json!(false)));
    let next = rest["next"].as_str().unwrap().to_owned();
    let nothing = app.get(&format!("/partner/reports?since={next}")).await.is(200).json;
    assert_eq!((nothing["items"].as_array().unwrap().len(), &nothing["next"]), (0, &json!(next)));
    admin.post(&format!("/desk/reports/{}/disposition", codes[0]), json!({"to": PUPR})).await.is(200);
    house.later(1);
    let changed = app.get(&format!("/partner/reports?since={next}")).await.is(200).json;
    assert_eq!((changed["items"].as_array().unwrap().len(), &changed["items"][0]["code"]), (1, &json!(codes[0])));
    app.get("/partner/reports?since=kemarin").await.is(422);
});

both!(what_is_wrong_is_told_at_once_and_a_number_is_given_once, |house| {
    let (_, app) = partner(&house, Quota::USUAL).await;
    let english = app.with("accept-language", "en");
    let wrong =
        json!({"class": "complaint", "region": "63.72", "body": "pendek", "name": "Warga Contoh", "agency": 647_400});
    let told = english.post("/partner/reports", wrong).await.is(422);
    let slips: Vec<String> = told.slips().into_iter().map(|(field, _)| field).collect();
    assert_eq!(slips, ["external_ref", "body"]);
    assert!(!header(&told, "ratelimit").is_empty());
    let far = report("JK-1", json!({"name": "Warga Contoh", "agency": 647_400}));
    let told = english.post("/partner/reports", far).await.is(422);
    let pair = |field: &str, code: &str| (field.to_owned(), code.to_owned());
    assert_eq!(told.slips(), [pair("consent", "consent"), pair("agency", "agency-reach")]);
    assert_eq!(
        english.send(Method::POST, "/partner/reports", Some("application/json"), Body::from("{")).await.is(400).code(),
        "json"
    );

    app.with("idempotency-key", "satu").post("/partner/reports", report("JK-1", json!({}))).await.is(201);
    app.with("idempotency-key", "satu").post("/partner/reports", report("JK-1", json!({}))).await.is(200);
    let other = report("JK-1", json!({"title": "Judul yang lain"}));
    assert_eq!(app.post("/partner/reports", other).await.is(409).code(), "ref-reused");
    let reused = app.with("idempotency-key", "satu").post("/partner/reports", report("JK-2", json!({}))).await;
    assert_eq!(reused.is(409).code(), "key-reused");
});

both!(a_partner_finds_nothing_of_others_and_nobody_else_gets_in, |house| {
    let (admin, app) = partner(&house, Quota::USUAL).await;
    let other = named(&house, "kalsel", "Aplikasi Lain", Quota::USUAL).await;
    let own = code(&app.post("/partner/reports", report("JK-1", json!({}))).await.is(201));
    let (public, _) = app.submit(json!({})).await;
    for (client, code) in [(&other, &own), (&app, &public)] {
        let path = format!("/partner/reports/{code}");
        assert_eq!(client.get(&path).await.is(404).code(), "not-found");
        let file = client.send(Method::POST, &format!("{path}/attachments"), None, Body::from(PNG.to_vec())).await;
        file.is(404);
    }
    assert_eq!(other.get("/partner/reports").await.is(200).json["items"], json!([]));
    assert_eq!(Client::new(&house).get("/partner/reports").await.is(401).code(), "token");
    assert_eq!(admin.get("/partner/reports").await.is(403).code(), "partner");
    assert_eq!(app.get("/desk/reports").await.is(403).code(), "scope", "a partner reads the desk");
});

both!(of_a_sealed_report_its_partner_knows_that_it_came_in, |house| {
    let (admin, app) = partner(&house, Quota::USUAL).await;
    let first = app.post("/partner/reports", report("JK-1", json!({"secret": true}))).await.is(201);
    let desk = format!("/desk/reports/{}", code(&first));
    let path = format!("/partner/reports/{}", code(&first));
    let before = app.get(&path).await.is(200).json;
    house.later(1);
    admin.post(&format!("{desk}/disposition"), json!({"to": PUPR})).await.is(200);
    let after = app.get(&path).await.is(200).json;
    assert_eq!(before, after);
    assert!(after["standing"].is_null() && after["received_at"].is_string());
});

both!(a_photo_is_added_to_an_own_report_once, |house| {
    let (admin, app) = partner(&house, Quota::USUAL).await;
    let own = code(&app.post("/partner/reports", report("JK-1", json!({}))).await.is(201));
    let path = format!("/partner/reports/{own}/attachments");
    let keyed = app.with("idempotency-key", "foto-1").with("x-file-name", "lubang.png");
    let first = keyed.send(Method::POST, &path, None, Body::from(PNG.to_vec())).await.is(201).json;
    let again = keyed.send(Method::POST, &path, None, Body::from(PNG.to_vec())).await.is(201).json;
    assert_eq!((&first["id"], &first["kind"]), (&again["id"], &json!("image/png")));
    let seen = admin.get(&format!("/desk/reports/{own}")).await.is(200).json;
    let files = seen["timeline"].to_string() + &seen["attachments"].to_string();
    assert_eq!(files.matches("lubang.png").count(), 1, "{seen}");
    app.send(Method::POST, &path, None, Body::from("bukan gambar")).await.is(415);
});

both!(more_than_the_quota_is_refused_with_the_time_to_wait, |house| {
    let (_, app) = partner(&house, Quota::new(2, 100).unwrap()).await;
    app.post("/partner/reports", report("JK-1", json!({}))).await.is(201);
    app.get("/partner/reports").await.is(200);
    let over = app.with("accept-language", "en").post("/partner/reports", report("JK-2", json!({}))).await.is(429);
    assert_eq!(over.code(), "quota");
    let wait: u64 = header(&over, "retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert!(header(&over, "ratelimit").starts_with("\"minute\";r=0;t="), "{:?}", over.headers);
    house.later(1);
    app.post("/partner/reports", report("JK-2", json!({}))).await.is(201);
    let found = national(&house).await.get("/desk/reports").await.is(200).json;
    assert_eq!(found["items"].as_array().unwrap().len(), 2, "what was refused was taken in");
});
