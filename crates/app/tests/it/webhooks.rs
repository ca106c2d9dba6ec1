//! Other systems are told: what happened, once under one name, and nothing that they may not know.

use crate::people::*;
use crate::world::House;
use app::App;
use app::webhook::{Caller, Reach, Resend, State, WebhookSlip, Webhooks};
use domain::report::{Command, HideReason};
use domain::text::Remark;
use domain::webhook::Topic;
use domain::{Actor, Code, Role};
use jiff::SignedDuration;
use serde_json::Value;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use store::notice;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A message as the receiver got it.
#[derive(Debug, Clone)]
struct Got {
    id: String,
    signatures: usize,
    body: Value,
}

/// A receiver that answers with a status.
#[derive(Clone)]
struct Receiver {
    url: String,
    status: Arc<AtomicU16>,
    got: Arc<Mutex<Vec<Got>>>,
}

impl Receiver {
    async fn open() -> Receiver {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://127.0.0.1:{}/hook", listener.local_addr().unwrap().port());
        let receiver = Receiver { url, status: Arc::new(AtomicU16::new(204)), got: Arc::default() };
        let own = receiver.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut text = String::new();
                let mut piece = [0; 4096];
                while let Ok(read) = stream.read(&mut piece).await {
                    text.push_str(&String::from_utf8_lossy(&piece[..read]));
                    if read == 0 || own.take(&text) {
                        break;
                    }
                }
                let status = own.status.load(Ordering::Relaxed);
                let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                let _gone = stream.write_all(answer.as_bytes()).await;
            }
        });
        receiver
    }

    /// Keeps a message once all of it is there.
    fn take(&self, text: &str) -> bool {
        let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
        let header = |name: &str| {
            let line = head.lines().find(|line| line.to_lowercase().starts_with(name)).unwrap();
            line.split_once(": ").unwrap().1.to_owned()
        };
        if body.len() < header("content-length").parse().unwrap() {
            return false;
        }
        let (id, signatures) = (header("webhook-id"), header("webhook-signature").split(' ').count());
        self.got.lock().unwrap().push(Got { id, signatures, body: serde_json::from_str(body).unwrap() });
        true
    }

    fn answers(&self, status: u16) {
        self.status.store(status, Ordering::Relaxed);
    }

    fn got(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }

    /// The types of all messages in their order.
    fn types(&self) -> Vec<String> {
        self.got().iter().map(|got| got.body["type"].as_str().unwrap().to_owned()).collect()
    }
}

fn with_webhooks(app: &App) -> App {
    let caller = Caller::new(Reach { plain: true, private: true }).unwrap();
    app.clone().with_webhooks(Webhooks { caller, base: "https://lapor.example".into() })
}

/// A house that tells other systems, a receiver, and its endpoint at the province.
async fn telling(mut house: House, topics: &[Topic]) -> (House, Receiver, i64) {
    house.app = with_webhooks(&house.app);
    let receiver = Receiver::open().await;
    let added = house.app.add_webhook(&kalsel(), KALSEL, &receiver.url, topics.to_vec()).await.unwrap();
    let (id, secret) = added.unwrap();
    assert!(secret.starts_with("whsec_"));
    (house, receiver, id)
}

/// Lets all leave that is due.
async fn tell(house: &House) {
    while house.app.tell_webhooks().await.unwrap().sent > 0 {}
}

async fn states(house: &House, id: i64) -> Vec<State> {
    let found = house.app.deliveries(&kalsel(), id, false, None, 100).await.unwrap();
    found.iter().rev().map(|one| one.state).collect()
}

fn hide() -> Command {
    Command::Hide { reason: HideReason::PersonalData, text: Remark::parse("Memuat nomor telepon.").unwrap() }
}

async fn at_province(house: &House, key: &str) -> Code {
    let code = submit(&house.app, letter(key)).await.code;
    act(&house.app, code, national(), dispose(KALSEL)).await.unwrap();
    code
}

