//! Documents as XML: no namespace, no attributes, every text escaped by the writer.

use super::node::Node;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io::Result;

/// A document below its root element.
pub fn document(root: &'static str, node: &Node) -> Vec<u8> {
    let mut out = Writer::new(Vec::new());
    let declaration = Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None));
    let written = out.write_event(declaration).and_then(|()| element(&mut out, root, node));
    if let Err(error) = written {
        tracing::error!(%error, "a document was not written");
    }
    out.into_inner()
}

fn element(out: &mut Writer<Vec<u8>>, name: &'static str, node: &Node) -> Result<()> {
    let empty = match node {
        Node::Nothing => true,
        Node::Fields(fields) => fields.is_empty(),
        Node::List(_, items) => items.is_empty(),
        _ => false,
    };
    if empty {
        return out.write_event(Event::Empty(BytesStart::new(name)));
    }
    out.write_event(Event::Start(BytesStart::new(name)))?;
    match node {
        Node::Nothing => {}
        Node::Text(said) => text(out, said)?,
        Node::Flag(flag) => text(out, &flag.to_string())?,
        Node::Whole(whole) => text(out, &whole.to_string())?,
        Node::Number(number) => text(out, &number.to_string())?,
        Node::Fields(fields) => fields.iter().try_for_each(|(name, node)| element(out, name, node))?,
        Node::List(name, items) => items.iter().try_for_each(|item| element(out, name, item))?,
    }
    out.write_event(Event::End(BytesEnd::new(name)))
}

fn text(out: &mut Writer<Vec<u8>>, said: &str) -> Result<()> {
    let fit: String = said.chars().filter(|c| is_char(*c)).collect();
    out.write_event(Event::Text(BytesText::new(&fit)))
}

/// What XML 1.0 can hold at all; the rest cannot even be escaped.
fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_escaped_and_what_is_empty_is_an_empty_element() {
        let node = Node::List(
            "request",
            vec![Node::Fields(vec![
                ("a", Node::text("<b> & \u{1}]]>")),
                ("lat", Node::Nothing),
                ("n", Node::Whole(1)),
            ])],
        );
        let xml = String::from_utf8(document("requests", &node)).unwrap();
        assert_eq!(
            xml,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><requests><request><a>&lt;b&gt; &amp; ]]&gt;</a><lat/><n>1</n>\
            </request></requests>"
        );
    }
}
