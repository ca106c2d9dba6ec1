//! What a person wrote in a letter, without what their program repeats of the letters before, and without a signature.

/// Lines before a repeated letter, between signs like `-----`.
const DIVIDERS: [&str; 8] = [
    "original message",
    "pesan asli",
    "forwarded message",
    "begin forwarded message:",
    "pesan terusan",
    "pesan yang diteruskan",
    "reply message",
    "balasan",
];
/// Names of fields that stand before a repeated letter.
const FROM: [&str; 2] = ["from:", "dari:"];
const BESIDE: [&str; 12] = [
    "sent:",
    "dikirim:",
    "terkirim:",
    "date:",
    "tanggal:",
    "to:",
    "kepada:",
    "ke:",
    "cc:",
    "subject:",
    "subjek:",
    "perihal:",
];
/// What programs of telephones write below a letter.
const ADVERTS: [&str; 10] = [
    "sent from ",
    "dikirim dari ",
    "terkirim dari ",
    "dikirim melalui ",
    "get outlook for ",
    "dapatkan outlook untuk ",
    "unduh outlook untuk ",
    "sent via ",
    "yahoo mail:",
    "diunduh dari ",
];
/// An advert is a short line.
const LONGEST_ADVERT: usize = 70;
/// The lines over which "On …, somebody wrote:" is broken.
const MOST_LINES: usize = 4;

/// The new part of a text.
pub(super) fn cut(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let end = (0..lines.len()).find(|at| ends_here(&lines, *at)).unwrap_or(lines.len());
    let mut own: Vec<&str> = Vec::new();
    for line in &lines[..end] {
        match is_quoted(line) {
            true => drop_attribution(&mut own),
            false => own.push(line),
        }
    }
    drop_attribution(&mut own);
    drop_rules(&mut own);
    drop_adverts(&mut own);
    tidy(&own.join("\n"))
}

/// A text whose signs of quotation are gone: for a letter that somebody passes on.
pub(super) fn bare(text: &str) -> String {
    tidy(&text.lines().map(|line| line.trim_start_matches(['>', ' ']).trim_end()).collect::<Vec<_>>().join("\n"))
}

fn is_quoted(line: &str) -> bool {
    line.starts_with('>')
}

/// Whether all that follows was written before, or is a signature.
fn ends_here(lines: &[&str], at: usize) -> bool {
    let line = lines[at];
    // The sign before a signature (RFC 3676); it lost the space at its end.
    line == "--" || is_divider(line) || is_head(&lines[at..]) || is_unmarked(lines, at)
}

fn is_divider(line: &str) -> bool {
    let bare = line.trim_matches(['-', '_', '*', ' ']).to_lowercase();
    let marked = line.starts_with("--") || line.starts_with("__") || bare.ends_with(':');
    marked && DIVIDERS.contains(&bare.as_str())
}

/// `From: … Sent: … To: … Subject: …`, as Outlook puts it before a letter.
fn is_head(lines: &[&str]) -> bool {
    let name = |line: &str| line.trim_matches(['*', ' ']).to_lowercase().replace("*:", ":");
    let begins = |line: &str, names: &[&str]| names.iter().any(|known| name(line).starts_with(known));
    let Some(first) = lines.first() else { return false };
    begins(first, &FROM) && lines.iter().skip(1).take(5).filter(|line| begins(line, &BESIDE)).count() >= 2
}

/// "Pada …, … menulis:" with an unmarked letter behind it. Where marked lines follow, somebody may answer between them.
fn is_unmarked(lines: &[&str], at: usize) -> bool {
    let length = attribution(&lines[at..]);
    let after = lines[at..].iter().skip(length).find(|line| !line.is_empty());
    length > 0 && after.is_some_and(|line| !is_quoted(line))
}

/// How many lines an attribution has that begins here; 0 where none does.
fn attribution(lines: &[&str]) -> usize {
    let begins = |line: &str| {
        let line = line.to_lowercase();
        ["on ", "pada ", "le ", "am "].iter().any(|word| line.starts_with(word))
    };
    if !lines.first().is_some_and(|line| begins(line)) {
        return 0;
    }
    let ends = |line: &&str| {
        let line = line.to_lowercase();
        ["wrote:", "menulis:", "menulis :", "tulis:"].iter().any(|word| line.ends_with(word))
    };
    let length = lines.iter().take(MOST_LINES).take_while(|line| !line.is_empty()).position(ends);
    length.map_or(0, |last| last + 1)
}

