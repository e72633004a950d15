//! From bytes to text: encoding and separator (CUS-21). Pure.

use super::columns::ImportKind;
use super::parse::header::{first_line, known_names, named_separator};
use super::parse::reader::separator_byte;
use super::types::{FileEncoding, Separator};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;
use std::borrow::Cow;

/// So much of a file is enough to know its encoding.
const SAMPLE: usize = 256 * 1024;

fn table(encoding: FileEncoding) -> &'static Encoding {
    match encoding {
        FileEncoding::Utf8 => encoding_rs::UTF_8,
        FileEncoding::Utf16Le => encoding_rs::UTF_16LE,
        FileEncoding::Utf16Be => encoding_rs::UTF_16BE,
        FileEncoding::Windows1252 => encoding_rs::WINDOWS_1252,
        FileEncoding::ShiftJis => encoding_rs::SHIFT_JIS,
    }
}

/// A file read as text.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub text: Cow<'a, str>,
    /// The encoding it was read in.
    pub encoding: FileEncoding,
    /// Something could not be read in this encoding; U+FFFD stands in its place.
    pub damaged: bool,
}

/// Reads bytes as text, in the encoding given or the one they seem to be in. None: they are no text at all.
pub fn decode(bytes: &[u8], chosen: Option<FileEncoding>) -> Option<Decoded<'_>> {
    let detected = chosen.is_none();
    let (mark, length) = byte_order_mark(bytes);
    let (text, encoding, damaged) = match chosen.or(mark).or_else(|| wide_without_mark(bytes)) {
        Some(encoding) => {
            // A mark of the encoding that is read is not part of the text.
            let body = if mark == Some(encoding) {
                bytes.get(length..).unwrap_or_default()
            } else {
                bytes
            };
            let (text, damaged) = table(encoding).decode_without_bom_handling(body);
            (text, encoding, damaged)
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), FileEncoding::Utf8, false),
            Err(error) => {
                let encoding = eight_bit(bytes, error.valid_up_to());
                let (text, damaged) = table(encoding).decode_without_bom_handling(bytes);
                (text, encoding, damaged)
            }
        },
    };
    let no_text = has_nul(text.as_bytes()) || detected && looks_binary(text.as_bytes());
    if no_text {
        None
    } else {
        Some(Decoded {
            text,
            encoding,
            damaged,
        })
    }
}

fn has_nul(text: &[u8]) -> bool {
    // Compared in words by the compiler; a file is read at memory speed.
    text.chunks(4_096)
        .any(|chunk| chunk.iter().fold(false, |found, &byte| found | (byte == 0)))
}

fn byte_order_mark(bytes: &[u8]) -> (Option<FileEncoding>, usize) {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => (Some(FileEncoding::Utf8), 3),
        [0xff, 0xfe, ..] => (Some(FileEncoding::Utf16Le), 2),
        [0xfe, 0xff, ..] => (Some(FileEncoding::Utf16Be), 2),
        _ => (None, 0),
    }
}

/// UTF-16 without a mark: the header is plain letters, so every other byte of it is zero.
fn wide_without_mark(bytes: &[u8]) -> Option<FileEncoding> {
    let sample = bytes.get(..bytes.len().min(256) & !1)?;
    let pairs = sample.len() / 2;
    let zeros = |place: usize| {
        sample
            .iter()
            .skip(place)
            .step_by(2)
            .filter(|&&byte| byte == 0)
            .count()
    };
    let (first, second) = (zeros(0), zeros(1));
    if pairs >= 2 && first == 0 && second * 2 > pairs {
        Some(FileEncoding::Utf16Le)
    } else if pairs >= 2 && second == 0 && first * 2 > pairs {
        Some(FileEncoding::Utf16Be)
    } else {
        None
    }
}

/// More than a stray control character or two at the beginning: a picture, a program.
fn looks_binary(text: &[u8]) -> bool {
    let sample = &text[..text.len().min(4_096)];
    let controls = sample
        .iter()
        .filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r'))
        .count();
    controls > 8 && controls * 20 > sample.len()
}

