//! The verbs: one function per use case.
//!
//! Only this crate opens and commits a transaction. It owns the clock, the ids and the server's key.

pub mod analyser;
pub mod clock;
pub mod courier;
pub mod demo;
pub mod doctor;
pub mod error;
pub mod fingerprint;
pub mod gate;
pub mod ids;
pub mod keys;
pub mod mail;
pub mod media;
pub mod message;
pub mod peer;
pub mod reference;
pub mod seed;
pub mod transfer;
pub mod webhook;

mod access;
mod account;
mod act;
mod advice;
mod agencies;
mod attach;
mod attempts;
mod batch;
mod brief;
mod campaign;
mod clockwork;
mod doubts;
mod drafts;
mod duties;
mod evaluation;
mod exchange;
mod extract;
mod faces;
mod factors;
mod figures;
mod handover;
mod history;
mod inbox;
mod intake;
mod list;
mod matter;
mod measures;
mod notices;
mod officers;
mod open_data;
mod oversight;
mod package;
mod papers;
mod participation;
mod partner;
mod passes;
mod presence;
mod problems;
mod qr;
mod questions;
mod reading;
mod record;
mod routing;
mod saved_filters;
mod seal;
mod seats;
mod sifted;
mod similar;
mod surge;
mod templates;
mod timing;
mod tokens;
mod view;

pub mod jobs;

pub use account::{AccountSession, KeptPage};
pub use act::{Act, Done, Supporter};
pub use advice::Heed;
pub use agencies::Edited;
pub use attach::{MOST_FILES, Upload};
pub use batch::{BatchLine, BatchView, Deed, MOST_ITEMS, Subject, UNDO_TIME};
pub use campaign::{CampaignLetter, CampaignView, NewCampaign};
pub use channel::book;
pub use channel::oidc::Settings as IdentityProvider;
pub use channel::table::TableError;
pub use clockwork::Round;
pub use doubts::DoubtPage;
pub use drafts::DraftView;
pub use duties::{DutyPage, DutyRow};
pub use error::{Conflict, Error, Result};
pub use evaluation::{
    EvaluationStep, EvaluationView, MOST_EVIDENCE, MOST_OF_QUESTION, Pack, PackFile, StorySlip, Which,
};
pub use exchange::{Given, GivenStep, MOST_GIVEN, Span, Wanted};
pub use extract::{EXTRACT_TIME, ExtractView, MOST_EXTRACTED, MOST_EXTRACTS};
pub use faces::Dressed;
pub use factors::{
    AWAY_MINUTES, Answer, Away, CHALLENGE_MINUTES, Challenge, Door, Entry, FactorSlip, Half, IdentitySlip,
    LOGIN_MINUTES, Offer, Proof, Return, Security, Waiting, has_passkeys,
};
pub use figures::Figures;
pub use handover::{HandOverOutcome, HandOverSlip, HandOverView, InheritedCase, InheritedPage, NewHandOver, Side};
pub use inbox::{InboxAsked, InboxCounts, InboxFilter, InboxPage, InboxShown, InboxView};
pub use intake::{
    CellSlip, Entered, Letter, MOST_PLACE, MOST_ROWS, PartnerLetter, RECEIPT_MINUTES, Receipt, RowOutcome, Stranger,
    TableOutcome, TakenReport, Wrong, blank_csv, blank_xlsx,
};
pub use list::{Filter, PublicPage, Summary};
pub use matter::{Matter, Member};
pub use measures::{
    Compared, Contest, Counted, CountedPage, FigureList, Freezing, GroupRow, Judged, ListPlace, MOST_GROUPS, Measured,
    MeasuredRound, Measures, Participant, Participation, PlaceUse, Question, Ranking, WrongMeasure,
};
pub use officers::{LEAST_PASSWORD, NewOfficer, Session, seat};
pub use open_data::{OpenKind, WrongRelease};
pub use oversight::{Behind, OfficeQueue, OfficeRow, OnePage, Order, Overview, PlanAct, PlanView, QueueKind};
pub use package::{Consented, Package, Term, place_in};
pub use papers::NewPaper;
pub use participation::{
    NewOutreach, NewPhoto, OnboardingList, OnboardingView, OutreachChange, OutreachList, OutreachView, PopulationFault,
    PopulationSum, StepView,
};
pub use partner::{Partner, PartnerVisit, Spent};
pub use passes::PasswordSlip;
pub use presence::FRESH;
pub use problems::{Attributed, MOST_PROBLEMS, ProblemChange, ProblemDraft, ProblemList, ProblemView};
pub use qr::Qr;
pub use questions::{Ask, Asked, Inquiry, QuestionState};
pub use routing::{Drafted, Faults, MOST_REPLAYED, RoutingBook, RowFault, RuleSets, RuleSheet, Tried, keywords};
pub use saved_filters::{FilterSlip, LONGEST_NAME, MOST_FILTERS};
pub use seats::{
    Acceptance, Change, Changed, Invited, NewInvitation, OfficeChanges, OfficeSeats, Opened, Outcome, SeatSlip,
    SeatView,
};
pub use similar::{MOST_SIMILAR, Similar};
pub use store::access::Access;
pub use store::account::Account;
pub use store::answer::AnswerTemplate;
pub use store::attachment::Attachment;
pub use store::batch::BatchState;
pub use store::campaign::{Addressee, Campaign, CampaignState};
pub use store::evaluation::{EvaluationRemark, EvaluationRow, Evidence, SignedOutcome};
pub use store::event::Logged;
pub use store::event::Told;
pub use store::extract::{ExtractRow, ExtractState};
pub use store::factor::{Factor, FactorKind, Note};
pub use store::hand_over::HandOver;
pub use store::identity::Link;
pub use store::invitation::Invitation;
pub use store::notice::Notice;
pub use store::officer::{Officer, Pass, PassKind};
pub use store::onboarding::Ticked;
pub use store::open_data::Issue;
pub use store::outreach::{Outreach, Photo as OutreachPhoto};
pub use store::paper::Paper;
pub use store::partner::{Brought, Since};
pub use store::plan::{Plan, PlanState};
pub use store::presence::Present;
pub use store::problem::{News, Problem};
pub use store::replay::{Moved, ReplayRow};
pub use store::report::{Listed, Row};
pub use store::routing::{Decision, Fits, SetRow};
pub use store::saved_filter::SavedFilter;
pub use store::seat::{Seat, Sitter};
pub use store::snapshot::Seal;
pub use store::surge::{Surge, SurgeStep};
pub use store::taking::Taking;
pub use surge::{SurgeAct, SurgeView};
pub use templates::NewTemplate;
pub use tokens::TokenSlip;
pub use view::{PartView, Step, View};

