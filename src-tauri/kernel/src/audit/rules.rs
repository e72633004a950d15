//! How entries are chained and checked. Pure: the same functions check a workspace and an exported file.

use crate::clock::Time;
use crate::ids::{AccountId, AuditId, OrganizationId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::io::{self, BufRead, Read as _};

/// The format of a body; rises when its fields change. Since 2 the entry's own id is one of them.
pub const FORMAT: u32 = 2;

/// SHA-256 over a body.
pub type Hash = [u8; 32];

/// What the first entry names as the one before.
pub const START: Hash = [0; 32];

/// The hashed text of an entry, field by field in this order.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// The format's version: [`FORMAT`], or 1 for entries written before an entry's id was part of its body.
    pub format: u32,
    /// The entry's own id; none in bodies of format 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<AuditId>,
    /// The entry's place in the chain: 1 for the first, without gaps.
    pub sequence: i64,
    /// The hash of the entry before, in lower-case hexadecimal digits; 64 zeros for the first one ([`START`]).
    pub previous: String,
    /// When the act took place, in UTC milliseconds.
    pub at: Time,
    /// Who acted, or for an act without anybody signed in whom it was about; none: neither is known.
    pub account: Option<AccountId>,
    /// The organization the act took place in; none: no organization, or several.
    pub organization: Option<OrganizationId>,
    /// Where the call came from, as [`crate::call::Origin`] writes itself.
    pub origin: String,
    /// The name of the command, as in the command table.
    pub act: String,
    /// How the act ended.
    pub result: super::entry::AuditResult,
    /// What it was done to: a name, `account:<id>`, a file; empty: nothing in particular.
    pub subject: String,
    /// Further facts by name, without secrets and without personal data (ACC-24).
    pub details: Map<String, Value>,
}

/// The hash of a body's stored bytes.
pub fn hash(body: &str) -> Hash {
    Sha256::digest(body.as_bytes()).into()
}

/// Follows a chain from its start.
#[derive(Debug, Clone)]
pub struct Chain {
    /// How many entries have been followed; the sequence number of the last of them.
    pub entries: i64,
    /// The hash of the last entry followed; [`START`] before the first.
    pub head: Hash,
}

impl Default for Chain {
    fn default() -> Self {
        Self {
            entries: 0,
            head: START,
        }
    }
}

impl Chain {
    /// Takes the next stored entry.
    ///
    /// # Errors
    /// The sequence number it should have had, when its body was changed, it does not follow the one before, or one
    /// is missing between.
    pub fn follow(&mut self, body: &str, stored: &[u8]) -> Result<(), i64> {
        let expected = self.entries + 1;
        let computed = hash(body);
        let fits = computed.as_slice() == stored
            && serde_json::from_str::<Body>(body).is_ok_and(|parsed| {
                parsed.format == if parsed.id.is_some() { FORMAT } else { 1 }
                    && parsed.sequence == expected
                    && parsed.previous == hex::encode(self.head)
            });
        if !fits {
            return Err(expected);
        }
        self.entries = expected;
        self.head = computed;
        Ok(())
    }
}

/// One line of an export: body and hash, so that it can be checked without the workspace.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportedLine {
    /// The body exactly as it was hashed.
    pub body: String,
    /// The SHA-256 of `body`, in lower-case hexadecimal digits.
    pub hash: String,
}

/// Longest line of an export that is read; an entry's details are far shorter (SEC-04).
const LONGEST_LINE: u64 = 4 * 1024 * 1024;

/// Checks an export, line by line; however long it is, one line of it is in memory.
///
/// # Errors
/// When it cannot be read. Otherwise gives the chain, or the number of the first line that does not fit.
pub fn verify_export(mut export: impl BufRead) -> io::Result<Result<Chain, i64>> {
    let mut chain = Chain::default();
    let mut line = Vec::new();
    loop {
        line.clear();
        if export.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(Ok(chain));
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        if let Err(place) = follow_line(&mut chain, &line) {
            return Ok(Err(place));
        }
    }
}

