//! The certificate of an office for a frozen half year, on paper.

use super::SnapshotRow;
use crate::print::Document;
use crate::words::{Value, Words};
use domain::measure::Measure;
use domain::ranking::Standing;
use jiff::civil::Date;

/// What a certificate says.
#[derive(Debug, Clone)]
pub struct Certificate {
    pub w: Words,
    pub semester: SnapshotRow,
    pub office: String,
    /// With whom it was compared, in words.
    pub league: String,
    pub share: Measure,
    pub standing: Standing,
    /// Offices with a place in its band.
    pub peers: usize,
    pub as_of: Date,
    /// Of the frozen half year, in hexadecimal.
    pub digest: String,
    /// Where anyone can check it.
    pub address: String,
}

impl Certificate {
    /// The certificate on paper.
    pub fn document(&self) -> Document {
        let (w, one) = (&self.w, &self.standing);
        let title = w.t("certificate-title");
        let (done, all) = (one.raw.numerator.into(), one.raw.denominator.into());
        let share =
            [("percent", w.hundredths(one.raw.basis_points().unwrap_or(0)).into()), ("done", done), ("all", all)];
        let measure = w.of("measure", self.share.code());
        let facts = [
            (w.t("certificate-period"), self.semester.told(w)),
            (w.t("certificate-league"), format!("{} · {}", self.league, w.of("ranking-band", one.band.name()))),
            (measure, w.with("certificate-share", &share)),
            (w.t("ranking-expected"), format!("{} %", w.hundredths(one.expected))),
            (w.t("ranking-adjusted"), format!("{} %", w.hundredths(one.adjusted))),
            (w.t("ranking-score"), w.hundredths(one.score)),
            (w.t("certificate-as-of"), w.long_day(self.as_of)),
        ];
        Document::new(*w, title.as_str())
            .foot(format!("{title} · {}", self.semester.told(w)))
            .large(self.office.as_str())
            .paragraph(self.told())
            .facts(facts.iter().map(|(name, value)| (name.as_str(), value.as_str())))
            .small(w.of("measure-formula", self.share.code()))
            .small(w.with(
                "certificate-check",
                &[("address", self.address.as_str().into()), ("digest", self.digest.as_str().into())],
            ))
    }

    fn told(&self) -> String {
        let rank = self.standing.rank.map_or(0, i64::from);
        let key = if self.standing.is_tied { "certificate-tied" } else { "certificate-text" };
        self.w.with(key, &[("rank", Value::from(rank)), ("peers", Value::from(self.peers))])
    }
}
