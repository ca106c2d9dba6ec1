//! What several stories do: send a report, dispose of it.

use std::path::PathBuf;

use crate::Failure;
use crate::e2e::visit::Visit;
use crate::tree;

/// South Kalimantan, its city of Banjarbaru, its government and two of its units, and a category of road works.
pub const PROVINCE: &str = "63";
pub const REGENCY: &str = "63.72";
pub const GOVERNMENT: &str = "630000";
pub const ROADS: &str = "630003";
pub const POTHOLES: &str = "629";

/// A photo that says where it was taken, as phones make them.
pub fn photo(name: &str) -> PathBuf {
    tree::root().join("xtask/src/e2e/files").join(name)
}

/// What a reporter has in hand after sending.
pub struct Receipt {
    pub code: String,
    pub pin: String,
}

impl Receipt {
    /// The path of the report's page.
    pub fn page(&self) -> String {
        format!("/laporan/{}", self.code)
    }

    /// The path of the report's page for officers.
    pub fn case(&self) -> String {
        format!("/desk/laporan/{}", self.code)
    }
}

/// Writes a complaint from Banjarbaru into the form of the home page.
pub async fn write(visit: &Visit, text: &str) -> Result<(), Failure> {
    visit.open("/").await?;
    visit.press("label[for=class]").await?;
    visit.fill("#text", text).await?;
    visit.choose("#province", PROVINCE).await?;
    visit.choose("#regency", REGENCY).await
}

/// Presses the button and reads the receipt.
pub async fn send(visit: &Visit) -> Result<Receipt, Failure> {
    visit.press("#form .send button").await?;
    visit.arrives("/tanda-terima").await?;
    let digits = |text: String| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let code = digits(visit.read(".ticket div:first-child dd").await?);
    let pin = digits(visit.read(".ticket div:last-child dd").await?);
    if code.len() == 10 && pin.len() == 6 {
        return Ok(Receipt { code, pin });
    }
    Err(format!("the receipt shows the number {code} and the PIN {pin}").into())
}

/// Opens a form of the case page in view.
pub async fn action(visit: &Visit, name: &str) -> Result<String, Failure> {
    let form = format!("#aksi-{name}");
    visit.unfold(&form).await?;
    Ok(form)
}

/// The button that verifies a report and stays with it.
pub const VERIFY: &str = "#verifikasi button[value=stay]";

/// The national admin judges the report and passes it to an office.
pub async fn verify(visit: &Visit, receipt: &Receipt, to: &str) -> Result<(), Failure> {
    visit.open(&receipt.case()).await?;
    visit.choose("#verify-to", to).await?;
    visit.choose("#verify-category", POTHOLES).await?;
    visit.press(VERIFY).await?;
    visit.sees(".page-notice", "Laporan sudah diteruskan").await
}

/// A report of Banjarbaru that stands with the unit for roads; the window is the national admin's afterwards.
pub async fn disposed(visit: &Visit, text: &str) -> Result<Receipt, Failure> {
    write(visit, text).await?;
    let receipt = send(visit).await?;
    visit.log_in("nasional").await?;
    verify(visit, &receipt, ROADS).await?;
    Ok(receipt)
}

/// Fails with `what` unless it is so.
pub fn check(is_so: bool, what: &str) -> Result<(), Failure> {
    if is_so { Ok(()) } else { Err(what.into()) }
}
