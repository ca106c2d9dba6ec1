//! The description of the API says what the API does.

use super::client::{Client, national};
use super::partner::named;
use domain::measure::Measure;
use domain::partner::Quota;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use web::words::{Lang, Words};

fn description() -> Value {
    serde_json::from_str(web::api::openapi::json()).unwrap()
}

#[test]
fn the_committed_description_is_the_generated_one() {
    expect_test::expect_file!["../../../../../docs/openapi.json"].assert_eq(web::api::openapi::json());
}

/// What each measure counts, in both languages; change it in `domain::measure::definition` and in `locales`.
#[test]
fn the_committed_table_of_measures_is_the_generated_one() {
    expect_test::expect_file!["../../../../../docs/measures.md"].assert_eq(&table_of_measures());
}

fn table_of_measures() -> String {
    let mut text = String::from(
        "# Ukuran · Measures\n\nDihasilkan dari kode (`domain::measure::definition` dan `locales`). \
        Generated from the code.\n\n\
        Periode ialah hari setempat laporan masuk. Jam kerja: jam penuh pada hari kerja setempat, 24 jam sehari, menurut kalender \
        yang diketahui waktu itu. \"Hari ini\" ialah hari di Jakarta pada saat angka itu diambil. Persentase dibulatkan ke dua \
        desimal, setengah ke atas. Laporan tersegel tidak dihitung untuk umum. Di bawah sepuluh laporan tidak ada persentase.\n\n\
        The period is the local day on which reports came in. Working hours: full hours of local working days, 24 a day, by the \
        calendar as it was known then. \"Today\" is the day in Jakarta of the instant that a figure is of. Percentages are \
        rounded half up to two decimals. Sealed reports are not counted for the public. Of fewer than ten reports there is no \
        percentage.\n",
    );
    for lang in Lang::ALL {
        let words = Words::new(lang);
        text += match lang {
            Lang::Id => {
                "\n## Bahasa Indonesia\n\n| Kode | Ukuran | Rumus | Satuan | Versi | Arsip dihitung | Bergantung hari ini | Asal rumus |\n"
            }
            Lang::En => {
                "\n## English\n\n| Code | Measure | Formula | Unit | Version | Archived counted | Depends on today | Formula from |\n"
            }
        };
        text += "|---|---|---|---|---|---|---|---|\n";
        for about in Measure::ALL.iter().map(|measure| measure.definition()) {
            let yes = |flag: bool| if flag { "✓" } else { "–" };
            text += &format!(
                "| `{}` | {} | {} | {} | {} | {} | {} | {} |\n",
                about.code,
                words.of("measure", about.code),
                words.of("measure-formula", about.code),
                words.of("measure-unit", about.unit.name()),
                about.version,
                yes(about.with_archived),
                yes(about.asks_today),
                words.of("measure-source", about.source.name()),
            );
        }
    }
    text
}

#[test]
fn every_call_has_its_errors_as_problems() {
    let api = description();
    assert_eq!(api["openapi"], "3.1.0");
    let mut calls = 0;
    for (path, item) in api["paths"].as_object().unwrap() {
        for (method, call) in item.as_object().unwrap() {
            calls += 1;
            let responses = call["responses"].as_object().unwrap();
            let errors: Vec<_> = responses.iter().filter(|(status, _)| status.as_str() >= "400").collect();
            assert!(!errors.is_empty(), "{method} {path}");
            for (status, error) in errors {
                let content = &error["content"]["application/problem+json"];
                assert_eq!(
                    content["schema"]["$ref"], "#/components/schemas/ProblemDocument",
                    "{method} {path} {status}"
                );
            }
            let by_token = path.contains("/desk/") || path.contains("/partner/");
            assert_eq!(by_token, call["security"] == json!([{"officer_token": []}]), "{method} {path}");
        }
    }
    assert_eq!(calls, 51);
}

#[test]
fn every_reference_leads_somewhere() {
    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                for (name, inner) in map {
                    match inner {
                        Value::String(text) if name == "$ref" => drop(found.insert(text.clone())),
                        _ => references(inner, found),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let api = description();
    let mut found = BTreeSet::new();
    references(&api, &mut found);
    assert!(found.len() > 20, "{found:?}");
    for reference in found {
        assert!(api.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
}

/// The fields of a body as the description has them.
fn described(api: &Value, call: &Value) -> Option<BTreeSet<String>> {
    let schema = call["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str()?;
    let schema = api.pointer(schema.trim_start_matches('#')).unwrap();
    assert!(schema.get("example").is_some() || schema.get("examples").is_some(), "{schema}");
    assert_eq!(schema["additionalProperties"], false, "{schema}");
    Some(schema["properties"].as_object().unwrap().keys().cloned().collect())
}

both!(the_described_fields_are_the_fields_that_are_read, |house| {
    let api = description();
    let admin = national(&house).await;
    let guest = named(&house, "nasional", "Aplikasi Contoh", Quota::USUAL).await;
    let (code, pin) = Client::new(&house).submit(json!({})).await;
    let (mut compared, mut queries) = (0, 0);
    for (path, item) in api["paths"].as_object().unwrap() {
        for (method, call) in item.as_object().unwrap() {
            let path = path.replace("{code}", &code).replace("{id}", "1");
            let client = match path.as_str() {
                desk if desk.contains("/desk/") => admin.clone(),
                partner if partner.contains("/partner/") => guest.clone(),
                _ => Client::new(&house).pin(&pin),
            };
            let told = match (method.as_str(), described(&api, call)) {
                ("post", Some(fields)) => {
                    compared += 1;
                    Some((client.post(&path, json!({"no-such-field": 1, "hidden": true})).await, fields))
                }
                ("get", _) => {
                    let params = call["parameters"].as_array().cloned().unwrap_or_default();
                    let query = params.iter().filter(|one| one["in"] == "query");
                    let fields: BTreeSet<String> = query.map(|one| one["name"].as_str().unwrap().to_owned()).collect();
                    queries += usize::from(!fields.is_empty());
                    let asked = if fields.is_empty() { None } else { Some(format!("{path}?no-such-field=1")) };
                    match asked {
                        Some(asked) => Some((client.get(&asked).await, fields)),
                        None => None,
                    }
                }
                _ => None,
            };
            let Some((answer, fields)) = told else { continue };
            let answer = answer.is(422);
            let errors = answer.json["errors"].as_array().unwrap();
            let unknown = errors.iter().find(|error| error["field"] == "no-such-field").unwrap();
            let known = unknown["allowed"].as_array().unwrap().iter();
            let known: BTreeSet<String> = known.map(|name| name.as_str().unwrap().to_owned()).collect();
            assert_eq!(known, fields, "{method} {path}");
        }
    }
    assert_eq!((compared, queries), (31, 12));
});

both!(the_examples_of_bodies_are_understood, |house| {
    let api = description();
    let example = api["components"]["schemas"]["NewReport"]["example"].clone();
    house.at("2026-03-17T02:00:00Z");
    let receipt = Client::new(&house).post("/reports", example).await.is(201).json;
    let admin = national(&house).await;
    let code = receipt["code"].as_str().unwrap();
    let example = api["components"]["schemas"]["Disposition"]["example"].clone();
    admin.post(&format!("/desk/reports/{code}/disposition"), example).await.is(200);
    let served = Client::new(&house).get("/api/openapi.json").await.is(200);
    assert_eq!(served.json, api);
});
