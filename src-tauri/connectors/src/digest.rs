//! `WWW-Authenticate` and Digest access authentication (RFC 7616, RFC 7235; VPX-01).
use crate::secret::Secret;
use digest_auth::{Algorithm, AlgorithmType, AuthContext, Charset, HttpMethod, Qop, WwwAuthenticateHeader};
use http::{HeaderMap, HeaderValue, Method, header::WWW_AUTHENTICATE};
use std::borrow::Cow;

/// Longest header and most challenges that are read; real ones have a few hundred bytes.
const LONGEST_HEADER: usize = 8 * 1024;
const MOST_CHALLENGES: usize = 16;

/// One way a server offers to sign in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Challenge {
    Basic {
        realm: String,
    },
    Digest(Box<DigestChallenge>),
    /// A Digest whose algorithm or quality of protection is not known here, by its name.
    UnknownDigest {
        realm: String,
        algorithm: String,
    },
    /// Any other scheme.
    Other,
}

impl Challenge {
    pub(crate) fn realm(&self) -> Option<&str> {
        match self {
            Challenge::Basic { realm } | Challenge::UnknownDigest { realm, .. } => Some(realm),
            Challenge::Digest(digest) => Some(&digest.header.realm),
            Challenge::Other => None,
        }
    }
}

/// A Digest challenge and how often its nonce was used.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DigestChallenge {
    header: WwwAuthenticateHeader,
}

impl DigestChallenge {
    pub(crate) fn stale(&self) -> bool {
        self.header.stale
    }

    pub(crate) fn nonce(&self) -> &str {
        &self.header.nonce
    }

    fn strength(&self) -> u8 {
        match self.header.algorithm.algo {
            AlgorithmType::MD5 => 0,
            AlgorithmType::SHA2_256 => 1,
            AlgorithmType::SHA2_512_256 => 2,
        }
    }

    /// The `Authorization` header for one request. Counts `nc` up; a new challenge begins at 1 again.
    /// `target` is the request target exactly as it goes out.
    pub(crate) fn authorize(
        &mut self,
        user: &str,
        password: &Secret,
        method: &Method,
        target: &str,
    ) -> Option<HeaderValue> {
        self.authorize_with(user, password, method, target, None)
    }

