use super::telegram::{self, Update};
use super::whatsapp::{self, Line, Settings};
use super::{Incoming, RemoteFile};
use hmac::{Hmac, KeyInit, Mac};
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::Sha256;

fn update(part: Value) -> Update {
    let mut update = json!({"update_id": 7, "message": {
        "message_id": 3, "date": 1_764_000_000,
        "from": {"id": 90210, "is_bot": false, "first_name": "Contoh"},
        "chat": {"id": 90210, "type": "private", "first_name": "Contoh"},
    }});
    update["message"].as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
    telegram::read(update.to_string().as_bytes()).unwrap()
}

fn written(part: Value) -> Incoming {
    update(part).message.unwrap()
}

#[test]
fn what_somebody_writes_to_the_bot_is_heard() {
    let one = written(json!({"text": "Jalan rusak"}));
    assert_eq!((one.remote.as_str(), one.from.as_str(), one.text.as_str()), ("7", "90210", "Jalan rusak"));
    assert_eq!(written(json!({"text": "/start"})).text, "BANTUAN");
    assert_eq!(written(json!({"text": "/status@LaporBot 2085653718"})).text, "status 2085653718");
}

#[test]
fn of_a_picture_the_largest_size_is_kept_with_its_words() {
    let sizes = json!([{"file_id": "kecil", "file_size": 900}, {"file_id": "besar", "file_size": 90_000}]);
    let one = written(json!({"photo": sizes, "caption": "Lubang di depan pasar"}));
    assert_eq!(one.files, [RemoteFile { id: "besar".into(), name: "foto.jpg".into() }]);
    assert_eq!(one.text, "Lubang di depan pasar");
    let paper = written(json!({"document": {"file_id": "d", "file_name": "surat.pdf"}}));
    assert_eq!(paper.files[0].name, "surat.pdf");
}

#[test]
fn a_place_must_lie_on_the_globe() {
    let at = |north: f64| written(json!({"location": {"latitude": north, "longitude": 114.83}})).point;
    assert_eq!((at(-3.44), at(91.0)), (Some((-3.44, 114.83)), None));
}

#[test]
fn groups_and_bots_are_not_heard() {
    assert_eq!(update(json!({"chat": {"id": -5, "type": "group"}, "text": "halo"})).message, None);
    assert_eq!(update(json!({"from": {"id": 1, "is_bot": true}, "text": "halo"})).message, None);
}

#[test]
fn a_touched_button_says_what_it_stands_for() {
    let touched = json!({"update_id": 8, "callback_query": {
        "id": "abc", "from": {"id": 90210, "is_bot": false}, "data": "2085653718 ya"}});
    let update = telegram::read(touched.to_string().as_bytes()).unwrap();
    assert_eq!(update.touched.as_deref(), Some("abc"));
    assert_eq!(update.message.unwrap().text, "2085653718 ya");
}

fn line() -> Line {
    Line::new(Settings {
        api: whatsapp::PUBLIC.into(),
        number_id: "1708".into(),
        token: "token".into(),
        secret: "rahasia".into(),
        verify: "periksa".into(),
        template: None,
    })
}

fn posted(messages: Value, statuses: Value) -> whatsapp::Posted {
    let value = json!({"messaging_product": "whatsapp", "metadata": {"phone_number_id": "1708"},
        "messages": messages, "statuses": statuses});
    let changes = json!([{"field": "messages", "value": value}]);
    let body = json!({"object": "whatsapp_business_account", "entry": [{"id": "0", "changes": changes}]});
    whatsapp::read(body.to_string().as_bytes(), "1708").unwrap()
}

