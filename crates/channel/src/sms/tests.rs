//! What the telephone network says, byte by byte; the binds themselves are tried with a real centre in `server/tests`.

use super::alphabet::decode;
use super::segment::cut;
use super::unit::{Brought, brought, submissions};
use super::*;
use proptest::prelude::*;
use rusmpp::decode::DecodeWithLength;
use rusmpp::pdus::DeliverSm;
use rusmpp::tlvs::{MessageDeliveryRequestTlvValue, TlvValue};
use rusmpp::types::{COctetString, OctetString};
use rusmpp::values::{DataCoding, EsmClass, MessageState, UserMessageReference};

fn bind() -> Bind {
    Bind {
        name: "satu".into(),
        host: "127.0.0.1".into(),
        port: 2775,
        tls: false,
        trust: Trust::default(),
        system_id: "lapor".into(),
        password: "rahasia".into(),
        system_type: String::new(),
        number: "1708".into(),
        alphabet: Alphabet::Gsm,
        window: 10,
        rate: 50,
        prefixes: vec!["62811".into()],
    }
}

fn unit(class: u8, coding: DataCoding, payload: &[u8]) -> rusmpp::pdus::builders::DeliverSmBuilder {
    DeliverSm::builder()
        .source_addr(COctetString::from_string("+6281100000000".into()).unwrap())
        .esm_class(EsmClass::from(class))
        .data_coding(coding)
        .short_message(OctetString::from_slice(payload).unwrap())
}

fn message(unit: &DeliverSm) -> Incoming {
    match brought(unit, &bind(), 7) {
        Brought::Message(message) => message,
        Brought::Receipt(receipt) => panic!("{receipt:?}"),
    }
}

fn receipt(unit: &DeliverSm) -> Receipt {
    match brought(unit, &bind(), 7) {
        Brought::Receipt(receipt) => receipt,
        Brought::Message(message) => panic!("{message:?}"),
    }
}

#[test]
fn letters_of_the_default_alphabet_are_read() {
    assert_eq!(decode(0, &[0x00, 0x11, 0x1B, 0x65, 0x1B, 0x3C, 0x41]), "@_€[A");
    assert_eq!(decode(8, &[0x00, 0x4A, 0xD8, 0x3D, 0xDE, 0x4F]), "J🙏");
    assert_eq!(decode(3, b"caf\xe9"), "café");
    assert_eq!(decode(0xF5, &[0xff, 0x41]), "ÿA", "an unknown coding loses nothing that can be told");
}

#[test]
fn a_part_is_known_by_its_header_or_by_what_is_told_beside_it() {
    let part = PartOf { reference: 0xAB, total: 3, number: 2 };
    let eight = message(&unit(0x40, DataCoding::McSpecific, b"\x05\x00\x03\xAB\x03\x02lubang").build());
    assert_eq!((eight.part, decode(eight.coding, &eight.payload).as_str()), (Some(part), "lubang"));
    let sixteen = message(&unit(0x40, DataCoding::McSpecific, b"\x06\x08\x04\x01\xAB\x03\x02lubang").build());
    assert_eq!(sixteen.part, Some(PartOf { reference: 0x01AB, ..part }));
    let beside = unit(0, DataCoding::McSpecific, b"lubang")
        .push_tlv(MessageDeliveryRequestTlvValue::SarMsgRefNum(0xAB))
        .push_tlv(MessageDeliveryRequestTlvValue::SarTotalSegments(3))
        .push_tlv(MessageDeliveryRequestTlvValue::SarSegmentSeqnum(2));
    assert_eq!(message(&beside.build()).part, Some(part));
    for broken in [&b"\x40\x00\x03"[..], b"\x05\x00\x03\xAB\x03\x04x", b"\x05\x00\x03\xAB\x01\x01x", b""] {
        assert_eq!(message(&unit(0x40, DataCoding::McSpecific, broken).build()).part, None, "{broken:?}");
    }
}