/// A line is taken only as it is written, letter for letter, so that no byte of an export can be another one unnoticed:
/// not the case of a digit, and not a space. The end of the line may be that of another system.
fn follow_line(chain: &mut Chain, line: &[u8]) -> Result<(), i64> {
    let expected = chain.entries + 1;
    let text = line
        .strip_suffix(b"\n")
        .map_or(line, |line| line.strip_suffix(b"\r").unwrap_or(line));
    let line: ExportedLine = serde_json::from_slice(text).map_err(|_| expected)?;
    let stored = hex::decode(&line.hash).map_err(|_| expected)?;
    let as_written = serde_json::to_vec(&line).map_err(|_| expected)?;
    if as_written != text || hex::encode(&stored) != line.hash {
        return Err(expected);
    }
    chain.follow(&line.body, &stored)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::AuditResult;
    use proptest::prelude::*;

    fn export(count: i64) -> Vec<String> {
        let mut head = START;
        (1..=count)
            .map(|sequence| {
                let body = Body {
                    format: FORMAT,
                    id: Some(AuditId::new(Time(sequence * 1_000))),
                    sequence,
                    previous: hex::encode(head),
                    at: Time(sequence * 1_000),
                    account: None,
                    organization: None,
                    origin: "desktop".into(),
                    act: "customers.save".into(),
                    result: AuditResult::Done,
                    subject: "Bäckerei".into(),
                    details: Map::from_iter([("host".to_owned(), "あ\"\\".into())]),
                };
                let body = serde_json::to_string(&body).expect("serialises");
                head = hash(&body);
                serde_json::to_string(&ExportedLine {
                    body,
                    hash: hex::encode(head),
                })
                .expect("serialises")
            })
            .collect()
    }

    fn verify(lines: &[String]) -> Result<Chain, i64> {
        verify_export(lines.join("\n").as_bytes()).expect("bytes can be read")
    }

    /// ADM-20: whichever byte of an export becomes whichever other, it is found, and at its line.
    #[test]
    fn every_altered_byte_is_found() {
        let lines = export(2);
        let text = (lines.join("\n") + "\n").into_bytes();
        assert_eq!(verify(&lines).map(|chain| chain.entries), Ok(2));
        for place in 0..text.len() {
            let line = if place <= lines[0].len() { 1 } else { 2 };
            let mut altered = text.clone();
            for byte in 0..=u8::MAX {
                if byte == text[place] {
                    continue;
                }
                altered[place] = byte;
                let verdict = verify_export(altered.as_slice()).expect("bytes can be read");
                assert_eq!(
                    verdict.map(|chain| chain.entries),
                    Err(line),
                    "byte {place}: {byte:#x} for {:#x}",
                    text[place]
                );
            }
        }
    }

    /// ADM-20: entries from before ids stood in the body are followed; one cannot lose its id unnoticed.
    #[test]
    fn a_body_of_the_first_format_is_followed() {
        let body = |format: u32, id: Option<AuditId>| {
            serde_json::to_string(&Body {
                format,
                id,
                sequence: 1,
                previous: hex::encode(START),
                at: Time(1),
                account: None,
                organization: None,
                origin: "desktop".into(),
                act: "customers.save".into(),
                result: AuditResult::Done,
                subject: String::new(),
                details: Map::new(),
            })
            .expect("serialises")
        };
        let id = Some(AuditId::new(Time(1)));
        let table = [
            (1, None, true),
            (2, id, true),
            (2, None, false),
            (1, id, false),
            (3, id, false),
        ];
        for (format, id, follows) in table {
            let body = body(format, id);
            let followed = Chain::default().follow(&body, &hash(&body)).is_ok();
            assert_eq!(followed, follows, "{body}");
        }
    }

    proptest! {
        /// ADM-20: any one altered byte is found, and at its line.
        #[test]
        fn one_altered_byte_is_found(count in 1_i64..12, place in any::<prop::sample::Index>(), flip in 1_u8..=255) {
            let lines = export(count);
            prop_assert_eq!(verify(&lines).map(|chain| chain.entries), Ok(count));
            let mut bytes = (lines.join("\n") + "\n").into_bytes();
            let place = place.index(bytes.len());
            let line = bytes[..place].iter().filter(|&&byte| byte == b'\n').count();
            bytes[place] ^= flip;
            let verdict = verify_export(bytes.as_slice()).expect("bytes can be read");
            prop_assert_eq!(verdict.map(|chain| chain.entries), Err(i64::try_from(line).expect("small") + 1));
        }

        /// ADM-20: an export that went over another system, whose lines end otherwise, is still whole.
        #[test]
        fn line_ends_of_another_system_are_no_alteration(count in 1_i64..12) {
            let text = export(count).join("\r\n") + "\r\n";
            let chain = verify_export(text.as_bytes()).expect("bytes can be read");
            prop_assert_eq!(chain.map(|chain| chain.entries), Ok(count));
        }

        /// ADM-20: a missing or doubled entry is found.
        #[test]
        fn a_missing_entry_is_found(count in 2_i64..12, line in any::<prop::sample::Index>()) {
            let mut lines = export(count);
            let line = line.index(lines.len() - 1);
            lines.remove(line);
            prop_assert_eq!(verify(&lines).map(|chain| chain.entries), Err(i64::try_from(line).expect("small") + 1));
        }
    }
}
