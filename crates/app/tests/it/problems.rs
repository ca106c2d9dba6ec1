//! A problem: made of reports, told to everybody, and no secret gets into it.

use crate::people::*;
use crate::world::House;
use app::{App, Conflict, Error, Letter, MOST_PROBLEMS, ProblemChange, ProblemDraft, ProblemView};
use domain::problem::{PlanStep, ProblemStatus};
use domain::report::{Class, Command, HideReason};
use domain::text::{StepText, Title};
use domain::{Actor, AgencyId, Code, ProblemId, Refusal, Role};

fn draft(title: &str, owner: AgencyId) -> ProblemDraft {
    let what = StepText::parse("Penambalan").unwrap();
    let step = PlanStep { what, until: Some(jiff::civil::date(2026, 12, 1)), done: false };
    let (title, cause) = (Title::parse(title).unwrap(), remark("Saluran air tersumbat."));
    ProblemDraft { title, cause, owner, plan: vec![step] }
}

fn told(status: ProblemStatus, text: &str) -> ProblemChange {
    ProblemChange::Tell { status, text: remark(text) }
}

async fn make(app: &App, of: Option<Code>) -> ProblemId {
    app.make_problem(kalsel(), draft("Jalan rusak", PUPR), of, "k").await.unwrap()
}

async fn public(app: &App, id: ProblemId) -> ProblemView {
    app.problem_view(id, &Actor::Public, None).await.unwrap()
}

fn codes(view: &ProblemView) -> Vec<Code> {
    view.reports.iter().map(|one| one.listed.row.code).collect()
}

/// Everybody reads exactly these, and counts them.
async fn shows(house: &House, id: ProblemId, expected: &[Code]) {
    for by in [Actor::Public, Actor::Reporter, pupr(), kalsel(), national()] {
        let view = house.app.problem_view(id, &by, None).await.unwrap();
        assert_eq!((codes(&view).as_slice(), view.problem.reports as usize), (expected, expected.len()), "{by:?}");
    }
}

async fn hide(app: &App, code: Code) {
    let command = Command::Hide { reason: HideReason::PersonalData, text: remark("Memuat alamat rumah.") };
    act(app, code, national(), command).await.unwrap();
}

both!(a_problem_is_made_of_a_report_and_takes_its_public_kin_along, |house| {
    let one = with_pupr(&house.app, letter("one")).await;
    let two = with_pupr(&house.app, letter("two")).await;
    let secret = with_pupr(&house.app, Letter { secret: true, ..letter("secret") }).await;
    house.app.link(one, two, kalsel(), "a").await.unwrap();
    house.app.link(one, secret, kalsel(), "b").await.unwrap();
    let id = make(&house.app, Some(one)).await;
    assert_eq!(make(&house.app, Some(one)).await, id);
    shows(&house, id, &[two, one]).await;
    assert_eq!(story(&house.app, one).await.iter().filter(|kind| **kind == "attributed").count(), 1);
    house.app.release(two, kalsel(), "r").await.unwrap();
    house.app.release(two, kalsel(), "r").await.unwrap();
    shows(&house, id, &[one]).await;
    let other = house.app.make_problem(kalsel(), draft("Drainase buruk", PUPR), None, "m").await.unwrap();
    for _ in 0..2 {
        house.app.attribute(one, other, pupr(), "move").await.unwrap();
    }
    shows(&house, id, &[]).await;
    shows(&house, other, &[one]).await;
});

both!(no_secret_anonymous_hidden_or_supervisory_report_is_in_it_or_counts, |house| {
    let id = make(&house.app, None).await;
    let before = public(&house.app, id).await;
    house.later(1);
    let secret = with_pupr(&house.app, Letter { secret: true, ..letter("secret") }).await;
    let anonymous = with_pupr(&house.app, Letter { anonymous: true, ..letter("anonymous") }).await;
    let supervisory = with_pupr(&house.app, letter("supervisory")).await;
    let command = Command::Reclassify { class: Class::Complaint, supervisory: true, category: None };
    act(&house.app, supervisory, kalsel(), command).await.unwrap();
    let hidden = with_pupr(&house.app, letter("hidden")).await;
    hide(&house.app, hidden).await;
    for code in [secret, anonymous, supervisory, hidden] {
        let refused = house.app.attribute(code, id, kalsel(), "a").await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NotForProblem))), "{refused:?}");
        let made = house.app.make_problem(kalsel(), draft("Judul lain", PUPR), Some(code), &code.to_string()).await;
        assert!(matches!(made, Err(Error::Refused(Refusal::NotForProblem))), "{made:?}");
    }
    assert_eq!(public(&house.app, id).await, before, "the page tells that something was tried");
    assert_eq!(house.app.problems(&kalsel(), None).await.unwrap().rows.len(), 1, "a refused problem was kept");
});

