//! A report from the citizen's words to the confirmed answer.

use super::client::{Client, DISHUB, PUPR, liaison, national, officer};
use domain::Role;
use serde_json::{Value, json};

both!(a_report_travels_from_a_citizen_to_a_confirmed_answer, |house| {
    let (citizen, admin, liaison) = (Client::new(&house), national(&house).await, liaison(&house).await);
    let report = json!({
        "class": "complaint", "body": "Lampu jalan di simpang empat mati sejak pekan lalu.", "region": "63.72",
        "name": "Sari Contoh", "phone": "0812 3456 7890",
    });
    let receipt = citizen.post("/reports", report).await.is(201);
    assert_eq!(receipt.json["verification_due"], "2026-11-12T23:59:59+08:00");
    let code = receipt.json["code"].as_str().unwrap().to_owned();
    assert_eq!(receipt.json["url"], format!("https://lapor.example/laporan/{code}"));
    assert_eq!(receipt.headers["location"], format!("https://lapor.example/api/v1/reports/{code}"));
    let spaced = receipt.json["code_spaced"].as_str().unwrap();
    assert_eq!(spaced.replace(' ', ""), code);
    let citizen = citizen.pin(receipt.json["pin"].as_str().unwrap());

    let inbox = admin.get("/desk/reports?stage=submitted").await.is(200).json;
    assert_eq!(inbox["items"][0]["code"], code);
    assert_eq!(inbox["items"][0]["due"], "2026-11-12T23:59:59+08:00");
    let at_desk = format!("/desk/reports/{code}");
    let disposed = admin.post(&format!("{at_desk}/disposition"), json!({"to": PUPR, "seq": 1})).await.is(200).json;
    assert_eq!((&disposed["stage"], &disposed["seq"]), (&json!("disposed"), &json!(2)));
    assert_eq!(disposed["holder"]["id"], PUPR);
    assert_eq!(disposed["due"], "2026-11-16T23:59:59+08:00");

    let seen = liaison.get(&at_desk).await.is(200).json;
    assert_eq!(seen["reporter"], json!({"name": "Sari Contoh"}));
    assert!(seen["offers"].as_array().unwrap().contains(&json!("answer")));
    let text = "Lampu itu menyala kembali sejak pagi ini; kabelnya putus digigit tikus.";
    let answer = json!({"kind": "explained", "text": text});
    let answered = liaison.post(&format!("{at_desk}/answer"), answer).await.is(200).json;
    assert_eq!(answered["stage"], "answered");

    let own = citizen.get(&format!("/reports/{code}")).await.is(200).json;
    assert_eq!(own["reporter"]["phone"], "6281234567890");
    let offers = own["offers"].as_array().unwrap();
    assert!(offers.contains(&json!("confirm")) && offers.contains(&json!("object")), "{offers:?}");
    let confirmed = citizen.post(&format!("/reports/{code}/confirmation"), json!({"rating": 5})).await.is(200).json;
    assert_eq!(confirmed["stage"], "closed_confirmed");

    let public = Client::new(&house).get(&format!("/reports/{code}")).await.is(200).json;
    let told: Vec<&Value> = public["timeline"].as_array().unwrap().iter().map(|step| &step["event"]).collect();
    assert_eq!(json!(told), json!(["submitted", "disposed", "answered", "confirmed", "closed"]));
    assert_eq!(public["timeline"][2]["text"], text);
    assert_eq!(public["timeline"][4]["closure"], "confirmed");
    assert_eq!(public["rating"], 5);
});

