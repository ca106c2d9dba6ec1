//! What belongs to a report: words, reporter, log, files, supporters, notices, looks.

use crate::fixture::{answer, at, dispose, first_event, put, row};
use crate::world::Place;
use domain::time::Zone;
use domain::{Actor, AgencyId, AttachmentId, Event, ReportId, Role, UserId};
use store::access::{self, Access};
use store::attachment::{self, Attachment};
use store::event::{self, Logged};
use store::report::{ClientKey, Timing};
use store::reporter::{self, Known, Reporter};
use store::words::{self, Words};
use store::{Db, Result, notice, support};

const R: ReportId = ReportId(1);

both!(words_come_back_in_the_order_of_their_events, |place| {
    let db = place.ready().await;
    let full = Words {
        title: Some("Lampu jalan padam".into()),
        body: "Sudah tiga malam. “Gelap” — 100%; 'x' \\ \n baris kedua 🙏".into(),
        legal_ground: Some("UU 25/2009".into()),
        place: Some("Jl. Melati".into()),
        happened_on: Some("2026-03-01".into()),
        latitude: Some("-3.4421".into()),
        longitude: Some("114.8450".into()),
    };
    let short = Words { body: "Terima kasih".into(), ..Words::default() };
    let (one, other) = (full.clone(), short.clone());
    let written: Result<()> = db
        .write(move |tx| {
            Box::pin(async move {
                words::insert(tx, R, 4, &other).await?;
                words::insert(tx, ReportId(2), 1, &other).await?;
                words::insert(tx, R, 1, &one).await
            })
        })
        .await;
    written.unwrap();
    let mut tx = db.read().await.unwrap();
    assert_eq!(words::load(&mut tx, R, 4).await.unwrap().as_ref(), Some(&short));
    assert_eq!(words::load(&mut tx, R, 2).await.unwrap(), None);
    assert_eq!(words::list(&mut tx, R).await.unwrap(), [(1, full), (4, short)]);
});

both!(the_reports_of_an_address_are_found_however_it_was_written, |place| {
    let db = place.ready().await;
    put(&db, row(1), Timing::default()).await;
    let known = Reporter { email: Some("Siti@Contoh.id".into()), language: "id".into(), ..Reporter::default() };
    let written: Result<()> = db
        .write(move |tx| {
            let known = known.clone();
            Box::pin(async move {
                reporter::insert(tx, R, &known).await?;
                reporter::set_thread(tx, R, Some("a1@contoh.id")).await
            })
        })
        .await;
    written.unwrap();
    let mut tx = db.read().await.unwrap();
    let mine = reporter::list_known(&mut tx, Known::Email("siti@contoh.id"), 10).await.unwrap();
    assert_eq!(mine.iter().map(|row| row.report.id).collect::<Vec<_>>(), [R]);
    assert!(reporter::list_known(&mut tx, Known::Email("?siti@contoh.id"), 10).await.unwrap().is_empty());
    assert_eq!(reporter::thread(&mut tx, R).await.unwrap().as_deref(), Some("a1@contoh.id"));
    drop(tx);
    let stopped: Result<()> = db
        .write(move |tx| {
            Box::pin(async move { reporter::stop_known(tx, Known::Email("siti@contoh.id"), Some(at(5))).await })
        })
        .await;
    stopped.unwrap();
    assert!(reporter::reached(&mut db.read().await.unwrap(), R).await.unwrap().unwrap().stopped);
});

both!(a_reporter_is_found_by_the_report_only, |place| {
    let db = place.ready().await;
    let known = Reporter {
        name: Some("Contoh".into()),
        phone: None,
        email: None,
        chat: None,
        thread: None,
        language: "id".into(),
    };
    let stored = known.clone();
    let written: Result<()> = db.write(move |tx| Box::pin(async move { reporter::insert(tx, R, &stored).await })).await;
    written.unwrap();
    let mut tx = db.read().await.unwrap();
    assert_eq!(reporter::load(&mut tx, R).await.unwrap(), Some(known));
    assert_eq!(reporter::load(&mut tx, ReportId(2)).await.unwrap(), None);
});

fn logged(seq: u32, by: Actor, event: Event) -> Logged {
    Logged { seq, at: at(i64::from(seq)), by, event }
}

async fn append(db: &Db, entry: Logged, key: Option<&'static str>) -> Result<()> {
    let key = key.map(|key| ClientKey { key: key.to_owned(), fingerprint: format!("print of {key}") });
    db.write(move |tx| Box::pin(async move { event::append(tx, R, Zone::Wita, &entry, key.as_ref()).await })).await
}

both!(a_log_comes_back_in_order_with_who_did_it, |place| {
    let db = place.ready().await;
    let officer = Actor::Officer { user: UserId(5), role: Role::LiaisonOfficer, agency: AgencyId(7) };
    let log = [
        first_event(&row(1).report),
        logged(2, officer, dispose(7)),
        logged(3, officer, answer()),
        logged(4, Actor::Public, Event::Supported),
        logged(5, Actor::System, Event::Warned),
    ];
    for entry in log.iter().rev() {
        append(&db, entry.clone(), None).await.unwrap();
    }
    let mut tx = db.read().await.unwrap();
    assert_eq!(event::list(&mut tx, R).await.unwrap(), log);
    assert_eq!(event::list(&mut tx, ReportId(2)).await.unwrap(), []);
});

