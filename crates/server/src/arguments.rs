//! What can be typed after `lapor`.

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;
use web::words::{Lang, Words};

/// Lapor: the public-complaint system a whole country can trust.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Arguments {
    /// Configuration file, `lapor.toml` where that exists; `LAPOR_*` variables override it.
    #[arg(long, global = true)]
    pub config: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve pages and the API, and do what is due.
    Serve,
    /// Bring the database up to date and load the reference data.
    Migrate,
    /// Officers' accounts.
    #[command(subcommand)]
    User(User),
    /// API tokens.
    #[command(subcommand)]
    Token(Token),
    /// Make a realistic population of reports, or load villages.
    Seed(Seed),
    /// Read the 26-column export of SP4N-LAPOR! (CSV or XLSX).
    Import(Import),
    /// Write all reports in the 26-column format (CSV or XLSX).
    Export(Export),
    /// Say what is wrong and how to mend it.
    Doctor(Doctor),
    /// Letters by e-mail.
    #[command(subcommand)]
    Mail(Mail),
    /// Serve a demonstration with the cases of the articles and demo logins.
    Demo,
}

/// Officers' accounts.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Make an account; the password is read from standard input.
    Add {
        login: String,
        #[arg(long)]
        name: String,
        /// operator, liaison_officer, agency_admin, leader, inspector, national_admin, supervisor or auditor.
        #[arg(long)]
        role: String,
        /// The office's number, e.g. 630000.
        #[arg(long)]
        agency: i64,
    },
    /// Give an account one more seat, between which its person switches on the desk.
    Seat {
        login: String,
        #[arg(long)]
        role: String,
        #[arg(long)]
        agency: i64,
    },
    /// List accounts.
    List,
    /// Replace a password, read from standard input, and end all sessions and tokens.
    Password { login: String },
    /// Close an account and end all its sessions and tokens.
    Deactivate { login: String },
    /// Open a closed account.
    Activate { login: String },
    /// Take all second factors and recovery codes away from somebody who lost them, and end all sessions and tokens.
    ResetFactors { login: String },
    /// Ask for a second factor from everybody with a role, in an office and all below it.
    RequireFactor {
        /// As for `add`.
        #[arg(long)]
        role: String,
        /// The office's number; 1 for the whole installation.
        #[arg(long, default_value_t = 1)]
        agency: i64,
        /// Ask no longer.
        #[arg(long)]
        off: bool,
    },
}

/// API tokens.
#[derive(Debug, Subcommand)]
pub enum Token {
    /// Make a token for an account; it is printed once.
    Create {
        #[arg(long)]
        user: String,
        /// What it is for.
        #[arg(long, default_value = "api")]
        label: String,
        /// The office of the seat it is for, where the account has several; the oldest seat otherwise.
        #[arg(long)]
        seat: Option<i64>,
        /// What it may do, e.g. `read,export`: read, act, export, submit; all but the last where it is left out.
        #[arg(long, value_delimiter = ',')]
        verbs: Vec<String>,
        /// Only reports of this office and those below it.
        #[arg(long)]
        agency: Option<i64>,
        /// The partner system that brings reports in by it; with `--verbs submit`.
        #[arg(long)]
        partner: Option<String>,
        /// Requests that the partner may make in a minute.
        #[arg(long)]
        per_minute: Option<u32>,
        /// Reports that the partner may bring in a day.
        #[arg(long)]
        per_day: Option<u32>,
    },
    /// List the valid tokens of an account.
    List {
        #[arg(long)]
        user: String,
    },
}

/// Letters by e-mail.
#[derive(Debug, Subcommand)]
pub enum Mail {
    /// Put a letter into the post that says only that letters arrive; `lapor serve` sends it.
    Test {
        to: String,
        /// The language of the letter.
        #[arg(long, value_enum, default_value_t)]
        language: Language,
    },
    /// Read from standard input what a mail server tells of a letter that it could not deliver (RFC 3464).
    /// For a pipe of the mail server, at the address that letters come from.
    Bounce,
}

/// A population of reports.
#[derive(Debug, Args)]
pub struct Seed {
    /// How many reports.
    #[arg(long, default_value_t = 0)]
    pub reports: u64,
    /// The same number, seed and day make the same reports.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The day before which the reports end, as 2026-11-25: that of the seeding to be resumed, or today.
    #[arg(long)]
    pub until: Option<Date>,
    /// A table of villages (code,name) to load, e.g. `data/region/villages.csv`.
    #[arg(long)]
    pub villages: Option<PathBuf>,
}

/// A file to read.
#[derive(Debug, Args)]
pub struct Import {
    pub file: PathBuf,
    /// Only say what would happen.
    #[arg(long)]
    pub dry_run: bool,
    /// Where to write every row that did not fit, and why; standard output otherwise.
    #[arg(long)]
    pub refused: Option<PathBuf>,
    /// The language of what is told.
    #[arg(long, value_enum, default_value_t)]
    pub language: Language,
}

/// A file to write.
#[derive(Debug, Args)]
pub struct Export {
    pub file: PathBuf,
    /// Write names that are not anonymous, and secret texts: for a hand-over to another national system.
    #[arg(long)]
    pub with_personal_data: bool,
    /// The language of what is told.
    #[arg(long, value_enum, default_value_t)]
    pub language: Language,
}

/// What to look at.
#[derive(Debug, Args)]
pub struct Doctor {
    /// Replay every log and compare it with its row.
    #[arg(long)]
    pub replay: bool,
    /// The language of what is told.
    #[arg(long, value_enum, default_value_t)]
    pub language: Language,
}

/// A language of the terminal.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum Language {
    #[default]
    Id,
    En,
}

impl Language {
    /// The sentences in this language.
    pub fn words(self) -> Words {
        Words::new(self.lang())
    }

    /// `id` or `en`.
    pub fn tag(self) -> &'static str {
        self.lang().tag()
    }

    fn lang(self) -> Lang {
        match self {
            Language::Id => Lang::Id,
            Language::En => Lang::En,
        }
    }
}
