//! WhatsApp and Telegram, from the first message to the last word, and through what befalls a service.

use super::centre::{Centre, until};
use super::house::{Engine, House};
use super::http::Request;
use super::messenger::{Messenger, Service};
use super::story::{at_desk, hasten, own_view, receipt, token};
use serde_json::{Value, json};

const SITI: i64 = 6_281_100_000_001;

fn text(message: &Value) -> &str {
    message["text"].as_str().unwrap()
}

async fn reached(engine: Engine) -> (House, Messenger) {
    let mut house = House::build(engine).await;
    let messenger = Messenger::start();
    house.settings = messenger.settings(&house);
    (house, messenger)
}

async fn from_the_first_message_to_the_last_word(engine: Engine, service: Service) {
    let (house, people) = reached(engine).await;
    let token = token(&house);
    let server = people.serve(&house).await;
    let told = "Lampu jalan padam sejak kemarin malam";
    assert_eq!(people.write(service, SITI, json!({ "text": told })).await, 200);
    assert!(text(&people.received(service, SITI, 1).await).contains("pengaduan"));
    people.touch(service, SITI, "Pengaduan").await;
    let place = people.received(service, SITI, 2).await;
    assert_eq!(place["asksPlace"], true, "{place}");
    people.write(service, SITI, json!({"text": "Kota Banjarbaru"})).await;
    assert!(text(&people.received(service, SITI, 3).await).contains("foto"));
    people.write(service, SITI, json!({"photos": 2})).await;
    let (code, pin) = receipt(text(&people.received(service, SITI, 4).await));
    let view = own_view(&server, &code, &pin).await;
    assert_eq!((&view["channel"], &view["body"]), (&json!(service.name()), &json!(told)));
    assert_eq!(view["region"]["code"], "63.72");
    assert_eq!(view["attachments"].as_array().unwrap().len(), 2, "both pictures belong to it: {view}");

    at_desk(&server, &token, &format!("{code}/disposition"), json!({"to": 630_000})).await;
    let answer = "Lampu itu menyala kembali sejak pagi ini; kabelnya putus digigit tikus.";
    at_desk(&server, &token, &format!("{code}/answer"), json!({"kind": "explained", "text": answer})).await;
    hasten(&house).await;
    let news = people.received(service, SITI, 5).await;
    assert!(text(&news).contains(&code) && text(&news).contains(answer), "{news}");
    people.touch(service, SITI, "Ya, selesai").await;
    assert!(text(&people.received(service, SITI, 6).await).contains("Seberapa puas"));
    assert_eq!(own_view(&server, &code, &pin).await["stage"], "closed_confirmed");
    people.write(service, SITI, json!({"text": "5"})).await;
    people.received(service, SITI, 7).await;
    assert_eq!(own_view(&server, &code, &pin).await["rating"], 5);
    server.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn telegram_from_the_first_message_to_the_last_word_on_the_embedded_engine() {
    from_the_first_message_to_the_last_word(Engine::Embedded, Service::Telegram).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn telegram_from_the_first_message_to_the_last_word_on_postgres() {
    from_the_first_message_to_the_last_word(Engine::Postgres, Service::Telegram).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatsapp_from_the_first_message_to_the_last_word_on_the_embedded_engine() {
    from_the_first_message_to_the_last_word(Engine::Embedded, Service::Whatsapp).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatsapp_from_the_first_message_to_the_last_word_on_postgres() {
    from_the_first_message_to_the_last_word(Engine::Postgres, Service::Whatsapp).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_blow_loses_nothing_and_doubles_nothing() {
    let (house, people) = reached(Engine::Embedded).await;
    let server = people.serve(&house).await;
    for number in 0..10 {
        let said = json!({"text": format!("Usul nomor {number}: taman bermain di Kota Banjarbaru"), "again": true});
        for service in [Service::Telegram, Service::Whatsapp] {
            assert_eq!(people.write(service, SITI + number, said.clone()).await, 200);
        }
    }
    server.kill();
    house.meddle("UPDATE message SET claimed_until = 0; UPDATE letter SET claimed_until = 0").await;
    let server = people.serve(&house).await;
    for number in 0..10 {
        for service in [Service::Telegram, Service::Whatsapp] {
            until("the question of the photo, or a doubt about it", async || {
                // What was under way when the blow fell is given away again after a while.
                house.meddle("UPDATE letter SET not_before = 0 WHERE state = 'queued'").await;
                (!people.sent(service, SITI + number).await.is_empty()).then_some(())
            })
            .await;
            people.write(service, SITI + number, json!({"text": "lewati"})).await;
        }
    }
    until("all are taken in", async || (house.reports().await == 20).then_some(())).await;
    server.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_cannot_prove_to_be_the_service_is_not_heard() {
    let (house, people) = reached(Engine::Embedded).await;
    let server = people.serve(&house).await;
    people.mood(json!({"forge": true})).await;
    for service in [Service::Telegram, Service::Whatsapp] {
        assert_eq!(people.write(service, SITI, json!({"text": "BANTUAN"})).await, 403);
    }
    assert_eq!(house.count("SELECT count(*) FROM message").await, 0);
    let wrong = "/hooks/whatsapp?hub.mode=subscribe&hub.verify_token=salah&hub.challenge=7";
    server.ask(&Request::get(wrong)).await.is(403);
    server.kill();
    let bare = House::build(Engine::Embedded).await;
    let server = bare.serve().await;
    server.ask(&Request::post("/hooks/telegram", &[], "{}")).await.is(404);
    server.ask(&Request::post("/hooks/whatsapp", &[], "{}")).await.is(404);
    server.kill();
    bare.pull_down().await;
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_busy_service_is_waited_for_and_who_has_blocked_the_bot_is_left_alone() {
    let (house, people) = reached(Engine::Embedded).await;
    let server = people.serve(&house).await;
    people.mood(json!({"throttle": 1, "blocked": (SITI + 1).to_string()})).await;
    people.write(Service::Telegram, SITI, json!({"text": "/start"})).await;
    let tried = "SELECT count(*) FROM letter WHERE attempts = 1 AND claimed_by IS NULL AND state = 'queued'";
    until("it was tried in vain", async || (house.count(tried).await == 1).then_some(())).await;
    hasten(&house).await;
    assert!(text(&people.received(Service::Telegram, SITI, 1).await).contains("keluhan"));
    people.write(Service::Telegram, SITI + 1, json!({"text": "BANTUAN"})).await;
    let gone = "SELECT count(*) FROM letter WHERE state = 'bounced'";
    until("the bot is known to be blocked", async || (house.count(gone).await == 1).then_some(())).await;
    people.mood(json!({})).await;
    people.write(Service::Telegram, SITI + 1, json!({"text": "BANTUAN"})).await;
    people.received(Service::Telegram, SITI + 1, 1).await;
    server.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_the_service_lost_is_settled_by_its_receipt() {
    let (house, people) = reached(Engine::Embedded).await;
    let server = people.serve(&house).await;
    people.mood(json!({"mute": 1})).await;
    people.write(Service::Whatsapp, SITI, json!({"text": "BANTUAN"})).await;
    people.received(Service::Whatsapp, SITI, 1).await;
    let settled = "SELECT count(*) FROM letter WHERE state = 'sent'";
    until("the receipt settles it", async || (house.count(settled).await == 1).then_some(())).await;
    assert_eq!(people.sent(Service::Whatsapp, SITI).await.len(), 1);
    server.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_day_of_silence_a_template_carries_the_answer_or_the_telephone_does() {
    for template in [true, false] {
        let (mut house, people) = reached(Engine::Embedded).await;
        let centre = Centre::start();
        house
            .settings
            .extend(centre.settings(&house, "rahasia\n").into_iter().filter(|(name, _)| *name != "LAPOR_BASE_URL"));
        if template {
            house.settings.push(("LAPOR_WHATSAPP_TEMPLATE", "kabar_laporan".to_owned()));
        }
        let server = people.serve(&house).await;
        centre.bound().await;
        people.write(Service::Whatsapp, SITI, json!({"text": "Usul taman bermain di Kota Banjarbaru"})).await;
        people.received(Service::Whatsapp, SITI, 1).await;
        people.write(Service::Whatsapp, SITI, json!({"text": "lewati"})).await;
        let (code, _) = receipt(text(&people.received(Service::Whatsapp, SITI, 2).await));
        house.meddle("UPDATE message SET received_at = 0").await;
        people.mood(json!({"window": true})).await;
        let token = token(&house);
        at_desk(&server, &token, &format!("{code}/disposition"), json!({"to": 630_000})).await;
        hasten(&house).await;
        match template {
            true => {
                let news = people.received(Service::Whatsapp, SITI, 3).await;
                assert_eq!(news["template"], "kabar_laporan");
                assert!(text(&news).contains(&code), "{news}");
            }
            false => {
                let news = centre.received(&SITI.to_string(), 1).await.remove(0);
                assert!(news.contains(&code), "{news}");
            }
        }
        server.kill();
        house.pull_down().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_that_cannot_be_had_is_told_and_the_report_goes_on() {
    let (house, people) = reached(Engine::Embedded).await;
    let server = people.serve(&house).await;
    people.mood(json!({"lost": true})).await;
    let said = json!({"text": "Usul taman bermain di Kota Banjarbaru", "photos": 1});
    people.write(Service::Telegram, SITI, said).await;
    assert!(text(&people.received(Service::Telegram, SITI, 1).await).contains("Berkas"));
    assert!(text(&people.received(Service::Telegram, SITI, 2).await).contains("foto"));
    server.kill();
    house.pull_down().await;
}
