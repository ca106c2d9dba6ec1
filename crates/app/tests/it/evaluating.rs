//! An evaluation by an agency and its supervisor, from the first answer to the signed result, and the papers of a year.

use crate::people::*;
use crate::world::{House, PNG};
use app::{App, Conflict, Error, EvaluationStep, Freezing, Letter, NewPaper, StorySlip, Upload, Which, demo, keys};
use domain::agency::PaperKind;
use domain::evaluation::{
    Act, Answer, Closing, Draft, FaultKind, MOST_STORIES, Outcome, PackPart, Predicate, Reason, Stage, Verdict,
};
use domain::measure::Measure;
use domain::oversight::Semester;
use domain::report::{Command, HideReason};
use domain::{Actor, AgencyId, Code, Role, UserId};
use jiff::Timestamp;
use jiff::civil::date;
use std::collections::BTreeMap;
use std::io::Read;
use store::notice;

/// Dinas Komunikasi dan Informatika of the province, which runs the complaints for it.
const DISKOMINFO: AgencyId = AgencyId(630_001);

fn seat(user: i64, role: Role, agency: AgencyId) -> Actor {
    Actor::Officer { user: UserId(user), role, agency }
}

fn filler() -> Actor {
    seat(20, Role::AgencyAdmin, DISKOMINFO)
}

fn supervisor() -> Actor {
    seat(21, Role::Supervisor, NATIONAL)
}

fn of(agency: AgencyId) -> Which {
    (Semester::parse("2026-1").unwrap(), agency)
}

/// Twelve reports of the province in the first half of 2026, nine of them finished, frozen on Wednesday 8 July.
async fn frozen(house: &House) -> Vec<Code> {
    let app = &house.app;
    house.at("2026-03-02T02:00:00Z");
    let mut codes = Vec::new();
    for n in 0..12 {
        let code = submit(app, letter(&format!("laporan {n}"))).await.code;
        act(app, code, national(), dispose(KALSEL)).await.unwrap();
        if n < 9 {
            close(app, code).await;
        }
        codes.push(code);
    }
    house.meddle("UPDATE report SET wake_at = NULL").await;
    house.at("2026-07-08T02:00:00Z");
    assert_eq!(app.freeze(&supervisor(), of(KALSEL).0).await.unwrap(), Freezing::Frozen);
    codes
}

async fn close(app: &App, code: Code) {
    act(app, code, national(), answer("Sudah kami tambal pada hari Rabu pagi.")).await.unwrap();
    act(app, code, national(), Command::Close { text: None }).await.unwrap();
}

async fn file(app: &App, name: &str, bytes: &[u8]) -> Upload {
    let mut incoming = app.receive().await.unwrap();
    incoming.push(bytes).await.unwrap();
    app.keep(incoming, name).await.unwrap()
}

async fn pdf(app: &App, words: &str) -> Upload {
    file(app, "sk.pdf", format!("%PDF-1.7 {words} and enough of it to be told from other kinds of files").as_bytes())
        .await
}

fn step(seen: u32, key: &str, acts: Vec<Act>) -> EvaluationStep {
    EvaluationStep { seen, key: key.into(), acts, uploads: vec![], dropped: None }
}

/// The best answer to every question.
fn best(app: &App) -> BTreeMap<String, Draft> {
    let reference = app.reference();
    let asked = reference.forms[0].asked();
    let draft = asked.map(|question| {
        let choice = question.choices().iter().max_by_key(|choice| choice.points).unwrap();
        (question.code.clone(), Draft { choice: Some(choice.code.clone()), note: "Lihat bukti.".into() })
    });
    draft.collect()
}

fn some(code: &str, choice: &str) -> Act {
    Act::Save(BTreeMap::from([(code.to_owned(), Draft { choice: Some(choice.into()), note: String::new() })]))
}

