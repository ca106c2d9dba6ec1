//! Files that show what an agency answered.

use super::step::EvaluationStep;
use super::{EvaluationView, Which};
use crate::media::{Kind, place};
use crate::{App, Error, Result};
use domain::Actor;
use domain::evaluation::{Act, Form};
use std::path::PathBuf;
use store::evaluation::Evidence;

/// Most files of one evaluation, and of one question.
pub const MOST_EVIDENCE: u32 = 60;
pub const MOST_OF_QUESTION: usize = 5;

/// The files that a step adds to those that are kept: documents and pictures, so many of a question. The same file sent again
/// for the same question is no other one.
pub(super) fn fresh(app: &App, form: &Form, kept: &[Evidence], step: &EvaluationStep) -> Result<Vec<Evidence>> {
    let mut fresh: Vec<Evidence> = Vec::new();
    if !step.acts.iter().any(|act| matches!(act, Act::Save(_) | Act::Object(_))) {
        return Ok(fresh);
    }
    for (question, upload) in &step.uploads {
        if form.asked().all(|asked| &asked.code != question) {
            return Err(Error::NotFound);
        }
        if upload.kind == Kind::Mp4.mime() {
            return Err(Error::File("evidence-film"));
        }
        let of_question = |file: &&Evidence| &file.question == question;
        let all = || kept.iter().chain(&fresh);
        if all().filter(of_question).any(|file| file.hash == upload.hash) {
            continue;
        }
        let many = all().count() >= MOST_EVIDENCE as usize;
        if many || all().filter(of_question).count() >= MOST_OF_QUESTION {
            return Err(Error::File("evidence-too-many"));
        }
        let file = Evidence {
            id: app.id(),
            question: question.clone(),
            name: upload.name.clone(),
            media: upload.kind.clone(),
            size: upload.size,
            hash: upload.hash.clone(),
            at: app.now(),
        };
        fresh.push(file);
    }
    Ok(fresh)
}

impl App {
    /// A file of an evaluation and where it lies, for those who may read the evaluation.
    pub async fn evidence(&self, by: &Actor, which: Which, id: i64) -> Result<(Evidence, PathBuf)> {
        let EvaluationView { evidence, .. } = self.evaluation(by, which).await?;
        let file = evidence.into_iter().find(|file| file.id == id).ok_or(Error::NotFound)?;
        let at = place(&file.hash).ok_or(Error::NotFound)?;
        Ok((file, self.files.join(at)))
    }
}
