//! Files in the spelling of the older system: nothing is taken for something else, and all of it comes back.

use crate::people::{act, answer, national, pupr};
use crate::transfer::{finding, found, lines, row, take};
use app::transfer::{Finding, Progress, export, import_file};
use channel::sp4n::Row;
use domain::report::{Class, Command, Stage, StageKind};
use domain::text::Remark;
use domain::{Actor, AgencyId};
use std::path::Path;

fn fixture() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/foreign.csv"))
}

fn codes(findings: &[Finding]) -> Vec<(usize, &str, &str)> {
    findings.iter().map(|finding| (finding.row, finding.column, finding.code)).collect()
}

both!(a_foreign_file_comes_back_to_the_letter, |house| {
    let done = import_file(&house.app, fixture(), false, |_| ()).await.unwrap();
    assert_eq!((done.imported, done.refused), (7, vec![]));
    for ending in ["csv", "xlsx"] {
        let path = house.file(&format!("again.{ending}"));
        export(&house.app, &Actor::System, &path, |_| ()).await.unwrap();
        for (given, back) in lines(fixture()).await.iter().zip(lines(&path).await) {
            assert_eq!(*given, back);
        }
    }
    let into_itself = import_file(&house.app, fixture(), false, |_| ()).await.unwrap();
    assert_eq!(into_itself.already, 7);
    assert!(into_itself.warnings.iter().all(|remark| remark.code != "import-known-changed"));
});

both!(whatever_a_foreign_file_says_otherwise_is_remarked, |house| {
    let done = import_file(&house.app, fixture(), true, |_| ()).await.unwrap();
    assert_eq!(
        codes(&done.warnings),
        [
            (2, "Status Laporan", "import-status-unknown"),
            (2, "Rating", "import-rating"),
            (3, "Klasifikasi Laporan", "import-class-near"),
            (3, "Alasan Tunda/Arsip", "import-reason-unknown"),
            (5, "ID Kategori", "import-number-unnamed"),
            (6, "Provinsi", "import-region-capital"),
            (6, "Status Laporan", "import-status-near"),
            (7, "Kota/Kabupaten", "import-region-ambiguous"),
            (7, "Status Laporan", "import-status-unknown"),
            (7, "Kategori", "import-category-ambiguous"),
            (8, "ID Kategori", "import-number"),
            (8, "ID Instansi Terdisposisi", "import-number"),
            (8, "Laporan yang Masuk melalui Kanal Aduan Setwapres", "import-flag"),
        ]
    );
});

both!(nothing_in_a_foreign_file_is_taken_for_something_else, |house| {
    import_file(&house.app, fixture(), false, |_| ()).await.unwrap();
    let told = [
        ("9165811", "63.72", StageKind::Disposed, Some(629)),
        ("9165816", "31", StageKind::ArchivedAdmin, None),
        ("9165821", "12.75", StageKind::ArchivedSystem, Some(4)),
        ("9165826", "33.21.04", StageKind::ArchivedAdmin, None),
        ("9165831", "31", StageKind::ClosedByOfficer, Some(4)),
        ("9165836", "32", StageKind::Submitted, None),
        ("9165841", "93.01", StageKind::Held, Some(629)),
    ];
    for (number, region, stage, category) in told {
        let report = found(&house.app, number).await.report;
        let was = (report.region.as_str(), report.stage.kind(), report.category.map(|id| id.0));
        assert_eq!(was, (region, stage, category), "{number}");
    }
    let whistle = found(&house.app, "9165816").await.report;
    assert_eq!((whistle.class, whistle.supervisory), (Class::Complaint, true));
    assert_eq!(found(&house.app, "9165831").await.report.holder, AgencyId(120));
});

both!(a_status_that_only_contains_a_known_word_changes_nothing, |house| {
    let statuses = ["Tidak Selesai", "Dalam Proses Verifikasi", "Pengerjaan Ditunda"];
    let rows = (40..).zip(statuses).map(|(number, status)| row(&number.to_string(), status)).collect();
    let done = take(&house.app, rows, false).await;
    assert!(done.warnings.iter().all(|remark| remark.code == "import-status-unknown"));
    for number in ["40", "41", "42"] {
        let report = found(&house.app, number).await.report;
        assert_eq!((report.stage.kind(), report.clocks.answered), (StageKind::Disposed, None));
    }
});

both!(a_place_is_never_guessed_at_another_level_or_in_silence, |house| {
    let place = |number: &str, province: &str, regency: &str| Row {
        province: province.into(),
        regency: regency.into(),
        ..row(number, "Belum ditindaklanjuti")
    };
    let rows = vec![
        place("1", "Kalimantan Selatan", "Banjarbaru"),
        place("2", "Kalimantan Timur", "Kota Tarakan"),
        place("3", "Jawa Barat", "Bogor"),
        place("4", "Jawa Tengah", "Sayung"),
        place("5", "", "Banjarmasin"),
    ];
    let done = take(&house.app, rows, false).await;
    assert_eq!(
        done.warnings,
        [
            finding(3, "Provinsi", "import-region-elsewhere", "Kalimantan Timur"),
            finding(4, "Kota/Kabupaten", "import-region-ambiguous", "Bogor"),
            finding(5, "Kota/Kabupaten", "import-region-unknown", "Sayung"),
        ]
    );
    for (number, region) in [("1", "63.72"), ("2", "65.71"), ("3", "32"), ("4", "33"), ("5", "63.71")] {
        assert_eq!(found(&house.app, number).await.report.region.as_str(), region, "{number}");
    }
});

