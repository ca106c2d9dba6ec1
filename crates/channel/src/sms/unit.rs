//! Units of the protocol, into our words and out of them.

use super::alphabet::{Alphabet, DEFAULT, DEFAULT_LATIN1};
use super::segment::Segments;
use super::{Bind, Fate, Incoming, PartOf, Receipt};
use rusmpp::CommandStatus;
use rusmpp::pdus::{DeliverSm, SubmitSm};
use rusmpp::tlvs::{MessageSubmissionRequestTlvValue, TlvValue};
use rusmpp::types::{COctetString, OctetString};
use rusmpp::values::{
    EsmClass, GsmFeatures, MCDeliveryReceipt, MessageState, MessageType, Npi, RegisteredDelivery, Ton,
    UserMessageReference,
};

/// Classes of SMPP 3.4 §5.2.12: a message, and one with a user data header.
const PLAIN: u8 = 0x00;
const HEADED: u8 = 0x40;

/// What a `deliver_sm` brings.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Brought {
    Message(Incoming),
    Receipt(Receipt),
}

/// Reads a `deliver_sm`.
pub(super) fn brought(unit: &DeliverSm, bind: &Bind, session: i64) -> Brought {
    let payload = payload(unit);
    let receipt = matches!(
        unit.esm_class.message_type,
        MessageType::ShortMessageContainsMCDeliveryReceipt
            | MessageType::ShortMessageContainsIntermediateDeliveryNotification
    );
    if receipt {
        return Brought::Receipt(read_receipt(unit, &String::from_utf8_lossy(&payload)));
    }
    let headed = matches!(unit.esm_class.gsm_features, GsmFeatures::UdhiIndicator | GsmFeatures::SetUdhiAndReplyPath);
    let (part, payload) = if headed { unheaded(&payload) } else { (sar(unit), payload) };
    let coding = match (u8::from(unit.data_coding), bind.alphabet) {
        (DEFAULT, Alphabet::Latin1) => DEFAULT_LATIN1,
        (coding, _) => coding,
    };
    let from = unit.source_addr.as_str().trim_start_matches('+').to_owned();
    Brought::Message(Incoming { line: bind.name.clone(), session, from, coding, payload, part })
}

fn payload(unit: &DeliverSm) -> Vec<u8> {
    let long = unit.tlvs().iter().find_map(|tlv| match tlv.value() {
        Some(TlvValue::MessagePayload(payload)) => Some(payload.value.as_ref().to_vec()),
        _ => None,
    });
    long.filter(|_| unit.short_message().is_empty()).unwrap_or_else(|| unit.short_message().as_ref().to_vec())
}

/// The user data header of GSM 03.40 §9.2.3.24 taken off, and the part that it numbers.
fn unheaded(payload: &[u8]) -> (Option<PartOf>, Vec<u8>) {
    let length = payload.first().map_or(0, |length| usize::from(*length) + 1);
    let Some((header, text)) = payload.split_at_checked(length) else { return (None, payload.to_vec()) };
    let mut left = header.get(1..).unwrap_or_default();
    let mut part = None;
    while let [kind, size, rest @ ..] = left {
        let Some((element, rest)) = rest.split_at_checked(usize::from(*size)) else { break };
        part = match (kind, element) {
            (0x00, [reference, total, number]) => numbered(u16::from(*reference), *total, *number),
            (0x08, [high, low, total, number]) => numbered(u16::from_be_bytes([*high, *low]), *total, *number),
            _ => part,
        };
        left = rest;
    }
    (part, text.to_vec())
}

/// The same told beside the message.
fn sar(unit: &DeliverSm) -> Option<PartOf> {
    let (mut reference, mut total, mut number) = (None, None, None);
    for tlv in unit.tlvs() {
        match tlv.value() {
            Some(TlvValue::SarMsgRefNum(value)) => reference = Some(*value),
            Some(TlvValue::SarTotalSegments(value)) => total = Some(*value),
            Some(TlvValue::SarSegmentSeqnum(value)) => number = Some(*value),
            _ => {}
        }
    }
    numbered(reference?, total?, number?)
}

/// A part that there can be; one of one is a whole.
fn numbered(reference: u16, total: u8, number: u8) -> Option<PartOf> {
    (total > 1 && (1..=total).contains(&number)).then_some(PartOf { reference, total, number })
}