/// A file for each question.
async fn evidence(app: &App) -> Vec<(String, Upload)> {
    let upload = pdf(app, "bukti").await;
    best(app).into_keys().map(|code| (code, upload.clone())).collect()
}

/// Verdicts that accept everything but for one correction.
fn verdicts(
    answers: &BTreeMap<String, Answer>,
    corrected: &str,
    choice: &str,
    reason: &str,
) -> BTreeMap<String, Verdict> {
    let verdict = |(code, answer): (&String, &Answer)| {
        let other = code == corrected;
        let choice = if other { choice.to_owned() } else { answer.choice.clone().unwrap() };
        (code.clone(), Verdict { choice, reason: if other { reason.to_owned() } else { String::new() } })
    };
    answers.iter().map(verdict).collect()
}

async fn handed_in(app: &App) -> u32 {
    let acts = vec![Act::Save(best(app)), Act::Submit];
    let all = EvaluationStep { uploads: evidence(app).await, ..step(0, "serah", acts) };
    app.evaluate(&filler(), of(KALSEL), all).await.unwrap().unwrap();
    app.evaluation(&filler(), of(KALSEL)).await.unwrap().seq
}

async fn verified(app: &App) -> u32 {
    let seq = handed_in(app).await;
    let answers = app.evaluation(&supervisor(), of(KALSEL)).await.unwrap().evaluation.answers;
    let act = Act::Verify(verdicts(&answers, "decree", "outdated", "Ketua tim sudah pindah."));
    app.evaluate(&supervisor(), of(KALSEL), step(seq, "verifikasi", vec![act])).await.unwrap().unwrap();
    app.evaluation(&filler(), of(KALSEL)).await.unwrap().seq
}

async fn told(app: &App, office: AgencyId) -> Vec<String> {
    let notices = notice::list(&mut app.db().read().await.unwrap(), office, i64::MAX, 1_000).await.unwrap();
    notices.into_iter().map(|one| one.kind).filter(|kind| kind.starts_with("evaluation")).collect()
}

