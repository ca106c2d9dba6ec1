//! Questions that are answered by a link, without a PIN and without an account: to the reporter, which is the hold,
//! and to people outside.
//!
//! A link's secret is derived from the server's key, like a PIN: an officer can read the link again, and nothing
//! that opens it is stored.

use crate::act::again_when_overtaken;
use crate::mail::{Arg, NewLetter};
use crate::{Act, App, Done, Error, Result, Upload, View};
use domain::policy::{Action, may};
use domain::question::term_end;
use domain::report::{Command, CommandKind, EventKind, Missing, Stage};
use domain::text::{Body, Email};
use domain::time::Zone;
use domain::{Actor, AgencyId, Code, Event, Refusal, Report, ReportId, due};
use jiff::Timestamp;
use store::question::{self, Question};
use store::report::Row;
use store::{Tx, event, report, words};

/// Most questions that the page of a report tells.
const MOST_TOLD: u32 = 30;
/// Signs of a link's secret: 128 bits.
const SECRET: usize = 32;

/// A question to somebody outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    pub text: Body,
    /// Who is asked, as the officer calls them.
    pub recipient: String,
    /// Working days.
    pub days: u16,
    /// Whether the public text of the report is shown with it.
    pub shares: bool,
    /// Where the link goes by e-mail.
    pub email: Option<Email>,
}

/// How a question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionState {
    Open,
    Answered,
    /// An officer ended it, or the report went on without it.
    Ended,
    Expired,
}

/// A question as officers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub question: Question,
    pub text: String,
    pub at: Timestamp,
    pub state: QuestionState,
    /// The path of its link, while it can be answered and for those who may hand it over.
    pub link: Option<String>,
}

/// A question as the one who is asked sees it: nothing of the report but what the officer chose to share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inquiry {
    pub outsider: bool,
    /// The tracking number, for the reporter only.
    pub code: Option<Code>,
    /// Which office asks.
    pub office: AgencyId,
    pub text: String,
    pub missing: Vec<Missing>,
    pub state: QuestionState,
    pub until: Timestamp,
    pub zone: Zone,
    /// Title and text as the public reads them.
    pub shared: Option<(String, String)>,
}

/// Which question a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Token {
    report: ReportId,
    seq: u32,
}

impl App {
    /// Asks somebody outside. The link is on the report's page then.
    pub async fn ask_outsider(&self, code: Code, act: Act, ask: Ask) -> Result<Done> {
        again_when_overtaken(|| {
            let (app, act, ask) = (self.clone(), act.clone(), ask.clone());
            self.db.write(move |tx| Box::pin(async move { app.ask_in(tx, code, act, ask).await }))
        })
        .await
    }

    async fn ask_in(&self, tx: &mut Tx, code: Code, act: Act, ask: Ask) -> Result<Done> {
        let row = report::find(tx, code).await?.ok_or(Error::NotFound)?;
        let command = Command::AskOutsider { text: ask.text };
        let done = self.act_on(tx, row, Act { command, ..act }).await?;
        if !done.repeated {
            let asked = &done.row.report;
            let question = Question {
                seq: asked.seq,
                outsider: true,
                recipient: Some(ask.recipient),
                shares: ask.shares,
                until: term_end(&self.reference().rules, asked.zone, self.now(), ask.days.max(1)),
                opened_at: None,
                answered_at: None,
                ended_at: None,
            };
            question::insert(tx, asked.id, &question).await?;
            self.post_question(tx, &done, &question, ask.email).await?;
        }
        Ok(done)
    }

