//! Services: the categories that may be chosen today, and what may be said beside a request.

use super::fault::Fault;
use super::format::{Format, Named};
use super::input::Input;
use super::jurisdiction;
use super::node::Node;
use crate::api::problem::language;
use crate::state::Web;
use crate::words::{Message, Words};
use app::reference::Reference;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::CategoryId;
use domain::category::Category;
use domain::time::Zone;
use jiff::Timestamp;

/// Lists the services of a jurisdiction.
pub(super) async fn list(
    State(web): State<Web>,
    format: Format,
    headers: HeaderMap,
    input: Input,
) -> Result<Response, Fault> {
    let reference = web.app.reference();
    jurisdiction::needed(&reference, &headers, &input)?;
    let words = Words::new(language(&headers));
    let today = Zone::Wib.day(web.app.now());
    let rows = reference.categories.valid_on(today).map(|node| service(&reference, words, node));
    Ok(format.found("services", &Node::List("service", rows.collect())))
}

/// Shows what may be said beside a request for a service.
pub(super) async fn show(
    State(web): State<Web>,
    format: Format,
    Named(code): Named,
    headers: HeaderMap,
    input: Input,
) -> Result<Response, Fault> {
    let reference = web.app.reference();
    jurisdiction::needed(&reference, &headers, &input)?;
    let category = find(&reference, &code, web.app.now()).ok_or_else(|| Fault::missing("open311-service-unknown"))?;
    let words = Words::new(language(&headers));
    let attributes = ATTRIBUTES.iter().zip(1..).map(|(attribute, order)| attribute.node(words, order)).collect();
    let document = Node::Fields(vec![
        ("service_code", Node::text(category.id.to_string())),
        ("attributes", Node::List("attribute", attributes)),
    ]);
    Ok(format.found("service_definition", &document))
}

/// A category that may be chosen now.
pub(super) fn find<'r>(reference: &'r Reference, code: &str, now: Timestamp) -> Option<&'r Category> {
    let id = CategoryId(code.parse().ok()?);
    reference.categories.valid_on(Zone::Wib.day(now)).find(|node| node.id == id)
}

fn service(reference: &Reference, words: Words, node: &Category) -> Node {
    let top = reference.categories.get(reference.categories.top_of(node.id)).unwrap_or(node);
    let told = Message::new("open311-service").with("name", node.name.as_str()).with("owner", node.owner.as_str());
    Node::Fields(vec![
        ("service_code", Node::text(node.id.to_string())),
        ("service_name", Node::text(node.name.as_str())),
        ("description", Node::text(words.say(&told))),
        ("metadata", Node::Flag(true)),
        ("type", Node::text("realtime")),
        ("keywords", Node::text(node.synonyms.join(", "))),
        ("group", Node::text(top.name.as_str())),
    ])
}

/// Something that may be said beside a request. None of it has to be.
struct Attribute {
    code: &'static str,
    datatype: &'static str,
    values: &'static [&'static str],
}

/// The day it happened, as an instant or a day.
pub(super) const HAPPENED_ON: &str = "happened_on";
/// Whether the name is shown to nobody.
pub(super) const ANONYMOUS: &str = "anonymous";
/// Whether the content is shown to the officers in charge only.
pub(super) const SECRET: &str = "secret";
/// Kemendagri code, where more is known than the jurisdiction.
pub(super) const REGION: &str = "region";

/// The answers to a question that is answered with yes or no.
pub(super) const YES_NO: &[&str] = &["yes", "no"];

const ATTRIBUTES: [Attribute; 4] = [
    Attribute { code: HAPPENED_ON, datatype: "datetime", values: &[] },
    Attribute { code: ANONYMOUS, datatype: "singlevaluelist", values: YES_NO },
    Attribute { code: SECRET, datatype: "singlevaluelist", values: YES_NO },
    Attribute { code: REGION, datatype: "string", values: &[] },
];

impl Attribute {
    fn node(&self, words: Words, order: i64) -> Node {
        let value = |key: &&str| {
            Node::Fields(vec![("key", Node::text(*key)), ("name", Node::text(words.of("open311-value", key)))])
        };
        Node::Fields(vec![
            ("variable", Node::Flag(true)),
            ("code", Node::text(self.code)),
            ("datatype", Node::text(self.datatype)),
            ("required", Node::Flag(false)),
            ("datatype_description", Node::text(words.of("open311-type", self.datatype))),
            ("order", Node::Whole(order)),
            ("description", Node::text(words.of("open311-attribute", self.code))),
            ("values", Node::List("value", self.values.iter().map(value).collect())),
        ])
    }
}
