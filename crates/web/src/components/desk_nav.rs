//! The places of the desk, and who has a use for them. A new place is one line here and one in [`Place`].

use super::{Place, Seat};

/// An entry of the navigation of the desk.
#[derive(Debug, Clone, Copy)]
pub struct DeskPlace {
    pub place: Place,
    pub path: &'static str,
    /// Its name in `locales/*.ftl`.
    pub key: &'static str,
    /// The seats that see it; those that do not are refused there anyway.
    seen_by: fn(&Seat) -> bool,
}

const fn entry(place: Place, path: &'static str, key: &'static str, seen_by: fn(&Seat) -> bool) -> DeskPlace {
    DeskPlace { place, path, key, seen_by }
}

/// In the order in which they are shown.
const PLACES: &[DeskPlace] = &[
    entry(Place::Inbox, "/desk", "nav-inbox", |_| true),
    entry(Place::Counter, "/desk/loket", "nav-counter", |seat| domain::policy::takes_reports(seat.role)),
    entry(Place::Duties, "/desk/bagian", "nav-duties", |seat| domain::policy::answers_parts(seat.role)),
    entry(Place::Answers, "/desk/jawaban", "nav-answers", |seat| domain::policy::keeps_templates(seat.role)),
    entry(Place::Notices, "/desk/pemberitahuan", "nav-notices", |seat| domain::policy::hears(seat.role)),
    entry(Place::Oversight, "/desk/pengawasan", "nav-oversight", |seat| seat.supervises),
    entry(Place::Problems, "/desk/masalah", "nav-problems", Seat::gathers_problems),
    entry(Place::Messages, "/desk/pesan", "nav-messages", |seat| seat.tends),
    entry(Place::Rules, "/desk/aturan", "nav-rules", Seat::writes_rules),
    entry(Place::Account, "/desk/akun", "nav-own-account", |_| true),
];

/// The places that a seat sees.
pub fn desk_places(seat: &Seat) -> impl Iterator<Item = &'static DeskPlace> {
    PLACES.iter().filter(move |entry| (entry.seen_by)(seat))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::sample;
    use crate::words::{Lang, Words};
    use domain::Role;

    #[test]
    fn each_place_has_its_name_and_stands_once() {
        for lang in Lang::ALL {
            assert!(PLACES.iter().all(|entry| !Words::new(lang).t(entry.key).contains('⟦')));
        }
        let mut paths: Vec<&str> = PLACES.iter().map(|entry| entry.path).collect();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), PLACES.len());
    }

    #[test]
    fn everybody_has_an_inbox_and_who_only_looks_has_no_notices() {
        for role in Role::ALL {
            let seat = Seat { role, ..sample::seat() };
            assert_eq!(desk_places(&seat).next().map(|entry| entry.path), Some("/desk"));
        }
        let leader = Seat { role: Role::Leader, ..sample::seat() };
        assert!(desk_places(&leader).all(|entry| entry.place != Place::Notices));
    }
}
