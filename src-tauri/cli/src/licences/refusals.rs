//! The errors of the licence formats, which know no words, as errors of the program.

pub use flotilla_core::licensing::formats::problem;

#[cfg(test)]
mod tests {
    use super::*;
    use flotilla_kernel::error::ErrorCode;
    use flotilla_licence_formats::container::{FileContentsProblem, Refusal};
    use flotilla_licence_formats::issuer::{IssuerProblem, SecretFileProblem};
    use flotilla_licence_formats::key::list::ListProblem;
    use flotilla_licence_formats::key::{ContentsProblem, KeyProblem};
    use std::collections::BTreeSet;

    /// GEN-04, LIC-52: every error of the licence formats has a code of the program, and so its words; and no such code
    /// is without an error.
    #[test]
    fn every_error_of_the_formats_has_words() {
        let raised: BTreeSet<&str> = [
            KeyProblem::CODES,
            ContentsProblem::CODES,
            ListProblem::CODES,
            IssuerProblem::CODES,
            SecretFileProblem::CODES,
            Refusal::CODES,
            FileContentsProblem::CODES,
        ]
        .concat()
        .into_iter()
        .collect();
        for code in &raised {
            assert!(ErrorCode::from_code(code).is_some(), "{code}");
        }
        let beginnings = ["licence-key.", "licence-issuer.", "licence-file."];
        let known = ErrorCode::ALL.iter().map(|code| code.code());
        for code in known.filter(|code| beginnings.iter().any(|beginning| code.starts_with(beginning))) {
            assert!(raised.contains(code), "{code}");
        }
    }

    /// GEN-04: what an error is about reaches its words.
    #[test]
    fn parameters_reach_the_words() {
        let wire = problem(&Refusal::SequenceNotHigher { found: 3, last: 9 }).into_wire();
        let words = crate::session::words().error(&wire);
        assert!(words.contains('3') && words.contains('9'), "{words}");
    }
}
