//! The same matter: one answer to all, once each, and no secret gets out.

use crate::people::*;
use crate::world::House;
use app::doctor::{Finding, Severity, check};
use app::{App, Error, Letter};
use domain::matter::Left;
use domain::report::{Class, Command};
use domain::{Actor, Code, Refusal, Role};

async fn link(app: &App, one: Code, two: Code) {
    app.link(one, two, kalsel(), &format!("{one}-{two}")).await.unwrap();
}

async fn answers(app: &App, code: Code) -> usize {
    story(app, code).await.iter().filter(|kind| **kind == "answered").count()
}

async fn three(house: &House) -> [Code; 3] {
    let mut codes = Vec::new();
    for key in ["one", "two", "three"] {
        codes.push(with_pupr(&house.app, letter(key)).await);
    }
    link(&house.app, codes[0], codes[1]).await;
    link(&house.app, codes[1], codes[2]).await;
    [codes[0], codes[1], codes[2]]
}

both!(one_answer_goes_to_all_and_each_reporter_keeps_clock_and_objection, |house| {
    let [one, two, three] = three(&house).await;
    let view = house.app.view(one, &pupr()).await.unwrap();
    let matter = house.app.matter(&view).await.unwrap().unwrap();
    assert!(matter.gives && matter.members.len() == 2 && matter.members.iter().all(|member| member.left.is_none()));
    let received = row(&house.app, two).await.report.clocks.received;
    house.later(24);
    act(&house.app, one, pupr(), answer("Jalan itu ditambal hari ini oleh petugas kami.")).await.unwrap();
    house.work().await;
    for code in [one, two, three] {
        assert_eq!(answers(&house.app, code).await, 1, "{code}");
        let view = house.app.view(code, &Actor::Reporter).await.unwrap();
        let said =
            view.steps.iter().filter_map(|step| step.words.as_ref()).any(|words| words.body.contains("ditambal"));
        assert!(said, "{code}");
    }
    assert_eq!(row(&house.app, two).await.report.clocks.received, received);
    act(&house.app, two, Actor::Reporter, Command::Object { text: body("Di depan rumah saya belum.") }).await.unwrap();
    act(&house.app, three, Actor::Reporter, Command::Confirm { rating: Some(5), text: None }).await.unwrap();
    act(&house.app, one, pupr(), answer("Sisa ruas itu ditambal minggu depan juga.")).await.unwrap();
    house.work().await;
    assert_eq!(answers(&house.app, one).await, 2);
    assert_eq!(answers(&house.app, two).await, 1, "an objection takes an answer of its own");
    assert_eq!(answers(&house.app, three).await, 1, "it has ended");
    act(&house.app, two, pupr(), answer("Di depan rumah Anda ditambal besok.")).await.unwrap();
    house.work().await;
    assert_eq!(answers(&house.app, one).await, 2, "an answer to an objection is for its reporter");
});

both!(a_job_that_is_done_again_after_a_kill_answers_nobody_twice, |house| {
    let [one, two, three] = three(&house).await;
    let done = act(&house.app, one, pupr(), answer("Jalan itu ditambal hari ini oleh petugas kami.")).await.unwrap();
    let (id, seq) = (done.row.report.id, done.row.report.seq);
    house.work().await;
    let payload = format!("{{\"source\":{id},\"seq\":{seq},\"after\":0}}");
    let job = format!(
        "INSERT INTO job (id, kind, report_id, payload, run_at, attempts, claimed_until) \
        VALUES (77, 'share_answer', {id}, '{payload}', 0, 0, 0)"
    );
    house.meddle(&job).await;
    house.work().await;
    for code in [one, two, three] {
        assert_eq!(answers(&house.app, code).await, 1, "{code}");
    }
});

both!(an_answer_to_a_hundred_reports_comes_in_batches, |house| {
    let first = with_pupr(&house.app, letter("first")).await;
    let mut all = vec![first];
    for n in 0..60 {
        let code = with_pupr(&house.app, letter(&format!("more {n}"))).await;
        link(&house.app, first, code).await;
        all.push(code);
    }
    act(&house.app, first, pupr(), answer("Jalan itu ditambal hari ini oleh petugas kami.")).await.unwrap();
    house.work().await;
    for code in all {
        assert_eq!(answers(&house.app, code).await, 1, "{code}");
    }
});

