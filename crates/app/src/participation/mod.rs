//! What offices do so that people take part: outreach, the way of agencies into the system, and inhabitants, by which the
//! use of the system is told. Its figures are those of [`crate::measures`].

mod effect;
mod onboarding;
mod outreach;
mod photo;
mod population;

pub use onboarding::{OnboardingList, OnboardingView, StepView};
pub use outreach::{NewOutreach, OutreachChange, OutreachList, OutreachView};
pub use photo::NewPhoto;
pub use population::{PopulationFault, PopulationSum};
