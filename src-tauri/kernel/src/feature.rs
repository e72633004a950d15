//! What a feature offers the program: one value, over which the program loops.

use crate::call::{Call, Reply};
use crate::database::Transaction;
use crate::error::{ErrorCode, Outcome, Problem};
use crate::events::{Change, FeatureName};
use crate::ids::{AccountId, FolderId, OrganizationId, PackageId, SystemId};
use crate::lists::ListDefinition;
use crate::preferences::PreferencePart;
use crate::rights::Right;
use crate::services::ServiceSpec;
use crate::typescript::Declarations;
use crate::work::WorkKind;
use crate::workspace::Workspace;
use futures_util::future::BoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::SqliteConnection;
use ts_rs::TS;

/// What a feature offers the program. Everything but the name has a default: `..FeatureSpec::new("name")`.
pub struct FeatureSpec {
    /// The name of its folder.
    pub name: &'static str,
    /// The commands that a host can call; see [`crate::commands!`].
    pub commands: &'static [Command],
    /// The definitions of its lists.
    pub lists: &'static [&'static ListDefinition],
    /// The names under which it tells changes, and who may hear of which.
    pub changes: &'static [ChangeSpec],
    /// What it does in the background (ADM-10).
    pub services: &'static [ServiceSpec],
    /// Its parts of the preferences (ADM-03).
    pub preferences: &'static [PreferencePart],
    /// The kinds of long work it does. Words: `work-<kind>`.
    pub work: &'static [WorkKind],
    /// Another process changed things; what is kept in memory here may be old. Called for every change, of any feature.
    pub on_foreign_change: fn(&Workspace, &Change),
    /// Another feature is about to commit this; here what depends on it is brought up to date in the same transaction.
    pub on_change: for<'a> fn(&'a mut Transaction, &'a SubjectChange) -> BoxFuture<'a, Outcome<()>>,
    /// The change of a feature was committed by this process; what is kept in memory here may be old.
    pub after_change: fn(&Workspace, &SubjectChange),
    /// What archiving an organization means for what the feature keeps, in numbers that are shown before it is done (ORG-06). Words:
    /// `organizations-archive-<name>`, with `count` and `number`. That it was archived or restored is told by
    /// [`SubjectChange::Archived`].
    pub archive_numbers:
        for<'a> fn(&'a mut SqliteConnection, OrganizationId) -> BoxFuture<'a, Outcome<Vec<ArchiveNumber>>>,
    /// Which of these organizations it keeps from being deleted, and why, for what is shown before ([`FeatureSpec::before_delete`]
    /// refuses them).
    pub keeps: for<'a> fn(&'a mut SqliteConnection, &'a [OrganizationId]) -> BoxFuture<'a, Outcome<Kept>>,
    /// Something is about to be deleted or removed: refuses it with an error, or lets go of it in the same transaction.
    pub before_delete: for<'a> fn(&'a mut Transaction, &'a Deletion) -> BoxFuture<'a, Outcome<()>>,
    /// The preferences were saved, here or by another process, and are in force.
    pub on_preferences: fn(&Workspace),
    /// The workspace was opened; nothing runs yet. Here a feature hands itself in to those below it.
    pub on_open: fn(&Workspace),
    /// Runs in every process that has the workspace open, until it closes.
    pub in_each_process: Option<fn(Workspace) -> BoxFuture<'static, ()>>,
    /// The workspace is being closed; its services have stopped.
    pub on_close: fn(Workspace) -> BoxFuture<'static, ()>,
}

/// Organizations that a feature keeps from being deleted, each with why.
pub type Kept = Vec<(OrganizationId, ErrorCode)>;

/// A number that is shown before an organization is archived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ArchiveNumber {
    /// What is counted; its words are `organizations-archive-<name>`.
    pub name: &'static str,
    /// How many; 0 is not shown.
    pub count: i64,
}

