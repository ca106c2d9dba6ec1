//! Requests for pages: parse, call one function of `app`, render.

mod asset;
mod cookies;
mod desk;
mod failure;
mod feed;
mod file;
mod form;
mod guard;
mod health;
mod home;
mod letter;
mod lists;
mod report;
mod reporter;
mod shape;
mod visit;

use crate::state::Web;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::response::Redirect;
use axum::routing::{get, post};
use failure::Failure;
use visit::Visit;

/// Five films of 50 MB and the words around them.
const MOST_BYTES: usize = 5 * 50 * 1024 * 1024 + 1024 * 1024;

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
        .route("/laporan/{code}/dukungan", get(parent).post(reporter::support))
        .route("/laporan/{code}/lampiran/{id}", get(file::public))
        .route("/laporan/{code}/{what}", get(parent).post(reporter::send).layer(DefaultBodyLimit::max(MOST_BYTES)))
        .route("/lacak", get(report::track).post(report::follow))
        .route("/instansi", get(lists::offices))
        .route("/instansi/{id}", get(lists::agency))
        .route("/bantuan", get(lists::help))
        .route("/privasi", get(lists::privacy))
        .route("/bahasa/{tag}", get(lists::language))
        .route("/assets/{name}", get(asset::show))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
}

fn officers() -> Router<Web> {
    Router::new()
        .route("/desk", get(desk::inbox::show))
        .route("/desk/masuk", get(desk::login::show).post(desk::login::enter))
        .route("/desk/masuk/kode", get(desk::second::ask).post(desk::second::enter))
        .route("/desk/masuk/pasang", get(desk::second::offer).post(desk::second::enrol))
        .route("/desk/akun", get(desk::account::show))
        .route("/desk/akun/keamanan", get(desk::factor::show))
        .route("/desk/akun/keamanan/aplikasi", get(desk::factor::offer).post(desk::factor::add))
        .route("/desk/akun/keamanan/cabut", get(parent).post(desk::factor::remove))
        .route("/desk/akun/keamanan/pemulihan", get(parent).post(desk::factor::renew))
        .route("/desk/akun/sandi", get(parent).post(desk::account::change))
        .route("/desk/akun/sesi", get(parent).post(desk::account::end))
        .route("/desk/keluar", post(desk::login::leave))
        .route("/desk/pemberitahuan", get(desk::notices::show).post(desk::notices::see))
        .route("/desk/laporan/{code}", get(desk::case::show))
        .route("/desk/laporan/{code}/lampiran/{id}", get(file::desk))
        .route(
            "/desk/laporan/{code}/{what}",
            get(parent).post(desk::acts::send).layer(DefaultBodyLimit::max(MOST_BYTES)),
        )
}

/// The address of a form, opened by itself after a login or a change of language: its page is one above.
async fn parent(visit: Visit) -> Redirect {
    let path = visit.path.split('?').next().unwrap_or_default();
    Redirect::to(path.rsplit_once('/').map_or("/", |(above, _)| above))
}

async fn missing(visit: Visit) -> Failure {
    Failure::page(&visit, 404, None, None)
}

pub(crate) use guard::{Gate, protect};
