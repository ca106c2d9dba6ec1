//! Limits and proof of work as programs meet them.

use super::client::{Client, national};
use crate::tear;
use crate::world::House;
use app::gate::Rates;
use axum::body::Body;
use axum::http::Method;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use std::path::Path;

fn with_rates(mut house: House, rates: Rates) -> House {
    house.app = house.app.clone().with_rates(rates);
    house
}

fn report(text: &str) -> Value {
    json!({"class": "complaint", "body": text, "region": "63.72"})
}

/// Solves a riddle out of nothing but its description.
fn solve(asked: &Value) -> String {
    let (text, bits) = (asked["text"].as_str().unwrap(), asked["bits"].as_u64().unwrap());
    let begins = |digest: &str| u64::from_str_radix(&digest[..8], 16).unwrap() >> (32 - bits) == 0;
    let part = |n: u64| (0..).find(|x| begins(&app::keys::digest(&format!("{text}:{n}:{x}")))).unwrap();
    let found: Vec<String> = (0..asked["parts"].as_u64().unwrap()).map(|n| part(n).to_string()).collect();
    format!("{text};{}", found.join(","))
}

both!(a_program_is_asked_for_work_only_while_very_many_come, |house| {
    let house = with_rates(house, Rates { hot: 1, work: 6, ..Rates::default() });
    let client = Client::new(&house);
    client.post("/reports", report("Lampu jalan di depan pasar padam sejak kemarin.")).await.is(201);
    client.post("/reports", report("Jalan di depan sekolah berlubang sejak bulan lalu.")).await.is(201);
    let body = report("Pohon tumbang menutup jalan di depan kantor desa.");
    let asked = client.post("/reports", body.clone()).await.is(403);
    assert_eq!(asked.code(), "proof");
    let (key, proof) = (asked.json["proof"]["key"].as_str().unwrap(), solve(&asked.json["proof"]));
    let proved = client.with("idempotency-key", key).with("x-proof-of-work", &proof);
    let code = proved.post("/reports", body.clone()).await.is(201).json["code"].clone();
    assert_eq!(proved.post("/reports", body.clone()).await.is(200).json["code"], code, "twice is once");
    let other = client.with("idempotency-key", "lain").with("x-proof-of-work", &proof);
    assert_eq!(other.post("/reports", body).await.is(403).code(), "proof");
});

both!(too_much_from_one_address_is_told_with_the_time_to_wait, |house| {
    let house = with_rates(house, Rates { address: 1, ..Rates::default() });
    let client = Client::new(&house);
    client.submit(json!({})).await;
    let refused = client.post("/reports", report("Lampu jalan di depan pasar padam sejak kemarin.")).await.is(429);
    assert_eq!(refused.code(), "limited");
    assert!(refused.headers["retry-after"].to_str().unwrap().parse::<u64>().unwrap() > 0);
});

both!(a_token_changes_no_more_than_its_limit_and_reads_on, |house| {
    let house = with_rates(house, Rates { token: 1, ..Rates::default() });
    let admin = national(&house).await;
    let (code, _) = Client::new(&house).submit(json!({})).await;
    let note = json!({"text": "Sudah ditelepon, tidak diangkat."});
    admin.post(&format!("/desk/reports/{code}/note"), note.clone()).await.is(200);
    assert_eq!(admin.post(&format!("/desk/reports/{code}/note"), note).await.is(429).code(), "limited");
    admin.get(&format!("/desk/reports/{code}")).await.is(200);
});

both!(what_is_kept_of_programs_is_read_as_it_is_and_torn_it_breaks_nothing, |house| {
    let client = Client::new(&house);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/api");
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let torn: Vec<Vec<u8>> = (0..200).map(|_| tear::some(&folder).new_tree(&mut runner).unwrap().current()).collect();
    for body in tear::kept(&folder).into_iter().chain(torn) {
        let answer = client.send(Method::POST, "/reports", Some("application/json"), Body::from(body)).await;
        assert!(answer.status.as_u16() < 500 && !answer.json.is_null(), "{answer:?}");
    }
});