/// Takes the attribution away that stands at the end.
fn drop_attribution(own: &mut Vec<&str>) {
    let filled = own.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
    for begin in (filled.saturating_sub(MOST_LINES)..filled).rev() {
        if begin + attribution(&own[begin..filled]) == filled {
            return own.truncate(begin);
        }
    }
}

/// Takes the line away that Outlook draws before a letter.
fn drop_rules(own: &mut Vec<&str>) {
    while own.last().is_some_and(|line| line.is_empty() || line.len() >= 5 && line.chars().all(|sign| sign == '_')) {
        own.pop();
    }
}

fn drop_adverts(own: &mut Vec<&str>) {
    while let Some(last) = own.last() {
        let line = last.trim_matches(['[', '(', '<', ' ']).to_lowercase();
        let advert = line.chars().count() <= LONGEST_ADVERT && ADVERTS.iter().any(|begin| line.starts_with(begin));
        // A line on its own is all that somebody said.
        if !(line.is_empty() || (advert && own.len() > 1)) {
            return;
        }
        own.pop();
    }
}

/// At most one empty line between others.
fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        if !(line.trim().is_empty() && lines.last().is_none_or(|before| before.trim().is_empty())) {
            lines.push(line.trim_end());
        }
    }
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_program_repeats_is_cut_as_each_program_does_it() {
        for (program, text) in [
            (
                "Gmail",
                "Ya\n\nPada Kam, 26 Nov 2026 pukul 10.00 Lapor <lapor@contoh.go.id> menulis:\n\n> Selamat pagi,\n> jawaban sudah ada.\n",
            ),
            (
                "Gmail, broken over lines",
                "Ya\n\nOn Thu, Nov 26, 2026 at 10:00 AM Lapor\n<lapor@contoh.go.id> wrote:\n\n> Good morning,\n>\n> it is answered.\n",
            ),
            (
                "Gmail without marks",
                "Ya\n\nOn Thu, Nov 26, 2026 at 10:00 AM Lapor <lapor@contoh.go.id> wrote:\n\nGood morning,\nit is answered.\n",
            ),
            (
                "Outlook",
                "Ya\n\n________________________________\nFrom: Lapor <lapor@contoh.go.id>\nSent: Thursday, 26 November 2026 10.00\nTo: Siti\nSubject: Laporan\n\nSelamat pagi",
            ),
            (
                "Outlook in Indonesian",
                "Ya\n\nDari: Lapor\nDikirim: Kamis\nKepada: Siti\nSubjek: Laporan\n\nSelamat pagi",
            ),
            ("Outlook of old", "Ya\n\n-----Original Message-----\nFrom: Lapor\nSelamat pagi"),
            (
                "a telephone",
                "Ya\n\nDikirim dari iPhone saya\n\n> Pada 26 Nov 2026, pukul 10.00, Lapor <lapor@contoh.go.id> menulis:\n>\n> Selamat pagi\n",
            ),
            (
                "Outlook for a telephone",
                "Ya\n\nDapatkan Outlook untuk Android\n________________________________\nDari: Lapor\nTanggal: Kamis\nKepada: Siti\nPerihal: x\n",
            ),
            ("a signature", "Ya\n\n-- \nSiti Contoh\nJalan Melati 5\n"),
        ] {
            assert_eq!(cut(text), "Ya", "{program}");
        }
    }

    #[test]
    fn an_answer_between_the_lines_stays() {
        let text = "Pada Kamis, Lapor menulis:\n> Sudah selesai?\nBelum.\n> Sejak kapan?\nSejak kemarin.\n";
        assert_eq!(cut(text), "Belum.\nSejak kemarin.");
    }

    #[test]
    fn a_story_is_no_quotation() {
        for story in [
            "Pada hari Senin lampu padam.\nWarga menulis surat, tidak dijawab.",
            "Dari: warga RT 5\n\nJalan kami rusak sejak lama.",
            "Barang dikirim dari pelabuhan dan hilang.\nTolong ditelusuri oleh petugas yang berwenang.",
            "Dikirim dari pelabuhan",
        ] {
            assert_eq!(cut(story), story);
        }
    }

    #[test]
    fn a_letter_that_is_passed_on_is_read_without_its_marks() {
        assert_eq!(bare("> > Jalan rusak\n>\n>\n> di Kota"), "Jalan rusak\n\ndi Kota");
    }

    proptest! {
        #[test]
        fn nothing_is_made_up(text in "(>|On |wrote:|--|From: |To: |Date: | |\n|[a-z]){0,60}") {
            let own = cut(&text);
            prop_assert!(own.lines().all(|line| text.lines().any(|known| known.trim_end() == line || known.trim() == line)));
        }
    }
}
