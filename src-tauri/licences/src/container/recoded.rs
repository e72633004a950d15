//! What was done to a file that was one of ours (LIC-52: re-encoded).

use super::Refusal;
use data_encoding::BASE64;

/// What every file begins with. As with PNG, no program that takes the file for a text leaves it alone.
pub const MAGIC: [u8; 8] = *b"\x89FLT\r\n\x1a\n";

/// How many bytes are looked at.
const BEGINNING: usize = 4 * 1024;

/// Why a file that does not begin as it should is refused.
pub fn diagnose(bytes: &[u8]) -> Refusal {
    if MAGIC.starts_with(bytes) {
        return Refusal::Truncated;
    }
    let letters = &MAGIC[1..4];
    let begins = |first: &[u8]| {
        bytes
            .strip_prefix(first)
            .is_some_and(|rest| rest.starts_with(letters))
    };
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        // A text that holds the bytes as letters was recoded before it was marked.
        return match rest.starts_with(&MAGIC) {
            true => Refusal::ByteOrderMark,
            false if is_recoded(rest) => Refusal::Recoded,
            false => Refusal::NotOurs,
        };
    }
    if is_utf16(bytes) {
        return Refusal::Utf16;
    }
    if begins(&MAGIC[..1]) {
        return line_ends(&bytes[4..]);
    }
    if begins(&[MAGIC[0] & 0x7f]) {
        return Refusal::SevenBits;
    }
    if is_recoded(bytes) {
        return Refusal::Recoded;
    }
    packed(&bytes[..bytes.len().min(BEGINNING)]).unwrap_or(Refusal::NotOurs)
}

/// The signature is right up to its line ends.
fn line_ends(rest: &[u8]) -> Refusal {
    let expected = without_line_ends(&MAGIC[4..]);
    let found = without_line_ends(&rest[..rest.len().min(8)]);
    match found.starts_with(&expected) {
        true => Refusal::LineEnds,
        false => Refusal::NotOurs,
    }
}

fn without_line_ends(bytes: &[u8]) -> Vec<u8> {
    bytes
        .iter()
        .copied()
        .filter(|byte| !matches!(byte, b'\r' | b'\n'))
        .collect()
}

/// The first byte as a letter of Latin-1 or Windows-1252, as a replacement, or left out, in UTF-8.
fn is_recoded(bytes: &[u8]) -> bool {
    ["\u{89}FLT", "\u{2030}FLT", "\u{fffd}FLT", "?FLT"]
        .iter()
        .any(|beginning| bytes.starts_with(beginning.as_bytes()))
}

/// `FLT` in units of two bytes, after a mark or one unit.
fn is_utf16(bytes: &[u8]) -> bool {
    let Some(units) = bytes.get(..10) else {
        return false;
    };
    let has = |letters: [u8; 6]| units.windows(6).any(|window| window == letters);
    has([b'F', 0, b'L', 0, b'T', 0]) || has([0, b'F', 0, b'L', 0, b'T'])
}

/// A file as mail carries it, alone or with the headers of its part.
fn packed(bytes: &[u8]) -> Option<Refusal> {
    // What the signature comes to in base64, without the characters that depend on the bytes after it.
    let base64 = BASE64.encode(&MAGIC[..6]);
    let mut lines = bytes.split(|byte| *byte == b'\n');
    if lines.any(|line| line.starts_with(base64.as_bytes())) {
        return Some(Refusal::Base64);
    }
    let mut lines = bytes.split(|byte| *byte == b'\n');
    lines
        .any(|line| line.starts_with(b"=89FLT"))
        .then_some(Refusal::QuotedPrintable)
}