    fn authorize_with(
        &mut self,
        user: &str,
        password: &Secret,
        method: &Method,
        target: &str,
        client_nonce: Option<&str>,
    ) -> Option<HeaderValue> {
        let mut context = AuthContext::new_with_method(
            user,
            password.expose(),
            target,
            Option::<&[u8]>::None,
            HttpMethod(Cow::Borrowed(method.as_str())),
        );
        if let Some(client_nonce) = client_nonce {
            context.set_custom_cnonce(client_nonce);
        }
        let header = self.header.respond(&context).ok()?.to_header_string();
        let mut value = HeaderValue::from_str(&header).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

/// Every challenge of an answer: several headers, or several in one.
pub(crate) fn challenges(headers: &HeaderMap) -> Vec<Challenge> {
    let mut found = Vec::new();
    for value in headers.get_all(WWW_AUTHENTICATE) {
        let bytes = value.as_bytes();
        if bytes.len() <= LONGEST_HEADER {
            found.extend(parse(&String::from_utf8_lossy(bytes)));
        }
    }
    found.truncate(MOST_CHALLENGES);
    found
}

/// The strongest Digest offered.
pub(crate) fn strongest(challenges: &[Challenge]) -> Option<DigestChallenge> {
    challenges
        .iter()
        .filter_map(|challenge| match challenge {
            Challenge::Digest(digest) => Some(digest.as_ref()),
            _ => None,
        })
        .max_by_key(|digest| digest.strength())
        .cloned()
}

/// Splits `Digest realm="a, b", nonce=c, Basic realm="d"` into its challenges.
fn parse(text: &str) -> Vec<Challenge> {
    let mut schemes: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for part in split_outside_quotes(text) {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        // `name=value` belongs to the scheme before it; `Scheme` or `Scheme name=value` begins a new one.
        let (word, rest) = part
            .split_once(|character: char| character.is_ascii_whitespace())
            .unwrap_or((part, ""));
        let parameter = if word.contains('=') || rest.trim_start().starts_with('=') {
            part
        } else {
            schemes.push((word.to_ascii_lowercase(), Vec::new()));
            rest
        };
        if let (Some((_, parameters)), Some((name, value))) = (schemes.last_mut(), parameter.split_once('='))
        {
            parameters.push((name.trim().to_ascii_lowercase(), unquote(value.trim())));
        }
    }
    schemes
        .into_iter()
        .map(|(scheme, parameters)| challenge(&scheme, &parameters))
        .collect()
}

fn challenge(scheme: &str, parameters: &[(String, String)]) -> Challenge {
    let value = |name: &str| {
        parameters
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
    };
    match scheme {
        "basic" => Challenge::Basic {
            realm: value("realm").unwrap_or_default(),
        },
        "digest" => digest(&value),
        _ => Challenge::Other,
    }
}

fn digest(value: &dyn Fn(&str) -> Option<String>) -> Challenge {
    let realm = value("realm").unwrap_or_default();
    let name = value("algorithm").unwrap_or_else(|| "MD5".to_string());
    let algorithm = match name.to_ascii_uppercase().as_str() {
        "MD5" => Algorithm::new(AlgorithmType::MD5, false),
        "MD5-SESS" => Algorithm::new(AlgorithmType::MD5, true),
        "SHA-256" => Algorithm::new(AlgorithmType::SHA2_256, false),
        "SHA-256-SESS" => Algorithm::new(AlgorithmType::SHA2_256, true),
        "SHA-512-256" => Algorithm::new(AlgorithmType::SHA2_512_256, false),
        "SHA-512-256-SESS" => Algorithm::new(AlgorithmType::SHA2_512_256, true),
        _ => {
            return Challenge::UnknownDigest {
                realm,
                algorithm: crate::trust::plain_text(&name, 60),
            };
        }
    };
    let qop = match value("qop") {
        None => None,
        Some(offered)
            if offered
                .split(',')
                .any(|one| one.trim().eq_ignore_ascii_case("auth")) =>
        {
            Some(vec![Qop::AUTH])
        }
        Some(offered) => {
            let algorithm = format!("{name}, qop={}", crate::trust::plain_text(&offered, 60));
            return Challenge::UnknownDigest { realm, algorithm };
        }
    };
    let Some(nonce) = value("nonce") else {
        return Challenge::Other;
    };
    let says = |name: &str| value(name).is_some_and(|text| text.eq_ignore_ascii_case("true"));
    let charset = match value("charset") {
        Some(charset) if charset.eq_ignore_ascii_case("utf-8") => Charset::UTF8,
        _ => Charset::ASCII,
    };
    Challenge::Digest(Box::new(DigestChallenge {
        header: WwwAuthenticateHeader {
            domain: None,
            realm,
            nonce,
            opaque: value("opaque"),
            stale: says("stale"),
            algorithm,
            qop,
            userhash: says("userhash"),
            charset,
            nc: 0,
        },
    }))
}

fn split_outside_quotes(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (position, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' if !quoted => {
                parts.push(&text[start..position]);
                start = position + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn unquote(value: &str) -> String {
    let Some(inside) = value.strip_prefix('"') else {
        return value.to_string();
    };
    let mut text = String::with_capacity(inside.len());
    let mut characters = inside.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => text.extend(characters.next()),
            '"' => break,
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn only_digest(text: &str) -> DigestChallenge {
        let parsed = parse(text);
        strongest(&parsed).unwrap_or_else(|| panic!("no digest in {parsed:?}"))
    }

    fn response(header: &HeaderValue) -> String {
        let text = header.to_str().expect("text").to_string();
        let start = text.find("response=\"").expect("a response") + 10;
        text[start..].split('"').next().expect("its end").to_string()
    }

    /// VPX-01: the examples of RFC 2617 (MD5) and RFC 7616, section 3.9.1 (MD5, SHA-256).
    #[rstest]
    #[case(
        "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\", \
            nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"",
        "Circle Of Life",
        "0a4f113b",
        "6629fae49393a05397450978507c4ef1"
    )]
    #[case(
        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=MD5, \
            nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"",
        "Circle of Life",
        "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
        "8ca523f5e9506fed4657c9700eebdbec"
    )]
    #[case(
        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=SHA-256, \
            nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"",
        "Circle of Life",
        "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
        "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    )]
    fn published_examples(
        #[case] header: &str,
        #[case] password: &str,
        #[case] client_nonce: &str,
        #[case] expected: &str,
    ) {
        let mut challenge = only_digest(header);
        let value = challenge
            .authorize_with(
                "Mufasa",
                &Secret::new(password),
                &Method::GET,
                "/dir/index.html",
                Some(client_nonce),
            )
            .expect("a header");
        assert_eq!(response(&value), expected);
        assert!(value.to_str().expect("text").contains("nc=00000001"));
        assert!(value.is_sensitive());
    }

