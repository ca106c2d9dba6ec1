//! What a person does in a browser window, in words of pages rather than of drivers.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::{Client, Locator};

use super::browser::Browser;
use super::devtools::{self, Screen};
use crate::Failure;

/// How long a page may take; the machine also runs the server, in a debug build.
const PATIENCE: Duration = Duration::from_secs(15);

/// Longest picture of a page, in points.
const PICTURE_HEIGHT: u32 = 2400;

/// Whether the window runs JavaScript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// As most people have it.
    On,
    /// As on old phones, strict offices and broken lines.
    Off,
}

impl fmt::Display for Script {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if *self == Self::On { "on" } else { "off" })
    }
}

/// One window of one person; its cookies are its own.
#[allow(dead_code, reason = "the words for stories come before the stories")]
pub struct Visit {
    client: Client,
    site: String,
    /// Whether it runs JavaScript.
    pub script: Script,
    pictures: Option<PathBuf>,
}

#[allow(dead_code, reason = "the words for stories come before the stories")]
impl Visit {
    /// Opens a window of phone width on `site`; `pictures` is the folder for screenshots, if wanted.
    pub async fn begin(
        browser: &Browser,
        site: &str,
        script: Script,
        pictures: Option<PathBuf>,
    ) -> Result<Self, Failure> {
        let client = browser.open(script).await?;
        let visit = Self { client, site: site.to_owned(), script, pictures };
        visit.look_on(Screen::Phone).await?;
        Ok(visit)
    }

    /// Closes the window.
    pub async fn end(self) {
        if let Err(error) = self.client.close().await {
            eprintln!("the window did not close: {error}");
        }
    }

    /// Goes on with another screen.
    pub async fn look_on(&self, screen: Screen) -> Result<(), Failure> {
        devtools::resize(&self.client, screen).await
    }

    /// Opens `path`, which begins with a slash.
    pub async fn open(&self, path: &str) -> Result<(), Failure> {
        Ok(self.client.goto(&format!("{}{path}", self.site)).await?)
    }

    /// The path of the page in view, with its query.
    pub async fn path(&self) -> Result<String, Failure> {
        let address = self.client.current_url().await?;
        let query = address.query().map_or(String::new(), |query| format!("?{query}"));
        Ok(format!("{}{query}", address.path()))
    }

    /// Waits for the element and returns it.
    pub async fn find(&self, css: &str) -> Result<Element, Failure> {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        found.map_err(|error| format!("no `{css}` on the page: {error}").into())
    }

    /// True when the page in view has such an element now.
    pub async fn has(&self, css: &str) -> Result<bool, Failure> {
        Ok(!self.client.find_all(Locator::Css(css)).await?.is_empty())
    }

    /// The text of an element as a person reads it.
    pub async fn read(&self, css: &str) -> Result<String, Failure> {
        Ok(self.find(css).await?.text().await?)
    }

    /// Writes `text` into a field, in place of what stands there.
    pub async fn fill(&self, css: &str, text: &str) -> Result<(), Failure> {
        let field = self.find(css).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Chooses the option with this value.
    pub async fn choose(&self, css: &str, value: &str) -> Result<(), Failure> {
        Ok(self.find(css).await?.select_by_value(value).await?)
    }

    /// Attaches a file by its absolute path.
    pub async fn attach(&self, css: &str, file: &std::path::Path) -> Result<(), Failure> {
        Ok(self.find(css).await?.send_keys(&file.display().to_string()).await?)
    }

    /// Presses a button, ticks a box or follows a link.
    pub async fn press(&self, css: &str) -> Result<(), Failure> {
        let pressed = self.find(css).await?.click().await;
        pressed.map_err(|error| format!("`{css}` cannot be pressed: {error}").into())
    }

    /// Waits until an element reads as `part` or longer; fails with what it reads instead.
    pub async fn sees(&self, css: &str, part: &str) -> Result<(), Failure> {
        let begin = tokio::time::Instant::now();
        loop {
            let text = self.read(css).await.unwrap_or_else(|failure| failure.to_string());
            if text.contains(part) {
                return Ok(());
            }
            if begin.elapsed() > PATIENCE {
                return Err(format!("`{css}` should read `{part}`, but reads `{text}`").into());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Fails when the page scrolls sideways on this screen.
    pub async fn fits_the_screen(&self) -> Result<(), Failure> {
        let overflow = devtools::overflow(&self.client).await?;
        if overflow <= 0.0 { Ok(()) } else { Err(format!("the page is {overflow} points too wide").into()) }
    }

    /// Forgets who is logged in.
    pub async fn forget(&self) -> Result<(), Failure> {
        Ok(self.client.delete_all_cookies().await?)
    }

    /// Writes `name-phone.png` and `name-desktop.png` when pictures are wanted.
    pub async fn picture(&self, name: &str) -> Result<(), Failure> {
        let Some(folder) = &self.pictures else {
            return Ok(());
        };
        std::fs::create_dir_all(folder)?;
        for screen in [Screen::Desktop, Screen::Phone] {
            let image = devtools::picture(&self.client, screen, PICTURE_HEIGHT).await?;
            std::fs::write(folder.join(format!("{name}-{}.png", screen.name())), image)?;
        }
        Ok(())
    }

    /// Address and visible text of the page in view, for the report of a failure.
    pub async fn where_it_stands(&self) -> String {
        let address = self.path().await.unwrap_or_default();
        let body = self.client.find(Locator::Css("body")).await;
        let text = match body {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(error) => error.to_string(),
        };
        let lines: Vec<&str> = text.lines().take(40).collect();
        format!("    at {address}\n    | {}", lines.join("\n    | "))
    }
}