both!(an_agency_answers_is_corrected_objects_and_gets_a_signed_result, |house| {
    let app = &house.app;
    let codes = frozen(&house).await;
    let which = of(KALSEL);

    // A draft is kept as it is, under its key once, and is nobody else's to read.
    for _ in 0..2 {
        let first = step(0, "satu", vec![some("decree", "all")]);
        app.evaluate(&filler(), which, first).await.unwrap().unwrap();
    }
    let own = app.evaluation(&filler(), which).await.unwrap();
    assert_eq!((own.seq, own.evaluation.answers["decree"].choice.as_deref()), (1, Some("all")));
    let seen = app.evaluation(&supervisor(), which).await.unwrap();
    assert_eq!((seen.seq, seen.evaluation.answers.len(), seen.remarks.len()), (0, 0, 0));

    // What is missing is told, and what was written stays all the same.
    let early = step(1, "dua", vec![Act::Save(best(app)), Act::Submit]);
    let faults = app.evaluate(&filler(), which, early).await.unwrap().unwrap_err();
    assert!(faults.len() == 11 && faults.iter().all(|fault| fault.kind == FaultKind::NoEvidence), "{faults:?}");
    let own = app.evaluation(&filler(), which).await.unwrap();
    assert_eq!((own.seq, own.evaluation.stage, own.evaluation.answers.len()), (2, Stage::Draft, 11));
    let all =
        EvaluationStep { uploads: evidence(app).await, ..step(2, "tiga", vec![Act::Save(best(app)), Act::Submit]) };
    app.evaluate(&filler(), which, all).await.unwrap().unwrap();
    assert_eq!(told(app, NATIONAL).await, ["evaluation_submitted"]);

    // The figures are those that were frozen, whatever is done since.
    for code in &codes[9..] {
        close(app, *code).await;
    }
    app.forget_figures();
    let seen = app.evaluation(&supervisor(), which).await.unwrap();
    let figure = |lines: &[domain::evaluation::Line]| {
        let line = lines.iter().find(|line| line.question == "completion").unwrap();
        let figure = line.figure.unwrap();
        (figure.measure, figure.numerator, figure.denominator, line.points)
    };
    assert_eq!(figure(&seen.working.lines), (Measure::Completion, 9, 12, Some(60)));

    let act = Act::Verify(verdicts(&seen.evaluation.answers, "decree", "outdated", "Ketua tim sudah pindah."));
    app.evaluate(&supervisor(), which, step(seen.seq, "empat", vec![act])).await.unwrap().unwrap();
    assert_eq!(told(app, DISKOMINFO).await, ["evaluation_verified"]);
    let reasons = BTreeMap::from([("decree".to_owned(), "SK baru terbit pada Juni.".to_owned())]);
    let objection = EvaluationStep {
        uploads: vec![("decree".into(), pdf(app, "sk baru").await)],
        ..step(seen.seq + 1, "lima", vec![Act::Object(reasons)])
    };
    app.evaluate(&filler(), which, objection).await.unwrap().unwrap();
    let seen = app.evaluation(&supervisor(), which).await.unwrap();
    assert_eq!(seen.evidence.iter().filter(|file| file.question == "decree").count(), 2);
    assert!(matches!(app.evaluation_outcome(which).await, Err(Error::NotFound)), "told before it is final");

    let verdict = Verdict { choice: "all".into(), reason: "SK Nomor 5 berlaku sejak Juni.".into() };
    let act = Act::Decide(BTreeMap::from([("decree".to_owned(), verdict)]));
    app.evaluate(&supervisor(), which, step(seen.seq, "enam", vec![act])).await.unwrap().unwrap();
    let (outcome, signed, _) = app.evaluation_outcome(which).await.unwrap();
    assert_eq!((outcome.how, outcome.working.predicate), (Closing::Decided, Predicate::VeryGood));
    assert_eq!(figure(&outcome.working.lines), (Measure::Completion, 9, 12, Some(60)));
    let decree = outcome.working.lines.iter().find(|line| line.question == "decree").unwrap();
    assert_eq!((decree.points, decree.reason), (Some(100), Reason::Revised));
    let rating = outcome.working.lines.iter().find(|line| line.question == "rating").unwrap();
    assert_eq!((rating.points, outcome.working.counted), (None, 95), "ratings of nobody count");
    assert!(keys::is_attested(&signed.document, &signed.signature, &signed.signer));
    assert_eq!(serde_json::from_str::<Outcome>(&signed.document).unwrap(), outcome);
    assert!(!signed.document.contains("\"by\""), "the result names persons");
    let (listed, next) = app.final_evaluations(which.0, None).await.unwrap();
    assert_eq!((listed.len(), listed[0].score, next), (1, Some(outcome.working.score), None));
    let acts: Vec<String> =
        app.evaluation(&filler(), which).await.unwrap().remarks.into_iter().map(|one| one.act).collect();
    assert_eq!(acts, ["save", "save", "submit", "verify", "object", "decide"]);

    // The evidence is not swept away, and a hand in the table is noticed.
    app.sweep_files(Timestamp::MAX).await.unwrap();
    let (_, path) = app.evidence(&supervisor(), which, seen.evidence[0].id).await.unwrap();
    assert!(path.exists(), "the evidence is gone");
    assert_eq!(app.wrong_outcomes().await.unwrap(), Vec::<i64>::new());
    house.meddle("UPDATE evaluation_outcome SET document = REPLACE(document, '\"points\":60', '\"points\":90')").await;
    assert_eq!(app.wrong_outcomes().await.unwrap().len(), 1);
});

