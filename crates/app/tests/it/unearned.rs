//! Signs that figures were made and not earned, as the log tells them.

use crate::people::*;

use app::{App, Compared, Contest, Heed};
use domain::measure::Cut;
use domain::ranking::{League, Suspicion};
use domain::report::{Command, Event, ReturnReason};
use domain::{AgencyId, Code, RegionCode};
use jiff::civil::date;

const BANJARMASIN: AgencyId = AgencyId(637_100);
const STANDARD: &str =
    "Terima kasih. Laporan Anda nomor 17 sudah kami teruskan kepada pelaksana lapangan pada 3 November.";

async fn alike(app: &App, code: Code) -> Vec<u32> {
    let answers = log(app, code).await.into_iter().filter_map(|logged| match logged.event {
        Event::Answered { alike, .. } => Some(alike),
        _ => None,
    });
    answers.collect()
}

async fn suspected(app: &App, contest: &Contest) -> Vec<(AgencyId, Vec<Suspicion>)> {
    let Compared::Told(ranking) = app.ranking(contest).await.unwrap() else { panic!("too wide") };
    ranking.standings.into_iter().map(|one| (one.office, one.suspicions)).collect()
}

fn november(league: League, office: Option<AgencyId>) -> Contest {
    Contest {
        share: domain::measure::Measure::FollowUp,
        league,
        cut: Cut { office, ..Cut::of(date(2026, 11, 1), date(2026, 11, 30)) },
        province: None,
        as_of: None,
    }
}

both!(one_answer_for_many_reports_is_told_and_another_number_makes_it_no_other, |house| {
    let app = &house.app;
    let mut codes = Vec::new();
    for n in 0..13 {
        let code = with_pupr(app, letter(&format!("jalan {n}"))).await;
        let text = STANDARD.replace("17", &format!("{}", 1_000 + n)).replace("Terima", ["Terima", "TERIMA"][n % 2]);
        act(app, code, pupr(), answer(&text)).await.unwrap();
        codes.push(code);
    }
    let own = with_pupr(app, letter("sendiri")).await;
    act(app, own, pupr(), answer("Lubang di depan pasar ditambal kemarin; saluran dikeruk pekan depan."))
        .await
        .unwrap();
    assert_eq!(
        (alike(app, codes[0]).await, alike(app, codes[12]).await, alike(app, own).await),
        (vec![0], vec![12], vec![0])
    );
    app.fold_all_measures().await.unwrap();
    let units = november(League::Units, Some(KALSEL));
    assert_eq!(suspected(app, &units).await, [(PUPR, vec![Suspicion::Alike])]);
    let then = Contest { as_of: Some(app.now()), ..units };
    assert_eq!(suspected(app, &then).await, [(PUPR, vec![Suspicion::Alike])]);
    let provinces = Contest { province: RegionCode::parse("63"), ..november(League::Provinces, None) };
    assert_eq!(suspected(app, &provinces).await, [(KALSEL, vec![Suspicion::Alike])]);
});

both!(the_same_words_of_another_agency_or_for_one_matter_are_no_template, |house| {
    let app = &house.app;
    let code = with_pupr(app, letter("di sini")).await;
    act(app, code, pupr(), answer(STANDARD)).await.unwrap();
    let other = submit(app, letter("di sana")).await.code;
    act(app, other, national(), dispose(BANJARMASIN)).await.unwrap();
    let banjarmasin = officer(domain::Role::AgencyAdmin, BANJARMASIN);
    act(app, other, banjarmasin, answer(STANDARD)).await.unwrap();
    assert_eq!(alike(app, other).await, [0]);
    let shared = with_pupr(app, letter("perkara yang sama")).await;
    let act = app::Act { shared: true, heed: Heed::Unasked, ..app::Act::new(pupr(), answer(STANDARD)) };
    app.act(shared, act).await.unwrap();
    assert_eq!(alike(app, shared).await, [0]);
});

both!(a_unit_that_gives_reports_away_is_told_also_when_they_left_the_agency, |house| {
    let app = &house.app;
    for n in 0..20 {
        with_pupr(app, letter(&format!("tetap {n}"))).await;
    }
    let give_back =
        Command::Return { reason: ReturnReason::OtherAgency, suggestion: None, text: remark("Bukan kewenangan kami.") };
    for n in 0..12 {
        let code = with_pupr(app, letter(&format!("dibuang {n}"))).await;
        act(app, code, pupr(), give_back.clone()).await.unwrap();
        // A third stays open at the agency, a third goes to another unit, a third leaves the agency.
        match n % 3 {
            0 => {}
            1 => drop(act(app, code, kalsel(), dispose(DISHUB)).await.unwrap()),
            _ => {
                act(app, code, kalsel(), give_back.clone()).await.unwrap();
                act(app, code, national(), dispose(BANJARMASIN)).await.unwrap();
            }
        }
    }
    app.fold_all_measures().await.unwrap();
    let units = november(League::Units, Some(KALSEL));
    let told = [(PUPR, vec![Suspicion::PassedOn]), (DISHUB, vec![])];
    assert_eq!(suspected(app, &units).await, told);
    let then = Contest { as_of: Some(app.now()), ..units };
    assert_eq!(suspected(app, &then).await, told);
    assert_eq!(app.wrong_sums().await.unwrap(), []);
});
