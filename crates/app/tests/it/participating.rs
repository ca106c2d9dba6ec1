//! Who takes part: use by place, connected and silent agencies, their way in, outreach and what came of it.

use crate::people::*;
use crate::world::{House, PNG};

use app::{
    Conflict, Error, Letter, NewOfficer, NewOutreach, NewPhoto, OutreachChange, Participation, PopulationFault, demo,
};
use domain::agency::AgencyKind;
use domain::measure::Figure;
use domain::outreach::{OutreachFault, OutreachKind, OutreachPlan, OutreachResult, OutreachState};
use domain::participation::{Island, OnboardingStep, Rate, Silence};
use domain::text::{StepText, Title};
use domain::{Actor, AgencyId, RegionCode, Role};
use jiff::civil::{Date, date};

const KUTAI_TIMUR: AgencyId = AgencyId(640_800);
const MAHAKAM_ULU: AgencyId = AgencyId(641_100);
const SAMARINDA: AgencyId = AgencyId(647_200);
const BONTANG_COMMUNICATION: AgencyId = AgencyId(647_401);
/// The regencies and cities of Kalimantan Timur.
const LOCAL: [i64; 10] = [640_100, 640_200, 640_300, 640_700, 640_800, 640_900, 641_100, 647_100, 647_200, 647_400];
const HALF: (Date, Date) = (date(2026, 7, 1), date(2026, 12, 31));

fn code(text: &str) -> RegionCode {
    RegionCode::parse(text).unwrap()
}

fn from_place(key: &str, region: &str) -> Letter {
    Letter { region: code(region), ..letter(key) }
}

fn local(kind: AgencyKind) -> bool {
    matches!(kind, AgencyKind::Regency | AgencyKind::City)
}

async fn told(house: &House, province: Option<&str>) -> Participation {
    house.app.fold_all_measures().await.unwrap();
    let province = province.map(code);
    house.app.participation(HALF, province.as_ref()).await.unwrap()
}

async fn with_admin(house: &House, agency: AgencyId) {
    let new = NewOfficer {
        login: format!("admin{agency}"),
        name: "Admin Karangan".into(),
        role: Role::AgencyAdmin,
        agency,
        password: "kata sandi contoh".into(),
    };
    house.app.add_officer(new).await.unwrap();
}

both!(eight_of_ten_in_kalimantan_timur_are_connected_and_who_is_silent_is_told, |house| {
    let app = &house.app;
    for agency in LOCAL.map(AgencyId).into_iter().filter(|agency| *agency != MAHAKAM_ULU) {
        // In Bontang the Diskominfo runs the complaints.
        with_admin(&house, if agency == BONTANG { BONTANG_COMMUNICATION } else { agency }).await;
    }
    let with_report = LOCAL.map(AgencyId).into_iter().filter(|agency| *agency != KUTAI_TIMUR);
    for agency in with_report {
        let region = app.reference().rules.agencies.get(agency).unwrap().region.clone().unwrap();
        let code = submit(app, from_place(&format!("laporan {agency}"), region.as_str())).await.code;
        act(app, code, national(), dispose(agency)).await.unwrap();
        if agency != SAMARINDA {
            act(app, code, officer(Role::AgencyAdmin, agency), answer("Sudah kami periksa dan kami perbaiki."))
                .await
                .unwrap();
        }
    }
    let kaltim = told(&house, Some("64")).await;
    assert_eq!(kaltim.connected(local), Figure { numerator: 8, denominator: 10 });
    let outside: Vec<AgencyId> = kaltim
        .participants
        .iter()
        .filter(|one| local(one.kind) && !one.seen.is_connected())
        .map(|one| one.agency)
        .collect();
    assert_eq!(outside, [KUTAI_TIMUR, MAHAKAM_ULU]);
    let silent: Vec<_> = kaltim.participants.iter().filter_map(|one| Some((one.agency, one.silence?))).collect();
    assert_eq!(silent, [(SAMARINDA, Silence::NoAnswer)]);
    // Half a year later nothing came to any of them.
    house.at("2027-03-01T02:00:00Z");
    let later = app.participation((date(2027, 1, 1), date(2027, 6, 30)), Some(&code("64"))).await.unwrap();
    let silent = later.participants.iter().filter(|one| one.silence == Some(Silence::NoReports));
    assert_eq!(silent.count(), 8, "of the connected ones, and of no other");
    assert_eq!(later.connected(local), Figure { numerator: 8, denominator: 10 });
});

