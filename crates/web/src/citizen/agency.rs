//! `/instansi/{id}`: one office, its figures and its public reports.

use crate::components::{Card, Frame, Page, PaperRow, Place, sample};
use crate::words::Words;
use askama::Template;
use domain::AgencyId;
use std::borrow::Borrow;

/// What was counted for one office. Shares are shown from ten reports on; below that they say nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct AgencyFigures {
    pub received: i64,
    pub answered: i64,
    /// Closed, in whatever way.
    pub closed: i64,
    /// Closed because the reporter said so.
    pub confirmed: i64,
}

impl AgencyFigures {
    /// A part of all received reports in percent, rounded; none below ten reports.
    pub fn share(&self, part: impl Borrow<i64>) -> Option<i64> {
        let part = *part.borrow();
        (self.received >= 10).then(|| (part * 200 + self.received) / (self.received * 2))
    }
}

/// The page of one office.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/agency.html")]
pub struct AgencyPage {
    pub w: Words,
    pub frame: Frame,
    pub id: AgencyId,
    pub name: String,
    /// The office above, where the public should see it.
    pub parent: Option<(AgencyId, String)>,
    pub figures: AgencyFigures,
    /// Offices directly below, by id and name.
    pub units: Vec<(AgencyId, String)>,
    pub reports: Vec<Card>,
    /// Its decree and yearly reports, as far as everybody may read them.
    pub papers: Vec<PaperRow>,
    pub next: Option<String>,
}

impl Page for AgencyPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let typical = AgencyPage {
            w: Words::default(),
            frame: Frame::at("/instansi/12", Place::Agencies),
            id: AgencyId(12),
            name: "Pemerintah Kota Banjarmasin".into(),
            parent: None,
            figures: AgencyFigures { received: 545, answered: 538, closed: 522, confirmed: 211 },
            units: vec![
                (AgencyId(631), "Dinas PUPR Kota Banjarmasin".into()),
                (AgencyId(632), "Dinas Perhubungan Kota Banjarmasin".into()),
            ],
            reports: sample::cards(),
            papers: sample::papers("/instansi/12/berkas"),
            next: Some("/instansi/12?after=1000000008".into()),
        };
        let small = AgencyPage {
            name: sample::LONG_AGENCY.into(),
            parent: Some((AgencyId(13), "Pemerintah Provinsi Kalimantan Selatan".into())),
            figures: AgencyFigures { received: 3, answered: 1, ..AgencyFigures::default() },
            units: vec![],
            reports: vec![],
            papers: vec![],
            next: None,
            ..typical.clone()
        };
        vec![typical, small]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_and_small_numbers_have_none() {
        let figures = AgencyFigures { received: 545, ..AgencyFigures::default() };
        assert_eq!(figures.share(522), Some(96));
        assert_eq!(AgencyFigures { received: 9, ..figures }.share(9), None);
    }
}
