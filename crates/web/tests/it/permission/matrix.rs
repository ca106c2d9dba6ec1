//! The permission matrix of the domain notes (§3.2, with §2.2 for single steps), as a table. It is a second
//! opinion: nothing of `domain::policy` is asked here.

use super::marks::Kind;
use domain::agency::AgencyTree;
use domain::report::{Open, Stage};
use domain::{AgencyId, Report, Role, UserId};

/// `*` anywhere · `o` own office and below, for the Inspector the own parent agency · `d` the same, once it
/// was disposed · `s` anywhere, unless it is sealed · `-` not at all.
const MATRIX: &str = "
                   operator liaison admin leader inspector national supervisor auditor
public             *        *       *     *      *         *        *          *
unpublished        -        o       o     o      o         *        s          -
sealed             -        d       o     -      o         *        -          -
name               -        o       o     -      o         *        -          -
accuser            -        -       -     -      o         *        -          -
contact            -        -       o     -      o         *        -          -
original           -        o       o     -      o         *        -          -
notes              -        o       o     -      o         *        s          -
disposition        -        d       o     -      o         *        -          -
return             -        d       o     -      o         -        -          -
hold               -        -       o     -      o         *        -          -
resume             -        -       o     -      o         *        -          -
archive            -        -       o     -      o         *        -          -
answer             -        d       o     -      o         *        -          -
closure            -        -       o     -      o         *        -          -
reopening          -        -       -     -      -         *        s          -
note               -        d       o     -      o         *        s          -
assignment         -        d       o     -      o         *        -          -
rewrite            -        -       o     -      -         *        -          -
classification     -        -       o     -      -         *        -          -
visibility         -        -       -     -      -         *        -          -
ombudsman          -        -       -     -      -         *        -          -
";

const ROLES: [Role; 8] = [
    Role::Operator,
    Role::LiaisonOfficer,
    Role::AgencyAdmin,
    Role::Leader,
    Role::Inspector,
    Role::NationalAdmin,
    Role::Supervisor,
    Role::Auditor,
];

/// Who looks.
#[derive(Debug, Clone, Copy)]
pub enum Eye {
    Public,
    /// The reporter of the report with this number.
    Reporter(usize),
    Seat(UserId, Role, AgencyId),
}

/// Whether somebody may read a report at all.
pub fn reads(agencies: &AgencyTree, eye: Eye, number: usize, report: &Report) -> bool {
    match eye {
        Eye::Public => is_public(report),
        Eye::Reporter(own) => own == number || is_public(report),
        Eye::Seat(_, role, seat) => {
            let row = match (is_public(report), is_sealed(report)) {
                (true, _) => "public",
                (false, false) => "unpublished",
                (false, true) => "sealed",
            };
            cell(agencies, row, role, seat, report)
        }
    }
}

/// Whether somebody may find a mark of a report.
pub fn sees(agencies: &AgencyTree, eye: Eye, number: usize, report: &Report, rewritten: bool, kind: Kind) -> bool {
    if !reads(agencies, eye, number, report) {
        return false;
    }
    let content = matches!(kind, Kind::Answer | Kind::Rewritten | Kind::File) || (kind == Kind::First && !rewritten);
    match eye {
        _ if content => true,
        Eye::Public => false,
        Eye::Reporter(own) => own == number && kind != Kind::Note,
        Eye::Seat(user, role, seat) => {
            let at = |row: &str| cell(agencies, row, role, seat, report);
            let named = !report.anonymous || was_opened_for(report, user);
            match kind {
                Kind::First | Kind::Place => at("original"),
                Kind::Note | Kind::Reason => at("notes"),
                Kind::Name => named && at(if report.supervisory { "accuser" } else { "name" }),
                Kind::Contact => named && at("contact") && (!report.supervisory || at("accuser")),
                Kind::Answer | Kind::Rewritten | Kind::File => true,
            }
        }
    }
}

/// Whether a seat may do to a report what stands below its address in the API.
pub fn does(agencies: &AgencyTree, (_, role, seat): (UserId, Role, AgencyId), what: &str, report: &Report) -> bool {
    cell(agencies, what, role, seat, report)
}

fn cell(agencies: &AgencyTree, row: &str, role: Role, seat: AgencyId, report: &Report) -> bool {
    let line =
        MATRIX.lines().find(|line| line.split_whitespace().next() == Some(row) && line.contains([' ', '*', '-']));
    let column = 1 + ROLES.iter().position(|known| *known == role).unwrap();
    match line.unwrap().split_whitespace().nth(column).unwrap() {
        "*" => true,
        "o" => is_near(agencies, role, seat, report),
        "d" => is_near(agencies, role, seat, report) && is_verified(report),
        "s" => !is_sealed(report),
        "-" => false,
        other => panic!("what is {other}?"),
    }
}

fn is_near(agencies: &AgencyTree, role: Role, seat: AgencyId, report: &Report) -> bool {
    match role {
        // Abuse of office, and whoever objects a second time (§2.2, R5).
        Role::Inspector => {
            (report.supervisory || report.objections >= 2) && stands_below(agencies, report.holder, top(agencies, seat))
        }
        _ => stands_below(agencies, report.holder, seat),
    }
}

fn stands_below(agencies: &AgencyTree, office: AgencyId, top: AgencyId) -> bool {
    office == top
        || agencies.get(office).and_then(|one| one.parent).is_some_and(|above| stands_below(agencies, above, top))
}

fn top(agencies: &AgencyTree, office: AgencyId) -> AgencyId {
    match agencies.get(office).and_then(|one| one.parent) {
        Some(AgencyId(1)) | None => office,
        Some(above) => top(agencies, above),
    }
}

fn is_sealed(report: &Report) -> bool {
    report.secret || report.supervisory
}

/// Sealed reports are for nobody else, hidden and archived ones for nobody outside, unverified ones for nobody yet.
fn is_public(report: &Report) -> bool {
    !is_sealed(report)
        && report.hidden.is_none()
        && is_verified(report)
        && !matches!(report.stage, Stage::Archived { .. })
}

fn is_verified(report: &Report) -> bool {
    let waits = match &report.stage {
        Stage::Open(open) | Stage::Held { was: open, .. } => *open == Open::Submitted,
        Stage::Closed { .. } | Stage::Archived { .. } => false,
    };
    report.clocks.disposed.is_some() && !waits
}

fn was_opened_for(report: &Report, user: UserId) -> bool {
    report.openings.iter().any(|one| one.officer == user && one.opened.is_some())
}
