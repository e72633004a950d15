//! The text of an invitation, and the message it is sent as (ORG-12; RFC 5322, RFC 2047, RFC 6532). Pure.

use chrono::{DateTime, Datelike as _, Timelike as _};
use chrono_tz::Tz;
use data_encoding::BASE64;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::Parameters;
use flotilla_kernel::rights::MemberRole;
use flotilla_kernel::words::{Language, Words};
use std::fmt::Write as _;

/// What an invitation says.
#[derive(Debug)]
pub struct Invited<'a> {
    /// The language of the organization's documents.
    pub language: Language,
    /// The zone of the organization.
    pub zone: Tz,
    /// The organization's name.
    pub organization: &'a str,
    /// The name of who invites.
    pub inviter: &'a str,
    /// The role that is meant.
    pub role: MemberRole,
    /// Where the workspace is reached; none: it is not shared by a server.
    pub place: Option<&'a str>,
    /// When the invitation ends.
    pub expires_at: Time,
}

fn role_key(role: MemberRole) -> &'static str {
    match role {
        MemberRole::Viewer => "organizations-role-viewer",
        MemberRole::Operator => "organizations-role-operator",
        MemberRole::Admin => "organizations-role-admin",
        MemberRole::Owner => "organizations-role-owner",
    }
}

fn words(language: Language, key: &str, parameters: &Parameters) -> String {
    Words::of(language)
        .with(key, None, parameters)
        .unwrap_or_default()
}

fn text_of(parameters: &[(&str, &str)]) -> Parameters {
    parameters
        .iter()
        .map(|&(name, value)| (name.to_owned(), value.into()))
        .collect()
}

/// A day with the time, as it is written in this language.
fn moment(language: Language, at: DateTime<Tz>) -> String {
    let mut parts = text_of(&[
        ("time", &format!("{:02}:{:02}", at.hour(), at.minute())),
        ("year", &at.year().to_string()),
        ("zone", at.timezone().name()),
    ]);
    parts.insert("day".to_owned(), i64::from(at.day()).into());
    parts.insert("month".to_owned(), i64::from(at.month()).into());
    words(language, "invitation-moment", &parts)
}

/// What the message is called.
pub fn subject(invited: &Invited<'_>) -> String {
    let parameters = text_of(&[("organization", invited.organization)]);
    words(invited.language, "invitation-subject", &parameters)
}

/// The text, with the code in it.
pub fn text(invited: &Invited<'_>, code: &Secret) -> Secret {
    let language = invited.language;
    let role = words(language, role_key(invited.role), &Parameters::new());
    let place = match invited.place {
        Some(place) => words(language, "invitation-text-place", &text_of(&[("place", place)])),
        None => words(language, "invitation-text-no-place", &Parameters::new()),
    };
    let until = moment(language, invited.expires_at.utc().with_timezone(&invited.zone));
    let parameters = text_of(&[
        ("organization", invited.organization),
        ("inviter", invited.inviter),
        ("role", &role),
        ("place", &place),
        ("until", &until),
        ("code", code.expose()),
    ]);
    Secret::new(words(language, "invitation-text", &parameters))
}

/// Who a message is from and to.
#[derive(Debug)]
pub struct Envelope<'a> {
    /// The name of who sends it.
    pub from_name: &'a str,
    /// The address of who sends it; none: the mail program puts in its own.
    pub from: Option<&'a str>,
    /// The address it goes to.
    pub to: &'a str,
    /// When it was written.
    pub at: DateTime<Tz>,
    /// What makes its id unlike any other's.
    pub id: &'a str,
}

/// The longest piece of a text that is encoded as one word of a head, in bytes (RFC 2047: 75 characters with all).
const WORD: usize = 45;
/// Characters on a line of the body (RFC 2045).
const LINE: usize = 76;
/// An address that nobody has, where who sends it has none (RFC 2606).
const NO_ADDRESS: &str = "flotilla@invalid";

/// A text in the head of a message; what is not plain is written as words of RFC 2047.
fn head(text: &str) -> String {
    let plain = |byte: u8| byte == b' ' || byte.is_ascii_alphanumeric();
    if text.bytes().all(plain) {
        return text.to_owned();
    }
    let mut words = Vec::new();
    let mut word = String::new();
    for character in text.chars().filter(|character| !character.is_control()) {
        if word.len() + character.len_utf8() > WORD {
            words.push(std::mem::take(&mut word));
        }
        word.push(character);
    }
    words.push(word);
    let words: Vec<String> = words
        .iter()
        .map(|word| format!("=?utf-8?B?{}?=", BASE64.encode(word.as_bytes())))
        .collect();
    words.join("\r\n ")
}

