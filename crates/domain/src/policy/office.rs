//! Who may do what with an office: see its figures, remind it, ask it for a plan.

use crate::agency::AgencyTree;
use crate::ids::AgencyId;
use crate::measure::Sight;
use crate::person::{Actor, Role};
use crate::scope::{Scope, Verb};

/// Something one may do that is about an office and not about one report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OfficeAction {
    /// Read how many of its reports stand where and how many are late; sealed ones are left out.
    SeeFigures,
    /// Read the figures of its sealed reports, which are counted apart.
    SeeSealedFigures,
    /// Remind it of its late reports by a letter with a deadline ("surat cinta").
    Remind,
    /// Ask it for an action plan, and say whether that was carried out.
    AskPlan,
    /// Work on its action plan.
    CarryOutPlan,
    /// Give an early warning that it owns to another office.
    AssignWarning,
    /// Say what it does about an early warning.
    AnswerWarning,
    /// Say which share of its reports an office must finish.
    SetThreshold,
    /// Take in a report at it on behalf of a person: from the counter, the telephone, a letter or a public source.
    TakeReport,
    /// Make signs with a code that open the form for it.
    MakeSign,
    /// Say which other systems are told of its reports, and look at what became of the messages.
    KeepWebhooks,
    /// Freeze the figures of a half year for ever.
    FreezeSemester,
    /// Read its evaluation before that is final, with the evidence.
    SeeEvaluation,
    /// Answer its evaluation, agree or object, and put its papers for the competition together.
    FillEvaluation,
    /// Verify its evaluation, and decide about its objection.
    VerifyEvaluation,
    /// Plan its outreach activities, and tell what came of them.
    PlanOutreach,
    /// Say how far it is on its way into the system.
    NoteOnboarding,
    /// Enter how many people live where.
    EnterPopulation,
}

impl OfficeAction {
    /// Every action, in the order of the table.
    pub const ALL: [OfficeAction; 18] = [
        OfficeAction::SeeFigures,
        OfficeAction::SeeSealedFigures,
        OfficeAction::Remind,
        OfficeAction::AskPlan,
        OfficeAction::CarryOutPlan,
        OfficeAction::AssignWarning,
        OfficeAction::AnswerWarning,
        OfficeAction::SetThreshold,
        OfficeAction::TakeReport,
        OfficeAction::MakeSign,
        OfficeAction::KeepWebhooks,
        OfficeAction::FreezeSemester,
        OfficeAction::SeeEvaluation,
        OfficeAction::FillEvaluation,
        OfficeAction::VerifyEvaluation,
        OfficeAction::PlanOutreach,
        OfficeAction::NoteOnboarding,
        OfficeAction::EnterPopulation,
    ];
}

/// Whether an actor may do something about an office.
///
/// A province does not stand above its regencies, but it supervises and ranks them (domain notes §3.3): it
/// sees their figures and reminds them, and reads none of their reports for it.
pub fn may_at(agencies: &AgencyTree, actor: &Actor, action: OfficeAction, office: AgencyId) -> bool {
    let Actor::Officer { role, agency: seat, .. } = *actor else { return *actor == Actor::System };
    let below = agencies.within(office, seat);
    match (role, action) {
        (role, OfficeAction::FillEvaluation) => role == Role::AgencyAdmin && answers_for(agencies, seat, office),
        (role, OfficeAction::VerifyEvaluation) => judges(agencies, role, seat, office),
        (Role::NationalAdmin, _) => true,
        (_, OfficeAction::SetThreshold | OfficeAction::EnterPopulation) => false,
        (role, OfficeAction::FreezeSemester) => role == Role::Supervisor && !is_provincial(agencies, seat),
        (_, OfficeAction::TakeReport) => takes_reports(role) && below,
        (Role::AgencyAdmin, OfficeAction::MakeSign | OfficeAction::KeepWebhooks | OfficeAction::PlanOutreach) => {
            dresses_office(agencies, actor, office)
        }
        (_, OfficeAction::MakeSign | OfficeAction::KeepWebhooks | OfficeAction::PlanOutreach) => false,
        (
            Role::Supervisor,
            OfficeAction::SeeSealedFigures | OfficeAction::CarryOutPlan | OfficeAction::AnswerWarning,
        ) => false,
        (Role::Supervisor, _) => !is_provincial(agencies, seat) || below || watches(agencies, seat, office),
        (Role::AgencyAdmin, OfficeAction::SeeSealedFigures) => below,
        (Role::LiaisonOfficer, OfficeAction::CarryOutPlan | OfficeAction::AnswerWarning) => below,
        (Role::AgencyAdmin, OfficeAction::CarryOutPlan | OfficeAction::AnswerWarning) => {
            below || is_main_admin(agencies, seat, office)
        }
        (Role::AgencyAdmin, OfficeAction::SeeEvaluation) => below || is_main_admin(agencies, seat, office),
        (Role::Leader, OfficeAction::SeeEvaluation) => below,
        (Role::AgencyAdmin, OfficeAction::AskPlan | OfficeAction::NoteOnboarding) => {
            watches(agencies, seat, office) || (below && office != seat)
        }
        (Role::AgencyAdmin, _) => below || watches(agencies, seat, office),
        (Role::Leader, OfficeAction::SeeFigures) => below || watches(agencies, seat, office),
        (Role::Inspector, OfficeAction::SeeFigures) => agencies.within(office, agencies.root_of(seat)),
        _ => false,
    }
}

