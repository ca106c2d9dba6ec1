//! What the reporter and other citizens do, and what comes back when it cannot be done.

use super::browser::{Browser, NATIONAL, PNG, PUPR};
use domain::Role;

both!(a_reply_with_a_wrong_file_comes_back_with_its_words, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    admin.act(&report, "jawaban", &[("kind", "explained"), ("text", "Sudah kami periksa di lapangan.")]).await.is(303);
    let words = [("text", "Belum ada petugas yang datang ke lokasi kami.")];
    let page =
        citizen.post_file(&format!("{report}/tanggapan"), &words, "catatan.txt", b"bukan gambar sama sekali").await;
    let text = page.is(422).text();
    assert!(text.contains("Belum ada petugas yang datang"), "{text}");
    assert!(text.contains("href=\"#reply-files\"") && text.contains("id=\"reply-files\""), "{text}");
    let short = citizen.post(&format!("{report}/keberatan"), &[("text", "Tidak")]).await.is(422).text();
    assert!(short.contains("href=\"#objection-text\"") && short.contains(">Tidak</textarea>"), "{short}");
});

both!(a_contest_that_is_too_short_comes_back_beside_its_field, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "arsip", &[("reason", "unclear"), ("text", "Isinya tidak jelas.")]).await.is(303);
    let page = citizen.post(&format!("{report}/sanggahan"), &[("text", "Jelas!")]).await.is(422).text();
    assert!(page.contains("href=\"#contest-text\"") && page.contains("id=\"contest-text-slip\""), "{page}");
    assert!(page.contains(">Jelas!</textarea>"), "{page}");
});

both!(support_counts_once_for_a_household_and_disturbs_no_officer, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    let desk = format!("/desk{report}");
    let seq = admin.get(&desk).await.is(200).between("name=\"seq\" value=\"", "\"")[0].clone();
    let mut neighbour = Browser::new(&house);
    for n in 0..12 {
        neighbour.agent = format!("Peramban {n}");
        let status = neighbour.post(&format!("{report}/dukungan"), &[]).await.status;
        assert_eq!(status, if n < 10 { 303 } else { 429 }, "support {n}");
    }
    let note = [("seq", seq.as_str()), ("text", "Sudah dicek ke bendahara.")];
    admin.post(&format!("{desk}/catatan"), &note).await.is(303);
});

both!(a_shared_device_forgets_the_report, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[("secret", "1")]).await;
    citizen.get(&report).await.is(200);
    assert_eq!(citizen.post(&format!("{report}/kunci"), &[]).await.leads(), "/lacak");
    citizen.get(&report).await.is(404);
    citizen.get(&format!("{report}/tanda-terima")).await.is(404);
});

both!(a_way_back_never_leaves_the_site, |house| {
    let mut citizen = Browser::new(&house);
    for back in ["//evil.example", "/%09/evil.example", "/%5Cevil.example", "https://evil.example", "/%0d%0aX:1"] {
        assert_eq!(citizen.get(&format!("/bahasa/en?back={back}")).await.leads(), "/", "{back}");
    }
    let back = citizen.get("/bahasa/en?back=/laporan%3Fq%3Djalan%26stage%3Danswered").await.leads();
    assert_eq!(back, "/laporan?q=jalan&stage=answered");
});

both!(nearby_governments_can_be_chosen, |house| {
    let mut citizen = Browser::new(&house);
    assert!(citizen.get("/").await.is(200).text().contains("Pemerintah Kabupaten Tangerang"));
    let list = citizen.get("/laporan?region=63").await.is(200).text();
    assert!(list.contains("Banjarbaru") && list.contains("Pemerintah Kota Banjarmasin"));
    let report = citizen.report(&[("agency", "Pemerintah Kota Banjarmasin"), ("lat", "-3.3"), ("lon", "114.6")]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let case = admin.get(&format!("/desk{report}")).await.is(200).text();
    assert!(case.contains("-3.300000, 114.600000") && case.contains("Instansi pilihan pelapor"), "{case}");
});

both!(a_picture_that_is_broken_is_told_as_broken, |house| {
    let mut citizen = Browser::new(&house);
    let key = app::keys::secret();
    let fields = [
        ("key", key.as_str()),
        ("class", "complaint"),
        ("text", "Jalan di depan pasar berlubang."),
        ("province", "63"),
    ];
    let page = citizen.post_file("/laporan", &fields, "lubang.png", &PNG[..50]).await.is(422).text();
    assert!(page.contains("rusak dan tidak dapat dibuka"), "{page}");
});

both!(a_list_can_be_followed_with_a_feed_reader, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[("title", "Jalan <rusak> & berlubang")]).await;
    let secret = citizen.report(&[("secret", "1")]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    for path in [&report, &secret] {
        admin.act(path, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    }
    house.work().await;
    let feed = Browser::new(&house).get("/laporan/feed?region=63").await.is(200);
    assert!(feed.header("content-type").starts_with("application/atom+xml"));
    let text = feed.text();
    assert!(text.contains(&format!("<id>http://lapor.example{report}</id>")), "{text}");
    assert!(text.contains("<updated>2026-11-09T10:00:00+08:00</updated>"), "{text}");
    assert!(!text.contains("<rusak>") && !text.contains(&secret), "{text}");
    let elsewhere = Browser::new(&house).get("/laporan/feed?region=11").await.is(200).text();
    assert!(!elsewhere.contains("<entry>"), "{elsewhere}");
});

both!(the_reporter_reads_who_opened_the_name_and_nobody_else_does, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[("name", "Siti Contoh"), ("phone", "0812 0000 0000")]).await;
    assert!(citizen.get(&report).await.text().contains("Belum ada petugas yang membuka"));
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    admin.get(&format!("/desk{report}")).await.is(200);
    let own = citizen.get(&report).await.is(200).text();
    assert_eq!(own.matches("Membuka nama").count(), 1, "{own}");
    assert!(own.contains("Membuka kontak") && own.contains("Admin Nasional") && !own.contains("Petugas nasional"));
    let public = Browser::new(&house).get(&report).await.is(200).text();
    assert!(!public.contains("Membuka nama"), "{public}");
});