both!(a_system_is_told_where_a_report_stands_and_not_a_word_of_it, |house| {
    let (house, receiver, id) = telling(house, &[]).await;
    let code = at_province(&house, "a").await;
    act(&house.app, code, kalsel(), answer("Ruas itu ditambal pekan depan.")).await.unwrap();
    assert!(receiver.got().is_empty(), "the call was made in the transaction");
    tell(&house).await;
    assert_eq!(receiver.types(), ["report.received", "report.answered"]);
    let got = receiver.got();
    let data = &got[1].body["data"];
    assert_eq!(data["code"], code.to_string());
    assert_eq!(data["url"], format!("https://lapor.example/api/v1/reports/{code}"));
    assert_eq!((&data["stage"], &data["progress"]), (&"answered".into(), &"process".into()));
    assert_eq!(data["agency"]["id"], KALSEL.0);
    assert_eq!(got[1].body["timestamp"], house.app.now().to_string());
    let said = format!("{got:?}");
    for word in ["pasar", "Karangan", "0812", "62812", "empat", "ditambal"] {
        assert!(!said.contains(word), "{word} is in {said}");
    }
    assert_ne!(got[0].id, got[1].id);
    assert_eq!(states(&house, id).await, [State::Sent, State::Sent]);
    tell(&house).await;
    assert_eq!(receiver.got().len(), 2, "told twice");
});

both!(nobody_is_told_of_sealed_and_anonymous_reports_and_of_other_provinces, |house| {
    let (house, receiver, id) = telling(house, &[]).await;
    let hidden = |key: &str, change: fn(&mut app::Letter)| {
        let mut letter = letter(key);
        change(&mut letter);
        letter
    };
    let secret = hidden("s", |letter| letter.secret = true);
    let anonymous = hidden("n", |letter| letter.anonymous = true);
    for letter in [secret, anonymous] {
        let code = submit(&house.app, letter).await.code;
        act(&house.app, code, national(), dispose(KALSEL)).await.unwrap();
        act(&house.app, code, kalsel(), answer("Ruas itu ditambal pekan depan.")).await.unwrap();
    }
    let far = submit(&house.app, letter("far")).await.code;
    act(&house.app, far, national(), dispose(BONTANG)).await.unwrap();
    tell(&house).await;
    assert!(receiver.got().is_empty(), "{:?}", receiver.got());
    assert!(states(&house, id).await.is_empty());
});

