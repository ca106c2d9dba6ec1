//! Lists: filters, search, pages without doubles, reference data.

use super::client::{Client, DISHUB, KALSEL, PUPR, national, officer};
use domain::Role;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn codes(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|item| item["code"].as_str().unwrap().to_owned()).collect()
}

/// All items of a list, page by page.
async fn walk(client: &Client, path: &str) -> (Vec<String>, usize) {
    let (mut found, mut after, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let page = client.get(&format!("{path}{after}")).await.is(200).json;
        found.extend(codes(&page));
        pages += 1;
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return (found, pages),
        }
    }
}

both!(pages_follow_each_other_without_doubles_and_gaps, |house| {
    let (citizen, admin) = (Client::new(&house), national(&house).await);
    let mut sent = Vec::new();
    for n in 0..7 {
        house.clock.set(house.app.now() + jiff::SignedDuration::from_mins(n));
        sent.push(citizen.disposed(&admin, json!({}), if n % 2 == 0 { PUPR } else { DISHUB }).await.0);
    }
    house.work().await;
    let (found, pages) = walk(&citizen, "/reports?limit=3").await;
    assert_eq!(pages, 3);
    assert_eq!(found, sent.iter().rev().cloned().collect::<Vec<_>>());
    let (found, _) = walk(&citizen, "/reports?agency=630003&limit=2").await;
    assert_eq!(found.len(), 4);
    let chief = officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let (found, pages) = walk(&chief, "/desk/reports?limit=2").await;
    assert_eq!((found.iter().collect::<BTreeSet<_>>().len(), found.len(), pages), (7, 7, 4));
});

both!(an_inspector_finds_every_supervisory_report_among_secret_others, |house| {
    let (citizen, admin) = (Client::new(&house), national(&house).await);
    let mut sealed = BTreeSet::new();
    for n in 0..9 {
        let (code, _) = citizen.disposed(&admin, json!({"secret": true}), PUPR).await;
        if n % 3 != 1 {
            let class = json!({"class": "complaint", "supervisory": true});
            admin.post(&format!("/desk/reports/{code}/classification"), class).await.is(200);
            sealed.insert(code);
        }
    }
    let inspector = officer(&house, "inspektorat", Role::Inspector, 630_002).await;
    for limit in 1..=6 {
        let (found, _) = walk(&inspector, &format!("/desk/reports?limit={limit}")).await;
        assert_eq!(found.iter().cloned().collect::<BTreeSet<_>>(), sealed, "limit {limit}");
        assert_eq!(found.len(), sealed.len(), "limit {limit}");
    }
});

both!(search_finds_words_in_other_forms, |house| {
    let (citizen, admin) = (Client::new(&house), national(&house).await);
    let words = json!({"title": "Jalan lubang di Banjarbaru"});
    let (code, _) = citizen.disposed(&admin, words, PUPR).await;
    citizen.disposed(&admin, json!({"title": "Lampu mati", "body": "Lampu di simpang mati."}), DISHUB).await;
    house.work().await;
    let found = |query: &'static str| {
        let citizen = citizen.clone();
        async move { codes(&citizen.get(&format!("/reports?{query}")).await.is(200).json) }
    };
    let (one, none) = (vec![code], Vec::<String>::new());
    assert_eq!(found("q=jalannya+berlubang").await, one);
    assert_eq!(found("q=jalannya+berlubang&region=63").await, one);
    assert_eq!(found("q=jalannya+berlubang&region=63.71").await, none);
    assert_eq!(found("stage=waiting&agency=630003").await, one);
    assert_eq!(found("stage=done").await, none);
});

both!(reference_data_is_listed_and_kept_by_its_tag, |house| {
    let client = Client::new(&house);
    let get = |path: &'static str| {
        let client = client.clone();
        async move { client.get(path).await.is(200).json }
    };
    assert_eq!(get("/regions").await["items"].as_array().unwrap().len(), 38);
    let page = get("/regions?parent=63&limit=5").await;
    assert_eq!(page["items"].as_array().unwrap().len(), 5);
    let next = format!("/regions?parent=63&after={}", page["next"].as_str().unwrap());
    assert_eq!(client.get(&next).await.is(200).json["items"].as_array().unwrap().len(), 8);
    let dki = get("/regions?q=DKI").await;
    assert_eq!(dki["items"][0]["code"], "31");
    let city = get("/regions?q=banjarbaru&parent=63").await;
    assert_eq!(city["items"][0]["full_name"], "Kota Banjarbaru, Kalimantan Selatan");
    assert_eq!(city["items"][0]["zone"], "WITA");
    let works = get("/agencies?q=pupr&parent=630000").await;
    assert_eq!(works["items"][0]["id"], 630_003);
    let named = |page: Value| page["items"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
    assert!(!named(get("/agencies?kind=ministry&limit=100").await).contains(&json!(139)));
    assert!(named(get("/agencies?kind=ministry&limit=100&all=true").await).contains(&json!(139)));
    let closed = get("/agencies?q=kemenbumn&all=true").await;
    assert_eq!(closed["items"][0]["active_to"], "2025-10-08");
    assert!(!get("/categories").await["items"].as_array().unwrap().is_empty());
    let in_force = get("/policies?on=2026-03-17").await;
    assert_eq!(in_force["items"].as_array().unwrap().len(), 11);
    let carried = &in_force["items"].as_array().unwrap().iter().find(|row| row["policy"] == "first_answer").unwrap();
    assert_eq!(carried["legal_basis"], "PermenPANRB Nomor 5 Tahun 2025");
    assert!(carried["note"].as_str().unwrap().contains("diteruskan dari 62/2018"), "{carried}");
    assert!(carried["source"].as_str().unwrap().starts_with("Panduan pengguna"));
    let taken_back = get("/holidays?year=2021").await;
    let march = taken_back["items"].as_array().unwrap().iter().find(|day| day["date"] == "2021-03-12").unwrap();
    assert!(march["revoked_by"].as_str().unwrap().contains("281"), "{march}");
    let holidays = get("/holidays?year=2026").await;
    let independence = holidays["items"].as_array().unwrap().iter().find(|day| day["date"] == "2026-08-17").unwrap();
    assert!(independence["decree"].as_str().unwrap().starts_with("SKB 3 Menteri"));

    let tag = client.get("/regions").await.headers["etag"].to_str().unwrap().to_owned();
    client.with("if-none-match", &tag).get("/regions").await.is(304);
    client.with("if-none-match", &tag).get("/regions?parent=63").await.is(200);
});
