//! The 26-column file in and out.

use app::seed::seed;
use app::transfer::{Finding, ImportReport, export, import, import_file};
use app::{App, Error, demo};
use channel::sp4n::{Row, read_csv, read_xlsx, write_csv};
use domain::report::{ArchiveReason, Channel, Class, Stage, StageKind};
use domain::{Actor, AgencyId, Report, ReportId, Role, UserId};
use jiff::civil::{date, time};
use std::fs::File;
use std::path::Path;
use store::report;
use store::{event, words};

pub fn row(tracking_id: &str, status: &str) -> Row {
    Row {
        tracking_id: tracking_id.into(),
        received_on: Some(date(2026, 1, 3)),
        received_at: Some(time(23, 30, 15, 0)),
        reporter_name: "Nama Karangan".into(),
        class: "Pengaduan Tidak Berkadar Pengawasan".into(),
        category: "Jalan berlubang".into(),
        title: "Jalan berlubang di simpang tiga".into(),
        original_body: "jalannya berlubang sudah tiga bulan mohon di perbaiki".into(),
        edited_body: "Jalannya berlubang sudah tiga bulan. Mohon diperbaiki.".into(),
        source: "Android - kalselprov".into(),
        parent_agency: "Pemerintah Provinsi Kalimantan Selatan".into(),
        agency: "Dinas PUPR Kalsel".into(),
        status: status.into(),
        province: "Kalsel".into(),
        regency: "Kota Banjarbaru".into(),
        ..Row::default()
    }
}

pub async fn take(app: &App, rows: Vec<Row>, dry: bool) -> ImportReport {
    let numbered = (2..).zip(rows).map(|(number, row)| Ok((number, row)));
    import(app, Box::new(numbered.collect::<Vec<_>>().into_iter()), dry, |_| ()).await.unwrap()
}

pub async fn found(app: &App, reference: &str) -> report::Row {
    let mut tx = app.db().read().await.unwrap();
    let code = report::find_by_ref(&mut tx, reference).await.unwrap().expect(reference);
    report::find(&mut tx, code).await.unwrap().unwrap()
}

async fn all(app: &App) -> Vec<report::Row> {
    let mut tx = app.db().read().await.unwrap();
    let mut rows = Vec::new();
    for id in report::list_ids(&mut tx, ReportId(0), 100_000).await.unwrap() {
        rows.push(report::load(&mut tx, id).await.unwrap().unwrap());
    }
    rows
}

pub fn finding(row: usize, column: &'static str, code: &'static str, value: &str) -> Finding {
    Finding { row, column, code, value: value.into() }
}

both!(a_row_becomes_a_report_with_both_texts_and_its_old_number, |house| {
    let done = take(&house.app, vec![row("9165816", "Ditutup oleh Admin")], false).await;
    assert_eq!((done.read, done.imported, done.already), (1, 1, 0));
    assert_eq!((done.refused, done.warnings), (vec![], vec![]));
    let known = found(&house.app, "9165816").await;
    let report = &known.report;
    assert_eq!(report.stage.kind(), StageKind::ClosedByOfficer);
    assert_eq!(report.zone.iso(report.clocks.received), "2026-01-03T23:30:15+08:00");
    assert_eq!((report.class, report.channel), (Class::Complaint, Channel::Android));
    assert_eq!((report.holder, known.root), (AgencyId(630_003), AgencyId(630_000)));
    assert_eq!(report.category.unwrap().0, 629);
    assert_eq!(report.region.as_str(), "63.72");
    let national = Actor::Officer { user: UserId(1), role: Role::NationalAdmin, agency: AgencyId(1) };
    let view = house.app.view(known.code, &national).await.unwrap();
    assert_eq!(view.body, "Jalannya berlubang sudah tiga bulan. Mohon diperbaiki.");
    assert_eq!(view.original.unwrap().body, "jalannya berlubang sudah tiga bulan mohon di perbaiki");
    assert_eq!(view.reporter.unwrap().name.as_deref(), Some("Nama Karangan"));
});

