//! Similar reports, and linking them, as people press it.

use super::browser::{Browser, KALSEL, NATIONAL, PUPR};
use domain::Role;

both!(a_verifier_links_a_similar_report_and_one_answer_reaches_both_reporters, |house| {
    let (mut one, mut two) = (Browser::new(&house), Browser::new(&house));
    let first = one.report(&[]).await;
    let second = two.report(&[]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let desk = format!("/desk{second}");
    let page = admin.get(&desk).await.is(200);
    let other = page.between("name=\"other\" value=\"", "\"")[0].clone();
    assert!(first.ends_with(&other) && page.text().contains("Kata yang sama"), "{}", page.text());
    admin.post(&format!("{desk}/kesamaan"), &[("key", "a"), ("other", &other)]).await.is(303);
    assert!(admin.get(&desk).await.is(200).text().contains("Sudah ditautkan"));
    for report in [&first, &second] {
        admin.act(report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    }
    let preview = admin.get(&desk).await.is(200).text();
    assert!(preview.contains("Jawaban ini juga dikirim ke 1 laporan lain"), "{preview}");
    admin.act(&second, "jawaban", &[("kind", "explained"), ("text", "Sudah kami periksa di lapangan.")]).await.is(303);
    house.work().await;
    assert!(one.get(&first).await.is(200).text().contains("Sudah kami periksa di lapangan."));
    let public = Browser::new(&house).get(&first).await.is(200).text();
    assert!(public.contains("Ada 1 laporan publik lain tentang hal yang sama"), "{public}");
    admin.post(&format!("{desk}/pelepasan"), &[("key", "b")]).await.is(303);
    assert!(!Browser::new(&house).get(&first).await.text().contains("tentang hal yang sama"));
});

both!(a_number_that_cannot_be_linked_comes_back_with_the_reason, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[("agency", "Pemerintah Provinsi Kalimantan Selatan")]).await;
    let foreign = citizen.report(&[("secret", "1")]).await;
    let mut chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let desk = format!("/desk{report}/kesamaan");
    let foreign = foreign.trim_start_matches("/laporan/").to_owned();
    for (typed, why) in [
        ("12", "id=\"matter-other-slip\""),
        (foreign.as_str(), "Tidak ada laporan bernomor itu"),
        (report.trim_start_matches("/laporan/"), "Itu laporan ini juga"),
    ] {
        let page = chief.post(&desk, &[("key", "a"), ("other", typed)]).await.is(422).text();
        assert!(page.contains(why) && page.contains(&format!("value=\"{typed}\"")), "{typed}: {page}");
    }
});

both!(a_secret_report_is_not_betrayed_by_its_public_kin, |house| {
    let mut citizen = Browser::new(&house);
    let open = citizen.report(&[]).await;
    let secret = citizen.report(&[("secret", "1"), ("title", "Zamrud hilang dari gudang")]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let other = secret.trim_start_matches("/laporan/").to_owned();
    admin.post(&format!("/desk{open}/kesamaan"), &[("key", "a"), ("other", &other)]).await.is(303);
    admin.act(&open, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    let mut liaison = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    for browser in [&mut Browser::new(&house), &mut citizen] {
        let page = browser.get(&open).await.is(200).text();
        assert!(!page.contains(&other) && !page.contains("id=\"same\""), "{page}");
    }
    let page = liaison.get(&format!("/desk{open}")).await.is(200).text();
    assert!(!page.contains(&other) && !page.contains("Zamrud"), "{page}");
});
