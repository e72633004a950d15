//! NTLM over HTTP (MS-NLMP, MS-NTHT), its second version only, for servers that sign people in by their Windows accounts
//! (PRO-01). Pure: messages in, messages out. What was proved holds for the TCP connection it was proved on, and for no other.
//!
//! Neither signing nor sealing is negotiated: TLS does both. The libraries that speak NTLM bring either a whole Kerberos or no
//! integrity code for the messages, which servers with a clock of their own ask for.
use crate::secret::Secret;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::header::WWW_AUTHENTICATE;
use http::{HeaderMap, HeaderValue};
use md4::{Digest, Md4};
use md5::Md5;
use zeroize::Zeroizing;

const SIGNATURE: &[u8; 8] = b"NTLMSSP\0";
/// Longest header that is read; a challenge of a domain has some hundred bytes.
const LONGEST_HEADER: usize = 16 * 1024;
/// Unicode, the server's name, NTLM, messages with an integrity code, session keys of 128 bits, and the server's description.
const FLAGS: u32 =
    0x0000_0001 | 0x0000_0004 | 0x0000_0200 | 0x0000_8000 | 0x0008_0000 | 0x0080_0000 | 0x2000_0000;
/// Where the texts of a third message begin: after its fields, flags, version and integrity code.
const HEAD: usize = 88;
const INTEGRITY_CODE: std::ops::Range<usize> = 72..88;

/// Attributes of a server's description (MS-NLMP 2.2.2.1).
const END: u16 = 0;
const MESSAGE_FLAGS: u16 = 6;
const TIMESTAMP: u16 = 7;
/// The third message has an integrity code.
const WITH_INTEGRITY_CODE: u32 = 2;

/// The name under which NTLM is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// `NTLM`
    Ntlm,
    /// `Negotiate`, which takes the same messages.
    Negotiate,
}

impl Scheme {
    fn name(self) -> &'static str {
        match self {
            Self::Ntlm => "NTLM",
            Self::Negotiate => "Negotiate",
        }
    }

    /// A message as the value of `Authorization`.
    fn header(self, message: &[u8]) -> Option<HeaderValue> {
        let text = Zeroizing::new(format!("{} {}", self.name(), STANDARD.encode(message)));
        let mut value = HeaderValue::from_str(&text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

/// The name under which an answer offers NTLM, if it does: the plain one where there is a choice.
pub(crate) fn offered(headers: &HeaderMap) -> Option<Scheme> {
    let offers =
        |scheme: Scheme| challenges(headers).any(|(name, _)| name.eq_ignore_ascii_case(scheme.name()));
    [Scheme::Ntlm, Scheme::Negotiate]
        .into_iter()
        .find(|&scheme| offers(scheme))
}

/// Every scheme that is offered, with what follows it. A message has no comma, so that they are separated by one.
fn challenges(headers: &HeaderMap) -> impl Iterator<Item = (&str, Option<&str>)> {
    headers
        .get_all(WWW_AUTHENTICATE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .filter(|text| text.len() <= LONGEST_HEADER)
        .flat_map(|text| text.split(','))
        .filter_map(|challenge| {
            let mut words = challenge.split_whitespace();
            Some((words.next()?, words.next()))
        })
}

/// Signing in on one connection: the first message goes out, a challenge comes back, and the third one proves the password.
pub(crate) struct Handshake {
    scheme: Scheme,
    first: Vec<u8>,
}

impl Handshake {
    /// Begins one, and gives the first message as the value of `Authorization`.
    pub(crate) fn begin(scheme: Scheme) -> Option<(Self, HeaderValue)> {
        let mut first = Vec::with_capacity(32);
        first.extend_from_slice(SIGNATURE);
        first.extend_from_slice(&1_u32.to_le_bytes());
        first.extend_from_slice(&FLAGS.to_le_bytes());
        // No domain, no workstation.
        first.extend_from_slice(&[0; 16]);
        let header = scheme.header(&first)?;
        Some((Self { scheme, first }, header))
    }

    /// The third message, for the challenge in the headers of an answer; none when there is none that can be understood.
    /// `filetime` is now, in tenths of microseconds since 1601; a server that says what time it has is believed instead.
    pub(crate) fn prove(
        &self,
        headers: &HeaderMap,
        user: &str,
        password: &Secret,
        filetime: u64,
        client_challenge: [u8; 8],
    ) -> Option<HeaderValue> {
        let (_, text) = challenges(headers)
            .find(|(name, text)| name.eq_ignore_ascii_case(self.scheme.name()) && text.is_some())?;
        let second = STANDARD.decode(text?).ok()?;
        let challenge = Challenge::read(&second)?;
        let account = Account::of(user);
        let key = response_key(&account, password);
        let third = third_message(
            (&self.first, &second),
            &challenge,
            &account,
            &key,
            (filetime, client_challenge),
        )?;
        self.scheme.header(&third)
    }
}

/// A Windows account as people write it: `DOMAIN\name`, `name@domain`, or `name` of the server itself.
#[derive(Debug, PartialEq, Eq)]
struct Account<'text> {
    domain: &'text str,
    name: &'text str,
}

impl<'text> Account<'text> {
    fn of(text: &'text str) -> Self {
        let (domain, name) = text.split_once('\\').unwrap_or(("", text));
        Self { domain, name }
    }
}

/// What a server challenges with.
#[derive(Debug, PartialEq, Eq)]
struct Challenge {
    flags: u32,
    nonce: [u8; 8],
    description: Vec<u8>,
    /// What time the server has, if it says so.
    time: Option<u64>,
}

impl Challenge {
    fn read(message: &[u8]) -> Option<Self> {
        let word = |place: usize| {
            Some(u32::from_le_bytes(
                message.get(place..place + 4)?.try_into().ok()?,
            ))
        };
        if message.get(..8)? != SIGNATURE || word(8)? != 2 {
            return None;
        }
        let length = usize::from(u16::from_le_bytes(message.get(40..42)?.try_into().ok()?));
        let begin = usize::try_from(word(44)?).ok()?;
        let description = message.get(begin..begin.checked_add(length)?)?.to_vec();
        Some(Self {
            flags: word(20)?,
            nonce: message.get(24..32)?.try_into().ok()?,
            time: attribute(&description, TIMESTAMP)
                .and_then(|value| Some(u64::from_le_bytes(value.try_into().ok()?))),
            description,
        })
    }
}

/// The attributes of a server's description, in their order, without the one that ends them. What is cut is not read.
fn attributes(mut description: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let kind = u16::from_le_bytes(description.get(..2)?.try_into().ok()?);
        let length = usize::from(u16::from_le_bytes(description.get(2..4)?.try_into().ok()?));
        let value = description.get(4..4 + length)?;
        description = description.get(4 + length..)?;
        (kind != END).then_some((kind, value))
    })
}

