//! Webhooks to a real receiver that is not ours, and a blow in between.

use super::centre::until;
use super::house::{Engine, House, Server};
use super::http::Request;
use super::receiver::Receiver;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const PASSWORD: &str = "rahasia-sekali";
/// The national office, as a form says it.
const OFFICE: &str = "Admin+Nasional+SP4N-LAPOR%21+%28Kementerian+PANRB%29";
const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

/// A house that may call this machine, for trying out.
async fn telling(engine: Engine) -> House {
    let mut house = House::build(engine).await;
    let allow = |name| (name, "true".to_owned());
    house.settings = vec![allow("LAPOR_WEBHOOK_ALLOW_HTTP"), allow("LAPOR_WEBHOOK_ALLOW_PRIVATE")];
    house
}

fn run(house: &House, arguments: &[&str], input: &str) -> String {
    let done = house.run(arguments, input);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

/// The token and the session of the national admin.
async fn admin(house: &House) -> String {
    let seat = ["user", "add", "admin", "--name", "Admin Contoh", "--role", "national_admin", "--agency", "1"];
    run(house, &seat, PASSWORD);
    run(house, &["token", "create", "--user", "admin"], "")
}

/// What the admin's browser gets from a form.
async fn post(server: &Server, session: &str, path: &str, body: &str) -> String {
    server.ask(&Request::post(path, &[FORM, ("Cookie", session)], body)).await.text()
}

async fn login(server: &Server) -> String {
    let entered = server.ask(&Request::post("/desk/masuk", &[FORM], &format!("login=admin&password={PASSWORD}"))).await;
    entered.is(303).header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
}

/// Adds the receiver at the desk, and hands its secret over. Returns the path of its page, and the secret.
async fn added(server: &Server, session: &str, receiver: &Receiver) -> (String, String) {
    let url = receiver.url().replace(':', "%3A").replace('/', "%2F");
    let page = post(server, session, "/desk/webhook", &format!("office={OFFICE}&url={url}")).await;
    receiver.knows(&[&secret(&page)]).await;
    let id = page.split("href=\"/desk/webhook/").nth(1).unwrap_or_else(|| panic!("{page}")).split('"').next().unwrap();
    (format!("/desk/webhook/{id}"), secret(&page))
}

fn secret(page: &str) -> String {
    let rest = page.split("whsec_").nth(1).unwrap_or_else(|| panic!("no secret in {page}"));
    format!("whsec_{}", rest.split('<').next().unwrap().replace("&#43;", "+"))
}

/// A public report; its number.
async fn disposed(server: &Server, token: &str, key: &str) -> String {
    let body = json!({
        "class": "complaint", "region": "63.72", "name": "Warga Contoh",
        "body": format!("Lampu jalan nomor {key} padam sejak dua minggu yang lalu."),
    });
    let headers = [("Content-Type", "application/json"), ("Idempotency-Key", key)];
    let code = server.ask(&Request::post("/api/v1/reports", &headers, &body.to_string())).await.is(201).field("code");
    at_desk(server, token, &format!("{code}/disposition"), json!({"to": 630_000})).await;
    code
}

async fn at_desk(server: &Server, token: &str, path: &str, body: Value) {
    let bearer = format!("Bearer {token}");
    let headers = [("Content-Type", "application/json"), ("Authorization", bearer.as_str())];
    server.ask(&Request::post(&format!("/api/v1/desk/reports/{path}"), &headers, &body.to_string())).await.is(200);
}

async fn a_receiver_believes_what_it_is_told(engine: Engine) {
    let house = telling(engine).await;
    let token = admin(&house).await;
    let receiver = Receiver::start();
    let server = house.serve().await;
    let session = login(&server).await;
    let (page, old) = added(&server, &session, &receiver).await;
    let code = disposed(&server, &token, "satu").await;
    let answer = json!({"kind": "explained", "text": "Lampu itu menyala kembali sejak pagi ini."});
    at_desk(&server, &token, &format!("{code}/answer"), answer).await;
    let told = receiver.heard(2).await;
    assert!(told.iter().all(|one| one["fits"] == true), "a signature does not fit: {told:?}");
    assert_eq!(told.iter().map(|one| &one["type"]).collect::<Vec<_>>(), ["report.received", "report.answered"]);
    assert_eq!((&told[1]["data"]["code"], &told[1]["data"]["stage"]), (&json!(code), &json!("answered")));
    let path = told[1]["data"]["url"].as_str().unwrap().split_once("/api/").unwrap().1;
    server.ask(&Request::get(&format!("/api/{path}"))).await.is(200);

    // With the new secret alone, and with the old one alone, for a day.
    let renewed = secret(&post(&server, &session, &format!("{page}/rahasia"), "").await);
    for (n, known) in [(3, &renewed), (4, &old)] {
        receiver.knows(&[known]).await;
        post(&server, &session, &format!("{page}/uji"), "").await;
        let told = receiver.heard(n).await;
        assert_eq!((&told[n - 1]["type"], &told[n - 1]["fits"]), (&json!("webhook.test"), &json!(true)));
    }
    server.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_believes_what_it_is_told_on_the_embedded_engine() {
    a_receiver_believes_what_it_is_told(Engine::Embedded).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_believes_what_it_is_told_on_postgres() {
    a_receiver_believes_what_it_is_told(Engine::Postgres).await;
}

async fn a_blow_loses_no_message(engine: Engine) {
    let house = telling(engine).await;
    let token = admin(&house).await;
    let receiver = Receiver::start();
    let server = house.serve().await;
    let session = login(&server).await;
    added(&server, &session, &receiver).await;
    receiver.mood(json!({"slow": 40})).await;
    let mut codes = Vec::new();
    for number in 0..30 {
        codes.push(disposed(&server, &token, &format!("laporan-{number}")).await);
    }
    until("some are told", async || (receiver.told().await.len() >= 5).then_some(())).await;
    server.kill();
    // As if the claim of the dead process had run out.
    house.meddle("UPDATE webhook SET claimed_until = 0").await;
    receiver.mood(json!({})).await;
    let server = house.serve().await;
    let left = "SELECT count(*) FROM webhook_delivery WHERE state = 'queued'";
    until("all are told", async || (house.count(left).await == 0).then_some(())).await;
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in receiver.told().await {
        assert_eq!(one["fits"], true);
        let code = one["data"]["code"].as_str().unwrap().to_owned();
        names.entry(code).or_default().push(one["id"].as_str().unwrap().to_owned());
    }
    assert_eq!(names.len(), codes.len(), "a message is lost");
    assert!(names.values().all(|ids| ids.iter().all(|id| *id == ids[0])), "a repetition has another name: {names:?}");
    let doubled = names.values().filter(|ids| ids.len() > 1).count();
    assert!(doubled <= 1, "{doubled} messages came twice after one blow");
    server.kill();
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_blow_loses_no_message_on_the_embedded_engine() {
    a_blow_loses_no_message(Engine::Embedded).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_blow_loses_no_message_on_postgres() {
    a_blow_loses_no_message(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_leave_this_machine_is_not_called() {
    let house = House::build(Engine::Embedded).await;
    admin(&house).await;
    let receiver = Receiver::start();
    let server = house.serve().await;
    let session = login(&server).await;
    for url in ["http%3A%2F%2Fsistem.contoh.go.id%2F", "https%3A%2F%2F127.0.0.1%2F", "https%3A%2F%2Flocalhost%2F"] {
        let page = post(&server, &session, "/desk/webhook", &format!("office={OFFICE}&url={url}")).await;
        assert!(!page.contains("whsec_"), "{url} is taken");
    }
    assert!(receiver.told().await.is_empty());
    server.kill();
    house.pull_down().await;
}
