//! Lists of reports, page by page.

use crate::fixture::{Dice, after, answer, archive, at, close, dispose, hide, put, row, supervisory, text};
use domain::{AgencyId, Event, ReportId, UserId};
use store::Db;
use store::queue::{self, Queue};
use store::report::{self, Inbox, InboxCursor, Listed, NEVER, Row, Timing};

const OFFICE: i64 = 7;

/// Sixty reports at four offices of two parents, in three stages; deadlines coincide and some have none.
async fn fill(db: &Db) -> Vec<(Row, Option<i64>)> {
    let mut dice = Dice(1);
    let mut all = Vec::new();
    for id in 1..=60 {
        let office = 5 + dice.below(4) as i64;
        let more: &[Event] = match dice.below(4) {
            0 => &[],
            1 => &[answer()],
            2 => &[answer(), Event::Replied],
            _ => &[answer(), close()],
        };
        let row = after(row(id), &[dispose(office)]);
        let row = Row { root: AgencyId(office % 2), ..after(row, more) };
        let due = (dice.below(5) > 0).then(|| 10 * dice.below(6) as i64);
        put(db, row.clone(), Timing { due_at: due.map(at), wake_at: None }).await;
        all.push((row, due));
    }
    all
}

fn wanted(all: &[(Row, Option<i64>)], belongs: impl Fn(&Row) -> bool) -> Vec<i64> {
    let open = all.iter().filter(|(row, _)| row.report.is_open() && belongs(row));
    let mut keys: Vec<_> = open.map(|(row, due)| (due.unwrap_or(i64::MAX), row.report.id.0)).collect();
    keys.sort_unstable();
    keys.into_iter().map(|(_, id)| id).collect()
}

async fn walk(db: &Db, inbox: &Inbox, page: u32) -> Vec<i64> {
    let mut seen = Vec::new();
    let mut cursor = InboxCursor::START;
    loop {
        let mut tx = db.read().await.unwrap();
        let rows = report::list_inbox(&mut tx, inbox, cursor, page).await.unwrap();
        assert!(rows.len() <= page as usize);
        let Some(last) = rows.last() else { return seen };
        cursor = InboxCursor { due_at: last.due_at, id: last.row.report.id };
        seen.extend(rows.iter().map(|listed| listed.row.report.id.0));
    }
}

both!(every_inbox_is_complete_in_the_order_of_deadlines, |place| {
    let db = place.ready().await;
    let all = fill(&db).await;
    let is = |row: &Row, stage: &str| row.report.stage.kind().name() == stage;
    let holder = AgencyId(OFFICE);
    let cases: [(Inbox, Vec<i64>); 6] = [
        (Inbox::Holder(holder, None), wanted(&all, |row| row.report.holder == holder)),
        (Inbox::Holder(holder, Some("replied")), wanted(&all, |row| row.report.holder == holder && is(row, "replied"))),
        (Inbox::Root(AgencyId(1), None), wanted(&all, |row| row.root.0 == 1)),
        (Inbox::Root(AgencyId(0), Some("answered")), wanted(&all, |row| row.root.0 == 0 && is(row, "answered"))),
        (Inbox::Stage("disposed"), wanted(&all, |row| is(row, "disposed"))),
        (Inbox::Nation, wanted(&all, |_| true)),
    ];
    for (inbox, wanted) in cases {
        assert!(wanted.len() > 1, "{inbox:?} tests nothing");
        for page in [1, 3, 100] {
            assert_eq!(walk(&db, &inbox, page).await, wanted, "{inbox:?} in pages of {page}");
        }
    }
});

/// Half of the reports are assigned to one of two officers.
async fn assign(db: &Db, all: &[(Row, Option<i64>)]) -> Vec<(Row, Option<i64>)> {
    let mut assigned = Vec::new();
    for (row, due) in all {
        let id = row.report.id.0;
        let officer = (id % 4 < 2).then_some(UserId(id % 2));
        let now = after(row.clone(), &[Event::Assigned { officer }]);
        let (was, timing) = (row.report.seq, Timing { due_at: due.map(at), wake_at: None });
        let stored = now.clone();
        let done: store::Result<bool> =
            db.write(move |tx| Box::pin(async move { report::update(tx, &stored, was, timing).await })).await;
        assert!(done.unwrap());
        assigned.push((now, *due));
    }
    assigned
}