both!(what_is_closed_to_the_public_later_leaves_the_page_its_count_and_its_pages, |house| {
    let id = make(&house.app, None).await;
    let mut all = Vec::new();
    for key in ["one", "two", "three"] {
        let code = with_pupr(&house.app, letter(key)).await;
        house.app.attribute(code, id, pupr(), key).await.unwrap();
        all.insert(0, code);
    }
    shows(&house, id, &all).await;
    let updated = public(&house.app, id).await.problem.updated_at;
    hide(&house.app, all[1]).await;
    let command = Command::Reclassify { class: Class::Complaint, supervisory: true, category: None };
    act(&house.app, all[0], kalsel(), command).await.unwrap();
    shows(&house, id, &all[2..]).await;
    assert_eq!(house.app.problem_of(&row(&house.app, all[1]).await.report).await.unwrap(), None);
    assert!(house.app.problem_of(&row(&house.app, all[2]).await.report).await.unwrap().is_some());
    act(&house.app, all[1], national(), Command::Unhide { text: remark("Alamat sudah disamarkan.") }).await.unwrap();
    shows(&house, id, &all[1..]).await;
    assert_eq!(public(&house.app, id).await.problem.updated_at, updated, "the page tells when reports came and went");
});

both!(its_reports_are_read_in_pages_that_end_and_tell_nothing_of_closed_ones, |house| {
    let id = make(&house.app, None).await;
    let mut all = Vec::new();
    for n in 0..52 {
        let code = with_pupr(&house.app, letter(&n.to_string())).await;
        house.app.attribute(code, id, kalsel(), "a").await.unwrap();
        all.insert(0, code);
    }
    let first = public(&house.app, id).await;
    let second = house.app.problem_view(id, &Actor::Public, first.next).await.unwrap();
    assert_eq!([codes(&first), codes(&second)].concat(), all);
    assert_eq!((second.next, first.problem.reports), (None, 52));
    for code in &all[50..] {
        hide(&house.app, *code).await;
    }
    let only = public(&house.app, id).await;
    assert_eq!((codes(&only).len(), only.next, only.problem.reports), (50, None, 50));
});

both!(how_it_stands_is_told_once_for_each_key_and_a_late_save_is_a_conflict, |house| {
    let id = make(&house.app, None).await;
    let news = told(ProblemStatus::Working, "Penambalan dimulai.");
    for _ in 0..2 {
        house.app.change_problem(pupr(), id, 1, news.clone(), "t").await.unwrap();
    }
    let other = told(ProblemStatus::Solved, "Sudah selesai.");
    let reused = house.app.change_problem(pupr(), id, 2, other, "t").await;
    assert!(matches!(reused, Err(Error::Conflict(Conflict::KeyReused))), "{reused:?}");
    let edit = |title| ProblemChange::Edit(draft(title, PUPR));
    let late = house.app.change_problem(kalsel(), id, 1, edit("Judul lain"), "e").await;
    assert!(matches!(late, Err(Error::Conflict(Conflict::Stale { seq: 2 }))), "{late:?}");
    for _ in 0..2 {
        house.app.change_problem(kalsel(), id, 2, edit("Jalan Veteran rusak"), "e").await.unwrap();
    }
    let view = public(&house.app, id).await;
    assert_eq!((view.problem.status, view.problem.version, view.news.len()), (ProblemStatus::Working, 3, 1));
    assert_eq!((view.problem.title.as_str(), view.news[0].agency), ("Jalan Veteran rusak", PUPR));
    let again = house.app.make_problem(kalsel(), draft("Judul lain", PUPR), None, "k").await;
    assert!(matches!(again, Err(Error::Conflict(Conflict::KeyReused))), "{again:?}");
});

both!(each_seat_lists_its_agency_and_changes_no_other, |house| {
    let id = make(&house.app, None).await;
    let far = house.app.make_problem(national(), draft("Listrik padam", BONTANG), None, "k").await.unwrap();
    for (by, expected) in [(pupr(), vec![id]), (kalsel(), vec![id]), (national(), vec![far, id])] {
        let list = house.app.problems(&by, None).await.unwrap();
        assert_eq!(list.rows.iter().map(|problem| problem.id).collect::<Vec<_>>(), expected, "{by:?}");
    }
    let code = with_pupr(&house.app, letter("one")).await;
    for by in [officer(Role::AgencyAdmin, BONTANG), officer(Role::Supervisor, NATIONAL), Actor::Public] {
        let tell = house.app.change_problem(by, id, 1, told(ProblemStatus::Solved, "Selesai."), "a").await;
        assert!(matches!(tell, Err(Error::Denied)), "{by:?}");
        assert!(matches!(house.app.attribute(code, id, by, "a").await, Err(Error::Denied)), "{by:?}");
        let made = house.app.make_problem(by, draft("Judul lain", PUPR), None, "a").await;
        assert!(matches!(made, Err(Error::Denied)), "{by:?}");
    }
    let edit = house.app.change_problem(pupr(), id, 1, ProblemChange::Edit(draft("Judul lain", PUPR)), "a").await;
    assert!(matches!(edit, Err(Error::Denied)));
    let foreign = house.app.attribute(code, far, kalsel(), "a").await;
    assert!(matches!(foreign, Err(Error::Denied)), "a report is put into a problem of another agency");
    assert!(house.app.open_problems(&pupr()).await.unwrap().iter().all(|problem| problem.owner == PUPR));
});

both!(a_long_list_of_problems_is_read_in_pages, |house| {
    for n in 0..=MOST_PROBLEMS {
        house.app.make_problem(kalsel(), draft("Jalan rusak", PUPR), None, &n.to_string()).await.unwrap();
    }
    let first = house.app.problems(&kalsel(), None).await.unwrap();
    let second = house.app.problems(&kalsel(), first.next).await.unwrap();
    assert_eq!((first.rows.len(), second.rows.len(), second.next), (MOST_PROBLEMS, 1, None));
});