    /// Sends the link to whom is asked. The letter tells nothing of the report, not even its number.
    async fn post_question(&self, tx: &mut Tx, done: &Done, question: &Question, to: Option<Email>) -> Result<()> {
        let Some(to) = to else { return Ok(()) };
        let (reference, report) = (self.reference(), &done.row.report);
        let office = reference.rules.agencies.get(report.holder).map(|office| office.name.clone());
        let letter = NewLetter::now(to.as_str(), "id", "question", self.now())
            .with("office", Arg::Text(office.unwrap_or_default()))
            .with("until", Arg::Day(report.zone.day(question.until)))
            .with("link", Arg::Path(self.path(Token { report: report.id, seq: question.seq })));
        self.post(tx, letter).await.map(drop)
    }

    /// The link by which the reporter of a held report completes it, without a PIN.
    pub(crate) fn hold_link(&self, view: &View) -> Option<String> {
        let own = view.report();
        let asked = view.steps.iter().rev().find(|step| step.logged.event.kind() == EventKind::Held)?;
        let held = matches!(own.stage, Stage::Held { .. });
        held.then(|| self.path(Token { report: own.id, seq: asked.logged.seq }))
    }

    /// Keeps the questions in step with what happens to a report.
    pub(crate) async fn note_question(
        &self,
        tx: &mut Tx,
        report: &Report,
        seq: u32,
        event: &Event,
        at: Timestamp,
    ) -> Result<()> {
        match event {
            Event::Held { .. } => {
                let until = due::hold(&self.reference().rules, report, at).map_or(Timestamp::MAX, |clock| clock.due);
                let question = Question {
                    seq,
                    outsider: false,
                    recipient: None,
                    shares: false,
                    until,
                    opened_at: None,
                    answered_at: None,
                    ended_at: None,
                };
                question::insert(tx, report.id, &question).await?;
            }
            Event::Completed => question::answer_hold(tx, report.id, at).await?,
            Event::OutsiderAnswered { question } => question::answer(tx, report.id, *question, at).await?,
            Event::OutsiderEnded { question } => question::end(tx, report.id, *question, at).await?,
            _ => {}
        }
        Ok(())
    }

    /// The questions of a report, the newest first, for those who read its internal notes.
    pub async fn questions(&self, view: &View) -> Result<Vec<Asked>> {
        let reference = self.reference();
        let own = view.report();
        let allowed = |action| may(&reference.rules.agencies, &view.by, action, own);
        if !matches!(view.by, Actor::Officer { .. }) || !allowed(Action::ReadNotes) {
            return Ok(Vec::new());
        }
        let all = question::list(&mut self.db.read().await?, own.id, MOST_TOLD).await?;
        let newest = all.iter().find(|question| !question.outsider).map(|question| question.seq);
        let told = all.into_iter().filter_map(|question| {
            let step = view.steps.iter().find(|step| step.logged.seq == question.seq)?;
            let state = state(own, &question, newest, self.now());
            let hands = if question.outsider { CommandKind::AskOutsider } else { CommandKind::Hold };
            let open = state == QuestionState::Open && allowed(Action::Do(hands));
            Some(Asked {
                text: step.words.as_ref().map(|words| words.body.clone()).unwrap_or_default(),
                at: step.logged.at,
                link: open.then(|| self.path(Token { report: own.id, seq: question.seq })),
                state,
                question,
            })
        });
        Ok(told.collect())
    }

    /// Opens a link. The first time is noted. Wrong links are counted, and look like no link at all.
    pub async fn inquiry(&self, token: &str, address: &str) -> Result<Inquiry> {
        let token = self.prove_link(token, address)?;
        let (row, question, inquiry) = self.load_inquiry(token).await?;
        if question.opened_at.is_none() && inquiry.state == QuestionState::Open {
            let (id, seq, at) = (row.report.id, question.seq, self.now());
            self.db
                .write(move |tx| Box::pin(async move { Ok::<(), Error>(question::open(tx, id, seq, at).await?) }))
                .await?;
        }
        Ok(inquiry)
    }

