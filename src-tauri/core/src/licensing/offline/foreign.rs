//! What can be read of a file that is not Flotilla's own (LIC-50): names and values, for a person to compare.

use super::super::types::ReadValue;
use flotilla_kernel::fields;
use serde_json::Value;

/// The most values that are shown.
const MOST_VALUES: usize = 200;
/// The longest name and value, in characters.
const LONGEST: usize = 120;
/// How deep a JSON file may be nested.
const DEEPEST: usize = 32;

/// What a file says, as far as it is a text with names and values: JSON, XML or lines such as `name = value`.
pub fn read(bytes: &[u8]) -> Vec<ReadValue> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Vec::new();
    };
    let text = text.trim_start_matches('\u{feff}').trim();
    let mut values = Vec::new();
    if text.starts_with(['{', '[']) {
        if depth(text) <= DEEPEST
            && let Ok(value) = serde_json::from_str::<Value>(text)
        {
            flatten("", &value, &mut values);
        }
    } else if text.starts_with('<') {
        elements(text, &mut values);
    } else {
        lines(text, &mut values);
    }
    values
}

/// How deep the brackets of a JSON text go; looked at before it is parsed.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest, mut quoted, mut escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

fn keep(name: &str, value: &str, values: &mut Vec<ReadValue>) {
    let seen = |text: &str| -> String { fields::as_seen(text.trim()).chars().take(LONGEST).collect() };
    let (name, value) = (seen(name), seen(value));
    if values.len() < MOST_VALUES && !name.is_empty() && !value.is_empty() {
        values.push(ReadValue { name, value });
    }
}

fn flatten(name: &str, value: &Value, values: &mut Vec<ReadValue>) {
    if values.len() >= MOST_VALUES {
        return;
    }
    let below = |part: &str| {
        if name.is_empty() {
            part.to_owned()
        } else {
            format!("{name}.{part}")
        }
    };
    match value {
        Value::Object(fields) => {
            for (part, value) in fields {
                flatten(&below(part), value, values);
            }
        }
        Value::Array(items) => {
            for (place, value) in items.iter().enumerate() {
                flatten(&below(&(place + 1).to_string()), value, values);
            }
        }
        Value::String(text) => keep(name, text, values),
        Value::Number(number) => keep(name, &number.to_string(), values),
        Value::Bool(flag) => keep(name, &flag.to_string(), values),
        Value::Null => {}
    }
}

/// Elements that hold a text and no other element.
fn elements(text: &str, values: &mut Vec<ReadValue>) {
    let mut open: Option<&str> = None;
    let mut parts = text.split('<').skip(1).peekable();
    while let Some(part) = parts.next() {
        let Some((tag, content)) = part.split_once('>') else {
            return;
        };
        if tag.starts_with(['/', '?', '!']) || tag.ends_with('/') {
            open = None;
            continue;
        }
        let name = tag.split_whitespace().next().unwrap_or_default();
        let closed = parts
            .peek()
            .and_then(|next| next.strip_prefix('/'))
            .is_some_and(|next| next.trim_start().starts_with(name));
        if closed {
            keep(open.unwrap_or(name), content, values);
        }
        open = None;
    }
}

/// Lines such as `name = value` and `name: value`.
fn lines(text: &str, values: &mut Vec<ReadValue>) {
    for line in text.lines() {
        let place = line.find(['=', ':', '\t', ';']);
        if let Some(place) = place
            && let (name, Some(value)) = (&line[..place], line.get(place + 1..))
        {
            keep(name, value, values);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// LIC-50: what can be read is shown.
    #[rstest]
    #[case("{\"server\":{\"serial\":\"ACCC8E1\",\"channels\":[4,8]}}", &[("server.serial", "ACCC8E1"), ("server.channels.1", "4"), ("server.channels.2", "8")])]
    #[case("<?xml version=\"1.0\"?><system><id>nvr-7</id><empty/><licences count=\"2\">12</licences></system>", &[("id", "nvr-7"), ("licences", "12")])]
    #[case("Serial = ACCC8E1\r\nVersion: 6.4\nnothing here\n", &[("Serial", "ACCC8E1"), ("Version", "6.4")])]
    #[case("\u{feff}Name;Wert", &[("Name", "Wert")])]
    #[case("{ broken", &[])]
    fn what_a_file_says(#[case] text: &str, #[case] expected: &[(&str, &str)]) {
        let read = read(text.as_bytes());
        let read: Vec<(&str, &str)> = read
            .iter()
            .map(|value| (value.name.as_str(), value.value.as_str()))
            .collect();
        let mut expected = expected.to_vec();
        let mut read = read;
        expected.sort_unstable();
        read.sort_unstable();
        assert_eq!(read, expected);
    }

    /// SEC-04: deep, long and many are cut short; what is no text says nothing.
    #[test]
    fn limits() {
        assert_eq!(read(&[0xff, 0xfe, 0]), Vec::new());
        assert_eq!(read("[".repeat(100_000).as_bytes()), Vec::new());
        let many: String = (0..10_000)
            .map(|number| format!("n{number}={}\n", "x".repeat(500)))
            .collect();
        let values = read(many.as_bytes());
        assert_eq!(values.len(), MOST_VALUES);
        assert!(values.iter().all(|value| value.value.chars().count() == LONGEST));
    }
}
