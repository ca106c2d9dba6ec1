//! Why something cannot be done. A refusal has a code; the edge turns it into words.

/// The only way in which the domain fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// Closed or archived; nothing more can be done with it except to object or reopen.
    AlreadyEnded,
    /// Neither closed nor archived, so there is nothing to reopen or contest.
    StillOpen,
    /// On hold; it has to be completed or resumed first.
    OnHold,
    /// Not on hold.
    NotOnHold,
    /// On hold so often that the office has to go on with what it has.
    HeldTooOften,
    /// Not yet disposed to an agency that could answer.
    NotDisposed,
    /// No answer has been given yet.
    NotAnswered,
    /// The reporter had the last word; answer first.
    ReplyUnanswered,
    /// There is no answer that would allow an archiving; close it instead.
    AlreadyAnswered,
    /// It is already with that office.
    AlreadyThere,
    /// No such office.
    UnknownAgency,
    /// Outside the offices that this seat may dispose to.
    OutsideSubtree,
    /// The national admin decided after the second return; it stays.
    Settled,
    /// The national office has nobody above it to return to.
    NothingAbove,
    /// A hold must say what is missing.
    NothingMissing,
    /// An answer of kind "done" about physical work needs evidence.
    EvidenceMissing,
    /// An answer of kind "planned" needs a date to come.
    DateMissing,
    /// An answer of kind "refused" needs a legal ground.
    LegalGroundMissing,
    /// Ratings go from 1 to 5.
    RatingOutOfRange,
    /// The days in which one may object are over.
    WindowOver,
    /// The deadline has not passed yet.
    NotDue,
    /// It was done already.
    AlreadyDone,
    /// Hidden, or not hidden, already.
    AlreadySo,
    /// Only a complaint can be supervisory.
    NotAComplaint,
    /// Only reports that everybody may read can be supported.
    NotPublic,
    /// The reporter gave the name to be read.
    NotAnonymous,
    /// Nobody asked for the name, or it was decided already.
    NotAsked,
    /// Who asked cannot be the second person.
    SamePerson,
    /// The Ombudsman was not offered yet.
    NotOffered,
    /// A report cannot be linked to itself.
    SameReport,
    /// It shares its matter with no other report.
    NotLinked,
    /// More reports would share this matter than one may hold, or move at once.
    MatterFull,
    /// Not everybody may read it, or its reporter is anonymous: it has no place on a public page of a problem.
    NotForProblem,
    /// It belongs to no problem.
    NotInProblem,
    /// Ten questions to outsiders are open already.
    TooManyQuestions,
    /// Answered, ended, or over; it cannot be answered by this link any more.
    QuestionEnded,
    /// This reason is for the system only.
    ReasonReserved,
    /// A supporting unit still owes a compulsory part; it has to answer, or the lead to do without.
    PartOpen,
    /// That part was answered, given back or withdrawn already.
    PartSettled,
    /// The part is another unit's.
    NotYourPart,
    /// As many units as one report may have are at work already.
    TooManyParts,
    /// The chosen day leaves no working day, or ends after the lead has to be finished.
    DayOutOfRange,
    /// The report is sealed; who asks a unit has to say that it may read it.
    PartSealed,
    /// The office wants answers to be approved; this one has to be proposed.
    NeedsApproval,
    /// The office lets somebody else approve.
    NotApprover,
    /// No draft waits, or it was changed since.
    NoDraft,
    /// Only its author takes a draft back.
    NotYourDraft,
    /// The check found something weak in the answer, and nobody said why it is sent all the same.
    Advised,
}

