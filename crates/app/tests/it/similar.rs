//! Similar reports nearby: found, explained, and never shown to those who may not read them.

use crate::people::*;
use app::{App, Letter};
use domain::report::{Class, Command};
use domain::{Actor, CategoryId, Code, RegionCode, Role};

const HOLE: &str = "Jalan berlubang di depan pasar, tergenang air dan membahayakan pengendara motor.";

fn hole(key: &str) -> Letter {
    Letter { body: body(HOLE), ..letter(key) }
}

async fn similar(app: &App, code: Code, by: &Actor) -> Vec<Code> {
    let view = app.view(code, by).await.unwrap();
    app.similar(&view).await.unwrap().into_iter().map(|one| one.listed.row.code).collect()
}

both!(a_verifier_sees_what_was_sent_twice_and_why, |house| {
    let point = |north, east| Some((north, east));
    let first = submit(&house.app, Letter { point: point(-3.4400, 114.8300), ..hole("first") }).await.code;
    let far = submit(&house.app, Letter { point: point(-3.5200, 114.9100), ..hole("far") }).await.code;
    let region = RegionCode::parse("64.74").unwrap();
    let elsewhere = submit(&house.app, Letter { region, ..hole("elsewhere") }).await.code;
    let words = body("Gaji guru honorer di sekolah kami belum dibayar sejak Juli.");
    let other = submit(&house.app, Letter { body: words, title: None, ..letter("other") }).await.code;
    house.later(3 * 24);
    let again = submit(&house.app, Letter { point: point(-3.4405, 114.8304), ..hole("again") }).await.code;
    let view = house.app.view(again, &national()).await.unwrap();
    let found = house.app.similar(&view).await.unwrap();
    assert_eq!(found[0].listed.row.code, first);
    let likeness = &found[0].likeness;
    assert_eq!(likeness.days, 3);
    assert!(likeness.metres.is_some_and(|metres| (50..90).contains(&metres)), "{likeness:?}");
    assert!(likeness.shared.contains(&"pasar".to_owned()), "{likeness:?}");
    for not in [far, elsewhere, other, again] {
        assert!(found.iter().all(|one| one.listed.row.code != not), "{not}");
    }
    house.later(31 * 24);
    let late = submit(&house.app, hole("late")).await.code;
    assert!(!similar(&house.app, late, &national()).await.contains(&first), "a month later");
});

both!(a_sealed_report_is_similar_only_for_those_who_may_read_it, |house| {
    let secret = with_pupr(&house.app, Letter { secret: true, ..hole("secret") }).await;
    let open = with_pupr(&house.app, hole("open")).await;
    house.work().await;
    assert!(similar(&house.app, open, &pupr()).await.contains(&secret));
    for by in [Actor::Public, Actor::Reporter, officer(Role::Supervisor, NATIONAL), officer(Role::AgencyAdmin, BONTANG)]
    {
        assert!(!similar(&house.app, open, &by).await.contains(&secret), "{by:?}");
    }
});

both!(a_category_that_is_given_later_counts, |house| {
    let category = house.app.reference().categories.valid_on(jiff::civil::date(2026, 11, 9)).next().unwrap().id;
    let one = submit(&house.app, Letter { title: None, body: body("Lampu padam semua di gang ini."), ..letter("one") });
    let one = one.await.code;
    let two =
        submit(&house.app, Letter { title: None, body: body("Penerangan rusak, gelap sekali."), ..letter("two") });
    let two = two.await.code;
    assert!(similar(&house.app, two, &national()).await.is_empty());
    for code in [one, two] {
        let category = Some(CategoryId(category.0));
        let command = Command::Reclassify { class: Class::Complaint, supervisory: false, category };
        act(&house.app, code, national(), command).await.unwrap();
    }
    assert_eq!(similar(&house.app, two, &national()).await, [one]);
});

both!(however_many_there_are_ten_are_told, |house| {
    for n in 0..14 {
        submit(&house.app, hole(&n.to_string())).await;
    }
    let last = submit(&house.app, hole("last")).await.code;
    assert_eq!(similar(&house.app, last, &national()).await.len(), app::MOST_SIMILAR);
});
