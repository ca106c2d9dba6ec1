//! By which ways words of the house reach people here.

use app::App;
use domain::Way;

/// The ways that are set up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reach {
    #[default]
    Email,
    Phone,
    Both,
}

impl Reach {
    /// The ways of a house; none where nothing is set up.
    pub fn of(app: &App) -> Option<Reach> {
        match (app.sends(Way::Email), app.sends(Way::Sms)) {
            (true, true) => Some(Reach::Both),
            (true, false) => Some(Reach::Email),
            (false, true) => Some(Reach::Phone),
            (false, false) => None,
        }
    }

    /// The end of a sentence's key, e.g. `field-account-phone`.
    pub fn name(self) -> &'static str {
        match self {
            Reach::Email => "email",
            Reach::Phone => "phone",
            Reach::Both => "both",
        }
    }
}
