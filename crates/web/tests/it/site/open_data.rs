//! Open data are published for everybody, with what they mean and what proves them.

use super::browser::Browser;
use app::keys;
use domain::open_data::{Month, Table};

both!(everybody_takes_open_data_home_and_checks_them, |house| {
    let mut citizen = Browser::new(&house);
    for n in 0..6 {
        let phone = format!("0812 0000 000{n}");
        citizen.report(&[("phone", &phone)]).await;
    }
    let empty = citizen.get("/data-terbuka").await.is(200).text();
    assert!(empty.contains("Belum ada bulan yang diterbitkan") && empty.contains("first_day"), "{empty}");
    house.clock.set("2026-12-05T02:00:00Z".parse().unwrap());
    assert_eq!(house.app.release_open_data().await.unwrap(), Month::parse("2026-11"));

    let at = "/data-terbuka/2026-11";
    let list = citizen.get("/data-terbuka").await.is(200).text();
    assert!(list.contains(at) && list.contains("November 2026") && list.contains("CC-BY-4.0"), "{list}");
    assert!(citizen.get("/statistik").await.is(200).text().contains("href=\"/data-terbuka\""));
    let page = citizen.get(at).await.is(200);
    for shown in [
        "bulanan.csv",
        "harian.json",
        "harian.parquet",
        "hal biasa: 6 laporan",
        "tidak ada, atau kurang dari 10",
        "openssl",
    ] {
        assert!(page.text().contains(shown), "{shown}: {}", page.text());
    }

    let guarantee = citizen.get(&format!("{at}/jaminan.json")).await.is(200).text();
    for table in Table::ALL.map(Table::name) {
        for (end, kind) in [
            ("csv", "text/csv; charset=utf-8"),
            ("json", "application/json"),
            ("parquet", "application/vnd.apache.parquet"),
        ] {
            let path = format!("{at}/{table}.{end}");
            let file = citizen.get(&path).await.is(200);
            assert_eq!((file.header("content-type"), file.header("cache-control")), (kind, "public, max-age=86400"));
            assert_eq!(file.header("content-disposition"), format!("attachment; filename=\"{table}-2026-11.{end}\""));
            assert!(guarantee.contains(&keys::digest_of(&file.bytes)), "{path} is not promised");
            let tag = file.header("etag").to_owned();
            assert_eq!(citizen.get_with(&path, "if-none-match", &tag).await.is(304).bytes, b"");
            citizen.get_with(&path, "if-none-match", "\"another\"").await.is(200);
        }
    }
    let signature = citizen.get(&format!("{at}/jaminan.sig")).await.is(200).bytes;
    let hex: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
    let signer = page.between("<dd class=\"address\">", "<").remove(2);
    assert!(keys::is_attested(&guarantee, &hex, &signer));
    let pem = citizen.get(&format!("{at}/kunci.pem")).await.is(200).text();
    assert!(pem.starts_with("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA"), "{pem}");

    // The dictionary names exactly the columns of the files.
    let dictionary: serde_json::Value =
        serde_json::from_str(&citizen.get(&format!("{at}/kamus.json")).await.is(200).text()).unwrap();
    for table in dictionary["tables"].as_array().unwrap() {
        let names: Vec<&str> =
            table["columns"].as_array().unwrap().iter().map(|column| column["name"].as_str().unwrap()).collect();
        let file = citizen.get(&format!("{at}/{}.csv", table["name"].as_str().unwrap())).await.is(200).text();
        assert_eq!(file.lines().next().unwrap(), names.join(","));
        for column in table["columns"].as_array().unwrap() {
            assert!(column["about"]["id"].is_string() && column["about"]["en"].is_string(), "{column}");
        }
    }
    for nowhere in ["2026-10", "2026-11/bulanan.xlsx", "2026-10/bulanan.csv", "2026-11/jaminan", "kemarin"] {
        citizen.get(&format!("/data-terbuka/{nowhere}")).await.is(404);
    }
    citizen.get("/data-terbuka?before=kemarin").await.is(404);
});
