//! Short messages as they befall a house: machines, floods, silence, repetitions, and what cannot be done yet.

use crate::people::*;
use crate::world::House;
use app::Letter;
use app::mail::{Bubble, Draft, Scribe, Written};
use app::message::{Gateway, Sms};
use channel::sms::{Incoming, PartOf, Taker};
use domain::report::{Channel, Missing, StageKind};
use domain::taking::{Consent, Taking};
use domain::text::Phone;
use domain::{Code, RegionCode, Way};
use jiff::SignedDuration;
use std::sync::Arc;
use store::report::Row;
use store::{counter, letter, message, queue, reporter};

const SITI: &str = "6281100000001";
const BUDI: &str = "6281100000002";
/// Coding 0 is the default alphabet of the network, in which plain letters are themselves.
const PLAIN: u8 = 0;

struct Mute;

impl Scribe for Mute {
    fn write(&self, _: &Draft) -> Written {
        unreachable!("no letter leaves by mail")
    }

    fn write_short(&self, draft: &Draft) -> String {
        draft.kind.clone()
    }

    fn write_chat(&self, draft: &Draft) -> Bubble {
        Bubble { text: draft.kind.clone(), ..Bubble::default() }
    }

    fn write_post(&self, draft: &Draft) -> String {
        draft.kind.clone()
    }
}

/// A house that people write to, with no line up: what is to be said stays in the outbox.
fn with_sms(mut house: House) -> House {
    let sms = Sms { gateway: Gateway::new(Vec::new()), scribe: Arc::new(Mute) };
    house.app = house.app.clone().with_sms(sms);
    house
}

async fn bring(house: &House, from: &str, text: &str, session: i64, part: Option<PartOf>) {
    let (line, payload) = ("satu".to_owned(), text.as_bytes().to_vec());
    let incoming = Incoming { line, session, from: from.to_owned(), coding: PLAIN, payload, part };
    house.app.take(incoming).await.unwrap();
}

/// Somebody writes, and is heard.
async fn write(house: &House, from: &str, text: &str) {
    bring(house, from, text, 1, None).await;
    hear(house).await;
}

async fn hear(house: &House) {
    while house.app.hear_messages().await.unwrap().heard > 0 {}
}

/// What the house has said since the last time, in order.
async fn said(house: &House) -> Vec<String> {
    let now = house.app.now() + SignedDuration::from_hours(24 * 30);
    let db = house.app.db();
    let claiming = db.write(move |tx| {
        Box::pin(async move {
            let claimed = letter::claim(tx, Way::Sms, "uji", now, now + SignedDuration::from_hours(1), 500).await?;
            for one in &claimed {
                let settled = letter::Settled { fate: letter::Fate::Sent, failure: None, remote: None, at: now };
                letter::settle(tx, one.id, "uji", settled).await?;
            }
            Ok::<_, store::Error>(claimed)
        })
    });
    claiming.await.unwrap().into_iter().map(|letter| letter.kind).collect()
}

/// The reports of a number, the newest first.
async fn reports(house: &House, phone: &str) -> Vec<Row> {
    let mut tx = house.app.db().read().await.unwrap();
    reporter::list_known(&mut tx, reporter::Known::Phone(phone), 100).await.unwrap()
}

async fn kept(house: &House) -> Vec<(String, &'static str)> {
    let kept = message::list_kept(&mut house.app.db().read().await.unwrap(), 0, 100).await.unwrap();
    kept.into_iter().map(|message| (message.text, message.state.name())).collect()
}

async fn reported(house: &House) -> Code {
    write(house, SITI, "Lampu jalan padam di Kota Banjarbaru sejak kemarin").await;
    assert_eq!(said(house).await, ["news"]);
    reports(house, SITI).await[0].code
}

