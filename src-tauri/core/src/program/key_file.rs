//! The file `key.json` beside the database: how its key is found, and how a wrong key is told from a damaged database
//! (ADM-04). It holds no secret.

use crate::accounts::rules::{has_control_character, normalise};
use argon2::{Algorithm, Argon2, Params, Version};
use flotilla_connectors::secret::Secret;
use flotilla_kernel::database::DatabaseKey;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::files::{self, Readers};
use flotilla_kernel::transfer::unwritable;
use flotilla_kernel::workspace::PasswordCost;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

/// Under this name the keychain keeps keys.
const SERVICE: &str = "app.flotilla.desktop";

/// How many bytes at the beginning of an encrypted database are its salt, and unlike those of any other
/// (SQLCipher's file format).
const SALT: usize = 16;

/// What stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    #[serde(flatten)]
    pub key: KeyFile,
    /// The database has not been made yet: a start that was killed may be made up for. Without this, a database that is
    /// not there has been lost, and no empty one takes its place.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub new: bool,
    /// Versions before this one did not write it; it is added when the database has been opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<Check>,
}

/// How the key is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "source", rename_all = "snake_case")]
pub(super) enum KeyFile {
    /// In the keychain under this name.
    Keychain { name: String },
    /// Derived from a password with this salt by Argon2id.
    Password {
        salt: String,
        memory_kib: u32,
        passes: u32,
        lanes: u32,
    },
}

/// What the right key and the right database are recognised by. The database's own first page says as much to whoever
/// guesses keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Check {
    /// The SHA-256 of a label and the key, in hexadecimal digits.
    key: String,
    /// The salt of the database, in hexadecimal digits.
    database: String,
}

impl Check {
    /// Of a database with this salt that this key has opened.
    pub fn of(key: &DatabaseKey, salt: String) -> Self {
        Self {
            key: fingerprint(key),
            database: salt,
        }
    }
}

fn fingerprint(key: &DatabaseKey) -> String {
    let mut hash = Sha256::new();
    hash.update(b"flotilla database key\0");
    hash.update(key.0.expose());
    hex::encode(hash.finalize())
}

/// The salt of a database that this process has not open; see `Database::salt`.
fn salt_of_closed(database: &Path) -> std::io::Result<[u8; SALT]> {
    let mut salt = [0; SALT];
    std::fs::File::open(database)?.read_exact(&mut salt)?;
    Ok(salt)
}

impl Kept {
    /// Refuses a key that is not this workspace's, as far as that is known without the database.
    ///
    /// # Errors
    /// `workspace.key-wrong`; `workspace.key-missing` where the keychain holds another key under this name.
    pub fn demand_key(&self, key: &DatabaseKey) -> Outcome<()> {
        match &self.check {
            Some(check) if check.key != fingerprint(key) => Err(match self.key {
                KeyFile::Keychain { .. } => ErrorCode::WorkspaceKeyMissing.into(),
                KeyFile::Password { .. } => ErrorCode::WorkspaceKeyWrong.into(),
            }),
            _ => Ok(()),
        }
    }

    /// Why a database did not open with a key. `workspace.key-wrong`, which is all that SQLCipher can say of a page it
    /// cannot decrypt, is told only where the key may really be wrong.
    pub fn explain(&self, problem: Problem, database: &Path) -> Problem {
        let is_known = self.check.is_some() || matches!(self.key, KeyFile::Keychain { .. });
        if problem.code != ErrorCode::WorkspaceKeyWrong || !is_known {
            return problem;
        }
        let is_another = self.check.as_ref().is_some_and(|check| {
            salt_of_closed(database).is_ok_and(|salt| hex::encode(salt) != check.database)
        });
        Problem::new(if is_another {
            ErrorCode::DatabaseForeign
        } else {
            ErrorCode::FirstPageDamaged
        })
        .caused_by(problem)
    }
}

/// Where the key file of a workspace is.
pub(super) fn key_path(folder: &Path) -> PathBuf {
    folder.join("key.json")
}

/// Where the database of a workspace is.
pub(super) fn database_path(folder: &Path) -> PathBuf {
    folder.join("workspace.db")
}

fn damaged() -> Problem {
    ErrorCode::KeyFileDamaged.into()
}

/// What is known of the workspace in a folder; none where there is none.
///
/// # Errors
/// `workspace.key-file-damaged`, `workspace.key-missing` beside a database, `workspace.database-missing`,
/// `workspace.database-empty`, `file.unreadable`.
pub(super) fn read(folder: &Path) -> Outcome<Option<Kept>> {
    let database = database_path(folder);
    match std::fs::read(key_path(folder)) {
        Ok(bytes) => {
            let kept: Kept = serde_json::from_slice(&bytes).map_err(|error| damaged().caused_by(error))?;
            if !kept.new {
                // Never a new database beside an old key.
                match std::fs::metadata(&database) {
                    Ok(found) if found.len() == 0 => return Err(ErrorCode::DatabaseEmpty.into()),
                    Ok(_) => {}
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                        return Err(ErrorCode::DatabaseMissing.into());
                    }
                    Err(error) => return Err(unreadable(error)),
                }
            }
            Ok(Some(kept))
        }
        // Never a new key beside an old database.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && database.exists() => {
            Err(Problem::new(ErrorCode::KeyFileMissing).caused_by(error))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(error)),
    }
}

