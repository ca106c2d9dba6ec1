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

#[tokio::test]
async fn a_value_that_is_none_is_told_with_its_variable_or_its_file() {
    let said = refused(&[("LAPOR_CONNECTIONS", "banyak")], "").await;
    assert!(said.contains("LAPOR_CONNECTIONS") && said.contains("banyak") && !said.contains("lapor.toml"), "{said}");
    let said = refused(&[], "connections = \"banyak\"\n").await;
    assert!(said.contains("lapor.toml: connections") && said.contains("banyak"), "{said}");
}

#[tokio::test]
async fn a_file_that_was_asked_for_must_be_there() {
    let house = House::build(Engine::Embedded).await;
    let absent = house.folder.join("lain.toml");
    let ended = house.run(&["--config", absent.to_str().unwrap(), "migrate"], "");
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(1), "{said}");
    assert!(said.contains("lain.toml") && said.contains("--config"), "{said}");
    assert!(!house.folder.join("lapor.db").exists());
    std::fs::write(&absent, "log = \"warn\"\n").unwrap();
    assert!(house.run(&["migrate", "--config", absent.to_str().unwrap()], "").status.success());
    house.pull_down().await;
}

#[tokio::test]
async fn the_doctor_says_how_to_mend_a_setting_that_keeps_it_from_looking() {
    let house = House::build(Engine::Embedded).await;
    for (name, value) in [("LAPOR_CONNECTIONS", "banyak"), ("LAPOR_LOG", "a=b=c"), ("LAPOR_DATABASE_URL", "mysql://x")]
    {
        let mut command = house.command(&["doctor"]);
        command.env(name, value);
        let ended = finished(command, "");
        let said = String::from_utf8_lossy(&ended.stdout).into_owned();
        assert_eq!(ended.status.code(), Some(1), "{said}");
        let setting = name.trim_start_matches("LAPOR_").to_lowercase();
        assert!(said.starts_with("rusak") && said.to_lowercase().contains(&setting), "{name}: {said}");
        assert!(said.contains("Periksa setelan itu"), "{name}: {said}");
    }
    house.pull_down().await;
}