use arc_swap::ArcSwap;
use attempts::Attempts;
use brief::{Brief, Mark};
use clock::Clock;
use domain::{AgencyId, Moment, Role, UserId};
use ids::Ids;
use jiff::{SignedDuration, Timestamp};
use keys::Keys;
use reference::Reference;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Audience, Db};

/// The application: cheap to clone, shared by all requests.
#[derive(Clone)]
pub struct App {
    db: Db,
    clock: Clock,
    ids: Arc<Ids>,
    keys: Keys,
    reference: Arc<ArcSwap<Reference>>,
    figures: Arc<figures::Kept>,
    measured: Arc<oversight::Measured>,
    /// Lets only a few at once ask for figures of the past, which are made of logs.
    looking_back: Arc<tokio::sync::Semaphore>,
    thawed: Arc<measures::Thawed>,
    attempts: Arc<Attempts>,
    /// How much is let in, and what has come lately.
    rates: gate::Rates,
    gates: Arc<gate::Gates>,
    prints: Arc<gate::Prints>,
    desk: Arc<Desk>,
    /// How long reports that come in rest before a desk is read anew for them.
    rest: SignedDuration,
    files: PathBuf,
    /// How letters leave the house, where that is set up.
    mail: Option<Arc<mail::Mail>>,
    /// How short messages come and go, where that is set up.
    sms: Option<Arc<message::Sms>>,
    /// The chat services by which people write, where one is set up.
    chats: Option<Arc<message::Chats>>,
    /// How other systems are told of reports, where that is set up.
    webhooks: Option<Arc<webhook::Webhooks>>,
    /// How letters of people come in, where that is set up.
    mail_in: Option<Arc<message::MailIn>>,
    /// Which files come and go, where that is set up.
    courier: Option<Arc<courier::Courier>>,
    /// How agencies' own systems are asked; not at all in a process that only looks.
    peers: Option<Arc<peer::Peers>>,
    /// By which officers may log in, where one is set up.
    provider: Option<Arc<channel::oidc::Provider>>,
    /// The most statements that one intake of this process has run.
    intake_statements: Arc<AtomicU32>,
    /// The name under which this process claims jobs.
    process: Arc<str>,
}

