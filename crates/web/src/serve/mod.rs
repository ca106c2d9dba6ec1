//! Requests for pages: parse, call one function of `app`, render.

mod account;
mod again;
mod asset;
mod award;
mod cause;
mod cookies;
mod counted;
mod desk;
mod evaluation;
mod face;
mod failure;
mod feed;
mod file;
mod form;
mod given;
mod guard;
mod health;
mod home;
mod inquiry;
mod letter;
pub mod letters;
mod lists;
mod mailbox;
mod open_data;
mod outreach;
mod paper;
mod participation;
mod period;
mod ranking;
mod report;
mod reporter;
mod shape;
mod snapshot;
mod snapshot_book;
mod statistics;
mod stop;
mod table;
mod visit;

use crate::state::Web;
pub(crate) use again::Again;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path};
use axum::response::Redirect;
use axum::routing::{get, post};
use failure::Failure;
use visit::Visit;

/// Five films of 50 MB and the words around them.
const MOST_BYTES: usize = 5 * 50 * 1024 * 1024 + 1024 * 1024;

/// Five documents of an evaluation, and the words around them.
const MOST_EVIDENCE: usize = 51 * 1024 * 1024;

/// A paper of an office, or its logo, and the words around it.
const MOST_PAPER: usize = 11 * 1024 * 1024;

/// The pages of citizens and officers, and what they are made of.
pub(crate) fn routes() -> Router<Web> {
    citizen().merge(officers()).fallback(missing)
}

fn citizen() -> Router<Web> {
    Router::new()
        .route("/", get(home::show))
        .route("/laporan", get(lists::reports).post(home::send).layer(DefaultBodyLimit::max(MOST_BYTES)))
        .route("/laporan/feed", get(feed::show))
        .route("/laporan/{code}", get(report::show))
        .route("/laporan/{code}/tanda-terima", get(report::receipt))
        .route("/laporan/{code}/pin", get(parent).post(report::open))
        .route("/laporan/{code}/kunci", get(parent).post(report::lock))
        .route("/laporan/{code}/ikuti", get(parent).post(account::follow))
        .route("/laporan/{code}/lepas", get(parent).post(account::unfollow))
        .route("/akun", get(account::show).post(account::ask))
        .route("/akun/kode", get(account::code).post(account::enter))
        .route("/akun/keluar", get(parent).post(account::leave))
        .route("/akun/hapus", get(parent).post(account::erase))
        .route("/akun/laporan", get(parent).post(account::claim))
        .route("/akun/laporan/{code}", get(account::open))
        .route("/laporan/{code}/surel", get(parent).post(mailbox::change))
        .route("/laporan/{code}/dukungan", get(parent).post(reporter::support))
        .route("/laporan/{code}/lampiran/{id}", get(file::public))
        .route("/laporan/{code}/{what}", get(parent).post(reporter::send).layer(DefaultBodyLimit::max(MOST_BYTES)))
        .route("/tanya/{token}", get(inquiry::show).post(inquiry::answer).layer(DefaultBodyLimit::max(MOST_BYTES)))
        .route("/masalah/{id}", get(cause::show))
        .route("/lacak", get(report::track).post(report::follow))
        .route("/surat/berhenti", get(stop::stopped))
        .route("/surat/berhenti/{token}", get(stop::ask).post(stop::stop))
        .merge(figures())
        .route("/instansi", get(lists::offices))
        .route("/instansi/{id}", get(lists::agency))
        .route("/instansi/{id}/berkas/{paper}", get(file::paper))
        .route("/wajah/{slug}", get(face::choose))
        .route("/wajah/{slug}/warna.css", get(face::style))
        .route("/wajah/{slug}/logo", get(face::logo))
        .route("/bantuan", get(lists::help))
        .route("/privasi", get(lists::privacy))
        .route("/bahasa/{tag}", get(lists::language))
        .route("/assets/{name}", get(asset::show))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
}