impl Refusal {
    /// All refusals.
    pub const ALL: &'static [Refusal] = &[
        Refusal::AlreadyEnded,
        Refusal::StillOpen,
        Refusal::OnHold,
        Refusal::NotOnHold,
        Refusal::HeldTooOften,
        Refusal::NotDisposed,
        Refusal::NotAnswered,
        Refusal::ReplyUnanswered,
        Refusal::AlreadyAnswered,
        Refusal::AlreadyThere,
        Refusal::UnknownAgency,
        Refusal::OutsideSubtree,
        Refusal::Settled,
        Refusal::NothingAbove,
        Refusal::NothingMissing,
        Refusal::EvidenceMissing,
        Refusal::DateMissing,
        Refusal::LegalGroundMissing,
        Refusal::RatingOutOfRange,
        Refusal::WindowOver,
        Refusal::NotDue,
        Refusal::AlreadyDone,
        Refusal::AlreadySo,
        Refusal::NotAComplaint,
        Refusal::NotPublic,
        Refusal::NotAnonymous,
        Refusal::NotAsked,
        Refusal::SamePerson,
        Refusal::NotOffered,
        Refusal::SameReport,
        Refusal::NotLinked,
        Refusal::MatterFull,
        Refusal::NotForProblem,
        Refusal::NotInProblem,
        Refusal::TooManyQuestions,
        Refusal::QuestionEnded,
        Refusal::ReasonReserved,
        Refusal::PartOpen,
        Refusal::PartSettled,
        Refusal::NotYourPart,
        Refusal::TooManyParts,
        Refusal::DayOutOfRange,
        Refusal::PartSealed,
        Refusal::NeedsApproval,
        Refusal::NotApprover,
        Refusal::NoDraft,
        Refusal::NotYourDraft,
        Refusal::Advised,
    ];

    /// The key of its message: `refusal-` and this code.
    pub fn code(self) -> &'static str {
        match self {
            Refusal::AlreadyEnded => "already-ended",
            Refusal::StillOpen => "still-open",
            Refusal::OnHold => "on-hold",
            Refusal::NotOnHold => "not-on-hold",
            Refusal::HeldTooOften => "held-too-often",
            Refusal::NotDisposed => "not-disposed",
            Refusal::NotAnswered => "not-answered",
            Refusal::ReplyUnanswered => "reply-unanswered",
            Refusal::AlreadyAnswered => "already-answered",
            Refusal::AlreadyThere => "already-there",
            Refusal::UnknownAgency => "unknown-agency",
            Refusal::OutsideSubtree => "outside-subtree",
            Refusal::Settled => "settled",
            Refusal::NothingAbove => "nothing-above",
            Refusal::NothingMissing => "nothing-missing",
            Refusal::EvidenceMissing => "evidence-missing",
            Refusal::DateMissing => "date-missing",
            Refusal::LegalGroundMissing => "legal-ground-missing",
            Refusal::RatingOutOfRange => "rating-out-of-range",
            Refusal::WindowOver => "window-over",
            Refusal::NotDue => "not-due",
            Refusal::AlreadyDone => "already-done",
            Refusal::AlreadySo => "already-so",
            Refusal::NotAComplaint => "not-a-complaint",
            Refusal::NotPublic => "not-public",
            Refusal::NotAnonymous => "not-anonymous",
            Refusal::NotAsked => "not-asked",
            Refusal::SamePerson => "same-person",
            Refusal::NotOffered => "not-offered",
            Refusal::SameReport => "same-report",
            Refusal::NotLinked => "not-linked",
            Refusal::MatterFull => "matter-full",
            Refusal::NotForProblem => "not-for-problem",
            Refusal::NotInProblem => "not-in-problem",
            Refusal::TooManyQuestions => "too-many-questions",
            Refusal::QuestionEnded => "question-ended",
            Refusal::ReasonReserved => "reason-reserved",
            Refusal::PartOpen => "part-open",
            Refusal::PartSettled => "part-settled",
            Refusal::NotYourPart => "not-your-part",
            Refusal::TooManyParts => "too-many-parts",
            Refusal::DayOutOfRange => "day-out-of-range",
            Refusal::PartSealed => "part-sealed",
            Refusal::NeedsApproval => "needs-approval",
            Refusal::NotApprover => "not-approver",
            Refusal::NoDraft => "no-draft",
            Refusal::NotYourDraft => "not-your-draft",
            Refusal::Advised => "advised",
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Refusal {}
