//! A text as the check reads it: small letters, words, sentences, blanks.

/// Words in small letters with one space between and around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plain(String);

impl Plain {
    pub fn of(text: &str) -> Plain {
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        Plain(format!(" {} ", words.join(" ")))
    }

    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.split_whitespace()
    }

    /// Characters, without the space around.
    pub fn length(&self) -> usize {
        self.0.trim().chars().count()
    }

    /// Whether whole words stand in it, one after the other.
    pub fn says(&self, phrase: &str) -> bool {
        self.0.contains(&format!(" {phrase} "))
    }

    /// Whether another text stands in it.
    pub fn has(&self, other: &Plain) -> bool {
        self.0.contains(&other.0)
    }
}

/// The sentences of a text; a point inside a number ends none.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let before_space = rest.peek().is_none_or(|(_, next)| next.is_whitespace());
        if c == '\n' || (matches!(c, '.' | '!' | '?' | ';') && before_space) {
            parts.push(&text[start..at]);
            start = at + c.len_utf8();
        }
    }
    parts.push(&text[start..]);
    parts.retain(|part| part.contains(char::is_alphanumeric));
    parts
}

/// The words of greetings, thanks and signatures.
const COURTESY: &str = " terima terimakasih kasih banyak atas laporan laporannya laporanya pelaporan yang telah sudah disampaikan menyampaikan \
    sampaikan melaporkan anda bapak ibu bpk bapa pak bu sdr sdri saudara saudari saudaraku pelapor kepada kami yth yang terhormat selamat pagi siang sore \
    malam salam sehat hangat assalamualaikum assalamu alaikum waalaikumsalam wassalamualaikum wassalam warahmatullahi wabarakatuh wr wb hormat \
    demikian untuk perhatian perhatiannya partisipasi partisipasinya informasi informasinya aduan aduannya pengaduan pengaduannya masukan masukannya \
    saran sarannya kritik kritiknya mohon maaf ketidaknyamanan ketidaknyamanannya dan sp4n lapor layanan warga masyarakat menggunakan om swastiastu \
    shalom semoga bermanfaat kepercayaan kepercayaannya kerja sama kerjasamanya kesabaran kesabarannya ini ";

/// Whether a sentence only greets, thanks or signs.
pub(super) fn is_courtesy(sentence: &Plain) -> bool {
    let others = sentence.words().filter(|word| !COURTESY.contains(&format!(" {word} "))).count();
    others == 0 || (others == 1 && sentence.words().count() >= 4)
}

/// How many words say something.
pub(super) fn substance(text: &str) -> usize {
    let said = sentences(text).into_iter().map(Plain::of).filter(|sentence| !is_courtesy(sentence));
    said.map(|sentence| sentence.words().count()).sum()
}

/// A blank that was not filled in: `{nomor}`, `[tanggal pengerjaan]`, `____`, `....`, `xxx`.
pub(super) fn blank(text: &str) -> Option<String> {
    let bracketed = |open: char, close: char| {
        text.match_indices(open).find_map(|(at, _)| {
            let inner = &text[at + 1..];
            let inner = &inner[..inner.find(close)?];
            let words = inner.chars().filter(|c| c.is_alphabetic()).count() >= 3;
            let short = inner.chars().count() <= 60 && !inner.contains('\n');
            (words && short).then(|| format!("{open}{inner}{close}"))
        })
    };
    let run = |c: char, least: usize| {
        let wanted: String = std::iter::repeat_n(c, least).collect();
        text.contains(&wanted).then_some(wanted)
    };
    let crosses = |word: &&str| word.len() >= 3 && word.chars().all(|c| matches!(c, 'x' | 'X'));
    let crossed = text.split(|c: char| !c.is_alphanumeric()).find(crosses);
    let dated = ["dd/mm", "DD/MM", "tgl/bln", "hh-bb-tttt"].into_iter().find(|form| text.contains(form));
    bracketed('{', '}')
        .or_else(|| bracketed('[', ']'))
        .or_else(|| run('_', 3))
        .or_else(|| run('.', 5))
        .or_else(|| run('…', 2))
        .or_else(|| crossed.map(str::to_owned))
        .or_else(|| dated.map(str::to_owned))
}
