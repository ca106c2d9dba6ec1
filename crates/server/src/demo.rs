//! `lapor demo`: a demonstration that a newcomer starts with one word.

use crate::config::Config;
use crate::failure::Failure;
use crate::mail::MailConfig;
use crate::{serve, start};

/// Letters as files in a folder where no mail server is set: a demonstration needs none.
fn with_letters(config: &Config) -> Config {
    let folder = config.mail.server.is_none().then(|| config.data_dir.join("mail"));
    let mail = MailConfig { folder: config.mail.folder.clone().or(folder), ..config.mail.clone() };
    Config { mail, ..config.clone() }
}

/// Installs the demonstration once, prints the address and the logins, and serves it.
pub async fn demo(config: &Config) -> Result<(), Failure> {
    let config = &with_letters(config);
    let app = start::app(config).await?;
    let logins = match app::demo::install(&app).await {
        Err(app::Error::Denied) => return Err(Failure::told("demo-in-use").with("path", config.data_dir.display())),
        installed => installed?,
    };
    println!("\n  Lapor  {}\n", config.address());
    println!("  Meja petugas / officers' desk  {}/desk\n", config.address());
    for login in &logins {
        println!("  {:<14} {:<24} {:<16} {}", login.login, login.password, login.role.name(), login.office);
    }
    if let Some(folder) = &config.mail.folder {
        println!("\n  Surat / letters  {}", folder.display());
    }
    println!("\n  Ctrl-C untuk berhenti / to stop. Data: {}\n", config.data_dir.display());
    serve::run(config, app).await
}
