//! Routing rules: what they suggest, who writes them, what a draft would have moved.

use crate::people::*;
use app::{Conflict, Error, keywords};
use domain::report::Class;
use domain::routing::{Because, Fault, Outcome, Rule, SetState, Target};
use domain::{AgencyId, CategoryId, Role};
use jiff::civil::date;

const BANJARBARU_PUPR: AgencyId = AgencyId(637_203);
const HOLES: CategoryId = CategoryId(629);

fn to(office: AgencyId, category: CategoryId) -> Rule {
    Rule { category: Some(category), to: Some(Target::Office(office)), ..Rule::default() }
}

both!(a_new_house_suggests_and_keeps_what_was_decided_beside_it, |house| {
    let code = submit(&house.app, letter("one")).await.code;
    let view = house.app.view(code, &national()).await.unwrap();
    let told = house.app.suggestion(&view).unwrap();
    assert_eq!((told.category, told.office), (Some(HOLES), Some(BANJARBARU_PUPR)));
    let Because::Rule { words, .. } = &told.reason(Outcome::Category).unwrap().because else { panic!("{told:?}") };
    assert_eq!(words, &["jalan rusak"]);

    act(&house.app, code, national(), dispose(KALSEL)).await.unwrap();
    act(&house.app, code, kalsel(), dispose(PUPR)).await.unwrap();
    let view = house.app.view(code, &national()).await.unwrap();
    let kept = house.app.decisions(&view).await.unwrap();
    assert_eq!(
        kept.iter().map(|one| (one.seat, one.decided.office)).collect::<Vec<_>>(),
        [(KALSEL, PUPR), (NATIONAL, KALSEL)]
    );
    assert_eq!(kept[1].suggestion, told);
    assert!(!kept[1].fits().office && kept[1].fits().class);
    let fits = house.app.rule_sets(&national()).await.unwrap().fits;
    assert_eq!(fits.len(), 1, "what other offices decided is counted here");
});

both!(nobody_but_the_admins_sees_rules_and_each_only_the_own, |house| {
    let national_set = house.app.rule_sets(&national()).await.unwrap().sets.remove(0);
    assert_eq!((national_set.version, national_set.state), (1, SetState::Active));
    for by in [pupr(), officer(Role::Leader, KALSEL), officer(Role::Supervisor, NATIONAL)] {
        assert!(matches!(house.app.rule_sets(&by).await, Err(Error::Denied)));
        assert!(matches!(house.app.draft_rules(&by, None).await, Err(Error::Denied)));
    }
    assert!(matches!(house.app.rule_sheet(&kalsel(), national_set.id).await, Err(Error::NotFound)));
    assert!(matches!(house.app.activate_rules(&kalsel(), national_set.id, 1, "k").await, Err(Error::NotFound)));
    assert!(house.app.rule_sets(&kalsel()).await.unwrap().sets.is_empty());
});

both!(a_draft_is_written_put_in_force_followed_by_all_processes_and_taken_back, |house| {
    let beside = house.beside().await;
    let by = kalsel();
    let draft = house.app.draft_rules(&by, None).await.unwrap();
    assert_eq!(house.app.draft_rules(&by, None).await.unwrap().id, draft.id, "two drafts at once");
    let outside = house.app.put_rule(&by, draft.id, 1, "a", to(BONTANG, HOLES)).await.unwrap();
    assert_eq!(outside, Err(vec![(1, Fault::OfficeOutside)]));
    let saved = house.app.put_rule(&by, draft.id, 1, "b", to(DISHUB, HOLES)).await.unwrap().unwrap();
    let again = house.app.put_rule(&by, draft.id, 1, "b", to(DISHUB, HOLES)).await.unwrap().unwrap();
    assert_eq!((saved.seq, again.seq), (2, 2), "the same key did it twice");
    let stale = house.app.put_rule(&by, draft.id, 1, "c", to(PUPR, CategoryId(31))).await;
    assert!(matches!(stale, Err(Error::Conflict(Conflict::Stale { seq: 2 }))));

    let code = submit(&house.app, app::Letter { agency: Some(KALSEL), ..letter("rule") }).await.code;
    let office = |app: app::App| async move {
        let view = app.view(code, &kalsel()).await.unwrap();
        app.suggestion(&view).unwrap().office
    };
    let before = office(house.app.clone()).await;
    assert_ne!(before, Some(DISHUB), "a draft suggests");
    house.app.activate_rules(&by, draft.id, 2, "d").await.unwrap().unwrap();
    assert_eq!(office(house.app.clone()).await, Some(DISHUB));
    assert_eq!(office(beside.clone()).await, before);
    beside.work().await.unwrap();
    assert_eq!(office(beside.clone()).await, Some(DISHUB), "another process did not follow");

    let next = house.app.draft_rules(&by, None).await.unwrap();
    assert_eq!(
        house.app.rule_sheet(&by, next.id).await.unwrap().rules.len(),
        1,
        "a draft begins with what is in force"
    );
    house.app.drop_rule(&by, next.id, 1, "e", 1).await.unwrap().unwrap();
    house.app.activate_rules(&by, next.id, 2, "f").await.unwrap().unwrap();
    assert_eq!(office(house.app.clone()).await, before);
    let former = house.app.rule_sheet(&by, draft.id).await.unwrap().row;
    assert_eq!(former.state, SetState::Retired);
    house.app.activate_rules(&by, draft.id, former.seq, "g").await.unwrap().unwrap();
    assert_eq!(office(house.app.clone()).await, Some(DISHUB), "a former set does not come back");
    let sets = house.app.rule_sets(&by).await.unwrap().sets;
    assert_eq!(sets.iter().filter(|set| set.state == SetState::Active).count(), 1);
});

