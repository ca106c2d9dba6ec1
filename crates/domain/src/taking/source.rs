//! The address of a public source, without what follows its readers around.

use crate::report::Channel;
use crate::text::TextError;

/// Parts of a query that say who shared a link and where, and nothing about what it leads to.
const TRACKERS: [&str; 20] = [
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "igshid",
    "igsh",
    "mibextid",
    "si",
    "_t",
    "_r",
    "ref",
    "ref_src",
    "refsrc",
    "feature",
    "is_from_webapp",
    "sender_device",
    "share_id",
    "rdid",
    "spm",
    "cmpid",
];

/// Where a path says it all, and everything after it follows readers.
const BY_PATH: [&str; 4] = ["x.com", "twitter.com", "mobile.twitter.com", "tiktok.com"];

/// Where people post.
const SOCIAL: [&str; 17] = [
    "x.com",
    "twitter.com",
    "t.co",
    "facebook.com",
    "fb.com",
    "fb.watch",
    "instagram.com",
    "tiktok.com",
    "threads.net",
    "threads.com",
    "youtube.com",
    "youtu.be",
    "linkedin.com",
    "reddit.com",
    "quora.com",
    "bsky.app",
    "t.me",
];

/// The address of a post or an article: `https://…`, without parts that track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source(String);

impl Source {
    /// Most characters.
    pub const MOST: usize = 500;

    /// Checks an address as somebody typed or pasted it.
    pub fn parse(typed: &str) -> Result<Source, TextError> {
        let typed = typed.trim();
        let (scheme, rest) = match typed.split_once("://") {
            Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
            None => ("https".to_owned(), typed),
        };
        let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
        let dotted = host.contains('.') && host.split('.').all(|label| !label.is_empty());
        let clean = !path.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"'));
        if !matches!(scheme.as_str(), "http" | "https") || !host.chars().all(plain) || !dotted || !clean {
            return Err(TextError::Shape);
        }
        let host = host.to_ascii_lowercase();
        let address = format!("{scheme}://{host}{}", untracked(host.trim_start_matches("www."), path));
        match address.chars().count() > Self::MOST {
            true => Err(TextError::TooLong { most: Self::MOST }),
            false => Ok(Source(address)),
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the place it stands at, without `www.`.
    pub fn host(&self) -> &str {
        let rest = self.0.split_once("://").map_or(self.0.as_str(), |(_, rest)| rest);
        let host = rest.split(['/', '?', ':']).next().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host)
    }

    /// Where such an address usually comes from: social media, or the press.
    pub fn channel(&self) -> Channel {
        let host = self.host();
        let is = |known: &&str| host == *known || host.strip_suffix(*known).is_some_and(|sub| sub.ends_with('.'));
        if SOCIAL.iter().any(is) { Channel::SocialMedia } else { Channel::Press }
    }
}

/// A path without the parts of its query that track, and without a fragment.
fn untracked(host: &str, path: &str) -> String {
    let path = path.split('#').next().unwrap_or_default();
    let Some((path, query)) = path.split_once('?') else { return path.to_owned() };
    let tells = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
        let follows = name.starts_with("utm_") || TRACKERS.contains(&name.as_str()) || BY_PATH.contains(&host);
        !name.is_empty() && !follows
    };
    let kept: Vec<&str> = query.split('&').filter(tells).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tracks_readers_is_left_out_and_what_leads_there_stays() {
        for (typed, kept) in [
            ("https://X.com/warga/status/17?s=20&t=abc", "https://x.com/warga/status/17"),
            (
                "http://www.facebook.com/story.php?story_fbid=5&id=7&mibextid=Nif5oz",
                "http://www.facebook.com/story.php?story_fbid=5&id=7",
            ),
            (
                "https://kabar.example/2026/jalan-rusak?utm_source=wa&page=2#komentar",
                "https://kabar.example/2026/jalan-rusak?page=2",
            ),
            ("kabar.example/jalan", "https://kabar.example/jalan"),
        ] {
            assert_eq!(Source::parse(typed).unwrap().as_str(), kept);
        }
    }

    #[test]
    fn an_address_that_could_do_something_is_none() {
        for wrong in
            ["javascript://x.com/%0aalert(1)", "ftp://kabar.example/a", "jalan rusak", "https://", "https://a.b/\"><b>"]
        {
            assert!(Source::parse(wrong).is_err(), "{wrong}");
        }
        assert!(Source::parse(&format!("https://kabar.example/{}", "a".repeat(600))).is_err());
    }

    #[test]
    fn posts_are_told_from_articles_by_their_place() {
        let channel = |typed: &str| Source::parse(typed).unwrap().channel();
        for post in
            ["https://m.facebook.com/a", "https://vt.tiktok.com/Z", "https://youtu.be/a", "https://twitter.com/a"]
        {
            assert_eq!(channel(post), Channel::SocialMedia, "{post}");
        }
        for article in ["https://banjarmasin.kabar.example/a", "https://notx.com/a", "https://set.com/x.com"] {
            assert_eq!(channel(article), Channel::Press, "{article}");
        }
    }
}