both!(what_the_reporter_and_officers_say_arrives, |house| {
    let (citizen, admin, liaison) = (Client::new(&house), national(&house).await, liaison(&house).await);
    let (code, pin) = citizen.disposed(&admin, json!({}), PUPR).await;
    let (own, desk) = (format!("/reports/{code}"), format!("/desk/reports/{code}"));
    let reporter = citizen.pin(&pin);
    let said = |text: &str| json!({"text": text});

    admin.post(&format!("{desk}/hold"), json!({"missing": ["location"], "text": "Di ruas mana?"})).await.is(200);
    assert_eq!(reporter.get(&own).await.json["missing"], json!(["location"]));
    reporter.post(&format!("{own}/completion"), said("Di ruas depan pasar Bauntung.")).await.is(200);
    let plan = json!({"kind": "planned", "text": "Ruas itu ditambal bulan depan.", "planned_for": "2026-12-10"});
    liaison.post(&format!("{desk}/answer"), plan).await.is(200);
    reporter.post(&format!("{own}/replies"), said("Mohon sebelum hujan deras.")).await.is(200);
    let objected = reporter.post(&format!("{own}/objection"), said("Bulan depan terlalu lama.")).await.is(200);
    assert_eq!(objected.json["stage"], "objected");
    let early = liaison.post(&format!("{desk}/closure"), json!({})).await.is(403);
    assert_eq!(early.code(), "denied");
    let early = admin.post(&format!("{desk}/closure"), json!({})).await.is(422);
    assert_eq!(early.code(), "reply-unanswered");

    let words = json!({"title": "Jalan depan pasar rusak", "body": "Jalan di depan pasar rusak sejak Oktober."});
    admin.post(&format!("{desk}/rewrite"), words).await.is(200);
    admin.post(&format!("{desk}/note"), said("Sudah ditelepon.")).await.is(200);
    let seen = reporter.get(&own).await.json;
    assert_eq!(seen["title"], "Jalan depan pasar rusak");
    assert_eq!(seen["original"]["title"], "Jalan berlubang di depan pasar");
    assert!(!seen.to_string().contains("Sudah ditelepon"), "a note is between officers");
    assert!(liaison.get(&desk).await.json.to_string().contains("Sudah ditelepon"));
});

both!(a_report_can_be_archived_contested_returned_hidden_and_assigned, |house| {
    let (citizen, admin, liaison) = (Client::new(&house), national(&house).await, liaison(&house).await);
    let other = officer(&house, "dishub", Role::LiaisonOfficer, DISHUB).await;
    let (code, pin) = citizen.disposed(&admin, json!({}), PUPR).await;
    let (own, desk) = (format!("/reports/{code}"), format!("/desk/reports/{code}"));

    let mine = liaison.get("/desk/officers").await.is(200).json["items"][0]["id"].clone();
    let strange = other.get("/desk/officers").await.is(200).json["items"][0]["id"].clone();
    let refused = liaison.post(&format!("{desk}/assignment"), json!({"officer": strange})).await.is(422);
    assert_eq!(refused.slips(), [("officer".to_owned(), "officer".to_owned())]);
    liaison.post(&format!("{desk}/assignment"), json!({"officer": mine})).await.is(200);

    let hidden = json!({"hidden": true, "reason": "personal_data", "text": "Memuat nomor KTP."});
    admin.post(&format!("{desk}/visibility"), hidden).await.is(200);
    assert_eq!(citizen.get(&own).await.is(404).code(), "not-found");
    admin.post(&format!("{desk}/visibility"), json!({"hidden": false, "text": "Sudah dirapikan."})).await.is(200);
    citizen.get(&own).await.is(200);

    let ours = json!({"reason": "other_level", "text": "Ini jalan nasional."});
    let key = liaison.with("idempotency-key", "kembali-1");
    assert_eq!(key.post(&format!("{desk}/return"), ours.clone()).await.is(200).json["stage"], "returned");
    let again = key.post(&format!("{desk}/return"), ours).await.is(200).json;
    assert_eq!((&again["repeated"], &again["seq"]), (&json!(true), &json!(6)));

    let spam = json!({"reason": "too_general", "text": "Tidak menyebut ruas jalan."});
    admin.post(&format!("{desk}/archive"), spam).await.is(200);
    let contest = json!({"text": "Ruasnya sudah saya sebutkan."});
    let contested = citizen.pin(&pin).post(&format!("{own}/contest"), contest).await.is(200).json;
    assert_eq!(contested["stage"], "submitted");
});

