//! Digest access authentication as a device does it (RFC 7616, VPX-01): challenges and proofs.
use crate::blueprint::AuthenticationScheme;
use http::HeaderValue;
use md5::Md5;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, VecDeque};

/// Nonces that are remembered; older ones are stale.
const REMEMBERED_NONCES: usize = 64;
/// How often one nonce may be used before it is stale.
const USES_OF_A_NONCE: u32 = 32;
const LONGEST_HEADER: usize = 4096;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Md5,
    Sha256,
}

impl Algorithm {
    fn name(self) -> &'static str {
        match self {
            Algorithm::Md5 => "MD5",
            Algorithm::Sha256 => "SHA-256",
        }
    }

    fn hash(self, text: &str) -> String {
        match self {
            Algorithm::Md5 => hex::encode(Md5::digest(text.as_bytes())),
            Algorithm::Sha256 => hex::encode(Sha256::digest(text.as_bytes())),
        }
    }
}

/// What a proof is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Right.
    Proved,
    /// Right, but the nonce has grown old: the client may try again without asking anybody.
    Stale,
    /// Wrong.
    Refused,
}

/// The nonces a device has given out.
#[derive(Default)]
pub(crate) struct Nonces(VecDeque<Nonce>);

struct Nonce {
    text: String,
    last_count: u32,
}

impl Nonces {
    /// A new nonce and the `WWW-Authenticate` headers for it.
    pub(crate) fn challenges(
        &mut self,
        scheme: AuthenticationScheme,
        realm: &str,
        stale: bool,
    ) -> Vec<HeaderValue> {
        let algorithms: &[Algorithm] = match scheme {
            AuthenticationScheme::Basic => {
                return HeaderValue::from_str(&format!("Basic realm=\"{realm}\""))
                    .into_iter()
                    .collect();
            }
            AuthenticationScheme::DigestMd5 => &[Algorithm::Md5],
            AuthenticationScheme::DigestSha256 => &[Algorithm::Sha256, Algorithm::Md5],
        };
        let mut bytes = [0; 16];
        if let Err(error) = getrandom::fill(&mut bytes) {
            tracing::error!(%error, "no nonce");
            return Vec::new();
        }
        let nonce = hex::encode(bytes);
        let stale = if stale { ", stale=true" } else { "" };
        let headers = algorithms
            .iter()
            .filter_map(|algorithm| {
                let name = algorithm.name();
                HeaderValue::from_str(&format!(
                    "Digest realm=\"{realm}\", nonce=\"{nonce}\", algorithm={name}, qop=\"auth\"{stale}"
                ))
                .ok()
            })
            .collect();
        if self.0.len() == REMEMBERED_NONCES {
            self.0.pop_front();
        }
        self.0.push_back(Nonce {
            text: nonce,
            last_count: 0,
        });
        headers
    }

    /// Forgets all, as a restart does: what comes with an old one is stale.
    pub(crate) fn forget(&mut self) {
        self.0.clear();
    }

    pub(crate) fn judge(
        &mut self,
        proof: &str,
        user: &str,
        password: &str,
        realm: &str,
        method: &str,
        target: &str,
    ) -> Verdict {
        let Some(fields) = parameters(proof) else {
            return Verdict::Refused;
        };
        let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
        let algorithm = match field("algorithm").to_ascii_uppercase().as_str() {
            "" | "MD5" => Algorithm::Md5,
            "SHA-256" => Algorithm::Sha256,
            _ => return Verdict::Refused,
        };
        // The exact request target is signed (VPX-01).
        let named = field("username") == user && field("realm") == realm && field("uri") == target;
        let (nonce, count) = (field("nonce"), field("nc"));
        if !named || field("qop") != "auth" {
            return Verdict::Refused;
        }
        let secret = algorithm.hash(&format!("{user}:{realm}:{password}"));
        let request = algorithm.hash(&format!("{method}:{target}"));
        let expected = algorithm.hash(&format!(
            "{secret}:{nonce}:{count}:{}:auth:{request}",
            field("cnonce")
        ));
        if !expected.eq_ignore_ascii_case(field("response")) {
            return Verdict::Refused;
        }
        let Ok(count) = u32::from_str_radix(count, 16) else {
            return Verdict::Refused;
        };
        let Some(known) = self.0.iter_mut().find(|one| one.text == nonce) else {
            return Verdict::Stale;
        };
        if count <= known.last_count || known.last_count >= USES_OF_A_NONCE {
            return Verdict::Stale;
        }
        known.last_count = count;
        Verdict::Proved
    }
}

/// `name=value` or `name="value"`, after the scheme.
fn parameters(header: &str) -> Option<HashMap<String, String>> {
    if header.len() > LONGEST_HEADER {
        return None;
    }
    let (scheme, mut rest) = header.trim().split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("digest") {
        return None;
    }
    let mut fields = HashMap::new();
    loop {
        rest = rest.trim_start_matches([',', ' ', '\t']);
        let Some((name, after)) = rest.split_once('=') else {
            return Some(fields);
        };
        let value;
        if let Some(quoted) = after.strip_prefix('"') {
            let mut text = String::new();
            let mut escaped = false;
            let mut end = None;
            for (place, character) in quoted.char_indices() {
                match character {
                    _ if escaped => {
                        text.push(character);
                        escaped = false;
                    }
                    '\\' => escaped = true,
                    '"' => {
                        end = Some(place);
                        break;
                    }
                    _ => text.push(character),
                }
            }
            rest = &quoted[end? + 1..];
            value = text;
        } else {
            let end = after.find(',').unwrap_or(after.len());
            value = after[..end].trim().to_string();
            rest = &after[end..];
        }
        fields.insert(name.trim().to_ascii_lowercase(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// VPX-01: the example of RFC 2617 with a nonce of another.
    #[test]
    fn a_proof() {
        let mut nonces = Nonces(VecDeque::from([Nonce {
            text: "dcd98b7102dd2f0e8b11d0f600bfb0c093".to_string(),
            last_count: 0,
        }]));
        let proof = "Digest username=\"Mufasa\", realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", \
            uri=\"/dir/index.html\", qop=auth, nc=00000001, cnonce=\"0a4f113b\", response=\"6629fae49393a05397450978507c4ef1\"";
        let mut judge = |password: &str| {
            nonces.judge(
                proof,
                "Mufasa",
                password,
                "testrealm@host.com",
                "GET",
                "/dir/index.html",
            )
        };
        assert_eq!(judge("wrong"), Verdict::Refused);
        assert_eq!(judge("Circle Of Life"), Verdict::Proved);
        assert_eq!(judge("Circle Of Life"), Verdict::Stale, "the same count again");
    }

    proptest::proptest! {
        /// SEC-04
        #[test]
        fn any_header(text in "\\PC{0,200}") {
            let _ = parameters(&text);
            let _ = parameters(&format!("Digest {text}"));
        }
    }
}
