//! Letters that came back: delivery status notifications (RFC 3464).

use super::unsent::is_about_address;
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

/// What a server tells about a letter that it had taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    /// The message ids that the notification names, its own not among them, without angle brackets.
    pub message_ids: Vec<String>,
    /// The enhanced status code, e.g. `5.1.1`.
    pub status: String,
}

impl Bounce {
    /// Reads a notification. `None` when it is none, or when it tells of a delay only.
    pub fn read(raw: &[u8]) -> Option<Bounce> {
        let message = MessageParser::default().parse(raw)?;
        let status = texts(&message, "delivery-status").find_map(|text| failure(&text))?;
        let nested = message.parts.iter().filter_map(|part| match &part.body {
            PartType::Message(original) => original.message_id().map(str::to_owned),
            _ => None,
        });
        let headers = texts(&message, "rfc822-headers").filter_map(|text| {
            MessageParser::default()
                .parse_headers(text.as_bytes())
                .and_then(|head| head.message_id().map(str::to_owned))
        });
        let message_ids: Vec<String> = nested.chain(headers).collect();
        (!message_ids.is_empty()).then_some(Bounce { message_ids, status })
    }

    /// Whether nobody lives at the address, and not only this letter was unwanted.
    pub fn is_about_address(&self) -> bool {
        is_about_address(&self.status)
    }
}

/// The texts of all parts of a subtype.
fn texts<'m>(message: &'m Message<'m>, subtype: &'m str) -> impl Iterator<Item = String> + 'm {
    let fits = move |part: &&mail_parser::MessagePart<'m>| {
        part.content_type().and_then(|kind| kind.subtype()).is_some_and(|known| known.eq_ignore_ascii_case(subtype))
    };
    message.parts.iter().filter(fits).map(|part| String::from_utf8_lossy(part.contents()).into_owned())
}

/// The status of the first recipient for whom it failed for good.
fn failure(text: &str) -> Option<String> {
    let field = |block: &str, name: &str| {
        let lines = block.lines().filter_map(|line| line.split_once(':'));
        let mut found = lines.filter(|(known, _)| known.trim().eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value.trim().to_ascii_lowercase())
    };
    let unified = text.replace("\r\n", "\n");
    unified.split("\n\n").find_map(|block| {
        let failed = field(block, "action").is_some_and(|action| action == "failed");
        let status = field(block, "status")?;
        let status = status.split_whitespace().next().unwrap_or_default().to_owned();
        (failed && status.starts_with("5.")).then_some(status)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notification(action: &str, status: &str, original: &str) -> String {
        format!(
            "From: MAILER-DAEMON@surel.contoh.id\r\nTo: lapor@contoh.go.id\r\nMessage-ID: <own@surel.contoh.id>\r\n\
            Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/report; report-type=delivery-status; boundary=\"x\"\r\n\r\n\
            --x\r\nContent-Type: text/plain\r\n\r\nI'm sorry.\r\n\
            --x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; surel.contoh.id\r\n\r\n\
            Final-Recipient: rfc822; siti@contoh.id\r\nAction: {action}\r\nStatus: {status}\r\n\
            Diagnostic-Code: smtp; 550 no such user\r\n\r\n--x\r\n{original}\r\n--x--\r\n"
        )
    }

    const WHOLE: &str = "Content-Type: message/rfc822\r\n\r\nFrom: lapor@contoh.go.id\r\n\
        Message-ID: <17.ab@contoh.go.id>\r\nSubject: Laporan\r\n\r\nIsi.";
    const HEADERS: &str = "Content-Type: text/rfc822-headers\r\n\r\nFrom: lapor@contoh.go.id\r\n\
        Message-ID: <17.ab@contoh.go.id>\r\n";

    #[test]
    fn a_letter_that_came_back_is_known_by_its_id_whole_or_in_part() {
        for original in [WHOLE, HEADERS] {
            let read = Bounce::read(notification("failed", "5.1.1", original).as_bytes()).expect(original);
            assert_eq!(read, Bounce { message_ids: vec!["17.ab@contoh.go.id".into()], status: "5.1.1".into() });
            assert!(read.is_about_address());
        }
    }

    #[test]
    fn an_unwanted_letter_says_nothing_about_the_address() {
        let read = Bounce::read(notification("failed", "5.7.1 (policy)", WHOLE).as_bytes()).unwrap();
        assert!(!read.is_about_address());
    }

    #[test]
    fn a_delay_and_a_letter_of_somebody_are_no_bounces() {
        assert_eq!(Bounce::read(notification("delayed", "4.4.1", WHOLE).as_bytes()), None);
        assert_eq!(Bounce::read(b"From: siti@contoh.id\r\nSubject: Halo\r\n\r\nTerima kasih."), None);
        assert_eq!(Bounce::read(b""), None);
    }
}