/// Whose eyes look at the figures of an office, or of the whole country.
pub fn sight(agencies: &AgencyTree, actor: &Actor, office: Option<AgencyId>) -> Sight {
    let Actor::Officer { role, agency: seat, .. } = *actor else { return Sight::Public };
    let office = office.unwrap_or(agencies.national());
    match role {
        _ if may_at(agencies, actor, OfficeAction::SeeSealedFigures, office) => Sight::Whole,
        Role::LiaisonOfficer if agencies.within(office, seat) => Sight::Liaison,
        _ => Sight::Public,
    }
}

/// Whether a seat speaks for an agency: it is at the agency itself or at its main admin's office.
fn answers_for(agencies: &AgencyTree, seat: AgencyId, office: AgencyId) -> bool {
    office != agencies.national() && (seat == office || is_main_admin(agencies, seat, office))
}

/// Whether a seat judges the evaluation of an office. Nobody judges the agency in which they sit: a supervisor at a province
/// judges its regencies and cities, one at the centre all others, and so does the national admin.
fn judges(agencies: &AgencyTree, role: Role, seat: AgencyId, office: AgencyId) -> bool {
    let own = agencies.root_of(seat) == agencies.root_of(office);
    !own && match role {
        Role::NationalAdmin => true,
        Role::Supervisor => !is_provincial(agencies, seat) || watches(agencies, seat, office),
        _ => false,
    }
}

/// Whether a seat at a province, or at its main admin's office, supervises an office as one of a regency or city
/// in that province.
fn watches(agencies: &AgencyTree, seat: AgencyId, office: AgencyId) -> bool {
    let province = agencies.root_of(seat);
    let speaks = seat == province || is_main_admin(agencies, seat, province);
    speaks && agencies.supervisor_of(agencies.root_of(office)) == Some(province)
}

/// Whether a seat is at the office that runs the complaints of a parent agency for it (Diskominfo).
fn is_main_admin(agencies: &AgencyTree, seat: AgencyId, root: AgencyId) -> bool {
    agencies.main_admin_of(root) == seat
}

/// Whether a seat of a supervisor stands for one province only.
fn is_provincial(agencies: &AgencyTree, seat: AgencyId) -> bool {
    agencies.is_province(agencies.root_of(seat))
}

/// Whether a seat may change an office: the national admin every one, the admin of an agency what stands below the
/// own office. Adding or moving something below an office (`itself` is false) may be done at the own office too.
pub fn edits_office(agencies: &AgencyTree, actor: &Actor, office: AgencyId, itself: bool) -> bool {
    match actor {
        Actor::Officer { role: Role::NationalAdmin, .. } => true,
        Actor::Officer { role: Role::AgencyAdmin, agency, .. } => {
            agencies.within(office, *agency) && !(itself && office == *agency)
        }
        _ => false,
    }
}

/// Whether a seat takes reports in on behalf of people. Whoever judges, watches or audits reports does not bring them.
pub fn takes_reports(role: Role) -> bool {
    matches!(role, Role::Operator | Role::LiaisonOfficer | Role::AgencyAdmin | Role::NationalAdmin)
}

/// Whether an officer's token may bring in what other systems send to an agency: the seat takes reports in, the token may
/// act, and its office is that agency, stands below it, or is the national one.
pub fn brings_reports(agencies: &AgencyTree, role: Role, seat: AgencyId, scope: &Scope, to: AgencyId) -> bool {
    let office = scope.office.unwrap_or(seat);
    let below = to != agencies.national() && agencies.within(office, to);
    takes_reports(role) && scope.verbs.contains(&Verb::Act) && (below || agencies.within(to, office))
}

/// Whether a seat gives an office its face and keeps its papers: the national admin for every one, the admin of an
/// agency for the own office and what stands below it, and its main admin (Diskominfo) for all of the agency.
pub fn dresses_office(agencies: &AgencyTree, actor: &Actor, office: AgencyId) -> bool {
    match actor {
        Actor::Officer { role: Role::NationalAdmin, .. } => true,
        Actor::Officer { role: Role::AgencyAdmin, agency, .. } => {
            agencies.within(office, *agency) || is_main_admin(agencies, *agency, agencies.root_of(office))
        }
        _ => false,
    }
}

/// Whether a seat reads the papers of an office that are not for everybody: those of the same parent agency, and
/// whoever watches or audits all of them.
pub fn reads_papers(agencies: &AgencyTree, actor: &Actor, office: AgencyId) -> bool {
    let Actor::Officer { role, agency, .. } = actor else { return false };
    let watches_all = matches!(role, Role::NationalAdmin | Role::Supervisor | Role::Auditor);
    watches_all && *agency == agencies.national() || agencies.root_of(*agency) == agencies.root_of(office)
}