/// Figures that everybody reads and counts again.
fn figures() -> Router<Web> {
    Router::new()
        .route("/statistik", get(statistics::show))
        .route("/statistik/peringkat", get(ranking::show))
        .route("/statistik/daftar", get(counted::list))
        .route("/statistik/partisipasi", get(participation::show))
        .route("/statistik/partisipasi/{kind}", get(table::participation))
        .route("/sosialisasi", get(outreach::list))
        .route("/sosialisasi/{id}", get(outreach::show))
        .route("/sosialisasi/{id}/foto/{photo}", get(outreach::photo))
        .route("/statistik/penghargaan/{formula}", get(award::show))
        .route("/statistik/{kind}", get(table::statistics))
        .route("/statistik/peringkat/{kind}", get(table::ranking))
        .route("/statistik/penghargaan/{formula}/{kind}", get(table::award))
        .route("/statistik/rekaman", get(snapshot::list))
        .route("/statistik/rekaman/{semester}", get(snapshot::show))
        .route("/statistik/rekaman/{semester}/rekaman.json", get(snapshot::document))
        .route("/statistik/rekaman/{semester}/rekaman.sig", get(snapshot::signature))
        .route("/statistik/rekaman/{semester}/kunci.pem", get(snapshot::key))
        .route("/statistik/rekaman/{semester}/tabel.xlsx", get(snapshot_book::show))
        .route("/statistik/rekaman/{semester}/sertifikat/{office}", get(snapshot::certificate))
        .route("/data-terbuka", get(open_data::list))
        .route("/data-terbuka/{month}", get(open_data::show))
        .route("/data-terbuka/{month}/{file}", get(open_data::file))
        .route("/statistik/evaluasi/{semester}", get(evaluation::list))
        .route("/statistik/evaluasi/{semester}/{office}", get(evaluation::show))
        .route("/statistik/evaluasi/{semester}/unduhan/{kind}", get(evaluation::table))
        .route("/statistik/evaluasi/{semester}/{office}/{part}", get(evaluation::part))
}

