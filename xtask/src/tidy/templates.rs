//! Each page template stands beside the module that fills it.

use super::Violation;

const TEMPLATES: &str = "crates/web/templates/";

/// Templates that every page shares and no single module fills.
const SHARED: [&str; 2] = ["layout", "macros"];

/// Reports templates `x/y.html` without `src/x/y.rs`.
pub fn check(paths: &[String]) -> Vec<Violation> {
    paths.iter().filter_map(|path| orphan(path, paths)).collect()
}

fn orphan(path: &str, paths: &[String]) -> Option<Violation> {
    let name = path.strip_prefix(TEMPLATES)?.strip_suffix(".html")?;
    let file = name.rsplit('/').next().unwrap_or(name);
    let module = format!("crates/web/src/{name}.rs");
    let shared = SHARED.contains(&file) || file.starts_with('_');
    (!shared && !paths.contains(&module)).then(|| Violation::new(path, 1, "template", format!("{module} is missing")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orphans(paths: &[&str]) -> usize {
        check(&paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>()).len()
    }

    #[test]
    fn a_template_has_its_module() {
        assert_eq!(orphans(&["crates/web/templates/desk/inbox.html", "crates/web/src/desk/inbox.rs"]), 0);
        assert_eq!(orphans(&["crates/web/templates/desk/inbox.html", "crates/web/src/citizen/inbox.rs"]), 1);
    }

    #[test]
    fn what_all_pages_share_needs_none() {
        assert_eq!(orphans(&["crates/web/templates/layout.html", "crates/web/templates/desk/macros.html"]), 0);
    }
}
