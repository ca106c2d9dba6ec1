//! An authority of a house's own, as ministries have them: a certificate that no public authority vouches for.

use super::house::House;
use std::path::PathBuf;
use std::process::Command;

/// The certificate of a server on this machine, which is its own authority.
pub struct Authority {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

impl Authority {
    pub fn of(house: &House) -> Authority {
        let (certificate, key) = (house.folder.join("authority.pem"), house.folder.join("authority.key"));
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
            .args(["-subj", "/CN=surat.contoh", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"])
            .args(["-addext", "basicConstraints=critical,CA:FALSE"])
            .arg("-keyout")
            .arg(&key)
            .arg("-out")
            .arg(&certificate)
            .output()
            .expect("certificates need openssl");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        Authority { certificate, key }
    }

    /// The setting of a house that believes it.
    pub fn setting(&self) -> (&'static str, String) {
        ("LAPOR_AUTHORITIES_FILE", self.certificate.display().to_string())
    }
}
