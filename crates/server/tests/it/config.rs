//! A configuration that cannot be used says which setting is wrong, and what would be right.

use super::house::{Engine, House, finished, free};
use std::net::TcpListener;

/// What the program says when it refuses to start with these variables.
async fn refused(variables: &[(&str, &str)], file: &str) -> String {
    let house = House::build(Engine::Embedded).await;
    std::fs::write(house.folder.join("lapor.toml"), file).unwrap();
    let mut command = house.command(&["serve"]);
    command.env("LAPOR_LISTEN", free()).env("LAPOR_METRICS_LISTEN", free()).envs(variables.iter().copied());
    let ended = finished(command, "");
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(1), "{said}");
    assert!(!said.contains("panicked") && said.lines().count() <= 4, "{said}");
    house.pull_down().await;
    said
}

#[tokio::test]
async fn an_address_that_is_none_is_named() {
    let said = refused(&[("LAPOR_LISTEN", "di sini")], "").await;
    assert!(said.to_lowercase().contains("listen") && said.contains("socket address"), "{said}");
}

#[tokio::test]
async fn a_mistyped_setting_is_named_with_those_that_exist() {
    let said = refused(&[], "lisen = \"127.0.0.1:1708\"\n").await;
    assert!(said.contains("lapor.toml") && said.contains("lisen"), "{said}");
    assert!(said.contains("`listen`") && said.contains("`database_url`"), "{said}");
}

#[tokio::test]
async fn an_unknown_kind_of_database_is_told_with_the_known_ones() {
    let said = refused(&[("LAPOR_DATABASE_URL", "mysql://localhost/lapor")], "").await;
    assert!(said.contains("database_url") && said.contains("sqlite://") && said.contains("postgres://"), "{said}");
}

#[tokio::test]
async fn a_taken_port_is_told_with_its_address() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = refused(&[("LAPOR_LISTEN", &address)], "").await;
    assert!(said.contains("listen") && said.contains(&address) && said.contains("in use"), "{said}");
}

#[tokio::test]
async fn an_absent_database_server_is_told_at_once() {
    let url = format!("postgres://nobody@{}/lapor", free());
    let said = refused(&[("LAPOR_DATABASE_URL", &url)], "").await;
    assert!(said.contains("database_url") && said.contains("refused"), "{said}");
}