both!(every_status_of_the_file_leads_to_its_stage, |house| {
    let statuses = [
        ("Ditutup oleh Admin", StageKind::ClosedByOfficer),
        ("Ditutup oleh Sistem", StageKind::ClosedBySystem),
        ("Diarsipkan oleh Admin", StageKind::ArchivedAdmin),
        ("Diarsipkan oleh Sistem", StageKind::ArchivedSystem),
        ("Ditanggapi oleh Pelapor", StageKind::Replied),
        ("Ditindaklanjuti oleh Instansi", StageKind::Answered),
        ("Proses", StageKind::Answered),
        ("Terdisposisi ke Dinas PUPR", StageKind::Disposed),
        ("Belum ditindaklanjuti", StageKind::Disposed),
        ("Belum terverifikasi", StageKind::Submitted),
        ("Tertunda", StageKind::Held),
        ("Bukan Wewenang", StageKind::Returned),
    ];
    let rows = (100..).zip(statuses).map(|(n, (status, _))| row(&n.to_string(), status)).collect();
    let done = take(&house.app, rows, false).await;
    assert_eq!((done.imported, done.refused), (12, vec![]));
    let remarks: Vec<(usize, &str)> = done.warnings.iter().map(|remark| (remark.row, remark.code)).collect();
    assert_eq!(remarks, [(4, "import-reason-unknown"), (8, "import-status-near"), (9, "import-status-near")]);
    for (n, (status, stage)) in (100..).zip(statuses) {
        assert_eq!(found(&house.app, &n.to_string()).await.report.stage.kind(), stage, "{status}");
    }
    assert_eq!(house.app.wrong_counters().await.unwrap(), []);
});

both!(an_unknown_status_is_kept_as_text_and_reported, |house| {
    let done = take(&house.app, vec![row("7", "Menunggu Rapat Koordinasi")], false).await;
    assert_eq!(done.imported, 1);
    assert_eq!(done.warnings, [finding(2, "Status Laporan", "import-status-unknown", "Menunggu Rapat Koordinasi")]);
    let known = found(&house.app, "7").await;
    assert_eq!(known.report.stage.kind(), StageKind::Disposed);
    let mut tx = house.app.db().read().await.unwrap();
    let said = words::list(&mut tx, known.report.id).await.unwrap();
    assert!(said.iter().any(|(_, words)| words.body.contains("Status Laporan: Menunggu Rapat Koordinasi")));
});

both!(a_second_run_imports_nothing_twice_and_a_dry_run_nothing_at_all, |house| {
    let rows: Vec<Row> = (0..450).map(|n| row(&format!("{}", 5_000_000 + n), "Ditutup oleh Sistem")).collect();
    let dry = take(&house.app, rows.clone(), true).await;
    assert_eq!((dry.read, dry.imported, dry.already), (450, 450, 0));
    assert_eq!(all(&house.app).await.len(), 0);
    let broken_off = take(&house.app, rows[..260].to_vec(), false).await;
    assert_eq!(broken_off.imported, 260);
    let rest = take(&house.app, rows.clone(), false).await;
    assert_eq!((rest.read, rest.imported, rest.already), (450, 190, 260));
    assert_eq!(all(&house.app).await.len(), 450);
    let again = take(&house.app, rows, true).await;
    assert_eq!((again.imported, again.already), (0, 450));
});

