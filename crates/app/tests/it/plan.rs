//! Action plans, as in Kalimantan Selatan in May 2023: thirteen regencies and cities, one of them at 53 percent.

use crate::people::{NATIONAL, act, answer, dispose, letter, national, officer, remark, submit};
use crate::world::House;
use app::{Error, Order, PlanAct, PlanState};
use domain::report::Command;
use domain::{AgencyId, Role};
use jiff::civil::date;
use store::notice;

const KALSEL: AgencyId = AgencyId(630_000);
const DISKOMINFO: AgencyId = AgencyId(630_001);
const HSU: AgencyId = AgencyId(630_800);
const REGENCIES: [i64; 13] = [
    630_100, 630_200, 630_300, 630_400, 630_500, 630_600, 630_700, 630_800, 630_900, 631_000, 631_100, 637_100, 637_200,
];

/// Reports of an agency, so many of them finished.
async fn reports(house: &House, office: AgencyId, all: usize, done: usize) {
    for n in 0..all {
        let code = submit(&house.app, letter(&format!("{office} {n}"))).await.code;
        act(&house.app, code, national(), dispose(office)).await.unwrap();
        if n < done {
            act(&house.app, code, national(), answer("Sudah kami perbaiki pada hari itu juga.")).await.unwrap();
            act(&house.app, code, national(), Command::Close { text: None }).await.unwrap();
        }
    }
}

pub async fn kalsel_in_2023(house: &House) {
    house.at("2023-03-01T02:00:00Z");
    for office in REGENCIES.map(AgencyId) {
        match office == HSU {
            true => reports(house, office, 17, 9).await,
            false => reports(house, office, 10, 9).await,
        }
    }
    house.meddle("UPDATE report SET wake_at = NULL").await;
    house.at("2023-05-09T02:00:00Z");
}

both!(a_regency_at_53_percent_is_flagged_and_its_plan_is_a_task_of_the_provinces_diskominfo, |house| {
    kalsel_in_2023(&house).await;
    let app = &house.app;
    let semester = app.take_standings().await.unwrap();
    assert_eq!((semester.name().as_str(), app.ask_for_plans(semester).await.unwrap()), ("2023-1", 1));
    assert_eq!(app.ask_for_plans(semester).await.unwrap(), 0, "one plan for an agency and half year");
    app.forget_figures();
    let province = officer(Role::AgencyAdmin, KALSEL);
    let seen = app.overview(&province, None, Order::Done).await.unwrap();
    let flagged: Vec<AgencyId> = seen.rows.iter().filter(|row| row.below).map(|row| row.office).collect();
    assert_eq!(flagged, [HSU]);
    assert_eq!(seen.rows[0].done.basis_points(), Some(5_294), "the worst comes first");

    let diskominfo = officer(Role::LiaisonOfficer, DISKOMINFO);
    let (plans, _) = app.plans(&diskominfo, None, 25).await.unwrap();
    let plan = &plans[0];
    assert_eq!((plans.len(), plan.agency, plan.owner), (1, HSU, DISKOMINFO));
    let told = notice::list(&mut app.db().read().await.unwrap(), DISKOMINFO, i64::MAX, 9).await.unwrap();
    assert_eq!(told.iter().filter(|one| one.kind == "plan_asked").count(), 1);
});

both!(a_plan_is_carried_out_by_its_owner_and_confirmed_by_a_supervisor, |house| {
    kalsel_in_2023(&house).await;
    let app = &house.app;
    let semester = app.take_standings().await.unwrap();
    app.ask_for_plans(semester).await.unwrap();
    let owner = officer(Role::LiaisonOfficer, DISKOMINFO);
    let supervisor = officer(Role::Supervisor, NATIONAL);
    let id = app.plans(&owner, None, 9).await.unwrap().0[0].id;
    let step = || PlanAct::AddStep { text: remark("Pendampingan admin di Amuntai"), due: date(2023, 6, 1) };
    app.act_on_plan(&owner, id, 1, "langkah", step()).await.unwrap();
    app.act_on_plan(&owner, id, 1, "langkah", step()).await.unwrap();
    let seen = app.plan(&owner, id).await.unwrap();
    assert_eq!(seen.steps.len(), 1, "one key, one step");
    let early = app.act_on_plan(&owner, id, seen.plan.seq, "lapor", PlanAct::Report).await;
    assert!(matches!(early, Err(Error::Conflict(_))), "reported before its steps are done");
    let finish = PlanAct::FinishStep { step: seen.steps[0].id };
    app.act_on_plan(&owner, id, seen.plan.seq, "selesai", finish).await.unwrap();
    let denied = app.act_on_plan(&supervisor, id, 0, "sah", PlanAct::Verify).await;
    assert!(matches!(denied, Err(Error::Denied)), "confirmed before it is reported");
    let seq = app.plan(&owner, id).await.unwrap().plan.seq;
    app.act_on_plan(&owner, id, seq, "lapor lagi", PlanAct::Report).await.unwrap();
    let denied = app.act_on_plan(&owner, id, seq + 1, "sah", PlanAct::Verify).await;
    assert!(matches!(denied, Err(Error::Denied)), "an owner confirms the own plan");
    app.act_on_plan(&supervisor, id, 0, "catatan", PlanAct::Remark { text: remark("Terima kasih.") }).await.unwrap();
    app.act_on_plan(&supervisor, id, seq + 1, "sah", PlanAct::Verify).await.unwrap();
    let end = app.plan(&supervisor, id).await.unwrap();
    assert_eq!((end.plan.state, end.remarks.len()), (PlanState::Verified, 1));
    let stranger = officer(Role::AgencyAdmin, AgencyId(640_200));
    assert!(matches!(app.plan(&stranger, id).await, Err(Error::NotFound)));
});
