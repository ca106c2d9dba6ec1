use super::*;

fn one(word: &str) -> String {
    let mut found = terms(word);
    assert_eq!(found.len(), 1, "{word} → {found:?}");
    found.remove(0)
}

fn found_by(text: &str, query: &str) -> bool {
    let text = terms(text);
    let query = query_terms(query);
    !query.is_empty() && query.iter().all(|term| text.contains(term))
}

#[test]
fn a_question_about_a_hole_finds_the_hole() {
    assert!(found_by("Jalan lubang di depan pasar", "jalannya berlubang"));
    assert!(found_by("Jalannya BERLUBANG parah sekali!", "jalan lubang"));
    assert!(!found_by("Jalan gelap tanpa lampu", "jalan berlubang"));
}

#[test]
fn words_of_one_root_share_a_term() {
    let families = [
        "jalan jalannya jalanan berjalan perjalanan dijalankan jalan2",
        "lubang berlubang lubangnya melubangi dilubangi",
        "rusak kerusakan merusak dirusak rusaknya",
        "baik perbaikan diperbaiki memperbaiki perbaiki",
        "lampu lampunya",
        "terang penerangan menerangi",
        "tutup menutup ditutup penutupan tertutup",
        "layan melayani pelayanan layanan dilayani",
        "lapor laporan melapor melaporkan dilaporkan pelapor",
        "kirim mengirim dikirim pengiriman",
        "keluh keluhan mengeluh mengeluhkan keluhannya",
        "keluar mengeluarkan dikeluarkan pengeluaran keluarkan",
        "kembali mengembalikan pengembalian dikembalikan",
        "kerja bekerja pekerjaan mengerjakan pengerjaan kerjakan dikerjakan",
        "kurang kekurangan mengurangi dikurangi",
        "kelola pengelola pengelolaan mengelola dikelola",
        "tunggu menunggu ditunggu",
        "timbun menimbun timbunan ditimbun",
        "tumpuk menumpuk tumpukan tumpukannya",
        "tindak tindakan menindak ditindak",
        "tambang penambangan pertambangan menambang",
        "tipu menipu penipu penipuan ditipu tertipu",
        "terima menerima diterima penerima penerimaan",
        "minta meminta permintaan diminta",
        "masuk memasukkan masukan memasuki dimasukkan",
        "macet kemacetan memacetkan",
        "nilai menilai penilaian dinilai",
        "sekolah sekolahnya bersekolah",
        "adu mengadu pengaduan aduan diadukan",
        "sumbat tersumbat menyumbat sumbatan",
        "bantu bantuan membantu dibantu",
        "putus memutus diputus pemutusan",
    ];
    for family in families {
        let roots: BTreeSet<String> = family.split(' ').map(one).collect();
        assert_eq!(roots.len(), 1, "{family} → {roots:?}");
    }
}

#[test]
fn different_things_stay_apart() {
    let pairs = [
        ("taman", "aman"),
        ("kota", "kotor"),
        ("tangan", "angin"),
        ("kasus", "asus"),
        ("takut", "akut"),
        ("menit", "titik"),
        ("air", "aliran"),
        ("jalan", "jalur"),
        ("lampu", "lampau"),
        ("penuh", "tubuh"),
    ];
    for (one_word, other) in pairs {
        assert_ne!(one(one_word), one(other), "{one_word} / {other}");
    }
}

#[test]
fn case_accents_apostrophes_and_signs_do_not_matter() {
    assert_eq!(terms("Café"), terms("cafe"));
    assert_eq!(terms("Jum’at"), terms("jumat"));
    assert_eq!(terms("JALAN-JALAN/jalan, (jalan)"), ["jalan"]);
    assert_eq!(terms("ﬁber ①②"), ["12", "fiber"]);
}

#[test]
fn stop_words_and_single_letters_say_nothing() {
    assert_eq!(query_terms("yang di ke dan x 7"), Vec::<String>::new());
    assert_eq!(query_terms("KTP di RT 05"), ["05", "ktp", "rt"]);
}

#[test]
fn only_plain_letters_and_digits_come_out() {
    let odd = "Ωmega 中文 русский <script>alert('x')</script> ' OR 1=1 -- \"NEAR\" * ^ 🚧 naïve\0";
    for term in terms(odd) {
        assert!(term.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()), "{term}");
    }
    assert!(terms(odd).contains(&"naive".to_owned()));
}

#[test]
fn a_flood_of_words_is_capped() {
    let flood: String = (0..5_000).map(|n| format!("kata{n} ")).collect();
    assert_eq!(terms(&flood).len(), MOST_TERMS);
    assert_eq!(query_terms(&flood).len(), MOST_QUERY_TERMS);
    let endless = "x".repeat(10_000);
    assert!(terms(&endless).iter().all(|term| term.len() <= 32));
    assert_eq!(terms(&endless), query_terms(&endless));
}

#[test]
fn stemming_is_at_rest() {
    for word in "pemerintahan kepemerintahan sekolahnya memenuhi penuhi menunjukkan selokannya menengah".split(' ') {
        let stem = one(word);
        assert_eq!(terms(&stem).concat(), stem, "{word}");
    }
}
