//! Pages that everybody reads are shown again, and never a moment longer than they are true.

use super::browser::{Browser, NATIONAL, PUPR};
use crate::world::House;
use domain::Role;
use std::io::Read;

const MEDDLED: &str = "UPDATE words SET body = 'Diubah di luar.'";

/// The verifier, and a report that everybody may read.
async fn published(house: &House, citizen: &mut Browser) -> (Browser, String) {
    let report = citizen.report(&[]).await;
    let mut admin = Browser::officer(house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &PUPR.to_string()), ("class", "complaint")]).await.is(303);
    (admin, report)
}

async fn says_meddled(browser: &mut Browser, report: &str) -> bool {
    browser.get(report).await.is(200).text().contains("Diubah di luar.")
}

both!(a_page_is_written_once_for_all_who_come_without_a_cookie_of_their_own, |house| {
    let (mut citizen, mut stranger) = (Browser::new(&house), Browser::new(&house));
    let (_, report) = published(&house, &mut citizen).await;
    let first = stranger.get(&report).await.is(200).text();
    house.meddle(MEDDLED).await;
    assert_eq!(stranger.get(&report).await.is(200).text(), first, "it was read anew");
    let packed = stranger.get_with(&report, "accept-encoding", "gzip, deflate, br").await.is(200);
    assert_eq!(packed.header("content-encoding"), "gzip");
    let mut text = String::new();
    flate2::read::GzDecoder::new(&*packed.bytes).read_to_string(&mut text).unwrap();
    assert_eq!(text, first, "packed, it is another page");
    for name in ["content-security-policy", "x-content-type-options", "cache-control", "content-type"] {
        assert_eq!(packed.header(name), Browser::new(&house).get(&report).await.header(name), "{name}");
    }
    assert!(says_meddled(&mut citizen, &report).await, "its reporter is shown what was kept for strangers");
    stranger.get("/bahasa/en").await.is(303);
    assert!(says_meddled(&mut stranger, &report).await, "English is another page");
    stranger.get("/bahasa/id").await.is(303);
    assert_eq!(stranger.get(&report).await.text(), first);
    house.later(1);
    assert!(says_meddled(&mut stranger, &report).await, "clocks go on");
});

both!(a_report_that_is_hidden_is_gone_from_every_page_at_once, |house| {
    let (mut citizen, mut stranger) = (Browser::new(&house), Browser::new(&house));
    let (mut admin, report) = published(&house, &mut citizen).await;
    house.work().await;
    let search = "/laporan?q=berlubang";
    for list in ["/laporan", search] {
        assert!(stranger.get(list).await.is(200).text().contains(&report), "{list} does not know it");
    }
    stranger.get(&report).await.is(200);
    let hide = [("reason", "personal_data"), ("text", "Memuat alamat rumah.")];
    admin.act(&report, "keterlihatan", &hide).await.is(303);
    stranger.get(&report).await.is(404);
    for list in ["/laporan", search] {
        assert!(!stranger.get(list).await.is(200).text().contains(&report), "{list} still shows it");
    }
});

both!(a_report_that_comes_in_has_no_public_page_written_anew, |house| {
    let (mut citizen, mut stranger) = (Browser::new(&house), Browser::new(&house));
    let (_, report) = published(&house, &mut citizen).await;
    let first = stranger.get(&report).await.is(200).text();
    house.meddle(MEDDLED).await;
    Browser::new(&house).report(&[]).await;
    assert_eq!(stranger.get(&report).await.is(200).text(), first);
});
