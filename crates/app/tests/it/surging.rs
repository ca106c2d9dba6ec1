//! A flood in one regency is warned of; its office answers; when the water has gone, the warning ends by itself.

use crate::people::*;
use crate::world::House;

use app::{App, Conflict, Error, Letter, SurgeAct};
use domain::surge::SurgeState;
use domain::{Actor, AgencyId, CategoryId, RegionCode, Role};
use store::notice;

const FLOOD: CategoryId = CategoryId(613);
const BANJAR: AgencyId = AgencyId(630_300);
/// Its Diskominfo.
const OWNER: AgencyId = AgencyId(630_301);
const KALTIM: AgencyId = AgencyId(640_000);
const DISKOMINFO: AgencyId = AgencyId(630_001);

async fn flood(app: &App, key: &str, region: &str, secret: bool) {
    let region = RegionCode::parse(region).unwrap();
    submit(app, Letter { category: Some(FLOOD), region, secret, ..letter(key) }).await;
}

/// One flood a week, and in the seven days before 26 November 2026 so many.
async fn floods(house: &House, many: usize, region: &str, secret: bool) {
    for day in ["09-25", "10-02", "10-09", "10-16", "10-23", "10-30", "11-06", "11-13"] {
        house.at(&format!("2026-{day}T03:00:00Z"));
        flood(&house.app, &format!("{region} {day}"), region, false).await;
    }
    for n in 0..many {
        house.at(&format!("2026-11-{}T03:00:00Z", 20 + n % 6));
        flood(&house.app, &format!("{region} {n}"), region, secret).await;
    }
    house.at("2026-11-26T00:00:00Z");
    house.app.fold_all_measures().await.unwrap();
}

async fn told(app: &App, office: AgencyId) -> usize {
    let notices = notice::list(&mut app.db().read().await.unwrap(), office, i64::MAX, 90).await.unwrap();
    notices.iter().filter(|one| one.kind == "surge_raised").count()
}

both!(a_flood_is_warned_of_once_answered_and_over_when_the_water_has_gone, |house| {
    let app = &house.app;
    floods(&house, 14, "63.03", false).await;
    assert_eq!(app.watch_surges().await.unwrap(), 1, "one warning, and not one more for the topic above it");
    assert_eq!(app.watch_surges().await.unwrap(), 0, "a second look on the same day is none");
    let (seen, _) = app.surges(&national(), None, 25).await.unwrap();
    let warning = &seen[0];
    assert_eq!((seen.len(), warning.topic, warning.region.as_str()), (1, FLOOD, "63.03"));
    assert_eq!((warning.owner, warning.state, warning.sighting.rise.seen), (OWNER, SurgeState::Raised, 14));
    assert_eq!((warning.sighting.weeks, warning.sighting.cases.len()), ([1; 8], 14));
    assert_eq!(told(app, OWNER).await, 1);

    let (id, seq) = (warning.id, warning.seq);
    let regency = officer(Role::AgencyAdmin, BANJAR);
    let acknowledge = || SurgeAct::Acknowledge { text: remark("Posko dibuka di tiga kecamatan.") };
    for by in [kalsel(), officer(Role::Supervisor, NATIONAL)] {
        let done = app.act_on_surge(&by, id, seq, "k", acknowledge()).await;
        assert!(matches!(done, Err(Error::Denied)), "whoever watches does not answer for the office: {by:?}");
    }
    for _ in 0..2 {
        app.act_on_surge(&regency, id, seq, "k", acknowledge()).await.unwrap();
    }
    let view = app.surge(&regency, id).await.unwrap();
    assert_eq!((view.surge.state, view.steps.len()), (SurgeState::Acknowledged, 1));
    let late = app.act_on_surge(&regency, id, seq, "other", acknowledge()).await;
    assert!(matches!(late, Err(Error::Conflict(Conflict::Stale { .. }))));

    // The province takes it over, and its office is told.
    let seq = view.surge.seq;
    let to = |owner| SurgeAct::Assign { owner, text: remark("Meluas ke dua kabupaten.") };
    assert!(matches!(app.act_on_surge(&kalsel(), id, seq, "far", to(BONTANG)).await, Err(Error::Denied)));
    app.act_on_surge(&kalsel(), id, seq, "take", to(DISKOMINFO)).await.unwrap();
    let view = app.surge(&officer(Role::LiaisonOfficer, DISKOMINFO), id).await.unwrap();
    assert_eq!((view.surge.owner, view.surge.state, view.may_answer), (DISKOMINFO, SurgeState::Raised, true));
    assert_eq!(told(app, DISKOMINFO).await, 1);

    house.at("2026-12-02T00:00:00Z");
    app.watch_surges().await.unwrap();
    assert_eq!(
        app.surge(&national(), id).await.unwrap().surge.state,
        SurgeState::Raised,
        "six calm days are not seven"
    );
    house.at("2026-12-03T00:00:00Z");
    app.watch_surges().await.unwrap();
    let view = app.surge(&kalsel(), id).await.unwrap();
    assert_eq!((view.surge.state, view.owners.is_empty(), view.may_answer), (SurgeState::Over, true, false));
});

both!(no_warning_tells_of_secret_reports_or_to_whom_it_is_no_concern, |house| {
    let app = &house.app;
    floods(&house, 14, "63.04", true).await;
    assert_eq!(app.watch_surges().await.unwrap(), 0);
    floods(&house, 14, "63.03", false).await;
    assert_eq!(app.watch_surges().await.unwrap(), 1);
    let id = app.surges(&national(), None, 25).await.unwrap().0[0].id;
    for by in [officer(Role::AgencyAdmin, BONTANG), pupr(), Actor::Public, officer(Role::Supervisor, KALTIM)] {
        assert_eq!(app.surges(&by, None, 25).await.unwrap().0.len(), 0, "{by:?}");
        assert!(matches!(app.surge(&by, id).await, Err(Error::NotFound)), "{by:?}");
    }
});

both!(what_comes_up_as_often_as_ever_is_not_warned_of, |house| {
    floods(&house, 3, "63.03", false).await;
    assert_eq!(house.app.watch_surges().await.unwrap(), 0);
});
