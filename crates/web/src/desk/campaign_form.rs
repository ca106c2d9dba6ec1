//! `/desk/kampanye/baru`: the form for a new campaign.

use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::words::Words;
use askama::Template;
use domain::campaign::Placeholder;
use domain::template::Name;

/// The form for a new campaign.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/campaign_form.html")]
pub struct CampaignFormPage {
    pub w: Words,
    pub frame: Frame,
    pub key: String,
    pub slips: Vec<Slip>,
    pub title: Field,
    pub from: Field,
    pub to: Field,
    pub deadline: Field,
    pub late_only: bool,
    pub letter: Field,
    /// Names that may stand between braces, with what each stands for.
    pub names: Vec<&'static str>,
}

/// A letter for the samples.
pub(super) const LETTER: &str = "Yth. Pimpinan {instansi}\n\nMasih ada {jumlah} laporan masyarakat dari {dari} sampai {sampai} yang \
    belum selesai. Kami mohon semuanya diselesaikan paling lambat {tenggat}.\n\nHormat kami,\n{pengirim}";

impl Page for CampaignFormPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let typical = CampaignFormPage {
            w: Words::default(),
            frame: Frame::at("/desk/kampanye/baru", Place::Oversight).seated(sample::seat()),
            key: "kunci".into(),
            slips: vec![],
            title: Field::of("Penyelesaian laporan tahun 2020"),
            from: Field::of("2020-01-01"),
            to: Field::of("2020-12-31"),
            deadline: Field::of("2021-03-31"),
            late_only: false,
            letter: Field::of(LETTER),
            names: Placeholder::ALL.iter().map(|one| one.name()).collect(),
        };
        let slip = crate::words::Message::new("slip-letter-unknown").with("name", "bupati");
        let wrong = CampaignFormPage {
            letter: Field::wrong("Yth. {bupati}", slip.clone()),
            slips: vec![Slip { field: "letter", message: slip }],
            ..typical.clone()
        };
        vec![typical, wrong]
    }
}
