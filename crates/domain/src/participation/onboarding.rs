//! The way of an agency into the system, step by step.

/// A step of the way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OnboardingStep {
    /// Surat keputusan: who runs the complaints of the agency.
    Decree,
    AdminNamed,
    /// Pejabat penghubung of its units.
    LiaisonNamed,
    /// Its admin can log in.
    Account,
    /// Its units stand in the tree of offices.
    Units,
    /// A first report, for a test or a real one, was followed up.
    FirstAnswer,
}

impl OnboardingStep {
    /// All steps in their order.
    pub const ALL: [OnboardingStep; 6] = [
        OnboardingStep::Decree,
        OnboardingStep::AdminNamed,
        OnboardingStep::LiaisonNamed,
        OnboardingStep::Account,
        OnboardingStep::Units,
        OnboardingStep::FirstAnswer,
    ];

    /// The name in storage and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            OnboardingStep::Decree => "decree",
            OnboardingStep::AdminNamed => "admin_named",
            OnboardingStep::LiaisonNamed => "liaison_named",
            OnboardingStep::Account => "account",
            OnboardingStep::Units => "units",
            OnboardingStep::FirstAnswer => "first_answer",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<OnboardingStep> {
        OnboardingStep::ALL.into_iter().find(|step| step.name() == name)
    }

    /// Whether the system sees by itself that it is done. The others are told by an office above, with a note.
    pub fn is_seen(self) -> bool {
        matches!(self, OnboardingStep::Account | OnboardingStep::Units | OnboardingStep::FirstAnswer)
    }
}
