//! Why a text is not accepted as a licence key.

use crate::problem::problems;

problems! {
    /// Why a text is not accepted as a licence key.
    KeyProblem {
        /// There is nothing in it.
        Empty = "licence-key.empty", "the key is empty";
        /// It has more characters than any key.
        TooLong {
            /// In characters.
            limit: usize
        } = "licence-key.too-long", "the key has more than {limit} characters";
        /// It is not one of Flotilla's own keys.
        NotSigned = "licence-key.not-signed", "the key is none of Flotilla's own";
        /// It is one of Flotilla's own keys, and was stated to be a vendor's.
        IsSigned = "licence-key.is-signed", "the key is one of Flotilla's own";
        /// No key has this character.
        Character {
            /// From 1, as it was typed.
            place: usize,
            /// The character.
            character: String
        } = "licence-key.character", "no key has the character {character} (place {place})";
        /// There is a slip in this group.
        Mistyped {
            /// From 1, without the letters in front.
            group: usize
        } = "licence-key.mistyped", "group {group} is mistyped";
        /// Its end is missing.
        Truncated = "licence-key.truncated", "the end of the key is missing";
        /// Something follows its end.
        Extended = "licence-key.extended", "something follows the end of the key";
        /// A newer program wrote it.
        UnknownVersion {
            /// The version.
            version: u8
        } = "licence-key.unknown-version", "the key has version {version}";
        /// Nobody decided that this issuer is trusted.
        UnknownIssuer {
            /// The id of its key.
            issuer: String
        } = "licence-key.unknown-issuer", "the issuer {issuer} of the key is not known";
        /// The issuer's keys are not accepted any more.
        RevokedIssuer {
            /// Its name.
            issuer: String
        } = "licence-key.revoked-issuer", "the issuer {issuer} of the key was revoked";
        /// It was changed, or somebody else signed it.
        BadSignature = "licence-key.bad-signature", "the signature of the key is wrong";
        /// Its issuer signed something that is no key.
        Malformed = "licence-key.malformed", "the key was signed, but holds something that no key holds";
        /// It is shorter than a vendor's key can be.
        TooShort {
            /// In characters.
            limit: usize
        } = "licence-key.too-short", "the key has fewer than {limit} characters";
    }
}
