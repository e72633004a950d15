//! What a file is, by its name and by the volume descriptor of an ISO 9660 image (REP-05). Pure; the content of firmware is never
//! guessed at.

use super::types::{Doubt, PackageKind};
use std::io::{self, Read, Seek, SeekFrom};

/// What a file's name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognized {
    /// What it is.
    pub kind: PackageKind,
    /// The model, or the product; empty: the name does not tell it.
    pub product: String,
    /// The version, with dots; empty: the name does not tell it.
    pub version: String,
}

/// What the name of a file says (REP-05): `P3265-V_12_11_77.bin` and `AXIS_P3265-V_12_11_77.bin` are firmware 12.11.77 for the
/// P3265-V, `abe-11.0.0-598_el6.iso` an image of version 11.0.0 build 598.
pub fn of_name(file_name: &str) -> Recognized {
    let lower = file_name.to_ascii_lowercase();
    let (stem, kind) = stem_and_kind(file_name, &lower);
    match kind {
        PackageKind::Firmware => firmware(stem),
        _ => {
            let (product, version) = product_and_version(stem);
            Recognized {
                kind,
                product,
                version,
            }
        }
    }
}

/// The name without its ending, and what the ending stands for.
fn stem_and_kind<'a>(name: &'a str, lower: &str) -> (&'a str, PackageKind) {
    const ENDINGS: &[(&str, PackageKind)] = &[
        (".iso", PackageKind::IsoImage),
        (".bin", PackageKind::Firmware),
        (".eap", PackageKind::Application),
        (".rpm", PackageKind::Component),
        (".deb", PackageKind::Component),
        (".tar.gz", PackageKind::Component),
        (".tgz", PackageKind::Component),
        (".msi", PackageKind::ServerInstaller),
        (".exe", PackageKind::Tool),
        (".dmg", PackageKind::Tool),
        (".appimage", PackageKind::Tool),
        (".zip", PackageKind::Customization),
    ];
    for (ending, kind) in ENDINGS {
        if let Some(length) = lower.strip_suffix(ending).map(str::len) {
            let server = lower.contains("server")
                || lower.contains("camerastation")
                || lower.contains("camera_station");
            let kind = match kind {
                PackageKind::Tool if server => PackageKind::ServerInstaller,
                kind => *kind,
            };
            return (name.get(..length).unwrap_or(name), kind);
        }
    }
    (name, PackageKind::Tool)
}

/// `MODEL_1_2_3`, with or without `AXIS_` before it. At least two numbers make a version.
fn firmware(stem: &str) -> Recognized {
    let prefix = stem.get(..5).filter(|start| start.eq_ignore_ascii_case("axis_"));
    let stem = prefix.map_or(stem, |prefix| stem.get(prefix.len()..).unwrap_or(stem));
    let parts: Vec<&str> = stem.split('_').collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let numbers = parts.iter().rev().take_while(|part| is_number(part)).count();
    let (model, version) = parts.split_at(parts.len() - if numbers >= 2 { numbers } else { 0 });
    let (product, version) = if version.is_empty() {
        (String::new(), String::new())
    } else {
        (model.join(" ").trim().to_owned(), version.join("."))
    };
    Recognized {
        kind: PackageKind::Firmware,
        product,
        version,
    }
}

/// The first version in a text, and what stands before it.
fn product_and_version(stem: &str) -> (String, String) {
    match version_place(stem) {
        Some((start, version)) => {
            let before = stem.get(..start).unwrap_or_default();
            let between = |character: char| !character.is_alphanumeric();
            // `Tools v4.2`: the letter belongs to the version, unless it ends a word.
            let without_letter = before
                .strip_suffix(['v', 'V'])
                .filter(|rest| rest.is_empty() || rest.ends_with(between));
            let product = without_letter.unwrap_or(before).trim_end_matches(between);
            (product.replace('_', " "), version)
        }
        None => (stem.replace('_', " "), String::new()),
    }
}

/// The first version in a text: at least two numbers with dots or underscores between them, and the number of the build after a
/// hyphen or the word, such as `11.0.0 build 598`.
pub fn version_in(text: &str) -> Option<String> {
    version_place(text).map(|(_, version)| version)
}

