//! axe, the accessibility checker, run on the page in view.

use std::path::Path;
use std::process::Command;

use fantoccini::Client;
use serde_json::Value;

use crate::Failure;
use crate::tree;

/// Lets the page find what axe sees in it; every folded part counts as open.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    document.querySelectorAll('details').forEach((part) => { part.open = true; });
    const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    axe.run(document, { runOnly: rules, resultTypes: ['violations'] }).then(
        (found) => done(found.violations.flatMap((rule) => rule.nodes.map((node) => [rule.impact, rule.id, node.html]))),
        (error) => done([['critical', 'axe', String(error)]]));";

/// The checker's source.
pub struct Axe(String);

impl Axe {
    /// Fetches it, unless it is there.
    pub fn fetch() -> Result<Axe, Failure> {
        let output = Command::new(tree::root().join("scripts/axe.sh")).output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        Ok(Axe(std::fs::read_to_string(Path::new(String::from_utf8(output.stdout)?.trim()))?))
    }

    /// What is serious or worse on the page in view, each as the rule and the element.
    pub async fn serious(&self, client: &Client) -> Result<Vec<String>, Failure> {
        client.execute(&self.0, Vec::new()).await?;
        let found = client.execute_async(RUN, Vec::new()).await?;
        let found = found.as_array().map_or(&[][..], Vec::as_slice).iter();
        let serious = found.filter(|one| matches!(one[0].as_str(), Some("serious" | "critical")));
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Ok(serious.map(|one| format!("{}: {}", text(&one[1]), text(&one[2]))).collect())
    }
}
