//! What a person does in a browser window, in words of pages rather than of drivers.

use std::fmt;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use tokio::time::{Instant, sleep};

use super::axe::Axe;
use super::browser::Browser;
use super::devtools::{self, Screen};
use super::plain::{self, Answer};
use super::server::PASSWORD;
use crate::Failure;

/// How long a page may take; the machine also runs the server, in a debug build.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(50);

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
pub struct Visit {
    browser: Rc<Browser>,
    client: Client,
    site: String,
    /// Whether it runs JavaScript.
    pub script: Script,
    pictures: Option<PathBuf>,
}

impl Visit {
    /// Opens a window of phone width on `site`; `pictures` is the folder for screenshots, if wanted.
    pub async fn begin(
        browser: &Rc<Browser>,
        site: &str,
        script: Script,
        pictures: Option<PathBuf>,
    ) -> Result<Self, Failure> {
        let client = browser.open(script).await?;
        let visit = Self { browser: Rc::clone(browser), client, site: site.to_owned(), script, pictures };
        visit.look_on(Screen::Phone).await?;
        Ok(visit)
    }

    /// Another person's window on the same site.
    pub async fn another(&self) -> Result<Self, Failure> {
        Self::begin(&self.browser, &self.site, self.script, None).await
    }

    /// Closes the window; fails when its console has complained.
    pub async fn end(self) -> Result<(), Failure> {
        let complaints = devtools::complaints(&self.client).await;
        if let Err(error) = self.client.close().await {
            eprintln!("the window did not close: {error}");
        }
        let complaints = complaints?;
        if complaints.is_empty() { Ok(()) } else { Err(format!("the console: {}", complaints.join("\n    ")).into()) }
    }

    /// Goes on with another screen.
    pub async fn look_on(&self, screen: Screen) -> Result<(), Failure> {
        devtools::resize(&self.client, screen).await
    }

    /// Opens `path`, which begins with a slash.
    pub async fn open(&self, path: &str) -> Result<(), Failure> {
        Ok(self.client.goto(&format!("{}{path}", self.site)).await?)
    }

    /// Loads the page in view once more.
    pub async fn reload(&self) -> Result<(), Failure> {
        Ok(self.client.refresh().await?)
    }

    /// The path of the page in view, with its query.
    pub async fn path(&self) -> Result<String, Failure> {
        let address = self.client.current_url().await?;
        let query = address.query().map_or(String::new(), |query| format!("?{query}"));
        Ok(format!("{}{query}", address.path()))
    }

    /// Waits until the window is at a path that ends so.
    pub async fn arrives(&self, end: &str) -> Result<String, Failure> {
        let arrived = || async { Ok(Some(self.path().await?).filter(|path| path.ends_with(end))) };
        match waited(arrived).await? {
            Some(path) => Ok(path),
            None => Err(format!("should arrive at …{end}, but is at {}", self.path().await?).into()),
        }
    }

    /// Waits for the element and returns it.
    pub async fn find(&self, css: &str) -> Result<Element, Failure> {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        found.map_err(|error| format!("no `{css}` on the page: {error}").into())
    }

    /// True when the page in view has such an element now.
    pub async fn has(&self, css: &str) -> Result<bool, Failure> {
        Ok(self.count(css).await? > 0)
    }

    /// How many such elements the page in view has.
    pub async fn count(&self, css: &str) -> Result<usize, Failure> {
        Ok(self.client.find_all(Locator::Css(css)).await?.len())
    }

    /// The text of an element as a person reads it.
    pub async fn read(&self, css: &str) -> Result<String, Failure> {
        Ok(self.find(css).await?.text().await?)
    }

    /// What stands in a field.
    pub async fn typed(&self, css: &str) -> Result<String, Failure> {
        Ok(self.find(css).await?.prop("value").await?.unwrap_or_default())
    }

    /// True when a box or a choice is ticked.
    pub async fn is_ticked(&self, css: &str) -> Result<bool, Failure> {
        Ok(self.find(css).await?.is_selected().await?)
    }

    /// An attribute as the page has it.
    pub async fn attribute(&self, css: &str, name: &str) -> Result<String, Failure> {
        Ok(self.find(css).await?.attr(name).await?.unwrap_or_default())
    }