    /// VPX-01: `nc` counts up with one nonce and begins anew with another; the target is signed as it is.
    #[test]
    fn counting() {
        let mut challenge =
            only_digest("Digest realm=\"AXIS_ACCC8EF7DE6B\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"");
        let password = Secret::new("pass");
        for expected in ["nc=00000001", "nc=00000002", "nc=00000003"] {
            let value = challenge
                .authorize("root", &password, &Method::POST, "/a.cgi?x=1,2")
                .expect("a header");
            let text = value.to_str().expect("text");
            assert!(
                text.contains(expected) && text.contains("uri=\"/a.cgi?x=1,2\""),
                "{text}"
            );
            assert!(!text.contains("pass"));
        }
        let mut renewed =
            only_digest("Digest realm=\"AXIS_ACCC8EF7DE6B\", nonce=\"n2\", stale=TRUE, qop=\"auth\"");
        assert!(renewed.stale());
        let value = renewed
            .authorize("root", &password, &Method::GET, "/")
            .expect("a header");
        assert!(value.to_str().expect("text").contains("nc=00000001"));
    }

    /// VPX-01: several challenges in one header; the strongest is taken; an unknown algorithm is named.
    #[test]
    fn several_challenges() {
        let parsed = parse(
            "Basic realm=\"a, b\", Digest realm=\"r\", nonce=\"n\", algorithm=MD5, qop=\"auth\",\
             Digest realm = \"r\", nonce=\"n\", algorithm=SHA-256, qop=\"auth\", Digest realm=x, nonce=y, algorithm=SHA3-512, Negotiate",
        );
        assert_eq!(parsed.len(), 5);
        assert_eq!(parsed[0], Challenge::Basic { realm: "a, b".into() });
        assert_eq!(
            parsed[3],
            Challenge::UnknownDigest {
                realm: "x".into(),
                algorithm: "SHA3-512".into()
            }
        );
        assert_eq!(parsed[4], Challenge::Other);
        assert_eq!(strongest(&parsed).expect("one").strength(), 1);
        assert!(matches!(
            &parse("Digest realm=r, nonce=n, qop=\"auth-int\"")[0],
            Challenge::UnknownDigest { .. }
        ));
        assert_eq!(
            parse("Digest realm=\"a \\\" b\", nonce=n")[0].realm(),
            Some("a \" b")
        );
    }

    proptest! {
        /// SEC-04: whatever a server sends is read without a panic, and what is understood can be answered
        /// or is refused cleanly.
        #[test]
        fn arbitrary_headers(text in "\\PC{0,200}", mixed in "(Digest |Basic |realm=|nonce=|qop=|auth|\"|,|=|\\\\|é| |x){0,40}") {
            for text in [text, mixed] {
                for challenge in parse(&text) {
                    if let Challenge::Digest(mut digest) = challenge {
                        let _ = digest.authorize("é", &Secret::new("日本"), &Method::GET, "/");
                    }
                }
            }
        }

        /// SEC-04
        #[test]
        fn arbitrary_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(value) = HeaderValue::from_bytes(&bytes) {
                let mut headers = HeaderMap::new();
                headers.insert(WWW_AUTHENTICATE, value);
                let _ = challenges(&headers);
            }
        }
    }
}