/// Makes report 1 one that was taken in, supported and, at last, noted about by so many.
async fn crowd(place: &Place, supporters: usize, notes: usize) {
    let columns = "(report_id, seq, at, day, kind, by_kind, data)";
    let numbers =
        |from, to| format!("WITH RECURSIVE n(i) AS (SELECT {from} UNION ALL SELECT i + 1 FROM n WHERE i < {to})");
    let (half, last) = (1 + supporters, 1 + supporters + notes);
    let supported = r#"1, i, i, 0, 'supported', 'public', '{"kind":"supported"}'"#;
    let noted = r#"1, i, i, 0, 'noted', 'system', '{"kind":"noted"}'"#;
    place.meddle(&format!("INSERT INTO event {columns} {} SELECT {supported} FROM n", numbers(2, half))).await;
    place.meddle(&format!("INSERT INTO event {columns} {} SELECT {noted} FROM n", numbers(half + 1, last))).await;
}

both!(a_long_log_is_read_to_its_end, |place| {
    let db = place.ready().await;
    put(&db, row(1), Timing::default()).await;
    crowd(&place, 5_998, 1).await;
    let mut tx = db.read().await.unwrap();
    let log = event::list(&mut tx, R).await.unwrap();
    assert_eq!(log.iter().map(|logged| logged.seq).collect::<Vec<_>>(), (1..=6_000).collect::<Vec<_>>());
    assert_eq!(log[5_999].event, Event::Noted);
});

both!(a_story_tells_what_happened_and_not_who_supported_it, |place| {
    let db = place.ready().await;
    put(&db, row(1), Timing::default()).await;
    crowd(&place, 5_998, 1).await;
    let story = event::story(&mut db.read().await.unwrap(), R).await.unwrap();
    let told: Vec<_> = story.iter().map(|told| (told.logged.seq, told.words.is_some())).collect();
    assert_eq!(told, [(1, true), (6_000, false)]);
});

both!(of_a_story_too_long_to_tell_the_newest_is_told_and_how_it_began, |place| {
    let db = place.ready().await;
    put(&db, row(1), Timing::default()).await;
    crowd(&place, 2, event::MOST + 10).await;
    let story = event::story(&mut db.read().await.unwrap(), R).await.unwrap();
    let told: Vec<usize> = story.iter().map(|told| told.logged.seq as usize).collect();
    assert_eq!(told, [1].into_iter().chain(14..14 + event::MOST).collect::<Vec<_>>());
    assert!(story[0].words.is_some());
});

both!(the_log_takes_neither_a_number_nor_a_client_key_twice, |place| {
    let db = place.ready().await;
    append(&db, logged(1, Actor::Reporter, Event::Replied), Some("a")).await.unwrap();
    assert!(append(&db, logged(1, Actor::Reporter, Event::Warned), None).await.is_err());
    assert!(append(&db, logged(2, Actor::Reporter, Event::Warned), Some("a")).await.is_err());
    append(&db, logged(3, Actor::Reporter, Event::Objected), Some("b")).await.unwrap();
    append(&db, logged(4, Actor::Reporter, Event::Objected), None).await.unwrap();
    append(&db, logged(5, Actor::Reporter, Event::Objected), None).await.unwrap();
    let mut tx = db.read().await.unwrap();
    assert_eq!(event::find_by_key(&mut tx, R, "a").await.unwrap().as_deref(), Some("print of a"));
    assert_eq!(event::find_by_key(&mut tx, R, "c").await.unwrap(), None);
    assert_eq!(event::find_by_key(&mut tx, ReportId(2), "a").await.unwrap(), None, "keys of another report count");
    assert!(event::is_moved(&mut tx, R, 4).await.unwrap() && !event::is_moved(&mut tx, R, 5).await.unwrap());
    let kept: Vec<u32> = event::list(&mut tx, R).await.unwrap().iter().map(|entry| entry.seq).collect();
    assert_eq!(kept, [1, 3, 4, 5]);
});

fn file(id: i64, seq: u32) -> Attachment {
    let (name, kind) = (format!("foto {id}.jpg"), "image/jpeg".to_owned());
    Attachment {
        id: AttachmentId(id),
        report: R,
        seq,
        name,
        kind,
        size: 5_000_000_000,
        hash: "ab12".into(),
        at: at(id),
    }
}

