//! The binary `lapor`: configuration, wiring, subcommands.

mod accounts;
mod arguments;
mod chat;
mod config;
mod demo;
mod doctor;
mod exchange;
mod failure;
mod identity;
mod mail;
mod peers;
mod progress;
mod secret;
mod seed;
mod serve;
mod sms;
mod start;
mod transfer;
mod webhook;

use arguments::{Arguments, Command};
use clap::Parser;
use config::Config;
use failure::Failure;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Half of the time of a page goes into small allocations, and the system's allocator gives memory back late.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let Arguments { config, command } = Arguments::parse();
    let patient = match &command {
        Command::Doctor(options) => Some(options.language.words()),
        _ => None,
    };
    run(config.as_deref(), command).unwrap_or_else(|failure| match patient {
        Some(words) => doctor::stopped(words, &failure),
        None => {
            eprintln!("lapor: {failure}");
            ExitCode::FAILURE
        }
    })
}

fn run(file: Option<&Path>, command: Command) -> Result<ExitCode, Failure> {
    let defaults = match command {
        Command::Demo => Config { data_dir: PathBuf::from("./data-demo"), ..Config::default() },
        _ => Config::default(),
    };
    let config = Config::read(file, defaults)?;
    start::log(&config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(dispatch(command, config))
}

async fn dispatch(command: Command, config: Config) -> Result<ExitCode, Failure> {
    match command {
        Command::Serve => serve::serve(&config).await?,
        Command::Migrate => drop(start::app(&config).await?),
        Command::User(user) => accounts::user(&config, user).await?,
        Command::Token(token) => accounts::token(&config, token).await?,
        Command::Seed(options) => seed::seed(&config, options).await?,
        Command::Import(options) => return transfer::import(&config, options).await,
        Command::Export(options) => transfer::export(&config, options).await?,
        Command::Doctor(options) => return doctor::doctor(&config, &options).await,
        Command::Mail(command) => mail::mail(&config, command).await?,
        Command::Demo => demo::demo(&config).await?,
    }
    Ok(ExitCode::SUCCESS)
}
