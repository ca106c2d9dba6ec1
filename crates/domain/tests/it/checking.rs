//! The check of answers, on answers as offices write them: what it must point out, and what it must leave alone.

use domain::check::{Finding, Known, Written, advise, heed};
use domain::report::AnswerKind::{self, *};
use domain::{Event, Refusal};

fn findings(kind: AnswerKind, evidence: u8, ground: Option<&str>, text: &str, known: &Known) -> Vec<Finding> {
    let written = Written { kind, text, legal_ground: ground, evidence };
    advise(&written, known).into_iter().map(|advice| advice.finding).collect()
}

fn of(kind: AnswerKind, text: &str) -> Vec<Finding> {
    findings(kind, 0, None, text, &Known { public: true, ..Known::default() })
}

#[test]
fn who_was_told_is_no_answer() {
    for text in [
        "Terima kasih atas laporannya.",
        "Terima kasih atas laporan Bapak/Ibu. Laporan akan kami tindaklanjuti.",
        "Yth. Saudara pelapor, terima kasih atas laporannya. Aduan Saudara akan dikoordinasikan dengan bidang terkait.",
        "Selamat siang, laporan sudah kami teruskan kepada dinas teknis untuk ditindaklanjuti. Mohon bersabar, terima kasih.",
        "Akan dikoordinasikan dengan OPD terkait.",
        "Terima kasih, masukan Anda akan menjadi bahan evaluasi kami.",
        "Laporan Saudara telah kami terima dan sedang dalam proses. Demikian disampaikan.",
        "Assalamualaikum wr wb. Terima kasih informasinya, akan kami cek ke lapangan.",
        "Sedang kami tangani di lapangan.",
    ] {
        assert_eq!(of(Explained, text).first(), Some(&Finding::NonAnswer), "{text}");
    }
}

/// Answers with substance, in the words in which they come; none of them may be pointed at.
#[test]
fn good_answers_pass() {
    let shown = [
        "Terima kasih atas laporannya. Lubang di depan pasar sudah kami tambal pada Selasa 3 November 2026 sepanjang 12 meter; \
         foto sesudah pekerjaan terlampir.",
        "Lampu jalan di Jl. Veteran km 4 telah diganti kemarin malam dan sudah menyala. Foto terlampir.",
        "Sampah di TPS Sungai Andai telah diangkut tadi pagi oleh dua truk. Jadwal angkut berikutnya setiap Senin dan Kamis.",
    ];
    for text in shown {
        assert_eq!(findings(Done, 1, None, text, &Known { public: true, ..Known::default() }), [], "{text}");
    }
    let explained = [
        "KTP elektronik Saudara dapat diambil di Kantor Kecamatan Banjarmasin Utara setiap hari kerja pukul 08.00 sampai 15.00 \
         dengan membawa kartu keluarga.",
        "Setelah kami koordinasikan dengan PLN, pemadaman terjadi karena gardu di Jl. Adhyaksa terbakar; listrik sudah menyala \
         kembali pukul 19.30.",
        "Permohonan akan diproses paling lama 5 hari kerja sejak berkas lengkap. Berkas yang kurang: surat keterangan usaha \
         dari kelurahan.",
        "Bantuan sosial tahap dua disalurkan melalui Kantor Pos. Nama penerima dapat dilihat di cekbansos.kemensos.go.id dengan \
         nomor kartu keluarga.",
        "Guru pengganti mengajar mulai Senin depan. Kepala sekolah sudah memberi tahu orang tua murid melalui komite.",
        "Kami sudah memeriksa lokasi. Parit itu milik pengembang perumahan dan belum diserahkan kepada pemerintah kota, sehingga \
         pemeliharaannya menjadi kewajiban pengembang. Kami sudah menyurati PT tersebut dengan surat nomor 620/118.",
        "Untuk pertanyaan lebih lanjut silakan hubungi loket kami di 0511-3300000 pada jam kerja; syaratnya fotokopi KTP dan KK.",
        "Izin usaha tersebut diterbitkan oleh Pemerintah Kabupaten Banjar, sehingga pencabutannya menjadi kewenangan bupati. \
         Kami akan meneruskan hasil pemeriksaan kami kepada Inspektorat Kabupaten Banjar paling lambat 20 November 2026.",
    ];
    for text in explained {
        assert_eq!(of(Explained, text), [], "{text}");
    }
    let planned = "Ruas itu masuk paket pemeliharaan berkala. Perbaikan akan dikerjakan oleh pemenang lelang.";
    assert_eq!(of(Planned, planned), []);
    let refused =
        "Permohonan tidak dapat dipenuhi karena lokasi berada di dalam kawasan lindung menurut rencana tata ruang.";
    let ground = Some("Perda Kota Banjarmasin Nomor 6 Tahun 2021 Pasal 41");
    assert_eq!(findings(Refused, 0, ground, refused, &Known::default()), []);
}

