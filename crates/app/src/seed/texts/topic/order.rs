//! Order, traffic, law, money and the net: what should not be.

use super::Topic;

pub(super) static TOPICS: &[Topic] = &[
    Topic {
        weight: 35,
        category: "Ketertiban umum",
        titles: &[
            "Suara bising {tempat} sampai dini hari",
            "Pedagang menutup trotoar di {jalan}",
            "Bangunan liar di {rt}",
        ],
        facts: &[
            "Musik keras {tempat} berlangsung sampai lewat tengah malam hampir setiap akhir pekan.",
            "Pedagang menempati seluruh trotoar di {jalan} sehingga pejalan kaki turun ke jalan.",
            "Bangunan liar berdiri di atas saluran air di {rt} sejak {lama} yang lalu.",
        ],
        effects: &[
            "Bayi dan orang sakit di sekitar tidak dapat beristirahat.",
            "Teguran ketua RT tidak dihiraukan.",
            "Kemacetan terjadi setiap {waktu}.",
        ],
        wishes: &["Saya mengusulkan tempat berdagang yang tertata agar pedagang tetap dapat berjualan."],
        questions: &["Ke mana warga melaporkan gangguan kebisingan pada malam hari?"],
        done: &[
            "Satuan polisi pamong praja telah menertibkan lokasi dan pemilik usaha menandatangani surat pernyataan.",
        ],
        supervisory: 1,
    },
    Topic {
        weight: 24,
        category: "Keresahan masyarakat",
        titles: &[
            "Balap liar di {jalan} meresahkan",
            "Pencurian sering terjadi di {perum}",
            "Sekelompok remaja tawuran {tempat}",
        ],
        facts: &[
            "Balap liar di {jalan} terjadi setiap malam {hari}.",
            "Dalam {lama} terakhir sudah {angka} sepeda motor hilang di {perum}.",
            "Sekelompok remaja membawa senjata tajam berkumpul {tempat}.",
        ],
        effects: &["Warga takut melintas pada {waktu}.", "Laporan lisan kami ke pos terdekat belum ditanggapi."],
        wishes: &["Saya mengusulkan patroli malam dan kamera pengawas di pintu masuk {perum}."],
        questions: &["Nomor mana yang dapat dihubungi untuk laporan cepat di luar jam kerja?"],
        done: &["Patroli ditambah pada malam hari dan lokasi balap liar telah dijaga petugas."],
        supervisory: 0,
    },
    Topic {
        weight: 28,
        category: "Parkir liar",
        titles: &["Parkir liar di {jalan}", "Juru parkir meminta tarif semaunya", "Truk diparkir berhari-hari di {rt}"],
        facts: &[
            "Kendaraan parkir di kedua sisi {jalan} sehingga hanya satu mobil yang dapat lewat.",
            "Juru parkir {tempat} meminta {rp} tanpa karcis.",
            "Truk besar diparkir berhari-hari di {rt}.",
        ],
        effects: &[
            "Mobil pemadam kebakaran tidak akan dapat masuk bila terjadi sesuatu.",
            "Kemacetan panjang terjadi setiap {waktu}.",
        ],
        wishes: &["Saya mengusulkan kantong parkir resmi di dekat pasar."],
        questions: &["Berapa tarif parkir resmi di tepi jalan umum?"],
        done: &["Petugas perhubungan telah menertibkan lokasi dan memasang rambu dilarang parkir."],
        supervisory: 1,
    },
    Topic {
        weight: 25,
        category: "Transportasi darat",
        titles: &[
            "Lampu lalu lintas mati {tempat}",
            "Angkutan umum jarang lewat di {perum}",
            "Sopir angkutan umum ugal-ugalan",
        ],
        facts: &[
            "Lampu lalu lintas {tempat} mati sejak {lama} yang lalu.",
            "Bus yang melayani {perum} hanya lewat {angka} kali sehari.",
            "Sopir angkutan umum menurunkan penumpang di tengah jalan pada {waktu}.",
        ],
        effects: &["Setiap pagi kendaraan saling mengunci di persimpangan.", "Pelajar sering terlambat masuk sekolah."],
        wishes: &["Saya mengusulkan rute angkutan pengumpan dari {perum} ke stasiun."],
        questions: &["Di mana jadwal dan rute angkutan umum terbaru dapat dilihat?"],
        done: &["Lampu lalu lintas telah diperbaiki dan waktu siklusnya disesuaikan."],
        supervisory: 0,
    },
    Topic {
        weight: 25,
        category: "Jaringan internet",
        titles: &[
            "Sinyal internet hilang di {rt}",
            "Internet sekolah sangat lambat",
            "Kabel jaringan menjuntai di {jalan}",
        ],
        facts: &[
            "Sinyal telepon dan internet di {rt} hilang sejak {lama} yang lalu.",
            "Kecepatan internet di sekolah kami jauh di bawah paket yang dibayar.",
            "Kabel jaringan di {jalan} menjuntai hampir menyentuh tanah.",
        ],
        effects: &[
            "Anak-anak tidak dapat mengikuti ujian secara daring.",
            "Perangkat desa kesulitan mengirim laporan.",
        ],
        wishes: &["Saya mengusulkan titik internet gratis di balai desa dan perpustakaan."],
        questions: &["Apakah wilayah {rt} masuk rencana pembangunan menara tahun ini?"],
        done: &["Operator telah memperbaiki perangkat menara dan kekuatan sinyal sudah diukur ulang."],
        supervisory: 0,
    },
    Topic {
        weight: 22,
        category: "Layanan online/aplikasi pemerintah",
        titles: &[
            "Aplikasi layanan tidak dapat dibuka",
            "Kode verifikasi tidak terkirim",
            "Berkas selalu ditolak saat diunggah",
        ],
        facts: &[
            "Aplikasi layanan tidak dapat dibuka sejak hari {hari} dan selalu menampilkan pesan galat.",
            "Kode verifikasi tidak pernah masuk ke nomor saya walaupun sudah dicoba {angka} kali.",
            "Berkas yang saya unggah selalu ditolak karena ukuran, padahal sudah diperkecil.",
        ],
        effects: &[
            "Batas waktu pendaftaran tinggal beberapa hari.",
            "Pusat bantuan hanya menjawab dengan pesan otomatis.",
        ],
        wishes: &["Saya mengusulkan satu akun untuk semua layanan pemerintah."],
        questions: &["Bagaimana cara mengganti nomor telepon yang sudah tidak aktif pada akun layanan?"],
        done: &["Gangguan pada server telah diatasi dan akun Saudara sudah dapat digunakan kembali."],
        supervisory: 0,
    },
    Topic {
        weight: 15,
        category: "Sistem penagihan fintech",
        titles: &[
            "Penagihan pinjaman daring disertai ancaman",
            "Tagihan pinjaman yang tidak pernah diajukan",
            "Bunga pinjaman daring tidak wajar",
        ],
        facts: &[
            "Penagih pinjaman daring mengirim ancaman ke seluruh kontak telepon saya.",
            "Saya menerima tagihan {rp} untuk pinjaman yang tidak pernah saya ajukan.",
            "Bunga pinjaman menjadi dua kali lipat hanya dalam {lama}.",
        ],
        effects: &[
            "Keluarga dan rekan kerja saya ikut terganggu.",
            "Saya mengalami tekanan dan takut mengangkat telepon.",
        ],
        wishes: &["Saya berharap aplikasi pinjaman tanpa izin segera diblokir."],
        questions: &["Bagaimana cara memeriksa apakah sebuah aplikasi pinjaman memiliki izin?"],
        done: &["Aplikasi yang dilaporkan tidak berizin dan telah diajukan untuk diblokir."],
        supervisory: 0,
    },
    Topic {
        weight: 13,
        category: "Pajak daerah",
        titles: &[
            "Tagihan pajak bumi dan bangunan naik tajam",
            "Pembayaran pajak tidak tercatat",
            "Luas tanah pada surat pajak salah",
        ],
        facts: &[
            "Tagihan pajak bumi dan bangunan saya naik menjadi {rp} tanpa penjelasan.",
            "Pajak sudah saya bayar pada bulan {bulan}, tetapi masih tercatat menunggak.",
            "Luas tanah pada surat pajak tidak sesuai dengan sertifikat.",
        ],
        effects: &["Saya dikenai denda yang bukan kesalahan saya.", "Bukti pembayaran saya lampirkan."],
        wishes: &["Saya mengusulkan keringanan pajak bagi pensiunan."],
        questions: &["Bagaimana cara mengajukan keberatan atas nilai jual objek pajak?"],
        done: &["Data pembayaran telah diperbaiki dan denda dihapus."],
        supervisory: 2,
    },
    Topic {
        weight: 8,
        category: "Pungutan liar",
        titles: &[
            "Petugas meminta uang di luar tarif resmi",
            "Pungutan oleh oknum petugas {tempat}",
            "Pungutan liar pada pengurusan surat",
        ],
        facts: &[
            "Petugas loket meminta {rp} agar berkas saya didahulukan.",
            "Oknum petugas memungut {rp} dari setiap pedagang {tempat} tanpa karcis.",
            "Untuk surat pengantar saya diminta membayar {rp}, padahal seharusnya gratis.",
        ],
        effects: &[
            "Warga yang tidak membayar dipersulit.",
            "Kejadian ini sudah berlangsung {lama}.",
            "Saya memiliki rekaman percakapannya.",
        ],
        wishes: &["Saya mengusulkan semua pembayaran layanan dilakukan tanpa uang tunai."],
        questions: &["Apakah identitas pelapor pungutan liar dilindungi?"],
        done: &[
            "Inspektorat telah memeriksa pihak terkait; hasilnya diserahkan kepada pejabat pembina untuk dijatuhi hukuman disiplin.",
        ],
        supervisory: 85,
    },
    Topic {
        weight: 6,
        category: "Penyalahgunaan wewenang",
        titles: &[
            "Kendaraan dinas dipakai untuk keperluan pribadi",
            "Pegawai tidak masuk kerja selama {lama}",
            "Dugaan penyalahgunaan wewenang",
        ],
        facts: &[
            "Kendaraan dinas dipakai untuk mengangkut barang dagangan setiap {waktu}.",
            "Seorang pegawai di kantor {tempat} tidak masuk kerja sejak {lama} yang lalu, tetapi tetap menerima gaji.",
            "Pengadaan barang di kantor tersebut selalu dimenangkan oleh keluarga pejabatnya.",
        ],
        effects: &["Pelayanan kepada masyarakat terbengkalai.", "Bawahan yang menegur malah dipindahkan."],
        wishes: &["Saya mengusulkan daftar hadir pegawai dapat dilihat masyarakat."],
        questions: &["Ke mana laporan pelanggaran disiplin pegawai diteruskan?"],
        done: &[
            "Pemeriksaan oleh inspektorat selesai dan yang bersangkutan dijatuhi hukuman disiplin sesuai ketentuan.",
        ],
        supervisory: 92,
    },
    Topic {
        weight: 13,
        category: "Gangguan aplikasi SP4N-LAPOR!",
        titles: &[
            "Laporan ditutup sebelum selesai",
            "Jawaban atas laporan hanya salinan",
            "Lampiran tidak dapat diunggah",
        ],
        facts: &[
            "Laporan saya ditutup padahal masalahnya belum selesai.",
            "Jawaban atas laporan saya hanya berupa salinan tanpa tindakan.",
            "Saya tidak dapat mengunggah foto pada laporan sejak {lama} yang lalu.",
        ],
        effects: &["Saya harus membuat laporan yang sama {angka} kali.", "Status laporan tidak berubah."],
        wishes: &["Saya mengusulkan pelapor diberi kesempatan menyatakan keberatan sebelum laporan ditutup."],
        questions: &["Bagaimana cara menghapus laporan yang memuat data pribadi saya?"],
        done: &["Gangguan telah diperbaiki dan laporan Saudara dibuka kembali."],
        supervisory: 0,
    },
    Topic {
        weight: 9,
        category: "Perlindungan konsumen terkait transaksi perdagangan melalui sistem elektronik (e-commerce)",
        titles: &[
            "Barang pesanan tidak dikirim",
            "Pengembalian dana ditolak penjual",
            "Toko daring menghilang setelah dibayar",
        ],
        facts: &[
            "Barang seharga {rp} yang saya pesan tidak pernah dikirim.",
            "Penjual menolak mengembalikan uang walaupun barang yang datang rusak.",
            "Toko daring tersebut menutup akunnya setelah saya membayar.",
        ],
        effects: &[
            "Layanan pelanggan tidak menjawab sejak {lama} yang lalu.",
            "Bukti pembayaran dan percakapan saya simpan.",
        ],
        wishes: &["Saya berharap toko daring wajib mencantumkan alamat usahanya."],
        questions: &["Lembaga mana yang menangani sengketa belanja daring?"],
        done: &["Setelah dimediasi, penjual mengembalikan dana kepada Saudara secara penuh."],
        supervisory: 0,
    },
];
