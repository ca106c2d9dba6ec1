//! Requests that other systems send.

use super::client::{Client, KALSEL, Office, PUPR, add, elements, token};
use crate::world::PNG;
use axum::body::Body;
use axum::http::Method;
use domain::scope::{Scope, Verb};
use domain::{Actor, AgencyId, Code, Role};

const FORM: [(&str, &str); 4] = [
    ("jurisdiction_id", "630000"),
    ("service_code", "8"),
    ("address_string", "Jalan Melati 5"),
    ("description", "Jalan di depan pasar berlubang dan tergenang."),
];

fn with<'a>(key: &'a str, extra: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = FORM.into_iter().filter(|(name, _)| extra.iter().all(|(other, _)| name != other));
    [("api_key", key)].into_iter().chain(kept).chain(extra.iter().copied()).collect()
}

both!(a_request_becomes_a_report_with_all_that_was_said, |house| {
    let office = Office::open(&house).await;
    let extra = [
        ("lat", "-3.44"),
        ("long", "114.83"),
        ("attribute[happened_on]", "2026-11-07T20:00:00+08:00"),
        ("attribute[region]", "63.72"),
        ("first_name", "Sari"),
        ("last_name", "Contoh"),
        ("email", "sari@contoh.id"),
        ("phone", "081234567890"),
        ("media_url", "https://contoh.id/lubang.jpg"),
        ("device_id", "tidak dipakai"),
    ];
    let sent = Client::new(&house).post("/requests.json", &with(&office.key, &extra)).await.is(200);
    let (id, notice) = (&sent.json[0]["service_request_id"], sent.json[0]["service_notice"].as_str().unwrap());
    assert!(sent.json[0]["account_id"].is_null() && notice.contains("PIN"), "{}", sent.text);
    assert_eq!(sent.headers["cache-control"], "no-store");
    let code = Code::parse(id.as_str().unwrap()).unwrap();
    let view = house.app.view(code, &Actor::Reporter).await.unwrap();
    let report = view.report();
    assert_eq!((report.region.as_str(), report.category.unwrap().0), ("63.72", 8));
    assert_eq!(house.app.reference().rules.agencies.root_of(report.holder), AgencyId(KALSEL));
    assert_eq!((view.place.as_deref(), view.happened_on.as_deref()), (Some("Jalan Melati 5"), Some("2026-11-07")));
    assert_eq!(view.point.unwrap().0, "-3.440000");
    assert!(view.body.contains("https://contoh.id/lubang.jpg"), "{}", view.body);
    let person = view.reporter.unwrap();
    assert_eq!(person.name.as_deref(), Some("Sari Contoh"));
    assert_eq!(person.phone.as_deref(), Some("6281234567890"));

    let xml = Client::new(&house).post("/requests.xml", &with(&office.key, &[("description", "")])).await.is(200);
    let names = ["service_requests", "request", "service_request_id", "service_notice", "account_id"];
    assert_eq!(elements(&xml.text), names);
    assert!(xml.text.contains("<account_id/>"), "{}", xml.text);
});

both!(only_a_place_is_enough_and_a_short_word_gets_its_service, |house| {
    let office = Office::open(&house).await;
    let point = [("address_string", ""), ("lat", "-3.44"), ("long", "114.83"), ("description", "Rusak")];
    let code = Code::parse(&office.send(&point).await).unwrap();
    let view = house.app.view(code, &Actor::Reporter).await.unwrap();
    assert_eq!((view.report().region.as_str(), view.place.as_deref()), ("63", None));
    assert_eq!(view.body, "Pekerjaan Umum dan Penataan Ruang: Rusak");
});

both!(everything_that_is_wrong_is_told_at_once, |house| {
    let office = Office::open(&house).await;
    let client = Client::new(&house).with("accept-language", "en");
    let wrong = [
        ("lat", "91"),
        ("description", "<script>alert(1)</script>"),
        ("email", "bukan surel"),
        ("attribute[happened_on]", "2026-12-01"),
        ("attribute[anonymous]", "mungkin"),
        ("attribute[region]", "99.99"),
        ("media_url", "javascript:alert(1)"),
    ];
    let told = client.post("/requests.json", &with(&office.key, &wrong)).await.is(400);
    assert_eq!(told.errors().len(), 7, "{}", told.text);
    assert!(told.json.as_array().unwrap().iter().all(|error| error["code"] == 400));
    let cases: [(&[(&str, &str)], u16); 10] = [
        (&[("service_code", "")], 400),
        (&[("service_code", "999999")], 404),
        (&[("jurisdiction_id", "")], 400),
        (&[("jurisdiction_id", "999999")], 404),
        (&[("address_string", "")], 400),
        (&[("address_string", ""), ("address_id", "545483")], 400),
        (&[("lat", "-3.4")], 400),
        (&[("lat", "NaN"), ("long", "inf")], 400),
        (&[("first_name", "x")], 400),
        (&[("attribute[idempotency_key]", "two words")], 400),
    ];
    for (extra, status) in cases {
        client.post("/requests.json", &with(&office.key, extra)).await.is(status);
    }
    let long = "a".repeat(4_001);
    client.post("/requests.json", &with(&office.key, &[("description", &long)])).await.is(400);
    let fits = "jalan ".repeat(666);
    client.post("/requests.json", &with(&office.key, &[("description", &fits)])).await.is(200);
    for (kind, body) in [("application/json", "{}"), ("text/xml", "<a/>"), ("multipart/form-data", "x")] {
        client.send(Method::POST, "/requests.json", Some(kind), Body::from(body)).await.is(400);
    }
});

