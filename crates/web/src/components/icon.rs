//! Small pictures, drawn by hand as strokes on a grid of 24 × 24.

/// The drawing of a small picture by its name, 24 × 24, in the colour of the text.
pub fn icon(name: &str) -> String {
    let paths = match name {
        "check" => r#"<path d="m5 12.5 4.5 4.5L19 7.5"/>"#,
        "clock" => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>"#,
        "alert" => r#"<path d="M12 4 2.8 19.5h18.4z"/><path d="M12 10v4.2M12 16.8v.2"/>"#,
        "info" => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 7.8v.2"/>"#,
        "archive" => r#"<path d="M4 8.5h16v11H4zM3 4.5h18v4H3zM10 12.5h4"/>"#,
        "megaphone" => r#"<path d="M4 10v4l3 .5 1.2 5h3L10 15l9 3.5v-13L7 9.5z"/>"#,
        "idea" => {
            r#"<path d="M9.5 17.5h5M10 20.5h4M8.6 14.5a6 6 0 1 1 6.8 0c-.6.5-.9 1.2-.9 2v1h-5v-1c0-.8-.3-1.5-.9-2z"/>"#
        }
        "question" => {
            r#"<circle cx="12" cy="12" r="8.5"/><path d="M9.6 9.5a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.7v.4M12 16.6v.2"/>"#
        }
        "pin" => r#"<path d="M12 21s7-6 7-11.2A7 7 0 0 0 5 9.8C5 15 12 21 12 21z"/><circle cx="12" cy="10" r="2.5"/>"#,
        "search" => r#"<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>"#,
        "lock" => r#"<path d="M5.5 10.5h13v10h-13zM8 10.5V8a4 4 0 0 1 8 0v2.5"/>"#,
        "mask" => r#"<path d="M4 20c1-4 4-6 8-6s7 2 8 6"/><circle cx="12" cy="8" r="4"/><path d="m4 4 16 16"/>"#,
        "clip" => {
            r#"<path d="m20 11-8.2 8.2a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.3 8.2a1.6 1.6 0 0 1-2.3-2.3L14.5 7"/>"#
        }
        "image" => {
            r#"<path d="M3.5 5h17v14h-17z"/><circle cx="8.5" cy="10" r="1.5"/><path d="m4 18 5.5-5 3.5 3 3-2.5 4 4"/>"#
        }
        "file" => r#"<path d="M6 3h8l4.5 4.5V21H6zM14 3v5h4.5M9 13h6M9 16.5h6"/>"#,
        "film" => r#"<path d="M3.5 5.5h12v13h-12zM15.5 10.5l5-3v9l-5-3"/>"#,
        "people" => {
            r#"<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 20c.6-4 3-6 6.5-6s5.900 2 6.5 6M16 5.300a3.5 3.5 0 0 1 0 6.400M18.5 14.700c1.700.9 2.700 2.700 3 5.300"/>"#
        }
        "building" => r#"<path d="M3 20.5h18M5 20V9.5M19 20V9.5M9.700 20V9.5M14.300 20V9.5M3 9.5 12 4l9 5.5z"/>"#,
        "printer" => r#"<path d="M7 8.5V3.5h10v5M7 17H3.5V8.5h17V17H17M7 14h10v6.5H7z"/>"#,
        "arrow" => r#"<path d="M4.5 12h15M13.5 6l6 6-6 6"/>"#,
        "star" => {
            r#"<path d="m12 3.5 2.600 5.5 6 .8-4.400 4.200 1.100 6-5.300-2.900L6.700 20l1.100-6L3.400 9.800l6-.8z"/>"#
        }
        "bell" => r#"<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4"/>"#,
        "note" => r#"<path d="M4 4.5h16v11l-4.5 4.5H4zM15.5 20v-4.5H20M8 9h8M8 12.5h5"/>"#,
        "flag" => r#"<path d="M5.5 21V4M5.5 4.5c4-2 7 2 13 0v9c-6 2-9-2-13 0"/>"#,
        "home" => r#"<path d="M4 11 12 4l8 7v9h-5.5v-5.5h-5V20H4z"/>"#,
        "speech" => r#"<path d="M4 5h16v11.5h-8L7 20.5v-4H4z"/>"#,
        _ => r#"<circle cx="12" cy="12" r="3"/>"#,
    };
    format!(
        r#"<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{paths}</svg>"#
    )
}
