//! From what a person types to the bytes of a key, and back.

use super::check;
use super::refusal::KeyProblem;
use crate::issuer::SIGNATURE_LENGTH;
use data_encoding::{Encoding, Specification};
use std::sync::LazyLock;

/// The version of the format that this program writes and reads.
pub const VERSION: u8 = 1;

/// What Flotilla's own keys begin with.
pub const PREFIX: &str = "FLK";
/// [`PREFIX`] as it is read, when `L` is taken for `1`.
const PREFIX_READ: &str = "F1K";
/// Between groups.
pub const DASH: char = '-';
/// Characters of a text that is looked at, with spaces and dashes.
const TYPED_LIMIT: usize = 8 * 1024;
/// Bytes of a key at most.
pub const BYTES_LIMIT: usize = 2 * 1024;
/// Bytes of a key at least: version, length, issuer, signature.
const BYTES_MINIMUM: usize = 3 + 8 + SIGNATURE_LENGTH;

/// Characters of a group, the check character among them.
const GROUP: usize = 8;
/// What carries bytes of it.
const DATA: usize = GROUP - 1;
/// Crockford's alphabet.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// One character that counts.
pub struct Typed {
    /// An ASCII character in upper case.
    pub character: char,
    /// Where it stands in what was typed, from 1.
    place: usize,
}

/// What is left of a text without case, width, spaces and dashes.
///
/// # Errors
/// For a text that is too long, or has characters that no key has.
pub fn fold(text: &str) -> Result<Vec<Typed>, KeyProblem> {
    let mut folded = Vec::new();
    for (place, character) in text.chars().enumerate() {
        if place >= TYPED_LIMIT {
            return Err(KeyProblem::TooLong { limit: TYPED_LIMIT });
        }
        // Full width, as a Japanese keyboard types it.
        let narrow = match character {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
            _ => character,
        };
        if is_ignored(narrow) {
            continue;
        }
        if !narrow.is_ascii_graphic() {
            return Err(KeyProblem::Character {
                place: place + 1,
                character: printable(character),
            });
        }
        folded.push(Typed {
            character: narrow.to_ascii_uppercase(),
            place: place + 1,
        });
    }
    Ok(folded)
}

/// Spaces of all kinds, dashes of all kinds, and what mail programs put in without being seen.
fn is_ignored(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '-' | '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{2010}'
                ..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | 'ー'
        )
}

/// A character in an error: itself, or its number where it cannot be seen.
fn printable(character: char) -> String {
    let hidden = character.is_control() || !crate::names::is_plain(&character.to_string(), 1);
    if hidden {
        format!("U+{:04X}", u32::from(character))
    } else {
        character.to_string()
    }
}

/// The value of a character; look-alikes are taken for what they look like.
fn value(character: char) -> Option<u8> {
    let meant = match character {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|one| char::from(*one) == meant)?;
    u8::try_from(place).ok()
}

/// Whether a text begins as Flotilla's own keys do.
pub fn has_prefix(text: &str) -> bool {
    let mut counted = text
        .chars()
        .filter_map(|character| fold(character.encode_utf8(&mut [0; 4])).ok()?.pop());
    PREFIX_READ.chars().all(|expected| {
        counted
            .next()
            .is_some_and(|typed| looks_like(typed.character, expected))
    })
}

fn looks_like(character: char, expected: char) -> bool {
    character == expected || (value(character).is_some() && value(character) == value(expected))
}

/// The text of a key: `FLK-` and groups.
pub fn write(bytes: &[u8]) -> String {
    let data = BASE32.encode(bytes);
    let mut text = PREFIX.to_owned();
    for group in data.as_bytes().chunks(DATA) {
        let values: Vec<u8> = group.iter().filter_map(|byte| value(char::from(*byte))).collect();
        text.push(DASH);
        text.extend(group.iter().copied().map(char::from));
        text.push(char::from(ALPHABET[usize::from(check::character(&values))]));
    }
    text
}

/// The bytes of a key, as many as it says it has.
///
/// # Errors
/// One for each kind of damage.
pub fn read(text: &str) -> Result<Vec<u8>, KeyProblem> {
    let values = values(&fold(text)?)?;
    let first = values.get(..GROUP).ok_or(KeyProblem::Truncated)?;
    let [version, length @ ..] = head(checked(first, 1)?);
    if version != VERSION {
        return Err(KeyProblem::UnknownVersion { version });
    }
    let length = usize::from(u16::from_be_bytes(length));
    if !(BYTES_MINIMUM..=BYTES_LIMIT).contains(&length) {
        return Err(KeyProblem::Malformed);
    }
    let data = (length * 8).div_ceil(5);
    let all = data + data.div_ceil(DATA);
    let mut carried = Vec::with_capacity(data);
    for (number, group) in values[..values.len().min(all)].chunks(GROUP).enumerate() {
        let ends = number * GROUP + group.len();
        // A group that was cut has no check character; the last one is shorter by itself.
        if group.len() < GROUP && ends != all {
            return Err(KeyProblem::Truncated);
        }
        carried.extend(checked(group, number + 1)?);
    }
    if values.len() < all {
        return Err(KeyProblem::Truncated);
    }
    if values.len() > all {
        return Err(KeyProblem::Extended);
    }
    BASE32
        .decode(&letters(&carried))
        .map_err(|_| KeyProblem::Malformed)
}

/// The values of the characters after the prefix.
fn values(typed: &[Typed]) -> Result<Vec<u8>, KeyProblem> {
    if typed.is_empty() {
        return Err(KeyProblem::Empty);
    }
    for (expected, typed) in PREFIX_READ.chars().zip(typed) {
        if !looks_like(typed.character, expected) {
            return Err(KeyProblem::NotSigned);
        }
    }
    typed
        .get(PREFIX.len()..)
        .ok_or(KeyProblem::Truncated)?
        .iter()
        .map(|typed| {
            value(typed.character).ok_or(KeyProblem::Character {
                place: typed.place,
                character: typed.character.to_string(),
            })
        })
        .collect()
}

/// Version and length, from the first group.
fn head(data: &[u8]) -> [u8; 3] {
    // Five characters have one bit more than three bytes; it belongs to the next one.
    let decoded = BASE32_BEGINNING.decode(&letters(&data[..5]));
    decoded
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .unwrap_or_default()
}

/// A group without its check character.
fn checked(group: &[u8], number: usize) -> Result<&[u8], KeyProblem> {
    match group.split_last() {
        Some((last, data)) if check::character(data) == *last => Ok(data),
        _ => Err(KeyProblem::Mistyped { group: number }),
    }
}

/// The characters of values.
fn letters(values: &[u8]) -> Vec<u8> {
    values
        .iter()
        .map(|value| ALPHABET[usize::from(*value) % ALPHABET.len()])
        .collect()
}

/// Base32 (RFC 4648) in Crockford's alphabet; bits left over are zero.
static BASE32: LazyLock<Encoding> = LazyLock::new(|| base32(true));
/// The same for the beginning of a key.
static BASE32_BEGINNING: LazyLock<Encoding> = LazyLock::new(|| base32(false));

fn base32(check_trailing_bits: bool) -> Encoding {
    let mut specification = Specification::new();
    specification
        .symbols
        .extend(ALPHABET.iter().copied().map(char::from));
    specification.check_trailing_bits = check_trailing_bits;
    specification.encoding().expect("32 different characters")
}