/// Shift_JIS or Windows-1252, for bytes that are not UTF-8. `from` is where the first byte stands that shows it.
///
/// Windows-1252 gives a meaning to every byte, so the question is whether the bytes make sense as Japanese: all of
/// them valid, no private use characters, and most pairs from the part of the table where kana and the common
/// ideographs are. Accented Latin letters before a plain letter look like rare ideographs instead.
fn eight_bit(bytes: &[u8], from: usize) -> FileEncoding {
    let sample = bytes.get(from..).unwrap_or_default();
    let sample = &sample[..sample.len().min(SAMPLE)];
    // The end of a sample may cut a pair in two; the end of the file may not.
    let cut = sample.len() + from < bytes.len();
    let (mut common, mut rare, mut half_width, mut lonely) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut place = 0;
    while let Some(&lead) = sample.get(place) {
        place += 1;
        match lead {
            0..=0x7f => {}
            0xa1..=0xdf => {
                half_width += 1;
                let neighbour = |at: Option<usize>| {
                    at.and_then(|at| sample.get(at))
                        .is_some_and(|byte| (0xa1..=0xdf).contains(byte))
                };
                if !neighbour(place.checked_sub(2)) && !neighbour(Some(place)) {
                    lonely += 1;
                }
            }
            0x81..=0x9f | 0xe0..=0xfc => match sample.get(place) {
                Some(0x40..=0x7e | 0x80..=0xfc) => {
                    place += 1;
                    if lead <= 0x98 {
                        common += 1
                    } else {
                        rare += 1
                    }
                    if (0xf0..=0xf9).contains(&lead) {
                        return FileEncoding::Windows1252;
                    }
                }
                None if cut => {}
                _ => return FileEncoding::Windows1252,
            },
            _ => return FileEncoding::Windows1252,
        }
    }
    let whole = &bytes[..(from + sample.len()).min(bytes.len())];
    let (_, damaged) = encoding_rs::SHIFT_JIS.decode_without_bom_handling(whole);
    if damaged && !cut {
        return FileEncoding::Windows1252;
    }
    if common > 0 && common >= 2 * (rare + lonely)
        || half_width >= 4 && lonely * 4 <= half_width && common + rare <= half_width
    {
        return FileEncoding::ShiftJis;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guessed = detector.guess(None, Utf8Detection::Deny) == encoding_rs::SHIFT_JIS;
    if guessed && common >= rare + lonely {
        FileEncoding::ShiftJis
    } else {
        FileEncoding::Windows1252
    }
}

/// The separator that a `sep=` line names, or that makes the most of the header's names, and in doubt of the most cells
/// (CUS-21, CUS-26).
pub fn separator(kind: ImportKind, text: &str) -> Separator {
    if let Some(named) = named_separator(text) {
        return named;
    }
    let line = first_line(text);
    // The last of equals wins; a file with a single column counts as separated by commas.
    [Separator::Tab, Separator::Semicolon, Separator::Comma]
        .into_iter()
        .max_by_key(|&separator| known_names(kind, line, separator_byte(separator)))
        .unwrap_or(Separator::Comma)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    const HEADER: &str = "IP Address/FQDN,Port,Name\n";

    /// CUS-21: what a file in each encoding is taken for.
    #[rstest]
    #[case(
        FileEncoding::Windows1252,
        "Société Générale, Zürich, Müller & Söhne, Hélène à l’été, 5 €"
    )]
    #[case(FileEncoding::Windows1252, "Hélène")]
    #[case(FileEncoding::Windows1252, "Straße")]
    #[case(FileEncoding::Windows1252, "Café Ørsted")]
    #[case(FileEncoding::ShiftJis, "株式会社サンプル")]
    #[case(FileEncoding::ShiftJis, "東京都千代田区丸の内1-2-3")]
    #[case(FileEncoding::ShiftJis, "北海道")]
    #[case(FileEncoding::ShiftJis, "ｶﾌﾞｼｷｶﾞｲｼｬ")]
    #[case(FileEncoding::ShiftJis, "大阪ソフト, 表示予約")]
    fn eight_bit_encodings_are_told_apart(#[case] encoding: FileEncoding, #[case] text: &str) {
        let (bytes, _, unmappable) = table(encoding).encode(text);
        assert!(!unmappable);
        let file = [HEADER.as_bytes(), &bytes].concat();
        let decoded = decode(&file, None).expect("text");
        assert_eq!((decoded.encoding, decoded.damaged), (encoding, false));
        assert!(decoded.text.ends_with(text), "{}", decoded.text);
    }

    /// CUS-21: UTF-8 and UTF-16, with and without a mark.
    #[test]
    fn unicode_is_known_by_mark_and_by_shape() {
        let text = format!("{HEADER}192.0.2.1,,日本支社 é\n");
        let wide = |big: bool| -> Vec<u8> {
            text.encode_utf16()
                .flat_map(|unit| {
                    if big {
                        unit.to_be_bytes()
                    } else {
                        unit.to_le_bytes()
                    }
                })
                .collect()
        };
        let files = [
            (FileEncoding::Utf8, text.clone().into_bytes()),
            (
                FileEncoding::Utf8,
                [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat(),
            ),
            (FileEncoding::Utf16Le, wide(false)),
            (FileEncoding::Utf16Be, wide(true)),
            (FileEncoding::Utf16Le, [&[0xff, 0xfe][..], &wide(false)].concat()),
            (FileEncoding::Utf16Be, [&[0xfe, 0xff][..], &wide(true)].concat()),
        ];
        for (encoding, bytes) in files {
            let decoded = decode(&bytes, None).expect("text");
            assert_eq!(
                (decoded.encoding, decoded.damaged, decoded.text.as_ref()),
                (encoding, false, text.as_str())
            );
        }
    }

    /// SEC-04: what is no text is refused.
    #[test]
    fn what_is_no_text_is_refused() {
        assert!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None).is_none());
        assert!(decode(b"Name\0,Port", None).is_none());
        assert!(decode(b"Name\0,Port", Some(FileEncoding::Utf8)).is_none());
    }

    /// CUS-21
    #[rstest]
    #[case("Name,Port;x;y;z\n", Separator::Comma)]
    #[case("Name;Port\na,b,c,d,e", Separator::Semicolon)]
    #[case("Name\tPort\n", Separator::Tab)]
    #[case("\"Name\";\"Po,r,t\"\n", Separator::Semicolon)]
    #[case("\n\nName;Port\n", Separator::Semicolon)]
    #[case("Name", Separator::Comma)]
    #[case("", Separator::Comma)]
    fn separators_are_told_by_the_header(#[case] text: &str, #[case] expected: Separator) {
        assert_eq!(separator(ImportKind::Customers, text), expected);
    }

    proptest! {
        /// SEC-04: any bytes at all, in any encoding.
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            for chosen in [None, Some(FileEncoding::Utf8), Some(FileEncoding::Utf16Le), Some(FileEncoding::Utf16Be), Some(FileEncoding::Windows1252), Some(FileEncoding::ShiftJis)] {
                if let Some(decoded) = decode(&bytes, chosen) {
                    prop_assert!(!decoded.text.contains('\0'));
                    let _ = separator(ImportKind::Customers, &decoded.text);
                }
            }
        }
    }
}