/// A change that features above have to follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubjectChange {
    /// The operators of these organizations, or what they are called.
    Operators(Vec<OrganizationId>),
    /// The name of an organization, its notes or its contact.
    Organization(OrganizationId),
    /// These organizations were archived, or restored.
    Archived(Vec<OrganizationId>),
    /// The name of a folder.
    Folder(FolderId),
    /// Systems were added to this organization or removed from it by a person, without a contact.
    Systems(OrganizationId),
}

/// What is about to be deleted or removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deletion {
    /// Accounts; what they shared goes over to `successor`. `transferred` counts it.
    Accounts {
        /// The accounts that are about to be deleted.
        ids: Vec<AccountId>,
        /// The account that what they shared passes to.
        successor: AccountId,
    },
    /// Organizations with everything of theirs.
    Organizations(Vec<OrganizationId>),
    /// Systems that are no longer managed.
    Systems {
        /// The systems.
        ids: Vec<SystemId>,
        /// Whose act it is; none: nobody's.
        by: Option<AccountId>,
    },
    /// Packages of the software repository.
    Packages(Vec<PackageId>),
    /// A folder without folders and managed systems in it; what else refers to it goes over to the one above.
    Folder {
        /// The folder that is to be deleted.
        id: FolderId,
        /// The one above it.
        parent: FolderId,
    },
}

impl FeatureSpec {
    /// A feature that offers nothing yet.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            commands: &[],
            lists: &[],
            changes: &[],
            services: &[],
            preferences: &[],
            work: &[],
            on_foreign_change: |_, _| {},
            on_change: |_, _| Box::pin(std::future::ready(Ok(()))),
            after_change: |_, _| {},
            archive_numbers: |_, _| Box::pin(std::future::ready(Ok(Vec::new()))),
            keeps: |_, _| Box::pin(std::future::ready(Ok(Vec::new()))),
            before_delete: |_, _| Box::pin(std::future::ready(Ok(()))),
            on_preferences: |_| {},
            on_open: |_| {},
            in_each_process: None,
            on_close: |_| Box::pin(std::future::ready(())),
        }
    }
}

/// All features of a program, in the order of their layers: the lowest first.
#[derive(Clone, Copy)]
pub struct Features(pub &'static [&'static FeatureSpec]);

/// The features an open workspace was opened with.
pub fn of(workspace: &Workspace) -> Features {
    workspace
        .state::<OpenedWith>()
        .0
        .get()
        .copied()
        .unwrap_or(Features(&[]))
}

/// Set once, when a workspace is opened ([`crate::running::open`]).
#[derive(Default)]
pub(crate) struct OpenedWith(pub(crate) std::sync::OnceLock<Features>);

