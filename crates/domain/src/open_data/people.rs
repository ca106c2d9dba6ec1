//! Which reports came from the same person, as far as the house can tell.

use std::collections::HashMap;

/// Somebody, told apart from others and not named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Person(pub u32);

/// By what the reporter of one report is known inside the house.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handles {
    pub phone: Option<String>,
    pub email: Option<String>,
    pub chat: Option<String>,
    /// Counts only where there is nothing else, and then one name is one person.
    pub name: Option<String>,
}

impl Handles {
    fn keys(&self) -> Vec<String> {
        let key = |kind: &str, text: &Option<String>| {
            let plain = text.as_deref().unwrap_or_default().trim().to_lowercase();
            (!plain.is_empty()).then(|| format!("{kind} {plain}"))
        };
        let ways = [key("phone", &self.phone), key("email", &self.email), key("chat", &self.chat)];
        let ways: Vec<String> = ways.into_iter().flatten().collect();
        if ways.is_empty() { key("name", &self.name).into_iter().collect() } else { ways }
    }
}

/// The person behind each report, nobody where nothing is known. Two reports that share any handle are of one person:
/// where that errs, fewer people are counted than there are.
pub fn people(reports: &[Handles]) -> Vec<Option<Person>> {
    let mut above: Vec<usize> = (0..reports.len()).collect();
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut known = vec![false; reports.len()];
    for (n, handles) in reports.iter().enumerate() {
        for key in handles.keys() {
            known[n] = true;
            let other = *first.entry(key).or_insert(n);
            let (one, other) = (top(&mut above, n), top(&mut above, other));
            above[one.max(other)] = one.min(other);
        }
    }
    let person = |n: usize, above: &mut [usize]| u32::try_from(top(above, n)).map(Person).ok();
    (0..reports.len()).map(|n| if known[n] { person(n, &mut above) } else { None }).collect()
}

/// The first report of the same person, as far as known; the way there is made shorter.
fn top(above: &mut [usize], mut n: usize) -> usize {
    while above[n] != n {
        above[n] = above[above[n]];
        n = above[n];
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handles(phone: &str, email: &str, name: &str) -> Handles {
        let some = |text: &str| Some(text.to_owned());
        Handles { phone: some(phone), email: some(email), chat: None, name: some(name) }
    }

    #[test]
    fn one_who_wrote_by_two_ways_is_one_person_once_a_report_has_both() {
        let reports = [
            handles("081", "", "Sari"),
            handles("", "sari@contoh.test", "Sari"),
            handles("", "", "Sari"),
            handles("081", " SARI@contoh.test ", ""),
            handles("", "", " sari "),
            handles("", "", ""),
            handles("082", "", "Sari"),
        ];
        let found = people(&reports);
        assert_eq!((found[0], found[1]), (found[3], found[3]));
        assert_eq!(found[2], found[4], "a name alone is one person");
        assert_eq!(found[5], None, "an unknown sender stands for nobody");
        let distinct: std::collections::BTreeSet<_> = found.iter().flatten().collect();
        assert_eq!(distinct.len(), 3);
    }
}
