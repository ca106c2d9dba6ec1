//! A report from its submission to its confirmed end, and what happens when people press a button twice.

use crate::people::*;
use crate::world::House;
use app::{Act, Conflict, Error, Letter, MOST_FILES, Receipt};
use domain::Actor;
use domain::measure::Measure;
use domain::report::{Command, Refusal, StageKind};
use domain::text::Email;

both!(from_the_form_to_a_confirmed_answer, |house| {
    let app = &house.app;
    let Receipt { code, pin, repeated } = submit(app, letter("form-1")).await;
    assert!(!repeated);
    assert!(matches!(app.view(code, &Actor::Public).await, Err(Error::NotFound)));

    house.later(2);
    act(app, code, national(), dispose(KALSEL)).await.unwrap();
    house.later(1);
    act(app, code, kalsel(), dispose(PUPR)).await.unwrap();
    house.later(24);
    act(app, code, pupr(), answer("Lubang di depan pasar telah ditambal pada hari ini.")).await.unwrap();
    house.later(5);
    let seen = app.open(code, &pin, "192.0.2.1").await.unwrap();
    assert_eq!(seen.report().stage.kind(), StageKind::Answered);
    act(app, code, Actor::Reporter, Command::Confirm { rating: Some(5), text: Some(remark("Terima kasih.")) })
        .await
        .unwrap();

    assert_eq!(story(app, code).await, ["submitted", "disposed", "disposed", "answered", "confirmed", "closed"]);
    let public = app.view(code, &Actor::Public).await.unwrap();
    assert_eq!(public.report().stage.kind(), StageKind::ClosedConfirmed);
    assert_eq!(public.report().rating, Some(5));
    assert!(public.reporter.is_none());
    let words: Vec<_> = public.steps.iter().filter_map(|step| Some(step.words.as_ref()?.body.as_str())).collect();
    assert_eq!(words, ["Lubang di depan pasar telah ditambal pada hari ini."]);
    assert_eq!(told(app, KALSEL, code).await, ["disposed"]);
    assert_eq!(told(app, PUPR, code).await, ["disposed"]);

    app.forget_figures();
    let figures = app.figures().await.unwrap().public(&app.reference().rules.agencies, Some(KALSEL));
    assert_eq!(figures.measure(Measure::Completion).basis_points(), Some(10_000));
    assert_eq!(figures.measure(Measure::Confirmed).numerator, 1);
    assert_eq!(app.wrong_counters().await.unwrap(), []);
});

both!(the_same_submission_gets_the_same_receipt, |house| {
    let first = submit(&house.app, letter("form-2")).await;
    let again = submit(&house.app, letter("form-2")).await;
    assert_eq!(again, Receipt { repeated: true, ..first.clone() });
    let mut other = letter("form-2");
    other.body = body("Ini laporan lain dengan kunci yang sama, jadi ada yang keliru.");
    let clash = house.app.intake(other).await;
    assert!(matches!(clash, Err(Error::Conflict(Conflict::KeyReused))));
    assert_eq!(story(&house.app, first.code).await, ["submitted"]);
});

both!(many_repetitions_at_once_are_one_report, |house| {
    let tries = (0..12).map(|_| {
        let app = house.app.clone();
        tokio::spawn(async move { app.intake(letter("form-3")).await.unwrap() })
    });
    let mut codes = std::collections::BTreeSet::new();
    for tried in tries.collect::<Vec<_>>() {
        codes.insert(tried.await.unwrap().code);
    }
    assert_eq!(codes.len(), 1);
    assert_eq!(house.app.wrong_counters().await.unwrap(), []);
});

both!(a_command_that_is_sent_twice_is_done_once, |house| {
    let code = with_pupr(&house.app, letter("form-4")).await;
    let answer = Act { key: Some("press-1".into()), ..Act::new(pupr(), answer("Sedang kami tangani di lapangan.")) };
    assert!(!house.app.act(code, answer.clone()).await.unwrap().repeated);
    assert!(house.app.act(code, answer).await.unwrap().repeated);
    assert_eq!(story(&house.app, code).await, ["submitted", "disposed", "disposed", "answered"]);
});

both!(who_acts_on_an_old_page_is_told_that_it_moved_on, |house| {
    let code = with_pupr(&house.app, letter("form-5")).await;
    let seen = row(&house.app, code).await.report.seq;
    act(&house.app, code, pupr(), answer("Jawaban rekan yang lebih cepat.")).await.unwrap();
    let late = Act { seen: Some(seen), ..Act::new(pupr(), answer("Jawaban kedua dari halaman lama.")) };
    let conflict = house.app.act(code, late).await;
    assert!(matches!(conflict, Err(Error::Conflict(Conflict::Stale { seq: 4 }))), "{conflict:?}");
    assert_eq!(story(&house.app, code).await.len(), 4);
});

both!(what_the_rules_forbid_leaves_no_trace, |house| {
    let code = submit(&house.app, letter("form-6")).await.code;
    let early = act(&house.app, code, national(), Command::Close { text: None }).await;
    assert!(matches!(early, Err(Error::Refused(Refusal::NotAnswered))));
    let stranger = act(&house.app, code, pupr(), answer("Bukan urusan kami sebenarnya.")).await;
    assert!(matches!(stranger, Err(Error::NotFound)));
    assert_eq!(story(&house.app, code).await, ["submitted"]);
});

/// A letter with everything that a letter can have.
pub async fn fullest(house: &House, key: &str) -> Letter {
    let mut uploads = Vec::new();
    for number in 0..MOST_FILES {
        let mut incoming = house.app.receive().await.unwrap();
        let page = format!("%PDF-1.4\n{number} 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");
        incoming.push(page.as_bytes()).await.unwrap();
        uploads.push(house.app.keep(incoming, &format!("surat-{number}.pdf")).await.unwrap());
    }
    Letter {
        email: Some(Email::parse("nama@example.id").unwrap()),
        chat: None,
        thread: None,
        happened_on: Some(jiff::civil::date(2026, 11, 1)),
        point: Some((-3.4421, 114.8450)),
        agency: Some(KALSEL),
        external_ref: Some("SP4N-7".into()),
        uploads,
        ..letter(key)
    }
}

both!(an_intake_takes_at_most_ten_statements, |house| {
    submit(&house.app, letter("form-7")).await;
    submit(&house.app, letter("form-7")).await;
    let full = fullest(&house, "form-8").await;
    assert!(!submit(&house.app, full.clone()).await.repeated);
    assert!(submit(&house.app, full).await.repeated);
    let most = house.app.intake_statements();
    assert!((5..=10).contains(&most), "an intake takes {most} statements");
});
