//! A server that is told to stop ends what it has begun.

use super::house::{Engine, House};
use super::http::{Request, Wire};
use std::time::Duration;

const BODY: &str = r#"{"class":"complaint","region":"63.72","body":"Saluran air di Gang Contoh tersumbat sampah."}"#;

async fn what_was_begun_is_finished(engine: Engine) {
    let house = House::build(engine).await;
    let mut server = house.serve().await;
    let headers = [("Content-Type", "application/json"), ("Idempotency-Key", "on-the-way")];
    let request = Request::post("/api/v1/reports", &headers, BODY);
    let mut wire = Wire::open(&server.listen).await.unwrap();
    let rest = wire.begin(&request, 40).await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    server.terminate();
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(Wire::open(&server.listen).await.is_err(), "a stopping server takes new visitors");
    let receipt = wire.finish(&rest).await.unwrap().is(201);
    assert_eq!(server.ended().await.code(), Some(0));

    let server = house.serve().await;
    let path = format!("/api/v1/reports/{}", receipt.field("code"));
    let pin = receipt.field("pin");
    server.ask(&Request { headers: &[("X-Report-Pin", &pin)], ..Request::get(&path) }).await.is(200);
    server.kill();
    house.pull_down().await;
}

#[tokio::test]
async fn what_was_begun_is_finished_on_the_embedded_engine() {
    what_was_begun_is_finished(Engine::Embedded).await;
}

#[tokio::test]
async fn what_was_begun_is_finished_on_postgres() {
    what_was_begun_is_finished(Engine::Postgres).await;
}

#[tokio::test]
async fn an_idle_visitor_does_not_hold_up_the_end() {
    let house = House::build(Engine::Embedded).await;
    let mut server = house.serve().await;
    let mut wire = Wire::open(&server.listen).await.unwrap();
    wire.ask(&Request::get("/healthz")).await.unwrap().is(200);
    let begin = std::time::Instant::now();
    server.terminate();
    assert_eq!(server.ended().await.code(), Some(0));
    assert!(begin.elapsed() < Duration::from_secs(15), "it waited for a visitor who asked for nothing");
    house.pull_down().await;
}
