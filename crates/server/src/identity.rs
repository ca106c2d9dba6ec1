//! `[identity]`: the OpenID Connect provider by which officers may log in.

use crate::config::Config;
use crate::failure::Failure;
use app::IdentityProvider;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The settings of `[identity]`, or `LAPOR_IDENTITY_…`. Without an issuer there is no provider. It has to send people
/// back to `BASE_URL/desk/masuk/identitas/kembali`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct IdentityConfig {
    /// `https://…`, as the provider's own description has it.
    pub issuer: Option<String>,
    pub client_id: Option<String>,
    /// A file with the client's secret, so that it stands in no configuration and no list of processes.
    pub client_secret_file: Option<PathBuf>,
    /// What people call the provider; its address otherwise.
    pub label: Option<String>,
    /// Values of `amr` or `acr` with which the provider vouches for a second factor, e.g. `mfa`. With none, officers
    /// of whom one is asked show it here.
    pub second_factor: Vec<String>,
}

/// The provider; `None` where none is set up.
pub fn of(config: &Config) -> Result<Option<IdentityProvider>, Failure> {
    let settings = &config.identity;
    let Some(issuer) = &settings.issuer else { return Ok(None) };
    if !is_protected(issuer) {
        return Err(Failure::told("identity-issuer"));
    }
    let Some(client_id) = settings.client_id.clone() else { return Err(Failure::told("identity-client")) };
    let secret = settings.client_secret_file.as_ref().map(std::fs::read_to_string).transpose();
    let secret = secret.map_err(|error| Failure::new("identity.client_secret_file", error))?;
    Ok(Some(IdentityProvider {
        label: settings.label.as_ref().unwrap_or(issuer).clone(),
        issuer: issuer.clone(),
        client_id,
        client_secret: secret.map(|text| text.trim().to_owned()),
        second_factor: settings.second_factor.clone(),
    }))
}

/// By HTTPS, or on this machine, for trying out.
fn is_protected(issuer: &str) -> bool {
    let rest = ["http://localhost", "http://127.0.0.1"].iter().find_map(|start| issuer.strip_prefix(start));
    issuer.starts_with("https://") || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(issuer: Option<&str>, client_id: Option<&str>) -> Config {
        let identity = IdentityConfig {
            issuer: issuer.map(str::to_owned),
            client_id: client_id.map(str::to_owned),
            ..IdentityConfig::default()
        };
        Config { identity, ..Config::default() }
    }

    #[test]
    fn a_provider_is_asked_by_https_or_there_is_none() {
        assert!(of(&config(None, Some("lapor"))).unwrap().is_none());
        let found = of(&config(Some("https://masuk.contoh.go.id"), Some("lapor"))).unwrap().unwrap();
        assert_eq!((found.label.as_str(), found.second_factor.len()), ("https://masuk.contoh.go.id", 0));
        assert!(of(&config(Some("http://localhost:9000"), Some("lapor"))).is_ok());
        for plain in ["http://masuk.contoh.go.id", "http://localhost.contoh.go.id", "masuk.contoh.go.id"] {
            assert!(of(&config(Some(plain), Some("lapor"))).is_err(), "{plain}");
        }
        assert!(of(&config(Some("https://masuk.contoh.go.id"), None)).is_err());
    }
}
