//! Style, script and pictures, carried inside the binary and served at `/assets/NAME?v=HASH`.

use std::sync::LazyLock;

/// How long a browser may keep an asset whose address carries its hash.
pub const KEPT: &str = "public, max-age=31536000, immutable";
/// How long it may keep one asked for without or with another hash.
pub const BRIEF: &str = "public, max-age=300";

/// One file of ours.
#[derive(Debug)]
pub struct Asset {
    /// The last part of its address.
    pub name: &'static str,
    /// The value of `Content-Type`.
    pub kind: &'static str,
    /// Its content.
    pub bytes: &'static [u8],
    /// Sixteen hexadecimal digits that change with the content.
    pub hash: String,
}

impl Asset {
    fn new(name: &'static str, kind: &'static str, bytes: &'static [u8]) -> Asset {
        Asset { name, kind, bytes, hash: format!("{:016x}", fnv1a(bytes)) }
    }

    /// The address that pages link to.
    pub fn url(&self) -> String {
        format!("/assets/{}?v={}", self.name, self.hash)
    }

    /// The value of `ETag`.
    pub fn etag(&self) -> String {
        format!("\"{}\"", self.hash)
    }

    /// The value of `Cache-Control` for a request with this `v`.
    pub fn cache(&self, asked: Option<&str>) -> &'static str {
        if asked == Some(self.hash.as_str()) { KEPT } else { BRIEF }
    }

    /// Whether the browser's `If-None-Match` says that it has this very content.
    pub fn is_fresh(&self, if_none_match: &str) -> bool {
        let tags = if_none_match.split(',').map(|tag| tag.trim().trim_start_matches("W/"));
        tags.into_iter().any(|tag| tag == "*" || tag == self.etag())
    }
}

static ALL: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    vec![
        Asset::new("lapor.css", "text/css; charset=utf-8", include_bytes!("../assets/lapor.css")),
        Asset::new("lapor.js", "text/javascript; charset=utf-8", include_bytes!("../assets/lapor.js")),
        Asset::new("passkey.js", "text/javascript; charset=utf-8", include_bytes!("../assets/passkey.js")),
        Asset::new("proof.js", "text/javascript; charset=utf-8", include_bytes!("../assets/proof.js")),
        Asset::new("counter.js", "text/javascript; charset=utf-8", include_bytes!("../assets/counter.js")),
        Asset::new("figures.css", "text/css; charset=utf-8", include_bytes!("../assets/figures.css")),
        Asset::new("sign.css", "text/css; charset=utf-8", include_bytes!("../assets/sign.css")),
        Asset::new("icon.svg", "image/svg+xml", include_bytes!("../assets/icon.svg")),
        Asset::new("wordmark.svg", "image/svg+xml", include_bytes!("../assets/wordmark.svg")),
    ]
});

/// The wordmark to stand inside a page, drawn in the colour of the text around it.
pub const WORDMARK: &str = include_str!("../assets/wordmark.svg");

/// Finds an asset by its name.
pub fn find(name: &str) -> Option<&'static Asset> {
    ALL.iter().find(|asset| asset.name == name)
}

/// The address of an asset for a page; a name that does not exist leads to an honest 404.
pub fn url(name: &str) -> String {
    find(name).map_or_else(|| format!("/assets/{name}"), Asset::url)
}

/// FNV-1a (Fowler, Noll, Vo), 64 bits: tells versions apart, protects nothing.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn only_the_right_version_is_kept_for_long() {
        let style = find("lapor.css").unwrap();
        assert_eq!(style.cache(Some(&style.hash)), KEPT);
        assert_eq!(style.cache(Some("0123456789abcdef")), BRIEF);
        assert_eq!(style.cache(None), BRIEF);
        assert!(style.is_fresh(&format!("\"old\", W/{}", style.etag())));
        assert!(!style.is_fresh("\"old\""));
    }

    #[test]
    fn nothing_outside_is_served() {
        assert!(find("../Cargo.toml").is_none());
        assert!(url("lapor.js").starts_with("/assets/lapor.js?v="));
    }

    #[test]
    fn script_and_style_stay_small() {
        assert!(find("lapor.js").unwrap().bytes.len() < 10_000);
        assert!(find("passkey.js").unwrap().bytes.len() < 3_000);
        assert!(find("proof.js").unwrap().bytes.len() < 5_000);
        assert!(find("lapor.css").unwrap().bytes.len() < 40_000);
        assert!(find("counter.js").unwrap().bytes.len() < 8_000);
        assert!(find("sign.css").unwrap().bytes.len() < 2_000);
        assert!(find("figures.css").unwrap().bytes.len() < 3_000);
    }

    /// Two parts of the style that take the same name dress each other's pages.
    #[test]
    fn no_rule_of_the_style_stands_twice() {
        let style = std::str::from_utf8(find("lapor.css").unwrap().bytes).unwrap();
        let (mut depth, mut rule, mut seen) = (0, String::new(), BTreeSet::new());
        for letter in style.chars() {
            match letter {
                '{' if depth == 0 => {
                    let name = rule.rsplit("*/").next().unwrap_or_default().trim().to_owned();
                    assert!(name.starts_with('@') || seen.insert(name.clone()), "{name} stands twice");
                    depth = 1;
                }
                '{' => depth += 1,
                '}' => depth -= 1,
                other => {
                    rule.push(other);
                    continue;
                }
            }
            rule.clear();
        }
        assert!(seen.len() > 200);
    }

    #[test]
    fn pictures_carry_no_script_and_no_style() {
        for name in ["icon.svg", "wordmark.svg"] {
            let text = std::str::from_utf8(find(name).unwrap().bytes).unwrap();
            for forbidden in ["<script", "<style", "style=", "onload"] {
                assert!(!text.contains(forbidden), "{forbidden} in {name}");
            }
        }
    }
}
