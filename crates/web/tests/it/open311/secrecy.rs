//! What no other system may learn.

use super::client::{Answer, Client, KALSEL, Office};
use crate::world::House;
use domain::report::HideReason;
use domain::text::Remark;
use domain::{Command, report};

/// Everything that says something about reports.
async fn everything(house: &House, id: &str) -> Vec<(String, Answer)> {
    let client = Client::new(house);
    let mut answers = Vec::new();
    for format in ["json", "xml"] {
        for place in [1, KALSEL] {
            for query in [
                String::new(),
                "&status=open".into(),
                "&service_code=8".into(),
                "&extensions=true".into(),
                "&updated_after=2026-11-01".into(),
                "&start_date=2026-11-01".into(),
                format!("&service_request_id={id}"),
            ] {
                let path = format!("/requests.{format}?jurisdiction_id={place}{query}");
                answers.push((path.clone(), client.get(&path).await.is(200)));
            }
            let path = format!("/servicerequestupdates.{format}?jurisdiction_id={place}");
            answers.push((path.clone(), client.get(&path).await.is(200)));
        }
    }
    answers
}

/// Insists that a report is as if it were not.
async fn is_nothing(house: &House, id: &str) {
    house.work().await;
    for (path, answer) in everything(house, id).await {
        assert!(!answer.text.contains(id) && !answer.text.contains("zamrud"), "{path}: {}", answer.text);
        let empty = ["[]", "<service_requests/>", "<service_request_updates/>"];
        assert!(empty.iter().any(|empty| answer.text.ends_with(empty)), "{path}: {}", answer.text);
    }
    let client = Client::new(house);
    for noun in ["requests", "tokens"] {
        for (format, query) in [("json", ""), ("xml", ""), ("json", "?jurisdiction_id=630000&extensions=true")] {
            let sealed = client.get(&format!("/{noun}/{id}.{format}{query}")).await.is(404);
            let unknown = client.get(&format!("/{noun}/9999999990.{format}{query}")).await.is(404);
            let shapeless = client.get(&format!("/{noun}/halo.{format}{query}")).await.is(404);
            assert_eq!(sealed.text, unknown.text);
            assert_eq!(sealed.text, shapeless.text);
            let names = |answer: &Answer| answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
            assert_eq!(names(&sealed), names(&unknown));
        }
    }
}

const TEXT: (&str, &str) = ("description", "Pungutan zamrud di loket layanan itu.");

both!(an_unverified_report_is_as_if_it_were_not, |house| {
    let office = Office::open(&house).await;
    let id = office.send(&[TEXT]).await;
    is_nothing(&house, &id).await;
});

both!(a_secret_report_is_as_if_it_were_not, |house| {
    let office = Office::open(&house).await;
    let id = office.verified(&[TEXT, ("attribute[secret]", "yes")]).await;
    office.answer(&id, "Pungutan zamrud itu kami periksa hari ini.").await;
    is_nothing(&house, &id).await;
});

both!(an_anonymous_report_is_not_given_away, |house| {
    let office = Office::open(&house).await;
    let id = office.verified(&[TEXT, ("attribute[anonymous]", "yes"), ("first_name", "Rahmat Zamrud")]).await;
    office.answer(&id, "Pungutan zamrud itu kami periksa hari ini.").await;
    is_nothing(&house, &id).await;
});

both!(a_hidden_report_is_as_if_it_were_not, |house| {
    let office = Office::open(&house).await;
    let id = office.verified(&[TEXT]).await;
    office.answer(&id, "Pungutan zamrud itu kami periksa hari ini.").await;
    let found = everything(&house, &id).await;
    assert!(found.iter().all(|(_, answer)| answer.text.contains(&id)), "{found:?}");
    let text = Remark::parse("Memuat nomor KTP.").unwrap();
    office.act(&id, &office.national, Command::Hide { reason: HideReason::PersonalData, text }).await;
    is_nothing(&house, &id).await;
});

both!(an_archived_report_is_as_if_it_were_not, |house| {
    let office = Office::open(&house).await;
    let id = office.verified(&[TEXT]).await;
    let text = Remark::parse("Tidak menyebut ruas jalan.").unwrap();
    let command = Command::Archive { reason: report::ArchiveReason::TooGeneral, text };
    office.act(&id, &office.national, command).await;
    is_nothing(&house, &id).await;
});

both!(who_reported_and_where_exactly_is_told_to_nobody, |house| {
    let office = Office::open(&house).await;
    let person = [
        ("first_name", "Rahmat"),
        ("last_name", "Contoh"),
        ("email", "rahmat@contoh.id"),
        ("phone", "081299988877"),
        ("address_string", "Rumah nomor 7 gang Melati"),
        ("lat", "-3.44"),
        ("long", "114.83"),
    ];
    let id = office.verified(&person).await;
    let note = Remark::parse("Catatan rubi di antara petugas.").unwrap();
    office.act(&id, &office.liaison, Command::Note { text: note }).await;
    for (path, answer) in everything(&house, &id).await {
        let text = answer.text.to_lowercase();
        assert!(text.contains(&id), "{path}");
        for secret in ["rahmat", "contoh.id", "81299988877", "melati", "114.83", "rubi", "noted", "nasional\""] {
            assert!(!text.contains(secret), "{path}: {secret}: {text}");
        }
    }
});

both!(an_edited_text_replaces_the_one_that_came, |house| {
    let office = Office::open(&house).await;
    let id = office.verified(&[("description", "Jalan rusak, hubungi NIK safir 12345.")]).await;
    house.later(24);
    let title = domain::text::Title::parse("Jalan rusak").unwrap();
    let body = domain::text::Body::parse("Jalan rusak, hubungi [disamarkan].").unwrap();
    office.act(&id, &office.national, Command::Rewrite { title, body }).await;
    for (path, answer) in everything(&house, &id).await {
        assert!(!answer.text.contains("safir"), "{path}: {}", answer.text);
    }
    let again = Client::new(&house).get("/requests.json?jurisdiction_id=630000&updated_after=2026-11-10").await.is(200);
    assert_eq!(again.ids(), [id], "whoever keeps a copy is told to take the new text");
});
