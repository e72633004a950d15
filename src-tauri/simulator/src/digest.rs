//! Digest access authentication as a device does it (RFC 7616, VPX-01): challenges and proofs.
use crate::blueprint::AuthenticationScheme;
use http::HeaderValue;
use md5::Md5;
use sha2::{Digest, Sha256, Sha512_256};
use std::collections::{HashMap, VecDeque};

/// Nonces that are remembered; older ones are stale.
const REMEMBERED_NONCES: usize = 64;
/// How often one nonce may be used before it is stale.
const USES_OF_A_NONCE: u32 = 32;
const LONGEST_HEADER: usize = 4096;
const UNKNOWN_ALGORITHM: &str = "SHA3-512";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Md5,
    Sha256,
    Sha512Half,
}

impl Algorithm {
    fn name(self) -> &'static str {
        match self {
            Algorithm::Md5 => "MD5",
            Algorithm::Sha256 => "SHA-256",
            Algorithm::Sha512Half => "SHA-512-256",
        }
    }

    fn hash(self, text: &str) -> String {
        match self {
            Algorithm::Md5 => hex::encode(Md5::digest(text.as_bytes())),
            Algorithm::Sha256 => hex::encode(Sha256::digest(text.as_bytes())),
            Algorithm::Sha512Half => hex::encode(Sha512_256::digest(text.as_bytes())),
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
        let nonce = self.nonce();
        let stale = if stale { ", stale=true" } else { "" };
        algorithms
            .iter()
            .filter_map(|algorithm| {
                let text = challenge(realm, &nonce, algorithm.name());
                HeaderValue::from_str(&format!("{text}{stale}")).ok()
            })
            .collect()
    }

    /// Several challenges with a nonce each (VPX-01): what is offered best stands in the middle, and some of it is unknown
    /// to everybody.
    pub(crate) fn many_challenges(&mut self, realm: &str) -> Vec<HeaderValue> {
        let mut headers = vec![format!("Negotiate, Basic realm=\"{realm}\"")];
        headers.extend(
            [
                Algorithm::Md5.name(),
                Algorithm::Sha512Half.name(),
                Algorithm::Sha256.name(),
                UNKNOWN_ALGORITHM,
            ]
            .map(|name| challenge(realm, &self.nonce(), name)),
        );
        headers
            .iter()
            .filter_map(|text| HeaderValue::from_str(text).ok())
            .collect()
    }

    /// One challenge that nobody can answer (VPX-01).
    pub(crate) fn unknown_challenge(&mut self, realm: &str) -> Vec<HeaderValue> {
        HeaderValue::from_str(&challenge(realm, &self.nonce(), UNKNOWN_ALGORITHM))
            .into_iter()
            .collect()
    }

    /// A new one; empty, which nobody proves anything with, where the system gives no random numbers.
    fn nonce(&mut self) -> String {
        let mut bytes = [0; 16];
        if let Err(error) = getrandom::fill(&mut bytes) {
            tracing::error!(%error, "no nonce");
            return String::new();
        }
        let nonce = hex::encode(bytes);
        if self.0.len() == REMEMBERED_NONCES {
            self.0.pop_front();
        }
        self.0.push_back(Nonce {
            text: nonce.clone(),
            last_count: 0,
        });
        nonce
    }

    /// Forgets all, as a restart does: what comes with an old one is stale.
    pub(crate) fn forget(&mut self) {
        self.0.clear();
    }

    /// What a proof is worth, and whose it is. `password` gives that of an account.
    pub(crate) fn judge(
        &mut self,
        proof: &str,
        password: &dyn Fn(&str) -> Option<String>,
        realm: &str,
        method: &str,
        target: &str,
    ) -> (Verdict, String) {
        let Some(fields) = parameters(proof) else {
            return (Verdict::Refused, String::new());
        };
        let user = fields.get("username").cloned().unwrap_or_default();
        let verdict = match password(&user) {
            Some(password) => self.weigh(&fields, &user, &password, realm, method, target),
            None => Verdict::Refused,
        };
        (verdict, user)
    }

    fn weigh(
        &mut self,
        fields: &HashMap<String, String>,
        user: &str,
        password: &str,
        realm: &str,
        method: &str,
        target: &str,
    ) -> Verdict {
        let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
        let algorithm = match field("algorithm").to_ascii_uppercase().as_str() {
            "" | "MD5" => Algorithm::Md5,
            "SHA-256" => Algorithm::Sha256,
            "SHA-512-256" => Algorithm::Sha512Half,
            _ => return Verdict::Refused,
        };
        // The exact request target is signed (VPX-01).
        let named = field("realm") == realm && field("uri") == target;
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

fn challenge(realm: &str, nonce: &str, algorithm: &str) -> String {
    format!("Digest realm=\"{realm}\", nonce=\"{nonce}\", algorithm={algorithm}, qop=\"auth\"")
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
            let its = |user: &str| (user == "Mufasa").then(|| password.to_string());
            nonces
                .judge(proof, &its, "testrealm@host.com", "GET", "/dir/index.html")
                .0
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
