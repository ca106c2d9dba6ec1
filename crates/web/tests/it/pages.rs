//! Every page, in every sample and both languages, is rendered and its HTML checked.

use app::peer::ForwardState;
use askama::Template;
use domain::Role;
use domain::agency::PaperKind;
use domain::check::Finding;
use domain::deadline::Limit;
use domain::evaluation::{FaultKind as EvaluationFault, PackPart, Predicate, Reason, Stage};
use domain::outreach::{OutreachKind, OutreachState};
use domain::participation::{Island, OnboardingStep};
use domain::peer::Said;
use domain::report::{AnswerKind, Approver, Channel, Class, Refusal, StageKind};
use domain::template::{FaultKind, Name, Placeholder};
use jiff::civil::date;
use std::collections::{BTreeMap, BTreeSet};
use web::citizen::{
    AccountLoginPage, AgenciesPage, AgencyPage, AwardPage, CausePage, CountedPage, EvaluationResultPage,
    EvaluationResultsPage, HelpPage, HomePage, InquiryPage, OpenReleasePage, OpenReleasesPage, OutreachPage,
    OutreachesPage, ParticipationPage, PrivacyPage, ProblemPage, RankingPage, ReceiptPage, ReportPage, ReportsPage,
    SealedPage, SnapshotPage, SnapshotsPage, StatisticsPage, StopPage, TrackPage,
};
use web::components::{Choice, ChoiceGroup, Page};
use web::desk::{
    AccountPage, AnswersPage, BatchPage, BatchSentPage, BatchesPage, CampaignFormPage, CampaignLetterPage,
    CampaignPage, CampaignsPage, CasePage, ChangesPage, CodesPage, CompetitionPage, CounterPage, CounterReceiptPage,
    CounterTablePage, DeskCountedPage, DeskOutreachPage, DeskOutreachesPage, DeskProblemPage, DeskSnapshotsPage,
    DoubtsPage, DutiesPage, EnrolPage, EvaluationPage, EvaluationsPage, ExchangePage, ExtractPage, ExtractsPage,
    HandOverPage, HandOversPage, InboxPage, InvitationPage, LinkPage, LoginPage, MessagePage, MessagesPage,
    MinutesPage, NoticesPage, OfficeDataPage, OfficeQueuePage, OmbudsmanPage, OnboardingPage, OnboardingStepsPage,
    OutreachFormPage, OversightPage, PasskeyPage, PeerPage, PlanNewPage, PlanPage, PlansPage, PopulationPage,
    ProblemNewPage, ProblemsPage, ReplayPage, RuleSheetPage, RulesPage, SeatPage, SeatsPage, SecondStepPage,
    SecurityPage, SignFormPage, SignPage, SmsWordsPage, SummaryPage, SurgePage, SurgesPage, TokenPage,
};
use web::words::{Lang, Words};

/// A rendered sample: where it came from, its language, its HTML.
struct Sheet {
    name: String,
    lang: Lang,
    html: String,
}

fn sheets_of<P: Page>(name: &str, sheets: &mut Vec<Sheet>) {
    for (n, sample) in P::samples().into_iter().enumerate() {
        sheets_in_both(&format!("{name}-{n}"), sample, sheets);
    }
}

fn sheets_in_both<P: Page>(name: &str, mut page: P, sheets: &mut Vec<Sheet>) {
    for lang in Lang::ALL {
        page.speak(Words::new(lang));
        let html = page.render().unwrap();
        sheets.push(Sheet { name: format!("{name}.{}", lang.tag()), lang, html });
    }
}

