//! One document for both formats: fields in their order, with the names that XML needs and JSON leaves out.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// A value in a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// An empty element; `null`.
    Nothing,
    Text(String),
    Flag(bool),
    Whole(i64),
    Number(f64),
    /// Fields in their order.
    Fields(Vec<(&'static str, Node)>),
    /// Things of one name.
    List(&'static str, Vec<Node>),
}

impl Node {
    /// A text, or nothing where there is none.
    pub fn text(text: impl Into<String>) -> Node {
        let text = text.into();
        if text.is_empty() { Node::Nothing } else { Node::Text(text) }
    }

    /// A text that may be absent.
    pub fn maybe(text: Option<impl Into<String>>) -> Node {
        text.map_or(Node::Nothing, Node::text)
    }
}

/// Without the names that only XML needs.
impl Serialize for Node {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Node::Nothing => out.serialize_none(),
            Node::Text(text) => out.serialize_str(text),
            Node::Flag(flag) => out.serialize_bool(*flag),
            Node::Whole(whole) => out.serialize_i64(*whole),
            Node::Number(number) => out.serialize_f64(*number),
            Node::Fields(fields) => {
                let mut map = out.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
            Node::List(_, items) => {
                let mut list = out.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_their_order_and_what_is_empty_is_null() {
        let node = Node::Fields(vec![
            ("zone", Node::text("WITA")),
            ("area", Node::text("")),
            ("lat", Node::Number(-3.44)),
            ("list", Node::List("one", vec![Node::Flag(true), Node::Whole(7)])),
        ]);
        let json = serde_json::to_string(&node).unwrap();
        assert_eq!(json, r#"{"zone":"WITA","area":null,"lat":-3.44,"list":[true,7]}"#);
    }
}