both!(nobody_answers_for_another_agency_and_nobody_judges_the_own_one, |house| {
    let app = &house.app;
    frozen(&house).await;
    let which = of(KALSEL);
    let save = || step(0, "tulis", vec![some("decree", "all")]);
    let strangers = [
        Actor::Public,
        pupr(),
        seat(30, Role::AgencyAdmin, BONTANG),
        seat(31, Role::AgencyAdmin, PUPR),
        seat(32, Role::Inspector, INSPECTORATE),
        seat(33, Role::Auditor, NATIONAL),
        seat(34, Role::Operator, KALSEL),
    ];
    for by in &strangers {
        assert!(matches!(app.evaluation(by, which).await, Err(Error::NotFound)), "{by:?} reads it");
        assert!(matches!(app.evaluate(by, which, save()).await, Err(Error::Denied)), "{by:?} writes it");
    }
    for by in [national(), supervisor(), seat(35, Role::Leader, KALSEL)] {
        assert!(matches!(app.evaluate(&by, which, save()).await, Err(Error::Denied)), "{by:?} answers for it");
    }
    let seq = handed_in(app).await;
    for by in &strangers {
        assert_eq!(app.evaluations(by, which.0, None, 25).await.unwrap().0, [], "{by:?} finds it");
    }
    for by in [filler(), national(), seat(35, Role::Leader, KALSEL), seat(36, Role::Supervisor, KALSEL)] {
        assert_eq!(app.evaluations(&by, which.0, None, 25).await.unwrap().0.len(), 1, "{by:?} does not find it");
    }
    let answers = app.evaluation(&filler(), which).await.unwrap().evaluation.answers;
    let verify = |key: &str| step(seq, key, vec![Act::Verify(verdicts(&answers, "", "", ""))]);
    for by in [filler(), kalsel(), seat(36, Role::Supervisor, KALSEL), seat(37, Role::Supervisor, DISKOMINFO)] {
        assert!(matches!(app.evaluate(&by, which, verify("sah")).await, Err(Error::Denied)), "{by:?} judges it");
    }
    // Whoever handed it in does not judge it from another seat either.
    let own = app.evaluate(&seat(20, Role::Supervisor, NATIONAL), which, verify("sah sendiri")).await.unwrap();
    assert_eq!(own.unwrap_err()[0].kind, FaultKind::OwnWork);
    // The national office is not evaluated, nor is a unit.
    for nowhere in [NATIONAL, PUPR] {
        assert!(matches!(app.evaluation(&national(), of(nowhere)).await, Err(Error::NotFound)));
    }
    // Only a half year that is frozen is evaluated.
    let open = (Semester::parse("2026-2").unwrap(), KALSEL);
    assert!(matches!(app.evaluation(&filler(), open).await, Err(Error::NotFound)));
    let lapse = app.evaluate(&national(), which, step(seq, "lewat", vec![Act::Lapse])).await;
    assert!(matches!(lapse, Err(Error::Denied)), "an officer lets time pass");
});

both!(an_incomplete_evaluation_goes_back_as_a_draft_of_the_agency_alone, |house| {
    let app = &house.app;
    frozen(&house).await;
    let (which, seq) = (of(KALSEL), handed_in(app).await);
    let back = |key: &str| step(seq, key, vec![Act::SendBack("Lampiran SK tidak terbaca.".into())]);
    assert!(matches!(app.evaluate(&filler(), which, back("sendiri")).await, Err(Error::Denied)));
    app.evaluate(&supervisor(), which, back("kembali")).await.unwrap().unwrap();
    app.evaluate(&supervisor(), which, back("kembali")).await.unwrap().unwrap();
    assert_eq!(told(app, DISKOMINFO).await, ["evaluation_returned"], "sent twice, done once");
    let own = app.evaluation(&filler(), which).await.unwrap();
    assert_eq!(own.evaluation.stage, Stage::Draft);
    let said = own.remarks.iter().find(|remark| remark.act == "send_back").unwrap();
    assert_eq!(said.body, "Lampiran SK tidak terbaca.");
    assert_eq!(app.evaluation(&supervisor(), which).await.unwrap().seq, 0, "a draft is the agency's alone");
    app.evaluate(&filler(), which, step(own.seq, "lagi", vec![Act::Submit])).await.unwrap().unwrap();
    assert_eq!(app.evaluation(&supervisor(), which).await.unwrap().evaluation.stage, Stage::Submitted);
});

