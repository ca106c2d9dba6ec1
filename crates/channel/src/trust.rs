//! Which authorities are believed when a server shows its certificate.

use lettre::transport::smtp::client::Certificate;
use std::io;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// The public authorities, and those that the operator of this house believes besides.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    own: Vec<CertificateDer<'static>>,
}

/// A file in which no certificate of an authority can be read.
#[derive(Debug, thiserror::Error)]
#[error("no certificate of an authority in PEM")]
pub struct NoAuthority;

impl Trust {
    /// Believes the authorities of a text in PEM too.
    pub fn with(pem: &[u8]) -> Result<Trust, NoAuthority> {
        let own: Vec<_> = CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().map_err(|_| NoAuthority)?;
        let trust = Trust { own };
        let usable = !trust.own.is_empty() && trust.client().is_some();
        usable.then_some(trust).ok_or(NoAuthority)
    }

    /// Protects a connection to a host, which has to show a certificate of its own name.
    pub(crate) async fn protect<S>(&self, host: &str, stream: S) -> io::Result<TlsStream<S>>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let unusable = |why: &str| io::Error::new(io::ErrorKind::InvalidInput, why.to_owned());
        let config = self.client().ok_or_else(|| unusable("an authority cannot be used"))?;
        let name = ServerName::try_from(host.to_owned()).map_err(|_| unusable("no name of a host"))?;
        TlsConnector::from(Arc::new(config)).connect(name, stream).await
    }

    /// How a connection checks what it is shown; `None` where an authority cannot be used.
    fn client(&self) -> Option<ClientConfig> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        self.own.iter().try_for_each(|one| roots.add(one.clone())).ok()?;
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .ok()?;
        Some(config.with_root_certificates(roots).with_no_client_auth())
    }

    /// The same for the transport of letters.
    pub(crate) fn certificates(&self) -> impl Iterator<Item = Certificate> + '_ {
        self.own.iter().filter_map(|one| Certificate::from_der(one.to_vec()).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_an_authority_is_no_setting() {
        for text in ["", "halo", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            assert!(Trust::with(text.as_bytes()).is_err(), "{text}");
        }
    }
}
