//! Figures that anyone can recompute.
//!
//! Where the acceptance cases of the domain notes (§11.1) are told:
//!
//! | case | where |
//! |---|---|
//! | AV1, AV2, AV3, AV6 | here, over the cases of the articles; the articles' own reports also in `demo` |
//! | AV4 | here and in `plan` (flag and action plan), `domain/oversight` (the threshold) |
//! | AV5 | `domain/tests/it/measuring` and `handover`, here for the figures of the two offices |
//! | AV7 | `messages` (a report by short message), `domain/tests/it/dialogue` |
//! | AV8 | `domain/measure`: a value is not cut at 100 %, here as growth |
//! | AV9 | `life` and `offices` (who verifies) |
//! | AV10 | `domain/deadline` and `domain/tests/it/measuring` (Idulfitri 2026) |
//! | AV11 | `domain/tests/it/waiting` |
//! | AV12 | `ombudsman` |

use crate::people::*;

use app::{App, Compared, Contest, Counted, FigureList, GroupRow, Letter, Measured, Measures, Question, demo, seed};
use domain::measure::{Cut, Group, Measure, Part, Reading, Sight, Unit};
use domain::oversight::{THRESHOLD, is_below};
use domain::ranking::{Band, League, Standing};
use domain::report::Command;
use domain::{Actor, AgencyId, RegionCode, Report, Role};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use store::event;

const KUKAR: AgencyId = AgencyId(640_200);

fn question(cut: Cut) -> Question {
    Question { measures: Measure::ALL.to_vec(), cut, as_of: None, group: None, skip: 0, limit: 100 }
}

fn of(office: AgencyId, from: Date, to: Date) -> Cut {
    Cut { office: Some(office), ..Cut::of(from, to) }
}

async fn ask(app: &App, by: &Actor, question: &Question) -> Measures {
    match app.measures(by, question).await.unwrap() {
        Measured::Told(measures) => measures,
        Measured::TooWide { most } => panic!("more than {most}"),
    }
}

async fn row(app: &App, cut: &Cut) -> GroupRow {
    ask(app, &Actor::Public, &question(cut.clone())).await.rows.remove(0)
}

fn read(row: &GroupRow, measure: Measure) -> Reading {
    *row.readings.iter().find(|reading| reading.measure == measure).unwrap()
}

/// Numerator, denominator and hundredths.
async fn figure(app: &App, cut: &Cut, measure: Measure) -> (i64, u64, Option<i64>) {
    let reading = read(&row(app, cut).await, measure);
    (reading.numerator, reading.denominator, reading.hundredths)
}

fn half_of_2021() -> Cut {
    of(KALSEL, date(2021, 1, 1), date(2021, 6, 30))
}

both!(the_figures_of_the_articles_are_measured, |house| {
    let app = &house.app;
    demo::install(app).await.unwrap();
    // AV1
    let half = half_of_2021();
    assert_eq!(figure(app, &half, Measure::Completion).await, (522, 545, Some(9_578)));
    let topics = Question { group: Some(Group::Category), measures: vec![Measure::Received], ..question(half.clone()) };
    let topics = ask(app, &Actor::Public, &topics).await;
    let all: u64 = topics.rows.iter().map(|row| row.readings[0].denominator).sum();
    assert_eq!(all, 545);
    assert!(topics.rows.windows(2).all(|pair| pair[0].readings[0].denominator >= pair[1].readings[0].denominator));
    // AV2
    let kukar = of(KUKAR, date(2020, 1, 1), date(2020, 12, 31));
    assert_eq!(figure(app, &kukar, Measure::FollowUp).await, (19, 21, Some(9_048)));
    assert_eq!(figure(app, &kukar, Measure::Completion).await, (18, 21, Some(8_571)));
    assert_eq!(figure(app, &kukar, Measure::Untouched).await, (2, 21, Some(952)));
    // AV3, up to the day of the article, which is no end of a month.
    let year = of(KALSEL, date(2023, 1, 1), date(2023, 12, 28));
    assert_eq!(figure(app, &year, Measure::Completion).await, (363, 373, Some(9_732)));
    assert_eq!(figure(app, &year, Measure::FollowUp).await, (373, 373, Some(10_000)));
    // AV6: twelve reports in a year are told with what they are counted of.
    let bontang = of(BONTANG, date(2020, 1, 1), date(2020, 12, 31));
    assert_eq!(figure(app, &bontang, Measure::Received).await.0, 12);
    // AV8: more than a hundred percent is no slip.
    let (more, before, growth) = figure(app, &half, Measure::Growth).await;
    assert!(growth.is_none() || growth == Some(more * 10_000 / before as i64), "{more} {before} {growth:?}");
    assert_eq!(app.wrong_sums().await.unwrap(), []);
    assert_eq!(app.wrong_facts(domain::ReportId(0), 5_000).await.unwrap().0, []);
});