    /// Answers by a link, once.
    pub async fn answer_inquiry(
        &self,
        token: &str,
        address: &str,
        text: Body,
        uploads: Vec<Upload>,
        key: Option<String>,
    ) -> Result<()> {
        let token = self.prove_link(token, address)?;
        let (_, question, inquiry) = self.load_inquiry(token).await?;
        if inquiry.state != QuestionState::Open {
            return Err(Refusal::QuestionEnded.into());
        }
        let (by, command) = match question.outsider {
            true => (Actor::Outsider, Command::AnswerOutside { question: question.seq, text }),
            false => (Actor::Reporter, Command::Complete { text }),
        };
        let act = Act { key, ..Act::new(by, command) }.with(uploads);
        self.act_by_id(token.report, act).await.map(drop)
    }

    async fn load_inquiry(&self, token: Token) -> Result<(Row, Question, Inquiry)> {
        let mut tx = self.db.read().await?;
        let row = report::load(&mut tx, token.report).await?.ok_or(Error::NotFound)?;
        let asked = question::load(&mut tx, token.report, token.seq).await?.ok_or(Error::NotFound)?;
        let logged = event::load(&mut tx, token.report, token.seq).await?.ok_or(Error::NotFound)?;
        let said = words::load(&mut tx, token.report, token.seq).await?;
        let all = question::list(&mut tx, token.report, MOST_TOLD).await?;
        let newest = all.iter().find(|question| !question.outsider).map(|question| question.seq);
        let shared = match asked.shares && row.report.is_public() {
            true => words::load(&mut tx, token.report, row.words_seq).await?,
            false => None,
        };
        let missing = match logged.event {
            Event::Held { missing } => missing,
            _ => Vec::new(),
        };
        let inquiry = Inquiry {
            outsider: asked.outsider,
            code: (!asked.outsider).then_some(row.code),
            office: logged.by.agency().unwrap_or(row.report.holder),
            text: said.map(|words| words.body).unwrap_or_default(),
            missing,
            state: state(&row.report, &asked, newest, self.now()),
            until: asked.until,
            zone: row.report.zone,
            shared: shared.map(|words| (words.title.unwrap_or_default(), words.body)),
        };
        Ok((row, asked, inquiry))
    }

    fn path(&self, token: Token) -> String {
        format!("/tanya/{:x}-{}-{}", token.report.0, token.seq, self.link_secret(token))
    }

    fn link_secret(&self, token: Token) -> String {
        self.keys.sign("question", &format!("{}.{}", token.report, token.seq)).chars().take(SECRET).collect()
    }

    fn prove_link(&self, typed: &str, address: &str) -> Result<Token> {
        let mut parts = typed.split('-');
        let (id, seq, secret) = (parts.next(), parts.next(), parts.next());
        let token = id
            .and_then(|id| i64::from_str_radix(id, 16).ok())
            .zip(seq.and_then(|seq| seq.parse().ok()))
            .map(|(id, seq)| Token { report: ReportId(id), seq });
        let (token, secret) = token.zip(secret).ok_or(Error::NotFound)?;
        let target = format!("question:{}:{}", token.report, token.seq);
        let fits = || crate::keys::is_same(secret, &self.link_secret(token));
        match self.attempts.guess(&target, address, fits)? {
            true => Ok(token),
            false => Err(Error::NotFound),
        }
    }
}

/// How a question stands; `newest` is the last one to the reporter, which alone belongs to the present hold.
fn state(report: &Report, question: &Question, newest: Option<u32>, now: Timestamp) -> QuestionState {
    let waits = match question.outsider {
        true => report.asked.contains(&question.seq),
        false => matches!(report.stage, Stage::Held { .. }) && newest == Some(question.seq),
    };
    match question {
        Question { answered_at: Some(_), .. } => QuestionState::Answered,
        Question { ended_at: Some(_), .. } => QuestionState::Ended,
        _ if !waits => QuestionState::Ended,
        Question { until, .. } if now > *until => QuestionState::Expired,
        _ => QuestionState::Open,
    }
}
