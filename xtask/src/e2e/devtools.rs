//! Commands of Chromium that the WebDriver standard lacks: other widths, pictures of whole pages.

use fantoccini::Client;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};
use url::{ParseError, Url};

use crate::Failure;

/// The widths at which pages are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// A common phone, 390 × 844 points.
    Phone,
    /// A small laptop, 1280 × 800 points.
    Desktop,
}

impl Screen {
    /// Name in file names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Desktop => "desktop",
        }
    }

    fn size(self) -> (u32, u32) {
        match self {
            Self::Phone => (390, 844),
            Self::Desktop => (1280, 800),
        }
    }

    fn metrics(self, height: u32) -> Value {
        let mobile = self == Self::Phone;
        let scale = if mobile { 2 } else { 1 };
        json!({ "width": self.size().0, "height": height, "deviceScaleFactor": scale, "mobile": mobile })
    }
}

#[derive(Debug)]
struct DevTools {
    command: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        let body = json!({ "cmd": self.command, "params": self.parameters });
        (http::Method::POST, Some(body.to_string()))
    }
}

async fn send(client: &Client, command: &'static str, parameters: Value) -> Result<Value, Failure> {
    Ok(client.issue_cmd(DevTools { command, parameters }).await?)
}

/// Shows pages as `screen` does from now on.
pub async fn resize(client: &Client, screen: Screen) -> Result<(), Failure> {
    stretch(client, screen, screen.size().1).await
}

async fn stretch(client: &Client, screen: Screen, height: u32) -> Result<(), Failure> {
    send(client, "Emulation.setDeviceMetricsOverride", screen.metrics(height)).await?;
    Ok(())
}

/// How far the page is wider than the view, in points; more than none means that it scrolls sideways.
pub async fn overflow(client: &Client) -> Result<f64, Failure> {
    let metrics = send(client, "Page.getLayoutMetrics", json!({})).await?;
    let width = |size: &str, side: &str| metrics[size][side].as_f64().unwrap_or_default();
    Ok(width("cssContentSize", "width") - width("cssLayoutViewport", "clientWidth"))
}

/// A PNG of the page on `screen`, from its top down to at most `height` points.
pub async fn picture(client: &Client, screen: Screen, height: u32) -> Result<Vec<u8>, Failure> {
    resize(client, screen).await?;
    let metrics = send(client, "Page.getLayoutMetrics", json!({})).await?;
    let whole = metrics["cssContentSize"]["height"].as_u64().and_then(|whole| u32::try_from(whole).ok());
    stretch(client, screen, whole.unwrap_or(height).min(height)).await?;
    let image = client.screenshot().await?;
    resize(client, screen).await?;
    Ok(image)
}
