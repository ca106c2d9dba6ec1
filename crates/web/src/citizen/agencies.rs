//! `/instansi`: offices to look up.

use crate::components::{Field, Frame, Page, Place, sample};
use crate::words::Words;
use askama::Template;
use domain::AgencyId;
use domain::agency::AgencyKind;

/// An office in the list.
#[derive(Debug, Clone)]
pub struct AgencyRow {
    pub id: AgencyId,
    pub name: String,
    pub kind: AgencyKind,
    /// Reports received.
    pub received: i64,
}

/// Offices by name.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/agencies.html")]
pub struct AgenciesPage {
    pub w: Words,
    pub frame: Frame,
    pub q: Field,
    pub agencies: Vec<AgencyRow>,
    pub next: Option<String>,
}

impl Page for AgenciesPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = |id, name: &str, kind, received| AgencyRow { id: AgencyId(id), name: name.into(), kind, received };
        let typical = AgenciesPage {
            w: Words::default(),
            frame: Frame::at("/instansi", Place::Agencies),
            q: Field::default(),
            agencies: vec![
                row(12, "Pemerintah Kota Banjarmasin", AgencyKind::City, 1_204),
                row(13, "Pemerintah Provinsi Kalimantan Selatan", AgencyKind::Province, 545),
                row(14, "Pemerintah Kabupaten Kutai Kartanegara", AgencyKind::Regency, 21),
                row(20, "Kementerian Pekerjaan Umum", AgencyKind::Ministry, 18_230),
                row(631, sample::LONG_AGENCY, AgencyKind::Unit, 0),
            ],
            next: Some("/instansi?after=631".into()),
        };
        let empty = AgenciesPage { q: Field::of("tidak ada"), agencies: vec![], next: None, ..typical.clone() };
        vec![typical, empty]
    }
}
