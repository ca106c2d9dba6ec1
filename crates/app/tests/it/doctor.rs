//! The doctor finds what is wrong, and only that.

use crate::people::*;
use crate::world::House;
use app::doctor::{Severity, check};
use app::seed::seed;

async fn complaints(house: &House) -> Vec<&'static str> {
    let findings = check(&house.app, true, |_| ()).await.unwrap();
    let bad = findings.into_iter().filter(|finding| finding.severity == Severity::Broken);
    // The tests' key is plain to see, and the machine's disk is none of their business.
    bad.map(|finding| finding.code).filter(|code| !["doctor-key-weak", "doctor-disk-full"].contains(code)).collect()
}

both!(a_sound_house_has_no_complaints, |house| {
    seed(&house.app, 200, 1, |_| ()).await.unwrap();
    let code = with_pupr(&house.app, letter("sound")).await;
    act(&house.app, code, pupr(), answer("Sudah kami periksa di lapangan.")).await.unwrap();
    house.work().await;
    assert_eq!(complaints(&house).await, [] as [&str; 0]);
    let mut told = 0;
    check(&house.app, true, |n| told += n).await.unwrap();
    assert_eq!(told, 201);
});

both!(a_row_that_its_log_does_not_explain_is_found, |house| {
    let code = with_pupr(&house.app, letter("forged")).await;
    house.meddle("UPDATE report SET state = replace(state, '\"supports\":0', '\"supports\":900')").await;
    assert_eq!(complaints(&house).await, ["doctor-log-false", "doctor-logs-false"]);
    let findings = check(&house.app, true, |_| ()).await.unwrap();
    let found = findings.iter().find(|finding| finding.code == "doctor-log-false").unwrap();
    assert_eq!(found.params, [("report", row(&house.app, code).await.report.id.to_string())]);
});

both!(a_counter_that_drifted_is_found, |house| {
    with_pupr(&house.app, letter("drift")).await;
    house.meddle("UPDATE counter SET n = n + 3 WHERE n = 1").await;
    assert_eq!(complaints(&house).await, ["doctor-counter-wrong", "doctor-counters-wrong"]);
});

both!(a_file_that_is_gone_is_found, |house| {
    let mut incoming = house.app.receive().await.unwrap();
    incoming.push(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n").await.unwrap();
    let upload = house.app.keep(incoming, "surat.pdf").await.unwrap();
    let mut with_file = letter("file");
    with_file.uploads = vec![upload];
    submit(&house.app, with_file).await;
    assert_eq!(complaints(&house).await, [] as [&str; 0]);
    std::fs::remove_dir_all(house.file("files")).unwrap();
    std::fs::create_dir_all(house.file("files")).unwrap();
    assert_eq!(complaints(&house).await, ["doctor-file-missing", "doctor-files-missing"]);
});

both!(a_scheduler_that_stands_still_is_noticed, |house| {
    submit(&house.app, letter("still")).await;
    house.at("2026-11-11T03:00:00Z");
    let findings = check(&house.app, false, |_| ()).await.unwrap();
    let found = findings.iter().find(|finding| finding.code == "doctor-scheduler-late").unwrap();
    assert_eq!((found.severity, &found.params[..]), (Severity::Warning, &[("late", "1".to_owned())][..]));
});
