//! An officer's forms.

use super::browser::{Browser, KALSEL, NATIONAL, PASSWORD, PNG, PUPR};
use domain::report::Class;
use domain::{Actor, Code, Role};

both!(words_sent_after_the_session_ended_are_not_lost, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.forget_session();
    let words = [("kind", "explained"), ("text", "Jalan itu masuk rencana perbaikan tahun depan.")];
    let page = admin.post(&format!("/desk{report}/jawaban"), &words).await.is(401).text();
    assert!(page.contains("Jalan itu masuk rencana perbaikan") && page.contains("name=\"password\""), "{page}");
    let asked = admin.get("/desk?tab=answer&after=1.2").await.leads();
    assert_eq!(asked, "/desk/masuk?back=/desk%3Ftab%3Danswer%26after%3D1.2");
});

both!(a_disposition_that_is_refused_judges_nothing, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[("agency", "Pemerintah Provinsi Kalimantan Selatan")]).await;
    let mut chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let elsewhere = [("to", "640200"), ("class", "aspiration")];
    chief.act(&report, "disposisi", &elsewhere).await.is(422);
    let (code, by) = (code(&report), Actor::Reporter);
    assert_eq!(house.app.view(code, &by).await.unwrap().report().class, Class::Complaint);
    chief.act(&report, "disposisi", &[("to", &PUPR.to_string()), ("class", "aspiration")]).await.is(303);
    assert_eq!(house.app.view(code, &by).await.unwrap().report().class, Class::Aspiration);
});

both!(personal_data_is_shown_to_the_verifier_and_masked_with_one_press, |house| {
    let mut citizen = Browser::new(&house);
    let words = "Mobil DA 1234 XY menutup jalan setiap pagi. Hubungi saya di 0812 3456 7890 bila perlu.";
    let report = citizen.report(&[("text", words)]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let desk = format!("/desk{report}");
    let page = admin.get(&desk).await.is(200);
    assert!(page.text().contains("Nomor telepon: <b>0812 3456 7890</b>"), "{}", page.text());
    let hidden = |name: &str| page.between(&format!("type=\"hidden\" name=\"{name}\" value=\""), "\"").pop().unwrap();
    let fields = [("seq", hidden("seq")), ("title", hidden("title")), ("text", hidden("text"))];
    let masks = page.between("name=\"mask\" value=\"", "\"");
    assert_eq!(masks.len(), 3, "title, plate and number: {masks:?}");
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.extend(masks.iter().map(|mask| ("mask", mask.as_str())));
    let to = PUPR.to_string();
    fields.extend([("masking", "1"), ("to", to.as_str()), ("class", "complaint"), ("key", "k")]);
    admin.post(&format!("{desk}/disposisi"), &fields).await.is(303);
    let public = Browser::new(&house).get(&report).await.is(200).text();
    assert!(public.contains("Mobil •••• menutup jalan") && !public.contains("0812"), "{public}");
    let again = admin.get(&desk).await.is(200).text();
    assert!(
        !again.contains("id=\"personal\"") && again.contains("0812 3456 7890"),
        "the original is kept for officers"
    );
});

both!(an_officer_ends_a_forgotten_session_and_changes_the_password, |house| {
    let mut here = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let mut elsewhere = Browser::new(&house);
    let known = [("login", "kalsel"), ("password", PASSWORD)];
    elsewhere.post("/desk/masuk", &known).await.is(303);
    let page = here.get("/desk/akun").await.is(200);
    let others = page.between("name=\"pass\" value=\"", "\"");
    assert_eq!(others.len(), 1, "{}", page.text());
    here.post("/desk/akun/sesi", &[("pass", &others[0])]).await.is(303);
    elsewhere.get("/desk").await.is(303);
    here.get("/desk").await.is(200);

    let wrong = [("present", "bukan ini"), ("new", "sandi yang baru")];
    assert!(here.post("/desk/akun/sandi", &wrong).await.is(422).text().contains("id=\"present-slip\""));
    let short = [("present", PASSWORD), ("new", "pendek")];
    assert!(here.post("/desk/akun/sandi", &short).await.is(422).text().contains("id=\"new-slip\""));
    elsewhere.post("/desk/masuk", &known).await.is(303);
    here.post("/desk/akun/sandi", &[("present", PASSWORD), ("new", "sandi yang baru")]).await.is(303);
    here.get("/desk").await.is(200);
    elsewhere.get("/desk").await.is(303);
    elsewhere.post("/desk/masuk", &known).await.is(422);
    elsewhere.post("/desk/masuk", &[("login", "kalsel"), ("password", "sandi yang baru")]).await.is(303);
});

both!(an_anonymous_name_takes_a_reason_and_a_second_person_and_its_owner_sees_both, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[("name", "Siti Contoh"), ("anonymous", "1")]).await;
    let mut first = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let mut second = Browser::officer(&house, "wakil", Role::NationalAdmin, NATIONAL).await;
    let desk = format!("/desk{report}");
    assert!(!first.get(&desk).await.is(200).text().contains("Siti Contoh"));
    let reason = [("text", "Saksi harus dipanggil untuk pemeriksaan.")];
    first.act(&report, "permintaan-nama", &reason).await.is(303);
    assert!(!first.get(&desk).await.text().contains("pembukaan-nama"), "who asked is offered to judge");
    let asked = second.get(&desk).await.is(200);
    assert!(asked.text().contains("Saksi harus dipanggil") && !asked.text().contains("Siti Contoh"));
    let asker = asked.between("name=\"officer\" value=\"", "\"")[0].clone();
    first.act(&report, "pembukaan-nama", &[("officer", &asker)]).await.is(422);
    second.act(&report, "pembukaan-nama", &[("officer", &asker)]).await.is(303);
    assert!(first.get(&desk).await.text().contains("Siti Contoh"));
    assert!(!second.get(&desk).await.text().contains("Siti Contoh"), "the second person reads it too");

    let own = citizen.get(&report).await.is(200).text();
    assert!(own.contains("Saksi harus dipanggil") && own.contains("oleh orang kedua") && own.contains("Membuka nama"));
    assert!(own.contains("Alasan: Saksi harus dipanggil"), "the look does not tell its reason: {own}");
    assert!(!own.contains(">Internal<"), "the reporter is told that the reporter's own page is internal");
    first.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    assert!(!first.get(&desk).await.text().contains("Siti Contoh"), "the opening outlives the turn");
    let public = Browser::new(&house).get(&report).await.is(200).text();
    assert!(!public.contains("Saksi harus dipanggil") && !public.contains("Siti Contoh"));
});

