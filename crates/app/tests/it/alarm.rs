//! A report that cannot be woken stands in nobody's way.

use crate::people::*;

/// As many as the scheduler takes in one round.
const ROUND: usize = 200;

both!(reports_that_cannot_be_woken_do_not_hold_up_the_others, |house| {
    let mut broken = Vec::new();
    for n in 0..ROUND {
        broken.push(submit(&house.app, letter(&format!("broken-{n}"))).await.code);
    }
    house.meddle("UPDATE report SET state = '!' || state, wake_at = wake_at - 1000").await;
    let sound = submit(&house.app, letter("sound")).await.code;
    house.at("2026-11-11T00:00:00Z");
    house.work().await;
    assert_eq!(story(&house.app, sound).await, ["submitted", "reminded"]);

    house.meddle("UPDATE report SET state = substr(state, 2) WHERE state LIKE '!%'").await;
    house.work().await;
    assert_eq!(story(&house.app, broken[0]).await, ["submitted"]);
    house.later(1);
    house.work().await;
    for code in broken {
        assert_eq!(story(&house.app, code).await, ["submitted", "reminded"]);
    }
});
