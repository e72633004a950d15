//! What became of a stage.

use crate::outcome::Outcome;

/// What became of a stage.
pub enum Verdict {
    /// It was checked, and it is right.
    Passed,
    /// It was checked, and it is not right; the first line says what.
    Failed(String),
    /// Something that it needs cannot be had here; says what. A failure on hosted runners, where nobody reads it.
    Skipped(String),
    /// It does not apply to this system; says why.
    Inapplicable(String),
}

impl From<Outcome> for Verdict {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Ok(()) => Self::Passed,
            Err(message) => Self::Failed(message),
        }
    }
}

impl Verdict {
    /// A hosted runner installs what a stage needs, so that there a stage that could not run has failed.
    pub fn on_this_machine(self, hosted: bool) -> Self {
        match self {
            Self::Skipped(reason) if hosted => Self::Failed(format!("could not run: {reason}")),
            verdict => verdict,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SEC-06: on a hosted runner nobody reads that something was skipped.
    #[test]
    fn what_was_skipped_has_failed_on_a_hosted_runner() {
        let skipped = || Verdict::Skipped("no network".to_owned());
        assert!(matches!(skipped().on_this_machine(false), Verdict::Skipped(_)));
        assert!(
            matches!(skipped().on_this_machine(true), Verdict::Failed(reason) if reason.contains("no network"))
        );
        let inapplicable = Verdict::Inapplicable("another system".to_owned());
        assert!(matches!(
            inapplicable.on_this_machine(true),
            Verdict::Inapplicable(_)
        ));
    }
}
