//! Forms with files (RFC 7578).
use crate::listen::Asked;
use http::header::CONTENT_TYPE;

/// One part of a form.
pub(super) struct Part<'asked> {
    /// Its headers, as they came.
    head: String,
    pub(super) content: &'asked [u8],
}

impl Part<'_> {
    /// Whether it is a file.
    pub(super) fn is_file(&self) -> bool {
        self.head.contains("filename=")
    }
}

/// The parts of a form; None: it is no form.
pub(super) fn parts(asked: &Asked) -> Option<Vec<Part<'_>>> {
    let kind = asked.header(CONTENT_TYPE.as_str())?;
    let boundary = kind
        .strip_prefix("multipart/form-data")?
        .split(';')
        .find_map(|part| part.trim().strip_prefix("boundary="))?
        .trim_matches('"');
    let separator = format!("\r\n--{boundary}");
    let mut rest = asked.body.strip_prefix(format!("--{boundary}").as_bytes())?;
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let part = rest.strip_prefix(b"\r\n")?;
        let head = position(part, b"\r\n\r\n")?;
        let content = &part[head + 4..];
        let length = position(content, separator.as_bytes())?;
        parts.push(Part {
            head: String::from_utf8_lossy(&part[..head]).into_owned(),
            content: &content[..length],
        });
        rest = &content[length + separator.len()..];
    }
    Some(parts)
}

fn position(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}