impl Features {
    /// Every command, in the order of the features.
    pub fn commands(self) -> impl Iterator<Item = &'static Command> {
        self.0.iter().flat_map(|feature| feature.commands)
    }

    /// The command of this name.
    pub fn command(self, name: &str) -> Option<&'static Command> {
        self.commands().find(|command| command.name == name)
    }

    /// Every list.
    pub fn lists(self) -> impl Iterator<Item = &'static ListDefinition> {
        self.0.iter().flat_map(|feature| feature.lists.iter().copied())
    }

    /// The list of this name.
    ///
    /// # Errors
    /// `call.arguments` when there is none.
    pub fn list(self, name: &str) -> Outcome<&'static ListDefinition> {
        self.lists()
            .find(|list| list.list.0 == name)
            .ok_or_else(|| Problem::new(ErrorCode::BadArguments).with("list", name))
    }

    /// Every name under which changes are told, and who may hear of them; the kernel's own first.
    pub fn changes(self) -> impl Iterator<Item = &'static ChangeSpec> {
        KERNEL_CHANGES
            .iter()
            .chain(self.0.iter().flat_map(|feature| feature.changes))
    }

    /// Every service.
    pub fn services(self) -> impl Iterator<Item = &'static ServiceSpec> {
        self.0.iter().flat_map(|feature| feature.services)
    }

    /// Every part of the preferences.
    pub fn preferences(self) -> impl Iterator<Item = &'static PreferencePart> {
        KERNEL_PREFERENCES
            .iter()
            .chain(self.0.iter().flat_map(|feature| feature.preferences))
    }

    /// Lets every feature follow a change, in the order of the layers.
    ///
    /// # Errors
    /// Whatever a feature says; then the act has failed.
    pub async fn change(self, transaction: &mut Transaction, change: &SubjectChange) -> Outcome<()> {
        for feature in self.0 {
            (feature.on_change)(transaction, change).await?;
        }
        Ok(())
    }

    /// Tells every feature that a change was committed, after [`Features::change`].
    pub fn committed(self, workspace: &Workspace, change: &SubjectChange) {
        for feature in self.0 {
            (feature.after_change)(workspace, change);
        }
    }

    /// What every feature has to say of archiving an organization, in the order of the layers (ORG-06).
    ///
    /// # Errors
    /// Database errors.
    pub async fn archive_numbers(
        self,
        connection: &mut SqliteConnection,
        organization: OrganizationId,
    ) -> Outcome<Vec<ArchiveNumber>> {
        let mut numbers = Vec::new();
        for feature in self.0 {
            numbers.extend((feature.archive_numbers)(&mut *connection, organization).await?);
        }
        numbers.retain(|number| number.count != 0);
        Ok(numbers)
    }

    /// Which of these organizations a feature keeps from being deleted, and why.
    ///
    /// # Errors
    /// Database errors.
    pub async fn keeps(
        self,
        connection: &mut SqliteConnection,
        organizations: &[OrganizationId],
    ) -> Outcome<Kept> {
        let mut kept = Vec::new();
        for feature in self.0 {
            kept.extend((feature.keeps)(&mut *connection, organizations).await?);
        }
        Ok(kept)
    }

    /// Asks every feature before something is deleted, the highest layer first.
    ///
    /// # Errors
    /// Why it cannot be deleted.
    pub async fn before_delete(self, transaction: &mut Transaction, deletion: &Deletion) -> Outcome<()> {
        for feature in self.0.iter().rev() {
            (feature.before_delete)(transaction, deletion).await?;
        }
        Ok(())
    }
}

/// A name under which changes are told.
pub struct ChangeSpec {
    /// The name, as it stands in the events.
    pub name: FeatureName,
    /// Who hears of such changes.
    pub seen_by: SeenBy,
}

/// Who may hear which ids of a change (CUS-06, RGT-01).
pub enum SeenBy {
    /// Everybody, all ids: what is behind them is asked for anew, and refused there.
    Everybody,
    /// Administrators only.
    Administrators,
    /// The ids are organizations: those an account may see.
    Organizations,
    /// The ids are rows of this list: those an account may see in it.
    Rows(&'static ListDefinition),
    /// The ids are connections: those an account may see.
    Connections,
    /// The ids are accounts: each its own only.
    Oneself,
}

static KERNEL_PREFERENCES: &[PreferencePart] = &[
    PreferencePart::of::<crate::preferences::ZonePreferences>(),
    PreferencePart::of::<crate::logs::LogPreferences>(),
];

static KERNEL_CHANGES: &[ChangeSpec] = &[
    ChangeSpec {
        name: crate::events::AUDIT,
        seen_by: SeenBy::Administrators,
    },
    ChangeSpec {
        name: crate::events::WORK,
        seen_by: SeenBy::Everybody,
    },
    ChangeSpec {
        name: crate::events::PREFERENCES,
        seen_by: SeenBy::Everybody,
    },
];

/// Who may call a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, also before signing in.
    Public,
    /// Anybody at this machine, also before signing in; nobody who comes over the network (ADM-30).
    Local,
    /// Who is signed in, also while terms wait or the password must be changed.
    Gated,
    /// Who is signed in and has nothing left to do first.
    SignedIn,
    /// Administrators (RGT-12, RGT-14, RGT-15).
    Administrator,
    /// Who has this right on the one thing that the arguments name ([`crate::rights::Concerns`]).
    In(Right),
    /// Who has this right in at least one organization; what the command gives is not about any.
    Anywhere(Right),
    /// Who is signed in; of the things that the arguments name, each is answered for itself: the command is handed what
    /// the right comes to in each ([`crate::rights::Admissions`]).
    Each(Right),
}

