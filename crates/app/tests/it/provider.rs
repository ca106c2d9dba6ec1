//! An identity provider of a few lines (OpenID Connect): its description, its key, and a token for whoever is next.

use app::IdentityProvider;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A provider that answers on a port of its own until the test ends.
pub struct Fake {
    issuer: String,
    next: Arc<Mutex<Value>>,
}

impl Fake {
    pub async fn start() -> Fake {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let fake = Fake { issuer: issuer.clone(), next: Arc::default() };
        let next = fake.next.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                answer(stream, &issuer, &next).await;
            }
        });
        fake
    }

    /// What a house has to know of it.
    pub fn settings(&self, second_factor: &[&str]) -> IdentityProvider {
        IdentityProvider {
            label: "Penyedia contoh".to_owned(),
            issuer: self.issuer.clone(),
            client_id: "lapor".to_owned(),
            client_secret: Some("rahasia contoh".to_owned()),
            second_factor: second_factor.iter().map(|one| (*one).to_owned()).collect(),
        }
    }

    /// The claims of the next token, over the usual ones.
    pub fn vouch(&self, claims: Value) {
        *self.next.lock().unwrap() = claims;
    }
}

async fn answer(mut stream: TcpStream, issuer: &str, next: &Mutex<Value>) {
    let mut head = vec![0; 8192];
    let length = stream.read(&mut head).await.unwrap_or_default();
    let asked = String::from_utf8_lossy(&head[..length]).into_owned();
    let path = asked.split(' ').nth(1).unwrap_or_default();
    let body = match path {
        "/.well-known/openid-configuration" => description(issuer),
        "/keys" => json!({ "keys": [public()] }),
        _ => json!({ "access_token": "x", "token_type": "Bearer", "id_token": token(issuer, &next.lock().unwrap()) }),
    };
    let body = body.to_string();
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let _gone = stream.write_all(answer.as_bytes()).await;
}

fn description(issuer: &str) -> Value {
    json!({
        "issuer": issuer, "authorization_endpoint": format!("{issuer}/auth"), "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"), "response_types_supported": ["code"],
        "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["ES256"],
    })
}

fn key() -> SigningKey {
    SigningKey::from_slice(&[5; 32]).unwrap()
}

fn public() -> Value {
    let point = key().verifying_key().to_sec1_point(false);
    let (x, y) = (&point.as_bytes()[1..33], &point.as_bytes()[33..65]);
    json!({
        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "1",
        "x": BASE64.encode(x), "y": BASE64.encode(y),
    })
}

fn token(issuer: &str, claims: &Value) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let mut all = json!({ "iss": issuer, "aud": "lapor", "iat": now, "exp": now + 600 });
    for (name, value) in claims.as_object().into_iter().flatten() {
        all[name] = value.clone();
    }
    let head = BASE64.encode(json!({ "alg": "ES256", "kid": "1" }).to_string());
    let signed = format!("{head}.{}", BASE64.encode(all.to_string()));
    let signature: Signature = key().sign(signed.as_bytes());
    format!("{signed}.{}", BASE64.encode(signature.to_bytes()))
}
