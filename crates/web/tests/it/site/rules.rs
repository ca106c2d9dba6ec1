//! Verification in one screen, and the routing rules, by the people who work with them.

use super::browser::{Browser, KALSEL, NATIONAL, PUPR, Page};
use domain::Role;

/// Everything an unsent form of a page would send, by the path it is posted to.
fn hidden(page: &Page, action: &str) -> Vec<(String, String)> {
    let text = page.text();
    let form = text.split(&format!("action=\"{action}\"")).nth(1).unwrap_or_else(|| panic!("no form {action}: {text}"));
    let form = form.split("</form>").next().unwrap();
    let inputs = form.split("<input type=\"hidden\" ").skip(1).map(|input| {
        let part =
            |name: &str| input.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned();
        (part("name"), part("value"))
    });
    inputs.collect()
}

fn with<'a>(known: &'a [(String, String)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let known = known.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    known.chain(more.iter().copied()).collect()
}

both!(one_screen_suggests_masks_what_is_chosen_and_leads_to_the_next_report, |house| {
    let mut citizen = Browser::new(&house);
    let words = "Jalan berlubang di depan kantor lurah (0811 5000 1234). Hubungi saya di 0812 3456 7890.";
    let report = citizen.report(&[("title", "Jalan berlubang di pasar"), ("text", words)]).await;
    let waiting = citizen.report(&[("text", "Lampu jalan padam sejak seminggu di depan pasar lama.")]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    assert_eq!(admin.get("/desk/verifikasi").await.leads(), format!("/desk{report}"), "the oldest comes first");
    let desk = format!("/desk{report}");
    let page = admin.get(&desk).await.is(200);
    let text = page.text();
    assert!(text.contains("<mark>") && text.contains("0812 3456 7890</mark>"), "{text}");
    assert!(
        text.contains("<option value=\"637203\" selected>"),
        "the road office of the city is not suggested: {text}"
    );
    assert!(text.contains("<option value=\"629\" selected>") && text.contains("“jalan berlubang”"), "{text}");
    let form = hidden(&page, &format!("{desk}/disposisi"));

    let refused = [("to", "1"), ("class", "complaint"), ("category", "629"), ("mask", "b1"), ("note", "Mohon segera")];
    let again = admin.post(&format!("{desk}/disposisi"), &with(&form, &refused)).await.is(422).text();
    assert!(
        again.contains("Mohon segera")
            && again.contains("value=\"b1\" checked")
            && !again.contains("value=\"b0\" checked")
    );

    let good = [("to", "637203"), ("class", "complaint"), ("category", "629"), ("mask", "b1"), ("go", "next")];
    let next = admin.post(&format!("{desk}/disposisi"), &with(&form, &good)).await.leads();
    assert_eq!(admin.get(&next).await.leads(), format!("/desk{waiting}"));
    let public = Browser::new(&house).get(&report).await.is(200).text();
    assert!(public.contains("0811 5000 1234") && !public.contains("0812 3456"), "{public}");
    let own = citizen.get(&report).await.is(200).text();
    assert!(own.contains("0812 3456 7890"), "the reporter's own words are gone");
    let all = admin.get("/desk/aturan").await.is(200).text();
    assert!(all.contains("Dari 1 keputusan terakhir"), "{all}");
});

both!(a_seat_that_forwards_to_its_units_gets_a_suggestion_from_among_them, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[("text", "Jalan berlubang di depan pasar sejak bulan lalu, mohon ditambal.")]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &KALSEL.to_string())]).await.is(303);
    let mut chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let page = chief.get(&format!("/desk{report}")).await.is(200).text();
    assert!(page.contains(&format!("<option value=\"{PUPR}\" selected>")), "{page}");
    assert!(!page.contains("<option value=\"637203\""), "an office of another agency is offered");
    let mut liaison = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    liaison.get("/desk/aturan").await.is(403);
});

both!(an_admin_writes_rules_tries_them_and_puts_them_in_force, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[("text", "Jalan berlubang di depan pasar sejak bulan lalu, mohon ditambal.")]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &KALSEL.to_string())]).await.is(303);
    let draft = admin.post("/desk/aturan", &[]).await.leads();
    let page = admin.get(&draft).await.is(200);
    let form = hidden(&page, &format!("{draft}/aturan"));
    let empty = admin
        .post(&format!("{draft}/aturan"), &with(&form, &[("note", "tanpa syarat"), ("target", "government")]))
        .await;
    let empty = empty.is(422).text();
    assert!(empty.contains("id=\"region-slip\"") && empty.contains("tanpa syarat"), "{empty}");
    let good = [
        ("region", "Kota Banjarbaru"),
        ("any", "jalan berlubang; aspal"),
        ("target", "office"),
        ("office", "Pemerintah Provinsi Kalimantan Selatan"),
    ];
    admin.post(&format!("{draft}/aturan"), &with(&form, &good)).await.is(303);
    let stale = admin.post(&format!("{draft}/aturan"), &with(&form, &[("key", "x"), ("any", "kata lain")])).await;
    assert!([303, 409, 422].contains(&stale.status));
    let page = admin.get(&draft).await.is(200);
    assert!(page.text().contains("“jalan berlubang”, “aspal”"));

    let days = [("first_day", "2026-11-01"), ("last_day", "2026-11-30")];
    let trial = admin.post(&format!("{draft}/uji"), &days).await.leads();
    assert!(admin.get(&trial).await.is(200).text().contains("Sedang berjalan"));
    house.work().await;
    let tried = admin.get(&trial).await.is(200).text();
    assert!(
        tried.contains("1 laporan, 1 berpindah") && tried.contains(&report.replace("/laporan/", "/desk/laporan/")),
        "{tried}"
    );

    let form = hidden(&page, &format!("{draft}/berlaku"));
    admin.post(&format!("{draft}/berlaku"), &with(&form, &[])).await.is(303);
    let second = citizen.report(&[("text", "Jalan berlubang lagi di dekat sekolah, mohon diperbaiki.")]).await;
    let page = admin.get(&format!("/desk{second}")).await.is(200).text();
    assert!(page.contains(&format!("<option value=\"{KALSEL}\" selected>")), "{page}");

    let table = admin.get(&format!("{draft}/tabel")).await.is(200);
    assert!(
        table.header("content-type").starts_with("text/csv") && table.text().contains("63.72,,jalan berlubang; aspal")
    );
    let mut other = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    other.get(&draft).await.is(404);
    other.get(&trial).await.is(404);
});
