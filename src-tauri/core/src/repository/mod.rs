//! The software repository: one place for everything that can be installed or handed out (REP-01 to REP-11).
//!
//! A package is a row and a file that lies under its SHA-256 (`storing`). `recognition` says what a file is, by its name and by what
//! an image says of itself; a person can correct it. `arriving` brings files in, in the background; what has come of one that stopped
//! half-way is kept, and proven before it is gone on with. `service` reads everything again now and then. What is not what its digest
//! says is never handed out.
//!
//! Who uses a package refuses its deletion by `before_delete` ([`flotilla_kernel::feature::Deletion::Packages`]).

pub mod arriving;
pub mod chosen;
pub mod commands;
pub mod content;
pub mod incoming;
pub mod index_file;
pub mod list;
pub mod recognition;
pub mod remote;
pub mod service;
pub mod store;
pub mod storing;
pub mod types;

use flotilla_kernel::call::{Nothing, Packed};
use flotilla_kernel::feature::{ChangeSpec, FeatureSpec, SeenBy};
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use flotilla_kernel::preferences::PreferencePart;
use flotilla_kernel::services::{ServiceName, ServiceSpec};
use flotilla_kernel::transfer::Download;
use types::*;

flotilla_kernel::commands! {
    query "repository.index" SignedIn commands::index(ListQuery) -> Packed;
    query "repository.window" SignedIn commands::window(WindowArgument) -> Vec<PackageRow>;
    query "repository.uses" SignedIn commands::uses(WindowArgument) -> Vec<PackageUse>;
    query "repository.summary" SignedIn commands::summary(Nothing) -> RepositorySummary;
    query "repository.arrivals" Administrator incoming::arrivals(Nothing) -> Vec<ArrivalView>;
    act "repository.add" Administrator incoming::add(AddPackage) -> ArrivalView;
    act "repository.begin_upload" Administrator incoming::begin_upload(BeginUpload) -> ArrivalView;
    act "repository.append" Administrator incoming::append(AppendPiece) -> ArrivalView;
    act "repository.fetch" Administrator incoming::fetch(FetchPackage) -> FetchAnswer;
    act "repository.resume" Administrator incoming::resume(ArrivalArgument) -> ArrivalView;
    act "repository.start_over" Administrator incoming::start_over(ArrivalArgument) -> ArrivalView;
    act "repository.discard" Administrator incoming::discard(ArrivalArgument) -> Nothing;
    query "repository.indexes" Administrator remote::indexes(Nothing) -> Vec<IndexView>;
    act "repository.subscribe" Administrator remote::subscribe(SubscribeIndex) -> SubscribeAnswer;
    act "repository.refresh" Administrator remote::refresh(IndexArgument) -> IndexView;
    act "repository.unsubscribe" Administrator remote::unsubscribe(IndexArgument) -> Nothing;
    act "repository.fetch_remote" Administrator remote::fetch_remote(PackageArgument) -> ArrivalView;
    act "repository.save" Administrator commands::save(SavePackage) -> PackageRow;
    act "repository.verify" Administrator commands::verify(PackageIds) -> Vec<PackageOutcome>;
    act "repository.delete" Administrator commands::delete(PackageIds) -> Vec<PackageOutcome>;
    act "repository.hand_out" SignedIn commands::hand_out(PackageArgument) -> Download;
}

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    commands: COMMANDS,
    lists: &[&list::DEFINITION],
    changes: &[ChangeSpec {
        name: CHANGES,
        seen_by: SeenBy::Everybody,
    }],
    services: &[ServiceSpec {
        name: ServiceName("repository"),
        run: |workspace| Box::pin(service::run(workspace)),
        in_test_clock: false,
        shown: None,
    }],
    preferences: &[PreferencePart::of::<RepositoryPreferences>()],
    work: &[ADD, VERIFY],
    ..FeatureSpec::new("repository")
};
