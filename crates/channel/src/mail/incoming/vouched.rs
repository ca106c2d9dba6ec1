//! Whether our own mail server says that a letter is of whom it says it is (RFC 8601).
//!
//! Only headers of the configured server count, and of those only the block that stands highest: what stands below came
//! with the letter. A server has to take away forged ones of its own name; where two disagree, nobody is believed.

use mail_parser::Message;

/// Headers that a server writes among its results.
const BESIDE: [&str; 12] = [
    "received-spf",
    "dkim-filter",
    "dmarc-filter",
    "arc-authentication-results",
    "arc-message-signature",
    "arc-seal",
    "x-spam-status",
    "x-spam-level",
    "x-spam-score",
    "x-spamd-result",
    "x-rspamd-server",
    "x-rspamd-queue-id",
];

/// One result, e.g. `dkim=pass header.d=contoh.id`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Checked {
    method: String,
    result: String,
    properties: Vec<(String, String)>,
}

impl Checked {
    fn property(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The domain of a property, which may be a whole address.
    fn domain(&self, name: &str) -> Option<&str> {
        self.property(name).map(|value| value.rsplit('@').next().unwrap_or(value))
    }

    fn passed(&self) -> bool {
        self.result == "pass"
    }
}

/// Whether the server `authserv_id` vouches for the domain of a sender. DMARC decides where it was asked; otherwise the
/// envelope's domain (SPF) or a signature (DKIM) has to be of the very same domain.
pub(super) fn vouched(message: &Message<'_>, sender: &str, authserv_id: &str) -> bool {
    let Some((_, domain)) = sender.rsplit_once('@') else { return false };
    let domain = domain.to_ascii_lowercase();
    let checked = results(message, authserv_id);
    let of = |method: &'static str| checked.iter().filter(move |one| one.method == method);
    if of("dmarc").next().is_some() {
        return of("dmarc").all(|one| one.passed() && one.domain("header.from") == Some(&domain));
    }
    let spf = of("spf").next().is_some()
        && of("spf").all(|one| one.passed())
        && of("spf").any(|one| one.domain("smtp.mailfrom") == Some(&domain));
    let signed = |one: &Checked| {
        one.passed() && one.domain("header.d").or_else(|| one.domain("header.i")) == Some(domain.as_str())
    };
    spf || of("dkim").any(signed)
}

fn results(message: &Message<'_>, authserv_id: &str) -> Vec<Checked> {
    let name = |header: &mail_parser::Header<'_>| header.name.as_str().to_ascii_lowercase();
    let headers = message.headers().iter();
    let highest = headers.skip_while(|header| name(header) != "authentication-results");
    let block = highest.take_while(|header| {
        let name = name(header);
        name == "authentication-results" || BESIDE.contains(&name.as_str())
    });
    let ours = block.filter(|header| name(header) == "authentication-results").filter_map(|header| {
        let bytes = message.raw_message.get(header.offset_start as usize..header.offset_end as usize)?;
        read(&String::from_utf8_lossy(bytes), authserv_id)
    });
    ours.flatten().collect()
}

/// The results in a header of the server; `None` in one of another.
fn read(value: &str, authserv_id: &str) -> Option<Vec<Checked>> {
    let plain = without_comments(value);
    let mut parts = plain.split(';');
    let by = parts.next()?.split_whitespace().next()?;
    if !unquoted(by).eq_ignore_ascii_case(authserv_id) {
        return None;
    }
    Some(parts.filter_map(one).collect())
}

fn one(part: &str) -> Option<Checked> {
    // Spaces may stand around the sign.
    let tight = part.split('=').map(str::trim).collect::<Vec<_>>().join("=");
    let mut words = tight.split_whitespace();
    let (method, result) = words.next()?.split_once('=')?;
    let property = |word: &str| {
        let (name, value) = word.split_once('=')?;
        Some((name.to_ascii_lowercase(), unquoted(value).to_ascii_lowercase()))
    };
    Some(Checked {
        method: method.split('/').next()?.to_ascii_lowercase(),
        result: result.to_ascii_lowercase(),
        properties: words.filter_map(property).collect(),
    })
}

fn unquoted(word: &str) -> &str {
    word.trim_matches('"')
}

/// Without what stands in brackets, which may be nested. A sign in quotes is no bracket, and separates nothing.
fn without_comments(value: &str) -> String {
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    let mut plain = String::with_capacity(value.len());
    for sign in value.chars() {
        let is_escaped = std::mem::take(&mut escaped);
        match sign {
            '\\' if !is_escaped && (quoted || depth > 0) => escaped = true,
            '"' if !is_escaped && depth == 0 => quoted = !quoted,
            '(' if !is_escaped && !quoted => depth += 1,
            ')' if !is_escaped && depth > 0 => {
                depth -= 1;
                plain.push(' ');
            }
            // What could be taken for the form of the header is nothing that a domain or a result has in it.
            ';' | '=' | ' ' | '\t' if quoted => plain.push('_'),
            _ if depth == 0 => plain.push(sign),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use mail_parser::MessageParser;

    fn is_vouched(headers: &str) -> bool {
        let raw = format!("{headers}From: siti@contoh.id\r\nSubject: Halo\r\n\r\nIsi\r\n");
        let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
        vouched(&message, "siti@contoh.id", "mx.kota.go.id")
    }

    #[test]
    fn dmarc_decides_where_it_was_asked() {
        let dmarc = |result: &str| {
            format!(
                "Authentication-Results: mx.kota.go.id; dkim=fail header.d=lain.id;\r\n\tspf=pass smtp.mailfrom=contoh.id; \
                dmarc={result} (p=none dis=none) header.from=contoh.id\r\n"
            )
        };
        assert!(is_vouched(&dmarc("pass")));
        assert!(!is_vouched(&dmarc("fail")));
        assert!(!is_vouched(&dmarc("none")));
        let other = "Authentication-Results: mx.kota.go.id; dmarc=pass header.from=lain.id\r\n";
        assert!(!is_vouched(other));
    }

    #[test]
    fn without_dmarc_the_very_domain_has_to_be_proved() {
        for (result, expected) in [
            ("spf=pass smtp.mailfrom=siti@contoh.id", true),
            ("spf=pass smtp.mailfrom=contoh.id", true),
            ("spf=pass smtp.mailfrom=lain.id", false),
            ("spf=softfail smtp.mailfrom=contoh.id", false),
            ("dkim=pass header.d=contoh.id header.s=a", true),
            ("dkim=pass header.i=@contoh.id", true),
            ("dkim = pass  header.d = contoh.id", true),
            ("dkim=pass header.d=lain.id", false),
            ("dkim=fail header.d=contoh.id; dkim=pass header.d=contoh.id", true),
            ("dkim=pass (header.d=contoh.id) header.d=lain.id", false),
            ("dkim=pass reason=\"x; dmarc=pass header.from=contoh.id\" header.d=lain.id", false),
            ("none", false),
        ] {
            let header = format!("Authentication-Results: mx.kota.go.id 1; {result}\r\n");
            assert_eq!(is_vouched(&header), expected, "{result}");
        }
    }

    #[test]
    fn nobody_else_is_believed_and_nothing_that_came_with_the_letter() {
        let good = "Authentication-Results: mx.kota.go.id; dmarc=pass header.from=contoh.id\r\n";
        let bad = "Authentication-Results: mx.kota.go.id; dmarc=fail header.from=contoh.id\r\n";
        assert!(!is_vouched("Authentication-Results: mx.lain.id; dmarc=pass header.from=contoh.id\r\n"));
        assert!(is_vouched(&format!("Return-Path: <a@contoh.id>\r\n{good}Received: from a by b\r\n")));
        assert!(!is_vouched(&format!("{bad}{good}")), "two that disagree");
        assert!(!is_vouched(&format!("{bad}Received: from a by b\r\n{good}")), "the lower one came with the letter");
        let empty = "Authentication-Results: mx.kota.go.id; none\r\n";
        assert!(!is_vouched(&format!("{empty}Received: from a by b\r\n{good}")));
    }
}