fn attribute(description: &[u8], wanted: u16) -> Option<&[u8]> {
    attributes(description).find_map(|(kind, value)| (kind == wanted).then_some(value))
}

/// The description that is proved with: as the server gave it, and that an integrity code follows.
fn described(description: &[u8], with_code: bool) -> Vec<u8> {
    let mut described = Vec::with_capacity(description.len() + 12);
    let mut put = |kind: u16, value: &[u8]| {
        described.extend_from_slice(&kind.to_le_bytes());
        // It came as one of sixteen bits.
        described.extend_from_slice(&u16::try_from(value.len()).unwrap_or_default().to_le_bytes());
        described.extend_from_slice(value);
    };
    let mut flags = 0;
    for (kind, value) in attributes(description) {
        match kind {
            MESSAGE_FLAGS => flags = value.try_into().map_or(0, u32::from_le_bytes),
            _ => put(kind, value),
        }
    }
    if with_code {
        put(MESSAGE_FLAGS, &(flags | WITH_INTEGRITY_CODE).to_le_bytes());
    }
    put(END, &[]);
    described
}

fn utf16(text: &str) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(text.encode_utf16().flat_map(u16::to_le_bytes).collect())
}

fn keyed_hash(key: &[u8], parts: &[&[u8]]) -> Zeroizing<[u8; 16]> {
    // Any length of key is one.
    let Ok(mut mac) = Hmac::<Md5>::new_from_slice(key) else {
        return Zeroizing::default();
    };
    for part in parts {
        mac.update(part);
    }
    Zeroizing::new(mac.finalize().into_bytes().into())
}

/// `NTOWFv2`: what an account answers challenges with.
fn response_key(account: &Account<'_>, password: &Secret) -> Zeroizing<[u8; 16]> {
    let hash: Zeroizing<[u8; 16]> = Zeroizing::new(Md4::digest(&*utf16(password.expose())).into());
    keyed_hash(
        &*hash,
        &[&utf16(&upper_case(account.name)), &utf16(account.domain)],
    )
}

/// Upper case as Windows has it: each character for itself, and none that would become two.
fn upper_case(name: &str) -> String {
    name.chars()
        .map(|character| {
            let mut upper = character.to_uppercase();
            match (upper.next(), upper.next()) {
                (Some(one), None) if character != 'ı' => one,
                _ => character,
            }
        })
        .collect()
}

/// What proves that a key is known: the answer to the challenge, and the key of the session that it makes.
fn proof(
    key: &[u8; 16],
    challenge: &Challenge,
    description: &[u8],
    (filetime, client_challenge): (u64, [u8; 8]),
) -> (Vec<u8>, Zeroizing<[u8; 16]>) {
    let mut said = vec![1, 1, 0, 0, 0, 0, 0, 0];
    said.extend_from_slice(&filetime.to_le_bytes());
    said.extend_from_slice(&client_challenge);
    said.extend_from_slice(&[0; 4]);
    said.extend_from_slice(description);
    said.extend_from_slice(&[0; 4]);
    let proved = keyed_hash(key, &[&challenge.nonce, &said]);
    let session = keyed_hash(key, &[&*proved]);
    let mut answer = proved.to_vec();
    answer.extend_from_slice(&said);
    (answer, session)
}

