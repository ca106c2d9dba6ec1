//! Who may do what with a problem: change it, tell how it stands, gather its reports.

use crate::agency::AgencyTree;
use crate::ids::AgencyId;
use crate::person::{Actor, Role};

/// Something one may do with a problem. Everybody may read all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemAction {
    /// Make one for this owner, or change its words, owner and plan.
    Edit,
    /// Say how it stands.
    Tell,
    /// Put reports into it that the actor may attribute.
    Gather,
}

impl ProblemAction {
    /// Every action.
    pub const ALL: [ProblemAction; 3] = [ProblemAction::Edit, ProblemAction::Tell, ProblemAction::Gather];
}

/// Whether an actor may do something with a problem of an owner: the national admin everything with all, an agency
/// admin with those of the own office and below; the owner's liaison officer tells how it stands and gathers its
/// reports.
pub fn may_problem(agencies: &AgencyTree, actor: &Actor, action: ProblemAction, owner: AgencyId) -> bool {
    let Actor::Officer { role, agency, .. } = *actor else { return false };
    match role {
        Role::NationalAdmin => true,
        Role::AgencyAdmin => agencies.within(owner, agency),
        Role::LiaisonOfficer => action != ProblemAction::Edit && owner == agency,
        _ => false,
    }
}
