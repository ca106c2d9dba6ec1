//! X, from the first post to the last word, before everybody and alone, and through what befalls it.

use super::centre::until;
use super::house::{Engine, House};
use super::http::Request;
use super::square::Square;
use super::story::{at_desk, hasten, own_view, receipt, token};
use serde_json::{Value, json};

const SITI: &str = "90210";
const BUDI: &str = "90211";
const TOLD: &str = "Lampu jalan padam sejak kemarin malam di Kota Banjarbaru";
const ANSWER: &str = "Lampu itu menyala kembali sejak pagi ini; kabelnya putus digigit tikus.";

async fn opened(engine: Engine) -> (House, Square) {
    let mut house = House::build(engine).await;
    let square = Square::start();
    house.settings = square.settings(&house);
    (house, square)
}

fn text(said: &Value) -> &str {
    said["text"].as_str().unwrap()
}

/// Looks at once for what people did to their posts.
async fn look(house: &House) {
    house.meddle("UPDATE x_post SET check_at = 0; UPDATE x_feed SET next_at = 0").await;
}

async fn from_the_first_post_to_the_last_word(engine: Engine) {
    let (house, square) = opened(engine).await;
    let token = token(&house);
    let server = square.serve(&house).await;
    let post = square.post(SITI, &format!("@lapor1708 #lapor {TOLD}"), json!({"photos": 1})).await;
    let (code, pin) = receipt(text(&square.heard(SITI, false, 1).await));
    let thanks = square.heard(SITI, true, 1).await;
    assert_eq!(thanks["post"], json!(post));
    let view = own_view(&server, &code, &pin).await;
    assert_eq!(
        (&view["channel"], &view["body"], &view["region"]["code"]),
        (&json!("x"), &json!(TOLD), &json!("63.72"))
    );
    assert_eq!(view["attachments"].as_array().unwrap().len(), 1, "{view}");
    server.ask(&Request::get(&format!("/api/v1/reports/{code}"))).await.is(404);

    at_desk(&server, &token, &format!("{code}/disposition"), json!({"to": 630_000})).await;
    at_desk(&server, &token, &format!("{code}/answer"), json!({"kind": "explained", "text": ANSWER})).await;
    hasten(&house).await;
    let news = square.heard(SITI, true, 2).await;
    assert!(text(&news).contains(&code) && text(&news).contains(ANSWER) && text(&news).contains("YA"), "{news}");
    let ours = json!({"reply": news["id"]});
    // Somebody else in the thread has no say, and is not answered.
    square.post(BUDI, "@lapor1708 Ya, sudah selesai", ours.clone()).await;
    square.post(SITI, "@lapor1708 Ya", ours.clone()).await;
    assert!(text(&square.heard(SITI, true, 3).await).contains("Seberapa puas"));
    assert_eq!(own_view(&server, &code, &pin).await["stage"], "closed_confirmed");
    square.post(SITI, "@lapor1708 5", ours).await;
    square.heard(SITI, true, 4).await;
    assert_eq!(own_view(&server, &code, &pin).await["rating"], 5);
    for said in square.said(SITI, true).await {
        assert!(!text(&said).contains(&pin) && !text(&said).contains(TOLD), "{said}");
    }
    assert!(square.said(BUDI, true).await.is_empty() && square.said(BUDI, false).await.is_empty());
    server.kill();
    square.close().await;
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_first_post_to_the_last_word_on_the_embedded_engine() {
    from_the_first_post_to_the_last_word(Engine::Embedded).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_first_post_to_the_last_word_on_postgres() {
    from_the_first_post_to_the_last_word(Engine::Postgres).await;
}

async fn alone_from_the_first_message_to_the_last_word(engine: Engine) {
    let (house, square) = opened(engine).await;
    let token = token(&house);
    let server = square.serve(&house).await;
    square.write(SITI, "Lampu jalan padam sejak kemarin malam", 0).await;
    let class = square.heard(SITI, false, 1).await;
    assert!(text(&class).contains("1: Pengaduan"), "what a button would say stands below: {class}");
    square.write(SITI, "1", 0).await;
    square.heard(SITI, false, 2).await;
    square.write(SITI, "Kota Banjarbaru", 0).await;
    square.heard(SITI, false, 3).await;
    square.write(SITI, "", 2).await;
    let (code, pin) = receipt(text(&square.heard(SITI, false, 4).await));
    let view = own_view(&server, &code, &pin).await;
    assert_eq!((&view["channel"], &view["region"]["code"]), (&json!("x"), &json!("63.72")));
    assert_eq!(view["attachments"].as_array().unwrap().len(), 2, "{view}");
    at_desk(&server, &token, &format!("{code}/disposition"), json!({"to": 630_000})).await;
    at_desk(&server, &token, &format!("{code}/answer"), json!({"kind": "explained", "text": ANSWER})).await;
    hasten(&house).await;
    assert!(text(&square.heard(SITI, false, 5).await).contains(ANSWER));
    square.write(SITI, "ya", 0).await;
    square.heard(SITI, false, 6).await;
    assert_eq!(own_view(&server, &code, &pin).await["stage"], "closed_confirmed");
    assert!(square.said(SITI, true).await.is_empty(), "what is said alone is answered alone");
    server.kill();
    square.close().await;
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn alone_from_the_first_message_to_the_last_word_on_the_embedded_engine() {
    alone_from_the_first_message_to_the_last_word(Engine::Embedded).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn alone_from_the_first_message_to_the_last_word_on_postgres() {
    alone_from_the_first_message_to_the_last_word(Engine::Postgres).await;
}

async fn a_blow_loses_nothing_and_doubles_nothing(engine: Engine) {
    let (house, square) = opened(engine).await;
    let server = square.serve(&house).await;
    let people: Vec<String> = (0..12).map(|n| format!("9021{n}")).collect();
    for (n, one) in people.iter().enumerate() {
        let wish = format!("Usul nomor {n}: taman bermain di Kota Banjarbaru");
        square.post(one, &format!("@lapor1708 #lapor {wish}"), json!({})).await;
        if n == 6 {
            until("some are kept", async || (house.count("SELECT count(*) FROM message").await > 0).then_some(()))
                .await;
        }
    }
    server.kill();
    house.meddle("UPDATE message SET claimed_until = 0; UPDATE letter SET claimed_until = 0; UPDATE x_feed SET claimed_until = 0").await;
    let server = square.serve(&house).await;
    for one in &people {
        until("a receipt and thanks", async || {
            // What was under way when the blow fell is looked for, and given away again where it is not there.
            house.meddle("UPDATE letter SET not_before = 0 WHERE state = 'queued'").await;
            let said = (square.said(one, false).await.len(), square.said(one, true).await.len());
            (said.0 >= 1 && said.1 >= 1).then_some(())
        })
        .await;
    }
    until("all is settled", async || {
        house.meddle("UPDATE letter SET not_before = 0 WHERE state = 'queued'").await;
        (house.count("SELECT count(*) FROM letter WHERE state = 'queued'").await == 0).then_some(())
    })
    .await;
    assert_eq!(house.reports().await, 12);
    for one in &people {
        assert_eq!((square.said(one, false).await.len(), square.said(one, true).await.len()), (1, 1), "{one}");
    }
    server.kill();
    square.close().await;
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_blow_loses_nothing_and_doubles_nothing_on_the_embedded_engine() {
    a_blow_loses_nothing_and_doubles_nothing(Engine::Embedded).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_blow_loses_nothing_and_doubles_nothing_on_postgres() {
    a_blow_loses_nothing_and_doubles_nothing(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_is_heard_instead_or_added_and_a_deletion_is_told_to_the_office() {
    let (house, square) = opened(Engine::Embedded).await;
    let told = |kind: &str| format!("SELECT count(*) FROM notice WHERE kind = '{kind}'");
    let server = square.serve(&house).await;
    // Edited while the place is still asked for: the story is told anew.
    let post = square.post(SITI, "@lapor1708 #lapor Lampu jalan padam", json!({})).await;
    square.heard(SITI, true, 1).await;
    let edited = square.post(SITI, "@lapor1708 #lapor Lampu taman padam", json!({"edits": post})).await;
    let seen = format!("SELECT count(*) FROM x_post WHERE version = {edited}");
    until("the edit is seen", async || (house.count(&seen).await == 1).then_some(())).await;
    square.post(SITI, "@lapor1708 Kota Banjarbaru", json!({"reply": square.said(SITI, true).await[0]["id"]})).await;
    let (code, pin) = receipt(text(&square.heard(SITI, false, 1).await));
    assert_eq!(own_view(&server, &code, &pin).await["body"], "Lampu taman padam");
    // Edited after that: what was heard stays, and the office is told of the edit.
    let again =
        square.post(SITI, "@lapor1708 #lapor Lampu taman padam, juga di seberang", json!({"edits": edited})).await;
    until("the office knows of the edit", async || (house.count(&told("post_edited")).await == 1).then_some(())).await;
    assert_eq!(own_view(&server, &code, &pin).await["body"], "Lampu taman padam");
    let noted = "SELECT count(*) FROM words WHERE body LIKE '%juga di seberang%'";
    assert_eq!(house.count(noted).await, 1);
    square.delete(&again).await;
    look(&house).await;
    until("the office knows of the deletion", async || (house.count(&told("post_deleted")).await == 1).then_some(()))
        .await;
    server.kill();
    square.close().await;
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_that_is_deleted_before_the_report_is_complete_makes_none() {
    let (house, square) = opened(Engine::Embedded).await;
    let server = square.serve(&house).await;
    let post = square.post(SITI, "@lapor1708 #lapor Lampu jalan padam", json!({})).await;
    square.heard(SITI, true, 1).await;
    square.delete(&post).await;
    look(&house).await;
    let dropped = "SELECT count(*) FROM conversation WHERE open";
    until("it is dropped", async || (house.count(dropped).await == 0).then_some(())).await;
    assert_eq!(house.reports().await, 0);
    server.kill();
    square.close().await;
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_that_became_secret_is_not_spoken_of_before_everybody() {
    let (house, square) = opened(Engine::Embedded).await;
    let token = token(&house);
    let server = square.serve(&house).await;
    square.post(SITI, &format!("@lapor1708 #lapor {TOLD}"), json!({})).await;
    let (code, pin) = receipt(text(&square.heard(SITI, false, 1).await));
    square.heard(SITI, true, 1).await;
    at_desk(&server, &token, &format!("{code}/disposition"), json!({"to": 630_000})).await;
    at_desk(&server, &token, &format!("{code}/classification"), json!({"class": "complaint", "supervisory": true}))
        .await;
    hasten(&house).await;
    let news = square.heard(SITI, false, 2).await;
    assert!(text(&news).contains(&code), "{news}");
    square
        .post(SITI, &format!("@lapor1708 STATUS {code}"), json!({"reply": square.said(SITI, true).await[0]["id"]}))
        .await;
    square.heard(SITI, false, 3).await;
    let public = square.said(SITI, true).await;
    assert_eq!(public.len(), 1, "{public:?}");
    assert!(!text(&public[0]).contains(&code) && !text(&public[0]).contains(&pin));
    server.kill();
    square.close().await;
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_takes_no_messages_is_asked_to_write_and_gets_the_receipt_then() {
    let (house, square) = opened(Engine::Embedded).await;
    let server = square.serve(&house).await;
    square.mood(json!({"closed": SITI})).await;
    square.post(SITI, &format!("@lapor1708 #lapor {TOLD}"), json!({})).await;
    let said = [square.heard(SITI, true, 1).await, square.heard(SITI, true, 2).await];
    assert!(said.iter().any(|one| text(one).contains("Kirim DM")), "{said:?}");
    square.mood(json!({})).await;
    square.write(SITI, "status", 0).await;
    let got = [square.heard(SITI, false, 1).await, square.heard(SITI, false, 2).await];
    assert!(got.iter().any(|one| text(one).contains("PIN")), "{got:?}");
    server.kill();
    square.close().await;
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_for_the_house_starts_nothing() {
    let (house, square) = opened(Engine::Embedded).await;
    let server = square.serve(&house).await;
    square.post(SITI, "Kata @lapor1708 jalan di sini akan diperbaiki", json!({})).await;
    square.post("1708", "@lapor1708 #lapor kirimannya sendiri", json!({})).await;
    square.post(BUDI, "@lapor1708 #lapor", json!({})).await;
    square.heard(BUDI, true, 1).await;
    assert_eq!(house.count("SELECT count(*) FROM message").await, 1);
    assert!(square.said(SITI, true).await.is_empty());
    server.kill();
    square.close().await;
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_is_waited_for_and_a_lost_answer_is_looked_for() {
    let (house, square) = opened(Engine::Embedded).await;
    let server = square.serve(&house).await;
    square.mood(json!({"refuse": 503})).await;
    square.post(SITI, &format!("@lapor1708 #lapor {TOLD}"), json!({})).await;
    let failed = "SELECT count(*) FROM x_feed WHERE name = 'mentions' AND failures > 0";
    until("a look failed", async || (house.count(failed).await == 1).then_some(())).await;
    square.mood(json!({"left": 1, "window": 3, "mute": 2})).await;
    look(&house).await;
    let doubt = "SELECT count(*) FROM letter WHERE failure = 'doubtful'";
    until("the answers to both are lost", async || (house.count(doubt).await == 2).then_some(())).await;
    square.mood(json!({})).await;
    until("both are settled", async || {
        house.meddle("UPDATE letter SET not_before = 0 WHERE state = 'queued'").await;
        (house.count("SELECT count(*) FROM letter WHERE state = 'sent'").await == 2).then_some(())
    })
    .await;
    assert_eq!((square.said(SITI, true).await.len(), square.said(SITI, false).await.len()), (1, 1));
    server.kill();
    square.close().await;
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_knocks_at_the_account() {
    let (house, _square) = opened(Engine::Embedded).await;
    assert!(house.run(&["migrate"], "").status.success());
    let found = house.run(&["doctor"], "");
    let said = String::from_utf8_lossy(&found.stdout).into_owned();
    assert!(found.status.success() && said.contains("Akun X menjawab"), "{said}");
    std::fs::write(house.folder.join("x-token"), "salah\n").unwrap();
    let said = String::from_utf8_lossy(&house.run(&["doctor"], "").stdout).into_owned();
    assert!(said.contains("Akun X tidak menjawab: 401"), "{said}");
    house.pull_down().await;
}
