//! The working-day clock by the API, over Idulfitri 2026.

use super::client::Client;
use serde_json::{Value, json};

both!(a_first_answer_over_idulfitri_2026_is_due_on_the_last_day_of_march, |house| {
    let client = Client::new(&house);
    for region in ["63", "63.72", "63.72.02"] {
        let path = format!("/deadline?from=2026-03-17&policy=first_answer&region={region}");
        let answer = client.get(&path).await.is(200).json;
        assert_eq!(answer["due"], "2026-03-31T23:59:59+08:00");
        assert_eq!((&answer["zone"], &answer["region"]), (&json!("WITA"), &json!(region)));
        assert_eq!((&answer["limit_days"], &answer["unit"]), (&json!(5), &json!("working_day")));
        assert_eq!(answer["calendar_known"], true);
        let days = answer["days"].as_array().unwrap();
        let counted: Vec<&Value> = days.iter().filter(|day| day["counts"] == true).map(|day| &day["date"]).collect();
        let expected = ["2026-03-25", "2026-03-26", "2026-03-27", "2026-03-30", "2026-03-31"];
        assert_eq!(json!(counted), json!(expected));
        assert_eq!((&days[0]["reason"], &days[0]["date"]), (&json!("start"), &json!("2026-03-17")));
        let leave = days.iter().find(|day| day["date"] == "2026-03-24").unwrap();
        assert_eq!(leave["holiday"]["kind"], "collective_leave");
        let told = leave["text_id"].as_str().unwrap();
        assert!(told.starts_with("Sel 24 Mar: cuti bersama") && told.ends_with("tidak dihitung"), "{told}");
        let told = leave["text_en"].as_str().unwrap();
        assert!(told.starts_with("Tue 24 Mar: ") && told.ends_with("not counted"), "{told}");
    }
});

both!(the_region_decides_which_day_an_instant_lies_in, |house| {
    let client = Client::new(&house);
    let due = |region: &'static str| {
        let client = client.clone();
        async move {
            let path = format!("/deadline?from=2026-05-04T15:30:00Z&policy=verification&region={region}");
            let answer = client.get(&path).await.is(200).json;
            (answer["start_date"].as_str().unwrap().to_owned(), answer["due"].as_str().unwrap().to_owned())
        }
    };
    let both = |start: &str, due: &str| (start.to_owned(), due.to_owned());
    assert_eq!(due("31").await, both("2026-05-04", "2026-05-07T23:59:59+07:00"));
    assert_eq!(due("63.72").await, both("2026-05-04", "2026-05-07T23:59:59+08:00"));
    assert_eq!(due("91").await, both("2026-05-05", "2026-05-08T23:59:59+09:00"));
});

both!(a_question_that_cannot_be_answered_says_what_could_be, |house| {
    let client = Client::new(&house);
    let refused = client.get("/deadline?from=kemarin&policy=soon&region=6372").await.is(422);
    let expected = [("region", "region"), ("policy", "choice"), ("from", "from")];
    assert_eq!(refused.slips(), expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    let allowed = refused.json["errors"][1]["allowed"].as_array().unwrap();
    assert!(allowed.contains(&json!("first_answer")) && allowed.contains(&json!("hold")), "{allowed:?}");
    let missing = client.get("/deadline").await.is(422).slips();
    assert_eq!(missing.len(), 3);
    let early = client.get("/deadline?from=2009-01-05&policy=silence&region=63").await.is(422);
    assert_eq!(early.slips(), [("from".to_owned(), "no-policy".to_owned())]);
    assert!(early.json["errors"][0]["message"].as_str().unwrap().contains("2014"), "{}", early.json);
});

both!(a_year_without_a_decree_is_said_to_be_unknown, |house| {
    let path = "/deadline?from=2031-01-06&policy=first_answer&region=63";
    let answer = Client::new(&house).get(path).await.is(200).json;
    assert_eq!(answer["calendar_known"], false);
});