both!(who_judges_sees_which_agencies_have_not_begun, |house| {
    let app = &house.app;
    frozen(&house).await;
    let half = of(KALSEL).0;
    let missing = async |by: &Actor| app.not_begun(by, half).await.unwrap();
    let before = missing(&supervisor()).await;
    assert!(before.contains(&KALSEL) && before.contains(&BONTANG));
    assert!(!before.contains(&NATIONAL) && !before.contains(&PUPR), "neither is evaluated");
    // A province judges its regencies and cities, and not itself.
    let province = missing(&seat(36, Role::Supervisor, KALSEL)).await;
    assert!(province.contains(&AgencyId(637_100)) && !province.contains(&KALSEL) && !province.contains(&BONTANG));
    for by in [filler(), pupr(), Actor::Public, seat(35, Role::Leader, KALSEL)] {
        assert_eq!(missing(&by).await, [], "{by:?} judges nobody");
    }
    app.evaluate(&filler(), of(KALSEL), step(0, "tulis", vec![some("decree", "all")])).await.unwrap().unwrap();
    let after = missing(&supervisor()).await;
    assert_eq!(after.len(), before.len() - 1);
    assert!(!after.contains(&KALSEL));
});

both!(two_who_write_at_once_do_not_overwrite_each_other, |house| {
    let app = &house.app;
    frozen(&house).await;
    let which = of(KALSEL);
    app.evaluate(&filler(), which, step(0, "satu", vec![some("decree", "all")])).await.unwrap().unwrap();
    let other = seat(22, Role::AgencyAdmin, KALSEL);
    let stale = app.evaluate(&other, which, step(0, "dua", vec![some("decree", "none")])).await;
    assert!(matches!(stale, Err(Error::Conflict(Conflict::Stale { seq: 1 }))), "{stale:?}");
    app.evaluate(&other, which, step(1, "dua", vec![some("budget", "own")])).await.unwrap().unwrap();
    let seen = app.evaluation(&filler(), which).await.unwrap();
    assert_eq!(seen.evaluation.answers.keys().collect::<Vec<_>>(), ["budget", "decree"]);
});

both!(evidence_has_limits_and_leaves_a_draft_only, |house| {
    let app = &house.app;
    frozen(&house).await;
    let which = of(KALSEL);
    let with = |seen, key: &str, uploads| EvaluationStep { uploads, ..step(seen, key, vec![some("decree", "all")]) };
    let mut many = Vec::new();
    for n in 0..6 {
        many.push(("decree".to_owned(), pdf(app, &format!("berkas {n}")).await));
    }
    let refused = app.evaluate(&filler(), which, with(0, "enam", many.clone())).await;
    assert!(matches!(refused, Err(Error::File("evidence-too-many"))));
    let unknown = vec![("completion".to_owned(), many[0].1.clone())];
    assert!(matches!(app.evaluate(&filler(), which, with(0, "lain", unknown)).await, Err(Error::NotFound)));
    many.truncate(2);
    let photo = ("decree".to_owned(), file(app, "papan.png", &PNG).await);
    app.evaluate(&filler(), which, with(0, "dua", [many.clone(), vec![photo]].concat())).await.unwrap().unwrap();
    // The same file sent again is no other one.
    app.evaluate(&filler(), which, with(1, "lagi", many)).await.unwrap().unwrap();
    let seen = app.evaluation(&filler(), which).await.unwrap();
    assert_eq!(seen.evidence.len(), 3);
    let drop = EvaluationStep { dropped: Some(seen.evidence[0].id), ..with(2, "hapus", vec![]) };
    app.evaluate(&filler(), which, drop).await.unwrap().unwrap();
    assert_eq!(app.evaluation(&filler(), which).await.unwrap().evidence.len(), 2);

    let rest: Vec<_> = evidence(app).await;
    let all = EvaluationStep { uploads: rest, ..step(3, "serah", vec![Act::Save(best(app)), Act::Submit]) };
    app.evaluate(&filler(), which, all).await.unwrap().unwrap();
    let seen = app.evaluation(&filler(), which).await.unwrap();
    let late = EvaluationStep { dropped: Some(seen.evidence[0].id), ..with(4, "terlambat", vec![]) };
    assert_eq!(app.evaluate(&filler(), which, late).await.unwrap().unwrap_err()[0].kind, FaultKind::Stage);
    assert_eq!(app.evaluation(&filler(), which).await.unwrap().evidence.len(), seen.evidence.len());
});