both!(rows_that_do_not_fit_are_named_with_the_reason, |house| {
    let rows = vec![
        Row { tracking_id: String::new(), ..row("", "Proses") },
        Row { received_on: None, ..row("2", "Proses") },
        Row { title: String::new(), original_body: String::new(), edited_body: String::new(), ..row("3", "Proses") },
        Row {
            province: "Atlantis".into(),
            regency: String::new(),
            parent_agency: "".into(),
            agency: "".into(),
            ..row("4", "Tertunda")
        },
        row("5", "Proses"),
        row("5", "Proses"),
        Row { received_on: Some(date(2030, 1, 1)), ..row("6", "Proses") },
        Row {
            regency: "Kota Antah".into(),
            agency: "Dinas Antah".into(),
            class: "Pengadaan RAPS".into(),
            ..row("8", "Proses")
        },
    ];
    let done = take(&house.app, rows, false).await;
    assert_eq!((done.read, done.imported), (8, 3));
    let refused: Vec<(usize, &str)> = done.refused.iter().map(|finding| (finding.row, finding.code)).collect();
    assert_eq!(
        refused,
        [
            (2, "import-tracking-id-missing"),
            (3, "import-date-missing"),
            (4, "import-text-missing"),
            (7, "import-tracking-id-twice"),
            (8, "import-date-in-future"),
        ]
    );
    assert_eq!(
        done.warnings,
        [
            finding(5, "Provinsi", "import-region-capital", "Atlantis"),
            finding(6, "Status Laporan", "import-status-near", "Proses"),
            finding(9, "Instansi Terdisposisi", "import-agency-unknown", "Dinas Antah"),
            finding(9, "Kota/Kabupaten", "import-region-unknown", "Kota Antah"),
            finding(9, "Klasifikasi Laporan", "import-class-unknown", "Pengadaan RAPS"),
            finding(9, "Status Laporan", "import-status-near", "Proses"),
        ]
    );
    assert_eq!(found(&house.app, "8").await.report.holder, AgencyId(630_000));
});

both!(secrecy_and_the_reason_of_archiving_survive, |house| {
    let supervisory = Row {
        class: "Pengaduan Berkadar Pengawasan".into(),
        privacy: "Anonim, Rahasia".into(),
        rating: Some(4),
        ..row("20", "Ditutup oleh Sistem")
    };
    let archived = Row { reason: "Laporan terlalu umum".into(), ..row("21", "Diarsipkan oleh Admin") };
    take(&house.app, vec![supervisory, archived], false).await;
    let report = found(&house.app, "20").await.report;
    assert_eq!((report.supervisory, report.anonymous, report.secret, report.rating), (true, true, true, Some(4)));
    let archived = found(&house.app, "21").await.report;
    assert!(matches!(archived.stage, Stage::Archived { by_system: false, reason: ArchiveReason::TooGeneral, .. }));
});

both!(imported_logs_replay_to_their_rows_and_wait_for_somebody, |house| {
    let statuses = ["Proses", "Tertunda", "Ditanggapi oleh Pelapor", "Bukan Wewenang", "Ditutup oleh Admin"];
    let rows = (0..).zip(statuses).map(|(n, status)| row(&format!("30{n}"), status)).collect();
    take(&house.app, rows, false).await;
    house.work().await;
    let mut tx = house.app.db().read().await.unwrap();
    for known in all(&house.app).await {
        let log = event::list(&mut tx, known.report.id).await.unwrap();
        let replayed = Report::replay(known.report.id, log.iter().map(|logged| (logged.at, &logged.event)));
        assert_eq!(replayed, Some(known.report));
        assert!(log.iter().all(|logged| logged.event.kind().name() != "escalated"));
    }
});

pub async fn lines(path: &Path) -> Vec<Row> {
    let sheet = path.extension().unwrap() == "xlsx";
    let mut lines: Vec<Row> = match sheet {
        true => read_xlsx(path).map(|line| line.unwrap().1).collect(),
        false => read_csv(File::open(path).unwrap()).map(|line| line.unwrap().1).collect(),
    };
    lines.sort_by(|a, b| a.tracking_id.cmp(&b.tracking_id));
    lines
}

