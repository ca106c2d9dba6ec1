//! What must never happen by a slip: a new key over old reports, an account that everybody can open.

use super::house::{Engine, House, finished, free};
use std::net::TcpListener;
use std::process::Output;

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

/// Insists that a command ends badly, and returns what it says.
#[track_caller]
fn refused(house: &House, arguments: &[&str]) -> String {
    let mut command = house.command(arguments);
    command.env("LAPOR_LISTEN", free()).env("LAPOR_METRICS_LISTEN", free());
    let ended = finished(command, "");
    assert_eq!(ended.status.code(), Some(1), "{}", said(&ended));
    said(&ended)
}

/// A house with three reports.
async fn house_with_reports() -> House {
    let house = House::build(Engine::Embedded).await;
    let seeded = house.run(&["seed", "--reports", "3"], "");
    assert!(seeded.status.success(), "{}", said(&seeded));
    house
}

#[tokio::test]
async fn a_lost_key_is_not_replaced_while_reports_hang_on_it() {
    let house = house_with_reports().await;
    let key = house.folder.join("server.key");
    let copy = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    for command in [&["serve"][..], &["migrate"], &["user", "list"], &["doctor"]] {
        let told = refused(&house, command);
        assert!(told.contains("Kembalikan salinan server.key"), "{command:?}: {told}");
        assert!(!key.exists(), "{command:?} made a new key");
    }
    assert!(refused(&house, &["serve"]).contains("Put the copy of server.key back"));

    std::fs::write(&key, [7; 32]).unwrap();
    for command in [&["serve"][..], &["doctor"]] {
        let told = refused(&house, command);
        assert!(told.contains("bukan kunci yang dipakai"), "{command:?}: {told}");
    }

    std::fs::write(&key, copy).unwrap();
    house.serve().await.kill();
    let found = house.run(&["doctor"], "");
    assert_eq!(found.status.code(), Some(0), "{}", said(&found));
    house.pull_down().await;
}

#[tokio::test]
async fn a_key_may_be_made_anew_before_the_first_report() {
    let house = House::build(Engine::Embedded).await;
    assert!(house.run(&["migrate"], "").status.success());
    let key = house.folder.join("server.key");
    std::fs::remove_file(&key).unwrap();
    let found = house.run(&["doctor"], "");
    assert!(found.status.success() && said(&found).contains("server.key"), "{}", said(&found));
    assert!(!key.exists(), "the doctor made a key");
    assert!(house.run(&["migrate"], "").status.success());
    assert!(key.exists());
    house.serve().await.kill();
    house.pull_down().await;
}

#[tokio::test]
async fn the_doctor_makes_nothing_in_a_folder_that_was_mistyped() {
    let house = House::build(Engine::Embedded).await;
    let (folder, empty) = (house.folder.join("dta"), house.folder.join("empty"));
    std::fs::create_dir(&empty).unwrap();
    for (place, wanted) in [(&folder, "dta"), (&empty, "lapor.db")] {
        let mut command = house.command(&["doctor"]);
        command.env("LAPOR_DATA_DIR", place).env_remove("LAPOR_DATABASE_URL");
        let ended = finished(command, "");
        assert_eq!(ended.status.code(), Some(1), "{}", said(&ended));
        assert!(said(&ended).contains(wanted) && said(&ended).contains("LAPOR_DATA_DIR"), "{}", said(&ended));
    }
    assert!(!folder.exists() && std::fs::read_dir(&empty).unwrap().next().is_none());
    house.pull_down().await;
}

#[tokio::test]
async fn the_doctor_finds_an_old_schema_and_leaves_it() {
    let house = house_with_reports().await;
    house.meddle("DELETE FROM schema_version WHERE version = (SELECT MAX(version) FROM schema_version)").await;
    for _ in 0..2 {
        let told = refused(&house, &["doctor"]);
        assert!(told.contains("Jalankan: lapor migrate"), "{told}");
    }
    house.pull_down().await;
}

#[tokio::test]
async fn a_demo_keeps_away_from_the_data_of_others() {
    let house = House::build(Engine::Embedded).await;
    let seat = ["user", "add", "sari", "--name", "Sari Contoh", "--role", "agency_admin", "--agency", "630000"];
    assert!(house.run(&seat, "rahasia-sekali").status.success());
    let told = refused(&house, &["demo"]);
    assert!(told.contains("kata sandi") && told.contains("LAPOR_DATA_DIR"), "{told}");
    let accounts = house.run(&["user", "list"], "");
    assert_eq!(String::from_utf8_lossy(&accounts.stdout).lines().count(), 1, "{}", said(&accounts));
    house.pull_down().await;

    let house = house_with_reports().await;
    refused(&house, &["demo"]);
    assert!(house.run(&["user", "list"], "").stdout.is_empty());
    house.pull_down().await;
}

#[tokio::test]
async fn a_demo_has_a_folder_of_its_own_and_is_not_served_to_other_machines() {
    let house = House::build(Engine::Embedded).await;
    let keeper = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = keeper.local_addr().unwrap().to_string();
    let run = |verb: &str, listen: &str| {
        let mut command = house.command(&[verb]);
        command.env_remove("LAPOR_DATA_DIR").env_remove("LAPOR_DATABASE_URL");
        command.env("LAPOR_LISTEN", listen).env("LAPOR_METRICS_LISTEN", free());
        if verb == "serve" {
            command.env("LAPOR_DATA_DIR", "data-demo");
        }
        let ended = finished(command, "");
        assert_eq!(ended.status.code(), Some(1), "{}", said(&ended));
        said(&ended)
    };
    let installed = run("demo", &taken);
    assert!(installed.contains(&format!("listen: {taken}")), "{installed}");
    assert!(house.folder.join("data-demo/lapor.db").exists());
    let again = run("demo", &taken);
    assert!(again.contains(&format!("listen: {taken}")), "a demo that is there is refused: {again}");
    let open = run("serve", &format!("0.0.0.0:{}", free().rsplit_once(':').unwrap().1));
    assert!(open.contains("nasional") && open.contains("lapor user deactivate"), "{open}");
    let near = run("serve", &taken);
    assert!(near.contains("published password") && near.contains("nasional"), "no warning: {near}");
    drop(keeper);
    house.pull_down().await;
}
