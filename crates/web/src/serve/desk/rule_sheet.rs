//! `/desk/aturan/{id}`: one set of routing rules, and what is done to it.

use super::{reasons, rule_form};
use crate::components::{Choice, Field, Frame, Notice, Place, Slip, Tone};
use crate::desk::{ReplayLine, RuleChoices, RuleForm, RuleLine, RuleSheetPage};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment};
use app::reference::Reference;
use app::{Conflict, Drafted, Error, Faults, Officer, ReplayRow, RowFault, RuleSheet};
use axum::extract::{Path, Query, Request};
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::region::RegionLevel;
use domain::routing::SetState;
use domain::time::Zone;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::HashMap;

/// What came back: forms as they were sent, and what is wrong with them.
#[derive(Default)]
struct Back {
    form: Option<RuleForm>,
    slips: Vec<Slip>,
    faults: Vec<Message>,
    table: String,
    days: Option<(Field, Field)>,
    notice: Option<Message>,
}

/// The set with its forms.
pub(in crate::serve) async fn show(
    visit: Visit,
    Path(id): Path<i64>,
    query: Query<HashMap<String, String>>,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let changed = query.get("aturan").and_then(|number| number.parse().ok());
    let page = page(&visit, &officer, id, changed, Back::default()).await?;
    visit.show(&page)
}

/// The set as a table.
pub(in crate::serve) async fn table(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let table = visit.web.app.export_rules(&actor(&officer), id).await.map_err(|error| Failure::of(&visit, error))?;
    let name = format!("attachment; filename=\"aturan-{id}.csv\"");
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, table).into_response())
}

/// Does what a form asks; a form that cannot be done comes back with everything that was typed.
pub(in crate::serve) async fn send(
    visit: Visit,
    Path((id, what)): Path<(i64, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let sent = Sent { visit: &visit, officer: &officer, id, form: &form };
    let done = match what.as_str() {
        "aturan" => sent.put().await,
        "hapus" | "naik" => sent.move_one(&what).await,
        "impor" => sent.import().await,
        "berlaku" => sent.activate().await,
        "buang" => sent.throw().await,
        "uji" => sent.begin_replay().await,
        _ => return Err(Failure::page(&visit, 404, None, None)),
    };
    let back = match done {
        Ok(Ok((to, told))) => return Ok((AppendHeaders([visit.told(told)]), Redirect::to(&to)).into_response()),
        Ok(Err(back)) => *back,
        Err(Error::Conflict(Conflict::Stale { .. })) => Back {
            form: Some(rule_form::come_back(&form, &[])),
            table: form.all("table").next().unwrap_or("").to_owned(),
            notice: Some(Message::new("rules-stale")),
            ..Back::default()
        },
        Err(error) => return Err(Failure::of(&visit, error)),
    };
    let status = if back.notice.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = page(&visit, &officer, id, None, back).await?;
    Ok((status, visit.show(&page)?).into_response())
}

/// A form on its way to a set.
struct Sent<'a> {
    visit: &'a Visit,
    officer: &'a Officer,
    id: i64,
    form: &'a Form,
}

/// Where it leads and what is told there, or what comes back.
type Outcome = app::Result<Result<(String, &'static str), Box<Back>>>;

impl Sent<'_> {
    fn seq(&self) -> u32 {
        self.form.get("seq").parse().unwrap_or(0)
    }

    fn here(&self) -> String {
        format!("/desk/aturan/{}", self.id)
    }

    fn after(&self, drafted: Drafted, told: &'static str) -> Result<(String, &'static str), Box<Back>> {
        drafted
            .map(|_| (self.here(), told))
            .map_err(|faults| Box::new(Back { faults: numbered(&faults), ..Back::default() }))
    }

    async fn put(&self) -> Outcome {
        let app = &self.visit.web.app;
        let rule = match rule_form::read(self.form, &app.reference(), Zone::Wib.day(app.now())) {
            Ok(rule) => rule,
            Err(wrong) => return Ok(Err(Box::new(Back { form: Some(wrong.0), slips: wrong.1, ..Back::default() }))),
        };
        let key = self.form.get("key");
        let saved = app.put_rule(&actor(self.officer), self.id, self.seq(), key, rule).await?;
        Ok(saved.map(|_| (self.here(), "done-rule")).map_err(|faults| {
            let slips: Vec<Slip> = faults
                .into_iter()
                .map(|(_, fault)| Slip { field: rule_form::field_of(fault), message: rule_form::told(fault) })
                .collect();
            Box::new(Back { form: Some(rule_form::come_back(self.form, &slips)), slips, ..Back::default() })
        }))
    }

    async fn move_one(&self, what: &str) -> Outcome {
        let (app, by, key) = (&self.visit.web.app, actor(self.officer), self.form.get("key"));
        let number = self.form.get("number").parse().unwrap_or(0);
        let done = match what {
            "naik" => app.raise_rule(&by, self.id, self.seq(), key, number).await?,
            _ => app.drop_rule(&by, self.id, self.seq(), key, number).await?,
        };
        Ok(self.after(done, "done-rule"))
    }

    async fn import(&self) -> Outcome {
        let table = self.form.all("table").find(|table| !table.trim().is_empty()).unwrap_or("");
        let (app, by) = (&self.visit.web.app, actor(self.officer));
        let back = |faults| Box::new(Back { faults, table: table.to_owned(), ..Back::default() });
        Ok(match app.import_rules(&by, self.id, self.seq(), self.form.get("key"), table).await? {
            Ok(Ok(_)) => Ok((self.here(), "done-rules-table")),
            Ok(Err(faults)) => Err(back(numbered(&faults))),
            Err(faults) => Err(back(faults.iter().map(cell).collect())),
        })
    }

    async fn activate(&self) -> Outcome {
        let (app, by) = (&self.visit.web.app, actor(self.officer));
        let done = app.activate_rules(&by, self.id, self.seq(), self.form.get("key")).await?;
        Ok(self.after(done, "done-rules-active"))
    }

    async fn throw(&self) -> Outcome {
        self.visit.web.app.drop_draft(&actor(self.officer), self.id, self.seq()).await?;
        Ok(Ok(("/desk/aturan".to_owned(), "done-rules-thrown")))
    }

    async fn begin_replay(&self) -> Outcome {
        let day = |name: &str| self.form.get(name).parse::<Date>().ok();
        let field = |name: &str, good: bool| match good {
            true => Field::of(self.form.get(name)),
            false => Field::wrong(self.form.get(name), Message::new("slip-date")),
        };
        match (day("first_day"), day("last_day")) {
            (Some(first), Some(last)) if first <= last => {
                let id = self.visit.web.app.begin_replay(&actor(self.officer), self.id, first, last).await?;
                Ok(Ok((format!("/desk/uji-aturan/{id}"), "done-replay")))
            }
            (first, last) => {
                let ordered = first.is_none() || last.is_none() || first <= last;
                let days = (field("first_day", first.is_some()), field("last_day", last.is_some() && ordered));
                Ok(Err(Box::new(Back { days: Some(days), ..Back::default() })))
            }
        }
    }
}

