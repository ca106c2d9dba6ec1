//! Participation (partisipasi): how much people use the system where they live, which agencies take part in it, and which
//! of those stay silent.

mod connectedness;
mod island;
mod onboarding;
mod population;
mod share;

pub use connectedness::{Connectedness, Silence, has_duty, silence};
pub use island::Island;
pub use onboarding::OnboardingStep;
pub use population::{Known, Population, Rate, known_in};
pub use share::shares;
