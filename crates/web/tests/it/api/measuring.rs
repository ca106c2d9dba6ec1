//! Figures by the API, and the lists to which they lead.

use super::client::{Client, DISHUB, PUPR, national};
use crate::site::Browser;
use serde_json::{Value, json};

const MONTH: &str = "from=2026-11-01&to=2026-11-30";

fn figure<'a>(group: &'a Value, measure: &str) -> &'a Value {
    let figures = group["figures"].as_array().unwrap();
    figures.iter().find(|figure| figure["measure"] == measure).unwrap()
}

/// How many reports a list shows or counts, page by page.
async fn listed(public: &mut Browser, url: &Value) -> u64 {
    let mut path = url.as_str().unwrap().strip_prefix("https://lapor.example").unwrap().to_owned();
    let mut seen = 0;
    loop {
        let page = public.get(&path).await.is(200);
        let text = page.text();
        let unshown: u64 = page.between("data-unshown=\"", "\"").iter().map(|n| n.parse::<u64>().unwrap()).sum();
        seen += unshown + text.matches("<li class=\"report\">").count() as u64;
        match page.between("<a class=\"button second\" href=\"/statistik/daftar?", "\"").first() {
            Some(next) => path = format!("/statistik/daftar?{}", next.replace("&amp;", "&").replace("&#38;", "&")),
            None => return seen,
        }
    }
}

both!(each_figure_leads_to_the_list_of_what_it_counts, |house| {
    let (citizen, admin) = (Client::new(&house), national(&house).await);
    for n in 0..4 {
        let (code, _) = citizen.disposed(&admin, json!({}), if n % 2 == 0 { PUPR } else { DISHUB }).await;
        if n < 3 {
            let answer = json!({"kind": "explained", "text": "Sudah kami jelaskan kepada warga di sana."});
            admin.post(&format!("/desk/reports/{code}/answer"), answer).await.is(200);
        }
    }
    citizen.submit(json!({})).await;
    citizen.disposed(&admin, json!({"secret": true}), PUPR).await;
    house.app.fold_all_measures().await.unwrap();
    let told = citizen.get(&format!("/measures?{MONTH}")).await.is(200).json;
    let whole = &told["groups"][0];
    assert_eq!(told["groups"].as_array().unwrap().len(), 1);
    let received = figure(whole, "received");
    assert_eq!((&received["denominator"], &received["value"]), (&json!(5), &json!(5.0)));
    let answered = figure(whole, "follow_up");
    assert_eq!((&answered["numerator"], &answered["denominator"]), (&json!(3), &json!(5)));
    assert_eq!((&answered["value"], &answered["few"]), (&Value::Null, &json!(true)));
    let mut public = Browser::new(&house);
    for figure in whole["figures"].as_array().unwrap() {
        if figure["unit"] == "percent" && figure["measure"] != "growth" {
            assert_eq!(listed(&mut public, &figure["list_url"]).await, figure["numerator"], "{figure}");
        }
        if figure["measure"] != "growth" {
            assert_eq!(listed(&mut public, &figure["denominator_url"]).await, figure["denominator"], "{figure}");
        }
    }
    let groups =
        citizen.get(&format!("/measures?{MONTH}&measure=received&group_by=agency&agency=630000")).await.is(200);
    let groups = groups.json["groups"].as_array().unwrap().clone();
    let found: Vec<_> = groups.iter().map(|group| group["key"].as_str().unwrap()).collect();
    assert_eq!(found, ["630003", "630004"]);
    assert_eq!(groups[0]["name"], "Dinas Pekerjaan Umum dan Penataan Ruang Provinsi Kalimantan Selatan");
    assert_eq!(listed(&mut public, &groups[0]["figures"][0]["list_url"]).await, 2);
    let pages = citizen.get(&format!("/measures?{MONTH}&measure=received&group_by=stage&limit=1")).await.is(200).json;
    assert_eq!(pages["next"], 1);
});

both!(a_ranking_says_all_that_a_place_is_made_of, |house| {
    let (citizen, admin) = (Client::new(&house), national(&house).await);
    for n in 0..12 {
        let (code, _) = citizen.disposed(&admin, json!({}), PUPR).await;
        if n < 9 {
            let answer = json!({"kind": "explained", "text": "Sudah kami jelaskan kepada warga di sana."});
            admin.post(&format!("/desk/reports/{code}/answer"), answer).await.is(200);
        }
    }
    house.app.fold_all_measures().await.unwrap();
    let told = citizen.get(&format!("/rankings?{MONTH}")).await.is(200).json;
    let place = &told["places"][0];
    assert_eq!(
        (&told["share"], &told["league"], &told["version"]),
        (&json!("follow_up"), &json!("provinces"), &json!(2))
    );
    assert_eq!((&place["band"], &place["rank"], &place["tied"]), (&json!("d"), &json!(1), &json!(false)));
    assert_eq!((&place["numerator"], &place["denominator"]), (&json!(9), &json!(12)));
    assert_eq!((&place["expected"], &place["adjusted"], &place["flags"]), (&json!(75.0), &json!(75.0), &json!([])));
    assert_eq!(place["score"], 46.76);
    assert_eq!(listed(&mut Browser::new(&house), &place["list_url"]).await, 12);
    let wrong = citizen.get("/rankings?share=luck&league=units&province=6371").await.is(422);
    let mut fields: Vec<String> = wrong.slips().iter().map(|(field, _)| field.clone()).collect();
    fields.sort();
    assert_eq!(fields, ["league", "province", "share"]);
});

both!(a_question_about_the_past_is_answered_as_it_would_have_been_then, |house| {
    let (citizen, admin) = (Client::new(&house), national(&house).await);
    citizen.disposed(&admin, json!({}), PUPR).await;
    house.clock.set(house.app.now() + jiff::SignedDuration::from_hours(48));
    citizen.disposed(&admin, json!({}), PUPR).await;
    house.app.fold_all_measures().await.unwrap();
    let asked = |more: &str| format!("/measures?{MONTH}&measure=received{more}");
    let now = citizen.get(&asked("")).await.is(200).json;
    let then = citizen.get(&asked("&as_of=2026-11-09")).await.is(200).json;
    let count = |told: &Value| told["groups"][0]["figures"][0]["denominator"].clone();
    assert_eq!((count(&now), count(&then)), (json!(2), json!(1)));
    assert_eq!(then["as_of"], "2026-11-09T23:59:59+07:00");
    let mut public = Browser::new(&house);
    assert_eq!(listed(&mut public, &then["groups"][0]["figures"][0]["list_url"]).await, 1);
});

both!(what_cannot_be_answered_is_told_field_by_field, |house| {
    let citizen = Client::new(&house);
    let wrong =
        citizen.get("/measures?measure=best&from=2026-11-30&to=2026-11-01&group_by=luck&agency=5").await.is(422);
    let mut slips = wrong.slips();
    slips.sort();
    let fields: Vec<&str> = slips.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["agency", "group_by", "measure", "to"]);
    let mut public = Browser::new(&house);
    public.get("/statistik/daftar").await.is(404);
});