/// The message as a file that a mail program opens, ready to be sent.
pub fn message(envelope: &Envelope<'_>, subject: &str, text: &Secret) -> Secret {
    let from = envelope.from.unwrap_or(NO_ADDRESS);
    // Lines end as in every message, whatever the words have.
    let body = text.expose().replace("\r\n", "\n").replace('\n', "\r\n") + "\r\n";
    let body = BASE64.encode(body.as_bytes());
    let mut message = format!(
        "From: {} <{from}>\r\nTo: <{}>\r\nDate: {}\r\nSubject: {}\r\nMessage-ID: <{}@flotilla.invalid>\r\nX-Unsent: 1\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        head(envelope.from_name),
        envelope.to,
        envelope.at.to_rfc2822(),
        head(subject),
        envelope.id,
    );
    for start in (0..body.len()).step_by(LINE) {
        let _ = write!(message, "{}\r\n", &body[start..body.len().min(start + LINE)]);
    }
    Secret::new(message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn invited(language: Language) -> Invited<'static> {
        Invited {
            language,
            zone: chrono_tz::Europe::Paris,
            organization: "Musée d'Orsay",
            inviter: "Ada Keller",
            role: MemberRole::Operator,
            place: Some("https://flotilla.example:7080"),
            expires_at: Time(1_796_860_800_000),
        }
    }

    /// GEN-05, ORG-12: in every language the text holds who, where, as what, until when and the code.
    #[test]
    fn the_text_says_all() {
        let code = Secret::new("ABCDE-FGHJK");
        for (language, until) in [
            (Language::En, "10 December 2026"),
            (Language::Fr, "10 décembre 2026"),
            (Language::Ja, "2026年12月10日"),
        ] {
            let text = text(&invited(language), &code);
            let text = text.expose();
            let role = Words::of(language)
                .get("organizations-role-operator")
                .expect("a word");
            for part in [
                "Musée d'Orsay",
                "Ada Keller",
                "https://flotilla.example:7080",
                "ABCDE-FGHJK",
                until,
                &role,
                "Europe/Paris",
            ] {
                assert!(text.contains(part), "{language:?}: {part} in {text}");
            }
            assert!(!text.contains('{') && !text.contains('\u{2068}'), "{text}");
            assert!(subject(&invited(language)).contains("Musée d'Orsay"));
            let elsewhere = Invited {
                place: None,
                ..invited(language)
            };
            assert!(!super::text(&elsewhere, &code).expose().contains("https"));
        }
    }

    /// Reads a message as a mail program does.
    fn read(message: &str) -> (Vec<(String, String)>, String) {
        assert!(
            message
                .split("\r\n")
                .all(|line| line.len() <= 998 && !line.contains(['\r', '\n']))
        );
        let (head, body) = message.split_once("\r\n\r\n").expect("a head and a body");
        let heads = head.replace("\r\n ", " ");
        let heads = heads.split("\r\n").map(|line| {
            let (name, value) = line.split_once(": ").expect("a name");
            (name.to_owned(), value.to_owned())
        });
        let body = BASE64
            .decode(body.replace("\r\n", "").as_bytes())
            .expect("base64");
        (heads.collect(), String::from_utf8(body).expect("UTF-8"))
    }

    fn decoded(value: &str) -> String {
        let mut text = String::new();
        for word in value.split(' ') {
            let inner = word
                .strip_prefix("=?utf-8?B?")
                .and_then(|word| word.strip_suffix("?="));
            match inner {
                Some(inner) => {
                    assert!(word.len() <= 75, "{word}");
                    text +=
                        &String::from_utf8(BASE64.decode(inner.as_bytes()).expect("base64")).expect("UTF-8");
                }
                None => {
                    if !text.is_empty() {
                        text.push(' ');
                    }
                    text += word;
                }
            }
        }
        text
    }

    proptest! {
        /// RFC 5322: whatever names and texts hold, there is one head of each kind, and the text comes out as it went in.
        #[test]
        fn a_message_is_read_as_it_was_meant(name in "[ -~À-ÿ、-ん\r\n\"]{0,60}", subject in "\\PC{0,120}", text in "[ -~À-ÿ、-ん\n]{0,400}") {
            let at = Time(1_796_860_800_000).utc().with_timezone(&chrono_tz::Asia::Tokyo);
            let envelope = Envelope { from_name: &name, from: Some("ada@example.org"), to: "佐藤@example.org", at, id: "1" };
            let written = message(&envelope, &subject, &Secret::new(text.clone()));
            let (heads, body) = read(written.expose());
            let names: Vec<&str> = heads.iter().map(|(name, _)| name.as_str()).collect();
            prop_assert_eq!(names, ["From", "To", "Date", "Subject", "Message-ID", "X-Unsent", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"]);
            prop_assert_eq!(body, text.replace('\n', "\r\n") + "\r\n");
            prop_assert_eq!(&heads[1].1, "<佐藤@example.org>");
            prop_assert_eq!(&heads[2].1, "Thu, 10 Dec 2026 09:00:00 +0900");
            if !subject.bytes().all(|byte| byte == b' ' || byte.is_ascii_alphanumeric()) {
                prop_assert_eq!(decoded(&heads[3].1), subject);
            }
            prop_assert!(heads[0].1.ends_with(" <ada@example.org>"));
        }
    }
}