fn version_place(text: &str) -> Option<(usize, String)> {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        bytes
            .iter()
            .skip(from)
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let mut at = 0;
    while at < bytes.len() {
        let length = digits(at);
        if length == 0 {
            at += 1;
            continue;
        }
        let start = at;
        let mut numbers = vec![text.get(at..at + length)?];
        let mut end = at + length;
        while matches!(bytes.get(end), Some(b'.' | b'_')) {
            let length = digits(end + 1);
            if length == 0 {
                break;
            }
            numbers.push(text.get(end + 1..end + 1 + length)?);
            end += 1 + length;
        }
        if numbers.len() < 2 {
            at = end.max(at + 1);
            continue;
        }
        let mut version = numbers.join(".");
        let rest = text.get(end..).unwrap_or_default();
        if let Some(build) = build_in(rest) {
            version.push_str(" build ");
            version.push_str(build);
        }
        return Some((start, version));
    }
    None
}

/// The number of a build right after a version: `-598`, ` build 598`.
fn build_in(rest: &str) -> Option<&str> {
    let lower = rest.to_ascii_lowercase();
    let from = if lower.starts_with('-') {
        1
    } else {
        let word = lower
            .trim_start_matches([' ', '-', '_', '('])
            .strip_prefix("build")?;
        let digits = word.trim_start_matches([' ', '-', '_', '.']);
        lower.len() - digits.len()
    };
    let digits = rest.get(from..)?;
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    digits.get(..length).filter(|digits| !digits.is_empty())
}

/// What an ISO 9660 image says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Volume {
    /// The identifier of the volume.
    pub id: String,
    /// The version that the volume's identifier, its application or a file `VERSION` in its first folder names; empty: none does.
    pub version: String,
}

const SECTOR: u64 = 2_048;
/// Where the volume descriptors begin (ECMA-119, 6.7.1).
const FIRST_DESCRIPTOR: u64 = 16;
/// No image has more descriptors.
const DESCRIPTORS: u64 = 32;
/// More of the first folder is not looked through.
const FOLDER_LIMIT: u64 = 64 * 1_024;
/// More of a file `VERSION` is not read.
const FILE_LIMIT: u64 = 4_096;

/// Reads the primary volume descriptor of an ISO 9660 image (ECMA-119, 8.4). None: it is no such image.
///
/// # Errors
/// Errors of reading, other than that the file ends too early.
pub fn volume(image: &mut (impl Read + Seek)) -> io::Result<Option<Volume>> {
    let mut sector = [0_u8; 2_048];
    for number in FIRST_DESCRIPTOR..FIRST_DESCRIPTOR + DESCRIPTORS {
        if !read_at(image, number * SECTOR, &mut sector)? || sector.get(1..6) != Some(b"CD001".as_slice()) {
            return Ok(None);
        }
        match sector.first() {
            Some(1) => break,
            Some(255) | None => return Ok(None),
            Some(_) => {}
        }
    }
    if sector.first() != Some(&1) {
        return Ok(None);
    }
    let id = text(sector.get(40..72).unwrap_or_default());
    let application = text(sector.get(574..702).unwrap_or_default());
    let named = version_in(&id).or_else(|| version_in(&application));
    let version = match named {
        Some(version) => version,
        None => version_file(image, &sector)?.unwrap_or_default(),
    };
    Ok(Some(Volume { id, version }))
}