both!(who_says_nothing_agrees_after_five_working_days, |house| {
    let app = &house.app;
    frozen(&house).await;
    verified(app).await;
    // Verified on Wednesday 8 July 2026: the fifth working day is the 15th.
    house.at("2026-07-15T15:00:00Z");
    assert_eq!(app.close_evaluations().await.unwrap(), 0);
    app.plan_nights().await.unwrap();
    house.at("2026-07-15T19:00:00Z");
    house.work().await;
    let (outcome, ..) = app.evaluation_outcome(of(KALSEL)).await.unwrap();
    assert_eq!(outcome.how, Closing::Lapsed);
    let last = app.evaluation(&filler(), of(KALSEL)).await.unwrap().remarks.pop().unwrap();
    assert_eq!((last.act.as_str(), last.officer), ("lapse", None));
    assert_eq!(told(app, DISKOMINFO).await, ["evaluation_final", "evaluation_verified"]);
    assert_eq!(app.close_evaluations().await.unwrap(), 0);
});

fn paper(kind: PaperKind, title: &str, dated: jiff::civil::Date, file: Upload) -> NewPaper {
    NewPaper { kind, title: title.into(), dated, shown: false, file }
}

/// The names in a packed file, with what each holds.
fn unpacked(path: &std::path::Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut found = BTreeMap::new();
    for n in 0..archive.len() {
        let mut entry = archive.by_index(n).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        let name = entry.name().unwrap().into_owned();
        found.insert(name, bytes);
    }
    found
}