fn sheets() -> Vec<Sheet> {
    let mut sheets = sheets_of_supervision();
    sheets_of_participation(&mut sheets);
    sheets_of::<HomePage>("home", &mut sheets);
    sheets_of::<ReceiptPage>("receipt", &mut sheets);
    sheets_of::<TrackPage>("track", &mut sheets);
    sheets_of::<CausePage>("cause", &mut sheets);
    sheets_of::<ProblemsPage>("problems", &mut sheets);
    sheets_of::<ProblemNewPage>("problem-new", &mut sheets);
    sheets_of::<DeskProblemPage>("desk-problem", &mut sheets);
    sheets_of::<InquiryPage>("inquiry", &mut sheets);
    sheets_of::<SealedPage>("sealed", &mut sheets);
    sheets_of::<AccountLoginPage>("account-login", &mut sheets);
    sheets_of::<web::citizen::AccountPage>("account-own", &mut sheets);
    sheets_of::<StopPage>("stop", &mut sheets);
    sheets_of::<ReportPage>("report", &mut sheets);
    sheets_of::<ReportsPage>("reports", &mut sheets);
    sheets_of::<AgenciesPage>("agencies", &mut sheets);
    sheets_of::<AgencyPage>("agency", &mut sheets);
    sheets_of::<HelpPage>("help", &mut sheets);
    sheets_of::<PrivacyPage>("privacy", &mut sheets);
    sheets_of::<ProblemPage>("problem", &mut sheets);
    sheets_of::<AccountPage>("account", &mut sheets);
    sheets_of::<LoginPage>("login", &mut sheets);
    sheets_of::<SecondStepPage>("second-step", &mut sheets);
    sheets_of::<EnrolPage>("enrol", &mut sheets);
    sheets_of::<CodesPage>("codes", &mut sheets);
    sheets_of::<SecurityPage>("security", &mut sheets);
    sheets_of::<PasskeyPage>("passkey", &mut sheets);
    sheets_of::<PeerPage>("peer", &mut sheets);
    sheets_of::<ExchangePage>("exchange", &mut sheets);
    sheets_of::<LinkPage>("link", &mut sheets);
    sheets_of::<TokenPage>("token", &mut sheets);
    sheets_of::<InboxPage>("inbox", &mut sheets);
    sheets_of::<CasePage>("case", &mut sheets);
    sheets_of::<NoticesPage>("notices", &mut sheets);
    sheets_of::<DoubtsPage>("doubts", &mut sheets);
    sheets_of::<SeatsPage>("seats", &mut sheets);
    sheets_of::<SeatPage>("seat", &mut sheets);
    sheets_of::<ChangesPage>("changes", &mut sheets);
    sheets_of::<HandOversPage>("handovers", &mut sheets);
    sheets_of::<HandOverPage>("handover", &mut sheets);
    sheets_of::<MinutesPage>("minutes", &mut sheets);
    sheets_of::<InvitationPage>("invitation", &mut sheets);
    sheets_of::<MessagesPage>("messages", &mut sheets);
    sheets_of::<MessagePage>("message", &mut sheets);
    sheets_of::<SmsWordsPage>("sms-words", &mut sheets);
    sheets_of::<RulesPage>("rules", &mut sheets);
    sheets_of::<RuleSheetPage>("rule-sheet", &mut sheets);
    sheets_of::<ReplayPage>("replay", &mut sheets);
    sheets_of::<BatchPage>("batch", &mut sheets);
    sheets_of::<BatchSentPage>("batch-sent", &mut sheets);
    sheets_of::<BatchesPage>("batches", &mut sheets);
    sheets_of::<DutiesPage>("duties", &mut sheets);
    sheets_of::<AnswersPage>("answers", &mut sheets);
    sheets_of::<CounterPage>("counter", &mut sheets);
    sheets_of::<CounterReceiptPage>("counter-receipt", &mut sheets);
    sheets_of::<CounterTablePage>("counter-table", &mut sheets);
    sheets_of::<SignFormPage>("sign-form", &mut sheets);
    sheets_of::<SignPage>("sign", &mut sheets);
    sheets
}