/// The version in a file `VERSION` or `VERSION.TXT` in the first folder.
fn version_file(image: &mut (impl Read + Seek), descriptor: &[u8]) -> io::Result<Option<String>> {
    let root = descriptor.get(156..190).unwrap_or_default();
    let (Some(place), Some(length)) = (number(root, 2), number(root, 10)) else {
        return Ok(None);
    };
    let mut folder = vec![0_u8; usize::try_from(length.min(FOLDER_LIMIT)).unwrap_or_default()];
    if !read_at(image, place * SECTOR, &mut folder)? {
        return Ok(None);
    }
    let mut at = 0;
    while let Some(size) = folder.get(at).copied().map(usize::from) {
        if size == 0 {
            // Records do not cross sectors; the next one begins a sector later.
            at = (at / 2_048 + 1) * 2_048;
            continue;
        }
        let record = folder.get(at..at + size).unwrap_or_default();
        at += size;
        let name_length = usize::from(record.get(32).copied().unwrap_or_default());
        let name = text(record.get(33..33 + name_length).unwrap_or_default());
        let plain = name.split(';').next().unwrap_or_default().trim_end_matches('.');
        let is_version = plain.eq_ignore_ascii_case("version") || plain.eq_ignore_ascii_case("version.txt");
        if let (true, Some(place), Some(length)) = (is_version, number(record, 2), number(record, 10)) {
            let mut content = vec![0_u8; usize::try_from(length.min(FILE_LIMIT)).unwrap_or_default()];
            if read_at(image, place * SECTOR, &mut content)? {
                return Ok(version_in(&String::from_utf8_lossy(&content)));
            }
        }
    }
    Ok(None)
}

/// A number of 32 bits, little-endian, at this place (ECMA-119, 7.3.3).
fn number(record: &[u8], at: usize) -> Option<u64> {
    let bytes = record.get(at..at + 4)?;
    Some(u64::from(u32::from_le_bytes(bytes.try_into().ok()?)))
}

/// Letters of an identifier, without the spaces that fill it.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes)
        .chars()
        .filter(|character| !character.is_control())
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Fills the buffer from this place. False: the file ends before.
fn read_at(image: &mut (impl Read + Seek), place: u64, buffer: &mut [u8]) -> io::Result<bool> {
    image.seek(SeekFrom::Start(place))?;
    match image.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// The digest for this file in the text of a `.sha256` file, as `sha256sum` and `shasum` write it: alone, or on the line that ends in
/// the file's name. None: the text has none.
pub fn digest_for(file_name: &str, text: &str) -> Option<[u8; 32]> {
    let digest = |word: &str| -> Option<[u8; 32]> { hex::decode(word).ok()?.try_into().ok() };
    let mut alone = None;
    let mut lines = 0;
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        lines += 1;
        // BSD writes `SHA256 (name) = digest`.
        if let Some((name, value)) = line
            .strip_prefix("SHA256 (")
            .and_then(|rest| rest.rsplit_once(") = "))
        {
            if name == file_name {
                return digest(value);
            }
            continue;
        }
        let (first, name) = line.split_once([' ', '\t']).unwrap_or((line, ""));
        let name = name.trim_start_matches([' ', '\t', '*']);
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        if name == file_name {
            return digest(first);
        }
        if name.is_empty() {
            alone = digest(first);
        }
    }
    alone.filter(|_| lines == 1)
}

/// What a person should look at: the model is not known, the version is not known, or the image names another version.
pub fn doubts(kind: PackageKind, product: &str, version: &str, image_version: &str) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    if kind == PackageKind::Firmware && product.is_empty() {
        doubts.push(Doubt::ModelUnknown);
    }
    if version.is_empty() && matches!(kind, PackageKind::Firmware | PackageKind::IsoImage) {
        doubts.push(Doubt::VersionUnknown);
    }
    if !image_version.is_empty() && !version.is_empty() && !same_version(version, image_version) {
        doubts.push(Doubt::OtherVersion);
    }
    doubts
}

/// Whether two texts name one version: the shorter one may leave out the build, or zeros at the end.
fn same_version(one: &str, other: &str) -> bool {
    let parts = |text: &str| -> (Vec<String>, Option<String>) {
        let (numbers, build) = match text.split_once(" build ") {
            Some((numbers, build)) => (numbers, Some(build.to_owned())),
            None => (text, None),
        };
        let mut numbers: Vec<String> = numbers
            .split('.')
            .map(|number| number.trim_start_matches('0').to_owned())
            .collect();
        while numbers.last().is_some_and(String::is_empty) {
            numbers.pop();
        }
        (numbers, build)
    };
    let ((one, one_build), (other, other_build)) = (parts(one), parts(other));
    let builds = match (one_build, other_build) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    one == other && builds
}

#[cfg(test)]
mod tests;