both!(every_queue_is_as_long_as_its_list_also_when_reports_move, |place| {
    let db = place.ready().await;
    let all = assign(&db, &fill(&db).await).await;
    let now = at(25);
    let count = |belongs: &dyn Fn(&Row) -> bool| {
        let open: Vec<_> = all.iter().filter(|(row, _)| row.report.is_open() && belongs(row)).collect();
        let late = open.iter().filter(|(_, due)| due.is_some_and(|due| due < 25)).count();
        let waiting = open.iter().filter(|(_, due)| due.is_none()).count();
        [open.len(), late, waiting].map(|n| n as u64)
    };
    let (holder, officer) = (AgencyId(OFFICE), UserId(1));
    let nobodys = |row: &Row| row.report.holder == holder && row.report.officer.is_none();
    let mine = |row: &Row| row.report.officer == Some(officer);
    let cases: [(Queue, [u64; 3]); 5] = [
        (Queue::Nation, count(&|_| true)),
        (Queue::Root(AgencyId(1)), count(&|row| row.root.0 == 1)),
        (Queue::Holder(holder), count(&|row| row.report.holder == holder)),
        (Queue::Unassigned(holder), count(&nobodys)),
        (Queue::Officer(officer), count(&mine)),
    ];
    let queues = cases.map(|(queue, _)| queue);
    let lengths = async || queue::lengths(&mut db.read().await.unwrap(), &queues, now, true).await.unwrap();
    for ((queue, wanted), length) in cases.into_iter().zip(lengths().await) {
        assert!(wanted[0] > 1, "{queue:?} tests nothing");
        assert_eq!([length.open, length.late, length.waiting], wanted, "{queue:?}");
    }
    let before = lengths().await;
    let swept: store::Result<()> = db.write(move |tx| Box::pin(queue::sweep(tx, now))).await;
    swept.unwrap();
    assert_eq!(lengths().await, before, "what is added up counts otherwise");
    let past =
        format!("SELECT CAST(due_at AS TEXT), '' FROM queue WHERE due_at > 0 AND due_at < {}", now.as_millisecond());
    assert!(place.peek(&past).await.is_empty(), "instants that have passed are still kept apart");
    assert_eq!(walk(&db, &Inbox::Officer(officer), 3).await, wanted(&all, mine));
    assert_eq!(walk(&db, &Inbox::Unassigned(holder), 3).await, wanted(&all, nobodys));
    assert_eq!(queue::wrong(&mut db.read().await.unwrap(), now).await.unwrap(), []);
    place.meddle("UPDATE queue SET n = n + 1 WHERE scope = 'root'").await;
    assert!(!queue::wrong(&mut db.read().await.unwrap(), now).await.unwrap().is_empty());
    let done: store::Result<()> = db.write(|tx| Box::pin(queue::rebuild(tx))).await;
    done.unwrap();
    assert_eq!(queue::wrong(&mut db.read().await.unwrap(), now).await.unwrap(), []);
});

both!(an_inbox_shows_the_present_words, |place| {
    let db = place.ready().await;
    put(&db, row(1), Timing::default()).await;
    let mut tx = db.read().await.unwrap();
    let listed = report::list_inbox(&mut tx, &Inbox::Stage("submitted"), InboxCursor::START, 5).await.unwrap();
    let words = text(ReportId(1));
    assert_eq!(listed, [Listed { row: row(1), due_at: NEVER, title: words.title, body: words.body }]);
});

both!(the_public_reads_verified_reports_newest_first_and_no_hidden_or_sealed_one, |place| {
    let db = place.ready().await;
    let histories: [&[Event]; 8] = [
        &[],
        &[dispose(7)],
        &[dispose(7), hide()],
        &[dispose(7), supervisory(true)],
        &[dispose(7), archive()],
        &[dispose(7), answer(), close()],
        &[dispose(7), hide(), Event::Unhidden],
        &[archive()],
    ];
    for (id, history) in (1..).zip(histories) {
        put(&db, after(row(id), history), Timing::default()).await;
    }
    let secret = row(9);
    let secret = Row { report: domain::Report { secret: true, ..secret.report.clone() }, ..secret };
    put(&db, after(secret, &[dispose(7)]), Timing::default()).await;
    for page in [1, 2, 50] {
        let (mut seen, mut before) = (Vec::new(), ReportId(i64::MAX));
        let mut tx = db.read().await.unwrap();
        loop {
            let rows = report::list_public(&mut tx, before, page).await.unwrap();
            let Some(last) = rows.last() else { break };
            before = last.row.report.id;
            seen.extend(rows.iter().map(|listed| listed.row.report.id.0));
        }
        assert_eq!(seen, [7, 6, 2], "in pages of {page}");
    }
});

both!(a_report_that_is_hidden_leaves_the_public_list, |place| {
    let db = place.ready().await;
    let public = after(row(1), &[dispose(7)]);
    put(&db, public.clone(), Timing::default()).await;
    let hidden = after(public, &[hide()]);
    let done: store::Result<bool> =
        db.write(move |tx| Box::pin(async move { report::update(tx, &hidden, 2, Timing::default()).await })).await;
    assert!(done.unwrap());
    let mut tx = db.read().await.unwrap();
    assert_eq!(report::list_public(&mut tx, ReportId(i64::MAX), 5).await.unwrap(), []);
});
