//! An evaluation by named officers in their browsers, and the papers for the competition opened again.

use super::browser::{Browser, KALSEL, NATIONAL, PUPR, Page};
use super::printing::read;
use crate::world::House;
use app::{Act, keys};
use axum::body::Body;
use axum::http::Method;
use domain::report::{AnswerKind, Command};
use domain::text::Body as Words;
use domain::{Actor, AgencyId, Code, Role, UserId};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

const AT: &str = "/desk/evaluasi/2026-2/630000";
const PUBLIC: &str = "/statistik/evaluasi/2026-2";
const PAPERS: &str = "/desk/berkas-lomba/630000/2026";
const PDF: &[u8] = b"%PDF-1.7 surat keputusan, and enough of it to be told from other kinds of files";

/// The questions that an agency answers.
const ASKED: [&str; 11] = [
    "work_plan",
    "budget",
    "targets",
    "decree",
    "procedure",
    "officers",
    "training",
    "public",
    "inside",
    "connected",
    "offline",
];

/// Sends a form with files, each in a field of its own.
async fn post_files(
    browser: &mut Browser,
    path: &str,
    fields: &[(String, String)],
    files: &[(&str, &str, &[u8])],
) -> Page {
    let mut body = Vec::new();
    for (field, value) in fields {
        body.extend(format!("--x\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes());
    }
    for (field, name, bytes) in files {
        let head = format!("--x\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
        body.extend(head.bytes());
        body.extend_from_slice(bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--x--\r\n");
    browser.ask(Method::POST, path, Some("multipart/form-data; boundary=x"), Body::from(body)).await
}

/// Hidden fields that the page's main form shows now.
fn hidden(page: &Page) -> Vec<(String, String)> {
    let form = page.text().split("id=\"evaluation\"").nth(1).unwrap_or_default().to_owned();
    let value = |name: &str| {
        form.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    vec![("key".to_owned(), value("key")), ("seq".to_owned(), value("seq"))]
}

fn with(mut fields: Vec<(String, String)>, more: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    fields
}

/// The same answer to every question, but for some.
fn answers(usual: &str, others: &[(&str, &str)]) -> Vec<(String, String)> {
    let choice =
        |code: &str| others.iter().find(|(other, _)| *other == code).map_or(usual, |(_, choice)| *choice).to_owned();
    ASKED.iter().map(|code| (format!("choice-{code}"), choice(code))).collect()
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Twelve reports of the province in the second half of 2026, frozen in January.
async fn frozen(house: &House) -> (Browser, Browser) {
    let mut citizen = Browser::new(house);
    for _ in 0..12 {
        citizen.report(&[("agency", "Pemerintah Provinsi Kalimantan Selatan")]).await;
    }
    house.clock.set("2027-01-11T02:00:00Z".parse().unwrap());
    let mut supervisor = Browser::officer(house, "pengawas", Role::Supervisor, NATIONAL).await;
    supervisor.post("/desk/rekaman", &[("semester", "2026-2")]).await.is(303);
    let chief = Browser::officer(house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    (chief, supervisor)
}

both!(an_officer_answers_a_supervisor_corrects_and_everybody_reads_the_result, |house| {
    let (mut chief, mut supervisor) = frozen(&house).await;
    let list = chief.get("/desk/evaluasi").await.is(200).text();
    assert!(list.contains(AT) && list.contains(PAPERS), "{list}");
    let page = chief.get(AT).await.is(200);
    assert!(
        page.text().contains("Apakah ada surat keputusan") && page.text().contains("Sedang diisi"),
        "{}",
        page.text()
    );

    // What is missing is told beside its question, what was typed stays, and the files are kept.
    let typed = with(hidden(&page), &[("do", "submit"), ("choice-decree", "all"), ("text-decree", "SK <Nomor> 5")]);
    let refused = post_files(&mut chief, AT, &typed, &[("file-decree", "sk.pdf", PDF)]).await.is(422);
    let text = refused.text();
    assert!(text.contains("href=\"#q1\"") && text.contains("Pertanyaan 1: pilih sebuah jawaban."), "{text}");
    assert!(text.contains("SK &#60;Nomor&#62; 5") && text.contains("sk.pdf"), "{text}");
    let film = [b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".as_slice(), &[7; 4_000]].concat();
    let again = with(hidden(&refused), &[("do", "save"), ("text-budget", "Masih kami hitung.")]);
    let refused = post_files(&mut chief, AT, &again, &[("file-budget", "rapat.mp4", film.as_slice())]).await.is(422);
    assert!(
        refused.text().contains("bukan video") && refused.text().contains("Masih kami hitung."),
        "{}",
        refused.text()
    );

    let page = chief.get(AT).await.is(200);
    let all = [
        with(hidden(&page), &[("do", "submit"), ("text-decree", "SK <Nomor> 5")]),
        answers("none", &[("decree", "all"), ("connected", "unused")]),
    ]
    .concat();
    assert_eq!(post_files(&mut chief, AT, &all, &[]).await.leads(), AT);
    let page = chief.get(AT).await.is(200);
    assert!(
        page.text().contains("Evaluasi diserahkan") && page.text().contains("Menunggu verifikasi"),
        "{}",
        page.text()
    );
    let file = page.between("class=\"file\" href=\"", "\"").remove(0);
    assert_eq!(chief.get(&file).await.is(200).bytes, PDF);

    // What is incomplete goes back with a reason, and is handed in again.
    let page = supervisor.get(AT).await.is(200);
    assert!(page.text().contains("Kembalikan untuk dilengkapi"), "{}", page.text());
    let back = |text| with(hidden(&page), &[("back", text)]);
    let refused = supervisor.post(&format!("{AT}/kelengkapan"), &borrowed(&back(" "))).await.is(422).text();
    assert!(refused.contains("href=\"#back\"") && refused.contains("Tulis apa yang harus dilengkapi"), "{refused}");
    let sent = supervisor.post(&format!("{AT}/kelengkapan"), &borrowed(&back("SK tidak terbaca."))).await;
    assert_eq!(sent.leads(), AT);
    let page = chief.get(AT).await.is(200);
    assert!(page.text().contains("SK tidak terbaca.") && page.text().contains("Sedang diisi"), "{}", page.text());
    let all = [
        with(hidden(&page), &[("do", "submit"), ("text-decree", "SK <Nomor> 5")]),
        answers("none", &[("decree", "all"), ("connected", "unused")]),
    ]
    .concat();
    assert_eq!(post_files(&mut chief, AT, &all, &[]).await.leads(), AT);

    // Nobody else reads it or its evidence.
    let mut stranger = Browser::officer(&house, "bontang", Role::AgencyAdmin, 647_400).await;
    for path in [AT, file.as_str(), PAPERS] {
        let told = stranger.get(path).await.status;
        assert!(told == 404 || told == 403, "{path}: {told}");
        assert_eq!(Browser::new(&house).get(path).await.status, 303, "{path}");
    }
    stranger.post(&format!("{AT}/verifikasi"), &[]).await.is(404);
    chief.post(&format!("{AT}/verifikasi"), &[("key", "k"), ("seq", "2")]).await.is(403);
    Browser::new(&house).get(&format!("{PUBLIC}/630000")).await.is(404);

    let page = supervisor.get(AT).await.is(200);
    assert!(supervisor.get(&file).await.is(200).bytes == PDF && page.text().contains("SK &#60;Nomor&#62; 5"));
    let verdicts = answers("none", &[("decree", "outdated"), ("connected", "unused")]);
    let silent = [hidden(&page), verdicts.clone(), with(vec![], &[("text-budget", "Sudah diperiksa.")])].concat();
    let refused = supervisor.post(&format!("{AT}/verifikasi"), &borrowed(&silent)).await.is(422);
    let text = refused.text();
    assert!(text.contains("Pertanyaan 4: tulis alasannya.") && text.contains("Sudah diperiksa."), "{text}");
    let said = [hidden(&refused), verdicts, with(vec![], &[("text-decree", "Ketua tim sudah pindah.")])].concat();
    assert_eq!(supervisor.post(&format!("{AT}/verifikasi"), &borrowed(&said)).await.leads(), AT);

    let page = chief.get(AT).await.is(200);
    assert!(page.text().contains("Ketua tim sudah pindah.") && page.text().contains("18 Jan 2027"), "{}", page.text());
    let nothing = chief.post(&format!("{AT}/keberatan"), &borrowed(&hidden(&page))).await.is(422);
    assert!(nothing.text().contains("paling sedikit satu pertanyaan"), "{}", nothing.text());
    let objection = with(hidden(&page), &[("text-decree", "SK baru terbit pada Desember.")]);
    assert_eq!(
        post_files(&mut chief, &format!("{AT}/keberatan"), &objection, &[("file-decree", "baru.pdf", PDF)])
            .await
            .leads(),
        AT
    );
    let page = supervisor.get(AT).await.is(200);
    let decision = with(hidden(&page), &[("choice-decree", "agency"), ("text-decree", "Berlaku untuk induk saja.")]);
    assert_eq!(supervisor.post(&format!("{AT}/putusan"), &borrowed(&decision)).await.leads(), AT);

    result_is_open(&house).await;
});

/// What everybody finds of the finished evaluation.
async fn result_is_open(house: &House) {
    let mut citizen = Browser::new(house);
    let list = citizen.get(PUBLIC).await.is(200).text();
    assert!(list.contains("Pemerintah Provinsi Kalimantan Selatan") && list.contains("Kurang"), "{list}");
    let page = citizen.get(&format!("{PUBLIC}/630000")).await.is(200);
    for shown in [
        "SK &#60;Nomor&#62; 5",
        "Ketua tim sudah pindah.",
        "SK baru terbit pada Desember.",
        "Berlaku untuk induk saja.",
        "hasil diubah setelah keberatan",
        "laporan terlalu sedikit, tidak dihitung",
        "Formulir versi 1, rumus versi 1",
        "usulan sistem ini",
    ] {
        assert!(page.text().contains(shown), "{shown}: {}", page.text());
    }
    assert!(!page.text().contains("bukti/") && !page.text().contains("Petugas kalsel"), "evidence or names are public");
    let document = citizen.get(&format!("{PUBLIC}/630000/hasil.json")).await.is(200).text();
    let signature = citizen.get(&format!("{PUBLIC}/630000/hasil.sig")).await.is(200).bytes;
    let hex: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
    let signer = page.between("<dd class=\"address\">", "<").remove(2);
    assert!(keys::is_attested(&document, &hex, &signer));
    assert!(citizen.get(&format!("{PUBLIC}/630000/kunci.pem")).await.is(200).text().contains("PUBLIC KEY"));
    let certificate = citizen.get(&format!("{PUBLIC}/630000/sertifikat.pdf")).await.is(200);
    let (text, _) = read(house, &certificate.bytes);
    for said in [
        "predikat Kurang",
        "Versi rumus",
        format!("http://lapor.example{PUBLIC}/630000").as_str(),
        keys::digest(&document).as_str(),
    ] {
        assert!(text.replace(' ', "").contains(&said.replace(' ', "")), "{said}: {text}");
    }
    for nowhere in ["/630001", "/x", "/630000/rahasia.zip"] {
        citizen.get(&format!("{PUBLIC}{nowhere}")).await.is(404);
    }
    citizen.get("/statistik/evaluasi/kemarin").await.is(404);
    let table = citizen.get(&format!("{PUBLIC}/unduhan/tabel.csv")).await.is(200).text();
    assert!(table.contains("Pemerintah Provinsi Kalimantan Selatan,Kurang,"), "{table}");
    assert!(citizen.get(&format!("{PUBLIC}/unduhan/tabel.xlsx")).await.is(200).bytes.starts_with(b"PK"));
    for nowhere in ["/unduhan/tabel.pdf", "/unduhan/x"] {
        citizen.get(&format!("{PUBLIC}{nowhere}")).await.is(404);
    }
}

/// A finished report of the province.
async fn finished(house: &House, extra: &[(&str, &str)]) -> String {
    let agency = [("agency", "Pemerintah Provinsi Kalimantan Selatan")];
    let path = Browser::new(house).report(&[&agency[..], extra].concat()).await;
    let code = path.rsplit('/').next().unwrap().to_owned();
    let by = Actor::Officer { user: UserId(9), role: Role::NationalAdmin, agency: AgencyId(NATIONAL) };
    let answer = Command::Answer {
        kind: AnswerKind::Explained,
        text: Words::parse("Sudah kami tambal pada hari Rabu pagi.").unwrap(),
        planned_for: None,
        legal_ground: None,
        evidence: 0,
        physical: false,
    };
    let commands = [Command::Dispose { to: AgencyId(PUPR), note: None }, answer, Command::Close { text: None }];
    for command in commands {
        house.app.act(Code::parse(&code).unwrap(), Act::new(by, command)).await.unwrap();
    }
    code
}

/// The names in a packed file, with what each holds.
fn unpacked(bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut found = BTreeMap::new();
    for n in 0..archive.len() {
        let mut entry = archive.by_index(n).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        let name = entry.name().unwrap().into_owned();
        found.insert(name, bytes);
    }
    found
}

both!(the_papers_for_the_competition_hold_no_secret_and_name_what_is_missing, |house| {
    let open = finished(&house, &[("name", "Siti Contoh"), ("phone", "081200000000")]).await;
    let secret = finished(&house, &[("secret", "1"), ("text", "Kepala dinas meminta uang tiap bulan.")]).await;
    let anonymous = finished(&house, &[("anonymous", "1"), ("name", "Budi Contoh")]).await;
    let (mut chief, _) = frozen(&house).await;
    let paper = [("key", "sk"), ("kind", "procedure"), ("title", "SOP Nomor 7"), ("dated", "2026-02-03")];
    chief.post_file("/desk/instansi/630000/berkas", &paper, "sop.pdf", PDF).await.is(303);

    assert_eq!(chief.post(&format!("{PAPERS}/kisah"), &[("code", &open)]).await.leads(), PAPERS);
    for code in [secret.as_str(), anonymous.as_str(), "123", "bukan nomor"] {
        let refused = chief.post(&format!("{PAPERS}/kisah"), &[("code", code)]).await.is(422).text();
        assert!(refused.contains("Tidak ada laporan terbuka yang selesai") && refused.contains(code), "{refused}");
    }
    let page = chief.get(PAPERS).await.is(200).text();
    for shown in ["SOP Nomor 7", "Belum ada: SK pengelola pengaduan", "Belum ada: Semester 1 2026", "Semester 2 2026"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let file = chief.post(PAPERS, &[]).await.is(200);
    assert_eq!(file.header("content-type"), "application/zip");
    let found = unpacked(file.bytes);
    let names: Vec<&str> = found.keys().map(String::as_str).collect();
    let story = format!("6-kisah-sukses/01-{open}.pdf");
    for name in [
        "SHA256SUMS",
        "daftar-isi.pdf",
        "4-statistik/statistik-2026.csv",
        "4-statistik/statistik-2026.xlsx",
        story.as_str(),
    ] {
        assert!(names.contains(&name), "{name} is not in {names:?}");
    }
    assert!(names.iter().any(|name| name.starts_with("2-sop/2026-02-03-") && name.ends_with("sop.pdf")), "{names:?}");
    assert_eq!(names.len(), 6, "{names:?}");
    let told = |name: &str| read(&house, &found[name]).0;
    assert!(told(&story).contains("Sudah kami tambal pada hari Rabu pagi."), "{}", told(&story));
    let contents = told("daftar-isi.pdf");
    assert!(contents.contains("Belum ada: Laporan tahunan") && contents.contains("SOP Nomor 7"), "{contents}");
    let csv = String::from_utf8_lossy(&found["4-statistik/statistik-2026.csv"]).into_owned();
    assert!(csv.contains("Semester 2 2026"), "{csv}");
    for text in [contents, told(&story), csv] {
        for hidden in
            ["Siti Contoh", "Budi Contoh", "081200000000", "meminta uang", secret.as_str(), anonymous.as_str()]
        {
            assert!(!text.contains(hidden), "{hidden} is in {text}");
        }
    }

    chief.post(&format!("{PAPERS}/kisah-lepas"), &[("code", &open)]).await.is(303);
    let empty = unpacked(chief.post(PAPERS, &[]).await.is(200).bytes);
    assert!(empty.keys().all(|name| !name.contains(&open)), "{:?}", empty.keys());
    let mut supervisor = Browser::officer(&house, "ksp", Role::Supervisor, NATIONAL).await;
    supervisor.get(PAPERS).await.is(403);
    supervisor.post(PAPERS, &[]).await.is(403);
});
