//! Roads, lamps, water, waste: what is broken in the street.

use super::Topic;

pub(super) static TOPICS: &[Topic] = &[
    Topic {
        weight: 50,
        category: "Infrastruktur jalan",
        titles: &[
            "Jalan rusak parah di {jalan}",
            "Aspal mengelupas di {jalan}",
            "Perbaikan {jalan} tidak kunjung selesai",
            "Jalan menuju {perum} belum pernah diaspal",
        ],
        facts: &[
            "{jalan} {tempat} rusak parah sejak {lama} yang lalu.",
            "Kondisi {jalan} di {rt} bergelombang dan aspalnya mengelupas sepanjang kurang lebih {n} meter.",
            "Pekerjaan perbaikan {jalan} berhenti begitu saja sejak {lama} yang lalu dan materialnya dibiarkan menumpuk di badan jalan.",
            "Jalan utama menuju {perum} masih berupa tanah dan menjadi kubangan pada {waktu}.",
        ],
        effects: &[
            "Beberapa pengendara sepeda motor sudah terjatuh di titik tersebut.",
            "Anak-anak yang berangkat ke sekolah terpaksa memutar lewat jalan lain.",
            "Mobil ambulans pernah kesulitan masuk ke lingkungan kami.",
            "Debu dari jalan itu masuk ke rumah dan mengganggu pernapasan warga.",
        ],
        wishes: &[
            "Saya mengusulkan agar {jalan} dimasukkan ke dalam program peningkatan jalan tahun depan.",
            "Sebaiknya jalan lingkungan di {rt} dicor beton karena aspal cepat rusak oleh genangan.",
        ],
        questions: &[
            "Kapan perbaikan {jalan} dijadwalkan?",
            "Siapa yang berwenang atas {jalan}, pemerintah kabupaten atau provinsi?",
        ],
        done: &[
            "Petugas telah menambal dan meratakan {jalan}; foto sebelum dan sesudah pekerjaan terlampir.",
            "Pengaspalan ruas yang dilaporkan sudah selesai dikerjakan dan telah diperiksa di lapangan.",
        ],
        supervisory: 1,
    },
    Topic {
        weight: 35,
        category: "Jalan berlubang",
        titles: &[
            "Jalan berlubang di {jalan}",
            "Lubang besar {tempat} membahayakan pengendara",
            "Mohon penambalan lubang di {jalan}",
        ],
        facts: &[
            "Di {jalan} {tempat} terdapat lubang dengan kedalaman sekitar {n} cm.",
            "Jalannya berlubang di banyak titik, terutama {tempat}, dan sudah {lama} tidak ditambal.",
            "Lubang di {jalan} makin melebar setelah hujan deras minggu lalu.",
        ],
        effects: &[
            "Pada {waktu} lubang tersebut tidak terlihat karena tertutup air.",
            "Sudah {angka} orang jatuh dalam sebulan terakhir.",
            "Warga sempat menutupnya dengan batu dan ban bekas, tetapi tidak bertahan lama.",
        ],
        wishes: &[
            "Saya mengusulkan adanya regu tambal cepat di setiap kecamatan agar lubang kecil tidak menjadi besar.",
        ],
        questions: &["Berapa lama waktu yang diperlukan untuk menambal lubang setelah dilaporkan?"],
        done: &[
            "Lubang di {jalan} telah ditambal dengan aspal panas pada hari {hari}; foto pekerjaan terlampir.",
            "Tim pemeliharaan jalan sudah menutup lubang tersebut dan memasang rambu selama pengerjaan.",
        ],
        supervisory: 0,
    },
    Topic {
        weight: 22,
        category: "Penerangan jalan",
        titles: &[
            "Lampu jalan mati di {jalan}",
            "Lampu penerangan {tempat} tidak menyala",
            "{jalan} gelap gulita pada malam hari",
        ],
        facts: &[
            "Lampu penerangan di {jalan} padam sejak {lama} yang lalu.",
            "Ada {angka} tiang lampu {tempat} yang tidak menyala sama sekali.",
            "Lampu jalan di {rt} menyala pada siang hari, tetapi mati pada malam hari.",
        ],
        effects: &[
            "Jalan menjadi gelap dan rawan kejahatan.",
            "Warga takut keluar rumah setelah pukul tujuh malam.",
            "Minggu lalu terjadi kecelakaan karena pengendara tidak melihat pejalan kaki.",
        ],
        wishes: &["Saya mengusulkan pemasangan lampu tenaga surya di {jalan} karena belum ada jaringan listriknya."],
        questions: &["Bagaimana cara mengajukan pemasangan lampu jalan untuk lingkungan {rt}?"],
        done: &[
            "Lampu di {jalan} telah diganti dan sudah menyala kembali sejak hari {hari}.",
            "Petugas memperbaiki kabel yang putus; seluruh titik lampu yang dilaporkan kini menyala.",
        ],
        supervisory: 0,
    },
    Topic {
        weight: 24,
        category: "Drainase (gorong-gorong/parit)",
        titles: &[
            "Saluran air tersumbat di {jalan}",
            "Got meluap {tempat} setiap hujan",
            "Gorong-gorong ambruk di {rt}",
        ],
        facts: &[
            "Saluran drainase di {jalan} tersumbat sampah dan lumpur sejak {lama} yang lalu.",
            "Setiap hujan turun, got {tempat} meluap dan airnya masuk ke rumah warga.",
            "Gorong-gorong di {rt} ambruk sehingga air tidak dapat mengalir.",
        ],
        effects: &[
            "Genangan setinggi {n} cm baru surut setelah beberapa jam.",
            "Air yang tergenang berbau dan menjadi sarang nyamuk.",
            "Barang-barang warga di lantai bawah rusak terendam.",
        ],
        wishes: &["Saya mengusulkan pelebaran saluran di {jalan} karena perumahan baru terus bertambah."],
        questions: &["Apakah ada jadwal pengerukan saluran untuk wilayah {rt}?"],
        done: &[
            "Saluran di {jalan} sudah dikeruk dan sampahnya diangkut; aliran air kembali lancar.",
            "Gorong-gorong yang ambruk telah diganti dengan beton baru.",
        ],
        supervisory: 0,
    },
    Topic {
        weight: 18,
        category: "Infrastruktur pendukung",
        titles: &["Trotoar rusak di {jalan}", "Jembatan kecil di {rt} lapuk", "Taman {tempat} tidak terawat"],
        facts: &[
            "Trotoar di {jalan} pecah dan tertutup tiang sehingga tidak dapat dilalui kursi roda.",
            "Jembatan kecil yang menghubungkan {rt} dengan pasar sudah lapuk dan papannya berlubang.",
            "Taman bermain {tempat} rusak dan tidak dirawat sejak {lama} yang lalu.",
        ],
        effects: &[
            "Pejalan kaki terpaksa turun ke badan jalan.",
            "Kami khawatir ada anak yang terluka.",
            "Orang tua dan penyandang disabilitas paling merasakan akibatnya.",
        ],
        wishes: &["Saya mengusulkan jalur khusus sepeda dan pejalan kaki di {jalan}."],
        questions: &["Dinas mana yang merawat taman dan trotoar di {jalan}?"],
        done: &[
            "Trotoar yang pecah telah diperbaiki dan penghalangnya dipindahkan.",
            "Papan jembatan telah diganti dan diberi pagar pengaman.",
        ],
        supervisory: 0,
    },
    Topic {
        weight: 18,
        category: "Sertifikat tanah",
        titles: &[
            "Sertifikat tanah belum terbit sejak {lama} yang lalu",
            "Pengukuran tanah tidak kunjung dilakukan",
            "Program pendaftaran tanah di {rt} tidak jelas",
        ],
        facts: &[
            "Berkas permohonan sertifikat saya sudah lengkap sejak {lama} yang lalu, tetapi belum ada kabar.",
            "Petugas ukur dijadwalkan datang ke {rt} pada hari {hari}, namun tidak pernah hadir.",
            "Setiap saya bertanya di loket, jawabannya selalu diminta menunggu.",
        ],
        effects: &[
            "Akibatnya saya tidak dapat mengajukan pinjaman usaha.",
            "Saya sudah bolak-balik {angka} kali tanpa kepastian.",
        ],
        wishes: &["Alangkah baiknya kemajuan berkas pertanahan dapat dipantau sendiri oleh pemohon."],
        questions: &["Apa saja syarat dan biaya resmi pemecahan sertifikat tanah warisan?"],
        done: &["Sertifikat Saudara telah terbit dan dapat diambil di loket dengan membawa bukti permohonan."],
        supervisory: 6,
    },
    Topic {
        weight: 22,
        category: "Pengelolaan sampah",
        titles: &["Sampah menumpuk {tempat}", "Tempat pembuangan liar di {jalan}", "Truk sampah jarang datang ke {rt}"],
        facts: &[
            "Sampah {tempat} tidak diangkut sejak {lama} yang lalu.",
            "Ada tempat pembuangan sampah liar di {jalan} yang makin hari makin tinggi.",
            "Truk sampah hanya datang sekali dalam dua minggu ke {rt}, padahal iuran kami bayar tiap bulan.",
        ],
        effects: &[
            "Baunya menyengat dan banyak lalat masuk ke rumah.",
            "Sebagian sampah hanyut ke saluran dan menyumbat aliran air.",
            "Ada yang membakarnya pada {waktu} sehingga asapnya mengganggu balita.",
        ],
        wishes: &["Saya mengusulkan bank sampah dan tempat pemilahan di setiap RW."],
        questions: &["Bagaimana jadwal resmi pengangkutan sampah di {jalan}?"],
        done: &[
            "Tumpukan sampah telah diangkut dengan dua truk dan lokasinya dibersihkan.",
            "Jadwal pengangkutan di {rt} ditambah menjadi tiga kali seminggu mulai hari {hari}.",
        ],
        supervisory: 0,
    },
    Topic {
        weight: 15,
        category: "Pencemaran lingkungan",
        titles: &[
            "Limbah berbau dibuang ke sungai dekat {perum}",
            "Asap pabrik mengganggu warga {rt}",
            "Air sumur tercemar {tempat}",
        ],
        facts: &[
            "Sebuah usaha {tempat} membuang limbah cair ke sungai pada {waktu}.",
            "Asap hitam dari tempat pengolahan di {jalan} masuk ke permukiman kami hampir setiap hari.",
            "Air sumur warga {rt} berubah warna dan berbau selama {lama} terakhir.",
        ],
        effects: &[
            "Ikan di sungai banyak yang mati.",
            "Beberapa anak mengalami batuk dan gatal-gatal.",
            "Kami terpaksa membeli air galon untuk memasak.",
        ],
        wishes: &["Saya mengusulkan alat pemantau mutu udara yang hasilnya dapat dilihat warga."],
        questions: &["Ke mana warga dapat meminta pemeriksaan mutu air sumur?"],
        done: &[
            "Pengawas lingkungan telah mengambil contoh air dan memberikan teguran tertulis kepada pemilik usaha.",
            "Saluran pembuangan telah ditutup dan pemilik usaha wajib memasang instalasi pengolah limbah.",
        ],
        supervisory: 2,
    },
    Topic {
        weight: 12,
        category: "Banjir",
        titles: &[
            "Banjir di {rt} tidak kunjung tertangani",
            "Tanggul sungai {tempat} jebol",
            "{jalan} tergenang setiap hujan",
        ],
        facts: &[
            "Banjir setinggi {n} cm merendam {rt} sejak hari {hari}.",
            "Tanggul sungai {tempat} jebol sepanjang beberapa meter dan belum diperbaiki.",
            "{jalan} selalu tergenang walaupun hujan hanya sebentar.",
        ],
        effects: &[
            "Sekitar {n} keluarga masih mengungsi di rumah kerabat.",
            "Kami membutuhkan perahu karet, selimut, dan makanan bayi.",
            "Kegiatan belajar di sekolah terhenti.",
        ],
        wishes: &["Saya mengusulkan kolam penampungan air dan pengerukan sungai sebelum musim hujan."],
        questions: &["Di mana lokasi posko dan nomor yang dapat dihubungi bila banjir datang lagi?"],
        done: &[
            "Pompa tambahan sudah dipasang dan genangan surut; tanggul diperkuat dengan karung pasir.",
            "Bantuan logistik telah disalurkan melalui posko {tempat}.",
        ],
        supervisory: 0,
    },
    Topic {
        weight: 12,
        category: "Gangguan layanan penyaluran air",
        titles: &["Air PDAM tidak mengalir di {perum}", "Air keruh dan berbau di {rt}", "Pipa bocor di {jalan}"],
        facts: &[
            "Air PDAM di {rt} tidak mengalir sejak {lama} yang lalu.",
            "Air hanya mengalir pada tengah malam dan berwarna keruh.",
            "Pipa {tempat} bocor dan airnya terbuang ke jalan.",
        ],
        effects: &[
            "Kami terpaksa membeli air tangki seharga {rp}.",
            "Tagihan tetap datang, bahkan naik menjadi {rp}.",
            "Warung dan usaha cucian di sini berhenti bekerja.",
        ],
        wishes: &["Sebaiknya pemberitahuan gangguan air dikirim lewat pesan singkat sebelum aliran dihentikan."],
        questions: &["Sampai kapan gangguan air di {jalan} berlangsung?"],
        done: &["Kebocoran pipa telah diperbaiki dan aliran air kembali normal sejak hari {hari}."],
        supervisory: 0,
    },
    Topic {
        weight: 11,
        category: "Pemadaman listrik",
        titles: &[
            "Listrik padam berulang kali di {rt}",
            "Tiang listrik miring {tempat}",
            "Tegangan listrik tidak stabil di {perum}",
        ],
        facts: &[
            "Listrik di {rt} padam {angka} kali dalam seminggu tanpa pemberitahuan.",
            "Tiang listrik {tempat} miring dan kabelnya menjuntai rendah.",
            "Tegangan listrik di {perum} turun naik terutama pada {waktu}.",
        ],
        effects: &[
            "Alat rumah tangga warga banyak yang rusak.",
            "Usaha kecil kami merugi karena bahan di lemari pendingin membusuk.",
            "Kami khawatir terjadi kebakaran.",
        ],
        wishes: &["Saya mengusulkan penambahan gardu karena jumlah rumah di {perum} terus bertambah."],
        questions: &["Bagaimana cara meminta kompensasi bila listrik padam lebih dari sehari?"],
        done: &["Tiang telah ditegakkan dan sambungan kabel diperbaiki; pasokan listrik kembali normal."],
        supervisory: 0,
    },
];
