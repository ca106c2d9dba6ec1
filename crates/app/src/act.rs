//! The one shape of every command: begin → load → decide → fold → record → commit.

use crate::keys::digest;
use crate::record::{Decided, words_of};
use crate::{App, Conflict, Error, Heed, Result, Upload, drafts, moment};
use domain::check;
use domain::policy::{Action, may};
use domain::report::{Command, CommandKind, decide};
use domain::{Actor, Code, Event, Refusal, ReportId};
use jiff::Timestamp;
use store::report::{ClientKey, Row};
use store::words::Words;
use store::{Tx, event, likeness, report, seat, support};

/// A command on its way to a report.
#[derive(Debug, Clone)]
pub struct Act {
    pub by: Actor,
    pub command: Command,
    /// The version that the person saw; a report that moved on since is a [`Conflict::Stale`].
    pub seen: Option<u32>,
    /// The client's own key; the same key does nothing twice.
    pub key: Option<String>,
    pub uploads: Vec<Upload>,
    /// Only for support.
    pub supporter: Option<Supporter>,
    /// When an older system did it; now otherwise.
    pub at: Option<Timestamp>,
    /// Whether an answer is checked first.
    pub heed: Heed,
    /// An answer that was given to another report about the same matter; from here it goes no further.
    pub shared: bool,
}

impl Act {
    /// A digest of what is asked, to tell a repetition from another wish under the same key.
    fn fingerprint(&self) -> String {
        let files: Vec<&str> = self.uploads.iter().map(|upload| upload.hash.as_str()).collect();
        digest(&format!("{:?}{files:?}", self.command))
    }

    /// A command without files, keys and versions.
    pub fn new(by: Actor, command: Command) -> Act {
        Act {
            by,
            command,
            seen: None,
            key: None,
            uploads: Vec::new(),
            supporter: None,
            at: None,
            heed: Heed::Unasked,
            shared: false,
        }
    }
}

/// What tells one supporter from another; only a digest under the server's key is kept of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supporter {
    pub address: String,
    /// The name that the browser gives itself.
    pub agent: String,
}

/// How a report is named.
#[derive(Clone, Copy)]
enum Target {
    Code(Code),
    Id(ReportId),
}

/// What a command came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    pub row: Row,
    /// It had been done before under the same key.
    pub repeated: bool,
}

impl App {
    /// Does a command to the report with a tracking number. When this returns, it is on disk.
    ///
    /// Support is limited for each address.
    pub async fn act(&self, code: Code, act: Act) -> Result<Done> {
        if let Some(Supporter { address, .. }) = &act.supporter {
            self.attempts.note(&format!("support:{address}:{code}"), address)?;
        }
        self.act_at(Target::Code(code), vec![act]).await
    }

    /// Does several commands to a report, all or none of them; what is so already is passed over.
    pub async fn act_together(&self, code: Code, acts: Vec<Act>) -> Result<Done> {
        self.act_at(Target::Code(code), acts).await
    }

    /// Does a command of the system to a report.
    pub(crate) async fn act_by_id(&self, id: ReportId, act: Act) -> Result<Done> {
        self.act_at(Target::Id(id), vec![act]).await
    }

    async fn act_at(&self, target: Target, acts: Vec<Act>) -> Result<Done> {
        let kind = acts.last().map(|act| act.command.kind());
        let done = again_when_overtaken(|| {
            let (app, acts) = (self.clone(), acts.clone());
            self.db.write(move |tx| {
                Box::pin(async move {
                    let found = match target {
                        Target::Code(code) => report::find(tx, code).await?,
                        Target::Id(id) => report::load(tx, id).await?,
                    };
                    app.act_in_turn(tx, found.ok_or(Error::NotFound)?, acts).await
                })
            })
        })
        .await;
        kind.into_iter().for_each(|kind| count(kind, &done));
        done
    }

    async fn act_in_turn(&self, tx: &mut Tx, row: Row, acts: Vec<Act>) -> Result<Done> {
        let suggested = self.suggested_before(tx, &row, acts.last()).await?;
        let last = acts.len();
        let mut done = Done { row, repeated: true };
        for (n, act) in (1..).zip(acts) {
            match self.act_on(tx, done.row.clone(), act).await {
                Err(Error::Refused(Refusal::AlreadySo)) if n < last => {}
                outcome => done = outcome?,
            }
        }
        if let Some(suggested) = suggested.filter(|_| !done.repeated) {
            self.keep_decision(tx, suggested, &done.row).await?;
        }
        Ok(done)
    }