both!(use_is_told_by_place_and_a_secret_report_is_in_no_count, |house| {
    let app = &house.app;
    for (n, region) in ["63.72", "63.72", "63", "32.73", "64.74"].into_iter().enumerate() {
        submit(app, from_place(&format!("laporan {n}"), region)).await;
    }
    submit(app, Letter { region: RegionCode::nation(), ..letter("entah di mana") }).await;
    let before = told(&house, None).await;
    submit(app, Letter { secret: true, ..from_place("rahasia", "63.72") }).await;
    let after = told(&house, None).await;
    assert_eq!((&before.whole, &before.islands, &before.places), (&after.whole, &after.islands, &after.places));
    assert_eq!((after.whole.reports, after.nowhere), (6, 1));
    let of = |island: Island| after.islands.iter().find(|(known, _)| *known == island).unwrap().1.clone();
    assert_eq!((of(Island::Kalimantan).reports, of(Island::Kalimantan).share), (4, Some(8_000)));
    assert_eq!((of(Island::Java).reports, of(Island::Java).share), (1, Some(2_000)));
    let shares: u64 = after.places.iter().filter_map(|(_, place)| place.share).sum();
    assert_eq!(shares, 10_000);

    let kalsel = told(&house, Some("63")).await;
    assert_eq!((kalsel.whole.reports, kalsel.nowhere), (3, 1));
    let banjarbaru = &kalsel.places.iter().find(|(known, _)| *known == code("63.72")).unwrap().1;
    assert_eq!((banjarbaru.reports, banjarbaru.share, banjarbaru.people.clone()), (2, Some(10_000), None));
    assert_eq!(app.wrong_sums().await.unwrap(), []);
    house.meddle("UPDATE arrival SET n = n + 1 WHERE scope = 'region/63.72'").await;
    assert_eq!(app.wrong_sums().await.unwrap().len(), 1, "a hand in the counters is noticed");
});

both!(a_rate_is_told_where_people_are_known_with_year_and_source, |house| {
    let app = &house.app;
    for n in 0..12 {
        submit(app, from_place(&format!("laporan {n}"), "64.74")).await;
    }
    let wrong = "code,people,year,source\n64.74,4.27,2020,BPS\n99.99,5,2020,BPS\n64,10,2031,BPS\n64,10,2020,x\n";
    let faults = app.enter_population(&national(), wrong).await.unwrap().unwrap_err();
    let columns = ["people", "code", "year", "source"];
    let wanted: Vec<PopulationFault> =
        columns.into_iter().zip(2..).map(|(column, line)| PopulationFault { line, column }).collect();
    assert_eq!(faults, wanted);
    // One wrong line, and nothing is kept.
    let half = "code;people;year;source\n64.74;180.000;2020;Angka karangan\n64.74;1;2020;Angka karangan\n";
    assert_eq!(app.enter_population(&national(), half).await.unwrap().unwrap_err().len(), 1);
    assert_eq!(told(&house, Some("64")).await.places.iter().filter(|(_, place)| place.people.is_some()).count(), 0);
    let good = "code;people;year;source\n64.74;180.000;2020;Angka karangan\n64;4000000;2020;Angka karangan\n";
    for _ in 0..2 {
        assert_eq!(app.enter_population(&national(), good).await.unwrap(), Ok(2));
    }
    let kaltim = told(&house, Some("64")).await;
    let bontang = kaltim.places.iter().find(|(known, _)| *known == code("64.74")).unwrap().1.clone();
    let people = bontang.people.unwrap();
    assert_eq!(
        (people.people, people.years, people.sources),
        (180_000, (2020, 2020), vec!["Angka karangan".to_owned()])
    );
    assert_eq!(Rate { reports: bontang.reports, people: people.people }.hundredths(), Some(667));
    assert_eq!(kaltim.whole.people.unwrap().people, 4_000_000);
    let nation = told(&house, None).await;
    assert_eq!(nation.whole.people, None, "one province is not the country");
    let kalimantan = &nation.islands.iter().find(|(island, _)| *island == Island::Kalimantan).unwrap().1;
    assert_eq!(kalimantan.people, None);
    for by in [kalsel(), officer(Role::Supervisor, NATIONAL), Actor::Public] {
        assert!(matches!(app.enter_population(&by, good).await, Err(Error::Denied)), "{by:?}");
        assert!(matches!(app.populations(&by).await, Err(Error::Denied)), "{by:?}");
    }
});

