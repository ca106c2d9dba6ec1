//! Commands of Chromium that the WebDriver standard lacks: other widths, pictures, fresh sessions, the console.

use fantoccini::Client;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};
use url::{ParseError, Url};

use crate::Failure;

/// The widths at which pages are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// The narrowest phone in wide use, 360 × 740 points.
    Narrow,
    /// A common phone, 390 × 844 points.
    Phone,
    /// A small laptop, 1280 × 800 points.
    Desktop,
}

impl Screen {
    /// Name in file names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Narrow => "narrow",
            Self::Phone => "phone",
            Self::Desktop => "desktop",
        }
    }

    fn size(self) -> (u32, u32) {
        match self {
            Self::Narrow => (360, 740),
            Self::Phone => (390, 844),
            Self::Desktop => (1280, 800),
        }
    }

    fn metrics(self) -> Value {
        let (width, height) = self.size();
        let mobile = self != Self::Desktop;
        let scale = if mobile { 1.5 } else { 1.0 };
        json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile })
    }
}

/// A POST below the session that the driver understands beside the standard ones.
#[derive(Debug)]
struct Extra {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extra {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

async fn send(client: &Client, command: &'static str, parameters: Value) -> Result<Value, Failure> {
    let body = json!({ "cmd": command, "params": parameters });
    Ok(client.issue_cmd(Extra { path: "goog/cdp/execute", body }).await?)
}

/// Shows pages as `screen` does from now on.
pub async fn resize(client: &Client, screen: Screen) -> Result<(), Failure> {
    send(client, "Emulation.setDeviceMetricsOverride", screen.metrics()).await?;
    Ok(())
}

/// Asks pages for their colours by night, or by day.
pub async fn darken(client: &Client, dark: bool) -> Result<(), Failure> {
    let value = if dark { "dark" } else { "light" };
    let scheme = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
    send(client, "Emulation.setEmulatedMedia", scheme).await?;
    Ok(())
}

/// Takes the window's line away, or gives it back.
pub async fn cut_off(client: &Client, offline: bool) -> Result<(), Failure> {
    let line = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    send(client, "Network.enable", json!({})).await?;
    send(client, "Network.emulateNetworkConditions", line).await?;
    Ok(())
}

/// How far the page is wider than the view, in points; more than none means that it scrolls sideways.
pub async fn overflow(client: &Client) -> Result<f64, Failure> {
    let metrics = send(client, "Page.getLayoutMetrics", json!({})).await?;
    let width = |size: &str, side: &str| metrics[size][side].as_f64().unwrap_or_default();
    Ok(width("cssContentSize", "width") - width("cssLayoutViewport", "clientWidth"))
}

/// Forgets all cookies and all that pages of `site` stored, as in a window opened for the first time.
pub async fn forget(client: &Client, site: &str) -> Result<(), Failure> {
    send(client, "Network.clearBrowserCookies", json!({})).await?;
    send(client, "Storage.clearDataForOrigin", json!({ "origin": site, "storageTypes": "all" })).await?;
    Ok(())
}

/// Gives the window an authenticator whose owner is always there (WebAuthn, §11.3): one that checks who that is and
/// keeps keys to be found without a name, or one that does neither.
pub async fn own_authenticator(client: &Client, verifies: bool) -> Result<(), Failure> {
    let transport = if verifies { "internal" } else { "usb" };
    let body = json!({
        "protocol": "ctap2", "transport": transport, "hasResidentKey": verifies,
        "hasUserVerification": verifies, "isUserConsenting": true, "isUserVerified": verifies,
    });
    client.issue_cmd(Extra { path: "webauthn/authenticator", body }).await?;
    Ok(())
}

/// The cookies that the window would send with a request for `address`, as the header has them.
pub async fn cookies(client: &Client, address: &str) -> Result<String, Failure> {
    let kept = send(client, "Network.getCookies", json!({ "urls": [address] })).await?;
    let pairs = kept["cookies"].as_array().map_or(&[][..], Vec::as_slice).iter();
    let text = |cookie: &Value, part: &str| cookie[part].as_str().unwrap_or_default().to_owned();
    Ok(pairs.map(|cookie| format!("{}={}", text(cookie, "name"), text(cookie, "value"))).collect::<Vec<_>>().join("; "))
}

/// What the console of the window has complained about since it was last asked: scripts that failed and
/// things that the page's own policy forbade. A refused form is an answer, not a complaint.
pub async fn complaints(client: &Client) -> Result<Vec<String>, Failure> {
    let entries = client.issue_cmd(Extra { path: "se/log", body: json!({ "type": "browser" }) }).await?;
    let entries = entries.as_array().map_or(&[][..], Vec::as_slice).iter();
    let text = |entry: &Value, part: &str| entry[part].as_str().unwrap_or_default().to_owned();
    let bad = entries.filter(|entry| {
        let refused = text(entry, "source") == "network" && text(entry, "message").contains("with a status of 4");
        !refused && matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING"))
    });
    Ok(bad.map(|entry| text(entry, "message")).collect())
}

/// A PNG of what `screen` shows of the page, from its top.
pub async fn picture(client: &Client, screen: Screen) -> Result<Vec<u8>, Failure> {
    resize(client, screen).await?;
    let image = client.screenshot().await?;
    resize(client, Screen::Phone).await?;
    Ok(image)
}
