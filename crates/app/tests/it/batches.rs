//! One deed to many reports: once for each, whatever breaks off in between.

use crate::people::*;
use app::{BatchState, Deed, NewOfficer};
use domain::{Actor, AgencyId, Role};

both!(a_batch_that_was_interrupted_does_nothing_twice, |house| {
    let mut codes = Vec::new();
    for n in 0..3 {
        codes.push(submit(&house.app, letter(&format!("batch-{n}"))).await.code);
    }
    let note = domain::text::Remark::parse("Mohon segera ditinjau.").ok();
    let deed = Deed::Dispose { to: AgencyId(630_003), note };
    let (role, agency) = (Role::NationalAdmin, AgencyId(1));
    let new = NewOfficer {
        login: "nasional".into(),
        name: "Ratna".into(),
        role,
        agency,
        password: "kata sandi contoh".into(),
    };
    let by = Actor::Officer { user: house.app.add_officer(new).await.unwrap(), role, agency };
    let tried = house.app.try_batch(&by, &codes, &deed, &|_| None).await.unwrap();
    assert!(tried.iter().all(|line| line.outcome == "ready"), "{tried:?}");
    let id = house.app.send_batch(&by, &deed, &tried, "key").await.unwrap();
    assert_eq!(house.app.send_batch(&by, &deed, &tried, "key").await.unwrap(), id);
    house.work().await;
    assert_eq!(
        house.app.batch(&by, id).await.unwrap().state,
        BatchState::Waiting,
        "it was not given time to be undone"
    );
    house.later(1);
    house.work().await;
    let seqs = |lines: &app::View| lines.report().seq;
    let before = seqs(&house.app.view(codes[0], &by).await.unwrap());
    // As if the process had died after its last report and before the batch was settled.
    house.meddle("UPDATE batch SET state = 'running'; UPDATE batch_item SET outcome = NULL WHERE nth > 1").await;
    house.meddle(&format!(
        "INSERT INTO job (id, kind, payload, run_at, attempts, claimed_until) VALUES (7, 'run_batch', '{id}', 0, 0, 0)"
    ))
    .await;
    house.work().await;
    let view = house.app.batch(&by, id).await.unwrap();
    assert_eq!(view.state, BatchState::Done);
    for code in codes {
        assert_eq!(seqs(&house.app.view(code, &by).await.unwrap()), before, "a report was disposed twice");
    }
});
