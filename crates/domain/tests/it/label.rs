//! What the tables call things, in Indonesian and in English.

use domain::report::{CommandKind, EventKind, StageKind};
use domain::{Refusal, Role};

pub type Label = (&'static str, &'static str);

pub fn stage(stage: StageKind) -> Label {
    match stage {
        StageKind::Submitted => ("Belum terverifikasi", "Not yet verified"),
        StageKind::Returned => ("Bukan wewenang", "Given back"),
        StageKind::Disposed => ("Terdisposisi", "Disposed"),
        StageKind::Answered => ("Ditindaklanjuti", "Answered"),
        StageKind::Replied => ("Ditanggapi pelapor", "Replied"),
        StageKind::Objected => ("Keberatan", "Objected"),
        StageKind::Reopened => ("Dibuka kembali", "Reopened"),
        StageKind::Held => ("Tertunda", "On hold"),
        StageKind::ClosedByOfficer => ("Ditutup oleh Admin", "Closed by officer"),
        StageKind::ClosedBySystem => ("Ditutup oleh Sistem", "Closed by system"),
        StageKind::ClosedConfirmed => ("Dikonfirmasi pelapor", "Confirmed"),
        StageKind::ArchivedAdmin => ("Diarsipkan oleh Admin", "Archived by officer"),
        StageKind::ArchivedSystem => ("Diarsipkan oleh Sistem", "Archived by system"),
    }
}

pub fn command(command: CommandKind) -> Label {
    match command {
        CommandKind::Dispose => ("Verifikasi dan disposisi", "Verify and dispose"),
        CommandKind::Return => ("Kembalikan: bukan wewenang", "Give back: not ours"),
        CommandKind::Hold => ("Tunda", "Put on hold"),
        CommandKind::Resume => ("Lanjutkan", "Resume"),
        CommandKind::Complete => ("Lengkapi", "Complete"),
        CommandKind::Archive => ("Arsipkan", "Archive"),
        CommandKind::Contest => ("Sanggah pengarsipan", "Contest the archiving"),
        CommandKind::Answer => ("Tindak lanjuti", "Answer"),
        CommandKind::Reply => ("Tanggapi", "Reply"),
        CommandKind::Confirm => ("Konfirmasi dan nilai", "Confirm and rate"),
        CommandKind::Object => ("Ajukan keberatan", "Object"),
        CommandKind::Close => ("Tutup", "Close"),
        CommandKind::Reopen => ("Buka kembali", "Reopen"),
        CommandKind::Rewrite => ("Sunting judul atau isi", "Rewrite title or text"),
        CommandKind::Reclassify => ("Ubah klasifikasi", "Reclassify"),
        CommandKind::Assign => ("Tugaskan", "Assign"),
        CommandKind::Note => ("Catatan internal", "Internal note"),
        CommandKind::Hide => ("Sembunyikan", "Hide"),
        CommandKind::Unhide => ("Tampilkan kembali", "Unhide"),
        CommandKind::AskName => ("Minta nama pelapor anonim", "Ask for the anonymous name"),
        CommandKind::OpenName => ("Buka nama kepada peminta", "Open the name to who asked"),
        CommandKind::KeepName => ("Tolak membuka nama", "Keep the name closed"),
        CommandKind::Support => ("Dukung", "Support"),
        CommandKind::AcceptOmbudsman => ("Setujui penerusan ke Ombudsman", "Consent to the Ombudsman"),
        CommandKind::Remind => ("Ingatkan", "Remind"),
        CommandKind::RemindPromise => ("Ingatkan akan janji", "Remind of a promise"),
        CommandKind::Escalate => ("Eskalasi", "Escalate"),
        CommandKind::Warn => ("Peringatkan pelapor hari ke-7", "Warn the reporter on day 7"),
        CommandKind::CloseSilent => ("Tutup karena tanpa tanggapan", "Close after silence"),
        CommandKind::Lapse => ("Arsipkan karena tidak dilengkapi", "Archive what was not completed"),
        CommandKind::OfferOmbudsman => ("Tawarkan penerusan ke Ombudsman", "Offer the Ombudsman"),
    }
}

