//! An identity provider that speaks OpenID Connect: where to send somebody, and who came back.
//!
//! Authorization code with PKCE, state and nonce; the identity token is verified with the provider's published keys.

use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreIdTokenClaims, CoreProviderMetadata};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, Scope, TokenResponse, reqwest,
};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Longest time for one call to the provider; a login makes three at most.
const LONGEST: Duration = Duration::from_secs(8);
const CONNECT: Duration = Duration::from_secs(4);
/// How long the provider's description is believed; its keys may be replaced.
const FRESH: Duration = Duration::from_secs(600);
/// How long a provider that did not answer is left alone.
const REST: Duration = Duration::from_secs(10);
/// The longest name of a person (OpenID Connect Core, section 2).
const MOST_SUBJECT: usize = 255;

/// The provider as it is configured.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What people call it.
    pub label: String,
    /// `https://…`, as the provider's own description has it.
    pub issuer: String,
    pub client_id: String,
    pub client_secret: Option<String>,
    /// Values of `amr` or `acr` with which the provider vouches for a second factor; with none it never does.
    pub second_factor: Vec<String>,
}

/// Why nobody came back.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The provider does not answer, or not in time.
    #[error("the identity provider does not answer: {0}")]
    Unreachable(String),
    /// What came back does not prove anything.
    #[error("the identity provider's answer does not fit: {0}")]
    Unfit(String),
}

/// Where to send somebody, and what to remember until they are back.
#[derive(Debug)]
pub struct Way {
    pub address: String,
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

/// Somebody for whom the provider vouches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub issuer: String,
    /// The provider's own name of the person, which never changes.
    pub subject: String,
    /// What the person is shown: the e-mail where the provider has verified it.
    pub email: Option<String>,
    /// The provider has checked a second factor.
    pub second_factor: bool,
}

/// What somebody came back with, and what was remembered.
#[derive(Debug)]
pub struct Returned<'a> {
    pub code: &'a str,
    pub nonce: &'a str,
    pub verifier: &'a str,
}

/// The provider, and what is known of it.
pub struct Provider {
    settings: Settings,
    /// When it was last asked for its description, and what it said.
    described: Mutex<Option<(Instant, Option<CoreProviderMetadata>)>>,
}

impl Provider {
    /// A provider that has not been asked anything yet.
    pub fn new(settings: Settings) -> Provider {
        Provider { settings, described: Mutex::default() }
    }

    /// What people call it.
    pub fn label(&self) -> &str {
        &self.settings.label
    }

    /// Where to send somebody who is to come back to `redirect`.
    pub async fn begin(&self, redirect: &str) -> Result<Way, Error> {
        let metadata = self.describe(&outside()?).await?;
        let client = CoreClient::from_provider_metadata(metadata, self.id(), self.secret())
            .set_redirect_uri(RedirectUrl::new(redirect.to_owned()).map_err(unfit)?);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let (address, state, nonce) = client
            .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        Ok(Way {
            address: address.to_string(),
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
        })
    }

    /// Who came back with a code.
    pub async fn finish(&self, redirect: &str, returned: &Returned<'_>) -> Result<Person, Error> {
        let outside = outside()?;
        let metadata = self.describe(&outside).await?;
        let client = CoreClient::from_provider_metadata(metadata, self.id(), self.secret())
            .set_redirect_uri(RedirectUrl::new(redirect.to_owned()).map_err(unfit)?);
        let answer = client
            .exchange_code(AuthorizationCode::new(returned.code.to_owned()))
            .map_err(unfit)?
            .set_pkce_verifier(PkceCodeVerifier::new(returned.verifier.to_owned()))
            .request_async(&outside)
            .await
            .map_err(|error| match error {
                openidconnect::RequestTokenError::Request(error) => Error::Unreachable(error.to_string()),
                other => unfit(other),
            })?;
        let token = answer.id_token().ok_or_else(|| Error::Unfit("no identity token".to_owned()))?;
        let nonce = Nonce::new(returned.nonce.to_owned());
        self.person(token.claims(&client.id_token_verifier(), &nonce).map_err(unfit)?)
    }

    fn person(&self, claims: &CoreIdTokenClaims) -> Result<Person, Error> {
        let subject = claims.subject().to_string();
        if subject.is_empty() || subject.len() > MOST_SUBJECT || subject.chars().any(char::is_control) {
            return Err(Error::Unfit("the name of the person cannot be kept".to_owned()));
        }
        let email = claims.email().filter(|_| claims.email_verified() == Some(true));
        let methods = claims.auth_method_refs().into_iter().flatten().map(|method| method.to_string());
        let mut said = methods.chain(claims.auth_context_ref().map(|class| class.to_string()));
        Ok(Person {
            issuer: claims.issuer().to_string(),
            subject,
            email: email.map(|email| email.to_string()),
            second_factor: said.any(|one| self.settings.second_factor.contains(&one)),
        })
    }