/// Figures, and what supervisors do about them.
fn sheets_of_supervision() -> Vec<Sheet> {
    let mut sheets = Vec::new();
    sheets_of::<CampaignsPage>("campaigns", &mut sheets);
    sheets_of::<CampaignFormPage>("campaign_form", &mut sheets);
    sheets_of::<CampaignPage>("campaign", &mut sheets);
    sheets_of::<CampaignLetterPage>("campaign_letter", &mut sheets);
    sheets_of::<PlansPage>("plans", &mut sheets);
    sheets_of::<PlanPage>("plan", &mut sheets);
    sheets_of::<SummaryPage>("summary", &mut sheets);
    sheets_of::<DeskCountedPage>("desk-counted", &mut sheets);
    sheets_of::<ExtractPage>("extract", &mut sheets);
    sheets_of::<ExtractsPage>("extracts", &mut sheets);
    sheets_of::<PlanNewPage>("plan-new", &mut sheets);
    sheets_of::<SurgesPage>("surges", &mut sheets);
    sheets_of::<SurgePage>("surge", &mut sheets);
    sheets_of::<OmbudsmanPage>("ombudsman", &mut sheets);
    sheets_of::<OversightPage>("oversight", &mut sheets);
    sheets_of::<OfficeDataPage>("office_data", &mut sheets);
    sheets_of::<OfficeQueuePage>("office_queue", &mut sheets);
    sheets_of::<DeskSnapshotsPage>("desk-snapshots", &mut sheets);
    sheets_of::<StatisticsPage>("statistics", &mut sheets);
    sheets_of::<RankingPage>("ranking", &mut sheets);
    sheets_of::<AwardPage>("award", &mut sheets);
    sheets_of::<SnapshotsPage>("snapshots", &mut sheets);
    sheets_of::<SnapshotPage>("snapshot", &mut sheets);
    sheets_of::<EvaluationResultsPage>("evaluation-results", &mut sheets);
    sheets_of::<EvaluationResultPage>("evaluation-result", &mut sheets);
    sheets_of::<EvaluationsPage>("evaluations", &mut sheets);
    sheets_of::<EvaluationPage>("evaluation", &mut sheets);
    sheets_of::<CompetitionPage>("competition", &mut sheets);
    sheets_of::<OpenReleasesPage>("open-releases", &mut sheets);
    sheets_of::<OpenReleasePage>("open-release", &mut sheets);
    sheets_of::<CountedPage>("counted", &mut sheets);
    sheets
}

fn sheets_of_participation(sheets: &mut Vec<Sheet>) {
    sheets_of::<ParticipationPage>("participation", sheets);
    sheets_of::<OutreachesPage>("outreaches", sheets);
    sheets_of::<OutreachPage>("outreach", sheets);
    sheets_of::<DeskOutreachesPage>("desk-outreaches", sheets);
    sheets_of::<DeskOutreachPage>("desk-outreach", sheets);
    sheets_of::<OutreachFormPage>("outreach-form", sheets);
    sheets_of::<OnboardingPage>("onboarding", sheets);
    sheets_of::<OnboardingStepsPage>("onboarding-steps", sheets);
    sheets_of::<PopulationPage>("population", sheets);
}

/// A start tag with its attributes, or an end tag, or text.
#[derive(Debug)]
enum Piece {
    Start { name: String, attributes: BTreeMap<String, String>, closed: bool },
    End(String),
    Text(String),
}

const VOID: [&str; 7] = ["meta", "link", "input", "br", "img", "hr", "source"];

fn pieces(html: &str) -> Vec<Piece> {
    let mut rest = html.trim_start().strip_prefix("<!doctype html>").expect("a doctype comes first");
    let mut pieces = Vec::new();
    while let Some(at) = rest.find('<') {
        let text = &rest[..at];
        assert!(!text.contains('>'), "a bare > in {text:?}");
        pieces.push(Piece::Text(text.to_owned()));
        let end = tag_end(&rest[at..]) + at;
        let tag = &rest[at + 1..end];
        pieces.push(match tag.strip_prefix('/') {
            Some(name) => Piece::End(name.trim().to_owned()),
            None => start(tag),
        });
        rest = &rest[end + 1..];
    }
    pieces
}

/// The place of the `>` that ends a tag; a `>` inside quotes does not.
fn tag_end(tag: &str) -> usize {
    let mut quoted = false;
    let found = tag.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        *c == '>' && !quoted
    });
    found.map(|(at, _)| at).unwrap_or_else(|| panic!("a tag without an end: {tag:.80}"))
}

