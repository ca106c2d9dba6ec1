//! A batch writes the same rows as one report after the other.

use crate::fixture::{after, at, dispose, first_event, is_whole, key, put, row};
use domain::{Actor, AgencyId, ReportId};
use std::collections::BTreeMap;
use store::bulk::{self, Batch, NewNotice, Whole};
use store::event::{self, Logged};
use store::report::{self, Inbox, InboxCursor, Row, Timing};
use store::reporter::{self, Reporter};
use store::words::{self, Words};
use store::{Db, Result, counter, notice, search};

struct Sample {
    row: Row,
    log: Vec<Logged>,
    words: Vec<(u32, Words)>,
    reporter: Option<Reporter>,
    terms: Vec<String>,
    notices: Vec<NewNotice>,
}

/// Every second report is disposed, public and findable; the others are new and without a reporter.
fn sample(id: i64) -> Sample {
    let public = id % 2 == 0;
    let disposed = Logged { seq: 2, at: at(1_000), by: Actor::System, event: dispose(7) };
    let first = first_event(&row(id).report);
    let body = format!("“Gelap” \\ 'kutip' \"dua\" \n baris {id} 🙏");
    let said =
        Words { title: public.then(|| "Lampu".into()), body, latitude: Some("-3.44".into()), ..Words::default() };
    let known = Reporter {
        name: Some("Contoh".into()),
        phone: None,
        email: None,
        chat: None,
        thread: None,
        language: "id".into(),
    };
    let row = if public { after(row(id), &[dispose(7)]) } else { row(id) };
    Sample {
        row: Row { external_ref: Some(format!("SP4N-{id}")), root: AgencyId(3), ..row },
        log: if public { vec![first, disposed] } else { vec![first] },
        words: vec![(1, said)],
        reporter: public.then_some(known),
        terms: if public { vec!["lampu".into(), format!("n_{id}")] } else { Vec::new() },
        notices: if public { vec![NewNotice { id, agency: AgencyId(7), seq: 2 }] } else { Vec::new() },
    }
}

fn timing(id: i64) -> Timing {
    Timing { due_at: (id % 3 > 0).then(|| at(id)), wake_at: (id % 4 > 0).then(|| at(id)) }
}

fn batch(samples: &[Sample]) -> Batch {
    let mut batch = Batch::new(5);
    for sample in samples {
        let Sample { row, log, words, reporter, terms, notices } = sample;
        let (key, timing) = (&key(row), timing(row.report.id.0));
        batch.push(&Whole { row, key, timing, log, words, reporter: reporter.as_ref(), terms, notices }).unwrap();
    }
    batch
}

async fn write(db: &Db, batch: Batch) -> Result<()> {
    db.write(move |tx| {
        Box::pin(async move {
            if batch.write(tx).await? { Ok(()) } else { Err(store::Error::Corrupt("already there".into())) }
        })
    })
    .await
}

both!(a_batch_reads_back_like_single_reports, |place| {
    let db = place.ready().await;
    let samples: Vec<_> = (1..=9).map(sample).collect();
    write(&db, batch(&samples)).await.unwrap();
    let mut tx = db.read().await.unwrap();
    for Sample { row, log, words, reporter, .. } in &samples {
        let id = row.report.id;
        assert_eq!(report::load(&mut tx, id).await.unwrap().as_ref(), Some(row));
        assert_eq!(&event::list(&mut tx, id).await.unwrap(), log);
        assert_eq!(&words::list(&mut tx, id).await.unwrap(), words);
        assert_eq!(&reporter::load(&mut tx, id).await.unwrap(), reporter);
    }
    let kept: BTreeMap<_, _> = counter::list(&mut tx).await.unwrap().into_iter().collect();
    assert_eq!(kept, counter::recount(&mut tx).await.unwrap().into_iter().collect());
    assert_eq!(kept.values().sum::<i64>(), 9);
    let found = search::find(&mut tx, &["lampu".into()], ReportId(i64::MAX), 50, &[]).await.unwrap();
    assert_eq!(found.iter().map(|hit| hit.row.report.id.0).collect::<Vec<_>>(), [8, 6, 4, 2]);
    let told = notice::list(&mut tx, AgencyId(7), i64::MAX, 50).await.unwrap();
    assert_eq!(told.iter().map(|n| (n.id, n.at)).next(), Some((8, at(1_000))));
    let inbox = report::list_inbox(&mut tx, &Inbox::Root(AgencyId(3), None), InboxCursor::START, 50).await.unwrap();
    assert_eq!(inbox.iter().map(|listed| listed.row.report.id.0).collect::<Vec<_>>(), [1, 2, 4, 5, 7, 8, 3, 6, 9]);
    let woken = report::list_waking(&mut tx, at(5), 50).await.unwrap();
    assert_eq!(woken.iter().map(|id| id.0).collect::<Vec<_>>(), [1, 2, 3, 5]);
});

both!(a_batch_with_a_report_that_is_there_already_is_undone_whole, |place| {
    let db = place.ready().await;
    put(&db, row(3), Timing::default()).await;
    let samples: Vec<_> = (1..=5).map(sample).collect();
    assert!(write(&db, batch(&samples)).await.is_err());
    for id in [1, 2, 4, 5] {
        assert_eq!(is_whole(&db, id).await, None);
    }
    assert_eq!(is_whole(&db, 3).await, Some(true));
});

both!(known_keys_and_references_are_told_apart_from_new_ones, |place| {
    let db = place.ready().await;
    write(&db, batch(&[sample(1), sample(2)])).await.unwrap();
    let mut tx = db.read().await.unwrap();
    let keys = bulk::known_keys(&mut tx, ["key-1", "key-7"].into_iter()).await.unwrap();
    assert_eq!(keys.into_iter().collect::<Vec<_>>(), ["key-1"]);
    let refs = bulk::known_refs(&mut tx, ["SP4N-9", "SP4N-2"].into_iter()).await.unwrap();
    assert_eq!(refs.into_iter().collect::<Vec<_>>(), ["SP4N-2"]);
    assert!(bulk::known_keys(&mut tx, std::iter::empty()).await.unwrap().is_empty());
});