both!(nobody_ends_the_session_of_somebody_else, |house| {
    let mut one = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let mut other = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    let officer = house.app.officers(domain::UserId(0), 9).await.unwrap().remove(0);
    let pass = house.app.passes(&officer, "").await.unwrap().remove(0).0;
    other.post("/desk/akun/sesi", &[("pass", &pass.hash)]).await.is(404);
    one.get("/desk").await.is(200);
});

both!(seats_that_only_look_get_no_notices, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[("secret", "1"), ("agency", "Pemerintah Provinsi Kalimantan Selatan")]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &KALSEL.to_string())]).await.is(303);
    let code = code(&report).to_string();
    for (login, role, sees) in [("pimpinan", Role::Leader, false), ("kalsel", Role::AgencyAdmin, true)] {
        let mut seat = Browser::officer(&house, login, role, KALSEL).await;
        let page = seat.get("/desk/pemberitahuan").await.is(200).text();
        assert_eq!(page.contains(&code), sees, "{login}: {page}");
    }
});

fn code(report: &str) -> Code {
    Code::parse(report.rsplit('/').next().unwrap()).unwrap()
}

both!(a_hollow_answer_comes_back_with_advice_and_keeps_what_was_attached, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    let mut liaison = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    let hollow = "Terima kasih atas laporannya, akan segera kami tindaklanjuti.";
    let desk = format!("/desk{report}");
    let fields = [("key", "jawab-1"), ("kind", "done"), ("text", hollow)];
    let page = liaison.post_file(&format!("{desk}/jawaban"), &fields, "sesudah.png", &PNG).await.is(422);
    let text = page.text();
    assert!(text.contains("Belum menjawab pokok laporan") && text.contains(hollow), "{text}");
    let kept = page.between("name=\"kept\" value=\"", "\"");
    assert_eq!(kept.len(), 1, "{text}");
    let again = [("key", "jawab-1"), ("kind", "done"), ("text", hollow), ("kept", kept[0].as_str())];
    let why = [("despite", "Pelapor sudah dijelaskan langsung di lokasi.")];
    liaison.act(&report, "jawaban", &[again.as_slice(), &why].concat()).await.is(303);
    let told = liaison.get(&desk).await.is(200).text();
    assert!(told.contains("Jawaban dikirim meski pemeriksaan mengingatkan"), "{told}");
    let public = Browser::new(&house).get(&report).await.is(200).text();
    assert!(public.contains("sesudah.png") && !public.contains("dijelaskan langsung"), "{public}");
});