fn start(tag: &str) -> Piece {
    let closed = tag.ends_with('/');
    let tag = tag.trim_end_matches('/');
    let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let mut attributes = BTreeMap::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let stop = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let key = rest[..stop].to_owned();
        rest = &rest[stop..];
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let end = quoted.find('"').expect("a quoted value ends");
            value = quoted[..end].to_owned();
            rest = &quoted[end + 1..];
        }
        assert!(attributes.insert(key.clone(), value).is_none(), "{key} stands twice in <{tag}>");
    }
    Piece::Start { name: name.to_owned(), attributes, closed }
}

/// What one walk over a page finds.
#[derive(Default)]
struct Found {
    ids: BTreeSet<String>,
    labelled: BTreeSet<String>,
    fields: Vec<(String, String)>,
    referred: Vec<String>,
    headings: Vec<u8>,
    h1: usize,
    submits: Vec<usize>,
}

fn walk(sheet: &Sheet) -> Found {
    let name = &sheet.name;
    let mut found = Found::default();
    let mut open: Vec<String> = Vec::new();
    for piece in pieces(&sheet.html) {
        match piece {
            Piece::Text(text) => assert!(!text.contains("{{") && !text.contains("{%"), "{name}: {text}"),
            Piece::End(tag) => assert_eq!(open.pop().as_deref(), Some(tag.as_str()), "{name}: </{tag}> in {open:?}"),
            Piece::Start { name: tag, attributes, closed } => {
                note(name, &tag, &attributes, &open, &mut found);
                if !closed && !VOID.contains(&tag.as_str()) {
                    open.push(tag);
                }
            }
        }
    }
    assert!(open.is_empty(), "{name}: not closed: {open:?}");
    found
}

fn note(page: &str, tag: &str, attributes: &BTreeMap<String, String>, open: &[String], found: &mut Found) {
    for (key, value) in attributes {
        assert!(!key.starts_with("on") && key != "style", "{page}: {key} on <{tag}>");
        assert!(!value.starts_with("javascript:"), "{page}: {value}");
    }
    assert!(tag != "style" && (tag != "script" || attributes.contains_key("src")), "{page}: inline <{tag}>");
    let get = |key: &str| attributes.get(key).cloned();
    if let Some(id) = get("id") {
        assert!(found.ids.insert(id.clone()), "{page}: id {id} stands twice");
    }
    for key in ["aria-describedby", "aria-labelledby", "list"] {
        found.referred.extend(get(key).unwrap_or_default().split_whitespace().map(str::to_owned));
    }
    match tag {
        "h1" => found.h1 += 1,
        "label" => found.labelled.extend(get("for")),
        "form" => {
            assert!(!open.iter().any(|tag| tag == "form"), "{page}: a form inside a form");
            assert!(get("action").is_some_and(|action| action.starts_with('/')), "{page}: a form leads elsewhere");
            found.submits.push(0);
        }
        "button" => {
            let kind = get("type").unwrap_or_else(|| panic!("{page}: a button without a type"));
            if kind == "submit" {
                *found.submits.last_mut().expect("a submit stands in a form") += 1;
            }
        }
        "img" => assert!(get("alt").is_some(), "{page}: a picture without alt"),
        "p" => assert!(!open.iter().any(|tag| tag == "p"), "{page}: a paragraph inside a paragraph"),
        _ => {}
    }
    if let Some(level) = tag.strip_prefix('h').and_then(|level| level.parse().ok()) {
        found.headings.push(level);
    }
    let hidden = get("type").as_deref() == Some("hidden");
    if ["input", "select", "textarea"].contains(&tag) && !hidden {
        let id = get("id").unwrap_or_else(|| panic!("{page}: a field without an id: {attributes:?}"));
        assert!(get("name").is_some(), "{page}: a field without a name: {id}");
        found.fields.push((id, tag.to_owned()));
    }
}

#[test]
fn every_page_is_well_formed_and_says_its_language() {
    let sheets = sheets();
    assert!(sheets.len() > 100);
    for sheet in &sheets {
        walk(sheet);
        let lang = format!("<html lang=\"{}\">", sheet.lang.tag());
        assert!(sheet.html.contains(&lang), "{}", sheet.name);
    }
}

#[test]
fn no_sentence_is_missing_in_either_language() {
    for sheet in sheets() {
        if let Some(at) = sheet.html.find('⟦') {
            let end = sheet.html[at..].find('⟧').map_or(sheet.html.len(), |end| at + end);
            panic!("{}: {}⟧", sheet.name, &sheet.html[at..end]);
        }
    }
}

