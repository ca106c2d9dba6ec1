//! Ways in beside the password: a passkey of the device, and an identity provider.

use super::step::check;
use crate::Failure;
use crate::e2e::server::PASSWORD;
use crate::e2e::visit::Visit;

/// An officer makes a passkey, logs in with it alone, and takes it away with a recovery code.
pub async fn passkey(visit: &Visit) -> Result<(), Failure> {
    visit.own_authenticator(true).await?;
    visit.log_in("kalsel").await?;
    let code = make(visit, "Laptop contoh").await?;
    visit.forget().await?;
    visit.open("/desk/masuk?back=/desk/akun/keamanan").await?;
    visit.press("a[href^='/desk/masuk/kunci']").await?;
    visit.press("#send").await?;
    visit.arrives("/desk/akun/keamanan").await?;
    visit.sees(".seat", "Budi Peragaan").await?;
    visit.sees("[aria-labelledby=factors]", "Laptop contoh").await?;
    visit.unfold("[aria-labelledby=removal] details").await?;
    visit.fill("#remove-password", PASSWORD).await?;
    visit.fill("#remove-code", &code).await?;
    visit.press("[aria-labelledby=removal] button[type=submit]").await?;
    visit.sees(".page-notice", "Langkah kedua sudah dicabut").await?;
    visit.forget().await?;
    visit.open("/desk/masuk/kunci").await?;
    visit.press("#send").await?;
    visit.sees("main", "Kunci sandi ini tidak cocok").await
}

/// A device that does not check who holds it is a second step after the password.
pub async fn second_passkey(visit: &Visit) -> Result<(), Failure> {
    visit.own_authenticator(false).await?;
    visit.log_in("kalsel").await?;
    make(visit, "Kunci contoh").await?;
    visit.forget().await?;
    visit.open("/desk/masuk").await?;
    visit.fill("#login", "kalsel").await?;
    visit.fill("#password", PASSWORD).await?;
    visit.press("main form button[type=submit]").await?;
    visit.arrives("/desk/masuk/kode?back=/desk").await?;
    visit.press("a[href^='/desk/masuk/kode/kunci']").await?;
    visit.press("#send").await?;
    visit.arrives("/desk").await?;
    visit.sees(".seat", "Budi Peragaan").await
}

/// Without a script the page says that it needs one, and leads to the password.
pub async fn passkey_without_script(visit: &Visit) -> Result<(), Failure> {
    visit.open("/desk/masuk/kunci").await?;
    visit.sees("main", "memerlukan JavaScript").await?;
    check(!visit.find("#send").await?.is_displayed().await?, "a button that does nothing is shown")?;
    visit.press("main .links a[href^='/desk/masuk']").await?;
    visit.arrives("/desk/masuk?back=/desk").await.map(drop)
}

/// The first time the password confirms who it is; after that the provider alone lets the officer in.
pub async fn identity(visit: &Visit) -> Result<(), Failure> {
    at_provider(visit, "budi").await?;
    visit.sees(".page-notice", "belum terhubung").await?;
    visit.fill("#login", "kalsel").await?;
    visit.fill("#password", PASSWORD).await?;
    visit.press("main form button[type=submit]").await?;
    visit.arrives("/desk/akun/keamanan/identitas").await?;
    visit.sees("main", "budi@contoh.go.id").await?;
    visit.fill("#password", "bukan kata sandinya").await?;
    visit.press("main form button[type=submit]").await?;
    visit.sees("#password-slip", "tidak cocok").await?;
    visit.fill("#password", PASSWORD).await?;
    visit.press("main form button[type=submit]").await?;
    visit.sees(".page-notice", "sudah terhubung").await?;
    at_provider(visit, "budi").await?;
    visit.arrives("/desk").await?;
    visit.sees(".seat", "Budi Peragaan").await?;
    at_provider(visit, "orang-lain").await?;
    visit.sees(".page-notice", "belum terhubung").await?;
    check(!visit.has(".seat").await?, "somebody unknown is let in")?;
    let forged = visit.fetch("/desk/masuk/identitas/kembali?code=x&state=y").await?;
    check(forged.status == 303, "an answer that nobody asked for is taken")?;
    visit.open("/desk").await?;
    visit.arrives("/desk/masuk?back=/desk").await.map(drop)
}

/// Makes a passkey as the first factor; returns a recovery code.
async fn make(visit: &Visit, label: &str) -> Result<String, Failure> {
    visit.open("/desk/akun/keamanan").await?;
    visit.press("a[href='/desk/akun/keamanan/kunci']").await?;
    visit.fill("#label", label).await?;
    visit.fill("#password", PASSWORD).await?;
    visit.press("#send").await?;
    visit.sees("h1", "Kode pemulihan").await?;
    visit.read(".codes li code").await
}

async fn at_provider(visit: &Visit, name: &str) -> Result<(), Failure> {
    visit.forget().await?;
    visit.open("/desk/masuk").await?;
    visit.press("a[href^='/desk/masuk/identitas']").await?;
    visit.sees("h1", "Penyedia uji").await?;
    visit.fill("#name", name).await?;
    visit.press("button[type=submit]").await
}
