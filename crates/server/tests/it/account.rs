//! Accounts and tokens that an operator makes work at once, and end at once.

use super::house::{Engine, House, Server};
use super::http::Request;
use std::process::Output;

const PASSWORD: &str = "rahasia-sekali";
const CASES: &str = "/api/v1/desk/reports";

fn add(house: &House, login: &str, role: &str, agency: &str, password: &str) -> Output {
    let seat = ["user", "add", login, "--name", "Sari Contoh", "--role", role, "--agency", agency];
    house.run(&seat, password)
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

async fn log_in(server: &Server, login: &str, password: &str) -> u16 {
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let body = format!("login={login}&password={password}&back=/desk");
    server.ask(&Request::post("/desk/masuk", &form, &body)).await.status
}

async fn cases(server: &Server, token: &str) -> u16 {
    let bearer = format!("Bearer {token}");
    server.ask(&Request { headers: &[("Authorization", &bearer)], ..Request::get(CASES) }).await.status
}

#[tokio::test]
async fn an_account_opens_the_desk_and_its_token_the_api_until_it_is_closed() {
    let house = House::build(Engine::Embedded).await;
    let added = add(&house, "sari", "agency_admin", "630000", PASSWORD);
    assert!(added.status.success(), "{}", said(&added));
    let made = house.run(&["token", "create", "--user", "sari", "--label", "uji"], "");
    let token = String::from_utf8(made.stdout).unwrap().trim().to_owned();
    assert!(token.len() >= 32, "a token that can be guessed: {token}");
    assert!(said(&house.run(&["user", "list"], "")).contains("sari  agency_admin"));

    let server = house.serve().await;
    assert_eq!(log_in(&server, "sari", PASSWORD).await, 303);
    assert_eq!(log_in(&server, "sari", "kata-sandi-lain").await, 422);
    assert_eq!(cases(&server, &token).await, 200);
    assert_eq!(cases(&server, &token.chars().rev().collect::<String>()).await, 401);
    assert_eq!(server.ask(&Request::get(CASES)).await.status, 401);

    assert!(house.run(&["user", "deactivate", "sari"], "").status.success());
    assert_eq!(cases(&server, &token).await, 401);
    assert_eq!(log_in(&server, "sari", PASSWORD).await, 422);
    server.kill();
    house.pull_down().await;
}

#[tokio::test]
async fn an_account_that_cannot_be_made_says_why() {
    let house = House::build(Engine::Embedded).await;
    let refusals = [
        (add(&house, "sari", "raja", "630000", PASSWORD), "agency_admin"),
        (add(&house, "sari", "agency_admin", "999999999", PASSWORD), "--agency"),
        (add(&house, "sari", "agency_admin", "630000", "pendek"), "characters"),
        (house.run(&["token", "create", "--user", "tidak-ada"], ""), "tidak-ada"),
    ];
    for (refused, wanted) in refusals {
        assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
        assert!(said(&refused).contains(wanted), "{}", said(&refused));
    }
    assert!(add(&house, "sari", "agency_admin", "630000", PASSWORD).status.success());
    let twice = add(&house, "sari", "agency_admin", "630000", PASSWORD);
    assert!(!twice.status.success() && said(&twice).contains("taken"), "{}", said(&twice));
    house.pull_down().await;
}

#[tokio::test]
async fn an_operator_asks_for_second_factors_resets_them_and_limits_tokens() {
    let house = House::build(Engine::Embedded).await;
    assert!(add(&house, "sari", "agency_admin", "630000", PASSWORD).status.success());
    assert!(house.run(&["user", "require-factor", "--role", "agency_admin"], "").status.success());
    assert!(house.run(&["user", "reset-factors", "sari"], "").status.success());
    let nobody = house.run(&["user", "reset-factors", "tidak-ada"], "");
    assert!(!nobody.status.success() && said(&nobody).contains("tidak-ada"));
    let role = house.run(&["user", "require-factor", "--role", "raja"], "");
    assert!(!role.status.success() && said(&role).contains("--role"));

    let token = ["token", "create", "--user", "sari", "--label", "rekap", "--verbs", "read,export"];
    let near = house.run(&[&token[..], &["--agency", "630003"]].concat(), "");
    assert!(near.status.success(), "{}", said(&near));
    let far = house.run(&[&token[..], &["--agency", "640200"]].concat(), "");
    assert!(!far.status.success() && said(&far).contains("--agency"), "{}", said(&far));
    let verb = house.run(&["token", "create", "--user", "sari", "--verbs", "semua"], "");
    assert!(!verb.status.success() && said(&verb).contains("--verbs"));
    let listed = said(&house.run(&["token", "list", "--user", "sari"], ""));
    assert!(listed.contains("rekap  read,export  630003"), "{listed}");

    let server = house.serve().await;
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let body = format!("login=sari&password={PASSWORD}&back=/desk");
    let answer = server.ask(&Request::post("/desk/masuk", &form, &body)).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/desk/masuk/pasang?back=/desk")));
    server.kill();
    house.pull_down().await;
}

#[tokio::test]
async fn an_identity_provider_is_set_up_by_variables_and_a_file() {
    let mut house = House::build(Engine::Embedded).await;
    std::fs::write(house.folder.join("rahasia"), "rahasia contoh\n").unwrap();
    house.settings = vec![
        ("LAPOR_IDENTITY_ISSUER", "http://masuk.contoh.go.id".to_owned()),
        ("LAPOR_IDENTITY_CLIENT_SECRET_FILE", "rahasia".to_owned()),
        ("LAPOR_IDENTITY_LABEL", "Masuk Pegawai".to_owned()),
        ("LAPOR_IDENTITY_SECOND_FACTOR", "[mfa]".to_owned()),
    ];
    let told = said(&house.run(&["user", "reset-factors", "sari"], ""));
    assert!(told.contains("LAPOR_IDENTITY_ISSUER"), "{told}");
    house.settings[0].1 = "https://masuk.contoh.go.id".to_owned();
    let told = said(&house.run(&["user", "reset-factors", "sari"], ""));
    assert!(told.contains("LAPOR_IDENTITY_CLIENT_ID"), "{told}");
    house.settings.push(("LAPOR_IDENTITY_CLIENT_ID", "lapor".to_owned()));
    let server = house.serve().await;
    let page = server.ask(&Request::get("/desk/masuk")).await;
    assert!(page.text().contains("Masuk dengan Masuk Pegawai"), "{}", page.text());
    server.kill();
    house.pull_down().await;
}
