//! What senders have written lately, so that the same again and again is noticed. Forgotten with the process.

use domain::doubt::Print;
use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

/// Texts that are remembered of a sender.
const OF_EACH: usize = 4;
/// Senders that are remembered; the one that came first makes room.
const SENDERS: usize = 4_000;

/// The latest texts of the latest senders.
#[derive(Default)]
pub(crate) struct Prints(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    senders: HashMap<String, VecDeque<Print>>,
    order: VecDeque<String>,
}

impl Prints {
    /// Remembers a text; how many of the earlier ones of its sender are like it.
    pub(crate) fn note(&self, sender: &str, print: Print) -> usize {
        let mut kept = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if !kept.senders.contains_key(sender) {
            if kept.order.len() >= SENDERS
                && let Some(oldest) = kept.order.pop_front()
            {
                kept.senders.remove(&oldest);
            }
            kept.order.push_back(sender.to_owned());
        }
        let texts = kept.senders.entry(sender.to_owned()).or_default();
        let alike = texts.iter().filter(|earlier| earlier.is_like(&print)).count();
        if texts.len() == OF_EACH {
            texts.pop_front();
        }
        texts.push_back(print);
        alike
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_is_compared_with_itself_and_a_crowd_does_not_fill_the_memory() {
        let (prints, text) = (Prints::default(), "Lampu jalan di depan pasar padam sejak kemarin");
        assert_eq!(prints.note("satu", Print::of(text)), 0);
        assert_eq!(prints.note("dua", Print::of(text)), 0);
        assert_eq!(prints.note("satu", Print::of(text)), 1);
        for n in 0..2 * SENDERS {
            prints.note(&n.to_string(), Print::of(text));
        }
        assert_eq!(prints.0.lock().unwrap().senders.len(), SENDERS);
        assert_eq!(prints.note("satu", Print::of(text)), 0, "forgotten meanwhile");
    }
}