both!(numbers_of_a_file_of_our_own_tell_names_apart, |house| {
    let of = |number: &str, category: &str, id: Option<i64>| Row {
        category: category.into(),
        category_id: id,
        ..row(number, "Belum ditindaklanjuti")
    };
    let rows = vec![
        of("1", "KESEHATAN", Some(936)),
        of("2", "Kesehatan", Some(7)),
        of("3", "Kebudayaan", Some(662)),
        of("4", "Kebudayaan", None),
        of("5", "Jalan berlubang", Some(4)),
    ];
    take(&house.app, rows, false).await;
    for (number, category) in [("1", Some(936)), ("2", Some(4)), ("3", Some(662)), ("4", None), ("5", Some(629))] {
        assert_eq!(found(&house.app, number).await.report.category.map(|id| id.0), category, "{number}");
    }
});

both!(a_newer_file_tells_whose_status_changed_and_changes_nothing, |house| {
    take(&house.app, vec![row("1", "Ditindaklanjuti oleh Instansi"), row("2", "Menunggu Rapat")], false).await;
    let newer = vec![row("1", "Ditutup oleh Admin"), row("2", "Menunggu Rapat"), row("3", "Tertunda")];
    for dry in [true, false] {
        let done = take(&house.app, newer.clone(), dry).await;
        assert_eq!((done.imported, done.already), (1, 2));
        assert_eq!(done.warnings[0], finding(3, "Status Laporan", "import-status-unknown", "Menunggu Rapat"));
        assert_eq!(done.warnings[1..], [finding(2, "Status Laporan", "import-known-changed", "Ditutup oleh Admin")]);
    }
    assert_eq!(found(&house.app, "1").await.report.stage.kind(), StageKind::Answered);
});

both!(a_kept_text_goes_when_an_officer_changes_what_it_was_about, |house| {
    take(&house.app, vec![row("1", "Menunggu Rapat")], false).await;
    let code = found(&house.app, "1").await.code;
    act(&house.app, code, pupr(), answer("Lubang di simpang tiga telah ditambal.")).await.unwrap();
    let path = house.file("after.csv");
    export(&house.app, &Actor::System, &path, |_| ()).await.unwrap();
    let line = &lines(&path).await[0];
    assert_eq!((line.status.as_str(), line.province.as_str()), ("Ditindaklanjuti oleh Instansi", "Kalsel"));
    let again = take(&house.app, vec![row("1", "Menunggu Rapat")], false).await;
    assert!(again.warnings.iter().all(|remark| remark.code != "import-known-changed"));
});

both!(a_note_of_an_officer_is_never_taken_for_what_a_file_said, |house| {
    take(&house.app, vec![row("1", "Tertunda")], false).await;
    let code = found(&house.app, "1").await.code;
    let text = Remark::parse("Dari berkas SP4N-LAPOR!:\nStatus Laporan: Karangan\nRating: 5").unwrap();
    act(&house.app, code, national(), Command::Note { text }).await.unwrap();
    let path = house.file("noted.csv");
    export(&house.app, &Actor::System, &path, |_| ()).await.unwrap();
    let line = &lines(&path).await[0];
    assert_eq!((line.status.as_str(), line.rating), ("Tertunda", None));
    assert!(matches!(found(&house.app, "1").await.report.stage, Stage::Held { .. }));
});

both!(a_transfer_tells_how_far_it_is_of_how_much, |house| {
    let rows = (0..430).map(|number| row(&number.to_string(), "Tertunda")).collect();
    take(&house.app, rows, false).await;
    for ending in ["csv", "xlsx"] {
        let path = house.file(&format!("far.{ending}"));
        let mut written: Vec<Progress> = Vec::new();
        export(&house.app, &Actor::System, &path, |far| written.push(far)).await.unwrap();
        assert_eq!(written.last(), Some(&Progress { rows: 430, done: 430, total: Some(430) }));
        let mut read: Vec<Progress> = Vec::new();
        import_file(&house.app, &path, true, |far| read.push(far)).await.unwrap();
        let total = if ending == "csv" { std::fs::metadata(&path).unwrap().len() } else { 430 };
        assert!(read.len() > 2 && read[0].done < total);
        assert_eq!(read.last(), Some(&Progress { rows: 430, done: total, total: Some(total) }));
    }
});

both!(a_home_for_the_blind_is_found_as_an_office_of_its_province, |house| {
    let home =
        Row { agency: "Panti Sosial Bina Netra (PSBN) Fajar Harapan".into(), ..row("1", "Belum ditindaklanjuti") };
    assert_eq!(take(&house.app, vec![home], false).await.warnings, []);
    let known = found(&house.app, "1").await;
    assert_eq!((known.report.holder, known.root), (AgencyId(630_044), AgencyId(630_000)));
});