both!(the_papers_of_a_year_hold_what_is_there_and_name_what_is_missing, |house| {
    let app = &house.app;
    let codes = frozen(&house).await;
    let (by, year) = (filler(), (KALSEL, 2026));
    let sk = paper(PaperKind::Decree, "SK 5/2026", date(2026, 1, 5), pdf(app, "sk").await);
    let later = paper(PaperKind::Procedure, "SOP 2027", date(2027, 1, 5), pdf(app, "sop").await);
    app.add_paper(&kalsel(), KALSEL, sk, "sk").await.unwrap();
    app.add_paper(&kalsel(), KALSEL, later, "sop").await.unwrap();

    // Only finished reports that may be given away, and of this agency, are stories.
    let put = |code: Code| app.put_story(&by, year, code);
    put(codes[0]).await.unwrap().unwrap();
    put(codes[0]).await.unwrap().unwrap();
    put(codes[1]).await.unwrap().unwrap();
    assert_eq!(put(codes[11]).await.unwrap(), Err(StorySlip::Unknown), "an unfinished report is a story");
    let made = |letter: Letter, office: AgencyId| async move {
        let code = submit(app, letter).await.code;
        act(app, code, national(), dispose(office)).await.unwrap();
        close(app, code).await;
        code
    };
    let secret = made(Letter { secret: true, ..letter("rahasia") }, KALSEL).await;
    let anonymous = made(Letter { anonymous: true, ..letter("anonim") }, KALSEL).await;
    let elsewhere = made(letter("lain"), BONTANG).await;
    for code in [secret, anonymous, elsewhere, Code::from_random(1)] {
        assert_eq!(put(code).await.unwrap(), Err(StorySlip::Unknown));
    }
    for by in [supervisor(), national(), seat(30, Role::AgencyAdmin, BONTANG), pupr(), Actor::Public] {
        assert!(matches!(app.put_story(&by, year, codes[2]).await, Err(Error::Denied)), "{by:?}");
        assert!(matches!(app.pack_of(&by, KALSEL, 2026).await, Err(Error::Denied)), "{by:?}");
    }

    let pack = app.pack_of(&by, KALSEL, 2026).await.unwrap();
    assert_eq!(pack.stories.iter().map(|view| view.row.code).collect::<Vec<_>>(), [codes[0], codes[1]]);
    assert!(pack.stories.iter().all(|view| view.reporter.is_none() && view.place.is_none()));
    let half = |name: &str| Semester::parse(name);
    let missing = [
        (PackPart::Procedure, None),
        (PackPart::AnnualReport, None),
        (PackPart::Statistics, half("2026-2")),
        (PackPart::Evaluation, half("2026-1")),
        (PackPart::Evaluation, half("2026-2")),
    ];
    assert_eq!(pack.missing, missing);
    let path = app.pack_up(&by, &pack, vec![("daftar-isi.pdf".into(), b"isi".to_vec())]).await.unwrap();
    let found = unpacked(&path);
    let names: Vec<&String> = found.keys().collect();
    assert!(names.len() == 2 && names[0].starts_with("1-sk/2026-01-05-") && names[0].ends_with("-sk.pdf"), "{names:?}");
    assert!(found[names[0]].starts_with(b"%PDF-1.7 sk"));

    // What is hidden since is no story any more.
    let hide = Command::Hide { reason: HideReason::Abusive, text: remark("Memuat nama orang.") };
    act(app, codes[0], national(), hide).await.unwrap();
    let pack = app.pack_of(&by, KALSEL, 2026).await.unwrap();
    assert_eq!((pack.stories.len(), pack.gone), (1, 1));
    app.drop_story(&by, year, codes[1]).await.unwrap();
    app.drop_story(&by, year, codes[1]).await.unwrap();
    assert_eq!(app.pack_of(&by, KALSEL, 2026).await.unwrap().stories.len(), 0);
});

both!(there_are_so_many_stories_and_no_more, |house| {
    let app = &house.app;
    frozen(&house).await;
    let mut last = None;
    for n in 0..=MOST_STORIES {
        let code = submit(app, letter(&format!("kisah {n}"))).await.code;
        act(app, code, national(), dispose(KALSEL)).await.unwrap();
        close(app, code).await;
        last = Some(app.put_story(&filler(), (KALSEL, 2026), code).await.unwrap());
    }
    assert_eq!(last, Some(Err(StorySlip::Many)));
});

both!(the_demo_shows_a_supervisor_an_evaluation_to_be_verified, |house| {
    let app = &house.app;
    demo::install(app).await.unwrap();
    let half = Semester::parse("2023-2").unwrap();
    let (rows, _) = app.evaluations(&supervisor(), half, None, 25).await.unwrap();
    assert_eq!(rows.iter().map(|row| (row.agency, row.state.stage)).collect::<Vec<_>>(), [(KALSEL, Stage::Submitted)]);
    let seen = app.evaluation(&supervisor(), (half, KALSEL)).await.unwrap();
    assert!(seen.judges && seen.evidence.len() == 11);
    let snapshot = app.snapshot(half).await.unwrap().unwrap();
    let completion = seen.working.lines.iter().find(|line| line.question == "completion").unwrap();
    assert_eq!(completion.figure, snapshot.agency(KALSEL).unwrap().frozen.figure(Measure::Completion));
    assert!(completion.points.is_some());
});