fn unreadable(error: std::io::Error) -> Problem {
    Problem::new(ErrorCode::FileUnreadable)
        .with("reason", error.to_string())
        .caused_by(error)
}

/// Written whole or not at all, and on the disk before the database is made.
///
/// # Errors
/// `file.unwritable`
pub(super) fn write(folder: &Path, kept: &Kept) -> Outcome<()> {
    let bytes = serde_json::to_vec_pretty(kept).map_err(Problem::internal)?;
    files::write_whole(&key_path(folder), Readers::Owner, |file| file.write_all(&bytes)).map_err(unwritable)
}

/// The file of a new workspace under a password.
pub(super) fn password(cost: PasswordCost, password: &Secret) -> Outcome<KeyFile> {
    let typed = normalise(password);
    if has_control_character(typed.expose()) {
        let problem = FieldProblem::new("password", ErrorCode::FieldControlCharacter);
        return Err(Problem::of_field(problem));
    }
    if typed.expose().chars().count() < 8 {
        let problem = FieldProblem::new("password", ErrorCode::PasswordTooShort).with("limit", 8_i64);
        return Err(Problem::of_field(problem));
    }
    let mut salt = [0_u8; 16];
    getrandom::fill(&mut salt).map_err(Problem::internal)?;
    let (memory_kib, passes) = match cost {
        PasswordCost::Full => (64 * 1024, 3),
        PasswordCost::Test => (64, 1),
    };
    Ok(KeyFile::Password {
        salt: hex::encode(salt),
        memory_kib,
        passes,
        lanes: 4,
    })
}

/// Whether the keychain keeps this key. A keychain may ask the person at the machine, and waits for an answer.
pub(super) async fn keychain_keeps(name: String, key: Secret) -> Outcome<bool> {
    let keeps = move || {
        let kept = keyring::Entry::new(SERVICE, &name)
            .and_then(|entry| entry.set_password(key.expose()).map(|()| entry))
            .and_then(|entry| entry.get_password());
        match kept {
            Ok(read) => read == key.expose(),
            Err(error) => {
                tracing::info!(%error, "no keychain; a database password is needed");
                false
            }
        }
    };
    tokio::task::spawn_blocking(keeps)
        .await
        .map_err(Problem::internal)
}

pub(super) async fn keychain_get(name: String) -> Outcome<DatabaseKey> {
    let get = move || keyring::Entry::new(SERVICE, &name).and_then(|entry| entry.get_password());
    tokio::task::spawn_blocking(get)
        .await
        .map_err(Problem::internal)?
        .map(|key| DatabaseKey(Secret::new(key)))
        .map_err(|error| Problem::new(ErrorCode::WorkspaceKeyMissing).caused_by(error))
}

/// The key that a password gives for a workspace. The password counts in its normal form (NFKC); workspaces of before that
/// rule were made with the password as it was typed.
///
/// # Errors
/// As [`derive`].
pub(super) async fn key_of(kept: &Kept, password: &Secret) -> Outcome<DatabaseKey> {
    let normal = normalise(password);
    if normal == *password {
        return derive(&kept.key, password).await;
    }
    let key = derive(&kept.key, &normal).await?;
    if kept.check.is_some() && kept.demand_key(&key).is_ok() {
        return Ok(key);
    }
    derive(&kept.key, password).await
}

/// Derives the key of a file with a password from it.
///
/// # Errors
/// `workspace.key-file-damaged` when the file asks for more than any version does.
pub(super) async fn derive(file: &KeyFile, password: &Secret) -> Outcome<DatabaseKey> {
    let KeyFile::Password {
        salt,
        memory_kib,
        passes,
        lanes,
    } = file
    else {
        return Err(ErrorCode::WorkspaceKeyMissing.into());
    };
    let salt = hex::decode(salt).map_err(|_| damaged())?;
    if !(argon2::MIN_SALT_LEN..=argon2::MAX_SALT_LEN).contains(&salt.len()) {
        return Err(damaged());
    }
    // The file may have been altered; it must not make the program take all memory.
    if *memory_kib > 1024 * 1024 || *passes > 64 || *lanes > 64 {
        return Err(damaged());
    }
    let parameters = Params::new(*memory_kib, *passes, *lanes, Some(32)).map_err(|_| damaged())?;
    let password = password.clone();
    let key = tokio::task::spawn_blocking(move || {
        let mut key = zeroize::Zeroizing::new([0_u8; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
            .hash_password_into(password.expose().as_bytes(), &salt, key.as_mut())
            .map(|()| hex::encode(key.as_ref()))
    })
    .await
    .map_err(Problem::internal)?
    .map_err(|error| Problem::internal(error.to_string()))?;
    Ok(DatabaseKey(Secret::new(key)))
}