both!(silence_takes_in_what_was_told_and_nothing_of_it_is_lost, |house| {
    let house = with_sms(house);
    write(&house, SITI, "Lampu jalan padam sudah seminggu").await;
    assert_eq!(said(&house).await, ["talk-ask-place"]);
    house.app.hear_silence().await.unwrap();
    assert!(reports(&house, SITI).await.is_empty(), "the answer is awaited a while");
    house.later(1);
    for _ in 0..2 {
        house.app.hear_silence().await.unwrap();
        hear(&house).await;
    }
    let rows = reports(&house, SITI).await;
    let [row] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!((&row.report.region, row.report.holder), (&RegionCode::nation(), NATIONAL));
    assert_eq!(row.report.channel, Channel::Sms);
    assert_eq!(said(&house).await, ["news"]);
});

both!(a_machine_is_not_answered_and_its_messages_are_kept, |house| {
    let house = with_sms(house);
    write(&house, "PROMO-PULSA", "Pulsa murah hari ini saja").await;
    write(&house, "3355", "Kuota Anda habis").await;
    assert!(said(&house).await.is_empty());
    let texts: Vec<_> = kept(&house).await.into_iter().map(|(_, state)| state).collect();
    assert_eq!(texts, ["flagged", "flagged"]);
});

both!(too_many_messages_are_told_once_and_kept_for_a_person, |house| {
    let house = with_sms(house);
    for number in 0..35 {
        bring(&house, SITI, &format!("BANTUAN {number} ya"), 1, None).await;
    }
    hear(&house).await;
    let said = said(&house).await;
    assert_eq!(said.iter().filter(|kind| *kind == "talk-too-many").count(), 1, "{said:?}");
    assert_eq!(kept(&house).await.iter().filter(|(_, state)| *state == "flagged").count(), 5);
    house.later(2);
    write(&house, SITI, "BANTUAN").await;
    assert_eq!(self::said(&house).await, ["talk-help"]);
});

both!(the_same_message_over_another_connection_is_heard_once, |house| {
    let house = with_sms(house);
    write(&house, SITI, "STATUS").await;
    bring(&house, SITI, "STATUS", 2, None).await;
    bring(&house, SITI, "STATUS", 1, None).await;
    hear(&house).await;
    assert_eq!(said(&house).await, ["talk-no-reports"]);
    house.at("2026-11-09T02:05:00Z");
    write(&house, SITI, "STATUS").await;
    assert_eq!(said(&house).await, ["talk-no-reports"], "on the same connection somebody asks again");
    house.later(2);
    bring(&house, SITI, "STATUS", 3, None).await;
    hear(&house).await;
    assert_eq!(said(&house).await, ["talk-no-reports"]);
});

both!(what_came_of_a_long_message_is_heard_when_the_rest_does_not_come, |house| {
    let house = with_sms(house);
    let part = |number| Some(PartOf { reference: 7, total: 3, number });
    bring(&house, SITI, "Pagar sekolah roboh di Kota ", 1, part(1)).await;
    bring(&house, SITI, "Banjarbaru dan ", 1, part(2)).await;
    bring(&house, SITI, "Banjarbaru dan ", 1, part(2)).await;
    house.app.hear_silence().await.unwrap();
    hear(&house).await;
    assert!(reports(&house, SITI).await.is_empty());
    house.later(1);
    house.app.hear_silence().await.unwrap();
    hear(&house).await;
    assert_eq!(reports(&house, SITI).await.len(), 1);
    // The number of the long message is used for the next one.
    for (number, text) in [(2, "kedua tidak mengalir"), (1, "LAPOR air ledeng "), (3, " di Kota Banjarmasin")] {
        bring(&house, SITI, text, 1, part(number)).await;
    }
    hear(&house).await;
    let rows = reports(&house, SITI).await;
    assert_eq!((rows.len(), rows[0].report.region.as_str()), (2, "63.71"));
});

both!(whoever_stops_gets_no_news_until_they_want_them_again, |house| {
    let house = with_sms(house);
    let code = reported(&house).await;
    write(&house, SITI, "STOP").await;
    act(&house.app, code, national(), dispose(KALSEL)).await.unwrap();
    assert_eq!(said(&house).await, ["talk-stopped"]);
    write(&house, SITI, "MULAI").await;
    act(&house.app, code, kalsel(), answer("Kabelnya putus digigit tikus; lampunya menyala lagi sejak pagi ini."))
        .await
        .unwrap();
    assert_eq!(said(&house).await, ["talk-started", "news"]);
});

