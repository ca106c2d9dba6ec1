//! `/`: the form first, then how it works, what was reached, and the latest public reports.

use crate::components::{Card, Choice, ChoiceGroup, Field, Frame, Page, Place, Reach, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;
use domain::AgencyId;
use domain::report::Class;
use domain::text::Body;
use jiff::civil::Date;

/// The form of a new report as it was typed.
///
/// Posted to `/laporan` as `multipart/form-data` with the field names of this struct, and `files`.
#[derive(Debug, Clone, Default)]
pub struct ReportForm {
    /// A [`Class`] by name.
    pub class: Field,
    /// May stay empty; then the first words of the text serve.
    pub title: Field,
    pub text: Field,
    /// Code of the province.
    pub province: Field,
    /// Code of the regency or city; may stay empty.
    pub regency: Field,
    pub address: Field,
    /// Decimal degrees, filled by the script only.
    pub lat: Field,
    pub lon: Field,
    /// ISO date.
    pub happened: Field,
    /// The name of an office as typed; may stay empty.
    pub agency: Field,
    /// Never carries a value back: a browser does not refill files.
    pub files: Field,
    pub anonymous: bool,
    pub secret: bool,
    pub name: Field,
    pub phone: Field,
    pub email: Field,
    /// The idempotency key: the same key is the same report.
    pub key: String,
    /// Place and office come from a sign: an older draft does not replace them.
    pub given: bool,
    /// Work that the browser does while the form is filled in; only while very many send.
    pub riddle: Option<Riddle>,
}

/// What a script solves before it sends a form; see `app::gate`.
#[derive(Debug, Clone)]
pub struct Riddle {
    pub text: String,
    pub parts: u32,
    pub bits: u8,
}

impl Riddle {
    pub fn of(challenge: &app::gate::Challenge) -> Riddle {
        Riddle { text: challenge.text.clone(), parts: challenge.parts, bits: challenge.bits }
    }
}

/// What has been counted since the first report.
#[derive(Debug, Clone, Copy, Default)]
pub struct Figures {
    pub received: i64,
    pub answered: i64,
    pub confirmed: i64,
}

/// The limits in force today, in working days.
#[derive(Debug, Clone, Copy, Default)]
pub struct LimitDays {
    pub verify: i64,
    pub answer: i64,
    /// Of the short, the middle and the long kind of report.
    pub completion: [i64; 3],
    pub silence: i64,
}

impl LimitDays {
    pub(super) fn within(&self, kind: usize) -> i64 {
        self.completion[kind.min(2)]
    }
}

/// The home page.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/home.html")]
pub struct HomePage {
    pub w: Words,
    pub frame: Frame,
    pub form: ReportForm,
    pub slips: Vec<Slip>,
    /// All provinces with their regencies and cities.
    pub provinces: Vec<ChoiceGroup>,
    /// Main offices offered while typing; the value is the name.
    pub agencies: Vec<Choice>,
    pub limits: LimitDays,
    pub figures: Figures,
    pub latest: Vec<Card>,
    /// The last day on which something can have happened.
    pub today: Date,
    /// Whether news can be sent by e-mail; only then the form says so.
    pub reach: Option<Reach>,
    /// The office whose face this is: its reports and figures are shown.
    pub agency: Option<(AgencyId, String)>,
}

impl HomePage {
    fn classes(&self) -> [(Class, &'static str); 3] {
        [(Class::Complaint, "megaphone"), (Class::Aspiration, "idea"), (Class::InformationRequest, "question")]
    }

    /// Where all the reports are of which the latest are shown.
    fn all(&self) -> String {
        self.agency.as_ref().map_or_else(|| "/laporan".to_owned(), |(id, _)| format!("/laporan?agency={id}"))
    }

    fn most(&self) -> usize {
        Body::MOST
    }

    fn latest_day(&self) -> String {
        format!("max=\"{}\"", self.today)
    }
}

impl Page for HomePage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let fresh = HomePage {
            w: Words::default(),
            frame: Frame::at("/", Place::Home),
            form: ReportForm { key: "0198f3b2c4d5".into(), ..ReportForm::default() },
            slips: vec![],
            provinces: sample::provinces(),
            agencies: sample::agencies(),
            limits: LimitDays { verify: 3, answer: 5, completion: [5, 14, 60], silence: 10 },
            figures: Figures { received: 1_284_377, answered: 1_190_204, confirmed: 402_118 },
            latest: sample::cards(),
            today: sample::today(),
            reach: Some(Reach::Both),
            agency: None,
        };
        let mut first_day = fresh.clone();
        first_day.latest.clear();
        first_day.figures = Figures::default();
        first_day.reach = None;
        let faced = HomePage {
            frame: Frame { face: Some(sample::face()), ..fresh.frame.clone() },
            agency: Some((AgencyId(630_000), "Pemerintah Provinsi Kalimantan Selatan".into())),
            ..fresh.clone()
        };
        let mut hot = fresh.clone();
        hot.form.riddle =
            Some(Riddle { text: "1794190000.14.0123456789abcdef0123456789abcdef".into(), parts: 8, bits: 14 });
        vec![fresh.clone(), first_day, refused(fresh), faced, hot]
    }
}

/// The form as it comes back when something was missing.
fn refused(mut page: HomePage) -> HomePage {
    let short = Message::new("text-too-short").with("least", Body::LEAST);
    page.form = ReportForm {
        class: Field::of("complaint"),
        title: Field::of("Jalan <rusak> & \"berlubang\""),
        text: Field::wrong("rusak", short.clone()),
        province: Field::wrong("", Message::new("slip-province")),
        regency: Field::of("63.71"),
        happened: Field::wrong("2027-01-01", Message::new("slip-future")),
        phone: Field::wrong("nol delapan", Message::new("slip-phone")),
        anonymous: true,
        ..page.form
    };
    page.slips = vec![
        Slip { field: "text", message: short },
        Slip { field: "province", message: Message::new("slip-province") },
        Slip { field: "happened", message: Message::new("slip-future") },
        Slip { field: "phone", message: Message::new("slip-phone") },
    ];
    page
}
