//! Preferences (ADM-01, ADM-03): each feature has its part; the workspace keeps them as one.
//!
//! On the wire and in the database they are one flat object of all parts' fields.

use crate::error::{FieldProblem, Outcome, Problem};
use crate::typescript::Declarations;
use futures_util::future::BoxFuture;
use parking_lot::RwLock;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use sqlx::SqliteConnection;
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;
use ts_rs::TS;

/// The fields of all parts, by name.
pub type Fields = Map<String, Value>;

/// A feature's part of the preferences. Missing fields take their defaults (`#[serde(default)]`), others are ignored.
pub trait Preference: Default + Serialize + DeserializeOwned + TS + Send + Sync + 'static {
    /// Every problem at once, by the names of the fields.
    fn check(&self) -> Vec<FieldProblem>;
}

/// What is known of a part without knowing its type.
pub struct PreferencePart {
    /// Its fields with their defaults where `fields` has none, and nothing else.
    pub own: fn(&Fields) -> Outcome<Fields>,
    /// Every problem of its fields.
    pub check: fn(&Fields) -> Outcome<Vec<FieldProblem>>,
    /// Completes what is about to be saved, in the transaction of the save: before, after.
    pub before_save: BeforeSave,
    /// Declares its type; gives its name in TypeScript.
    pub declare: fn(&mut Declarations) -> String,
}

/// See [`PreferencePart::before_save`].
pub type BeforeSave =
    for<'a> fn(&'a mut SqliteConnection, &'a Fields, &'a mut Fields) -> BoxFuture<'a, Outcome<()>>;

impl PreferencePart {
    /// The part of this type.
    pub const fn of<T: Preference>() -> Self {
        Self {
            own: |fields| match serde_json::to_value(read::<T>(fields)?) {
                Ok(Value::Object(own)) => Ok(own),
                Ok(other) => Err(Problem::internal(format!(
                    "{other} is no part of the preferences"
                ))),
                Err(error) => Err(Problem::internal(error)),
            },
            check: |fields| Ok(read::<T>(fields)?.check()),
            before_save: |_, _, _| Box::pin(std::future::ready(Ok(()))),
            declare: |declarations| declarations.declare::<T>(),
        }
    }

    /// With something to complete before a save.
    #[must_use]
    pub const fn before_save(mut self, before_save: BeforeSave) -> Self {
        self.before_save = before_save;
        self
    }
}

/// A part out of the fields of all.
///
/// # Errors
/// `call.arguments` when a field has a value of another kind.
pub fn read<T: Preference>(fields: &Fields) -> Outcome<T> {
    serde_json::from_value(Value::Object(fields.clone()))
        .map_err(|error| Problem::new(crate::error::ErrorCode::BadArguments).caused_by(error))
}

/// The preferences in force, of one revision.
pub struct Preferences {
    /// Rises by one with every save; 0 before the first.
    pub revision: i64,
    /// What was saved, of all parts; a field that is missing has its default.
    pub fields: Fields,
    parts: RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

impl Preferences {
    /// Preferences of a revision.
    pub fn new(revision: i64, fields: Fields) -> Self {
        Self {
            revision,
            fields,
            parts: RwLock::default(),
        }
    }

    /// A feature's part.
    pub fn part<T: Preference>(&self) -> Arc<T> {
        let known = self.parts.read().get(&TypeId::of::<T>()).cloned();
        if let Some(Ok(part)) = known.map(Arc::downcast::<T>) {
            return part;
        }
        // What was stored was checked; should a later version of the program not understand it, its defaults hold.
        let part = Arc::new(read::<T>(&self.fields).unwrap_or_else(|error| {
            tracing::error!(%error, part = std::any::type_name::<T>(), "stored preferences are not understood");
            T::default()
        }));
        self.parts.write().insert(TypeId::of::<T>(), part.clone());
        part
    }
}

const NAME: &str = "preferences";

/// The stored fields with their revision; none and revision 0 before they were ever saved.
///
/// # Errors
/// Database errors.
pub async fn stored(connection: &mut SqliteConnection) -> Outcome<(i64, Fields)> {
    let row: Option<(String, i64)> = sqlx::query_as("SELECT value, revision FROM setting WHERE name = ?")
        .bind(NAME)
        .fetch_optional(connection)
        .await?;
    match row {
        Some((text, revision)) => Ok((revision, serde_json::from_str(&text).map_err(Problem::internal)?)),
        None => Ok((0, Fields::new())),
    }
}

/// Keeps the fields; gives their new revision.
///
/// # Errors
/// Database errors.
pub async fn store(connection: &mut SqliteConnection, fields: &Fields) -> Outcome<i64> {
    let text = serde_json::to_string(fields).map_err(Problem::internal)?;
    Ok(sqlx::query_scalar(
        "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2, revision = revision + 1 RETURNING revision",
    )
    .bind(NAME)
    .bind(text)
    .fetch_one(connection)
    .await?)
}

/// The part that says which zone the workspace lives in (GEN-06).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize, TS)]
#[serde(default)]
pub struct ZonePreferences {
    /// IANA name of the workspace's zone.
    pub zone: String,
}

impl Default for ZonePreferences {
    fn default() -> Self {
        Self {
            zone: "UTC".to_owned(),
        }
    }
}

impl ZonePreferences {
    /// The zone; UTC when this program's list of zones does not have it.
    pub fn zone(&self) -> chrono_tz::Tz {
        self.zone.parse().unwrap_or(chrono_tz::Tz::UTC)
    }
}

impl Preference for ZonePreferences {
    fn check(&self) -> Vec<FieldProblem> {
        crate::fields::zone("zone", &self.zone).into_iter().collect()
    }
}