#[test]
fn every_name_of_the_domain_has_words() {
    let mut keys: Vec<String> = Vec::new();
    let mut add = |family: &str, name: &str| keys.push(format!("{family}-{name}"));
    StageKind::ALL.iter().for_each(|stage| add("stage", stage.name()));
    StageKind::ALL.iter().for_each(|stage| add("after", stage.name()));
    Class::ALL.iter().for_each(|class| add("class", class.name()));
    Said::ALL.iter().for_each(|said| add("said", said.name()));
    ForwardState::ALL.iter().for_each(|state| add("forward", state.name()));
    Channel::ALL.iter().for_each(|channel| add("channel", channel.name()));
    AnswerKind::ALL.iter().for_each(|kind| add("answer", kind.name()));
    Role::ALL.iter().for_each(|role| add("role", role.name()));
    Limit::ALL.iter().for_each(|limit| add("limit", limit.name()));
    Refusal::ALL.iter().for_each(|refusal| add("refusal", refusal.code()));
    Finding::ALL.iter().for_each(|finding| add("finding", finding.name()));
    Finding::ALL.iter().for_each(|finding| add("finding-hint", finding.name()));
    Approver::ALL.iter().for_each(|approver| add("approver", approver.name()));
    Predicate::ALL.iter().for_each(|predicate| add("predicate", predicate.name()));
    Stage::NAMES.iter().for_each(|stage| add("evaluation-stage", stage));
    Stage::NAMES.iter().for_each(|stage| add("evaluation-next", stage));
    Reason::ALL.iter().for_each(|reason| add("evaluation-reason", reason.name()));
    EvaluationFault::ALL.iter().for_each(|kind| add("evaluation-fault", kind.name()));
    PackPart::ALL.iter().for_each(|part| add("competition-part", part.name()));
    PaperKind::ALL.iter().for_each(|kind| add("paper", kind.name()));
    Placeholder::ALL.iter().for_each(|placeholder| add("placeholder", placeholder.name()));
    FaultKind::ALL.iter().for_each(|kind| add("template", kind.name()));
    Island::ALL.iter().for_each(|island| add("island", island.name()));
    OnboardingStep::ALL.iter().for_each(|step| add("onboarding-step", step.name()));
    OutreachKind::ALL.iter().for_each(|kind| add("outreach-kind", kind.name()));
    OutreachState::ALL.iter().for_each(|state| add("outreach-state", state.name()));
    for lang in Lang::ALL {
        for key in &keys {
            let about = ["line", "column", "said", "n"].map(|about| (about, "1".into()));
            let told = Words::new(lang).with(key, &[&about[..], &[("date", date(2026, 5, 12).into())]].concat());
            assert!(!told.contains('⟦'), "{told} in {}", lang.tag());
        }
    }
}

#[test]
fn every_field_has_a_label_and_every_reference_leads_somewhere() {
    for sheet in sheets() {
        let found = walk(&sheet);
        for (id, tag) in &found.fields {
            assert!(found.labelled.contains(id), "{}: <{tag} id={id}> has no label", sheet.name);
        }
        for id in found.labelled.iter().chain(&found.referred) {
            assert!(found.ids.contains(id), "{}: nothing has the id {id}", sheet.name);
        }
    }
}

#[test]
fn headings_start_with_one_h1_and_skip_no_level() {
    for sheet in sheets() {
        let found = walk(&sheet);
        assert_eq!(found.h1, 1, "{}", sheet.name);
        assert_eq!(found.headings.first(), Some(&1), "{}", sheet.name);
        for pair in found.headings.windows(2) {
            assert!(pair[1] <= pair[0] + 1, "{}: h{} after h{}", sheet.name, pair[1], pair[0]);
        }
    }
}

#[test]
fn every_form_can_be_sent_without_script() {
    for sheet in sheets() {
        let found = walk(&sheet);
        assert!(found.submits.iter().all(|submits| *submits > 0), "{}: {:?}", sheet.name, found.submits);
    }
}

