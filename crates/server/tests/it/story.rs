//! What officers and reporters do in the stories of several channels.

use super::house::{House, Server};
use super::http::Request;
use serde_json::Value;

/// A token of the national admin.
pub fn token(house: &House) -> String {
    let seat = ["user", "add", "admin", "--name", "Admin Contoh", "--role", "national_admin", "--agency", "1"];
    assert!(house.run(&seat, "rahasia-sekali").status.success());
    let made = house.run(&["token", "create", "--user", "admin"], "");
    String::from_utf8(made.stdout).unwrap().trim().to_owned()
}

/// Lets letters leave at once that would wait for the next deed of an officer, or for the morning.
pub async fn hasten(house: &House) {
    house.meddle("UPDATE letter SET not_before = 0, urgent = TRUE WHERE state = 'queued'").await;
}

/// Number and PIN out of a receipt.
pub fn receipt(text: &str) -> (String, String) {
    let after = |word: &str| {
        let rest = &text[text.find(word).unwrap_or_else(|| panic!("no {word} in {text}")) + word.len()..];
        rest.chars().take_while(char::is_ascii_digit).collect::<String>()
    };
    (after("Nomor "), after("PIN "))
}

/// A report as its reporter sees it.
pub async fn own_view(server: &Server, code: &str, pin: &str) -> Value {
    let path = format!("/api/v1/reports/{code}");
    let answer = server.ask(&Request { headers: &[("X-Report-Pin", pin)], ..Request::get(&path) }).await.is(200);
    serde_json::from_slice(&answer.body).unwrap()
}

/// A command of the officer with the token.
pub async fn at_desk(server: &Server, token: &str, path: &str, body: Value) {
    let bearer = format!("Bearer {token}");
    let headers = [("Content-Type", "application/json"), ("Authorization", bearer.as_str())];
    server.ask(&Request::post(&format!("/api/v1/desk/reports/{path}"), &headers, &body.to_string())).await.is(200);
}
