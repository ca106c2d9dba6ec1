//! Jobs are done by one process at a time, and by somebody in the end.

use crate::fixture::at;
use domain::ReportId;
use jiff::Timestamp;
use std::collections::BTreeSet;
use store::job::{self, Claimed, NewJob};
use store::{Db, Result};

fn new(id: i64, run_at: i64) -> NewJob {
    let report = (id % 2 == 0).then_some(ReportId(id));
    NewJob { id, kind: "send_receipt", report, payload: format!(r#"{{"n":{id}}}"#), run_at: at(run_at) }
}

async fn enqueue(db: &Db, jobs: Vec<NewJob>) {
    let done: Result<()> = db
        .write(move |tx| {
            Box::pin(async move {
                for new in &jobs {
                    job::insert(tx, new).await?;
                }
                Ok(())
            })
        })
        .await;
    done.unwrap();
}

async fn claim(db: &Db, process: &'static str, now: i64, until: i64, most: u32) -> Vec<Claimed> {
    let done: Result<_> =
        db.write(move |tx| Box::pin(async move { job::claim(tx, process, at(now), at(until), most).await })).await;
    done.unwrap()
}

async fn settle(db: &Db, id: i64, process: &'static str) -> bool {
    let done: Result<bool> = db.write(move |tx| Box::pin(async move { job::settle(tx, id, process).await })).await;
    done.unwrap()
}

async fn postpone(db: &Db, id: i64, process: &'static str, run_at: Timestamp) {
    let done: Result<()> =
        db.write(move |tx| Box::pin(async move { job::postpone(tx, id, process, run_at, "no route").await })).await;
    done.unwrap();
}

fn ids(claimed: &[Claimed]) -> Vec<i64> {
    claimed.iter().map(|job| job.id).collect()
}

both!(due_jobs_are_claimed_the_oldest_first_and_carry_what_they_need, |place| {
    let db = place.ready().await;
    enqueue(&db, vec![new(1, 30), new(2, 10), new(3, 20), new(4, 99)]).await;
    let first = claim(&db, "p", 30, 60, 2).await;
    let wanted = Claimed {
        id: 2,
        kind: "send_receipt".into(),
        report: Some(ReportId(2)),
        payload: r#"{"n":2}"#.into(),
        attempts: 1,
    };
    assert_eq!(first[0], wanted);
    assert_eq!(ids(&first), [2, 3]);
    assert_eq!(ids(&claim(&db, "p", 30, 60, 9).await), [1]);
    assert_eq!(ids(&claim(&db, "p", 30, 60, 9).await), [] as [i64; 0]);
});

both!(a_claim_that_ran_out_is_taken_over_and_the_late_one_cannot_settle, |place| {
    let db = place.ready().await;
    enqueue(&db, vec![new(1, 0)]).await;
    assert_eq!(ids(&claim(&db, "slow", 0, 10, 5).await), [1]);
    assert!(claim(&db, "quick", 9, 20, 5).await.is_empty());
    let taken = claim(&db, "quick", 10, 20, 5).await;
    assert_eq!((taken[0].id, taken[0].attempts), (1, 2));
    assert!(!settle(&db, 1, "slow").await);
    postpone(&db, 1, "slow", at(500)).await;
    assert!(settle(&db, 1, "quick").await);
    assert!(!settle(&db, 1, "quick").await);
    assert!(claim(&db, "quick", 900, 999, 5).await.is_empty());
});

both!(a_postponed_job_comes_back_with_its_failure_noted, |place| {
    let db = place.ready().await;
    enqueue(&db, vec![new(1, 0)]).await;
    claim(&db, "p", 0, 1_000, 5).await;
    postpone(&db, 1, "p", at(50)).await;
    assert!(claim(&db, "q", 49, 99, 5).await.is_empty());
    let noted = place.peek("SELECT kind, failure FROM job").await;
    assert_eq!(noted, [("send_receipt".to_owned(), "no route".to_owned())]);
    let again = claim(&db, "q", 50, 99, 5).await;
    assert_eq!((again[0].id, again[0].attempts), (1, 2));
});

both!(a_job_that_is_there_already_is_not_put_there_again, |place| {
    let db = place.ready().await;
    let put = async |new: NewJob| -> bool {
        let done: Result<bool> = db.write(move |tx| Box::pin(async move { job::insert(tx, &new).await })).await;
        done.unwrap()
    };
    assert!(put(new(1, 10)).await);
    assert!(!put(new(1, 99)).await);
    assert_eq!(ids(&claim(&db, "p", 10, 20, 5).await), [1]);
});

both!(the_gauge_counts_what_is_due, |place| {
    let db = place.ready().await;
    enqueue(&db, (1..=20).map(|id| new(id, id)).collect()).await;
    let mut tx = db.read().await.unwrap();
    assert_eq!(job::waiting(&mut tx, at(7)).await.unwrap(), 7);
    assert_eq!(job::waiting(&mut tx, at(0)).await.unwrap(), 0);
});

both!(a_job_of_a_write_that_fails_does_not_exist, |place| {
    let db = place.ready().await;
    let failed: Result<()> = db
        .write(|tx| {
            Box::pin(async move {
                job::insert(tx, &new(1, 0)).await?;
                Err(store::Error::Corrupt("changed my mind".into()))
            })
        })
        .await;
    assert!(failed.is_err());
    assert!(claim(&db, "p", 10, 20, 5).await.is_empty());
});

const PROCESSES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

async fn drain(db: Db, process: &'static str) -> Vec<i64> {
    let (mut mine, mut empty) = (Vec::new(), 0);
    while empty < 3 {
        let claimed = claim(&db, process, 1_000, 9_000, 7).await;
        assert!(claimed.len() <= 7);
        empty = if claimed.is_empty() { empty + 1 } else { 0 };
        for job in claimed {
            assert_eq!(job.attempts, 1);
            mine.push(job.id);
            if job.id % 3 == 0 {
                assert!(settle(&db, job.id, process).await);
            }
        }
    }
    mine
}

both!(each_job_goes_to_exactly_one_of_many_processes, |place| {
    let db = place.ready().await;
    enqueue(&db, (1..=150).map(|id| new(id, id % 10)).collect()).await;
    let handles = [db, place.open().await, place.open().await];
    let tasks: Vec<_> = (0..8).map(|n| tokio::spawn(drain(handles[n % 3].clone(), PROCESSES[n]))).collect();
    let mut claimed = Vec::new();
    for task in tasks {
        claimed.extend(task.await.unwrap());
    }
    assert_eq!(claimed.len(), 150, "some jobs were claimed twice or not at all");
    assert_eq!(claimed.into_iter().collect::<BTreeSet<_>>(), (1..=150).collect());
});
