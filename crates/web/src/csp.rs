//! The headers that tell a browser what our pages never do.

/// What a page may load, each directive opened by hand from `'none'`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// A page of ours: own style, script, pictures and films, own forms.
    Ours,
    /// A file sent by somebody: nothing may run, nothing may be loaded.
    Attachment,
    /// A film sent by somebody: the browser's own player, in which it plays itself.
    Film,
}

/// The value of `Content-Security-Policy`.
pub fn policy(page: Page) -> String {
    let open: &[(&str, &str)] = match page {
        Page::Ours => &[
            ("style-src", "'self'"),
            ("script-src", "'self'"),
            ("img-src", "'self'"),
            ("media-src", "'self'"),
            ("connect-src", "'self'"),
            ("form-action", "'self'"),
        ],
        Page::Attachment => &[("form-action", "'none'"), ("sandbox", "")],
        Page::Film => &[("media-src", "'self'"), ("form-action", "'none'")],
    };
    let closed = [("default-src", "'none'"), ("base-uri", "'none'"), ("frame-ancestors", "'none'")];
    let directives = closed.iter().chain(open);
    let written = directives.map(|(name, sources)| format!("{name} {sources}").trim_end().to_owned());
    written.collect::<Vec<_>>().join("; ")
}

/// All headers of protection for a response, policy included.
pub fn headers(page: Page) -> [(&'static str, String); 6] {
    [
        ("content-security-policy", policy(page)),
        ("x-content-type-options", "nosniff".to_owned()),
        ("referrer-policy", "same-origin".to_owned()),
        ("cross-origin-opener-policy", "same-origin".to_owned()),
        ("cross-origin-resource-policy", "same-origin".to_owned()),
        ("permissions-policy", "geolocation=(self), camera=(), microphone=(), payment=()".to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_pages_load_only_from_us() {
        let policy = policy(Page::Ours);
        assert!(policy.starts_with("default-src 'none'; "), "{policy}");
        for part in ["style-src 'self'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"] {
            assert!(policy.split("; ").any(|directive| directive == part), "{part} in {policy}");
        }
        for danger in ["unsafe", "data:", "blob:", "http", "*"] {
            assert!(!policy.contains(danger), "{danger} in {policy}");
        }
    }

    #[test]
    fn a_sent_file_can_do_nothing() {
        let policy = policy(Page::Attachment);
        assert!(!policy.contains("'self'"), "{policy}");
        assert!(policy.ends_with("; sandbox"), "{policy}");
        let film = super::policy(Page::Film);
        assert!(film.starts_with("default-src 'none'") && film.contains("media-src 'self'"), "{film}");
    }

    #[test]
    fn every_response_forbids_guessing_types() {
        for page in [Page::Ours, Page::Attachment, Page::Film] {
            assert!(headers(page).contains(&("x-content-type-options", "nosniff".to_owned())));
        }
    }
}
