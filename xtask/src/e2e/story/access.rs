//! Every page that can be reached by links, looked at by axe: as a visitor, as the reporter and from each seat.

use std::collections::{BTreeSet, VecDeque};

use super::step;
use crate::Failure;
use crate::e2e::axe::Axe;
use crate::e2e::devtools::Screen;
use crate::e2e::visit::Visit;

/// Where visitors begin; some pages are reached by a slip only.
const PUBLIC: [&str; 5] = ["/", "/desk/masuk", "/laporan?q=tidakadasatupun", "/laporan/0000000000", "/tidak-ada"];
const SEATS: [&str; 8] = ["nasional", "kalsel", "pupr", "inspektorat", "pimpinan", "pengawas", "kukar", "loket"];
/// Pages of one kind are alike; this many of a kind are looked at.
const OF_A_KIND: usize = 1;

/// Nothing serious on any page, on a phone by day and at a desk by night.
pub async fn access(visit: &Visit) -> Result<(), Failure> {
    let mut round = Round { visit, axe: Axe::fetch()?, seen: Vec::new(), found: Vec::new() };
    round.look("visitor", PUBLIC.map(str::to_owned).into()).await?;
    step::write(visit, "Lampu jalan di depan Balai Desa Contoh padam sejak dua minggu yang lalu.").await?;
    let receipt = step::send(visit).await?;
    round.look("reporter", vec![format!("{}/tanda-terima", receipt.page()), receipt.page()]).await?;
    for seat in SEATS {
        visit.log_in(seat).await?;
        round.look(seat, vec!["/desk".to_owned(), receipt.case()]).await?;
    }
    println!("    axe looked at {} pages", round.seen.len());
    if round.found.is_empty() { Ok(()) } else { Err(round.found.join("\n    ").into()) }
}

struct Round<'a> {
    visit: &'a Visit,
    axe: Axe,
    /// The kinds of pages that were looked at, each as often as it was.
    seen: Vec<String>,
    found: Vec<String>,
}

impl Round<'_> {
    /// Follows the links from some pages as somebody.
    async fn look(&mut self, who: &str, from: Vec<String>) -> Result<(), Failure> {
        let mut known: BTreeSet<String> = from.iter().cloned().collect();
        let mut waiting: VecDeque<String> = from.into();
        while let Some(path) = waiting.pop_front() {
            let kind = kind_of(who, &path);
            if self.seen.iter().filter(|seen| **seen == kind).count() >= OF_A_KIND {
                continue;
            }
            self.seen.push(kind);
            self.visit.open(&path).await?;
            for link in self.visit.links().await? {
                if is_page(&link) && known.insert(link.clone()) {
                    waiting.push_back(link);
                }
            }
            for (screen, dark) in [(Screen::Phone, false), (Screen::Desktop, true)] {
                self.visit.look_on(screen).await?;
                self.visit.darken(dark).await?;
                let serious = self.visit.checked_by(&self.axe).await?;
                self.found.extend(serious.into_iter().map(|one| format!("{who} {path} {} {one}", screen.name())));
            }
        }
        Ok(())
    }
}

/// Pages that differ in their numbers only are of one kind; a case and an inbox look different from each seat.
fn kind_of(who: &str, path: &str) -> String {
    let plain: String = path.chars().map(|char| if char.is_ascii_digit() { '0' } else { char }).collect();
    let (plain, query) = plain.split_once('?').unwrap_or((plain.as_str(), ""));
    let mut kind = plain.to_owned();
    while kind.contains("00") {
        kind = kind.replace("00", "0");
    }
    let fields = query.split('&').filter_map(|field| field.split('=').next()).collect::<Vec<_>>().join("&");
    let differs = matches!(kind.as_str(), "/desk" | "/desk/laporan/0");
    format!("{} {kind}?{fields}", if differs { who } else { "" })
}

/// Whether a link leads to a page, and not to a file or out of the language.
fn is_page(link: &str) -> bool {
    let path = link.split('?').next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    !path.contains("/lampiran/") && last != "feed" && !last.contains('.') && !path.starts_with("/bahasa")
}