/// `AUTHENTICATE_MESSAGE`: none when something in it is longer than its field can say.
fn third_message(
    (first, second): (&[u8], &[u8]),
    challenge: &Challenge,
    account: &Account<'_>,
    key: &[u8; 16],
    (now, client_challenge): (u64, [u8; 8]),
) -> Option<Vec<u8>> {
    let with_code = challenge.time.is_some();
    let description = described(&challenge.description, with_code);
    let time = challenge.time.unwrap_or(now);
    let (answer, session) = proof(key, challenge, &description, (time, client_challenge));
    // A server that says what time it has wants nothing of the older protocol.
    let mut older = vec![0; 24];
    if !with_code {
        older[..16].copy_from_slice(&*keyed_hash(key, &[&challenge.nonce, &client_challenge]));
        older[16..].copy_from_slice(&client_challenge);
    }
    let (domain, name) = (utf16(account.domain), utf16(account.name));
    let texts: [&[u8]; 6] = [&older, &answer, &domain, &name, &[], &[]];
    let mut message = Vec::with_capacity(HEAD + texts.iter().map(|text| text.len()).sum::<usize>());
    message.extend_from_slice(SIGNATURE);
    message.extend_from_slice(&3_u32.to_le_bytes());
    let mut place = HEAD;
    for text in texts {
        let length = u16::try_from(text.len()).ok()?.to_le_bytes();
        message.extend_from_slice(&length);
        message.extend_from_slice(&length);
        message.extend_from_slice(&u32::try_from(place).ok()?.to_le_bytes());
        place += text.len();
    }
    message.extend_from_slice(&(FLAGS & challenge.flags | 1).to_le_bytes());
    // Version and integrity code.
    message.resize(HEAD, 0);
    for text in texts {
        message.extend_from_slice(text);
    }
    if with_code {
        let code = keyed_hash(&*session, &[first, second, &message]);
        message[INTEGRITY_CODE].copy_from_slice(&*code);
    }
    Some(message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bytes(text: &str) -> Vec<u8> {
        hex::decode(text).expect("hexadecimal digits")
    }

    /// PRO-01: the example of MS-NLMP 4.2.4.
    #[test]
    fn the_example_of_the_specification() {
        let account = Account::of("Domain\\User");
        let key = response_key(&account, &Secret::new("Password"));
        assert_eq!(hex::encode(*key), "0c868a403bfd7a93a3001ef22ef02e3f");
        let challenge = Challenge {
            flags: 0,
            nonce: bytes("0123456789abcdef").try_into().expect("eight bytes"),
            description: bytes("02000c0044006f006d00610069006e0001000c0053006500720076006500720000000000"),
            time: None,
        };
        let description = described(&challenge.description, false);
        assert_eq!(description, challenge.description);
        let (answer, session) = proof(&key, &challenge, &description, (0, [0xaa; 8]));
        assert_eq!(hex::encode(&answer[..16]), "68cd0ab851e51c96aabc927bebef6a1c");
        assert_eq!(hex::encode(*session), "8de40ccadbc14a82f15cb0ad0de95ca3");
    }

    /// PRO-01: an account of a domain, of the server, and one that is written as an address.
    #[test]
    fn accounts_are_written_in_three_ways() {
        let pair = |text| {
            let Account { domain, name } = Account::of(text);
            (domain, name)
        };
        assert_eq!(pair("SITE\\lena"), ("SITE", "lena"));
        assert_eq!(pair("lena"), ("", "lena"));
        assert_eq!(pair("lena@site.example"), ("", "lena@site.example"));
    }

    /// PRO-01: letters whose upper case is another number of letters stay as they are.
    #[test]
    fn names_in_upper_case() {
        assert_eq!(upper_case("Zoë Groß ı ŉ"), "ZOË GROß ı ŉ");
    }

    fn headers(values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(WWW_AUTHENTICATE, HeaderValue::from_str(value).expect("a header"));
        }
        headers
    }

    /// PRO-01: the plain name where there is a choice; nothing where there is none.
    #[test]
    fn what_is_offered() {
        assert_eq!(offered(&headers(&["Negotiate", "NTLM"])), Some(Scheme::Ntlm));
        assert_eq!(
            offered(&headers(&["negotiate, Basic realm=\"\""])),
            Some(Scheme::Negotiate)
        );
        assert_eq!(
            offered(&headers(&["Basic realm=\"NTLM\"", "Digest nonce=\"x\""])),
            None
        );
        assert_eq!(offered(&HeaderMap::new()), None);
    }

    proptest! {
        /// SEC-04: whatever a server sends as a challenge, it is answered or not, and nothing breaks.
        #[test]
        fn any_challenge(message in prop::collection::vec(any::<u8>(), 0..200), begins_well: bool) {
            let mut message = message;
            if begins_well && message.len() >= 12 {
                message[..8].copy_from_slice(SIGNATURE);
                message[8..12].copy_from_slice(&2_u32.to_le_bytes());
            }
            let (handshake, _) = Handshake::begin(Scheme::Ntlm).expect("a first message");
            let offered = headers(&[&format!("NTLM {}", STANDARD.encode(&message))]);
            let _ = handshake.prove(&offered, "lena", &Secret::new("p"), 0, [0; 8]);
        }
    }
}