both!(an_answer_done_about_physical_work_needs_evidence, |house| {
    let (citizen, admin, liaison) = (Client::new(&house), national(&house).await, liaison(&house).await);
    let (code, _) = citizen.disposed(&admin, json!({}), PUPR).await;
    let path = format!("/desk/reports/{code}/answer");
    let mut answer = json!({"kind": "done", "text": "Lubang itu sudah kami tambal kemarin sore.", "physical": true});
    assert_eq!(liaison.post(&path, answer.clone()).await.is(422).code(), "evidence-missing");

    let upload = crate::api::files::raw(&liaison.with("x-file-name", "bukti.png"), "/desk/uploads").await.is(201).json;
    answer["evidence"] = json!([upload["upload"]]);
    let stolen = admin.post(&path, answer.clone()).await.is(422);
    assert_eq!(stolen.slips(), [("evidence".to_owned(), "upload".to_owned())]);
    liaison.post(&path, answer).await.is(200);
    let steps = citizen.get(&format!("/reports/{code}")).await.is(200).json["timeline"].clone();
    assert_eq!(steps[2]["attachments"][0]["name"], "bukti.png");
});

both!(the_same_key_gives_the_same_receipt, |house| {
    let client = Client::new(&house).with("idempotency-key", "6f1c2b1e");
    let report = json!({"class": "aspiration", "body": "Mohon taman bermain di kampung kami.", "region": "63.71"});
    let first = client.post("/reports", report.clone()).await.is(201).json;
    house.later(30);
    let second = client.post("/reports", report.clone()).await.is(200).json;
    assert_eq!(first, second);
    let mut other = report;
    other["region"] = json!("63.72");
    assert_eq!(client.post("/reports", other).await.is(409).code(), "key-reused");
});

both!(an_officer_who_was_slower_is_told_the_present_version, |house| {
    let (citizen, admin) = (Client::new(&house), national(&house).await);
    let (code, _) = citizen.disposed(&admin, json!({}), PUPR).await;
    let path = format!("/desk/reports/{code}/note");
    let stale = admin.post(&path, json!({"text": "Sudah ditelepon.", "seq": 1})).await.is(409);
    assert_eq!((stale.code(), &stale.json["seq"]), ("stale", &json!(2)));
    admin.post(&path, json!({"text": "Sudah ditelepon.", "seq": 2})).await.is(200);
});

both!(nobody_supports_twice, |house| {
    let (citizen, admin) = (Client::new(&house), national(&house).await);
    let (code, _) = citizen.submit(json!({})).await;
    let path = format!("/reports/{code}/support");
    assert_eq!(citizen.post(&path, json!({})).await.is(404).code(), "not-found");
    admin.post(&format!("/desk/reports/{code}/disposition"), json!({"to": PUPR})).await.is(200);
    let one = citizen.with("user-agent", "peramban A");
    let other = citizen.with("user-agent", "peramban B");
    assert_eq!(one.post(&path, json!({})).await.is(200).json["supports"], 1);
    let again = one.post(&path, json!({})).await.is(200).json;
    assert_eq!((&again["supports"], &again["repeated"]), (&json!(1), &json!(true)));
    assert_eq!(other.post(&path, json!({})).await.is(200).json["supports"], 2);
});

both!(a_hollow_answer_is_refused_with_warnings_until_it_is_overridden, |house| {
    let (citizen, admin, liaison) = (Client::new(&house), national(&house).await, liaison(&house).await);
    let (code, _) = citizen.disposed(&admin, json!({}), PUPR).await;
    let address = format!("/desk/reports/{code}/answer");
    let mut answer = json!({"kind": "explained", "text": "Laporan sudah kami teruskan ke bidang terkait."});
    let refused = liaison.post(&address, answer.clone()).await.is(422);
    assert_eq!(refused.code(), "advised");
    assert_eq!(refused.json["warnings"][0]["code"], "non_answer");
    assert_eq!(refused.json["warnings"][0]["said"], "sudah kami teruskan");
    answer["override"] = json!("Bidang terkait menjawab lewat surat.");
    liaison.post(&address, answer).await.is(200);
    let seen = liaison.get(&format!("/desk/reports/{code}")).await.is(200).json;
    let step = seen["timeline"].as_array().unwrap().iter().find(|step| step["event"] == "advice_overridden").unwrap();
    assert_eq!(step["findings"], json!(["non_answer"]));
});
