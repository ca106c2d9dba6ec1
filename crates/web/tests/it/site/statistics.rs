//! The statistics that everybody reads.

use super::browser::{Browser, KALSEL, PUPR};
use super::printing::read;
use domain::Role;

both!(everybody_reads_the_figures_of_an_agency_and_follows_them_to_the_reports, |house| {
    let mut citizen = Browser::new(&house);
    let mut chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let empty = citizen.get("/statistik").await.is(200).text();
    assert!(empty.contains("Tidak ada laporan yang dihitung"), "{empty}");
    let to_province = [("agency", "Pemerintah Provinsi Kalimantan Selatan")];
    for n in 0..12 {
        let report = citizen.report(&to_province).await;
        if n < 11 {
            chief.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
        }
    }
    house.app.fold_all_measures().await.unwrap();
    for path in
        ["/statistik", "/statistik?agency=630000", "/statistik?region=63&period=2026-2", "/statistik?period=2026"]
    {
        let page = citizen.get(path).await.is(200);
        let text = page.text();
        for shown in ["Laporan masuk", "100,00 %", "Semester 2 2026", "<svg class=\"chart\"", "situs web"] {
            assert!(text.contains(shown), "{path}: {shown}: {text}");
        }
        let list = page.between("href=\"/statistik/daftar?", "\"")[0].replace("&amp;", "&").replace("&#38;", "&");
        let list = citizen.get(&format!("/statistik/daftar?{list}")).await.is(200).text();
        assert_eq!(list.matches("<li class=\"report\">").count(), 11, "{list}");
        assert!(list.contains("data-unshown=\"1\""), "{list}");
    }
    let ranked = citizen.get("/statistik/peringkat").await.is(200);
    let text = ranked.text();
    for shown in ["Golongan D", "Pemerintah Provinsi Kalimantan Selatan", "0 dari 12", "Cara menghitung"] {
        assert!(text.contains(shown), "{shown}: {text}");
    }
    let units = citizen.get("/statistik/peringkat?agency=630000&share=completion").await.is(200).text();
    assert!(units.contains("0 dari 11"), "{units}");
    let award = "/statistik/penghargaan/follow_up_units?agency=630000";
    let text = citizen.get(award).await.is(200).text();
    for shown in ["tindak lanjut × ketepatan waktu × banyaknya laporan", "Rumus versi 1", "(0/11)"] {
        assert!(text.contains(shown), "{shown}: {text}");
    }
    let draft = citizen.get(&format!("{award}&w-punctuality=0&w-volume=50")).await.is(200).text();
    assert!(draft.contains("rancangan") && draft.contains("banyaknya laporan ^ 0,5"), "{draft}");
    citizen.get(&format!("{award}&w-punctuality=5000")).await.is(404);
    citizen.get("/statistik/penghargaan/luck").await.is(404);
    for (path, cell) in [
        ("/statistik/tabel.csv?agency=630000", "Laporan masuk,12,"),
        ("/statistik/peringkat/tabel.csv", "Pemerintah Provinsi Kalimantan Selatan,0.00,0,12,"),
        ("/statistik/penghargaan/follow_up_units/tabel.csv?agency=630000", "Kalimantan Selatan"),
    ] {
        let table = citizen.get(path).await.is(200).text();
        assert!(table.contains(cell), "{path}: {table}");
        let book = citizen.get(&path.replace(".csv", ".xlsx")).await.is(200).bytes;
        assert!(book.starts_with(b"PK"), "{path}");
    }
    for (path, shown) in [
        ("/statistik/laporan.pdf?agency=630000", "11 dari 12"),
        ("/statistik/peringkat/laporan.pdf", "0 dari 12"),
        ("/statistik/penghargaan/follow_up_units/laporan.pdf?agency=630000", "(0/11)"),
    ] {
        let (text, _) = read(&house, &citizen.get(path).await.is(200).bytes);
        assert!(text.contains(shown) && text.contains("Kalimantan"), "{path}: {text}");
    }
    citizen.get("/statistik/tabel.pdf").await.is(404);
    let unit = citizen.get(&format!("/statistik?agency={PUPR}")).await.is(200).text();
    assert!(unit.contains("Dinas Pekerjaan Umum"), "{unit}");
    for nowhere in [
        "/statistik?agency=5",
        "/statistik?region=99",
        "/statistik?period=kemarin",
        "/statistik?period=20000-1",
        "/statistik?period=20000",
        "/statistik/peringkat?league=units",
        "/statistik/peringkat?share=rating",
        "/statistik/peringkat?province=99",
    ] {
        citizen.get(nowhere).await.is(404);
    }
});