both!(an_office_above_notes_the_steps_that_the_system_does_not_see, |house| {
    let app = &house.app;
    let kaltim = officer(Role::AgencyAdmin, AgencyId(640_000));
    let noted = (date(2026, 11, 2), remark("SK Bupati sudah ditandatangani."));
    let note = |by: Actor, step, done| async move { app.note_onboarding(&by, MAHAKAM_ULU, step, done).await };
    note(kaltim, OnboardingStep::Decree, Some(noted.clone())).await.unwrap();
    note(kaltim, OnboardingStep::Decree, Some(noted.clone())).await.unwrap();
    let own = officer(Role::AgencyAdmin, MAHAKAM_ULU);
    assert!(matches!(note(own, OnboardingStep::AdminNamed, Some(noted.clone())).await, Err(Error::Denied)));
    assert!(matches!(note(national(), OnboardingStep::Account, Some(noted.clone())).await, Err(Error::Denied)));
    assert!(matches!(note(kalsel(), OnboardingStep::Decree, None).await, Err(Error::NotFound)));

    let view = app.onboarding_of(&own, MAHAKAM_ULU).await.unwrap();
    assert_eq!((view.done(), view.may_note), (Figure { numerator: 1, denominator: 6 }, false));
    let ticked = view.steps[0].ticked.clone().unwrap();
    assert_eq!((ticked.day, ticked.by_agency), (noted.0, Some(AgencyId(640_000))));
    with_admin(&house, MAHAKAM_ULU).await;
    let code = submit(app, from_place("uji", "64.11")).await.code;
    act(app, code, national(), dispose(MAHAKAM_ULU)).await.unwrap();
    act(app, code, own, answer("Laporan uji sudah kami baca dan kami jawab.")).await.unwrap();
    app.fold_all_measures().await.unwrap();
    let view = app.onboarding_of(&kaltim, MAHAKAM_ULU).await.unwrap();
    let done: Vec<OnboardingStep> = view.steps.iter().filter(|one| one.is_done).map(|one| one.step).collect();
    assert_eq!(done, [OnboardingStep::Decree, OnboardingStep::Account, OnboardingStep::FirstAnswer]);
    assert!(view.seen.is_connected() && view.may_note);
    note(kaltim, OnboardingStep::Decree, None).await.unwrap();
    assert!(!app.onboarding_of(&kaltim, MAHAKAM_ULU).await.unwrap().steps[0].is_done);

    let list = app.onboarding(&kaltim, None, None).await.unwrap();
    assert_eq!(list.connected, Figure { numerator: 1, denominator: 11 }, "the province and its ten");
    assert!(list.rows.iter().all(|row| row.agency != MAHAKAM_ULU) && list.rows.len() == 10 && list.next.is_none());
    let all = app.onboarding(&national(), None, None).await.unwrap();
    let next = app.onboarding(&national(), None, all.next).await.unwrap();
    assert!(all.rows.last().unwrap().agency < next.rows[0].agency);
    assert!(matches!(app.onboarding(&pupr(), None, None).await, Err(Error::Denied)));
});

