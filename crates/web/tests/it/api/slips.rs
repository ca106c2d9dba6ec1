//! What is wrong with a request is told all at once, in the reader's language.

use super::client::Client;
use axum::body::Body;
use axum::http::Method;
use serde_json::json;

both!(all_fields_that_are_wrong_are_told_at_once, |house| {
    let client = Client::new(&house).with("accept-language", "en-GB,en;q=0.9");
    let report = json!({
        "class": "rant", "title": "Jal", "body": 17, "region": "63.99", "happened_on": "2026-11-10", "latitude": 91,
        "category": 999_999, "agency": "x", "anonymous": "maybe", "phone": "nol", "email": "a@b", "language": "nl",
        "channel": "sms", "colour": "red",
    });
    let refused = client.post("/reports", report).await.is(422);
    assert_eq!(refused.headers["content-type"], "application/problem+json");
    let slips = refused.slips();
    let codes: Vec<(&str, &str)> = slips.iter().map(|(field, code)| (field.as_str(), code.as_str())).collect();
    assert_eq!(
        codes,
        [
            ("class", "choice"),
            ("title", "text-too-short"),
            ("body", "type"),
            ("region", "region"),
            ("happened_on", "future"),
            ("latitude", "range"),
            ("category", "category"),
            ("agency", "type"),
            ("anonymous", "type"),
            ("phone", "phone"),
            ("email", "email"),
            ("language", "choice"),
            ("channel", "choice"),
            ("colour", "unknown"),
        ]
    );
    let errors = &refused.json["errors"];
    assert_eq!(errors[0]["allowed"], json!(["complaint", "aspiration", "information_request"]));
    assert_eq!(errors[1]["message"], "Too short; write at least 5 characters.");
    assert!(errors[13]["message"].as_str().unwrap().contains("happened_on"), "{errors}");
});

both!(a_day_to_come_and_half_a_point_are_refused, |house| {
    let body = "Jalan di depan pasar berlubang.";
    let report = json!({
        "class": "complaint", "body": body, "region": "63.72", "happened_on": "2026-11-10", "latitude": -3.4,
    });
    let slips = Client::new(&house).post("/reports", report).await.is(422).slips();
    assert_eq!(slips, [("happened_on", "future"), ("longitude", "pair")].map(|(a, b)| (a.to_owned(), b.to_owned())));
});

both!(nothing_at_all_lists_what_is_needed, |house| {
    let refused = Client::new(&house).post("/reports", json!({})).await.is(422);
    let missing = ["class", "body", "region"].map(|field| (field.to_owned(), "missing".to_owned()));
    assert_eq!(refused.slips(), missing);
    assert_eq!(refused.json["errors"][0]["message"], "Bagian ini wajib diisi.");
});

both!(a_body_that_is_no_json_or_too_large_is_refused_as_such, |house| {
    let client = Client::new(&house);
    let send = |kind: &'static str, body: String| {
        let client = client.clone();
        async move { client.send(Method::POST, "/reports", Some(kind), Body::from(body)).await }
    };
    assert_eq!(send("application/json", "{\"class\": ".into()).await.is(400).code(), "json");
    assert_eq!(send("application/json", "[]".into()).await.is(422).code(), "object");
    assert_eq!(send("text/plain", "{}".into()).await.is(415).code(), "content-type");
    let large = json!({"body": "a".repeat(70_000)}).to_string();
    assert_eq!(send("application/json", large).await.is(413).code(), "too-large");
    let key = client.with("idempotency-key", "two words");
    assert_eq!(key.post("/reports", json!({})).await.is(400).code(), "key-shape");
});

both!(a_mistyped_number_is_told_as_a_slip, |house| {
    let client = Client::new(&house);
    let (code, _) = client.submit(json!({})).await;
    let last = code.chars().last().unwrap();
    let slipped = format!("{}{}", &code[..9], if last == '0' { '1' } else { '0' });
    let told = client.get(&format!("/reports/{slipped}")).await.is(404);
    assert_eq!(told.code(), "code-slip");
    assert!(told.json["detail"].as_str().unwrap().contains("periksa lagi nomornya"), "{}", told.json);
    assert_eq!(client.get("/reports/12345").await.is(404).code(), "code-shape");
    let posted = client.pin("123456").post(&format!("/reports/{slipped}/replies"), json!({})).await.is(404);
    assert_eq!(posted.code(), "code-slip");
});

both!(an_unknown_address_a_wrong_method_and_a_wrong_parameter_are_problems, |house| {
    let client = Client::new(&house);
    assert_eq!(client.get("/nothing").await.is(404).code(), "no-such-address");
    assert_eq!(client.get("/api/v2/reports").await.is(404).code(), "no-such-address");
    let wrong = client.send(Method::DELETE, "/reports", None, Body::empty()).await.is(405);
    assert_eq!(wrong.code(), "method");
    let slips = client.get("/reports?regoin=63&limit=1000&stage=later&after=x").await.is(422).slips();
    let expected = [("stage", "choice"), ("after", "cursor"), ("limit", "range"), ("regoin", "unknown")];
    assert_eq!(slips, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
});