/// Whether a command reads or changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Reads only; leaves no entry in the audit log.
    Query,
    /// Changes something, in one transaction with one entry of the audit log (GEN-03).
    Act,
}

/// A line of the command table.
pub struct Command {
    /// The name a host calls it by, such as `customers.save`.
    pub name: &'static str,
    /// Whether it reads or changes.
    pub kind: Kind,
    /// Who may call it.
    pub access: Access,
    /// Runs the command on a JSON text of its arguments. Session, gate and `access` of the kinds without a right have
    /// been looked at by then; [`Access::In`], [`Access::Anywhere`] and [`Access::Each`] are asked here, before the command.
    pub run: for<'a> fn(&'a Call, &'a str) -> BoxFuture<'a, Outcome<Reply>>,
    /// Declares the types of its arguments and its reply; gives their names in TypeScript.
    pub declare: fn(&mut Declarations) -> (String, String),
}

/// The arguments of a call.
///
/// # Errors
/// `call.arguments` with the place; the text itself may hold a password.
pub fn parse<T: DeserializeOwned>(arguments: &str) -> Outcome<T> {
    let text = if arguments.trim().is_empty() {
        "{}"
    } else {
        arguments
    };
    serde_json::from_str(text).map_err(|error| {
        Problem::new(ErrorCode::BadArguments)
            .with("line", error.line())
            .with("column", error.column())
    })
}

/// Declares the commands of a feature as `COMMANDS`, one a line:
/// `query|act "name" Access function(Arguments) -> Reply;` with `Access` one of [`Access`], `In(Right)`, `Anywhere(Right)`, `Each(Right)`.
///
/// A command of `Each(Right)` takes the [`crate::rights::Admissions`] as a third argument. The reply is JSON, or
/// bytes when it is [`crate::call::Packed`].
#[macro_export]
macro_rules! commands {
    ($($kind:ident $name:literal $access:ident $(($right:ident))? $($path:ident)::+ ($arguments:ty) -> $reply:ty;)*) => {
        /// What a host can call of this feature.
        pub static COMMANDS: &[$crate::feature::Command] = &[$($crate::feature::Command {
            name: $name,
            kind: $crate::commands!(@kind $kind),
            access: $crate::commands!(@access $access $($right)?),
            run: |call, arguments| Box::pin(async move {
                let arguments: $arguments = $crate::feature::parse(arguments)?;
                let reply: $reply = $crate::commands!(@run $access $($right)?, call, arguments, $($path)::+);
                $crate::call::IntoReply::into_reply(reply)
            }),
            declare: |declarations| (
                declarations.declare::<$arguments>(),
                declarations.declare::<$reply>(),
            ),
        },)*];
    };
    (@kind query) => { $crate::feature::Kind::Query };
    (@kind act) => { $crate::feature::Kind::Act };
    (@access In $right:ident) => { $crate::feature::Access::In($crate::rights::Right::$right) };
    (@access Anywhere $right:ident) => { $crate::feature::Access::Anywhere($crate::rights::Right::$right) };
    (@access Each $right:ident) => { $crate::feature::Access::Each($crate::rights::Right::$right) };
    (@access $access:ident) => { $crate::feature::Access::$access };
    (@run In $right:ident, $call:ident, $arguments:ident, $($path:ident)::+) => {{
        $call.demand($crate::rights::Right::$right, &$arguments).await?;
        $($path)::+($call, $arguments).await?
    }};
    (@run Anywhere $right:ident, $call:ident, $arguments:ident, $($path:ident)::+) => {{
        $call.demand_anywhere($crate::rights::Right::$right).await?;
        $($path)::+($call, $arguments).await?
    }};
    (@run Each $right:ident, $call:ident, $arguments:ident, $($path:ident)::+) => {{
        let admissions = $call.admit_each($crate::rights::Right::$right, &$arguments).await?;
        $($path)::+($call, $arguments, admissions).await?
    }};
    (@run $access:ident, $call:ident, $arguments:ident, $($path:ident)::+) => {
        $($path)::+($call, $arguments).await?
    };
}
