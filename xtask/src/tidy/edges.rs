//! Which crate may depend on which, read from `cargo metadata`.

use std::path::Path;

use cargo_metadata::{DependencyKind, MetadataCommand};

use super::Violation;
use crate::Failure;

const RULE: &str = "edge";

/// A crate of `crates/` and the crates of the workspace that it may depend on.
const ALLOWED: [(&str, &[&str]); 6] = [
    ("lapor-domain", &[]),
    ("lapor-store", &["lapor-domain"]),
    ("lapor-channel", &[]),
    ("lapor-app", &["lapor-domain", "lapor-store", "lapor-channel"]),
    ("lapor-web", &["lapor-app", "lapor-domain"]),
    ("lapor", &["lapor-domain", "lapor-store", "lapor-channel", "lapor-app", "lapor-web"]),
];

/// Everything that `domain` may import besides std.
const DOMAIN_IMPORTS: [&str; 2] = ["jiff", "serde"];

/// SQL drivers, which only `store` may import.
const DRIVERS: [&str; 5] = ["sqlx", "rusqlite", "libsqlite3-sys", "tokio-postgres", "postgres"];

/// A dependency of a workspace crate, tests left out.
struct Edge {
    from: String,
    to: String,
    inside: bool,
}

/// Reads the dependency graph and reports each forbidden edge.
pub fn check(root: &Path) -> Result<Vec<Violation>, Failure> {
    let metadata = MetadataCommand::new().current_dir(root).no_deps().exec()?;
    let members: Vec<String> = metadata.packages.iter().map(|package| package.name.to_string()).collect();
    let edges = metadata.packages.iter().flat_map(|package| {
        let shipped = package.dependencies.iter().filter(|d| d.kind != DependencyKind::Development);
        shipped.map(|dependency| Edge {
            from: package.name.to_string(),
            to: dependency.name.clone(),
            inside: members.contains(&dependency.name),
        })
    });
    let strangers = members.iter().filter(|name| *name != "xtask" && allowed(name).is_none()).map(|name| {
        let why = format!("`{name}` is not one of the six crates; a new crate must forbid something");
        Violation::new("Cargo.toml", 1, RULE, why)
    });
    Ok(strangers.chain(edges.filter_map(|edge| judge(&edge))).collect())
}

fn allowed(name: &str) -> Option<&'static [&'static str]> {
    ALLOWED.iter().find(|(from, _)| *from == name).map(|(_, to)| *to)
}

fn judge(edge: &Edge) -> Option<Violation> {
    let to = edge.to.as_str();
    let allowed = allowed(&edge.from)?;
    let why = if edge.inside && !allowed.contains(&to) {
        format!("{} must not depend on {to}", edge.from)
    } else if edge.from == "lapor-domain" && !edge.inside && !DOMAIN_IMPORTS.contains(&to) {
        format!("domain imports only std, {}; not {to}", DOMAIN_IMPORTS.join(" and "))
    } else if edge.from != "lapor-store" && DRIVERS.contains(&to) {
        format!("only store imports a SQL driver; {} imports {to}", edge.from)
    } else {
        return None;
    };
    Some(Violation::new(&manifest(&edge.from), 1, RULE, why))
}

fn manifest(name: &str) -> String {
    let folder = name.strip_prefix("lapor-").unwrap_or("server");
    format!("crates/{folder}/Cargo.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(from: &str, to: &str, inside: bool) -> bool {
        judge(&Edge { from: from.to_owned(), to: to.to_owned(), inside }).is_some()
    }

    #[test]
    fn arrows_point_to_the_domain() {
        assert!(!broken("lapor-app", "lapor-store", true));
        assert!(broken("lapor-web", "lapor-store", true));
        assert!(broken("lapor-store", "lapor-app", true));
        assert!(broken("lapor-channel", "lapor-domain", true));
    }

    #[test]
    fn domain_imports_a_date_crate_and_serde_only() {
        assert!(!broken("lapor-domain", "jiff", false));
        assert!(broken("lapor-domain", "tokio", false));
    }

    #[test]
    fn only_store_imports_a_driver() {
        assert!(!broken("lapor-store", "sqlx", false));
        assert!(broken("lapor", "sqlx", false));
    }
}