#[test]
fn a_promise_without_a_day_is_pointed_out_unless_it_is_a_plan() {
    let text =
        "Kami sudah melihat lokasi bersama lurah dan ketua RT. Jalan tersebut akan segera diperbaiki oleh tim kami.";
    assert_eq!(of(Explained, text), [Finding::DateMissing]);
    assert_eq!(of(Planned, text), []);
    let dated = "Kami sudah melihat lokasi. Jalan tersebut akan diperbaiki pada minggu kedua Desember 2026.";
    assert_eq!(of(Explained, dated), []);
}

#[test]
fn a_ground_that_names_no_rule_is_vague() {
    let text = "Permohonan pemasangan portal di jalan umum tidak dapat kami penuhi demi kelancaran lalu lintas.";
    let with = |ground| findings(Refused, 0, Some(ground), text, &Known::default());
    assert_eq!(with("sesuai ketentuan yang berlaku"), [Finding::GroundVague]);
    assert_eq!(with("kebijakan pimpinan"), [Finding::GroundVague]);
    assert_eq!(with("UU 22/2009 tentang Lalu Lintas, Pasal 28"), []);
}

#[test]
fn work_that_nothing_shows_is_pointed_out() {
    let text = "Lubang di depan pasar sudah kami tambal, jalan dapat dilalui kembali dengan aman.";
    assert_eq!(of(Done, text), [Finding::EvidenceMissing]);
    assert_eq!(findings(Done, 1, None, text, &Known::default()), []);
    let undone = "Jalan itu belum dapat kami tambal karena aspal baru datang pada bulan depan menurut jadwal.";
    assert_eq!(of(Explained, undone), []);
}

#[test]
fn the_reporter_is_not_told_about_in_public() {
    let known = |public| Known {
        public,
        name: Some("Siti Contoh".into()),
        phone: Some("6281200000000".into()),
        email: Some("siti@contoh.id".into()),
        ..Known::default()
    };
    let about = |text: &str, public| findings(Explained, 0, None, text, &known(public));
    let named = "Kami sudah bertemu Ibu Siti Contoh di lokasi dan menjelaskan jadwal pengangkutan sampah tiap Senin.";
    assert_eq!(about(named, true), [Finding::PersonalData]);
    assert_eq!(about(named, false), []);
    let called =
        "Kami sudah menelepon pelapor di 0812-0000-0000 dan menjelaskan jadwal pengangkutan sampah tiap Senin.";
    assert_eq!(about(called, true), [Finding::PersonalData]);
    let office =
        "Jadwal pengangkutan sampah dapat ditanyakan kepada kantor kami di 0511-3300000 atau dlh@contoh.go.id.";
    assert_eq!(about(office, true), []);
}

#[test]
fn blanks_short_answers_and_repetitions_are_pointed_out() {
    let blank = "Lubang di ruas tersebut sudah kami jadwalkan untuk ditambal pada [tanggal pengerjaan] oleh regu kami.";
    assert!(of(Planned, blank).contains(&Finding::BlankLeft));
    assert!(
        of(Planned, "Pengerjaan dimulai tanggal ____ oleh regu pemeliharaan jalan dinas kami.")
            .contains(&Finding::BlankLeft)
    );
    assert_eq!(of(Explained, "Terima kasih. Bukan kewenangan kami."), [Finding::TooShort]);
    let text = "Jadwal pengangkutan sampah di jalan itu setiap hari Senin dan Kamis pukul enam pagi.";
    let known = Known { earlier: vec![text.to_uppercase().replace("Senin", "Senin,")], ..Known::default() };
    assert_eq!(findings(Explained, 0, None, text, &known), [Finding::Repeated]);
}

#[test]
fn a_template_word_for_word_is_pointed_out_and_one_made_use_of_is_not() {
    let template = "Yth. pelapor {nomor}, syarat pembuatan KTP elektronik adalah fotokopi kartu keluarga dan datang sendiri ke \
                    kecamatan. Hormat kami, {instansi}.";
    let known = Known { templates: vec![template.into()], ..Known::default() };
    let copy = template.replace("{nomor}", "123 456 7894").replace("{instansi}", "Dinas Dukcapil Kota Banjarmasin");
    assert_eq!(findings(Explained, 0, None, &copy, &known), [Finding::TemplateCopy]);
    let used = copy.replace(
        "ke kecamatan.",
        "ke kecamatan. Data Saudara sudah kami buka kembali, jadi Saudara dapat datang besok.",
    );
    assert_eq!(findings(Explained, 0, None, &used, &known), []);
}

#[test]
fn advice_is_heeded_or_overridden_with_a_reason() {
    assert_eq!(heed(vec![], false), Ok(None));
    assert_eq!(heed(vec![Finding::TooShort], false), Err(Refusal::Advised));
    let findings = vec![Finding::TooShort];
    assert_eq!(heed(findings.clone(), true), Ok(Some(Event::AdviceOverridden { findings })));
}

#[test]
fn every_finding_has_a_name_of_its_own() {
    let names: std::collections::BTreeSet<&str> = Finding::ALL.iter().map(|finding| finding.name()).collect();
    assert_eq!(names.len(), Finding::ALL.len());
}
