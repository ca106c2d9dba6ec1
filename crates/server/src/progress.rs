//! A bar on the terminal for work that takes a while.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar of a known length, or a counter of an unknown one.
pub fn bar(length: Option<u64>) -> ProgressBar {
    let (bar, template) = match length {
        Some(length) => (ProgressBar::new(length), "{bar:40} {human_pos}/{human_len}  {per_sec}  {eta}"),
        None => (ProgressBar::new_spinner(), "{spinner} {human_pos}  {per_sec}"),
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