both!(more_is_taken_when_it_was_asked_for_and_waits_for_a_person_when_it_cannot_be_taken, |house| {
    let house = with_sms(house);
    let code = reported(&house).await;
    write(&house, SITI, &format!("{code} tambahan: tiangnya miring")).await;
    assert_eq!(said(&house).await, ["talk-refused"]);
    assert_eq!(kept(&house).await, [(format!("{code} tambahan: tiangnya miring"), "waiting")]);
    let hold = domain::Command::Hold { missing: vec![Missing::Location], text: remark("Di jalan apa?") };
    act(&house.app, code, national(), hold).await.unwrap();
    write(&house, SITI, "Jalan Melati nomor lima").await;
    assert_eq!(reports(&house, SITI).await[0].report.stage.kind(), StageKind::Submitted);
    assert!(said(&house).await.contains(&"talk-added".to_owned()));
});

both!(whoever_leaves_a_number_at_the_counter_gets_the_receipt_by_short_message, |house| {
    let house = with_sms(house);
    let operator = officer(domain::Role::Operator, KALSEL);
    let how = Taking::new(Channel::Counter, Some(Consent::AtCounter), None, true).unwrap();
    let written = Letter { phone: Phone::parse(SITI).ok(), ..letter("loket") };
    house.app.take_report(&operator, written, &how).await.unwrap();
    house.work().await;
    assert_eq!(said(&house).await, ["news"]);
});

both!(a_report_is_nobody_elses_to_confirm, |house| {
    let house = with_sms(house);
    let code = reported(&house).await;
    act(&house.app, code, national(), dispose(KALSEL)).await.unwrap();
    act(&house.app, code, kalsel(), answer("Kabelnya putus digigit tikus; lampunya menyala lagi sejak pagi ini."))
        .await
        .unwrap();
    said(&house).await;
    for text in [format!("ya {code}"), format!("status {code}"), format!("{code} tambahan dari orang lain")] {
        write(&house, "6281100000002", &text).await;
        assert_eq!(said(&house).await, ["talk-not-yours"], "{text}");
    }
    assert_eq!(reports(&house, SITI).await[0].report.stage.kind(), StageKind::Answered);
});

both!(many_who_write_at_once_get_a_report_each_and_are_counted_once, |house| {
    let house = with_sms(house);
    let senders: Vec<String> = (100..140).map(|n| format!("6281100000{n}")).collect();
    for sender in &senders {
        bring(&house, sender, "Lampu jalan padam di Kota Banjarbaru sejak kemarin", 1, None).await;
    }
    let round = house.app.hear_messages().await.unwrap();
    assert_eq!(round.heard, senders.len(), "one round hears them all");
    for sender in &senders {
        assert_eq!(reports(&house, sender).await.len(), 1, "{sender}");
    }
    assert_eq!(said(&house).await, vec!["news"; senders.len()]);
    let mut tx = house.app.db().read().await.unwrap();
    assert_eq!(counter::wrong(&mut tx).await.unwrap(), []);
    assert_eq!(queue::wrong(&mut tx, house.app.now()).await.unwrap(), []);
});

both!(a_message_that_cannot_be_taken_keeps_no_other_back, |house| {
    let house = with_sms(house);
    let text = "Lampu jalan padam di Kota Banjarbaru sejak kemarin";
    for sender in [SITI, BUDI] {
        bring(&house, sender, text, 1, None).await;
    }
    let kept = message::list_of(&mut house.app.db().read().await.unwrap(), SITI, 1).await.unwrap();
    // Another report stands under the key of the first message.
    let other = Letter { channel: Channel::Sms, ..letter(&format!("{}.0", kept[0].id)) };
    house.app.intake(other).await.unwrap();
    hear(&house).await;
    assert!(reports(&house, SITI).await.is_empty());
    assert_eq!(reports(&house, BUDI).await.len(), 1);
});