fn officers() -> Router<Web> {
    Router::new()
        .route("/desk", get(desk::inbox::show))
        .route("/desk/masuk", get(desk::login::show).post(desk::login::enter))
        .route("/desk/masuk/kode", get(desk::second::ask).post(desk::second::enter))
        .route("/desk/masuk/pasang", get(desk::second::offer).post(desk::second::enrol))
        .route("/desk/masuk/kode/kunci", get(desk::passkey::ask_second).post(desk::passkey::enter_second))
        .route("/desk/masuk/kunci", get(desk::passkey::ask).post(desk::passkey::enter))
        .route("/desk/masuk/identitas", get(desk::identity::go))
        .route("/desk/masuk/identitas/kembali", get(desk::identity::back))
        .route("/desk/akun", get(desk::account::show))
        .route("/desk/akun/token", get(desk::token::show).post(desk::token::make))
        .route("/desk/akun/keamanan", get(desk::factor::show))
        .route("/desk/akun/keamanan/aplikasi", get(desk::factor::offer).post(desk::factor::add))
        .route("/desk/akun/keamanan/kunci", get(desk::passkey::offer).post(desk::passkey::add))
        .route("/desk/akun/keamanan/identitas", get(desk::identity::show).post(desk::identity::link))
        .route("/desk/akun/keamanan/identitas/lepas", get(parent).post(desk::identity::unlink))
        .route("/desk/akun/keamanan/cabut", get(parent).post(desk::factor::remove))
        .route("/desk/akun/keamanan/pemulihan", get(parent).post(desk::factor::renew))
        .route("/desk/akun/sandi", get(parent).post(desk::account::change))
        .route("/desk/akun/sesi", get(parent).post(desk::account::end))
        .route("/desk/keluar", post(desk::login::leave))
        .merge(seats())
        .merge(counter())
        .route("/desk/pemberitahuan", get(desk::notices::show).post(desk::notices::see))
        .merge(oversight())
        .merge(problems().merge(outreaches()))
        .merge(evaluations())
        .route("/desk/pesan", get(desk::messages::list))
        .route("/desk/pesan/{id}/berkas/{file}", get(desk::messages::file))
        .route("/desk/pesan/{id}", get(desk::messages::show).post(desk::messages::end))
        .route("/desk/kata-sms", get(desk::sms_words::show).post(desk::sms_words::add))
        .route("/desk/kata-sms/cabut", get(parent).post(desk::sms_words::drop_word))
        .route("/desk/webhook", get(desk::webhooks::list).post(desk::webhooks::add))
        .route("/desk/webhook/{id}", get(desk::webhook::show))
        .route("/desk/webhook/{id}/{what}", get(parent).post(desk::webhook::act))
        .route("/desk/aturan", get(desk::rules::show).post(desk::rules::draft))
        .route("/desk/aturan/{id}", get(desk::rule_sheet::show))
        .route("/desk/aturan/{id}/tabel", get(desk::rule_sheet::table))
        .route("/desk/aturan/{id}/{what}", get(parent).post(desk::rule_sheet::send))
        .route("/desk/uji-aturan/{id}", get(desk::replay::show))
        .route("/desk/ditandai", get(desk::doubts::show))
        .route("/desk/laporan/{code}/tanda", get(parent).post(desk::doubts::clear))
        .route("/desk/verifikasi", get(desk::verify::next))
        .route("/desk/bagian", get(desk::duties::show))
        .route("/desk/jawaban", get(desk::answers::show))
        .route("/desk/jawaban/persetujuan", get(parent).post(desk::answers::approve))
        .route("/desk/jawaban/templat", get(parent).post(desk::answers::keep))
        .route("/desk/laporan/{code}", get(desk::case::show))
        .route("/desk/laporan/{code}/berkas.pdf", get(desk::case_file::show))
        .route("/desk/laporan/{code}/kehadiran", get(parent).post(desk::presence::beat))
        .route("/desk/saringan", get(desk_home).post(desk::saved_filters::keep))
        .route("/desk/saringan/{id}", get(desk_home).post(desk::saved_filters::forget))
        .route("/desk/massal", get(desk::batch::list).post(desk::batch::look))
        .route("/desk/massal/kirim", get(parent).post(desk::batch::send))
        .route("/desk/massal/ekspor", get(parent).post(desk::batch::export))
        .route("/desk/massal/{id}", get(desk::batch::show))
        .route("/desk/massal/{id}/batal", get(parent).post(desk::batch::undo))
        .route("/desk/laporan/{code}/lampiran/{id}", get(file::desk))
        .route("/desk/laporan/{code}/pertanyaan", get(parent).post(desk::questions::ask))
        .route("/desk/laporan/{code}/pertanyaan-selesai", get(parent).post(desk::questions::end))
        .route("/desk/laporan/{code}/kesamaan", get(parent).post(desk::kin::link))
        .route("/desk/laporan/{code}/pelepasan", get(parent).post(desk::kin::unlink))
        .route(
            "/desk/laporan/{code}/{what}",
            get(parent).post(desk::acts::send).layer(DefaultBodyLimit::max(MOST_BYTES)),
        )
}

/// What supervisors and leaders look at, ask for and decide.
fn oversight() -> Router<Web> {
    Router::new()
        .route("/desk/kampanye", get(desk::campaigns::list).post(desk::campaigns::make))
        .route("/desk/kampanye/baru", get(desk::campaigns::new))
        .route("/desk/kampanye/{id}", get(desk::campaigns::show))
        .route("/desk/kampanye/{id}/pengiriman", get(parent).post(desk::campaigns::send))
        .route("/desk/kampanye/{id}/surat/{office}", get(desk::campaigns::letter))
        .route("/desk/kampanye/{id}/surat/{office}/surat.pdf", get(desk::campaigns::letter_pdf))
        .route("/desk/ombudsman", get(desk::ombudsman::show).post(desk::ombudsman::take))
        .route("/desk/rekaman", get(desk::snapshots::list).post(desk::snapshots::freeze))
        .route("/desk/ringkasan", get(desk::summary::show))
        .route("/desk/daftar", get(desk::counted::list))
        .route("/desk/unduhan", get(desk::extracts::list).post(desk::extracts::ask))
        .route("/desk/unduhan/{id}", get(desk::extracts::show))
        .route("/desk/unduhan/{id}/hapus", get(parent).post(desk::extracts::delete))
        .route("/desk/unduhan/{id}/{name}", get(desk::extracts::download))
        .route("/desk/peringatan", get(desk::surges::list))
        .route("/desk/peringatan/{id}", get(desk::surges::show))
        .route("/desk/peringatan/{id}/{what}", get(parent).post(desk::surges::act))
        .route("/desk/rencana", get(desk::plans::list).post(desk::plans::set))
        .route("/desk/rencana/baru", get(desk::plan_new::show).post(desk::plan_new::ask))
        .route("/desk/rencana/{id}", get(desk::plans::show))
        .route("/desk/rencana/{id}/{what}", get(parent).post(desk::plans::act))
        .route("/desk/pengawasan", get(desk::oversight::show))
        .route("/desk/pengawasan/unduhan/{kind}", get(desk::oversight::table))
        .route("/desk/pengawasan/{office}/laporan", get(desk::oversight::queue))
}

