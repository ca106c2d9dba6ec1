//! What one transaction writes about a command: the state, the events that explain it, their words,
//! the counters, the notices and the jobs that follow.

use crate::jobs;
use crate::timing::timing;
use crate::{App, Error, Result, Upload, attach, drafts, duties, problems};
use domain::agency::AgencyTree;
use domain::matter::gives;
use domain::report::{Command, evolve};
use domain::{Actor, AgencyId, Event, Report, Role, due};
use jiff::Timestamp;
use store::event::Logged;
use store::report::{ClientKey, Row};
use store::words::Words;
use store::{Tx, consent, counter, doubt, event, matter, near, notice, report, words};

/// A decided command, ready to be written.
pub(crate) struct Decided<'a> {
    pub by: Actor,
    pub at: Timestamp,
    pub command: &'a Command,
    pub events: Vec<Event>,
    /// What was written, each with the place of its event among the events.
    pub said: Vec<(usize, Words)>,
    /// The client's key, kept with the first event.
    pub key: Option<ClientKey>,
    pub uploads: Vec<(i64, Upload)>,
    /// An answer that came from another report about the same matter.
    pub shared: bool,
}

impl App {
    /// Writes a decided command. Returns the row as it is now.
    pub(crate) async fn record(&self, tx: &mut Tx, was: Row, decided: Decided<'_>) -> Result<Row> {
        let Decided { by, at, command, events, said, key, uploads, shared } = decided;
        let reference = self.reference();
        let first_seq = was.report.seq + 1;
        let now = events.iter().fold(was.report.clone(), |report, event| evolve(report, at, event));
        let rewritten = matches!(command, Command::Rewrite { .. });
        let row = Row {
            words_seq: if rewritten { first_seq } else { was.words_seq },
            root: reference.rules.agencies.root_of(now.holder),
            report: now,
            ..was.clone()
        };
        if !report::update(tx, &row, was.report.seq, timing(&reference.rules, &row.report, at)).await? {
            return Err(Error::Overtaken);
        }
        drafts::put(tx, &was.report, &row).await?;
        duties::put(tx, &reference.rules, &was.report, &row.report, at).await?;
        for (seq, event) in (first_seq..).zip(&events) {
            let logged = Logged { seq, at, by, event: event.clone() };
            let key = key.as_ref().filter(|_| seq == first_seq);
            event::append(tx, row.report.id, row.report.zone, &logged, key).await?;
            self.tell(tx, &row.report, (event, by), at).await?;
            self.note_question(tx, &row.report, seq, event, at).await?;
            if *event == Event::OmbudsmanAccepted {
                consent::insert(tx, row.report.id, at).await?;
            }
        }
        self.send_on(tx, &was.report, &row.report, (first_seq, &events), at).await?;
        self.tell_reporter(tx, &row, &by, (first_seq, &events), at).await?;
        self.tell_followers(tx, &row, (first_seq, &events), at).await?;
        self.tell_systems(tx, &was.report, &row, &events, at).await?;
        self.tell_partner(tx, &was.report, &row.report).await?;
        for (seq, n) in (first_seq..).zip(0..events.len()) {
            for (_, words) in said.iter().filter(|(place, _)| *place == n) {
                words::insert(tx, row.report.id, seq, words).await?;
            }
        }
        attach::record(tx, &row.report, first_seq, at, &uploads).await?;
        if was.report.matter != row.report.matter {
            matter::place(tx, row.report.id, row.report.matter).await?;
        }
        problems::place(tx, &was.report, &row.report).await?;
        if was.report.is_undecided() && !row.report.is_undecided() {
            doubt::settle(tx, row.report.id, None, at).await?;
        }
        if matches!(command, Command::Answer { .. }) && !shared && row.report.matter.is_some() && gives(&was.report) {
            jobs::share_answer::enqueue(tx, self.id(), row.report.id, first_seq, at).await?;
        }
        if was.report.category != row.report.category {
            near::reclassify(tx, &row.report).await?;
        }
        counter::shift(tx, counter::Key::of(&was.report), counter::Key::of(&row.report), row.report.id.0);
        if is_findable(&was.report, &row.report, &events) {
            jobs::index_report::enqueue(tx, self.id(), row.report.id, at).await?;
        }
        Ok(row)
    }

    /// Tells the offices that should know of an event; an event without such an office tells nobody.
    async fn tell(&self, tx: &mut Tx, report: &Report, (event, by): (&Event, Actor), at: Timestamp) -> Result<()> {
        let mut offices = offices_to_tell(&self.reference().rules.agencies, report, event);
        // What a supervisor remarks is for the office whose turn it is.
        if *event == Event::Noted && by.role() == Some(Role::Supervisor) {
            offices.push(report.holder);
        }
        if offices.is_empty() {
            return Ok(());
        }
        let data = serde_json::to_string(event).map_err(|error| Error::Broken(error.to_string()))?;
        for office in offices {
            notice::insert(tx, self.id(), office, report.id, event.kind().name(), &data, at).await?;
        }
        Ok(())
    }
}

pub(crate) fn offices_to_tell(agencies: &AgencyTree, report: &Report, event: &Event) -> Vec<AgencyId> {
    match event {
        Event::Disposed { to, .. } | Event::Returned { to, .. } => vec![*to],
        Event::Escalated { to, .. } | Event::Contested { to } => vec![*to],
        Event::Objected => due::objection_offices(agencies, report),
        Event::NameAsked { .. } => vec![agencies.national()],
        Event::NameOpened { .. } | Event::NameKept { .. } => vec![report.holder],
        Event::OmbudsmanAccepted => vec![report.holder, agencies.national()],
        Event::OutsiderAnswered { .. } => vec![report.holder],
        Event::Replied | Event::Completed | Event::Resumed | Event::Reopened => vec![report.holder],
        Event::Reminded { .. } | Event::PromiseReminded | Event::OmbudsmanOffered => vec![report.holder],
        Event::AnswerProposed { .. } if agencies.root_of(report.holder) != report.holder => {
            vec![report.holder, agencies.root_of(report.holder)]
        }
        Event::AnswerProposed { .. } | Event::AnswerSentBack { .. } => vec![report.holder],
        Event::PartAsked { office, .. } => vec![*office],
        Event::PartEscalated { to, .. } => vec![*to],
        Event::PartAnswered { .. } | Event::PartReturned { .. } => vec![report.holder],
        Event::PartReminded { part } | Event::PartWithdrawn { part } => {
            report.part(*part).map(|part| part.office).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Whether the public search would find another thing than before.
fn is_findable(was: &Report, now: &Report, events: &[Event]) -> bool {
    let changed = was.stage.kind() != now.stage.kind()
        || (was.holder, was.category, was.class) != (now.holder, now.category, now.class)
        || was.is_public() != now.is_public()
        || events.iter().any(|event| event.kind().is_change());
    changed && (was.is_public() || now.is_public())
}

/// The words that came with a command.
pub(crate) fn words_of(command: &Command) -> Option<Words> {
    let body = command.text()?.to_owned();
    let title = match command {
        Command::Rewrite { title, .. } => Some(title.as_str().to_owned()),
        _ => None,
    };
    let legal_ground = match command {
        Command::Answer { legal_ground, .. } | Command::ProposeAnswer { legal_ground, .. } => {
            legal_ground.as_ref().map(|ground| ground.as_str().to_owned())
        }
        _ => None,
    };
    Some(Words { title, body, legal_ground, ..Words::default() })
}
