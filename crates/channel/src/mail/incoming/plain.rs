//! HTML, and text that a program has broken into lines, as plain text.

use html2text::config;
use html2text::render::{TaggedLine, TextDecorator};
use mail_parser::decoders::html::html_to_text;

/// The longest HTML that is looked at; what follows is style and quotation.
const MOST_HTML: usize = 512 * 1024;
const MOST_DEEP: usize = 400;
/// Lines are as long as the text wants them.
const WIDTH: usize = 20_000;

/// The text of a page; quotations carry a sign at the beginning of each line. What acts, shows or fetches is gone.
pub(super) fn plain(html: &str) -> String {
    let html = &html[..html.floor_char_boundary(MOST_HTML)];
    if is_deep(html) {
        return html_to_text(html);
    }
    let rendering = config::with_decorator(Plain).raw_mode(true).link_footnotes(false).allow_width_overflow();
    rendering.string_from_read(html.as_bytes(), WIDTH).unwrap_or_else(|_| html_to_text(html))
}

/// Whether more elements lie in each other than in any letter of a person: to read that takes the square of their number.
fn is_deep(html: &str) -> bool {
    // These stand alone, or need no end.
    const LOOSE: [&str; 24] = [
        "br", "img", "hr", "meta", "link", "input", "col", "area", "base", "wbr", "source", "embed", "p", "li", "td",
        "th", "tr", "dt", "dd", "option", "tbody", "thead", "tfoot", "colgroup",
    ];
    let mut depth = 0_usize;
    html.split('<').skip(1).any(|tag| {
        let end = tag.find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(tag.len());
        match (tag.starts_with('/'), &tag[..end]) {
            (true, _) => {
                let name = tag[1..].split(|sign: char| !sign.is_ascii_alphanumeric()).next().unwrap_or_default();
                depth = depth.saturating_sub(usize::from(!is_one_of(&LOOSE, name)));
            }
            (false, "") => {}
            (false, name) => depth += usize::from(!is_one_of(&LOOSE, name)),
        }
        depth > MOST_DEEP
    })
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Words only, with the signs of quotations and lists.
#[derive(Debug, Clone)]
struct Plain;

impl TextDecorator for Plain {
    type Annotation = ();

    fn decorate_link_start(&mut self, _: &str) -> (String, ()) {
        nothing()
    }

    fn decorate_link_end(&mut self) -> String {
        String::new()
    }

    fn decorate_em_start(&self) -> (String, ()) {
        nothing()
    }

    fn decorate_em_end(&self) -> String {
        String::new()
    }

    fn decorate_strong_start(&self) -> (String, ()) {
        nothing()
    }

    fn decorate_strong_end(&self) -> String {
        String::new()
    }

    fn decorate_strikeout_start(&self) -> (String, ()) {
        nothing()
    }

    fn decorate_strikeout_end(&self) -> String {
        String::new()
    }

    fn decorate_code_start(&self) -> (String, ()) {
        nothing()
    }

    fn decorate_code_end(&self) -> String {
        String::new()
    }

    fn decorate_preformat_first(&self) {}

    fn decorate_preformat_cont(&self) {}

    fn decorate_image(&mut self, _: &str, _: &str) -> (String, ()) {
        nothing()
    }

    fn header_prefix(&self, _: usize) -> String {
        String::new()
    }

    fn quote_prefix(&self) -> String {
        "> ".to_owned()
    }

    fn unordered_item_prefix(&self) -> String {
        "- ".to_owned()
    }

    fn ordered_item_prefix(&self, number: i64) -> String {
        format!("{number}. ")
    }

    fn make_subblock_decorator(&self) -> Plain {
        Plain
    }

    fn finalise(&mut self, _: Vec<String>) -> Vec<TaggedLine<()>> {
        Vec::new()
    }
}

fn nothing() -> (String, ()) {
    (String::new(), ())
}

/// Lines that end with a space go on in the next one (RFC 3676).
pub(super) fn unflowed(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let (mut flows, mut depth) = (false, 0);
    for line in text.lines() {
        let marks = line.bytes().take_while(|byte| *byte == b'>').count();
        let content = &line[marks..];
        let content = content.strip_prefix(' ').unwrap_or(content);
        let goes_on = flows && marks == depth && content != "-- ";
        (flows, depth) = (content.ends_with(' ') && content != "-- ", marks);
        match lines.last_mut().filter(|_| goes_on) {
            Some(last) => last.push_str(content),
            None if marks > 0 => lines.push(format!("{} {content}", ">".repeat(marks))),
            None => lines.push(content.to_owned()),
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_is_made_to_take_long_is_read() {
        for tag in ["<div>", "<blockquote>", "<ul><li>", "<b>", "<BR>", "</div>", "<p>"] {
            let deep = tag.repeat(20_000) + "Isi";
            assert!(plain(&deep).contains("Isi"), "{tag}");
        }
        let wide = format!("<table><tr>{}</tr></table>", "<td><table><tr><td>x</td></tr></table></td>".repeat(5_000));
        assert!(plain(&wide).contains('x'));
    }

    #[test]
    fn quotations_of_a_page_carry_a_sign() {
        assert_eq!(plain("<p>Ya</p><blockquote><p>Lama</p>sekali</blockquote>").trim(), "Ya\n\n> Lama\n> \n> sekali");
    }
}