/// Reports that officers take in for people, and signs by which people come by themselves.
fn counter() -> Router<Web> {
    Router::new()
        .route(
            "/desk/loket",
            get(desk::counter::show).post(desk::counter::take).layer(DefaultBodyLimit::max(MOST_BYTES)),
        )
        .route("/desk/tanda", get(desk::sign::form))
        .route("/desk/tanda/lembar", get(desk::sign::sheet))
        .route("/desk/tanda/lembar.pdf", get(desk::sign::pdf))
        .route("/desk/loket/kliping", get(parent).post(desk::counter::clip))
        .route(
            "/desk/loket/tabel",
            get(desk::counter_table::show)
                .post(desk::counter_table::take)
                .layer(DefaultBodyLimit::max(desk::counter_table::MOST_BODY)),
        )
        .route("/desk/loket/tabel/{blank}", get(desk::counter_table::blank))
        .route("/desk/loket/{code}", get(desk::counter::receipt))
        .route("/desk/loket/{code}/tanda-terima.pdf", get(desk::counter::receipt_pdf))
}

/// Evaluations, and the papers for the national competition.
fn evaluations() -> Router<Web> {
    let limit = || DefaultBodyLimit::max(MOST_EVIDENCE);
    Router::new()
        .route("/desk/evaluasi", get(desk::evaluations::list))
        .route(
            "/desk/evaluasi/{semester}/{agency}",
            get(desk::evaluation::show).post(desk::evaluation::fill).layer(limit()),
        )
        .route("/desk/evaluasi/{semester}/{agency}/bukti/{file}", get(desk::evaluation::evidence))
        .route("/desk/evaluasi/{semester}/{agency}/{what}", get(parent).post(desk::evaluation::act).layer(limit()))
        .route("/desk/berkas-lomba/{agency}/{year}", get(desk::competition::show).post(desk::competition::take))
        .route("/desk/berkas-lomba/{agency}/{year}/kisah", get(parent).post(desk::competition::add))
        .route("/desk/berkas-lomba/{agency}/{year}/kisah-lepas", get(parent).post(desk::competition::drop))
}

/// Problems, and the reports in them.
fn problems() -> Router<Web> {
    Router::new()
        .route("/desk/masalah", get(desk::problems::list).post(desk::problems::make))
        .route("/desk/masalah/baru", get(desk::problems::new))
        .route("/desk/masalah/{id}", get(desk::problem::show).post(desk::problem::edit))
        .route("/desk/masalah/{id}/kabar", get(parent).post(desk::problem::tell))
        .route("/desk/masalah/{id}/laporan", get(parent).post(desk::problem::gather))
        .route("/desk/laporan/{code}/masalah", get(parent).post(desk::case_problem::attach))
        .route("/desk/laporan/{code}/masalah-lepas", get(parent).post(desk::case_problem::release))
}

/// Outreach, the way of agencies into the system, and inhabitants.
fn outreaches() -> Router<Web> {
    Router::new()
        .route("/desk/sosialisasi", get(desk::outreaches::list).post(desk::outreaches::make))
        .route("/desk/sosialisasi/baru", get(desk::outreaches::new))
        .route("/desk/sosialisasi/{id}", get(desk::outreach::show).post(desk::outreach::edit))
        .route("/desk/sosialisasi/{id}/pelaksanaan", get(parent).post(desk::outreach::carry_out))
        .route("/desk/sosialisasi/{id}/pembatalan", get(parent).post(desk::outreach::cancel))
        .route(
            "/desk/sosialisasi/{id}/foto",
            get(parent).post(desk::outreach::add_photo).layer(DefaultBodyLimit::max(MOST_PAPER)),
        )
        .route("/desk/sosialisasi/{id}/foto/{photo}", get(outreach::desk_photo).post(desk::outreach::remove_photo))
        .route("/desk/keterhubungan", get(desk::onboarding::list))
        .route("/desk/keterhubungan/{id}", get(desk::onboarding::show).post(desk::onboarding::note))
        .route("/desk/penduduk", get(desk::population::show).post(desk::population::enter))
}

