//! Tokens that may do less than their seat.

use super::client::{Client, DISHUB, KALSEL, PUPR, limited, national, officer};
use domain::scope::{Scope, Verb};
use domain::{AgencyId, Role};
use serde_json::json;

both!(a_token_reads_but_does_not_act_unless_it_was_said, |house| {
    let (citizen, admin) = (Client::new(&house), national(&house).await);
    let (code, _) = citizen.disposed(&admin, json!({}), PUPR).await;
    let reader = limited(&house, "nasional", Scope { verbs: vec![Verb::Read], office: None }).await;
    reader.get(&format!("/desk/reports/{code}")).await.is(200);
    reader.get("/desk/officers").await.is(200);
    let note = json!({"text": "Coba menulis."});
    let refused = reader.post(&format!("/desk/reports/{code}/note"), note.clone()).await.is(403);
    assert_eq!(refused.json["code"], "scope");
    reader.get(&format!("/desk/reports/{code}/attachments/1")).await.is(403);
    let writer = limited(&house, "nasional", Scope { verbs: vec![Verb::Act], office: None }).await;
    writer.get(&format!("/desk/reports/{code}")).await.is(403);
    writer.get("/desk/reports").await.is(403);
    writer.post(&format!("/desk/reports/{code}/note"), note).await.is(200);
});

both!(a_token_for_one_office_knows_of_no_other, |house| {
    let (citizen, admin) = (Client::new(&house), national(&house).await);
    officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let (near, _) = citizen.disposed(&admin, json!({}), PUPR).await;
    let (far, _) = citizen.disposed(&admin, json!({}), DISHUB).await;
    let scope = || Scope { office: Some(AgencyId(PUPR)), ..Scope::whole() };
    for login in ["kalsel", "nasional"] {
        let roads = limited(&house, login, scope()).await;
        let inbox = roads.get("/desk/reports").await.is(200).json;
        let codes: Vec<&str> =
            inbox["items"].as_array().unwrap().iter().map(|item| item["code"].as_str().unwrap()).collect();
        assert_eq!(codes, [near.as_str()], "{login}");
        assert_eq!(inbox["tally"], json!({}), "{login} counts what it may not see");
        roads.get(&format!("/desk/reports/{near}")).await.is(200);
        let unseen = roads.get(&format!("/desk/reports/{far}")).await.is(404);
        let unknown = roads.get("/desk/reports/9999999990").await.is(404);
        assert_eq!(unseen.json, unknown.json);
        let note = json!({"text": "Coba menulis."});
        roads.post(&format!("/desk/reports/{far}/note"), note.clone()).await.is(404);
        roads.post(&format!("/desk/reports/{near}/note"), note).await.is(200);
        roads.get(&format!("/desk/officers?agency={DISHUB}")).await.is(403);
        roads.get("/desk/officers").await.is(200);
    }
});

both!(nobody_gives_away_more_than_the_seat_has, |house| {
    officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let elsewhere = Scope { verbs: vec![Verb::Read], office: Some(AgencyId(640_200)) };
    assert!(matches!(house.app.make_token("kalsel", None, "uji", elsewhere).await, Err(app::Error::Denied)));
    let nothing = Scope { verbs: vec![], office: None };
    assert!(matches!(house.app.make_token("kalsel", None, "uji", nothing).await, Err(app::Error::Denied)));
});