both!(who_keeps_a_copy_hears_that_it_must_go_and_nothing_that_was_on_its_way, |house| {
    let (house, receiver, id) = telling(house, &[Topic::Answered]).await;
    let code = at_province(&house, "a").await;
    act(&house.app, code, kalsel(), answer("Nomor saya 0811 0000 0000.")).await.unwrap();
    act(&house.app, code, national(), hide()).await.unwrap();
    tell(&house).await;
    assert_eq!(receiver.types(), ["report.withdrawn"], "only what was chosen, and what nobody can do without");
    let said = receiver.got()[0].body["data"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(said, ["code", "url"], "the stage would tell why");
    assert_eq!(states(&house, id).await, [State::Dropped, State::Sent]);
    let shown = house.app.deliveries(&kalsel(), id, false, None, 9).await.unwrap();
    assert!(shown.iter().all(|one| one.report.is_some()), "its office reads it still");
    act(&house.app, code, national(), dispose(BONTANG)).await.unwrap();
    let shown = house.app.deliveries(&kalsel(), id, false, None, 9).await.unwrap();
    assert!(shown.iter().all(|one| one.report.is_none()), "a hidden report elsewhere is named");
});

both!(a_message_that_is_not_taken_comes_again_under_its_name_until_it_is_given_up, |house| {
    let (house, receiver, id) = telling(house, &[]).await;
    receiver.answers(503);
    at_province(&house, "a").await;
    for _ in 0..12 {
        tell(&house).await;
        house.later(13);
        if states(&house, id).await == [State::Dead] {
            break;
        }
        // The endpoint itself is patient for two days; here the message is to be given up before that.
        house.meddle("UPDATE webhook SET failing_since = NULL").await;
    }
    let got = receiver.got();
    assert_eq!(got.len(), 9);
    assert!(got.iter().all(|one| one.id == got[0].id && one.body == got[0].body), "{got:?}");
    let dead = house.app.deliveries(&kalsel(), id, true, None, 10).await.unwrap();
    assert_eq!((dead.len(), dead[0].status, dead[0].attempts), (1, Some(503), 9));
    receiver.answers(200);
    assert_eq!(house.app.send_again(&kalsel(), id, Resend::One(dead[0].event)).await.unwrap(), 1);
    tell(&house).await;
    assert_eq!(receiver.got().last().unwrap().id, got[0].id);
    assert_eq!(states(&house, id).await, [State::Sent]);
});

both!(messages_are_sent_again_from_any_event_and_any_instant, |house| {
    let (house, receiver, id) = telling(house, &[]).await;
    let first = at_province(&house, "a").await;
    house.later(1);
    let middle = house.app.now();
    at_province(&house, "b").await;
    house.later(1);
    act(&house.app, first, kalsel(), answer("Ruas itu ditambal pekan depan.")).await.unwrap();
    tell(&house).await;
    let names: Vec<String> = receiver.got().into_iter().map(|got| got.id).collect();
    assert_eq!(names.len(), 3);
    assert_eq!(house.app.send_again(&kalsel(), id, Resend::Since(middle)).await.unwrap(), 2);
    tell(&house).await;
    let again = |from: usize| receiver.got()[from..].iter().map(|got| got.id.clone()).collect::<Vec<_>>();
    assert_eq!(again(3), names[1..]);
    let events = house.app.deliveries(&kalsel(), id, false, None, 10).await.unwrap();
    assert_eq!(house.app.send_again(&kalsel(), id, Resend::From(events[2].event)).await.unwrap(), 3);
    tell(&house).await;
    assert_eq!(again(5), names);
    house.later(24 * 31);
    house.app.sweep_webhooks().await.unwrap();
    assert!(states(&house, id).await.is_empty(), "what was told long ago is kept");
});

both!(an_endpoint_that_fails_for_long_is_switched_off_and_its_office_told, |house| {
    let (house, receiver, id) = telling(house, &[]).await;
    receiver.answers(500);
    let code = at_province(&house, "a").await;
    tell(&house).await;
    house.later(49);
    tell(&house).await;
    let off = house.app.webhook(&kalsel(), id).await.unwrap();
    assert_eq!((off.active, off.off_reason.as_deref()), (false, Some("500")));
    let told = notice::list(&mut house.app.db().read().await.unwrap(), KALSEL, i64::MAX, 50).await.unwrap();
    assert_eq!(told.iter().filter(|notice| notice.kind == "webhook_off").count(), 1);
    receiver.answers(200);
    act(&house.app, code, kalsel(), answer("Ruas itu ditambal pekan depan.")).await.unwrap();
    let before = receiver.got().len();
    tell(&house).await;
    assert_eq!(receiver.got().len(), before, "an endpoint was called that is off");
    house.app.switch_webhook(&kalsel(), id, true).await.unwrap();
    house.later(1);
    tell(&house).await;
    assert_eq!(states(&house, id).await, [State::Sent, State::Skipped], "what waited goes on");
    let missed = house.app.deliveries(&kalsel(), id, false, None, 1).await.unwrap()[0].event;
    house.app.send_again(&kalsel(), id, Resend::One(missed)).await.unwrap();
    tell(&house).await;
    assert_eq!(receiver.types().last().unwrap(), "report.answered");
});

both!(a_receiver_that_is_gone_is_left_alone_at_once, |house| {
    let (house, receiver, id) = telling(house, &[]).await;
    receiver.answers(410);
    at_province(&house, "a").await;
    tell(&house).await;
    assert!(!house.app.webhook(&kalsel(), id).await.unwrap().active);
});

both!(a_new_secret_is_valid_beside_the_old_one_for_a_day, |house| {
    let (house, receiver, id) = telling(house, &[]).await;
    let first = house.app.webhook(&kalsel(), id).await.unwrap().secret;
    let told = house.app.renew_webhook(&kalsel(), id).await.unwrap();
    let kept = house.app.webhook(&kalsel(), id).await.unwrap();
    assert!(kept.secret != first && !kept.secret.contains(&told), "the secret lies open");
    house.app.try_webhook(&kalsel(), id).await.unwrap();
    tell(&house).await;
    house.later(25);
    house.app.try_webhook(&kalsel(), id).await.unwrap();
    tell(&house).await;
    assert_eq!(receiver.got().iter().map(|got| got.signatures).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(receiver.types(), ["webhook.test", "webhook.test"]);
});

both!(several_processes_tell_each_message_once, |house| {
    let (house, receiver, id) = telling(house, &[]).await;
    for n in 0..12 {
        at_province(&house, &format!("r{n}")).await;
    }
    let other = with_webhooks(&house.beside().await);
    for _ in 0..20 {
        let (one, two) = tokio::join!(house.app.tell_webhooks(), other.tell_webhooks());
        if one.unwrap().sent + two.unwrap().sent == 0 {
            break;
        }
    }
    let mut names: Vec<String> = receiver.got().into_iter().map(|got| got.id).collect();
    names.dedup();
    assert_eq!((names.len(), receiver.got().len()), (12, 12));
    assert!(states(&house, id).await.iter().all(|state| *state == State::Sent));
    other.db().close().await;
});

both!(a_process_that_dies_leaves_its_message_to_the_next_one_under_the_same_name, |house| {
    let (house, receiver, _) = telling(house, &[]).await;
    at_province(&house, "a").await;
    tell(&house).await;
    // As if the process had died between the answer and its settlement.
    house.meddle("UPDATE webhook_delivery SET state = 'queued'").await;
    let until = (house.app.now() + SignedDuration::from_mins(1)).as_millisecond();
    house.meddle(&format!("UPDATE webhook SET claimed_by = 'dead', claimed_until = {until}")).await;
    tell(&house).await;
    assert_eq!(receiver.got().len(), 1, "the claim of somebody else counts");
    house.later(1);
    tell(&house).await;
    let got = receiver.got();
    assert_eq!((got.len(), &got[1].id), (2, &got[0].id));
});

both!(only_the_admins_of_an_office_keep_its_endpoints, |house| {
    let (house, _, id) = telling(house, &[]).await;
    let far = officer(Role::AgencyAdmin, BONTANG);
    for other in [pupr(), far, officer(Role::Leader, KALSEL), officer(Role::Auditor, NATIONAL), Actor::Public] {
        assert!(matches!(house.app.webhook(&other, id).await, Err(app::Error::NotFound)), "{other:?}");
        assert!(house.app.webhooks(&other).await.unwrap().is_empty(), "{other:?}");
        assert!(house.app.renew_webhook(&other, id).await.is_err());
        let added = house.app.add_webhook(&other, KALSEL, "http://127.0.0.1:9/", vec![]).await.unwrap();
        assert_eq!(added.unwrap_err(), WebhookSlip::Office);
    }
    assert_eq!(house.app.webhooks(&national()).await.unwrap().len(), 1);
    assert!(house.app.add_webhook(&far, BONTANG, "http://127.0.0.1:9/", vec![]).await.unwrap().is_ok());
    assert_eq!(house.app.webhooks(&kalsel()).await.unwrap().len(), 1);
});
