//! Why a file is refused (LIC-52), and why one cannot be made.

use crate::problem::problems;
use chrono::NaiveDate;

problems! {
    /// Why a file is refused. Nothing has changed then.
    Refusal {
        /// It has more bytes than any such file.
        TooLarge {
            /// In bytes.
            limit: usize
        } = "licence-file.too-large", "the file has more than {limit} bytes";
        /// It is no container of Flotilla's.
        NotOurs = "licence-file.not-ours", "the file is none of Flotilla's licence files";
        /// A mark was put in front of it, as editors do when they save a text.
        ByteOrderMark = "licence-file.changed-as-text", "an editor put a byte order mark in front of the file";
        /// It was saved as a text in UTF-16.
        Utf16 = "licence-file.changed-as-text", "the file was saved as a text in UTF-16";
        /// Its bytes were taken for letters and written in another encoding.
        Recoded = "licence-file.changed-as-text", "the file was taken for a text and saved in another encoding";
        /// Its line ends were changed, as when a file is transferred as text.
        LineEnds = "licence-file.changed-as-text", "the file was transferred as a text, and line ends were changed";
        /// The eighth bit of its bytes was lost.
        SevenBits = "licence-file.changed-as-text", "the file was transferred with seven bits a byte";
        /// It is still packed for mail.
        Base64 = "licence-file.still-packed", "the file is still in base64, as mail packs it";
        /// It is still packed for mail.
        QuotedPrintable = "licence-file.still-packed", "the file is still quoted-printable, as mail packs it";
        /// A newer program wrote it.
        UnknownVersion {
            /// The version.
            version: u8
        } = "licence-file.unknown-version", "the file has version {version}";
        /// Its end is missing.
        Truncated = "licence-file.truncated", "the end of the file is missing";
        /// Something follows its end.
        Extended = "licence-file.extended", "something follows the end of the file";
        /// Bytes of it were changed on the way.
        Damaged = "licence-file.damaged", "the file was changed on the way";
        /// It is another one of the three.
        WrongKind {
            /// What was wanted.
            expected: &'static str,
            /// What it is.
            found: &'static str
        } = "licence-file.wrong-kind", "the file is a {found}, not a {expected}";
        /// It has to be signed, and is not.
        NotSigned = "licence-file.not-signed", "the file is not signed";
        /// It is signed with a key that nobody decided about, or that is not the system's.
        UnknownKey {
            /// The id of the key.
            key: String
        } = "licence-file.unknown-key", "the file is signed with a key that is not known ({key})";
        /// It is signed with a key that is not accepted any more.
        RevokedKey {
            /// The id of the key.
            key: String
        } = "licence-file.revoked-key", "the file is signed with a key that was revoked ({key})";
        /// Whoever made it does not have the key that it names.
        BadSignature = "licence-file.bad-signature", "the signature of the file is wrong";
        /// Its payload is no JSON.
        NotJson = "licence-file.malformed", "the file holds no JSON";
        /// An object of its payload has a name twice.
        DuplicateName {
            /// The name.
            name: String
        } = "licence-file.duplicate-name", "the file has the name {name} twice";
        /// Its payload is nested too deeply.
        TooDeep {
            /// Levels.
            limit: usize
        } = "licence-file.malformed", "the file is nested more than {limit} levels deep";
        /// Its payload has too many values.
        TooManyValues {
            /// Values.
            limit: usize
        } = "licence-file.malformed", "the file has more than {limit} values";
        /// Its payload is not what such a file holds.
        Malformed {
            /// What is wrong, for who made the file.
            detail: String
        } = "licence-file.malformed", "the file does not hold what it should: {detail}";
        /// It is for another system.
        WrongSystem {
            /// Which.
            system: String
        } = "licence-file.wrong-system", "the file is for the system {system}";
        /// It is about another product.
        WrongProduct {
            /// Which.
            product: String
        } = "licence-file.wrong-product", "the file is for the product {product}";
        /// The same file was read before. That is harmless.
        AlreadyRead = "licence-file.already-read", "the same file was read before";
        /// It answers a file that does not wait for an answer.
        NotPending = "licence-file.not-pending", "the file answers one that does not wait for an answer";
        /// A newer file was read before.
        SequenceNotHigher {
            /// Its number.
            found: u64,
            /// The last one.
            last: u64
        } = "licence-file.sequence-not-higher", "the file has the number {found}, after one with {last}";
        /// It is dated in the future.
        NotYetValid {
            /// Its date.
            from: NaiveDate
        } = "licence-file.not-yet-valid", "the file is valid from {from}";
        /// Its time is over.
        Expired {
            /// Its last day.
            until: NaiveDate
        } = "licence-file.expired", "the file was valid until {until}";
    }
}

problems! {
    /// Why a file cannot be made.
    FileContentsProblem {
        /// No such file can hold this.
        Contents {
            /// What is wrong.
            detail: String
        } = "licence-file.contents", "no file can hold this: {detail}";
        /// It is too large.
        TooLarge {
            /// In bytes.
            limit: usize
        } = "licence-file.too-large", "the file would have more than {limit} bytes";
        /// The key it is signed with is not the one it names.
        OtherKey = "licence-file.contents", "the file names another key than it is signed with";
    }
}