/// Offices, the seats in them, and the way into one.
fn seats() -> Router<Web> {
    Router::new()
        .route("/desk/instansi", get(desk::office::find))
        .route("/desk/instansi/{id}", get(desk::office::show))
        .route("/desk/instansi/{id}/data", get(desk::office_data::show).post(desk::office_data::change))
        .route("/desk/instansi/{id}/baru", get(parent).post(desk::office_data::add))
        .route(
            "/desk/instansi/{id}/wajah",
            get(desk::face::show).post(desk::face::change).layer(DefaultBodyLimit::max(MOST_PAPER)),
        )
        .route("/desk/instansi/{id}/wajah/lepas", get(parent).post(desk::face::drop))
        .route(
            "/desk/instansi/{id}/berkas",
            get(desk::papers::show).post(desk::papers::add).layer(DefaultBodyLimit::max(MOST_PAPER)),
        )
        .route("/desk/instansi/{id}/berkas/{paper}", get(file::desk_paper).post(desk::papers::remove))
        .route("/desk/instansi/{id}/sistem", get(desk::peer::show).post(desk::peer::change))
        .route("/desk/instansi/{id}/sistem/lepas", get(parent).post(desk::peer::drop))
        .route("/desk/instansi/{id}/sistem/ulang", get(parent).post(desk::peer::retry))
        .route("/desk/instansi/{id}/akun", get(desk::seats::show))
        .route("/desk/instansi/{id}/perubahan", get(desk::seats::changes))
        .route("/desk/instansi/{id}/langkah-kedua", get(seats_of).post(desk::seats::demand))
        .route("/desk/instansi/{id}/undangan", get(parent).post(desk::seats::invite))
        .route("/desk/instansi/{id}/undangan/{which}", post(desk::seats::withdraw))
        .route("/desk/pertukaran", get(desk::exchange::show))
        .route("/desk/kursi/{id}", get(desk::seat::show))
        .route("/desk/kursi/{id}/pindah", get(parent).post(desk::seat::switch))
        .route("/desk/kursi/{id}/wakil", get(parent).post(desk::seat::deputise))
        .route("/desk/kursi/{id}/akhir", get(parent).post(desk::seat::end))
        .route("/desk/kursi/{id}/akun", get(parent).post(desk::seat::account))
        .route("/desk/serah-terima", get(desk::handover::list).post(desk::handover::draft))
        .route("/desk/serah-terima/{id}", get(desk::handover::show))
        .route("/desk/serah-terima/{id}/berita-acara", get(desk::handover::minutes))
        .route("/desk/serah-terima/{id}/berita-acara.pdf", get(desk::handover::minutes_pdf))
        .route("/desk/serah-terima/{id}/tanda-tangan", get(parent).post(desk::handover::sign))
        .route("/desk/serah-terima/{id}/tarik", get(parent).post(desk::handover::withdraw))
        .route("/desk/undangan/{secret}", get(desk::invitation::show).post(desk::invitation::accept))
}

/// The address of a form, opened by itself after a login or a change of language: its page is one above.
async fn parent(visit: Visit) -> Redirect {
    let path = visit.path.split('?').next().unwrap_or_default();
    Redirect::to(path.rsplit_once('/').map_or("/", |(above, _)| above))
}

/// The way from the address of the form about the second step to the seats it stands beside.
async fn seats_of(Path(id): Path<i64>) -> Redirect {
    Redirect::to(&format!("/desk/instansi/{id}/akun"))
}

/// The way from the address of a form of the inbox to the inbox.
async fn desk_home() -> Redirect {
    Redirect::to("/desk")
}

async fn missing(visit: Visit) -> Failure {
    Failure::page(&visit, 404, None, None)
}

pub(crate) use guard::{Gate, protect};