both!(a_table_goes_out_and_comes_in_whole_or_not_at_all, |house| {
    let by = national();
    let active = house.app.rule_sets(&by).await.unwrap().sets.remove(0);
    let table = house.app.export_rules(&by, active.id).await.unwrap();
    assert!(table.contains("unit:Dinas PUPR") && table.lines().count() > 90, "{table}");
    let draft = house.app.draft_rules(&by, None).await.unwrap();
    let came = house.app.import_rules(&by, draft.id, 1, "t", &table).await.unwrap().unwrap().unwrap();
    let (old, new) = (
        house.app.rule_sheet(&by, active.id).await.unwrap().rules,
        house.app.rule_sheet(&by, came.id).await.unwrap().rules,
    );
    assert_eq!(old, new);
    let head = table.lines().next().unwrap();
    let broken = format!("{head}\n63,,jalan,,,,,,government,\n,xx,,,,,,,1,\n,,a b,,,nonsense,,,,\n");
    let faults = house.app.import_rules(&by, draft.id, came.seq, "u", &broken).await.unwrap().unwrap_err();
    assert_eq!(
        faults.iter().map(|fault| (fault.line, fault.column.as_str())).collect::<Vec<_>>(),
        [(3, "category"), (4, "class")]
    );
    let closed = format!("{head}\n,8,,,,,,,139,\n");
    let told = house.app.import_rules(&by, draft.id, came.seq, "v", &closed).await.unwrap().unwrap();
    assert_eq!(told, Err(vec![(1, Fault::OfficeClosed)]));
    assert_eq!(house.app.rule_sheet(&by, came.id).await.unwrap().rules.len(), old.len(), "half a table came in");
});

both!(a_draft_is_tried_on_past_cases_before_it_counts, |house| {
    let (road, sealed) =
        (submit(&house.app, letter("road")).await.code, app::Letter { secret: true, ..letter("sealed") });
    let sealed = submit(&house.app, sealed).await.code;
    for code in [road, sealed] {
        act(&house.app, code, national(), dispose(KALSEL)).await.unwrap();
        act(&house.app, code, kalsel(), dispose(PUPR)).await.unwrap();
    }
    submit(&house.app, letter("undecided")).await;
    let by = national();
    let draft = house.app.draft_rules(&by, None).await.unwrap();
    let rule = Rule { any: keywords("jalan rusak"), ..to(PUPR, HOLES) };
    house.app.put_rule(&by, draft.id, 1, "a", rule).await.unwrap().unwrap();
    let day = date(2026, 11, 9);
    let id = house.app.begin_replay(&by, draft.id, day, day).await.unwrap();
    house.work().await;
    let tried = house.app.replay(&by, id, 0, 50).await.unwrap();
    let sum = &tried.row.sum;
    assert!(tried.row.ended_at.is_some());
    assert_eq!((sum.cases, sum.moved), (2, 2), "{sum:?}");
    assert_eq!(sum.moves(), [(Some(BANJARBARU_PUPR), Some(PUPR), 2)]);
    assert_eq!((sum.present.last, sum.draft.last, sum.draft.first), (0, 2, 0));
    assert_eq!(tried.moved.len(), 2);
    assert!(matches!(house.app.replay(&kalsel(), id, 0, 50).await, Err(Error::NotFound)));

    let own = house.app.draft_rules(&kalsel(), None).await.unwrap();
    house.app.put_rule(&kalsel(), own.id, 1, "b", to(PUPR, HOLES)).await.unwrap().unwrap();
    let id = house.app.begin_replay(&kalsel(), own.id, day, day).await.unwrap();
    house.work().await;
    let sum = house.app.replay(&kalsel(), id, 0, 50).await.unwrap().row.sum;
    assert_eq!((sum.cases, sum.draft.first, sum.draft.last), (2, 2, 2), "{sum:?}");
});

both!(the_class_that_the_words_tell_is_suggested, |house| {
    let text = |key: &str, said: &str| app::Letter { title: None, body: body(said), ..letter(key) };
    for (key, said, class, supervisory) in [
        ("ask", "Bagaimana cara mengurus kartu keluarga untuk anak yang baru lahir?", Class::InformationRequest, false),
        ("wish", "Kami usul agar taman kota diberi lampu dan tempat duduk.", Class::Aspiration, false),
        ("abuse", "Petugas melakukan pungutan liar saat mengurus surat izin.", Class::Complaint, true),
    ] {
        let code = submit(&house.app, text(key, said)).await.code;
        let told = house.app.suggestion(&house.app.view(code, &national()).await.unwrap()).unwrap();
        assert_eq!((told.class, told.supervisory), (class, supervisory), "{said}");
    }
});
