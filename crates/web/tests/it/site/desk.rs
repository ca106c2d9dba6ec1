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

both!(a_split_disposition_is_worked_on_by_units_and_put_together_by_the_lead, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[("agency", "Pemerintah Provinsi Kalimantan Selatan")]).await;
    let mut chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let dishub = "Dinas Perhubungan Provinsi Kalimantan Selatan";
    let lead = PUPR.to_string();
    let wrong = [("to", lead.as_str()), ("unit-1", "Dinas Antah Berantah"), ("task-1", "Pasang rambu sementara.")];
    let back = chief.act(&report, "disposisi", &wrong).await.is(422).text();
    assert!(back.contains("Dinas Antah Berantah") && back.contains("Pasang rambu sementara."), "{back}");
    let split = [("key", "bagi-1"), ("to", lead.as_str()), ("unit-1", dishub), ("task-1", "Pasang rambu sementara.")];
    chief.act(&report, "disposisi", &split).await.is(303);

    let mut unit = Browser::officer(&house, "dishub", Role::LiaisonOfficer, 630_004).await;
    let list = unit.get("/desk/bagian").await.is(200).text();
    assert!(list.contains("Pasang rambu sementara.") && list.contains("#bagian-1"), "{list}");
    let desk = format!("/desk{report}");
    let said = "Rambu terpasang sejak Selasa pagi di kedua ujung ruas.";
    let fields = [("part", "1"), ("text", said), ("key", "bagian-1")];
    unit.post_file(&format!("{desk}/bagian-jawaban"), &fields, "rambu.png", &PNG).await.is(303);

    let mut liaison = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    let page = liaison.get(&format!("{desk}?rangkai=1")).await.is(200);
    assert!(page.text().contains(&format!("{dishub}:\n{said}")), "{}", page.text());
    let file = page.between("name=\"kept\" value=\"", "\"")[0].clone();
    let text = "Lubang kami tambal Rabu malam; rambu sementara sudah dipasang Dinas Perhubungan.";
    liaison.act(&report, "jawaban", &[("kind", "done"), ("text", text), ("kept", file.as_str())]).await.is(303);
    let public = Browser::new(&house).get(&report).await.is(200).text();
    assert!(public.contains("rambu.png") && !public.contains(said) && !public.contains("Bagian 1"), "{public}");
});

both!(a_clerk_begins_with_a_template_and_the_admin_sends_the_draft, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[("agency", "Pemerintah Provinsi Kalimantan Selatan")]).await;
    let mut chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    chief.post("/desk/jawaban/persetujuan", &[("approver", "admin")]).await.is(303);
    let wrong = [("name", "Jadwal penambalan"), ("text", "Laporan {nomer} dijadwalkan."), ("active", "1")];
    let slip = chief.post("/desk/jawaban/templat", &wrong).await.is(422).text();
    assert!(slip.contains("Mungkin maksudnya “nomor”?") && slip.contains("Laporan {nomer}"), "{slip}");
    let text = "Laporan {nomor} masuk jadwal penambalan {instansi} pada triwulan pertama 2027.";
    let good = [("name", "Jadwal penambalan"), ("text", text), ("active", "1")];
    let tried = chief.post("/desk/jawaban/templat", &[good.as_slice(), &[("do", "preview")]].concat()).await.is(200);
    assert!(tried.text().contains("jadwal penambalan Pemerintah Provinsi Kalimantan Selatan pada"), "{}", tried.text());
    chief.post("/desk/jawaban/templat", &good).await.is(303);
    chief.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);

    let mut clerk = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    let desk = format!("/desk{report}");
    let page = clerk.get(&desk).await.is(200);
    let text = page.text();
    let before = text.split("\">Jadwal penambalan").next().unwrap();
    let template = before.rsplit("<option value=\"").next().unwrap().to_owned();
    let filled = clerk.get(&format!("{desk}?templat={template}")).await.is(200).text();
    assert!(filled.contains("masuk jadwal penambalan Dinas Pekerjaan Umum"), "{filled}");
    clerk
        .act(&report, "jawaban", &[("kind", "explained"), ("text", "Langsung dikirim tanpa persetujuan siapa pun.")])
        .await
        .is(422);
    let words = "Ruas Simpang Empat kami tambal pada 16 November 2026 oleh regu pemeliharaan.";
    clerk.act(&report, "usulan-jawaban", &[("kind", "explained"), ("text", words)]).await.is(303);
    assert!(!Browser::new(&house).get(&report).await.is(200).text().contains("Simpang Empat kami tambal"));

    let waiting = chief.get("/desk/bagian").await.is(200).text();
    assert!(waiting.contains("Draf menunggu persetujuan Anda") && waiting.contains("#draft"), "{waiting}");
    let draft = chief.get(&desk).await.is(200).between("name=\"draft\" value=\"", "\"")[0].clone();
    chief.act(&report, "persetujuan", &[("draft", draft.as_str())]).await.is(303);
    let public = Browser::new(&house).get(&report).await.is(200).text();
    assert!(public.contains(words) && !public.contains("mengusulkan jawaban"), "{public}");
});
