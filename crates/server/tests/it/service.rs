//! What an operator looks at: health, readiness, figures, the doctor.

use super::house::{Engine, House};
use super::http::{self, Request};

#[tokio::test]
async fn health_is_told_to_all_and_figures_only_on_their_own_listener() {
    let house = House::build(Engine::Embedded).await;
    let server = house.serve().await;
    eprintln!("first start to first answer: {:?}", server.first_answer);
    for path in ["/healthz", "/readyz"] {
        server.ask(&Request::get(path)).await.is(200);
    }
    server.ask(&Request::get("/")).await.is(200);
    server.ask(&Request::get("/metrics")).await.is(404);
    let figures = http::ask(&server.metrics, &Request::get("/metrics")).await.unwrap().is(200);
    assert!(figures.text().contains("lapor_http_requests_total{status=\"200\"}"), "{}", figures.text());
    http::ask(&server.metrics, &Request::get("/")).await.unwrap().is(404);
    server.kill();
    let again = house.serve().await;
    eprintln!("next start to first answer: {:?}", again.first_answer);
    again.kill();
    house.pull_down().await;
}

#[tokio::test]
async fn the_doctor_finds_a_healthy_folder_healthy() {
    let house = House::build(Engine::Embedded).await;
    assert!(house.run(&["migrate"], "").status.success());
    let found = house.run(&["doctor"], "");
    assert_eq!(found.status.code(), Some(0), "{}", String::from_utf8_lossy(&found.stdout));
    house.pull_down().await;
}

#[tokio::test]
async fn the_doctor_names_a_broken_key() {
    let house = House::build(Engine::Embedded).await;
    assert!(house.run(&["migrate"], "").status.success());
    std::fs::write(house.folder.join("server.key"), b"short").unwrap();
    let found = house.run(&["doctor"], "");
    let said = String::from_utf8_lossy(&[found.stdout, found.stderr].concat()).into_owned();
    assert!(!found.status.success(), "{said}");
    assert!(said.contains("server.key"), "{said}");
    house.pull_down().await;
}
