//! `/desk/instansi/{id}/wajah`: the name, colour and logo under which an office's people meet the system.

use super::office::{OfficeHead, sample_head};
use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;
use domain::face::Colour;

/// The form of a face, posted as `multipart/form-data` with the field names of this struct.
#[derive(Debug, Clone, Default)]
pub struct FaceForm {
    /// The edition that was seen; 0 for a new face.
    pub edition: u32,
    pub name: Field,
    pub slug: Field,
    pub host: Field,
    pub colour: Field,
    /// Never carries a value back: a browser does not refill files.
    pub logo: Field,
}

/// The face of one office.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/face.html")]
pub struct FacePage {
    pub w: Words,
    pub frame: Frame,
    pub head: OfficeHead,
    pub form: FaceForm,
    pub slips: Vec<Slip>,
    /// The addresses by which people meet the face that is there.
    pub addresses: Vec<String>,
    /// The address of its logo.
    pub logo: Option<String>,
    /// Whether the host name is this seat's to say.
    pub hosts: bool,
}

impl FacePage {
    /// What is proposed where no colour was chosen.
    pub fn usual() -> Colour {
        Colour::of(0x0b, 0x4a, 0x53)
    }

    fn is_there(&self) -> bool {
        !self.addresses.is_empty()
    }
}

impl Page for FacePage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let none = FacePage {
            w: Words::default(),
            frame: Frame::at("/desk/instansi/630000/wajah", Place::Elsewhere).seated(sample::seat()),
            head: sample_head("wajah"),
            form: FaceForm { colour: Field::of("#0b4a53"), ..FaceForm::default() },
            slips: vec![],
            addresses: vec![],
            logo: None,
            hosts: false,
        };
        let form = FaceForm {
            edition: 2,
            name: Field::of("LAPOR PAMAN"),
            slug: Field::of("paman"),
            host: Field::of("paman.contoh.id"),
            colour: Field::of("#7a1f2b"),
            logo: Field::default(),
        };
        let addresses = vec!["https://lapor.contoh.id/wajah/paman".into(), "https://paman.contoh.id/".into()];
        let logo = Some("/wajah/paman/logo?v=2".into());
        let there = FacePage { form: form.clone(), addresses, logo, hosts: true, ..none.clone() };
        let light = Message::new("face-fault-light").with("colour", "#8a6a10");
        let refused = FacePage {
            form: FaceForm { colour: Field::wrong("#ffcc00", light.clone()), ..form },
            slips: vec![Slip { field: "colour", message: light }],
            ..there.clone()
        };
        vec![none, there, refused]
    }
}
