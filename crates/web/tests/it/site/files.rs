//! Whose files are whose.

use super::browser::{Browser, NATIONAL, PNG, PUPR};
use crate::world::House;
use domain::Role;

async fn answered(house: &House, citizen: &mut Browser) -> (String, Browser) {
    let report = citizen.report(&[]).await;
    let mut admin = Browser::officer(house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    (report, admin)
}

fn files(page: &super::browser::Page) -> Vec<String> {
    page.between("class=\"file\" href=\"", "\"")
}

both!(the_reporter_of_one_report_does_not_get_the_files_of_another, |house| {
    let mut victim = Browser::new(&house);
    let secret = victim.report(&[("secret", "1")]).await;
    let file = files(&victim.get(&secret).await.is(200))[0].clone();
    victim.get(&file).await.is(200);

    let mut thief = Browser::new(&house);
    let own = thief.report(&[]).await;
    let id = file.rsplit('/').next().unwrap();
    thief.get(&format!("{own}/lampiran/{id}")).await.is(404);
    thief.get(&file).await.is(404);
});

both!(what_completes_a_report_is_for_those_who_work_on_it, |house| {
    let mut citizen = Browser::new(&house);
    let (report, mut admin) = answered(&house, &mut citizen).await;
    admin.act(&report, "penundaan", &[("missing", "identity"), ("text", "Mohon kirim tanda pengenal.")]).await.is(303);
    let words = [("text", "Berikut tanda pengenal saya.")];
    citizen.post_file(&format!("{report}/kelengkapan"), &words, "ktp.png", &PNG).await.is(303);

    let own = files(&citizen.get(&report).await.is(200));
    assert_eq!(own.len(), 2);
    citizen.get(own.last().unwrap()).await.is(200);
    assert_eq!(files(&admin.get(&format!("/desk{report}")).await.is(200)).len(), 2);

    let mut stranger = Browser::new(&house);
    let public = stranger.get(&report).await.is(200);
    assert_eq!(files(&public).len(), 1, "{}", public.text());
    let ids: Vec<&str> = own.iter().map(|path| path.rsplit('/').next().unwrap()).collect();
    let mut seen = 0;
    for id in ids {
        seen += usize::from(stranger.get(&format!("{report}/lampiran/{id}")).await.status == 200);
    }
    assert_eq!(seen, 1);
});

both!(a_film_can_be_watched_and_played_from_its_middle, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[]).await;
    let mut film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec();
    film.resize(4_000, 7);
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "penundaan", &[("missing", "evidence"), ("text", "Mohon kirim video.")]).await.is(303);
    let words = [("text", "Berikut video jalannya.")];
    citizen.post_file(&format!("{report}/kelengkapan"), &words, "jalan.mp4", &film).await.is(303);
    let path = files(&citizen.get(&report).await.is(200)).pop().unwrap();
    let whole = citizen.get(&path).await.is(200);
    assert_eq!(whole.header("content-type"), "video/mp4");
    assert!(whole.header("content-security-policy").contains("media-src 'self'"));
    assert_eq!(whole.bytes.len(), film.len());
    let part = citizen.get_range(&path, "bytes=100-199").await.is(206);
    assert_eq!(part.bytes, film[100..200]);
});

both!(files_of_strangers_at_doors_without_files_are_not_kept, |house| {
    let mut stranger = Browser::new(&house);
    let before = std::fs::read_dir(house.file("files")).unwrap().count();
    stranger.post_file("/desk/masuk", &[("login", "x"), ("password", "y")], "a.png", &PNG).await.is(422);
    stranger.post_file("/lacak", &[("number", "123")], "a.png", &PNG).await.is(422);
    assert_eq!(std::fs::read_dir(house.file("files")).unwrap().count(), before);
});
