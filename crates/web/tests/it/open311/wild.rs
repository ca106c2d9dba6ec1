//! Nothing that anybody sends breaks a parser, and every answer can be read.

use super::client::{Answer, Client, Office, elements};
use crate::tear;
use axum::body::Body;
use axum::http::Method;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::path::Path;

/// How many of each kind are tried.
const CASES: usize = 96;

const NAMES: [&str; 16] = [
    "service_request_id",
    "service_code",
    "start_date",
    "end_date",
    "status",
    "updated_after",
    "updated_before",
    "page",
    "page_size",
    "extensions",
    "jurisdiction_id",
    "description",
    "lat",
    "long",
    "attribute[happened_on]",
    "media_url",
];

/// The same things every time.
fn samples<T: std::fmt::Debug>(strategy: impl Strategy<Value = T>) -> Vec<T> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    (0..CASES).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

fn value() -> impl Strategy<Value = String> {
    let known =
        ["2026-11-09", "-1", "99999999999999999999", "1e309", "open,closed", "1", "%00", "9999-12-31T23:59:59Z"];
    prop_oneof![
        "[a-zA-Z0-9%&=+;<>\\[\\]\"'\\\\/.,:-]{0,24}",
        proptest::sample::select(known.to_vec()).prop_map(str::to_owned),
        "(-?[0-9]{4,5}-[0-9]{2}-[0-9]{2}(T[0-9:+Z]{0,14})?)",
    ]
}

fn query() -> impl Strategy<Value = String> {
    let pair = (proptest::sample::select(NAMES.to_vec()), value()).prop_map(|(name, value)| format!("{name}={value}"));
    proptest::collection::vec(pair, 0..6).prop_map(|pairs| {
        let all = pairs.join("&");
        all.chars().filter(|c| !matches!(c, '<' | '>' | '"' | '\\')).collect()
    })
}

fn body() -> impl Strategy<Value = (&'static str, Vec<u8>)> {
    let kinds = [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "application/json",
        "text/xml",
        "",
    ];
    let text = prop_oneof![
        query().prop_map(String::into_bytes),
        any::<Vec<u8>>(),
        "(--x\r\n(content-disposition: form-data; name=\"[a-z_]{0,9}\"\r\n)?\r\n[a-z]{0,5}\r\n){0,3}(--x--)?"
            .prop_map(String::into_bytes),
        Just(b"<a><b>&c;</b>".to_vec()),
        Just(b"{\"service_code\": [".to_vec()),
    ];
    (proptest::sample::select(kinds.to_vec()), text)
}

fn can_be_read(answer: &Answer, path: &str) {
    assert!(answer.status.as_u16() < 500, "{path}: {}", answer.text);
    if path.contains(".json") {
        assert!(!answer.json.is_null(), "{path}: {}", answer.text);
    } else {
        elements(&answer.text);
    }
}

both!(no_query_breaks_a_parser, |house| {
    let office = Office::open(&house).await;
    office.verified(&[]).await;
    let client = Client::new(&house);
    for query in samples(query()) {
        for path in ["/requests", "/servicerequestupdates", "/services", "/services/8", "/requests/x"] {
            let format = if query.len() % 2 == 0 { "xml" } else { "json" };
            let path = format!("{path}.{format}?jurisdiction_id=1&{query}");
            can_be_read(&client.get(&path).await, &path);
        }
    }
});

/// What is kept for a parser, each file as it is and torn.
fn kept(kind: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/open311").join(kind);
    let mut all = tear::kept(&folder);
    all.extend(samples(tear::some(&folder)));
    all
}

both!(what_is_kept_of_clients_is_read_as_it_is_and_torn_it_breaks_nothing, |house| {
    let office = Office::open(&house).await;
    let (client, parts) = (Client::new(&house), "multipart/form-data; boundary=x");
    for (folder, kind) in [("form", "application/x-www-form-urlencoded"), ("parts", parts)] {
        for (n, body) in kept(folder).into_iter().enumerate() {
            let (to, format) = (["requests", "servicerequestupdates"][n % 2], ["xml", "json"][n / 2 % 2]);
            let path = format!("/{to}.{format}?api_key={}&jurisdiction_id=630000", office.key);
            can_be_read(&client.send(Method::POST, &path, Some(kind), Body::from(body)).await, &path);
        }
    }
    let plain = |byte: &u8| byte.is_ascii_graphic() && !b"<>\"\\^`{|}#".contains(byte);
    for query in kept("query") {
        let query: Vec<u8> = query.into_iter().filter(plain).collect();
        let path = format!("/requests.json?{}", String::from_utf8(query).unwrap());
        can_be_read(&client.get(&path).await, &path);
    }
    let whole = tear::kept(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/open311/form"));
    let path = format!("/requests.json?api_key={}&jurisdiction_id=630000", office.key);
    let taken = client.send(Method::POST, &path, None, Body::from(whole[0].clone())).await.is(200);
    assert_eq!(taken.ids().len(), 1);
});

both!(no_body_breaks_a_parser, |house| {
    let office = Office::open(&house).await;
    let client = Client::new(&house);
    for (kind, body) in samples(body()) {
        for format in ["xml", "json"] {
            for to in ["requests", "servicerequestupdates"] {
                let path = format!("/{to}.{format}?api_key={}&jurisdiction_id=630000&service_code=8", office.key);
                let answer = client.send(Method::POST, &path, Some(kind), Body::from(body.clone())).await;
                can_be_read(&answer, &path);
            }
        }
    }
});
