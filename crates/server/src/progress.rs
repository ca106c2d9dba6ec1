//! A bar on the terminal for work that takes a while.

use app::transfer::Progress;
use indicatif::{ProgressBar, ProgressStyle};

const COUNTED: &str = "{bar:40} {human_pos}/{human_len}  {per_sec}  {eta}";
const UNKNOWN: &str = "{spinner} {human_pos}  {per_sec}";
const SHARE: &str = "{bar:40} {percent:>3}%  {msg}  {eta}";

/// A bar of a known length, or a counter of an unknown one.
pub fn bar(length: Option<u64>) -> ProgressBar {
    match length {
        Some(length) => styled(ProgressBar::new(length), COUNTED),
        None => styled(ProgressBar::new_spinner(), UNKNOWN),
    }
}

/// Shows how far a transfer has come: as a share of the total once that is known.
pub fn show(bar: &ProgressBar, progress: Progress, rows: impl FnOnce(u64) -> String) {
    if let Some(total) = progress.total {
        if bar.length().is_none() {
            styled(bar.clone(), SHARE);
        }
        bar.set_length(total);
    }
    bar.set_message(rows(progress.rows));
    bar.set_position(progress.done);
}

fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
