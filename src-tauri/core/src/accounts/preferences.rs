//! The part of the preferences that accounts follow (ACC-03, ACC-04, ACC-08, ACC-10).

use super::store;
use super::types::{AccountPreferences, Terms};
use flotilla_kernel::error::{FieldProblem, Outcome, Problem};
use flotilla_kernel::fields;
use flotilla_kernel::preferences::{Fields, Preference, read};
use sqlx::SqliteConnection;

/// Longest licence terms, in code points.
const TERMS_LENGTH: usize = 100_000;

impl Preference for AccountPreferences {
    fn check(&self) -> Vec<FieldProblem> {
        let terms = self.terms.as_ref();
        [
            fields::range("session_timeout_minutes", self.session_timeout_minutes, 5, 30),
            fields::range("password_history", self.password_history, 0, 24),
            terms.and_then(|terms| fields::text("terms", &terms.text, TERMS_LENGTH, true)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Gives changed terms their version.
///
/// # Errors
/// Database errors.
pub async fn before_save(
    connection: &mut SqliteConnection,
    before: &Fields,
    after: &mut Fields,
) -> Outcome<()> {
    let (before, changed) = (
        read::<AccountPreferences>(before)?,
        read::<AccountPreferences>(after)?,
    );
    let last = store::last_terms_version(connection).await?;
    let terms = terms(before.terms.as_ref(), changed.terms.as_ref(), last);
    if let Some(terms) = &terms {
        store::set_last_terms_version(connection, terms.version.max(last)).await?;
    }
    let terms = serde_json::to_value(terms).map_err(Problem::internal)?;
    after.insert("terms".to_owned(), terms);
    Ok(())
}

/// ACC-08: the version of the terms rises with every change of their text; empty terms are none.
pub fn terms(before: Option<&Terms>, after: Option<&Terms>, last_version: i64) -> Option<Terms> {
    let text = after
        .map(|terms| terms.text.trim())
        .filter(|text| !text.is_empty())?;
    match before.filter(|before| before.text == text) {
        Some(before) => Some(before.clone()),
        None => Some(Terms {
            version: last_version + 1,
            text: text.to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// ACC-08: a version is never used for two texts.
        #[test]
        fn terms_versions_rise(texts in prop::collection::vec("[ab]{0,2}", 1..12)) {
            let mut present: Option<Terms> = None;
            let mut last = 0;
            for text in texts {
                let next = terms(present.as_ref(), Some(&Terms { version: 0, text: text.clone() }), last);
                if let Some(next) = &next {
                    let same = present.as_ref().is_some_and(|present| present.text == text);
                    prop_assert_eq!(next.version, if same { present.as_ref().map_or(0, |present| present.version) } else { last + 1 });
                    last = last.max(next.version);
                } else {
                    prop_assert!(text.is_empty());
                }
                present = next;
            }
        }
    }
}
