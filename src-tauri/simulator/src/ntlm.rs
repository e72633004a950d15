//! NTLM as a server does it (MS-NLMP, the second version): challenges, and what proofs are worth. Of the connection that it is
//! proved on, whoever asks keeps it.
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use md4::{Digest, Md4};
use md5::Md5;

const SIGNATURE: &[u8; 8] = b"NTLMSSP\0";
/// Unicode, a target, NTLM, always signed, the newer messages, a description, 128 bits; the target is a server.
const FLAGS: u32 = 0xA0 << 24 | 0x8A_8205 | 0x2_0000;
/// Tenths of microseconds between 1601 and 2026.
const SOME_TIME: u64 = 134_116_992_000_000_000;

/// A message as it stands in a header, behind the name of the scheme.
pub(crate) fn message(header: &str, scheme: &str) -> Option<Vec<u8>> {
    let (name, text) = header.split_once(' ')?;
    if !name.eq_ignore_ascii_case(scheme) || text.len() > 16 * 1024 {
        return None;
    }
    STANDARD.decode(text.trim()).ok()
}

/// Whether it is a message of that number.
pub(crate) fn is_number(message: &[u8], number: u32) -> bool {
    message.starts_with(SIGNATURE) && word(message, 8) == Some(number)
}

fn word(message: &[u8], place: usize) -> Option<u32> {
    Some(u32::from_le_bytes(
        message.get(place..place + 4)?.try_into().ok()?,
    ))
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn text(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    String::from_utf16_lossy(&units)
}

fn hash(key: &[u8], parts: &[&[u8]]) -> [u8; 16] {
    let Ok(mut mac) = Hmac::<Md5>::new_from_slice(key) else {
        return [0; 16];
    };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// What a server challenges with: the message, and what is signed in it.
pub(crate) fn challenge(computer: &str, nonce: [u8; 8], says_time: bool) -> Vec<u8> {
    let name = utf16(computer);
    let mut description = Vec::new();
    let mut put = |kind: u16, value: &[u8]| {
        description.extend_from_slice(&kind.to_le_bytes());
        description.extend_from_slice(&(value.len() as u16).to_le_bytes());
        description.extend_from_slice(value);
    };
    // The names of domain and computer, in both forms.
    for kind in [2, 1, 4, 3] {
        put(kind, &name);
    }
    if says_time {
        put(7, &SOME_TIME.to_le_bytes());
    }
    put(0, &[]);
    let mut message = SIGNATURE.to_vec();
    message.extend_from_slice(&2_u32.to_le_bytes());
    let head = 56;
    field(&mut message, name.len(), head);
    message.extend_from_slice(&FLAGS.to_le_bytes());
    message.extend_from_slice(&nonce);
    message.extend_from_slice(&[0; 8]);
    field(&mut message, description.len(), head + name.len());
    message.extend_from_slice(&[10, 0, 0x61, 0x4A, 0, 0, 0, 15]);
    message.extend_from_slice(&name);
    message.extend_from_slice(&description);
    message
}

fn field(message: &mut Vec<u8>, length: usize, place: usize) {
    for _ in 0..2 {
        message.extend_from_slice(&(length as u16).to_le_bytes());
    }
    message.extend_from_slice(&(place as u32).to_le_bytes());
}

/// Who a third message says it is of: domain and name.
pub(crate) fn account(third: &[u8]) -> Option<(String, String)> {
    Some((text(part(third, 28)?), text(part(third, 36)?)))
}

fn part(message: &[u8], place: usize) -> Option<&[u8]> {
    let length = usize::from(u16::from_le_bytes(
        message.get(place..place + 2)?.try_into().ok()?,
    ));
    let begin = word(message, place + 4)? as usize;
    message.get(begin..begin.checked_add(length)?)
}

/// Whether the third message proves that password for the challenge in the second. Where the description that is proved says
/// that there is an integrity code, that one has to be right, too.
pub(crate) fn proves(messages: [&[u8]; 3], password: &str) -> bool {
    judge(messages, password).unwrap_or(false)
}

fn judge([first, second, third]: [&[u8]; 3], password: &str) -> Option<bool> {
    let (domain, name) = account(third)?;
    let answer = part(third, 20)?;
    let (proof, said) = answer.split_at_checked(16)?;
    let key = hash(
        &Md4::digest(utf16(password)),
        &[&utf16(&name.to_uppercase()), &utf16(&domain)],
    );
    if hash(&key, &[second.get(24..32)?, said]) != *proof {
        return Some(false);
    }
    if !has_integrity_code(said.get(28..)?) {
        return Some(true);
    }
    let session = hash(&key, &[proof]);
    let mut without = third.to_vec();
    let code: [u8; 16] = third.get(72..88)?.try_into().ok()?;
    without.get_mut(72..88)?.fill(0);
    Some(hash(&session, &[first, second, &without]) == code)
}

fn has_integrity_code(mut description: &[u8]) -> bool {
    while let Some((head, rest)) = description.split_at_checked(4) {
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let Some((value, rest)) = rest.split_at_checked(length) else {
            return false;
        };
        match kind {
            0 => return false,
            6 => return value.first().is_some_and(|flags| flags & 2 != 0),
            _ => description = rest,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// SEC-04
        #[test]
        fn any_message(first in proptest::collection::vec(0_u8.., 0..60), third in proptest::collection::vec(0_u8.., 0..160), header in "\\PC{0,60}") {
            let second = challenge("SIM", [1; 8], true);
            let _ = proves([&first, &second, &third], "p");
            let _ = message(&header, "NTLM");
        }
    }
}
