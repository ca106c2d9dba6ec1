//! What waits for a seat, page by page.

use crate::people::*;
use app::InboxView;

both!(pages_follow_the_deadlines_that_are_stored_also_after_the_rules_have_changed, |house| {
    let mut wanted = Vec::new();
    for n in 0..4 {
        wanted.push(submit(&house.app, letter(&format!("queue-{n}"))).await.code);
        house.later(1);
    }
    house.meddle("UPDATE report SET due_at = 1000").await;
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = house.app.inbox(&national(), InboxView::All, after, 1).await.unwrap();
        seen.extend(page.rows.iter().map(|row| row.listed.row.code));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, wanted);
});