fn plan(day: Date, region: &str) -> OutreachPlan {
    OutreachPlan {
        kind: OutreachKind::Sharing,
        title: Title::parse("LAPOR! Berbagi di balai warga").unwrap(),
        day,
        region: code(region),
        place: StepText::parse("Balai warga").unwrap(),
        goal: remark("Warga mengenal cara melapor."),
        beneficiaries: StepText::parse("Keluarga yang membutuhkan").unwrap(),
        people: 100,
    }
}

fn came(people: u32) -> OutreachChange {
    OutreachChange::CarriedOut(OutreachResult { people, notes: remark("Semua paket terbagi.") })
}

both!(an_activity_is_planned_carried_out_and_told_beside_the_reports_around_it, |house| {
    let app = &house.app;
    let day = date(2026, 11, 16);
    let new = NewOutreach { office: KALSEL, plan: plan(day, "63") };
    for by in [pupr(), officer(Role::AgencyAdmin, BONTANG), officer(Role::Supervisor, NATIONAL), Actor::Public] {
        assert!(matches!(app.plan_outreach(&by, new.clone(), "k").await, Err(Error::Denied)), "{by:?}");
    }
    let id = app.plan_outreach(&kalsel(), new.clone(), "k").await.unwrap();
    assert_eq!(app.plan_outreach(&kalsel(), new, "k").await.unwrap(), id, "the same key plans it once");
    let other = NewOutreach { office: KALSEL, plan: plan(day, "64") };
    let reused = app.plan_outreach(&kalsel(), other, "k").await;
    assert!(matches!(reused, Err(Error::Conflict(Conflict::KeyReused))));
    for by in [Actor::Public, officer(Role::AgencyAdmin, BONTANG)] {
        assert!(matches!(app.outreach(&by, id).await, Err(Error::NotFound)), "{by:?}");
    }
    assert!(app.outreach(&officer(Role::Supervisor, NATIONAL), id).await.is_ok());
    assert_eq!(app.outreaches(&kalsel(), None).await.unwrap().rows.len(), 1);
    assert_eq!(app.outreaches(&officer(Role::AgencyAdmin, BONTANG), None).await.unwrap().rows, []);

    for n in 0..3 {
        submit(app, from_place(&format!("sebelum {n}"), "63.72")).await;
    }
    let early = app.change_outreach(&kalsel(), id, 1, came(120), "c").await.unwrap();
    assert_eq!(early, Err(OutreachFault::Early));
    house.at("2026-11-17T02:00:00Z");
    submit(app, from_place("sesudah", "63.01")).await;
    submit(app, Letter { secret: true, ..from_place("rahasia", "63.01") }).await;
    submit(app, from_place("di tempat lain", "64.74")).await;
    for _ in 0..2 {
        app.change_outreach(&kalsel(), id, 1, came(120), "c").await.unwrap().unwrap();
    }
    let stale = app.change_outreach(&kalsel(), id, 1, came(90), "d").await;
    assert!(matches!(stale, Err(Error::Conflict(Conflict::Stale { seq: 2 }))));
    let cancelled = app.change_outreach(&kalsel(), id, 2, OutreachChange::Cancelled, "e").await.unwrap();
    assert_eq!(cancelled, Err(OutreachFault::Settled));
    app.fold_all_measures().await.unwrap();
    let view = app.outreach(&Actor::Public, id).await.unwrap();
    assert_eq!((view.outreach.state, view.may_change), (OutreachState::CarriedOut, false));
    let effect = view.effect.unwrap();
    assert_eq!((effect.now.before, effect.now.after, effect.is_over), (3, 1, false));
    assert_eq!(effect.windows.after.0, day);
    house.at("2027-02-01T02:00:00Z");
    let effect = app.outreach(&Actor::Public, id).await.unwrap().effect.unwrap();
    assert!(effect.is_over && effect.growth().is_none(), "three reports make no percentage");
    let (shown, next) = app.outreaches_shown(None).await.unwrap();
    assert_eq!((shown.len(), next), (1, None));
});