both!(files_are_listed_by_event_and_a_repeated_upload_is_one_file, |place| {
    let db = place.ready().await;
    let attach = async |file: Attachment, key: Option<&'static str>| -> bool {
        let done: Result<bool> =
            db.write(move |tx| Box::pin(async move { attachment::insert(tx, &file, key).await })).await;
        done.unwrap()
    };
    assert!(attach(file(3, 2), Some("k")).await);
    assert!(attach(file(2, 1), None).await);
    assert!(attach(file(1, 2), None).await);
    assert!(!attach(file(9, 5), Some("k")).await);
    assert!(attach(Attachment { report: ReportId(2), ..file(8, 1) }, Some("k")).await);
    let mut tx = db.read().await.unwrap();
    assert_eq!(attachment::list(&mut tx, R).await.unwrap(), [file(2, 1), file(1, 2), file(3, 2)]);
    assert_eq!(attachment::load(&mut tx, AttachmentId(3)).await.unwrap(), Some(file(3, 2)));
    assert_eq!(attachment::load(&mut tx, AttachmentId(9)).await.unwrap(), None);
    assert_eq!(attachment::find_by_key(&mut tx, R, "k").await.unwrap(), Some(file(3, 2)));
    assert_eq!(attachment::find_by_key(&mut tx, R, "other").await.unwrap(), None);
});

both!(nobody_supports_a_report_twice, |place| {
    let db = place.ready().await;
    let tasks = (0..6).map(|n| {
        let db = db.clone();
        let who = ["ani", "budi", "ani", "ani", "budi", "ani"][n];
        tokio::spawn(async move {
            let done: Result<bool> =
                db.write(move |tx| Box::pin(async move { support::insert(tx, R, who, at(0)).await })).await;
            u32::from(done.unwrap())
        })
    });
    let mut counted = 0;
    for task in tasks.collect::<Vec<_>>() {
        counted += task.await.unwrap();
    }
    assert_eq!(counted, 2);
});

async fn tell(db: &Db, id: i64, agency: i64, kind: &'static str) {
    let told: Result<()> = db
        .write(move |tx| Box::pin(async move { notice::insert(tx, id, AgencyId(agency), R, kind, "{}", at(id)).await }))
        .await;
    told.unwrap();
}

both!(an_office_reads_its_notices_newest_first_and_each_once, |place| {
    let db = place.ready().await;
    put(&db, row(1), Timing::default()).await;
    for (id, agency) in [(1, 7), (2, 7), (3, 8), (4, 7)] {
        tell(&db, id, agency, "disposed").await;
    }
    tell(&db, 4, 7, "told twice").await;
    let seen: Result<()> = db.write(|tx| Box::pin(async move { notice::see(tx, AgencyId(7), 2, at(9)).await })).await;
    seen.unwrap();
    let mut tx = db.read().await.unwrap();
    let listed = notice::list(&mut tx, AgencyId(7), i64::MAX, 10).await.unwrap();
    let read: Vec<_> = listed.iter().map(|n| (n.id, n.kind.as_str(), n.code, n.seen_at)).collect();
    let code = Some(row(1).code);
    let wanted = [(4, "disposed", code, None), (2, "disposed", code, Some(at(9))), (1, "disposed", code, Some(at(9)))];
    assert_eq!(read, wanted);
    let older = notice::list(&mut tx, AgencyId(7), 4, 1).await.unwrap();
    assert_eq!(older.iter().map(|n| n.id).collect::<Vec<_>>(), [2]);
    assert_eq!(notice::list(&mut tx, AgencyId(8), i64::MAX, 10).await.unwrap()[0].seen_at, None);
    assert_eq!(notice::count_unseen(&mut tx, AgencyId(7), 10).await.unwrap(), 1);
    assert_eq!(notice::count_unseen(&mut tx, AgencyId(9), 10).await.unwrap(), 0);
});

both!(every_look_is_kept_the_latest_first, |place| {
    let db = place.ready().await;
    let look = |officer: i64, what: &str| Access {
        at: at(officer),
        officer: UserId(officer),
        agency: AgencyId(7),
        role: Role::Inspector,
        what: what.into(),
    };
    for (id, entry) in [(1, look(5, "sealed")), (2, look(6, "name")), (3, look(5, "contact"))] {
        let kept: Result<()> =
            db.write(move |tx| Box::pin(async move { access::insert(tx, id, R, &entry).await })).await;
        kept.unwrap();
    }
    let mut tx = db.read().await.unwrap();
    let wanted = [look(5, "contact"), look(6, "name"), look(5, "sealed")];
    assert_eq!(access::list(&mut tx, R).await.unwrap(), wanted);
    assert_eq!(access::list(&mut tx, ReportId(2)).await.unwrap(), []);
});

both!(a_change_is_logged_in_the_transaction_that_makes_it, |place| {
    let db = place.ready().await;
    let change = async |id: i64, keep: bool| -> Result<()> {
        db.write(move |tx| {
            Box::pin(async move {
                access::log_change(tx, id, at(0), Some(UserId(5)), "setting", "motd", r#"{"to":"x"}"#).await?;
                if keep { Ok(()) } else { Err(store::Error::Corrupt("changed my mind".into())) }
            })
        })
        .await
    };
    change(1, true).await.unwrap();
    change(2, false).await.unwrap_err();
    let kept = place.peek("SELECT noun, change FROM change_log").await;
    assert_eq!(kept, [("setting".to_owned(), r#"{"to":"x"}"#.to_owned())]);
});
