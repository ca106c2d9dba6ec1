//! What nobody may learn by the API.

use super::client::{Client, DISHUB, KALSEL, PUPR, liaison, national, officer};
use domain::{AgencyId, Role};
use serde_json::json;

both!(an_anonymous_name_is_in_no_answer, |house| {
    let (citizen, admin, liaison) = (Client::new(&house), national(&house).await, liaison(&house).await);
    let person =
        json!({"anonymous": true, "name": "Rahmat Contoh", "phone": "081299988877", "email": "rahmat@contoh.id"});
    let (code, pin) = citizen.disposed(&admin, person, PUPR).await;
    let chief = officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let leader = officer(&house, "gubernur", Role::Leader, KALSEL).await;
    house.work().await;
    for (who, client) in
        [("admin", &admin), ("liaison", &liaison), ("chief", &chief), ("leader", &leader), ("public", &citizen)]
    {
        let room = if who == "public" { "" } else { "/desk" };
        for path in [format!("{room}/reports/{code}"), format!("{room}/reports")] {
            let answer = client.get(&path).await.is(200);
            let text = answer.json.to_string().to_lowercase();
            assert!(text.contains("pasar") || answer.json["items"] == json!([]), "{who} {path}: {text}");
            for secret in ["rahmat", "81299988877", "contoh.id"] {
                assert!(!text.contains(secret), "{who} {path}: {text}");
            }
        }
    }
    let own = citizen.pin(&pin).get(&format!("/reports/{code}")).await.is(200).json;
    assert_eq!(own["reporter"]["name"], "Rahmat Contoh");
});

both!(a_secret_report_is_as_if_it_were_not, |house| {
    let (citizen, admin, liaison) = (Client::new(&house), national(&house).await, liaison(&house).await);
    let stranger = officer(&house, "dishub", Role::LiaisonOfficer, DISHUB).await;
    let secret = json!({"secret": true, "title": "Pungutan liar di loket layanan"});
    let (code, pin) = citizen.disposed(&admin, secret, PUPR).await;
    let (open, _) = citizen.disposed(&admin, json!({}), PUPR).await;
    house.work().await;

    let sealed = citizen.get(&format!("/reports/{code}")).await.is(404);
    let unknown = citizen.get("/reports/9999999990").await.is(404);
    assert_eq!(sealed.json, unknown.json);
    stranger.get(&format!("/desk/reports/{code}")).await.is(404);
    let note = json!({"text": "Coba menulis."});
    stranger.post(&format!("/desk/reports/{code}/note"), note).await.is(404);
    liaison.get(&format!("/desk/reports/{code}")).await.is(200);
    citizen.pin(&pin).get(&format!("/reports/{code}")).await.is(200);

    for query in ["", "?q=pungutan", "?region=63.72", "?class=complaint", "?stage=disposed", "?agency=630003"] {
        let listed = citizen.get(&format!("/reports{query}")).await.is(200).json.to_string();
        assert!(!listed.contains(&code), "{query}: {listed}");
        assert!(query == "?q=pungutan" || listed.contains(&open), "{query}: {listed}");
    }
    assert!(!stranger.get("/desk/reports").await.is(200).json.to_string().contains(&code));
    let figures = house.app.figures().await.unwrap();
    let agencies = &house.app.reference().rules.agencies;
    assert_eq!(figures.public(agencies, None).all(), 1);
    assert_eq!(figures.desk(agencies, Some(AgencyId(PUPR))).all(), 2);
});

both!(a_place_is_not_for_the_public, |house| {
    let (citizen, admin) = (Client::new(&house), national(&house).await);
    let place = json!({"place": "Rumah nomor 7 gang Melati", "latitude": -3.44, "longitude": 114.83});
    let (code, pin) = citizen.disposed(&admin, place, PUPR).await;
    let public = citizen.get(&format!("/reports/{code}")).await.is(200).json;
    assert!(!public.to_string().contains("Melati") && public["latitude"].is_null(), "{public}");
    let own = citizen.pin(&pin).get(&format!("/reports/{code}")).await.is(200).json;
    assert_eq!((&own["place"], &own["latitude"]), (&json!("Rumah nomor 7 gang Melati"), &json!(-3.44)));
});

both!(pins_cannot_be_guessed, |house| {
    let citizen = Client::new(&house);
    let (code, pin) = citizen.submit(json!({})).await;
    let path = format!("/reports/{code}");
    for _ in 0..20 {
        citizen.pin(&pin).get(&path).await.is(200);
    }
    let wrong = citizen.pin(if pin == "000000" { "000001" } else { "000000" });
    let refused = wrong.get(&path).await.is(404);
    let unknown = wrong.get("/reports/9999999990").await.is(404);
    assert_eq!(refused.json, unknown.json);
    for _ in 0..9 {
        wrong.get(&path).await.is(404);
    }
    let limited = wrong.get(&path).await.is(429);
    let seconds: u64 = limited.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=361).contains(&seconds), "{seconds}");
    citizen.pin(&pin).get(&path).await.is(429);
    assert_eq!(citizen.post(&format!("{path}/replies"), json!({"text": "Halo."})).await.is(401).code(), "pin-missing");
});

both!(the_desk_needs_a_token_that_is_valid, |house| {
    let citizen = Client::new(&house);
    let (code, pin) = citizen.submit(json!({})).await;
    for client in [&citizen, &citizen.pin(&pin), &citizen.with("authorization", "Bearer deadbeef")] {
        for path in ["/desk/reports".to_owned(), format!("/desk/reports/{code}"), "/desk/officers".to_owned()] {
            let refused = client.get(&path).await.is(401);
            assert_eq!(refused.code(), "token");
            assert!(refused.headers["www-authenticate"].to_str().unwrap().starts_with("Bearer"));
        }
        client.post(&format!("/desk/reports/{code}/archive"), json!({})).await.is(401);
    }
    let admin = national(&house).await;
    admin.get("/desk/reports").await.is(200);
    house.app.set_officer_active("nasional", false).await.unwrap();
    admin.get("/desk/reports").await.is(401);
});
