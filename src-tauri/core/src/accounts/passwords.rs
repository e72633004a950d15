//! Hashing and comparing passwords: Argon2id (ACC-05), off the threads that answer calls.

use super::rules::{could_be_password, normalise};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{Error, PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use flotilla_connectors::secret::Secret;
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::workspace::PasswordCost;
use tokio::sync::{OnceCell, Semaphore};

/// Each takes 64 MiB and a core; a hundred tries at once must not take the machine.
static HASHING: Semaphore = Semaphore::const_new(2);

/// What an unknown login name is compared with, so that it takes as long as a known one.
static NOBODY: [OnceCell<String>; 2] = [OnceCell::const_new(), OnceCell::const_new()];

fn argon(cost: PasswordCost) -> Outcome<Argon2<'static>> {
    let parameters = match cost {
        PasswordCost::Full => Params::new(64 * 1024, 3, 4, Some(32)),
        PasswordCost::Test => Params::new(64, 1, 1, Some(32)),
    };
    let parameters = parameters.map_err(|error| Problem::internal(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Outcome<T> + Send + 'static) -> Outcome<T> {
    let permit = HASHING.acquire().await.map_err(Problem::internal)?;
    let result = tokio::task::spawn_blocking(work)
        .await
        .map_err(Problem::internal)?;
    drop(permit);
    result
}

fn hash_now(cost: PasswordCost, password: &Secret) -> Outcome<String> {
    let hash: PasswordHash = argon(cost)?
        .hash_password(normalise(password).expose().as_bytes())
        .map_err(|error| Problem::internal(error.to_string()))?;
    Ok(hash.to_string())
}

fn verify_now(password: &Secret, hash: &str) -> Outcome<bool> {
    let hash = PasswordHash::new(hash).map_err(|error| Problem::internal(error.to_string()))?;
    // The parameters are those of the stored hash.
    match argon(PasswordCost::Full)?.verify_password(normalise(password).expose().as_bytes(), &hash) {
        Ok(()) => Ok(true),
        Err(Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(Problem::internal(error.to_string())),
    }
}

/// The PHC string a password is stored as (ACC-05).
///
/// # Errors
/// Only when the machine has no randomness.
pub async fn hash(cost: PasswordCost, password: &Secret) -> Outcome<String> {
    let password = password.clone();
    blocking(move || hash_now(cost, &password)).await
}

/// Whether this is the password behind the hash. Without a hash it is compared with nobody's, which takes as long
/// and is never right (ACC-05, ACC-06).
///
/// # Errors
/// When a stored hash cannot be read.
pub async fn verify(cost: PasswordCost, password: &Secret, stored: Option<String>) -> Outcome<bool> {
    let nobody = &NOBODY[usize::from(cost == PasswordCost::Full)];
    let nobody = nobody
        .get_or_try_init(async || hash(cost, &random()).await)
        .await?
        .clone();
    let possible = stored.is_some() && could_be_password(password);
    let hash = stored.unwrap_or(nobody);
    let password = if could_be_password(password) {
        password.clone()
    } else {
        Secret::default()
    };
    let fits = blocking(move || verify_now(&password, &hash)).await?;
    Ok(possible && fits)
}

/// Whether a password is behind any of these hashes (ACC-04).
///
/// # Errors
/// When a stored hash cannot be read.
pub async fn used_before(password: &Secret, hashes: Vec<String>) -> Outcome<bool> {
    let password = password.clone();
    blocking(move || {
        for hash in &hashes {
            if verify_now(&password, hash)? {
                return Ok(true);
            }
        }
        Ok(false)
    })
    .await
}

/// Whether a stored hash was made with lower parameters than are in force (ACC-05).
pub fn outdated(cost: PasswordCost, stored: &str) -> bool {
    let parameters = |hash: &str| {
        let hash = PasswordHash::new(hash).ok()?;
        let parameters = Params::try_from(&hash).ok()?;
        Some((parameters.m_cost(), parameters.t_cost(), parameters.p_cost()))
    };
    let Ok(wanted) = argon(cost) else { return false };
    let wanted = wanted.params();
    parameters(stored).is_some_and(|(memory, passes, lanes)| {
        memory < wanted.m_cost() || passes < wanted.t_cost() || lanes < wanted.p_cost()
    })
}

/// A password nobody knows.
fn random() -> Secret {
    let mut bytes = [0_u8; 32];
    // Without randomness it is a password nobody has; nothing can be signed in to with it in any case.
    let _ = getrandom::fill(&mut bytes);
    Secret::new(hex::encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ACC-05: the stored form says algorithm and parameters.
    #[tokio::test]
    async fn stored_as_phc_with_the_parameters_of_the_rule() {
        let stored = hash(PasswordCost::Full, &Secret::new("Ahoy-2026"))
            .await
            .expect("hashes");
        assert!(stored.starts_with("$argon2id$v=19$m=65536,t=3,p=4$"), "{stored}");
        assert!(
            verify(
                PasswordCost::Full,
                &Secret::new("Ahoy-2026"),
                Some(stored.clone())
            )
            .await
            .expect("compares")
        );
        assert!(
            !verify(
                PasswordCost::Full,
                &Secret::new("Ahoy-2027"),
                Some(stored.clone())
            )
            .await
            .expect("compares")
        );
        assert!(!outdated(PasswordCost::Full, &stored));
    }

    /// ACC-05: whichever parameter is lower than it should be, the hash is made anew.
    #[test]
    fn each_parameter_counts() {
        let stored = |memory: u32, passes: u32, lanes: u32| {
            format!(
                "$argon2id$v=19$m={memory},t={passes},p={lanes}$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            )
        };
        assert!(!outdated(PasswordCost::Full, &stored(64 * 1024, 3, 4)));
        assert!(!outdated(PasswordCost::Full, &stored(128 * 1024, 4, 8)));
        for (memory, passes, lanes) in [(32 * 1024, 3, 4), (64 * 1024, 2, 4), (64 * 1024, 3, 1)] {
            assert!(outdated(PasswordCost::Full, &stored(memory, passes, lanes)));
        }
    }

    /// ACC-05: lower parameters are noticed; an unknown login name is never right.
    #[tokio::test]
    async fn lower_parameters_are_outdated() {
        let stored = hash(PasswordCost::Test, &Secret::new("Ahoy-2026"))
            .await
            .expect("hashes");
        assert!(outdated(PasswordCost::Full, &stored));
        assert!(!outdated(PasswordCost::Test, &stored));
        assert!(
            !verify(PasswordCost::Test, &Secret::new("Ahoy-2026"), None)
                .await
                .expect("compares")
        );
        assert!(
            !verify(PasswordCost::Test, &Secret::default(), Some(stored))
                .await
                .expect("compares")
        );
    }

    /// ACC-03: the same letters typed another way are the same password.
    #[tokio::test]
    async fn normalised_before_it_is_hashed() {
        let stored = hash(PasswordCost::Test, &Secret::new("Cafe\u{301} 2026"))
            .await
            .expect("hashes");
        assert!(
            verify(PasswordCost::Test, &Secret::new("Café ２０２６"), Some(stored))
                .await
                .expect("compares")
        );
    }
}