pub fn event(event: EventKind) -> Label {
    match event {
        EventKind::Submitted => ("Diterima", "Received"),
        EventKind::Disposed => ("Didisposisikan", "Disposed"),
        EventKind::Returned => ("Dikembalikan", "Given back"),
        EventKind::Held => ("Ditunda", "Put on hold"),
        EventKind::Resumed => ("Dilanjutkan petugas", "Resumed by an officer"),
        EventKind::Completed => ("Dilengkapi pelapor", "Completed by the reporter"),
        EventKind::Archived => ("Diarsipkan", "Archived"),
        EventKind::Contested => ("Pengarsipan disanggah", "Archiving contested"),
        EventKind::Answered => ("Ditindaklanjuti", "Answered"),
        EventKind::Replied => ("Ditanggapi pelapor", "Replied"),
        EventKind::Confirmed => ("Dikonfirmasi pelapor", "Confirmed"),
        EventKind::Rated => ("Dinilai sesudah ditutup", "Rated after closing"),
        EventKind::Objected => ("Keberatan diajukan", "Objected"),
        EventKind::Closed => ("Ditutup", "Closed"),
        EventKind::Reopened => ("Dibuka kembali", "Reopened"),
        EventKind::Rewritten => ("Disunting", "Rewritten"),
        EventKind::Reclassified => ("Klasifikasi diubah", "Reclassified"),
        EventKind::Assigned => ("Ditugaskan", "Assigned"),
        EventKind::Noted => ("Dicatat", "Noted"),
        EventKind::Hidden => ("Disembunyikan", "Hidden"),
        EventKind::Unhidden => ("Ditampilkan kembali", "Shown again"),
        EventKind::NameAsked => ("Nama diminta", "Name asked for"),
        EventKind::NameOpened => ("Nama dibuka", "Name opened"),
        EventKind::NameKept => ("Nama tetap tertutup", "Name kept closed"),
        EventKind::Supported => ("Didukung", "Supported"),
        EventKind::Attached => ("Lampiran ditambahkan", "File attached"),
        EventKind::Reminded => ("Diingatkan", "Reminded"),
        EventKind::PromiseReminded => ("Diingatkan akan janji", "Reminded of a promise"),
        EventKind::Escalated => ("Dieskalasi", "Escalated"),
        EventKind::Warned => ("Pelapor diperingatkan", "Reporter warned"),
        EventKind::OmbudsmanOffered => ("Penerusan ke Ombudsman ditawarkan", "Ombudsman offered"),
        EventKind::OmbudsmanAccepted => ("Penerusan ke Ombudsman disetujui", "Ombudsman accepted"),
    }
}

pub fn refusal(refusal: Refusal) -> Label {
    match refusal {
        Refusal::AlreadyEnded => ("Sudah ditutup atau diarsipkan", "Closed or archived already"),
        Refusal::StillOpen => ("Masih berjalan", "Still open"),
        Refusal::OnHold => ("Sedang ditunda", "On hold"),
        Refusal::NotOnHold => ("Tidak sedang ditunda", "Not on hold"),
        Refusal::HeldTooOften => ("Sudah tiga kali ditunda", "On hold three times already"),
        Refusal::NotDisposed => ("Belum didisposisikan", "Not yet disposed"),
        Refusal::NotAnswered => ("Belum ditindaklanjuti", "Not yet answered"),
        Refusal::ReplyUnanswered => ("Pelapor masih menunggu jawaban", "The reporter still waits for an answer"),
        Refusal::AlreadyAnswered => ("Sudah ditindaklanjuti", "Answered already"),
        Refusal::AlreadyThere => ("Sudah di instansi itu", "With that office already"),
        Refusal::UnknownAgency => ("Instansi tidak dikenal", "Unknown office"),
        Refusal::OutsideSubtree => ("Di luar jajaran instansi", "Outside this agency"),
        Refusal::Settled => ("Sudah diputuskan Admin Nasional", "Settled by the national admin"),
        Refusal::NothingAbove => ("Tidak ada instansi di atasnya", "Nobody above"),
        Refusal::NothingMissing => ("Kekurangan belum disebutkan", "Nothing named as missing"),
        Refusal::EvidenceMissing => ("Bukti belum ada", "Evidence missing"),
        Refusal::DateMissing => ("Tanggal rencana belum ada", "Date missing"),
        Refusal::LegalGroundMissing => ("Dasar hukum belum ada", "Legal ground missing"),
        Refusal::RatingOutOfRange => ("Nilai harus 1 sampai 5", "Ratings go from 1 to 5"),
        Refusal::WindowOver => ("Masa keberatan sudah lewat", "The time to object is over"),
        Refusal::NotDue => ("Belum waktunya", "Not due"),
        Refusal::AlreadyDone => ("Sudah dilakukan", "Done already"),
        Refusal::AlreadySo => ("Sudah demikian", "So already"),
        Refusal::NotAComplaint => ("Bukan pengaduan", "Not a complaint"),
        Refusal::NotPublic => ("Tidak terbuka untuk umum", "Not public"),
        Refusal::NotAnonymous => ("Pelapor tidak anonim", "The reporter is not anonymous"),
        Refusal::NotAsked => ("Tidak ada yang meminta", "Nobody asked"),
        Refusal::SamePerson => ("Harus orang lain", "It takes another person"),
        Refusal::NotOffered => ("Belum ditawarkan", "Not offered yet"),
        Refusal::ReasonReserved => ("Alasan khusus sistem", "Reason of the system only"),
    }
}

pub fn role(role: Role) -> Label {
    match role {
        Role::Operator => ("Petugas kanal", "Operator"),
        Role::LiaisonOfficer => ("Pejabat Penghubung", "Liaison officer"),
        Role::AgencyAdmin => ("Admin Instansi", "Agency admin"),
        Role::Leader => ("Pimpinan", "Leader"),
        Role::Inspector => ("Inspektorat", "Inspector"),
        Role::NationalAdmin => ("Admin Nasional", "National admin"),
        Role::Supervisor => ("Pengawas", "Supervisor"),
        Role::Auditor => ("Auditor, DPO", "Auditor, DPO"),
    }
}