    pub(crate) async fn act_on(&self, tx: &mut Tx, row: Row, act: Act) -> Result<Done> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let kind = act.command.kind();
        let key = act.key.as_deref().map(|key| ClientKey {
            key: digest(&format!("{:?}:{}:{key}", act.by, kind.name())),
            fingerprint: act.fingerprint(),
        });
        if is_done(tx, &row, key.as_ref()).await? {
            return Ok(Done { row, repeated: true });
        }
        match Action::Do(kind) {
            does if may(agencies, &act.by, does, &row.report) => {}
            _ if may(agencies, &act.by, Action::Read, &row.report) => return Err(Error::Denied),
            _ => return Err(Error::NotFound),
        }
        let at = act.at.unwrap_or_else(|| self.now());
        if kind == CommandKind::Support && !self.is_new_supporter(tx, &row, &act, at).await? {
            return Ok(Done { row, repeated: true });
        }
        if let Some(seen) = act.seen.filter(|seen| *seen != row.report.seq)
            && event::is_moved(tx, row.report.id, seen).await?
        {
            return Err(Error::Conflict(Conflict::Stale { seq: row.report.seq }));
        }
        drafts::clear(tx, agencies, &act.by, &row, kind).await?;
        let mut command = act.command;
        if let Command::Answer { evidence, physical, .. } | Command::ProposeAnswer { evidence, physical, .. } =
            &mut command
        {
            *evidence = u8::try_from(act.uploads.len()).unwrap_or(u8::MAX);
            *physical |= row.report.category.is_some_and(|category| reference.categories.is_physical(category));
        }
        if let Command::AnswerPart { evidence, .. } = &mut command {
            *evidence = u8::try_from(act.uploads.len()).unwrap_or(u8::MAX);
        }
        if let (Command::Dispose { to, .. }, None) = (&command, act.at) {
            // What an older system did went to offices that were there then.
            let office = agencies.get(*to).filter(|office| office.is_active(row.report.zone.day(at)));
            office.ok_or(Refusal::UnknownAgency)?;
        }
        if let Command::Assign { officer: Some(id) } = command {
            let seated = seat::is_seated(tx, id, row.report.holder, self.now()).await?;
            seated.then_some(()).ok_or(Error::NotFound)?;
        }
        let mut events = decide(&moment(&reference, at), &act.by, &row.report, &command)?;
        let mut said: Vec<(usize, Words)> = words_of(&command).map(|words| (0, words)).into_iter().collect();
        let mut uploads = act.uploads;
        if let Some((words, files)) = drafts::proposed(tx, &row, &command).await? {
            said.push((0, words));
            uploads = files;
        }
        if let (Some(Event::Answered { alike, .. }), Some((_, words)), false) =
            (events.first_mut(), said.first(), act.shared)
        {
            let root = agencies.root_of(row.report.holder);
            *alike = likeness::count(tx, root, &digest(&check::likeness(&words.body)), at).await?;
        }
        if let Some(overridden) = self.heed(tx, &row, &act.heed, &command).await? {
            said.extend(reason_of(&act.heed).map(|reason| (events.len(), reason)));
            events.push(overridden);
        }
        let uploads = uploads.into_iter().map(|upload| (self.id(), upload)).collect();
        let shared = act.shared;
        let decided = Decided { by: act.by, at, command: &command, events, said, key, uploads, shared };
        let row = self.record(tx, row, decided).await?;
        Ok(Done { row, repeated: false })
    }

    /// Notes a supporter. `false` when they supported it before.
    async fn is_new_supporter(&self, tx: &mut Tx, row: &Row, act: &Act, at: Timestamp) -> Result<bool> {
        let Supporter { address, agent } = act.supporter.as_ref().ok_or(Error::Denied)?;
        let digest = self.keys.sign("support", &format!("{}\n{address}\n{agent}", row.code));
        Ok(support::insert(tx, row.report.id, &digest, at).await?)
    }
}

/// Tries a write again when another one was faster: what it does is decided anew on the newer state.
pub(crate) async fn again_when_overtaken<T, F: Future<Output = Result<T>>>(write: impl Fn() -> F) -> Result<T> {
    const TRIES: usize = 5;
    for _ in 0..TRIES {
        match write().await {
            Err(Error::Overtaken) => {}
            done => return done,
        }
    }
    Err(Error::Busy)
}

/// Whether the same person did it before under this key; also when they may no longer do it. The same key
/// for something else is a [`Conflict::KeyReused`].
async fn is_done(tx: &mut Tx, row: &Row, key: Option<&ClientKey>) -> Result<bool> {
    let Some(key) = key else { return Ok(false) };
    match event::find_by_key(tx, row.report.id, &key.key).await? {
        Some(known) if known == key.fingerprint => Ok(true),
        Some(_) => Err(Error::Conflict(Conflict::KeyReused)),
        None => Ok(false),
    }
}

fn reason_of(heed: &Heed) -> Option<Words> {
    let Heed::Despite(reason) = heed else { return None };
    Some(Words { body: reason.as_str().to_owned(), ..Words::default() })
}

fn count(kind: CommandKind, done: &Result<Done>) {
    let outcome = match done {
        Ok(_) => "done",
        Err(Error::Refused(_)) => "refused",
        Err(Error::Denied | Error::NotFound) => "denied",
        Err(Error::Conflict(_)) => "conflict",
        Err(Error::Busy | Error::Overtaken) => "busy",
        Err(_) => "broken",
    };
    metrics::counter!("lapor_commands_total", "kind" => kind.name(), "outcome" => outcome).increment(1);
}