#[test]
fn a_receipt_is_read_from_its_words_and_from_what_is_told_beside_them() {
    let words = "id:0A2F sub:001 dlvrd:001 submit date:2611090910 done date:2611090911 stat:DELIVRD err:000 text:lapor";
    let told = receipt(&unit(0x04, DataCoding::McSpecific, words.as_bytes()).build());
    assert_eq!((told.fate, told.remotes), (Fate::Delivered, vec!["0A2F".to_owned(), "2607".to_owned()]));
    let lost = words.replace("DELIVRD", "UNDELIV");
    assert_eq!(
        receipt(&unit(0x04, DataCoding::McSpecific, lost.as_bytes()).build()).fate,
        Fate::Lost("UNDELIV".into())
    );
    let beside = unit(0x04, DataCoding::McSpecific, b"")
        .push_tlv(MessageDeliveryRequestTlvValue::ReceiptedMessageId(COctetString::from_string("77".into()).unwrap()))
        .push_tlv(MessageDeliveryRequestTlvValue::MessageState(MessageState::Enroute))
        .push_tlv(MessageDeliveryRequestTlvValue::UserMessageReference(UserMessageReference::new(500)));
    let told = receipt(&beside.build());
    assert_eq!((told.fate, told.reference), (Fate::Underway, Some(500)));
    assert!(told.remotes.contains(&"77".to_owned()));
}

#[test]
fn a_long_text_goes_in_parts_that_a_telephone_joins() {
    let long = "Jalan di depan pasar sudah ditambal. ".repeat(8);
    let segments = cut(&long).unwrap();
    assert_eq!(segments.payloads.iter().map(Vec::len).collect::<Vec<_>>(), [153, 143]);
    let units = submissions(&bind(), "6281100000000", segments, 0x1234).unwrap();
    let sent: Vec<&[u8]> = units.iter().map(|unit| unit.short_message().as_ref()).collect();
    assert_eq!((&sent[0][..6], &sent[1][..6]), (&[5, 0, 3, 0x34, 2, 1][..], &[5, 0, 3, 0x34, 2, 2][..]));
    assert!(units.iter().all(|unit| u8::from(unit.esm_class) == 0x40), "each says that it has a header");
    assert_eq!(units.iter().map(|unit| u8::from(unit.registered_delivery)).collect::<Vec<_>>(), [0, 1]);
    let reference =
        |tlv: &rusmpp::tlvs::Tlv| matches!(tlv.value(), Some(TlvValue::UserMessageReference(r)) if r.value == 0x1234);
    assert!(units.iter().all(|unit| unit.tlvs().iter().any(reference)));
}

/// Reads the body of a unit from a centre; `false` where it is none.
pub(crate) fn is_read(body: &[u8]) -> bool {
    let Ok((unit, _)) = DeliverSm::decode(&mut body.into(), body.len()) else { return false };
    if let Brought::Message(message) = brought(&unit, &bind(), 1) {
        decode(message.coding, &message.payload);
    }
    true
}

#[test]
fn a_short_text_costs_one_message_and_signs_of_print_cost_no_more() {
    let one = cut(&"a".repeat(160)).unwrap();
    assert_eq!((one.payloads.len(), one.coding), (1, DataCoding::McSpecific));
    assert_eq!(cut("“Selesai” – terima kasih…").unwrap().coding, DataCoding::McSpecific);
    assert_eq!(cut("terima kasih ☺").unwrap().coding, DataCoding::Ucs2);
    assert_eq!(cut(&"x".repeat(153 * MOST_SEGMENTS + 1)), None);
    assert!(fits(&"x".repeat(153 * 3), 3) && !fits(&"x".repeat(153 * 3 + 1), 3));
}

proptest! {
    /// What is cut and sent is read again as it was, whatever its letters.
    #[test]
    fn a_text_comes_back_from_its_segments(text in "[ -~]{1,300}|[a-z 🙏☺é€ \\[\\]]{1,120}") {
        let Some(segments) = cut(&text) else { return Ok(()) };
        let coding = u8::from(segments.coding);
        let read: String = decode(coding, &segments.payloads.concat());
        prop_assert_eq!(read, plain(&text));
    }

    /// No bytes of the network break the reader.
    #[test]
    fn no_bytes_break_the_reader(class: u8, coding: u8, payload in prop::collection::vec(any::<u8>(), 0..255)) {
        let unit = unit(class, DataCoding::from(coding), &payload).build();
        if let Brought::Message(message) = brought(&unit, &bind(), 1) {
            decode(message.coding, &message.payload);
        }
    }
}