both!(the_ten_of_2023_are_closed_by_the_system_when_nobody_says_a_word, |house| {
    let app = &house.app;
    demo::install(app).await.unwrap();
    house.meddle("UPDATE report SET wake_at = 1 WHERE open AND stage = 'answered' AND received_day < 19720").await;
    house.work().await;
    house.later(24 * 4);
    house.work().await;
    app.fold_all_measures().await.unwrap();
    let year = of(KALSEL, date(2023, 1, 1), date(2023, 12, 28));
    assert_eq!(figure(app, &year, Measure::Completion).await, (373, 373, Some(10_000)));
    assert!(figure(app, &year, Measure::AutoClosed).await.0 >= 10);
    assert_eq!(app.wrong_sums().await.unwrap(), []);
});

both!(a_list_holds_exactly_the_reports_that_its_figure_counts, |house| {
    let app = &house.app;
    demo::install(app).await.unwrap();
    let whole = Cut { region: RegionCode::parse("63"), ..Cut::of(date(2021, 1, 1), date(2026, 12, 31)) };
    for cut in [half_of_2021(), of(PUPR, date(2021, 1, 1), date(2026, 12, 31)), whole] {
        let told = row(app, &cut).await;
        for reading in told.readings {
            let is_share = reading.measure.definition().unit == Unit::Percent && reading.measure != Measure::Growth;
            if is_share {
                let shown = counted(app, (reading.measure, Part::Numerator), &cut).await;
                assert_eq!(shown, reading.numerator as usize, "{:?} of {cut:?}", reading.measure);
            }
            if reading.measure != Measure::Growth {
                let shown = counted(app, (reading.measure, Part::Denominator), &cut).await;
                assert_eq!(shown, reading.denominator as usize, "{:?} of {cut:?}", reading.measure);
            }
        }
    }
});

async fn counted(app: &App, (measure, part): (Measure, Part), cut: &Cut) -> usize {
    let list = FigureList { measure, part, cut: cut.clone(), as_of: None };
    let (mut seen, mut after) = (0, None);
    loop {
        let page = app.counted(&Actor::Public, &list, after).await.unwrap().unwrap();
        seen += page.rows.len();
        after = page.next;
        if after.is_none() {
            return seen;
        }
    }
}

both!(figures_of_the_past_are_those_that_were_told_then, |house| {
    let app = &house.app;
    demo::install(app).await.unwrap();
    let cut = of(KALSEL, date(2021, 1, 1), date(2021, 6, 30));
    for at in ["2021-03-01T02:00:00Z", "2021-06-30T16:00:00Z", "2021-08-09T02:00:00Z"] {
        let at: Timestamp = at.parse().unwrap();
        let told = ask(app, &Actor::Public, &Question { as_of: Some(at), ..question(cut.clone()) }).await;
        assert_eq!(told.as_of, at);
        let sealed = sealed_now(app).await;
        let then = as_they_stood(app, at).await;
        let known: Vec<&Report> = then
            .iter()
            .filter(|report| app.reference().rules.agencies.within(report.holder, KALSEL) && !report.is_sealed())
            .filter(|report| !sealed.contains(&report.id))
            .filter(|report| (cut.from..=cut.to).contains(&report.zone.day(report.clocks.received)))
            .collect();
        let done = known.iter().filter(|report| report.stage.kind().simple() == "done").count();
        let completion = read(&told.rows[0], Measure::Completion);
        assert_eq!((completion.numerator, completion.denominator), (done as i64, known.len() as u64), "{at}");
    }
    let now = row(app, &cut).await.readings;
    let then = ask(app, &Actor::Public, &Question { as_of: Some(app.now()), ..question(cut) }).await;
    assert_eq!(then.rows[0].readings, now, "made of the logs it is what was added up");
});

async fn sealed_now(app: &App) -> Vec<domain::ReportId> {
    as_they_stood(app, app.now()).await.iter().filter(|report| report.is_sealed()).map(|report| report.id).collect()
}

/// All reports as they stood at an instant.
async fn as_they_stood(app: &App, at: Timestamp) -> Vec<Report> {
    let mut tx = app.db().read().await.unwrap();
    let mut found = Vec::new();
    for id in store::report::list_ids(&mut tx, domain::ReportId(0), 100_000).await.unwrap() {
        let log = event::list(&mut tx, id).await.unwrap();
        let until = log.iter().filter(|logged| logged.at <= at).map(|logged| (logged.at, &logged.event));
        found.extend(Report::replay(id, until));
    }
    found
}