fn numbered(faults: &Faults) -> Vec<Message> {
    let told = |(number, fault): &(u32, domain::routing::Fault)| {
        Message::new("rule-fault-at")
            .with("number", *number)
            .with("fault", crate::words::Value::Key(format!("rule-fault-{}", fault.name())))
    };
    faults.iter().take(20).map(told).collect()
}

fn cell(fault: &RowFault) -> Message {
    Message::new("rule-table-fault").with("line", fault.line).with("column", fault.column.clone())
}

async fn page(
    visit: &Visit,
    officer: &Officer,
    id: i64,
    changed: Option<u32>,
    back: Back,
) -> Result<RuleSheetPage, Failure> {
    let app = &visit.web.app;
    let sheet = app.rule_sheet(&actor(officer), id).await.map_err(|error| Failure::of(visit, error))?;
    let reference = app.reference();
    let today = Zone::Wib.day(app.now());
    let chosen = changed.and_then(|number| sheet.rules.iter().find(|rule| rule.number == number));
    let form = back.form.or_else(|| chosen.map(|rule| rule_form::of(rule, &reference))).unwrap_or_default();
    let frame = visit.desk(officer, Place::Rules).await?;
    let stale = back.notice.map(|message| Notice { tone: Tone::Wait, message });
    let (first_day, last_day) = back.days.unwrap_or_else(|| {
        let month_ago = today.checked_sub(30.days()).unwrap_or(today);
        (Field::of(&month_ago.to_string()), Field::of(&today.to_string()))
    });
    let draft = sheet.row.state == SetState::Draft;
    Ok(RuleSheetPage {
        w: visit.words,
        frame: Frame { notice: stale.or(frame.notice.clone()), ..frame },
        id,
        version: sheet.row.version,
        state: sheet.row.state,
        seq: sheet.row.seq,
        key: visit.fresh_key(),
        rules: lines(&reference, &sheet),
        form,
        slips: back.slips,
        faults: back.faults,
        table: back.table,
        choices: if draft { choices(&reference, officer, today) } else { RuleChoices::default() },
        replays: sheet.replays.iter().map(replay).collect(),
        first_day,
        last_day,
    })
}

fn lines(reference: &Reference, sheet: &RuleSheet) -> Vec<RuleLine> {
    let line = |rule: &domain::routing::Rule| RuleLine {
        number: rule.number,
        conditions: reasons::conditions(reference, rule),
        outcomes: reasons::outcomes(reference, rule),
        note: rule.note.clone(),
        faults: sheet
            .faults
            .iter()
            .filter(|(number, _)| *number == rule.number)
            .map(|(_, fault)| rule_form::told(*fault))
            .collect(),
    };
    sheet.rules.iter().map(line).collect()
}

fn choices(reference: &Reference, officer: &Officer, today: Date) -> RuleChoices {
    let regions = reference.regions.below(None).flat_map(|(province, name)| {
        let below = reference.regions.below(Some(province)).filter(|(code, _)| code.level() == RegionLevel::Regency);
        std::iter::once(Choice::new(province, name)).chain(below.map(|(code, name)| Choice::new(code, name)))
    });
    let agencies = &reference.rules.agencies;
    let offices =
        agencies.iter().filter(|agency| agencies.within(agency.id, officer.agency) && agency.is_active(today));
    RuleChoices {
        regions: regions.collect(),
        categories: reference.categories.valid_on(today).map(|node| Choice::new(node.id, &node.name)).collect(),
        offices: offices.map(|agency| Choice::new(&agency.name, &agency.name)).collect(),
    }
}

fn replay(row: &ReplayRow) -> ReplayLine {
    ReplayLine {
        id: row.id,
        first_day: row.first_day,
        last_day: row.last_day,
        begun: Moment::of(row.started_at, Zone::Wib),
        running: row.ended_at.is_none(),
        cases: row.sum.cases,
        moved: row.sum.moved,
    }
}