    /// Writes `text` into a field, in place of what stands there.
    pub async fn fill(&self, css: &str, text: &str) -> Result<(), Failure> {
        let field = self.find(css).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Chooses the option with this value.
    pub async fn choose(&self, css: &str, value: &str) -> Result<(), Failure> {
        let chosen = self.find(css).await?.select_by_value(value).await;
        chosen.map_err(|error| format!("`{css}` does not offer `{value}`: {error}").into())
    }

    /// Attaches a file by its absolute path.
    pub async fn attach(&self, css: &str, file: &Path) -> Result<(), Failure> {
        Ok(self.find(css).await?.send_keys(&file.display().to_string()).await?)
    }

    /// Presses a button, ticks a box or follows a link.
    pub async fn press(&self, css: &str) -> Result<(), Failure> {
        let pressed = self.find(css).await?.click().await;
        pressed.map_err(|error| format!("`{css}` cannot be pressed: {error}").into())
    }

    /// Opens a folded part of the page, unless it stands open.
    pub async fn unfold(&self, css: &str) -> Result<(), Failure> {
        if self.find(css).await?.attr("open").await?.is_none() {
            self.press(&format!("{css} > summary")).await?;
        }
        Ok(())
    }

    /// Presses keys on whatever has the focus.
    pub async fn type_keys(&self, keys: &str) -> Result<(), Failure> {
        let strokes = keys.chars().flat_map(|value| [KeyAction::Down { value }, KeyAction::Up { value }]);
        let actions = strokes.fold(KeyActions::new("keys".to_owned()), |actions, stroke| actions.then(stroke));
        Ok(self.client.perform_actions(actions).await?)
    }

    /// Goes on with the Tab key until the element has the focus.
    pub async fn tab_to(&self, css: &str) -> Result<(), Failure> {
        let wanted = self.find(css).await?.element_id();
        for _ in 0..80 {
            self.type_keys(&char::from(Key::Tab).to_string()).await?;
            if self.client.active_element().await?.element_id() == wanted {
                return Ok(());
            }
        }
        Err(format!("the Tab key does not reach `{css}`").into())
    }

    /// Waits until an element reads as `part` or longer; fails with what it reads instead.
    pub async fn sees(&self, css: &str, part: &str) -> Result<(), Failure> {
        let read = || async {
            let text = match self.client.find(Locator::Css(css)).await {
                Ok(element) => element.text().await.unwrap_or_default(),
                Err(_) => String::new(),
            };
            Ok(text.contains(part).then_some(()))
        };
        match waited(read).await? {
            Some(()) => Ok(()),
            None => Err(format!("`{css}` should read `{part}`, but reads `{}`", self.read(css).await?).into()),
        }
    }

    /// Opens `path` again and again until it has the element: for what the server does a moment later.
    pub async fn comes_to_have(&self, path: &str, css: &str) -> Result<(), Failure> {
        let looked = || async {
            self.open(path).await?;
            Ok(self.has(css).await?.then_some(()))
        };
        waited(looked).await?.ok_or_else(|| format!("{path} never came to have `{css}`").into())
    }

    /// Shows pages by night from now on, or by day.
    pub async fn darken(&self, dark: bool) -> Result<(), Failure> {
        devtools::darken(&self.client, dark).await
    }

    /// Takes this window's line away, or gives it back.
    pub async fn cut_off(&self, offline: bool) -> Result<(), Failure> {
        devtools::cut_off(&self.client, offline).await
    }

    /// Where the links of the page in view lead, as far as they stay on this site.
    pub async fn links(&self) -> Result<Vec<String>, Failure> {
        let mut paths = Vec::new();
        for link in self.client.find_all(Locator::Css("a[href^='/']")).await? {
            paths.extend(link.attr("href").await?.map(|path| path.split('#').next().unwrap_or_default().to_owned()));
        }
        Ok(paths)
    }

    /// What axe finds serious on the page in view.
    pub async fn checked_by(&self, axe: &Axe) -> Result<Vec<String>, Failure> {
        axe.serious(&self.client).await
    }

    /// Fails when the page scrolls sideways on this screen.
    pub async fn fits_the_screen(&self) -> Result<(), Failure> {
        let overflow = devtools::overflow(&self.client).await?;
        let at = self.path().await?;
        if overflow <= 0.0 { Ok(()) } else { Err(format!("{at} is {overflow} points too wide").into()) }
    }

    /// Forgets everything, like a window that was never on this site.
    pub async fn forget(&self) -> Result<(), Failure> {
        devtools::forget(&self.client, &self.site).await
    }

    /// Gives this window a device that makes and shows passkeys, and checks who holds it or does not.
    pub async fn own_authenticator(&self, verifies: bool) -> Result<(), Failure> {
        devtools::own_authenticator(&self.client, verifies).await
    }

    /// Logs in as an officer, in place of whoever was there.
    pub async fn log_in(&self, login: &str) -> Result<(), Failure> {
        self.forget().await?;
        self.open("/desk").await?;
        self.fill("#login", login).await?;
        self.fill("#password", PASSWORD).await?;
        self.press("main button[type=submit]").await?;
        self.arrives("/desk").await?;
        self.find(".seat").await?;
        Ok(())
    }

    /// Asks for `path` with this window's cookies, past the browser.
    pub async fn fetch(&self, path: &str) -> Result<Answer, Failure> {
        let cookies = devtools::cookies(&self.client, &format!("{}{path}", self.site)).await?;
        plain::get(self.authority(), path, &cookies).await
    }

    /// Posts a form as a stranger, past the browser.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Result<Answer, Failure> {
        plain::post(self.authority(), path, form).await
    }

    fn authority(&self) -> &str {
        self.site.trim_start_matches("http://")
    }

    /// Writes `name-phone.png` and `name-desktop.png` when pictures are wanted.
    pub async fn picture(&self, name: &str) -> Result<(), Failure> {
        let Some(folder) = &self.pictures else {
            return Ok(());
        };
        std::fs::create_dir_all(folder)?;
        for screen in [Screen::Desktop, Screen::Phone] {
            let image = devtools::picture(&self.client, screen).await?;
            std::fs::write(folder.join(format!("{name}-{}.png", screen.name())), image)?;
        }
        Ok(())
    }

    /// Address and visible text of the page in view, for the report of a failure.
    pub async fn where_it_stands(&self) -> String {
        let address = self.path().await.unwrap_or_default();
        let body = self.client.find(Locator::Css("main")).await;
        let text = match body {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(error) => error.to_string(),
        };
        let lines: Vec<&str> = text.lines().take(40).collect();
        format!("    at {address}\n    | {}", lines.join("\n    | "))
    }
}

/// What `look` finds, as soon as it finds something; none when it never does.
async fn waited<T, F>(look: impl Fn() -> F) -> Result<Option<T>, Failure>
where
    F: Future<Output = Result<Option<T>, Failure>>,
{
    let begin = Instant::now();
    loop {
        let found = look().await?;
        if found.is_some() || begin.elapsed() > PATIENCE {
            return Ok(found);
        }
        sleep(PAUSE).await;
    }
}