/// What became of a message: told beside it, or in the words of appendix B of the protocol.
fn read_receipt(unit: &DeliverSm, text: &str) -> Receipt {
    let word = |name: &str| {
        let lower = text.to_lowercase();
        let at = lower.find(&format!("{name}:"))? + name.len() + 1;
        text.get(at..)?.split_whitespace().next().map(str::to_owned)
    };
    let (mut remote, mut state, mut reference) = (word("id"), None, None);
    for tlv in unit.tlvs() {
        match tlv.value() {
            Some(TlvValue::ReceiptedMessageId(id)) => remote = Some(id.as_str().to_owned()),
            Some(TlvValue::MessageState(value)) => state = Some(*value),
            Some(TlvValue::UserMessageReference(value)) => reference = Some(value.value),
            _ => {}
        }
    }
    let fate = match (state, word("stat").as_deref()) {
        (Some(MessageState::Delivered), _) | (None, Some("DELIVRD")) => Fate::Delivered,
        (Some(MessageState::Enroute | MessageState::Scheduled | MessageState::Accepted), _)
        | (None, None | Some("ENROUTE" | "ACCEPTD" | "SCHEDLD")) => Fate::Underway,
        (Some(state), None) => Fate::Lost(format!("state {}", u8::from(state))),
        (_, Some(word)) => Fate::Lost(word.chars().filter(char::is_ascii_alphanumeric).take(10).collect()),
    };
    Receipt { remotes: remote.map(spellings).unwrap_or_default(), reference, fate }
}

/// Some centres name a message in hexadecimal when they take it and in decimal when they tell of it, or the reverse.
fn spellings(remote: String) -> Vec<String> {
    let decimal = remote.parse::<u64>().ok().map(|number| format!("{number:x}"));
    let hexadecimal = u64::from_str_radix(&remote, 16).ok().map(|number| number.to_string());
    let mut all = vec![remote];
    for other in [decimal, hexadecimal].into_iter().flatten() {
        if !all.contains(&other) {
            all.push(other);
        }
    }
    all
}

/// The units of a message, the last of which asks for a receipt. `None` where something does not fit into them.
pub(super) fn submissions(bind: &Bind, to: &str, segments: Segments, reference: u16) -> Option<Vec<SubmitSm>> {
    let total = u8::try_from(segments.payloads.len()).ok()?;
    let unit = |(number, payload): (u8, Vec<u8>)| {
        let last = number == total;
        let header = [5, 0, 3, reference.to_be_bytes()[1], total, number];
        let (payload, class) = match total {
            1 => (payload, PLAIN),
            _ => ([&header[..], &payload].concat(), HEADED),
        };
        let receipt = match last {
            true => MCDeliveryReceipt::McDeliveryReceiptRequestedWhereFinalDeliveryOutcomeIsSuccessOrFailure,
            false => MCDeliveryReceipt::default(),
        };
        Some(
            SubmitSm::builder()
                .source_addr_ton(ton_of(&bind.number))
                .source_addr_npi(Npi::Isdn)
                .source_addr(COctetString::from_string(bind.number.clone()).ok()?)
                .dest_addr_ton(Ton::International)
                .dest_addr_npi(Npi::Isdn)
                .destination_addr(COctetString::from_string(to.to_owned()).ok()?)
                .esm_class(EsmClass::from(class))
                .registered_delivery(RegisteredDelivery::new(receipt, Default::default(), Default::default(), 0))
                .data_coding(segments.coding)
                .short_message(OctetString::from_vec(payload).ok()?)
                .push_tlv(MessageSubmissionRequestTlvValue::UserMessageReference(UserMessageReference::new(reference)))
                .build(),
        )
    };
    (1..=total).zip(segments.payloads).map(unit).collect()
}

/// A short number is the network's own.
fn ton_of(number: &str) -> Ton {
    match number.bytes().all(|byte| byte.is_ascii_digit()) {
        true if number.len() <= 6 => Ton::NetworkSpecific,
        true => Ton::International,
        false => Ton::Alphanumeric,
    }
}

/// What a centre means when it does not take a message.
pub(super) fn refusal(status: CommandStatus) -> crate::Unsent {
    use crate::Unsent;
    let code = format!("{:#x}", u32::from(status));
    match status {
        CommandStatus::EsmeRinvdstadr | CommandStatus::EsmeRinvdstton | CommandStatus::EsmeRinvdstnpi => {
            Unsent::NoSuchAddress(code)
        }
        CommandStatus::EsmeRthrottled
        | CommandStatus::EsmeRmsgqful
        | CommandStatus::EsmeRsyserr
        | CommandStatus::EsmeRsubmitfail
        | CommandStatus::EsmeRinvbndsts
        | CommandStatus::EsmeRxTAppn
        | CommandStatus::EsmeRunknownerr => Unsent::Later(code),
        _ => Unsent::Never(code),
    }
}
