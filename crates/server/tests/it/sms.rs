//! SMS 1708 through a real centre, from the first message to the last word, and through what befalls a line.

use super::authority::Authority;
use super::centre::{Centre, until};
use super::house::{Engine, House, Server};
use super::http::{self, Request};
use super::story::{at_desk, hasten, own_view, receipt, token};
use serde_json::json;

const SITI: &str = "6281100000001";
const BUDI: &str = "6281100000002";

async fn with_line(engine: Engine) -> (House, Centre) {
    let mut house = House::build(engine).await;
    let centre = Centre::start();
    house.settings = centre.settings(&house, "rahasia\n");
    (house, centre)
}

async fn serve(house: &House, centre: &Centre) -> Server {
    let server = house.serve().await;
    centre.bound().await;
    server
}

async fn from_the_first_message_to_the_last_word(engine: Engine) {
    let (house, centre) = with_line(engine).await;
    let token = token(&house);
    let server = serve(&house, &centre).await;
    let text = "Lampu jalan di Kota Banjarbaru padam sejak kemarin malam";
    assert_eq!(centre.write(SITI, json!({ "text": text })).await, "kept");
    let (code, pin) = receipt(&centre.received(SITI, 1).await[0]);
    let view = own_view(&server, &code, &pin).await;
    assert_eq!((&view["channel"], &view["body"]), (&json!("sms"), &json!(text)));
    assert_eq!(view["region"]["code"], "63.72");
    assert_eq!(view["reporter"]["phone"], SITI);

    at_desk(&server, &token, &format!("{code}/disposition"), json!({"to": 630_000})).await;
    let answer = "Lampu itu menyala kembali sejak pagi ini; kabelnya putus digigit tikus.";
    at_desk(&server, &token, &format!("{code}/answer"), json!({"kind": "explained", "text": answer})).await;
    hasten(&house).await;
    let told = centre.received(SITI, 2).await.remove(1);
    assert!(told.contains(&code) && told.contains(answer), "{told}");
    assert!(told.contains("Balas YA"), "{told}");

    assert_eq!(centre.write(SITI, json!({"text": "ya"})).await, "kept");
    assert!(centre.received(SITI, 3).await[2].contains("Seberapa puas"));
    assert_eq!(own_view(&server, &code, &pin).await["stage"], "closed_confirmed");
    centre.write(SITI, json!({"text": "5"})).await;
    assert!(centre.received(SITI, 4).await[3].contains("penilaian"));
    assert_eq!(own_view(&server, &code, &pin).await["rating"], 5);
    server.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_travels_from_the_first_message_to_the_last_word_on_the_embedded_engine() {
    from_the_first_message_to_the_last_word(Engine::Embedded).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_travels_from_the_first_message_to_the_last_word_on_postgres() {
    from_the_first_message_to_the_last_word(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_protected_line_shows_a_certificate_of_an_authority_that_is_believed() {
    let mut house = House::build(Engine::Embedded).await;
    let authority = Authority::of(&house);
    let centre = Centre::start_protected(&authority);
    house.settings = centre.settings(&house, "rahasia\n");
    let doubting = house.serve().await;
    let down = "lapor_sms_line_up{line=\"satu\"} 0";
    until("the line is told to be down", async || {
        let figures = http::ask(&doubting.metrics, &Request::get("/metrics")).await.ok()?.text();
        figures.contains(down).then_some(())
    })
    .await;
    doubting.kill();
    house.settings.push(authority.setting());
    let server = serve(&house, &centre).await;
    let text = "Lampu jalan di Kota Banjarbaru padam sejak kemarin malam";
    assert_eq!(centre.write(SITI, json!({ "text": text })).await, "kept");
    receipt(&centre.received(SITI, 1).await[0]);
    server.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_not_acknowledged_comes_again_and_is_answered_once() {
    let (house, centre) = with_line(Engine::Embedded).await;
    let server = serve(&house, &centre).await;
    let text = "TANGKAB jembatan bambu di Kampung Melati lapuk dan berbahaya";
    assert_eq!(centre.write(SITI, json!({"text": text, "cut": true})).await, "lost");
    centre.bound().await;
    centre.received(SITI, 1).await;
    // The centre has sent it once more by now; a message after it shows that nothing came of that.
    assert_eq!(centre.write(SITI, json!({"text": "BANTUAN"})).await, "kept");
    let texts = centre.received(SITI, 2).await;
    assert!(texts[1].starts_with("LAPOR"), "{texts:?}");
    assert_eq!(house.reports().await, 1);
    let office = "SELECT count(*) FROM report WHERE holder = 360300 OR root = 360300";
    assert_eq!(house.count(office).await, 1, "the word names the office");
    server.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_blow_after_the_acknowledgement_loses_nothing_and_doubles_nothing() {
    let (house, centre) = with_line(Engine::Embedded).await;
    let server = serve(&house, &centre).await;
    let mut written = 0;
    for number in 0..20 {
        let from = format!("628110000{number:04}");
        let text = format!("Pagar sekolah nomor {number} roboh di Kota Banjarbaru");
        written += u32::from(centre.write(&from, json!({ "text": text })).await == "kept");
    }
    assert_eq!(written, 20);
    server.kill();
    // As if the claims of the dead process had run out.
    house.meddle("UPDATE message SET claimed_until = 0").await;
    house.meddle("UPDATE letter SET claimed_until = 0").await;
    let server = serve(&house, &centre).await;
    until("all are taken in", async || (house.reports().await == 20).then_some(())).await;
    hasten(&house).await;
    for number in 0..20 {
        let from = format!("628110000{number:04}");
        until("everybody has a receipt or one is awaited", async || {
            hasten(&house).await;
            centre.sent().await.iter().any(|(to, _, _)| *to == from).then_some(())
        })
        .await;
    }
    let left = "SELECT count(*) FROM letter WHERE state = 'queued'";
    until("all letters are settled", async || {
        hasten(&house).await;
        (house.count(left).await == 0).then_some(())
    })
    .await;
    assert_eq!((house.reports().await, centre.sent().await.len()), (20, 20));
    server.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_the_centre_took_before_the_line_fell_is_not_sent_again() {
    let (house, centre) = with_line(Engine::Embedded).await;
    centre.mood(json!({"mute": 1})).await;
    let server = serve(&house, &centre).await;
    centre.write(SITI, json!({"text": "STATUS"})).await;
    centre.received(SITI, 1).await;
    // Its receipt comes on the next connection and settles what was in doubt.
    let settled = "SELECT count(*) FROM letter WHERE state = 'sent'";
    until("the receipt settles it", async || (house.count(settled).await == 1).then_some(())).await;
    assert_eq!(centre.sent().await.len(), 1);
    server.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_message_is_joined_whatever_the_order_of_its_parts() {
    let (house, centre) = with_line(Engine::Embedded).await;
    let server = serve(&house, &centre).await;
    let parts = ["Jalan di Kota Banjarbaru ber", "lubang besar – dan ter", "genang “air” ☺ tiap hujan"];
    let said = json!({"parts": parts, "order": [2, 0, 1], "unicode": true});
    assert_eq!(centre.write(SITI, said).await, "kept");
    let (code, pin) = receipt(&centre.received(SITI, 1).await[0]);
    assert_eq!(own_view(&server, &code, &pin).await["body"], parts.concat());
    server.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_busy_centre_is_waited_for_and_an_unknown_number_is_not_tried_again() {
    let (house, centre) = with_line(Engine::Embedded).await;
    let server = serve(&house, &centre).await;
    centre.mood(json!({"throttle": 1, "unknown": BUDI})).await;
    centre.write(SITI, json!({"text": "BANTUAN"})).await;
    let tried = "SELECT count(*) FROM letter WHERE attempts = 1 AND claimed_by IS NULL AND state = 'queued'";
    until("it was tried in vain", async || (house.count(tried).await == 1).then_some(())).await;
    hasten(&house).await;
    assert!(centre.received(SITI, 1).await[0].contains("keluhan"));
    centre.write(BUDI, json!({"text": "BANTUAN"})).await;
    let gone = "SELECT count(*) FROM letter WHERE state = 'bounced'";
    until("the number is known to be nobody's", async || (house.count(gone).await == 1).then_some(())).await;
    server.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_with_a_wrong_password_costs_nothing_else() {
    let mut house = House::build(Engine::Embedded).await;
    let centre = Centre::start();
    house.settings = centre.settings(&house, "salah");
    let server = house.serve().await;
    server.ask(&Request::get("/")).await.is(200);
    until("the figure says that the line is down", async || {
        let figures = http::ask(&server.metrics, &Request::get("/metrics")).await.ok()?.text();
        figures.contains("lapor_sms_line_up{line=\"satu\"} 0").then_some(())
    })
    .await;
    server.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_messages_are_all_kept_and_each_is_answered() {
    let (house, centre) = with_line(Engine::Embedded).await;
    let server = serve(&house, &centre).await;
    let flood = centre.flood(200, 200).await;
    assert_eq!(flood["outcomes"], json!({"kept": 200}), "{flood}");
    until("all are taken in", async || (house.reports().await == 200).then_some(())).await;
    until("each has a receipt", async || (centre.sent().await.len() == 200).then_some(())).await;
    server.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_by_telephone_opens_an_account() {
    let (house, centre) = with_line(Engine::Embedded).await;
    let server = serve(&house, &centre).await;
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let asked = server.ask(&Request::post("/akun", &[form], "contact=0811+0000+0001")).await.is(303);
    let cookie = asked.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let text = centre.received(SITI, 1).await.remove(0);
    let code: String = text.chars().filter(char::is_ascii_digit).take(6).collect();
    let body = format!("code={code}");
    let entered = server.ask(&Request::post("/akun/kode", &[form, ("Cookie", &cookie)], &body)).await.is(303);
    let session = entered.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let page = server.ask(&Request { headers: &[("Cookie", &session)], ..Request::get("/akun") }).await.is(200).text();
    assert!(page.contains(SITI), "{page}");
    server.kill();
    house.pull_down().await;
}