both!(a_key_is_good_for_its_own_agency_and_for_intake, |house| {
    let office = Office::open(&house).await;
    let client = Client::new(&house);
    let refused = client.post("/requests.json", &FORM).await.is(403);
    assert_eq!(refused.json[0]["code"], 403);
    client.post("/requests.json", &with("deadbeef", &[])).await.is(403);
    let xml = client.post("/requests.xml", &FORM).await.is(403);
    assert_eq!(elements(&xml.text), ["errors", "error", "code", "description"]);
    let reader = token(&house, "kalsel", Scope { verbs: vec![Verb::Read], office: None }).await;
    client.post("/requests.json", &with(&reader, &[])).await.is(403);
    let unit = token(&house, "pupr", Scope { verbs: vec![Verb::Act], office: Some(AgencyId(PUPR)) }).await;
    client.post("/requests.json", &with(&unit, &[("description", "Kunci milik dinas di bawahnya.")])).await.is(200);
    client.post("/requests.json", &with(&office.key, &[("jurisdiction_id", "1")])).await.is(403);
    client.post("/requests.json", &with(&office.key, &[("jurisdiction_id", "101")])).await.is(403);
    add(&house, "gubernur", Role::Leader, KALSEL).await;
    let leader = token(&house, "gubernur", Scope::whole()).await;
    client.post("/requests.json", &with(&leader, &[])).await.is(403);
    let national = token(&house, "nasional", Scope::whole()).await;
    client.post("/requests.json", &with(&national, &[("jurisdiction_id", "1")])).await.is(200);
    house.app.set_officer_active("nasional", false).await.unwrap();
    client.post("/requests.json", &with(&national, &[])).await.is(403);
});

both!(the_same_content_twice_is_one_report, |house| {
    let office = Office::open(&house).await;
    let first = office.send(&[]).await;
    assert_eq!(office.send(&[]).await, first);
    let mut at = house.app.now();
    at = at.checked_add(jiff::SignedDuration::from_mins(9)).unwrap();
    house.clock.set(at);
    assert_eq!(office.send(&[]).await, first, "nine minutes later");
    let other = office.send(&[("description", "Jalan di depan sekolah juga berlubang.")]).await;
    assert_ne!(other, first);
    house.later(1);
    assert_ne!(office.send(&[]).await, first, "an hour later it happened again");

    let client = Client::new(&house).with("idempotency-key", "a-1");
    let once = client.post("/requests.json", &with(&office.key, &[])).await.is(200).ids();
    house.later(48);
    assert_eq!(client.post("/requests.json", &with(&office.key, &[])).await.is(200).ids(), once);
    let more = [("description", "Sesuatu yang lain sama sekali.")];
    client.post("/requests.json", &with(&office.key, &more)).await.is(400);
    let by_attribute = [("attribute[idempotency_key]", "a-1")];
    assert_eq!(Client::new(&house).post("/requests.json", &with(&office.key, &by_attribute)).await.is(200).ids(), once);
});

/// A form with a picture in the part `media`.
fn multipart(fields: &[(&str, &str)], file: &[u8], last: Option<(&str, &str)>) -> Body {
    let text = |(name, value): &(&str, &str)| {
        format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes()
    };
    let mut body: Vec<u8> = fields.iter().flat_map(text).collect();
    body.extend_from_slice(
        b"--x\r\ncontent-disposition: form-data; name=\"media\"; filename=\"lubang.png\"\r\ncontent-type: image/png\r\n\r\n",
    );
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n");
    body.extend(last.iter().flat_map(text));
    body.extend_from_slice(b"--x--\r\n");
    Body::from(body)
}

both!(a_picture_comes_along, |house| {
    let office = Office::open(&house).await;
    let client = Client::new(&house);
    let send = |body: Body| client.send(Method::POST, "/requests.json", Some("multipart/form-data; boundary=x"), body);
    let form = with(&office.key, &[]);
    let sent = send(multipart(&form, &PNG, None)).await.is(200);
    assert_eq!(send(multipart(&form, &PNG, None)).await.is(200).ids(), sent.ids());
    let id = sent.ids().remove(0);
    office.dispose(&id).await;
    let shown = client.get(&format!("/requests/{id}.json")).await.is(200).json;
    let url = shown[0]["media_url"].as_str().unwrap();
    assert!(url.starts_with(&format!("https://lapor.example/laporan/{id}/lampiran/")), "{url}");

    send(multipart(&FORM, &PNG, None)).await.is(403);
    send(multipart(&FORM, &PNG, Some(("api_key", &office.key)))).await.is(403);
    send(multipart(&form, b"<html><script>alert(1)</script></html>", None)).await.is(400);
});
