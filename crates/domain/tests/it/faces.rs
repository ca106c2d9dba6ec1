//! Faces of agencies: what may be one, and what is read on it.

use crate::fixture::*;
use domain::face::{Colour, Face, FaceFault, Faces, Logo, check};
use proptest::prelude::*;

fn paman() -> Face {
    Face {
        agency: KALSEL,
        name: "LAPOR PAMAN".into(),
        slug: "paman".into(),
        host: Some("paman.contoh.id".into()),
        colour: Colour::of(0x7a, 0x1f, 0x2b),
        logo: None,
        edition: 1,
    }
}

fn of_the_city() -> Face {
    Face { agency: BANJARMASIN, slug: "e-lapor".into(), host: None, ..paman() }
}

#[test]
fn a_face_is_taken_only_where_it_can_be_found_and_read() {
    let others = Faces::new(vec![paman()]);
    let city = of_the_city;
    let logo = |kind: &str, size| Some(Logo { hash: String::new(), kind: kind.into(), size });
    let table = [
        (city(), vec![]),
        (Face { name: "Layanan baru".into(), ..paman() }, vec![]),
        (Face { name: " ".into(), ..city() }, vec![FaceFault::Name]),
        (Face { name: "x".repeat(41), ..city() }, vec![FaceFault::Name]),
        (Face { slug: "E Lapor".into(), ..city() }, vec![FaceFault::Slug]),
        (Face { slug: "paman".into(), ..city() }, vec![FaceFault::SlugTaken]),
        (Face { slug: "lapor".into(), ..city() }, vec![FaceFault::SlugTaken]),
        (Face { host: Some("https://kota.contoh.id".into()), ..city() }, vec![FaceFault::Host]),
        (Face { host: Some("localhost".into()), ..city() }, vec![FaceFault::Host]),
        (Face { host: Some("paman.contoh.id".into()), ..city() }, vec![FaceFault::HostTaken]),
        (Face { logo: logo("application/pdf", 10), ..city() }, vec![FaceFault::Logo]),
        (Face { logo: logo("image/png", 204_801), ..city() }, vec![FaceFault::Logo]),
        (Face { logo: logo("image/png", 204_800), ..city() }, vec![]),
    ];
    for (face, wanted) in table {
        assert_eq!(check(&others, &face), wanted, "{face:?}");
    }
    let yellow = Face { colour: Colour::of(0xff, 0xcc, 0x00), ..city() };
    let [FaceFault::Light { darker }] = check(&others, &yellow)[..] else { panic!("yellow is taken") };
    assert_eq!(check(&others, &Face { colour: darker, ..city() }), vec![], "the colour that is proposed is not taken");
}

#[test]
fn a_host_name_chooses_whatever_its_case_and_port() {
    let faces = Faces::new(vec![paman(), of_the_city()]);
    for host in ["paman.contoh.id", "Paman.Contoh.ID:8080"] {
        assert_eq!(faces.by_host(host).map(|face| face.agency), Some(KALSEL), "{host}");
    }
    assert_eq!(faces.by_host("lapor.contoh.id"), None);
    assert_eq!(faces.by_slug("e-lapor").map(|face| face.agency), Some(BANJARMASIN));
}

proptest! {
    /// White letters on any colour that is proposed have the contrast that WCAG 2.2 asks for, and so do the
    /// softer ones of the frame.
    #[test]
    fn what_is_proposed_can_be_read(red: u8, green: u8, blue: u8) {
        let darker = Colour::of(red, green, blue).darkened();
        prop_assert!(darker.contrast(Colour::WHITE) >= 7.0);
        prop_assert!(darker.contrast(Colour::of(0xc9, 0xdf, 0xe0)) >= 4.5);
        prop_assert_eq!(Colour::parse(&darker.to_string()), Some(darker));
    }
}