    /// The provider's own description and keys, asked for once in a while, by one request at a time.
    async fn describe(&self, outside: &reqwest::Client) -> Result<CoreProviderMetadata, Error> {
        let mut described = self.described.lock().await;
        match &*described {
            Some((at, Some(metadata))) if at.elapsed() < FRESH => return Ok(metadata.clone()),
            Some((at, None)) if at.elapsed() < REST => return Err(Error::Unreachable("a moment ago".to_owned())),
            _ => {}
        }
        let issuer = IssuerUrl::new(self.settings.issuer.clone()).map_err(unfit)?;
        let found = CoreProviderMetadata::discover_async(issuer, outside).await;
        *described = Some((Instant::now(), found.as_ref().ok().cloned()));
        found.map_err(|error| Error::Unreachable(error.to_string()))
    }

    fn id(&self) -> ClientId {
        ClientId::new(self.settings.client_id.clone())
    }

    fn secret(&self) -> Option<ClientSecret> {
        self.settings.client_secret.clone().map(ClientSecret::new)
    }
}

/// Follows no redirect: a provider that could send us anywhere could make us ask our own network.
fn outside() -> Result<reqwest::Client, Error> {
    let client = reqwest::Client::builder().timeout(LONGEST).connect_timeout(CONNECT);
    client.redirect(reqwest::redirect::Policy::none()).build().map_err(|error| Error::Unreachable(error.to_string()))
}

fn unfit(error: impl std::fmt::Display) -> Error {
    Error::Unfit(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(second_factor: &[&str]) -> Provider {
        Provider::new(Settings {
            label: "Penyedia".to_owned(),
            issuer: "https://masuk.contoh.go.id".to_owned(),
            client_id: "lapor".to_owned(),
            client_secret: None,
            second_factor: second_factor.iter().map(|one| (*one).to_owned()).collect(),
        })
    }

    fn claims(more: &str) -> CoreIdTokenClaims {
        let text = format!(
            "{{\"iss\":\"https://masuk.contoh.go.id\",\"aud\":[\"lapor\"],\"exp\":2000000000,\"iat\":1900000000,{more}}}"
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn only_a_verified_address_names_somebody() {
        let email = |verified| {
            let claims =
                claims(&format!("\"sub\":\"7\",\"email\":\"siti@contoh.go.id\",\"email_verified\":{verified}"));
            provider(&[]).person(&claims).unwrap().email
        };
        assert_eq!(email(true).as_deref(), Some("siti@contoh.go.id"));
        assert_eq!(email(false), None);
    }

    #[test]
    fn the_provider_vouches_for_a_second_factor_only_in_the_words_that_were_agreed() {
        let said = |agreed: &[&str], more: &str| {
            provider(agreed).person(&claims(&format!("\"sub\":\"7\",{more}"))).unwrap().second_factor
        };
        let methods = "\"amr\":[\"pwd\",\"mfa\"]";
        assert!(!said(&[], methods), "a provider is believed that nobody trusts");
        assert!(said(&["mfa"], methods) && !said(&["hwk"], methods));
        assert!(said(&["urn:tinggi"], "\"acr\":\"urn:tinggi\"") && !said(&["urn:tinggi"], "\"acr\":\"urn\""));
    }

    #[test]
    fn a_name_that_could_be_mistaken_for_another_is_refused() {
        for odd in [String::new(), "a\\nb".to_owned(), "x".repeat(256)] {
            assert!(provider(&[]).person(&claims(&format!("\"sub\":\"{odd}\""))).is_err(), "{odd}");
        }
    }

    #[tokio::test]
    async fn a_provider_that_does_not_answer_is_left_alone_for_a_moment() {
        let settings = Settings { issuer: "http://127.0.0.1:9".to_owned(), ..provider(&[]).settings };
        let silent = Provider::new(settings);
        let told = silent.begin("http://localhost/kembali").await.unwrap_err();
        assert!(matches!(&told, Error::Unreachable(_)), "{told}");
        let again = silent.begin("http://localhost/kembali").await.unwrap_err();
        assert!(again.to_string().ends_with("a moment ago"), "{again}");
    }
}