/// What every page of the desk shows, see [`brief`].
#[derive(Default)]
struct Desk {
    counts: Brief<(UserId, AgencyId, Role), Option<InboxCounts>>,
    unread: Brief<AgencyId, u32>,
    /// By the digests of their cookies.
    sessions: Brief<String, Option<Officer>>,
    filters: Brief<UserId, Vec<SavedFilter>>,
    inbox: Brief<inbox::ShownKey, Arc<InboxShown>, { inbox::MOST_SHOWN }>,
}

impl App {
    /// Brings the database up to date, loads the reference data and starts.
    ///
    /// `files` is the folder for attachments, made where it is missing.
    pub async fn start(db: Db, clock: Clock, keys: Keys, files: PathBuf) -> Result<App> {
        store::migrate::migrate(&db, clock.now()).await?;
        let ids = Ids::new(rand::random());
        reference::install(&db, ids.next(clock.now()), clock.now()).await?;
        routing::install_starter(&db, &ids, clock.now()).await?;
        tokio::fs::create_dir_all(&files).await?;
        App::as_found(db, clock, keys, files).await
    }

    /// Opens what is there, and makes or changes nothing: for those who only look.
    pub async fn as_found(db: Db, clock: Clock, keys: Keys, files: PathBuf) -> Result<App> {
        let reference = Reference::load(&mut db.read().await?).await?;
        let node: u64 = rand::random();
        Ok(App {
            db,
            clock,
            ids: Arc::new(Ids::new(node)),
            keys,
            reference: Arc::new(ArcSwap::from_pointee(reference)),
            figures: Arc::default(),
            measured: Arc::default(),
            looking_back: Arc::new(tokio::sync::Semaphore::new(LOOKING_BACK)),
            thawed: Arc::default(),
            attempts: Arc::default(),
            rates: gate::Rates::default(),
            gates: Arc::default(),
            prints: Arc::default(),
            desk: Arc::default(),
            rest: SignedDuration::ZERO,
            files,
            mail: None,
            sms: None,
            chats: None,
            webhooks: None,
            mail_in: None,
            peers: None,
            courier: None,
            provider: None,
            intake_statements: Arc::default(),
            process: format!("{node:016x}").into(),
        })
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The server's key, for cookies.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The database, for `doctor` and bulk work.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// How far what officers of an audience are shown has changed.
    fn mark(&self, audience: Audience) -> Mark {
        let [done, all] = [Audience::Officers, audience].map(|audience| self.db.changes(audience));
        Mark { done, all, rest: self.rest }
    }

    /// Reports that come in rest so long at most before a desk is read anew for them; not at all without this.
    pub fn with_rest(self, rest: SignedDuration) -> App {
        App { rest, ..self }
    }

    /// Whether the database answers.
    pub async fn is_ready(&self) -> Result<bool> {
        Ok(store::catalogue::is_alive(&mut self.db.read().await?).await?)
    }

    /// Listens to what other processes change, see [`store::Db::listen`].
    pub fn listen(&self) {
        self.db.listen(&self.process);
    }

    /// Grows when everybody may be shown something else: what was read while it stayed the same may be shown again, for as
    /// long as [`App::fresh_for`] says.
    pub fn changes(&self) -> u64 {
        self.db.changes(Audience::Everybody)
    }

    /// How long what everybody may read is shown again while [`App::changes`] stays the same: clocks go on, and other
    /// processes may not be heard.
    pub fn fresh_for(&self) -> SignedDuration {
        if self.db.hears_others() { SignedDuration::from_secs(60) } else { SignedDuration::from_secs(1) }
    }

    /// The most statements that one intake of this process has run; the house allows ten.
    pub fn intake_statements(&self) -> u32 {
        self.intake_statements.load(Ordering::Relaxed)
    }

    fn id(&self) -> i64 {
        self.ids.next(self.now())
    }
}

/// Questions about the past that are answered at once.
const LOOKING_BACK: usize = 2;

/// The rules at an instant.
pub(crate) fn moment(reference: &Reference, now: Timestamp) -> Moment<'_> {
    Moment { now, rules: &reference.rules }
}
