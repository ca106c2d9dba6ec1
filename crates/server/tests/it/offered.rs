//! What a visitor may choose on the first page.

use super::house::{Engine, House};
use super::http::Request;

#[tokio::test]
async fn a_closed_ministry_is_not_offered_and_can_still_be_looked_up() {
    let house = House::build(Engine::Embedded).await;
    let server = house.serve().await;
    let home = server.ask(&Request::get("/")).await.is(200).text();
    assert!(home.contains("Kementerian Haji dan Umrah"));
    assert!(!home.contains("Kementerian Badan Usaha Milik Negara"));
    let reports = server.ask(&Request::get("/laporan")).await.is(200).text();
    assert!(reports.contains("Kementerian Badan Usaha Milik Negara"), "old reports are about it");
    server.ask(&Request::get("/instansi/139")).await.is(200);
    server.kill();
    house.pull_down().await;
}