#[test]
fn a_summary_of_errors_leads_to_its_fields() {
    let sheets = sheets();
    let refused: Vec<&Sheet> = sheets.iter().filter(|sheet| sheet.html.contains("id=\"slips\"")).collect();
    assert!(refused.len() >= 8);
    for sheet in refused {
        let found = walk(sheet);
        let summary = sheet.html.split("id=\"slips\"").nth(1).unwrap_or_default();
        let summary = summary.split("</ul>").next().unwrap_or_default();
        let targets: Vec<&str> = summary.split("href=\"#").skip(1).filter_map(|link| link.split('"').next()).collect();
        assert!(!targets.is_empty(), "{}", sheet.name);
        for target in targets {
            assert!(found.ids.contains(target), "{}: #{target}", sheet.name);
        }
    }
}

#[test]
fn what_was_typed_stays_and_cannot_break_out() {
    let sheets = sheets();
    let home = sheets.iter().find(|sheet| sheet.name == "home-2.id").unwrap();
    assert!(home.html.contains("Jalan &#60;rusak&#62; &#38; &#34;berlubang&#34;"));
    assert!(home.html.contains("value=\"complaint\" required checked"));
    assert!(home.html.contains("value=\"63.71\" selected"));
    let search = sheets.iter().find(|sheet| sheet.name == "reports-1.id").unwrap();
    assert!(!search.html.contains("<b>jembatan"));
}

#[test]
fn the_neutral_page_says_nothing_about_the_report() {
    let page = SealedPage::samples().swap_remove(0);
    let html = page.render().unwrap();
    for word in ["rahasia", "anonim", "verifikasi"] {
        let main = html.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        assert!(!main.to_lowercase().contains(word), "{word}");
    }
}

#[test]
fn an_officer_sees_only_forms_that_may_be_sent() {
    let pages = CasePage::samples();
    let answering = pages[0].render().unwrap();
    assert!(answering.contains("/jawaban\""));
    assert!(!answering.contains("/arsip\""));
    let nothing = pages[4].render().unwrap();
    assert!(!nothing.contains("name=\"seq\""));
    let anonymous = pages[2].render().unwrap();
    assert!(!anonymous.contains("Siti Contoh"));
}

#[test]
fn the_first_visit_is_light() {
    let html = full_home().render().unwrap();
    let parts = [html.as_str(), include_str!("../../assets/lapor.css"), include_str!("../../assets/lapor.js")];
    let raw: usize = parts.iter().map(|part| part.len()).sum();
    assert_eq!(html.matches("<option value=\"").count() - html.matches("\"></option>").count(), 2 + 38 + 514);
    assert!(raw < 130_000, "{raw} bytes before compression");
}

/// The home page with all regions.
fn full_home() -> HomePage {
    let mut page = HomePage::samples().swap_remove(0);
    let rows = |source: &'static str| source.lines().skip(1).filter_map(|line| line.split_once(','));
    let regencies = || rows(include_str!("../../../../data/region/regencies.csv"));
    page.provinces = rows(include_str!("../../../../data/region/provinces.csv"))
        .map(|(code, rest)| ChoiceGroup {
            code: code.to_owned(),
            label: rest.split(',').next().unwrap_or_default().to_owned(),
            choices: regencies()
                .filter(|(regency, _)| regency.starts_with(code))
                .map(|(regency, name)| Choice::new(regency, name))
                .collect(),
        })
        .collect();
    page.today = date(2026, 3, 18);
    page
}

/// Writes all samples to `target/pages`, to be looked at: `cargo test -p lapor-web --test it -- --ignored pages::dump`.
#[test]
#[ignore = "writes files for the eye"]
fn dump() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pages");
    std::fs::create_dir_all(root.join("assets")).unwrap();
    for name in ["lapor.css", "figures.css", "lapor.js", "icon.svg"] {
        std::fs::write(root.join("assets").join(name), web::assets::find(name).unwrap().bytes).unwrap();
    }
    let mut sheets = sheets();
    sheets_in_both("home-full", full_home(), &mut sheets);
    for sheet in sheets {
        let html = sheet.html.replace("\"/assets/", "\"assets/");
        std::fs::write(root.join(format!("{}.html", sheet.name)), html).unwrap();
    }
}
