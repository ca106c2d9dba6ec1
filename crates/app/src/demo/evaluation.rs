//! A half year that is frozen, and an evaluation that an agency has handed in for it: a supervisor has something to verify.

use super::office::account;
use crate::evaluation::EvaluationStep;
use crate::{App, Error, Freezing, Result, Upload, seat};
use domain::AgencyId;
use domain::evaluation::{Act, Draft};
use domain::oversight::Semester;
use std::collections::BTreeMap;

const KALSEL: AgencyId = AgencyId(630_000);
const HALF: &str = "2023-2";
/// The key under which it is handed in.
const KEY: &str = "demo";

/// What the agency answers, and says about it. All of it is invented.
const ANSWERS: [(&str, &str, &str); 11] = [
    ("work_plan", "planned", "Kegiatan dan jadwalnya ada dalam rencana kerja Dinas Kominfo."),
    ("budget", "own", "Sub kegiatan pengelolaan pengaduan, tiga tahun berturut-turut."),
    ("targets", "reviewed", "Target dibahas pada rapat semester bersama semua dinas."),
    ("decree", "all", "SK tim koordinasi memuat pejabat penghubung setiap dinas."),
    ("procedure", "reviewed", "SOP ditinjau kembali tahun lalu."),
    ("officers", "all", ""),
    ("training", "some", "Dua angkatan bimbingan teknis; dinas yang baru belum ikut."),
    ("public", "both", "Spanduk di loket layanan dan video pendek di media sosial."),
    ("inside", "meeting", "Rapat koordinasi setiap semester."),
    ("connected", "connected", "Aplikasi pengaduan provinsi sudah terhubung."),
    ("offline", "counter", ""),
];

/// Freezes the half year and hands the evaluation in; what was done before is not done again.
pub(super) async fn hand_in(app: &App) -> Result<()> {
    let semester = Semester::parse(HALF).ok_or_else(|| Error::Broken(HALF.to_owned()))?;
    let national = seat(&account(app, "nasional").await?);
    if !matches!(app.freeze(&national, semester).await?, Freezing::Frozen | Freezing::Was) {
        return Ok(());
    }
    let chief = seat(&account(app, "kalsel").await?);
    if app.evaluation(&chief, (semester, KALSEL)).await?.seq > 0 {
        return Ok(());
    }
    let mut uploads = Vec::new();
    for (question, _, note) in ANSWERS {
        uploads.push((question.to_owned(), evidence(app, question, note).await?));
    }
    let draft = |(question, choice, note): (&str, &str, &str)| {
        (question.to_owned(), Draft { choice: Some(choice.to_owned()), note: note.to_owned() })
    };
    let drafts: BTreeMap<String, Draft> = ANSWERS.into_iter().map(draft).collect();
    let acts = vec![Act::Save(drafts), Act::Submit];
    let step = EvaluationStep { seen: 0, key: KEY.to_owned(), acts, uploads, dropped: None };
    let done = app.evaluate(&chief, (semester, KALSEL), step).await?;
    done.map_err(|faults| Error::Broken(format!("the evaluation of the demo: {faults:?}")))
}

async fn evidence(app: &App, question: &str, note: &str) -> Result<Upload> {
    let mut incoming = app.receive().await?;
    incoming.push(&paper(&format!("Contoh bukti untuk peragaan: {question}. {note}"))).await?;
    app.keep(incoming, &format!("contoh-{question}.pdf")).await
}

/// A paper of one line, in plain letters.
fn paper(line: &str) -> Vec<u8> {
    let plain: String = line.chars().filter(|c| c.is_ascii() && !"()\\".contains(*c)).collect();
    let text = format!("BT /F1 11 Tf 56 780 Td ({plain}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
            /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let (mut file, mut places) = ("%PDF-1.4\n".to_owned(), String::new());
    for (n, object) in objects.iter().enumerate() {
        places.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file.push_str(&format!("xref\n0 {size}\n0000000000 65535 f \n{places}"));
    file.push_str(&format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    file.into_bytes()
}
