use super::limits::{Endpoint, Limits};
use super::read::{self, Tag};
use super::sign::Keys;
use super::words::{fits, same, weight};
use super::{Account, PUBLIC, Settings};
use crate::chat::RemoteFile;
use jiff::Timestamp;
use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{StatusCode, Url};
use serde_json::json;
use std::sync::Arc;

pub(crate) fn tag() -> Tag {
    Tag { handle: "lapor1708".into(), word: "lapor".into() }
}

/// The worked example that X publishes ("Creating a signature").
fn example() -> Keys {
    Keys {
        consumer_key: "xvz1evFS4wEEPTGEFPHBog".into(),
        consumer_secret: "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw".into(),
        token: "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb".into(),
        token_secret: "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE".into(),
    }
}

#[test]
fn a_request_is_signed_as_the_published_example_is() {
    let url = "https://api.twitter.com/1.1/statuses/update.json?include_entities=true\
        &status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21";
    let nonce = "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg";
    let header = example().signed("POST", &Url::parse(url).unwrap(), nonce, 1_318_622_958);
    assert!(header.starts_with("OAuth oauth_consumer_key=\"xvz1evFS4wEEPTGEFPHBog\", "), "{header}");
    assert!(header.ends_with("oauth_signature=\"hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D\""), "{header}");
}

#[test]
fn a_post_says_what_its_author_wrote() {
    let body = json!({"data": [{
        "id": "20", "author_id": "7", "edit_history_tweet_ids": ["18", "20"], "created_at": "2026-11-26T02:00:00.000Z",
        "text": "@LAPOR1708 #Lapor, jalan rusak &amp; gelap https://t.co/a https://t.co/b",
        "entities": {"urls": [
            {"url": "https://t.co/a", "expanded_url": "https://contoh.id/jalan"},
            {"url": "https://t.co/b", "expanded_url": "https://x.com/7/status/20/photo/1", "media_key": "3_1"}]},
        "attachments": {"media_keys": ["3_1"]},
        "geo": {"place_id": "p", "coordinates": {"type": "Point", "coordinates": [114.83, -3.44]}},
    }], "includes": {
        "media": [{"media_key": "3_1", "type": "photo", "url": "https://pbs.twimg.com/media/a.jpg"}],
        "places": [{"id": "p", "full_name": "Banjarbaru, Kalimantan Selatan"}],
    }, "meta": {"next_token": "abc"}});
    let page = read::posts(body.to_string().as_bytes(), &tag()).unwrap();
    let post = &page.items[0];
    assert_eq!((post.first, post.id, post.author, post.tagged), (18, 20, 7, true));
    assert_eq!(post.text, "jalan rusak & gelap https://contoh.id/jalan\n📍 Banjarbaru, Kalimantan Selatan");
    assert_eq!(post.point, Some((-3.44, 114.83)));
    assert_eq!(post.files, [RemoteFile { id: "https://pbs.twimg.com/media/a.jpg".into(), name: "foto.jpg".into() }]);
    assert_eq!(page.next.as_deref(), Some("abc"));
}

#[test]
fn what_is_gone_is_told_from_what_may_not_be_seen() {
    let body = json!({"errors": [
        {"resource_id": "5", "type": "https://api.twitter.com/2/problems/resource-not-found"},
        {"resource_id": "6", "type": "https://api.twitter.com/2/problems/not-authorized-for-resource"},
    ]});
    assert_eq!(read::looked(body.to_string().as_bytes(), &tag()).unwrap().gone, [5]);
}

#[test]
fn a_limit_that_is_used_up_is_waited_for() {
    let now: Timestamp = "2026-11-26T02:00:00Z".parse().unwrap();
    let limits = Limits::default();
    let headers = |left: &'static str, reset: i64| {
        let mut headers = HeaderMap::new();
        headers.insert("x-rate-limit-remaining", HeaderValue::from_static(left));
        headers.insert("x-rate-limit-reset", HeaderValue::from_str(&reset.to_string()).unwrap());
        headers
    };
    let reset = now.as_second() + 600;
    limits.note(Endpoint::Reply, StatusCode::CREATED, &headers("1", reset), now);
    assert_eq!(limits.open_at(Endpoint::Reply, now), None);
    limits.note(Endpoint::Reply, StatusCode::CREATED, &headers("0", reset), now);
    assert_eq!(limits.open_at(Endpoint::Reply, now).unwrap().as_second(), reset);
    assert_eq!(limits.open_at(Endpoint::Write, now), None, "each endpoint has its own");
    limits.note(Endpoint::Write, StatusCode::TOO_MANY_REQUESTS, &HeaderMap::new(), now);
    assert!(limits.open_at(Endpoint::Write, now).is_some(), "also where nothing is said");
}

#[test]
fn a_text_weighs_what_the_service_weighs() {
    assert_eq!(weight("Jalan rusak"), 11);
    assert_eq!(weight("道路"), 4);
    assert_eq!(weight("Baca https://lapor.contoh.go.id/laporan/2085653718?dan=yang-panjang sekarang"), 5 + 23 + 9);
    assert!(fits(&"a".repeat(280)) && !fits(&"a".repeat(281)) && !fits(&"道".repeat(141)));
}

#[test]
fn the_own_words_are_known_again() {
    assert!(same(
        "@siti Laporan 12: selesai. https://t.co/x",
        "Laporan 12: selesai. https://lapor.contoh.id/laporan/12"
    ));
    assert!(!same("Laporan 12: selesai.", "Laporan 13: selesai."));
}

#[tokio::test]
async fn pictures_are_fetched_from_the_service_alone() {
    let settings =
        Settings { api: PUBLIC.into(), user: 1, tag: tag(), keys: example(), now: Arc::new(|| Timestamp::UNIX_EPOCH) };
    let account = Account::new(settings);
    for address in
        ["https://contoh.id/a.jpg", "http://pbs.twimg.com/a.jpg", "https://127.0.0.1/a", "https://eviltwimg.com/a"]
    {
        assert!(account.fetch(address).await.is_err_and(|why| matches!(why, crate::Unsent::Never(_))), "{address}");
    }
}
