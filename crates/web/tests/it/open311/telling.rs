//! The system of an agency tells what became of a report.

use super::client::{Answer, Client, KALSEL, Office, PUPR, add, token};
use crate::world::House;
use domain::report::{EventKind, StageKind};
use domain::scope::{Scope, Verb};
use domain::{Actor, AgencyId, Code, Command, Role};

const TEXT: &str = "Lubang itu sudah ditambal pagi ini.";

async fn tell(house: &House, key: &str, id: &str, more: &[(&str, &str)]) -> Answer {
    let mut form = vec![
        ("api_key", key),
        ("service_request_id", id),
        ("update_id", "7"),
        ("updated_datetime", "2026-11-09T09:00:00+07:00"),
        ("status", "FIXED"),
        ("description", TEXT),
    ];
    form.retain(|(name, _)| more.iter().all(|(other, _)| name != other));
    form.extend_from_slice(more);
    Client::new(house).post("/servicerequestupdates.json", &form).await
}

/// A key bound to an office.
async fn bound(house: &House, login: &str, office: i64) -> String {
    token(house, login, Scope { verbs: vec![Verb::Act], office: Some(AgencyId(office)) }).await
}

both!(an_update_of_the_agencys_system_is_a_note_once_and_never_an_answer, |house| {
    let office = Office::open(&house).await;
    let id = office.verified(&[]).await;
    let key = bound(&house, "kalsel", KALSEL).await;
    let first = tell(&house, &key, &id, &[]).await.is(200);
    assert_eq!(first.headers["cache-control"], "no-store");
    let again = tell(&house, &key, &id, &[("description", "Kata lain.")]).await.is(200);
    assert_eq!(again.json, first.json, "the same update was taken twice");
    let code = Code::parse(&id).unwrap();
    let view = house.app.view(code, &office.liaison).await.unwrap();
    let notes: Vec<_> = view.steps.iter().filter(|step| step.logged.event.kind() == EventKind::Noted).collect();
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].words.as_ref().unwrap().body, format!("FIXED: {TEXT}"));
    assert_eq!((notes[0].logged.by, view.report().stage.kind()), (Actor::System, StageKind::Disposed));
    assert_eq!(first.json[0]["update_id"], format!("{id}-{}", notes[0].logged.seq));
    let told = house.app.notices(&office.liaison, None, 10).await.unwrap();
    assert!(told.iter().any(|notice| notice.kind == "peer_told"), "the office that holds it is not told");
    let case = house.app.peer_case(&office.liaison, view.report()).await.unwrap().unwrap();
    assert_eq!(case.heard.len(), 1);
    for outside in [Actor::Public, Actor::Reporter] {
        let view = house.app.view(code, &outside).await.unwrap();
        assert!(!format!("{view:?}").contains(TEXT), "{outside:?} reads what nobody has said to them");
        assert_eq!(house.app.peer_case(&outside, view.report()).await.unwrap(), None);
    }
    let listed = Client::new(&house).get("/servicerequestupdates.json?jurisdiction_id=630000").await.is(200);
    assert!(!listed.text.contains(TEXT), "{}", listed.text);
});

both!(only_the_key_of_the_agency_that_holds_a_report_tells_of_it, |house| {
    let office = Office::open(&house).await;
    let id = office.verified(&[]).await;
    for (login, role, agency) in [
        ("petugas", Role::Operator, KALSEL),
        ("pimpinan", Role::Leader, KALSEL),
        ("jateng", Role::AgencyAdmin, 330_000),
        ("pusat", Role::NationalAdmin, 1),
    ] {
        add(&house, login, role, agency).await;
        let key = token(&house, login, Scope::whole()).await;
        tell(&house, &key, &id, &[]).await.is(404);
    }
    let reading = token(&house, "kalsel", Scope { verbs: vec![Verb::Read], office: None }).await;
    tell(&house, &reading, &id, &[]).await.is(404);
    tell(&house, "bukan-kunci", &id, &[]).await.is(403);
    tell(&house, "", &id, &[]).await.is(403);
    let key = bound(&house, "kalsel", KALSEL).await;
    for unknown in ["1234567890", "x", "2085653719"] {
        assert_eq!(tell(&house, &key, unknown, &[]).await.is(404).json[0]["code"], 404, "{unknown}");
    }
    let national = bound(&house, "pusat", PUPR).await;
    tell(&house, &national, &id, &[]).await.is(200);
});

both!(a_sealed_report_is_the_same_as_none, |house| {
    let office = Office::open(&house).await;
    let sealed = office.verified(&[("attribute[secret]", "yes")]).await;
    let fresh = office.send(&[("description", "Jalan lain yang belum diperiksa siapa pun.")]).await;
    let key = bound(&house, "kalsel", KALSEL).await;
    let none = tell(&house, &key, "1234567890", &[]).await.is(404);
    for id in [sealed, fresh] {
        assert_eq!(tell(&house, &key, &id, &[]).await.is(404).json, none.json);
    }
});

both!(every_slip_of_an_update_is_told_at_once, |house| {
    let office = Office::open(&house).await;
    let id = office.verified(&[]).await;
    let slips = |answer: Answer| answer.is(400).errors().len();
    let long = "x".repeat(4_001);
    let wrong = [("update_id", ""), ("status", "selesai"), ("updated_datetime", "kemarin"), ("description", &long)];
    assert_eq!(slips(tell(&house, &office.key, &id, &wrong).await), 4);
    assert_eq!(slips(tell(&house, &office.key, &id, &[("updated_datetime", "2031-01-01T00:00:00Z")]).await), 1);
    assert_eq!(slips(tell(&house, &office.key, &id, &[("media_url", "javascript:alert(1)")]).await), 1);
    let bare = [("description", ""), ("status", "in_progress"), ("updated_datetime", "")];
    tell(&house, &office.key, &id, &bare).await.is(200);
    let view = house.app.view(Code::parse(&id).unwrap(), &office.liaison).await.unwrap();
    assert_eq!(view.steps.last().unwrap().words.as_ref().unwrap().body, "IN_PROGRESS");
});

both!(an_update_after_the_agency_gave_the_report_back_is_not_taken, |house| {
    let office = Office::open(&house).await;
    let id = office.verified(&[]).await;
    let to = AgencyId(330_000);
    office.act(&id, &office.national, Command::Dispose { to, note: None }).await;
    let key = bound(&house, "kalsel", KALSEL).await;
    tell(&house, &key, &id, &[]).await.is(404);
});
