//! A report with more supporters than a page tells events.

use crate::people::*;
use crate::world::House;
use app::doctor::check;
use domain::Code;

const LAST: usize = 6_000;

/// A report in the hands of an office that thousands support.
async fn popular(house: &House) -> Code {
    let code = with_pupr(&house.app, letter("popular")).await;
    let report = row(&house.app, code).await.report;
    let (id, seq) = (report.id, report.seq);
    let supports = LAST - seq as usize;
    let numbers = format!("WITH RECURSIVE n(i) AS (SELECT {} UNION ALL SELECT i + 1 FROM n WHERE i < {LAST})", seq + 1);
    let at = store::millis(house.app.now());
    let supported = format!(r#"{id}, i, {at}, 0, 'supported', 'public', '{{"kind":"supported"}}'"#);
    let columns = "(report_id, seq, at, day, kind, by_kind, data)";
    house.meddle(&format!("INSERT INTO event {columns} {numbers} SELECT {supported} FROM n")).await;
    let state = format!(r#"replace(state, '"supports":0', '"supports":{supports}')"#);
    let state = format!(r#"replace({state}, '"seq":{seq},', '"seq":{LAST},')"#);
    house.meddle(&format!("UPDATE report SET seq = {LAST}, state = {state}")).await;
    code
}

both!(thousands_of_supporters_hide_neither_the_answer_nor_the_beginning, |house| {
    let code = popular(&house).await;
    act(&house.app, code, pupr(), answer("Lubang di depan pasar telah ditambal.")).await.unwrap();
    let view = house.app.view(code, &pupr()).await.unwrap();
    let told: Vec<_> = view.steps.iter().map(|step| step.logged.event.kind().name()).collect();
    assert_eq!(told, ["submitted", "disposed", "disposed", "answered"]);
    assert_eq!(view.title, "Jalan rusak di depan pasar");
});

both!(a_log_of_thousands_of_events_is_replayed_to_its_end, |house| {
    let code = popular(&house).await;
    act(&house.app, code, pupr(), answer("Lubang di depan pasar telah ditambal.")).await.unwrap();
    let findings = check(&house.app, true, |_| ()).await.unwrap();
    let logs: Vec<_> = findings.iter().map(|finding| finding.code).filter(|code| code.contains("-log")).collect();
    assert_eq!(logs, ["doctor-logs"]);
});