both!(sealed_reports_are_counted_for_nobody_who_may_not_know_of_them, |house| {
    let app = &house.app;
    let code = submit(app, Letter { secret: true, ..letter("rahasia") }).await.code;
    submit(app, letter("terbuka")).await;
    app.fold_all_measures().await.unwrap();
    let today = Cut::of(date(2026, 11, 1), date(2026, 11, 30));
    let seen = async |by: &Actor, cut: &Cut| ask(app, by, &question(cut.clone())).await.rows[0].readings[0].denominator;
    assert_eq!(seen(&Actor::Public, &today).await, 1);
    assert_eq!(seen(&officer(Role::Supervisor, NATIONAL), &today).await, 1);
    assert_eq!(seen(&national(), &today).await, 2);
    act(app, code, national(), dispose(KALSEL)).await.unwrap();
    act(app, code, kalsel(), dispose(PUPR)).await.unwrap();
    app.fold_all_measures().await.unwrap();
    let at_pupr = Cut { office: Some(PUPR), ..today.clone() };
    assert_eq!(seen(&Actor::Public, &at_pupr).await, 0);
    assert_eq!(seen(&pupr(), &at_pupr).await, 1);
    assert_eq!(seen(&officer(Role::Leader, KALSEL), &at_pupr).await, 0);
    for group in Group::ALL {
        let asked = Question { group: Some(group), ..question(today.clone()) };
        let rows = ask(app, &Actor::Public, &asked).await.rows;
        let all: u64 = rows.iter().map(|row| read(row, Measure::Received).denominator).sum();
        assert_eq!(all, 1, "{group:?}");
        let past = ask(app, &Actor::Public, &Question { as_of: Some(app.now()), ..asked }).await.rows;
        assert_eq!(past, rows, "{group:?}");
    }
    assert_eq!(counted(app, (Measure::Received, Part::Denominator), &today).await, 1);
    // What was sealed since is not told by asking for the time before.
    let opened = submit(app, letter("kelak tertutup")).await.code;
    let before = app.now();
    house.later(1);
    let close = Command::Reclassify { class: domain::report::Class::Complaint, supervisory: true, category: None };
    act(app, opened, national(), close).await.unwrap();
    app.fold_all_measures().await.unwrap();
    let past = Question { as_of: Some(before), ..question(today.clone()) };
    assert_eq!(ask(app, &Actor::Public, &past).await.rows[0].readings[0].denominator, 1);
    assert_eq!(ask(app, &national(), &past).await.rows[0].readings[0].denominator, 3);
    assert!(Sight::Public.sees(domain::measure::Veil::None));
});

both!(whatever_happens_the_sums_are_those_of_the_reports, |house| {
    let app = &house.app;
    seed::seed_until(app, 300, 17, date(2026, 11, 9), |_| ()).await.unwrap();
    assert_eq!(app.wrong_sums().await.unwrap(), []);
    let code = with_pupr(app, letter("satu")).await;
    let before = app.measured_until().await.unwrap();
    assert!(before <= app.now());
    while app.fold_measures().await.unwrap().measured > 0 {}
    act(app, code, pupr(), answer("Sudah kami perbaiki pada hari itu juga.")).await.unwrap();
    house.later(1);
    assert!(app.measured_until().await.unwrap() < app.now(), "figures say that they are of before the answer");
    app.fold_all_measures().await.unwrap();
    assert_eq!(app.measured_until().await.unwrap(), app.now());
    house.later(24 * 30);
    house.work().await;
    app.fold_all_measures().await.unwrap();
    assert_eq!(app.wrong_sums().await.unwrap(), []);
    assert_eq!(app.wrong_facts(domain::ReportId(0), 5_000).await.unwrap().0, []);
    // By whatever it is told apart, the parts make the whole.
    let cut = Cut::of(date(2023, 11, 1), date(2026, 12, 31));
    let whole = read(&row(app, &cut).await, Measure::Received).denominator;
    for group in Group::ALL {
        let asked = Question { group: Some(group), ..question(cut.clone()) };
        let parts: u64 = all_rows(app, asked).await.iter().map(|row| read(row, Measure::Received).denominator).sum();
        assert_eq!(parts, whole, "{group:?}");
    }
    // A difference is told, and mended by nobody.
    house.meddle("UPDATE measure_cell SET data = '{}' WHERE scope = 'nation' AND veil = 'none'").await;
    assert!(!app.wrong_sums().await.unwrap().is_empty());
});

async fn all_rows(app: &App, mut question: Question) -> Vec<GroupRow> {
    let mut rows = Vec::new();
    loop {
        let page = ask(app, &Actor::Public, &question).await;
        question.skip += page.rows.len() as u32;
        rows.extend(page.rows);
        if !page.more {
            return rows;
        }
    }
}

