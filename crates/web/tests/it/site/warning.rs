//! An early warning is opened and answered; an agency that was behind is asked for a plan.

use super::browser::{Browser, KALSEL, NATIONAL};
use app::demo;
use domain::Role;

/// The Diskominfo of Kabupaten Banjar.
const BANJAR: i64 = 630_301;
const HSU: i64 = 630_800;

both!(a_flood_is_shown_with_its_cases_and_answered_by_its_office, |house| {
    demo::install(&house.app).await.unwrap();
    let mut regency = Browser::officer(&house, "banjar", Role::AgencyAdmin, BANJAR).await;
    let list = regency.get("/desk/peringatan").await.is(200).text();
    assert!(list.contains("Banjir") && list.contains("Belum ditanggapi"), "{list}");
    assert!(regency.get("/desk/pemberitahuan").await.is(200).text().contains("Ada peringatan dini"));
    let page = regency.get("/desk/peringatan").await.is(200).between("/desk/peringatan/", "\"").remove(0);
    let at = format!("/desk/peringatan/{page}");
    let page = regency.get(&at).await.is(200);
    assert!(page.text().contains("Minggu demi minggu") && page.text().contains("<svg"), "{}", page.text());
    assert!(page.text().matches("href=\"/laporan/").count() >= 4, "{}", page.text());
    let seq = page.between("name=\"seq\" value=\"", "\"").remove(0);
    let empty = [("seq", seq.as_str()), ("key", "k"), ("answer", " ")];
    let refused = regency.post(&format!("{at}/tanggapan"), &empty).await.is(422).text();
    assert!(refused.contains("href=\"#answer\""), "{refused}");
    let words = [("seq", seq.as_str()), ("key", "k"), ("answer", "Posko dibuka di <tiga> kecamatan.")];
    assert_eq!(regency.post(&format!("{at}/tanggapan"), &words).await.leads(), at);
    let page = regency.get(&at).await.is(200).text();
    assert!(page.contains("Posko dibuka di &#60;tiga&#62; kecamatan.") && page.contains("Ditanggapi"), "{page}");

    let mut chief = Browser::officer(&house, "kalsel2", Role::AgencyAdmin, KALSEL).await;
    let page = chief.get(&at).await.is(200).text();
    assert!(page.contains("/penyerahan") && !page.contains("/tanggapan"), "{page}");
    let nobody = [("seq", "2"), ("key", "g"), ("owner", ""), ("why", "Meluas.")];
    let refused = chief.post(&format!("{at}/penyerahan"), &nobody).await.is(422).text();
    assert!(refused.contains("Pilih kantornya") && refused.contains("Meluas."), "{refused}");
    let mut far = Browser::officer(&house, "hsu", Role::AgencyAdmin, HSU).await;
    far.get(&at).await.is(404);
    assert!(far.get("/desk/peringatan").await.is(200).text().contains("Tidak ada yang menonjol"));
});

both!(a_supervisor_asks_the_regency_at_53_percent_for_a_plan, |house| {
    demo::install(&house.app).await.unwrap();
    let mut supervisor = Browser::officer(&house, "pengawas2", Role::Supervisor, NATIONAL).await;
    let form = "/desk/rencana/baru?semester=2022-2";
    let page = supervisor.get(form).await.is(200).text();
    assert!(page.contains("Hulu Sungai Utara") && page.contains("52,94 % · 9 dari 17"), "{page}");
    assert_eq!(page.matches("type=\"radio\"").count(), 1, "only one is below 90 percent: {page}");
    let wish = |agency, text| [("semester", "2022-2"), ("key", "k"), ("agency", agency), ("text", text)];
    let refused = supervisor.post("/desk/rencana/baru", &wish("", "Mohon langkahnya.")).await.is(422).text();
    assert!(refused.contains("Pilih instansinya") && refused.contains("Mohon langkahnya."), "{refused}");
    supervisor.post("/desk/rencana/baru", &wish("637100", "Mohon langkahnya.")).await.is(404);
    let plan = supervisor.post("/desk/rencana/baru", &wish("630800", "Mohon langkahnya.")).await.leads();
    let again = supervisor.post("/desk/rencana/baru", &wish("630800", "Mohon langkahnya.")).await.leads();
    assert_eq!(plan, again, "the same key asks once");
    let page = supervisor.get(&plan).await.is(200).text();
    assert_eq!(page.matches("Mohon langkahnya.").count(), 1, "{page}");
    assert!(supervisor.get(form).await.is(200).text().contains("Rencananya sudah diminta"));

    let mut regency = Browser::officer(&house, "hsu", Role::AgencyAdmin, HSU).await;
    regency.get(form).await.is(403);
    assert!(regency.get(&plan).await.is(200).text().contains("Mohon langkahnya."));
});

both!(a_leader_sees_the_half_year_on_one_page_and_the_sealed_reports_in_its_lists, |house| {
    let mut citizen = Browser::new(&house);
    let mut chief = Browser::officer(&house, "kalsel2", Role::AgencyAdmin, KALSEL).await;
    for n in 0..10 {
        let secret = if n == 0 { [("secret", "1")].as_slice() } else { &[] };
        let fields = [&[("agency", "Pemerintah Provinsi Kalimantan Selatan")], secret].concat();
        citizen.report(&fields).await;
    }
    house.app.fold_all_measures().await.unwrap();
    let page = chief.get("/desk/ringkasan").await.is(200);
    let text = page.text();
    assert!(text.contains("Pemerintah Provinsi Kalimantan Selatan") && text.contains("0 dari 10"), "{text}");
    let list = page.between("href=\"/desk/daftar?", "\"").into_iter().find(|link| link.contains("received"));
    let list = format!("/desk/daftar?{}", list.unwrap().replace("&#38;", "&").replace("&amp;", "&"));
    let text = chief.get(&list).await.is(200).text();
    assert_eq!(text.matches("href=\"/desk/laporan/").count(), 10, "{text}");
    // The public list of the same figure knows of one less; a stranger's desk and a liaison's page know of none of it.
    let open = citizen.get(&list.replace("/desk/", "/statistik/")).await.is(200).text();
    assert!(open.contains("data-unshown=\"9\""), "{open}");
    let mut leader = Browser::officer(&house, "pimpinan2", Role::Leader, KALSEL).await;
    assert!(leader.get("/desk/ringkasan").await.is(200).text().contains("0 dari 9"));
    let mut stranger = Browser::officer(&house, "hsu", Role::AgencyAdmin, HSU).await;
    let text = stranger.get(&list).await.is(200).text();
    assert!(!text.contains("href=\"/desk/laporan/") && text.contains("data-unshown=\"9\""), "{text}");
});
