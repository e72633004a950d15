//! What every window is told after a commit.

use crate::clock::Time;
use crate::ids::{AccountId, SessionId, WorkId};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

/// The name under which a feature tells its changes, such as `customers`. Declared by the feature, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct FeatureName(pub &'static str);

crate::named_union!(FeatureName);

impl std::fmt::Display for FeatureName {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.0)
    }
}

/// What changed in the kernel's own things.
pub const AUDIT: FeatureName = FeatureName("audit");
/// Entries were added to the history of organizations (ORG-30); the ids are those of the entries.
pub const ACTIVITY: FeatureName = FeatureName("activity");
/// Work under way is told by events of its own; this name stands for *whatever work is shown may be old*.
pub const WORK: FeatureName = FeatureName("work");
/// Preferences were saved.
pub const PREFERENCES: FeatureName = FeatureName("preferences");
/// Who may see what has changed: memberships, folder grants, folders, archived organizations. Its ids are accounts; it
/// reaches a window as *everything may have changed*, and under no name of its own.
pub const VISIBILITY: FeatureName = FeatureName("visibility");

/// Work that runs and says how far it is.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Work {
    /// The work's id, which cancels it.
    pub id: WorkId,
    /// Whose it is.
    pub account: AccountId,
    /// Words: `work-<kind>`.
    pub kind: WorkKind,
    /// What the work is about, as a person knows it: a file's name, a customer's; empty: the kind says it.
    pub about: String,
    /// How many items are done, those that failed included.
    pub done: i64,
    /// How many items there are in all.
    pub total: i64,
    /// How many of those done have failed.
    pub failed: i64,
    /// When it began.
    pub started_at: Time,
    /// When it ended, however it did; none: it runs.
    pub finished_at: Option<Time>,
    /// Whether it can be asked to end early.
    pub cancellable: bool,
}

impl Work {
    /// Whether this account is told of it: its own, or everybody's to an administrator.
    pub fn concerns(&self, account: AccountId, administrator: bool) -> bool {
        administrator || self.account == account
    }
}

/// A kind of long work, such as `import_test`. Declared by its feature. Words: `work-<kind>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct WorkKind(pub &'static str);

crate::named_union!(WorkKind);

/// Never "something changed, load everything": when there are more ids than a window could show, `ids` is cut and
/// `many` says so.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// Things of a feature changed, were added or removed.
    Changed {
        /// The feature whose things changed.
        feature: FeatureName,
        /// The ids of the changed things; at most so many as a window could show.
        #[ts(type = "string[]")]
        ids: Vec<Uuid>,
        /// Whether some were added or removed, so that counts and order may differ.
        membership: bool,
        /// Whether more things changed than `ids` names.
        many: bool,
    },
    /// A piece of work advanced.
    Work {
        /// The work as it is now.
        work: Work,
    },
    /// A session ended from outside: the account was disabled, signed out elsewhere, or its password changed.
    SessionEnded {
        /// The session that ended.
        session: SessionId,
        /// When it ended, in UTC milliseconds.
        at: Time,
    },
}

impl Event {
    /// Whatever a window shows of this feature may be old.
    pub fn everything_of(feature: FeatureName) -> Self {
        Change::everything_of(feature).into()
    }
}

/// What a transaction changed in the things of one feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The feature whose things changed.
    pub feature: FeatureName,
    /// At most so many as a window could show; see `many`.
    pub ids: Vec<Uuid>,
    /// Whether some were added or removed.
    pub membership: bool,
    /// Whether there were more than `ids`.
    pub many: bool,
}

impl Change {
    /// Whatever is known of this feature may be old.
    pub fn everything_of(feature: FeatureName) -> Self {
        Self {
            feature,
            ids: Vec::new(),
            membership: true,
            many: true,
        }
    }
}

impl From<Change> for Event {
    fn from(change: Change) -> Self {
        let Change {
            feature,
            ids,
            membership,
            many,
        } = change;
        Self::Changed {
            feature,
            ids,
            membership,
            many,
        }
    }
}