both!(what_is_exported_comes_back_the_same, |house| {
    demo::install(&house.app).await.unwrap();
    seed(&house.app, 700, 4, |_| ()).await.unwrap();
    let unusual = Row {
        status: "Menunggu Rapat".into(),
        agency: "Dinas Antah".into(),
        decree_number: "SK 1/2026".into(),
        via_setwapres: Some(true),
        village: "Kelurahan Antah".into(),
        ..row("77", "")
    };
    take(&house.app, vec![unusual], false).await;
    let ending = if house.engine == store::Engine::Sqlite { "csv" } else { "xlsx" };
    let first = house.file(&format!("first.{ending}"));
    let exported = export(&house.app, &Actor::System, &first, |_| ()).await.unwrap();
    assert_eq!(exported.rows as usize, all(&house.app).await.len());

    let into_itself = import_file(&house.app, &first, false, |_| ()).await.unwrap();
    assert_eq!((into_itself.imported, into_itself.already), (0, exported.rows));

    let before = lines(&first).await;
    crate::world::on(house.engine, |other| async move {
        let done = import_file(&other.app, &first, false, |_| ()).await.unwrap();
        assert_eq!((done.imported, done.refused), (before.len() as u64, vec![]));
        let second = other.file(&format!("second.{ending}"));
        export(&other.app, &Actor::System, &second, |_| ()).await.unwrap();
        for (before, after) in before.iter().zip(lines(&second).await) {
            assert_eq!(*before, after);
        }
        assert_eq!(other.app.wrong_counters().await.unwrap(), []);
    })
    .await;
});

fn officer(role: Role, agency: i64) -> Actor {
    Actor::Officer { user: UserId(1), role, agency: AgencyId(agency) }
}

both!(an_export_holds_only_what_its_reader_may_know, |house| {
    let plain = row("50", "Ditutup oleh Admin");
    let anonymous = Row { privacy: "Anonim".into(), ..row("51", "Ditutup oleh Admin") };
    let secret = Row { privacy: "Rahasia".into(), ..row("52", "Ditutup oleh Admin") };
    let elsewhere =
        Row { parent_agency: "Pemkot Bontang".into(), agency: "".into(), ..row("53", "Ditutup oleh Admin") };
    take(&house.app, vec![plain, anonymous, secret, elsewhere], false).await;

    let path = house.file("agency.csv");
    export(&house.app, &officer(Role::AgencyAdmin, 630_000), &path, |_| ()).await.unwrap();
    let agency = lines(&path).await;
    let told: Vec<(&str, &str, bool)> = agency
        .iter()
        .map(|line| (line.tracking_id.as_str(), line.reporter_name.as_str(), line.original_body.is_empty()))
        .collect();
    assert_eq!(told, [("50", "Nama Karangan", false), ("51", "", false), ("52", "Nama Karangan", true)]);
    assert!(agency[2].title.is_empty() && agency[2].edited_body.is_empty());

    let path = house.file("supervisor.csv");
    export(&house.app, &officer(Role::Supervisor, 1), &path, |_| ()).await.unwrap();
    let seen: Vec<String> = lines(&path).await.into_iter().map(|line| line.tracking_id).collect();
    assert_eq!(seen, ["50", "51", "53"]);

    let path = house.file("national.csv");
    export(&house.app, &officer(Role::NationalAdmin, 1), &path, |_| ()).await.unwrap();
    let national = lines(&path).await;
    assert_eq!(national.len(), 4);
    assert!(!national[2].original_body.is_empty());
    let looks = house.app.accesses(&found(&house.app, "52").await.report).await.unwrap();
    assert!(looks.iter().any(|look| look.role == Role::NationalAdmin && look.what == "sealed"));

    for role in [Role::Leader, Role::LiaisonOfficer, Role::Operator, Role::Auditor, Role::Inspector] {
        let denied = export(&house.app, &officer(role, 630_000), &house.file("no.csv"), |_| ()).await;
        assert!(matches!(denied, Err(Error::Denied)), "{role:?}");
    }
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_with_semicolons_and_indonesian_dates_is_read() {
    crate::world::on(store::Engine::Sqlite, |house| async move {
        let path = house.file("berkas.csv");
        let mut bytes = Vec::new();
        write_csv(&mut bytes, [row("60", "Proses")]).unwrap();
        let text = String::from_utf8(bytes).unwrap().replace(',', ";");
        std::fs::write(&path, text).unwrap();
        let done = import_file(&house.app, &path, false, |_| ()).await.unwrap();
        assert_eq!((done.imported, done.refused), (1, vec![]));
        let missing = import_file(&house.app, &house.file("tidak-ada.csv"), false, |_| ()).await;
        assert!(missing.is_err());
    })
    .await;
}
