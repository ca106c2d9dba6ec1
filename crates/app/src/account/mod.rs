//! Accounts of reporters: optional, and without a password. Whoever reads the mail of an address, or holds the
//! telephone of a number, has its account.

mod follow;
mod reports;

pub use reports::KeptPage;

use crate::keys::{digest, secret};
use crate::mail::{Arg, NewLetter};
use crate::{App, Error, Result};
use domain::way::Address;
use jiff::{SignedDuration, Timestamp};
use store::access::log_change;
use store::account::{self, Account};

/// How long a code opens.
const CODE: SignedDuration = SignedDuration::from_mins(10);
/// How often a code may be tried.
const TRIES: i64 = 5;
/// How long a device stays logged in.
const SESSION: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A login that was let in.
#[derive(Debug, Clone)]
pub struct AccountSession {
    /// The secret for the cookie; only its digest is kept here.
    pub token: String,
    pub account: Account,
    pub expires_at: Timestamp,
}

impl App {
    /// Sends a code to an address, whether there is an account or not: nobody learns which. It opens for ten
    /// minutes, and the one before it no more. [`Error::NotFound`] where no letter goes that way.
    pub async fn send_code(&self, to: &Address, address: &str, language: &str) -> Result<()> {
        let way = to.way();
        if !self.sends(way) {
            return Err(Error::NotFound);
        }
        let to = to.plain();
        let key = self.address_digest(&to);
        self.attempts.note(&format!("code:{key}"), address)?;
        let code = format!("{:06}", rand::random_range(0..1_000_000_u32));
        let (hash, now) = (self.code_digest(&key, &code), self.now());
        let expires_at = now.checked_add(CODE).unwrap_or(now);
        let letter = NewLetter::now(to, language, "code", now).by(way).with("code", Arg::Text(spaced(&code)));
        let app = self.clone();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    account::put_code(tx, &key, &hash, expires_at).await?;
                    app.post(tx, letter).await.map(drop)
                })
            })
            .await
    }

    /// Lets in whoever has the code of an address; the account is made at the first time. [`Error::Denied`] for a
    /// code that is wrong, old, used, or was tried too often.
    pub async fn enter_account(
        &self,
        from: &Address,
        code: &str,
        address: &str,
        language: &str,
    ) -> Result<AccountSession> {
        let (way, plain) = (from.way(), from.plain());
        let key = self.address_digest(&plain);
        self.attempts.note(&format!("enter:{key}:{address}"), address)?;
        let digits: String = code.chars().filter(char::is_ascii_digit).collect();
        let given = self.code_digest(&key, &digits);
        let new = Account { id: self.id(), way, address: plain, language: language.to_owned() };
        let (app, token) = (self.clone(), secret());
        let (now, hash) = (self.now(), digest(&token));
        let expires_at = now.checked_add(SESSION).unwrap_or(now);
        let let_in = self.db.write(move |tx| {
            Box::pin(async move {
                // A wrong code is no error here: that it was tried must stay written.
                let known = account::try_code(tx, &key, now, TRIES).await?;
                if known.as_deref() != Some(given.as_str()) {
                    return Ok(None);
                }
                account::drop_code(tx, &key).await?;
                if account::insert(tx, &new, now).await? {
                    log_change(tx, app.id(), now, None, "account", &new.id.to_string(), "{\"added\":true}").await?;
                }
                let account = account::find(tx, &new.address).await?.ok_or(Error::NotFound)?;
                account::open(tx, &hash, account.id, now, expires_at).await?;
                Ok::<_, Error>(Some(account))
            })
        });
        let account = let_in.await?.ok_or(Error::Denied)?;
        Ok(AccountSession { token, account, expires_at })
    }

    /// The account behind a session cookie; none when that is over.
    pub async fn account(&self, token: &str) -> Result<Option<Account>> {
        Ok(account::session(&mut self.db.read().await?, &digest(token), self.now()).await?)
    }

    /// Ends a session.
    pub async fn leave_account(&self, token: &str) -> Result<()> {
        let hash = digest(token);
        self.db.write(move |tx| Box::pin(async move { Ok::<(), Error>(account::close(tx, &hash).await?) })).await
    }

    /// Erases an account, its sessions, what it keeps and what it follows. The reports themselves stay, with
    /// number and PIN.
    pub async fn erase_account(&self, account: &Account) -> Result<()> {
        let (app, id, now) = (self.clone(), account.id, self.now());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    account::erase(tx, id).await?;
                    log_change(tx, app.id(), now, None, "account", &id.to_string(), "{\"erased\":true}").await?;
                    Ok::<(), Error>(())
                })
            })
            .await
    }

    /// A code and the address it is for, under the server's key: a million guesses at a stolen row do not help.
    fn code_digest(&self, address: &str, code: &str) -> String {
        self.keys.sign("code", &format!("{address}:{code}"))
    }
}

/// `123 456`.
fn spaced(code: &str) -> String {
    let (head, tail) = code.split_at(code.len() / 2);
    format!("{head} {tail}")
}