#[test]
fn messages_of_every_kind_are_read() {
    let of = |kind: &str, more: Value| {
        let mut message =
            json!({"from": "6281100000001", "id": format!("wamid.{kind}"), "timestamp": "1", "type": kind});
        message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        message
    };
    let read = posted(
        json!([
            of("text", json!({"text": {"body": "Jalan rusak"}})),
            of("image", json!({"image": {"id": "77", "caption": "Lubang"}})),
            of("location", json!({"location": {"latitude": -3.44, "longitude": 114.83}})),
            of(
                "interactive",
                json!({"interactive": {"type": "button_reply", "button_reply": {"id": "1", "title": "Pengaduan"}}})
            ),
            of("reaction", json!({"reaction": {"emoji": "x"}})),
            of("sticker", json!({"sticker": {"id": "5"}})),
        ]),
        json!([]),
    );
    let texts: Vec<&str> = read.messages.iter().map(|message| message.text.as_str()).collect();
    assert_eq!(texts, ["Jalan rusak", "Lubang", "", "1", ""]);
    assert_eq!(read.messages[1].files[0].id, "77");
    assert_eq!(read.messages[2].point, Some((-3.44, 114.83)));
}

#[test]
fn receipts_tell_which_of_ours_arrived() {
    let status = |status: &str| json!({"id": "wamid.1", "status": status, "biz_opaque_callback_data": "ours:5", "errors": [{"code": 131_026}]});
    let read = posted(json!([]), json!([status("delivered"), status("failed"), status("read")]));
    let failures: Vec<Option<&str>> = read.receipts.iter().map(|receipt| receipt.failure.as_deref()).collect();
    assert_eq!(failures, [None, Some("131026")]);
    assert_eq!(read.receipts[0].reference.as_deref(), Some("ours:5"));
}

#[test]
fn what_is_for_another_number_is_passed_over() {
    let value = json!({"metadata": {"phone_number_id": "999"}, "messages": [{"from": "1", "id": "a", "type": "text"}]});
    let body =
        json!({"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": value}]}]});
    assert_eq!(whatsapp::read(body.to_string().as_bytes(), "1708"), Ok(whatsapp::Posted::default()));
}

#[test]
fn only_what_was_signed_with_the_secret_is_believed() {
    let mut mac = Hmac::<Sha256>::new_from_slice(b"rahasia").unwrap();
    mac.update(b"{}");
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(line().is_signed(b"{}", &format!("sha256={hex}")));
    for wrong in [format!("sha256={}", "0".repeat(64)), hex, "sha256=".into(), "sha256=é".into(), String::new()] {
        assert!(!line().is_signed(b"{}", &wrong), "{wrong}");
    }
    assert!(!line().is_signed(b"{ }", &format!("sha256={}", "ab".repeat(32))));
}

/// JSON of any shape, with the words in it that the services use.
fn anything() -> impl Strategy<Value = Value> {
    let name = prop::sample::select(vec![
        "update_id",
        "message",
        "chat",
        "id",
        "type",
        "text",
        "photo",
        "file_id",
        "location",
        "latitude",
        "from",
        "callback_query",
        "data",
        "object",
        "entry",
        "changes",
        "field",
        "value",
        "metadata",
        "phone_number_id",
        "messages",
        "statuses",
        "image",
        "body",
        "interactive",
        "button_reply",
        "errors",
        "code",
    ]);
    let leaf = prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(vec!["private", "messages", "1708", "whatsapp_business_account", "\u{0}é"])
            .prop_map(Value::from),
        Just(Value::Null),
    ];
    leaf.prop_recursive(6, 60, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..8).prop_map(|pairs| Value::Object(
                pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
            )),
        ]
    })
}

proptest! {
    #[test]
    fn no_json_upsets_a_reader(value in anything(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for body in [value.to_string().into_bytes(), bytes] {
            if let Ok(update) = telegram::read(&body) {
                prop_assert!(update.message.is_none_or(|message| message.files.len() <= super::MOST_FILES));
            }
            if let Ok(posted) = whatsapp::read(&body, "1708") {
                prop_assert!(posted.messages.iter().all(|message| !message.text.contains('\0')));
            }
        }
    }
}
