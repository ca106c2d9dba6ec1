//! One system under several faces, and the papers of offices.

use super::browser::{Browser, KALSEL, NATIONAL, PNG, Page};
use crate::world::House;
use domain::Role;

const FACE: &str = "/desk/instansi/630000/wajah";
const PAPERS: &str = "/desk/instansi/630000/berkas";
const PDF: &[u8] = b"%PDF-1.7 a decree, long enough to be told from all other kinds of files";

async fn dressed(house: &House) -> Browser {
    let mut chief = Browser::officer(house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let fields = [("edition", "0"), ("name", "LAPOR PAMAN"), ("slug", "paman"), ("colour", "#7a1f2b")];
    assert_eq!(chief.post_file(FACE, &fields, "logo.png", &PNG).await.leads(), FACE);
    chief
}

fn is_plain(page: &Page) -> bool {
    !page.text().contains("LAPOR PAMAN") && !page.text().contains("warna.css")
}

both!(the_address_of_a_face_leads_to_the_same_system_in_its_dress, |house| {
    dressed(&house).await;
    let mut citizen = Browser::new(&house);
    assert!(is_plain(&citizen.get("/").await.is(200)));
    assert_eq!(citizen.get("/wajah/paman").await.leads(), "/");
    let home = citizen.get("/").await.is(200);
    assert_eq!(home.between("<title>", "</title>").concat().rsplit(" · ").next(), Some("LAPOR PAMAN"));
    assert_eq!(
        home.between("id=\"agency\"", ">").concat().matches("Pemerintah Provinsi Kalimantan Selatan").count(),
        1
    );
    assert!(home.text().contains("value=\"63\" selected"), "the province is not proposed");
    let style = home.between("<link rel=\"stylesheet\" href=\"", "\"");
    let colours = citizen.get(&style[1]).await.is(200);
    assert!(colours.text().contains("--deep: #7a1f2b;") && colours.header("cache-control").contains("immutable"));
    let logo = citizen.get(&home.between("class=\"face-logo\" src=\"", "\"")[0]).await.is(200);
    assert_eq!((logo.header("content-type"), &logo.bytes[..4]), ("image/png", &PNG[..4]));
    let missing = citizen.get("/laporan/0000000000").await.is(404);
    assert!(missing.text().contains("LAPOR PAMAN"), "a page that is missing loses the face");
    assert_eq!(citizen.get("/wajah/lapor?ke=/bantuan").await.leads(), "/bantuan");
    assert!(is_plain(&citizen.get("/").await.is(200)));
    assert_eq!(citizen.get("/wajah/paman?ke=//evil.example").await.leads(), "/");
    citizen.get("/wajah/nobody").await.is(404);
});

both!(a_host_name_of_its_own_shows_the_face_to_all_who_type_it, |house| {
    dressed(&house).await;
    let mut nation = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let mut fields = vec![
        ("edition", "1"),
        ("name", "LAPOR PAMAN"),
        ("slug", "paman"),
        ("colour", "#ffcc00"),
        ("host", "paman.example"),
    ];
    let light = nation.post(FACE, &fields).await.is(422).text();
    assert!(light.contains("href=\"#colour\"") && light.contains("value=\"paman.example\""), "{light}");
    fields[3] = ("colour", "#7a1f2b");
    nation.post(FACE, &fields).await.is(303);
    let mut citizen = Browser::new(&house);
    citizen.host = Some("paman.example:443");
    let home = citizen.get("/").await.is(200).text();
    assert!(home.contains("LAPOR PAMAN") && home.contains("href=\"http://lapor.example/wajah/lapor\""), "{home}");
    assert!(home.contains("face-logo"), "the logo is lost with a change that brought none");
    citizen.host = Some("lapor.example");
    assert!(is_plain(&citizen.get("/").await.is(200)));
    nation.post(&format!("{FACE}/lepas"), &[]).await.is(303);
    citizen.host = Some("paman.example");
    assert!(is_plain(&citizen.get("/").await.is(200)));
});

both!(an_office_keeps_its_papers_and_shows_those_it_wants_to, |house| {
    let mut chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let slips =
        chief.post(PAPERS, &[("key", "a"), ("kind", "decree"), ("title", "SK <1>"), ("dated", "")]).await.is(422);
    assert!(slips.text().contains("href=\"#file\"") && slips.text().contains("value=\"SK &#60;1&#62;\""));
    let paper =
        |key, title, shown| [("key", key), ("kind", "decree"), ("title", title), ("dated", "2026-01-05"), shown];
    let picture = chief.post_file(PAPERS, &paper("b", "SK", ("shown", "1")), "sk.png", &PNG).await.is(422).text();
    assert!(picture.contains("harus berupa PDF"), "{picture}");
    chief.post_file(PAPERS, &paper("c", "SK zamrud", ("shown", "1")), "sk.pdf", PDF).await.is(303);
    chief.post_file(PAPERS, &paper("d", "Laporan pirus", ("", "")), "lap.pdf", &[PDF, b"!"].concat()).await.is(303);
    let mut citizen = Browser::new(&house);
    let page = citizen.get("/instansi/630000").await.is(200);
    assert!(page.text().contains("SK zamrud") && !page.text().contains("Laporan pirus"));
    let open = page.between("href=\"/instansi/630000/berkas/", "\"")[0].clone();
    let read = citizen.get(&format!("/instansi/630000/berkas/{open}")).await.is(200);
    assert_eq!((read.bytes.as_slice(), read.header("content-type")), (PDF, "application/pdf"));
    let inside = chief.get(PAPERS).await.is(200).between(&format!("href=\"{PAPERS}/"), "\"");
    let hidden = inside.iter().find(|id| **id != open).unwrap();
    citizen.get(&format!("/instansi/630000/berkas/{hidden}")).await.is(404);
    chief.get(&format!("{PAPERS}/{hidden}")).await.is(200);
    let mut bontang = Browser::officer(&house, "bontang", Role::AgencyAdmin, 647_400).await;
    bontang.get(&format!("{PAPERS}/{hidden}")).await.is(404);
    bontang.get(PAPERS).await.is(404);
    bontang.post(&format!("{PAPERS}/{open}"), &[]).await.is(403);
    chief.post(&format!("{PAPERS}/{open}"), &[]).await.is(303);
    citizen.get(&format!("/instansi/630000/berkas/{open}")).await.is(404);
    let log = chief.get("/desk/instansi/630000/perubahan").await.is(200).text();
    assert!(log.contains("Berkas instansi dihapus"), "{log}");
});
