//! The 26 columns of reports as a file, in words.

use crate::words::Words;
use app::transfer::{Explained, Way};

/// Names of the columns in the locale files, in their order.
const NAMES: [&str; 26] = [
    "tracking",
    "day",
    "time",
    "reporter",
    "class",
    "category-id",
    "category",
    "title",
    "first",
    "present",
    "privacy",
    "channel",
    "parent",
    "agency-id",
    "agency",
    "status",
    "reason",
    "province",
    "regency",
    "district",
    "village",
    "decree",
    "decree-url",
    "yearly-url",
    "setwapres",
    "rating",
];

/// A workbook whose last sheet explains the columns.
pub(super) fn workbook(words: Words) -> Way {
    let columns = NAMES.map(|name| words.of("column-about", name)).to_vec();
    Way::Sheet(Explained { name: words.t("book-about"), columns })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;
    use app::transfer::COLUMNS;

    #[test]
    fn every_column_is_explained_in_both_languages() {
        assert_eq!(NAMES.len(), COLUMNS.len());
        for lang in Lang::ALL {
            let Way::Sheet(explained) = workbook(Words::new(lang)) else { panic!("no workbook") };
            assert!(explained.columns.iter().all(|about| !about.contains('⟦')), "{explained:?}");
        }
    }
}
