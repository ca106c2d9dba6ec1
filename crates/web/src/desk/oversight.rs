//! `/desk/pengawasan`: where reports stand at each office that a seat supervises, the worst first.

use crate::components::{Frame, Page, Place, sample};
use crate::words::{Message, Moment, Words};
use askama::Template;

/// A column by which the table can be ordered.
#[derive(Debug, Clone)]
pub struct Column {
    /// `name`, `open`, `late` …; the key `oversight-col-…`.
    pub name: &'static str,
    /// The same page in this order.
    pub link: String,
    pub chosen: bool,
}

/// A figure and, where it counts reports that can be listed, the way to them.
#[derive(Debug, Clone, Default)]
pub struct Count {
    pub n: u64,
    pub link: Option<String>,
}

impl Count {
    /// The figure for the words' number format.
    pub fn shown(&self, w: &Words) -> String {
        w.number(i64::try_from(self.n).unwrap_or(i64::MAX))
    }
}

/// A share that says what it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    pub done: u64,
    pub all: u64,
    /// Hundredths of a percent; none where there are too few reports for a share.
    pub points: Option<u64>,
}

impl Share {
    /// `95,78 % · 522 dari 545`.
    pub fn told(&self, w: &Words) -> String {
        let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let message = match self.points {
            Some(points) => Message::new("oversight-share").with("percent", w.hundredths(points)),
            None => Message::new("oversight-share-few"),
        };
        w.say(&message.with("done", count(self.done)).with("all", count(self.all)))
    }
}

/// One office and all below it.
#[derive(Debug, Clone)]
pub struct OversightRow {
    pub name: String,
    /// The line is of the office's own desk, without those below it.
    pub own_desk: bool,
    /// The overview of what is inside.
    pub inside: Option<String>,
    pub open: Count,
    pub late: Count,
    pub unverified: Count,
    pub silent: Count,
    pub returned: Count,
    /// Since when the oldest open report waits.
    pub oldest: Option<Moment>,
    /// Open sealed reports, and the late ones of them.
    pub sealed: Option<(u64, u64)>,
    pub share: Option<Share>,
    /// The share is below the threshold.
    pub below: bool,
}

impl OversightRow {
    /// The line as a sum: its figures count nothing that could be listed at once.
    pub fn without_links(self) -> OversightRow {
        let bare = |count: Count| Count { link: None, ..count };
        OversightRow {
            inside: None,
            open: bare(self.open),
            late: bare(self.late),
            unverified: bare(self.unverified),
            silent: bare(self.silent),
            returned: bare(self.returned),
            ..self
        }
    }
}

/// The overview.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/oversight.html")]
pub struct OversightPage {
    pub w: Words,
    pub frame: Frame,
    /// The office that is looked into.
    pub inside: Option<String>,
    /// Back to the whole.
    pub above: Option<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<OversightRow>,
    pub sum: OversightRow,
    /// Since when lateness is known; none before the first measurement.
    pub measured: Option<Moment>,
    /// Year and half of the period whose finished share is shown, and the threshold in hundredths of a percent.
    pub period: (i16, u8),
    pub threshold: u64,
    /// Lines with a share below the threshold.
    pub below: u32,
    /// Sealed reports are shown apart.
    pub shows_sealed: bool,
    /// The same as a workbook and as CSV.
    pub tables: [String; 2],
    pub next: Option<String>,
}

impl OversightPage {
    /// `semester 1 tahun 2021, ambang 90 %`.
    pub fn period_told(&self) -> String {
        let (year, half) = self.period;
        let message = Message::new("oversight-period").with("half", half).with("year", year.to_string());
        self.w.say(&message.with("threshold", self.w.hundredths(self.threshold)))
    }
}

impl Page for OversightPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let typical = typical();
        let empty = OversightPage { rows: vec![], measured: None, below: 0, ..typical.clone() };
        let inside = OversightPage {
            inside: Some(sample::LONG_AGENCY.into()),
            above: Some("/desk/pengawasan".into()),
            next: Some("/desk/pengawasan?halaman=2".into()),
            shows_sealed: false,
            ..typical.clone()
        };
        vec![typical, empty, inside]
    }
}

fn typical() -> OversightPage {
    let columns = ["name", "open", "late", "unverified", "silent", "returned", "oldest", "done"];
    OversightPage {
        w: Words::default(),
        frame: Frame::at("/desk/pengawasan", Place::Oversight).seated(sample::seat()),
        inside: None,
        above: None,
        columns: columns
            .map(|name| Column { name, link: format!("/desk/pengawasan?urut={name}"), chosen: name == "late" })
            .to_vec(),
        rows: vec![
            row("Pemerintah Kabupaten Hulu Sungai Utara", 47, (53, 100)),
            row(sample::LONG_AGENCY, 3, (97, 100)),
            row("Pemerintah Kota Banjarbaru", 0, (4, 4)),
        ],
        sum: OversightRow { share: None, ..row("", 50, (154, 204)) },
        measured: Some(sample::moment(18, 8, 10)),
        period: (2026, 1),
        threshold: 9_000,
        below: 1,
        shows_sealed: true,
        tables: ["tabel.xlsx", "tabel.csv"].map(|kind| format!("/desk/pengawasan/unduhan/{kind}")),
        next: None,
    }
}

fn row(name: &str, late: u64, (done, all): (u64, u64)) -> OversightRow {
    let count = |n: u64| Count { n, link: (n > 0).then(|| "/desk/pengawasan/637100/laporan?hal=late".to_owned()) };
    OversightRow {
        name: name.to_owned(),
        own_desk: late == 0,
        inside: (late > 0).then(|| "/desk/pengawasan?instansi=637100".to_owned()),
        open: count(late * 2),
        late: count(late),
        unverified: count(late / 2),
        silent: count(late / 3),
        returned: count(late / 10),
        oldest: (late > 0).then(|| sample::moment(2, 9, 0)),
        sealed: Some((late / 4, late / 9)),
        share: Some(Share { done, all, points: (all >= 10).then_some(done * 10_000 / all.max(1)) }),
        below: done * 10 < all * 9,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn a_share_is_written_as_people_write_it() {
        let (id, en) = (Words::new(Lang::Id), Words::new(Lang::En));
        let told = [9_578, 9_000, 5_350].map(|points| (id.hundredths(points), en.hundredths(points)));
        assert_eq!(told[0], ("95,78".into(), "95.78".into()));
        assert_eq!(told[1], ("90".into(), "90".into()));
        assert_eq!(told[2], ("53,5".into(), "53.5".into()));
        let few = Share { done: 4, all: 4, points: None };
        assert_eq!(few.told(&id), "4 dari 4");
    }
}