both!(a_regency_at_53_percent_is_below_and_the_twelve_others_are_not, |house| {
    crate::plan::kalsel_in_2023(&house).await;
    let app = &house.app;
    app.fold_all_measures().await.unwrap();
    let cut = Cut { region: RegionCode::parse("63"), ..Cut::of(date(2023, 1, 1), date(2023, 6, 30)) };
    let rows = all_rows(app, Question { group: Some(Group::Agency), ..question(cut) }).await;
    let below = |row: &&GroupRow| {
        let done = read(row, Measure::Completion);
        is_below(domain::measure::Figure { numerator: done.numerator as u64, denominator: done.denominator }, THRESHOLD)
    };
    let flagged: Vec<&str> = rows.iter().filter(below).map(|row| row.key.as_str()).collect();
    assert_eq!((rows.len(), flagged), (13, vec!["630800"]));
    let contest = Contest {
        share: Measure::Completion,
        league: League::Local,
        cut: Cut::of(date(2023, 1, 1), date(2023, 6, 30)),
        province: RegionCode::parse("63"),
        as_of: None,
    };
    let standings = ranking(app, &contest).await;
    let last = standings.last().unwrap();
    assert_eq!((standings.len(), last.office, last.rank), (13, AgencyId(630_800), Some(13)));
    let elsewhere = Contest { province: RegionCode::parse("64"), ..contest.clone() };
    assert_eq!(ranking(app, &elsewhere).await, []);
    let then = Contest { as_of: Some(app.now()), ..contest };
    assert_eq!(ranking(app, &then).await, standings, "made of the logs it is what was added up");
});

async fn ranking(app: &App, contest: &Contest) -> Vec<Standing> {
    match app.ranking(contest).await.unwrap() {
        Compared::Told(ranking) => ranking.standings,
        Compared::TooWide { most } => panic!("more than {most}"),
    }
}

both!(units_of_an_agency_are_ranked_and_what_is_sealed_counts_for_nobody, |house| {
    let app = &house.app;
    for n in 0..11 {
        with_pupr(app, letter(&format!("jalan {n}"))).await;
    }
    let sealed = submit(app, Letter { secret: true, ..letter("rahasia") }).await.code;
    act(app, sealed, national(), dispose(KALSEL)).await.unwrap();
    act(app, sealed, kalsel(), dispose(DISHUB)).await.unwrap();
    app.fold_all_measures().await.unwrap();
    let contest = Contest {
        share: Measure::FollowUp,
        league: League::Units,
        cut: of(KALSEL, date(2026, 11, 1), date(2026, 11, 30)),
        province: None,
        as_of: None,
    };
    let standings = ranking(app, &contest).await;
    let told: Vec<_> = standings.iter().map(|one| (one.office, one.band, one.raw.denominator)).collect();
    assert_eq!(told, [(PUPR, Band::D, 11)]);
});

// AV5: what was late before a hand-over stays with the office that was late; what is open goes along.
both!(lateness_stays_with_the_office_that_was_late, |house| {
    let app = &house.app;
    let code = with_pupr(app, letter("lama")).await;
    house.later(24 * 30);
    act(app, code, pupr(), answer("Sudah kami perbaiki pada hari itu juga.")).await.unwrap();
    act(app, code, kalsel(), dispose(DISHUB)).await.unwrap();
    app.fold_all_measures().await.unwrap();
    let at = |office| of(office, date(2026, 11, 1), date(2026, 11, 30));
    let punctual = async |office| figure(app, &at(office), Measure::Punctuality).await;
    assert_eq!((punctual(PUPR).await, punctual(DISHUB).await), ((0, 1, Some(0)), (0, 0, None)));
    let received = async |office| figure(app, &at(office), Measure::Received).await.0;
    assert_eq!((received(PUPR).await, received(DISHUB).await), (0, 1));
    assert_eq!(counted(app, (Measure::Punctuality, Part::Denominator), &at(PUPR)).await, 1);
    assert_eq!(counted(app, (Measure::Punctuality, Part::Denominator), &at(DISHUB)).await, 0);
});

both!(a_page_of_what_is_counted_shows_what_everybody_may_read, |house| {
    let app = &house.app;
    with_pupr(app, letter("umum")).await;
    submit(app, letter("baru")).await;
    let archived = submit(app, letter("arsip")).await.code;
    let archive = Command::Archive { reason: domain::report::ArchiveReason::Spam, text: remark("Bukan laporan.") };
    act(app, archived, national(), archive).await.unwrap();
    app.fold_all_measures().await.unwrap();
    let month = Cut::of(date(2026, 11, 1), date(2026, 11, 30));
    let list = FigureList { measure: Measure::Received, part: Part::Denominator, cut: month.clone(), as_of: None };
    let page = app.counted(&Actor::Public, &list, None).await.unwrap().unwrap();
    let shown = page.rows.iter().filter(|row| matches!(row, Counted::Shown(_))).count();
    assert_eq!((page.rows.len(), shown), (3, 1));
    let archived = counted(app, (Measure::Archived, Part::Numerator), &month).await;
    assert_eq!(archived, 1);
});
