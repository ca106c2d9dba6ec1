//! The certificate of an agency's evaluation, on paper.

use super::evaluations::{ResultRow, period_told};
use crate::print::Document;
use crate::words::Words;
use jiff::civil::Date;

/// What a certificate says.
#[derive(Debug, Clone)]
pub struct EvaluationCertificate {
    pub w: Words,
    /// Year and half.
    pub period: (i16, u8),
    pub row: ResultRow,
    /// The name of a [`domain::evaluation::Closing`].
    pub how: &'static str,
    pub closed: Date,
    /// Versions of the form and of the formula.
    pub form: u16,
    pub formula: u16,
    /// The weights that count, together.
    pub counted: u32,
    /// As of when the figures of the half year are.
    pub frozen: Date,
    /// Of the signed result, in hexadecimal.
    pub digest: String,
    /// Where anyone can check it.
    pub address: String,
}

impl EvaluationCertificate {
    /// The certificate on paper.
    pub fn document(&self) -> Document {
        let w = self.w;
        let (title, period) = (w.t("evaluation-certificate"), period_told(&w, self.period));
        let predicate = w.of("predicate", self.row.predicate.name());
        let facts = [
            (w.t("certificate-period"), period.clone()),
            (w.t("evaluation-predicate"), predicate.clone()),
            (w.t("ranking-score"), self.row.told(&w)),
            (w.t("evaluation-counted"), w.n("evaluation-counted-of", self.counted)),
            (w.t("evaluation-form"), w.number(i64::from(self.form))),
            (w.t("evaluation-formula"), w.number(i64::from(self.formula))),
            (w.t("evaluation-closed"), w.long_day(self.closed)),
            (w.t("certificate-as-of"), w.long_day(self.frozen)),
        ];
        Document::new(w, title.as_str())
            .foot(format!("{title} · {period}"))
            .large(self.row.name.as_str())
            .paragraph(w.with("evaluation-certificate-text", &[("predicate", predicate.into())]))
            .facts(facts.iter().map(|(name, value)| (name.as_str(), value.as_str())))
            .small(format!("{} {}.", w.of("evaluation-how", self.how), w.long_day(self.closed)))
            .small(w.t("evaluation-own-proposal"))
            .small(w.with(
                "evaluation-certificate-check",
                &[("address", self.address.as_str().into()), ("digest", self.digest.as_str().into())],
            ))
    }
}