both!(who_is_left_out_is_told_with_the_reason_and_not_touched, |house| {
    let one = with_pupr(&house.app, letter("one")).await;
    let held = with_pupr(&house.app, letter("held")).await;
    let hold = Command::Hold { missing: vec![domain::report::Missing::Date], text: remark("Sejak kapan?") };
    act(&house.app, held, kalsel(), hold).await.unwrap();
    let other = submit(&house.app, letter("other")).await.code;
    act(&house.app, other, national(), dispose(KALSEL)).await.unwrap();
    act(&house.app, other, kalsel(), dispose(DISHUB)).await.unwrap();
    link(&house.app, one, held).await;
    link(&house.app, other, one).await;
    let view = house.app.view(one, &kalsel()).await.unwrap();
    let matter = house.app.matter(&view).await.unwrap().unwrap();
    let left = |code| matter.members.iter().find(|member| member.listed.row.code == code).unwrap().left;
    assert_eq!((left(held), left(other)), (Some(Left::OnHold), Some(Left::OtherOffice)));
    act(&house.app, one, pupr(), answer("Jalan itu ditambal hari ini oleh petugas kami.")).await.unwrap();
    house.work().await;
    assert_eq!((answers(&house.app, held).await, answers(&house.app, other).await), (0, 0));
});

both!(two_groups_that_turn_out_to_be_one_are_joined_and_one_may_leave, |house| {
    let mut codes = Vec::new();
    for n in 0..5 {
        codes.push(with_pupr(&house.app, letter(&n.to_string())).await);
    }
    link(&house.app, codes[0], codes[1]).await;
    link(&house.app, codes[2], codes[3]).await;
    link(&house.app, codes[3], codes[4]).await;
    link(&house.app, codes[1], codes[2]).await;
    let shared = row(&house.app, codes[4]).await.report.matter;
    for code in &codes {
        assert_eq!(row(&house.app, *code).await.report.matter, shared, "{code}");
    }
    act(&house.app, codes[0], kalsel(), Command::Unlink).await.unwrap();
    let view = house.app.view(codes[1], &kalsel()).await.unwrap();
    assert_eq!(house.app.matter(&view).await.unwrap().unwrap().members.len(), 3);
    let own = house.app.link(codes[0], codes[0], kalsel(), "k").await;
    assert!(matches!(own, Err(Error::Refused(Refusal::SameReport))));
    let found = check(&house.app, true, |_| ()).await.unwrap();
    let false_log = |found: &&Finding| found.severity == Severity::Broken && found.code.starts_with("doctor-log");
    assert_eq!(found.iter().find(false_log), None);
});

both!(nothing_of_a_sealed_report_gets_out_and_public_answers_get_in, |house| {
    let secret = with_pupr(&house.app, Letter { secret: true, ..letter("secret") }).await;
    let open = with_pupr(&house.app, letter("open")).await;
    link(&house.app, open, secret).await;
    act(&house.app, secret, pupr(), answer("Zamrud itu ada pada kepala gudang.")).await.unwrap();
    house.work().await;
    assert_eq!(answers(&house.app, open).await, 0, "the answer to a secret report went to a public one");
    for by in [Actor::Public, Actor::Reporter, officer(Role::Supervisor, NATIONAL)] {
        let view = house.app.view(open, &by).await.unwrap();
        assert_eq!(house.app.matter(&view).await.unwrap(), None, "{by:?} is told of the secret one");
    }
    act(&house.app, open, pupr(), answer("Jalan itu ditambal hari ini oleh petugas kami.")).await.unwrap();
    house.work().await;
    assert_eq!(answers(&house.app, secret).await, 2);
    let supervisory = Command::Reclassify { class: Class::Complaint, supervisory: true, category: None };
    act(&house.app, open, national(), supervisory).await.unwrap();
    act(&house.app, open, pupr(), answer("Sekarang ini rahasia juga, zamrud.")).await.ok();
    house.work().await;
    assert_eq!(answers(&house.app, secret).await, 2);
});

both!(who_may_not_act_on_both_links_neither, |house| {
    let one = with_pupr(&house.app, letter("one")).await;
    let far = submit(&house.app, letter("far")).await.code;
    act(&house.app, far, national(), dispose(BONTANG)).await.unwrap();
    for by in [pupr(), officer(Role::AgencyAdmin, BONTANG), officer(Role::Supervisor, NATIONAL), Actor::Reporter] {
        let refused = house.app.link(one, far, by, "k").await;
        assert!(matches!(refused, Err(Error::Denied | Error::NotFound)), "{by:?}: {refused:?}");
    }
    house.app.link(one, far, national(), "k").await.unwrap();
    house.app.link(one, far, national(), "k").await.unwrap();
    assert_eq!(story(&house.app, far).await.iter().filter(|kind| **kind == "linked").count(), 1);
});