both!(a_photo_of_an_activity_has_words_stays_on_the_disk_and_can_be_taken_away, |house| {
    let app = &house.app;
    let day = date(2026, 11, 9);
    let new = NewOutreach { office: KALSEL, plan: plan(day, "63") };
    let id = app.plan_outreach(&kalsel(), new, "k").await.unwrap();
    let mut incoming = app.receive().await.unwrap();
    incoming.push(&PNG).await.unwrap();
    let file = app.keep(incoming, "foto.png").await.unwrap();
    let photo = |alt: &str| NewPhoto { alt: alt.into(), file: file.clone() };
    assert!(matches!(app.add_outreach_photo(&kalsel(), id, photo("Warga"), "p").await, Err(Error::Denied)));
    app.change_outreach(&kalsel(), id, 1, came(3), "c").await.unwrap().unwrap();
    assert!(matches!(app.add_outreach_photo(&kalsel(), id, photo("  "), "p").await, Err(Error::File("photo-alt"))));
    assert!(matches!(app.add_outreach_photo(&pupr(), id, photo("Warga"), "p").await, Err(Error::Denied)));
    for _ in 0..2 {
        app.add_outreach_photo(&kalsel(), id, photo("Warga menerima kartu"), "p").await.unwrap();
    }
    let photos = app.outreach(&Actor::Public, id).await.unwrap().photos;
    assert_eq!(photos.iter().map(|one| one.alt.as_str()).collect::<Vec<_>>(), ["Warga menerima kartu"]);
    let late = app.now() + jiff::SignedDuration::from_hours(24 * 9_999);
    assert_eq!(app.sweep_files(late).await.unwrap(), 0, "it belongs to something");
    let (_, path) = app.outreach_photo(&Actor::Public, id, photos[0].id).await.unwrap();
    assert!(path.exists());
    app.remove_outreach_photo(&kalsel(), id, photos[0].id).await.unwrap();
    assert!(app.outreach(&Actor::Public, id).await.unwrap().photos.is_empty());
    assert_eq!(app.sweep_files(late).await.unwrap(), 1);
});

both!(the_demo_shows_activities_beside_the_reports_of_the_articles, |house| {
    let app = &house.app;
    demo::install(app).await.unwrap();
    let (shown, _) = app.outreaches_shown(None).await.unwrap();
    let sharing = shown.iter().find(|one| one.plan.day == date(2021, 3, 10)).unwrap();
    let view = app.outreach(&Actor::Public, sharing.id).await.unwrap();
    let effect = view.effect.unwrap();
    assert!(effect.is_over && effect.now.before >= 10 && effect.growth().is_some(), "{effect:?}");
    assert_eq!((effect.year_before.before, effect.year_before.growth()), (0, None), "nothing is known of 2020");
    assert_eq!(view.photos.len(), 1);
    // Twelve reports from Bontang in 2020 (the article), for a number of people that the demo invents.
    let year = (date(2020, 1, 1), date(2020, 12, 31));
    let kaltim = app.participation(year, Some(&code("64"))).await.unwrap();
    let bontang = &kaltim.places.iter().find(|(known, _)| *known == code("64.74")).unwrap().1;
    let people = bontang.people.clone().unwrap();
    assert_eq!((bontang.reports, people.people), (12, 200_000));
    assert!(people.sources[0].contains("dikarang"));
    assert_eq!(app.onboarding_of(&national(), KUTAI_TIMUR).await.unwrap().done().numerator, 2);
    assert_eq!(app.wrong_sums().await.unwrap(), []);
});
